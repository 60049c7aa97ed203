package fetch

import (
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"softgap/analyzer/posting"
)

// answers serves the answers of a system by the ends of their addresses.
func answers(by map[string]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for end, body := range by {
			if strings.HasSuffix(r.URL.RequestURI(), end) {
				io.WriteString(w, body)
				return
			}
		}
		http.NotFound(w, r)
	}
}

// Every system, from an address to the postings read: in the shape of its real
// answers, which data/formats holds, with short texts.
func TestSystemsAreRead(t *testing.T) {
	const text = "<p>You listen to colleagues.</p>"
	for _, x := range []struct {
		address, host string
		answer        http.HandlerFunc
		want          string // id, title, organisation, place, date, page
	}{
		{"https://boards.greenhouse.io/acme", "boards-api.greenhouse.io",
			says(`{"jobs":[{"absolute_url":"https://job-boards.greenhouse.io/acme/jobs/7","location":{"name":"Berlin "},"id":7,"title":"DBA","company_name":"Acme ","first_published":"2026-08-09T23:52:37-04:00","content":"&lt;p&gt;You listen to colleagues.&lt;/p&gt;"}],"meta":{"total":1}}`),
			"7|DBA|Acme|Berlin|2026-08-09|https://job-boards.greenhouse.io/acme/jobs/7"},
		{"https://boards.greenhouse.io/acme", "boards-api.greenhouse.io", // as it once answered
			says(`{"jobs":[{"absolute_url":"https://boards.greenhouse.io/acme/jobs/7","location":{"name":"Berlin"},"id":7,"title":"DBA","content":"&lt;p&gt;You listen to colleagues.&lt;/p&gt;"}]}`),
			"7|DBA|acme|Berlin||https://boards.greenhouse.io/acme/jobs/7"},
		{"https://job-boards.greenhouse.io/acme/jobs/7", "boards-api.greenhouse.io",
			says(`{"absolute_url":"https://job-boards.greenhouse.io/acme/jobs/7","location":{"name":"Berlin"},"id":7,"title":"DBA","company_name":"Acme","content":"&lt;p&gt;You listen to colleagues.&lt;/p&gt;"}`),
			"7|DBA|Acme|Berlin||https://job-boards.greenhouse.io/acme/jobs/7"},
		{"lever:acme", "api.lever.co", answers(map[string]string{"skip=1&limit=100": "[]",
			"skip=0&limit=100": `[{"id":"0b7e","text":"DBA","categories":{"location":"Berlin","allLocations":["Berlin"]},"createdAt":1782691200000,"hostedUrl":"https://jobs.lever.co/acme/0b7e","description":"<div>We grow.</div>","lists":[{"text":"You have","content":"<li>You listen to colleagues.</li>"}],"additional":""}]`}),
			"0b7e|DBA|acme|Berlin|2026-06-29|https://jobs.lever.co/acme/0b7e"},
		{"ashby:acme", "api.ashbyhq.com",
			says(`{"jobs":[{"id":"a1","title":" DBA","location":"Berlin","secondaryLocations":[],"publishedAt":"2026-04-07T01:02:03.000+00:00","isListed":true,"jobUrl":"https://jobs.ashbyhq.com/acme/a1","descriptionHtml":"` + text + `","descriptionPlain":"You listen to colleagues."}],"apiVersion":"1"}`),
			"a1|DBA|acme|Berlin|2026-04-07|https://jobs.ashbyhq.com/acme/a1"},
		{"workable:acme", "apply.workable.com",
			says(`{"name":"Acme","description":null,"jobs":[{"title":"DBA","shortcode":"F4C0","url":"https://apply.workable.com/j/F4C0","published_on":"2026-07-30","country":"Germany","city":"Berlin","state":"","locations":[{"country":"Germany","city":"Berlin","region":""}],"description":"` + text + `"}]}`),
			"F4C0|DBA|Acme|Berlin, Germany|2026-07-30|https://apply.workable.com/j/F4C0"},
		{"smartrecruiters:Acme", "api.smartrecruiters.com", answers(map[string]string{
			"offset=0":     `{"offset":0,"limit":100,"totalFound":1,"content":[{"id":"744","name":"DBA","company":{"identifier":"Acme","name":"Acme"},"ref":"https://api.smartrecruiters.com/v1/companies/Acme/postings/744"}]}`,
			"postings/744": `{"id":"744","name":"DBA","company":{"identifier":"Acme","name":"Acme Ltd"},"releasedDate":"2026-06-30T17:49:03.000Z","location":{"city":"Berlin","fullLocation":"Berlin, , Germany"},"jobAd":{"sections":{"companyDescription":{"title":"We","text":"<p>We grow.</p>"},"jobDescription":{"title":"Job","text":"<p>Servers.</p>"},"qualifications":{"title":"You","text":"` + text + `"}}}}`}),
			"744|DBA|Acme Ltd|Berlin, Germany|2026-06-30|https://jobs.smartrecruiters.com/Acme/744"},
		{"recruitee:acme", "acme.recruitee.com",
			says(`{"offers":[{"id":2700825,"slug":"dba","company_name":"Acme","title":"DBA","location":"Berlin, Germany","careers_url":"https://acme.recruitee.com/o/dba","published_at":"2026-08-05 09:41:37 UTC","description":"<p>Servers.</p>","requirements":"` + text + `"}]}`),
			"2700825|DBA|Acme|Berlin, Germany|2026-08-05|https://acme.recruitee.com/o/dba"},
		{"https://acme.wd5.myworkdayjobs.com/External", "acme.wd5.myworkdayjobs.com", answers(map[string]string{
			"/External/jobs": `{"total":1,"jobPostings":[{"title":"DBA","externalPath":"/job/Berlin/DBA_JR-1","locationsText":"Berlin","postedOn":"Posted Today","bulletFields":["JR-1"]}],"facets":[]}`,
			"DBA_JR-1":       `{"jobPostingInfo":{"id":"26a2","title":"DBA","jobDescription":"` + text + `","location":"Berlin","startDate":"2026-06-25","jobReqId":"JR-1"},"hiringOrganization":{"name":"Acme GmbH","url":""}}`}),
			"JR-1|DBA|Acme GmbH|Berlin|2026-06-25|https://acme.wd5.myworkdayjobs.com/External/job/Berlin/DBA_JR-1"},
		{"bamboohr:acme", "acme.bamboohr.com", answers(map[string]string{
			"/careers/list":      `{"meta":{"totalCount":1},"result":[{"id":"86","jobOpeningName":"DBA","location":{"city":"Berlin","state":null}}]}`,
			"/careers/86/detail": `{"meta":{},"result":{"jobOpening":{"jobOpeningName":"DBA","datePosted":"2026-09-01","location":{"city":"Berlin","state":null},"description":"` + text + `"}}}`}),
			"86|DBA|acme|Berlin|2026-09-01|https://acme.bamboohr.com/careers/86"},
		{"teamtailor:acme", "acme.teamtailor.com",
			says(`{"version":"https://jsonfeed.org/version/1.1","title":"Acme","items":[{"id":"20fa","title":"DBA","url":"https://acme.teamtailor.com/jobs/7-dba","date_published":"2026-02-04T09:26:20+01:00","content_html":"` + text + `","_jobposting":{"@context":"http://schema.org/","@type":"JobPosting","title":"DBA","hiringOrganization":{"@type":"Organization","name":"Acme"},"jobLocation":[{"@type":"Place","address":{"addressLocality":"Berlin"}}]}}]}`),
			"20fa|DBA|Acme|Berlin|2026-02-04|https://acme.teamtailor.com/jobs/7-dba"},
		{"pinpoint:acme", "acme.pinpointhq.com",
			says(`{"data":[{"id":"9","title":"DBA","path":"/en/postings/9","description":"<p>Servers.</p>","key_responsibilities":"<p>x</p>","skills_knowledge_expertise_header":"You","skills_knowledge_expertise":"` + text + `","location":{"name":"Berlin"}}]}`),
			"9|DBA|acme|Berlin||https://acme.pinpointhq.com/en/postings/9"},
		{"rippling:acme", "api.rippling.com", answers(map[string]string{
			"/acme/jobs":      `[{"uuid":"2f06","name":"DBA","url":"https://ats.rippling.com/acme/jobs/2f06","workLocation":{"label":"Berlin"}},{"uuid":"2f06","name":"DBA","url":"https://ats.rippling.com/acme/jobs/2f06","workLocation":{"label":"Paris"}}]`,
			"/acme/jobs/2f06": `{"uuid":"2f06","name":"DBA","description":{"company":"<p>We grow.</p>","role":"` + text + `"},"workLocations":["Berlin","Paris"],"companyName":"Acme","url":"https://ats.rippling.com/acme/jobs/2f06"}`}),
			"2f06|DBA|Acme|Berlin; Paris||https://ats.rippling.com/acme/jobs/2f06"},
		{"https://e.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1", "e.fa.oraclecloud.com", answers(map[string]string{
			"sortBy=POSTING_DATES_DESC":      `{"items":[{"TotalJobsCount":1,"requisitionList":[{"Id":"25587","Title":"DBA","PostedDate":"2026-08-07","PrimaryLocation":"Berlin","ShortDescriptionStr":""}]}]}`,
			"Id=%2225587%22,siteNumber=CX_1": `{"items":[{"Id":"25587","Title":"DBA","ExternalDescriptionStr":"<p>Servers.</p>","ExternalQualificationsStr":"` + text + `","PrimaryLocation":"Berlin","ExternalPostedStartDate":"2026-08-19T00:00:00+00:00"}]}`}),
			"25587|DBA||Berlin|2026-08-19|https://e.fa.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/25587"},
		{"eightfold:acme", "acme.eightfold.ai", answers(map[string]string{
			"start=0&num=10":            `{"domain":"acme.com","count":1,"positions":[{"id":109,"name":"DBA","location":"Berlin","t_create":1785801600,"job_description":""}]}`,
			"/jobs/109?domain=acme.com": `{"status":200,"error":{"message":""},"data":{"id":109,"name":"DBA","locations":["Berlin"],"postedTs":1785801600,"positionUrl":"/careers/job/109","jobDescription":"` + text + `"}}`}),
			"109|DBA|acme|Berlin|2026-08-04|https://acme.eightfold.ai/careers/job/109"},
	} {
		w := &web{hosts: map[string]http.HandlerFunc{x.host: x.answer}}
		c, _, _ := client(w)
		var got []string
		for d, err := range c.Documents(context.Background(), x.address) {
			if err != nil {
				t.Errorf("%s: %v", x.address, err)
				continue
			}
			for p := range new(posting.Reader).Postings(d) {
				got = append(got, strings.Join([]string{p.ID, p.Title, p.Organization, p.Location, p.DatePosted, p.URL}, "|"))
				if !strings.Contains(p.Text, "You listen to colleagues.") || p.Problem != "" || !strings.HasPrefix(p.Source, "https://"+x.host+"/") {
					t.Errorf("%s: read %q from %s, %s", x.address, p.Text, p.Source, p.Problem)
				}
			}
		}
		if strings.Join(got, "\n") != x.want {
			t.Errorf("%s: read\n     %s\nwant %s", x.address, strings.Join(got, "\n     "), x.want)
		}
	}
}

