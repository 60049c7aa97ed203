package phrase

import (
	"errors"
	"math/bits"
	"slices"
)

// build fills an automaton's tables from a graph.
func (t *automaton) build(g *graph) error {
	edges, ends, err := g.nodes()
	if err != nil {
		return err
	}
	of := func(n int32) (words, specials []edge) {
		from := int32(0)
		if n > 0 {
			from = ends[n-1]
		}
		all := edges[from:ends[n]]
		i, _ := slices.BinarySearch(all, makeEdge(special, 0))
		return all[:i], all[i:]
	}
	l := &g.layout
	l.nodes, l.targets, l.places = l.nodes[:0], l.targets[:0], append(l.places[:0], make([]int32, len(ends))...)
	first, specials := of(0)
	l.node(0, nil, specials, of)
	for n := int32(1); int(n) < len(ends); n++ {
		words, specials := of(n)
		l.node(n, words, specials, of)
	}
	if len(l.nodes) > maxSize {
		return errors.New("the patterns make too many nodes: narrow their alternatives")
	}
	for _, i := range l.targets {
		l.nodes[i] = uint32(l.places[l.nodes[i]])
	}
	t.first, t.roots = l.root(first)
	t.nodes, t.accepts, t.exact = tableOf(l.nodes), tableOf(g.accepts), string(g.exact)
	return nil
}

// root returns the tables of the words that begin a pattern.
func (l *layout) root(words []edge) (first, roots table) {
	if len(words) == 0 {
		return "", ""
	}
	set := make([]uint32, 2*(words[len(words)-1].label()>>6+1))
	to := make([]int32, len(words))
	for i, e := range words {
		to[i] = l.places[e.to()]
		w := e.label() >> 1
		set[w>>5<<1] |= 1 << (w & 31)
	}
	for i := 3; i < len(set); i += 2 {
		set[i] = set[i-2] + uint32(bits.OnesCount32(set[i-3]))
	}
	return tableOf(set), tableOf(to)
}

// maxSize bounds the numbers of a table of nodes.
const maxSize = 1 << 28

// filterOf returns what may follow a gap that leads to a node of those edges:
// a bit for each word, the classes, and what else.
func filterOf(nodeWords, specials []edge) (words, classes uint64, g gapValue) {
	for _, e := range nodeWords {
		words |= filterBit(int32(e.label() >> 1))
	}
	for _, e := range specials {
		switch e.kind() {
		case classLabel:
			classes |= 1 << (e.label() &^ classLabel)
			g |= gapClasses
		case endLabel:
			g |= gapEnds
		default:
			g |= gapAlways
		}
	}
	return words, classes, g
}

// A layout puts nodes into one table.
type layout struct {
	nodes   []uint32
	places  []int32 // by node of the graph
	targets []int32 // the places in nodes that name a node of the graph
	slots   []edge
}

// node lays a node out. Its labels get the smallest table in which none stands
// far from its place. A gap says what may follow it, so that most tokens are
// passed over without a look at the node behind.
func (l *layout) node(n int32, words, specials []edge, of func(int32) (words, specials []edge)) {
	at := len(l.nodes)
	l.places[n] = int32(at)
	l.nodes = append(l.nodes, 0)
	size, probes := 0, 0
	if len(words) > 0 {
		var slots []edge
		for size = bits.Len(uint(len(words) - 1)); ; size++ {
			if slots, probes = l.hashed(words, size); probes <= 8 || probes <= maxProbes && 1<<size > 4*len(words) {
				break
			}
		}
		for _, e := range slots {
			l.nodes = append(l.nodes, uint32(e.label()))
		}
		for _, e := range slots {
			if e != 0 {
				l.targets = append(l.targets, int32(len(l.nodes)))
			}
			l.nodes = append(l.nodes, uint32(e.to()))
		}
	}
	from := len(l.nodes)
	for _, e := range specials {
		if e.kind() != acceptLabel {
			l.targets = append(l.targets, int32(len(l.nodes)+1))
		}
		if e.kind() != gapLabel {
			l.nodes = append(l.nodes, uint32(e.label()), uint32(e.to()))
			continue
		}
		words, classes, g := filterOf(of(e.to()))
		l.nodes = append(l.nodes, uint32(e.label())|uint32(g), uint32(e.to()), uint32(words), uint32(words>>32))
		if g&gapClasses != 0 {
			l.nodes = append(l.nodes, uint32(classes), uint32(classes>>32))
		}
	}
	l.nodes[at] = uint32(makeHead(size, probes, (len(l.nodes)-from)/2))
}

// hashed puts edges into a table of 1<<size places and a few behind them, and
// returns the probes that the farthest from its place needs.
func (l *layout) hashed(edges []edge, size int) ([]edge, int) {
	n := 1<<size + len(edges)
	slots := append(l.slots[:0], make([]edge, n)...)
	l.slots = slots
	probes := 0
	for _, e := range edges {
		at := int(makeHead(size, 0, 0).place(e.label()))
		n := 1
		for slots[at] != 0 {
			at++
			n++
		}
		slots[at] = e
		probes = max(probes, n)
	}
	return slots[:1<<size+probes-1], probes
}
