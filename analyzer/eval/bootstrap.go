package eval

import (
	"slices"

	"softgap/analyzer/interval"
)

// A Number is a figure, or NaN where there is none.
type Number = interval.Number

// An Estimate is a figure with its 95 % interval.
type Estimate = interval.Estimate

// A study is the tally of all postings, and those of the resamples: as many
// postings, drawn with replacement. The intervals are bootstrap percentiles
// (Efron 1979) over postings, not statements: the statements of a posting
// share its author and its form.
type study struct {
	whole tally
	draws []tally
}

func newStudy(tallies []tally, o Options) *study {
	s := &study{draws: make([]tally, max(0, o.Resamples))}
	for i := range tallies {
		s.whole.plus(&tallies[i])
	}
	interval.Resample(len(tallies), len(s.draws), o.Seed, func(i, unit int) { s.draws[i].plus(&tallies[unit]) })
	return s
}

// estimate makes a figure of the whole, and its interval of the resamples in
// which it is defined.
func (s *study) estimate(figure func(*tally) float64) Estimate {
	xs := make([]float64, len(s.draws))
	for i := range s.draws {
		xs[i] = figure(&s.draws[i])
	}
	return interval.Percentiles(figure(&s.whole), xs)
}

func (s *study) agreement(k int, codes []string) Agreement {
	t := &s.whole.tables[k]
	return Agreement{
		N:     t.total(),
		Share: s.estimate(func(t *tally) float64 { return t.tables[k].share() }),
		Kappa: s.estimate(func(t *tally) float64 { return t.tables[k].kappa(unequal) }),
		Codes: codes,
		Table: t.cells(len(codes)),
	}
}

// cells returns the first n rows and columns.
func (t *table) cells(n int) [][]int {
	out := make([][]int, n)
	for i := range out {
		out[i] = slices.Clone(t[i][:n])
	}
	return out
}

func (s *study) levels(side string, k int) Levels {
	t := &s.whole.tables[k]
	return Levels{
		Side:  side,
		N:     t.total(),
		Exact: s.estimate(func(t *tally) float64 { return t.tables[k].share() }),
		Kappa: s.estimate(func(t *tally) float64 { return t.tables[k].kappa(squared) }),
		Bias:  s.estimate(func(t *tally) float64 { return t.tables[k].bias() }),
		Table: t.cells(4),
	}
}

// detection is that of some counts taken together, a micro average.
func (s *study) detection(id string, which ...int) Detection {
	return Detection{
		ID:        id,
		Counts:    s.whole.sum(which),
		Precision: s.estimate(func(t *tally) float64 { return t.sum(which).precision() }),
		Recall:    s.estimate(func(t *tally) float64 { return t.sum(which).recall() }),
		F1:        s.estimate(func(t *tally) float64 { return t.sum(which).f1() }),
	}
}

// macro is the mean of the figures of some counts.
func (s *study) macro(id string, which ...int) Detection {
	average := func(figure func(Counts) float64) Estimate {
		return s.estimate(func(t *tally) float64 { return t.macro(which, figure) })
	}
	return Detection{ID: id, Counts: s.whole.sum(which), Precision: average(Counts.precision), Recall: average(Counts.recall), F1: average(Counts.f1)}
}

func (s *study) distance(id string, k int) Distance {
	return Distance{
		ID:       id,
		N:        len(s.whole.scores[k]),
		Spearman: s.estimate(func(t *tally) float64 { return spearman(t.scores[k]) }),
		MAE:      s.estimate(func(t *tally) float64 { return absolute(t.scores[k]) }),
		Bias:     s.estimate(func(t *tally) float64 { return bias(t.scores[k]) }),
	}
}
