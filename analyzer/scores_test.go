package analyzer

import (
	"cmp"
	"math"
	"slices"

	"pgregory.net/rapid"

	"softgap/analyzer/score"
)

// facets are the norms of the codebook's section 8, copied from it and not
// from the program.
var facets = []struct {
	norm       float64
	dimensions []string
}{
	{0.8725, []string{"patience", "good_humour"}},
	{0.75, []string{"empathy", "listening"}},
	{0.63, []string{"relationships", "service", "deescalation", "partnership"}},
	{0.6875, []string{"communication", "plain_explanation"}},
	{0.50, []string{"mentoring", "teamwork"}},
}

// An item is a dimension or category in one statement: each counts there once,
// at its highest.
type item struct {
	level int
	worth float64 // o g
}

// books are the items of a Report: by dimension or category, then by the
// statement's place.
type books map[string]map[int]item

func bookkeep(r *Report) books {
	b := books{}
	weight := map[string]float64{"required": 1, "duty": 1, "role": 0.8, "preferred": 0.5}
	for i, s := range r.Statements {
		for _, m := range s.Matches {
			if b[m.Dimension] == nil {
				b[m.Dimension] = map[int]item{}
			}
			it := b[m.Dimension][i]
			b[m.Dimension][i] = item{max(it.level, m.Level), max(it.worth, weight[m.Ask]*float64(m.Level)*0.25)}
		}
	}
	return b
}

// evidence is e = min(1, max(o g) + 0.1 min(2, k-1)).
func (b books) evidence(id string) (e float64, level int) {
	for _, it := range b[id] {
		e, level = max(e, it.worth), max(level, it.level)
	}
	if k := len(b[id]); k > 1 {
		e += 0.1 * min(2, float64(k-1))
	}
	return min(1, e), level
}

// scores computes the two sides, unrounded.
func (b books) scores() (technical, soft float64) {
	var es []float64
	for _, id := range score.Categories {
		e, _ := b.evidence(id)
		es = append(es, e)
	}
	slices.SortFunc(es, func(x, y float64) int { return cmp.Compare(y, x) })
	technical = 100 * (es[0] + es[1] + es[2]) / 3
	for _, f := range facets {
		best := 0.0
		for _, id := range f.dimensions {
			e, _ := b.evidence(id)
			best = max(best, e)
		}
		soft += 100 * min(f.norm, best) / 3.44
	}
	return technical, soft
}

// figures computes what stands beside the scores, but for the counts of words
// and statements, which are the Report's.
func (b books) figures(r *Report) score.Figures {
	f := score.Figures{CandidateStatements: r.Figures.CandidateStatements, CandidateWords: r.Figures.CandidateWords}
	soft, technical := map[int]bool{}, map[int]bool{}
	var softLevels, technicalLevels []int
	first, above := len(r.Statements), false
	for _, fc := range facets {
		for _, id := range fc.dimensions {
			e, level := b.evidence(id)
			f.DimensionsStated += min(1, level)
			above = above || level > 1
			if slices.Contains([]string{"relationships", "empathy", "patience", "good_humour"}, id) && e > 0.4999 {
				f.Core++
			}
			for i, it := range b[id] {
				soft[i], first = true, min(first, i)
				softLevels = append(softLevels, it.level)
			}
		}
	}
	for _, id := range score.Categories {
		for i, it := range b[id] {
			technical[i] = true
			technicalLevels = append(technicalLevels, it.level)
		}
	}
	for i := range technical {
		if i < first {
			f.TechBeforePeople++
		}
	}
	f.GenericOnly = len(b["communication"])+len(b["teamwork"]) > 0 && !above
	f.Concreteness = mean(technicalLevels) - mean(softLevels)
	if n := float64(len(soft) + len(technical)); n > 0 {
		const z = 1.959963984540054
		p := float64(len(soft)) / n
		middle := (p + z*z/(2*n)) / (1 + z*z/n)
		half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
		f.SoftShare, f.SoftShareLow, f.SoftShareHigh = p, max(0, middle-half), min(1, middle+half)
	}
	return f
}

// mean is the mean weight g of levels, 0 of none.
func mean(levels []int) float64 {
	sum := 0.0
	for _, l := range levels {
		sum += float64(l) / 4 / float64(len(levels))
	}
	return sum
}

