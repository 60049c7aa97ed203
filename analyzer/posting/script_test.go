package posting

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// What well-known sites keep in scripts, in their shapes.
func TestSiteData(t *testing.T) {
	const list = listing
	page := func(script string) string {
		return `<!doctype html><html><head><title>Careers</title></head><body><div id="app"></div><script nonce="a">` + script + `</script></body></html>`
	}
	parsed := func(json string) string {
		return "window.__staticRouterHydrationData = JSON.parse(" + fmt.Sprintf("%q", json) + ");"
	}
	for _, c := range []struct{ name, page, want string }{
		{"Apple", page(parsed(`{"loaderData":{"root":{},"jobDetails":{"jobsData":{"positionId":"7-1","postingTitle":"Systems Analyst","jobSummary":"Short.","description":"<p>You keep our tills running.</p>","minimumQualifications":"Patience.\nSQL.","preferredQualifications":"Python & R.","locations":[{"city":"Leeds","stateProvince":"","countryName":"United Kingdom"}],"postingFooters":[{"content":"<p>EEO</p>"}]}}}}`)),
			"title: Systems Analyst\nlocation: Leeds, United Kingdom\nid: 7-1\n\nYou keep our tills running.\n\nMinimum Qualifications\nPatience.\nSQL.\n\nPreferred Qualifications\nPython & R.\n"},
		{"a list of Apple's", page(parsed(`{"loaderData":{"search":{"searchResults":[{"positionId":"1","postingTitle":"Clerk","jobSummary":"Short."},{"positionId":"2","postingTitle":"Analyst"}]}}}`)), "problem: " + list + "\n\n\n"},
		{"Phenom", page(`var phApp = {}; phApp.ddo = {"jobDetail":{"data":{"job":{"jobId":"P-1","title":"Clerk","description":"<p>You file.</p><ul><li>Patience</li></ul>","postedDate":"2026-04-09T09:54:06.573+0000","location":"Leeds, UK"}}}}; phApp.x = {};`),
			"title: Clerk\nlocation: Leeds, UK\ndate: 2026-04-09\nid: P-1\n\nYou file.\n\n• Patience\n"},
		{"a list of Phenom's", page(`phApp.ddo = {"eagerLoadRefineSearch":{"data":{"jobs":[{"jobId":"P-1","title":"Clerk","descriptionTeaser":"We look for"}]}}};`), "problem: " + list + "\n\n\n"},
		{"a list of Paylocity's", page(`window.pageData = {"Jobs":[{"JobId":4,"JobTitle":"Clerk","Description":"","JobLocation":{"City":"Leeds"}}]};`), "problem: " + list + "\n\n\n"},
		{"Paylocity", page(`window.pageData = {"Jobs":[{"JobId":4,"JobTitle":"Clerk","Description":"You file.","JobLocation":{"City":"Raleigh","State":"NC"},"PublishedDate":"2026-08-08T11:27:44-05:00"},{"JobId":5,"JobTitle":"Cook","Description":""}]};`),
			"title: Clerk\nlocation: Raleigh, NC\ndate: 2026-08-08\nid: 4\n\nYou file.\n\n========\ntitle: Cook\nid: 5\nproblem: no text: the posting's description is empty\n\n\n"},
		{"other data", page(`window.pageData = {"a": [1, 2]};`), "title: Careers\nproblem: " + ScriptShell + "\n\n\n"},
		{"broken data", page(`phApp.ddo = {"a": `), "title: Careers\nproblem: " + ScriptShell + "\n\n\n"},
		{"a list of Jobvite's", `<table><tr><td><a href="/northwind/job/o1">Clerk</a></td><td class="jv-job-list-location">Leeds</td></tr></table>`, "problem: " + list + "\n\nClerk | Leeds\n"},
		{"SuccessFactors", `<html><body><div itemscope itemtype="http://schema.org/JobPosting"><meta itemprop="hiringOrganization" content="Northwind"><meta itemprop="datePosted" content="Wed Aug 05 02:00:00 UTC 2026"><meta itemprop="streetAddress" content="Leeds"><span itemprop="title">Clerk</span><span itemprop="description"><span class="jobdescription"><p>You file.</p></span></span></div></body></html>`,
			"title: Clerk\norganization: Northwind\nlocation: Leeds\ndate: 2026-08-05\n\nYou file.\n"},
	} {
		if got := show(lawful(t, Document{Source: "a.html", Body: strings.NewReader(c.page)})); got != c.want {
			t.Errorf("%s reads as\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// The scan for scripts finds what a browser would.
func TestHeadTags(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{`<script>a</script>`, `=a`},
		{`<SCRIPT TYPE='application/ld&#x2B;json; charset=utf-8'>{"a": "<p></p>"}</Script>`, `application/ld+json={"a": "<p></p>"}`},
		{`<!-- <script>a</script> --><script type=x>b</script>`, `x=b`},
		{`<script data-x="a>b" type="y">c`, `y=c`},
		{`<scripts>a</scripts><script src="a"></script>`, ``},
		{`<script><script>a</script>`, `=<script>a`},
		{`<`, ``}, {`<s`, ``}, {`<script`, ``}, {`<!--`, ``},
	} {
		var got []string
		for head := range headTags(c.page) {
			if head.body != "" {
				got = append(got, scriptType(head.tag)+"="+head.body)
			}
			if !strings.HasPrefix(c.page[head.at:], head.body) {
				t.Errorf("%s: %q does not begin at %d", c.page, head.body, head.at)
			}
		}
		if s := strings.Join(got, ";"); s != c.want {
			t.Errorf("%s holds %q, want %q", c.page, s, c.want)
		}
	}
}

// pages lists what every page of the captured formats holds: how many
// postings, and for one that cannot be scored how its problem begins.
var pages = map[string]struct {
	postings int
	problem  string
}{
	"avature/synthetic_detail.html":                                        {1, ""},
	"avature/synthetic_search.html":                                        {1, "a list"},
	"hrmdirect/trimmed_careerkit.html":                                     {1, "a list"},
	"html_plain/fixture_jshq_apple_detail.html":                            {1, ""},
	"html_plain/fixture_jshq_apple_search.html":                            {1, "a list"},
	"html_plain/real_linkedin_guest_detail_fragment.html":                  {1, ""},
	"html_plain/real_linkedin_guest_serp_fragment.html":                    {1, "a list"},
	"html_plain/real_linkedin_guest_view.html":                             {1, ""},
	"html_plain/synthetic_jobpage_plain.html":                              {1, ""},
	"html_plain/synthetic_thaf_cards.html":                                 {1, "a list"},
	"icims/synthetic_icims_detail_no_jsonld.html":                          {1, ""},
	"icims/synthetic_icims_detail_with_jsonld.html":                        {1, ""},
	"icims/synthetic_icims_listing_page.html":                              {1, "a list"},
	"icims/trimmed_careerkit.html":                                         {1, "a list"},
	"jobvite/trimmed_careerkit.html":                                       {1, "a list"},
	"jsonld_html/real_builtin_1027-_AI_Engineer__Backend_foc_8591405.html": {1, ""},
	"jsonld_html/real_builtin_AI_Software_Engineer__C_8594191.html":        {1, ""},
	"jsonld_html/real_builtin_Senior_Business_Analytics_Deve_8089140.html": {1, ""},
	"jsonld_html/synthetic_jobpage_jsonld.html":                            {1, ""},
	"jsonld_html/synthetic_thaf_graph.html":                                {2, ""},
	"jsonld_html/synthetic_thaf_single.html":                               {1, ""},
	"paylocity/trimmed_careerkit.html":                                     {1, "a list"}, // titles only
	"phenom/trimmed_careerkit.html":                                        {1, "a list"}, // teasers only
	"successfactors/synthetic_successfactors_detail.html":                  {1, ""},
	"successfactors/synthetic_successfactors_search.html":                  {1, "a list"},
	"schemaorg/extracted/01_microdata.html":                                {1, ""},
	"schemaorg/extracted/02_rdfa.html":                                     {1, ""},
	"schemaorg/extracted/03_json.html":                                     {1, ""},
}

// Every page of the captured formats reads as listed, and one that can be
// scored has a title and a text.
func TestFormatPages(t *testing.T) {
	const folder = "../../../shared/data/formats/"
	var names []string
	for _, pattern := range []string{"*/*.html", "*/*/*.html"} {
		found, err := filepath.Glob(folder + pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	if len(names) == 0 {
		t.Skip("no captured formats beside the project")
	}
	read, titles, texts := 0, 0, 0
	for _, name := range names {
		want, ok := pages[strings.TrimPrefix(filepath.ToSlash(name), folder)]
		if !ok {
			t.Errorf("%s is not listed", name)
			continue
		}
		ps := lawful(t, readFile(t, name))
		if len(ps) != want.postings {
			t.Errorf("%s: %d postings, want %d", name, len(ps), want.postings)
		}
		for _, p := range ps {
			if !strings.HasPrefix(p.Problem, want.problem) || (p.Problem == "") != (want.problem == "") {
				t.Errorf("%s: problem %q, want %q", name, p.Problem, want.problem)
			}
			if p.Problem == "" {
				read++
				titles += min(len(p.Title), 1)
				texts += min(len(p.Text), 1)
				without(t, name, p.Text, remains[:5])
			}
		}
	}
	if len(names) != len(pages) || titles != read || texts != read {
		t.Errorf("%d pages of %d; of %d postings %d have a title, %d a text", len(names), len(pages), read, titles, texts)
	}
}
