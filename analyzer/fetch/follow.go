package fetch

import (
	"context"
	"net/url"

	"softgap/analyzer/posting"
)

// follow yields the pages of a list, of Max at most. On a site that marks its
// postings up, a page without the mark is none ("Life at Acme"): pages before
// the first marked one are held back until one is found.
func (c *Client) follow(ctx context.Context, from *url.URL, pages []*url.URL, err error, yield func(posting.Document, error) bool) {
	if err != nil && !yield(posting.Document{}, err) {
		return
	}
	most := c.Max
	if most <= 0 {
		most = DefaultMax
	}
	if len(pages) > most {
		c.note("%s: the first %d of %d pages are read; --max says how many", show(from), most, len(pages))
		pages = pages[:most]
	}
	h := holding{most: c.maxBytes(), yield: yield}
	already := map[string]bool{show(from): true} // closed postings may lead back
	var losses losses
	for i, u := range pages {
		c.progress(Progress{Host: from.Host, Done: i, Total: len(pages)})
		a, err := c.get(ctx, request{url: u})
		more := true
		switch {
		case err != nil:
			more = yield(posting.Document{}, err)
		case already[show(a.url)]:
			h.others++
		default:
			already[show(a.url)] = true
			more = h.add(a)
		}
		if !more || ctx.Err() != nil {
			return
		}
		if losses.add(a, err) {
			if !yield(posting.Document{}, givenUp(from, len(pages)-i-1)) {
				return
			}
			break
		}
	}
	if h.marks && h.others > 0 {
		c.note("%s: %d of its pages are no postings", show(from), h.others)
	}
	h.release()
}

// holding yields the pages of a site, and holds back those without the mark of
// a posting until it is known what they are.
type holding struct {
	yield  func(posting.Document, error) bool
	most   int64 // bytes that are held; a site with more of them has no marks
	held   []*answer
	size   int64
	others int  // pages without the mark
	marks  bool // some page has it
	plain  bool // pages without it are yielded
}

func (h *holding) add(a *answer) bool {
	if h.plain || a.cut != nil || !isHTML(a) {
		return give(a, h.yield)
	}
	if scan(a).marked {
		h.marks, h.held = true, nil
		return give(a, h.yield)
	}
	if h.others++; h.marks {
		return true
	}
	h.held = append(h.held, a)
	if h.size += int64(len(a.body)); h.size > h.most {
		h.plain = true
		return h.release()
	}
	return true
}

// release yields what is held.
func (h *holding) release() bool {
	for _, a := range h.held {
		if !give(a, h.yield) {
			return false
		}
	}
	h.held = nil
	return true
}

// give yields an answer. A page is the own page of a posting on it.
func give(a *answer, yield func(posting.Document, error) bool) bool {
	d := a.document()
	if isHTML(a) {
		d.URL = d.Source
	}
	return yield(d, nil)
}
