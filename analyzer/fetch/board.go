package fetch

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A system is an applicant-tracking system whose boards answer programs, as a
// value: where its pages stand, and how its public interface is read. In an
// address {board} stands for the name of a board, {id} for that of a posting,
// {host} for the host of the page; {offset} counts postings.
type system struct {
	name string // by which a user may give a board: name:board

	// at holds the addresses of its pages, as host|host/path; the first that
	// fits counts. {id*} is the rest of a path. One with an id is a posting's.
	at   []string
	list string // the endpoint of a board
	body string // of a POST to it; empty for a GET
	one  string // the endpoint of a posting; empty if it is picked from the list
	page string // of a posting, where the answer names none

	// The answer: the path to its postings, with | between alternatives; the key
	// that tells them apart; the paths to their number and to the next page.
	items, id, total, next string

	step   int  // {offset} moves on by as many, at most; 0 if there is one page
	detail bool // the list has no text: every posting is asked for
	most   int  // that one query shows before it begins anew; 0 for all
	number bool // a posting's id is the number at the beginning of its name
}

// systems are as FORMATS describes them; those of Rippling, Oracle and
// Eightfold as their own pages use them.
var systems = []system{
	{
		name: "greenhouse",
		at: []string{
			greenhouse + "/embed/job_app?for={board}&token={id}", greenhouse + "/embed/job_board/js?for={board}", greenhouse + "/embed/job_board?for={board}",
			greenhouse + "/{board}/jobs/{id}", greenhouse + "/{board}",
			"boards-api.greenhouse.io|api.greenhouse.io/v1/boards/{board}/jobs/{id}", "boards-api.greenhouse.io|api.greenhouse.io/v1/boards/{board}/jobs",
		},
		list:  "https://boards-api.greenhouse.io/v1/boards/{board}/jobs?content=true",
		one:   "https://boards-api.greenhouse.io/v1/boards/{board}/jobs/{id}?content=true",
		items: "jobs", id: "id", total: "meta.total",
	},
	{
		name: "lever",
		at:   []string{"jobs.lever.co/{board}/{id}", "jobs.lever.co/{board}/{id}/apply", "jobs.lever.co/{board}", "api.lever.co/v0/postings/{board}/{id}", "api.lever.co/v0/postings/{board}"},
		list: "https://api.lever.co/v0/postings/{board}?mode=json&skip={offset}&limit=100",
		one:  "https://api.lever.co/v0/postings/{board}/{id}?mode=json",
		id:   "id", step: 100,
	},
	{
		name: "lever-eu",
		at:   []string{"jobs.eu.lever.co/{board}/{id}", "jobs.eu.lever.co/{board}/{id}/apply", "jobs.eu.lever.co/{board}", "api.eu.lever.co/v0/postings/{board}/{id}", "api.eu.lever.co/v0/postings/{board}"},
		list: "https://api.eu.lever.co/v0/postings/{board}?mode=json&skip={offset}&limit=100",
		one:  "https://api.eu.lever.co/v0/postings/{board}/{id}?mode=json",
		id:   "id", step: 100,
	},
	{
		name: "ashby",
		at: []string{"jobs.ashbyhq.com/{board}/embed", "jobs.ashbyhq.com/{board}/{id}", "jobs.ashbyhq.com/{board}/{id}/application", "jobs.ashbyhq.com/{board}",
			"api.ashbyhq.com/posting-api/job-board/{board}"},
		list:  "https://api.ashbyhq.com/posting-api/job-board/{board}?includeCompensation=true",
		items: "jobs", id: "id",
	},
	{
		name: "workable",
		at: []string{"apply.workable.com/{board}/j/{id}", "apply.workable.com/{board}/j/{id}/apply", "apply.workable.com/{board}",
			"apply.workable.com|www.workable.com/api/v1/widget/accounts/{board}", "{board}.workable.com"},
		list:  "https://apply.workable.com/api/v1/widget/accounts/{board}?details=true",
		items: "jobs", id: "shortcode",
	},
	{
		name: "smartrecruiters",
		at: []string{"careers.smartrecruiters.com|jobs.smartrecruiters.com/{board}/{id}", "careers.smartrecruiters.com|jobs.smartrecruiters.com/{board}",
			"api.smartrecruiters.com/v1/companies/{board}/postings/{id}", "api.smartrecruiters.com/v1/companies/{board}/postings"},
		list:  "https://api.smartrecruiters.com/v1/companies/{board}/postings?limit=100&offset={offset}",
		one:   "https://api.smartrecruiters.com/v1/companies/{board}/postings/{id}",
		page:  "https://jobs.smartrecruiters.com/{board}/{id}",
		items: "content", id: "id", total: "totalFound", step: 100, detail: true, number: true,
	},
	{
		name:  "recruitee",
		at:    []string{"{board}.recruitee.com/o/{id}", "{board}.recruitee.com", "{board}.recruitee.com/api/offers"},
		list:  "https://{board}.recruitee.com/api/offers/",
		items: "offers", id: "slug",
	},
	{
		name: "workday",
		at: []string{"{board}.{wd}.myworkdayjobs.com/wday/cxs/{tenant}/{site}/jobs", "{board}.{wd}.myworkdayjobs.com/{site}/{id*}", "{board}.{wd}.myworkdayjobs.com/{site}",
			"{wd}.myworkdaysite.com/recruiting/{board}/{site}/{id*}", "{wd}.myworkdaysite.com/recruiting/{board}/{site}"},
		list:  "https://{host}/wday/cxs/{board}/{site}/jobs",
		body:  `{"appliedFacets":{facets},"limit":20,"offset":{offset},"searchText":{search}}`,
		one:   "https://{host}/wday/cxs/{board}/{site}/{id}",
		page:  "https://{host}/{site}/{id}",
		items: "jobPostings", id: "externalPath", total: "total", step: 20, detail: true, most: 2000,
	},
	{
		name: "bamboohr",
		at: []string{"{board}.bamboohr.com/careers/list", "{board}.bamboohr.com/careers/{id}", "{board}.bamboohr.com/careers/{id}/detail", "{board}.bamboohr.com/jobs/view.php?id={id}",
			"{board}.bamboohr.com", "{board}.bamboohr.com/careers", "{board}.bamboohr.com/jobs", "{board}.bamboohr.com/jobs/embed2.php", "{board}.bamboohr.com/js/embed.js"},
		list:  "https://{board}.bamboohr.com/careers/list",
		one:   "https://{board}.bamboohr.com/careers/{id}/detail",
		page:  "https://{board}.bamboohr.com/careers/{id}",
		items: "result", id: "id", total: "meta.totalCount", detail: true,
	},
	{
		name: "personio",
		at:   []string{"{board}.jobs.personio.com|{board}.jobs.personio.de", "{board}.jobs.personio.com|{board}.jobs.personio.de/xml", "{board}.jobs.personio.com|{board}.jobs.personio.de/search"},
		list: "https://{host}/xml", // XML, to be read as it is
		page: "https://{host}/job/{id}",
	},
	{
		name:  "teamtailor",
		at:    []string{"{board}.teamtailor.com", "{board}.teamtailor.com/jobs", "{board}.teamtailor.com/jobs.json", "{board}.{region}.teamtailor.com", "{board}.{region}.teamtailor.com/jobs"},
		list:  "https://{host}/jobs.json",
		items: "items", id: "id", next: "next_url",
	},
	{
		name:  "pinpoint",
		at:    []string{"{board}.pinpointhq.com", "{board}.pinpointhq.com/{lang}", "{board}.pinpointhq.com/postings.json"},
		list:  "https://{board}.pinpointhq.com/postings.json",
		items: "data", id: "id",
	},
	{
		name:  "rippling",
		at:    []string{"ats.rippling.com/{board}/jobs/{id}", "ats.rippling.com/{board}/jobs", "ats.rippling.com/{board}", "api.rippling.com/platform/api/ats/v1/board/{board}/jobs"},
		list:  "https://api.rippling.com/platform/api/ats/v1/board/{board}/jobs",
		one:   "https://api.rippling.com/platform/api/ats/v1/board/{board}/jobs/{id}",
		page:  "https://ats.rippling.com/{board}/jobs/{id}",
		items: "|jobs", id: "uuid", detail: true,
	},
	{
		// Employers show it under hosts of their own: its paths tell it.
		name: "oracle",
		at: []string{oracle + "/job/{id}", oracle + "/jobs/job/{id}", oracle + "/jobs/preview/{id}", oracle + "/requisitions/job/{id}", oracle + "/requisitions/preview/{id}",
			oracle, oracle + "/jobs", oracle + "/requisitions"},
		list:  "https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true&expand=requisitionList.secondaryLocations&finder=findReqs;siteNumber={site},limit=25,offset={offset},sortBy=POSTING_DATES_DESC",
		one:   "https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?expand=all&onlyData=true&finder=ById;Id=%22{id}%22,siteNumber={site}",
		page:  "https://{host}/hcmUI/CandidateExperience/{lang}/sites/{site}/job/{id}",
		items: "items.0.requisitionList", id: "Id", total: "items.0.TotalJobsCount", step: 25, detail: true,
	},
	{
		name: "eightfold",
		at: []string{"{board}.eightfold.ai/careers?pid={id}&domain={domain}", "{board}.eightfold.ai/careers?pid={id}", "{board}.eightfold.ai/careers/job/{id}?domain={domain}", "{board}.eightfold.ai/careers/job/{id}",
			"{board}.eightfold.ai/careers?domain={domain}", "{board}.eightfold.ai/careers", "{board}.eightfold.ai",
			"{board}.eightfold.ai/api/apply/v2/jobs?domain={domain}", "{board}.eightfold.ai/api/apply/v2/jobs"},
		list:  "https://{host}/api/apply/v2/jobs?domain={domain}&start={offset}&num=10",
		one:   "https://{host}/api/apply/v2/jobs/{id}?domain={domain}",
		page:  "https://{host}/careers/job/{id}",
		items: "positions|data.positions", id: "id", total: "count|data.count", step: 10, detail: true,
	},
}

