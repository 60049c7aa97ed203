package posting

import (
	"cmp"
	"slices"
	"strings"

	"github.com/valyala/fastjson"
)

// objects are records of a shape that is not known: the rows of a table whose
// columns are their keys, dotted where objects lie in objects.
type objects struct {
	in      *input
	names   []string
	index   map[string]int
	columns *columns
	wanted  []bool // the columns that are read
	err     error
	tries   int
	pending []entry
	size    int // of the texts in pending
	path    []byte
}

// An entry is a posting that waits for its turn, or a row that waits for its
// columns to be chosen.
type entry struct {
	posting      Posting
	row          []string
	organization string // as the objects around say
}

// Bounds of what is known of a table of objects.
const (
	mostSample  = 64
	mostPending = 1 << 20 // bytes
	mostNames   = 2000
	mostTries   = 16
	mostNested  = 32 // objects in an array within a record
)

// add takes a posting.
func (f *finder) add(p Posting) {
	f.table.pending = append(f.table.pending, entry{posting: p})
	f.flush(false)
}

// add takes a record.
func (o *objects) add(r record) {
	e := entry{row: make([]string, len(o.names), len(o.names)+8)}
	o.path = o.path[:0]
	o.flatten(r.value, 0, &e)
	for _, key := range []string{"company_name", "company", "organization", "employer", "name"} {
		if key == "name" && r.around.within("departments") {
			break // it is the department's
		}
		if e.organization = r.around.field(key); e.organization != "" {
			break
		}
	}
	o.pending = append(o.pending, e)
}

func (o *objects) flatten(v *fastjson.Value, depth int, e *entry) {
	v.GetObject().Visit(func(key []byte, m *fastjson.Value) {
		before := len(o.path)
		if before > 0 {
			o.path = append(o.path, '.')
		}
		o.path = append(o.path, key...)
		switch m.Type() {
		case fastjson.TypeNull:
		case fastjson.TypeObject:
			if depth < 8 {
				o.flatten(m, depth+1, e)
			}
		case fastjson.TypeArray:
			o.list(m.GetArray(), depth, e)
		default:
			if i := o.column(e); i >= 0 {
				e.set(i, text(m), o)
			}
		}
		o.path = o.path[:before]
	})
}

// list flattens an array: of scalars to a list, of objects to lists of what
// they hold.
func (o *objects) list(all []*fastjson.Value, depth int, e *entry) {
	nested := 0
	for _, m := range all {
		if m.Type() == fastjson.TypeObject {
			if nested++; nested <= mostNested && depth < 8 {
				o.flatten(m, depth+1, e)
			}
		}
	}
	if i, ok := o.index[string(o.path)]; ok && !o.wants(i) {
		return
	}
	var words []string
	for _, m := range all {
		if m.Type() != fastjson.TypeObject {
			if t := strings.TrimSpace(text(m)); t != "" {
				words = append(words, t)
			}
		}
	}
	if len(words) == 0 {
		return
	}
	if i := o.column(e); i >= 0 {
		e.set(i, listOf(words), o)
	}
}

// listOf writes a list on one line, or a line each where they are sentences.
func listOf(words []string) string {
	if !slices.ContainsFunc(words, func(w string) bool { return len(w) > 60 }) {
		return strings.Join(words, "; ")
	}
	return bullet + strings.Join(words, "\n"+bullet)
}

// column returns the column of the path, a new one if need be, or -1 if it is
// not wanted.
func (o *objects) column(e *entry) int {
	i, ok := o.index[string(o.path)]
	if !ok {
		if len(o.names) == mostNames {
			return -1
		}
		i = len(o.names)
		name := string(o.path)
		o.names, o.index[name] = append(o.names, name), i
		role := fieldOf(name).role
		r := o.in.reader
		if o.columns != nil && o.tries < mostTries && (role != "" && role != otherRole || slices.Contains(r.Keep, name)) {
			o.columns, o.wanted = nil, nil
		}
	}
	if !o.wants(i) {
		return -1
	}
	for len(e.row) <= i {
		e.row = append(e.row, "")
	}
	return i
}

