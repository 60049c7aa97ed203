package fetch

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// acme is a careers site of one host.
func acme(pages map[string]string) *web {
	return &web{hosts: map[string]http.HandlerFunc{
		"acme.com": func(w http.ResponseWriter, r *http.Request) {
			body, ok := pages[r.URL.RequestURI()]
			if !ok {
				http.NotFound(w, r)
				return
			}
			if strings.HasPrefix(body, "<!doctype") {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
			}
			io.WriteString(w, body)
		},
		"boards-api.greenhouse.io": func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/jobs/7") {
				io.WriteString(w, `{"id":7,"title":"Help Desk","content":"one"}`)
				return
			}
			io.WriteString(w, `{"jobs":[{"id":7,"title":"Help Desk","content":"all"}],"meta":{"total":1}}`)
		},
	}}
}

// What a page on a careers site is read as.
func TestPages(t *testing.T) {
	const links = `<a href="/jobs/help-desk-1">a</a> <a href="jobs/dba-2#top">b</a> <a href="https://acme.com/jobs/help-desk-1">again</a>
		<a href="/jobs/sap-basis-3?ref=x">c</a> <a href="/about-us">d</a> <a href="https://other.org/jobs/x-1">e</a> <a href="mailto:a@acme.com">f</a>`
	const listed = "https://acme.com/jobs/help-desk-1 https://acme.com/jobs/dba-2 https://acme.com/jobs/sap-basis-3?ref=x"
	const board = "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"
	const one = "https://boards-api.greenhouse.io/v1/boards/acme/jobs/7?content=true"
	for _, x := range []struct{ name, address, page, want string }{
		{"a posting", "/x", markedPage("Help Desk"), "https://acme.com/x"},
		{"a posting that links to others", "/x", markedPage("Help Desk") + links, "https://acme.com/x"},
		{"a posting without markup that links to others", "/jobs/help-desk-9", "<!doctype html>" + links, "https://acme.com/jobs/help-desk-9"},
		{"microdata", "/x", `<!doctype html><div itemtype="http://schema.org/JobPosting">` + links, "https://acme.com/x"},
		{"text", "/x", "You help colleagues.", "https://acme.com/x"},
		{"a listing", "/careers", "<!doctype html>" + links, listed},
		{"two links", "/careers", `<!doctype html><a href="/jobs/help-desk-1">a</a><a href="/jobs/dba-2">b</a>`, "https://acme.com/jobs/help-desk-1 https://acme.com/jobs/dba-2"},
		{"two links on another page", "/x", `<!doctype html><a href="/jobs/help-desk-1">a</a><a href="/jobs/dba-2">b</a>`, "https://acme.com/x"},
		{"a frame", "/careers", `<!doctype html><iframe src="https://boards.greenhouse.io/embed/job_board?for=acme"></iframe>` + links, board},
		{"a script", "/careers", `<!doctype html><script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>`, board},
		{"a script's own text", "/careers", `<!doctype html><script>load("https:\/\/boards-api.greenhouse.io\/v1\/boards\/acme\/jobs")</script>`, board},
		{"a posting by the board's script", "/role?gh_jid=7", `<!doctype html><script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>`, one},
		{"a posting's form", "/x", `<!doctype html><iframe src="https://boards.greenhouse.io/embed/job_app?for=acme&amp;token=7"></iframe>`, one},
		{"a link to the board", "/careers", `<!doctype html><a href="https://boards.greenhouse.io/acme">jobs</a>`, board},
		{"links to its postings", "/careers", `<!doctype html><a href="https://boards.greenhouse.io/acme/jobs/7">a</a> <a href="https://boards.greenhouse.io/acme/jobs/8">b</a>`, board},
		{"a link to apply", "/help-desk", `<!doctype html><a href="https://boards.greenhouse.io/acme/jobs/7">apply</a>`, "https://acme.com/help-desk"},
		{"many boards", "/links", `<!doctype html><a href="https://boards.greenhouse.io/acme">a</a> <a href="https://boards.greenhouse.io/b">b</a>`, "https://acme.com/links"},
		{"a base", "/careers", `<!doctype html><base href="https://acme.com/jobs/"><a href="help-desk-1">a</a><a href="dba-2">b</a><a href="sap-basis-3?ref=x">c</a>`, listed},
	} {
		c, _, _ := client(acme(map[string]string{x.address: x.page,
			"/jobs/help-desk-1": markedPage("a"), "/jobs/dba-2": markedPage("b"), "/jobs/sap-basis-3?ref=x": markedPage("c")}))
		g := fetchAll(t, c, "https://acme.com"+x.address)
		if got := strings.Join(g.sources, " "); got != x.want || len(g.errs) > 0 {
			t.Errorf("%s: read\n     %s, %v\nwant %s", x.name, got, g.errs, x.want)
		}
	}
}

