package phrase

import (
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"softgap/lexicons"
)

// A Term is what a trie keeps of a lexicon's term.
type Term struct {
	ID         string
	Lexicon    *lexicons.Lexicon
	Level      int
	POS        string
	About, Ask string
	Weight     int
	Needs      []lexicons.Phrase
}

// terms are the terms of a trie. They are read when a posting first meets
// them: of some thousands it meets a few dozen.
type terms struct {
	owners table // by term: its list in the set
	starts table // by term: where its line begins; one more at the end
	lines  string

	set  *lexicons.Set
	seen []atomic.Pointer[Term]
}

// write makes the tables of the terms of some lists.
func (t *terms) write(set *lexicons.Set, lists []int) {
	var owners, starts []uint32
	var b strings.Builder
	for _, i := range lists {
		for _, term := range set.Lexicons[i].Terms {
			owners = append(owners, uint32(i))
			starts = append(starts, uint32(b.Len()))
			fmt.Fprintf(&b, "%s\t%d\t%s\t%s\t%s\t%d", term.ID, term.Level, term.POS, term.About, term.Ask, term.Weight)
			for _, n := range term.Needs {
				b.WriteString("\t" + n.Text)
			}
		}
	}
	starts = append(starts, uint32(b.Len()))
	t.owners, t.starts, t.lines = tableOf(owners), tableOf(starts), b.String()
}

func (t *terms) open(set *lexicons.Set) {
	t.set, t.seen = set, make([]atomic.Pointer[Term], t.owners.len())
}

// Term returns the term that a hit names.
func (t *terms) Term(i int32) *Term {
	if term := t.seen[i].Load(); term != nil {
		return term
	}
	fields := strings.Split(t.lines[t.starts.at(i):t.starts.at(i+1)], "\t")
	term := &Term{ID: fields[0], Lexicon: &t.set.Lexicons[t.owners.at(i)], POS: fields[2], About: fields[3], Ask: fields[4]}
	for _, n := range fields[6:] {
		term.Needs = append(term.Needs, lexicons.Phrase{Text: n})
	}
	term.Level, _ = strconv.Atoi(fields[1])
	term.Weight, _ = strconv.Atoi(fields[5])
	t.seen[i].CompareAndSwap(nil, term) // whoever was first, all have the same
	return t.seen[i].Load()
}
