package posting

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Document is what postings are read from, and what is known of it.
type Document struct {
	Source      string // file name or URL: for recognition by name and for reports
	ContentType string // as a server gave it, or empty

	// For postings that do not say it themselves: the id of a document's only
	// one, who offers them, and the address of their own page, in which {id}
	// stands for a posting's ID.
	ID, Organization, URL string

	// Body is read once, from its beginning. A format that needs to move about
	// in it (zip, Parquet) uses Body's ReadAt if it is an io.ReaderAt and an
	// io.Seeker, as files are, and else holds it in memory.
	Body io.Reader
}

// A Reader finds the postings of documents. Its zero value is ready to use.
type Reader struct {
	// Columns names, for a role (see Roles), the columns of a table or the keys
	// of an object that hold it, in order. It wins over the names that are known.
	Columns map[string][]string
	// Keep names columns or keys whose values go into Posting.Kept.
	Keep []string
	// Note is told, once for a table, which columns were chosen, and once for a
	// document what else its user should know; nil for nobody.
	Note func(string)
}

// Read finds the postings of a document, all of them at once.
func Read(d Document) []Posting { return slices.Collect(new(Reader).Postings(d)) }

// Postings finds the postings of a document, one after the other: memory does
// not grow with the document where its format is a stream of records. It never
// fails as a whole: what cannot be read is a Posting with its Problem set, so
// there is always one, and records in equal records out.
func (r *Reader) Postings(d Document) iter.Seq[Posting] {
	return func(yield func(Posting) bool) { r.read(d, nil, yield) }
}

// A format is one way of writing postings down. recognise looks at the head of
// a document, its name and its header; read is called once it has said yes. It
// stops when yield returns false.
type format struct {
	name      string
	recognise func(*input) bool
	read      func(in *input, yield func(Posting) bool)
}

// formats returns all formats, most certain first: the first that recognises a
// document reads it. The last one accepts everything. A format that this
// version does not read is here too, so that it is never taken for prose. (A
// function, since formats hold one another: an archive holds documents.)
func formats() []format {
	return []format{
		{"nothing", isEmpty, whole(readEmpty)},
		{"Excel", isXLSX, readXLSX},
		{"Parquet", isParquet, readParquet},
		{"Word document", isDOCX, readDOCX},
		{"PDF", isPDF, readPDF},
		{"compressed", isCompressed, readCompressed},
		{"zip", isZip, readZip},
		{"tar", isTar, readTar},
		{"web archive", isWARC, readWARC},
		{"mailbox", isMailbox, readMailbox},
		{"mail", isMail, readMail},
		{"binary", isBinary, readBinary},
		{"JSON", isJSON, readJSON},
		{"XML", isXML, readXML},
		{"escaped HTML", isEscapedHTML, whole(readEscapedHTML)},
		{"table", isTable, readTable}, // its cells may hold pages
		{"HTML", isHTML, whole(readHTML)},
		{"text", func(*input) bool { return true }, whole(readText)},
	}
}

// deepestDocument is how many documents may lie one within another: a page in
// an archive in a compressed file.
const deepestDocument = 4

// read yields the postings of a document, which may lie within another. What
// did arrive of one that breaks off is read, and then it is said. It returns
// whether to go on.
func (r *Reader) read(d Document, around *input, yield func(Posting) bool) bool {
	in := r.open(d, around)
	defer buffers.Put(in.body)
	found, inner, more := 0, false, true
	each := func(p Posting) bool {
		if p.Source == "" { // else of a document within this one
			found++
			in.finish(&p, found)
		} else {
			inner = true
		}
		more = yield(p)
		return more
	}
	switch {
	case in.all && len(in.head) == 0 && in.arrival.err != nil: // nothing to read
	case in.depth > deepestDocument:
		each(Posting{Problem: fmt.Sprintf("archives within archives, more than %d deep: unpack them", deepestDocument)})
	default:
		for _, f := range formats() {
			if f.recognise(in) {
				f.read(in, each)
				break
			}
		}
	}
	if more && in.arrival.err != nil {
		in.warnings = nil
		each(brokenOff(in.arrival.err))
	}
	if more && found == 0 && !inner {
		each(Posting{Problem: "nothing found"})
	}
	return more
}

