package phrase

import (
	"sort"
	"sync"
)

// Role says what a hit is to its term.
type Role uint8

// The roles of a hit.
const (
	Form  Role = iota // the term itself
	Need              // a context that the term needs
	Block             // a phrase that takes away the matches it overlaps
	Never             // a phrase that takes away every match of the statement
)

// A Hit is a pattern found in a run of tokens.
type Hit struct {
	Term     int32 // a term of the trie, by number; of a Need, see Needed
	Role     Role
	From, To int32 // tokens [From, To) of the run
}

// A Trie holds the patterns of many terms over the numbers of their words. It
// is immutable; any number of goroutines may use it.
//
// The walk begins at every token with one bit, which the token brings along and
// which says whether a pattern may begin so; walk.go tells the rest. An
// automaton of the Aho-Corasick kind would save little, and could hold neither
// gaps nor classes. To walk for the contexts of a term only where it has a form
// was tried, together for all terms and apart for each, and was slower by two
// and by three on lists of technologies.
type Trie struct {
	terms
	automaton
}

// Find appends to dst, for every start in toks and every term and role, the
// longest match there. The tokens are those of text, and of one statement: the
// anchors of patterns are its two ends.
//
// Its cost is linear in the tokens: patterns have no cycles, a gap is bounded
// in words and in tokens, and what one start may cost is bounded by maxVisits.
func (t *Trie) Find(dst []Hit, toks []Token, text string) []Hit {
	r := runs.Get().(*Run)
	defer runs.Put(r)
	r.Reset(t.dict, toks, text)
	return r.Find(dst, t)
}

// runs are Runs to be used again, for those who look for one trie alone.
var runs = sync.Pool{New: func() any { return new(Run) }}

// Needed reports whether a hit is a context that a term needs. Many terms need
// the same, "experience with", so one such hit is for all of them.
func (t *Trie) Needed(h Hit, term int32) bool {
	if h.Role != Need {
		return false
	}
	from := h.Term + 1
	n := int(t.needs.at(h.Term))
	i := sort.Search(n, func(i int) bool { return int32(t.needs.at(from+int32(i))) >= term })
	return i < n && int32(t.needs.at(from+int32(i))) == term
}

// Refused reports whether a hit of a term is taken away by a block of the same
// term that overlaps it, or by a never anywhere in the run.
func Refused(hits []Hit, h Hit) bool {
	for _, b := range hits {
		if b.Term == h.Term && (b.Role == Never || b.Role == Block && b.From < h.To && h.From < b.To) {
			return true
		}
	}
	return false
}
