package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"softgap/analyzer"
)

// all returns the examples in a fixed order.
func all() (rs []*analyzer.Report) {
	ex := examples()
	for _, name := range slices.Sorted(maps.Keys(ex)) {
		rs = append(rs, ex[name])
	}
	return rs
}

func TestSheets(t *testing.T) {
	golden(t, "postings.csv", write(t, "csv", Options{Keep: []string{"pay"}}, all()...))
	for _, form := range []string{"csv", "jsonl"} {
		golden(t, "matches."+form, writeMatches(t, form, all()...))
	}
}

func writeMatches(t *testing.T, form string, rs ...*analyzer.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewMatches(form, &b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rs {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every Report has its row, every match its own, and what is no posting's
// text stands in them as it is.
func TestRows(t *testing.T) {
	rs := all()
	rows, err := csv.NewReader(bytes.NewReader(write(t, "csv", Options{}, rs...))).ReadAll()
	if err != nil || len(rows) != 1+len(rs) {
		t.Fatalf("%d rows of %d Reports: %v", len(rows), len(rs), err)
	}
	for i, f := range analyzer.Fields() {
		if rows[0][i] != f.Name {
			t.Errorf("column %d is %q, not %q", i, rows[0][i], f.Name)
		}
	}
	n := 0
	for _, r := range rs {
		for _, s := range r.Statements {
			n += len(s.Matches)
		}
	}
	for _, line := range bytes.SplitAfter(writeMatches(t, "jsonl", rs...), []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		n--
		var row map[string]any
		if err := json.Unmarshal(line, &row); err != nil || row["term"] == "" {
			t.Errorf("%v: %s", err, line)
		}
	}
	if n != 0 {
		t.Errorf("%d matches too few", n)
	}
	if _, err := NewMatches("table", nil, Options{}); err == nil || !strings.Contains(err.Error(), "csv, jsonl, parquet") {
		t.Errorf("matches as a table: %v", err)
	}
}

// Parquet holds what CSV does, in the same columns, and no value where that
// has an empty cell.
func TestParquet(t *testing.T) {
	o := Options{Keep: []string{"pay"}, Text: true}
	rs := all()
	want, err := csv.NewReader(bytes.NewReader(write(t, "csv", o, rs...))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	data := write(t, "parquet", o, rs...)
	if !bytes.Equal(data, write(t, "parquet", o, rs...)) {
		t.Error("two runs give two files")
	}
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	header := f.Schema().Columns()
	if len(header) != len(want[0]) || f.NumRows() != int64(len(rs)) {
		t.Fatalf("%d columns, %d rows", len(header), f.NumRows())
	}
	reader := parquet.NewReader(f)
	rows := make([]parquet.Row, len(rs))
	if n, _ := reader.ReadRows(rows); n != len(rs) {
		t.Fatalf("%d rows are read", n)
	}
	for c, name := range header {
		if name[0] != want[0][c] {
			t.Errorf("column %d is %q, not %q", c, name, want[0][c])
		}
		for i, row := range rows {
			got := row[c].String()
			if row[c].IsNull() {
				got = ""
			}
			if got = guarded(got); got != want[i+1][c] {
				t.Errorf("%s of row %d is %q, not %q", name, i, got, want[i+1][c])
			}
		}
	}
}

func TestGuard(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1":           "'=1+1",
		"+44 20":         "'+44 20",
		"-":              "'-",
		"@SUM(A1)":       "'@SUM(A1)",
		"\t=1":           "'\t=1",
		"\r=1":           "'\n=1",
		"  =cmd|' /C'!A": "'  =cmd|' /C'!A",
		"\n=1":           "'\n=1",
		"＝1":             "'＝1",
		"C++ = C":        "C++ = C",
		"two\nlines\r\n": "two\nlines\n",
		"\x1b[31mred":    "\uFFFD[31mred",
		"a\u202eb":       "a\uFFFDb",
		"":               "",
		"'quoted'":       "'quoted'",
		"naïve – 東京":     "naïve – 東京",
	} {
		if got := guarded(text); got != want {
			t.Errorf("guarded(%q) is %q, not %q", text, got, want)
		}
	}
}

// A negative gap is a number, and is not guarded.
func TestGuardLeavesNumbers(t *testing.T) {
	r := balanced()
	r.Scores.Gap = -12.5
	if out := string(write(t, "csv", Options{}, r)); !strings.Contains(out, ",-12.5,") {
		t.Error(out)
	}
}

// What goes on from another run writes neither header nor beginning.
func TestAfter(t *testing.T) {
	rs := all()
	for _, form := range []string{"csv", "json", "jsonl"} {
		whole := write(t, form, Options{}, rs...)
		var b bytes.Buffer
		first, _ := New(form, &b, Options{})
		for _, r := range rs[:2] {
			if err := first.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		second, _ := New(form, &b, Options{After: 2})
		for _, r := range rs[2:] {
			if err := second.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := second.Close(); err != nil || !bytes.Equal(b.Bytes(), whole) {
			t.Errorf("%s in two parts is another: %v", form, err)
		}
	}
}
