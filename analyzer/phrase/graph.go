package phrase

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// How patterns become a trie.
//
// A pattern with brackets stands for the product of its alternatives: 39,000
// patterns stand for 370,000 sequences of words, and to insert each of them
// would cost a time and a size that one more bracket doubles. So alternatives
// are never multiplied. A pattern is first linked, from its end to its
// beginning, into a graph of points, one for each place between two steps: all
// alternatives of a bracket lead to one and the same point behind it. Then the
// points are made deterministic by the subset construction: a node of the trie
// is a set of points, those of all patterns that agree so far, and sets that are
// equal are one node. What patterns share at their beginning is walked once,
// what one pattern repeats at its end is stored once. The graph has no cycle, so
// the walk always ends. All of it takes 70 ms for 1 MB of patterns, a third of
// it for fresh memory.

// An edge is a label and where it leads: a point of the graph or a node of the
// trie. Edges sort by label.
type edge uint64

// A label is what an edge passes over: a word's number times two, plus one
// where the word must be glued to the token before it; or, from special on, a
// kind and its value.
type label uint32

const special label = 1 << 31

const (
	acceptLabel = special | iota<<16 // leads to an index of accepts
	startLabel
	endLabel
	gapLabel   // | width
	classLabel // | class
)

func wordLabel(word int32, glue bool) label {
	l := label(word) << 1
	if glue {
		l |= 1
	}
	return l
}

func makeEdge(l label, to int32) edge { return edge(l)<<32 | edge(uint32(to)) }

func (e edge) label() label { return label(e >> 32) }
func (e edge) to() int32    { return int32(uint32(e)) }
func (e edge) kind() label  { return e.label().kind() }

// kind is a special label without its value.
func (l label) kind() label { return l &^ 0xffff }

// maxBranches bounds the edges of one point, and maxNodes the nodes of one
// trie, so that no pattern of a user can take all memory.
const (
	maxBranches = 1 << 14
	maxNodes    = 1 << 22
)

// A graph is the patterns of one trie, linked. It is used again for the next,
// since fresh memory is what costs most here.
type graph struct {
	dict    *compiler
	parser  parser
	points  []span // of edges
	edges   []edge
	root    []edge
	stack   []edge           // of the points that first is at
	known   map[string]int32 // the points, by their edges
	key     []byte
	accepts []uint32 // a term and role, and where an exact form stands: two numbers each
	exact   []byte   // the exact forms
	needs   []uint32 // lists of terms that need one context, each after its length

	masks map[label]uint64 // of classes: by first word, those that it may begin a member of

	single []int32 // by point: the node that is this point alone
	queue  []span  // by node: its points, in sets
	sets   []int32
	out    []edge // of all nodes
	layout layout
}

type span struct{ from, to int32 }

func (g *graph) reset() {
	g.points, g.edges, g.root = g.points[:0], g.edges[:0], g.root[:0]
	g.accepts, g.exact, g.needs, g.masks = g.accepts[:0], g.exact[:0], g.needs[:0], nil
	g.known = map[string]int32{}
}

func (g *graph) leaving(point int32) []edge { return g.edges[g.points[point].from:g.points[point].to] }

// maxExact bounds the bytes of an exact form.
const maxExact = 255

// accept makes the end of patterns of a term in a role. One that is exact is
// for one pattern.
func (g *graph) accept(term int32, role Role, exact string) int32 {
	at := len(g.accepts)
	form := uint32(0) // none
	if exact != "" {
		form = uint32(len(g.exact))<<8 | uint32(len(exact))
	}
	g.accepts = append(g.accepts, uint32(term)<<2|uint32(role), form)
	g.exact = append(g.exact, exact...)
	return int32(at)
}

// add links a pattern before the accept with an index.
func (g *graph) add(pattern string, accept int32) error {
	seq, err := g.parser.parse(pattern)
	if err != nil {
		return err
	}
	g.stack = append(g.stack[:0], makeEdge(acceptLabel, accept))
	final := g.point(0)
	if err := g.first(seq, final); err != nil {
		return err
	}
	if err := g.begins(g.stack, false); err != nil {
		return err
	}
	g.root = append(g.root, g.stack...)
	return nil
}

// begins complains of a pattern that can match no word, or begin with a gap;
// behind an anchor a gap may stand.
func (g *graph) begins(edges []edge, anchored bool) error {
	for _, e := range edges {
		switch e.kind() {
		case acceptLabel:
			return errors.New("the pattern can match nothing at all")
		case gapLabel:
			if !anchored {
				return errors.New("a gap must stand between words")
			}
		case startLabel, endLabel:
			if err := g.begins(g.leaving(e.to()), true); err != nil {
				return err
			}
		}
	}
	return nil
}

// link returns the point from which a sequence leads to next.
func (g *graph) link(seq []step, next int32) (int32, error) {
	if len(seq) == 0 {
		return next, nil
	}
	from := len(g.stack)
	if err := g.first(seq, next); err != nil {
		return 0, err
	}
	return g.point(from), nil
}

