package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A textLine is a line without its bullet sign and surrounding blanks.
type textLine struct {
	start, end int
	bullet     bool
	markup     bool
}

// splitLines parts the text at line ends of every kind, and appends the lines.
func splitLines(lines []textLine, text string) []textLine {
	start := 0
	for i := 0; i < len(text); {
		if !endsLine[text[i]] {
			i += max(1, plain(text[i:]))
			continue
		}
		n := lineEnd(text[i:])
		if n == 0 {
			i++
			continue
		}
		lines = append(lines, trimLine(text, start, i))
		i += n
		start = i
	}
	return append(lines, trimLine(text, start, len(text)))
}

// plain returns how many bytes at the beginning of a text, by eights, are
// neither controls nor beyond ASCII.
func plain(s string) int {
	n := 0
	for ; n+8 <= len(s); n += 8 {
		p := s[n : n+8]
		x := uint64(p[0]) | uint64(p[1])<<8 | uint64(p[2])<<16 | uint64(p[3])<<24 |
			uint64(p[4])<<32 | uint64(p[5])<<40 | uint64(p[6])<<48 | uint64(p[7])<<56
		if (x|(x-0x2020202020202020))&0x8080808080808080 != 0 {
			break
		}
	}
	return n
}

// endsLine are the bytes that a line end may begin with: the last two are those
// of U+0085 and of U+2028 and U+2029.
var endsLine = [256]bool{'\n': true, '\v': true, '\f': true, '\r': true, 0xc2: true, 0xe2: true}

// lineEnd returns the length of the line end that s begins with, or 0.
func lineEnd(s string) int {
	switch {
	case s[0] >= '\n' && s[0] <= '\r':
		if strings.HasPrefix(s, "\r\n") {
			return 2
		}
		return 1
	case s[0] < 0x80:
		return 0
	case strings.HasPrefix(s, "\u0085"):
		return 2
	case strings.HasPrefix(s, "\u2028"), strings.HasPrefix(s, "\u2029"):
		return 3
	}
	return 0
}

// trimLine takes blanks, a bullet sign or a list number, and the marks of a
// Markdown heading off a line.
func trimLine(text string, start, end int) textLine {
	l := textLine{start: start, end: end}
	l.trim(text)
	if l.start == l.end {
		return l
	}
	if rule(text[l.start:l.end]) {
		l.start = l.end
		return l
	}
	if text[l.start] == '#' {
		n := l.start
		for n < l.end && text[n] == '#' {
			n++
		}
		if n < l.end && text[n] == ' ' && n-l.start <= 6 {
			l.start, l.markup = n, true
			l.trim(text)
			return l
		}
	}
	if n := bulletLen(text[l.start:l.end]); n > 0 {
		l.start += n
		l.bullet = true
		l.trim(text)
	}
	if s := text[l.start:l.end]; len(s) > 4 && strings.HasPrefix(s, "**") && strings.HasSuffix(strings.TrimRight(s, ": "), "**") && strings.Count(s, "**") == 2 {
		l.markup = true
	}
	return l
}

func (l *textLine) trim(text string) {
	s := text[l.start:l.end]
	t := strings.TrimLeftFunc(s, blank)
	l.start += len(s) - len(t)
	t = strings.TrimRightFunc(t, blank)
	l.end = l.start + len(t)
}

func blank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == '\u2060' }

