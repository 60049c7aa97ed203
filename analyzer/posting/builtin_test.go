package posting

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// chrome are words of the frame around the postings of the saved pages, each
// found on most of them; none stands in a posting.
var chrome = []string{
	"Already have an account?", "Create Free Account", "Post Job", "View All Jobs", "Job Application Tracker", "Report a Bug", "Tech Hubs",
	"Built In is the online community", "Terms of Use", "Cookie Settings", "Similar Jobs", "Similar Companies Hiring", "Browse Jobs",
	"Sign up now", "Share Feedback", "© Built In",
}

// remains are what a careless reader leaves of markup.
var remains = []string{"<p", "</", "&nbsp;", "&amp;", "\\n", "\u00a0", "\u200b", "\r", "\t", "  ", "\n\n\n"}

func saved(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("../../../shared/data/pages/builtin/*.html")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skip("no saved pages beside the project")
	}
	return names
}

func without(t *testing.T, name, text string, words []string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(text, w) {
			t.Errorf("%s: %q is in the text", name, w)
		}
	}
}

// Sixty saved pages of one board, each with one posting.
func TestBuiltin(t *testing.T) {
	for _, name := range saved(t) {
		ps := lawful(t, readFile(t, name))
		if len(ps) != 1 {
			t.Errorf("%s: %d postings", name, len(ps))
			continue
		}
		p := ps[0]
		if p.Title == "" || p.Organization == "" || p.Location == "" || len(p.DatePosted) != len("2026-02-04") || p.ID == "" || !strings.HasPrefix(p.URL, "https://") || len(p.Text) <= 500 || p.Problem != "" || len(p.Warnings) > 0 {
			t.Errorf("%s reads as %.300q", name, show(ps))
		}
		without(t, name, p.Text, chrome)
		without(t, name, p.Text, remains)
		for line := range strings.Lines(p.Text) {
			if strings.Count(line, bullet) > 1 {
				t.Errorf("%s: two bullets on a line: %q", name, line)
			}
		}
	}
}

// The same pages without their JSON-LD: the main content holds every line of
// the description, and nothing of the frame.
func TestBuiltinContent(t *testing.T) {
	for _, name := range saved(t) {
		d := readFile(t, name)
		want := Read(d)[0]
		d.Body = bytes.NewReader(bytes.ReplaceAll(bodyOf(t, name), []byte(`type="application/ld&#x2B;json"`), []byte(`type="text/plain"`)))
		got := lawful(t, d)[0]
		if got.Title != want.Title || got.Organization == "" || got.Problem != "" {
			t.Errorf("%s: title %q, organization %q, problem %q", name, got.Title, got.Organization, got.Problem)
		}
		without(t, name, got.Text, chrome)
		for line := range strings.Lines(want.Text) {
			line = strings.TrimSpace(line)
			if strings.Contains(line, "@") {
				continue // the site hides addresses on the page
			}
			if !strings.Contains(got.Text, line) {
				t.Errorf("%s: the main content lacks %q", name, line)
			}
		}
	}
}
