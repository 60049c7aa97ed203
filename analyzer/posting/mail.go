package posting

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html/charset"
)

// isMail accepts what is called a mail, and what begins with the fields that
// programs put into one: a text of its own may begin with "From:".
func isMail(in *input) bool {
	fields := 0
	for line := range bytes.Lines(in.head) {
		name, _, ok := bytes.Cut(line, []byte(":"))
		if ok && mailFields.has(strings.ToLower(string(name[:min(len(name), longestName)]))) {
			fields++
		}
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
	}
	return fields > 2 || fields > 0 && in.named(".eml", "message/rfc822")
}

var mailFields = set{names: "message-id mime-version received return-path delivered-to content-type content-transfer-encoding subject from"}

// readMail reads one mail.
func readMail(in *input, yield func(Posting) bool) {
	m := message{in: in, name: in.Source, yield: yield}
	m.read(in.body)
}

// isMailbox accepts the line that the mails of an mbox file begin with, before
// a mail.
func isMailbox(in *input) bool {
	if !bytes.HasPrefix(in.head, []byte("From ")) {
		return false
	}
	first, rest := nextLine(string(in.head[:min(len(in.head), 2000)]))
	name, _, ok := strings.Cut(rest[:min(len(rest), longestName)], ":")
	return mailLine().MatchString(first) && ok && strings.Trim(name, "-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

var mailLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^From \S.*\d\d:\d\d.*\d{4}`) })

// readMailbox reads the mails of an mbox file, one after the other.
func readMailbox(in *input, yield func(Posting) bool) {
	var text bytes.Buffer
	n, more, blank, begun := 0, true, true, true
	end := func() {
		n++
		m := message{in: in, name: fmt.Sprint(in.Source, "/", n), yield: func(p Posting) bool {
			more = yield(p)
			return more
		}}
		if text.Len() > mostWhole {
			m.yield(Posting{Problem: fmt.Sprintf("too long: the mail has more than %d MB: save it by itself", mostWhole>>20)})
		} else {
			m.read(&text)
		}
		text.Reset()
	}
	for more {
		line, err := in.body.ReadSlice('\n')
		switch quoted := bytes.TrimLeft(line, ">"); {
		case begun && blank && mailLine().Match(line):
			if text.Len() > 0 {
				end()
			}
		case text.Len() > mostWhole:
		case begun && len(quoted) < len(line) && bytes.HasPrefix(quoted, []byte("From ")):
			text.Write(line[1:]) // ">" was put there since no line of a mail may begin with "From "
		default:
			text.Write(line)
		}
		blank = begun && len(bytes.TrimSpace(line)) == 0
		if begun = err == nil; err != nil && err != bufio.ErrBufferFull {
			break
		}
	}
	if more {
		end()
	}
}

// A message is a mail being read.
type message struct {
	in    *input
	name  string // before those of what is attached
	yield func(Posting) bool

	plain, html *piece
	attached    []piece
	size        int64 // of all of these
	left        []string
	err         error // what ended the reading before the end
}

// A piece of a mail is its text, or what is attached to it.
type piece struct {
	name, contentType string
	body              []byte
}

// deepestPiece is how many pieces may lie one within another.
const deepestPiece = 8

// read yields the text of a mail as a posting under the mail's subject, and
// the postings of the documents attached to it.
func (m *message) read(r io.Reader) {
	body := bufio.NewReaderSize(r, headSize)
	head, err := header(body)
	if err != nil {
		m.yield(Posting{Problem: "damaged: the mail has no text after its header: save it anew"})
		return
	}
	m.take(head, body, 0)
	text := m.text()
	if text != nil && len(m.attached) > 0 && letterCount(string(text.body)) < enough {
		m.left = append(m.left, "a covering note")
	} else if !m.posting(text, head) {
		return
	}
	for _, a := range m.attached {
		if !m.in.within(m.name+"/"+a.name, bytes.NewReader(a.body), m.yield) {
			return
		}
	}
	if len(m.left) > 0 {
		m.in.note("left out of the mail: %s", strings.Join(m.left, ", "))
	}
	if m.err != nil {
		m.yield(brokenOff(m.err))
	}
}

// text returns the piece to read: the plain text, unless it is a stub beside
// the page that most readers see.
func (m *message) text() *piece {
	if m.plain == nil || m.html != nil && 2*letterCount(string(m.plain.body)) < letterCount(fragment(string(m.html.body))) {
		return m.html
	}
	return m.plain
}

// posting yields the text under the mail's subject. It has no name of its own,
// so it is the mail's.
func (m *message) posting(text *piece, head map[string]string) bool {
	if text == nil {
		return len(m.attached) > 0 || m.yield(Posting{})
	}
	subject := answered().ReplaceAllString(unfolded(head["subject"]), "")
	return m.in.reader.read(Document{ContentType: text.contentType, Body: bytes.NewReader(text.body)}, m.in, func(p Posting) bool {
		if p.Source = ""; subject != "" {
			p.Title = oneLine(subject)
		}
		if !p.Markup {
			text, _, warnings := repaired(strings.TrimSpace(p.Text))
			p.Text, p.Markup, p.Warnings = text, true, append(p.Warnings, warnings...)
		}
		if date, err := mail.ParseDate(head["date"]); err == nil && p.DatePosted == "" {
			p.DatePosted = date.Format(time.DateOnly)
		}
		return m.yield(p)
	})
}

// answered is what programs put before the subject of an answered or forwarded mail.
var answered = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^((re|fwd?|aw|wg) ?: *)+`) })