const (
	greenhouse = "boards.greenhouse.io|job-boards.greenhouse.io|boards.eu.greenhouse.io|job-boards.eu.greenhouse.io"
	oracle     = "{any*}/hcmUI/CandidateExperience/{lang}/sites/{site}"
)

// place is a board, or a posting on one: a system and what the blanks of its
// addresses hold.
type place struct {
	*system
	blanks map[string]string
	query  url.Values // of the address: a search on the board
}

// posting reports whether the place is one posting.
func (p place) posting() bool { return p.blanks["id"] != "" }

// board is the whole board, as a name to compare.
func (p place) board() string { return p.fill(p.list) }

// own are first names of hosts that are a system's own, and no board's.
var own = map[string]bool{"www": true, "api": true, "app": true, "apply": true, "jobs": true, "help": true, "support": true, "career": true, "careers": true, "resources": true, "embed": true, "static": true, "assets": true}

// recognise finds the board that an address leads to. A first part of the path
// that is a language ("en-US") may be left out.
func recognise(u *url.URL) (place, bool) {
	if u.Scheme != "http" && u.Scheme != "https" {
		return place{}, false
	}
	host := strings.Split(strings.ToLower(u.Host), ".")
	var path []string
	if p := strings.Trim(u.Path, "/"); p != "" {
		path = strings.Split(p, "/")
	}
	foreign := len(path) > 0 && language().MatchString(path[0])
	for _, at := range slices.Concat(patterns()[domain(host)], patterns()[""]) {
		if b, ok := at.fits(u, host, path); ok && at.complete(b, u) {
			return place{at.system, b, u.Query()}, true
		}
		if !foreign {
			continue
		}
		if b, ok := at.fits(u, host, path[1:]); ok && at.complete(b, u) {
			return place{at.system, b, u.Query()}, true
		}
	}
	return place{}, false
}

