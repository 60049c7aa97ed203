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
	for n := range int32(len(ends)) {
		l.node(n, of)
	}
	if len(l.nodes) > maxSize {
		return errors.New("the patterns make too many nodes: narrow their alternatives")
	}
	for _, i := range l.targets {
		l.nodes[i] = uint32(l.places[l.nodes[i]])
	}
	t.nodes, t.accepts, t.exact = tableOf(l.nodes), tableOf(g.accepts), string(g.exact)
	t.needs = tableOf(g.needs)
	return nil
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

// node lays a node out, whose edges and those of any other of tells.
func (l *layout) node(n int32, of func(int32) (words, specials []edge)) {
	at := len(l.nodes)
	l.places[n] = int32(at)
	l.nodes = append(l.nodes, 0)
	words, specials := of(n)
	for len(specials) > 0 {
		n := 1
		switch e := specials[0]; e.kind() {
		case acceptLabel:
			l.nodes = append(l.nodes, uint32(e.label()), uint32(e.to()))
		case gapLabel:
			words, classes, g := filterOf(of(e.to()))
			l.edge(e.label()|label(g), e.to())
			l.nodes = append(l.nodes, uint32(words), uint32(words>>32))
			if g&gapClasses != 0 {
				l.nodes = append(l.nodes, uint32(classes), uint32(classes>>32))
			}
		case classLabel: // they come last
			n = len(specials)
			l.classes(specials)
		default:
			l.edge(e.label(), e.to())
		}
		specials = specials[n:]
	}
	pairs := (len(l.nodes) - at) / 2
	size, probes := l.words(words)
	l.nodes[at] = uint32(makeHead(size, probes, pairs))
}

func (l *layout) edge(x label, to int32) {
	l.nodes = append(l.nodes, uint32(x))
	l.target(to)
}

// target appends a node of the graph.
func (l *layout) target(to int32) {
	if to != 0 {
		l.targets = append(l.targets, int32(len(l.nodes)))
	}
	l.nodes = append(l.nodes, uint32(to))
}

// classes lays out the edges that are classes.
func (l *layout) classes(edges []edge) {
	mask := uint64(0)
	for _, e := range edges {
		mask |= 1 << (e.label() &^ classLabel)
	}
	l.nodes = append(l.nodes, uint32(classLabel)|uint32(len(edges)), 0, uint32(mask), uint32(mask>>32))
	for _, e := range edges {
		l.target(e.to())
	}
	if len(edges)%2 == 1 {
		l.nodes = append(l.nodes, 0)
	}
}

// words lays out the edges that are words, in the smallest table in which none
// stands far from its place.
func (l *layout) words(edges []edge) (size, probes int) {
	if len(edges) == 0 {
		return 0, 0
	}
	var slots []edge
	for size = bits.Len(uint(len(edges) - 1)); ; size++ {
		if slots, probes = l.hashed(edges, size); probes <= 8 || probes <= maxProbes && 1<<size > 4*len(edges) {
			break
		}
	}
	for _, e := range slots {
		l.edge(e.label(), e.to())
	}
	return size, probes
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
