package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"softgap/analyzer/eval"
)

// evalRun runs softgap eval and returns its exit code and streams.
func evalRun(args ...string) (int, string, string) {
	var stdout, stderr strings.Builder
	code := run(append([]string{"eval"}, args...), strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// The records that the help shows are gold.
func TestEvalHelp(t *testing.T) {
	var records []string
	for _, paragraph := range strings.Split(evalHelp, "\n\n") {
		if strings.HasPrefix(paragraph, "  {") {
			records = append(records, strings.ReplaceAll(paragraph, "\n", ""))
		}
	}
	var gold eval.Gold
	if errs := gold.Read("help", []byte(strings.Join(records, "\n"))); len(errs) > 0 || len(gold.Coded) != 1 || len(gold.Labelled) != 1 {
		t.Errorf("%d records: %v", len(records), errs)
	}
	for line := range strings.Lines(evalHelp) {
		if len(line) > 81 {
			t.Errorf("%d columns: %s", len(line)-1, line)
		}
	}
}

func TestEvalExits(t *testing.T) {
	const gold = "../../analyzer/eval/testdata/gold.jsonl"
	whole, err := os.ReadFile(gold)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) string {
		name := filepath.Join(t.TempDir(), "gold.jsonl")
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for _, x := range []struct {
		name   string
		args   []string
		code   int
		stderr string
	}{
		{"good", []string{gold}, exitDone, ""},
		{"a bad line", []string{write(string(whole) + "{}\n")}, exitPartial, "gold.jsonl:4: no text"},
		{"a missing file beside a good one", []string{gold, "nosuch.jsonl"}, exitPartial, "nosuch.jsonl: no such file"},
		{"no gold at all", []string{write("Patience.\nDNS.\n")}, exitUsage, "gold.jsonl:1: no JSON object"},
		{"empty", []string{write("")}, exitUsage, "no record in it"},
		{"no argument", nil, exitUsage, "no gold"},
		{"no such format", []string{gold, "-f", "csv"}, exitUsage, "table, json"},
		{"no such resamples", []string{gold, "--resamples", "-1"}, exitUsage, "0 to 20000"},
	} {
		code, stdout, stderr := evalRun(x.args...)
		if code != x.code || !strings.Contains(stderr, x.stderr) || x.stderr == "" && stderr != "" {
			t.Errorf("%s: exit %d, want %d; %s", x.name, code, x.code, stderr)
		}
		if (stdout != "") != (x.code != exitUsage) {
			t.Errorf("%s: %d bytes of results", x.name, len(stdout))
		}
	}
}

// The same gold gives the same bytes, and another seed the same figures with
// other intervals.
func TestEvalJSON(t *testing.T) {
	const gold = "../../analyzer/eval/testdata/gold.jsonl"
	_, first, _ := evalRun(gold, "-f", "json", "--show")
	_, again, _ := evalRun(gold, "-f", "json", "--show")
	_, other, _ := evalRun(gold, "-f", "json", "--show", "--seed", "2")
	if first != again || first == other {
		t.Error("the seed does not decide")
	}
	var r struct {
		Schema   string
		Postings struct {
			Statements int
			About      struct{ N int }
		}
		Disagreements []struct{ Cause string }
	}
	if err := json.Unmarshal([]byte(first), &r); err != nil || r.Schema != eval.Schema || r.Postings.Statements != 16 || r.Postings.About.N != 16 {
		t.Errorf("%v: %+v", err, r)
	}
}