var (
	language = expression(`^[a-z]{2}([-_][A-Za-z]{2,4})?$`)
	leading  = expression(`^[0-9]+`)
)

// complete settles blanks that an address may leave open, and refuses what is
// no board.
func (s *system) complete(b map[string]string, u *url.URL) bool {
	if first, _, _ := strings.Cut(strings.ToLower(u.Host), "."); first == b["board"] && own[first] {
		return false
	}
	b["host"] = u.Host
	if _, ok := b["lang"]; ok && !language().MatchString(b["lang"]) {
		return false
	}
	if b["domain"] == "" { // Eightfold's name of a customer: its address, most often
		b["domain"] = b["board"] + ".com"
	}
	if id := b["id"]; id != "" && s.number {
		if b["id"] = leading().FindString(id); b["id"] == "" {
			b["id"] = id
		}
	}
	if s.name == "workday" { // a posting stands at job/..., its split view at details/...
		id, ok := strings.CutPrefix(b["id"], "details/")
		if ok {
			b["id"] = "job/" + id
		}
		return b["id"] == "" || strings.HasPrefix(b["id"], "job/")
	}
	return true
}

// pattern is an address with blanks, cut into its parts.
type pattern struct {
	*system
	hosts [][]string
	path  []string
	query [][2]string // key, blank
}

// patterns are those of all systems by their domains, "" for any: of a page's
// many links few lead to a board.
var patterns = sync.OnceValue(func() map[string][]*pattern { return cut(systems) })

func cut(systems []system) map[string][]*pattern {
	ps := map[string][]*pattern{}
	for i := range systems {
		for _, at := range systems[i].at {
			p := &pattern{system: &systems[i]}
			at, query, _ := strings.Cut(at, "?")
			hosts, path, _ := strings.Cut(at, "/")
			for host := range strings.SplitSeq(hosts, "|") {
				p.hosts = append(p.hosts, strings.Split(host, "."))
			}
			if path != "" {
				p.path = strings.Split(path, "/")
			}
			for pair := range strings.SplitSeq(query, "&") {
				if key, blank, ok := strings.Cut(pair, "="); ok {
					p.query = append(p.query, [2]string{key, strings.Trim(blank, "{}")})
				}
			}
			var of []string
			for _, host := range p.hosts {
				if d := domain(host); !slices.Contains(of, d) {
					of = append(of, d)
					ps[d] = append(ps[d], p)
				}
			}
		}
	}
	return ps
}

