package report

import (
	"bytes"
	"strings"
	"testing"

	"softgap/analyzer"
	"softgap/analyzer/audit"
	"softgap/analyzer/compare"
)

// comparisons are faces of pairs of the examples, and of two sets of them.
func comparisons(t *testing.T, format string, o Options) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, pair := range map[string][2]*analyzer.Report{
		"better": {heller(), balanced()}, "same": {heller(), heller()}, "unscorable": {heller(), unscorable()}, "hostile": {heller(), hostile()},
		"wide": {wide(), thin()},
	} {
		var b bytes.Buffer
		if err := Versions(format, &b, compare.Postings(pair[0], pair[1]), o); err != nil {
			t.Fatal(err)
		}
		out["versions-"+name] = b.String()
	}
	set := func(rs ...*analyzer.Report) *compare.Set {
		s := compare.NewSet(audit.Options{Seed: 1, Resamples: 100})
		for i := range 12 { // as many as an interval needs
			r := *rs[i%len(rs)]
			r.Posting.Record = i + 1
			s.Add(&r)
		}
		return s
	}
	for name, sets := range map[string][2]*compare.Set{
		"better":  {set(heller(), heller(), wide()), set(balanced(), balanced(), balanced(), heller())},
		"nothing": {set(unscorable(), thin()), set(heller())},
	} {
		var b bytes.Buffer
		if err := Sets(format, &b, compare.Compare(sets[0], sets[1]), o); err != nil {
			t.Fatal(err)
		}
		out["sets-"+name] = b.String()
	}
	return out
}

func TestCompareFaces(t *testing.T) {
	for format, ending := range map[string]string{"table": ".table", "markdown": ".md"} {
		for name, text := range comparisons(t, format, Options{}) {
			golden(t, name+ending, []byte(text))
		}
	}
	json := comparisons(t, "json", Options{})
	golden(t, "versions-better.json", []byte(json["versions-better"]))
	golden(t, "sets-better.json", []byte(json["sets-better"]))
	if err := Sets("html", &bytes.Buffer{}, &compare.Sets{}, Options{}); err == nil || !strings.Contains(err.Error(), "table, markdown, json") {
		t.Errorf("an unknown form: %v", err)
	}
}

func TestCompareWidth(t *testing.T) {
	for _, width := range []int{50, 80, 100} {
		for name, text := range comparisons(t, "table", Options{Width: width}) {
			for line := range strings.Lines(text) {
				if n := columns(strings.TrimRight(line, "\n")); n > width || strings.HasSuffix(line, " \n") || strings.ContainsAny(line, "\x1b\u202e") {
					t.Errorf("%s: %d columns of %d: %q", name, n, width, line)
				}
			}
		}
	}
}
