// Package interval puts 95 % intervals around figures: Wilson's around a share,
// Newcombe's around the difference of two, bootstrap percentiles around
// anything else. It draws by a seed, so the same figures get the same interval.
package interval

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
)

// An Estimate is a figure with its 95 % interval.
type Estimate struct {
	Value Number `json:"value"`
	Low   Number `json:"low"`
	High  Number `json:"high"`
}

// Over returns the estimate in units of a size.
func (e Estimate) Over(size Number) Estimate {
	return Estimate{e.Value / size, e.Low / size, e.High / size}
}

// A Number is a figure, or NaN where there is none. In JSON it has at most
// four decimals, and NaN is null.
type Number float64

// MarshalJSON writes the number.
func (n Number) MarshalJSON() ([]byte, error) {
	x := math.Round(float64(n)*1e4) / 1e4
	switch {
	case math.IsNaN(x):
		return []byte("null"), nil
	case x == 0:
		x = 0 // never -0
	}
	return strconv.AppendFloat(nil, x, 'f', -1, 64), nil
}

// UnmarshalJSON reads the number back.
func (n *Number) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*n = Number(math.NaN())
		return nil
	}
	x, err := strconv.ParseFloat(string(data), 64)
	*n = Number(x)
	return err
}

// Defined reports whether there is a figure.
func (n Number) Defined() bool { return !math.IsNaN(float64(n)) }

// z is the quantile of the normal distribution for 95 %.
const z = 1.959963984540054

// Wilson returns a share of k in n with its interval (Wilson 1927), which holds
// for few cases and for shares near 0 and 1. Of no case all three are NaN.
func Wilson(k, n int) Estimate {
	if n == 0 {
		nan := Number(math.NaN())
		return Estimate{nan, nan, nan}
	}
	p, m := float64(k)/float64(n), float64(n)
	mid := p + z*z/(2*m)
	half := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	den := 1 + z*z/m
	e := Estimate{Number(p), Number(max(0, (mid-half)/den)), Number(min(1, (mid+half)/den))}
	if k == 0 { // the formula says so, but for its last digit
		e.Low = 0
	}
	if k == n {
		e.High = 1
	}
	return e
}

// Difference returns the difference of two shares, that of k2 in n2 less that
// of k1 in n1, with the interval that two of Wilson's make (Newcombe 1998,
// method 10).
func Difference(k1, n1, k2, n2 int) Estimate {
	a, b := Wilson(k1, n1), Wilson(k2, n2)
	d := b.Value - a.Value
	root := func(x, y Number) Number { return Number(math.Hypot(float64(x), float64(y))) }
	return Estimate{d, d - root(b.Value-b.Low, a.High-a.Value), d + root(b.High-b.Value, a.Value-a.Low)}
}

// Resample draws as many of n units, with replacement, as there are, and that
// several times over. It calls add for each: a sum of units is all that most
// figures need, and then a resample costs no memory.
func Resample(n, times int, seed uint64, add func(resample, unit int)) {
	random := rand.New(rand.NewPCG(seed, 0))
	for i := range times {
		for range n {
			add(i, random.IntN(n))
		}
	}
}

// Percentiles gives a figure its interval: the 2.5th and the 97.5th percentile
// of what it is in the resamples (Efron 1979), of those in which it is defined.
// It sorts the resamples.
func Percentiles(figure float64, resamples []float64) Estimate {
	resamples = slices.DeleteFunc(resamples, math.IsNaN)
	slices.Sort(resamples)
	return Estimate{Number(figure), Number(percentile(resamples, 0.025)), Number(percentile(resamples, 0.975))}
}

// percentile reads a percentile off sorted numbers, between two where it must.
func percentile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