// Real answers, where they are at hand: every posting of the board is read.
func TestRealBoards(t *testing.T) {
	for _, x := range []struct {
		address, host, file string
		postings            int
	}{
		{"greenhouse:impact", "boards-api.greenhouse.io", "greenhouse/real_impact.json", 93},
		{"lever:binance", "api.lever.co", "lever/real_binance.json", 298},
		{"ashby:ramp", "api.ashbyhq.com", "ashby/real_cpm_board.json", 6},
	} {
		body, err := os.ReadFile("../../../shared/data/formats/" + x.file)
		if err != nil {
			t.Skip("the captured answers are not here: ", err)
		}
		c, _, _ := client(&web{hosts: map[string]http.HandlerFunc{x.host: says(string(body))}})
		n := 0
		for d, err := range c.Documents(context.Background(), x.address) {
			if err != nil {
				t.Errorf("%s: %v", x.address, err)
				continue
			}
			for p := range new(posting.Reader).Postings(d) {
				n++
				if p.Problem != "" || p.Text == "" || p.Title == "" || p.Organization == "" || !strings.Contains(p.URL, p.ID) || p.ID == "" {
					t.Errorf("%s: %+v", x.address, p)
				}
			}
		}
		if n != x.postings { // the second page of Lever repeats the first here, and is not read
			t.Errorf("%s: %d postings, want %d", x.address, n, x.postings)
		}
	}
}
