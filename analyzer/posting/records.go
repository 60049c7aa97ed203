package posting

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/valyala/fastjson"
)

// A scope is an object or array around a record: its fields may say what the
// record does not, such as the name of the board's company.
type scope struct {
	value   *fastjson.Value   // if it could be held
	fields  map[string]string // of one that was opened
	bracket byte              // of one that was opened
	key     string            // of the member that is read
	around  *scope
}

// field returns the value of a key of the nearest object around that has it.
func (s *scope) field(key string) string {
	for ; s != nil; s = s.around {
		t := s.fields[key]
		if s.value != nil {
			t = text(s.value.Get(key))
		}
		if t != "" {
			return t
		}
	}
	return ""
}

// within reports whether the scope is under a key of that name.
func (s *scope) within(key string) bool {
	for ; s != nil; s = s.around {
		if s.key == key {
			return true
		}
	}
	return false
}

// A record is an object that is a posting, or one among postings that is none.
type record struct {
	value   *fastjson.Value
	around  *scope
	service *service // nil for a shape that is not known
	none    bool
}

// A finder finds the postings within parsed values, wherever they are, and
// yields them in their order.
type finder struct {
	in      *input
	yield   func(Posting) bool
	any     bool // one was yielded
	stopped bool
	keys    map[string]key
	records []record // of the value looked at
	table   objects

	linked *schema // of the value looked at
	hidden int     // postings that their board does not show
}

func newFinder(in *input, yield func(Posting) bool) *finder {
	return &finder{in: in, yield: yield, keys: map[string]key{}, table: objects{in: in, index: map[string]int{}}}
}

// A key is what the name of a member says of an object.
type key struct {
	sign uint64 // of the services that have such a member
	role string
	weak bool // a title only beside a text: much else has a name
	list bool // it often holds the postings
}

// holders are keys that hold postings, in an object that may have a title and a
// description of its own: the feed's, the company's.
var holders = set{names: `jobs items results postings positions offers openings vacancies data hits entries records content children
	jobpostings requisitionlist searchresultitems jobopenings result included listings opportunities roles job_listings`}

// mostKeys bounds how many names are remembered.
const mostKeys = 4096

func (f *finder) key(name []byte) key {
	k, ok := f.keys[string(name)]
	if !ok {
		s := string(name)
		bits, _ := signs()
		k = key{sign: bits[s], role: f.role(s), weak: strings.EqualFold(s, "name"), list: holders.has(strings.ToLower(s))}
		if len(f.keys) < mostKeys {
			f.keys[s] = k
		}
	}
	return k
}

// role is what a member holds: by the user's word, else by its name.
func (f *finder) role(name string) string {
	for _, role := range slices.Sorted(maps.Keys(f.in.reader.Columns)) {
		for _, path := range f.in.reader.Columns[role] {
			if first, _, _ := strings.Cut(path, "."); first == name {
				return role
			}
		}
	}
	return fieldOf(name).role
}

// look finds the records in a value and returns how many there are.
func (f *finder) look(v *fastjson.Value, around *scope) int {
	before := len(f.records)
	switch v.Type() {
	case fastjson.TypeArray:
		f.elements(v.GetArray(), around)
	case fastjson.TypeObject:
		f.object(v, around)
	}
	return len(f.records) - before
}

func (f *finder) elements(all []*fastjson.Value, around *scope) {
	before, found := len(f.records), 0
	for _, e := range all {
		n := f.look(e, around)
		found += n
		if n == 0 && f.meant(e) {
			f.records = append(f.records, record{value: e, around: around, none: true})
		}
	}
	if found == 0 {
		f.records = f.records[:before]
	}
}

