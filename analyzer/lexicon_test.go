package analyzer_test

import (
	"strings"
	"testing"

	"softgap/analyzer"
	"softgap/lexicons"
)

// TestExamples runs every sentence that a built-in term must hit or miss.
func TestExamples(t *testing.T) {
	set, err := lexicons.BuiltinFiles()
	if err != nil {
		t.Fatal(err)
	}
	if err := analyzer.CheckExamples(set, set); err != nil {
		for line := range strings.Lines(err.Error()) {
			t.Error(strings.TrimSpace(line))
		}
	}
	kinds := map[lexicons.Kind]int{}
	for _, l := range set.Lexicons {
		kinds[l.Kind] += len(l.Terms)
	}
	for _, k := range []lexicons.Kind{lexicons.Soft, lexicons.Technical, lexicons.Class, lexicons.Heading, lexicons.Cue, lexicons.Page, lexicons.Family} {
		if kinds[k] == 0 {
			t.Errorf("no term of kind %s: nothing was checked of it", k)
		}
	}
}