// point returns the point of the edges on the stack from a place on. Patterns
// that end alike share what they have in common.
func (g *graph) point(from int) int32 {
	g.key = g.key[:0]
	for _, e := range g.stack[from:] {
		g.key = binary.LittleEndian.AppendUint64(g.key, uint64(e))
	}
	if known, ok := g.known[string(g.key)]; ok {
		g.stack = g.stack[:from]
		return known
	}
	g.known[string(g.key)] = int32(len(g.points))
	n := int32(len(g.edges))
	g.edges = append(g.edges, g.stack[from:]...)
	g.points = append(g.points, span{n, int32(len(g.edges))})
	g.stack = g.stack[:from]
	return int32(len(g.points) - 1)
}

// first puts the edges on the stack with which a sequence begins.
func (g *graph) first(seq []step, next int32) error {
	if len(seq) == 0 {
		g.stack = append(g.stack, g.leaving(next)...)
		return nil
	}
	next, err := g.link(seq[1:], next)
	if err != nil {
		return err
	}
	s, from := &seq[0], len(g.stack)
	push := func(l label) { g.stack = append(g.stack, makeEdge(l, next)) }
	switch s.kind {
	case start:
		push(startLabel)
	case end:
		push(endLabel)
	case word:
		for _, w := range g.dict.word(s.text) {
			push(wordLabel(w, s.glue))
		}
	case stem:
		for _, w := range g.dict.stem(s.text) {
			push(wordLabel(w, s.glue))
		}
	case choice:
		for _, way := range s.ways {
			if err := g.first(way, next); err != nil {
				return err
			}
		}
	case classOf:
		c, err := g.dict.class(s.text)
		if err != nil {
			return err
		}
		push(classLabel | label(c))
	case gap:
		for _, e := range g.leaving(next) {
			if e.kind() == acceptLabel {
				return errors.New("a gap must stand between words")
			}
		}
		push(gapLabel | label(s.gap))
	}
	switch {
	case len(s.text) > maxWord:
		return fmt.Errorf("a word of more than %d bytes", maxWord)
	case len(g.stack)-from > maxBranches:
		return fmt.Errorf("more than %d words may follow at one place: split the pattern", maxBranches)
	case g.masks != nil && (s.kind == classOf || s.kind == gap):
		return errors.New("a member of a class is of words alone: no class, no gap")
	}
	return nil
}

// nodes makes the points deterministic: it returns the edges of all nodes, the
// root first, and where those of each end. The edges of a node are in order
// and lead to nodes, by number.
func (g *graph) nodes() ([]edge, []int32, error) {
	g.stack = append(g.stack[:0], g.root...)
	root := g.point(0)
	g.single = append(g.single[:0], make([]int32, len(g.points))...)
	g.sets = append(g.sets[:0], root)
	g.queue = append(g.queue[:0], span{0, 1})
	g.out = g.out[:0]
	var sets map[string]int32 // of more points than one
	var ends, points []int32
	var key []byte
	var lists map[string]int32 // of terms that need what ends at a node: the accept
	var needing []byte
	needed := func() int32 {
		accept, ok := lists[string(needing)]
		if !ok {
			if lists == nil {
				lists = map[string]int32{}
			}
			accept = int32(len(g.accepts))
			lists[string(needing)] = accept
			g.accepts = append(g.accepts, uint32(len(g.needs))<<2|uint32(Need), 0)
			g.needs = append(g.needs, uint32(len(needing)/4))
			for ; len(needing) > 0; needing = needing[4:] {
				g.needs = append(g.needs, binary.LittleEndian.Uint32(needing))
			}
		}
		needing = needing[:0]
		return accept
	}
	node := func() int32 {
		id := int32(len(g.queue))
		if len(points) == 1 {
			if known := g.single[points[0]]; known != 0 {
				return known
			}
			g.single[points[0]] = id
		} else {
			key = key[:0]
			for _, p := range points {
				key = binary.LittleEndian.AppendUint32(key, uint32(p))
			}
			if known, ok := sets[string(key)]; ok {
				return known
			}
			if sets == nil {
				sets = map[string]int32{}
			}
			sets[string(key)] = id
		}
		g.queue = append(g.queue, span{int32(len(g.sets)), int32(len(g.sets) + len(points))})
		g.sets = append(g.sets, points...)
		return id
	}
	for at := 0; at < len(g.queue); at++ {
		if at > maxNodes {
			return nil, nil, fmt.Errorf("the patterns make more than %d nodes: narrow their alternatives", maxNodes)
		}
		edges := g.stack[:0]
		for _, p := range g.sets[g.queue[at].from:g.queue[at].to] {
			edges = append(edges, g.leaving(p)...)
		}
		g.stack = edges
		slices.Sort(edges)
		edges = slices.Compact(edges)
		for len(edges) > 0 {
			l, n := edges[0].label(), 1
			if l == acceptLabel {
				if a := g.accepts[edges[0].to()]; Role(a&3) == Need {
					needing = binary.LittleEndian.AppendUint32(needing, a>>2)
				} else {
					g.out = append(g.out, edges[0])
				}
				if len(needing) > 0 && (n == len(edges) || edges[n].label() != acceptLabel) {
					g.out = append(g.out, makeEdge(l, needed()))
				}
			} else {
				points = append(points[:0], edges[0].to())
				for ; n < len(edges) && edges[n].label() == l; n++ {
					points = append(points, edges[n].to())
				}
				g.out = append(g.out, makeEdge(l, node()))
			}
			edges = edges[n:]
		}
		ends = append(ends, int32(len(g.out)))
	}
	return g.out, ends, nil
}
