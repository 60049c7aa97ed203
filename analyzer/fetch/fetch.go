// Package fetch gets the document behind a URL that the user typed. It is
// polite and suspicious: it names itself, asks once, and bounds the time, the
// size and the number of redirects of every answer.
package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"softgap/analyzer/posting"
)

// What a Client allows when its fields are zero.
const (
	DefaultTimeout  = 30 * time.Second
	DefaultMaxBytes = 20 << 20
	maxRedirects    = 5
)

// A Client fetches documents. Its zero value is ready to use, and it is safe
// for use by many goroutines once its fields are set.
type Client struct {
	Version  string        // of the tool, for the User-Agent
	Timeout  time.Duration // for one document, redirects included
	MaxBytes int64         // of a document, after decompression

	// Transport makes the requests; nil is the default, which honours the
	// usual proxy variables.
	Transport http.RoundTripper
}

// Get fetches one document over http or https. Its Source is the URL that the
// last redirect led to, without a password. Every error is an *Error.
func (c *Client) Get(ctx context.Context, rawURL string) (posting.Document, error) {
	u, err := check(rawURL)
	if err != nil {
		return posting.Document{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return posting.Document{}, &Error{URL: show(u), Kind: BadURL, Err: err}
	}
	req.Header.Set("User-Agent", c.userAgent())
	req.Header.Set("Accept", "text/html, application/json;q=0.9, application/xml;q=0.9, text/*;q=0.8, */*;q=0.5")
	req.Header.Set("Accept-Language", "en, *;q=0.5")
	resp, err := (&http.Client{Transport: c.Transport, CheckRedirect: redirect}).Do(req)
	if err != nil {
		return posting.Document{}, failure(show(u), Unreachable, err)
	}
	defer resp.Body.Close()
	final := show(resp.Request.URL)
	if err := refusal(final, resp); err != nil {
		return posting.Document{}, err
	}
	limit := c.maxBytes()
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case int64(len(body)) > limit:
		return posting.Document{}, &Error{URL: final, Kind: TooLarge, Err: fmt.Errorf("more than %d bytes", limit)}
	case err != nil:
		return posting.Document{}, failure(final, Truncated, err)
	}
	return posting.Document{Source: final, ContentType: resp.Header.Get("Content-Type"), Body: bytes.NewReader(body)}, nil
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

// userAgent names the tool and says what it is for, and nothing of the user.
func (c *Client) userAgent() string {
	v := c.Version
	if v == "" {
		v = "dev"
	}
	return "softgap/" + v + " (+reads job postings that its user asked for)"
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

var errRedirects = errors.New("too many redirects")

// redirect follows a few redirects, on the web only.
func redirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return errRedirects
	}
	_, err := check(req.URL.String())
	return err
}

// refusal is the error of an answer that holds no document.
func refusal(u string, resp *http.Response) error {
	e := &Error{URL: u, Status: resp.StatusCode, Err: errors.New(strings.ToLower(resp.Status))}
	switch code := resp.StatusCode; {
	case code == http.StatusNoContent:
		e.Kind = BadStatus
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusNotFound, code == http.StatusGone:
		e.Kind = NotFound
	case code == http.StatusUnauthorized:
		e.Kind = NeedsLogin
	case code == http.StatusForbidden, code == 999: // 999 is LinkedIn's
		e.Kind = Refused
	case code == http.StatusTooManyRequests:
		e.Kind = Busy
	case code >= 500:
		e.Kind = ServerFault
	default:
		e.Kind = BadStatus
	}
	return e
}

// failure is the error of a request that did not come to a whole answer, of
// the given kind unless the cause tells a better one.
func failure(u string, kind Kind, err error) error {
	e := &Error{URL: u, Kind: kind, Err: err}
	var inner *Error
	var library *url.Error
	var timeout net.Error
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &library) {
		e.Err = library.Err // the library's own prefix repeats the URL
	}
	switch {
	case errors.As(err, &inner): // from redirect
		return inner
	case errors.Is(err, errRedirects):
		e.Kind = RedirectLoop
	case errors.Is(err, context.Canceled):
		e.Kind = Canceled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		e.Kind = Timeout
	case errors.As(err, &dns) && dns.IsNotFound:
		e.Kind = NoHost
	case errors.As(err, &certificate):
		e.Kind = Untrusted
	}
	return e
}
