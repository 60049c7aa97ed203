package audit

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
)

var dimensions = []string{"patience", "good_humour", "empathy", "listening", "relationships", "service", "deescalation", "partnership",
	"communication", "plain_explanation", "mentoring", "teamwork"}

// made is a scored Report with levels of the twelve dimensions, those not given
// at 0, and two technical categories.
func made(title string, technical, soft float64, levels ...int) *analyzer.Report {
	r := &analyzer.Report{Status: score.Scored, Cutoffs: score.DefaultCutoffs, Verdict: score.TiltedTechnical,
		Posting: analyzer.Posting{Title: title, Source: title + ".txt", Record: 1}}
	r.Scores = score.Scores{Technical: technical, Soft: soft, Gap: technical - soft}
	var es []score.Evidence
	for i, id := range dimensions {
		e := score.Evidence{ID: id, Title: strings.ToUpper(id[:1]) + id[1:]}
		if i < len(levels) && levels[i] > 0 {
			e.Level = levels[i]
			r.Statements = append(r.Statements, analyzer.Statement{About: "candidate", Matches: []analyzer.Match{
				{Span: posting.Span{Start: i, End: i + 1}, Dimension: id, Level: e.Level, Ask: "required", Text: id + " in " + title}}})
		}
		es = append(es, e)
	}
	r.Facets = []score.Facet{{ID: "people", Title: "People", Dimensions: es}}
	r.Technical = []score.Evidence{{ID: "network", Title: "Networks", Level: 2, Evidence: technical / 100}, {ID: "cloud", Title: "Cloud"}}
	r.Unscored = []score.Evidence{{ID: "leadership", Title: "Leadership"}}
	if r.Scores.Gap <= r.Cutoffs.BalancedGap {
		r.Verdict = score.Balanced
	}
	return r
}

func of(o Options, rs ...*analyzer.Report) *Audit {
	a := New(o)
	for _, r := range rs {
		a.Add(r)
	}
	return a.Audit()
}

func inJSON(t testing.TB, a *Audit) string {
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// some is a posting or other.
var some = rapid.Custom(func(t *rapid.T) *analyzer.Report {
	levels := rapid.SliceOfN(rapid.IntRange(0, 4), 12, 12).Draw(t, "levels")
	tenth := rapid.IntRange(0, 1000)
	r := made(fmt.Sprint("posting ", rapid.IntRange(1, 1e6).Draw(t, "title")), float64(tenth.Draw(t, "technical"))/10, float64(tenth.Draw(t, "soft"))/10, levels...)
	r.Posting.Organization = rapid.SampledFrom(strings.Split(" ABCDEFGHIJKL", "")).Draw(t, "organization")
	r.Posting.Family = rapid.SampledFrom([]string{"", "data", "qa"}).Draw(t, "family")
	r.Posting.DatePosted = rapid.SampledFrom([]string{"", "3 days ago", "2026-01-05", "2026-02-04", "2025-02"}).Draw(t, "date")
	r.Status = rapid.SampledFrom([]score.Status{score.Scored, score.Scored, score.Scored, score.Thin, score.Unscorable}).Draw(t, "status")
	if r.Status != score.Scored {
		r.Reason = rapid.SampledFrom([]string{"login wall: sign in", "login wall: log in", "empty: nothing", "too few words"}).Draw(t, "reason")
	}
	if rapid.IntRange(0, 5).Draw(t, "duplicate") == 0 {
		r.Posting.DuplicateOf = "another"
	}
	return r
})

// Every posting is counted once, in every part of the page, and the order in
// which they come changes nothing.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := rapid.SliceOfN(some, 0, 60).Draw(t, "reports")
		o := Options{By: rapid.SampledFrom(Groupings()).Draw(t, "by"), Seed: 3, Resamples: 20}
		a := of(o, rs...)
		add := func(what string, want int, ns ...int) {
			sum := 0
			for _, n := range ns {
				sum += n
			}
			if sum != want {
				t.Fatalf("%s: %d, want %d", what, sum, want)
			}
		}
		add("read", len(rs), a.Read)
		add("parts of read", a.Read, a.Scored, a.Thin, a.Unscorable, a.Duplicates)
		add("excluded", a.Read-a.Scored, each(a.Excluded, func(e Exclusion) int { return e.Postings })...)
		add("verdicts", a.Scored, each(a.Verdicts, func(v VerdictShare) int { return v.Postings })...)
		add("histogram", a.Scored, each(a.Histogram, func(b Bin) int { return b.Postings })...)
		add("scatter", a.Scored, each(a.Scatter, func(c Cell) int { return c.Postings })...)
		add("groups", a.Scored, each(a.Groups, func(g Group) int { return g.Postings })...)
		for _, d := range slices.Concat(a.Dimensions, a.Outside, a.Categories) {
			add(d.ID, a.Scored, d.Levels[:]...)
			add(d.ID+" asked for", d.Postings, d.Levels[1:]...)
		}
		if a.Trend != nil {
			add("trend", a.Scored-a.Trend.Undated, each(a.Trend.Periods, func(g Group) int { return g.Postings })...)
		}
		if a.Scored == 0 {
			return // nothing to be in order
		}
		for i := 1; i < len(a.Groups); i++ {
			if x, y := a.Groups[i-1], a.Groups[i]; o.By == "year" || o.By == "month" {
				if y.Name != "" && x.Name >= y.Name {
					t.Fatalf("%s before %s", x.Name, y.Name)
				}
			} else if x.Small && !y.Small || !x.Small && !y.Small && x.Gap.Value < y.Gap.Value {
				t.Fatalf("%s before %s", x.Name, y.Name)
			}
		}
		want, _ := json.Marshal(a)
		rand.Shuffle(len(rs), func(i, j int) { rs[i], rs[j] = rs[j], rs[i] })
		if got, _ := json.Marshal(of(o, rs...)); string(got) != string(want) && distinct(rs) {
			t.Fatalf("in another order:\n%s\n%s", got, want)
		}
	})
}

