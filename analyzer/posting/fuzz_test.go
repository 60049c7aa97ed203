package posting

import (
	"bytes"
	"strings"
	"testing"
)

func FuzzRead(f *testing.F) {
	for _, glob := range []string{"../../testdata/pages/*", "../../testdata/unreadable/*", "../../testdata/postings/*", "../../testdata/formats/*"} {
		for _, name := range files(f, glob) {
			d := readFile(f, name)
			f.Add(d.Source, "", bodyOf(f, name))
		}
	}
	f.Add("a.txt", "text/plain; charset=iso-8859-1", []byte("Gen\xe8ve"))
	for _, h := range hostile {
		f.Add(h.file, "text/html; charset=utf-8", h.make(200))
	}
	f.Fuzz(func(t *testing.T, source, contentType string, body []byte) {
		ps := lawful(t, Document{Source: source, ContentType: contentType, Body: bytes.NewReader(body)})
		again := Read(Document{Source: source, ContentType: contentType, Body: bytes.NewReader(body)})
		if show(ps) != show(again) {
			t.Error("two readings differ")
		}
		// A text that is not read from markup, nor mended with a warning, is
		// the document itself.
		if p := ps[0]; formatOf(Document{Source: source, ContentType: contentType, Body: bytes.NewReader(body)}) == "text" && !p.Markup && p.Problem == "" && len(p.Warnings) == 0 && p.Text != string(body) {
			t.Errorf("%q passed through as %q", body, p.Text)
		}
		for _, p := range ps {
			if strings.ContainsAny(p.Title+p.Organization+p.Location, "\r\n") {
				t.Errorf("a field of two lines: %q, %q, %q", p.Title, p.Organization, p.Location)
			}
		}
	})
}

// formatOf names the format that a document is read as.
func formatOf(d Document) string {
	in := new(Reader).open(d, nil)
	for _, f := range formats() {
		if f.recognise(in) {
			return f.name
		}
	}
	return ""
}
