package interval

import (
	"cmp"
	"math"
	"slices"
)

// Figures is how many figures a unit may have: they are drawn together, which
// costs little more than one.
const Figures = 4

// A Unit is what is drawn as a whole: a posting, or all those of one
// organisation, which share an author and a form. Sums are of integers, so that
// their order does not matter.
type Unit struct {
	N    int64          // members
	Sums [Figures]int64 // of each of their figures
}

// Add puts the members of another unit into this one.
func (u *Unit) Add(o *Unit) {
	u.N += o.N
	for i, s := range o.Sums {
		u.Sums[i] += s
	}
}

func (u *Unit) mean(i int) float64 { return float64(u.Sums[i]) / float64(u.N) }

// Fewest is how many units an interval of a mean needs: a bootstrap of fewer is
// too narrow, since they do not show how they spread.
const Fewest = 10

// many is how many units make a bootstrap idle: of so many, its percentiles are
// those of the normal distribution to the digits shown, for one pass over the
// units in place of a thousand.
const many = 5000

// Means returns the mean of each figure over all members of the units, with its
// interval: a bootstrap over units, whatever their order. Of fewer than Fewest
// units there is no interval.
func Means(units []Unit, times int, seed uint64) (out [Figures]Estimate) {
	units = sorted(units)
	whole := total(units)
	var draws []Unit
	if len(units) >= Fewest && len(units) <= many {
		draws = resamples(units, times, seed)
	}
	for i := range out {
		value := whole.mean(i)
		switch {
		case len(units) < Fewest:
			out[i] = Estimate{Number(value), Number(math.NaN()), Number(math.NaN())}
		case draws == nil:
			out[i] = normal(value, deviation(units, whole, i))
		default:
			out[i] = Percentiles(value, figures(draws, func(d *Unit) float64 { return d.mean(i) }))
		}
	}
	return out
}

// Differences returns the means of b less those of a, with their intervals.
// Each side is drawn for itself.
func Differences(a, b []Unit, times int, seed uint64) (out [Figures]Estimate) {
	a, b = sorted(a), sorted(b)
	wholeA, wholeB := total(a), total(b)
	few, lots := min(len(a), len(b)) < Fewest, max(len(a), len(b)) > many
	var drawsA, drawsB []Unit
	if !few && !lots {
		drawsA, drawsB = resamples(a, times, seed), resamples(b, times, seed+1)
	}
	for i := range out {
		value := wholeB.mean(i) - wholeA.mean(i)
		switch {
		case few:
			out[i] = Estimate{Number(value), Number(math.NaN()), Number(math.NaN())}
		case lots:
			out[i] = normal(value, math.Hypot(deviation(a, wholeA, i), deviation(b, wholeB, i)))
		default:
			xs := figures(drawsB, func(d *Unit) float64 { return d.mean(i) })
			for k := range xs {
				xs[k] -= drawsA[k].mean(i)
			}
			out[i] = Percentiles(value, xs)
		}
	}
	return out
}

func normal(value, deviation float64) Estimate {
	return Estimate{Number(value), Number(value - z*deviation), Number(value + z*deviation)}
}

func sorted(units []Unit) []Unit {
	units = slices.Clone(units)
	slices.SortFunc(units, func(a, b Unit) int { return cmp.Or(cmp.Compare(a.N, b.N), slices.Compare(a.Sums[:], b.Sums[:])) })
	return units
}

func total(units []Unit) (whole Unit) {
	for i := range units {
		whole.Add(&units[i])
	}
	return whole
}

func resamples(units []Unit, times int, seed uint64) []Unit {
	draws := make([]Unit, times)
	Resample(len(units), times, seed, func(i, unit int) { draws[i].Add(&units[unit]) })
	return draws
}

func figures(draws []Unit, figure func(*Unit) float64) []float64 {
	out := make([]float64, len(draws))
	for i := range draws {
		out[i] = figure(&draws[i])
	}
	return out
}

// deviation is the standard error of a mean over units of different sizes (a
// ratio estimate, linearised: Cochran 1977, 6.3).
func deviation(units []Unit, whole Unit, figure int) float64 {
	mean, squares := whole.mean(figure), 0.0
	for i := range units {
		residual := float64(units[i].Sums[figure]) - mean*float64(units[i].N)
		squares += residual * residual
	}
	k := float64(len(units))
	return math.Sqrt(squares*k/(k-1)) / float64(whole.N)
}
