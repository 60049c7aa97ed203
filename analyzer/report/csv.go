package report

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	gojson "github.com/goccy/go-json"

	"softgap/analyzer"
)

// csvWriter writes a sheet as RFC 4180 has it, in UTF-8, with "\n" after each
// row. Each row is made whole before a byte of it is written. A cell without a
// value is empty.
type csvWriter struct {
	w     io.Writer
	sheet sheet
	buf   bytes.Buffer
	csv   *csv.Writer
	row   []string
}

func newCSV(w io.Writer, s sheet, o Options) Writer {
	c := &csvWriter{w: w, sheet: s, row: make([]string, len(s.header))}
	c.csv = csv.NewWriter(&c.buf)
	if o.After == 0 {
		for i, h := range s.header {
			c.row[i] = guarded(h.name)
		}
		_ = c.csv.Write(c.row) // it goes out with the first row, or at the end
	}
	return c
}

func (c *csvWriter) Write(r *analyzer.Report) error {
	_ = c.sheet.rows(r, func(cells []cell) error {
		for i, x := range cells {
			c.row[i] = cellText(c.sheet.header[i].kind, x)
		}
		return c.csv.Write(c.row) // into memory
	})
	return c.flush()
}

func (c *csvWriter) flush() error {
	c.csv.Flush()
	_, err := c.w.Write(c.buf.Bytes())
	c.buf.Reset()
	return err
}

func (c *csvWriter) Close() error { return c.flush() }

// cellText is a cell in words and digits.
func cellText(kind analyzer.FieldKind, x cell) string {
	switch {
	case !x.ok:
		return ""
	case kind == analyzer.Count:
		return strconv.Itoa(int(x.Number))
	case kind == analyzer.Number:
		return strconv.FormatFloat(x.Number, 'f', -1, 64)
	case kind == analyzer.Truth:
		return strconv.FormatBool(x.Number != 0)
	}
	return guarded(x.Text)
}

// guarded makes a stranger's text fit for a cell. One that a spreadsheet would
// run as a formula gets an apostrophe before it, which spreadsheets take for
// "this is text" (OWASP, CSV Injection). Lines end in "\n", and what else could
// drive a terminal becomes U+FFFD.
func guarded(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case c == '\r':
			return '\n'
		case c == '\n' || c == '\t' || c >= ' ' && c < 0x7f || visible(c):
			return c
		}
		return utf8.RuneError
	}, strings.ReplaceAll(s, "\r\n", "\n"))
	if strings.IndexAny(strings.TrimLeft(s, " \n"), "=+-@\t＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}

// rowLines writes a sheet as JSON Lines: an object a row, without the cells
// that have no value.
type rowLines struct {
	w     io.Writer
	sheet sheet
	keys  []string // as JSON, with the colon
	buf   []byte
}

func newRowLines(w io.Writer, s sheet, _ Options) Writer {
	l := &rowLines{w: w, sheet: s}
	for _, h := range s.header {
		l.keys = append(l.keys, jsonText(h.name)+":")
	}
	return l
}

func (l *rowLines) Write(r *analyzer.Report) error {
	l.buf = l.buf[:0]
	_ = l.sheet.rows(r, func(cells []cell) error {
		sign := byte('{')
		for i, x := range cells {
			if !x.ok {
				continue
			}
			l.buf = append(append(l.buf, sign), l.keys[i]...)
			sign = ','
			switch kind := l.sheet.header[i].kind; kind {
			case analyzer.Text, analyzer.Date:
				l.buf = append(l.buf, jsonText(x.Text)...)
			default:
				l.buf = append(l.buf, cellText(kind, x)...)
			}
		}
		l.buf = append(l.buf, "}\n"...)
		return nil
	})
	_, err := l.w.Write(l.buf)
	return err
}

func (l *rowLines) Close() error { return nil }

func jsonText(s string) string {
	b, _ := gojson.MarshalWithOption(s, gojson.DisableHTMLEscape()) // a string cannot fail
	return string(escapeControls(b))
}
