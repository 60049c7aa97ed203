package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"
)

// What a Client allows when its fields are zero.
const (
	DefaultTimeout  = 30 * time.Second
	DefaultMaxBytes = 32 << 20
	DefaultRate     = 1.0
	DefaultMax      = 100
	maxRedirects    = 5
)

// A Client fetches documents. Its zero value is ready to use, and it is safe
// for use by many goroutines once its fields are set. It must not be copied.
type Client struct {
	Version  string        // of the tool, for the User-Agent
	Timeout  time.Duration // for one answer; each try and each redirect is one
	MaxBytes int64         // of an answer, after decompression
	Rate     float64       // requests a second to one host, at most

	// Max is how many postings are read one page at a time, for one address.
	// When zero it is DefaultMax for the pages of a site, and no limit for a
	// board, whose list says how many there are.
	Max int

	// OwnSite says that what is read is the user's own: robots.txt, which is
	// for strangers, is not asked for. (Some systems forbid their boards to all
	// programs, and no employer on them can change it.)
	OwnSite bool

	// Cache is a folder in which answers are kept, so that a site need not send
	// again what has not changed; empty for none.
	Cache string

	// Note is told what the user should know and is no failure; Progress what
	// is being waited for. Both may be nil.
	Note     func(string)
	Progress func(Progress)

	// Transport makes the requests; nil is the default, which honours the
	// usual proxy variables.
	Transport http.RoundTripper

	// Now and Sleep are the clock; nil for the real one.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error

	mu        sync.Mutex
	hosts     map[string]*host
	own       http.RoundTripper
	cacheTold bool
}

// Progress is how far the reading of one address has come.
type Progress struct {
	Host        string
	Done, Total int           // postings or pages; Total is 0 while unknown
	Wait        time.Duration // that a busy site asked for, or 0
}

// request is what is asked for.
type request struct {
	url  *url.URL
	body string // in JSON; makes it a POST
	site bool   // robots.txt itself, which needs no leave and no pause
}

// answer is what came.
type answer struct {
	url    *url.URL // after redirects
	header http.Header
	body   []byte
	cut    error // why the body is not whole, or nil
}

// get asks for a document and follows redirects. It errs if nothing came; of a
// body that breaks off it returns what came.
func (c *Client) get(ctx context.Context, r request) (*answer, error) {
	if _, err := check(r.url.String()); err != nil {
		return nil, err
	}
	for range maxRedirects + 1 {
		h := c.host(r.url)
		if err := c.allowed(ctx, h, r); err != nil {
			return nil, err
		}
		a, next, err := c.try(ctx, h, r)
		if err != nil {
			return nil, err
		}
		if next == "" {
			return a, nil
		}
		if r, err = redirected(r, next); err != nil {
			return nil, err
		}
	}
	return nil, &Error{URL: show(r.url), Kind: RedirectLoop, Err: fmt.Errorf("more than %d redirects", maxRedirects)}
}

// redirected is the request that a redirect asks for: on the web, not from the
// internet into a private network, and with the user's password only where it
// was given for.
func redirected(r request, location string) (request, error) {
	next, err := r.url.Parse(location)
	if err != nil {
		return r, &Error{URL: show(r.url), Kind: BadURL, Err: errors.New("redirects to no address")}
	}
	same := next.Scheme == r.url.Scheme && next.Host == r.url.Host
	next.User = nil
	if same {
		next.User = r.url.User
	}
	if next, err = check(next.String()); err != nil {
		return r, err
	}
	if private(next) && !private(r.url) {
		return r, &Error{URL: show(next), Kind: PrivateHost, Err: fmt.Errorf("from %s", r.url.Host)}
	}
	return request{url: next, site: r.site}, nil // a redirected POST becomes a GET
}

// private reports whether a URL names a host of the user's own network.
func private(u *url.URL) bool {
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if ip, err := netip.ParseAddr(name); err == nil {
		ip = ip.Unmap()
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	}
	return name == "localhost" || !strings.Contains(name, ".") ||
		strings.HasSuffix(name, ".localhost") || strings.HasSuffix(name, ".local") || strings.HasSuffix(name, ".internal")
}

