package analyzer

import (
	"fmt"
	"iter"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"softgap/analyzer/posting"
)

// The Reports of a batch are those of its postings one by one, in order,
// whatever the number of workers and the length of the texts.
func TestBatchLaw(t *testing.T) {
	a := shared()
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.SampledFrom([]string{"", "DNS is a must.", "Patience with users.\nLinux.", strings.Repeat("Windows and Linux. ", 400)}), 0, 40).Draw(t, "texts")
		workers := rapid.IntRange(0, 5).Draw(t, "workers")
		stop := rapid.IntRange(0, 60).Draw(t, "stop")
		var ps []posting.Posting
		for i, text := range texts {
			ps = append(ps, posting.Posting{Text: text, Record: i + 1})
		}
		n := 0
		for p, r := range a.Batch(slices.Values(ps), workers) {
			if p.Record != n+1 || !reflect.DeepEqual(r, a.Analyze(ps[n])) {
				t.Fatalf("posting %d comes as %d: %+v", n+1, p.Record, r)
			}
			if n++; n == stop {
				break
			}
		}
		if want := len(ps); n != want && n != stop {
			t.Fatalf("%d Reports of %d postings", n, want)
		}
	})
}

// One posting is scored while the next is still to come.
func TestBatchWaitsForNone(t *testing.T) {
	answered := make(chan int)
	source := func(yield func(posting.Posting) bool) {
		for i := 1; i <= 5 && yield(posting.Posting{Text: "Linux.", Record: i}); i++ {
			if got := <-answered; got != i {
				t.Errorf("answer %d to posting %d", got, i)
			}
		}
		close(answered)
	}
	for p := range shared().Batch(source, 3) {
		answered <- p.Record
	}
}

// A fault at one posting, or in the source, is that posting's Problem; all
// others are scored.
func TestBatchFaults(t *testing.T) {
	a := shared()
	source := func(yield func(posting.Posting) bool) {
		_ = yield(posting.Posting{Text: "DNS is a must.", Source: "x", Record: 1}) && yield(posting.Posting{Text: "You must know DNS.", Source: "x", Record: 2})
		panic("no third")
	}
	for _, workers := range []int{1, 2} {
		var got []string
		for p, r := range a.Batch(source, workers) {
			got = append(got, fmt.Sprint(p.Source, p.Record, " ", r.Status, " ", r.Error))
		}
		want := []string{"x1 thin ", "x2 thin ", "x3 unscorable fault in softgap: no third: report it with this posting, please"}
		if !slices.Equal(got, want) {
			t.Errorf("%d workers: %q, want %q", workers, got, want)
		}
	}
	broken := &Analyzer{dict: a.dict, segment: a.segment, scorer: a.scorer}
	r := broken.safely(posting.Posting{ID: "7", Text: "DNS is a must.", Record: 7})
	if r.Status != "unscorable" || r.Posting.ID != "7" || !strings.HasPrefix(r.Reason, "fault in softgap: ") {
		t.Errorf("a fault gives %s, %q", r.Status, r.Reason)
	}
}

// Who stops early leaves no worker behind, and no source that still yields.
func TestBatchStops(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 50 {
		for range shared().Batch(endless("Linux."), 4) {
			break
		}
	}
	for tries := 0; runtime.NumGoroutine() > before; tries++ {
		if tries == 1000 {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
		time.Sleep(time.Millisecond)
	}
}

// Of long texts no more is read than may be in flight.
func TestBatchBounds(t *testing.T) {
	text := strings.Repeat("x ", inFlight/8)
	var read atomic.Int64
	source := func(yield func(posting.Posting) bool) {
		for i := 0; i < 64 && yield(posting.Posting{Text: text}); i++ {
			read.Add(1)
		}
	}
	done := int64(0)
	for range ordered(source, 4, func(posting.Posting) *Report { return nil }) {
		if held := read.Load() - done; held > 5 {
			t.Fatalf("%d texts of a quarter of the budget are held", held)
		}
		done++
	}
	if done != 64 {
		t.Errorf("%d of 64 come out", done)
	}
}

func endless(text string) iter.Seq[posting.Posting] {
	return func(yield func(posting.Posting) bool) {
		for yield(posting.Posting{Text: text}) {
		}
	}
}