func each[T any](xs []T, n func(T) int) []int {
	out := make([]int, len(xs))
	for i, x := range xs {
		out[i] = n(x)
	}
	return out
}

// distinct reports whether no two postings have the same name: where two have,
// either may stand for both.
func distinct(rs []*analyzer.Report) bool {
	seen := map[string]bool{}
	for _, r := range rs {
		if seen[r.Posting.Source] {
			return false
		}
		seen[r.Posting.Source] = true
	}
	return true
}

// A duplicate changes no figure.
func TestDuplicates(t *testing.T) {
	a, b, again := made("a", 90, 10, 0, 2), made("b", 50, 40, 3), made("b", 50, 40, 3)
	again.Posting.DuplicateOf = "b.txt"
	once, twice := of(Options{}, a, b), of(Options{}, a, b, again)
	if twice.Duplicates != 1 || twice.Read != 3 || twice.Excluded[0].Status != "duplicate" {
		t.Errorf("%d duplicates of %d: %v", twice.Duplicates, twice.Read, twice.Excluded)
	}
	twice.Duplicates, twice.Read, twice.Excluded = once.Duplicates, once.Read, once.Excluded
	if inJSON(t, once) != inJSON(t, twice) {
		t.Error("a duplicate changes a figure")
	}
}

func TestHeadline(t *testing.T) {
	generic := func(n int) (rs []*analyzer.Report) {
		for i := range n {
			rs = append(rs, made(fmt.Sprint("generic ", i), 80, 7, 0, 0, 0, 0, 0, 0, 0, 0, 1))
		}
		return rs
	}
	rich := made("rich", 60, 80, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2)
	balanced := made("balanced", 60, 55, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2)
	tilted := made("tilted", 90, 30, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2)
	cut := func(id string) *analyzer.Report {
		r := made(id, 0, 0)
		r.Status, r.Reason = score.Unscorable, "truncated teaser"
		return r
	}
	for _, tt := range []struct {
		rs   []*analyzer.Report
		want string
	}{
		{[]*analyzer.Report{made("silent", 80, 0), cut("a"), cut("b")}, "The one posting scored asks for no people skill beyond stock phrases such as “communication skills”; none asks for any of the twelve people skills. The other 2 postings could not be scored."},
		{nil, "None of 0 postings could be scored."},
		{generic(3), "None of 3 postings asks for a people skill beyond stock phrases such as “communication skills”; none asks for patience, good_humour, empathy or 8 other people skills."},
		{[]*analyzer.Report{made("silent", 80, 0)}, "The one posting scored asks for no people skill beyond stock phrases such as “communication skills”; none asks for any of the twelve people skills."},
		{append(generic(1), rich), "1 of 2 postings asks for no people skill beyond stock phrases such as “communication skills”; the fewest ask for patience (1), good_humour (1) and empathy (1)."},
		{append(generic(2), balanced), "2 of 3 postings ask for no people skill beyond stock phrases such as “communication skills”; none asks for patience, the fewest others for good_humour (1) and empathy (1)."},
		{[]*analyzer.Report{tilted, tilted}, "2 of 2 postings state technical skills clearly more concretely than people skills (mean scores 90 and 30 of 100); none asks for patience, good_humour or empathy."},
		{[]*analyzer.Report{balanced, rich}, "2 of 2 postings ask for a people skill beyond stock phrases such as “communication skills”; the fewest ask for patience (1), good_humour (2) and empathy (2)."},
	} {
		if got := of(Options{}, tt.rs...).Headline; got != tt.want {
			t.Errorf("%s\nwant\n%s", got, tt.want)
		}
	}
}

