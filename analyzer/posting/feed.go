package posting

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"strings"
)

// A feed is XML that holds postings one after the other. One record of it is
// held at a time, beside the first few, by which the columns are chosen.
type feed struct {
	in     *input
	t      *tokens
	record string         // the element that holds a posting, see recordOf
	stack  []element      // that are open
	open   map[string]int // of these, by name
	deep   map[string]int // elements too deep for the stack, by name
	within int            // the place of the record on the stack, or -1
	rows   *rows

	values  []said // of the record so far
	size    int    // of what the record has, in bytes
	channel string // the title of the feed
	neogov  bool   // which names the employer
}

// An element that is open.
type element struct {
	name string // in lower case
	path string // of names within the record, with dots
	text []byte
	html bool // text is markup: the element holds some that is not escaped
	kids int  // elements in it
	from int  // of the record's values, the first that these gave
}

// Said is what an element or attribute of a record says.
type said struct{ path, text string }

// Elements may be open in elements so deep, and within a record so deep that
// they are told apart.
const (
	deepestElement = 400
	deepestPath    = 32
)

// inline are elements of HTML that stand unescaped in the text of a feed: they
// are never elements of the feed's own.
var inline = set{names: `p br li ul ol dl dt dd div h1 h2 h3 h4 h5 h6 tr td th table tbody thead span strong b em i a u font hr img small sup sub`}

func readFeed(in *input, root string, yield func(Posting) bool) {
	record := recordOf(in)
	f := &feed{in: in, t: newTokens(in.utf8()), record: record, open: map[string]int{}, deep: map[string]int{}, within: -1}
	f.rows = newRows(in, root, record, yield)
	for e := f.t.next(); e != ended; e = f.t.next() {
		if !f.event(e) {
			return
		}
	}
	if f.t.err() != nil {
		f.size = mostRecord + 1
	}
	whole := len(f.stack) == 0
	for len(f.stack) > 0 {
		if !f.pop("the record breaks off") {
			return
		}
	}
	if !f.rows.end() {
		return
	}
	switch err := f.t.err(); {
	case err != nil:
		yield(brokenOff(err))
	case !whole && f.rows.records > 0 && in.arrival.err == nil:
		yield(brokenOff(errors.New("the feed ends before its elements are closed: fetch it again")))
	}
}

// event takes what the tokenizer met and returns whether to go on.
func (f *feed) event(e event) bool {
	f.size += len(f.t.raw)
	name := f.t.name.lower
	switch {
	case e == words || f.within >= 0 && inline.has(name):
		if f.size <= mostRecord || f.within < 0 {
			f.words(e)
		} else if f.values != nil { // it is not read: let go of it
			f.values = nil
			for i := range f.stack {
				f.stack[i].text = nil
			}
		}
	case e == opened:
		for withoutPrefix(name) == f.record && f.within >= 0 {
			if !f.pop("the record is not closed: it was ended where the next one begins") {
				return false
			}
		}
		if len(f.stack) == deepestElement {
			if len(f.deep) < mostTagNames && !f.t.void {
				f.deep[name]++
			}
			return true
		}
		f.push(name)
		if f.t.void {
			return f.pop("")
		}
	case f.deep[name] > 0:
		f.deep[name]--
	case f.open[name] > 0:
		for {
			last := f.stack[len(f.stack)-1].name == name
			warning := ""
			if !last {
				warning = "the record is not closed: it was ended with what it stands in"
			}
			if !f.pop(warning) {
				return false
			}
			if last {
				break
			}
		}
	}
	return true
}

// push opens an element, be it a record, of a record or outside of any.
func (f *feed) push(name string) {
	e := element{name: name}
	if n := len(f.stack); f.within >= 0 {
		f.stack[n-1].kids++
		e.path = under(f.stack[n-1].path, f.component())
		if n-f.within > deepestPath {
			e.path = f.stack[n-1].path
		}
	}
	if f.within < 0 && withoutPrefix(name) == f.record {
		f.within = len(f.stack)
		f.size, f.values = len(f.t.raw), nil
	}
	f.stack = append(f.stack, e)
	f.open[name]++
	if f.within >= 0 {
		f.attributes(e.path)
	}
	f.stack[len(f.stack)-1].from = len(f.values)
}

