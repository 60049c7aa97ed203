package fetch

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// FuzzPage holds that a page, whatever is in it, leads only to its own site, or
// to boards, over http or https and with no password of its own.
func FuzzPage(f *testing.F) {
	for _, s := range []string{
		`<!doctype html><base href="https://acme.com/jobs/"><a href="help-desk-1">a</a><a href=//evil.com/jobs/x-1><a href="javascript:x">`,
		`<iframe src="https://boards.greenhouse.io/embed/job_board?for=acme"></iframe><script>"https:\/\/jobs.lever.co\/acme"</script>`,
		`<a href="https://u:p@jobs.acme.com/job/1"><a href="https://acme.com/job/%zz">`,
		urlset(2, "<url><loc>ftp://acme.com/jobs/a-1</loc></url><url><loc>//evil.com/jobs/a-1</loc></url>"),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		a := &answer{url: parseURL(t, "https://www.acme.com/careers"), header: http.Header{}, body: []byte(body)}
		p := scan(a)
		p.board()
		pages := p.listed
		c, _, _ := client(&web{})
		if root, _ := c.locations(a); root == "urlset" {
			m, _ := c.sitemap(t.Context(), a)
			pages = append(pages, m.pages...)
		}
		for _, u := range pages {
			if u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !sameSite(u, a.url) {
				t.Errorf("it leads to %s", u)
			}
		}
	})
}

// FuzzList holds that a part of an answer is an answer of the same form, with
// those postings in it and no others.
func FuzzList(f *testing.F) {
	f.Add(`{"jobs":[{"id":"a"},{"id":2},{"id":null},{}],"meta":{"total":4}}`, "jobs")
	f.Add(`[{"id":"a"},{"id":"a"},7,"b"]`, "")
	f.Add(`{"jobs":{"jobs":[{"id":"a"}]}}`, "jobs")
	f.Fuzz(func(t *testing.T, body, items string) {
		if strings.Contains(items, ".") || strings.Contains(items, "|") {
			return
		}
		r := &reading{place: place{system: &system{items: items, id: "id"}}, seen: map[string]bool{"a": true}}
		l, err := r.parse(&answer{url: parseURL(t, "https://acme.com/"), body: []byte(body)})
		if err != nil {
			return
		}
		fresh, repeats := r.fresh(l, map[string]bool{})
		if !repeats || len(fresh) == 0 {
			return
		}
		part := l.only(fresh)
		again, err := r.parse(&answer{url: parseURL(t, "https://acme.com/"), body: part})
		if err != nil || !json.Valid(part) {
			t.Fatalf("%s makes %s: %v", body, part, err)
		}
		seen := map[string]bool{}
		for _, it := range again.items {
			if it.id == "" {
				it.id = string(it.raw)
			}
			seen[it.id] = true
		}
		if len(seen) > len(fresh) || seen["a"] {
			t.Errorf("%s makes %s", body, part)
		}
	})
}
