package posting

import (
	"fmt"
	"html"
	"strings"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"
)

// isHTML accepts what begins with a tag, what is called HTML, and text with
// enough tags in it, unless its name says that it is text.
func isHTML(in *input) bool {
	if beginsWithTag(in.start) {
		return !in.named(".md", ".markdown", "text/markdown") || strings.Contains(strings.ToLower(in.start[:min(len(in.start), 1024)]), "<html")
	}
	if in.named(".txt", ".text", ".md", ".markdown", "text/markdown") {
		return false
	}
	return in.named(".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml") || hasTags(in.text, markup, 3)
}

func beginsWithTag(s string) bool {
	return len(s) > 1 && s[0] == '<' && (s[1] == '!' || s[1] == '/' || s[1]|0x20 >= 'a' && s[1]|0x20 <= 'z')
}

// isEscapedHTML accepts markup that was escaped once more than a page is, as
// exports of postings often hold it, whatever it is called.
func isEscapedHTML(in *input) bool {
	return in.begins("&lt;", "&amp;lt;", "&#60;") && hasEscapedTag(in.start) && !hasTags(in.text, markup, 1)
}

func readEscapedHTML(in *input) []Posting {
	for range 3 {
		if in.text = unescapeOnce(in.text); beginsWithTag(strings.TrimLeft(in.text, " \t\r\n")) {
			break
		}
	}
	return readHTML(in)
}

// readHTML reads a page: what it says of itself in JSON-LD, microdata or RDFa,
// and else its main content.
func readHTML(in *input) []Posting {
	root, whole := parse(in.text)
	if !whole {
		in.warnings = append(in.warnings, fmt.Sprintf("the page has more than %d tags: what follows them was not read", mostTags))
	}
	doc := goquery.NewDocumentFromNode(root)
	values := linkedData(doc)
	if len(values) == 0 {
		values = microdata.items(doc)
	}
	if len(values) == 0 {
		values = rdfa.items(doc)
	}
	ps := schemaPostings(in, values)
	if len(ps) == 0 {
		return []Posting{newContent(doc).posting(in)}
	}
	if len(ps) == 1 {
		complete(in, doc, &ps[0])
	}
	return ps
}

// complete adds to the one posting that a page describes what only the page
// itself says. A description that is empty or breaks off gives way to the
// page's content.
func complete(in *input, doc *goquery.Document, p *Posting) {
	if p.URL == "" {
		p.URL = address(in, doc)
	}
	defer stated(p)
	teaser := strings.HasSuffix(p.Text, "...") || strings.HasSuffix(p.Text, "…")
	if p.Text != "" && p.Title != "" && !teaser {
		return
	}
	page := newContent(doc)
	if p.Title == "" && page.title != nil {
		p.Title = oneLine(plain(nil, page.title))
	}
	if p.Text != "" && !teaser {
		return
	}
	if t := page.text(); letterCount(t) >= max(enough, 2*letterCount(p.Text)) {
		p.Warnings = append(p.Warnings, "the description in the page's data is empty or breaks off: the page's main content was read")
		p.Text, p.Problem = t, ""
	}
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
