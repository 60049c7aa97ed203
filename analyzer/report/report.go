// Package report shows Reports: as a table for people, as JSON and JSON Lines
// for machines, as CSV and Parquet for statistics, as Markdown for pages, and,
// point by point, as an explanation. Audits of many postings and comparisons
// have faces of their own; that of an Audit in HTML is one file that needs no
// other.
//
// A face only shows. It computes no score and decides nothing; a fact that a
// face needs belongs in the Report. JSON is complete and reads back equal, so
// any other face can be made from it later.
//
// A posting is a stranger's text. What of it reaches a terminal has passed
// clean, which lets no control character through; JSON escapes them, Markdown
// escapes its own signs as well.
package report

import (
	"fmt"
	"io"
	"strings"

	"softgap/analyzer"
)

// A Writer writes Reports, one after the other, in one form. Close ends the
// document; it does not close what is written to. After an error nothing more
// should be written.
type Writer interface {
	Write(*analyzer.Report) error
	Close() error
}

// Options say how a face looks. The zero value is plain and 80 columns wide.
type Options struct {
	Width int  // columns of the table face and of Explain; 80 if zero, at least 50
	Color bool // ANSI colour in the table face and in Explain; never the only sign of anything

	Keep  []string // csv, parquet: the kept columns of the source, in order
	Text  bool     // csv, parquet: a column of the posting's text
	After int      // csv, json, jsonl: how many Reports stand before in what is written to, for a run that goes on from another
}

func (o Options) width() int {
	if o.Width == 0 {
		return 80
	}
	return max(o.Width, 50)
}

// formats are the forms of output, the default first.
var formats = []struct {
	name, description string
	new               func(io.Writer, Options) Writer
}{
	{"table", "for people: a block for each posting", newTable},
	{"json", "one array of complete Reports", newJSON},
	{"jsonl", "one complete Report a line", newJSONL},
	{"csv", "one row a posting, under a header that is kept", newSheet(newCSV)},
	{"parquet", "the same rows as csv, in Parquet", newSheet(newParquet)},
	{"markdown", "a section for each posting", newMarkdown},
	{"sarif", "what was found, for code review", newSARIF},
	{"github", "what was found, as annotations of a workflow", newGitHub},
	{"junit", "a test case a posting", newJUnit},
}

func newSheet(form func(io.Writer, sheet, Options) Writer) func(io.Writer, Options) Writer {
	return func(w io.Writer, o Options) Writer { return form(w, postings(o), o) }
}

// Formats returns the names of the forms of output, the default first.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// Describe says in a few words what a format is, for help texts; it is empty
// for an unknown one.
func Describe(name string) string {
	for _, f := range formats {
		if f.name == name {
			return f.description
		}
	}
	return ""
}

// New returns a Writer of the named format.
func New(name string, w io.Writer, o Options) (Writer, error) {
	for _, f := range formats {
		if f.name == name {
			return f.new(w, o), nil
		}
	}
	return nil, fmt.Errorf("unknown format %q: one of %s", name, strings.Join(Formats(), ", "))
}
