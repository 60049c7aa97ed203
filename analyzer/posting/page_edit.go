package posting

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// mostStretches is far more than a posting has.
const mostStretches = 5000

// rewrite makes edits of the text that the source was read as.
func (s *source) rewrite(text string, edits []Edit) ([]Edit, bool) {
	ss := stretches(text)
	if len(ss) > mostStretches {
		return nil, false
	}
	s.locate(ss)
	glyphAt := s.places(ss)
	var out []Edit
	for _, e := range edits {
		made, ok := s.edit(text, e, glyphAt)
		if !ok {
			return nil, false
		}
		out = append(out, made...)
	}
	return out, true
}

// edit makes one edit of the text edits of the source.
func (s *source) edit(text string, e Edit, glyphAt map[int]int) ([]Edit, bool) {
	before := func(at int) int { // the glyph before a place
		for at--; at >= 0; at-- {
			if g, ok := glyphAt[at]; ok {
				return g
			}
			if utf8.RuneStart(text[at]) && !between(text[at:]) {
				break
			}
		}
		return -1
	}
	after := func(at int) int {
		for ; at < len(text); at++ {
			if g, ok := glyphAt[at]; ok {
				return g
			}
			if utf8.RuneStart(text[at]) && !between(text[at:]) {
				break
			}
		}
		return -1
	}
	said := strings.TrimSpace(e.Text)
	line := strings.TrimSpace(strings.TrimPrefix(said, "•"))
	switch {
	case e.Len() == 0 && strings.HasPrefix(e.Text, "\n"):
		g := before(e.Start)
		if g < 0 {
			return nil, false
		}
		return s.newLine(g, line, said, true), true
	case e.Len() == 0 && strings.HasSuffix(e.Text, "\n"):
		g := after(e.Start)
		if g < 0 {
			return nil, false
		}
		return s.newLine(g, line, said, false), true
	case e.Len() == 0:
		g := before(e.Start)
		if g < 0 {
			return nil, false
		}
		at := s.glyphs[g].end
		return []Edit{{Span{at, at}, s.escape(e.Text)}}, true
	}
	var gs []int
	for i := range text[e.Start:e.End] {
		g, ok := glyphAt[e.Start+i]
		if !ok && !between(text[e.Start+i:]) {
			return nil, false
		}
		if ok && (len(gs) == 0 || gs[len(gs)-1] != g) {
			gs = append(gs, g)
		}
	}
	if len(gs) == 0 {
		return nil, false
	}
	first, last := gs[0], gs[len(gs)-1]
	if b := s.glyphs[first].block; e.Text == "" && strings.HasPrefix(text[e.Start:], "\n") && b >= 0 && s.blocks[b].firstRune == first && s.blocks[b].endRune == last+1 {
		return []Edit{{Span{s.lineStart(s.blocks[b].start), s.blocks[b].end}, ""}}, true
	}
	var out []Edit
	for _, g := range gs {
		x := s.glyphs[g]
		if n := len(out) - 1; n >= 0 && x.start < out[n].End {
			return nil, false // the page has the words in another order
		} else if n >= 0 && blank(s.text[out[n].End:x.start]) {
			out[n].End = x.end
			continue
		} else if n >= 0 {
			out[n].End = s.skipBlanks(out[n].End)
		}
		out = append(out, Edit{Span: Span{x.start, x.end}})
	}
	to := 0
	if joins(text, e.End) { // the words go with the letters behind them
		to = len(out) - 1
	}
	out[to].Text = s.escape(e.Text)
	if strings.HasSuffix(text[e.Start:e.End], " ") { // it goes with the words
		n := len(out) - 1
		out[n].End = s.skipBlanks(out[n].End)
	}
	return out, true
}

// joins reports whether a place is within a word.
func joins(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}

// skipBlanks returns where the blanks at a place of the source end.
func (s *source) skipBlanks(at int) int {
	for at < len(s.text) {
		said, size := entities.next(s.text[at:])
		if strings.TrimSpace(said) != "" {
			break
		}
		at += size
	}
	return at
}

// between reports whether a text begins with what its reader may have put in:
// a blank, a bullet, the bar between two cells.
func between(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return !shows(r) || r == '•' || r == '|'
}

