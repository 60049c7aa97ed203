package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"softgap/analyzer/posting"
)

// mostPostings of one board are read, whatever it says of itself.
const mostPostings = 50_000

// reading is a board being read.
type reading struct {
	*Client
	place
	yield func(posting.Document, error) bool

	seen    map[string]bool // postings, by their ids
	total   int             // that the board says it has; 0 if it does not
	done    int             // postings handed on or lost
	losses  losses
	capped  bool // a query shows less than there is
	divided bool // into queries that overlap, so that total is too high
	stopped bool // by the user of the documents, or for good
}

// readBoard yields the documents of a board, or of one posting on it.
func (c *Client) readBoard(ctx context.Context, p place, yield func(posting.Document, error) bool) {
	r := &reading{Client: c, place: p, yield: yield, seen: map[string]bool{}}
	switch {
	case p.posting() && p.one != "":
		a, err := c.get(ctx, to(p.fill(p.one), ""))
		r.emit(a, err)
	case p.posting():
		r.pick(ctx)
	case r.pages(ctx, p.narrowed()) && !r.stopped:
		r.close()
	}
}

// pages reads a query of a board's list to its end: until a page brings nothing
// that the query has not brought. Totals are not to be trusted for that
// (Workday's is 0 after the first page), nor are short pages, for a server may
// give fewer than it is asked for. It reports whether there was no error.
func (r *reading) pages(ctx context.Context, by facets) bool {
	mine := map[string]bool{} // postings of this query
	total := 0
	for offset, at := 0, r.fill(r.list); at != "" && !r.stopped; {
		a, err := r.get(ctx, to(strings.ReplaceAll(at, "{offset}", strconv.Itoa(offset)), r.asks(offset, by)))
		if err != nil || a.cut != nil || r.items == "" && r.id == "" {
			r.emit(a, err)
			return false
		}
		l, err := r.parse(a)
		if err != nil {
			r.emit(nil, err)
			return false
		}
		if offset == 0 && r.most > 0 && l.total >= r.most {
			if parts := l.divide(by, r.most); parts != nil {
				return r.divide(ctx, parts)
			}
			r.capped = true
		}
		total = max(total, l.total)
		if !r.divided {
			r.total = total
		}
		before := len(mine)
		fresh, repeats := r.fresh(l, mine)
		switch {
		case len(r.seen) == 0:
			r.emit(nil, &Error{URL: show(a.url), Kind: NoPostings, Err: errors.New("its list is empty, or no board has this name")})
			return false
		case len(mine) == before:
			return true
		case r.detail:
			r.details(ctx, fresh)
		case len(fresh) > 0:
			if repeats {
				a.body = l.only(fresh)
			}
			r.done += len(fresh)
			r.emit(a, nil)
		}
		offset += len(l.items)
		switch {
		case r.full():
			return true
		case r.next != "":
			at = r.following(a, l)
		case r.step == 0 || total > 0 && len(mine) >= total:
			return true
		}
	}
	return true
}

// divide reads the queries that a query was divided into.
func (r *reading) divide(ctx context.Context, parts []part) bool {
	if !r.divided {
		r.divided, r.total = true, 0
		for _, p := range parts {
			r.total += p.count
		}
	}
	well := true
	for _, p := range parts {
		if r.stopped || r.full() || ctx.Err() != nil {
			break
		}
		well = r.pages(ctx, p.by) && well
	}
	return well
}

// full reports whether as many postings were seen as shall be. Max is of those
// that are asked for one by one: a list with texts is no cheaper in part.
func (r *reading) full() bool {
	return len(r.seen) >= mostPostings || r.enough(len(r.seen))
}

func (r *reading) enough(n int) bool { return r.detail && r.Max > 0 && n >= r.Max }

// close says what a board that was read to its end did not give.
func (r *reading) close() {
	u := to(strings.ReplaceAll(r.fill(r.list), "{offset}", "0"), "").url
	n := len(r.seen)
	incomplete := func(format string, args ...any) {
		r.emit(nil, &Error{URL: show(u), Kind: Incomplete, Err: fmt.Errorf(format, args...)})
	}
	switch {
	case r.enough(n):
		if r.total > n || r.done < n {
			r.note("%s: the first %d of %d postings were read; --max says how many", u.Host, min(n, r.Max), max(r.total, n))
		}
	case n >= mostPostings:
		incomplete("no more than %d are read", mostPostings)
	case r.capped:
		incomplete("it shows %d of one search, however many there are", r.most)
	case n < r.total && !r.divided:
		incomplete("it says that it has %d, and shows %d", r.total, n)
	}
}

// details asks for each posting of a list that holds no text.
func (r *reading) details(ctx context.Context, ids []string) {
	if r.done == 0 {
		r.warnOfTime()
	}
	for _, id := range ids {
		if r.stopped || r.enough(r.done) {
			return
		}
		r.progress(Progress{Host: r.blanks["host"], Done: r.done, Total: max(r.total, len(r.seen))})
		p := r.with("id", strings.TrimPrefix(id, "/"))
		a, err := r.get(ctx, to(p.fill(r.one), ""))
		r.done++
		r.give(p, a, err)
		if r.losses.add(a, err) && !r.stopped {
			r.emit(nil, givenUp(to(p.fill(r.list), "").url, max(r.total, len(r.seen))-r.done))
			r.stopped = true
		}
	}
}

// warnOfTime says that a board will take long, before it does.
func (r *reading) warnOfTime() {
	n := max(r.total, len(r.seen))
	if r.Max > 0 {
		n = min(n, r.Max)
	}
	if d := time.Duration(n) * r.gap(); d >= 2*time.Minute {
		r.note("%s: %d postings, each a request of its own, take about %.0f minutes; --max reads fewer", r.blanks["host"], n, d.Minutes())
	}
}

// pick reads one posting of a board whose list alone has postings.
func (r *reading) pick(ctx context.Context) {
	a, err := r.get(ctx, to(strings.ReplaceAll(r.fill(r.list), "{offset}", "0"), ""))
	if err != nil || a.cut != nil {
		r.emit(a, err)
		return
	}
	l, err := r.parse(a)
	if err == nil {
		if a.body = l.only([]string{r.blanks["id"]}); a.body == nil {
			err = &Error{URL: show(a.url), Kind: NotFound, Err: fmt.Errorf("no %s among its %d postings", r.blanks["id"], len(l.items))}
		}
	}
	r.emit(a, err)
}

// emit hands on an answer of the board, or an error.
func (r *reading) emit(a *answer, err error) { r.give(r.place, a, err) }

// give hands on an answer with what its place tells of the postings in it.
func (r *reading) give(p place, a *answer, err error) {
	if err != nil {
		r.stopped = !r.yield(posting.Document{}, err) || r.stopped
		return
	}
	d := a.document()
	d.Organization, d.URL = p.blanks["board"], p.fill(p.page)
	if p.posting() && p.one != "" {
		d.ID = p.blanks["id"]
	}
	r.stopped = !r.yield(d, nil) || r.stopped
}

// to is a request of an address that was made here.
func to(address, body string) request {
	u, err := check(address)
	if err != nil { // a blank held what no URL can
		u = &url.URL{Scheme: "https", Host: "invalid."}
	}
	return request{url: u, body: body}
}

// following is the address of the next page as an answer gives it: on the same
// host, or none.
func (r *reading) following(a *answer, l *list) string {
	next, err := a.url.Parse(l.next)
	if l.next == "" || err != nil || next.Host != a.url.Host {
		return ""
	}
	return next.String()
}
