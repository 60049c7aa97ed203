package posting

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"slices"
	"strconv"
	"strings"
)

// isWARC accepts the line that every record of a web archive begins with.
func isWARC(in *input) bool { return bytes.HasPrefix(in.head, []byte("WARC/")) }

// A warc is a web archive (ISO 28500) being read. Each of its records is a
// header, a body and two line ends; a response's body is what the server sent.
type warc struct {
	in    *input
	yield func(Posting) bool
	page  *bufio.Reader  // of the record
	found int            // documents
	left  map[string]int // what was left out, by kind
}

// pageMedia are the media types that pages with postings come in. A plain text is
// robots.txt, unless the archive made it of a page.
var pageMedia = set{names: `text/html application/xhtml+xml application/json application/ld+json application/xml text/xml application/rss+xml
	application/atom+xml application/pdf application/vnd.openxmlformats-officedocument.wordprocessingml.document`}

// readWARC reads the pages of a web archive, one after the other, each under
// the address it came from.
func readWARC(in *input, yield func(Posting) bool) {
	w := &warc{in: in, yield: in.counting(yield), page: bufio.NewReaderSize(nil, headSize), left: map[string]int{}}
	for {
		lost, err := skipTo(in.body, "WARC/")
		if lost > 0 && !yield(Posting{Problem: fmt.Sprintf("damaged: between two records of the web archive stand %d bytes that are no record: fetch it again", lost)}) {
			return
		}
		if err != nil {
			break
		}
		more, err := w.record()
		if err != nil && in.arrival.err == nil && more {
			more = yield(brokenOff(err))
		}
		if err != nil || !more {
			return
		}
	}
	var left []string
	for _, kind := range slices.Sorted(maps.Keys(w.left)) {
		left = append(left, fmt.Sprintf("%d %s", w.left[kind], kind))
	}
	switch {
	case w.found == 0 && in.arrival.err == nil:
		yield(Posting{Problem: "no page: the web archive holds none that was answered (" + strings.Join(left, ", ") + ")"})
	case len(left) > 0:
		in.note("left out of the web archive: %s", strings.Join(left, ", "))
	}
}

// record reads one record and returns whether to go on.
func (w *warc) record() (bool, error) {
	head, err := header(w.in.body)
	if err != nil {
		return true, err
	}
	size, err := strconv.ParseInt(head["content-length"], 10, 64)
	if err != nil || size < 0 {
		return true, fmt.Errorf("a record of the web archive does not say how long it is")
	}
	body := &io.LimitedReader{R: w.in.body, N: size}
	more := true
	switch kind := head["warc-type"]; kind {
	case "response":
		more = w.response(strings.Trim(head["warc-target-uri"], "<>"), body)
	case "resource", "conversion": // a document without a server's answer around it
		media := head["content-type"]
		if kind == "conversion" && strings.HasPrefix(media, "text/plain") {
			media = ""
		}
		more = w.document(strings.Trim(head["warc-target-uri"], "<>"), media, body)
	case "warcinfo", "request", "metadata":
	default:
		w.left[kind+" records"]++
	}
	if _, err := io.Copy(io.Discard, body); err != nil {
		return more, err
	}
	if body.N > 0 {
		return more, io.ErrUnexpectedEOF
	}
	return more, nil
}

// response reads what a server answered.
func (w *warc) response(address string, r io.Reader) bool {
	body := w.page
	body.Reset(r)
	status, _ := body.ReadSlice('\n')
	fields := strings.Fields(string(status))
	head, err := header(body)
	if err != nil {
		return w.yield(unreadPage(address, "damaged: the web archive holds no whole answer of the server: fetch the page again"))
	}
	if len(fields) < 2 || fields[1] != "200" {
		w.left["redirects and errors"]++
		return true
	}
	var content io.Reader = body
	if strings.EqualFold(head["transfer-encoding"], "chunked") && chunked(body) {
		content = &chunks{r: body}
	}
	switch strings.ToLower(head["content-encoding"]) {
	case "", "identity", "none", "utf-8":
	case "gzip", "x-gzip", "deflate", "zstd":
		if content, err = w.decoded(content); err != nil {
			return w.yield(unreadPage(address, brokenOff(err).Problem))
		}
	default:
		return w.yield(unreadPage(address, fmt.Sprintf("packed: the page is packed as %q, which is not read: fetch the page itself", head["content-encoding"])))
	}
	return w.document(address, head["content-type"], content)
}