// object finds the records in an object. It is one itself if it has a title and
// a text, unless one of its lists holds records: a feed and a company have a
// title and a description too. With less it is one only if nothing within is.
func (f *finder) object(v *fastjson.Value, around *scope) {
	h := f.held(v)
	if s := serviceOf(h.signs, v); s != nil {
		f.records = append(f.records, record{value: v, around: around, service: s})
		return
	}
	if h.nested && !h.name {
		if rows := turned(v); rows != nil {
			f.elements(rows, around)
			return
		}
	}
	full := h.name && h.words
	if h.nested && (!full || h.listed) {
		before := len(f.records)
		v.GetObject().Visit(func(b []byte, m *fastjson.Value) {
			if isNested(m) && (!full || f.key(b).list) {
				f.look(m, &scope{value: v, key: string(b), around: around})
			}
		})
		if len(f.records) > before {
			return
		}
	}
	top := around == nil
	if full || h.title && (h.other || top) || h.words && top {
		f.records = append(f.records, record{value: v, around: around})
	}
}

// held is what the members of an object hold, as far as it matters for what
// the object is.
type held struct {
	signs  uint64 // of services
	title  bool   // a title that nothing but a posting has
	name   bool   // a title or a name
	words  bool   // a text
	other  bool   // another role of a posting
	nested bool   // objects or arrays
	listed bool   // one of them under a key that often holds postings
}

func (f *finder) held(v *fastjson.Value) (h held) {
	v.GetObject().Visit(func(b []byte, m *fastjson.Value) {
		k := f.key(b)
		h.signs |= k.sign
		if m.Type() == fastjson.TypeNull || m.Type() == fastjson.TypeString && len(m.GetStringBytes()) == 0 {
			return
		}
		if isNested(m) {
			h.nested = true
			h.listed = h.listed || k.list
		}
		switch k.role {
		case titleRole:
			if m.Type() != fastjson.TypeObject {
				h.name, h.title = true, h.title || !k.weak
			}
		case descriptionRole, partRole, textRole, teaserRole:
			h.words = h.words || m.Type() != fastjson.TypeNumber
		case "", otherRole:
		default:
			h.other = true
		}
	})
	return h
}

func isNested(v *fastjson.Value) bool {
	return v.Type() == fastjson.TypeObject || v.Type() == fastjson.TypeArray
}

// meant reports whether an object without title and text has the keys of them.
func (f *finder) meant(v *fastjson.Value) bool {
	if v.Type() != fastjson.TypeObject || notice(v) || vacant(v) {
		return false
	}
	found := false
	v.GetObject().Visit(func(b []byte, m *fastjson.Value) {
		k := f.key(b)
		found = found || k.role == titleRole && !k.weak && m.Type() != fastjson.TypeObject || k.role == descriptionRole
	})
	return found
}

// notice reports whether an element of a list is the terms of use that some
// services put first.
func notice(v *fastjson.Value) bool { return v.Exists("legal") }

// document yields the postings of one value, which stands in a line.
func (f *finder) document(v *fastjson.Value, around *scope, line int) {
	f.records, f.linked = f.records[:0], nil
	if f.look(v, around) == 0 {
		switch {
		case around != nil && (around.bracket == '{' || v.Type() == fastjson.TypeArray || notice(v)): // beside the postings
		case vacant(v):
			f.add(Posting{Problem: "nothing found: the list of postings is empty"})
		default:
			f.add(Posting{Problem: fmt.Sprintf("no posting: the JSON in line %d holds no title and no text"+giveAnother, line)})
		}
		return
	}
	repeats := map[string]int{} // places in pending, where all of a value waits
	for _, r := range f.records {
		switch {
		case r.none:
			f.table.pending = append(f.table.pending, entry{posting: Posting{Problem: "no posting: an entry of the list has neither title nor text"}})
		case r.service == nil:
			f.table.add(r)
		case r.service.hidden != nil && r.service.hidden(r.value):
			f.hidden++
		default:
			p := f.posting(r, v)
			key := r.service.name + "\x00" + p.ID
			if i, ok := repeats[key]; ok && p.ID != "" {
				merge(&f.table.pending[i].posting, p)
				continue
			}
			repeats[key] = len(f.table.pending)
			f.table.pending = append(f.table.pending, entry{posting: p})
		}
	}
	f.flush(false)
}