// domain is the end of a host's name, or empty if a pattern leaves it open.
func domain(host []string) string {
	if len(host) < 2 {
		return ""
	}
	return strings.Join(host[len(host)-2:], ".")
}

// fits holds an address against a pattern and returns what its blanks hold.
func (p *pattern) fits(u *url.URL, host, path []string) (map[string]string, bool) {
	i := slices.IndexFunc(p.hosts, func(h []string) bool { return parts(h, host, nil) })
	if i < 0 || !parts(p.path, path, nil) {
		return nil, false
	}
	b := map[string]string{}
	parts(p.hosts[i], host, b)
	parts(p.path, path, b)
	for _, q := range p.query {
		v := u.Query().Get(q[0])
		if v == "" {
			return nil, false
		}
		b[q[1]] = v
	}
	return b, true
}

// parts holds the parts of a host or a path against those of a pattern, and
// notes what its blanks hold in b, unless that is nil.
func parts(pattern, got []string, b map[string]string) bool {
	for i, p := range pattern {
		blank, isBlank := strings.CutPrefix(p, "{")
		blank = strings.TrimSuffix(blank, "}")
		rest, isRest := strings.CutSuffix(blank, "*")
		switch {
		case i >= len(got):
			return false
		case isBlank && got[i] == "", !isBlank && p != got[i]:
			return false
		case isRest:
			if b != nil {
				b[rest] = strings.Join(got[i:], "/")
			}
			return true
		case isBlank && b != nil:
			b[blank] = got[i]
		}
	}
	return len(pattern) == len(got)
}

// expression is a regular expression, compiled when it is first asked for: the
// program's start pays for none.
func expression(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

var blank = expression(`\{[a-z]+\}`)

// fill puts what is known into the blanks of an address, and leaves others.
func (p place) fill(pattern string) string {
	return blank().ReplaceAllStringFunc(pattern, func(s string) string {
		v, ok := p.blanks[strings.Trim(s, "{}")]
		switch {
		case !ok:
			return s
		case s == "{host}":
			return v
		}
		return escape(v)
	})
}

// escape makes a value fit for any part of a URL, its slashes kept; one that is
// escaped already stays as it is.
func escape(v string) string {
	if plain, err := url.PathUnescape(v); err == nil {
		v = plain
	}
	return strings.ReplaceAll(strings.ReplaceAll(url.PathEscape(v), "%2F", "/"), "&", "%26")
}

// with is the place with one more blank filled.
func (p place) with(name, value string) place {
	b := map[string]string{name: value}
	for k, v := range p.blanks {
		if k != name {
			b[k] = v
		}
	}
	p.blanks = b
	return p
}

// Board returns the address of a board that is given without its https://
// ("jobs.lever.co/acme"), or as a system and a name ("greenhouse:acme"; for
// Workday the host in full). It reports false for what is neither.
func Board(s string) (string, bool) {
	if strings.Contains(s, "://") {
		return s, false
	}
	if name, board, ok := strings.Cut(s, ":"); ok {
		for i := range systems {
			if sys := &systems[i]; strings.EqualFold(sys.name, name) {
				if address, ok := sys.address(board); ok {
					return address, true
				}
			}
		}
	}
	if u, err := url.Parse("https://" + s); err == nil && strings.Contains(u.Host, ".") {
		if _, ok := recognise(u); ok {
			return u.String(), true
		}
	}
	return "", false
}

// token is the name of a board.
var token = expression(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)

// address is the shortest address of the board of a name, for the systems
// where a name is enough.
func (s *system) address(board string) (shortest string, ok bool) {
	if !token().MatchString(board) {
		return "", false
	}
	for _, at := range s.at {
		hosts, path, _ := strings.Cut(at, "/")
		host, _, _ := strings.Cut(hosts, "|")
		at = strings.TrimSuffix(host+"/"+path, "/")
		if strings.Count(at, "{") != 1 || strings.Contains(at, "?") || shortest != "" && len(at) >= len(shortest) {
			continue
		}
		if u, err := url.Parse("https://" + strings.ReplaceAll(at, "{board}", board)); err == nil {
			if p, ok := recognise(u); ok && !p.posting() {
				shortest = at
			}
		}
	}
	return "https://" + strings.ReplaceAll(shortest, "{board}", board), shortest != ""
}