// blank reports whether nothing of the source shows; a tag does.
func blank(s string) bool { return strings.TrimSpace(html.UnescapeString(s)) == "" }

// lineStart is where the blanks before a place begin, so that what is taken out
// leaves no empty line.
func (s *source) lineStart(at int) int { return len(strings.TrimRight(s.text[:at], " \t\r\n")) }

// newLine puts a line behind the line that holds a glyph, or before it, as an
// element like that line's own; where the line is one of several that breaks
// part, it becomes one more. Said is the line with its sign.
func (s *source) newLine(g int, line, said string, behind bool) []Edit {
	b := s.glyphs[g].block
	put := func(at int, text string) []Edit { return []Edit{{Span{at, at}, text}} }
	broken := func(from, to int) int { // the first <br> in a range, or -1
		i, _ := slices.BinarySearch(s.breaks, from)
		if i < len(s.breaks) && s.breaks[i] < to {
			return s.breaks[i]
		}
		return -1
	}
	if s.byLine {
		if !behind {
			return put(strings.LastIndexByte(s.text[:s.glyphs[g].start], '\n')+1, s.escape(said)+"\n")
		}
		rest, _ := nextLine(s.text[s.glyphs[g].end:])
		return put(s.glyphs[g].end+len(rest), "\n"+s.escape(said))
	}
	if b < 0 {
		return put(s.glyphs[g].end, "<br>"+s.escape(said))
	}
	x := s.blocks[b]
	tag := func(x sourceBlock) string {
		if start := s.text[x.start:x.open]; !strings.Contains(start, " id=") { // an id stands once
			return start
		}
		return "<" + x.name + ">"
	}
	ends := behind && x.endRune == g+1 || !behind && x.firstRune == g
	switch li, ok := s.item(g, behind); {
	case ok && li != x && strings.HasPrefix(said, "•"):
		x = li
	case broken(x.open, x.close) >= 0 || !ends || x.name == "body" || x.name == "main" || x.name == "td" || x.name == "th":
		if !behind {
			return put(s.glyphs[g].start, s.escape(said)+"<br>")
		}
		end := broken(s.glyphs[g].end, x.close)
		if end < 0 && ends {
			end = x.close
		} else if end < 0 {
			end = s.glyphs[g].end
		}
		return put(end, "<br>"+s.escape(said))
	}
	before, after := s.dress(x)
	whole := tag(x) + before + s.escape(line) + after + "</" + x.name + ">"
	gap := s.text[s.lineStart(x.start):x.start]
	if !behind {
		return put(x.start, whole+gap)
	}
	return put(x.end, gap+whole)
}

// dress returns the tags that the whole text of an element is in, before and
// behind it: <p><span> and </span></p>. What means something is none of them: a
// link, emphasis, an id.
func (s *source) dress(x sourceBlock) (before, after string) {
	opened := tagsOf(s.text[x.open:s.glyphs[x.firstRune].start])
	closed := tagsOf(s.text[s.glyphs[x.endRune-1].end:x.close])
	slices.Reverse(closed)
	for i := 0; i < min(len(opened), len(closed)); i++ {
		name := elementName(opened[i][1:])
		if !strings.HasPrefix(closed[i], "</") || elementName(closed[i][2:]) != name || !neutral.has(name) || strings.Contains(opened[i], " id=") {
			break
		}
		before, after = before+opened[i], closed[i]+after
	}
	return before, after
}

// neutral elements are those around a line that only say how it looks.
var neutral = set{names: "p div span font"}

// tagsOf returns the tags in a piece of markup.
func tagsOf(markup string) (tags []string) {
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tags
		case html.TextToken:
		default:
			tags = append(tags, string(z.Raw()))
		}
	}
}

// item returns the innermost list item around a glyph, and whether it ends with
// it or, for what goes before, begins with it.
func (s *source) item(g int, behind bool) (sourceBlock, bool) {
	for _, x := range slices.Backward(s.blocks) {
		if x.name == "li" && x.firstRune <= g && g < x.endRune {
			return x, behind && x.endRune == g+1 || !behind && x.firstRune == g
		}
	}
	return sourceBlock{}, false
}
