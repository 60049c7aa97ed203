// Package condition reads and tests conditions on Reports, the small language
// of --where and --fail-if:
//
//	gap > 40 or verdict = heller_pattern
//	title ~ support and date >= 2024 and not organization = "Acme Ltd."
//	location ~ /\b(leeds|york)\b/ and (patience_level = 0 or generic_only)
//
// A comparison is a field, an operator and a value. Fields are the columns of
// the CSV form, and date is short for date_posted; = != < <= > >= compare
// numbers and dates, = and != texts, ~ and !~ ask whether a text contains
// another or matches a /regular expression/ (RE2). A kept column is a text, and
// where it holds a number it is compared as one by < <= > >=. Case never counts. A date
// is compared as far as it is given: 2024 covers the year. A yes-or-no field
// may stand alone. not binds closer than and, and closer than or; parentheses
// group. A value is a word, or a text in "double" or 'single' quotes.
//
// A field without a value (the gap of a posting that could not be scored)
// meets no comparison but != and !~.
package condition

import (
	"softgap/analyzer"
	"softgap/analyzer/posting"
)

// A Condition is a question about a Report that has yes or no for an answer.
// It is immutable and safe for use by many goroutines. Nil holds of every
// Report.
type Condition struct {
	text string
	root test
	late bool
}

// String returns the condition as it was written.
func (c *Condition) String() string { return c.text }

// Holds reports whether the condition holds of a Report.
func (c *Condition) Holds(r *analyzer.Report) bool {
	return c == nil || c.root(r, false) == yes
}

// Refuses reports whether what the source says of a posting is enough to tell
// that the condition does not hold, so that it need not be scored.
func (c *Condition) Refuses(p posting.Posting) bool {
	if c == nil {
		return false
	}
	return c.root(&analyzer.Report{Posting: analyzer.Posting{ID: p.ID, Title: p.Title, Organization: p.Organization, Location: p.Location,
		DatePosted: p.DatePosted, URL: p.URL, Source: p.Source, Record: p.Record, Kept: p.Kept}}, true) == no
}

// Late reports whether the condition asks about anything that is known only
// once a posting is scored.
func (c *Condition) Late() bool { return c != nil && c.late }
