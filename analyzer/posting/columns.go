package posting

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
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
				return nil, fmt.Errorf("no such column: %s is none of %s: give one of them as --map %s=COLUMN", name, nameList(names), role)
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
	role := descriptionRole // "text" is the description, or beside one the title (Lever)
	if len(c.of[descriptionRole]) > 0 {
		role = titleRole
	}
	if len(c.of[role]) == 0 {
		c.of[role] = c.of[textRole]
	}
	c.of[descriptionRole] = fullest(c.of[descriptionRole], sample)
}

// few letters more make no text the fuller one.
const few = 300

// fullest puts the surest of the columns first that is about as long as the
// longest: a description may be a teaser beside a full one, and markup makes a
// text longer.
func fullest(of []int, sample [][]string) []int {
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
const mostNamed = 30

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

// missing reports whether a value stands for none.
func missing(s string) bool {
	s = strings.TrimSpace(s)
	switch len(s) {
	case 0:
		return true
	case 1, 2, 3, 4, 13:
		return none[strings.ToLower(s)]
	}
	return false
}

// none are the marks that programs write for a missing value.
var none = map[string]bool{
	"-": true, "-1": true, "na": true, "n/a": true, "#n/a": true, "nan": true, "nat": true, "none": true, "null": true, "nil": true,
	"[]": true, "{}": true, "not specified": true,
}

// value returns the first value of a role that is not missing.
func (c *columns) value(role string, values []string) string {
	for _, i := range c.of[role] {
		if i < len(values) && !missing(values[i]) {
			return values[i]
		}
	}
	return ""
}

// shortValue is a short value on one line, without markup; a list of values is
// joined.
func shortValue(s string) string {
	if strings.ContainsAny(s, "&<") {
		s, _, _ = repaired(s)
	}
	s = strings.TrimSpace(s)
	if n := len(s); n > 2 && s[0] == '[' && s[n-1] == ']' {
		var of []string
		for v := range strings.SplitSeq(s[1:n-1], ",") {
			of = append(of, strings.Trim(v, ` "'`))
		}
		s = strings.Join(of, ", ")
	}
	if plainLine(s) {
		return s
	}
	return oneLine(s)
}

// plainLine reports whether s is one line already, for sure.
func plainLine(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == ' ' && (i == 0 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

// longestLine bounds what is shown of a short value: a longer one is the text
// of a posting in the wrong column.
const longestLine = 300

// posting makes a Posting of the values of one record, as many as there
// are columns.
func (c *columns) posting(values []string) Posting {
	p := Posting{
		ID:           shortValue(c.value(idRole, values)),
		Title:        title(c.value(titleRole, values)),
		Organization: organization(c.value(organizationRole, values)),
		Location:     c.location(values),
		DatePosted:   c.date(values),
		URL:          strings.TrimSpace(c.value(urlRole, values)),
	}
	c.text(&p, values)
	for k, i := range c.kept {
		if p.Kept == nil {
			p.Kept = map[string]string{}
		}
		p.Kept[c.keep[k]] = valueAt(values, i)
	}
	for _, r := range []struct {
		role  string
		value *string
	}{{titleRole, &p.Title}, {organizationRole, &p.Organization}, {locationRole, &p.Location}} {
		if len(*r.value) <= longestLine {
			continue
		}
		p.Warnings = append(p.Warnings, "the "+r.role+" was as long as a text: its first line is kept")
		first, _, _ := strings.Cut(strings.TrimSpace(c.value(r.role, values)), "\n")
		if *r.value = shortValue(first); len(*r.value) > longestLine {
			*r.value = ""
		}
	}
	return p
}

// valueAt returns a value, or "" for one that is not there.
func valueAt(values []string, i int) string {
	if i < 0 || i >= len(values) {
		return ""
	}
	return values[i]
}

// title is a title without what a board's page left behind it.
func title(s string) string {
	s, _, _ = strings.Cut(s, "MONS_LOG_VARS")
	return shortValue(s)
}

// organization is a name without what boards write below it in the same cell:
// a rating ("Acme\n3.8"), the number of followers. Some exports write "|" for
// the line end.
func organization(s string) string {
	s = strings.TrimSpace(s)
	name, below, _ := strings.Cut(s, "\n")
	if n, rating, ok := strings.Cut(name, "|"); ok && strings.Trim(rating, "0123456789. ") == "" {
		name = n
	}
	if strings.HasSuffix(strings.TrimSpace(name), " followers") && below != "" { // there is no name
		return ""
	}
	return shortValue(name)
}

// location is a place, or put together of its parts.
func (c *columns) location(values []string) string {
	if s := c.value(locationRole, values); s != "" {
		return shortValue(s)
	}
	var of []string
	for _, role := range []string{cityRole, regionRole, countryRole} {
		if s := shortValue(c.value(role, values)); s != "" && !slices.Contains(of, s) {
			of = append(of, s)
		}
	}
	return strings.Join(of, ", ")
}

// date is the first date that can be read, else what is stated.
func (c *columns) date(values []string) string {
	stated := ""
	for _, i := range c.of[dateRole] {
		s := valueAt(values, i)
		if missing(s) || !strings.ContainsAny(s, "0123456789") {
			continue
		}
		d := isoDate(s)
		if len(d) == len("2006-01-02") && d[4] == '-' {
			return d
		}
		if stated == "" {
			stated = d
		}
	}
	return stated
}

// text sets the text: its sections joined.
func (c *columns) text(p *Posting, values []string) {
	var all []section
	own := false // some of it is the posting's, not the employer's
	for _, part := range c.parts {
		for _, i := range part.columns {
			if missing(valueAt(values, i)) {
				continue
			}
			if part.role == skillsRole && repeats(all, values[i]) {
				break
			}
			text, markup, warnings := repaired(values[i])
			all = append(all, section{part.head, text})
			own = own || part.role != offerRole
			p.Markup = p.Markup || markup
			for _, w := range warnings {
				if !slices.Contains(p.Warnings, w) {
					p.Warnings = append(p.Warnings, w)
				}
			}
			break
		}
	}
	switch {
	case !own && strings.EqualFold(valueAt(values, c.jobSpy), "linkedin"):
		p.Problem = "no text: JobSpy leaves the descriptions of LinkedIn out: give it linkedin_fetch_description=True"
	case !own:
		p.Problem = "no text: " + c.empty() + " empty in this record: give a table with the texts"
	case len(all) == 1 && all[0].head == "":
		p.Text = all[0].text
	default:
		p.Text = join(all)
		p.Markup = p.Markup || p.Text != all[0].text
	}
	if own && c.teasers {
		p.Warnings = append(p.Warnings, "truncated: the table holds but the beginnings of texts")
	}
}

// empty names the columns of the text.
func (c *columns) empty() string {
	var names []string
	for _, part := range c.parts {
		for _, i := range part.columns {
			if part.role != offerRole {
				names = append(names, c.names[i])
			}
		}
	}
	if len(names) == 1 {
		return names[0] + " is"
	}
	return nameList(names) + " are"
}

// repeats reports whether a list holds nothing that the sections do not: lists
// of skills are mostly made from the description.
func repeats(all []section, skills string) bool {
	if len(all) == 0 {
		return false
	}
	text := strings.ToLower(all[0].text)
	for s := range strings.FieldsFuncSeq(strings.ToLower(skills), func(r rune) bool { return strings.ContainsRune(",;|[]'\"\n", r) }) {
		if !strings.Contains(text, strings.TrimSpace(s)) {
			return false
		}
	}
	return true
}
