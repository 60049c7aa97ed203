package posting

import (
	"strings"
	"testing"
)

// What columns are taken for, by the headers of real exports.
func TestColumns(t *testing.T) {
	for _, c := range []struct{ header, want string }{
		{"id,title,company,location,description,time_posted",
			"title from title; organization from company; location from location; date from time_posted; text from description; id from id"},
		{"job_link,platform,job_title,location,job_maturity,job_description,employer_name,job_posted_date",
			"title from job_title; organization from employer_name; location from location; date from job_posted_date or job_maturity; text from job_description; url from job_link; not used: platform"},
		{",Job Title,Salary Estimate,Job Description,Rating,Company Name,Location,Headquarters,Size,Founded",
			"title from Job Title; organization from Company Name; location from Location; text from Job Description; not used: (no name), Salary Estimate, Rating, Headquarters, Size, Founded"},
		{"Company,Title,Category,Location,Responsibilities,Minimum Qualifications,Preferred Qualifications",
			"title from Title; organization from Company; location from Location; text from Responsibilities+Minimum Qualifications+Preferred Qualifications; not used: Category"},
		{"job_id,title,location,company_profile,description,requirements,benefits,fraudulent",
			"title from title; location from location; text from description+requirements+company_profile+benefits; id from job_id; not used: fraudulent"},
		{"jobpost,date,Title,Company,Location,JobDescription,JobRequirment,RequiredQual,OpeningDate,Deadline,AboutC,IT",
			"title from Title; organization from Company; location from Location; date from date or OpeningDate; text from jobpost or JobDescription+JobRequirment+RequiredQual+AboutC; not used: Deadline, IT"},
		{"company,board_token,job_title,location,description_html,source_url,first_published,updated_at,date_collected",
			"title from job_title; organization from company; location from location; date from first_published; text from description_html; url from source_url; not used: board_token, updated_at, date_collected"},
		{"id,url,title,company,location,description,applyUrl,postedAt,scrapedAt,searchTitle,searchLocation",
			"title from title; organization from company; location from location; date from postedAt; text from description; id from id; url from url; not used: applyUrl, scrapedAt, searchTitle, searchLocation"},
		{"id,site,job_url,job_url_direct,title,company,location,date_posted,description,company_industry,company_url,company_logo,company_addresses,company_description,skills",
			"title from title; organization from company; location from location; date from date_posted; text from description+skills; id from id; url from job_url; not used: site, job_url_direct, company_industry, company_url, company_logo, company_addresses, company_description"},
		{"country,country_code,date_added,has_expired,job_board,job_description,job_title,job_type,location,organization,page_url,salary,sector,uniq_id", // Monster
			"title from job_title; location from location or country; date from date_added; text from job_description; id from uniq_id; url from page_url; not used: country_code, has_expired, job_board, job_type, organization, salary, sector"},
		{"Unnamed: 0,index,name,employer.name,categories.location,city,state,country,description.text",
			"title from name; organization from employer.name; location from categories.location or city+state+country; text from description.text; not used: Unnamed: 0, index"},
		{"job.title,job.company.name,job.description", "title from job.title; organization from job.company.name; text from job.description"},
		{"text,categories.location,descriptionPlain,description,hostedUrl,createdAt", // Lever
			"title from text; location from categories.location; date from createdAt; text from description or descriptionPlain; url from hostedUrl"},
		{"Job ID,Agency,# Of Positions,Business Title,Work Location,Job Description,Minimum Qual Requirements,Preferred Skills,Additional Information,To Apply,Posting Date,Post Until", // New York
			"title from Business Title; organization from Agency; location from Work Location; date from Posting Date; text from Job Description+Minimum Qual Requirements+Preferred Skills+Additional Information; id from Job ID; not used: # Of Positions, To Apply, Post Until"},
		{"header.jobTitle,header.employerName,header.postedDate,job.description,gaTrackerData.sector", // Glassdoor
			"title from header.jobTitle; organization from header.employerName; date from header.postedDate; text from job.description; not used: gaTrackerData.sector"},
		{"label,text", "text from text; not used: label"},
		{"JOB TITLE,JOB-SUMMARY", "title from JOB TITLE; text from JOB-SUMMARY"},
	} {
		columns, err := new(Reader).columns(strings.Split(c.header, ","), nil)
		if err != nil {
			t.Errorf("%s: %v", c.header, err)
		} else if got := columns.String(); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.header, got, c.want)
		}
	}
}

