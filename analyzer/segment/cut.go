package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"softgap/analyzer/phrase"
)

// A piece is a candidate for a statement: a bullet, a line, or a sentence.
type piece struct {
	start, end int
	bullet     bool // a bullet sign or a number stands before it
	line       bool // it is the whole of its line
	first      bool // it begins its line
	gap        bool // a blank line stands before it
	markup     bool // the source marks it as a heading: #, ** around it
	tokens     []phrase.Token
}

// cutter parts a text. It goes through the text once; every look ahead is
// bounded.
type cutter struct {
	dict   *phrase.Dict
	t      phrase.Text
	pieces []piece
	tok    int // the first token not before the place at work
	names  map[string]int
}

func cut(d *phrase.Dict, t phrase.Text) []piece {
	c := cutter{dict: d, t: t, pieces: make([]piece, 0, len(t.Text)/80+4)}
	lines := c.joined(splitLines(t.Text))
	gap := false
	for _, l := range lines {
		if l.start == l.end {
			gap = true
			continue
		}
		c.line(l, gap)
		gap = false
	}
	return c.pieces
}

// A textLine is a line without its bullet sign and surrounding blanks.
type textLine struct {
	start, end int
	bullet     bool
	markup     bool
}

// splitLines parts the text at line ends of every kind.
func splitLines(text string) []textLine {
	lines := make([]textLine, 0, strings.Count(text, "\n")+1)
	start := 0
	for i := 0; i < len(text); {
		if !endsLine[text[i]] {
			i++
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

// line cuts a line at the bullets within it, then into sentences.
func (c *cutter) line(l textLine, gap bool) {
	text := c.t.Text
	before := len(c.pieces)
	start := l.start
	dashes := dashBullets(text[l.start:l.end])
	for i := l.start; i < l.end; {
		for i < l.end && text[i] < 0x80 && (!dashes || text[i] != '-' && text[i] != '*') {
			i++
		}
		if i == l.end {
			break
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		inner := i > l.start && i+n < l.end
		if inner && (strings.ContainsRune(innerBullets, r) ||
			r == '·' && text[i-1] == ' ' && text[i+n] == ' ' ||
			dashes && dashBullet(text[:l.end], i, r)) {
			c.sentences(start, i, len(c.pieces) > before || l.bullet)
			start = i + n
		}
		i += n
	}
	c.sentences(start, l.end, len(c.pieces) > before || l.bullet)
	for i := before; i < len(c.pieces); i++ {
		p := &c.pieces[i]
		p.first = i == before
		p.gap = gap && p.first
		p.bullet = p.bullet || l.bullet && p.first
		p.line = len(c.pieces) == before+1
		p.markup = l.markup && p.line
	}
}

// dashBullets reports whether dashes stand for bullets: a long line that lost
// its line breaks has several before capital letters.
func dashBullets(s string) bool {
	if len(s) < 160 {
		return false
	}
	n := 0
	for i := range len(s) {
		switch s[i] {
		case '-', '*', "–"[0]:
			if r, _ := utf8.DecodeRuneInString(s[i:]); dashBullet(s, i, r) {
				n++
			}
		}
	}
	return n >= 4
}

// dashBullet reports whether r at i may be the sign of a bullet within a line:
// before a blank and a capital letter, behind a blank or, where the line break
// was lost with its blank, a word ("applications- Analyze").
func dashBullet(s string, i int, r rune) bool {
	if r != '-' && r != '*' && r != '–' || i == 0 {
		return false
	}
	rest, ok := strings.CutPrefix(s[i+utf8.RuneLen(r):], " ")
	next, _ := utf8.DecodeRuneInString(rest)
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	return ok && unicode.IsUpper(next) && (before == ' ' || unicode.IsLower(before) || strings.ContainsRune(".);", before))
}

// sentences cuts [start, end) at the ends of sentences.
func (c *cutter) sentences(start, end int, bullet bool) {
	text := c.t.Text
	from := start
	for c.tok < len(c.t.Tokens) && int(c.t.Tokens[c.tok].Start) < start {
		c.tok++
	}
	toks := c.t.Tokens
	for i := c.tok; i < len(toks) && int(toks[i].End) <= end; i++ {
		if toks[i].Flags&phrase.Sign == 0 {
			if i > c.tok && toks[i].Flags&phrase.Newline != 0 && toks[i-1].End == toks[i].Start && !c.named(from, i) { // a lost line break: "skillsAbility"
				c.add(from, int(toks[i].Start), bullet)
				from = int(toks[i].Start)
			}
			continue
		}
		switch text[toks[i].Start] {
		case '.', '!', '?':
		case ';':
			// A list run together with semicolons is several statements when
			// its parts are long.
			if int(toks[i].End) < end && int(toks[i].Start)-from > 60 && end-int(toks[i].End) > 60 {
				c.add(from, int(toks[i].End), bullet)
				from = int(toks[i].End)
			}
			continue
		case ':':
			if n := c.label(from, i, end); n > 0 {
				c.add(from, n, bullet)
				c.pieces[len(c.pieces)-1].markup = true
				from = n
			}
			continue
		default:
			continue
		}
		if c.numbers(from, i, end) {
			c.add(from, int(toks[i-1].Start), bullet)
			from = int(toks[i-1].Start)
			continue
		}
		if c.ends(i, end) {
			i = c.closing(i, end)
			stop := int(toks[i].End)
			for stop < end {
				r, n := utf8.DecodeRuneInString(text[stop:end])
				if !strings.ContainsRune("*_\"'”’»", r) {
					break
				}
				stop += n
			}
			c.add(from, stop, bullet)
			from = stop
		}
	}
	c.add(from, end, bullet)
}

// numbers reports whether the stop at token i is that of a number or letter
// in a list: "include: 1. Plan it. 2. Do it."
func (c *cutter) numbers(from, i, end int) bool {
	text, toks := c.t.Text, c.t.Tokens
	if i == 0 || i+1 >= len(toks) || int(toks[i+1].Start) >= end {
		return false
	}
	label, next := toks[i-1], toks[i+1]
	start := int(label.Start)
	size := int(label.End) - start
	short := size == 1 && (lowerAt(text, start) || label.Flags&phrase.Digits != 0) || size == 2 && label.Flags&phrase.Digits != 0
	return short && toks[i].Flags&phrase.Glued != 0 && next.Flags&(phrase.Capital|phrase.Glued) == phrase.Capital &&
		(start <= from || i > 1 && label.Flags&phrase.Glued == 0 && toks[i-2].Flags&phrase.Sign != 0 && strings.IndexByte(".:;!?)", text[toks[i-2].Start]) >= 0)
}

// named reports whether the word that ends with token i is a name in two parts
// and no lost line break: CyberCoders, which comes again. What stands before a
// lost one may be a heading.
func (c *cutter) named(from, i int) bool {
	toks := c.t.Tokens
	if toks[i-1].Flags&phrase.Capital == 0 || c.dict.Whole(c.dict.Headings, bare(c.t.Range(from, int(toks[i].Start)), c.t.Text), c.t.Text) != nil {
		return false
	}
	if c.names == nil {
		c.names = map[string]int{}
		for j := 1; j < len(toks); j++ {
			if toks[j].Flags&phrase.Newline != 0 && toks[j-1].End == toks[j].Start {
				c.names[c.t.Text[toks[j-1].Start:toks[j].End]]++
			}
		}
	}
	return c.names[c.t.Text[toks[i-1].Start:toks[i].End]] > 1
}

// closing returns the last of the stops and brackets glued to the stop at
// token i: "(and scanners.)", "?!".
func (c *cutter) closing(i, end int) int {
	toks := c.t.Tokens
	for i+1 < len(toks) && int(toks[i+1].End) <= end && toks[i+1].Flags&(phrase.Sign|phrase.Glued) == phrase.Sign|phrase.Glued && strings.IndexByte(".!?)]", c.t.Text[toks[i+1].Start]) >= 0 {
		i++
	}
	return i
}

// label returns where an inline heading ends ("Required Skills: Windows"), if
// the words from a piece's start to the colon at token i are a known heading.
func (c *cutter) label(from, i, end int) int {
	toks := c.t.Tokens
	stop := int(toks[i].End)
	if stop-from > 70 || stop >= end {
		return 0
	}
	lo := i
	for lo > 0 && int(toks[lo-1].Start) >= from {
		lo--
	}
	if i-lo == 0 || i-lo > 8 || c.dict.Whole(c.dict.Headings, toks[lo:i], c.t.Text) == nil {
		return 0
	}
	for stop < end && strings.IndexByte("*_", c.t.Text[stop]) >= 0 {
		stop++
	}
	return stop
}

// ends reports whether the stop at token i ends a sentence.
func (c *cutter) ends(i, end int) bool {
	text, toks := c.t.Text, c.t.Tokens
	last := c.closing(i, end)
	if last+1 >= len(toks) || int(toks[last+1].Start) >= end {
		return true
	}
	next := toks[last+1]
	glued := next.Flags&phrase.Glued != 0
	if !glued && lowerAt(text, int(next.Start)) {
		return false
	}
	capital := next.Flags&phrase.Capital != 0
	if text[toks[i].Start] != '.' {
		return !glued || capital && lowerBefore(text, int(toks[i].Start))
	}
	if i == 0 || toks[i].Flags&phrase.Glued == 0 && !glued {
		return !glued
	}
	word := toks[i-1]
	w := text[word.Start:word.End]
	if glued {
		// A lost line break: "Directors.This role". Node.js, ASP.NET and
		// U.S. are not: what follows is small, or what stands before is not.
		return capital && len(w) > 2 && lowerBefore(text, int(toks[i].Start)) && int(next.End)-int(next.Start) > 1 && lowerAt(text, int(next.Start)+1)
	}
	if len(w) == 1 && word.Flags&phrase.Sign == 0 && word.Flags&phrase.Digits == 0 {
		return !(capital && word.Flags&phrase.Capital != 0) && capital && word.Flags&phrase.Glued == 0 // an initial, U.S., e.g.
	}
	if c.dict.Is("abbreviation", toks[i-1:i]) {
		return false
	}
	return !c.dict.Is("closing", toks[i-1:i]) || capital
}

func lowerBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return unicode.IsLower(r) || r == ')'
}

// longest bounds the tokens of a piece, and with them the cost of a text
// without ends of sentences: what a statement holds is compared pair by pair.
const longest = 400

// add makes a piece of [start, end) without the blanks and signs around it,
// if anything is left.
func (c *cutter) add(start, end int, bullet bool) {
	l := textLine{start: start, end: end}
	l.trim(c.t.Text)
	if l.start < l.end {
		if n := bulletLen(c.t.Text[l.start:l.end]); n > 0 && n < l.end-l.start {
			l.start += n
			bullet = true
			l.trim(c.t.Text)
		}
	}
	if l.start >= l.end || rule(c.t.Text[l.start:l.end]) {
		return
	}
	toks := c.t.Range(l.start, l.end)
	for len(toks) > longest {
		c.pieces = append(c.pieces, piece{start: l.start, end: int(toks[longest-1].End), bullet: bullet})
		toks = toks[longest:]
		l.start = int(toks[0].Start)
	}
	c.pieces = append(c.pieces, piece{start: l.start, end: l.end, bullet: bullet})
}
