package posting

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// wide names the UTF-16 a document is in, by its mark or by the zero half of
// its Latin letters, or "".
func wide(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return "utf-16le"
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return "utf-16be"
	}
	head := b[:min(len(b), 1024)]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch half := len(head) / 2; {
	case half < 8:
		return ""
	case zeros[1] > half*3/4 && zeros[0] == 0:
		return "utf-16le"
	case zeros[0] > half*3/4 && zeros[1] == 0:
		return "utf-16be"
	}
	return ""
}

// charsetOf names the character set of a text, or is empty for UTF-8. A mark is
// surer than a declaration, valid UTF-8 beyond ASCII surer than a declaration
// of another set (a page saved by a browser keeps the old one), and a
// declaration surer than a guess.
func charsetOf(b []byte, contentType string) string {
	if w := wide(b); w != "" {
		return w
	}
	declared, certain := declaration(b, contentType)
	b = bytes.TrimPrefix(b, []byte("\uFEFF"))
	valid := utf8.Valid(b)
	if valid && (!certain || declared == "utf-8" || bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0) {
		return ""
	}
	if good, bad := sequences(b); !valid && (good > bad || declared == "utf-8" && good > 0) {
		return ""
	}
	if !certain || declared == "utf-8" || declared == "replacement" || strings.HasPrefix(declared, "utf-16") {
		return "windows-1252" // what undeclared bytes most often are
	}
	return declared
}

func decoderOf(name string) *encoding.Decoder {
	switch name {
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	}
	e, _ := charset.Lookup(name)
	return e.NewDecoder()
}

// decode returns the bytes as UTF-8 without byte order mark, and what a reader
// of the text should know of it.
func decode(b []byte, contentType string) (string, []string) {
	name := charsetOf(b, contentType)
	if name == "" {
		b = bytes.TrimPrefix(b, []byte("\uFEFF"))
		if utf8.Valid(b) {
			return string(b), nil
		}
		_, bad := sequences(b)
		return strings.ToValidUTF8(string(b), "\uFFFD"), []string{fmt.Sprintf("%d bytes are not UTF-8 and were replaced: offsets are those of the mended text", bad)}
	}
	out, err := decoderOf(name).Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD"), []string{"not all bytes could be converted to UTF-8"}
	}
	if bytes.Equal(out, b) {
		return string(b), nil
	}
	return clean(string(out)), []string{"converted from " + name + ": offsets are those of the converted text"}
}

// wholeRunes is b without the rune, or half of a wide letter, that its end
// cuts.
func wholeRunes(b []byte) []byte {
	if wide(b) != "" {
		return b[:len(b)&^1]
	}
	for n := 1; n <= utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-n:]) {
				return b[:len(b)-n]
			}
			break
		}
	}
	return b
}

// utf8 returns the document as a stream of UTF-8 without byte order mark. What
// of it is no UTF-8 is the business of who reads the records.
func (in *input) utf8() io.Reader {
	head := in.head
	if !in.all {
		head = wholeRunes(head)
	}
	name := charsetOf(head, in.ContentType)
	if name == "" {
		if bytes.HasPrefix(head, []byte("\uFEFF")) {
			_, _ = in.body.Discard(3) // they are in the buffer
		}
		return in.body
	}
	return transform.NewReader(in.body, decoderOf(name))
}

func clean(s string) string {
	return strings.ToValidUTF8(strings.TrimPrefix(s, "\uFEFF"), "\uFFFD")
}

// declaration returns the character set that the header, an XML declaration or,
// in a page, a meta element names, and whether there is such a statement at all.
func declaration(b []byte, contentType string) (string, bool) {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if e, name := charset.Lookup(params["charset"]); e != nil {
			return name, true
		}
	}
	if e, name := charset.Lookup(declaredXML(b)); e != nil {
		return name, true
	}
	// The library calls a meta element's word as uncertain as its own guess:
	// it is asked only where the name is there to be found.
	head := b[:min(len(b), 1024)]
	if bytes.IndexByte(head, '<') < 0 {
		return "", false
	}
	head = bytes.ToLower(head)
	if !bytes.Contains(head, []byte("<meta")) || !bytes.Contains(head, []byte("charset")) {
		return "", false
	}
	_, name, _ := charset.DetermineEncoding(b, "")
	return name, true
}

// declaredXML returns the character set that an XML declaration names, or "".
func declaredXML(b []byte) string {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\uFEFF")), " \t\r\n")
	if !bytes.HasPrefix(b, []byte("<?xml")) {
		return ""
	}
	declaration, _, _ := bytes.Cut(b[:min(len(b), 256)], []byte("?>"))
	_, name, _ := bytes.Cut(declaration, []byte("encoding"))
	return strings.Trim(string(name), " \t\r\n='\"")
}

// sequences counts the well-formed UTF-8 sequences beyond ASCII and the bytes
// that belong to none.
func sequences(b []byte) (good, bad int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		b = b[n:]
	}
	return good, bad
}
