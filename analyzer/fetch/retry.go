package fetch

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// A try that failed in a way that may pass is made again, after a pause that
// doubles or that the site names. A site that asks for a longer pause than a
// user would sit through is left alone. So one answer takes at most four times
// the timeout and three minutes.
const (
	mostTries    = 4
	firstPause   = 500 * time.Millisecond
	longestPause = time.Minute
)

// host is what is kept of one host: its turn, and what its robots.txt says.
type host struct {
	turn sync.Mutex // held during a request: one at a time
	next time.Time  // of the earliest request
	gap  time.Duration

	rules rules
}

func (c *Client) host(u *url.URL) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := u.Scheme + "://" + u.Host
	h := c.hosts[key]
	if h == nil {
		h = &host{gap: c.gap()}
		if c.hosts == nil {
			c.hosts = map[string]*host{}
		}
		c.hosts[key] = h
	}
	return h
}

// gap is the time from one request to the next.
func (c *Client) gap() time.Duration {
	rate := c.Rate
	if !(rate > 0) {
		rate = DefaultRate
	}
	return time.Duration(math.Min(float64(time.Second)/rate, float64(time.Hour)))
}

// try sends a request, in its turn, until it is answered or given up.
func (c *Client) try(ctx context.Context, h *host, r request) (a *answer, next string, err error) {
	h.turn.Lock()
	defer h.turn.Unlock()
	pause := firstPause
	for n := 1; ; n++ {
		if err := c.wait(ctx, h, r); err != nil {
			return nil, "", err
		}
		a, next, err = c.send(ctx, r)
		failed := err
		if a != nil && a.cut != nil {
			failed = a.cut
		}
		var e *Error
		if failed == nil || !errors.As(failed, &e) || !e.passing() {
			return a, next, err
		}
		wait := max(pause, e.after)
		if n == mostTries || wait > longestPause {
			e.Err = fmt.Errorf("%w, %s", e.Err, tried(n, e.after))
			return a, next, err
		}
		c.progress(Progress{Host: r.url.Host, Wait: wait})
		if err := c.sleep(ctx, wait); err != nil {
			return nil, "", failure(show(r.url), Canceled, err)
		}
		pause *= 2
	}
}

// tried says what was done before giving up.
func tried(n int, after time.Duration) string {
	switch {
	case after > longestPause:
		return fmt.Sprintf("and asks to wait %v", after)
	case n == 1:
		return "after one try"
	}
	return fmt.Sprintf("after %d tries", n)
}

// passing reports whether the same request may be answered later. A refused
// connection is not among them: there is no server at that address.
func (e *Error) passing() bool {
	switch e.Kind {
	case Busy, Truncated:
		return true
	case ServerFault:
		return e.Status != http.StatusNotImplemented && e.Status != http.StatusHTTPVersionNotSupported
	case Unreachable:
		return !errors.Is(e.Err, syscall.ECONNREFUSED)
	}
	return false
}

// wait waits for the host's turn. robots.txt, asked for once, is free.
func (c *Client) wait(ctx context.Context, h *host, r request) error {
	if r.site {
		return nil
	}
	now := c.now()
	if d := h.next.Sub(now); d > 0 {
		if err := c.sleep(ctx, d); err != nil {
			return failure(show(r.url), Canceled, err)
		}
		now = now.Add(d)
	}
	h.next = now.Add(h.gap)
	return nil
}

func (c *Client) now() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return time.Now()
}

func (c *Client) sleep(ctx context.Context, d time.Duration) error {
	if c.Sleep != nil {
		return c.Sleep(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// retryAfter reads how long a site asks to wait: seconds, or a date.
func (c *Client) retryAfter(header http.Header) time.Duration {
	s := header.Get("Retry-After")
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return time.Duration(min(n, 1<<30)) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(0, t.Sub(c.now()))
	}
	return 0
}