// send makes one request and reads its answer, or where it redirects to.
func (c *Client) send(ctx context.Context, r request) (a *answer, next string, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout())
	defer cancel()
	method, body := http.MethodGet, io.Reader(nil)
	if r.body != "" {
		method, body = http.MethodPost, strings.NewReader(r.body)
	}
	req, err := http.NewRequestWithContext(ctx, method, r.url.String(), body)
	if err != nil {
		return nil, "", &Error{URL: show(r.url), Kind: BadURL, Err: err}
	}
	req.Header.Set("User-Agent", c.userAgent())
	req.Header.Set("Accept", "text/html, application/json;q=0.9, application/xml;q=0.9, text/*;q=0.8, */*;q=0.5")
	req.Header.Set("Accept-Language", "en, *;q=0.5")
	if r.body != "" {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json")
	}
	kept := c.kept(r)
	kept.ask(req)
	client := http.Client{Transport: c.transport(), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return nil, "", c.timed(failure(show(r.url), Unreachable, err))
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNotModified && kept != nil {
		return &answer{url: r.url, header: kept.header, body: kept.body}, "", nil
	}
	if to := resp.Header.Get("Location"); to != "" && resp.StatusCode >= 300 && resp.StatusCode < 400 {
		return nil, to, nil
	}
	if err := c.refusal(show(r.url), resp); err != nil {
		return nil, "", err
	}
	a = &answer{url: r.url, header: resp.Header}
	a.body, a.cut = c.read(resp.Body, show(r.url))
	if len(a.body) == 0 && a.cut != nil {
		return nil, "", a.cut
	}
	if a.cut == nil {
		c.keep(r, a)
	}
	return a, "", nil
}

// read reads a body as far as it goes and may go.
func (c *Client) read(body io.Reader, u string) ([]byte, error) {
	limit := c.maxBytes()
	b, err := io.ReadAll(io.LimitReader(body, limit+1))
	switch {
	case int64(len(b)) > limit:
		return b[:limit], &Error{URL: u, Kind: TooLarge, Err: fmt.Errorf("more than %s", size(limit))}
	case err != nil:
		return b, c.timed(failure(u, Truncated, err))
	}
	return b, nil
}

// timed says in an error how long was waited.
func (c *Client) timed(e *Error) error {
	if e.Kind == Timeout {
		e.Err = fmt.Errorf("%v passed", c.timeout())
	}
	return e
}

// size is a number of bytes for people.
func size(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// transport is the user's, or one that keeps one connection to a host.
func (c *Client) transport() http.RoundTripper {
	if c.Transport != nil {
		return c.Transport
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.own == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxConnsPerHost = 1
		c.own = t
	}
	return c.own
}

func (c *Client) timeout() time.Duration {
	if c.Timeout > 0 {
		return c.Timeout
	}
	return DefaultTimeout
}

func (c *Client) maxBytes() int64 {
	if c.MaxBytes > 0 {
		return c.MaxBytes
	}
	return DefaultMaxBytes
}

// agent is the name that robots.txt knows the tool by.
const agent = "softgap"

// userAgent names the tool and says what it is for, and nothing of the user.
func (c *Client) userAgent() string {
	v := c.Version
	if v == "" {
		v = "dev"
	}
	return agent + "/" + v + " (+reads job postings that its user asked for)"
}

func (c *Client) note(format string, args ...any) {
	if c.Note != nil {
		c.Note(fmt.Sprintf(format, args...))
	}
}

func (c *Client) progress(p Progress) {
	if c.Progress != nil {
		c.Progress(p)
	}
}

// check parses a URL and refuses all that is not a page on the web.
func check(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	switch {
	case err != nil:
		// The library's error repeats the URL, which may hold a password.
		var parse *url.Error
		if errors.As(err, &parse) {
			err = parse.Err
		}
		return nil, &Error{Kind: BadURL, Err: err}
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, &Error{URL: show(u), Kind: BadScheme, Err: fmt.Errorf("scheme %q", u.Scheme)}
	case u.Host == "":
		return nil, &Error{URL: show(u), Kind: BadURL, Err: errors.New("no host")}
	}
	return u, nil
}

// show is a URL as it may be printed: without user, password and fragment.
func show(u *url.URL) string {
	v := *u
	v.User, v.Fragment, v.RawFragment = nil, "", ""
	return v.String()
}
