package posting

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The roles that a column of a table or a key of an object may have: what its
// value says of the posting.
const (
	idRole           = "id"
	titleRole        = "title"
	organizationRole = "organization"
	locationRole     = "location"
	dateRole         = "date"
	urlRole          = "url"
	descriptionRole  = "description"
)

// Roles returns the roles that Reader.Columns may name.
func Roles() []string {
	return []string{titleRole, organizationRole, locationRole, dateRole, descriptionRole, idRole, urlRole}
}

// Columns say which columns hold what. They are chosen once for a table.
type columns struct {
	names   []string // of all columns
	of      map[string][]int
	parts   []part // the sections of the text, in order
	kept    []int  // of Reader.Keep, -1 for one that is not there
	keep    []string
	jobSpy  int  // JobSpy's column of boards, or -1
	teasers bool // there are but the beginnings of texts
}

// A part is a section of the text.
type part struct {
	columns []int // renderings of one text: the first that is not empty is taken
	head    string
	role    string
}

// columns chooses the columns of a table by the user's word, else by their
// names. sample holds a few of its rows, to tell a description from what is
// shorter; it may be empty. The error names what is not there and what is.
func (r *Reader) columns(names []string, sample [][]string) (*columns, error) {
	c := &columns{names: names, of: map[string][]int{}, keep: r.Keep, jobSpy: -1}
	found := make([]field, len(names))
	for i, name := range names {
		f := fieldOf(name)
		if found[i] = f; f.role != "" && f.role != otherRole {
			c.of[f.role] = append(c.of[f.role], i)
		}
	}
	for _, of := range c.of {
		slices.SortStableFunc(of, func(i, j int) int { return cmp.Compare(found[i].rank, found[j].rank) })
	}
	c.distrust(sample)
	for _, name := range r.Keep {
		c.kept = append(c.kept, c.index(name))
	}
	for _, role := range slices.Sorted(maps.Keys(r.Columns)) {
		if !slices.Contains(Roles(), role) {
			return nil, fmt.Errorf("no such role: %s: give one of %s", role, strings.Join(Roles(), ", "))
		}
		c.of[role] = nil
		for _, name := range r.Columns[role] {
			i := c.index(name)
			if i < 0 {
				return nil, errors.New(noColumn(role, name, names))
			}
			c.of[role] = append(c.of[role], i)
		}
	}
	if len(r.Columns[descriptionRole]) > 0 {
		c.joined(found)
	} else {
		c.sections(found)
	}
	if !slices.ContainsFunc(c.parts, func(p part) bool { return p.role != offerRole }) {
		return nil, fmt.Errorf("no text column: none of %s holds the text of a posting by its name: give the one that does as --map description=COLUMN", nameList(names))
	}
	return c, nil
}

// noColumn says that a column the user named for a role is not there.
func noColumn(role, name string, names []string) string {
	return fmt.Sprintf(NoColumn+": %s is none of %s: give one of them as --map %s=COLUMN", name, nameList(names), role)
}

// distrust takes columns from roles that their names give them and the rest of
// the table does not.
func (c *columns) distrust(sample [][]string) {
	has := func(name string) int {
		return slices.IndexFunc(c.names, func(n string) bool { return bare(n) == name })
	}
	if has("joburldirect") >= 0 {
		c.jobSpy = has("site")
	}
	if has("jobboard") >= 0 && has("hasexpired") >= 0 { // Monster's organization is a sector
		delete(c.of, organizationRole)
	}
	// "text" is the description, or beside one the title (Lever), unless that
	// holds no more than a name (SkillSpan's "posting").
	texts := c.of[textRole]
	switch of := fullest(slices.Concat(c.of[descriptionRole], texts), sample); {
	case len(of) == 0 || len(c.of[descriptionRole]) > 0 && !slices.Contains(texts, of[0]):
		if len(c.of[titleRole]) == 0 {
			c.of[titleRole] = texts
		}
	default:
		c.of[descriptionRole] = texts
	}
	c.of[descriptionRole] = fullest(c.of[descriptionRole], sample)
}

// few letters more make no text the fuller one.
const few = 300

// fullest puts the surest of the columns first that is about as long as the
// longest: a description may be a teaser beside a full one, and markup makes a
// text longer.
func fullest(of []int, sample [][]string) []int {
	if len(of) < 2 {
		return of
	}
	size := make([]int, len(of))
	for k, i := range of {
		for _, row := range sample {
			if i < len(row) && !missing(row[i]) {
				text, _, _ := repaired(row[i][:min(len(row[i]), 1<<14)])
				size[k] += letterCount(text)
			}
		}
	}
	for k, i := range of {
		if 3*size[k]+few >= 2*slices.Max(size) {
			return append([]int{i}, slices.Delete(slices.Clone(of), k, k+1)...)
		}
	}
	return of
}

