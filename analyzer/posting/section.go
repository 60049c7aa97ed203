package posting

import (
	"bytes"
	"slices"
	"strings"
	"sync"
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
	sections = slices.DeleteFunc(slices.Clone(sections), func(s section) bool { return strings.TrimSpace(s.text) == "" })
	size := 0
	for _, s := range sections {
		size += len("\n\n\n") + len(s.head) + len(s.text)
	}
	var out strings.Builder
	out.Grow(size)
	scratch := scratches.Get().(*[]byte)
	defer scratches.Put(scratch)
	before, known := (*scratch)[:0], 0 // the letters of so many of those in out
	kept := sections[:0]
	for _, s := range sections {
		if mayRepeat(kept, s.text) {
			for ; known < len(kept); known++ {
				before = letters(before, kept[known].text)
			}
			n := len(before)
			before = letters(before, s.text)
			if n > 0 && bytes.Contains(before[:n], bytes.TrimSpace(before[n:])) {
				before = before[:n]
				continue
			}
			known++
		}
		kept = append(kept, s)
		if out.Len() > 0 {
			out.WriteString("\n\n")
		}
		if s.head != "" {
			out.WriteString(s.head)
			out.WriteByte('\n')
		}
		out.WriteString(s.text)
	}
	*scratch = before
	return out.String()
}

// mayRepeat reports whether sections may hold a text, or cannot. They hardly
// ever do, and to look for a piece of a word of it is a tenth of the cost of
// comparing all.
func mayRepeat(sections []section, text string) bool {
	if len(sections) == 0 {
		return false
	}
	piece := longestPiece(text[:min(len(text), 512)])
	return slices.ContainsFunc(sections, func(s section) bool { return len(piece) < 4 || mentions(s.text, piece) })
}

// longestPiece returns the longest run of letters of ASCII, but for i and k,
// which letters beyond ASCII become when they are made small (İ, the sign K).
func longestPiece(s string) string {
	longest, from := "", 0
	for i := range len(s) + 1 {
		if i < len(s) && isLetter(s[i]) && s[i]|0x20 != 'i' && s[i]|0x20 != 'k' {
			continue
		}
		if i-from > len(longest) {
			longest = s[from:i]
		}
		from = i + 1
	}
	return longest
}

// byFrequency are the letters of a piece, the most frequent first.
const byFrequency = "etaonrshdlucmfwygpbvxjqz"

// mentions reports whether s holds a piece of a word, in capitals or not: it
// looks for the rarest of its letters.
func mentions(s, piece string) bool {
	rarest := 0
	for i := range len(piece) {
		if strings.IndexByte(byFrequency, piece[i]|0x20) > strings.IndexByte(byFrequency, piece[rarest]|0x20) {
			rarest = i
		}
	}
	last := len(s) - len(piece) + rarest // where it can be
	for _, letter := range []byte{piece[rarest] | 0x20, piece[rarest] &^ 0x20} {
		for i := rarest; i <= last; i++ {
			n := strings.IndexByte(s[i:last+1], letter)
			if n < 0 {
				break
			}
			if i += n; strings.EqualFold(s[i-rarest:][:len(piece)], piece) {
				return true
			}
		}
	}
	return false
}

// repeats reports whether a list holds nothing that the sections do not: lists
// of skills are mostly made from the description.
func repeats(all []section, skills string) bool {
	if len(all) == 0 {
		return false
	}
	scratch := scratches.Get().(*[]byte)
	defer scratches.Put(scratch)
	text := lower((*scratch)[:0], all[0].text)
	*scratch = text
	for s := range strings.FieldsFuncSeq(strings.ToLower(skills), func(r rune) bool { return strings.ContainsRune(",;|[]'\"\n", r) }) {
		if !bytes.Contains(text, []byte(strings.TrimSpace(s))) {
			return false
		}
	}
	return true
}

// scratches hold texts in small letters while they are compared.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

// lower appends a text in small letters.
func lower(b []byte, s string) []byte {
	b = slices.Grow(b, len(s))
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, lowerRune(r))
			i += size
			continue
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		b = append(b, c)
		i++
	}
	return b
}

// lowerRune is unicode.ToLower, which searches its tables for the dashes,
// quotes and bullets of every text.
func lowerRune(r rune) rune {
	if r >= 0x2000 && r < 0x2100 {
		return r
	}
	return unicode.ToLower(r)
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
			b = utf8.AppendRune(b, lowerRune(r))
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
