package posting

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// A page is edited in its source. What a visitor sees is read from it letter by
// letter, each with its place; the lines of the posting's text are looked for
// among the letters; an edit of the text is then made at the places of its
// letters. Tags stay where they are. A new line of a list becomes an element
// like the one before it.

// A glyph is a visible character with its place in the source.
type glyph struct {
	start, end int
	block      int // the innermost element that makes a line, or -1
}

// A sourceBlock is an element that makes a line of its own.
type sourceBlock struct {
	name               string
	start, open        int // of the start tag
	close, end         int // of the end tag; equal where there is none
	firstRune, endRune int // its glyphs
}

// A source is a page's own text, taken apart.
type source struct {
	text   string
	glyphs []glyph
	letter strings.Builder // the glyphs, as bytes
	starts []int           // by glyph: where it begins in letter
	blocks []sourceBlock
	breaks []int // places of <br>
}

// lineBlocks are the elements that make a line of their own.
var lineBlocks = set{names: "li p div td th dd dt h1 h2 h3 h4 h5 h6 section article blockquote main body"}

func takeApart(text string) *source {
	s := &source{text: text}
	z := html.NewTokenizer(strings.NewReader(text))
	at := 0
	var open []int // of blocks
	unseen := ""
	shut := func(i, from, to int) {
		b := &s.blocks[i]
		b.close, b.end, b.endRune = from, to, len(s.glyphs)
	}
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		from := at
		at += len(z.Raw())
		switch kind {
		case html.TextToken:
			if unseen == "" {
				block := -1
				if len(open) > 0 {
					block = open[len(open)-1]
				}
				s.read(from, at, block)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			b, _ := z.TagName()
			name := string(b)
			switch {
			case name == "br":
				s.breaks = append(s.breaks, from)
			case kind == html.StartTagToken && slices.Contains([]string{"script", "style", "noscript", "template", "title", "textarea"}, name):
				unseen = name
			case lineBlocks.has(name) && kind == html.StartTagToken:
				for n := len(open) - 1; n >= 0 && (s.blocks[open[n]].name == "p" || name == "li" && s.blocks[open[n]].name == "li" && !s.listBetween(open[n], from)); n-- {
					shut(open[n], from, from)
					open = open[:n]
				}
				open = append(open, len(s.blocks))
				s.blocks = append(s.blocks, sourceBlock{name: name, start: from, open: at, firstRune: len(s.glyphs)})
			}
		case html.EndTagToken:
			b, _ := z.TagName()
			name := string(b)
			if name == unseen {
				unseen = ""
			}
			if i := lastOf(open, func(k int) bool { return s.blocks[k].name == name }); lineBlocks.has(name) && i >= 0 {
				for n := len(open) - 1; n > i; n-- {
					shut(open[n], from, from)
				}
				shut(open[i], from, at)
				open = open[:i]
			} else if name == "ul" || name == "ol" {
				for n := len(open) - 1; n >= 0 && s.blocks[open[n]].name == "li" && !s.listBetween(open[n], from); n-- {
					shut(open[n], from, from)
					open = open[:n]
				}
			}
		}
	}
	for _, i := range open {
		shut(i, at, at)
	}
	return s
}

// listBetween reports whether a list is open within an element at a place.
func (s *source) listBetween(block, at int) bool {
	within := strings.ToLower(s.text[s.blocks[block].open:at])
	return strings.Count(within, "<ul")+strings.Count(within, "<ol") > strings.Count(within, "</ul")+strings.Count(within, "</ol")
}

func lastOf(all []int, is func(int) bool) int {
	for i := len(all) - 1; i >= 0; i-- {
		if is(all[i]) {
			return i
		}
	}
	return -1
}

// longestEntity is longer than any name between & and ;.
const longestEntity = 40

// read notes the glyphs of a run of text.
func (s *source) read(from, to, block int) {
	for i := from; i < to; {
		end := i + 1
		for end < to && s.text[end]&0xC0 == 0x80 {
			end++
		}
		said := s.text[i:end]
		if s.text[i] == '&' {
			if n := strings.IndexByte(s.text[i:min(to, i+longestEntity)], ';'); n > 0 {
				if x := html.UnescapeString(s.text[i : i+n+1]); x != s.text[i:i+n+1] {
					said, end = x, i+n+1
				}
			}
		}
		if strings.ContainsFunc(said, func(r rune) bool { return !unicode.IsSpace(r) && r != '\u00ad' }) {
			s.starts = append(s.starts, s.letter.Len())
			s.letter.WriteString(said)
			s.glyphs = append(s.glyphs, glyph{i, end, block})
		}
		i = end
	}
}

// A stretch is a part of a line of the posting's text, without blanks, and the
// glyph that it begins with, or -1.
type stretch struct {
	letters string
	places  []int // by byte of letters: where it stands in the text
	glyph   int
}

