// Package fetch gets the documents behind an address that the user typed: a
// page, a feed or an export; every posting of a board, a sitemap or a listing.
//
// It is polite and suspicious. It names itself, obeys robots.txt, asks a host
// one thing at a time and at a stated rate, and waits when told to. It bounds
// the time, the size, the redirects and the repeats of every answer, sends no
// host what belongs to another, and follows nothing but http and https.
//
// What cannot be had is an *Error in the stream, and the stream goes on.
package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"

	"softgap/analyzer/posting"
)

// Documents fetches what an address leads to, document by document:
//
//   - the board of an applicant-tracking system, or a page that shows one:
//     its public list to the end, or a document for each posting where the
//     list has no text
//   - one posting of such a board: that posting
//   - a sitemap, or a page that lists postings of its own site: those pages
//   - anything else: itself
//
// A document's Source is the address that it came from, without a password. A
// document that broke off is given with what arrived, and its Body ends with
// the *Error; every other error is an *Error in the stream.
func (c *Client) Documents(ctx context.Context, address string) iter.Seq2[posting.Document, error] {
	return func(yield func(posting.Document, error) bool) {
		u, err := c.resolve(address)
		if err != nil {
			yield(posting.Document{}, err)
			return
		}
		c.progress(Progress{Host: u.Host})
		if p, ok := recognise(u); ok {
			c.readBoard(ctx, p, yield)
			return
		}
		a, err := c.get(ctx, request{url: u})
		if err != nil {
			yield(posting.Document{}, err)
			return
		}
		if p, ok := recognise(a.url); ok { // a redirect led to a board
			c.readBoard(ctx, p, yield)
			return
		}
		c.readSite(ctx, a, yield)
	}
}

// resolve makes an address of what a user may type for one: a URL, the place
// of a board without its https://, or a system and the name of a board in it.
func (c *Client) resolve(address string) (*url.URL, error) {
	if full, ok := Board(address); ok {
		address = full
	}
	return check(address)
}

// document is an answer as it is handed on.
func (a *answer) document() posting.Document {
	d := posting.Document{Source: show(a.url), ContentType: a.header.Get("Content-Type"), Body: bytes.NewReader(a.body)}
	if a.cut != nil {
		d.Body = io.MultiReader(d.Body, broken{a.cut})
	}
	return d
}

// broken is the end of a body that broke off.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// losses counts failures in a row, of a site that is read page by page: one
// page may be gone, but a site that refuses is left alone.
type losses int

const mostLosses = 3

// add counts an outcome, and reports whether to give up.
func (l *losses) add(a *answer, err error) bool {
	if err == nil {
		err = a.cut
	}
	var e *Error
	switch {
	case err == nil:
		*l = 0
	case errors.As(err, &e) && (e.Kind == NotFound || e.Kind == Forbidden):
	default:
		*l++
	}
	return *l >= mostLosses
}

// givenUp is the error of a site that is left alone with pages unread.
func givenUp(u *url.URL, unread int) error {
	return &Error{URL: show(u), Kind: GivenUp, Err: fmt.Errorf("%d failures in a row; %d not read", mostLosses, unread)}
}
