package posting

import (
	"net/url"
	"slices"
	"strings"

	"github.com/valyala/fastjson"
)

// posting reads a record as its service says.
func (d *service) posting(in *input, r record) Posting {
	base, link := board(in.Source), r.first(d.url)
	if base != in.Source {
		link = strings.TrimPrefix(link, "/")
	}
	p := Posting{
		ID:           shortValue(r.first(d.id)),
		Title:        shortValue(r.first(d.title)),
		Organization: shortValue(r.first(d.organization)),
		Location:     r.place(d.location),
		DatePosted:   isoDate(r.first(d.date)),
		URL:          resolve(base, link),
	}
	switch remote := strings.ToLower(r.first(d.remote)); {
	case remote != "true" && !strings.Contains(remote, "remote") || strings.Contains(strings.ToLower(p.Location), "remote"):
	case p.Location == "":
		p.Location = "Remote"
	default:
		p.Location += " (remote)"
	}
	d.read(&p, r)
	if d.mend != nil {
		d.mend(&p)
	}
	if p.Organization == "" {
		p.Organization = siteOf(p.URL)
	}
	if p.Text == "" && p.Problem == "" {
		p.Problem = "no text: the list of this board holds no descriptions: give the board's URL, or the detail answers"
		if key, _, nested := strings.Cut(d.text[0].path, "."); nested && r.value.Exists(key) {
			p.Problem = "no text: the description is empty"
		}
	}
	return p
}

// board is the address that the links of an answer are relative to: that of
// Workday's service holds tenant and site, that of its pages the site.
func board(source string) string {
	host, rest, ok := strings.Cut(source, "/wday/cxs/")
	if _, rest, _ = strings.Cut(rest, "/"); !ok {
		return source
	}
	site, _, _ := strings.Cut(rest, "/")
	return host + "/" + site + "/"
}

// sites are hosts on which the first part of the path names the company, or
// the first part of the host does.
var sites = []struct {
	host   string
	inPath bool
}{
	{"lever.co", true}, {"ashbyhq.com", true}, {"greenhouse.io", true}, {"smartrecruiters.com", true}, {"rippling.com", true},
	{"myworkdayjobs.com", false}, {"recruitee.com", false}, {"bamboohr.com", false}, {"teamtailor.com", false}, {"pinpointhq.com", false}, {"eightfold.ai", false},
}

// apiPath are the parts of a path that stand before the company's name in the
// addresses of their public interfaces.
var apiPath = []string{"v0", "v1", "boards", "companies", "postings", "posting-api", "job-board"}

// siteOf is the company's name as the address of its board has it, or "".
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for _, s := range sites {
		name, ok := strings.CutSuffix(u.Hostname(), "."+s.host)
		switch {
		case !ok:
		case s.inPath:
			for name = range strings.SplitSeq(strings.TrimPrefix(u.Path, "/"), "/") {
				if !slices.Contains(apiPath, name) {
					return name
				}
			}
			return ""
		default:
			name, _, _ = strings.Cut(name, ".")
			return name
		}
	}
	return ""
}

// read joins the passages of the text.
func (d *service) read(p *Posting, r record) {
	var all []section
	for _, g := range d.text {
		if g.each == "" {
			all = append(all, p.passage(g, r))
			continue
		}
		visit(r.value, g.each+"[]", func(v *fastjson.Value) {
			all = append(all, p.passage(g, record{value: v, around: r.around}))
		})
	}
	p.Text = join(all)
	p.Markup = p.Markup || len(all) > 1
}

// passage reads a section and adds to the posting what its text needed.
func (p *Posting) passage(g passage, r record) section {
	var lines []string
	for path := range strings.SplitSeq(g.path, "|") {
		for _, t := range r.values(path) {
			if r.service != nil && r.service.escaped {
				t = unescapeOnce(t)
			}
			t, markup, warnings := repaired(t)
			if strings.TrimSpace(t) == "" {
				continue
			}
			lines = append(lines, t)
			p.Markup = p.Markup || markup
			p.warn(warnings...)
		}
		if len(lines) > 0 {
			break
		}
	}
	for i, t := range lines {
		if len(lines) > 1 && !strings.Contains(t, "\n") {
			lines[i] = bullet + strings.TrimPrefix(t, bullet)
		}
	}
	return section{shortValue(r.first(g.head)), strings.Join(lines, "\n")}
}

// warn adds warnings, each once.
func (p *Posting) warn(warnings ...string) {
	for _, w := range warnings {
		if !slices.Contains(p.Warnings, w) {
			p.Warnings = append(p.Warnings, w)
		}
	}
}

// merge makes one posting of two entries of a list with the same id: services
// repeat a posting for each of its places, and a detail answer repeats its
// list's entry.
func merge(p *Posting, q Posting) {
	if q.Location != p.Location && q.Location != "" {
		p.Location = placed(append(strings.Split(p.Location, "; "), strings.Split(q.Location, "; ")...)...)
	}
	switch {
	case q.Text == "" && p.Text == "":
		p.warn("listed several times with the same id: the entries were taken for one posting")
	case p.Text == "":
		p.Text, p.Markup, p.Problem, p.Warnings = q.Text, q.Markup, q.Problem, q.Warnings
		if q.URL != "" {
			p.URL = q.URL // a list may name the address of the detail answer
		}
	case q.Text != "" && q.Text != p.Text:
		p.warn("listed several times with the same id and different texts: the longest was read")
		if len(q.Text) > len(p.Text) {
			p.Text, p.Markup = q.Text, q.Markup
		}
	case q.Text == p.Text:
		p.warn("listed several times with the same id: the entries were taken for one posting")
	}
	for _, f := range []struct {
		to   *string
		from string
	}{{&p.Title, q.Title}, {&p.Organization, q.Organization}, {&p.URL, q.URL}} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
	if len(p.DatePosted) != len("2026-02-04") && q.DatePosted != "" { // else as stated: "Posted 3 Days Ago"
		p.DatePosted = q.DatePosted
	}
}

// requisition cuts the number of a Workday posting out of its path.
func requisition(p *Posting) {
	if i := strings.LastIndexAny(p.ID, "_/"); i >= 0 && i+1 < len(p.ID) {
		p.ID = p.ID[i+1:]
	}
}

// isComment reports whether an item of Hacker News is a comment on the thread
// itself: a posting, or what is left of one.
func isComment(v *fastjson.Value) bool {
	return text(v.Get("parent_id")) != "" && text(v.Get("type")) != "story"
}

// firstLine takes title, organisation and place from the first line of a
// comment: "Northwind | Clerk | Leeds or remote | full-time".
func firstLine(p *Posting) {
	first, _ := nextLine(p.Text)
	parts := strings.Split(first, "|")
	for i, part := range parts {
		part = shortValue(part)
		switch {
		case len(parts) < 2 || len(part) > 120:
		case i == 0:
			p.Organization = part
		case i == 1:
			p.Title = part
		case i == 2:
			p.Location = part
		}
	}
	p.URL = "https://news.ycombinator.com/item?id=" + p.ID
	if p.Text == "" {
		p.Problem = "no text: the comment was deleted"
	}
}

// isJobPosting reports whether an object is a JobPosting of schema.org.
func isJobPosting(v *fastjson.Value) bool {
	found := false
	for _, t := range append(v.GetArray("@type"), v.Get("@type")) {
		found = found || lastName(text(t)) == "JobPosting"
	}
	return found
}

// isUnlisted reports whether a board keeps a posting to those who have its
// address.
func isUnlisted(v *fastjson.Value) bool { return text(v.Get("isListed")) == "false" }