// A redirect to a board is a way to give one.
func TestRedirectToBoard(t *testing.T) {
	w := acme(nil)
	w.hosts["acme.com"] = func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://job-boards.greenhouse.io/acme", http.StatusFound)
	}
	w.hosts["job-boards.greenhouse.io"] = says("<!doctype html>")
	c, _, _ := client(w)
	if g := fetchAll(t, c, "https://acme.com/careers"); len(g.errs) > 0 || !strings.Contains(g.bodies[0], `"all"`) {
		t.Errorf("%+v", g)
	}
}

func urlset(n int, more string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">`)
	for i := range n {
		fmt.Fprintf(&b, "<url><loc> https://acme.com/jobs/help-desk-%d\n</loc><i:image><i:loc>https://acme.com/jobs/picture-%d.png</i:loc></i:image></url>", i, i)
	}
	return b.String() + more + "</urlset>"
}

// A sitemap of 500 postings: a hundred are read, and that it was so is said.
func TestSitemap(t *testing.T) {
	pages := map[string]string{"/sitemap.xml": urlset(500, `<url><loc>https://acme.com/about-us</loc></url><url><loc>https://other.org/jobs/x-1</loc></url><url><loc>https://acme.com/jobs/help-desk-1</loc></url>`)}
	for i := range 500 {
		pages[fmt.Sprintf("/jobs/help-desk-%d", i)] = markedPage("Help Desk")
	}
	w := acme(pages)
	c, k, notes := client(w)
	g := fetchAll(t, c, "https://acme.com/sitemap.xml")
	if len(g.bodies) != 100 || len(g.errs) > 0 || w.pages() != 101 || len(*notes) != 1 || !strings.Contains((*notes)[0], "first 100 of 500 pages") {
		t.Errorf("%d documents of %d requests, %v, %q", len(g.bodies), w.pages(), g.errs, *notes)
	}
	if k.total().Seconds() != 100 {
		t.Errorf("100 pages after the first took %v, want a second each", k.total())
	}
	c, k, _ = client(w)
	c.Max, c.Rate = 500, 10
	if g = fetchAll(t, c, "https://acme.com/sitemap.xml"); len(g.bodies) != 500 || k.total().Seconds() != 50 {
		t.Errorf("%d documents in %v", len(g.bodies), k.total())
	}
}

func TestSitemapKinds(t *testing.T) {
	index := `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://acme.com/sitemap-blog.xml</loc></sitemap>%s</sitemapindex>`
	jobs := "<sitemap><loc>https://acme.com/sitemap-jobs.xml.gz</loc></sitemap><sitemap><loc>https://acme.com/jobs-gone.xml</loc></sitemap>"
	pages := map[string]string{
		"/index.xml":           fmt.Sprintf(index, jobs),
		"/index-blog.xml":      fmt.Sprintf(index, ""),
		"/sitemap-jobs.xml.gz": string(squeeze(urlset(2, ""))),
		"/sitemap-blog.xml":    urlset(1, ""),
		"/bad.xml":             strings.TrimSuffix(urlset(2, ""), "</url></urlset>") + "<url><loc>https://acme.com/jobs/x-1<",
		"/none.xml":            urlset(0, "<url><loc>https://acme.com/about-us</loc></url>"),
	}
	for i := range 2 {
		pages[fmt.Sprintf("/jobs/help-desk-%d", i)] = markedPage("Help Desk")
	}
	for _, x := range []struct {
		path  string
		docs  int
		kinds []Kind
	}{
		{"/index.xml", 2, nil},      // the sitemap that is gone is an error: below
		{"/index-blog.xml", 1, nil}, // none is named for postings: all are read
		{"/bad.xml", 2, nil},        // as far as it goes
		{"/none.xml", 0, []Kind{NoPostings}},
	} {
		c, _, _ := client(acme(pages))
		g := fetchAll(t, c, "https://acme.com"+x.path)
		if x.path == "/index.xml" {
			x.kinds = []Kind{NotFound}
		}
		if len(g.bodies) != x.docs || !slices.Equal(kindsOf(g.errs), x.kinds) {
			t.Errorf("%s: %d documents, %v", x.path, len(g.bodies), g.errs)
		}
	}
}

