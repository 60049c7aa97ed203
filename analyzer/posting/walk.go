package posting

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// bullet begins the line of a list item.
const bullet = "• "

// unseen elements hold nothing that a reader of the page would read.
var unseen = set{names: `script style head template noscript svg math iframe object embed canvas audio video select option textarea
	input datalist map noembed noframes title`}

// plain returns the text of the nodes as a reader of the page sees it: blocks
// on lines of their own, list items as bullets, table cells apart, blanks
// collapsed. Elements for which skip is true are left out.
func plain(skip func(*html.Node) bool, nodes ...*html.Node) string {
	w := &writer{skip: skip}
	for _, n := range nodes {
		w.node(n)
		w.lines(1)
	}
	return strings.TrimSpace(w.b.String())
}

// fragment returns the text of a piece of markup, such as a description field.
// Where the piece has no block elements, its line breaks are its layout.
func fragment(s string) string {
	w := &writer{}
	if !hasTags(s, &layout, 1) {
		w.pre++
	}
	root, whole := parse(s)
	w.node(root)
	if !whole {
		w.word("…") // as any text that breaks off
	}
	return strings.TrimSpace(w.b.String())
}

// A writer turns nodes to text. Blanks, line ends and bullets are owed until
// something visible follows, so none is written twice or at an end of line.
type writer struct {
	b     strings.Builder
	skip  func(*html.Node) bool
	owed  int    // line ends, at most 2
	blank bool   // a blank
	mark  string // a bullet or the bar between two cells
	items int    // list items around
	pre   int    // elements around in which line ends count
	bold  int    // emphasis around
	heads int    // headings around
	glue  bool   // bold text has just ended, without a blank after it
}

func (w *writer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.DocumentNode:
		w.children(n)
	case html.ElementNode:
		if !hidden(n) && (n.Data != "button" || w.heads > 0) && (w.skip == nil || !w.skip(n)) {
			w.element(n)
		}
	}
}

func (w *writer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *writer) element(n *html.Node) {
	switch n.Data {
	case "br":
		w.owed, w.blank = min(w.owed+1, 2), false
	case "hr":
		w.lines(2)
	case "li":
		w.lines(1)
		w.mark = bullet
		w.items++
		w.children(n)
		w.items--
		w.mark = ""
		w.lines(1)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.lines(2)
		w.heads++
		w.children(n)
		w.heads--
		w.lines(1)
	case "p", "ul", "ol", "dl", "table", "blockquote":
		if n.Data == "p" && alone(n) && cells.has(n.Parent.Data) {
			w.children(n) // the whole of a table's cell
			return
		}
		w.lines(2)
		w.children(n)
		w.lines(2)
	case "td", "th":
		if w.owed == 0 && w.b.Len() > 0 && w.mark == "" {
			w.mark = " | "
		}
		w.children(n)
	case "pre":
		w.lines(2)
		w.pre++
		w.children(n)
		w.pre--
		w.lines(2)
	case "b", "strong":
		w.emphasis(n)
	default:
		if !blocks.has(n.Data) {
			w.children(n)
			return
		}
		w.lines(1)
		w.children(n)
		w.lines(1)
	}
}

// alone reports whether an element is the only one in its parent, blanks
// aside. It looks at its neighbours alone: a parent may have a million children.
func alone(n *html.Node) bool {
	only := func(s *html.Node) bool {
		return s == nil || s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" && (s.PrevSibling == nil || s.NextSibling == nil)
	}
	return n.Parent != nil && only(n.PrevSibling) && only(n.NextSibling)
}

// emphasis writes bold text. Authors set headings in bold and glue them to the
// sentence before or the text after; such a heading gets its own line.
func (w *writer) emphasis(n *html.Node) {
	if w.bold == 0 && w.owed == 0 && !w.blank && w.mark == "" {
		if r, _ := utf8.DecodeLastRuneInString(w.tail()); strings.ContainsRune(".!?;", r) && w.b.Len() > 0 {
			w.lines(1)
		}
	}
	line := w.owed > 0 || w.b.Len() == 0 || w.glue
	w.bold++
	w.children(n)
	w.bold--
	w.glue = line && w.bold == 0 && w.owed == 0 && !w.blank
}

// tail is the end of what is written.
func (w *writer) tail() string {
	s := w.b.String()
	return s[max(0, len(s)-utf8.UTFMax):]
}

// lines owes n line ends before the next text; within a list item never an
// empty line.
func (w *writer) lines(n int) {
	if w.items > 0 {
		n = min(n, 1)
	}
	if w.mark == bullet && w.items > 0 {
		return // the item has not begun
	}
	if w.mark == " | " {
		w.mark = ""
	}
	w.owed, w.blank = max(w.owed, n), false
}

func (w *writer) text(s string) {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == '\n' && w.pre > 0, r == '\u2028', r == '\u2029', r == '\v' && w.pre > 0:
			w.owed, w.blank = min(w.owed+1, 2), false
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			w.blank = true
		case !visible(r) || r == utf8.RuneError && n == 1:
		default:
			n = wordEnd(s, n)
			w.word(s[:n])
		}
		s = s[n:]
	}
}

// wordEnd returns the end of the run of plain visible runes that begins s.
func wordEnd(s string, n int) int {
	for n < len(s) {
		if c := s[n]; c < utf8.RuneSelf {
			if c <= ' ' || c == 0x7F {
				return n
			}
			n++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		if unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) || !visible(r) || r == utf8.RuneError {
			return n
		}
		n += size
	}
	return n
}

// visible reports whether a rune is written at all: control characters, soft
// hyphens, zero-width blanks and marks of direction are not.
func visible(r rune) bool {
	return !unicode.IsControl(r) && r != '\u00AD' && r != '\u200B' && r != '\u2060' && r != '\uFEFF' && r != '\u200E' && r != '\u200F'
}

func (w *writer) word(s string) {
	if w.mark == bullet && strings.Trim(s, "•·▪●◦‣-–*") == "" {
		return // the author's own bullet within the item
	}
	if w.glue {
		if r, _ := utf8.DecodeRuneInString(s); w.owed == 0 && !w.blank && unicode.IsUpper(r) {
			w.owed = 1
		}
		w.glue = false
	}
	if w.b.Len() > 0 {
		for range w.owed {
			w.b.WriteByte('\n')
		}
		if w.owed == 0 && w.blank && w.mark == "" {
			w.b.WriteByte(' ')
		}
	}
	w.b.WriteString(w.mark)
	w.b.WriteString(s)
	w.owed, w.blank, w.mark = 0, false, ""
}

// hidden reports whether the page does not show an element.
func hidden(n *html.Node) bool {
	if unseen.has(n.Data) {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			s := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		case "class":
			for c := range strings.FieldsSeq(a.Val) {
				if c == "sr-only" || c == "visually-hidden" || c == "screen-reader-text" {
					return true
				}
			}
		}
	}
	return false
}
