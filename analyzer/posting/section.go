package posting

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A section is a part of a posting's text with the heading it goes under, or
// none.
type section struct{ head, text string }

// join makes one text of sections. One without text is left out, and so is one
// that those before it hold already: exports give a text as a whole and again
// in parts.
func join(sections []section) string {
	var out strings.Builder
	var before []byte // letters of what is in out
	sections = slices.DeleteFunc(slices.Clone(sections), func(s section) bool { return strings.TrimSpace(s.text) == "" })
	for _, s := range sections {
		n := len(before)
		if len(sections) > 1 { // else there is nothing to compare, at half the cost of reading a record
			before = letters(before, s.text)
		}
		if n > 0 && bytes.Contains(before[:n], bytes.TrimSpace(before[n:])) {
			before = before[:n]
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n\n")
		}
		if s.head != "" {
			out.WriteString(s.head + "\n")
		}
		out.WriteString(s.text)
	}
	return out.String()
}

// letters appends a text without what differs between two renderings of it,
// a blank between its words and at its end.
func letters(b []byte, s string) []byte {
	b = slices.Grow(b, len(s)+1)
	for _, r := range s {
		switch {
		case r >= utf8.RuneSelf && r != '•':
			b = utf8.AppendRune(b, unicode.ToLower(r))
		case r >= 'a' && r <= 'z':
			b = append(b, byte(r))
		case r >= 'A' && r <= 'Z':
			b = append(b, byte(r)|0x20)
		case r <= ' ' || strings.ContainsRune("•-*.,;:|", r):
			if len(b) > 0 && b[len(b)-1] != ' ' {
				b = append(b, ' ')
			}
		default:
			b = append(b, byte(r))
		}
	}
	if len(b) > 0 && b[len(b)-1] != ' ' {
		b = append(b, ' ')
	}
	return b
}
