package phrase

import "math/bits"

// The walk is where the time goes, and in it, on real postings, the gaps: half
// of all words begin some pattern, and most patterns of the soft side go on
// with a gap behind a common word ("work .. users"). What was done about it, as
// visits of nodes in 290,000 words of postings: nodes that are hashed and not
// searched, and hints for pairs of words, left 1.4 million of the soft side's;
// a filter of the words that may follow a gap, in the gap's own edge and held
// against several tokens at once (run.go), left 276,000. Not done, for the sake
// of simplicity: to begin each pattern at its rarest word and walk both ways.
// Rejected: to keep with each word that begins a pattern the words and classes
// of which one must follow, in 64 bits; of common words all bits are set, and to
// look at them cost more than the visits that it saved.

// maxVisits bounds the nodes that are visited from one start. Postings need a
// few hundred at most; a text made to fool nested gaps loses matches behind it.
const maxVisits = 1 << 10

// A walk is the search of one automaton through one run of tokens.
type walk struct {
	*Run
	t      *automaton
	from   int32
	first  int // the hits of this start begin here
	visits int
	hits   []Hit
}

// all goes through the run.
func (w *walk) all() {
	root, digits := w.t.head(0), w.t.classes&(1<<number) != 0
	toks, hint := w.toks, w.t.hint
	for i := range toks {
		tok := &toks[i]
		if tok.begins&hint == 0 && i > 0 && !(digits && tok.Flags&Digits != 0) {
			continue
		}
		w.from, w.first, w.visits = int32(i), len(w.hits), 0
		if to := w.t.step(0, root, wordLabel(tok.Word, false)); to != 0 {
			w.visit(to, int32(i)+1)
		}
		if i == 0 || w.dict.opened(tok)&w.t.classes != 0 {
			w.specials(0, root, int32(i))
		}
	}
}

// visit goes on from a node that was reached before the token at.
func (w *walk) visit(n, at int32) {
	for {
		if w.visits++; w.visits > maxVisits {
			return
		}
		h := w.t.head(n)
		if h.specials() > 0 {
			w.specials(n, h, at)
		}
		if n = w.next(n, h, at); n == 0 {
			return
		}
		at++
	}
}

// next returns the node that a node leads to by the word at a place, or 0. Where
// there are two it visits the other.
func (w *walk) next(n int32, h head, at int32) int32 {
	if h.probes() == 0 || int(at) >= len(w.toks) {
		return 0
	}
	tok := &w.toks[at]
	if tok.Word == Unknown {
		return 0
	}
	to := w.t.step(n, h, wordLabel(tok.Word, false))
	if tok.Flags&Glued != 0 {
		if glued := w.t.step(n, h, wordLabel(tok.Word, true)); to == 0 {
			return glued
		} else if glued != 0 {
			w.visit(glued, at+1)
		}
	}
	return to
}

// specials follows the edges of a node that are not words.
func (w *walk) specials(n int32, h head, at int32) {
	for e, end := w.t.special(n, h); e < end; {
		x := w.t.nodes.pair(e)
		l, to := label(x), int32(x>>32)
		switch l.kind() {
		case acceptLabel:
			e = w.accept(e, end, at)
			continue
		case startLabel:
			if at == 0 {
				w.visit(to, at)
			}
		case endLabel:
			if at >= w.end {
				w.visit(to, at)
			}
		case gapLabel:
			w.gap(e, to, at, gapValue(l&^gapLabel))
		case classLabel:
			w.class(e, at)
		}
		e += l.size()
	}
}

// gap goes on after skipping some tokens. Its filter tells without a look at
// each of them where none of the words follows that may.
func (w *walk) gap(e, to, at int32, g gapValue) {
	w.look()
	last := w.reach(at, g.words())
	words := w.t.nodes.pair(e + 2)
	if g < gapClasses && w.set(at, last)&words == 0 {
		return
	}
	h := w.t.head(to)
	places := w.places[at:min(int(last)+1, len(w.toks))]
	if g&(gapClasses|gapAlways) == 0 {
		for i := range places {
			if places[i].bit&words != 0 {
				if n := w.next(to, h, at+int32(i)); n != 0 {
					w.visit(n, at+int32(i)+1)
				}
			}
		}
	} else {
		classes := uint64(0)
		if g&gapClasses != 0 {
			classes = w.t.nodes.pair(e + 4)
		}
		for i := range places {
			if places[i].bit&words != 0 || g&gapAlways != 0 || w.dict.opened(&w.toks[int(at)+i])&classes != 0 {
				w.visit(to, at+int32(i))
			}
		}
	}
	if end := max(at, w.end); g&gapAlways != 0 && int(last) == len(w.toks) {
		w.visit(to, last)
	} else if g&(gapAlways|gapEnds) == gapEnds && end <= last {
		w.visit(to, end)
	}
}

