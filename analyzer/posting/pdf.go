package posting

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ledongthuc/pdf"
)

// Bounds of a PDF. A posting has a page or five, each of some ten kilobytes.
const (
	mostPages   = 200
	mostStream  = 4 << 20   // of one stream, unpacked
	mostPDF     = 64 << 20  // of all streams, and of the file with what was packed in it
	mostRead    = 256 << 20 // of the file by the library, again and again
	mostObjects = 1 << 20
)

// readPDF reads the text layer of a PDF: lines and paragraphs are rebuilt from
// where the words stand on the page.
func readPDF(in *input, yield func(Posting) bool) {
	p := Posting{Markup: true}
	if in.load(); in.err != nil {
		yield(brokenOff(in.err))
		return
	}
	switch text, warnings, err := pdfText(in.head); {
	case errors.Is(err, pdf.ErrInvalidPassword), errors.Is(err, errEncrypted):
		p.Problem = "encrypted: the PDF cannot be read without its password: save it without one, or as text"
	case err != nil:
		p.Problem = fmt.Sprintf("broken PDF: %v: save it anew as PDF, or the posting as text", err)
	case text == "":
		p.Problem = "no text layer: the PDF holds pictures of pages: give a copy that went through text recognition (OCR), or the posting as text"
	default:
		p.Text, p.Warnings = text, warnings
		stated(&p)
	}
	yield(p)
}

var (
	errEncrypted = errors.New("encrypted")
	errCircular  = errors.New("its parts refer to one another without end")
	errUnpacked  = fmt.Errorf("it unpacks to more than %d MB", mostPDF>>20)
)

func isPDF(in *input) bool { return in.binary == pdfDocument }

const pdfDocument = "a PDF document"

// pdfText returns the text of all pages.
func pdfText(file []byte) (text string, warnings []string, err error) {
	defer caught(&err)
	flat, err := flatten(file)
	if err != nil {
		return "", nil, err
	}
	r, err := pdf.NewReader(&bounded{bytes.NewReader(flat), mostRead}, int64(len(flat)))
	if err != nil {
		return "", nil, err
	}
	pages := pageTree(r.Trailer().Key("Root").Key("Pages"))
	doc := &pdfDoc{fonts: map[string]*pdfFont{}}
	var lines []pdfLine
	var broken []string
	for n, page := range pages {
		chunks, err := doc.page(page)
		if err != nil {
			if errors.Is(err, errCircular) || errors.Is(err, errUnpacked) {
				return "", nil, err
			}
			broken = append(broken, strconv.Itoa(n+1))
		}
		lines = append(lines, pageLines(chunks, n)...)
	}
	if len(broken) > 0 {
		if len(broken) == len(pages) && len(lines) == 0 {
			return "", nil, errors.New("none of its pages can be read")
		}
		warnings = append(warnings, "page "+strings.Join(broken, ", ")+" of the PDF could not be read to its end")
	}
	if len(pages) == mostPages {
		warnings = append(warnings, fmt.Sprintf("the PDF was read up to page %d", mostPages))
	}
	if doc.unread > doc.read/10 {
		warnings = append(warnings, "some letters of the PDF could not be read: its fonts do not say what they mean")
	}
	return paragraphs(withoutRunning(lines)), warnings, nil
}

// caught makes an error of a panic: the library panics on what is malformed.
func caught(err *error) {
	switch x := recover().(type) {
	case nil:
	case error:
		*err = x
	default:
		*err = fmt.Errorf("%v", x)
	}
}

// bounded reads no more of a file than a number of bytes in all. The library
// follows references however often they lead in a circle.
type bounded struct {
	io.ReaderAt
	left int
}

func (b *bounded) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= len(p); b.left < 0 {
		panic(errCircular)
	}
	return b.ReaderAt.ReadAt(p, at)
}

// pdfSyntax are the few marks of a PDF's structure that flatten looks for.
var pdfSyntax = sync.OnceValue(func() (s struct{ object, root, encrypt, id, packed, number, huge *regexp.Regexp }) {
	s.object = regexp.MustCompile(`(?:^|[^0-9])([0-9]{1,7})[ \t\r\n]+([0-9]{1,5})[ \t\r\n]+obj\b`)
	s.root = regexp.MustCompile(`/Root\s+([0-9]{1,7}\s+[0-9]{1,5}\s+R)\b`)
	s.encrypt = regexp.MustCompile(`/Encrypt\s*(<<|[0-9]{1,7}\s+[0-9]{1,5}\s+R)`)
	s.id = regexp.MustCompile(`/ID\s*(\[\s*<[0-9a-fA-F\s]*>\s*<[0-9a-fA-F\s]*>\s*\])`)
	s.packed = regexp.MustCompile(`/Type\s*/ObjStm\b`)
	s.number = regexp.MustCompile(`/(N|First)\s+([0-9]{1,7})\b`)
	s.huge = regexp.MustCompile(`/(?:Columns|[^\s/<>\[\]()]*#[^\s/<>\[\]()]*)(?:\s|%[^\r\n]*[\r\n])*[0-9]{6,}`)
	return s
})