// sections sets the parts of the text: the description, then the parts beside
// it in the order of the table, what is said of the employer last.
func (c *columns) sections(found []field) {
	if of := c.of[descriptionRole]; len(of) > 0 {
		c.parts = append(c.parts, part{columns: of})
	}
	for _, role := range []string{partRole, skillsRole, offerRole} {
		of := slices.Sorted(slices.Values(c.of[role]))
		for _, i := range of {
			c.parts = append(c.parts, part{[]int{i}, c.heading(i, found[i]), role})
		}
	}
	if of := c.of[teaserRole]; len(of) > 0 && (len(c.parts) == 0 || c.parts[0].role == offerRole) {
		c.parts = append([]part{{columns: of}}, c.parts...)
		c.teasers = true
	}
}

// joined sets the parts of the text as the user wants them.
func (c *columns) joined(found []field) {
	for _, i := range c.of[descriptionRole] {
		p := part{columns: []int{i}}
		if len(c.of[descriptionRole]) > 1 && found[i].role != descriptionRole && found[i].role != textRole {
			p.head = c.heading(i, found[i])
		}
		c.parts = append(c.parts, p)
	}
}

// heading is what a section goes under: a name that readers know, else the
// column's own.
func (c *columns) heading(i int, f field) string {
	switch {
	case f.head != "":
		return f.head
	case f.role == skillsRole:
		return "Skills"
	}
	words := strings.Join(strings.FieldsFunc(c.names[i], func(r rune) bool { return r <= ' ' || r == '_' }), " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// index returns the column of a name, as it is written or nearly, or -1.
func (c *columns) index(name string) int {
	if i := slices.Index(c.names, name); i >= 0 {
		return i
	}
	return slices.IndexFunc(c.names, func(n string) bool { return bare(n) == bare(name) })
}

// mostNamed is how many columns are named in a message.
const mostNamed = 12

// nameList names columns.
func nameList(names []string) string {
	var out []string
	for _, n := range names[:min(len(names), mostNamed)] {
		switch {
		case n == "":
			n = "(no name)"
		case len(n) > longestName:
			n = strings.ToValidUTF8(n[:longestName], "") + "…"
		}
		out = append(out, n)
	}
	if n := len(names) - mostNamed; n > 0 {
		out = append(out, fmt.Sprintf("%d more", n))
	}
	return strings.Join(out, ", ")
}

// String says what was chosen and what was left, for Reader.Note, in the signs
// of --map: "location from place or city+country".
func (c *columns) String() string {
	var said []string
	used := map[int]bool{}
	name := func(of []int, by string) string {
		var names []string
		for _, i := range of {
			names = append(names, c.names[i])
			used[i] = true
		}
		return strings.Join(names, by)
	}
	say := func(role, from string) {
		if from != "" {
			said = append(said, role+" from "+from)
		}
	}
	for _, role := range Roles() {
		switch role {
		case locationRole:
			places := []string{name(c.of[role], " or "), name(slices.Concat(c.of[cityRole], c.of[regionRole], c.of[countryRole]), "+")}
			say(role, strings.Join(slices.DeleteFunc(places, func(s string) bool { return s == "" }), " or "))
		case descriptionRole:
			var parts []string
			for _, p := range c.parts {
				parts = append(parts, name(p.columns, " or "))
			}
			say("text", strings.Join(parts, "+"))
		default:
			say(role, name(c.of[role], " or "))
		}
	}
	var left []string
	for i, n := range c.names {
		if !used[i] && !slices.Contains(c.kept, i) {
			left = append(left, n)
		}
	}
	if len(left) > 0 {
		said = append(said, "not used: "+nameList(left))
	}
	return strings.Join(said, "; ")
}

// uses reports whether a column's values are asked for.
func (c *columns) uses(i int) bool {
	if i == c.jobSpy || slices.Contains(c.kept, i) {
		return true
	}
	for _, of := range c.of {
		if slices.Contains(of, i) {
			return true
		}
	}
	return false
}

// isText reports whether a column holds text of the posting's own.
func (c *columns) isText(i int) bool {
	return slices.ContainsFunc(c.parts, func(p part) bool { return p.role != offerRole && slices.Contains(p.columns, i) })
}

// hasText reports whether one of the values does.
func (c *columns) hasText(values []string) bool {
	for i, v := range values {
		if !missing(v) && c.isText(i) {
			return true
		}
	}
	return false
}
