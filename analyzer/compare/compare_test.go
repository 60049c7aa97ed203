package compare

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"softgap/analyzer"
	"softgap/analyzer/audit"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/lexicons"
)

var scorer = sync.OnceValue(func() *analyzer.Analyzer {
	a, err := analyzer.New(lexicons.Builtin(), "test", score.DefaultCutoffs)
	if err != nil {
		panic(err)
	}
	return a
})

func scored(text string) *analyzer.Report {
	r := scorer().Analyze(posting.Posting{Text: text, Source: "posting.txt", Record: 1})
	r.Posting.Text = text
	return r
}

func codebook(t *testing.T, name string) *analyzer.Report {
	text, err := os.ReadFile("../../testdata/postings/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return scored(string(text))
}

// The codebook's two postings, worked out by hand: soft 7.3 and 49.1, technical
// 58.3 and 81.7.
func TestPostings(t *testing.T) {
	v := Postings(codebook(t, "codebook-a"), codebook(t, "codebook-b"))
	if v.Points != (score.Scores{Technical: 23.4, Soft: 41.8, Gap: -18.5}) {
		t.Errorf("points %+v", v.Points)
	}
	sum := 0.0
	points := map[string]float64{}
	for _, f := range v.Facets {
		sum += f.Points
		points[f.ID] = f.Points
	}
	// 0.5, 0.25, 0.6875 - 0.25 and 0.25 of 3.44.
	want := map[string]float64{"temperament": 14.5, "relationship": 7.3, "communication": 12.7, "developing": 7.3}
	if math.Abs(sum-v.Points.Soft) > 0.25 || fmt.Sprint(points) != fmt.Sprint(want) {
		t.Errorf("facets %v, want %v", points, want)
	}
	kinds := map[string][]string{}
	for _, s := range v.Statements {
		text := ""
		if s.Before != nil {
			text = s.Before.Text
		}
		if text += "|"; s.After != nil {
			text += s.After.Text
		}
		kinds[s.Kind] = append(kinds[s.Kind], text)
	}
	if !slices.Contains(kinds["gained"], "|Patience.") || !slices.Contains(kinds["lost"], "MCSE required.|") ||
		!slices.Contains(kinds["changed"], "Excellent communication skills.|Excellent communication skills; team player.") {
		t.Errorf("statements %v", kinds)
	}
}

// A statement that only moves to another heading asks otherwise.
func TestMoved(t *testing.T) {
	const must, nice = "Requirements\n- Knowledge of DNS and DHCP.\n- Experience with Linux servers.\n- Patience with callers.\n",
		"Requirements\n- Knowledge of DNS and DHCP.\n- Experience with Linux servers.\n\nNice to have\n- Patience with callers.\n"
	v := Postings(scored(must), scored(nice))
	if len(v.Statements) != 1 || v.Kept != 2 {
		t.Fatalf("%d kept, changed %+v", v.Kept, v.Statements)
	}
	s := v.Statements[0]
	if s.Kind != "changed" || s.Before.Ask != "required" || s.After.Ask != "preferred" || math.Abs(s.After.Soft-s.Before.Soft-v.Points.Soft) > 0.15 || v.Points.Soft >= 0 {
		t.Errorf("%+v to %+v, points %+v", s.Before, s.After, v.Points)
	}
}

var lines = []string{"Patience with callers who are upset.", "Knowledge of DNS and DHCP.", "Excellent communication skills.", "Administer Linux servers.",
	"Explain fixes to non-technical staff in plain language.", "Team player.", "Five years of Java.", "Mentor junior colleagues.", "Dental plan.", "MCSE required."}

// Nothing changes between a posting and itself; there and back again is
// nothing gained; every statement is kept, lost, gained or changed.
func TestVersionLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			return "Requirements\n- " + strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(lines), 3, 8, rapid.ID[string]).Draw(t, "lines"), "\n- ") + "\n"
		})
		a, b := scored(text.Draw(t, "before")), scored(text.Draw(t, "after"))
		if same := Postings(a, a); len(same.Statements)+len(same.Facets)+len(same.Technical) > 0 || same.Points != (score.Scores{}) {
			t.Fatalf("of itself: %+v", same)
		}
		there, back := Postings(a, b), Postings(b, a)
		if there.Points.Soft != -back.Points.Soft || there.Points.Technical != -back.Points.Technical || there.Kept != back.Kept {
			t.Fatalf("%+v and back %+v", there.Points, back.Points)
		}
		n := map[string]int{}
		for _, s := range there.Statements {
			n[s.Kind]++
		}
		if before, after := len(statedIn(a)), len(statedIn(b)); n["lost"]+n["changed"]+there.Kept != before || n["gained"]+n["changed"]+there.Kept != after {
			t.Fatalf("%v and %d kept of %d and %d", n, there.Kept, before, after)
		}
	})
}

