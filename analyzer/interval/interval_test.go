package interval

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func near(got Number, want, within float64) bool { return math.Abs(float64(got)-want) <= within }

// Values by Newcombe 1998, Statistics in Medicine 17: 857-872, table I.
func TestWilson(t *testing.T) {
	for _, tt := range []struct {
		k, n      int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {29, 29, 0.8830, 1}} {
		e := Wilson(tt.k, tt.n)
		if !near(e.Low, tt.low, 1e-4) || !near(e.High, tt.high, 1e-4) {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tt.k, tt.n, e.Low, e.High, tt.low, tt.high)
		}
	}
	if e := Wilson(0, 0); e.Value.Defined() || e.Low.Defined() || e.High.Defined() {
		t.Errorf("0 of 0: %v", e)
	}
}

// Values by Newcombe 1998, Statistics in Medicine 17: 873-890, method 10.
func TestDifference(t *testing.T) {
	for _, tt := range []struct {
		k1, n1, k2, n2 int
		low, high      float64
	}{{48, 80, 56, 70, 0.0524, 0.3339}, {3, 10, 9, 10, 0.1705, 0.8090}, {0, 29, 5, 56, -0.0381, 0.1926}, {0, 10, 10, 10, 0.6075, 1}} {
		e := Difference(tt.k1, tt.n1, tt.k2, tt.n2)
		if !near(e.Low, tt.low, 1e-4) || !near(e.High, tt.high, 1e-4) {
			t.Errorf("%d/%d less %d/%d: %.4f to %.4f, want %.4f to %.4f", tt.k2, tt.n2, tt.k1, tt.n1, e.Low, e.High, tt.low, tt.high)
		}
	}
}

func TestPercentile(t *testing.T) {
	xs := []float64{0, 10, 20, 30, 40}
	for p, want := range map[float64]float64{0: 0, 0.5: 20, 1: 40, 0.025: 1, 0.975: 39} {
		if got := percentile(xs, p); math.Abs(got-want) > 1e-9 {
			t.Errorf("percentile %v: %v, want %v", p, got, want)
		}
	}
	if !math.IsNaN(percentile(nil, 0.5)) {
		t.Error("a percentile of nothing")
	}
	if e := Percentiles(2, []float64{3, math.NaN(), 1}); !near(e.Low, 1.05, 1e-9) || !near(e.High, 2.95, 1e-9) {
		t.Errorf("an undefined resample counts: %v", e)
	}
}

// No figure is null, and reads back as none.
func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{0.123456: "0.1235", -1e-9: "0", 41: "41", math.NaN(): "null"} {
		data, err := json.Marshal(Number(x))
		var back Number
		if err != nil || string(data) != want || json.Unmarshal(data, &back) != nil || back.Defined() == math.IsNaN(x) {
			t.Errorf("%v: %s, back %v, %v", x, data, back, err)
		}
	}
}

// The interval holds the mean, does not know the order of the units, and is
// the same for the same seed.
func TestMeanLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Unit {
			return Unit{rapid.Int64Range(1, 20).Draw(t, "n"), [Figures]int64{rapid.Int64Range(-20000, 20000).Draw(t, "sum"), 7}}
		}), Fewest, 40).Draw(t, "units")
		e := Means(units, 200, 7)[0]
		rand.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
		if again := Means(units, 200, 7)[0]; again != e {
			t.Fatalf("shuffled: %v, not %v", again, e)
		}
		if e.Low > e.High {
			t.Fatalf("%v", e)
		}
		same := Differences(units, units, 200, 7)[0]
		if same.Value != 0 || same.Low > 0 || same.High < 0 {
			t.Fatalf("the difference of a set from itself: %v", same)
		}
	})
}

// Where the bootstrap gives way to the normal distribution, both say the same.
func TestMany(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	units := make([]Unit, many)
	for i := range units {
		units[i] = Unit{1 + random.Int64N(4), [Figures]int64{random.Int64N(1000)}}
	}
	half := z * deviation(units, total(units), 0)
	e := Means(units, 2000, 1)[0]
	if got := float64(e.High-e.Low) / 2; math.Abs(got-half) > 0.06*half {
		t.Errorf("half width %v by bootstrap, %v by the normal distribution", got, half)
	}
	if wide := Means(append(units, Unit{1, [Figures]int64{500}}), 2000, 1)[0]; !near(wide.High-wide.Low, 2*half, 0.02*half) {
		t.Errorf("%v beyond, %v within", wide, e)
	}
	if e := Means(units[:Fewest-1], 100, 1)[0]; !e.Value.Defined() || e.Low.Defined() {
		t.Errorf("an interval of few units: %v", e)
	}
}

func BenchmarkMeans(b *testing.B) {
	units := make([]Unit, many)
	for i := range units {
		units[i] = Unit{1, [Figures]int64{int64(i)}}
	}
	for b.Loop() {
		Means(units, 1000, 1)
	}
}
