package eval

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/lexicons"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// readGold reads a gold file that must be without fault.
func readGold(t *testing.T, name string) *Gold {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var g Gold
	if errs := g.Read(filepath.Base(name), body); len(errs) > 0 || g.Len() == 0 {
		t.Fatalf("%d records, %v", g.Len(), errs)
	}
	return &g
}

// asReport makes of a coded posting the Report of a program that codes so:
// each code is a match as wide as its statement.
func asReport(c Coded) *analyzer.Report {
	r := &analyzer.Report{Status: score.Scored, Scores: c.Scores}
	for _, s := range c.Statements {
		st := analyzer.Statement{Span: s.Span, About: string(s.About), Ask: string(s.Ask), Why: "its place"}
		for _, d := range dimensions {
			if code, ok := s.Codes[d.id]; ok {
				st.Matches = append(st.Matches, analyzer.Match{Span: s.Span, Text: c.Text[s.Start:s.End], Side: string(d.side()),
					Dimension: d.id, Term: "a-" + d.id, Level: code.Level, Ask: string(code.Ask)})
			}
		}
		r.Statements = append(r.Statements, st)
	}
	return r
}

func reportsOf(coded []Coded) []*analyzer.Report {
	var out []*analyzer.Report
	for _, c := range coded {
		out = append(out, asReport(c))
	}
	return out
}

func compared(t *testing.T, o Options) *Result {
	t.Helper()
	gold, program := readGold(t, "testdata/gold.jsonl"), readGold(t, "testdata/program.jsonl")
	cs := causes{}
	r := &Result{Schema: Schema, Tool: analyzer.Tool{Name: "softgap", Version: "1"}, Lexicon: analyzer.Lexicon{Version: "1", Digest: "sha256:0123456789abcdef"},
		Resamples: o.Resamples, Seed: o.Seed}
	r.Postings = comparePostings(gold.Coded, reportsOf(program.Coded), o, cs)
	r.Disagreements = cs.sorted()
	return r
}

