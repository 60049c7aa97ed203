package posting

import (
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parse builds the tree of a page from the tokens of x/net/html. The library's
// own html.Parse is not used: it rejects pages nested deeper than 512, copies
// a text node for every stray tag beside it and reopens unclosed inline
// elements in every paragraph, so that 10 MB of hostile markup take hours or
// all memory. The tree here takes time and memory in proportion to the page;
// it closes what authors leave open (p, li, td, head) and knows no other
// repairs, which is enough to read a page's words in order. The second result
// is whether the whole page is in the tree.
func parse(page string) (*html.Node, bool) {
	t := &tree{doc: &html.Node{Type: html.DocumentNode}, open: map[string]int{}, deep: map[string]int{}}
	t.stack = append(t.stack, t.doc)
	z := html.NewTokenizer(strings.NewReader(page))
	for range mostTags {
		switch z.Next() {
		case html.ErrorToken:
			return t.doc, true
		case html.TextToken:
			if s := string(z.Text()); s != "" {
				t.top().AppendChild(&html.Node{Type: html.TextNode, Data: s})
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t.start(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			t.end(string(name))
		}
	}
	return t.doc, false
}

// mostTags bounds the memory that a page takes, some 250 bytes for each tag
// and each text between; real pages have some ten thousand.
const mostTags = 1 << 20

// deepest is how many elements may be open; those within are kept flat.
const deepest = 400

type tree struct {
	doc   *html.Node
	stack []*html.Node
	open  map[string]int // by name: elements on the stack
	deep  map[string]int // by name: elements too deep for the stack
}

func (t *tree) top() *html.Node { return t.stack[len(t.stack)-1] }

func (t *tree) start(tok html.Token) {
	name := tok.Data
	switch {
	case t.open["head"] > 0 && !inHead.has(name):
		t.close("head", nil)
	case name == "li":
		t.close("li", &lists)
	case name == "dt" || name == "dd":
		t.close("dt", &lists)
		t.close("dd", &lists)
	case name == "td" || name == "th":
		t.close("td", &tables)
		t.close("th", &tables)
	case name == "tr":
		t.close("tr", &tables)
	case name == "option":
		t.close("option", nil)
	case name == "a":
		t.close("a", &blocks)
	}
	if blocks.has(name) && name != "td" && name != "th" && name != "tr" {
		t.close("p", &cells)
	}
	n := &html.Node{Type: html.ElementNode, Data: name, DataAtom: tok.DataAtom, Attr: tok.Attr}
	t.top().AppendChild(n)
	switch {
	case void.has(name), tok.Type == html.SelfClosingTagToken && (tok.DataAtom == 0 || t.open["svg"] > 0):
	case len(t.stack) > deepest:
		t.deep[name]++
	default:
		t.stack = append(t.stack, n)
		t.open[name]++
	}
}

func (t *tree) end(name string) {
	switch {
	case t.deep[name] > 0:
		t.deep[name]--
	case blocks.has(name) && !cells.has(name) && !lists.has(name):
		t.close(name, &cells)
	case blocks.has(name):
		t.close(name, nil)
	default:
		t.close(name, &blocks)
	}
}

// close ends the innermost open element of that name, and all within it,
// unless an element of stop stands between.
func (t *tree) close(name string, stop *set) {
	if t.open[name] == 0 {
		return
	}
	for i := len(t.stack) - 1; i > 0; i-- {
		switch data := t.stack[i].Data; {
		case data == name:
			for _, n := range t.stack[i:] {
				t.open[n.Data]--
			}
			t.stack = t.stack[:i]
			return
		case stop.has(data):
			return
		}
	}
}

// A set is names between blanks. It is made when it is first asked, so that the
// program's start pays for none. The nil set is empty.
type set struct {
	names string
	once  sync.Once
	of    map[string]bool
}

func (s *set) has(name string) bool {
	if s == nil {
		return false
	}
	s.once.Do(func() {
		s.of = map[string]bool{}
		for n := range strings.FieldsSeq(s.names) {
			s.of[n] = true
		}
	})
	return s.of[name]
}

var (
	inHead = set{names: "title meta link script style base noscript template"}
	lists  = set{names: "ul ol dl menu"}
	tables = set{names: "table"}
	cells  = set{names: "td th table caption button template object"}
	void   = set{names: "area base br col embed hr img input link meta param source track wbr"}

	// blocks begin and end a line.
	blocks = set{names: `address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
		figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main menu nav ol optgroup option p
		pre search section select summary table tbody td template textarea tfoot th thead title tr ul`}
)

// attr returns the value of an element's attribute, or "".
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// heading returns the level of a heading element, or 0.
func heading(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(n.Data[1] - '0')
	}
	return 0
}
