package phrase

import "math/bits"

// hint notes with the words what lets a walk pass over most tokens: which tries
// have a pattern that may begin with a word, whatever follows, and which have
// one that may begin with two that follow each other. The tokeniser copies the
// notes to the tokens, so that a walk need not look at a node to see that it
// leads nowhere. The masks are the classes that a word may begin a member of.
func (d *Dict) hint(masks map[label]uint64) {
	words := []byte(d.words)
	n := 0
	d.beginnings(masks, func(first, second int32, hints byte) {
		if n++; second == Unknown {
			words[4*first] |= hints
		}
	})
	pairs := make([]byte, 1<<bits.Len(uint(2*n)))
	d.Vocabulary = openVocabulary(d.slots, string(words), string(pairs))
	d.beginnings(masks, func(first, second int32, hints byte) {
		if second != Unknown {
			pairs[d.pair(first, second)] |= hints
		}
	})
	d.pairs = string(pairs)
}

// beginnings calls f with every two words that patterns begin with, and the
// tries that they are of; the second is Unknown where more than a word follows
// the first, or nothing.
func (d *Dict) beginnings(masks map[label]uint64, f func(first, second int32, hints byte)) {
	for i := range d.tries {
		t := &d.tries[i]
		for w := range 16 * t.first.len() {
			to := t.root(w)
			if to == 0 {
				continue
			}
			which := byte(1) << i
			for j := range d.tries {
				if i == members && d.tries[j].automaton.classes&masks[wordLabel(w, false)] != 0 {
					which |= 1 << j
				}
			}
			h := t.head(to)
			if h.specials() > 0 {
				f(w, Unknown, which)
			}
			for i := range h.places() {
				if l := t.nodes.at(to + 1 + i); l != 0 {
					f(w, int32(l>>1), which)
				}
			}
		}
	}
}
