package posting

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// Documents that hold no text to score say so, each in its own words; what is
// only known by its words (login walls, languages) is left to segment.
func TestUnreadable(t *testing.T) {
	problems := map[string]string{
		"blank.txt":         "empty",
		"broken.json":       "unreadable record: the record in line 1 breaks off",
		"cookie-wall.html":  "cookie wall",
		"cut.docx":          "broken Word document: its archive breaks off",
		"empty.txt":         "empty",
		"image.png":         "a PNG image is not read",
		"job-list.html":     "a list of postings, not one",
		"login-wall.html":   "login wall",
		"nothing.json":      "no posting: the JSON in line 1 holds no title and no text",
		"nul.txt":           "text with NUL bytes",
		"postings.xlsx":     "unreadable workbook: it has no xl/_rels/workbook.xml.rels",
		"scanned.pdf":       "no text layer",
		"script-shell.html": "script shell",
		"sitemap.xml":       "sitemap: a list of 3 addresses, no posting",
	}
	shown := 0
	for _, name := range files(t, "../../testdata/unreadable/*") {
		d := readFile(t, name)
		problem, found := problems[d.Source]
		if found {
			shown++
		}
		for _, source := range []string{d.Source, "-"} { // by its bytes as well as by its name
			if filepath.Ext(name) == ".html" {
				source = d.Source
			}
			ps := lawful(t, Document{Source: source, Body: bytes.NewReader(bodyOf(t, name))})
			if len(ps) != 1 || !strings.HasPrefix(ps[0].Problem, problem) || found != (ps[0].Problem != "") {
				t.Errorf("%s as %s: problem %q, want %q", name, source, ps[0].Problem, problem)
			}
		}
	}
	if shown != len(problems) {
		t.Errorf("%d of %d kinds are in testdata/unreadable", shown, len(problems))
	}
}

func TestNotTaken(t *testing.T) {
	for _, c := range []struct{ source, body, problem string }{
		{"a", "\xFF\xFE\x00\x00H\x00\x00\x00", "UTF-32 text"},
		{"a.docx", "\xD0\xCF\x11\xE0" + string(encrypted), "an Office document with a password is not read"},
		{"a", "PK\x05\x06" + strings.Repeat("\x00", 18), "empty archive"},
		{"a", "PK\x03\x04xxxxnotes.txt", "damaged: the zip archive"},
		{"a.txt", "\x1F\x8B\x08\x00", "breaks off: only a part of it is here: fetch"},
		{"a.txt", strings.Repeat("\x00\x01\x02", 100), "binary data"},
		{"a.docx", strings.Repeat(allBytes(), 20), "binary data"}, // of a hundred bytes fewer than one is NUL
		{"a", "{\\rtf1\\ansi Help Desk}", "an RTF document"},
		{"a.csv", "<<<<<<< HEAD\nfirst\n", "no text column: none of first holds"},
		{"a", "job_title;company;ort\nClerk;Northwind;Leeds\n", "no text column: none of job_title, company, ort holds"},
		{"a", "\uFEFF\"title\",\"company\"\r\n\"Clerk\",\"Northwind\"\r\n", "no text column: none of title, company holds"},
		{"a.json", "[1, 2", "unreadable record: the record in line 1 breaks off"},
		{"a", `[{"title": "Clerk"`, "unreadable record: the record in line 1 breaks off"},
		{"a", `[{"title": "Clerk"}]`, "no text: no key of the record"},
		{"a", "\uFEFF{\"a\": 1}\n{\"b\": 2}\n", "no posting"},
		{"a", "<rss version='2.0'><channel/></rss>", "XML without postings"},
		{"a", "<?xml version='1.0'?><urlset/>", "sitemap: a list of 0 addresses"},
	} {
		p := lawful(t, Document{Source: c.source, Body: strings.NewReader(c.body)})[0]
		if !strings.HasPrefix(p.Problem, c.problem) || p.Text != "" {
			t.Errorf("%q: problem %q, text %q, want %q", c.body, p.Problem, p.Text, c.problem)
		}
	}
}

func allBytes() string {
	var b [256]byte
	for i := range b {
		b[i] = byte(128 + i)
	}
	return string(b[:])
}