// unfolded is the value of a field in which words are encoded.
func unfolded(s string) string {
	words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if t, err := words.DecodeHeader(s); err == nil {
		return t
	}
	return s
}

// take keeps the pieces of a piece that are to be read.
func (m *message) take(head map[string]string, body io.Reader, depth int) {
	media, params, err := mime.ParseMediaType(head["content-type"])
	if err != nil {
		media = "text/plain"
	}
	if strings.HasPrefix(media, "multipart/") && depth < deepestPiece {
		m.pieces(multipart.NewReader(body, params["boundary"]), depth)
		return
	}
	disposition, named, _ := mime.ParseMediaType(head["content-disposition"])
	name := unfolded(cmp.Or(named["filename"], params["name"]))
	kind, _, _ := strings.Cut(media, "/")
	slot := map[string]**piece{"text/plain": &m.plain, "text/html": &m.html}[media]
	switch {
	case disposition != "attachment" && slot != nil && *slot == nil:
		*slot = m.piece("", head, body)
	case slot != nil && disposition != "attachment": // the footer of a mailing list
		m.left = append(m.left, "another "+media)
	case kind == "image" || kind == "audio" || kind == "video" || apart.has(media):
		m.left = append(m.left, media)
	default:
		if media == "message/rfc822" {
			name = cmp.Or(name, "mail.eml")
		}
		if p := m.piece(cmp.Or(name, fmt.Sprint("attachment ", len(m.attached)+1)), head, body); p != nil {
			m.attached = append(m.attached, *p)
		}
	}
}

// apart are the media types of what programs attach for one another.
var apart = set{names: "text/calendar application/ics application/pkcs7-signature application/x-pkcs7-signature application/pgp-signature application/ms-tnef text/x-vcard text/vcard"}

func (m *message) pieces(r *multipart.Reader, depth int) {
	for m.err == nil {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			m.err = io.ErrUnexpectedEOF
			return
		}
		head := map[string]string{}
		for name, values := range p.Header {
			head[strings.ToLower(name)] = values[0]
		}
		m.take(head, p, depth+1)
	}
}

// piece returns a piece as it was before it was encoded for the way, or nil.
func (m *message) piece(name string, head map[string]string, body io.Reader) *piece {
	switch strings.ToLower(head["content-transfer-encoding"]) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	data, err := io.ReadAll(io.LimitReader(body, mostWhole-m.size+1))
	if m.size += int64(len(data)); m.size > mostWhole {
		err = fmt.Errorf("more than %d MB", mostWhole>>20)
	}
	if err != nil && err != io.ErrUnexpectedEOF {
		err = damaged(err)
	}
	m.err = cmp.Or(m.err, err)
	if _, params, _ := mime.ParseMediaType(head["content-type"]); strings.EqualFold(params["format"], "flowed") {
		data = flowed(data)
	}
	return &piece{name, head["content-type"], data}
}

// flowed joins lines that end in a blank, where a program broke them for the
// way (RFC 3676). "-- " is the line before a signature.
func flowed(text []byte) []byte {
	var out []byte
	for line := range bytes.Lines(text) {
		end := bytes.TrimRight(line, "\r\n")
		if bytes.HasSuffix(end, []byte(" ")) && string(end) != "-- " {
			line = end
		}
		out = append(out, line...)
	}
	return out
}
