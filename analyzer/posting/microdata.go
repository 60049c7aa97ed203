package posting

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// A syntax is a way of marking up items in the elements of a page. Microdata
// and RDFa differ in the names of their attributes only, as far as postings
// use them.
type syntax struct{ kind, prop, roots string }

var (
	microdata = syntax{kind: "itemtype", prop: "itemprop", roots: "[itemtype*='JobPosting']"}
	rdfa      = syntax{kind: "typeof", prop: "property", roots: "[typeof*='JobPosting']"}
)

// items returns the JobPosting items of a page in the shape of JSON-LD.
func (x syntax) items(doc *goquery.Document) []any {
	var out []any
	roots := map[*html.Node]bool{} // one within another belongs to it
	for _, n := range doc.Find(x.roots).Nodes {
		roots[n] = true
		if inside(roots, n.Parent) {
			continue
		}
		if v := x.item(n, 0); isType(v, "JobPosting") {
			out = append(out, v)
		}
	}
	if len(out) == 0 && x == microdata {
		// Some career sites name the properties but not the item.
		if doc.Find("[itemprop~='description']").Length() == 1 && doc.Find("[itemprop~='title']").Length() > 0 {
			v := item{"@type": "JobPosting"}
			x.properties(v, doc.Nodes[0], 0)
			out = append(out, v)
		}
	}
	return out
}

func (x syntax) item(n *html.Node, depth int) item {
	v := item{}
	var types []any
	for t := range strings.FieldsSeq(attr(n, x.kind)) {
		types = append(types, t)
	}
	v["@type"] = types
	x.properties(v, n, depth)
	return v
}

// inside reports whether n or an element around it is one of the set.
func inside(set map[*html.Node]bool, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if set[n] {
			return true
		}
	}
	return false
}

// nested is how many properties within each other are read: each holds the
// text of those in it.
const nested = 8

// properties adds the properties of the elements below n to v. An element may
// be a property, hold further properties of the same item, or be an item.
func (x syntax) properties(v item, n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		var names []string
		if depth < nested {
			names = strings.Fields(attr(c, x.prop))
		}
		depth := depth + min(len(names), 1)
		scope := has(c, "itemscope") && x == microdata || has(c, x.kind)
		if len(names) > 0 {
			var value any
			if scope && (x == rdfa || has(c, "itemscope")) {
				value = x.item(c, depth)
			} else {
				value = x.value(c)
			}
			for _, name := range names {
				add(v, lastName(name), value)
			}
		}
		if !scope {
			x.properties(v, c, depth)
		}
	}
}

func add(v item, name string, value any) {
	switch old := v[name].(type) {
	case nil:
		v[name] = value
	case []any:
		v[name] = append(old, value)
	default:
		v[name] = []any{old, value}
	}
}

// value is what an element says of its property: an attribute made for
// machines if it has one, else its text.
func (x syntax) value(n *html.Node) any {
	for _, key := range []string{"content", "datetime"} {
		if s := attr(n, key); s != "" {
			return s
		}
	}
	if s := attr(n, "href"); s != "" && (n.Data == "link" || n.Data == "a" && strings.Contains(attr(n, x.prop), "url")) {
		return s
	}
	if n.Data == "ul" || n.Data == "ol" || n.FirstChild != nil {
		return textRead(plain(nil, n))
	}
	return nil
}
