package fetch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"softgap/analyzer/posting"
)

// A board whose answer is one page is handed on as it came, with what its
// address tells; a posting of its own alone.
func TestBoardInOnePage(t *testing.T) {
	const list = `{"jobs":[{"id":"a1","title":"Help Desk Analyst","descriptionHtml":"<p>You help.</p>"},{"id":"b2","title":"DBA"}],"apiVersion":"1"}`
	w := &web{hosts: map[string]http.HandlerFunc{"api.ashbyhq.com": says(list)}}
	c, _, _ := client(w)
	g := fetchAll(t, c, "https://jobs.ashbyhq.com/acme")
	if len(g.errs) > 0 || !slices.Equal(g.bodies, []string{list}) || g.orgs[0] != "acme" || !strings.HasPrefix(g.sources[0], "https://api.ashbyhq.com/posting-api/job-board/acme?") {
		t.Errorf("%+v", g)
	}
	g = fetchAll(t, c, "https://jobs.ashbyhq.com/acme/b2")
	if len(g.errs) > 0 || !slices.Equal(g.bodies, []string{`{"apiVersion":"1","jobs":[{"id":"b2","title":"DBA"}]}`}) {
		t.Errorf("one posting: %+v", g)
	}
	g = fetchAll(t, c, "https://jobs.ashbyhq.com/acme/c3")
	if !slices.Equal(kindsOf(g.errs), []Kind{NotFound}) || len(g.bodies) > 0 {
		t.Errorf("a posting that is not there: %+v", g)
	}
}

// What a board cannot be read for, each with its own kind.
func TestBoardFails(t *testing.T) {
	for _, x := range []struct {
		name   string
		answer http.HandlerFunc
		kind   Kind
	}{
		{"empty", says(`{"jobs":[]}`), NoPostings}, // Ashby answers so for a name that it does not know
		{"a page", says("<html>Not here</html>"), BadAnswer},
		{"another thing", says(`{"ok":true}`), BadAnswer},
		{"null", says(`{"jobs":null}`), BadAnswer},
		{"not found", http.NotFound, NotFound},
		{"refused", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, Refused},
		{"busy", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }, Busy},
	} {
		c, _, _ := client(&web{hosts: map[string]http.HandlerFunc{"api.ashbyhq.com": x.answer}})
		if g := fetchAll(t, c, "ashby:acme"); !slices.Equal(kindsOf(g.errs), []Kind{x.kind}) || len(g.bodies) > 0 {
			t.Errorf("%s: %+v", x.name, g)
		}
	}
}

// pagesOf answers with the postings [offset, offset+size) of n, by their ids,
// in the form of a system's list.
func pagesOf(n, size int, offset func(*http.Request) int, form func(offset int, items []map[string]any) any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		at := offset(r)
		items := []map[string]any{}
		for i := at; i < min(n, at+size); i++ {
			items = append(items, map[string]any{"id": fmt.Sprint(i), "externalPath": fmt.Sprintf("/job/Berlin/Help-Desk_%d", i), "text": "Help Desk", "lists": []any{}})
		}
		json.NewEncoder(w).Encode(form(at, items))
	}
}

func query(key string) func(*http.Request) int {
	return func(r *http.Request) int {
		n, _ := strconv.Atoi(r.URL.Query().Get(key))
		return n
	}
}

// Lever: no total, and the server gives fewer than it is asked for.
func TestLeverPages(t *testing.T) {
	bare := func(_ int, items []map[string]any) any { return items }
	w := &web{hosts: map[string]http.HandlerFunc{"api.lever.co": pagesOf(130, 50, query("skip"), bare)}}
	c, _, _ := client(w)
	c.Max = 7 // is of postings that are asked for one by one
	g := fetchAll(t, c, "https://jobs.lever.co/acme")
	n := 0
	for _, b := range g.bodies {
		n += strings.Count(b, `"id"`)
	}
	if len(g.errs) > 0 || len(g.bodies) != 3 || n != 130 || w.pages() != 4 {
		t.Errorf("%d documents of %d postings after %d requests, %v", len(g.bodies), n, w.pages(), g.errs)
	}
}

