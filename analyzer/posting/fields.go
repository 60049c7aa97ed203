package posting

import "strings"

// A field is what a named value of a document says of a posting.
type field string

const (
	titleField        field = "title"
	organizationField field = "organization"
	locationField     field = "location"
	dateField         field = "date"
	otherField        field = "other" // known, and not shown
)

// fields are the names that values of postings go by, in labelled lines of a
// text and in columns of a table, without case, blanks, '_' and '-'. They are
// names of a format, like the keys of schema.org, and none is a word to score.
var fields = map[string]field{
	"title": titleField, "jobtitle": titleField, "positiontitle": titleField, "roletitle": titleField, "position": titleField,
	"role": titleField, "jobrole": titleField, "vacancy": titleField,
	"company": organizationField, "companyname": organizationField, "employer": organizationField, "employername": organizationField,
	"organization": organizationField, "organisation": organizationField, "hiringorganization": organizationField,
	"location": locationField, "joblocation": locationField, "worklocation": locationField,
	"date": dateField, "dateposted": dateField, "posteddate": dateField, "postedon": dateField, "posted": dateField, "jobposteddate": dateField,
	"id": otherField, "jobid": otherField, "url": otherField, "link": otherField, "joburl": otherField, "joblink": otherField,
	"description": otherField, "jobdescription": otherField, "descriptionhtml": otherField, "fulldescription": otherField,
	"requirements": otherField, "qualifications": otherField, "responsibilities": otherField, "skills": otherField,
	"salary": otherField, "department": otherField, "industry": otherField, "employmenttype": otherField, "jobtype": otherField,
}

// longestName bounds the names that are looked up.
const longestName = 40

// fieldOf returns the field that a name stands for, or "".
func fieldOf(name string) field {
	if len(name) > longestName {
		return ""
	}
	return fields[strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '_' || r == '-' || r == '\t' || r == '\r' || r == '"' || r == '\'':
			return -1
		case 'A' <= r && r <= 'Z':
			return r | 0x20
		}
		return r
	}, name)]
}
