package posting

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// A page and a text in several character sets, declared in several ways.
func TestCharset(t *testing.T) {
	const want = "Ingénieur système à Genève, “R&D”"
	latin := "Ing\xe9nieur syst\xe8me \xe0 Gen\xe8ve, \x93R&D\x94" // windows-1252
	wide := func(e unicode.Endianness, b unicode.BOMPolicy, s string) string {
		out, err := unicode.UTF16(e, b).NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	meta := func(charset, text string) string {
		return `<html><head><meta charset="` + charset + `"><title>t</title></head><body><p>` + text + `</p></body></html>`
	}
	for _, c := range []struct {
		name, source, contentType, body string
		warned                          bool
	}{
		{"utf-8", "a.txt", "", want, false},
		{"utf-8 said to be latin-1", "a.txt", "text/plain; charset=iso-8859-1", want, false},
		{"latin-1 said to be utf-8", "a.txt", "text/plain; charset=utf-8", latin, true},
		{"latin-1 undeclared", "a.txt", "", latin, true},
		{"latin-1 by header", "a.txt", "text/plain; charset=iso-8859-1", latin, true},
		{"unknown by header", "a.txt", "text/plain; charset=klingon", latin, true},
		{"utf-16 said, utf-8 sent", "a.txt", "text/plain; charset=utf-16", want, false},
		{"utf-16le with mark", "a.txt", "", wide(unicode.LittleEndian, unicode.UseBOM, want), true},
		{"utf-16be with mark", "a.txt", "", wide(unicode.BigEndian, unicode.UseBOM, want), true},
		{"utf-16le without mark", "a.txt", "", wide(unicode.LittleEndian, unicode.IgnoreBOM, want), true},
		{"utf-16be without mark", "a.txt", "", wide(unicode.BigEndian, unicode.IgnoreBOM, want), true},
		{"page in utf-8", "a.html", "", meta("utf-8", want), false},
		{"page in utf-8 with mark", "a.html", "", "\uFEFF" + meta("utf-8", want), false},
		{"page in utf-8 said to be latin-1", "a.html", "", meta("iso-8859-1", want), false},
		{"page in latin-1 by meta", "a.html", "", meta("windows-1252", latin), true},
		{"page in latin-1 by header", "a.html", "text/html; charset=windows-1252", meta("utf-8", latin), true},
		{"page in latin-1 said to be utf-8", "a.html", "", meta("utf-8", latin), true},
		{"page in utf-16", "a.html", "", wide(unicode.LittleEndian, unicode.UseBOM, meta("utf-16", want)), true},
		{"page said to be in utf-16", "a.html", "", meta("utf-16", want), false},
		{"page with entities", "a.html", "", meta("us-ascii", "Ing&eacute;nieur syst&#232;me &agrave; Gen&#xE8;ve, &ldquo;R&amp;D&rdquo;"), false},
	} {
		p := lawful(t, Document{Source: c.source, ContentType: c.contentType, Body: strings.NewReader(c.body)})[0]
		if p.Text != want {
			t.Errorf("%s: read %q, want %q", c.name, p.Text, want)
		}
		if warned := len(p.Warnings) > 0; warned != c.warned {
			t.Errorf("%s: warnings %q", c.name, p.Warnings)
		}
	}
}

// Other sets are read where they are declared, and not guessed.
func TestCharsetDeclared(t *testing.T) {
	for charset, c := range map[string]struct{ body, want string }{
		"windows-1251": {"\xc8\xed\xe6\xe5\xed\xe5\xf0", "Инженер"},
		"iso-8859-2":   {"in\xbfynier", "inżynier"},
		"shift_jis":    {"\x8b\x5a\x8f\x70\x8e\xd2", "技術者"},
		"gbk":          {"\xb9\xa4\xb3\xcc\xca\xa6", "工程师"},
	} {
		p := lawful(t, Document{Source: "a.txt", ContentType: "text/plain; charset=" + charset, Body: strings.NewReader(c.body)})[0]
		if p.Text != c.want || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], charset) {
			t.Errorf("%s: read %q, warnings %q", charset, p.Text, p.Warnings)
		}
	}
}

// Text that is UTF-8 but for a few bytes is mended, not taken for Latin-1.
func TestBrokenUTF8(t *testing.T) {
	p := lawful(t, Document{Source: "a.txt", Body: strings.NewReader("Café, naïve, r\xffésumé and “quotes”")})[0]
	if p.Text != "Café, naïve, r\uFFFDésumé and “quotes”" || len(p.Warnings) != 1 {
		t.Errorf("read %q, warnings %q", p.Text, p.Warnings)
	}
}