// flatten returns the file with its packed objects laid open behind it, and
// with a plain table of all objects: what the library then reads has no table
// that is broken, endless, refers to itself or asks for all memory, which it
// would not survive. So files whose table was damaged are read, too.
func flatten(file []byte) ([]byte, error) {
	syntax := pdfSyntax()
	end := bytes.LastIndex(file, []byte("%%EOF"))
	if end < 0 {
		end = len(file)
	}
	flat := append([]byte("%PDF-1.7\n"), file[min(9, len(file)):end]...)
	roots := syntax.root.FindAllSubmatch(flat, -1)
	if len(roots) == 0 {
		return nil, errors.New("it breaks off before its table of contents")
	}
	encrypt := syntax.encrypt.FindSubmatch(flat)
	found := map[int]object{}
	for _, m := range syntax.object.FindAllSubmatchIndex(flat, -1) {
		id, _ := strconv.Atoi(string(flat[m[2]:m[3]]))
		generation, _ := strconv.Atoi(string(flat[m[4]:m[5]]))
		if id < mostObjects && generation < 1<<16 {
			found[id] = object{m[2], generation}
		}
		head := flat[m[1]:min(len(flat), m[1]+1024)]
		if n := bytes.Index(head, []byte("stream")); n >= 0 {
			head = head[:n]
		}
		if !syntax.packed.Match(head) {
			continue
		}
		if encrypt != nil {
			return nil, errEncrypted
		}
		var err error
		if flat, err = unpack(flat, m[1]+len(head), head, found); err != nil {
			return nil, err
		}
	}
	if syntax.huge.Match(flat) {
		return nil, errors.New("it asks for more memory than it needs")
	}
	trailer := fmt.Sprintf("/Size %d /Root %s", mostObjects, roots[len(roots)-1][1])
	if encrypt != nil {
		if string(encrypt[1]) == "<<" {
			return nil, errEncrypted
		}
		trailer += " /Encrypt " + string(encrypt[1])
		if id := syntax.id.FindSubmatch(flat); id != nil {
			trailer += " /ID " + string(id[1])
		}
	}
	table := len(flat) + 1
	flat = append(flat, "\nxref\n"...)
	ids := make([]int, 0, len(found))
	for id := range found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		flat = fmt.Appendf(flat, "%d 1\n%010d %05d n \n", id, found[id].offset, found[id].generation)
	}
	return fmt.Appendf(flat, "trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n", trailer, table), nil
}

// An object of a PDF: where it stands.
type object struct{ offset, generation int }

// unpack lays the objects open that a stream at an offset holds.
func unpack(flat []byte, at int, head []byte, found map[int]object) ([]byte, error) {
	var count, first int
	for _, m := range pdfSyntax().number.FindAllSubmatch(head, -1) {
		n, _ := strconv.Atoi(string(m[2]))
		if string(m[1]) == "N" {
			count = n
		} else {
			first = n
		}
	}
	data := bytes.TrimPrefix(bytes.TrimPrefix(bytes.TrimPrefix(flat[at:], []byte("stream")), []byte("\r")), []byte("\n"))
	if bytes.Contains(head, []byte("FlateDecode")) {
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return flat, nil // no such stream: what it held will be missed where it is needed
		}
		data, _ = io.ReadAll(io.LimitReader(z, mostStream))
	}
	data = data[:min(len(data), mostStream)]
	var places []int
	numbers := data[:min(first, len(data))]
	for len(places) < 2*count {
		numbers = bytes.TrimLeft(numbers, " \t\r\n")
		n := 0
		for n < len(numbers) && numbers[n] >= '0' && numbers[n] <= '9' {
			n++
		}
		if n == 0 {
			break
		}
		place, _ := strconv.Atoi(string(numbers[:min(n, 9)]))
		places = append(places, place)
		numbers = numbers[n:]
	}
	for i := 0; i+1 < len(places); i += 2 {
		from, to := first+places[i+1], len(data)
		if i+3 < len(places) {
			to = min(to, first+places[i+3])
		}
		if from >= to || places[i] >= mostObjects {
			continue
		}
		if len(flat) > mostPDF+to-from {
			return nil, errUnpacked
		}
		flat = append(flat, '\n')
		found[places[i]] = object{offset: len(flat)}
		flat = fmt.Appendf(flat, "%d 0 obj\n%s\nendobj\n", places[i], data[from:to])
	}
	return flat, nil
}

// pageTree returns the pages in order.
func pageTree(root pdf.Value) []pdf.Value {
	var pages []pdf.Value
	left := 8 * mostPages // nodes of the tree that may be looked at
	var walk func(v pdf.Value, depth int)
	walk = func(v pdf.Value, depth int) {
		kids := v.Key("Kids")
		if left--; left < 0 || depth > 32 || len(pages) == mostPages {
			return
		}
		if kids.Kind() != pdf.Array {
			if v.Kind() == pdf.Dict {
				pages = append(pages, v)
			}
			return
		}
		for i := range min(kids.Len(), 8*mostPages) {
			walk(kids.Index(i), depth+1)
		}
	}
	walk(root, 0)
	return pages
}
