package analyzer

import (
	"fmt"
	"iter"
	"sync"

	"softgap/analyzer/posting"
)

// Batch scores a stream of postings and yields each with its Report, in the
// order in which they came. The Reports are those of Analyze and do not depend
// on the number of workers; below two, all is done in the caller's goroutine.
//
// Memory is bounded: no more text than inFlight is held at once, or one
// posting. A posting is scored as soon as a worker is free, never kept waiting
// for another, so that who sends one posting and waits for its Report gets it.
//
// A fault of the program in one posting is that posting's Problem. Who stops
// the loop early stops the workers; the source ends when it next yields.
//
// Rejected: to keep the Reports of recent texts for those that come again. Of
// the exports at hand that have a third of their texts twice it saved 25 to
// 35 % of the time, of the others it cost 12 %, for the collector; who wants
// each text once leaves out the duplicates before they come here.
func (a *Analyzer) Batch(postings iter.Seq[posting.Posting], workers int) iter.Seq2[posting.Posting, *Report] {
	return ordered(guarded(postings), workers, a.safely)
}

// inFlight bounds the bytes of text that are being scored or wait for it.
const inFlight = 4 << 20

// A job is a posting on its way; its report is there once done is closed.
type job struct {
	posting posting.Posting
	report  *Report
	done    chan struct{}
}

// ordered applies analyze to a stream on several goroutines and keeps the
// order: a job goes into line for the caller, who waits for the first there,
// and to the workers. A job is one posting and not a chunk of many: to hand
// one over costs half a microsecond, a hundredth of scoring it, and a chunk
// not yet full would keep its postings waiting.
func ordered(postings iter.Seq[posting.Posting], workers int, analyze func(posting.Posting) *Report) iter.Seq2[posting.Posting, *Report] {
	return func(yield func(posting.Posting, *Report) bool) {
		if workers < 2 {
			for p := range postings {
				if !yield(p, analyze(p)) {
					return
				}
			}
			return
		}
		work, line := make(chan *job, 16*workers), make(chan *job, 16*workers)
		stop := make(chan struct{})
		room := newBudget(inFlight)
		go func() {
			defer close(line)
			for p := range postings {
				j := &job{posting: p, done: make(chan struct{})}
				if !room.take(len(p.Text)) {
					return
				}
				for _, to := range []chan *job{work, line} {
					select {
					case to <- j:
					case <-stop:
						return
					}
				}
			}
		}()
		var busy sync.WaitGroup
		for range workers {
			busy.Go(func() {
				for {
					select {
					case j := <-work:
						j.report = analyze(j.posting)
						close(j.done)
					case <-stop:
						return
					}
				}
			})
		}
		defer busy.Wait()
		defer room.end()
		defer close(stop)
		for j := range line {
			<-j.done
			if !yield(j.posting, j.report) {
				return
			}
			room.give(len(j.posting.Text))
		}
	}
}

// A budget of bytes is taken from and given back to. What is larger than all
// of it is let through alone.
type budget struct {
	sync.Mutex
	changed    *sync.Cond
	held, most int
	ended      bool
}

func newBudget(most int) *budget {
	b := &budget{most: most}
	b.changed = sync.NewCond(b)
	return b
}

// take waits until there is room for n; it is false once the budget has ended.
func (b *budget) take(n int) bool {
	b.Lock()
	defer b.Unlock()
	for b.held > 0 && b.held+n > b.most && !b.ended {
		b.changed.Wait()
	}
	b.held += n
	return !b.ended
}

func (b *budget) give(n int) { b.change(func() { b.held -= n }) }
func (b *budget) end()       { b.change(func() { b.ended = true }) }

func (b *budget) change(f func()) {
	b.Lock()
	f()
	b.Unlock()
	b.changed.Signal()
}

// safely analyzes a posting; of one at which the program fails it says so.
func (a *Analyzer) safely(p posting.Posting) (r *Report) {
	defer func() {
		if fault := recover(); fault != nil {
			p.Text, p.Title, p.Problem = "", "", faultOf(fault)
			r = a.Analyze(p)
		}
	}()
	return a.Analyze(p)
}

// guarded yields a stream and, if its source fails, a last posting that says
// so. A fault of who takes the postings passes through.
func guarded(postings iter.Seq[posting.Posting]) iter.Seq[posting.Posting] {
	return func(yield func(posting.Posting) bool) {
		var last posting.Posting
		reading := true
		defer func() {
			if !reading {
				return
			}
			if fault := recover(); fault != nil {
				yield(posting.Posting{Source: last.Source, Record: last.Record + 1, Problem: faultOf(fault)})
			}
		}()
		for p := range postings {
			last = posting.Posting{Source: p.Source, Record: p.Record}
			reading = false
			if !yield(p) {
				return
			}
			reading = true
		}
	}
}

func faultOf(fault any) string {
	return fmt.Sprintf("fault in softgap: %v: report it with this posting, please", fault)
}
