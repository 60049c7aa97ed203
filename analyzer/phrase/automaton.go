package phrase

import "math/bits"

// An automaton holds patterns over the numbers of their words, in tables that
// are read in place. It walks from word to word by hash look-ups; a class or a
// gap branches.
type automaton struct {
	first   table // by 32 words: a bit for each that begins a pattern, and the number of bits before
	roots   table // the nodes behind these words
	nodes   table // see head
	accepts table // term and role, and length and place of an exact form
	exact   string

	dict    *Dict
	hint    uint8  // its bit in the hints of words
	classes uint64 // that a pattern may begin with
}

// open makes an automaton ready whose tables are in place.
func (t *automaton) open(d *Dict, hint uint8) {
	t.dict, t.hint = d, hint
	for e, end := t.special(0, t.head(0)); e < end; e += 2 {
		if l := label(t.nodes.at(e)); l.kind() == classLabel {
			t.classes |= 1 << (l &^ classLabel)
		}
	}
}

// begins returns the place of a word among those that begin a pattern, or -1.
func (t *automaton) begins(word int32) int32 {
	i := word >> 5 << 1
	if i >= t.first.len() {
		return -1
	}
	set := t.first.at(i)
	bit := uint32(1) << (word & 31)
	if set&bit == 0 {
		return -1
	}
	return int32(t.first.at(i+1)) + int32(bits.OnesCount32(set&(bit-1)))
}

// root returns the node behind a word that begins a pattern, or 0.
func (t *automaton) root(word int32) int32 {
	i := t.begins(word)
	if i < 0 {
		return 0
	}
	return int32(t.roots.at(i))
}

// A node stands in nodes at its number: first its head, which packs the lengths
// below; then the labels of the words it knows, each at the place of its hash
// or a few probes behind it; the nodes that they lead to; and for each special
// edge its label and a node, or an index of accepts, and of a gap its filter.
// The root, at 0, has special edges only, so that no edge leads to 0.
//
// Of a head, 5 bits are for the logarithm of the places that hashes have, 7 for
// the probes, the rest for the special edges, in pairs of numbers.
type head uint32

const maxProbes = 1<<7 - 1

func makeHead(size, probes, specials int) head {
	return head(size | probes<<5 | specials<<12)
}

func (h head) probes() int32   { return int32(h >> 5 & maxProbes) }
func (h head) specials() int32 { return int32(h >> 12) }

// places is how many labels there is room for.
func (h head) places() int32 {
	if h.probes() == 0 {
		return 0
	}
	return 1<<(h&31) + h.probes() - 1
}

// place is where a label stands, or behind it.
func (h head) place(l label) int32 { return int32(uint32(l) * spread >> (32 - h&31)) }

// spread makes a hash of a number: the high bits of their product.
const spread = 0x9e3779b1

func (t *automaton) head(n int32) head { return head(t.nodes.at(n)) }

// special returns the range of nodes in which the special edges of a node stand.
func (t *automaton) special(n int32, h head) (from, to int32) {
	from = n + 1 + 2*h.places()
	return from, from + 2*h.specials()
}

// step returns the node behind a label, or 0.
func (t *automaton) step(n int32, h head, l label) int32 {
	at := n + 1 + h.place(l)
	for end := at + h.probes(); at < end; at++ {
		switch label(t.nodes.at(at)) {
		case l:
			return int32(t.nodes.at(at + h.places()))
		case 0: // an empty place
			return 0
		}
	}
	return 0
}

// A gapValue is the value of a gap's label: in 4 bits its words, then what may
// follow it beside words: a class, the end of the run, or what cannot be told
// from a token. Behind the gap's edge stand two numbers more, the filter of the
// words that may follow, and two for the classes, if any.
type gapValue uint32

const (
	gapClasses gapValue = 1 << (4 + iota)
	gapEnds
	gapAlways
)

func (g gapValue) words() int32 { return int32(g & 15) }

// size is how many numbers the gap's edge takes.
func (g gapValue) size() int32 {
	if g&gapClasses != 0 {
		return 6
	}
	return 4
}

// filterBit is the bit of a word in a filter.
func filterBit(word int32) uint64 { return 1 << (uint32(word) * spread >> 26) }
