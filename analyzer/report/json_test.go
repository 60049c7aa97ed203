package report

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"softgap/analyzer"
	"softgap/analyzer/posting"
)

// What is written reads back equal, in both forms and in any number.
func TestReadBack(t *testing.T) {
	var all []*analyzer.Report
	for _, r := range examples() {
		all = append(all, r)
	}
	for _, format := range []string{"json", "jsonl"} {
		for n := range len(all) + 1 {
			data := write(t, format, Options{}, all[:n]...)
			if format == "json" && !json.Valid(data) {
				t.Fatalf("not JSON: %s", data)
			}
			if lines := bytes.Count(data, []byte("\n")); format == "jsonl" && lines != n {
				t.Errorf("%d lines of %d Reports", lines, n)
			}
			if bytes.Contains(data, []byte("null")) {
				t.Errorf("%s: null in %s", format, data)
			}
			got, err := Read(bytes.NewReader(data))
			if err != nil || len(got) != n {
				t.Fatalf("%s: read %d of %d: %v", format, len(got), n, err)
			}
			for i := range got {
				if want := complete(all[i]); !reflect.DeepEqual(&got[i], want) {
					t.Errorf("%s: read\n%+v, wrote\n%+v", format, got[i], *want)
				}
			}
		}
	}
}

// Writing changes nothing in what it is given.
func TestCompleteCopies(t *testing.T) {
	r := heller()
	r.Statements[0].Matches, r.Statements[1].Matches, r.Facets[2].Dimensions = nil, nil, nil
	r.Findings = []analyzer.Finding{{Fixes: []analyzer.Fix{{}}}, {}}
	c := complete(r)
	if r.Statements[0].Matches != nil || r.Statements[1].Matches != nil || r.Facets[2].Dimensions != nil || r.Findings[0].Fixes[0].Edits != nil || r.Findings[1].Fixes != nil {
		t.Error("the Report itself was changed")
	}
	if c.Statements[0].Matches == nil || c.Statements[1].Matches == nil || c.Facets[2].Dimensions == nil || c.Findings[0].Fixes[0].Edits == nil || c.Findings[1].Fixes == nil {
		t.Error("a list is still nil")
	}
}

// A Report that cannot be encoded is an error and leaves the array whole.
func TestUnencodable(t *testing.T) {
	bad := heller()
	bad.Scores.Soft = math.NaN()
	var b bytes.Buffer
	w := newJSON(&b, Options{})
	for _, r := range []*analyzer.Report{bad, heller(), bad, thin()} {
		if err := w.Write(r); (err != nil) != (r == bad) {
			t.Errorf("Write: %v", err)
		}
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if got, err := Read(&b); err != nil || len(got) != 2 {
		t.Errorf("read %d: %v", len(got), err)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, in := range []string{"x", `{"schema":"other/v1"}`, `[{"schema":"softgap.report/v1"},{}]`, `{"schema":"softgap.report/v1"`, `7`, `null`} {
		if got, err := Read(strings.NewReader(in)); err == nil {
			t.Errorf("Read(%s) = %d Reports, want an error", in, len(got))
		}
	}
	if got, err := Read(strings.NewReader("\ufeff[]\n")); err != nil || len(got) != 0 {
		t.Errorf("an empty array after a byte order mark: %d, %v", len(got), err)
	}
}

// FuzzReadBack: any text and number in a Report reads back equal, and no
// control character stands raw in the JSON.
func FuzzReadBack(f *testing.F) {
	f.Add(hostile().Posting.Title, "soft", 3, 7, 0.1, uint8(4))
	f.Add("", "</script>\u2028", -1, 1<<40, 1e-320, uint8(0))
	f.Fuzz(func(t *testing.T, text, word string, start, end int, x float64, level uint8) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Skip("a Report holds no such number")
		}
		text, word = strings.ToValidUTF8(text, "?"), strings.ToValidUTF8(word, "?") // as a posting's text is
		r := strange(text, word, posting.Span{Start: start, End: end}, x, int(level))
		want := complete(r)
		for _, format := range []string{"json", "jsonl"} {
			data := write(t, format, Options{}, r, r)
			refuseControls(t, data)
			got, err := Read(bytes.NewReader(data))
			if err != nil || len(got) != 2 {
				t.Fatalf("%s: read %d: %v", format, len(got), err)
			}
			if !reflect.DeepEqual(&got[0], want) || !reflect.DeepEqual(&got[1], want) {
				t.Fatalf("%s: read\n%+v, wrote\n%+v", format, got[0], *want)
			}
		}
	})
}

// strange is a Report with the same text and number in many places.
func strange(text, word string, span posting.Span, x float64, level int) *analyzer.Report {
	r := heller()
	r.Posting.Title, r.Posting.Text, r.Posting.Source, r.Reason = text, text, word, word
	r.Scores.Soft, r.Scores.Gap, r.Facets[1].Shortfall, r.Figures.Concreteness = x, -x, x, x
	r.Warnings = []string{word, text}
	r.Statements = append(r.Statements, analyzer.Statement{Span: span, About: "candidate", Ask: word, Why: text,
		Matches: []analyzer.Match{{Span: span, Text: text, Side: word, Dimension: "patience", Level: level, Ask: word, Why: word}}})
	r.Findings = []analyzer.Finding{{Rule: word, Span: span, Message: text,
		Fixes: []analyzer.Fix{{Message: word, Points: x, Edits: []analyzer.Edit{{Span: span, Text: text}}}}}}
	return r
}
