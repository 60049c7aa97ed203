package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"softgap/analyzer"
)

// A sheet is the rows that tabular forms make of Reports, and their header.
type sheet struct {
	header []heading
	// rows gives the rows of a Report, one after the other, in one slice that
	// is used again.
	rows func(r *analyzer.Report, each func([]cell) error) error
}

type heading struct {
	name string
	kind analyzer.FieldKind
}

// A cell is a value, or none.
type cell struct {
	analyzer.Value
	ok bool
}

// postings is the sheet of one row a posting.
func postings(o Options) sheet {
	fields := analyzer.Fields(o.Keep...)
	if o.Text {
		fields = append(fields, analyzer.Field{Name: "text", Kind: analyzer.Text, Of: func(r *analyzer.Report) (analyzer.Value, bool) {
			return analyzer.Value{Text: r.Posting.Text}, true
		}})
	}
	s := sheet{}
	for _, f := range fields {
		s.header = append(s.header, heading{f.Name, f.Kind})
	}
	row := make([]cell, len(fields))
	s.rows = func(r *analyzer.Report, each func([]cell) error) error {
		for i, f := range fields {
			row[i].Value, row[i].ok = f.Of(r)
		}
		return each(row)
	}
	return s
}

// matches is the sheet of one row a match. Statements are counted from 1, and
// spans are bytes of the posting's text. A match counts in the scores if it is
// about the candidate and its statement is no repeat.
func matches(Options) sheet {
	header := []heading{
		{"source", analyzer.Text}, {"record", analyzer.Count}, {"id", analyzer.Text}, {"statement", analyzer.Count},
		{"statement_start", analyzer.Count}, {"statement_end", analyzer.Count}, {"about", analyzer.Text}, {"heading", analyzer.Text}, {"repeat", analyzer.Truth},
		{"start", analyzer.Count}, {"end", analyzer.Count}, {"text", analyzer.Text},
		{"side", analyzer.Text}, {"dimension", analyzer.Text}, {"term", analyzer.Text}, {"level", analyzer.Count}, {"ask", analyzer.Text}, {"why", analyzer.Text},
		{"tool_version", analyzer.Text}, {"lexicon_version", analyzer.Text}, {"lexicon_digest", analyzer.Text},
	}
	var row []cell
	text := func(s string) { row = append(row, cell{analyzer.Value{Text: s}, s != ""}) }
	number := func(n int) { row = append(row, cell{analyzer.Value{Number: float64(n)}, true}) }
	truth := map[bool]int{true: 1}
	return sheet{header, func(r *analyzer.Report, each func([]cell) error) error {
		for i, s := range r.Statements {
			for _, m := range s.Matches {
				row = row[:0]
				text(r.Posting.Source)
				number(r.Posting.Record)
				text(r.Posting.ID)
				number(i + 1)
				number(s.Start)
				number(s.End)
				text(s.About)
				text(s.Heading)
				number(truth[s.Repeat])
				number(m.Start)
				number(m.End)
				text(m.Text)
				for _, t := range []string{m.Side, m.Dimension, m.Term} {
					text(t)
				}
				number(m.Level)
				for _, t := range []string{m.Ask, m.Why, r.Tool.Version, r.Lexicon.Version, r.Lexicon.Digest} {
					text(t)
				}
				if err := each(row); err != nil {
					return err
				}
			}
		}
		return nil
	}}
}

// tabular are the forms that write rows.
var tabular = []struct {
	name string
	new  func(io.Writer, sheet, Options) Writer
}{
	{"csv", newCSV},
	{"jsonl", newRowLines},
	{"parquet", newParquet},
}

// NewMatches returns a Writer of one row for each match of the Reports: as
// csv, jsonl or parquet.
func NewMatches(format string, w io.Writer, o Options) (Writer, error) {
	for _, t := range tabular {
		if t.name == format {
			return t.new(w, matches(o), o), nil
		}
	}
	var names []string
	for _, t := range tabular {
		names = append(names, t.name)
	}
	return nil, fmt.Errorf("matches cannot be written as %q: one of %s", format, strings.Join(slices.Sorted(slices.Values(names)), ", "))
}
