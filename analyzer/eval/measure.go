package eval

import (
	"cmp"
	"math"
	"slices"
)

// undefined is a figure that nothing can be said of: 0 of 0.
var undefined = math.NaN()

func ratio(a, b int) float64 {
	if b == 0 {
		return undefined
	}
	return float64(a) / float64(b)
}

func (c Counts) precision() float64 { return ratio(c.Both, c.Found) }
func (c Counts) recall() float64    { return ratio(c.Both, c.Gold) }
func (c Counts) f1() float64        { return ratio(2*c.Both, c.Gold+c.Found) }

// sum adds some of the counts up.
func (t *tally) sum(which []int) (c Counts) {
	for _, i := range which {
		c.plus(t.counts[i])
	}
	return c
}

// macro averages a figure over those of the counts that gold or program hold.
// There an undefined precision (nothing found) or recall (nothing to find) is
// 0, or a dimension that is never found would raise the average.
func (t *tally) macro(which []int, figure func(Counts) float64) float64 {
	sum, n := 0.0, 0
	for _, i := range which {
		c := t.counts[i]
		if c.Gold+c.Found == 0 {
			continue
		}
		n++
		if x := figure(c); !math.IsNaN(x) {
			sum += x
		}
	}
	if n == 0 {
		return undefined
	}
	return sum / float64(n)
}

func (t *table) total() (n int) {
	for i := range t {
		for j := range t[i] {
			n += t[i][j]
		}
	}
	return n
}

// share is the share of pairs that agree.
func (t *table) share() float64 {
	same := 0
	for i := range t {
		same += t[i][i]
	}
	return ratio(same, t.total())
}

// Distances between two codes.
func unequal(i, j int) float64 {
	if i == j {
		return 0
	}
	return 1
}
func squared(i, j int) float64 { return float64((i - j) * (i - j)) }

// kappa is Cohen's, 1 - observed/expected disagreement, weighted by a distance
// (Cohen 1960; 1968 for the weights). It is undefined where chance alone
// leaves no room to disagree.
func (t *table) kappa(distance func(i, j int) float64) float64 {
	var row, column [len(t)]int
	for i := range t {
		for j, n := range t[i] {
			row[i] += n
			column[j] += n
		}
	}
	n := float64(t.total())
	observed, expected := 0.0, 0.0
	for i := range t {
		for j := range t[i] {
			observed += distance(i, j) * float64(t[i][j])
			expected += distance(i, j) * float64(row[i]) * float64(column[j]) / n
		}
	}
	if n == 0 || expected == 0 {
		return undefined
	}
	return 1 - observed/expected
}

// bias is the mean of program minus gold, in steps of the table.
func (t *table) bias() float64 {
	sum := 0
	for i := range t {
		for j, n := range t[i] {
			sum += n * (j - i)
		}
	}
	return ratio(sum, t.total())
}

func bias(s []sample) float64 { return mean(s, func(x sample) float64 { return x.program - x.gold }) }

func absolute(s []sample) float64 {
	return mean(s, func(x sample) float64 { return math.Abs(x.program - x.gold) })
}

func mean(s []sample, f func(sample) float64) float64 {
	if len(s) == 0 {
		return undefined
	}
	sum := 0.0
	for _, x := range s {
		sum += f(x)
	}
	return sum / float64(len(s))
}

// spearman is the correlation of the ranks; equals share the mean of theirs.
func spearman(s []sample) float64 {
	gold, program := make([]float64, len(s)), make([]float64, len(s))
	for i, x := range s {
		gold[i], program[i] = x.gold, x.program
	}
	a, b := ranks(gold), ranks(program)
	m := float64(len(s)+1) / 2
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - m) * (b[i] - m)
		aa += (a[i] - m) * (a[i] - m)
		bb += (b[i] - m) * (b[i] - m)
	}
	if aa == 0 || bb == 0 {
		return undefined
	}
	return ab / math.Sqrt(aa*bb)
}

// ranks returns the ranks of numbers, from 1.
func ranks(xs []float64) []float64 {
	order := make([]int, len(xs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(xs[i], xs[j]) })
	out := make([]float64, len(xs))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && xs[order[to]] == xs[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			out[i] = float64(from+1+to) / 2
		}
		from = to
	}
	return out
}
