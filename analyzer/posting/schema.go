package posting

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// parts are the fields of a JobPosting that may hold requirements beside its
// description, with the heading each is given in the text.
var parts = []struct{ field, head string }{
	{"responsibilities", "Responsibilities"},
	{"qualifications", "Qualifications"},
	{"skills", "Skills"},
	{"experienceRequirements", "Experience"},
	{"educationRequirements", "Education"},
}

// textRead is text already read from markup, as opposed to a string that may
// itself be markup.
type textRead string

// schemaPostings turns the JobPosting nodes in values to Postings. A node that
// repeats an earlier one is left out: pages state theirs twice.
func schemaPostings(in *input, values []any) []Posting {
	s := &schema{in: in, id: map[string]item{}, steps: len(in.text)}
	s.index(values)
	seen := map[string]bool{}
	var ps []Posting
	for _, v := range jobPostings(values) {
		p := s.posting(v)
		key := strings.Join([]string{p.ID, p.Title, p.Organization, p.Location, p.URL, p.Text}, "\x00")
		if !seen[key] {
			seen[key] = true
			ps = append(ps, p)
		}
	}
	return ps
}

type schema struct {
	in    *input
	id    map[string]item // nodes by @id, for those that only refer
	steps int             // how many more values may be looked at
	depth int             // values around the one looked at

	warnings []string // of the posting being read
}

// warn adds warnings that the posting does not have yet.
func (s *schema) warn(warnings []string) {
	for _, w := range warnings {
		if !slices.Contains(s.warnings, w) {
			s.warnings = append(s.warnings, w)
		}
	}
}

// enter begins to look at a value and reports whether that is allowed; leave
// ends it. A document has fewer values than bytes: only references that run in
// circles, or all to one large value, meet the bounds.
func (s *schema) enter() bool {
	s.steps--
	s.depth++
	return s.steps >= 0 && s.depth < 64
}

func (s *schema) leave() { s.depth-- }

func (s *schema) index(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			s.index(e)
		}
	case item:
		if id, ok := v["@id"].(string); ok && len(v) > 1 {
			s.id[id] = v
		}
		for _, e := range v {
			s.index(e)
		}
	}
}

// node returns v as a node, following a reference.
func (s *schema) node(v any) item {
	n, _ := v.(item)
	if id, ok := n["@id"].(string); ok && len(n) == 1 {
		return s.id[id]
	}
	return n
}

func (s *schema) posting(v item) Posting {
	s.warnings = nil
	p := Posting{
		Markup:       true,
		Title:        s.name(v["title"]),
		Organization: s.name(v["hiringOrganization"]),
		Location:     s.place(v),
		DatePosted:   isoDate(s.name(v["datePosted"])),
		ID:           s.identifier(v["identifier"]),
		URL:          resolve(s.in.Source, s.link(v)),
		Text:         s.text(v),
	}
	if p.Title == "" {
		p.Title = s.name(v["name"])
	}
	p.Warnings = s.warnings
	if p.Text == "" {
		p.Problem = "no text: the posting's description is empty"
	}
	return p
}

// text joins the description and the parts that it does not repeat.
func (s *schema) text(v item) string {
	all := []section{{"", s.prose(v["description"])}}
	for _, part := range parts {
		all = append(all, section{part.head, s.prose(v[part.field])})
	}
	return join(all)
}

// spoken are the fields of a node of which the first with text is its prose.
var spoken = []string{"description", "text", "name", "credentialCategory", "value"}

// prose returns a field that may be text, markup, a node or several of them.
func (s *schema) prose(v any) string {
	defer s.leave()
	if !s.enter() {
		return ""
	}
	switch v := v.(type) {
	case textRead:
		return string(v)
	case string:
		text, _, warnings := repaired(v)
		s.warn(warnings)
		return strings.TrimSpace(text)
	case []any:
		var lines []string
		for _, e := range v {
			if t := s.prose(e); t != "" && len(v) > 1 && !strings.Contains(t, "\n") {
				lines = append(lines, bullet+strings.TrimPrefix(t, bullet))
			} else if t != "" {
				lines = append(lines, t)
			}
		}
		return strings.Join(lines, "\n")
	case item:
		n := s.node(v)
		for _, k := range spoken {
			if t := s.prose(n[k]); t != "" {
				return t
			}
		}
	}
	return ""
}