// unreadPage is a document within another of which nothing can be read.
func unreadPage(source, problem string) Posting {
	return Posting{Source: strings.ToValidUTF8(source, "\uFFFD"), Record: 1, Problem: strings.ToValidUTF8(problem, "\uFFFD")}
}

// decoded unpacks a body by what it begins with: some archives hold it
// unpacked under the header that says it is packed.
func (w *warc) decoded(r io.Reader) (io.Reader, error) {
	body := bufio.NewReader(r)
	begin, _ := body.Peek(4)
	for _, c := range compressions {
		if bytes.HasPrefix(begin, []byte(c.begin)) {
			d, err := c.open(body)
			return unpacked{d, w.in}, err
		}
	}
	if len(begin) > 1 && begin[0]&0x0F == 8 && (uint(begin[0])<<8|uint(begin[1]))%31 == 0 {
		d, err := zlib.NewReader(body)
		return unpacked{d, w.in}, err
	}
	return body, nil
}

// document reads a page.
func (w *warc) document(address, contentType string, body io.Reader) bool {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(contentType, ";")
		media = strings.ToLower(strings.TrimSpace(media))
	}
	if media != "" && !pageMedia.has(media) && !strings.HasSuffix(media, "+json") {
		w.left[media]++
		return true
	}
	if address == "" {
		address = w.in.Source
	}
	w.found++
	return w.in.reader.read(Document{Source: address, ContentType: contentType, Body: body}, w.in, w.yield)
}

// longestHeader bounds the lines before a body.
const longestHeader = 1 << 20

var errHeader = errors.New("its header is too long or not whole: fetch it again")

// header reads fields up to the empty line, their names in lower case. It
// takes lines that net/textproto refuses: archives and mailboxes hold what
// servers and programs sent. Of fields with one name the first counts.
func header(r *bufio.Reader) (map[string]string, error) {
	fields := map[string]string{}
	last := ""
	for size := 0; size < longestHeader; {
		line, err := r.ReadSlice('\n')
		if size += len(line); err != nil {
			return fields, errHeader
		}
		text := strings.TrimRight(string(line), "\r\n")
		name, value, ok := strings.Cut(text, ":")
		switch {
		case text == "":
			return fields, nil
		case text[0] == ' ' || text[0] == '\t':
			if last != "" {
				fields[last] += " " + strings.TrimSpace(text)
			}
		case ok:
			last = strings.ToLower(strings.TrimSpace(name))
			if _, again := fields[last]; again {
				last = ""
			} else {
				fields[last] = strings.TrimSpace(value)
			}
		}
	}
	return fields, errHeader
}

// skipTo reads up to a line that begins with the given words, and returns how
// many bytes before it were more than blank lines.
func skipTo(r *bufio.Reader, begin string) (lost int, err error) {
	for {
		if b, _ := r.Peek(len(begin)); string(b) == begin {
			return lost, nil
		}
		line, err := r.ReadSlice('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			lost += len(line)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil {
			return lost, err
		}
	}
}

// chunked reports whether a body begins with the size of a chunk: some
// archives hold the chunks joined under the header that says there are some.
func chunked(body *bufio.Reader) bool {
	begin, _ := body.Peek(18)
	line, _, found := bytes.Cut(begin, []byte("\n"))
	_, ok := chunkSize(string(line))
	return found && ok
}

// Chunks read a body that was sent in pieces (RFC 9112, section 7.1).
type chunks struct {
	r    *bufio.Reader
	left int64 // of the chunk
}

func (c *chunks) Read(p []byte) (int, error) {
	for c.left == 0 {
		line, err := c.r.ReadSlice('\n')
		size, ok := chunkSize(string(line))
		switch {
		case err != nil:
			return 0, io.ErrUnexpectedEOF
		case len(bytes.TrimSpace(line)) == 0: // the end of the chunk before
		case !ok:
			return 0, errors.New("it is damaged between two of its pieces: fetch it again")
		case size == 0:
			return 0, io.EOF
		}
		c.left = size
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	if c.left -= int64(n); err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func chunkSize(line string) (int64, bool) {
	digits, _, _ := strings.Cut(line, ";")
	size, err := strconv.ParseUint(strings.TrimSpace(digits), 16, 63)
	return int64(size), err == nil
}
