package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The documents of each kind of source, and the errors and hints of those
// that have none.
func TestDocuments(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"posts/a.txt", "posts/b.HTML", "posts/deep/c.md", "posts/d.png", "posts/e.pages", "posts/.hidden.txt", "posts/.git/f.txt",
		"pictures/a.png", "[odd].txt"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		sources string
		want    string // the documents' sources, and the hint of an error
		stderr  string
	}{
		{"posts/a.txt", "posts/a.txt", ""},
		{"posts/d.png", "posts/d.png", ""}, // named by the user: read whatever it is called
		{"posts", "posts/a.txt posts/b.HTML posts/deep/c.md", "softgap: warning: posts: 2 other files left out (.pages .png)\n"},
		{"posts/*.txt posts/deep", "posts/a.txt posts/deep/c.md", ""},
		{"[odd].txt", "[odd].txt", ""},
		{"-", "-", ""},
		{"pictures", "!in a folder, files named .txt", ""},
		{"posts/*.csv", "!check the pattern", ""},
		{"posts/*", "posts/a.txt posts/b.HTML posts/d.png posts/e.pages", ""},
		{"nosuch/a.txt", "!the folder nosuch cannot be read", ""},
		{"posts/a.text", "!did you mean posts/a.txt?", ""},
		{"posts/E.pagse", "!did you mean posts/e.pages?", ""},
		{"pictrues/a.png", "!the folder pictrues", ""},
		{"posts/zzz", "!give a file, a folder", ""},
		{"posts/", "posts/a.txt posts/b.HTML posts/deep/c.md", "softgap: warning: posts/: 2 other files left out (.pages .png)\n"},
		{"postz/", "!did you mean posts?", ""},
		{"jobs.example.org/help-desk", "!for a web page give its whole address: https://jobs.example.org/help-desk", ""},
		{"nosuch.txt posts/a.txt", "!give a file posts/a.txt", ""}, // the run goes on
		{"ftp://example.org/a", "!give an address that begins with https://", ""},
	} {
		var stderr strings.Builder
		p := &program{stdin: strings.NewReader("text"), stderr: &stderr}
		var got []string
		for d, err := range p.documents(context.Background(), strings.Fields(c.sources)) {
			var hint interface{ Hint() string }
			switch {
			case err == nil:
				body, err := io.ReadAll(d.Body)
				if err != nil || d.Source != "-" && string(body) != filepath.Clean(d.Source) {
					t.Errorf("%s: %s holds %q, %v", c.sources, d.Source, body, err)
				}
				got = append(got, filepath.ToSlash(d.Source))
			case errors.As(err, &hint):
				got = append(got, "!"+hint.Hint())
			default:
				t.Errorf("%s: %v has no hint", c.sources, err)
			}
		}
		if all := strings.Join(got, " "); all != c.want && !(strings.HasPrefix(c.want, "!") && match(all, c.want)) {
			t.Errorf("%s gives %q, want %q", c.sources, all, c.want)
		}
		if stderr.String() != c.stderr {
			t.Errorf("%s says %q, want %q", c.sources, stderr.String(), c.stderr)
		}
	}
}

// match reports whether a hint begins, and what follows it ends, as wanted.
func match(got, want string) bool {
	words := strings.Fields(want)
	n := len(words)
	return strings.HasPrefix(got, want) || n > 1 && strings.HasSuffix(got, words[n-1]) && strings.HasPrefix(got, strings.Join(words[:n-1], " "))
}

// An interrupted run stops, and says where.
func TestDocumentsInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		if err := os.WriteFile(name, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p := &program{stderr: new(strings.Builder)}
	read := 0
	var last error
	for _, err := range p.documents(ctx, []string{"."}) {
		if err == nil {
			read++
		}
		last = err
		cancel()
	}
	if read != 1 || last == nil || last.Error() != "interrupted before b.txt" {
		t.Errorf("%d read, then %v", read, last)
	}
}

func TestEmptyInput(t *testing.T) {
	p := &program{stdin: strings.NewReader("")}
	for _, err := range p.documents(context.Background(), []string{"-"}) {
		if err == nil || !strings.Contains(err.Error(), "empty") {
			t.Errorf("got %v, want that the input is empty", err)
		}
	}
}