// wants reports whether a column is read, as all are until they are chosen.
func (o *objects) wants(i int) bool {
	return o.columns == nil || i < len(o.wanted) && o.wanted[i]
}

func (e *entry) set(i int, t string, o *objects) {
	switch {
	case e.row[i] == "":
		e.row[i] = t
	case t != "":
		e.row[i] += "; " + t
	}
	o.size += len(t)
}

// flush yields what is pending, once there is enough to choose the columns by.
func (f *finder) flush(end bool) {
	if f.stopped {
		return
	}
	o := &f.table
	if o.columns == nil && slices.ContainsFunc(o.pending, func(e entry) bool { return e.row != nil }) {
		if !end && len(o.pending) < mostSample && o.size < mostPending {
			return
		}
		o.choose()
	}
	if o.err != nil && len(o.in.reader.Columns) > 0 { // what the user asked for is not there
		f.any, f.stopped = true, true
		f.yield(Posting{Problem: o.err.Error()})
	}
	for _, e := range o.pending {
		if f.stopped {
			break
		}
		p := e.posting
		if e.row != nil {
			p = o.posting(e)
		}
		f.any, f.stopped = true, !f.yield(p)
	}
	clear(o.pending)
	o.pending, o.size = o.pending[:0], 0
}

// choose chooses the columns by the names and by the rows that are pending.
func (o *objects) choose() {
	var sample [][]string
	for i := range o.pending {
		if e := &o.pending[i]; e.row != nil {
			e.row = append(e.row, make([]string, len(o.names)-len(e.row))...)
			if len(sample) < mostSample {
				sample = append(sample, e.row)
			}
		}
	}
	c, err := o.in.reader.columns(o.names[:len(o.names):len(o.names)], sample)
	o.tries++
	if err != nil {
		if o.tries == 1 && len(o.in.reader.Columns) == 0 { // else it is a record
			o.in.note("%v", err)
		}
		o.err = err
		return
	}
	if o.tries == 1 {
		o.in.note("%s", c)
	}
	o.columns, o.wanted = c, make([]bool, len(o.names))
	for _, of := range c.of {
		o.want(of)
	}
	for _, p := range c.parts {
		o.want(p.columns)
	}
	o.want(c.kept)
}

func (o *objects) want(columns []int) {
	for _, i := range columns {
		if i >= 0 {
			o.wanted[i] = true
		}
	}
}

// textless is the posting of a row where no column holds a text.
func (o *objects) textless(e entry) Posting {
	of, rank := map[string]string{}, map[string]int{}
	for i, value := range e.row {
		f := fieldOf(o.names[i])
		if _, ok := of[f.role]; value != "" && (!ok || f.rank < rank[f.role]) {
			of[f.role], rank[f.role] = value, f.rank
		}
	}
	return Posting{
		ID: shortValue(of[idRole]), Title: shortValue(of[titleRole]), Organization: cmp.Or(shortValue(of[organizationRole]), shortValue(e.organization)),
		Location: placed(of[locationRole]), DatePosted: isoDate(of[dateRole]), URL: resolve(o.in.Source, of[urlRole]),
		Problem: "no text: no key of the record is known to hold one: give the one that does with --map description=KEY",
	}
}

// posting makes a posting of a row.
func (o *objects) posting(e entry) Posting {
	if o.columns == nil {
		return o.textless(e)
	}
	n := len(o.columns.names)
	row := append(e.row, make([]string, max(0, n-len(e.row)))...)[:n]
	p := o.columns.posting(row)
	if p.Organization == "" {
		p.Organization = shortValue(e.organization)
	}
	p.URL = resolve(o.in.Source, p.URL)
	return p
}
