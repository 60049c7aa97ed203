package analyzer_test

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/suggest"
	"softgap/lexicons"
)

// year is the year as of which the tests advise.
const year = 2026

func adviser(t testing.TB) *analyzer.Analyzer {
	t.Helper()
	a, err := analyzer.New(lexicons.Builtin(), "test", score.DefaultCutoffs)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// read reads a text as a posting.
func read(text string) posting.Posting {
	return posting.Read(posting.Document{Source: "posting.txt", Body: strings.NewReader(text)})[0]
}

func advise(t testing.TB, a *analyzer.Analyzer, text string, o suggest.Options) *analyzer.Report {
	t.Helper()
	r, err := a.Advise(read(text), analyzer.AdviseOptions{Year: year, Options: o})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// of returns the findings of a rule.
func of(r *analyzer.Report, rule string) []analyzer.Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f analyzer.Finding) bool { return f.Rule != rule })
}

// Before raises a rule, after does not, and the fix applied to before silences
// it.
func TestRules(t *testing.T) {
	a := adviser(t)
	fixed := 0
	for _, rule := range suggest.Rules() {
		o := suggest.Options{Also: []string{rule.Name}, Rules: []string{rule.Name}}
		before := advise(t, a, rule.Before, o)
		found := of(before, rule.Name)
		if len(found) == 0 {
			t.Errorf("%s: its example before does not raise it", rule.Name)
			continue
		}
		if n := len(of(advise(t, a, rule.After, o), rule.Name)); rule.Name != "missing" && n >= len(found) || n > 0 && n >= len(found) {
			t.Errorf("%s: its example after raises it %d times, the one before %d times", rule.Name, n, len(found))
		}
		if rule.Title == "" || rule.Why == "" || rule.Source == "" || strings.Count(rule.Why, ". ") > 0 {
			t.Errorf("%s: it needs a title, a source and a reason of one sentence", rule.Name)
		}
		for _, f := range found {
			if len(f.Fixes) == 0 {
				continue
			}
			fixed++
			edited := posting.Edited(rule.Before, f.Fixes[0].Edits)
			if n := len(of(advise(t, a, edited, o), rule.Name)); n >= len(found) {
				t.Errorf("%s: its fix does not silence it:\n%s", rule.Name, edited)
			}
		}
	}
	if fixed < 12 {
		t.Errorf("only %d fixes were tried", fixed)
	}
}

// texts returns every committed posting.
func texts(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, glob := range []string{"../testdata/postings/*.txt", "../testdata/pages/*.txt", "../testdata/traps/*.txt", "../testdata/advice/*.txt"} {
		names, err := filepath.Glob(glob)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no posting: %v", glob, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out[name] = string(text)
		}
	}
	for _, r := range suggest.Rules() {
		out["rule "+r.Name] = r.Before
	}
	return out
}

// Every fix keeps its promise.
func TestFixes(t *testing.T) {
	a := adviser(t)
	fixes := 0
	for name, text := range texts(t) {
		fixes += keeps(t, a, name, text)
	}
	if fixes < 50 {
		t.Errorf("only %d fixes were tried", fixes)
	}
}

var ads = flag.String("ads", "", "glob of real postings as text, on which TestFixesOnAds runs")

// The same on real postings, which are not committed:
//
//	go test ./analyzer -run TestFixesOnAds -ads '/tmp/ads/*.txt'
func TestFixesOnAds(t *testing.T) {
	if *ads == "" {
		t.Skip("no -ads: give a glob of real postings as text")
	}
	names, err := filepath.Glob(*ads)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: no posting: %v", *ads, err)
	}
	a := adviser(t)
	fixes := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fixes += keeps(t, a, name, string(text))
	}
	t.Logf("%d fixes on %d postings", fixes, len(names))
}

