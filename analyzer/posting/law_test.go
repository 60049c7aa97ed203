package posting

import (
	"testing"
	"unicode/utf8"
)

// lawful reads a document and checks what holds for every document: it has a
// posting, the postings are numbered, their strings are UTF-8, and one without
// text says why.
func lawful(t *testing.T, d Document) []Posting {
	t.Helper()
	ps := Read(d)
	if len(ps) == 0 {
		t.Fatal("no posting")
	}
	records := map[string]int{} // by source
	for i, p := range ps {
		if records[p.Source]++; p.Record == 1 { // a name may come twice in an archive
			records[p.Source] = 1
		}
		if p.Record != records[p.Source] {
			t.Errorf("posting %d, of %q, has record %d", i, p.Source, p.Record)
		}
		if p.Text == "" && p.Problem == "" {
			t.Errorf("posting %d has neither text nor problem", i)
		}
		fields := []string{p.ID, p.Title, p.Organization, p.Location, p.DatePosted, p.URL, p.Source, p.Text, p.Problem}
		for _, s := range append(fields, p.Warnings...) {
			if !utf8.ValidString(s) {
				t.Errorf("posting %d has a string that is not UTF-8: %.60q", i, s)
			}
		}
	}
	return ps
}
