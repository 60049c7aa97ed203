package phrase

import (
	"iter"
	"maps"
	"math"
	"math/bits"
	"slices"
)

// hint notes with the words what lets a walk pass over most tokens: which tries
// have a pattern that may begin with a word, whatever follows, and which have
// one that may begin with two that follow each other. The tokeniser copies the
// notes to the tokens, so that a walk need not look at a node to see that it
// leads nowhere. The masks are the classes that a word may begin a member of.
func (d *Dict) hint(masks map[label]uint64) {
	words := []byte(d.words)
	d.beginnings(masks, func(first, second int32, hints byte) {
		if second == Unknown {
			words[4*first] |= hints
		}
	})
	told := func(first int32, hints byte) bool { return words[4*first]&hints == hints }
	n := 0
	d.beginnings(masks, func(first, _ int32, hints byte) {
		if !told(first, hints) {
			n++
		}
	})
	pairs := make([]byte, 1<<bits.Len(uint(2*n)))
	numbered := openings(words, masks)
	d.Vocabulary = openVocabulary(d.slots, string(words), string(pairs), numbered)
	d.beginnings(masks, func(first, second int32, hints byte) {
		if !told(first, hints) {
			pairs[d.pair(first, second)] |= hints
		}
	})
	d.pairs = string(pairs)
}

// openings notes with the words, by number, which classes each may begin a
// member of, and returns the masks. The last of the numbers a byte has stands
// for all masks that are left.
func openings(words []byte, masks map[label]uint64) table {
	out := []uint64{0}
	for _, l := range slices.Sorted(maps.Keys(masks)) {
		i := slices.Index(out, masks[l])
		switch {
		case i >= 0:
		case len(out) <= math.MaxUint8:
			i = len(out)
			out = append(out, masks[l])
		default:
			i = math.MaxUint8
			out[i] |= masks[l]
		}
		words[4*int(l>>1)+1] = byte(i)
	}
	parts := make([]uint32, 0, 2*len(out))
	for _, m := range out {
		parts = append(parts, uint32(m), uint32(m>>32))
	}
	return tableOf(parts)
}

// beginnings calls f with every two words that patterns begin with, and the
// tries that they are of; the second is Unknown where more than a word follows
// the first, or nothing.
func (d *Dict) beginnings(masks map[label]uint64, f func(first, second int32, hints byte)) {
	for i := range d.tries {
		t := &d.tries[i]
		for l, to := range t.words(0) {
			w := int32(l >> 1)
			which := byte(1) << i
			for j := range d.tries {
				if i == members && d.tries[j].automaton.classes&masks[wordLabel(w, false)] != 0 {
					which |= 1 << j
				}
			}
			if t.head(to).specials() > 0 {
				f(w, Unknown, which)
			}
			for l := range t.words(to) {
				f(w, int32(l>>1), which)
			}
		}
	}
}

// words yields the edges of a node that are words.
func (t *automaton) words(n int32) iter.Seq2[label, int32] {
	return func(yield func(label, int32) bool) {
		h := t.head(n)
		_, at := t.special(n, h)
		for end := at + 2*h.places(); at < end; at += 2 {
			if x := t.nodes.pair(at); x != 0 && !yield(label(x), int32(x>>32)) {
				return
			}
		}
	}
}
