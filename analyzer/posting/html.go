package posting

import (
	"html"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"
)

var closing = regexp.MustCompile(`(?i)</(p|li|ul|div|h[1-6]|td)>|<br ?/?>`)

// isHTML accepts what begins with a tag, what is called HTML, and text with
// enough tags in it, unless its name says that it is text.
func isHTML(in *input) bool {
	if len(in.start) > 1 && in.start[0] == '<' && (in.start[1] == '!' || in.start[1] == '/' || in.start[1]|0x20 >= 'a' && in.start[1]|0x20 <= 'z') {
		return !in.named(".md", ".markdown", "text/markdown") || strings.Contains(strings.ToLower(string(in.start[:min(len(in.start), 1024)])), "<html")
	}
	if in.named(".txt", ".text", ".md", ".markdown", "text/markdown") {
		return false
	}
	return in.named(".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml") || len(closing.FindAllStringIndex(in.text, 3)) == 3
}

// readHTML reads a page: what it says of itself in JSON-LD, microdata or RDFa,
// and else its main content.
func readHTML(in *input) []Posting {
	root := parse(in.text)
	doc := goquery.NewDocumentFromNode(root)
	page := newContent(doc)
	values := linkedData(doc)
	if len(values) == 0 {
		values = microdata.items(doc)
	}
	if len(values) == 0 {
		values = rdfa.items(doc)
	}
	ps := schemaPostings(in, values)
	if len(ps) == 0 {
		return []Posting{page.posting(in)}
	}
	if len(ps) == 1 {
		page.complete(in, &ps[0])
	}
	return ps
}

// linkedData returns the JSON-LD values that hold a JobPosting. The type
// attribute is compared as the parser decodes it: it may be written with
// entities.
func linkedData(doc *goquery.Document) []any {
	var values []any
	for _, n := range doc.Find("script[type]").Nodes {
		kind, _, _ := strings.Cut(strings.ToLower(attr(n, "type")), ";")
		if kind = strings.TrimSpace(html.UnescapeString(kind)); kind != "application/ld+json" || n.FirstChild == nil {
			continue
		}
		values = append(values, jsonValues(n.FirstChild.Data)...)
	}
	if len(jobPostings(values)) == 0 {
		return nil
	}
	return values
}

// attrOf returns an attribute of the first element that a selector finds.
func attrOf(doc *goquery.Document, selector, key string) string {
	s, _ := doc.Find(selector).First().Attr(key)
	return oneLine(s)
}

// unescapeOnce resolves one layer of entities.
func unescapeOnce(s string) string { return html.UnescapeString(s) }

// address is the page's own: canonical link, else og:url, else the URL it was
// read from.
func address(in *input, doc *goquery.Document) string {
	for _, link := range []string{attrOf(doc, "link[rel='canonical']", "href"), attrOf(doc, "meta[property='og:url']", "content")} {
		if link != "" {
			return resolve(in.Source, link)
		}
	}
	if strings.HasPrefix(in.Source, "http://") || strings.HasPrefix(in.Source, "https://") {
		return in.Source
	}
	return ""
}

// ancestor reports whether a is n or above it.
func ancestor(a, n *xhtml.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == a {
			return true
		}
	}
	return false
}
