package posting

import (
	"slices"
	"strconv"
	"strings"
)

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
	if strings.IndexByte(s, '&') >= 0 || strings.IndexByte(s, '<') >= 0 {
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
	return oneLine(s)
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
		d := isoDate(wholeNumber(s))
		if len(d) == len("2006-01-02") && d[4] == '-' {
			return d
		}
		if stated == "" {
			stated = d
		}
	}
	return stated
}

// wholeNumber writes a number that a table made a fraction of as it was:
// 1713397508000.0, 1.713397508e+12.
func wholeNumber(s string) string {
	if len(s) > 4 && s[4] == '-' && isDigit(s[3]) { // a date
		return s
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil && f > 1e9 && f < 1e15 {
		return strconv.FormatInt(int64(f), 10)
	}
	return s
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
