package segment

import (
	"slices"
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
	words      int // among them
}

// cutter parts a text. It goes through the text once; every look ahead is
// bounded.
type cutter struct {
	dict   *phrase.Dict
	t      phrase.Text
	lines  []textLine
	pieces []piece
	tok    int // the first token not before the place at work
	names  map[string]int
	next   int // the first not before the end of the last piece
}

// cut makes the pieces of a text.
func (c *cutter) cut(d *phrase.Dict, t phrase.Text) {
	c.dict, c.t = d, t
	c.pieces = slices.Grow(c.pieces, len(t.Text)/80+4)
	c.lines = splitLines(c.lines, t.Text)
	gap := false
	for _, l := range c.joined(c.lines) {
		if l.start == l.end {
			gap = true
			continue
		}
		c.line(l, gap)
		gap = false
	}
}

// line cuts a line at the bullets within it, then into sentences.
func (c *cutter) line(l textLine, gap bool) {
	text := c.t.Text
	before := len(c.pieces)
	start := l.start
	dashes := dashBullets(text[l.start:l.end])
	for i := l.start; i < l.end; {
		if !dashes {
			i += plain(text[i:l.end])
		}
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
	if len(s) < 160 || strings.Count(s, "-")+strings.Count(s, "*")+strings.Count(s, "–") < 4 {
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
	toks := c.tokens(l.start, l.end)
	for len(toks) > longest {
		c.pieces = append(c.pieces, piece{start: l.start, end: int(toks[longest-1].End), bullet: bullet, tokens: toks[:longest], words: phrase.Words(toks[:longest])})
		toks = toks[longest:]
		l.start = int(toks[0].Start)
	}
	c.pieces = append(c.pieces, piece{start: l.start, end: l.end, bullet: bullet, tokens: toks, words: phrase.Words(toks)})
}

// tokens returns those that lie in the bytes [start, end), behind all pieces
// so far.
func (c *cutter) tokens(start, end int) []phrase.Token {
	toks := c.t.Tokens
	from := c.next
	for from < len(toks) && int(toks[from].Start) < start {
		from++
	}
	c.next = from
	for c.next < len(toks) && int(toks[c.next].Start) < end {
		c.next++
	}
	return toks[from:c.next]
}