// name returns a short field: a string, a number, or a node's name.
func (s *schema) name(v any) string {
	defer s.leave()
	if !s.enter() {
		return ""
	}
	switch v := v.(type) {
	case string:
		text, _, _ := repaired(v)
		return oneLine(text)
	case textRead:
		return oneLine(string(v))
	case json.Number:
		return v.String()
	case []any:
		for _, e := range v {
			if t := s.name(e); t != "" {
				return t
			}
		}
	case item:
		n := s.node(v)
		for _, k := range []string{"name", "legalName", "@value"} {
			if t := s.name(n[k]); t != "" {
				return t
			}
		}
	}
	return ""
}

func (s *schema) identifier(v any) string {
	for _, e := range list(v) {
		if n := s.node(e); n != nil {
			if t := s.name(n["value"]); t != "" {
				return t
			}
			continue
		}
		if t := s.name(e); t != "" {
			return t
		}
	}
	return ""
}

func (s *schema) link(v item) string {
	for _, k := range []string{"url", "mainEntityOfPage", "@id"} {
		for _, e := range list(v[k]) {
			if n := s.node(e); n != nil {
				e = n["@id"]
			}
			switch e := e.(type) {
			case string:
				if k == "url" || strings.HasPrefix(e, "http") {
					return e
				}
			case textRead:
				return string(e)
			}
		}
	}
	return ""
}

// mostPlaces is how many places of work are named: one posting listed 179.
const mostPlaces = 10

// place joins the places of work and says when the work is remote.
func (s *schema) place(v item) string {
	var out []string
	seen := map[string]bool{"": true}
	add := func(t string) {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	for _, e := range list(v["jobLocation"]) {
		add(s.address(e))
	}
	if flat := first(v, "addressLocality", "streetAddress"); len(out) == 0 && flat != nil { // SuccessFactors
		add(s.name(flat))
	}
	remote := strings.EqualFold(s.name(v["jobLocationType"]), "TELECOMMUTE")
	if len(out) == 0 {
		for _, e := range list(v["applicantLocationRequirements"]) {
			add(s.name(e))
		}
	}
	if n := len(out) - mostPlaces; n > 0 {
		out = append(out[:mostPlaces], fmt.Sprintf("and %d more", n))
	}
	where := strings.Join(out, "; ")
	switch {
	case remote && where == "":
		return "Remote"
	case remote:
		return where + " (remote)"
	}
	return where
}

func (s *schema) address(v any) string {
	defer s.leave()
	if !s.enter() {
		return ""
	}
	n := s.node(v)
	if n == nil {
		return s.name(v)
	}
	if a, ok := n["address"]; ok {
		for _, e := range list(a) {
			if t := s.address(e); t != "" {
				return t
			}
		}
	}
	var out []string
	for _, k := range []string{"addressLocality", "addressRegion", "addressCountry"} {
		if t := s.name(n[k]); t != "" && (len(out) == 0 || out[len(out)-1] != t) {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		for _, k := range []string{"name", "streetAddress"} {
			if t := s.name(n[k]); t != "" {
				return t
			}
		}
	}
	return strings.Join(out, ", ")
}

func oneLine(s string) string {
	if plainLine(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// plainLine reports whether s is one line already, for sure.
func plainLine(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= utf8.RuneSelf || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// resolve makes a link absolute where the document's own address is known.
func resolve(base, link string) string {
	link = strings.TrimSpace(link)
	if strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") { // as most are: it is not parsed
		return link
	}
	u, err := url.Parse(link)
	if link == "" || err != nil || u.IsAbs() {
		return link
	}
	if b, err := url.Parse(base); err == nil && b.Host != "" {
		return b.ResolveReference(u).String()
	}
	return link
}