// On a site that marks its postings up, a page without the mark is none; on one
// that does not, all are read. Either way no page is lost without a word.
func TestUnmarkedPages(t *testing.T) {
	const list = `<!doctype html><a href="/jobs/life-at-acme">a</a><a href="/jobs/dba-2">b</a><a href="/jobs/our-benefits">c</a>`
	pages := map[string]string{"/careers": list, "/jobs/life-at-acme": "<!doctype html>fun", "/jobs/dba-2": markedPage("b"), "/jobs/our-benefits": "<!doctype html>tea"}
	c, _, notes := client(acme(pages))
	g := fetchAll(t, c, "https://acme.com/careers")
	if !slices.Equal(g.urls, []string{"https://acme.com/jobs/dba-2"}) || len(*notes) != 1 || !strings.Contains((*notes)[0], "2 of its pages are no postings") {
		t.Errorf("%q, %q", g.urls, *notes)
	}
	pages["/jobs/dba-2"] = "<!doctype html>You help."
	c, _, notes = client(acme(pages))
	if g = fetchAll(t, c, "https://acme.com/careers"); len(g.urls) != 3 || len(*notes) != 0 {
		t.Errorf("%q, %q", g.urls, *notes)
	}
}

// A site without marks may be larger than what is held back: every page of it
// is read all the same, and one that leads back to the list is none.
func TestManyUnmarkedPages(t *testing.T) {
	w := acme(nil)
	w.hosts["acme.com"] = func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/sitemap.xml":
			io.WriteString(w, urlset(20, ""))
		case "/jobs/help-desk-7":
			http.Redirect(w, r, "/jobs/help-desk-3", http.StatusFound)
		case "/jobs/help-desk-9":
			http.Redirect(w, r, "/sitemap.xml", http.StatusFound)
		default:
			fmt.Fprintf(w, "<!doctype html><html>%2000s", r.URL.Path)
		}
	}
	c, _, _ := client(w)
	c.MaxBytes = 10_000
	g := fetchAll(t, c, "https://acme.com/sitemap.xml")
	if len(g.bodies) != 18 || len(g.errs) > 0 || g.urls[0] != "https://acme.com/jobs/help-desk-0" || g.urls[17] != "https://acme.com/jobs/help-desk-19" {
		t.Errorf("%d documents, %q, %v", len(g.bodies), g.urls, g.errs)
	}
}

// A site whose pages fail one after the other is left alone.
func TestSiteGivenUp(t *testing.T) {
	w := acme(nil)
	n := 0
	w.hosts["acme.com"] = func(w http.ResponseWriter, r *http.Request) {
		switch n++; {
		case r.URL.Path == "/sitemap.xml":
			io.WriteString(w, urlset(50, ""))
		case n < 4:
			io.WriteString(w, markedPage("a"))
		default:
			w.WriteHeader(403)
		}
	}
	c, _, _ := client(w)
	g := fetchAll(t, c, "https://acme.com/sitemap.xml")
	if len(g.bodies) != 2 || !slices.Equal(kindsOf(g.errs), []Kind{Refused, Refused, Refused, GivenUp}) || !strings.Contains(g.errs[3].Error(), "45 not read") {
		t.Errorf("%d documents, %v", len(g.bodies), g.errs)
	}
}

func TestLooksLikePosting(t *testing.T) {
	for _, x := range []struct {
		address string
		want    bool
	}{
		{"https://example.com/careers/ex-2027-001", true},
		{"https://example.com/jobs/platform-intern", true},
		{"https://example.com/en/job/12345", true},
		{"https://example.com/job-12345.html", true},
		{"https://example.com/open-positions/dba_berlin", true},
		{"https://example.com/karriere/stellenangebote/systemadministrator-m-w-d", true},
		{"https://example.com/careers/detail?jobId=7", true},
		{"https://example.com/careers/JobDetail/Help-Desk/7", true},
		{"https://example.com/acme/job/ohAzAfwK", true},
		{"https://example.com/job-opening.php?req=3779928&req_loc=1419225", true},
		{"https://example.com/job", false},
		{"https://example.com/about-us", false},
		{"https://example.com/careers", false},
		{"https://example.com/careers/", false},
		{"https://example.com/jobs/search?q=help+desk", false},
		{"https://example.com/careers/benefits", false},
		{"https://example.com/blog/2026-08-01", false},
	} {
		if got := looksLikePosting(parseURL(t, x.address)); got != x.want {
			t.Errorf("%s: %v", x.address, got)
		}
	}
}

// Reading a page for its links is linear in it.
func BenchmarkScan(b *testing.B) {
	var page strings.Builder
	page.WriteString("<!doctype html><base href='https://acme.com/'>")
	for i := range 5000 {
		fmt.Fprintf(&page, `<p><a class=x href="/jobs/help-desk-%d?ref=list">Help Desk</a> <a href="https://www.other.org/%d">x</a>`, i, i)
	}
	a := &answer{url: &url.URL{Scheme: "https", Host: "acme.com", Path: "/"}, body: []byte(page.String())}
	b.SetBytes(int64(page.Len()))
	for b.Loop() {
		if p := scan(a); len(p.listed) != 5000 {
			b.Fatal(len(p.listed))
		}
	}
}
