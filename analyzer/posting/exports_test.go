package posting

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The tables among the exports beside the project: the records that stand in
// each (counted by another program), how many have a title, an organization, a
// location, a date and a text, and why the others have no text.
var exports = []struct {
	file                                                 string
	records, titles, organizations, places, dates, texts int
	unread                                               map[string]int // reasons, by how they begin
}{
	// 18,502 further rows are blank.
	{"armenia_careercenter_semicolon/data job posts.csv", 499, 498, 499, 475, 450, 499, nil},
	{"dice_us_sample/dice_com-job_us_sample.csv", 658, 658, 0, 0, 0, 658, nil},
	{"emscad_subset_b/fake_job_postings.csv", 3083, 3083, 0, 3032, 0, 855, map[string]int{"no text: description, requirements are empty": 2228}},
	// Two versions of a table without texts, and the marks of their conflict.
	{"gitconflict_csv/job_postings.csv", 1, 0, 0, 0, 0, 0, map[string]int{"no text column: none of (no name), title, company, location, salary holds": 1}},
	{"glassdoor_ds_2020/glassdoor_jobs.csv", 956, 956, 956, 956, 0, 956, nil},
	{"glassdoor_uncleaned_ds/Uncleaned_DS_jobs.csv", 672, 672, 672, 672, 0, 672, nil},
	{"google_job_skills/job_skills.csv", 1250, 1249, 1250, 1250, 0, 1236, map[string]int{"no text: Responsibilities, Minimum Qualifications, Preferred": 14}},
	{"indeed_california_2018/cal_ds_500.csv", 506, 506, 506, 506, 392, 506, nil},
	{"joblens_greenhouse_html/greenhouse_china_jobs.csv", 78, 78, 78, 78, 78, 78, nil},
	{"jobs_et_parquet/jobs.parquet", 2958, 2958, 2948, 2928, 2958, 2958, nil},
	{"linkedin_ml_jsonl/linkedin_jobs.csv", 225, 225, 225, 225, 225, 225, nil},
	{"uk_adzuna_linkedin/adzuna_jobs.csv", 1241, 1241, 1241, 1241, 1241, 1241, nil},
	{"uk_adzuna_linkedin/linkedin_jobs.csv", 471, 471, 471, 471, 0, 471, nil},
}

func TestExports(t *testing.T) {
	root := "../../../shared/data/exports"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no exports beside the project")
	}
	listed := map[string]bool{}
	for _, e := range exports {
		listed[e.file] = true
		t.Run(filepath.Base(e.file), func(t *testing.T) {
			f, err := os.Open(filepath.Join(root, e.file))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			head := make([]byte, headSize)
			n, _ := f.ReadAt(head, 0)
			if format := formatOf(Document{Source: "-", Body: bytes.NewReader(head[:n])}); format != "table" && format != "Parquet" {
				t.Errorf("without its name it is taken for %s", format)
			}
			var titles, organizations, places, dates, texts int
			add := func(to *int, s string) {
				if strings.TrimSpace(s) != "" {
					*to++
				}
			}
			unread := map[string]int{}
			n = 0
			for p := range new(Reader).Postings(Document{Source: e.file, Body: f}) {
				n++
				add(&titles, p.Title)
				add(&organizations, p.Organization)
				add(&places, p.Location)
				add(&dates, p.DatePosted)
				add(&texts, p.Text)
				reason := p.Problem
				for begin := range e.unread {
					if strings.HasPrefix(reason, begin) {
						reason = begin
					}
				}
				if reason != "" {
					unread[reason]++
				}
			}
			got := [...]int{n, titles, organizations, places, dates, texts}
			if want := [...]int{e.records, e.titles, e.organizations, e.places, e.dates, e.texts}; got != want {
				t.Errorf("records, titles, organizations, places, dates, texts: %d, want %d", got, want)
			}
			for reason, n := range unread {
				if e.unread[reason] != n {
					t.Errorf("%d records without text, want %d: %s", n, e.unread[reason], reason)
				}
			}
		})
	}
	for _, glob := range []string{"*/*.csv", "*/*.parquet", "*/*.xlsx", "*/*.tsv"} {
		names, _ := filepath.Glob(filepath.Join(root, glob))
		for _, name := range names {
			if name, _ := filepath.Rel(root, name); !listed[name] {
				t.Errorf("%s is not listed", name)
			}
		}
	}
}

// BenchmarkExports reports how fast real exports are read: texts in many
// languages, with HTML, Markdown and damage in their cells.
func BenchmarkExports(b *testing.B) {
	names, _ := filepath.Glob("../../../shared/data/exports/*/*.*")
	if len(names) == 0 {
		b.Skip("no exports beside the project")
	}
	for _, name := range names {
		body := bodyOf(b, name)
		if len(body) < 100_000 { // what says where the data are from
			continue
		}
		b.Run(filepath.Base(name), func(b *testing.B) { benchmark(b, name, body) })
	}
}
