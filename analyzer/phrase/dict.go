// Package phrase finds the phrases of the lexicons in text. Words become
// integers once, and every later step works on the integers: a Vocabulary
// numbers them, a Text holds a posting's tokens, a Trie finds patterns in a
// run of tokens.
//
// token.go reads words, pattern.go patterns; graph.go makes the patterns of
// many terms a trie, walk.go goes through it, and run.go keeps what several
// tries ask of the same tokens. compile.go does so for all lexicons,
// and load.go takes those that ship from the form they were compiled to.
package phrase

import (
	"slices"
	"sort"

	"softgap/lexicons"
)

// A Dict is all the lexicons, compiled. It is immutable; any number of
// goroutines may use it.
type Dict struct {
	Vocabulary
	Set *lexicons.Set

	Soft, Technical, Headings, Cues, Context, Pages, Families *Trie

	// Weights is what package segment made of the learned weights for the numbers
	// of these words; empty where the lists were compiled by this program.
	Weights string

	tries   [tries]Trie
	classes map[string]int32 // the classes of words, by name
	classOf []int32          // by list of the set: the class that it is
}

// The tries of a Dict, in the order in which they are stored.
const (
	members = iota // of the classes
	soft
	technical
	headings
	cues
	context
	pages
	families
	tries
)

// maxClasses is what a mask of 64 bits can hold.
const maxClasses = 64

// number is the class {number}, to which digits belong.
const number = 0

// listsOf returns the places in a set of the lists that make a trie.
func listsOf(set *lexicons.Set, trie int) []int {
	kind := [tries]lexicons.Kind{lexicons.Class, lexicons.Soft, lexicons.Technical, lexicons.Heading, lexicons.Cue, lexicons.Cue, lexicons.Page, lexicons.Family}[trie]
	var out []int
	for i := range set.Lexicons {
		if l := &set.Lexicons[i]; l.Kind == kind && !irregular(l) && (kind != lexicons.Cue || (l.ID == "context") == (trie == context)) {
			out = append(out, i)
		}
	}
	return out
}

// open makes a Dict ready whose tables are in place.
func (d *Dict) open(set *lexicons.Set) {
	d.Set, d.classes = set, classIDs(set)
	for i := range set.Lexicons {
		class, ok := d.classes[set.Lexicons[i].ID]
		if !ok {
			class = -1
		}
		d.classOf = append(d.classOf, class)
	}
	for i := range d.tries {
		t := &d.tries[i]
		t.terms.open(set)
		t.automaton.open(d, 1<<i)
	}
	d.Soft, d.Technical, d.Headings, d.Cues = &d.tries[soft], &d.tries[technical], &d.tries[headings], &d.tries[cues]
	d.Context, d.Pages, d.Families = &d.tries[context], &d.tries[pages], &d.tries[families]
}

// begun are the members of classes that begin at one token. What more there are
// than the array holds are passed over.
type begun struct {
	next int32 // the token after it
	n    uint8
	mask uint64 // the classes of ends
	ends [12]memberEnd
}

// maxMember bounds the tokens of a member of a class.
const maxMember = 255

type memberEnd struct {
	size   uint8 // in tokens
	class  uint8
	blocks bool // members of the class of this size or less
}

func (b *begun) add(m memberEnd) {
	if int(b.n) < len(b.ends) && !slices.Contains(b.ends[:b.n], m) {
		b.ends[b.n] = m
		b.n++
	}
}

// begun finds the members of classes that begin at a token.
func (d *Dict) begun(b *begun, toks []Token, at int32) {
	b.next, b.n, b.mask = at+1, 0, 0
	if tok := &toks[at]; tok.Flags&Digits != 0 && tok.Flags&Address == 0 {
		b.add(memberEnd{size: 1, class: number})
		// 10,000 and 99.9 are one number.
		for i := at; int(i)+2 < len(toks) && i-at < 8 && toks[i+1].Flags&(Sign|Glued) == Sign|Glued && toks[i+2].Flags&(Digits|Glued) == Digits|Glued; i += 2 {
			b.add(memberEnd{size: uint8(i + 3 - at), class: number})
		}
	}
	t := &d.tries[members]
	if toks[at].begins&(1<<members) != 0 {
		d.follow(b, t.root(toks[at].Word), toks, at+1)
	}
	n := 0
	for _, m := range b.ends[:b.n] {
		if !m.blocks && !slices.ContainsFunc(b.ends[:b.n], func(o memberEnd) bool { return o.blocks && o.class == m.class && o.size >= m.size }) {
			b.ends[n] = m
			b.mask |= 1 << m.class
			n++
		}
	}
	b.n = uint8(n)
}

