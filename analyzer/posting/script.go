package posting

import (
	"encoding/json"
	"html"
	"iter"
	"strings"

	xhtml "golang.org/x/net/html"
)

// A headTag is a tag script, link or meta of a page, without its "<".
type headTag struct {
	tag  string
	body string // of a script
	at   int    // where the body begins in the page
}

// headTags yields the tags script, link and meta of a page, and what is in a
// script, without building the tree of the page: of a page that describes
// itself nothing else is read, at many times the speed.
func headTags(page string) iter.Seq[headTag] {
	size := len(page)
	return func(yield func(headTag) bool) {
		page := page
		for {
			i := strings.IndexByte(page, '<')
			if i < 0 {
				return
			}
			page = page[i:]
			if rest, ok := strings.CutPrefix(page, "<!--"); ok {
				_, page, _ = strings.Cut(rest, "-->")
				continue
			}
			page = page[1:]
			if page == "" || strings.IndexByte("slmSLM", page[0]) < 0 {
				continue
			}
			name := elementName(page)
			if name != "script" && name != "link" && name != "meta" {
				continue
			}
			tag, body := page[:tagEnd(page)], ""
			page = page[len(tag):]
			at := size - len(page)
			if name == "script" {
				body = page[:scriptEnd(page)]
				page = page[len(body):]
			}
			if !yield(headTag{tag, body, at}) {
				return
			}
		}
	}
}

// tagEnd returns where the tag that s is in ends, behind its '>'.
func tagEnd(s string) int {
	var quote byte
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			if i > 0 && s[i-1] == '=' {
				quote = c
			}
		case c == '>':
			return i + 1
		}
	}
	return len(s)
}

// scriptEnd returns where a script ends.
func scriptEnd(s string) int {
	for i := 0; ; {
		n := strings.Index(s[i:], "</")
		if n < 0 {
			return len(s)
		}
		if i += n; len(s) >= i+8 && strings.EqualFold(s[i+2:i+8], "script") {
			return i
		}
		i += 2
	}
}

// valueOf returns an attribute of a tag as a browser reads it: it may be
// written with entities (ld&#x2B;json).
func valueOf(tag, key string) string {
	z := xhtml.NewTokenizer(strings.NewReader("<" + tag))
	z.Next()
	for more := true; more; {
		var name, value []byte
		if name, value, more = z.TagAttr(); string(name) == key {
			return oneLine(string(value))
		}
	}
	return ""
}

// scriptType returns the type of a script's tag.
func scriptType(tag string) string {
	kind, _, _ := strings.Cut(strings.ToLower(valueOf(tag, "type")), ";")
	return strings.TrimSpace(html.UnescapeString(kind))
}

// address is the page's own: canonical link, else og:url, else the URL it was
// read from.
func address(in *input) string {
	var canonical, shared string
	for head := range headTags(in.text) {
		tag := head.tag
		switch {
		case canonical == "" && strings.Contains(tag, "canonical") && strings.EqualFold(valueOf(tag, "rel"), "canonical"):
			canonical = valueOf(tag, "href")
		case shared == "" && strings.Contains(tag, "og:url") && valueOf(tag, "property") == "og:url":
			shared = valueOf(tag, "content")
		}
	}
	for _, link := range []string{canonical, shared} {
		if link != "" {
			return resolve(in.Source, link)
		}
	}
	if strings.HasPrefix(in.Source, "http://") || strings.HasPrefix(in.Source, "https://") {
		return in.Source
	}
	return ""
}

// siteData are the variables in which the pages of well-known sites keep their
// postings: Paylocity, Phenom, Apple.
var siteData = []string{"window.pageData", "phApp.ddo", "window.__staticRouterHydrationData"}

// siteValues returns what a page's script keeps in one of these variables.
func siteValues(script string) []any {
	for _, name := range siteData {
		i := strings.Index(script, name)
		if i < 0 {
			continue
		}
		value, ok := strings.CutPrefix(strings.TrimLeft(script[i+len(name):], " \t\r\n"), "=")
		if !ok {
			continue
		}
		value = strings.TrimLeft(value, " \t\r\n")
		if quoted, ok := strings.CutPrefix(value, "JSON.parse("); ok {
			value = ""
			_ = json.NewDecoder(strings.NewReader(quoted)).Decode(&value)
		}
		if vs, _ := decodeJSON(value); len(vs) > 0 {
			return vs[:1]
		}
	}
	return nil
}

// sitePostings returns the objects in values that are postings, as nodes of
// schema.org. Objects that only name a posting, as those of a list do, have no
// description.
func sitePostings(values []any) []any {
	var found []any
	left := 1 << 16 // values that may be looked at
	var look func(v any, depth int)
	look = func(v any, depth int) {
		if left--; left < 0 || depth > 64 {
			return
		}
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				look(e, depth+1)
			}
		case item:
			if title := first(v, "JobTitle", "postingTitle", "title"); title != nil && first(v, "JobId", "positionId", "jobId") != nil {
				found = append(found, siteNode(v, title))
				return
			}
			for _, e := range inOrder(v) {
				look(e, depth+1)
			}
		}
	}
	look(values, 0)
	return found
}

// siteParts are the texts of a posting in such data, under the headings that
// the sites give them.
var siteParts = []struct{ head, key string }{
	{"", "Description"}, {"", "description"}, {"Responsibilities", "responsibilities"},
	{"Minimum Qualifications", "minimumQualifications"}, {"Preferred Qualifications", "preferredQualifications"},
}

func siteNode(v item, title any) item {
	var texts []section
	for _, part := range siteParts {
		if s, ok := v[part.key].(string); ok {
			text, _, _ := repaired(s)
			texts = append(texts, section{part.head, text})
		}
	}
	node := item{"@type": "JobPosting", "title": title, "description": textRead(join(texts)),
		"datePosted": first(v, "PublishedDate", "postedDate", "postDateInGMT"), "identifier": first(v, "JobId", "positionId", "jobId")}
	var places []any
	for _, p := range append(list(first(v, "JobLocation", "location")), list(v["locations"])...) {
		if n, ok := p.(item); ok {
			p = item{"addressLocality": first(n, "City", "city"), "addressRegion": first(n, "State", "stateProvince"), "addressCountry": first(n, "Country", "countryName")}
		}
		places = append(places, p)
	}
	node["jobLocation"] = places
	return node
}

// first returns the first of the named values that is there.
func first(v item, keys ...string) any {
	for _, k := range keys {
		if v[k] != nil && v[k] != "" {
			return v[k]
		}
	}
	return nil
}
