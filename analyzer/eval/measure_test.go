package eval

import (
	"math"
	"slices"
	"testing"
)

func TestKappa(t *testing.T) {
	// Observed agreement 35/50; by chance 0.5*0.6 + 0.5*0.4 = 0.5.
	two := table{{20, 5}, {10, 15}}
	if k := two.kappa(unequal); !near(k, 0.4) || !near(two.share(), 0.7) {
		t.Errorf("kappa %v of a share of %v", k, two.share())
	}
	// With two codes the weights change nothing.
	if k := two.kappa(squared); !near(k, 0.4) {
		t.Errorf("weighted kappa of two codes: %v", k)
	}
	// Gold 4, 4, 2; program 3, 5, 2. Squared distance: 1 observed. By chance
	// (4*5 + 4*4*2^0 ...)/10: rows 4,4,2 and columns 3,5,2 give 1 step in
	// 4*5+4*3+4*2+2*5 = 50 and 2 steps in 4*2+2*3 = 14 of 100 pairs, so
	// (50 + 4*14)/10 = 10.6; unweighted (50+14)/10 = 6.4.
	three := table{{3, 1, 0}, {0, 4, 0}, {0, 0, 2}}
	if k := three.kappa(squared); !near(k, 1-1/10.6) {
		t.Errorf("weighted kappa %v", k)
	}
	if k := three.kappa(unequal); !near(k, 1-1/6.4) {
		t.Errorf("kappa %v", k)
	}
	if b := three.bias(); !near(b, 0.1) {
		t.Errorf("bias %v", b)
	}
	// Worse than chance is negative; one code only says nothing.
	crossed := table{{0, 5}, {5, 0}}
	if k := crossed.kappa(unequal); !near(k, -1) {
		t.Errorf("crossed: %v", k)
	}
	for _, x := range []table{{}, {{9}}} {
		if k := x.kappa(unequal); !math.IsNaN(k) {
			t.Errorf("%v: kappa %v, want none", x, k)
		}
	}
}

func TestDetection(t *testing.T) {
	c := Counts{Gold: 8, Found: 5, Both: 4}
	if !near(c.precision(), 0.8) || !near(c.recall(), 0.5) || !near(c.f1(), 8.0/13) {
		t.Errorf("%v %v %v", c.precision(), c.recall(), c.f1())
	}
	if x := (Counts{}); !math.IsNaN(x.precision()) || !math.IsNaN(x.recall()) || !math.IsNaN(x.f1()) {
		t.Error("0 of 0 is a figure")
	}
	// A dimension that nobody codes is left out of a macro average, one that
	// is only missed counts with 0.
	var tal tally
	tal.counts[0], tal.counts[1] = c, Counts{Gold: 2}
	which := []int{0, 1, 2}
	if p, r := tal.macro(which, Counts.precision), tal.macro(which, Counts.recall); !near(p, 0.4) || !near(r, 0.25) {
		t.Errorf("macro precision %v, recall %v", p, r)
	}
	if s := tal.sum(which); s != (Counts{10, 5, 4}) {
		t.Errorf("micro %+v", s)
	}
}

func TestSpearman(t *testing.T) {
	pairs := func(gold, program []float64) (out []sample) {
		for i := range gold {
			out = append(out, sample{gold[i], program[i]})
		}
		return out
	}
	// Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 * 5).
	tied := pairs([]float64{10, 20, 20, 40}, []float64{1, 3, 2, 9})
	if r := spearman(tied); !near(r, 4.5/math.Sqrt(22.5)) {
		t.Errorf("tied: %v", r)
	}
	if r := spearman(pairs([]float64{1, 2, 3}, []float64{30, 20, 10})); !near(r, -1) {
		t.Errorf("reversed: %v", r)
	}
	for _, s := range [][]sample{nil, tied[:1], pairs([]float64{5, 5}, []float64{1, 2})} {
		if r := spearman(s); !math.IsNaN(r) {
			t.Errorf("%v: %v, want none", s, r)
		}
	}
	if got := ranks([]float64{3, 1, 3, 3, 0}); !slices.Equal(got, []float64{4, 2, 4, 4, 1}) {
		t.Errorf("ranks %v", got)
	}
	if b, a := bias(tied), absolute(tied); !near(b, -75.0/4) || !near(a, 75.0/4) {
		t.Errorf("bias %v, absolute %v", b, a)
	}
}

// The same seed draws the same postings, another seed others; an interval is
// one, and holds only what a sum of postings can give.
func TestBootstrap(t *testing.T) {
	tallies := make([]tally, 12)
	for i := range tallies {
		tallies[i].counts[0] = Counts{Gold: 10, Found: 10, Both: i}
	}
	of := func(seed uint64) Estimate {
		return newStudy(tallies, Options{Resamples: 500, Seed: seed}).estimate(func(t *tally) float64 { return t.counts[0].recall() })
	}
	a, b, c := of(1), of(1), of(2)
	if a != b {
		t.Errorf("one seed, two intervals: %+v, %+v", a, b)
	}
	if a == c {
		t.Errorf("two seeds, one interval: %+v", a)
	}
	// The mean of 0, .1, ... 1.1 is .55, its standard error .345/sqrt(12) =
	// .0997: about .36 to .74.
	if !near(a.Value, 0.55) || math.Abs(float64(a.Low)-0.36) > 0.03 || math.Abs(float64(a.High)-0.74) > 0.03 {
		t.Errorf("%+v, want .55, about .36 to .74", a)
	}
	// Postings are drawn whole: of one posting every resample is the same.
	one := newStudy(tallies[3:4], Options{Resamples: 50}).estimate(func(t *tally) float64 { return t.counts[0].recall() })
	if !near(one.Low, 0.3) || !near(one.High, 0.3) {
		t.Errorf("%+v", one)
	}
	none := newStudy(tallies, Options{}).estimate(func(t *tally) float64 { return t.counts[0].recall() })
	if !near(none.Value, 0.55) || !math.IsNaN(float64(none.Low)) {
		t.Errorf("%+v", none)
	}
}
