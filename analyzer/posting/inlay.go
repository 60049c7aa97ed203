package posting

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// An inlay is a text as it stands in a document: what it says, where the
// document says each byte of it, and how the document would say other words.
// Texts are written within each other: a page in a string of JSON in a script
// of a page, and each layer has its spelling.
type inlay struct {
	text  string
	at    []int // by byte of text, and one for its end: the place in the document
	spell func(string) string
}

// A spelling is a way to write a text within another. Next reads the first
// sign of what is written, and says its size; spell writes words.
type spelling struct {
	next  func(string) (said string, size int)
	spell func(string) string
}

// plainly is a part of a document as it stands there.
func plainly(document string, s Span) inlay {
	at := make([]int, s.Len()+1)
	for i := range at {
		at[i] = s.Start + i
	}
	return inlay{document[s.Start:s.End], at, func(words string) string { return words }}
}

// read takes a layer off.
func (w inlay) read(x spelling) inlay {
	var b strings.Builder
	at := make([]int, 0, len(w.at))
	for i := 0; i < len(w.text); {
		said, size := x.next(w.text[i:])
		b.WriteString(said)
		for range len(said) {
			at = append(at, w.at[i])
		}
		i += size
	}
	return inlay{b.String(), append(at, w.at[len(w.text)]), func(words string) string { return w.spell(x.spell(words)) }}
}

// edited returns edits of the text as edits of the document.
func (w inlay) edited(edits []Edit) []Edit {
	out := make([]Edit, len(edits))
	for i, e := range edits {
		out[i] = Edit{Span{w.at[e.Start], w.at[e.End]}, w.spell(e.Text)}
	}
	return out
}

// asMarkup writes words between the tags of a page.
var asMarkup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace

// entities is the spelling of markup that was escaped once more.
var entities = spelling{
	next: func(s string) (string, int) {
		if s[0] == '&' {
			if n := strings.IndexByte(s[:min(len(s), longestEntity)], ';'); n > 0 {
				if said := html.UnescapeString(s[:n+1]); said != s[:n+1] {
					return said, n + 1
				}
			}
		}
		return s[:1], 1
	},
	spell: strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace,
}

// quoted is the spelling of a string of JSON in a script. Words are put in with
// the habits of what is there: signs beyond ASCII, the bracket of a tag and its
// slash as codes or as they are. Nothing that is put in ends the script.
func quoted(there string) spelling {
	ascii := strings.IndexFunc(there, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
	brackets := strings.ContainsAny(there, "<>&")
	slash := "/"
	if strings.Contains(there, `<\/`) || !brackets && strings.Contains(there, `\/`) {
		slash = `\/`
	}
	return spelling{readQuoted, func(words string) string {
		var b strings.Builder
		for i, r := range words {
			switch {
			case r == '"' || r == '\\':
				b.WriteString(`\` + string(r))
			case r == '\n':
				b.WriteString(`\n`)
			case r == '<' && !(brackets && beginsPlainTag(words[i:])), (r == '>' || r == '&') && !brackets,
				r < ' ', r == '\u2028', r == '\u2029', ascii && r >= utf8.RuneSelf:
				for _, u := range utf16.AppendRune(nil, r) {
					fmt.Fprintf(&b, `\u%04x`, u)
				}
			case r == '/' && i > 0 && words[i-1] == '<':
				b.WriteString(slash)
			default:
				b.WriteRune(r)
			}
		}
		return b.String()
	}}
}

// beginsPlainTag reports whether markup begins with a tag that means nothing to
// the script around it.
func beginsPlainTag(s string) bool {
	s = strings.TrimPrefix(s[1:], "/")
	name := elementName(s)
	return name != "" && !strings.HasPrefix(name, "script") && len(name) < len(s)
}

// readQuoted reads a sign of a string of JSON, as jsonValues does: an unknown
// escape is the sign alone, a raw control character a blank.
func readQuoted(s string) (string, int) {
	switch {
	case s[0] < ' ' && s[0] != '\n':
		return " ", 1
	case s[0] != '\\' || len(s) == 1:
		return s[:1], 1
	case s[1] == 'u':
		r, size := readCode(s), 6
		if utf16.IsSurrogate(r) {
			if r = utf16.DecodeRune(r, readCode(s[min(size, len(s)):])); r != utf8.RuneError {
				size = 12
			}
		}
		return string(r), min(size, len(s))
	}
	if i := strings.IndexByte("nrtbf", s[1]); i >= 0 {
		return "\n\r\t\b\f"[i : i+1], 2
	}
	return s[1:2], 2
}

// readCode reads a code of four digits, \u00e9, or returns U+FFFD.
func readCode(s string) rune {
	if len(s) >= 6 && s[:2] == `\u` {
		if n, err := strconv.ParseUint(s[2:6], 16, 16); err == nil {
			return rune(n)
		}
	}
	return utf8.RuneError
}
