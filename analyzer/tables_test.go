package analyzer

import (
	"strings"
	"testing"

	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
)

// What a table gives in a column of its own is read as what it is: the names
// that sections of a text are joined under are headings to the word lists.
func TestSectionsOfTables(t *testing.T) {
	a := shared()
	for column, want := range map[string]struct {
		about segment.About
		ask   segment.Ask
	}{
		"Responsibilities": {segment.Candidate, segment.Duty}, "Key responsibilities": {segment.Candidate, segment.Duty}, "Duties": {segment.Candidate, segment.Duty},
		"Requirements": {segment.Candidate, segment.Required}, "Qualifications": {segment.Candidate, segment.Required},
		"Minimum Qualifications": {segment.Candidate, segment.Required}, "required_qual": {segment.Candidate, segment.Required},
		"Preferred Qualifications": {segment.Candidate, segment.Preferred}, "Preferred Skills": {segment.Candidate, segment.Preferred},
		"nice_to_have": {segment.Candidate, segment.Preferred}, "skills": {segment.Candidate, segment.Required}, "skills_knowledge_expertise": {segment.Candidate, segment.Required},
		"company_profile": {segment.Employer, ""}, "benefits": {segment.Offer, ""},
	} {
		body := "title;description;" + column + "\nClerk;Come and sort our letters in Leeds.;Patience with callers\n"
		p := posting.Read(posting.Document{Source: "a.csv", Body: strings.NewReader(body)})[0]
		r := a.Analyze(p)
		last := r.Statements[len(r.Statements)-1]
		if last.About != string(want.about) || want.about == segment.Candidate && last.Ask != string(want.ask) {
			t.Errorf("column %s: %q is read as %s %s, want %s %s", column, p.Text, last.About, last.Ask, want.about, want.ask)
		}
	}
}
