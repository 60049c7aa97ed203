package posting

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// captured are the answers and exports in JSON beside the project: how many
// records each holds, how many of them have a title and a text, and why those
// without a text have none, the remedies left out.
var captured = []struct {
	file                   string
	records, titles, texts int
	problem                string
}{
	{"exports/euraxess_jsonl/jobs.jsonl", 433, 433, 433, ""},
	{"exports/linkedin_ml_jsonl/linkedin_jobs.jsonl", 342, 342, 342, ""},
	{"exports/uber_json/uber.json", 776, 776, 776, ""},
	{"formats/adzuna/synthetic.json", 2, 2, 2, ""},
	{"formats/arbeitnow/synthetic.json", 3, 3, 3, ""},
	{"formats/ashby/real_cpm_board.json", 6, 6, 6, ""},
	{"formats/ashby/synthetic_manwithaplandy.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/ashby/trimmed_careerkit_ashby.json", 2, 2, 2, ""},
	{"formats/atlassian_custom/fixture_jshq.json", 3, 3, 3, ""},
	{"formats/bamboohr/trimmed_careerkit_bamboohr.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/clearcompany/fixture_jshq.json", 3, 3, 3, ""},
	{"formats/eightfold/synthetic_detail.json", 1, 1, 1, ""},
	{"formats/eightfold/synthetic_search.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/eightfold/trimmed_careerkit_eightfold.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/greenhouse/cpm_departments.json", 131, 131, 0, "no text: no key of the record is known to hold one"},
	{"formats/greenhouse/cpm_nocontent.json", 6, 6, 0, "no text: the list of this board holds no descriptions"},
	{"formats/greenhouse/real_bashdotcom.json", 6, 6, 6, ""},
	{"formats/greenhouse/real_bashdotcom.metadata.json", 1, 0, 0, "no posting: the JSON in line 1 holds no title and no text"},
	{"formats/greenhouse/real_impact.json", 93, 93, 93, ""},
	{"formats/greenhouse/real_impact.metadata.json", 1, 0, 0, "no posting: the JSON in line 1 holds no title and no text"},
	{"formats/greenhouse/real_luno.json", 13, 13, 13, ""},
	{"formats/greenhouse/real_luno.metadata.json", 1, 0, 0, "no posting: the JSON in line 1 holds no title and no text"},
	{"formats/greenhouse/real_luno_20260808.json", 13, 13, 13, ""},
	{"formats/greenhouse/synthetic_manwithaplandy.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/greenhouse/trimmed_careerkit_greenhouse.json", 2, 2, 2, ""},
	{"formats/hn/synthetic_algolia_item.json", 3, 2, 2, "no text: the comment was deleted"},
	{"formats/hn/synthetic_algolia_search.json", 1, 1, 0, "no text: no key of the record is known to hold one"},
	{"formats/icims/fixture_jshq_list.json", 2, 2, 2, ""},
	{"formats/jobtech_sweden/real_10hits.json", 10, 10, 10, ""},
	{"formats/lever/real_binance.json", 298, 298, 298, ""},
	{"formats/lever/real_binance.metadata.json", 1, 0, 0, "no posting: the JSON in line 1 holds no title and no text"},
	{"formats/lever/real_cpm_board.json", 6, 6, 6, ""},
	{"formats/lever/real_mamamoney.json", 13, 13, 13, ""},
	{"formats/lever/real_mamamoney.metadata.json", 1, 0, 0, "no posting: the JSON in line 1 holds no title and no text"},
	{"formats/lever/real_theodo.metadata.json", 1, 0, 0, "no posting: the JSON in line 1 holds no title and no text"},
	{"formats/lever/synthetic_manwithaplandy.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/lever/trimmed_careerkit_lever.json", 2, 2, 2, ""},
	{"formats/linkedin_voyager_glints/glints_next_data.json", 1, 1, 1, ""},
	{"formats/linkedin_voyager_glints/linkedin_voyager_detail_rich.json", 1, 1, 1, ""},
	{"formats/linkedin_voyager_glints/linkedin_voyager_search.json", 4, 3, 0, "no text: the list of this board holds no descriptions"},
	{"formats/oracle_orc/trimmed_careerkit_oracle_orc.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/oracle_orc/trimmed_careerkit_oracle_orc_detail.json", 1, 1, 1, ""},
	{"formats/pinpoint/trimmed_careerkit_pinpoint.json", 2, 2, 2, ""},
	{"formats/recruitee/synthetic_cyberradar.json", 1, 1, 1, ""},
	{"formats/recruitee/trimmed_careerkit_recruitee.json", 2, 2, 2, ""},
	{"formats/remoteok/synthetic.json", 2, 2, 2, ""},
	{"formats/remotive/synthetic.json", 3, 3, 3, ""},
	{"formats/rippling/trimmed_careerkit_rippling.json", 1, 1, 0, "no text: the list of this board holds no descriptions"},
	{"formats/smartrecruiters/cpm.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/smartrecruiters/fixture_jshq_detail.json", 1, 1, 1, ""},
	{"formats/smartrecruiters/fixture_jshq_list.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/smartrecruiters/fixture_manwithaplandy_list_detail.json", 3, 3, 2, "no text: the list of this board holds no descriptions"},
	{"formats/smartrecruiters/trimmed_careerkit_smartrecruiters.json", 1, 1, 0, "no text: the list of this board holds no descriptions"},
	{"formats/successfactors/nedbank.metadata.json", 1, 0, 0, "no posting: the JSON in line 1 holds no title and no text"},
	{"formats/synthetic_other/freehire_detail_greenhouse.json", 1, 1, 1, ""},
	{"formats/synthetic_other/freehire_detail_workday.json", 1, 1, 1, ""},
	{"formats/synthetic_other/freehire_search_page1.json", 3, 3, 3, ""},
	{"formats/synthetic_other/freehire_search_page2.json", 2, 2, 2, ""},
	{"formats/teamtailor/trimmed_careerkit_teamtailor.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/usajobs/synthetic_search.json", 2, 2, 2, ""},
	{"formats/workable/cpm.json", 3, 3, 0, "no text: the list of this board holds no descriptions"},
	{"formats/workable/fixture_manwithaplandy.json", 3, 3, 3, ""},
	{"formats/workable/trimmed_careerkit_workable.json", 1, 1, 0, "no text: the list of this board holds no descriptions"},
	{"formats/workday/fixture_manwithaplandy_workday.json", 4, 4, 4, ""},
	{"formats/workday/fixture_manwithaplandy_workday_large.json", 12, 12, 0, "no text: the list of this board holds no descriptions"},
	{"formats/workday/synthetic_compgraph_workday_detail.json", 1, 1, 1, ""},
	{"formats/workday/synthetic_compgraph_workday_search_empty.json", 1, 0, 0, "nothing found: the list of postings is empty"},
	{"formats/workday/synthetic_compgraph_workday_search_page_1.json", 5, 5, 0, "no text: the list of this board holds no descriptions"},
	{"formats/workday/synthetic_compgraph_workday_search_page_2.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
	{"formats/workday/trimmed_careerkit_workday.json", 2, 2, 0, "no text: the list of this board holds no descriptions"},
}

// Every captured file in JSON reads as the table says, and every file is in
// the table.
func TestCaptured(t *testing.T) {
	root := "../../../shared/data"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no captured data beside the project")
	}
	left := map[string]bool{}
	for _, glob := range []string{"formats/*/*.json", "exports/*/*.json", "exports/*/*.jsonl"} {
		for _, name := range files(t, filepath.Join(root, glob)) {
			rel, _ := filepath.Rel(root, name)
			left[filepath.ToSlash(rel)] = true
		}
	}
	for _, c := range captured {
		delete(left, c.file)
		f, err := os.Open(filepath.Join(root, c.file))
		if err != nil {
			t.Error(err)
			continue
		}
		records, titles, texts := 0, 0, 0
		problems := map[string]bool{}
		for p := range new(Reader).Postings(Document{Source: filepath.Base(c.file), Body: f}) {
			records++
			if p.Title != "" {
				titles++
			}
			if p.Text != "" {
				texts++
				without(t, c.file, p.Text, []string{"&lt;", "</p>", "<li>", "&nbsp;"})
			}
			what, _, _ := strings.Cut(p.Problem, ": give")
			problems[what] = true
		}
		f.Close()
		delete(problems, "")
		problem := strings.Join(slices.Sorted(maps.Keys(problems)), " / ")
		if records != c.records || titles != c.titles || texts != c.texts || problem != c.problem {
			t.Errorf("%s: %d records, %d titles, %d texts, %q; want %d, %d, %d, %q", c.file, records, titles, texts, problem, c.records, c.titles, c.texts, c.problem)
		}
	}
	for name := range left {
		t.Errorf("%s is not in the table", name)
	}
}

// What services keep beside the description reaches the text.
func TestCapturedParts(t *testing.T) {
	for _, c := range []struct{ file, key string }{
		{"formats/lever/real_binance.json", "lists"},
		{"formats/lever/real_mamamoney.json", "lists"},
		{"formats/recruitee/trimmed_careerkit_recruitee.json", "requirements"},
		{"formats/smartrecruiters/fixture_jshq_detail.json", "qualifications"},
	} {
		name := filepath.Join("../../../shared/data", c.file)
		body, err := os.ReadFile(name)
		if err != nil {
			t.Skip("no captured data beside the project")
		}
		whole := 0
		for p := range new(Reader).Postings(Document{Source: name, Body: strings.NewReader(string(body))}) {
			whole += len(p.Text)
		}
		less := 0
		for p := range new(Reader).Postings(Document{Source: name, Body: strings.NewReader(strings.ReplaceAll(string(body), `"`+c.key+`"`, `"unknown"`))}) {
			less += len(p.Text)
		}
		if 10*less > 9*whole {
			t.Errorf("%s: texts of %d bytes with %s, %d without", c.file, whole, c.key, less)
		}
	}
}
