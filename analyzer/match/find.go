// Package match finds in candidate statements what the lexicons know: soft
// dimensions and technical categories, each with its level.
//
// A statement's hits come from the tries of package phrase. What the words
// around them say decides which stand: a hit that a blocking phrase overlaps
// is dropped, an everyday word needs its contexts, and only where these leave
// it open a part-of-speech tagger votes on that one sentence. Of what stands
// the leftmost longest wins, over the whole technical side, and within each
// dimension on the soft side, because soft asks come as clauses that share
// their words (codebook, ruling 18).
package match

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
)

// A Finder finds matches. It is safe for use by many goroutines.
type Finder struct {
	dict  *phrase.Dict
	asked atomic.Int64
}

// New returns a Finder over a compiled set of lexicons.
func New(d *phrase.Dict) *Finder { return &Finder{dict: d} }

// Asked returns how many sentences the tagger was asked about.
func (f *Finder) Asked() int64 { return f.asked.Load() }

// Find appends to dst the matches in the candidate statements of a text, in
// order of statement, then of place. Repeats of a statement and what it negates
// hold none.
func (f *Finder) Find(dst []Match, t phrase.Text, statements []segment.Statement) []Match {
	w := idle.Get().(*work)
	defer idle.Put(w)
	out := dst
	for i := range statements {
		s := &statements[i]
		if s.About != segment.Candidate || s.Repeat {
			continue
		}
		w.reset(f, t, s, i)
		n := len(out)
		out = w.side(out, Technical, f.dict.Technical)
		out = w.side(out, Soft, f.dict.Soft)
		slices.SortStableFunc(out[n:], func(a, b Match) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	}
	return out
}

// idle is work done, whose memory is used again.
var idle = sync.Pool{New: func() any { return new(work) }}

// work holds one statement at a time; its slices are used again.
type work struct {
	f      *Finder
	t      phrase.Text
	s      *segment.Statement
	index  int
	toks   []phrase.Token
	run    phrase.Run   // the same
	trie   *phrase.Trie // of the side at work
	hits   []phrase.Hit
	before []phrase.Hit // members that stand before a candidate
	named  []phrase.Hit // sure candidates, for those that need to be alone
	found  []candidate
	kept   []candidate
	ctx    *context // of the statement, made when the first match asks
	store  context
}

// A candidate is a hit of a term's form that its contexts may yet refuse.
type candidate struct {
	phrase.Hit
	term *phrase.Term
	sure bool
}

func (w *work) reset(f *Finder, t phrase.Text, s *segment.Statement, index int) {
	w.f, w.t, w.s, w.index = f, t, s, index
	w.toks = s.In(t)
	w.run.Reset(f.dict, w.toks, t.Text)
	w.ctx = nil
}

// side appends the matches of one side.
func (w *work) side(out []Match, side Side, trie *phrase.Trie) []Match {
	w.trie, w.hits = trie, w.run.Find(w.hits[:0], trie)
	if len(w.hits) == 0 {
		return out
	}
	w.found = w.found[:0]
	for _, h := range w.hits {
		if h.Role != phrase.Form || phrase.Refused(w.hits, h) {
			continue
		}
		term := trie.Term(h.Term)
		w.found = append(w.found, candidate{h, term, len(term.Needs) == 0})
	}
	w.settle()
	// Leftmost, then longest, then the order of the lexicons.
	slices.SortStableFunc(w.found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To), cmp.Compare(b.term.Level, a.term.Level), cmp.Compare(a.Term, b.Term))
	})
	w.kept = w.kept[:0]
	for _, c := range w.found {
		if !c.sure || w.taken(side, c) {
			continue
		}
		w.kept = append(w.kept, c)
	}
	for _, c := range w.kept {
		span := posting.Span{Start: int(w.toks[c.From].Start), End: int(w.toks[c.To-1].End)}
		ask, negated := askOf(w.s, span)
		if negated {
			continue
		}
		m := Match{Span: span, Statement: w.index, Side: side, Dimension: c.term.Lexicon.ID, Term: c.term.ID, Ask: ask}
		m.Level, m.Why = w.level(side, c, ask)
		out = append(out, m)
	}
	return out
}

// taken reports whether a candidate that was kept already holds the place.
func (w *work) taken(side Side, c candidate) bool {
	for _, k := range w.kept {
		if c.From < k.To && k.From < c.To && (side == Technical || k.term.Lexicon == c.term.Lexicon) {
			return true
		}
	}
	return false
}

