package posting

import (
	"strings"
	"unicode/utf8"
)

// A body is text read from a document piece by piece, with the runs it was
// made of. Line ends and marks are owed until something visible follows, so
// that none is written twice or at the end of a line.
type body struct {
	text  []byte
	runs  []run
	title string // of a paragraph that is called one
	owed  int    // line ends before the next text, at most 2
	mark  string // a bullet or the bar between two cells
	last  style  // of the paragraph written last
	next  style  // of the paragraph being written
}

// A run is a stretch of a document's text that is a stretch of a part of its
// file as well: the bytes of the text are those of the part's character data,
// escapes resolved, from a place in them on. It is what edits of the text can
// be written back by.
type run struct {
	Span
	part   string
	offset int64 // of the character data in the part
	from   int   // in the character data
}

// cellBar parts the cells of a table's row.
const cellBar = " | "

// begin begins a paragraph, before any of its text: lists are dense, and a
// heading stands on what it heads.
func (b *body) begin(s style) {
	if b.owed == 0 && len(b.text) > 0 {
		return // the line goes on
	}
	s.list = s.list && !s.heading
	b.owed, b.mark = 2, ""
	if b.last.heading || s.list && b.last.list {
		b.owed = 1
	}
	if s.list {
		b.mark = bullet
	}
	b.next = s
}

// separate writes what is owed.
func (b *body) separate() {
	if len(b.text) > 0 {
		b.text = append(b.text, "\n\n"[:b.owed]...)
	}
	b.text = append(b.text, b.mark...)
	b.owed, b.mark, b.last = 0, "", b.next
}

// write adds text that stands in no run.
func (b *body) write(s string) {
	b.separate()
	b.text = append(b.text, s...)
}

// blank adds a blank within a line.
func (b *body) blank() {
	if n := len(b.text); n > 0 && b.owed == 0 && b.mark == "" && b.text[n-1] != ' ' {
		b.text = append(b.text, ' ')
	}
}

// inLine makes blanks of line ends in a run, as it would be printed.
var inLine = strings.NewReplacer("\n", " ", "\t", " ")

// run adds the text of a run, but for invisible characters.
func (b *body) run(s string, r run) {
	for r.from < len(s) {
		piece := s[r.from:]
		skip := 0
		if n := strings.IndexFunc(piece, func(c rune) bool { return !visible(c) && c != '\n' && c != '\t' }); n >= 0 {
			_, skip = utf8.DecodeRuneInString(piece[n:])
			piece = piece[:n]
		}
		if strings.TrimSpace(piece) != "" || b.owed == 0 && b.mark == "" && len(b.text) > 0 && piece != "" {
			b.separate()
			r.Span = Span{len(b.text), len(b.text) + len(piece)}
			b.text = append(b.text, inLine.Replace(piece)...)
			b.runs = append(b.runs, r)
		}
		r.from += len(piece) + skip
	}
}

// lines ends a line, and takes off the blanks at its end; n is 2 for an empty
// line after it.
func (b *body) lines(n int) {
	for len(b.text) > 0 && b.text[len(b.text)-1] == ' ' {
		b.text = b.text[:len(b.text)-1]
	}
	for i := len(b.runs) - 1; i >= 0 && b.runs[i].End > len(b.text); i-- {
		if b.runs[i].End = len(b.text); b.runs[i].Start >= len(b.text) {
			b.runs = b.runs[:i]
		}
	}
	b.owed, b.mark = max(b.owed, n), ""
}

// add writes another body behind this one.
func (b *body) add(c *body) {
	c.lines(1)
	if len(c.text) == 0 {
		return
	}
	b.separate()
	for _, r := range c.runs {
		r.Start, r.End = r.Start+len(b.text), r.End+len(b.text)
		b.runs = append(b.runs, r)
	}
	b.text = append(b.text, c.text...)
}
