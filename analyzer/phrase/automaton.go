package phrase

// An automaton holds patterns over the numbers of their words, in tables that
// are read in place. It walks from word to word by hash look-ups; a class or a
// gap branches.
type automaton struct {
	nodes   table // see head
	accepts table // term and role, and length and place of an exact form
	exact   string
	needs   table // lists of the terms that need one context, each after its length

	dict    *Dict
	hint    uint8  // its bit in the hints of words
	classes uint64 // that a pattern may begin with
}

// open makes an automaton ready whose tables are in place.
func (t *automaton) open(d *Dict, hint uint8) {
	t.dict, t.hint = d, hint
	for e, end := t.special(0, t.head(0)); e < end; {
		l := label(t.nodes.at(e))
		if l.kind() == classLabel {
			t.classes = t.nodes.pair(e + 2)
		}
		e += l.size()
	}
}

// A node stands in nodes at its number: first its head, which packs the lengths
// below; then its special edges; then the words it knows, each at the place of
// its hash or a few probes behind it. An edge is a label and a node, or for an
// accept an index of accepts. The root is at 0.
//
// Behind the edge of a gap stands the filter of the words that may follow it,
// and where its value says so that of the classes. All edges of classes are one:
// its value says how many, behind it stand the mask of them and, in order, the
// nodes.
//
// Of a head, 6 bits are for the shift from a hash to a place, 7 for the probes,
// the rest for the special edges, in pairs of numbers.
type head uint32

const maxProbes = 1<<7 - 1

func makeHead(size, probes, specials int) head {
	return head(32 - size | probes<<6 | specials<<13)
}

func (h head) probes() int32   { return int32(h >> 6 & maxProbes) }
func (h head) specials() int32 { return int32(h >> 13) }

// places is how many words there is room for.
func (h head) places() int32 {
	if h.probes() == 0 {
		return 0
	}
	return 1<<(32-h&63) + h.probes() - 1
}

// place is where a label stands, or behind it.
func (h head) place(l label) int32 { return int32(uint64(uint32(l)*spread) >> (h & 63)) }

// spread makes a hash of a number: the high bits of their product.
const spread = 0x9e3779b1

func (t *automaton) head(n int32) head { return head(t.nodes.at(n)) }

// special returns the range of nodes in which the special edges of a node stand,
// and behind it the words.
func (t *automaton) special(n int32, h head) (from, to int32) {
	return n + 1, n + 1 + 2*h.specials()
}

// step returns the node behind a label, or 0.
func (t *automaton) step(n int32, h head, l label) int32 {
	at := n + 1 + 2*(h.specials()+h.place(l))
	for end := at + 2*h.probes(); at < end; at += 2 {
		x := t.nodes.pair(at)
		if label(x) == l {
			return int32(x >> 32)
		}
		if x == 0 { // an empty place
			return 0
		}
	}
	return 0
}

// root returns the node behind a word that begins a pattern, or 0.
func (t *automaton) root(word int32) int32 { return t.step(0, t.head(0), wordLabel(word, false)) }

// size is how many numbers a special edge takes.
func (l label) size() int32 {
	switch l.kind() {
	case gapLabel:
		if gapValue(l)&gapClasses != 0 {
			return 6
		}
		return 4
	case classLabel:
		return 4 + (int32(l&^classLabel)+1)&^1
	}
	return 2
}

// A gapValue is the value of a gap's label: in 4 bits its words, then what may
// follow it beside words: a class, the end of the run, or what cannot be told
// from a token.
type gapValue uint32

const (
	gapClasses gapValue = 1 << (4 + iota)
	gapEnds
	gapAlways
)

func (g gapValue) words() int32 { return int32(g & 15) }

// filterBit is the bit of a word in a filter.
func filterBit(word int32) uint64 { return 1 << (uint32(word) * spread >> 26) }