// checkScores complains where the scores and figures of a Report do not follow
// from its statements and matches.
func checkScores(tb rapid.TB, r *Report) {
	tb.Helper()
	b := bookkeep(r)
	near := func(what string, got, want, unit float64) {
		tb.Helper()
		if math.Abs(got-want) > unit/2+1e-9 {
			tb.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	technical, soft := b.scores()
	near("technical", r.Scores.Technical, technical, 0.1)
	near("soft", r.Scores.Soft, soft, 0.1)
	near("gap", r.Scores.Gap, technical-soft, 0.1)

	got, want := r.Figures, b.figures(r)
	near("soft share", got.SoftShare, want.SoftShare, 1e-4)
	near("soft share, low", got.SoftShareLow, want.SoftShareLow, 1e-4)
	near("soft share, high", got.SoftShareHigh, want.SoftShareHigh, 1e-4)
	near("concreteness", got.Concreteness, want.Concreteness, 1e-4)
	for _, f := range []*score.Figures{&got, &want} {
		f.SoftShare, f.SoftShareLow, f.SoftShareHigh, f.Concreteness = 0, 0, 0, 0
	}
	if got != want {
		tb.Errorf("figures are\n%+v, want\n%+v", got, want)
	}

	rows := slices.Concat(r.Technical, r.Unscored)
	for i, f := range r.Facets {
		best := 0.0
		for _, e := range f.Dimensions {
			best = max(best, e.Evidence)
		}
		near(f.ID, f.Evidence, best, 1e-4)
		near(f.ID+" norm", f.Norm, facets[i].norm, 0)
		near(f.ID+" shortfall", f.Shortfall, 100*(f.Norm-min(f.Norm, best))/3.44, 0.1)
		rows = append(rows, f.Dimensions...)
	}
	for _, row := range rows {
		e, level := b.evidence(row.ID)
		near(row.ID, row.Evidence, e, 1e-4)
		if row.Level != level || row.Statements != len(b[row.ID]) {
			tb.Errorf("%s: level %d in %d statements, want %d in %d", row.ID, row.Level, row.Statements, level, len(b[row.ID]))
		}
	}
	if len(rows) != 16+13 || len(r.Facets) != len(facets) {
		tb.Errorf("%d dimensions and categories in %d facets, want 29 in %d", len(rows), len(r.Facets), len(facets))
	}
}

// checkVerdict complains where status and verdict of a Report do not follow
// from its scores, figures, statements and matches.
func checkVerdict(tb rapid.TB, r *Report) {
	tb.Helper()
	candidate := 0
	beyond := false // a scored soft item above level 1, not merely preferred
	for _, s := range r.Statements {
		if s.About == "candidate" && !s.Repeat {
			candidate++
		}
		for _, m := range s.Matches {
			scored := slices.ContainsFunc(facets, func(f struct {
				norm       float64
				dimensions []string
			}) bool {
				return slices.Contains(f.dimensions, m.Dimension)
			})
			beyond = beyond || scored && m.Level > 1 && m.Ask != "preferred"
		}
	}
	if candidate != r.Figures.CandidateStatements {
		tb.Errorf("%d candidate statements, counted %d", candidate, r.Figures.CandidateStatements)
	}
	thin := candidate < r.Cutoffs.ThinStatements || r.Figures.CandidateWords < r.Cutoffs.ThinWords
	t, s := bookkeep(r).scores()
	want := score.TiltedTechnical
	switch {
	case r.Status != score.Scored:
		want = score.NoVerdict
	case t >= r.Cutoffs.HellerTechnical-1e-9 && s <= r.Cutoffs.HellerSoft+1e-9 && r.Figures.Core <= r.Cutoffs.HellerCore && !beyond:
		want = score.HellerPattern
	case t-s <= r.Cutoffs.BalancedGap+1e-9:
		want = score.Balanced
	}
	if r.Verdict != want {
		tb.Errorf("verdict %q, want %q: %s", r.Verdict, want, trace(r))
	}
	switch {
	case r.Status == score.Scored && (thin || r.Reason != ""):
		tb.Errorf("scored with %d statements of %d words, reason %q", candidate, r.Figures.CandidateWords, r.Reason)
	case r.Status == score.Thin && (!thin || candidate == 0 || r.Reason == ""):
		tb.Errorf("thin with %d statements of %d words, reason %q", candidate, r.Figures.CandidateWords, r.Reason)
	case r.Status == score.Unscorable && (candidate != 0 || r.Reason == "" || r.Scores != score.Scores{}):
		tb.Errorf("unscorable with %d statements, %+v, reason %q", candidate, r.Scores, r.Reason)
	}
}