// finish sets what every posting of a document has, and holds the law that a
// Posting's strings are UTF-8.
func (in *input) finish(p *Posting, record int) {
	p.Source, p.Record = strings.ToValidUTF8(in.Source, "\uFFFD"), record
	in.complete(p)
	for _, s := range []*string{&p.ID, &p.Title, &p.Organization, &p.Location, &p.DatePosted, &p.URL, &p.Text, &p.Problem} {
		if !utf8.ValidString(*s) { // it is asked at ten times the speed
			*s = strings.ToValidUTF8(*s, "\uFFFD")
		}
	}
	p.Warnings = append(p.Warnings, in.warnings...)
	if p.Text == "" && p.Problem == "" {
		p.Problem = Empty
	}
}

// complete fills in what is known of the document's postings, and makes an
// address whole that is given from the root of a site.
func (in *input) complete(p *Posting) {
	p.ID = cmp.Or(p.ID, in.ID)
	p.Organization = cmp.Or(p.Organization, in.Organization)
	if p.URL == "" && (p.ID != "" || !strings.Contains(in.URL, "{id}")) {
		p.URL = strings.ReplaceAll(in.URL, "{id}", url.PathEscape(p.ID))
	}
	if strings.HasPrefix(p.URL, "/") {
		if base, err := url.Parse(in.Source); err == nil && base.Host != "" {
			if u, err := base.Parse(p.URL); err == nil {
				p.URL = u.String()
			}
		}
	}
}

// whole makes a read function of one that wants all of a document at once.
func whole(read func(*input) []Posting) func(*input, func(Posting) bool) {
	return func(in *input, yield func(Posting) bool) {
		if in.load(); in.err != nil {
			yield(brokenOff(in.err))
			return
		}
		if in.arrival.err != nil {
			in.warnings = append(in.warnings, "only the beginning of the document is here")
		}
		for _, p := range read(in) {
			if !yield(p) {
				return
			}
		}
	}
}

// unread is the read function of a format that is not read.
func unread(problem string) func(*input, func(Posting) bool) {
	return func(_ *input, yield func(Posting) bool) { yield(Posting{Problem: problem}) }
}

const unreadYet = " is not read by this version: save the posting as text or HTML"

// Bounds of what is held in memory.
const (
	headSize  = 1 << 16  // of a document, to recognise it by
	mostWhole = 64 << 20 // of a document that is not a stream of records
)

// input is a document being read: its head, what its name and header say and,
// once it is loaded, all of it.
type input struct {
	Document
	reader  *Reader
	depth   int           // how many documents it lies within
	volume  *volume       // of the outermost of them
	arrival *arrival      // of its bytes
	body    *bufio.Reader // from the beginning
	head    []byte        // the first headSize bytes at most
	all     bool          // head is all there is
	err     error         // why it could not be loaded

	ext      string // of the name, lower case with its dot, or empty
	media    string // media type of the header, lower case, or empty
	binary   string // what the document is if it is no text
	mark     string // the byte order mark of a body in UTF-8, or empty
	text     string // the head as UTF-8 without mark, all of it once loaded; empty if it is no text
	start    string // text without leading blanks
	warnings []string
}

// An arrival reads a body and ends where an error ends it, which it keeps.
type arrival struct {
	body io.Reader
	err  error
}

func (a *arrival) Read(p []byte) (int, error) {
	n, err := a.body.Read(p)
	if err != nil && err != io.EOF {
		a.err, err = err, io.EOF
	}
	return n, err
}

// buffers are used again: an archive may hold a million small documents.
var buffers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, headSize) }}

