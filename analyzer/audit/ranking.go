package audit

import (
	"cmp"
	"slices"

	"softgap/analyzer"
	"softgap/analyzer/score"
)

// shown is how many postings stand out at either end.
const shown = 5

// A ranking keeps the first few of all postings offered.
type ranking struct {
	before   func(x, y *Example) int
	examples []Example
}

// offer takes a posting in if it is among the first. Its words are looked up
// only then.
func (k *ranking) offer(r *analyzer.Report) {
	e := Example{Ref: ref(&r.Posting), Scores: r.Scores, Verdict: r.Verdict}
	i, _ := slices.BinarySearchFunc(k.examples, &e, func(x Example, y *Example) int { return k.before(&x, y) })
	if i == shown {
		return
	}
	for _, f := range r.Facets {
		for _, d := range f.Dimensions {
			e.Said = append(e.Said, r.Said(d))
		}
	}
	categories := slices.Clone(r.Technical)
	slices.SortStableFunc(categories, func(x, y score.Evidence) int { return cmp.Compare(y.Evidence, x.Evidence) })
	for _, c := range categories {
		if c.Level > 0 {
			e.Skills = append(e.Skills, r.Said(c))
		}
	}
	k.examples = slices.Insert(k.examples, i, e)
	k.examples = k.examples[:min(shown, len(k.examples))]
}

// ends returns the examples of both ends so that none stands at both, even of
// few postings.
func ends(widest, narrowest []Example, postings int) (wide, narrow []Example) {
	wide = slices.Clone(widest[:min(len(widest), shown, (postings+1)/2)])
	for _, e := range narrowest {
		same := func(o Example) bool { return o.Ref == e.Ref }
		if !slices.ContainsFunc(wide, same) {
			narrow = append(narrow, e)
		}
	}
	return wide, narrow
}
