package interval

import (
	"cmp"
	"math"
	"slices"
)

// A Unit is what is drawn as a whole: a posting, or all those of one
// organisation, which share an author and a form. Sums are of integers, so that
// their order does not matter.
type Unit struct {
	N   int64 // members
	Sum int64 // of their figures
}

// Fewest is how many units an interval of a mean needs: a bootstrap of fewer is
// too narrow, since they do not show how they spread.
const Fewest = 10

// many is how many units make a bootstrap idle: of so many, its percentiles are
// those of the normal distribution to the digits shown, for one pass over the
// units in place of a thousand.
const many = 5000

// Mean returns the mean over all members of the units, with its interval: a
// bootstrap over units, whatever their order. Of fewer than Fewest units there
// is no interval.
func Mean(units []Unit, times int, seed uint64) Estimate {
	units = sorted(units)
	whole := total(units)
	if len(units) < Fewest {
		return Estimate{whole.mean(), Number(math.NaN()), Number(math.NaN())}
	}
	if len(units) > many {
		half := Number(z * deviation(units))
		return Estimate{whole.mean(), whole.mean() - half, whole.mean() + half}
	}
	return Percentiles(float64(whole.mean()), means(units, times, seed))
}

// MeanDifference returns the mean of b less that of a, with its interval. Each
// side is drawn for itself.
func MeanDifference(a, b []Unit, times int, seed uint64) Estimate {
	a, b = sorted(a), sorted(b)
	d := total(b).mean() - total(a).mean()
	if len(a) < Fewest || len(b) < Fewest {
		return Estimate{d, Number(math.NaN()), Number(math.NaN())}
	}
	if len(a) > many || len(b) > many {
		half := Number(z * math.Hypot(deviation(a), deviation(b)))
		return Estimate{d, d - half, d + half}
	}
	x, y := means(a, times, seed), means(b, times, seed+1)
	for i := range x {
		x[i] = y[i] - x[i]
	}
	return Percentiles(float64(d), x)
}

func sorted(units []Unit) []Unit {
	units = slices.Clone(units)
	slices.SortFunc(units, func(a, b Unit) int { return cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.Sum, b.Sum)) })
	return units
}

func total(units []Unit) (sum Unit) {
	for _, u := range units {
		sum.plus(u)
	}
	return sum
}

func (u *Unit) plus(o Unit) { u.N, u.Sum = u.N+o.N, u.Sum+o.Sum }

func (u Unit) mean() Number { return Number(float64(u.Sum) / float64(u.N)) }

// means are those of the resamples.
func means(units []Unit, times int, seed uint64) []float64 {
	draws := make([]Unit, times)
	Resample(len(units), times, seed, func(i, unit int) { draws[i].plus(units[unit]) })
	out := make([]float64, times)
	for i, d := range draws {
		out[i] = float64(d.mean())
	}
	return out
}

// deviation is the standard error of a mean over units of different sizes (a
// ratio estimate, linearised: Cochran 1977, 6.3).
func deviation(units []Unit) float64 {
	whole := total(units)
	mean, squares := float64(whole.mean()), 0.0
	for _, u := range units {
		residual := float64(u.Sum) - mean*float64(u.N)
		squares += residual * residual
	}
	k := float64(len(units))
	return math.Sqrt(squares*k/(k-1)) / float64(whole.N)
}
