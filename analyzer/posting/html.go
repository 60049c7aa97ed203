package posting

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"sync"

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
	return in.named(".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml") || hasTags(in.text, &markup, 3)
}

func beginsWithTag(s string) bool {
	return len(s) > 1 && s[0] == '<' && (s[1] == '!' || s[1] == '/' || s[1]|0x20 >= 'a' && s[1]|0x20 <= 'z')
}

// isEscapedHTML accepts markup that was escaped once more than a page is, as
// exports of postings often hold it, whatever it is called.
func isEscapedHTML(in *input) bool {
	return in.begins("&lt;", "&amp;lt;", "&#60;") && hasEscapedTag(in.start) && !hasTags(in.text, &markup, 1)
}

func readEscapedHTML(in *input) []Posting {
	for range 3 {
		if in.text = unescapeOnce(in.text); beginsWithTag(strings.TrimLeft(in.text, " \t\r\n")) {
			break
		}
	}
	return readHTML(in)
}

// readHTML reads a page: what it says of itself in JSON-LD, microdata, RDFa or
// the data of a well-known site's script, and else its main content.
func readHTML(in *input) []Posting {
	var site []any
	values := linkedData(in.text, &site)
	page := sync.OnceValue(func() *goquery.Document {
		root, whole := parse(in.text)
		if !whole {
			in.warnings = append(in.warnings, fmt.Sprintf("the page has more than %d tags: what follows them was not read", mostTags))
		}
		return goquery.NewDocumentFromNode(root)
	})
	for _, more := range []func() []any{
		func() []any { return microdata.items(page()) },
		func() []any { return rdfa.items(page()) },
		func() []any { return sitePostings(site) },
	} {
		if len(values) == 0 {
			values = more()
		}
	}
	ps := schemaPostings(in, values)
	if len(site) > 0 && len(ps) > 0 && !slices.ContainsFunc(ps, func(p Posting) bool { return p.Text != "" }) {
		return []Posting{{Markup: true, Problem: listing}}
	}
	if len(ps) == 0 {
		return []Posting{newContent(page()).posting(in)}
	}
	if len(ps) == 1 {
		complete(in, page, &ps[0])
	}
	return ps
}

// complete adds to the one posting that a page describes what only the page
// itself says. A description that is empty or breaks off gives way to the
// page's content.
func complete(in *input, doc func() *goquery.Document, p *Posting) {
	if p.URL == "" {
		p.URL = address(in)
	}
	defer stated(p)
	teaser := strings.HasSuffix(p.Text, "...") || strings.HasSuffix(p.Text, "…")
	if p.Text != "" && p.Title != "" && !teaser {
		return
	}
	page := newContent(doc())
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

// linkedData returns the JSON-LD values of a page that hold a JobPosting. The
// data of a well-known site, if its scripts hold any, goes to site.
func linkedData(page string, site *[]any) []any {
	var values []any
	for head := range headTags(page) {
		switch {
		case head.body == "":
		case scriptType(head.tag) == "application/ld+json":
			values = append(values, jsonValues(head.body)...)
		case len(*site) == 0:
			*site = siteValues(head.body)
		}
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

// ancestor reports whether a is n or above it.
func ancestor(a, n *xhtml.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == a {
			return true
		}
	}
	return false
}
