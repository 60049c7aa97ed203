package phrase

// The walk is where the time goes, and in it, on real postings, the gaps: half
// of all words begin some pattern, and most patterns of the soft side go on
// with a gap behind a common word ("work .. users"). What was done about it, as
// visits of nodes in 290,000 words of postings: nodes that are hashed and not
// searched, and hints for pairs of words, left 1.4 million of the soft side's;
// a filter of the words that may follow a gap, in the gap's own edge and held
// against several tokens at once (run.go), left 350,000. Not done, for the sake
// of simplicity: to begin each pattern at its rarest word and walk both ways.

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
	root := w.t.head(0)
	digits := w.t.classes&(1<<number) != 0
	for i := range w.toks {
		tok, at := &w.toks[i], int32(i)
		if tok.begins&w.t.hint == 0 && i > 0 && !(digits && tok.Flags&Digits != 0) {
			continue
		}
		w.from, w.first, w.visits = at, len(w.hits), 0
		w.visit(w.t.root(tok.Word), at+1)
		if i == 0 || w.dict.opened(tok)&w.t.classes != 0 {
			w.specials(0, root, at)
		}
	}
}

// visit goes on from a node that was reached before the token at.
func (w *walk) visit(to, at int32) {
	for to != 0 {
		if w.visits++; w.visits > maxVisits {
			return
		}
		n, h := to, w.t.head(to)
		if h.specials() > 0 {
			w.specials(n, h, at)
		}
		if h.probes() == 0 || int(at) >= len(w.toks) {
			return
		}
		tok := &w.toks[at]
		if tok.Word == Unknown {
			return
		}
		at++
		to = w.t.step(n, h, wordLabel(tok.Word, false))
		if tok.Flags&Glued == 0 {
			continue
		}
		if glued := w.t.step(n, h, wordLabel(tok.Word, true)); to == 0 {
			to = glued
		} else {
			w.visit(glued, at)
		}
	}
}

// specials follows the edges of a node that are not words.
func (w *walk) specials(n int32, h head, at int32) {
	e, end := w.t.special(n, h)
	if e < end && label(w.t.nodes.at(e)) == acceptLabel {
		e = w.accept(e, end, at)
	}
	for e < end {
		x := w.t.nodes.pair(e)
		l, to, size := label(x), int32(x>>32), int32(2)
		switch l.kind() {
		case startLabel:
			if at == 0 {
				w.visit(to, at)
			}
		case endLabel:
			if int(at) == len(w.toks) {
				w.visit(to, at)
			}
		case gapLabel:
			g := gapValue(l &^ gapLabel)
			size = g.size()
			w.gap(e, to, at, g)
		case classLabel:
			if int(at) < len(w.toks) {
				w.class(e, end, at)
			}
			return // classes come last
		}
		e += size
	}
}

// gap goes on after skipping some tokens. Its filter tells without a look at
// each of them where none of the words follows that may.
func (w *walk) gap(e, to, at int32, g gapValue) {
	w.look()
	last := w.reach(at, g.words())
	words, classes := w.t.nodes.pair(e+2), uint64(0)
	if g < gapClasses && w.set(at, last)&words == 0 {
		return
	}
	if g&gapClasses != 0 {
		classes = w.t.nodes.pair(e + 4)
	}
	always := g&gapAlways != 0
	for ; at <= last && int(at) < len(w.toks); at++ {
		if w.places[at].bit&words != 0 || always || classes != 0 && w.dict.opened(&w.toks[at])&classes != 0 {
			w.visit(to, at)
		}
	}
	if at == last && (always || g&gapEnds != 0) {
		w.visit(to, at)
	}
}

// class follows the edges of a node that are classes.
func (w *walk) class(e, end, at int32) {
	opened := w.dict.opened(&w.toks[at])
	for e < end && opened>>(label(w.t.nodes.at(e))&^classLabel)&1 == 0 {
		e += 2
	}
	if e == end {
		return
	}
	found := w.members(at)
	for ; e < end && len(found) > 0; e += 2 {
		class := uint8(w.t.nodes.at(e) &^ uint32(classLabel))
		for _, m := range found {
			if m.class == class {
				w.visit(int32(w.t.nodes.at(e+1)), at+int32(m.size))
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
