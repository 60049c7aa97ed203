package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	"softgap/analyzer"
	"softgap/analyzer/condition"
	"softgap/analyzer/duplicate"
	"softgap/analyzer/posting"
)

var errInterrupted = errors.New("interrupted")

// read yields the postings of the sources until the run is interrupted. A
// source that cannot be read is told and passed over.
func (s *scoring) read(ctx context.Context, sources []string, t *tally) iter.Seq[posting.Posting] {
	return func(yield func(posting.Posting) bool) {
		for d, err := range s.documents(ctx, sources) {
			if err != nil && ctx.Err() == nil {
				t.unread.Add(1)
				s.complain(err)
				continue
			}
			if err == nil {
				d.Body = t.counted(d.Body)
				for p := range s.reader.Postings(d) {
					if ctx.Err() != nil {
						break
					}
					t.read.Add(1)
					if !yield(p) {
						return
					}
				}
			}
			if ctx.Err() != nil {
				t.fail(errInterrupted)
				return
			}
		}
	}
}

// matching leaves out the postings of which a condition does not hold, as far
// as the source tells.
func matching(postings iter.Seq[posting.Posting], where *condition.Condition, t *tally) iter.Seq[posting.Posting] {
	return func(yield func(posting.Posting) bool) {
		for p := range postings {
			if where.Refuses(p) {
				t.refused.Add(1)
			} else if !yield(p) {
				return
			}
		}
	}
}

// marked marks the duplicates, or leaves them out.
func marked(postings iter.Seq[posting.Posting], unique bool, t *tally) iter.Seq[posting.Posting] {
	return func(yield func(posting.Posting) bool) {
		var before duplicate.Finder
		for p := range postings {
			if p.Problem == "" {
				p.DuplicateOf = before.Of(p.Text, nameOf(p))
			}
			if p.DuplicateOf != "" {
				t.duplicates.Add(1)
				if unique {
					t.repeated.Add(1)
					continue
				}
			}
			if !yield(p) {
				return
			}
		}
	}
}

// nameOf is the id of a posting, or where it stands.
func nameOf(p posting.Posting) string {
	if p.ID != "" {
		return p.ID
	}
	return fmt.Sprintf("%s#%d", p.Source, p.Record)
}

// A result is a posting and what was found in it.
type result struct {
	posting posting.Posting
	*analyzer.Report
}

// sampled draws n of a stream at random and yields them in their order; all of
// the stream is read first (Vitter 1985, algorithm R). The same stream and
// seed give the same sample. Of no n it is the stream.
func sampled[T any](all iter.Seq[T], n int, seed uint64, left func()) iter.Seq[T] {
	if n == 0 {
		return all
	}
	return func(yield func(T) bool) {
		type drawn struct {
			at    int
			value T
		}
		var sample []drawn
		r := rand.New(rand.NewPCG(seed, 0))
		at := 0
		for v := range all {
			switch i := r.IntN(at + 1); {
			case len(sample) < n:
				sample = append(sample, drawn{at, v})
			case i < n:
				sample[i] = drawn{at, v}
				left()
			default:
				left()
			}
			at++
		}
		slices.SortFunc(sample, func(a, b drawn) int { return cmp.Compare(a.at, b.at) })
		for _, d := range sample {
			if !yield(d.value) {
				return
			}
		}
	}
}
