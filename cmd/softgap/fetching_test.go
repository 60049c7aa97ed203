package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"softgap/analyzer/fetch"
	"softgap/analyzer/report"
)

// careers is a site of good, bad and ugly pages.
func careers() http.Handler {
	const good = `<!doctype html><title>%[1]s</title><script type="application/ld+json">{"@type":"JobPosting","title":%[1]q,"hiringOrganization":"Acme",
		"description":"<p>Requirements</p><ul><li>Five years of Windows and DNS in a support team</li><li>You patiently explain a fix to non-technical users</li><li>You listen to what colleagues need</li></ul>"}</script>`
	mux := http.NewServeMux()
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "User-agent: *\nDisallow: /private/\n")
	})
	mux.HandleFunc("/jobs/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1") // which is wrong
		fmt.Fprintf(w, good, "Systembetreuer für "+r.URL.Path[len("/jobs/"):])
	})
	mux.HandleFunc("/jobs/gone-3", http.NotFound)
	mux.HandleFunc("/private/", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "secret") })
	mux.HandleFunc("/sitemap.xml", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "<urlset>")
		for _, page := range []string{"jobs/help-desk-1", "jobs/dba-2", "jobs/gone-3", "private/jobs/x-4"} {
			fmt.Fprintf(w, "<url><loc>http://%s/%s</loc></url>", r.Host, page)
		}
		io.WriteString(w, "</urlset>")
	})
	mux.HandleFunc("/half", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5000")
		io.WriteString(w, "<!doctype html><p>You have five years of")
	})
	mux.HandleFunc("/stalls", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "<!doctype html><p>You have five years of")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(429)
	})
	return mux
}

// webRun runs softgap on what is on the web, at no pause.
func webRun(args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &errs}
	p.web.Sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	root := p.root()
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		p.complain(err)
		p.code = exitUsage
	}
	return p.code, out.String(), errs.String()
}

// What arrives is scored, what does not is named, and the exit says so.
func TestScoreWeb(t *testing.T) {
	server := httptest.NewServer(careers())
	defer server.Close()
	site := server.URL
	for _, x := range []struct {
		name   string
		args   string
		code   int
		scored int
		stderr []string // in order, with the site left out
	}{
		{"a page", "SITE/jobs/help-desk-1", exitDone, 1, nil},
		{"a sitemap", "SITE/sitemap.xml", exitPartial, 2, []string{
			"error: SITE/jobs/gone-3 was not found: the posting may have closed (404 not found)", "hint: check the address, or give a saved copy",
			"error: SITE/private/jobs/x-4 may not be read by programs, says the site (robots.txt)", "hint: save the page from a browser and give the file; if the postings are your own organisation's, add --own-site"}},
		{"a part of it", "SITE/sitemap.xml --max 1", exitDone, 1, []string{"warning: SITE/sitemap.xml: the first 1 of 4 pages are read; --max says how many"}},
		{"one bad site among others", "SITE/loop SITE/jobs/dba-2", exitPartial, 1, []string{
			"error: SITE/loop redirects too often (more than 5 redirects)", "hint: open the page in a browser and give the address it ends at, or save the page and give the file"}},
		{"nothing", "SITE/busy", exitUsage, 0, []string{
			"error: SITE/busy was refused: the site asks for fewer requests (429 too many requests, and asks to wait 2h0m0s)", "hint: wait a while and try again, or save the page and give the file"}},
		{"half a page", "SITE/half SITE/jobs/dba-2", exitPartial, 2, []string{"warning: 1 of 3 postings were not scored; each says why in the results"}},
		{"a page that stalls", "SITE/stalls SITE/jobs/dba-2 --timeout 50ms", exitPartial, 2, []string{"warning: 1 of 3 postings were not scored; each says why in the results"}},
		{"a bad flag", "SITE/jobs/dba-2 --rate=-1", exitUsage, 0, []string{"error: --rate -1 is not between 0 and 1000", "hint: one a second is polite"}},
	} {
		code, stdout, stderr := webRun(append([]string{"score", "-f", "json"}, strings.Fields(strings.ReplaceAll(x.args, "SITE", site))...)...)
		rs, err := report.Read(strings.NewReader(stdout))
		if err != nil && x.scored > 0 {
			t.Errorf("%s: %v", x.name, err)
		}
		scored := 0
		for _, r := range rs {
			if r.Status == "scored" || r.Status == "thin" {
				scored++
				if r.Posting.URL != r.Posting.Source || !strings.HasPrefix(r.Posting.Title, "Systembetreuer für ") && !slices.Contains(r.Warnings, "only the beginning of the document is here") {
					t.Errorf("%s: %+v", x.name, r.Posting)
				}
			} else if !strings.Contains(r.Reason, "breaks off: ") {
				t.Errorf("%s: %s", x.name, r.Reason)
			}
		}
		var want strings.Builder
		for _, line := range x.stderr {
			fmt.Fprintf(&want, "softgap: %s\n", line)
		}
		stderr = regexp.MustCompile("(?m)^softgap: note: .*\n").ReplaceAllString(stderr, "") // the summary, which has a time in it
		if got := strings.ReplaceAll(stderr, site, "SITE"); code != x.code || scored != x.scored || got != want.String() {
			t.Errorf("%s: exit %d, %d scored, says\n%swant exit %d, %d scored and\n%s", x.name, code, scored, got, x.code, x.scored, want.String())
		}
	}
}

// A board's name stands for its address, unless a file has that name.
func TestBoardSource(t *testing.T) {
	p := &program{stderr: io.Discard}
	p.web.Sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	p.web.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		rec := httptest.NewRecorder()
		if r.URL.String() == "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true" {
			io.WriteString(rec, `{"jobs":[{"id":7}]}`)
		} else {
			rec.WriteHeader(404)
		}
		resp := rec.Result()
		resp.Request = r
		return resp, nil
	})
	for d, err := range p.documents(context.Background(), []string{"greenhouse:acme"}) {
		if err != nil || d.Organization != "acme" {
			t.Errorf("%+v, %v", d, err)
		}
	}
	if onWeb("main.go") || onWeb("nosuch.txt") || onWeb("-") || !onWeb("jobs.lever.co/acme") || !onWeb("https://acme.com") {
		t.Error("files and addresses are mixed up")
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// The passing line is wiped before anything else is written.
func TestPassing(t *testing.T) {
	var out strings.Builder
	p := &program{stderr: &out}
	p.passing(fetchLine(fetch.Progress{Host: "acme.com"}))
	p.passing(fetchLine(fetch.Progress{Host: "acme.com", Done: 3, Total: 93}))
	p.passing(fetchLine(fetch.Progress{Host: "acme.com", Wait: 1500 * time.Millisecond}))
	p.say("warning", "x")
	p.passing("")
	want := wipe + "waiting for acme.com" + wipe + "acme.com: 3 of 93 read" + wipe + "acme.com is busy: asking again in 1.5s" + wipe + "softgap: warning: x\n"
	if out.String() != want {
		t.Errorf("%q\n%q", out.String(), want)
	}
}
