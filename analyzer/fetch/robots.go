package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// Bounds of what a robots.txt may ask: RFC 9309 wants 500 kB read at least.
const (
	longestRobots = 512 << 10
	longestDelay  = time.Minute
)

// rules is what a host's robots.txt says, once it was asked for.
type rules struct {
	once  sync.Mutex
	known bool
	group *robotstxt.Group
	err   error // why it could not be asked for
}

// allowed returns an error unless the host's robots.txt allows a request. One
// that does not exist, or that is no robots.txt, allows everything (RFC 9309);
// one that cannot be had says nothing, and neither does its host.
func (c *Client) allowed(ctx context.Context, h *host, r request) error {
	if r.site || c.OwnSite {
		return nil
	}
	h.rules.once.Lock()
	defer h.rules.once.Unlock()
	if !h.rules.known {
		group, err := c.robots(ctx, r.url)
		var e *Error
		if errors.As(err, &e) && e.Kind == Canceled {
			return about(r.url, err)
		}
		h.rules.known, h.rules.group, h.rules.err = true, group, err
		if group != nil {
			h.turn.Lock()
			h.gap = max(h.gap, min(group.CrawlDelay, longestDelay))
			h.turn.Unlock()
		}
	}
	switch g := h.rules.group; {
	case h.rules.err != nil:
		return about(r.url, h.rules.err)
	case g != nil && !g.Test(r.url.RequestURI()):
		return &Error{URL: show(r.url), Kind: Forbidden, Err: errors.New("robots.txt")}
	}
	return nil
}

// robots asks for the robots.txt of a URL's host.
func (c *Client) robots(ctx context.Context, u *url.URL) (*robotstxt.Group, error) {
	a, err := c.get(ctx, request{url: &url.URL{Scheme: u.Scheme, User: u.User, Host: u.Host, Path: "/robots.txt"}, site: true})
	var e *Error
	switch {
	case errors.As(err, &e) && (e.Status >= 300 && e.Status < 500 && e.Kind != Busy || e.Kind == RedirectLoop || e.Kind == BadScheme || e.Kind == BadURL || e.Kind == PrivateHost):
		return nil, nil
	case err != nil:
		return nil, err
	}
	data, err := robotstxt.FromBytes(a.body[:min(len(a.body), longestRobots)])
	if err != nil {
		return nil, nil // a page in its place, say
	}
	return data.FindGroup(agent), nil
}

// about is the error of robots.txt as one of the address that it stands before.
func about(u *url.URL, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	of := *e
	of.URL = show(u)
	if of.Status != 0 {
		of.Err = fmt.Errorf("its robots.txt: %w", e.Err)
	}
	return &of
}
