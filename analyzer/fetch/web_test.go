package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// web is an internet of handlers by host; a host that is not there has no
// robots.txt and no page. It counts what it was asked for.
type web struct {
	hosts map[string]http.HandlerFunc

	mu    sync.Mutex
	asked []string // GET https://host/path
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.asked = append(w.asked, r.Method+" "+r.URL.String())
	w.mu.Unlock()
	rec := httptest.NewRecorder()
	handler := w.hosts[r.URL.Host]
	if handler == nil || r.URL.Path == "/robots.txt" && !strings.HasPrefix(r.URL.Host, "robots.") {
		handler = http.NotFound
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	handler(rec, r)
	resp := rec.Result()
	resp.Request = r
	return resp, nil
}

// pages is how often the web was asked for anything but robots.txt.
func (w *web) pages() (n int) {
	for _, a := range w.asked {
		if !strings.HasSuffix(a, "/robots.txt") {
			n++
		}
	}
	return n
}

// clock is a time that passes only by sleeping.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.slept = append(c.slept, d)
	return ctx.Err()
}

func (c *clock) total() (sum time.Duration) {
	for _, d := range c.slept {
		sum += d
	}
	return sum
}

// client is a Client whose time passes at once, and its notes.
func client(transport http.RoundTripper) (*Client, *clock, *[]string) {
	k := &clock{now: time.Date(2026, 8, 20, 9, 0, 0, 0, time.UTC)}
	notes := new([]string)
	return &Client{Version: "1.2.3", Transport: transport, Now: k.Now, Sleep: k.Sleep, Note: func(s string) { *notes = append(*notes, s) }}, k, notes
}

// got is what an address brought: the documents, and the errors in order.
type got struct {
	sources, bodies, urls, orgs []string
	cut                         error // of the last body
	errs                        []error
}

func fetchAll(t *testing.T, c *Client, address string) (g got) {
	t.Helper()
	for d, err := range c.Documents(context.Background(), address) {
		if err != nil {
			var e *Error
			if !errors.As(err, &e) {
				t.Errorf("%s: %v is no *Error", address, err)
			}
			g.errs = append(g.errs, err)
			continue
		}
		body, err := io.ReadAll(d.Body)
		g.cut = err
		g.sources, g.bodies, g.urls, g.orgs = append(g.sources, d.Source), append(g.bodies, string(body)), append(g.urls, d.URL), append(g.orgs, d.Organization)
	}
	return g
}

// kindsOf are the kinds of errors, in order.
func kindsOf(errs []error) (ks []Kind) {
	for _, err := range errs {
		var e *Error
		if errors.As(err, &e) {
			ks = append(ks, e.Kind)
		}
	}
	return ks
}

func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
}

func parseURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// markedPage is a page that says of itself that it is a posting.
func markedPage(title string) string {
	return fmt.Sprintf(`<!doctype html><title>%s</title><script type="application/ld+json">{"@type":"JobPosting","title":%q,"description":"You patiently help colleagues with Windows."}</script>`, title, title)
}