func (r *Reader) open(d Document, around *input) *input {
	in := &input{Document: d, reader: r, arrival: &arrival{body: d.Body}}
	if around != nil {
		in.depth, in.volume = around.depth+1, around.volume
	} else {
		in.volume = new(volume)
		in.arrival.body = packed{d.Body, in.volume}
	}
	in.body = buffers.Get().(*bufio.Reader)
	in.body.Reset(in.arrival)
	var err error
	in.head, err = in.body.Peek(headSize)
	in.all = err != nil
	name := d.Source
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		name = u.Path
	}
	in.ext = extension(name)
	if media, _, err := mime.ParseMediaType(d.ContentType); err == nil {
		in.media = media
	}
	if in.binary = binary(in.head); in.binary == "" {
		in.decode(in.head)
	}
	return in
}

// load reads the document to its end.
func (in *input) load() {
	if in.all {
		return
	}
	body, err := io.ReadAll(io.LimitReader(in.body, mostWhole+1))
	if in.err = err; len(body) > mostWhole {
		in.err = fmt.Errorf("it is longer than %d MB: give it in parts", mostWhole>>20)
	}
	in.head, in.all = body, true
	if in.binary == "" {
		in.decode(body)
	}
}

// decode sets the text of what is known of the document.
func (in *input) decode(b []byte) {
	if !in.all {
		b = wholeRunes(b)
	}
	in.text, in.warnings = decode(b, in.ContentType)
	in.start = strings.TrimLeft(in.text, " \t\r\n\f\v")
	if bytes.HasPrefix(b, []byte("\uFEFF")) {
		in.mark = "\uFEFF"
	}
}

// file gives access to any place of the document: to its file, or to a copy in
// memory.
func (in *input) file() (io.ReaderAt, int64, error) {
	if f, ok := in.Body.(interface {
		io.ReaderAt
		io.Seeker
	}); ok {
		if size, err := f.Seek(0, io.SeekEnd); err == nil {
			in.volume.in = max(in.volume.in, size)
			return f, size, nil
		}
	}
	in.load()
	return bytes.NewReader(in.head), int64(len(in.head)), in.err
}

// within yields the postings of a document within this one.
func (in *input) within(name string, body io.Reader, yield func(Posting) bool) bool {
	return in.reader.read(Document{Source: name, Body: body}, in, yield)
}

// note tells the user of the document what was decided about it.
func (in *input) note(format string, args ...any) {
	if in.reader.Note != nil {
		in.reader.Note(in.Source + ": " + fmt.Sprintf(format, args...))
	}
}

// brokenOff is the record in whose place reading ended.
func brokenOff(err error) Posting {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("only a part of it is here: fetch or copy it again")
	}
	return Posting{Problem: fmt.Sprintf("breaks off: %v", err)}
}

func isEmpty(in *input) bool { return in.all && in.binary == "" && strings.TrimSpace(in.text) == "" }

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

// isTable accepts what is called CSV or TSV, and what begins with a line of
// column names, at least two of them known, before a line with the same sign
// between its cells. What begins with a tag is a page, mostly an error's.
func isTable(in *input) bool {
	if beginsWithTag(in.start) {
		return false
	}
	if in.named(".csv", ".tsv", "text/csv", "text/tab-separated-values") {
		return true
	}
	head, rest := nextLine(in.start)
	if conflict([]string{head}) {
		head, rest = nextLine(rest)
	}
	row, _ := nextLine(rest)
	if len(head) > 4096 {
		return false
	}
	for _, sep := range []string{"\t", ",", ";"} {
		if !strings.Contains(head, sep) || !strings.Contains(row, sep) && !strings.HasPrefix(row, `"`) { // a cell of several lines
			continue
		}
		known := 0
		for name := range strings.SplitSeq(head, sep) {
			if fieldOf(name).label {
				known++
			}
		}
		if known >= 2 {
			return true
		}
	}
	return false
}