// class follows the edges of a node that are classes.
func (w *walk) class(e, at int32) {
	if int(at) >= len(w.toks) {
		return
	}
	classes := w.t.nodes.pair(e + 2)
	if w.dict.opened(&w.toks[at])&classes == 0 {
		return
	}
	found := w.members(at)
	open := uint64(0)
	for _, m := range found {
		open |= 1 << m.class
	}
	for open &= classes; open != 0; open &= open - 1 {
		class := bits.TrailingZeros64(open)
		to := int32(w.t.nodes.at(e + 4 + int32(bits.OnesCount64(classes&(1<<class-1)))))
		for _, m := range found {
			if m.class == uint8(class) {
				w.visit(to, at+int32(m.size))
			}
		}
	}
}

// accept keeps the matches that end here, if they may stand there, and returns
// the first edge behind theirs.
func (w *walk) accept(e, end, to int32) int32 {
	fits := to > w.from && w.bounded(to)
	known := len(w.hits)
	for ; e < end && label(w.t.nodes.at(e)) == acceptLabel; e += 2 {
		if fits {
			w.keep(int32(w.t.nodes.at(e+1)), to, known)
		}
	}
	return e
}

// keep adds a match to the hits, or makes one of the same start longer. Among
// those from known on none is of the same term and role, but for exact forms.
func (w *walk) keep(accept, to int32, known int) {
	term, form := w.t.accepts.at(accept), w.t.accepts.at(accept+1)
	if form != 0 {
		if !w.written(w.t.exact[form>>8:form>>8+form&maxExact], to) {
			return
		}
		known = len(w.hits)
	}
	id, role := int32(term>>2), Role(term&3)
	for i := w.first; i < known; i++ {
		if h := &w.hits[i]; h.Term == id && h.Role == role {
			h.To = max(h.To, to)
			return
		}
	}
	w.hits = append(w.hits, Hit{id, role, w.from, to})
}

// bounded applies the boundary rules: C is not found in C++, C#, R&D or
// C-level, net not in example.net, Node not in Node.js.
func (w *walk) bounded(to int32) bool {
	first, last := &w.toks[w.from], &w.toks[to-1]
	if first.Flags&Sign == 0 && w.from > 0 && first.Flags&Glued != 0 {
		if before := w.toks[w.from-1]; before.Flags&Sign != 0 {
			switch w.text[before.Start] {
			case '.', '#', '@', '&', '$', '%', '=', '\\':
				if before.Flags&Glued != 0 || w.text[before.Start] != '.' {
					return false
				}
			}
		}
	}
	if w.text[first.Start] == '.' && first.Flags&Glued != 0 && w.from > 0 && w.toks[w.from-1].Flags&Sign == 0 {
		return false // .NET in ASP.NET, when ASP.NET is not known
	}
	short := to-w.from == 1 && last.End-last.Start == 1
	if short && first.Flags&Hyphen != 0 {
		return false
	}
	if int(to) < len(w.toks) && last.Flags&Sign == 0 {
		after := w.toks[to]
		if short && after.Flags&Hyphen != 0 {
			return false
		}
		if after.Flags&Sign != 0 && after.Flags&Glued != 0 {
			switch w.text[after.Start] {
			case '+', '#':
				// "5+ years" and "A+" stand; C before ++ does not.
				return last.Flags&Digits != 0
			case '&':
				return !short
			case '.':
				return !(int(to)+1 < len(w.toks) && w.toks[to+1].Flags&(Glued|Sign) == Glued && w.toks[to+1].Flags&Capital == 0)
			}
		}
	}
	return true
}

// written reports whether the match is written as the form is, capitals and
// all, whatever joins the words.
func (w *walk) written(form string, to int32) bool {
	for i := w.from; i < to; i++ {
		s := w.text[w.toks[i].Start:w.toks[i].End]
		for len(form) > 0 && (form[0] == ' ' || form[0] == '-' || form[0] == '\'') {
			form = form[1:]
		}
		if len(form) < len(s) || form[:len(s)] != s {
			return false
		}
		form = form[len(s):]
	}
	return true
}
