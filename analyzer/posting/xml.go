package posting

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// Feeds in XML are read by the tokenizer that reads pages. It takes what is not
// well-formed as browsers take it (a bare "&", tags that are never closed or
// closed in another order), knows the entities of HTML and none of a document's
// own, so there is no entity to expand without end, and holds one token at a
// time. encoding/xml stops at the first fault of a feed: half of those seen
// have one.

// roots are the elements that XML with postings begins with; all others need
// an XML declaration, or a name that says so.
var roots = set{names: `rss rdf:rdf feed source jobs job workzag-jobs positions position vacancies urlset sitemapindex
	positionopening jobpositionposting jobfeed job-feed joblistings`}

func isXML(in *input) bool {
	root, declared := rootOf(in.start)
	switch root {
	case "", "html", "head", "body":
		return false
	}
	return roots.has(root) || (declared || in.named(".xml", ".rss", ".atom", "application/xml", "text/xml", "application/rss+xml", "application/atom+xml")) && !blocks.has(root)
}

// rootOf returns the name of the first element in lower case, if nothing but
// declarations and comments stands before it, and whether one of them is an
// XML declaration.
func rootOf(s string) (name string, declared bool) {
	if t := strings.TrimSpace(s); t != "" && t[0] != '<' {
		return "", false // plain text need not be tokenised to its first "<"
	}
	t := newTokens(strings.NewReader(s))
	for {
		switch t.z.Next() {
		case html.StartTagToken, html.SelfClosingTagToken:
			return t.named(t.z.Raw()[1:]).lower, declared
		case html.CommentToken:
			declared = declared || bytes.HasPrefix(t.z.Raw(), []byte("<?xml"))
		case html.TextToken:
			if len(bytes.TrimSpace(t.z.Raw())) > 0 && !declared { // an internal DTD is text here
				return "", false
			}
		case html.ErrorToken, html.EndTagToken:
			return "", declared
		}
	}
}

// readXML reads a feed, or says what other XML it is.
func readXML(in *input, yield func(Posting) bool) {
	switch root, _ := rootOf(in.start); root {
	case "urlset", "sitemapindex":
		readSitemap(in, yield)
	default:
		readFeed(in, root, yield)
	}
}

// An event is what the tokenizer meets in XML.
type event int

const (
	ended event = iota
	opened
	closed
	words
)

// tokens read XML.
type tokens struct {
	z     *html.Tokenizer
	name  tagName // of the element that opens or closes
	raw   []byte  // the token as written; valid until the next event
	void  bool    // the element closes at once
	names map[string]tagName
}

func newTokens(r io.Reader) *tokens {
	t := &tokens{z: html.NewTokenizer(r), names: map[string]tagName{}}
	t.z.SetMaxBuf(mostRecord)
	t.z.AllowCDATA(true)
	return t
}

func (t *tokens) next() event {
	for {
		kind := t.z.Next()
		t.z.NextIsNotRawText() // a title holds elements here
		t.raw = t.z.Raw()
		switch kind {
		case html.ErrorToken:
			return ended
		case html.StartTagToken, html.SelfClosingTagToken:
			t.name, t.void = t.named(t.raw[1:]), kind == html.SelfClosingTagToken
			return opened
		case html.EndTagToken:
			t.name = t.named(t.raw[2:])
			return closed
		case html.TextToken:
			return words
		}
	}
}

// text returns words without their escapes. It is valid until the next event,
// and raw is not after it.
func (t *tokens) text() []byte {
	if t.cdata() {
		return bytes.TrimSuffix(t.raw[len("<![CDATA["):], []byte("]]>"))
	}
	return t.z.Text()
}

func (t *tokens) cdata() bool { return bytes.HasPrefix(t.raw, []byte("<![CDATA[")) }

// err says why the tokens ended before the document did, or is nil.
func (t *tokens) err() error {
	if t.z.Err() == html.ErrBufferExceeded {
		return fmt.Errorf("a text or tag of more than %d MB", mostRecord>>20)
	}
	return nil
}

// attributes returns those of the element that opens.
func (t *tokens) attributes(each func(name, value string)) {
	_, more := t.z.TagName()
	for more {
		var name, value []byte
		name, value, more = t.z.TagAttr()
		each(string(name), string(value))
	}
}

// A tagName is an element's name as it is written, since users name elements as
// they see them, and as it is compared.
type tagName struct{ written, lower string }

// mostTagNames bounds the names that are remembered.
const mostTagNames = 4096

// named returns the name that a tag begins with.
func (t *tokens) named(tag []byte) tagName {
	end := 0
	for end < len(tag) && tag[end] > ' ' && tag[end] != '/' && tag[end] != '>' {
		end++
	}
	if name, ok := t.names[string(tag[:end])]; ok {
		return name
	}
	written := strings.Map(func(r rune) rune {
		if !visible(r) {
			return -1
		}
		return r
	}, string(tag[:end]))
	name := tagName{written, strings.ToLower(written)}
	if len(t.names) == mostTagNames {
		clear(t.names)
	}
	t.names[string(tag[:end])] = name
	return name
}

// readSitemap counts the addresses of a sitemap: there is no posting in it.
func readSitemap(in *input, yield func(Posting) bool) {
	n := 0
	t := newTokens(in.utf8())
	for e := t.next(); e != ended; e = t.next() {
		if e == opened && t.name.lower == "loc" {
			n++
		}
	}
	yield(Posting{Problem: fmt.Sprintf("sitemap: a list of %d addresses, no posting: give its URL, so that the pages are fetched, or save the pages", n)})
}
