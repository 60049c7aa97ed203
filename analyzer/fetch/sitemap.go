package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Bounds of a sitemap: an index is followed to as many sitemaps.
const mostSitemaps = 50

// sitemap is what a sitemap lists of a site's postings.
type sitemap struct {
	url   *url.URL
	pages []*url.URL
	err   error // of a sitemap in an index, or that there is no posting
}

// sitemap reads an answer that is a sitemap, or an index of them.
func (c *Client) sitemap(ctx context.Context, a *answer) (*sitemap, bool) {
	root, locs := c.locations(a)
	if root == "" {
		return nil, false
	}
	m := &sitemap{url: a.url}
	if root == "sitemapindex" {
		locs = c.index(ctx, m, locs)
	}
	already := map[string]bool{}
	n := 0
	for _, loc := range locs {
		u, ok := located(a.url, loc)
		if !ok {
			continue
		}
		n++
		if looksLikePosting(u) && !already[u.String()] && len(m.pages) < mostPostings {
			already[u.String()] = true
			m.pages = append(m.pages, u)
		}
	}
	if len(m.pages) == 0 && m.err == nil {
		m.err = &Error{URL: show(a.url), Kind: NoPostings, Err: fmt.Errorf("none of its %d addresses looks like one", n)}
	}
	return m, true
}

// index reads the sitemaps of an index: those named for postings if there are
// any, and else all.
func (c *Client) index(ctx context.Context, m *sitemap, maps []string) []string {
	var named []string
	for _, loc := range maps {
		if about, err := url.Parse(loc); err == nil && wordOf(about.Path) {
			named = append(named, loc)
		}
	}
	if len(named) > 0 {
		maps = named
	}
	if len(maps) > mostSitemaps {
		c.note("%s: the first %d of %d sitemaps are read", show(m.url), mostSitemaps, len(maps))
		maps = maps[:mostSitemaps]
	}
	var locs []string
	for i, loc := range maps {
		u, ok := located(m.url, loc)
		if !ok {
			continue
		}
		c.progress(Progress{Host: m.url.Host, Done: i, Total: len(maps)})
		a, err := c.get(ctx, request{url: u})
		if err == nil && a.cut != nil {
			err = a.cut
		}
		if err != nil {
			m.err = errors.Join(m.err, err)
			if ctx.Err() != nil {
				break
			}
			continue
		}
		if root, pages := c.locations(a); root == "urlset" {
			locs = append(locs, pages...)
		}
	}
	return locs
}

// located is an address in a sitemap, if it is one of its site.
func located(from *url.URL, loc string) (*url.URL, bool) {
	u, err := from.Parse(loc)
	if err != nil {
		return nil, false
	}
	return onSite(from, u)
}

// locations reads the addresses in a sitemap, as far as it is well-formed; root
// is empty if it is none.
func (c *Client) locations(a *answer) (root string, locs []string) {
	body := a.body
	if bytes.HasPrefix(body, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return "", nil
		}
		body, _ = io.ReadAll(io.LimitReader(z, c.maxBytes()))
	}
	head := body[:min(len(body), 4096)]
	if !bytes.Contains(head, []byte("<urlset")) && !bytes.Contains(head, []byte("<sitemapindex")) {
		return "", nil
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // addresses are ASCII
	var path []string
	for {
		t, err := d.Token()
		if err != nil {
			return root, locs
		}
		switch t := t.(type) {
		case xml.StartElement:
			if len(path) == 0 {
				root = t.Name.Local
			}
			path = append(path, t.Name.Local)
		case xml.EndElement:
			path = path[:max(0, len(path)-1)]
		case xml.CharData:
			if len(path) == 3 && path[2] == "loc" && (path[1] == "url" || path[1] == "sitemap") {
				if loc := strings.TrimSpace(string(t)); loc != "" {
					locs = append(locs, loc)
				}
			}
		}
	}
}

// words are what sites call the part of their addresses that postings are in.
var words = sync.OnceValue(func() []string {
	return strings.Fields(`
	job jobs career careers position positions posting postings vacancy vacancies opening openings opportunity opportunities
	requisition requisitions role roles jobdetail jobdetails jobposting jobpostings
	karriere stelle stellen stellenangebot stellenangebote stellenanzeige stellenanzeigen
	emploi emplois offre offres poste postes recrutement carriere carrieres empleo empleos vacante vacantes
	vacature vacatures lavoro ledigajobb vaga vagas praca kariera`)
})

// wordOf reports whether a path has one of the words in it.
func wordOf(path string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if slices.Contains(words(), w) {
			return true
		}
	}
	return false
}

// looksLikePosting reports whether an address looks like that of one posting:
// a part that is called jobs or the like has a number, or below it stands a name
// of several words or with a number, or the query has one.
func looksLikePosting(u *url.URL) bool {
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for i, part := range parts {
		if !wordOf(part) {
			continue
		}
		if strings.ContainsAny(part, "0123456789") {
			return true
		}
		if i+1 < len(parts) && strings.EqualFold(part, "job") { // one job, whatever it is called
			return true
		}
		for _, name := range parts[i+1:] {
			if strings.ContainsAny(strings.Trim(name, "-_"), "0123456789-_+ ") {
				return true
			}
		}
		for key, values := range u.Query() {
			if key = strings.ToLower(key); strings.HasSuffix(key, "id") || key == "req" || slices.Contains(words(), key) {
				if strings.ContainsAny(values[0], "0123456789") {
					return true
				}
			}
		}
	}
	return false
}
