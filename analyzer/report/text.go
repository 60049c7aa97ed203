package report

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// visible reports whether a rune may be shown as it is. Control characters
// could drive the terminal, direction marks could reorder what is read;
// joiners stay, for emoji and scripts need them.
func visible(c rune) bool {
	switch {
	case strconv.IsPrint(c), c == '\u200c', c == '\u200d': // the first is quick and true of most
		return true
	case unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co):
		return false
	}
	return true
}

// widthless reports whether a rune only says where a word may break, as those
// that people paste along with a web page's text do.
func widthless(c rune) bool {
	return c == '\u00ad' || c == '\u200b' || c == '\u2060' || c == '\ufeff'
}

// clean makes a stranger's text fit for one line of a terminal: runs of white
// space become a blank, what has no width goes, every other control character
// and every bad byte becomes U+FFFD.
func clean(s string) string {
	var b strings.Builder
	blank := false
	for _, c := range s {
		if unicode.IsSpace(c) {
			blank = true
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		switch {
		case widthless(c):
		case visible(c):
			b.WriteRune(c)
		default:
			b.WriteRune(unicode.ReplacementChar)
		}
	}
	return b.String()
}

// columns is the width of s on a terminal. It is the table library's own
// measure, so that what is wrapped here is aligned there; East Asian
// ambiguous signs count as narrow whatever the locale, so that the same
// Report gives the same bytes.
func columns(s string) int {
	return twwidth.WidthWithOptions(s, twwidth.Options{})
}

// cut shortens s to at most n columns, with an ellipsis.
func cut(s string, n int) string {
	if columns(s) <= n {
		return s
	}
	head, _ := split(s, n-3)
	return strings.TrimRight(head, " ") + "..."
}

// split parts s after at most n columns, and after one rune at least. Joined
// emoji may come out narrower than n: a row of runes is never narrower than
// the sign it makes.
func split(s string, n int) (head, tail string) {
	wide := 0
	for i, c := range s {
		wide += columns(string(c))
		if wide > n && i > 0 {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// wrap breaks cleaned text into lines of at most n columns, at blanks where
// it can.
func wrap(s string, n int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && columns(line)+1+columns(word) > n {
			lines = append(lines, line)
			line = ""
		}
		for {
			head, tail := split(word, n)
			if tail == "" {
				break
			}
			lines = append(lines, head)
			word = tail
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// pad fills s with blanks to n columns.
func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-columns(s))) }

// A style is an ANSI attribute.
type style string

const (
	plain  style = ""
	bold   style = "1"
	dim    style = "2"
	green  style = "32"
	yellow style = "33"
	cyan   style = "36"
)

// A page gathers lines for a terminal. Nothing reaches it but what has been
// cleaned; the only escape sequences are its own.
type page struct {
	bytes.Buffer
	width int
	color bool

	t     *tablewriter.Table // see grid
	drawn bytes.Buffer       // what it draws
}

func newPage(o Options) *page { return &page{width: o.width(), color: o.Color} }

func (p *page) paint(s string, st style) string {
	if !p.color || st == plain || s == "" {
		return s
	}
	return "\x1b[" + string(st) + "m" + s + "\x1b[0m"
}

// line writes cleaned text, wrapped, with an indent and a hanging indent for
// the lines after the first.
func (p *page) line(st style, indent, hang int, text string) {
	for i, l := range wrap(text, p.width-max(indent, hang)) {
		if i > 0 {
			indent = hang
		}
		fmt.Fprintf(p, "%s%s\n", strings.Repeat(" ", indent), p.paint(l, st))
	}
}

// linef is line with a format. Its arguments must be cleaned.
func (p *page) linef(st style, indent int, format string, args ...any) {
	p.line(st, indent, indent+2, fmt.Sprintf(format, args...))
}

func (p *page) blank() { p.WriteByte('\n') }
