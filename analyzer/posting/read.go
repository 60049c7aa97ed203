package posting

import (
	"bytes"
	"mime"
	"net/url"
	"path"
	"slices"
	"strings"
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
// The last one accepts everything. A format that this version does not read is
// here too, so that it is never taken for prose.
var formats = []format{
	{"nothing", isEmpty, readEmpty},
	{"binary", isBinary, readBinary},
	{"schema.org JSON", isSchemaJSON, readSchemaJSON},
	{"JSON Lines", isJSONLines, unread("JSON Lines" + unreadYet)},
	{"JSON", isJSON, unread("JSON without a schema.org JobPosting" + unreadYet)},
	{"broken JSON", isBrokenJSON, unread("the JSON breaks off or is not well-formed: save the posting as text or HTML")},
	{"XML", isXML, unread("an XML feed or file" + unreadYet)},
	{"escaped HTML", isEscapedHTML, readEscapedHTML},
	{"HTML", isHTML, readHTML},
	{"table", isTable, unread("a table (CSV, TSV)" + unreadYet)},
	{"text", func(*input) bool { return true }, readText},
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
			p.Problem = Empty
		}
	}
	return ps
}

// unread is the read function of a format that is not read.
func unread(problem string) func(*input) []Posting {
	return func(*input) []Posting { return []Posting{{Problem: problem}} }
}

const unreadYet = " is not read by this version: save the posting as text or HTML"

// input is a document being read: its bytes, the same as UTF-8 and what its
// name and header say.
type input struct {
	Document
	ext      string // of the name, lower case with its dot, or empty
	media    string // media type of the header, lower case, or empty
	binary   string // what the document is if it is no text
	mark     string // the byte order mark of a body in UTF-8, or empty
	text     string // the body as UTF-8 without mark; empty if it is no text
	start    string // text without leading blanks
	values   []any  // of a document in JSON that holds a JobPosting
	warnings []string
}

func newInput(d Document) *input {
	in := &input{Document: d, binary: binary(d.Body)}
	name := d.Source
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		name = u.Path
	}
	in.ext = strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))
	if media, _, err := mime.ParseMediaType(d.ContentType); err == nil {
		in.media = media
	}
	if in.binary == "" {
		in.text, in.warnings = decode(d.Body, d.ContentType)
		in.start = strings.TrimLeft(in.text, " \t\r\n\f\v")
		if bytes.HasPrefix(d.Body, []byte("\uFEFF")) {
			in.mark = "\uFEFF"
		}
	}
	return in
}

func isEmpty(in *input) bool { return in.binary == "" && strings.TrimSpace(in.text) == "" }

// readEmpty leaves it to finish to say that there is no text.
func readEmpty(*input) []Posting { return []Posting{{}} }

// named reports whether the document's name or header says one of the given
// extensions or media types.
func (in *input) named(names ...string) bool {
	return slices.Contains(names, in.ext) || slices.Contains(names, in.media)
}

// begins reports whether the document begins with one of the given strings,
// in any case.
func (in *input) begins(with ...string) bool {
	for _, w := range with {
		if len(in.start) >= len(w) && strings.EqualFold(in.start[:len(w)], w) {
			return true
		}
	}
	return false
}

func isXML(in *input) bool {
	if in.begins("<rss", "<source>", "<urlset", "<sitemapindex", "<jobs>", "<workzag-jobs", "<feed") {
		return true
	}
	top := strings.ToLower(in.start[:min(len(in.start), 512)])
	return in.begins("<?xml") && !strings.Contains(top, "<html") && !strings.Contains(top, "<!doctype html")
}

// isTable accepts what is called CSV or TSV, and what begins with a line of
// column names, at least two of them known, before a line with the same sign
// between its cells.
func isTable(in *input) bool {
	if in.named(".csv", ".tsv", "text/csv", "text/tab-separated-values") {
		return true
	}
	head, rest := nextLine(in.start)
	row, _ := nextLine(rest)
	if len(head) > 4096 {
		return false
	}
	for _, sep := range []string{"\t", ",", ";"} {
		known := 0
		for name := range strings.SplitSeq(head, sep) {
			if fieldOf(name) != "" {
				known++
			}
		}
		if known >= 2 && strings.Contains(row, sep) {
			return true
		}
	}
	return false
}
