package posting

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
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

// decode returns the bytes as UTF-8 without byte order mark. A mark is surer
// than a declaration, valid UTF-8 beyond ASCII surer than a declaration of
// another set (a page saved by a browser keeps the old one), and a declaration
// surer than a guess.
func decode(b []byte, contentType string) (string, []string) {
	if w := wide(b); w != "" {
		order := unicode.LittleEndian
		if w == "utf-16be" {
			order = unicode.BigEndian
		}
		out, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(b)
		if err == nil {
			return clean(string(out)), []string{"converted from " + w + ": offsets are those of the converted text"}
		}
	}
	declared, certain := declaration(b, contentType)
	b = bytes.TrimPrefix(b, []byte("\uFEFF"))
	valid := utf8.Valid(b)
	if valid && (!certain || declared == "utf-8" || bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0) {
		return string(b), nil
	}
	if good, bad := sequences(b); !valid && (good > bad || declared == "utf-8" && good > 0) {
		return strings.ToValidUTF8(string(b), "\uFFFD"), []string{fmt.Sprintf("%d bytes are not UTF-8 and were replaced: offsets are those of the mended text", bad)}
	}
	if !certain || declared == "utf-8" || declared == "replacement" || strings.HasPrefix(declared, "utf-16") {
		declared = "windows-1252" // what undeclared bytes most often are
	}
	e, _ := charset.Lookup(declared)
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD"), []string{"not all bytes could be converted to UTF-8"}
	}
	if bytes.Equal(out, b) {
		return string(b), nil
	}
	return clean(string(out)), []string{"converted from " + declared + ": offsets are those of the converted text"}
}

func clean(s string) string {
	return strings.ToValidUTF8(strings.TrimPrefix(s, "\uFEFF"), "\uFFFD")
}

// declaration returns the character set that the header or, in a page, a meta
// element names, and whether there is such a statement at all.
func declaration(b []byte, contentType string) (string, bool) {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if e, name := charset.Lookup(params["charset"]); e != nil {
			return name, true
		}
	}
	// The library calls a meta element's word as uncertain as its own guess:
	// it is asked only where the name is there to be found.
	head := bytes.ToLower(b[:min(len(b), 1024)])
	if !bytes.Contains(head, []byte("<meta")) || !bytes.Contains(head, []byte("charset")) {
		return "", false
	}
	_, name, _ := charset.DetermineEncoding(b, "")
	return name, true
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