// What the values of columns become.
func TestColumnValues(t *testing.T) {
	for _, c := range []struct {
		header, row string // cells parted by |
		want        Posting
	}{
		{"title|company|location|date|description", "NA|-1|nan|None|Patience", Posting{Text: "Patience"}},
		{"title|company|location|date|description", "n/a|Not specified|[]|null|Patience", Posting{Text: "Patience"}},
		{"title|company|description", " Clerk &amp; Cook\n|Acme\n3.8|Patience", Posting{Title: "Clerk & Cook", Organization: "Acme", Text: "Patience"}},
		{"company|description", "5,119 followers\nFollow|Patience", Posting{Text: "Patience"}},
		{"location|city|state|country|description", "|Leeds||UK|Patience", Posting{Location: "Leeds, UK", Text: "Patience"}},
		{"location|city|country|description", "York|Leeds|UK|Patience", Posting{Location: "York", Text: "Patience"}},
		{"locations|description", `["Leeds", 'York']|Patience`, Posting{Location: "Leeds, York", Text: "Patience"}},
		{"job_posted_date|job_maturity|description", "Recent|2026-05-29T10:28:48Z|Patience", Posting{DatePosted: "2026-05-29", Text: "Patience"}},
		{"date|published_at|description", "3 days ago|4 February 2026|Patience", Posting{DatePosted: "2026-02-04", Text: "Patience"}},
		{"original_listed_time|description", "1713397508000.0|Patience", Posting{DatePosted: "2024-04-17", Text: "Patience"}},
		{"listed_time|description", "1.713397508E12|Patience", Posting{DatePosted: "2024-04-17", Text: "Patience"}},
		{"description|Responsibilities|Requirements|company_profile|benefits", "Come|Sort|Tact|We sort|Tea",
			Posting{Text: "Come\n\nResponsibilities\nSort\n\nRequirements\nTact\n\nAbout the company\nWe sort\n\nBenefits\nTea", Markup: true}},
		{"Responsibilities|Minimum Qualifications|Preferred Qualifications", "Sort|Tact|Wit",
			Posting{Text: "Responsibilities\nSort\n\nMinimum qualifications\nTact\n\nPreferred qualifications\nWit", Markup: true}},
		{"jobpost|JobRequirment", "We need:\n- Tact and\n- wit.|Tact and wit", Posting{Text: "We need:\n- Tact and\n- wit."}},
		{"description|skills", "We use Go, and tact.|['Go', 'tact']", Posting{Text: "We use Go, and tact."}},
		{"description|skills", "We use Go.|Go, Rust", Posting{Text: "We use Go.\n\nSkills\nGo, Rust", Markup: true}},
		{"description|description_html|description_markdown", "Tact|<p>Tact</p>|**Tact**", Posting{Text: "Tact"}},
		{"description|description_html", "|<p>Tact</p>", Posting{Text: "Tact", Markup: true}},
		{"company_profile|description", "We sort|", Posting{Problem: "no text: description is empty in this record: give a table with the texts"}},
		{"id|title|description", "41|Clerk|Patience", Posting{ID: "41", Title: "Clerk", Text: "Patience"}},
		{"|index|title|description", "0|0|Clerk|Patience", Posting{Title: "Clerk", Text: "Patience"}},
		{"job_title|location|job_description", "Clerk MONS_LOG_VARS = {}|" + strings.Repeat("Patience ", 99) + "|Patience",
			Posting{Title: "Clerk", Text: "Patience", Warnings: []string{"the location was as long as a text: its first line is kept"}}},
		{"title|summary", "Clerk|Come and sort …", Posting{Title: "Clerk", Text: "Come and sort …", Warnings: []string{"truncated: the table holds but the beginnings of texts"}}},
	} {
		row := strings.Split(c.row, "|")
		columns, err := new(Reader).columns(strings.Split(c.header, "|"), [][]string{row})
		if err != nil {
			t.Errorf("%s: %v", c.header, err)
			continue
		}
		if got := columns.posting(row); show([]Posting{got}) != show([]Posting{c.want}) {
			t.Errorf("%s with %s:\ngot  %+v\nwant %+v", c.header, c.row, got, c.want)
		}
	}
}

// Of two renderings of a text the fuller one is taken.
func TestFullestColumn(t *testing.T) {
	full := strings.Repeat("Patience with people. ", 40)
	for _, names := range [][]string{{"description", "content"}, {"content", "description"}} {
		c, err := new(Reader).columns(names, [][]string{{full[:120] + "…", full}})
		if err != nil {
			t.Fatal(err)
		}
		if p := c.posting([]string{full[:120] + "…", full}); p.Text != full {
			t.Errorf("of %q the text is %.40q", names, p.Text)
		}
	}
}

func TestColumnsOfTheUser(t *testing.T) {
	names := []string{"ref", "Role Name", "about_role", "requirements", "pay", "description"}
	row := []string{"7", "Clerk", "Sort", "Tact", "10", "Wrong"}
	r := Reader{Columns: map[string][]string{"title": {"role_name"}, "description": {"about_role", "requirements"}, "id": {"ref"}}, Keep: []string{"pay", "grade"}}
	c, err := r.columns(names, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Posting{ID: "7", Title: "Clerk", Text: "About role\nSort\n\nRequirements\nTact", Markup: true, Kept: map[string]string{"pay": "10", "grade": ""}}
	if got := c.posting(row); show([]Posting{got}) != show([]Posting{want}) || got.Kept["pay"] != "10" {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for problem, r := range map[string]Reader{
		"no such column: rle is none of ref, Role Name, about_role, requirements, pay, description: give one of them as --map title=COLUMN": {Columns: map[string][]string{"title": {"rle"}}},
		"no such role: name: give one of title, ": {Columns: map[string][]string{"name": {"ref"}}},
	} {
		if _, err := r.columns(names, nil); err == nil || !strings.HasPrefix(err.Error(), problem) {
			t.Errorf("error %v, want %s", err, problem)
		}
	}
}

// What a table's reader notes is told once, with the name of the table.
func TestNotes(t *testing.T) {
	var notes []string
	r := Reader{Note: func(s string) { notes = append(notes, s) }}
	for range r.Postings(Document{Source: "a.csv", Body: strings.NewReader("title,description\nA,1\n,\n\nB,2\n")}) {
	}
	if got := strings.Join(notes, "\n"); got != "a.csv: title from title; text from description\na.csv: 2 rows without a value left out" {
		t.Errorf("noted %q", got)
	}
}
