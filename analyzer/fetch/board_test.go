package fetch

import (
	"strings"
	"testing"
)

// The addresses that users copy from their browsers, and what is read for them.
func TestRecognise(t *testing.T) {
	const wd = "https://acme.wd5.myworkdayjobs.com"
	const fusion = "https://eabc.fa.us2.oraclecloud.com"
	for _, x := range []struct{ address, endpoint string }{
		{"https://boards.greenhouse.io/acme", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"},
		{"http://job-boards.greenhouse.io/acme/", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"},
		{"https://job-boards.eu.greenhouse.io/acme?gh_src=x", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"},
		{"https://boards.eu.greenhouse.io/acme", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"},
		{"https://boards.greenhouse.io/embed/job_board?for=acme&b=https%3A%2F%2Facme.com", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"},
		{"https://boards.greenhouse.io/embed/job_board/js?for=acme", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"},
		{"https://boards.greenhouse.io/embed/job_app?for=acme&token=8653256002", "https://boards-api.greenhouse.io/v1/boards/acme/jobs/8653256002?content=true"},
		{"https://job-boards.greenhouse.io/acme/jobs/8653256002?gh_jid=1#app", "https://boards-api.greenhouse.io/v1/boards/acme/jobs/8653256002?content=true"},
		{"https://boards-api.greenhouse.io/v1/boards/acme/jobs", "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"},
		{"https://jobs.lever.co/acme", "https://api.lever.co/v0/postings/acme?mode=json&skip={offset}&limit=100"},
		{"https://jobs.lever.co/acme/0b7e/apply", "https://api.lever.co/v0/postings/acme/0b7e?mode=json"},
		{"https://jobs.eu.lever.co/acme", "https://api.eu.lever.co/v0/postings/acme?mode=json&skip={offset}&limit=100"},
		{"https://jobs.ashbyhq.com/Acme%20Labs", "https://api.ashbyhq.com/posting-api/job-board/Acme%20Labs?includeCompensation=true"},
		{"https://jobs.ashbyhq.com/acme/0b7e", "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true pick 0b7e"},
		{"https://apply.workable.com/acme/", "https://apply.workable.com/api/v1/widget/accounts/acme?details=true"},
		{"https://apply.workable.com/acme/j/F4C096B22E/", "https://apply.workable.com/api/v1/widget/accounts/acme?details=true pick F4C096B22E"},
		{"https://careers.smartrecruiters.com/Acme", "https://api.smartrecruiters.com/v1/companies/Acme/postings?limit=100&offset={offset}"},
		{"https://jobs.smartrecruiters.com/Acme/744000135080134-facilities-engineer", "https://api.smartrecruiters.com/v1/companies/Acme/postings/744000135080134"},
		{"https://acme.recruitee.com/", "https://acme.recruitee.com/api/offers/"},
		{"https://acme.recruitee.com/o/help-desk-2", "https://acme.recruitee.com/api/offers/ pick help-desk-2"},
		{wd + "/External", wd + "/wday/cxs/acme/External/jobs"},
		{wd + "/en-US/External?q=engineer", wd + "/wday/cxs/acme/External/jobs"},
		{wd + "/wday/cxs/acme/External/jobs", wd + "/wday/cxs/acme/External/jobs"},
		{wd + "/de-DE/External/job/Berlin/Help-Desk_JR-1", wd + "/wday/cxs/acme/External/job/Berlin/Help-Desk_JR-1"},
		{wd + "/External/details/Help-Desk_JR-1?q=help", wd + "/wday/cxs/acme/External/job/Help-Desk_JR-1"},
		{"https://wd3.myworkdaysite.com/en-US/recruiting/acme/External", "https://wd3.myworkdaysite.com/wday/cxs/acme/External/jobs"},
		{"https://acme.bamboohr.com/careers", "https://acme.bamboohr.com/careers/list"},
		{"https://acme.bamboohr.com/careers/86?source=x", "https://acme.bamboohr.com/careers/86/detail"},
		{"https://acme.bamboohr.com/jobs/view.php?id=86", "https://acme.bamboohr.com/careers/86/detail"},
		{"https://acme.jobs.personio.de/?language=en", "https://acme.jobs.personio.de/xml"},
		{"https://acme.jobs.personio.com", "https://acme.jobs.personio.com/xml"},
		{"https://acme.teamtailor.com/jobs", "https://acme.teamtailor.com/jobs.json"},
		{"https://acme.na.teamtailor.com", "https://acme.na.teamtailor.com/jobs.json"},
		{"https://acme.pinpointhq.com/en", "https://acme.pinpointhq.com/postings.json"},
		{"https://ats.rippling.com/en-GB/acme/jobs", "https://api.rippling.com/platform/api/ats/v1/board/acme/jobs"},
		{"https://ats.rippling.com/acme/jobs/12345678-aaaa", "https://api.rippling.com/platform/api/ats/v1/board/acme/jobs/12345678-aaaa"},
		{fusion + "/hcmUI/CandidateExperience/en/sites/CX_1/requisitions", fusion + "/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true&expand=requisitionList.secondaryLocations&finder=findReqs;siteNumber=CX_1,limit=25,offset={offset},sortBy=POSTING_DATES_DESC"},
		{"https://jobs.acme.com/hcmUI/CandidateExperience/en/sites/CX_1/job/25587", "https://jobs.acme.com/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?expand=all&onlyData=true&finder=ById;Id=%2225587%22,siteNumber=CX_1"},
		{"https://acme.eightfold.ai/careers?domain=acme.org", "https://acme.eightfold.ai/api/apply/v2/jobs?domain=acme.org&start={offset}&num=10"},
		{"https://acme.eightfold.ai/careers/job/109955", "https://acme.eightfold.ai/api/apply/v2/jobs/109955?domain=acme.com"},

		{"https://www.greenhouse.io/acme", ""},
		{"https://www.bamboohr.com/careers", ""},
		{"https://apply.workable.com/j/F4C096B22E", ""}, // leads to its account by a redirect
		{"https://acme.teamtailor.com/jobs/7167985-account-executive", ""},
		{"https://acme.jobs.personio.de/job/123", ""},
		{"https://acme.com/careers", ""},
		{"https://jobs.lever.co/", ""},
		{"https://evil.com/jobs.lever.co/acme", ""},
		{"https://jobs.lever.co.evil.com/acme", ""},
		{"ftp://jobs.lever.co/acme", ""},
	} {
		p, ok := recognise(parseURL(t, x.address))
		endpoint := ""
		switch {
		case ok && p.posting() && p.one != "":
			endpoint = p.fill(p.one)
		case ok && p.posting():
			endpoint = p.fill(p.list) + " pick " + p.blanks["id"]
		case ok:
			endpoint = p.fill(p.list)
		}
		if endpoint != x.endpoint {
			t.Errorf("%s\n is read at %q\n     want %q", x.address, endpoint, x.endpoint)
		}
	}
}

func TestBoard(t *testing.T) {
	for _, x := range []struct{ typed, address string }{
		{"greenhouse:acme", "https://boards.greenhouse.io/acme"},
		{"Lever:acme", "https://jobs.lever.co/acme"},
		{"lever-eu:acme", "https://jobs.eu.lever.co/acme"},
		{"ashby:acme", "https://jobs.ashbyhq.com/acme"},
		{"workable:acme", "https://acme.workable.com"},
		{"smartrecruiters:Acme", "https://careers.smartrecruiters.com/Acme"},
		{"recruitee:acme", "https://acme.recruitee.com"},
		{"bamboohr:acme", "https://acme.bamboohr.com"},
		{"personio:acme", "https://acme.jobs.personio.com"},
		{"teamtailor:acme", "https://acme.teamtailor.com"},
		{"pinpoint:acme", "https://acme.pinpointhq.com"},
		{"rippling:acme", "https://ats.rippling.com/acme"},
		{"eightfold:acme", "https://acme.eightfold.ai"},
		{"jobs.lever.co/acme", "https://jobs.lever.co/acme"},
		{"acme.wd5.myworkdayjobs.com/External", "https://acme.wd5.myworkdayjobs.com/External"},
		{"workday:acme", ""}, // the name alone does not tell the host
		{"greenhouse:", ""},
		{"greenhouse:a/../b", ""},
		{"posting.txt", ""},
		{"C:\\postings\\a.txt", ""},
		{"-", ""},
	} {
		address, ok := Board(x.typed)
		if address != x.address || ok != (x.address != "") {
			t.Errorf("%s is %q, %v; want %q", x.typed, address, ok, x.address)
		}
	}
}

// The table holds together: every system says how it is told, read and counted.
func TestSystems(t *testing.T) {
	for _, s := range systems {
		switch {
		case len(s.at) == 0 || s.list == "" || !strings.HasPrefix(s.list, "https://"):
			t.Errorf("%s is not found or not read", s.name)
		case s.step > 0 != strings.Contains(s.list+s.body, "{offset}"):
			t.Errorf("%s: {offset} and step do not agree", s.name)
		case s.detail && (s.one == "" || s.id == ""):
			t.Errorf("%s asks for postings that it cannot name", s.name)
		case s.page != "" && !strings.Contains(s.page, "{id}"):
			t.Errorf("%s: the page of a posting does not depend on it", s.name)
		}
	}
}

// Whatever an address holds, what is asked for has no password and no fragment,
// and stays on the host that the pattern names.
func FuzzRecognise(f *testing.F) {
	for _, s := range []string{"https://boards.greenhouse.io/acme/jobs/1", "https://acme.wd5.myworkdayjobs.com/en-US/External/job/a/b", "https://jobs.acme.com/hcmUI/CandidateExperience/en/sites/CX/job/1",
		"https://acme.eightfold.ai/careers?domain=a.b", "https://jobs.lever.co/%2e%2e%2fx?y", "https://a@b@jobs.lever.co/x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := check(s)
		if err != nil {
			return
		}
		p, ok := recognise(u)
		if !ok {
			return
		}
		for _, pattern := range []string{p.list, p.one, p.page} {
			if pattern == "" || pattern == p.one && !p.posting() {
				continue
			}
			got, err := check(p.fill(pattern))
			if err != nil {
				continue // asked for as an invalid host, which fails
			}
			host := strings.Split(pattern, "/")[2]
			if got.Fragment != "" || got.User != nil || !strings.Contains(host, "{") && got.Host != host || host == "{host}" && got.Host != u.Host {
				t.Errorf("%s: %s", s, got)
			}
		}
	})
}
