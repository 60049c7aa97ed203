package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"softgap/analyzer/suggest"
)

var rulesTable = regexp.MustCompile(`(?s)(\| rule \| finds \|\n\|---\|---\|\n).*?\n\n`)

// The table of rules in README.md is printed from the rules.
func TestReadmeRules(t *testing.T) {
	const name = "../../README.md"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("$1")
	for _, r := range suggest.Rules() {
		star := ""
		if r.Off {
			star = " *"
		}
		fmt.Fprintf(&b, "| `%s`%s | %s |\n", r.Name, star, r.Title)
	}
	b.WriteString("\n")
	switch fresh := rulesTable.ReplaceAllString(string(text), b.String()); {
	case !rulesTable.Match(text):
		t.Fatal("README.md has no table of rules")
	case *update:
		if err := os.WriteFile(name, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	case fresh != string(text):
		t.Error("README.md has another table of rules than the program (-update if it is right)")
	}
}