// SmartRecruiters: pages overlap and then repeat, the total is not reached, and
// every posting is asked for once.
func TestSmartRecruitersRepeats(t *testing.T) {
	form := func(_ int, items []map[string]any) any {
		return map[string]any{"totalFound": 260, "content": items}
	}
	list := pagesOf(1000, 100, func(r *http.Request) int { return min(query("offset")(r)*9/10, 150) }, form)
	w := &web{hosts: map[string]http.HandlerFunc{"api.smartrecruiters.com": func(w http.ResponseWriter, r *http.Request) {
		if id := strings.TrimPrefix(r.URL.Path, "/v1/companies/Acme/postings/"); id != r.URL.Path {
			fmt.Fprintf(w, `{"id":%q,"jobAd":{}}`, id)
			return
		}
		list(w, r)
	}}}
	c, _, notes := client(w)
	g := fetchAll(t, c, "https://careers.smartrecruiters.com/Acme")
	distinct := map[string]bool{}
	for _, b := range g.bodies {
		distinct[b] = true
	}
	if len(g.bodies) != 250 || len(distinct) != 250 || !slices.Equal(kindsOf(g.errs), []Kind{Incomplete}) || !strings.Contains(g.errs[0].Error(), "says that it has 260, and shows 250") {
		t.Errorf("%d documents, %d different, %v", len(g.bodies), len(distinct), g.errs)
	}
	if g.urls[7] != "https://jobs.smartrecruiters.com/Acme/7" || g.sources[7] != "https://api.smartrecruiters.com/v1/companies/Acme/postings/7" {
		t.Errorf("posting %s from %s", g.urls[7], g.sources[7])
	}
	if len(*notes) != 1 || !strings.Contains((*notes)[0], "260 postings, each a request of its own, take about 4 minutes") {
		t.Errorf("notes %q", *notes)
	}
}

// workday is a board of n postings that shows no more than cap of them and then
// begins anew, and has a total on its first page only.
func workday(n, most int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprintf(w, `{"jobPostingInfo":{"title":"Help Desk","jobDescription":"<p>You help.</p>"},"hiringOrganization":{"name":"Acme"}}`)
			return
		}
		var ask struct {
			Limit, Offset int
			AppliedFacets map[string][]string
			SearchText    string
		}
		if err := json.NewDecoder(r.Body).Decode(&ask); err != nil || ask.Limit != 20 {
			w.WriteHeader(400)
			return
		}
		total := 0
		if ask.Offset == 0 {
			total = min(n, most)
		}
		items := func(at int) (items []map[string]any) {
			for i := at; i < min(n, most, at+20); i++ {
				items = append(items, map[string]any{"externalPath": fmt.Sprintf("/job/Berlin/Help-Desk_%d", i)})
			}
			return items
		}
		at := ask.Offset
		if n > most && at >= most {
			at = 0
		}
		json.NewEncoder(w).Encode(map[string]any{"total": total, "jobPostings": items(at)})
	}
}

func TestWorkdayPages(t *testing.T) {
	w := &web{hosts: map[string]http.HandlerFunc{"acme.wd5.myworkdayjobs.com": workday(45, 2000)}}
	c, k, _ := client(w)
	g := fetchAll(t, c, "https://acme.wd5.myworkdayjobs.com/en-US/External")
	if len(g.errs) > 0 || len(g.bodies) != 45 || w.pages() != 3+45 {
		t.Errorf("%d documents after %d requests, %v", len(g.bodies), w.pages(), g.errs)
	}
	if g.urls[44] != "https://acme.wd5.myworkdayjobs.com/External/job/Berlin/Help-Desk_44" || g.sources[44] != "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/External/job/Berlin/Help-Desk_44" {
		t.Errorf("posting %s from %s", g.urls[44], g.sources[44])
	}
	if want := time.Duration(w.pages()-1) * time.Second; k.total() != want {
		t.Errorf("%v passed, want a second between requests: %v", k.total(), want)
	}
}

// Past its cap Workday begins anew: what it shows is read once, and the rest
// is missed aloud.
func TestWorkdayCap(t *testing.T) {
	w := &web{hosts: map[string]http.HandlerFunc{"acme.wd5.myworkdayjobs.com": workday(5000, 2000)}}
	c, _, _ := client(w)
	g := fetchAll(t, c, "https://acme.wd5.myworkdayjobs.com/External")
	if len(g.bodies) != 2000 || !slices.Equal(kindsOf(g.errs), []Kind{Incomplete}) {
		t.Errorf("%d documents, %v", len(g.bodies), g.errs)
	}
	var e *Error
	if !errors.As(g.errs[0], &e) || !strings.Contains(e.Hint(), "narrow the search") {
		t.Errorf("hint %q", e.Hint())
	}
}