// A posting of many statements is compared in time in proportion to its size.
func TestManyStatements(t *testing.T) {
	var before, after strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&before, "- Know system %d well.\n", i)
		fmt.Fprintf(&after, "- Know product %d well.\n", i)
	}
	v := Postings(scored("Requirements\n"+before.String()), scored("Requirements\n"+after.String()))
	if len(v.Statements) < 8000 {
		t.Errorf("%d statements", len(v.Statements))
	}
}

func set(texts ...string) *Set {
	s := NewSet(audit.Options{Seed: 1, Resamples: 100})
	for i, text := range texts {
		r := scored(text)
		r.Posting.Record = i + 1
		s.Add(r)
	}
	return s
}

func TestSets(t *testing.T) {
	var java, help []string
	for i := range 12 {
		java = append(java, fmt.Sprintf("Requirements\n- Five years of Java and Spring Boot.\n- Build services in team %d.\n- Excellent communication skills.\n", i))
		help = append(help, fmt.Sprintf("Requirements\n- Patience with callers.\n- Support Windows desktops and answer their questions in office %d.\n- Excellent communication skills.\n", i))
	}
	s := Compare(set(java...), set(help...))
	if s.Before.Scored != 12 || s.After.Scored != 12 {
		t.Fatalf("%+v, %+v", s.Before, s.After)
	}
	for _, d := range s.Dimensions {
		switch d.ID {
		case "patience":
			if d.Before.Postings != 0 || d.After.Postings != 12 || d.Difference.Value != 1 || d.Difference.Low < 0.5 {
				t.Errorf("patience %+v", d)
			}
		case "communication":
			if d.Difference.Value != 0 || d.Difference.Low >= 0 {
				t.Errorf("communication %+v", d)
			}
		}
	}
	side := map[bool][]string{}
	for _, w := range s.Words {
		side[w.Z > 0] = append(side[w.Z > 0], w.Word)
	}
	if !slices.Contains(side[false], "java") || !slices.Contains(side[true], "patience") || slices.Contains(side[true], "communication") {
		t.Errorf("words %v", side)
	}
	if gap := s.Means[2]; gap.Difference.High > 0 || gap.Difference.Low > gap.Difference.High {
		t.Errorf("gap %+v", gap)
	}
	same := Compare(set(java...), set(java...))
	if len(same.Words) > 0 || same.Means[0].Difference.Value != 0 {
		t.Errorf("a set from itself: %+v", same)
	}
	x, _ := json.Marshal(Compare(set(java...), set(help...)))
	if y, _ := json.Marshal(s); string(x) != string(y) {
		t.Error("two runs differ")
	}
	if empty := Compare(set(), set(help...)); len(empty.Words) > 0 || empty.Means[0].Before.Value.Defined() {
		t.Errorf("of nothing: %+v", empty)
	}
}

// The worked case of the prior: a word that only one of two equal sets holds,
// in every posting.
func TestTelling(t *testing.T) {
	before, after := map[string]int{"the": 10, "java": 10, "x": 10}, map[string]int{"the": 10, "calls": 10, "y": 10}
	got := telling(before, 10, after, 10)
	// n = 30, prior 10 of 60: log((10+10)/(90-20)) - log(10/(90-10)), variance 1/20 + 1/10.
	z := math.Round(100*(math.Log(20./70)-math.Log(10./80))/math.Sqrt(1./20+1./10)) / 100
	if len(got) != 4 || got[0].Word != "calls" || got[0].Z != z || got[1].Z != -z {
		t.Errorf("%+v, want z %v", got, z)
	}
}

func TestWords(t *testing.T) {
	got := words("C++ and C#, .NET; CI/CD — “well-known” users' e.g. don't stop. 2x")
	want := []string{"c++", "and", "c#", "net", "ci", "cd", "well-known", "users", "e.g", "don't", "stop", "2x"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
