package fetch

import (
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
)

// A Kind is what went wrong with a fetch.
type Kind int

// The kinds of Error.
const (
	Unreachable  Kind = iota // no connection, or it broke
	BadURL                   // not an address at all
	BadScheme                // not http or https
	NoHost                   // no such host
	Timeout                  // no whole answer in time
	Canceled                 // the user or caller gave up
	RedirectLoop             // redirected more than five times
	PrivateHost              // redirected from the internet into a private network
	Untrusted                // a certificate that does not hold
	Forbidden                // by robots.txt
	NotFound                 // 404 or 410
	NeedsLogin               // 401
	Refused                  // 403
	Busy                     // 429
	ServerFault              // 5xx
	BadStatus                // any other status without a document
	TooLarge                 // more bytes than allowed
	Truncated                // the body ended before its end, or is garbled
	BadAnswer                // of a board: not what its system answers
	NoPostings               // a board or a sitemap without one
	Incomplete               // a board gave fewer postings than it says it has
	GivenUp                  // a site that failed again and again
)

// kinds holds what each Kind says and what the user can do about it.
var kinds = [...]struct{ what, hint string }{
	Unreachable:  {"cannot be reached", "check the address and the connection, or save the page and give the file"},
	BadURL:       {"is not a web address", "give an address that begins with https://, or a file"},
	BadScheme:    {"is not an http or https address", "give an address that begins with https://, or a file"},
	NoHost:       {"has a host that does not exist", "check the address for a typing error"},
	Timeout:      {"did not answer in time", "try again later, allow more with --timeout, or save the page and give the file"},
	Canceled:     {"was given up", ""},
	RedirectLoop: {"redirects too often", "open the page in a browser and give the address it ends at, or save the page and give the file"},
	PrivateHost:  {"is in a private network, and a public site redirects to it", "if you trust it, give this address itself"},
	Untrusted:    {"has a certificate that cannot be trusted", "check the address, or save the page from a browser and give the file"},
	Forbidden:    {"may not be read by programs, says the site", "save the page from a browser and give the file; if the postings are your own organisation's, add --own-site"},
	NotFound:     {"was not found: the posting may have closed", "check the address, or give a saved copy"},
	NeedsLogin:   {"asks for a login", "save the page from a browser that is signed in and give the file"},
	Refused:      {"was refused: the site refuses automated readers", "save the page and give the file"},
	Busy:         {"was refused: the site asks for fewer requests", "wait a while and try again, or save the page and give the file"},
	ServerFault:  {"failed on the site's side", "try again later"},
	BadStatus:    {"did not answer with a page", "open the address in a browser to see what it says"},
	TooLarge:     {"is too large", "allow more with --max-bytes, or save the posting alone and give the file"},
	Truncated:    {"broke off before its end", "try again, or save the page and give the file"},
	BadAnswer:    {"did not answer as such a board does", "open the address in a browser to see what it says"},
	NoPostings:   {"has no postings", "check the address, and the name of the board in it, in a browser"},
	Incomplete:   {"did not give all its postings", "narrow the search on the site, and give the address that it then has"},
	GivenUp:      {"was given up", "try again later, or more slowly: --rate 0.2 asks once in five seconds"},
}

// An Error is a fetch that brought no document, or not all of one.
type Error struct {
	URL    string // without user and password; empty if it could not be parsed
	Kind   Kind
	Status int // of the HTTP answer, or 0
	Err    error

	after time.Duration // that the site asks to wait
}

func (e *Error) Error() string {
	u := e.URL
	if u == "" {
		u = "the address"
	}
	return fmt.Sprintf("%s %s (%v)", u, kinds[e.Kind].what, e.Err)
}

// Hint says what the user can do, or is empty.
func (e *Error) Hint() string { return kinds[e.Kind].hint }

func (e *Error) Unwrap() error { return e.Err }

// refusal is the error of an answer that holds no document.
func (c *Client) refusal(u string, resp *http.Response) error {
	e := &Error{URL: u, Status: resp.StatusCode, Err: errors.New(strings.ToLower(strings.TrimSpace(resp.Status)))}
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
		e.Kind, e.after = Busy, c.retryAfter(resp.Header)
	case code >= 500:
		e.Kind, e.after = ServerFault, c.retryAfter(resp.Header)
	default:
		e.Kind = BadStatus
	}
	return e
}

var errEarly = errors.New("the connection ended early")

// failure is the error of a request that did not come to a whole answer, of
// the given kind unless the cause tells a better one.
func failure(u string, kind Kind, err error) *Error {
	e := &Error{URL: u, Kind: kind, Err: err}
	var library *url.Error
	var timeout net.Error
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &library) {
		e.Err = library.Err // the library's own prefix repeats the URL
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		e.Err = errEarly
	}
	switch {
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
