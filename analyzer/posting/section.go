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
	size := 0
	for _, s := range sections {
		size += len("\n\n\n") + len(s.head) + len(s.text)
	}
	out.Grow(size)
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
			out.WriteString(s.head)
			out.WriteByte('\n')
		}
		out.WriteString(s.text)
	}
	return out.String()
}

// letters appends a text without what differs between two renderings of it,
// a blank between its words and at its end.
func letters(b []byte, s string) []byte {
	blank := len(b) == 0 || b[len(b)-1] == ' ' // where it would be one too many
	for s != "" {
		ascii := beyondASCII(s, 0)
		b = slices.Grow(b, ascii+utf8.UTFMax+1)
		to, n := b[len(b):len(b)+ascii], 0
		for i := range ascii {
			c := letterOf[s[i]]
			to[n] = c
			if c != ' ' || !blank {
				n++
			}
			blank = c == ' '
		}
		b = b[:len(b)+n]
		r, size := utf8.DecodeRuneInString(s[ascii:])
		s = s[ascii+size:]
		switch {
		case size == 0:
		case r != '•':
			b = utf8.AppendRune(b, unicode.ToLower(r))
			blank = false
		case !blank:
			b = append(b, ' ')
			blank = true
		}
	}
	if !blank {
		b = append(b, ' ')
	}
	return b
}

// letterOf is what letters makes of a byte of ASCII.
var letterOf = func() (table [256]byte) {
	for c := range utf8.RuneSelf {
		switch {
		case c >= 'A' && c <= 'Z':
			table[c] = byte(c) | 0x20
		case c <= ' ' || strings.ContainsRune("-*.,;:|", rune(c)):
			table[c] = ' '
		default:
			table[c] = byte(c)
		}
	}
	return table
}()