// The two codings in testdata are compared by eye once, then held.
func TestGolden(t *testing.T) {
	r := compared(t, Options{Resamples: 200, Seed: 1})
	for _, face := range []struct {
		name  string
		write func(*bytes.Buffer) error
	}{
		{"testdata/result.txt", func(b *bytes.Buffer) error { return r.Text(b) }},
		{"testdata/result.json", func(b *bytes.Buffer) error { return r.JSON(b) }},
	} {
		var got bytes.Buffer
		if err := face.write(&got); err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(face.name, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(face.name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs (-update rewrites it) at %s", face.name, firstDifference(got.String(), string(want)))
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d: %q", i+1, g[i])
		}
	}
	return "its end"
}

func TestTextFits(t *testing.T) {
	var b bytes.Buffer
	r := compared(t, Options{Resamples: 100})
	r.Sentences = &Sentences{Any: []Detection{{ID: "Knowledge"}}}
	r.Disagreements = nil
	if err := r.Text(&b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		line = strings.TrimSuffix(line, "\n")
		if len(line) > 80 || strings.HasSuffix(line, " ") {
			t.Errorf("%d columns: %q", len(line), line)
		}
	}
}

// What the golden file holds, counted by hand.
func TestCounts(t *testing.T) {
	p := compared(t, Options{}).Postings
	// about: 13 of 16. The office is coded candidate, the title of net
	// candidate, the booking site employer.
	if p.Statements != 16 || p.About.N != 16 || !near(p.About.Share.Value, 13.0/16) {
		t.Errorf("about: %d statements, share %v", p.About.N, p.About.Share.Value)
	}
	// ask: of 9 statements that both call candidate, the CCNA is coded required
	// and the switches, of which the title took the statement, role.
	if p.Ask.N != 9 || !near(p.Ask.Share.Value, 7.0/9) {
		t.Errorf("ask: %d statements, share %v", p.Ask.N, p.Ask.Share.Value)
	}
	want := map[string]Counts{
		"patience": {1, 1, 1}, "good_humour": {0, 1, 0}, "listening": {1, 1, 1}, "service": {1, 1, 1}, "communication": {2, 1, 1},
		"plain_explanation": {1, 1, 1}, "mentoring": {1, 1, 1}, "teamwork": {1, 2, 1}, "leadership": {1, 1, 1}, "self_management": {1, 1, 1},
		"os_desktop": {2, 3, 2}, "network": {1, 1, 0}, "programming": {1, 0, 0}, "support_hardware": {1, 1, 1}, "certification": {1, 1, 1},
		"soft, micro": {8, 9, 7}, "rare, micro": {3, 4, 3}, "technical, micro": {6, 6, 4},
		"soft, scored": {5, 7, 5}, "soft, all 16": {6, 8, 6}, "technical": {5, 5, 3},
	}
	for _, d := range slices.Concat(p.Soft, p.Technical, p.Averages, p.Any) {
		if w := want[d.ID]; d.Counts != w && !strings.HasSuffix(d.ID, "macro") {
			t.Errorf("%s: %+v, want %+v", d.ID, d.Counts, w)
		}
	}
	for i, n := range []int{9, 4} {
		if p.Levels[i].N != n {
			t.Errorf("%s levels: %d codes of both, want %d", p.Levels[i].Side, p.Levels[i].N, n)
		}
	}
	if x := p.Levels[0]; !near(x.Exact.Value, 8.0/9) || !near(x.Bias.Value, -1.0/9) {
		t.Errorf("soft levels: exact %v, bias %v", x.Exact.Value, x.Bias.Value)
	}
}

// A program that codes as the gold does agrees in all.
func TestPerfect(t *testing.T) {
	gold := readGold(t, "testdata/gold.jsonl")
	cs := causes{}
	p := comparePostings(gold.Coded, reportsOf(gold.Coded), Options{Resamples: 50}, cs)
	if len(cs) > 0 {
		t.Errorf("disagreements: %v", cs.sorted())
	}
	for _, e := range []Estimate{p.About.Share, p.About.Kappa, p.Ask.Kappa, p.CodeAsk.Kappa, p.Levels[0].Kappa, p.Levels[1].Exact, p.Scores[2].Spearman} {
		if !near(e.Value, 1) || !near(e.Low, 1) || !near(e.High, 1) {
			t.Errorf("%+v, want 1", e)
		}
	}
	for _, d := range slices.Concat(p.Soft, p.Technical, p.Averages, p.Any) {
		if d.Gold != d.Both || d.Found != d.Both || d.Both > 0 && !near(d.F1.Low, 1) {
			t.Errorf("%+v", d)
		}
	}
	for _, d := range p.Scores {
		if !near(d.MAE.High, 0) || !near(d.Bias.Low, 0) {
			t.Errorf("%+v", d)
		}
	}
}

// An unscorable posting has no scores to compare; its statements still count.
func TestUnscorable(t *testing.T) {
	gold := readGold(t, "testdata/gold.jsonl")
	reports := reportsOf(gold.Coded)
	reports[0] = &analyzer.Report{Status: score.Unscorable}
	p := comparePostings(gold.Coded, reports, Options{}, nil)
	if p.Unscorable != 1 || p.Scores[0].N != len(gold.Coded)-1 || p.About.N != 16 {
		t.Errorf("%d unscorable, %d scored, %d statements", p.Unscorable, p.Scores[0].N, p.About.N)
	}
}

func TestAlign(t *testing.T) {
	// The gold cuts 0-10, 10-20, 30-40; the program 0-4, 4-20, 22-28.
	c := Coded{Text: strings.Repeat("abcde fgh ", 5), Statements: []Statement{
		{Span: posting.Span{Start: 0, End: 10}}, {Span: posting.Span{Start: 10, End: 20}}, {Span: posting.Span{Start: 30, End: 40}}}}
	m := func(start, end int, dimension string) analyzer.Match {
		return analyzer.Match{Span: posting.Span{Start: start, End: end}, Dimension: dimension, Term: "t", Level: 2, Ask: "duty"}
	}
	r := &analyzer.Report{Statements: []analyzer.Statement{
		{Span: posting.Span{Start: 0, End: 4}, About: "offer"},
		{Span: posting.Span{Start: 4, End: 20}, About: "candidate", Ask: "duty", Matches: []analyzer.Match{m(4, 9, "patience"), m(8, 13, "network"), m(7, 12, "cloud")}},
		{Span: posting.Span{Start: 22, End: 28}, About: "candidate", Ask: "role", Matches: []analyzer.Match{m(22, 25, "service"), m(25, 28, "empathy")}},
	}}
	pairs := align(&c, r)
	where := map[string]int{}
	for i := range pairs {
		for k, d := range dimensions {
			if pairs[i].found[k].level > 0 {
				where[d.id] = i
			}
		}
	}
	want := map[string]int{"patience": 0, "network": 1, "cloud": 0, "service": 3, "empathy": 3}
	if len(pairs) != 4 || len(where) != len(want) {
		t.Fatalf("%d pairs, codes at %v", len(pairs), where)
	}
	for id, i := range want {
		if where[id] != i {
			t.Errorf("%s is in %d, want %d", id, where[id], i)
		}
	}
	for i, about := range []string{"candidate", "candidate", "other", "candidate"} {
		if pairs[i].about != about {
			t.Errorf("pair %d is about %s, want %s", i, pairs[i].about, about)
		}
	}
	if pairs[0].ask != "duty" || pairs[2].ask != "" || pairs[3].gold != nil {
		t.Errorf("%+v", pairs)
	}
}

// tiny is a set of word lists that no edit of the real ones changes.
const tiny = "testdata/lexicon"

func TestSentences(t *testing.T) {
	set, err := lexicons.Load(os.DirFS(tiny))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Compare(readGold(t, "testdata/sentences.jsonl"), set, "1", Options{Resamples: 20, Show: true})
	if err != nil {
		t.Fatal(err)
	}
	s := r.Sentences
	want := []Counts{{3, 2, 1}, {2, 2, 1}, {2, 2, 1}, {4, 3, 2}, {3, 1, 1}, {2, 1, 1}}
	if s.Postings != 2 || s.Sentences != 5 || s.LeftOut != 1 {
		t.Errorf("%+v", s)
	}
	for i, d := range s.Any {
		if d.Counts != want[i] {
			t.Errorf("%s: %+v, want %+v", d.ID, d.Counts, want[i])
		}
	}
	var causes []string
	for _, c := range r.Disagreements {
		causes = append(causes, c.Cause)
	}
	if got, want := strings.Join(causes, "; "), "Knowledge missed, “cobol”; Skill missed, “mend clocks”; soft patience false, term patience; technical os_desktop false, term windows"; got != want {
		t.Errorf("causes: %s\nwant:   %s", got, want)
	}
}

func TestCompareWhole(t *testing.T) {
	set, err := lexicons.Load(os.DirFS(tiny))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Compare(readGold(t, "testdata/gold.jsonl"), set, "1", Options{})
	if err != nil || r.Sentences != nil || r.Disagreements != nil || r.Postings.About.N != 16 {
		t.Errorf("%+v, %v", r, err)
	}
	if r.Lexicon.Digest != set.Digest {
		t.Error("the result does not name its word lists")
	}
}

// A stranger's text cannot speak to the terminal.
func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"a\n\tb  c\r\n":           "a b c",
		"\x1b[31mred\x07":         "[31mred",
		"\u009b2J \u202eevil é–•": "2J evil é–•",
	} {
		if got := oneLine(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNumberJSON(t *testing.T) {
	for n, want := range map[Number]string{0.123456: "0.1235", -0.00001: "0", 1: "1", -2.5: "-2.5", 33.3: "33.3"} {
		if got, err := json.Marshal(n); err != nil || string(got) != want {
			t.Errorf("%v: %s, want %s", float64(n), got, want)
		}
	}
	if got, _ := json.Marshal(Number(math.NaN())); string(got) != "null" {
		t.Errorf("NaN: %s", got)
	}
}

func near[T ~float64](a T, b float64) bool { return math.Abs(float64(a)-b) < 1e-9 }