// keeps checks the advice on a posting against what the edits do, and returns
// how many fixes it holds.
func keeps(t testing.TB, a *analyzer.Analyzer, name, text string) (fixes int) {
	p := read(text)
	o := analyzer.AdviseOptions{Year: year, Options: suggest.Options{Also: []string{"gender-words", "long-sentences"}}}
	r, err := a.Advise(p, o)
	if err != nil {
		t.Fatal(err)
	}
	last := math.Inf(1)
	for i, f := range r.Findings {
		if f.Start < 0 || f.End > len(p.Text) || f.Start > f.End || f.Words != p.Text[f.Start:f.End] {
			t.Errorf("%s: %s: its words are %q, not those of its span", name, f.Rule, f.Words)
		}
		for _, s := range r.Statements {
			if s.About == "legal" && f.Len() > 0 && s.Overlaps(f.Span) {
				t.Errorf("%s: %s speaks of legal text: %q", name, f.Rule, f.Words)
			}
		}
		if len(f.Fixes) == 0 {
			last = 0
			continue
		}
		fixes++
		x := f.Fixes[0]
		if x.Points > last {
			t.Errorf("%s: finding %d earns more than the one before", name, i)
		}
		last = x.Points
		q := p
		q.Text = posting.Edited(p.Text, x.Edits)
		after, err := a.Advise(q, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := after.Scores.Soft - r.Scores.Soft; math.Abs(got-x.Points) > 0.051 {
			t.Errorf("%s: %s promises %.1f points and earns %.1f", name, f.Rule, x.Points, got)
		}
		if after.Scores.Technical < r.Scores.Technical {
			t.Errorf("%s: %s takes technical from %.1f to %.1f", name, f.Rule, r.Scores.Technical, after.Scores.Technical)
		}
		if n, m := same(after, f), same(r, f); n >= m {
			t.Errorf("%s: after its fix %s stands %d times, before %d times", name, f.Rule, n, m)
		}
		for _, g := range after.Findings {
			if worse(g, f) && same(after, g) > same(r, g) {
				t.Errorf("%s: the fix of %s raises %s: %s", name, f.Rule, g.Rule, g.Message)
			}
		}
		if gone := lost(r, after); gone != "" {
			t.Errorf("%s: the fix of %s loses %s", name, f.Rule, gone)
		}
	}
	edits, _ := suggest.Edits(r.Findings)
	p.Text = posting.Edited(p.Text, edits)
	if all := a.Analyze(p); r.Advice != nil && all.Scores != r.Advice.After {
		t.Errorf("%s: with all edits %+v, promised %+v", name, all.Scores, r.Advice.After)
	} else if all.Scores.Technical < r.Scores.Technical || all.Scores.Soft < r.Scores.Soft {
		t.Errorf("%s: all edits together take %+v to %+v", name, r.Scores, all.Scores)
	}
	return fixes
}

// same counts the findings that are about what f is about.
func same(r *analyzer.Report, f analyzer.Finding) int {
	return len(slices.DeleteFunc(of(r, f.Rule), func(g analyzer.Finding) bool { return g.Subject != f.Subject }))
}

func worse(a, b analyzer.Finding) bool {
	order := []suggest.Severity{suggest.Note, suggest.Warning, suggest.Error}
	return slices.Index(order, a.Severity) > slices.Index(order, b.Severity)
}

// lost names a technical match of a Report that another has not.
func lost(before, after *analyzer.Report) string {
	n := map[string]int{}
	for _, s := range after.Statements {
		for _, m := range s.Matches {
			n[m.Side+m.Dimension+m.Term]++
		}
	}
	for _, s := range before.Statements {
		for _, m := range s.Matches {
			if n[m.Side+m.Dimension+m.Term]--; m.Side == "technical" && n[m.Side+m.Dimension+m.Term] < 0 {
				return m.Text
			}
		}
	}
	return ""
}

// The codebook's posting A: above 70 in under 120 words, and nothing technical
// lost.
func TestPostingA(t *testing.T) {
	text, err := os.ReadFile("../testdata/postings/codebook-a.txt")
	if err != nil {
		t.Fatal(err)
	}
	r := advise(t, adviser(t), string(text), suggest.Options{})
	if a := r.Advice; a == nil || a.After.Soft <= 70 || a.After.Technical < r.Scores.Technical || a.Words >= 120 {
		t.Errorf("%+v to %+v", r.Scores, r.Advice)
	}
}

func TestSilence(t *testing.T) {
	text := "Help Desk Technician\n\nRequirements\n- Meet each SLA.\n- Knowledge of Windows.\n- Knowledge of printers.\n"
	a := adviser(t)
	if n := len(of(advise(t, a, text, suggest.Options{}), "abbreviation")); n != 1 {
		t.Fatalf("%d findings", n)
	}
	silences, err := suggest.Silences(text + "<!-- softgap: ignore abbreviation: all our readers know it -->\n")
	if err != nil || len(silences) != 1 {
		t.Fatal(silences, err)
	}
	r := advise(t, a, text, suggest.Options{Silenced: silences})
	if len(of(r, "abbreviation")) != 0 || len(r.Advice.Silenced) != 1 || r.Advice.Silenced[0].Reason != "all our readers know it" || r.Advice.Silenced[0].Findings != 1 {
		t.Errorf("%+v", r.Advice)
	}
	for _, bad := range []string{"<!-- softgap: ignore abbreviation -->", "<!-- softgap: ignore abbreviation: -->", "<!--softgap: ignore nothing: why-->"} {
		if s, err := suggest.Silences(bad); err == nil {
			t.Errorf("%s: %v", bad, s)
		}
	}
}

// What is off by default is off, and scores do not know of it.
func TestOff(t *testing.T) {
	a := adviser(t)
	for _, rule := range suggest.Rules() {
		if !rule.Off {
			continue
		}
		plain, also := advise(t, a, rule.Before, suggest.Options{}), advise(t, a, rule.Before, suggest.Options{Also: []string{rule.Name}})
		if len(of(plain, rule.Name)) != 0 || len(of(also, rule.Name)) == 0 || plain.Scores != also.Scores {
			t.Errorf("%s: %d findings, and %d when asked", rule.Name, len(of(plain, rule.Name)), len(of(also, rule.Name)))
		}
	}
}

// Where no line to paste would count, as in text that reads as nice to have
// throughout, the advice says so and what to do.
func TestNoPlaceForALine(t *testing.T) {
	const run = "Data Engineer\n\nNice to have: Experience with Python and SQL. Experience with Power BI. Experience with ETL pipelines in Fabric. Experience with Terraform.\n"
	for text, fixed := range map[string]bool{run: false, "Data Engineer\n\nDuties\n- Build data warehouses in SQL.\n- Write ETL pipelines in Python.\n- Keep Power BI running.\n": true} {
		found := of(advise(t, adviser(t), text, suggest.Options{}), "missing")
		if len(found) == 0 {
			t.Fatalf("nothing is missing in %s", text)
		}
		for _, f := range found {
			if told := strings.Contains(f.Why, "No line to paste"); told == fixed || fixed != (len(f.Fixes) > 0) {
				t.Errorf("%s: %d edits, why: %s", f.Message, len(f.Fixes), f.Why)
			}
		}
	}
}

// A line does not take the place of a statement that says more than the stock
// phrase: its languages, its licence, its other skill would be lost.
func TestReplacementKeeps(t *testing.T) {
	a := adviser(t)
	for said, replaced := range map[string]bool{
		"Excellent written and verbal communication skills": true,
		"Patience": true,
		"Excellent communication skills in English; German is a plus": false,
		"Fluent English and good communication skills":                false,
		"Good communication skills, driving licence required":         false,
		"Cross-Functional Leadership and Collaboration":               false,
	} {
		text := "Help Desk Technician\n\nRequirements\n- Knowledge of Windows.\n- " + said + ".\n- Two years of desktop support.\n"
		r := advise(t, a, text, suggest.Options{Rules: []string{"stock-phrase", "named-only"}})
		edits, _ := suggest.Edits(r.Findings)
		if len(edits) == 0 {
			t.Errorf("%s: no edit", said)
		}
		if kept := strings.Contains(posting.Edited(text, edits), said); kept == replaced {
			t.Errorf("%s: replaced %v, want %v:\n%s", said, !kept, replaced, posting.Edited(text, edits))
		}
	}
}