// settle decides the candidates that need a context: by words first, then by
// their neighbours in a list, then by the tagger.
func (w *work) settle() {
	open := 0
	for i := range w.found {
		c := &w.found[i]
		if !c.sure {
			c.sure = w.met(c)
		}
		if !c.sure {
			open++
		}
	}
	for changed := true; changed && open > 0; {
		changed = false
		for i := range w.found {
			c := &w.found[i]
			if !c.sure && (needs(c.term, "@tech") && w.other(c) || needs(c.term, "@list") && w.listed(c) || needs(c.term, "@asked") && w.askedFor(c)) {
				c.sure, changed = true, true
				open--
			}
		}
	}
	if open > 0 {
		w.lonely()
	}
	for i := range w.found {
		c := &w.found[i]
		if !c.sure && c.term.POS != "" && !w.covered(c) {
			c.sure = w.vote(c)
		}
	}
}

// covered reports whether a sure and longer candidate holds the place, so that
// there is nothing to decide.
func (w *work) covered(c *candidate) bool {
	for _, o := range w.found {
		if o.sure && o.From <= c.From && c.To <= o.To {
			return true
		}
	}
	return false
}

func needs(t *phrase.Term, what string) bool {
	for _, n := range t.Needs {
		if n.Text == what {
			return true
		}
	}
	return false
}

// met reports whether one of the phrases that a candidate needs stands in the
// statement, outside the candidate itself. Of those that begin at one place the
// longest counts.
func (w *work) met(c *candidate) bool {
	outside := false
	last := phrase.Hit{From: -1}
	for _, h := range w.hits {
		if !w.trie.Needed(h, c.Term) {
			continue
		}
		if h.From != last.From {
			if outside {
				return true
			}
			last = h
		}
		last.To = max(last.To, h.To)
		outside = last.To <= c.From || c.To <= last.From
	}
	return outside
}

// other reports whether a sure match stands elsewhere in the statement.
func (w *work) other(c *candidate) bool {
	for _, o := range w.found {
		if o.sure && (o.To <= c.From || c.To <= o.From) {
			return true
		}
	}
	return false
}

// lonely decides the candidates that count where nothing else technical is
// named, all against the same others: "build reliable systems" is programming,
// with Airflow and SQL beside it only how they are used.
func (w *work) lonely() {
	sure := w.named[:0]
	for _, c := range w.found {
		if c.sure {
			sure = append(sure, c.Hit)
		}
	}
	w.named = sure
	for i := range w.found {
		c := &w.found[i]
		if !c.sure && needs(c.term, "@alone") {
			c.sure = !slices.ContainsFunc(sure, func(h phrase.Hit) bool { return h.To <= c.From || c.To <= h.From })
		}
	}
}

// listed reports whether a neighbour in the same list is a sure match.
func (w *work) listed(c *candidate) bool {
	for _, o := range w.found {
		if o.sure && (o.To <= c.From && w.joined(o.To, c.From) || c.To <= o.From && w.joined(c.To, o.From)) {
			return true
		}
	}
	return false
}

// askedFor reports whether a phrase of asking stands right before a candidate:
// "experience with Swift".
func (w *work) askedFor(c *candidate) bool {
	from := max(0, c.From-5)
	w.before = w.f.dict.Members(w.before[:0], "asking_for", w.toks[from:c.From])
	n := len(w.before)
	return n > 0 && w.before[n-1].To == c.From-from
}

// joined reports whether only the signs and words of a list stand between two
// places, and at least one of them.
func (w *work) joined(from, to int32) bool {
	if from == to || to-from > 3 {
		return false
	}
	for i := from; i < to; i++ {
		tok := w.toks[i]
		if tok.Flags&phrase.Sign != 0 {
			if strings.IndexByte(",/&()|+", w.t.Text[tok.Start]) < 0 {
				return false
			}
		} else if !w.f.dict.Is("joiner", w.toks[i:i+1]) {
			return false
		}
	}
	return true
}

// askOf returns how a span of a statement is asked for.
func askOf(s *segment.Statement, span posting.Span) (segment.Ask, bool) {
	ask := s.Ask
	for _, c := range s.Clauses {
		if c.Overlaps(span) {
			if c.Negated {
				return ask, true
			}
			ask = c.Ask
		}
	}
	return ask, false
}
