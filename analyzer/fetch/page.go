package fetch

import (
	"bytes"
	"context"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"

	"softgap/analyzer/posting"
)

// A page that lists postings has at least as many links that look like one. On
// a page below a part that is called jobs, or the like, one is enough.
const leastListed = 3

// readSite yields the documents that an answer leads to: itself, most often.
func (c *Client) readSite(ctx context.Context, a *answer, yield func(posting.Document, error) bool) {
	if a.cut == nil {
		if m, ok := c.sitemap(ctx, a); ok {
			c.follow(ctx, m.url, m.pages, m.err, yield)
			return
		}
		if isHTML(a) {
			p := scan(a)
			switch board, ok := p.board(); {
			case p.marked:
			case ok:
				c.note("%s shows a board of %s: it is read at its source", show(a.url), board.name)
				c.readBoard(ctx, board, yield)
				return
			case looksLikePosting(a.url):
			case len(p.listed) >= leastListed, len(p.listed) > 0 && wordOf(a.url.Path):
				c.follow(ctx, a.url, p.listed, nil, yield)
				return
			}
		}
	}
	give(a, yield)
}

// page is what an HTML page shows of postings.
type page struct {
	url     *url.URL
	marked  bool    // it holds a schema.org JobPosting
	shown   []place // boards and postings in frames and scripts
	linked  []place // those linked to
	listed  []*url.URL
	wanted  string // the posting that the address asks a board in the page for
	already map[string]bool
}

// scan reads a page's links, frames and scripts, and no text.
func scan(a *answer) *page {
	p := &page{url: a.url, wanted: a.url.Query().Get("gh_jid"), already: map[string]bool{}}
	base := a.url
	z := html.NewTokenizer(bytes.NewReader(a.body))
	z.SetMaxBuf(1 << 24)
	script := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p
		case html.TextToken:
			if script {
				p.script(z.Text())
			}
		case html.EndTagToken:
			script = false
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			script = tag == atom.Script
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				switch k := string(key); {
				case tag == atom.Base && k == "href":
					if u, err := a.url.Parse(string(value)); err == nil {
						base = u
					}
				case tag == atom.A && k == "href", (tag == atom.Iframe || tag == atom.Script) && k == "src":
					p.link(base, string(value), tag != atom.A)
				case (k == "itemtype" || k == "typeof") && bytes.Contains(value, []byte("JobPosting")):
					p.marked = true
				}
			}
		}
	}
}

// script looks into a script for structured data and for a board's address.
func (p *page) script(text []byte) {
	if bytes.Contains(text, []byte(`JobPosting"`)) {
		p.marked = true
		return
	}
	s := strings.ReplaceAll(string(text), `\/`, "/")
	for {
		_, after, ok := strings.Cut(s, "https://")
		if !ok {
			return
		}
		end := strings.IndexAny(after, "\"'`\\ \t\r\n<>)")
		if end < 0 {
			end = len(after)
		}
		p.link(p.url, "https://"+after[:end], true)
		s = after[end:]
	}
}

// link notes where a page leads.
func (p *page) link(base *url.URL, ref string, shown bool) {
	u, err := base.Parse(strings.TrimSpace(ref))
	if err != nil || p.already[show(u)] {
		return
	}
	p.already[show(u)] = true
	switch at, ok := recognise(u); {
	case ok && shown:
		p.shown = append(p.shown, at)
	case ok:
		p.linked = append(p.linked, at)
	case !shown && looksLikePosting(u):
		if u, ok := onSite(p.url, u); ok && show(u) != show(p.url) {
			p.listed = append(p.listed, u)
		}
	}
}

// board is the one board that a page shows, or links to: to all of it, or to
// several of its postings, for a link to one is how to apply. A page of many
// boards is no careers page.
func (p *page) board() (place, bool) {
	if at, ok := one(p.shown); ok {
		if p.wanted != "" && at.name == "greenhouse" {
			at = at.with("id", p.wanted)
		}
		return at, true
	}
	if len(p.shown) > 0 || looksLikePosting(p.url) {
		return place{}, false
	}
	at, ok := one(p.linked)
	if ok && at.posting() {
		return place{}, false
	}
	return at, ok
}

// one is the board that all of the given places are on, or the place if there
// is one.
func one(places []place) (place, bool) {
	if len(places) == 0 {
		return place{}, false
	}
	for _, p := range places[1:] {
		if p.board() != places[0].board() {
			return place{}, false
		}
	}
	if len(places) == 1 {
		return places[0], true
	}
	at := places[0].with("id", "")
	at.query = nil
	return at, true
}

// onSite is an address that a page gives as it may be followed: over http or
// https to a page of the same site, with the user's own password if it is on
// the same host.
func onSite(from, u *url.URL) (*url.URL, bool) {
	if u.Scheme != "http" && u.Scheme != "https" || !sameSite(u, from) {
		return nil, false
	}
	to := *u
	to.User, to.Fragment, to.RawFragment = nil, "", ""
	if to.Scheme == from.Scheme && to.Host == from.Host {
		to.User = from.User
	}
	return &to, true
}

// sameSite reports whether two hosts are of one owner: the same, or below one
// registered name (careers.acme.com, www.acme.com).
func sameSite(u, v *url.URL) bool {
	if u.Host == v.Host {
		return true
	}
	a, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(u.Hostname()))
	b, berr := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(v.Hostname()))
	return err == nil && berr == nil && a == b && u.Port() == v.Port()
}

// isHTML reports whether an answer is a page.
func isHTML(a *answer) bool {
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(a.body[:min(len(a.body), 1024)], []byte("\uFEFF")), " \t\r\n"))
	switch {
	case !bytes.HasPrefix(head, []byte("<")):
		return false
	case strings.Contains(strings.ToLower(a.header.Get("Content-Type")), "html"):
		return true
	}
	return bytes.Contains(head, []byte("<html")) || bytes.HasPrefix(head, []byte("<!doctype html"))
}