// The widest gaps come first, with their words; the narrowest are of postings
// that ask for something technical; none stands at both ends.
func TestEnds(t *testing.T) {
	var rs []*analyzer.Report
	for i := range 12 {
		rs = append(rs, made(fmt.Sprint("p", i), 90-float64(i), float64(5*i), i%5))
	}
	rs = append(rs, made("nothing", 0, 0))
	a := of(Options{}, rs...)
	names := func(es []Example) (out []string) {
		for _, e := range es {
			out = append(out, e.Title)
		}
		return out
	}
	if got := names(a.Widest); !slices.Equal(got, []string{"p0", "p1", "p2", "p3", "p4"}) {
		t.Errorf("widest %v", got)
	}
	if got := names(a.Narrowest); !slices.Equal(got, []string{"p11", "p10", "p9", "p8", "p7"}) {
		t.Errorf("narrowest %v", got)
	}
	if s := a.Widest[1].Said[0]; s.Level != 1 || s.Ask != "required" || s.Words != "patience in p1" {
		t.Errorf("said %+v", s)
	}
	few := of(Options{}, rs[:3]...)
	if w, n := names(few.Widest), names(few.Narrowest); !slices.Equal(w, []string{"p0", "p1"}) || !slices.Equal(n, []string{"p2"}) {
		t.Errorf("of three: widest %v, narrowest %v", w, n)
	}
}

// Groups by a column; small ones are marked and stand last, the nameless among
// them behind the named.
func TestGroups(t *testing.T) {
	var rs []*analyzer.Report
	add := func(department string, n int, gap float64) {
		for i := range n {
			r := made(fmt.Sprint(department, i), gap+10, 10)
			r.Posting.Kept = map[string]string{"Department": department}
			rs = append(rs, r)
		}
	}
	add("Narrow", 10, 20)
	add("", 3, 90)
	add("Few", 9, 80)
	add("Wide", 11, 60)
	a := of(Options{By: "Department"}, rs...)
	var got []string
	for _, g := range a.Groups {
		got = append(got, fmt.Sprintf("%s %d %v", g.Name, g.Postings, g.Small))
	}
	if want := []string{"Wide 11 false", "Narrow 10 false", "Few 9 true", " 3 true"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if m := a.Groups[0].Gap; m.Value != 60 || m.Low != 60 || m.High != 60 {
		t.Errorf("a mean of equal gaps: %v", m)
	}
}

// A trend needs two periods of ten; a year's months are told apart, ten years
// are not.
func TestTrend(t *testing.T) {
	dated := func(dates ...string) (rs []*analyzer.Report) {
		for _, d := range dates {
			for i := range 10 {
				r := made(fmt.Sprint(d, i), 50, 10)
				r.Posting.DatePosted = d
				rs = append(rs, r)
			}
		}
		return rs
	}
	for _, tt := range []struct {
		rs   []*analyzer.Report
		want string
	}{
		{dated("2026-01-02"), ""},
		{dated("2026-01-02", "last week"), ""},
		{dated("2026-02-02", "2026-01-31", "soon"), "month: 2026-01 2026-02, undated 10"},
		{dated("2016-02-02", "2026-02-05"), "year: 2016 2026, undated 0"},
	} {
		a, got := of(Options{}, tt.rs...), ""
		if a.Trend != nil {
			var names []string
			for _, g := range a.Trend.Periods {
				names = append(names, g.Name)
			}
			got = fmt.Sprintf("%s: %s, undated %d", a.Trend.Unit, strings.Join(names, " "), a.Trend.Undated)
		}
		if got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// By organisation, where there are several, the interval is wider than by
// posting: those of one organisation are alike.
func TestClusters(t *testing.T) {
	var rs []*analyzer.Report
	for i := range 60 {
		r := made(fmt.Sprint(i), 50+float64(i/5)*4, 10)
		rs = append(rs, r)
	}
	free := of(Options{}, rs...)
	for i, r := range rs {
		r.Posting.Organization = fmt.Sprint("employer ", i/5)
	}
	tied := of(Options{}, rs...)
	if !tied.Method.Clustered || tied.Method.Organizations != 12 || free.Method.Clustered {
		t.Errorf("method %+v and %+v", tied.Method, free.Method)
	}
	if w, n := tied.Gap.Mean, free.Gap.Mean; w.Value != n.Value || w.High-w.Low < 1.5*(n.High-n.Low) {
		t.Errorf("tied %v, free %v", w, n)
	}
}

func BenchmarkAdd(b *testing.B) {
	r := made("posting", 80, 20, 0, 1, 2)
	a := New(Options{By: "family"})
	for b.Loop() {
		a.Add(r)
	}
}

func BenchmarkAudit(b *testing.B) {
	a := New(Options{By: "organization", Seed: 1})
	for i := range 1_000_000 {
		r := made("posting", float64(i%1000)/10, float64(i%700)/10, i%5)
		r.Posting.Organization = fmt.Sprint(i % 50_000)
		r.Posting.DatePosted = fmt.Sprintf("20%02d-%02d-01", i%20, 1+i%12)
		a.Add(r)
	}
	for b.Loop() {
		a.Audit()
	}
}
