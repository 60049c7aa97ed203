package fetch

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// list is a page of a board's list, as its system answers.
type list struct {
	top   json.RawMessage
	path  []string // to the postings in top
	items []item
	total int
	next  string
}

type item struct {
	id  string
	raw json.RawMessage
}

// parse finds the postings in a board's answer.
func (r *reading) parse(a *answer) (*list, error) {
	bad := func(why string) error {
		return &Error{URL: show(a.url), Kind: BadAnswer, Err: errors.New(why)}
	}
	if !json.Valid(a.body) {
		return nil, bad("it is not JSON")
	}
	l := &list{top: a.body}
	var raws []json.RawMessage
	found := false
	for path := range strings.SplitSeq(r.items, "|") {
		if l.path = steps(path); json.Unmarshal(down(l.top, l.path), &raws) == nil && raws != nil {
			found = true
			break
		}
	}
	if !found {
		return nil, bad("it has no list of postings")
	}
	for _, raw := range raws {
		l.items = append(l.items, item{scalar(down(raw, steps(r.id))), raw})
	}
	for path := range strings.SplitSeq(r.system.total, "|") {
		if n, err := strconv.Atoi(scalar(down(l.top, steps(path)))); path != "" && err == nil {
			l.total = n
		}
	}
	if r.system.next != "" {
		l.next = scalar(down(l.top, steps(r.system.next)))
	}
	return l, nil
}

// fresh returns the ids of a page's postings that no earlier page of the board
// had, each once, and whether there are others; it adds all to those of the
// query. One without an id counts by its whole content. (A posting that stands
// in a page once for each place of work is no other: who reads the page joins
// them.)
func (r *reading) fresh(l *list, mine map[string]bool) (ids []string, repeats bool) {
	here := map[string]bool{}
	for i, it := range l.items {
		if it.id == "" && !r.detail {
			it.id = string(it.raw)
			l.items[i].id = it.id
		}
		if it.id == "" || here[it.id] {
			continue
		}
		mine[it.id] = true
		if r.seen[it.id] {
			repeats = true
			continue
		}
		here[it.id], r.seen[it.id] = true, true
		ids = append(ids, it.id)
	}
	return ids, repeats
}

// only is the answer with no postings but those of the given ids; nil if it has
// none of them.
func (l *list) only(ids []string) []byte {
	want := map[string]bool{}
	for _, id := range ids {
		want[id] = true
	}
	raws := []json.RawMessage{}
	for _, it := range l.items {
		if want[it.id] {
			raws = append(raws, it.raw)
		}
	}
	if len(raws) == 0 {
		return nil
	}
	b, err := json.Marshal(raws)
	for i := len(l.path) - 1; i >= 0 && err == nil; i-- { // outwards
		within := map[string]json.RawMessage{}
		if json.Unmarshal(down(l.top, l.path[:i]), &within) != nil {
			return nil
		}
		within[l.path[i]] = b
		b, err = json.Marshal(within)
	}
	if err != nil {
		return nil
	}
	return b
}

// steps are the keys of a path, which are joined by full stops.
func steps(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}

// down is the value at a path in a value: keys of objects, places in arrays. It
// is empty where there is none.
func down(v json.RawMessage, path []string) json.RawMessage {
	for _, key := range path {
		if n, err := strconv.Atoi(key); err == nil {
			var array []json.RawMessage
			if json.Unmarshal(v, &array) != nil || n >= len(array) {
				return nil
			}
			v = array[n]
			continue
		}
		var object map[string]json.RawMessage
		if json.Unmarshal(v, &object) != nil {
			return nil
		}
		v = object[key]
	}
	return v
}

// scalar is a string or a number as a string; empty for anything else.
func scalar(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(v, &n) == nil {
		return n.String()
	}
	return ""
}