// vacant reports whether an answer lists nothing.
func vacant(v *fastjson.Value) bool {
	if v.Type() == fastjson.TypeArray {
		return len(v.GetArray()) == 0
	}
	found := false
	v.GetObject().Visit(func(b []byte, m *fastjson.Value) {
		found = found || holders.has(strings.ToLower(string(b))) && m.Type() == fastjson.TypeArray && len(m.GetArray()) == 0
	})
	return found
}

// posting reads a record in a known service. What the user maps and keeps wins
// over what the service says.
func (f *finder) posting(r record, root *fastjson.Value) Posting {
	if r.service.has == "@type" {
		return f.schema(r, root)
	}
	p := r.service.posting(f.in, r)
	for _, role := range slices.Sorted(maps.Keys(f.in.reader.Columns)) {
		p.set(role, r, f.in.reader.Columns[role])
	}
	for _, name := range f.in.reader.Keep {
		if p.Kept == nil {
			p.Kept = map[string]string{}
		}
		p.Kept[name] = strings.Join(r.values(name), "; ")
	}
	return p
}

// set gives a role the values of the paths that the user named.
func (p *Posting) set(role string, r record, names []string) {
	var all []string
	for _, name := range names {
		all = append(all, r.values(name)...)
	}
	value := shortValue(strings.Join(all, "; "))
	switch role {
	case idRole:
		p.ID = value
	case titleRole:
		p.Title = value
	case organizationRole:
		p.Organization = value
	case locationRole:
		p.Location = value
	case dateRole:
		p.DatePosted = isoDate(value)
	case urlRole:
		p.URL = value
	case descriptionRole:
		var sections []section
		for _, name := range names {
			sections = append(sections, p.passage(passage{path: name}, r))
		}
		switch p.Text = join(sections); {
		case p.Text != "":
			p.Problem = ""
		case !slices.ContainsFunc(names, r.holds):
			p.Problem = noColumn(role, strings.Join(names, "+"), r.keys())
		}
	}
}

// holds reports whether the record has the key that a path begins with.
func (r record) holds(path string) bool {
	key, _, _ := strings.Cut(path, ".")
	return slices.Contains(r.keys(), strings.TrimSuffix(key, "[]"))
}

func (r record) keys() (names []string) {
	r.value.GetObject().Visit(func(key []byte, _ *fastjson.Value) { names = append(names, string(key)) })
	return names
}

// schema reads a JobPosting of schema.org.
func (f *finder) schema(r record, root *fastjson.Value) Posting {
	if f.linked == nil {
		all := anyOf(root)
		f.linked = &schema{in: f.in, id: map[string]item{}}
		f.linked.index(all)
	}
	f.linked.steps = mostValues
	v, _ := anyOf(r.value).(item)
	return f.linked.posting(v)
}

// anyOf is a value as encoding/json gives it.
func anyOf(v *fastjson.Value) any {
	switch v.Type() {
	case fastjson.TypeObject:
		o := item{}
		v.GetObject().Visit(func(key []byte, m *fastjson.Value) { o[string(key)] = anyOf(m) })
		return o
	case fastjson.TypeArray:
		var a []any
		for _, e := range v.GetArray() {
			a = append(a, anyOf(e))
		}
		return a
	case fastjson.TypeNumber:
		return json.Number(text(v))
	case fastjson.TypeString:
		return text(v)
	case fastjson.TypeTrue, fastjson.TypeFalse:
		return v.GetBool()
	}
	return nil
}

// unreadable yields a record that could not be read, from one line up to
// another.
func (f *finder) unreadable(from, to int, reason error) {
	f.add(Posting{Problem: fmt.Sprintf("unreadable record: %s %v: %s", where(from, to), reason, remedies[reason])})
}

// end yields what is left, and says so if there was nothing at all.
func (f *finder) end() {
	f.flush(true)
	if f.hidden > 0 {
		f.in.note("%s that the board does not list left out", counted(f.hidden, "posting"))
	}
	switch {
	case f.any || f.stopped:
	case f.hidden > 0:
		f.yield(Posting{Problem: "nothing found: the board lists none of its postings"})
	default:
		f.yield(Posting{Problem: "no posting: the JSON holds no title and no text" + giveAnother})
	}
}

const giveAnother = ": give an export or an answer that does, or their keys with --map"
