package phrase

import "slices"

// A Run is a run of tokens in which several tries are looked for: what every
// search needs to know of the tokens is found once. Its memory is used again
// by Reset. It is for one goroutine.
type Run struct {
	dict   *Dict
	toks   []Token
	text   string
	end    int32       // where the words end; behind it stand at most the signs that close a statement
	looked bool        // places and words are made: only gaps and classes need them
	places []place     // by token; then that behind the last, and some without a token
	words  []int32     // the places of the words, up to the end of it
	ends   []memberEnd // of the members of classes, by place
	hits   []Hit       // of Whole
}

// A place is what is known of one token.
type place struct {
	bit, near uint64 // filter bits: its own, and those of it and the three behind
	word      int32  // where the first word not before it stands in words
	stop      int32  // the last place that a gap may reach from here: the end of the clause
	ends      int32  // where its members of classes stand in ends
	members   uint8  // how many
	known     bool   // they were found
}

// near is how many places a place knows the bits of.
const near = 4

// Reset makes r a run of tokens of a text.
func (r *Run) Reset(d *Dict, toks []Token, text string) {
	r.dict, r.toks, r.text, r.looked = d, toks, text, false
	r.end = closed(toks)
}

// closed returns the tokens of a run without the signs that end its last clause: "patience."
// ends as "patience" does.
func closed(toks []Token) int32 {
	n := len(toks)
	for n > 0 && toks[n-1].Flags&Break != 0 {
		n--
	}
	return int32(n)
}

// Find is that of the trie.
func (r *Run) Find(dst []Hit, t *Trie) []Hit {
	w := walk{t: &t.automaton, Run: r, hits: dst}
	w.all()
	return w.hits
}

// Whole returns the term of a trie with a form that is the whole of the run, or
// nil.
func (r *Run) Whole(t *Trie) *Term {
	r.hits = r.Find(r.hits[:0], t)
	for _, h := range r.hits {
		if h.Role == Form && h.From == 0 && int(h.To) == len(r.toks) {
			return t.Term(h.Term)
		}
	}
	return nil
}

// Members appends the token ranges of the members of a class, leftmost longest.
func (r *Run) Members(dst []Hit, class string) []Hit {
	c, ok := r.dict.classes[class]
	if !ok {
		return dst
	}
	for i := int32(0); int(i) < len(r.toks); {
		end := i
		if r.dict.opened(&r.toks[i])>>c&1 != 0 {
			for _, m := range r.members(i) {
				if m.class == uint8(c) {
					end = max(end, i+int32(m.size))
				}
			}
		}
		if end > i {
			dst = append(dst, Hit{From: i, To: end})
			i = end
		} else {
			i++
		}
	}
	return dst
}

// look makes places and words, from the end to the beginning.
func (r *Run) look() {
	if r.looked {
		return
	}
	r.looked = true
	end := len(r.toks)
	r.places, r.words, r.ends = slices.Grow(r.places[:0], end+near)[:end+near], slices.Grow(r.words[:0], end)[:end], r.ends[:0]
	stop, word := int32(end), int32(end)
	for i := range r.places[end:] {
		r.places[end+i] = place{word: word, stop: stop}
	}
	var b1, b2, b3 uint64 // of the three behind
	for i := end - 1; i >= 0; i-- {
		tok, p := &r.toks[i], &r.places[i]
		switch {
		case tok.Flags&Sign == 0:
			word--
			r.words[word] = int32(i)
		case tok.Flags&Break != 0 && !r.inner(i):
			stop = int32(i)
		}
		b := filterBit(tok.Word)
		p.bit, p.near, p.word, p.stop, p.known = b, b|b1|b2|b3, word, stop, false
		b1, b2, b3 = b, b1, b2
	}
}

// inner reports whether the sign at i stands inside a word, as the stop of
// Node.js does.
func (r *Run) inner(i int) bool {
	return i+1 < len(r.toks) && r.toks[i+1].Flags&Glued != 0 && r.toks[i].Flags&Glued != 0
}

// reach returns the last place that may stand behind a gap of n words: it holds
// up to n words and 3n+2 tokens in all, none of which ends a clause.
func (r *Run) reach(at, n int32) int32 {
	p := &r.places[at]
	last := min(p.stop, at+3*n+2)
	if i := int(p.word + n); i < len(r.words) {
		last = min(last, r.words[i])
	}
	return last
}

// set returns the filter bits of the places from at to last, and maybe of some
// behind.
func (r *Run) set(at, last int32) uint64 {
	set := r.places[at].near
	for at += near; at <= last; at += near {
		set |= r.places[at].near
	}
	return set
}

// members returns the members of classes that begin at a place.
func (r *Run) members(at int32) []memberEnd {
	r.look()
	p := &r.places[at]
	if !p.known {
		p.known, p.members = true, 0
		if tok := &r.toks[at]; tok.begins&(1<<members) != 0 || tok.Flags&Digits != 0 {
			var b begun
			r.dict.begun(&b, r.toks, at)
			p.ends, p.members = int32(len(r.ends)), b.n
			r.ends = append(r.ends, b.ends[:b.n]...)
		}
	}
	return r.ends[p.ends : p.ends+int32(p.members)]
}
