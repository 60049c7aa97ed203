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

// A source is markup, a page or a field, taken apart.
type source struct {
	text   string
	byLine bool                // its line ends part its lines: it has no elements that do
	escape func(string) string // writes words into it
	glyphs []glyph
	letter strings.Builder // the glyphs, as bytes
	starts []int           // by glyph: where it begins in letter
	blocks []sourceBlock
	breaks []int // places of <br>
}

// lineBlocks are the elements that make a line of their own.
var lineBlocks = set{names: "li p div td th dd dt h1 h2 h3 h4 h5 h6 section article blockquote main body"}

// readSource takes a field apart that may be markup or plain text.
func readSource(text string) *source {
	if !isMarkup(text) {
		s := &source{text: text, byLine: true, escape: func(words string) string { return words }}
		if hasEntity(text) {
			s.escape = asMarkup
		}
		s.read(0, len(text), -1)
		return s
	}
	s := takeApart(text)
	s.byLine = !hasTags(text, &layout, 1)
	return s
}

// takeApart takes markup apart.
func takeApart(text string) *source {
	s := &source{text: text, escape: asMarkup}
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

// shows reports whether a rune is more than a gap between others.
func shows(r rune) bool { return !unicode.IsSpace(r) && visible(r) }

// read notes the glyphs of a run of text.
func (s *source) read(from, to, block int) {
	for i := from; i < to; {
		end := i + 1
		for end < to && s.text[end]&0xC0 == 0x80 {
			end++
		}
		said := s.text[i:end]
		if s.text[i] == '&' {
			if x, size := entities.next(s.text[i:to]); size > 1 {
				said, end = x, i+size
			}
		}
		if strings.ContainsFunc(said, shows) {
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
				if i < bullet || !shows(r) {
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

// mostCompared bounds stretches times letters; a long page has a hundredth.
const mostCompared = 1 << 28

// locate finds the stretches in the source: in their order, and a part that
// stands elsewhere, as those of a page's microdata may, where it is the only one
// of its kind. Where that would take too long it finds none.
func (s *source) locate(ss []stretch) {
	if len(ss)*s.letter.Len() > mostCompared {
		return
	}
	s.align(ss, 0, s.letter.Len())
	all := s.letter.String()
	for i, x := range ss {
		if x.glyph >= 0 {
			continue
		}
		if at := strings.Index(all, x.letters); at >= 0 && !strings.Contains(all[at+1:], x.letters) {
			if g, ok := slices.BinarySearch(s.starts, at); ok {
				ss[i].glyph = g
			}
		}
	}
}

// places returns the glyph of each byte of the text that begins one.
func (s *source) places(ss []stretch) map[int]int {
	glyphAt := map[int]int{}
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
	return glyphAt
}
