package posting

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files of testdata/pages and documents")

// files returns what a glob finds, and fails the test if that is nothing.
func files(t testing.TB, glob string) []string {
	t.Helper()
	names, err := filepath.Glob(glob)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %d files, %v", glob, len(names), err)
	}
	return names
}

func readFile(t testing.TB, name string) Document {
	t.Helper()
	return Document{Source: filepath.Base(name), Body: bytes.NewReader(bodyOf(t, name))}
}

func bodyOf(t testing.TB, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// show writes postings as the golden files hold them.
func show(ps []Posting) string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteString("\n========\n")
		}
		for _, f := range [][2]string{{"title", p.Title}, {"organization", p.Organization}, {"location", p.Location}, {"date", p.DatePosted},
			{"id", p.ID}, {"url", p.URL}, {"problem", p.Problem}, {"warnings", strings.Join(p.Warnings, "; ")}} {
			if f[1] != "" {
				fmt.Fprintf(&b, "%s: %s\n", f[0], f[1])
			}
		}
		fmt.Fprintf(&b, "\n%s\n", p.Text)
	}
	return b.String()
}

// Each page of testdata/pages reads as the text file beside it says.
func TestPages(t *testing.T) {
	for _, name := range files(t, "../../testdata/pages/*.html") {
		golden(t, name, strings.TrimSuffix(name, ".html")+".txt")
	}
}

// golden checks that a document reads as a text file says.
func golden(t *testing.T, name, text string) {
	t.Run(filepath.Base(name), func(t *testing.T) {
		got := show(lawful(t, readFile(t, name)))
		if *update {
			if err := os.WriteFile(text, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(text)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s reads as\n%s\nwant\n%s", name, got, want)
		}
	})
}

// A page reads the same whatever its line ends are.
func TestPagesLineEnds(t *testing.T) {
	for _, name := range files(t, "../../testdata/pages/*.html") {
		d := readFile(t, name)
		want := show(Read(d))
		d.Body = bytes.NewReader(bytes.ReplaceAll(bodyOf(t, name), []byte("\n"), []byte("\r\n")))
		if got := show(Read(d)); got != want {
			t.Errorf("%s with CRLF reads as\n%s\nwant\n%s", name, got, want)
		}
	}
}

// Documents made by a word processor read as the text files beside them say.
func TestDocuments(t *testing.T) {
	for _, pattern := range []string{"*.docx", "*.pdf"} {
		for _, name := range files(t, "../../testdata/documents/"+pattern) {
			golden(t, name, name+".txt")
		}
	}
}