// component is the name of the element that opens in a path.
func (f *feed) component() string {
	if known, ok := prefixed[f.t.name.lower]; ok {
		return known
	}
	prefix, _, _ := strings.Cut(f.t.name.lower, ":")
	if foreign.has(prefix) {
		return f.t.name.lower
	}
	f.neogov = f.neogov || prefix == "joblisting"
	return withoutPrefix(f.t.name.written)
}

// attributes makes values of those of the element that opens: "id" of the
// record's own, "link@href" of another's.
func (f *feed) attributes(path string) {
	f.t.attributes(func(name, text string) {
		if name = withoutPrefix(name); path != "" {
			name = path + "@" + name
		}
		f.add(said{name, text})
	})
}

// mostElements bounds those of a record.
const mostElements = 10_000

func (f *feed) add(v said) {
	if len(f.values) < mostElements {
		f.values = append(f.values, v)
	}
}

// words adds text, or a tag of HTML, to the text of the innermost element where
// it is wanted.
func (f *feed) words(e event) {
	if len(f.stack) == 0 {
		return
	}
	top := &f.stack[len(f.stack)-1]
	if e != words && !top.html {
		top.text, top.html = []byte(html.EscapeString(string(top.text))), true
	}
	switch {
	case f.within < 0 && (top.name != "title" || f.channel != "" || len(top.text) > longestChannel):
	case top.html && !f.t.cdata():
		top.text = append(top.text, f.t.raw...)
	default:
		top.text = append(top.text, f.t.text()...)
	}
}

// longestChannel is how long the title of a feed may be.
const longestChannel = 1000

// pop ends the innermost element. A record that it is ends with a warning. It
// returns whether to go on.
func (f *feed) pop(warning string) bool {
	n := len(f.stack) - 1
	e := f.stack[n]
	f.stack = f.stack[:n]
	if f.open[e.name]--; f.open[e.name] == 0 {
		delete(f.open, e.name)
	}
	text := string(bytes.TrimSpace(e.text))
	if e.html {
		text = fragment(text)
	}
	switch {
	case n == f.within && f.size > mostRecord:
		f.within = -1
		f.size = 0
		return f.rows.unread(fmt.Sprintf("too long: the record has more than %d MB", mostRecord>>20))
	case n == f.within:
		if text != "" && e.kids == 0 {
			f.add(said{"description", text})
		}
		f.within = -1
		employer := ""
		if f.neogov {
			employer = f.channel
		}
		return f.rows.add(f.values, employer, warning)
	case f.within >= 0:
		f.element(e, text)
	case e.name == "title" && f.channel == "":
		f.channel = oneLine(text)
	}
	return true
}

// element makes a value of an element that ends. One that holds a heading and
// a text, such as Personio's jobDescription, becomes a section.
func (f *feed) element(e element, text string) {
	if e.kids == 0 || text != "" {
		f.add(said{e.path, text})
		return
	}
	if in := f.values[min(e.from, len(f.values)):]; len(in) == 2 && e.kids == 2 {
		head, ok := strings.CutPrefix(in[0].path, e.path+".")
		body, too := strings.CutPrefix(in[1].path, e.path+".")
		if ok && too && headings.has(strings.ToLower(head)) && bodies.has(strings.ToLower(body)) {
			text, _, _ := repaired(in[1].text)
			f.values = append(f.values[:e.from], said{e.path, join([]section{{shortValue(in[0].text), text}})})
		}
	}
}

var (
	headings = set{names: "name title heading header label"}
	bodies   = set{names: "value text content body"}
)