// A board of more than the cap is read through its facets, each posting once,
// though the places of some overlap.
func TestWorkdayFacets(t *testing.T) {
	const n = 5000
	ids := map[string]string{}
	id := func(name string) string {
		h := fmt.Sprintf("%032x", name)
		h = h[len(h)-32:]
		ids[h] = name
		return h
	}
	has := func(i int, facet string) bool {
		switch facet {
		case "engineering":
			return i < 3000 // more than the cap: to be divided again
		case "sales":
			return i >= 3000 && i < 4500
		case "legal":
			return i >= 4500
		case "berlin":
			return i%2 == 0
		case "paris":
			return i%2 != 0
		case "rome":
			return i%5 == 0 // of the others too
		}
		return facet == "full time"
	}
	names := [][]string{{"timeType", "full time", "part time"}, {"jobFamilyGroup", "engineering", "sales", "legal"}, {"locations", "berlin", "paris", "rome"}}
	w := &web{hosts: map[string]http.HandlerFunc{"acme.wd5.myworkdayjobs.com": func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprintf(w, `{"path":%q}`, r.URL.Path)
			return
		}
		var ask struct {
			Offset        int
			AppliedFacets map[string][]string
		}
		json.NewDecoder(r.Body).Decode(&ask)
		var all []int
		for i := range n {
			ok := true
			for _, values := range ask.AppliedFacets {
				ok = ok && has(i, ids[values[0]])
			}
			if ok {
				all = append(all, i)
			}
		}
		answer := map[string]any{"total": min(len(all), 2000)}
		if ask.Offset > 0 {
			answer["total"] = 0
		}
		var shown []map[string]any
		at := ask.Offset % min(len(all), 2000)
		for _, i := range all[at:min(len(all), 2000, at+20)] {
			shown = append(shown, map[string]any{"externalPath": fmt.Sprintf("/job/x/Help-Desk_%d", i)})
		}
		answer["jobPostings"] = shown
		var fs []any
		for _, f := range names {
			var values []any
			for _, v := range f[1:] {
				count := 0
				for _, i := range all {
					if has(i, v) {
						count++
					}
				}
				values = append(values, map[string]any{"id": id(v), "count": count})
			}
			fs = append(fs, map[string]any{"facetParameter": f[0], "values": values})
		}
		answer["facets"] = fs
		json.NewEncoder(w).Encode(answer)
	}}}
	c, _, notes := client(w)
	g := fetchAll(t, c, "https://acme.wd5.myworkdayjobs.com/External")
	distinct := map[string]bool{}
	for _, b := range g.bodies {
		distinct[b] = true
	}
	if len(g.errs) > 0 || len(g.bodies) != n || len(distinct) != n {
		t.Errorf("%d documents, %d different, %v, %q", len(g.bodies), len(distinct), g.errs, *notes)
	}
	if lists := w.pages() - n; lists > n/20+n/40 {
		t.Errorf("%d requests for lists", lists)
	}
	c, _, _ = client(w)
	c.Max = 10
	if g := fetchAll(t, c, "https://acme.wd5.myworkdayjobs.com/External"); len(g.bodies) != 10 || len(g.errs) > 0 {
		t.Errorf("--max 10 gives %d, %v", len(g.bodies), g.errs)
	}
}

// A list that wraps without ever saying how many there are still ends.
func TestWrapWithoutTotal(t *testing.T) {
	form := func(_ int, items []map[string]any) any {
		return map[string]any{"total": 0, "jobPostings": items}
	}
	list := pagesOf(60, 20, func(r *http.Request) int {
		var ask struct{ Offset int }
		json.NewDecoder(r.Body).Decode(&ask)
		return ask.Offset % 60
	}, form)
	w := &web{hosts: map[string]http.HandlerFunc{"acme.wd5.myworkdayjobs.com": func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			io.WriteString(w, "{}")
			return
		}
		list(w, r)
	}}}
	c, _, _ := client(w)
	if g := fetchAll(t, c, "https://acme.wd5.myworkdayjobs.com/External"); len(g.bodies) != 60 || len(g.errs) > 0 {
		t.Errorf("%d documents, %v", len(g.bodies), g.errs)
	}
}

// The search in the user's address is the search that is read.
func TestWorkdaySearch(t *testing.T) {
	var asked string
	w := &web{hosts: map[string]http.HandlerFunc{"acme.wd5.myworkdayjobs.com": func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			b, _ := io.ReadAll(r.Body)
			asked = string(b)
		}
		io.WriteString(w, `{"total":0,"jobPostings":[]}`)
	}}}
	c, _, _ := client(w)
	fetchAll(t, c, "https://acme.wd5.myworkdayjobs.com/External?q=help+%22desk&jobFamilyGroup=0c40f6bd1d8f10ae43ffaefd46dc7e78&source=x")
	if want := `{"appliedFacets":{"jobFamilyGroup":["0c40f6bd1d8f10ae43ffaefd46dc7e78"]},"limit":20,"offset":0,"searchText":"help \"desk"}`; asked != want {
		t.Errorf("asked for %s, want %s", asked, want)
	}
}

// --max bounds what is asked for one by one, and says so.
func TestBoardMax(t *testing.T) {
	w := &web{hosts: map[string]http.HandlerFunc{"acme.wd5.myworkdayjobs.com": workday(45, 2000)}}
	c, _, notes := client(w)
	c.Max = 7
	g := fetchAll(t, c, "https://acme.wd5.myworkdayjobs.com/External")
	if len(g.bodies) != 7 || len(g.errs) > 0 || len(*notes) != 1 || !strings.Contains((*notes)[0], "first 7 of 45") {
		t.Errorf("%d documents, %v, %q", len(g.bodies), g.errs, *notes)
	}
}