// stretches parts the posting's text at line ends and at what its reader puts
// in: bullets, and bars between cells.
func stretches(text string) []stretch {
	var out []stretch
	at := 0
	for line := range strings.Lines(text) {
		for rest := line; rest != ""; {
			cell, more, cut := strings.Cut(rest, " | ")
			size := len(cell)
			if cut {
				size += len(" | ")
			}
			var b strings.Builder
			var places []int
			trimmed := strings.TrimLeft(cell, " \t")
			bullet := len(cell) - len(trimmed)
			if strings.HasPrefix(trimmed, "• ") {
				bullet += len("• ")
			}
			for i, r := range cell {
				if i < bullet || unicode.IsSpace(r) || r == '\u00ad' {
					continue
				}
				for k := range len(string(r)) {
					places = append(places, at+i+k)
				}
				b.WriteRune(r)
			}
			if b.Len() > 0 {
				out = append(out, stretch{b.String(), places, -1})
			}
			at += size
			rest = more
		}
	}
	return out
}

// align finds the stretches among the letters [lo, hi), the longest first,
// since short ones may stand in several places; those around it are then looked
// for on either side.
func (s *source) align(ss []stretch, lo, hi int) {
	all := s.letter.String()
	order := make([]int, len(ss))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(ss[b].letters), len(ss[a].letters)) })
	for _, i := range order {
		n := strings.Index(all[lo:hi], ss[i].letters)
		if n < 0 {
			continue
		}
		from := lo + n
		g, ok := slices.BinarySearch(s.starts, from)
		if !ok {
			continue
		}
		ss[i].glyph = g
		s.align(ss[:i], lo, from)
		s.align(ss[i+1:], from+len(ss[i].letters), hi)
		return
	}
}

// mostStretches is far more than a posting has.
const mostStretches = 5000

// rewriteHTML makes edits of a posting's text in the page it was read from. It
// returns nil where a place cannot be found.
func rewriteHTML(document, text string, edits []Edit) []byte {
	s := takeApart(document)
	ss := stretches(text)
	if len(ss) > mostStretches {
		return nil
	}
	s.align(ss, 0, s.letter.Len())
	glyphAt := map[int]int{} // by byte of the text
	for _, x := range ss {
		if x.glyph < 0 {
			continue
		}
		base := s.starts[x.glyph]
		for i, place := range x.places {
			if g, ok := slices.BinarySearch(s.starts, base+i); ok {
				glyphAt[place] = g
			}
		}
	}
	var out []Edit
	for _, e := range edits {
		made, ok := s.edit(text, e, glyphAt)
		if !ok {
			return nil
		}
		out = append(out, made...)
	}
	slices.SortStableFunc(out, func(a, b Edit) int { return cmp.Compare(a.Start, b.Start) })
	return []byte(Edited(document, out))
}

// edit makes one edit of the text edits of the source.
func (s *source) edit(text string, e Edit, glyphAt map[int]int) ([]Edit, bool) {
	before := func(at int) int { // the last glyph before a place
		for at--; at >= 0; at-- {
			if g, ok := glyphAt[at]; ok {
				return g
			}
		}
		return -1
	}
	after := func(at int) int {
		for ; at < len(text); at++ {
			if g, ok := glyphAt[at]; ok {
				return g
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
		return []Edit{{Span{at, at}, html.EscapeString(e.Text)}}, true
	}
	var gs []int
	for at := e.Start; at < e.End; at++ {
		if g, ok := glyphAt[at]; ok && (len(gs) == 0 || gs[len(gs)-1] != g) {
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
		if n := len(out) - 1; n >= 0 && blank(s.text[out[n].End:x.start]) {
			out[n].End = x.end
			continue
		}
		out = append(out, Edit{Span: Span{x.start, x.end}})
	}
	out[0].Text = html.EscapeString(e.Text)
	// A blank taken out behind the words goes with them.
	if strings.HasSuffix(text[e.Start:e.End], " ") {
		end := &out[len(out)-1].End
		rest := s.text[*end:]
		*end += len(rest) - len(strings.TrimLeft(rest, " \t\r\n"))
	}
	return out, true
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
	if b < 0 {
		return put(s.glyphs[g].end, "<br>"+html.EscapeString(said))
	}
	x := s.blocks[b]
	if broken(x.open, x.close) >= 0 || x.name == "body" || x.name == "main" || x.name == "td" || x.name == "th" {
		if !behind {
			return put(s.glyphs[g].start, html.EscapeString(said)+"<br>")
		}
		end := broken(s.glyphs[g].end, x.close)
		if end < 0 {
			end = x.close
		}
		return put(end, "<br>"+html.EscapeString(said))
	}
	start := s.text[x.start:x.open]
	if i := strings.Index(start, " id="); i > 0 { // an id stands once
		start = "<" + x.name + ">"
	}
	whole := start + html.EscapeString(line) + "</" + x.name + ">"
	gap := s.text[s.lineStart(x.start):x.start]
	if !behind {
		return put(x.start, whole+gap)
	}
	return put(x.end, gap+whole)
}