func (d *Dict) follow(b *begun, to int32, toks []Token, at int32) {
	if to == 0 {
		return
	}
	t := &d.tries[members]
	h := t.head(to)
	for e, end := t.special(to, h); e < end; e += 2 {
		term := t.accepts.at(int32(t.nodes.at(e + 1)))
		b.add(memberEnd{uint8(at + 1 - b.next), uint8(d.classOf[t.owners.at(int32(term>>2))]), Role(term&3) == Block})
	}
	if int(at) == len(toks) || h.probes() == 0 || toks[at].Word == Unknown || at-b.next == maxMember-1 {
		return
	}
	d.follow(b, t.step(to, h, wordLabel(toks[at].Word, false)), toks, at+1)
	if toks[at].Flags&Glued != 0 {
		d.follow(b, t.step(to, h, wordLabel(toks[at].Word, true)), toks, at+1)
	}
}

// member returns where the longest member of a class ends that begins at a
// token, or 0.
func (d *Dict) member(class int32, toks []Token, at int32) int32 {
	longest := int32(0)
	if d.opened(&toks[at])>>class&1 != 0 {
		var b begun
		d.begun(&b, toks, at)
		for _, m := range b.ends[:b.n] {
			if m.class == uint8(class) {
				longest = max(longest, at+int32(m.size))
			}
		}
	}
	return longest
}

// Members appends the token ranges of the members of a class in a run of
// tokens, leftmost longest.
func (d *Dict) Members(dst []Hit, class string, toks []Token) []Hit {
	r := runs.Get().(*Run)
	defer runs.Put(r)
	r.Reset(d, toks, "")
	return r.Members(dst, class)
}

// Is reports whether a run of tokens begins with a member of a class.
func (d *Dict) Is(class string, toks []Token) bool {
	c, ok := d.classes[class]
	return ok && len(toks) > 0 && d.member(c, toks, 0) > 0
}

// Alone counts the tokens that are members of a class by themselves.
func (d *Dict) Alone(class string, toks []Token) (n int) {
	c, ok := d.classes[class]
	if !ok {
		return 0
	}
	for i := range toks {
		if d.member(c, toks[i:i+1], 0) > 0 {
			n++
		}
	}
	return n
}

// MemberOf reports whether a term of a class has the member at a place.
func (d *Dict) MemberOf(class, term string, t Text, at Hit) bool {
	trie := &d.tries[members]
	for _, h := range trie.Find(nil, t.Tokens, t.Text) {
		if m := trie.Term(h.Term); h.Role == Form && m.Lexicon.ID == class && m.ID == term && h.From == at.From {
			return true
		}
	}
	return false
}

// A Text is a text with its tokens.
type Text struct {
	Text   string
	Tokens []Token
}

// Read makes the tokens of a text; Tokens does so in memory that is there.
func (d *Dict) Read(text string) Text {
	return Text{text, d.Tokens(make([]Token, 0, len(text)/5+16), text)}
}

// Range returns the tokens that lie in the bytes [start, end).
func (t Text) Range(start, end int) []Token {
	lo := sort.Search(len(t.Tokens), func(i int) bool { return int(t.Tokens[i].Start) >= start })
	hi := lo + sort.Search(len(t.Tokens)-lo, func(i int) bool { return int(t.Tokens[lo+i].Start) >= end })
	return t.Tokens[lo:hi]
}

// Number returns the number of a word, in small letters, or Unknown.
func (d *Dict) Number(word string) int32 { return find(&d.Vocabulary, hash(word), word) }

// WordOf returns a token's folded word, or "" where no pattern holds it.
func (d *Dict) WordOf(t Token) string { return d.Vocabulary.word(t.Word) }

// Whole returns the term of a trie with a form that is the whole of a run of
// tokens, or nil.
func (d *Dict) Whole(t *Trie, toks []Token, text string) *Term {
	r := runs.Get().(*Run)
	defer runs.Put(r)
	r.Reset(d, toks, text)
	return r.Whole(t)
}