// Postings that are gone are missed one by one; a board that refuses is left
// alone, and what arrived is kept.
func TestDetailsFail(t *testing.T) {
	for _, x := range []struct {
		status int
		kinds  []Kind
	}{
		{404, []Kind{NotFound, NotFound, NotFound, NotFound, NotFound}},
		{403, []Kind{Refused, Refused, Refused, GivenUp}},
	} {
		w := &web{hosts: map[string]http.HandlerFunc{"acme.bamboohr.com": func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/careers/list":
				io.WriteString(w, `{"meta":{"totalCount":6},"result":[{"id":"0"},{"id":"1"},{"id":2},{"id":"3"},{"id":"4"},{"id":"5"}]}`)
			case r.URL.Path == "/careers/0/detail":
				io.WriteString(w, `{"result":{"jobOpening":{}}}`)
			default:
				w.WriteHeader(x.status)
			}
		}}}
		c, _, _ := client(w)
		g := fetchAll(t, c, "https://acme.bamboohr.com/careers")
		if len(g.bodies) != 1 || !slices.Equal(kindsOf(g.errs), x.kinds) {
			t.Errorf("%d: %d documents, %v", x.status, len(g.bodies), g.errs)
		}
		if last := g.errs[len(g.errs)-1].Error(); x.status == 403 && !strings.Contains(last, "2 not read") {
			t.Errorf("gave up with %q", last)
		}
	}
}

// Teamtailor's feed names its next page, which is read on the same host only.
func TestTeamtailorNext(t *testing.T) {
	w := &web{hosts: map[string]http.HandlerFunc{"acme.teamtailor.com": func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("page") {
		case "":
			io.WriteString(w, `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a"}],"next_url":"/jobs.json?page=2"}`)
		case "2":
			io.WriteString(w, `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a"},{"id":"b"}],"next_url":"https://evil.com/jobs.json"}`)
		}
	}}}
	c, _, _ := client(w)
	g := fetchAll(t, c, "teamtailor:acme")
	if len(g.errs) > 0 || len(g.bodies) != 2 || strings.Contains(g.bodies[1], `"a"`) || w.pages() != 2 {
		t.Errorf("%+v after %q", g, w.asked)
	}
}

// A list that breaks off gives what arrived.
func TestBoardBreaksOff(t *testing.T) {
	w := &web{hosts: map[string]http.HandlerFunc{"boards-api.greenhouse.io": func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"jobs":[{"id":1,"title":"Help Desk"},`+strings.Repeat(" ", 100))
	}}}
	c, _, _ := client(w)
	c.MaxBytes = 50
	g := fetchAll(t, c, "greenhouse:acme")
	if len(g.errs) > 0 || len(g.bodies) != 1 || !slices.Equal(kindsOf([]error{g.cut}), []Kind{TooLarge}) {
		t.Errorf("%+v", g)
	}
}

// Personio answers in XML, which is read as it is.
func TestPersonio(t *testing.T) {
	const feed = `<workzag-jobs><position><id>7</id><name>Help Desk</name></position></workzag-jobs>`
	c, _, _ := client(&web{hosts: map[string]http.HandlerFunc{"acme.jobs.personio.de": says(feed)}})
	g := fetchAll(t, c, "https://acme.jobs.personio.de/?language=en")
	if len(g.errs) > 0 || g.bodies[0] != feed || g.urls[0] != "https://acme.jobs.personio.de/job/{id}" {
		t.Errorf("%+v", g)
	}
}

// A posting that says neither its address nor who offers it has them from the
// document, and an address from the root of a site is made whole.
func TestDocumentCompletes(t *testing.T) {
	d := posting.Document{Source: "https://api.example.org/jobs", Organization: "acme", URL: "https://example.org/jobs/{id}",
		Body: strings.NewReader(`{"@type":"JobPosting","title":"Help Desk","identifier":"a/7","description":"You help colleagues."}`)}
	d.ID = "another"
	if p := posting.Read(d)[0]; p.ID != "a/7" || p.Organization != "acme" || p.URL != "https://example.org/jobs/a%2F7" {
		t.Errorf("%+v", p)
	}
	d.Body = strings.NewReader(`{"@type":"JobPosting","title":"Help Desk","url":"/jobs/7","hiringOrganization":"Acme Ltd","description":"You help colleagues."}`)
	if p := posting.Read(d)[0]; p.ID != "another" || p.Organization != "Acme Ltd" || p.URL != "https://api.example.org/jobs/7" {
		t.Errorf("%+v", p)
	}
}