// rule reports whether a line is drawn rather than written: ----, ====, ****.
func rule(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// innerBullets are signs that part a line wherever they stand in it; bullets
// may also be other signs and letters, at the start of a line.
const (
	innerBullets = "\uf0b7\uf0a7•▪◦‣●○■□➢►▸✓✔✅➤"
	bullets      = innerBullets + "★☆▶→»⁃∙·–—-*+o§Øü"
)

// bulletLen returns the length of the bullet sign or list number that s begins
// with, or 0.
func bulletLen(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune(bullets, r) {
		if n == len(s) {
			return n
		}
		next, _ := utf8.DecodeRuneInString(s[n:])
		switch {
		case blank(next) || r > 0x2000 && r != '–' && r != '—' || r == '·':
			return n
		case (r == '*' || r == '-') && unicode.IsUpper(next) && strings.IndexByte(s[n:], '*') < 0: // "-Design", but not "*Bold*" or "-ish"
			return n
		}
		return 0
	}
	// 1. 1) (1) a) a. iv.
	i := 0
	if s[0] == '(' {
		i = 1
	}
	j := i
	for j < len(s) && j-i < 3 && s[j] >= '0' && s[j] <= '9' {
		j++
	}
	if j == i {
		for j < len(s) && j-i < 4 && strings.IndexByte("ivx", s[j]) >= 0 {
			j++
		}
	}
	if j == i && len(s) > i && s[i] >= 'a' && s[i] <= 'z' {
		j = i + 1
	}
	if j == i || j >= len(s) || s[j] != '.' && s[j] != ')' {
		return 0
	}
	if j++; j < len(s) && s[j] != ' ' && s[j] != '\t' && s[j] < 0x80 {
		return 0
	}
	return j
}

// joined joins the lines of text that an editor or mailer wrapped at a column.
// It is sure only where it sees many: a short line is a statement of its own.
func (c *cutter) joined(lines []textLine) []textLine {
	text := c.t.Text
	wrapped, long := 0, 0
	for i := 0; i+1 < len(lines); i++ {
		l, next := lines[i], lines[i+1]
		if n := l.end - l.start; n < 45 || n > 110 || next.start == next.end {
			continue
		}
		long++
		if lowerAt(text, next.start) && !next.bullet && !strings.ContainsRune(".!?:;", rune(text[l.end-1])) {
			wrapped++
		}
	}
	all := wrapped >= 3 && 3*wrapped >= long
	broken := 0
	for i := range lines {
		if c.inSentence(lines, i) {
			broken++
		}
	}
	out := lines[:0]
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		for i+1 < len(lines) && l.start < l.end {
			next, last := lines[i+1], lines[i]
			if next.start == next.end || next.bullet {
				break
			}
			open := !ended(text[l.start:l.end])
			if c.inSentence(lines, i) ||
				open && bold(next, text) && (c.inSentence(lines, i+1) || broken > 1 && (text[next.start-1] == ' ' || bold(last, text))) {
				l.end, l.markup = next.end, false
				i++
				continue
			}
			if l.markup || next.markup || last.end-last.start < 45 {
				break
			}
			low := lowerAt(text, next.start)
			if !(all && (open || low || text[l.end-1] != ':') || open && low && last.end-last.start >= 60) {
				break
			}
			l.end = next.end
			i++
		}
		out = append(out, l)
	}
	// "* **Deployment**" is a heading between bullets, an item among its like.
	before := false
	for i := range out {
		item := out[i].bullet && out[i].markup
		if item && (before || i+1 == len(out) || out[i+1].start == out[i+1].end || out[i+1].bullet && out[i+1].markup) {
			out[i].markup = false
		}
		before = item
	}
	return out
}

// bold reports whether a line is all in bold letters.
func bold(l textLine, text string) bool { return l.markup && text[l.start] == '*' }

// inSentence reports whether line i is the bold part of a sentence that stands
// on several lines, as renderings of HTML have it: "Know", "**Linux**",
// ", and like it."
func (c *cutter) inSentence(lines []textLine, i int) bool {
	text := c.t.Text
	if !bold(lines[i], text) || i+1 == len(lines) || ended(text[lines[i].start:lines[i].end]) {
		return false
	}
	next := lines[i+1]
	if next.start == next.end || next.bullet || !lowerAt(text, next.start) && strings.IndexByte(",.;:)(/&", text[next.start]) < 0 {
		return false
	}
	return c.dict.Whole(c.dict.Headings, bare(c.t.Range(lines[i].start, lines[i].end), text), text) == nil
}

// ended reports whether a line ends a sentence or leads in another, be it in
// bold letters.
func ended(line string) bool {
	line = strings.TrimRight(line, "* ")
	return line != "" && strings.IndexByte(".!?:;", line[len(line)-1]) >= 0
}
