package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"softgap/analyzer"
	"softgap/analyzer/posting"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with a file of testdata; where they differ, what was
// got lies beside it.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	file = filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		if err := os.WriteFile(file+".got", got, 0o666); err != nil {
			t.Error(err)
		}
		t.Errorf("%s differs: see %s.got, and -update if it is right", file, file)
		return
	}
	_ = os.Remove(file + ".got") // of an earlier run, if any
}

// write writes Reports in a format.
func write(t *testing.T, format string, o Options, rs ...*analyzer.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := New(format, &b, o)
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

func TestFaces(t *testing.T) {
	for name, r := range examples() {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".table", write(t, "table", Options{}, r))
			golden(t, name+".md", write(t, "markdown", Options{}, r))
			golden(t, name+".json", write(t, "json", Options{}, r))
			golden(t, name+".explain", explain(t, r, r.Posting.Text, Options{}))
		})
	}
}

func explain(t *testing.T, r *analyzer.Report, text string, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Explain(&b, r, text, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Several postings are the same blocks, apart.
func TestSeveral(t *testing.T) {
	ex := examples()
	for _, format := range []string{"table", "markdown"} {
		both := string(write(t, format, Options{}, ex["heller"], ex["thin"]))
		for _, one := range []string{"heller", "thin"} {
			if !strings.Contains(both, string(write(t, format, Options{}, ex[one]))) {
				t.Errorf("%s: two postings do not hold the block of %s as it is alone", format, one)
			}
		}
	}
	golden(t, "color.table", write(t, "table", Options{Color: true}, ex["heller"], ex["unscorable"]))
	golden(t, "columns120.table", write(t, "table", Options{Width: 120}, ex["balanced"]))
}

// Every line fits, wide signs counted as two.
func TestWidth(t *testing.T) {
	for name, r := range examples() {
		for _, width := range []int{50, 80, 133} {
			o := Options{Width: width}
			out := append(write(t, "table", o, r), explain(t, r, r.Posting.Text, o)...)
			for line := range strings.Lines(string(out)) {
				if n := columns(strings.TrimRight(line, "\n")); n > width {
					t.Errorf("%s: %d columns of %d: %q", name, n, width, line)
				}
			}
		}
	}
}

// Colour adds escape sequences and takes nothing away.
func TestColor(t *testing.T) {
	for name, r := range examples() {
		for _, face := range []func(Options) []byte{
			func(o Options) []byte { return write(t, "table", o, r) },
			func(o Options) []byte { return explain(t, r, r.Posting.Text, o) },
		} {
			var bare []byte
			for i, part := range bytes.Split(face(Options{Color: true}), []byte("\x1b[")) {
				if i > 0 {
					_, part, _ = bytes.Cut(part, []byte("m"))
				}
				bare = append(bare, part...)
			}
			if !bytes.Equal(bare, face(Options{})) {
				t.Errorf("%s: without its colours the text is another", name)
			}
		}
	}
}

// No face lets through what a terminal would obey.
func TestControls(t *testing.T) {
	r := examples()["hostile"]
	out := explain(t, r, r.Posting.Text, Options{})
	for _, format := range Formats() {
		if format != "parquet" { // no terminal reads it
			out = append(out, write(t, format, Options{}, r)...)
		}
	}
	refuseControls(t, out)
}

func refuseControls(t *testing.T, out []byte) {
	t.Helper()
	if !utf8.Valid(out) {
		t.Fatal("not UTF-8")
	}
	for _, c := range string(out) {
		if c != '\n' && !visible(c) {
			t.Fatalf("%U came through", c)
		}
	}
}

// FuzzFaces: no text, level or span of a Report breaks a face, its width or
// the terminal.
func FuzzFaces(f *testing.F) {
	f.Add(hostile().Posting.Title, 3, 7, 4)
	f.Add("\xff 日本", -1, 1<<40, -1)
	f.Fuzz(func(t *testing.T, text string, start, end, level int) {
		r := strange(text, text, posting.Span{Start: start, End: end}, 12.5, level)
		out := append(write(t, "table", Options{}, r), explain(t, r, text, Options{})...)
		for line := range strings.Lines(string(out)) {
			if n := columns(strings.TrimRight(line, "\n")); n > 80 {
				t.Fatalf("%d columns: %q", n, line)
			}
		}
		refuseControls(t, append(out, write(t, "markdown", Options{}, r)...))
	})
}

// A cell of a Markdown table stays a cell, whatever is in it.
func TestMarkdownCells(t *testing.T) {
	for name, r := range examples() {
		columns := 0
		for line := range strings.Lines(string(write(t, "markdown", Options{}, r))) {
			line = strings.ReplaceAll(line, `\\`, "")
			n := strings.Count(line, "|") - strings.Count(line, `\|`)
			switch {
			case n == 0:
				columns = 0
			case columns == 0:
				columns = n
			case n != columns:
				t.Errorf("%s: %d pipes in a table of %d: %s", name, n, columns, line)
			}
			if strings.ContainsAny(line, "<>") {
				t.Errorf("%s: raw HTML: %s", name, line)
			}
		}
	}
}

func TestFormats(t *testing.T) {
	if got := Formats(); got[0] != "table" || !slices.Contains(got, "jsonl") {
		t.Errorf("Formats() = %v", got)
	}
	for _, f := range Formats() {
		if Describe(f) == "" {
			t.Errorf("%s has no description", f)
		}
	}
	if _, err := New("yaml", nil, Options{}); err == nil || !strings.Contains(err.Error(), "markdown") {
		t.Errorf("New of an unknown format: %v; want the known ones named", err)
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"  a\t b\r\n c ", "a b c"},
		{"\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"},
		{"a\u009b1mb\x00\x7f", "a\ufffd1mb\ufffd\ufffd"},
		{"co\u00adoperate", "cooperate"},
		{"zero\u200bwidth \ufeffand\u2060 mark", "zerowidth and mark"},
		{"abc\u202edcba", "abc\ufffddcba"},
		{"bad \xff byte", "bad \ufffd byte"},
		{"👩\u200d💻 日本", "👩\u200d💻 日本"},
	} {
		if got := clean(c.in); got != c.want {
			t.Errorf("clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"unbreakable", 4, []string{"unbr", "eaka", "ble"}},
		{"系統管理員 abc", 6, []string{"系統管", "理員", "abc"}},
	} {
		if got := wrap(c.in, c.n); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
	if got := wrap(strings.Repeat("x", 5<<20), 80); len(got) != (5<<20)/80 {
		t.Errorf("%d lines of a word of 5 MB", len(got))
	}
}
