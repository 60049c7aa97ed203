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

// magic names what is not text by its first bytes.
var magic = []struct{ begin, what string }{
	{"\x89PNG\r\n", "PNG image"},
	{"\xFF\xD8\xFF", "JPEG image"},
	{"GIF87a", "GIF image"},
	{"GIF89a", "GIF image"},
	{"%PDF-", "PDF document"},
	{"PK\x03\x04", "zip archive or Office document"},
	{"PK\x05\x06", "empty zip archive"},
	{"\x1F\x8B", "gzip file"},
	{"\x28\xB5\x2F\xFD", "zstd file"},
	{"BZh", "bzip2 file"},
	{"\xFD7zXZ", "xz file"},
	{"7z\xBC\xAF", "7z archive"},
	{"Rar!", "RAR archive"},
	{"PAR1", "Parquet file"},
	{"\xD0\xCF\x11\xE0", "old Office document"},
	{`{\rtf`, "RTF document"},
	{"\x7FELF", "program"},
	{"SQLite format 3\x00", "SQLite database"},
}

// binary says what a document is that is not text, or "".
func binary(b []byte) string {
	for _, m := range magic {
		if bytes.HasPrefix(b, []byte(m.begin)) {
			return m.what
		}
	}
	if bytes.IndexByte(b, 0) >= 0 && wide(b) == "" {
		return "binary data"
	}
	return ""
}

func isBinary(in *input) bool { return binary(in.Body) != "" }

func readBinary(in *input) []Posting {
	return []Posting{{Problem: "not text: " + binary(in.Body)}}
}

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
	good, bad := sequences(b)
	if bad == 0 && (good > 0 || !certain || declared == "utf-8") {
		return string(b), nil
	}
	if good > bad || declared == "utf-8" && good > 0 {
		return strings.ToValidUTF8(string(b), "\uFFFD"), []string{fmt.Sprintf("%d bytes are not UTF-8 and were replaced", bad)}
	}
	if !certain || declared == "utf-8" || declared == "replacement" {
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
	_, name, certain := charset.DetermineEncoding(b, "")
	if !certain && name == "windows-1252" {
		// The library calls a meta element's word uncertain too: ask whether
		// the name was there to be found.
		head := bytes.ToLower(b[:min(len(b), 1024)])
		certain = bytes.Contains(head, []byte("charset")) && bytes.Contains(head, []byte("<meta"))
	}
	return name, certain || name != "windows-1252" && name != "utf-8"
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
