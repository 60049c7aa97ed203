package posting

import (
	"bytes"
	"mime"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"
)

// A Document is bytes and what is known of them.
type Document struct {
	Source      string // file name or URL: for recognition by name and for reports
	ContentType string // as a server gave it, or empty
	Body        []byte
}

// A format is one way of writing postings down. recognise may look at all of
// the document but must be cheap; read is called once it has said yes.
type format struct {
	name      string
	recognise func(*input) bool
	read      func(*input) []Posting
}

// formats, most certain first: the first that recognises a document reads it.
// The last one accepts everything.
var formats = []format{
	{"nothing", isEmpty, readEmpty},
	{"binary", isBinary, readBinary},
	{"schema.org JSON", isSchemaJSON, readSchemaJSON},
	{"JSON", isJSON, unread("JSON without a schema.org JobPosting")},
	{"XML", isXML, unread("an XML feed or file")},
	{"HTML", isHTML, readHTML},
	{"Markdown", isMarkdown, readMarkdown},
	{"plain text", func(*input) bool { return true }, readText},
}

// Read finds the postings of a document. It never fails as a whole: what
// cannot be read is a Posting with its Problem set, so there is always one.
func Read(d Document) []Posting {
	in := newInput(d)
	for _, f := range formats {
		if !f.recognise(in) {
			continue
		}
		if ps := f.read(in); len(ps) > 0 {
			return finish(in, ps)
		}
	}
	return finish(in, []Posting{{Problem: "nothing found"}})
}

// finish sets what every posting of a document has, and holds the law that a
// Posting's strings are UTF-8.
func finish(in *input, ps []Posting) []Posting {
	for i := range ps {
		p := &ps[i]
		p.Source, p.Record = strings.ToValidUTF8(in.Source, "\uFFFD"), i+1
		for _, s := range []*string{&p.ID, &p.Title, &p.Organization, &p.Location, &p.DatePosted, &p.URL, &p.Text} {
			*s = strings.ToValidUTF8(*s, "\uFFFD")
		}
		p.Warnings = append(p.Warnings, in.warnings...)
		if p.Text == "" && p.Problem == "" {
			p.Problem = "empty"
		}
	}
	return ps
}

// unread is the read function of a format that is recognised only so that it
// is not taken for prose.
func unread(what string) func(*input) []Posting {
	return func(*input) []Posting { return []Posting{{Problem: "not read: " + what}} }
}

// input is a document being read: its bytes, the same as UTF-8 and what its
// name and header say.
type input struct {
	Document
	ext      string // of the name, lower case with its dot, or empty
	media    string // media type of the header, lower case, or empty
	start    []byte // the body without byte order mark and leading blanks
	text     string // the body as UTF-8 without byte order mark
	warnings []string
}

func newInput(d Document) *input {
	in := &input{Document: d}
	name := d.Source
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		name = u.Path
	}
	in.ext = strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))
	if media, _, err := mime.ParseMediaType(d.ContentType); err == nil {
		in.media = media
	}
	in.start = bytes.TrimLeft(bytes.TrimPrefix(d.Body, []byte("\uFEFF")), " \t\r\n\f\v\x00")
	if what := binary(in.Body); what == "" {
		in.text, in.warnings = decode(d.Body, d.ContentType)
		if !utf8.Valid(in.Body) {
			in.start = []byte(strings.TrimLeft(in.text, " \t\r\n\f\v"))
		}
	}
	return in
}

func isEmpty(in *input) bool {
	return len(in.start) == 0 || in.text != "" && strings.TrimSpace(in.text) == ""
}

func readEmpty(*input) []Posting { return []Posting{{Problem: "empty"}} }

// named reports whether the document's name or header says one of the given
// extensions or media types.
func (in *input) named(names ...string) bool {
	for _, n := range names {
		if n == in.ext || n == in.media {
			return true
		}
	}
	return false
}

func isXML(in *input) bool {
	top := strings.ToLower(string(in.start[:min(len(in.start), 512)]))
	if !strings.HasPrefix(top, "<") || strings.Contains(top, "<html") || strings.Contains(top, "<!doctype html") {
		return false
	}
	return strings.HasPrefix(top, "<?xml") || strings.HasPrefix(top, "<rss") || strings.HasPrefix(top, "<source>") ||
		strings.HasPrefix(top, "<urlset") || strings.HasPrefix(top, "<sitemapindex") || strings.HasPrefix(top, "<jobs>") ||
		strings.HasPrefix(top, "<workzag-jobs")
}
