package fetch

import "fmt"

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
	Untrusted                // a certificate that does not hold
	NotFound                 // 404 or 410
	NeedsLogin               // 401
	Refused                  // 403
	Busy                     // 429
	ServerFault              // 5xx
	BadStatus                // any other status without a document
	TooLarge                 // more bytes than allowed
	Truncated                // the body ended before its end, or is garbled
)

// kinds holds what each Kind says and what the user can do about it.
var kinds = [...]struct{ what, hint string }{
	Unreachable:  {"cannot be reached", "check the address and the connection, or save the page and give the file"},
	BadURL:       {"is not a web address", "give an address that begins with https://, or a file"},
	BadScheme:    {"is not an http or https address", "give an address that begins with https://, or a file"},
	NoHost:       {"has a host that does not exist", "check the address for a typing error"},
	Timeout:      {"did not answer in time", "try again later, or save the page and give the file"},
	Canceled:     {"was given up", ""},
	RedirectLoop: {"redirects too often", "open the page in a browser and give the address it ends at, or save the page and give the file"},
	Untrusted:    {"has a certificate that cannot be trusted", "check the address, or save the page from a browser and give the file"},
	NotFound:     {"was not found: the posting may have closed", "check the address, or give a saved copy"},
	NeedsLogin:   {"asks for a login", "save the page from a browser that is signed in and give the file"},
	Refused:      {"was refused: the site refuses automated readers", "save the page and give the file"},
	Busy:         {"was refused: the site asks for fewer requests", "wait a while and try again, or save the page and give the file"},
	ServerFault:  {"failed on the site's side", "try again later"},
	BadStatus:    {"did not answer with a page", "open the address in a browser to see what it says"},
	TooLarge:     {"is too large", "save the posting alone and give the file"},
	Truncated:    {"broke off before its end", "try again, or save the page and give the file"},
}

// An Error is a fetch that brought no document.
type Error struct {
	URL    string // without user and password; empty if it could not be parsed
	Kind   Kind
	Status int // of the HTTP answer, or 0
	Err    error
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
