package posting

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// A reader of CSV of our own, since exports are not what RFC 4180 says and a
// wrong guess loses rows without an error: encoding/csv takes `\"` for the end
// of a cell, knows no bare CR, and reads to the end of the file after a quote
// that is never closed. It works on bytes in a buffer: 500 MB/s and more.

// dialect is how a table is written.
type dialect struct {
	comma  byte // between the cells
	escape bool // a backslash before a quote makes it a letter
	cr     bool // a row ends at a bare CR too

	doubled bool // a quote within a cell was seen that is doubled, and so means a letter
}

// Bounds of what a row may hold. The longest description of a million is a
// tenth of a cell's.
const (
	mostCell  = 1 << 20 // bytes
	mostRow   = 8 << 20
	mostCells = 1 << 14
)

// A csvCell is a range of the bytes of a row, without its quotes.
type csvCell struct {
	start, end int
	quoted     bool
	escaped    bool // it holds quotes that were doubled or escaped
}

// How the reading of a row ends.
type ending int

const (
	rowEnds  ending = iota
	rowCut          // the bytes end before the row does
	rowOpen         // a quote is never closed, as far as can be seen
	rowLong         // more cells, or a longer cell, than a row may hold
	rowStray        // there is a quote within a quoted cell (strict reading)
)

// scan reads the row that b begins with. It appends its cells and returns the
// length of the row with its line end. whole says that b goes to the end of
// the table. A quote within a quoted cell that is neither doubled nor escaped
// is a letter, unless it stands where a cell would begin: opens is asked then
// whether a row begins on the line at an offset, and the cell before it is
// open. With opens nil, any such quote is stray.
func (d *dialect) scan(b []byte, whole bool, cells []csvCell, opens func(line int) bool) (_ []csvCell, n int, _ ending) {
	var stops [256]bool // where a cell without quotes may end
	stops[d.comma], stops['\n'], stops['\r'] = true, true, true
	i := 0
	for {
		if len(cells) == mostCells {
			return cells, i, rowLong
		}
		c := csvCell{start: i, end: -1}
		if i < len(b) && b[i] == '"' {
			c.quoted = true
			c.start++
			var how ending
			if i, how = d.quoted(b, whole, &c, opens); how != rowEnds {
				return cells, i, how
			}
		} else {
			for i < len(b) && (!stops[b[i]] || b[i] == '\r' && !d.ends(b, i)) {
				i++
			}
			c.end = i
			if i-c.start > mostCell {
				return cells, i, rowLong
			}
		}
		cells = append(cells, c)
		switch {
		case i == len(b) && !whole, i+1 == len(b) && b[i] == '\r' && !whole:
			return cells, i, rowCut
		case i == len(b):
			return cells, i, rowEnds
		case b[i] == d.comma:
			i++
		case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
			return cells, i + 2, rowEnds
		default:
			return cells, i + 1, rowEnds
		}
	}
}

// ends reports whether the row ends at a CR.
func (d *dialect) ends(b []byte, i int) bool {
	return b[i] == '\r' && (d.cr || i+1 == len(b) || b[i+1] == '\n')
}

// quoted sets the end of a quoted cell and returns where what follows it
// begins.
func (d *dialect) quoted(b []byte, whole bool, c *csvCell, opens func(int) bool) (int, ending) {
	for i := c.start; ; {
		k := bytes.IndexByte(b[i:], '"')
		if k < 0 || i+k-c.start > mostCell {
			if whole || len(b)-c.start > mostCell {
				return i, rowOpen
			}
			return i, rowCut
		}
		i += k
		if d.escape && backslashes(b[c.start:i])%2 == 1 {
			c.escaped = true
			i++
			continue
		}
		next := i + 1
		for next < len(b) && b[next] == ' ' {
			next++
		}
		switch {
		case next == len(b) && !whole:
			return i, rowCut
		case next == len(b) || b[next] == d.comma || b[next] == '\n' || d.ends(b, next):
			c.end = i
			c.escaped = c.escaped || d.escape
			return next, rowEnds
		case b[i+1] == '"':
			c.escaped, d.doubled = true, true
			i += 2
			continue
		case !d.doubled && backslashes(b[c.start:i])%2 == 1:
			c.escaped, d.escape = true, true
			i++
			continue
		case opens == nil:
			return i, rowStray
		}
		if i > c.start && (b[i-1] == d.comma || b[i-1] == '\n') {
			if line := bytes.LastIndexByte(b[:i], '\n') + 1; line > c.start && opens(line) {
				return i, rowOpen
			}
		}
		i++
	}
}

// backslashes counts those at the end of b.
func backslashes(b []byte) int { return len(b) - len(bytes.TrimRight(b, `\`)) }

// unescape is a cell's value from how it is written.
func (d *dialect) unescape(s string) string {
	if d.escape {
		return escapes.Replace(s)
	}
	return strings.ReplaceAll(s, `""`, `"`)
}

var escapes = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `""`, `"`)

// csvRows reads the rows of a table, one after the other.
type csvRows struct {
	dialect
	in    io.Reader
	buf   []byte // what was read and is not yet used up
	at    int    // of buf: where the next row begins
	whole bool   // buf goes to the end of the table
	err   error  // what rowEnds it early
	line  int    // of the file at which the next row begins, 1 for the first
	width int    // cells of a row, 0 until it is known
	cells []csvCell
	tries []csvCell
	row   []string
}

// A tableRow is one record of a table.
type tableRow struct {
	cells   []string // valid until the next row
	line    int      // of the file, or the row of a sheet; 1 for the first
	problem string   // why there are no cells
}

// fill reads on and reports whether there is more to see.
func (r *csvRows) fill() bool {
	if r.whole || len(r.buf)-r.at > mostRow {
		return false
	}
	if r.at > 0 {
		r.buf = r.buf[:copy(r.buf, r.buf[r.at:])]
		r.at = 0
	}
	if free := cap(r.buf) - len(r.buf); free < cap(r.buf)/2 || free < headSize {
		r.buf = append(make([]byte, 0, max(2*cap(r.buf), 4*headSize)), r.buf...)
	}
	n, err := io.ReadFull(r.in, r.buf[len(r.buf):cap(r.buf)])
	r.buf = r.buf[:len(r.buf)+n]
	if err != nil {
		r.whole = true
		if err != io.EOF && err != io.ErrUnexpectedEOF {
			r.err = err
		}
	}
	return n > 0 || r.whole
}

// next returns the next row, or false at the end.
func (r *csvRows) next() (tableRow, bool) {
	for {
		b := r.buf[r.at:]
		if len(b) == 0 && r.whole {
			return tableRow{}, false
		}
		unsure := false // a line that may begin a row was cut off
		var n int
		var how ending
		r.cells, n, how = r.scan(b, r.whole, r.cells[:0], func(line int) bool {
			ok, cut := r.begins(b[line:])
			unsure = unsure || cut
			return ok
		})
		if (how == rowCut || unsure) && r.fill() {
			continue
		}
		line := r.line
		switch how {
		case rowEnds:
			n = r.refit(b[:n])
			r.row = r.row[:0]
			for all, i := string(b[:n]), 0; i < len(r.cells); i++ {
				c := r.cells[i]
				s := all[c.start:c.end]
				if c.escaped {
					s = r.unescape(s)
				}
				r.row = append(r.row, s)
			}
			r.skip(n)
			return tableRow{cells: r.row, line: line}, true
		case rowOpen:
			problem := "a quote is never closed"
			if len(b) > mostCell {
				problem = fmt.Sprintf("a quote is not closed within %d MB", mostCell>>20)
			}
			return tableRow{line: line, problem: problem + r.resync()}, true
		}
		problem := fmt.Sprintf("a cell is longer than %d MB, or the row has more than %s", mostCell>>20, counted(mostCells, "cell"))
		return tableRow{line: line, problem: problem + r.resync()}, true
	}
}

// refit reads a row of the wrong number of cells anew, as one that ends at its
// first bare CR, and takes that if it has the right number: files of several
// systems are put together. It returns the length of the row.
func (r *csvRows) refit(b []byte) int {
	if r.width == 0 || len(r.cells) <= r.width || r.cr || bytes.IndexByte(b, '\r') < 0 {
		return len(b)
	}
	d := r.dialect
	d.cr = true
	var n int
	var how ending
	r.tries, n, how = d.scan(b, true, r.tries[:0], nil)
	if how != rowEnds || len(r.tries) != r.width {
		return len(b)
	}
	r.cells, r.tries = r.tries, r.cells
	return n
}

// begins reports whether a row of the right number of cells begins here, each
// quote in its place, or whether the bytes were cut off before that was known.
func (r *csvRows) begins(b []byte) (ok, cut bool) {
	var how ending
	r.tries, _, how = r.scan(b, r.whole, r.tries[:0], nil)
	return how == rowEnds && len(r.tries) == r.width, how == rowCut
}

// resync goes to the next line at which a row begins, and says which lines it
// leaves out beside the first.
func (r *csvRows) resync() string {
	first := r.line + 1
	for !r.found() {
		if len(r.buf) == r.at && r.whole {
			return ", and nothing behind it can be read"
		}
	}
	if last := r.line - 1; last >= first {
		return fmt.Sprintf(", nor can what follows be read before line %d", r.line)
	}
	return ""
}

// found goes to the next line, or as far as is known, and reports whether a
// row begins there.
func (r *csvRows) found() bool {
	b := r.buf[r.at:]
	n := bytes.IndexByte(b, '\n')
	if r.cr {
		n = bytes.IndexAny(b, "\r\n")
	}
	if n < 0 {
		r.skip(len(b))
		r.fill()
		return false
	}
	r.skip(n + 1)
	for {
		ok, cut := r.begins(r.buf[r.at:])
		if !cut || !r.fill() {
			return ok
		}
	}
}

// skip goes on in the buffer.
func (r *csvRows) skip(n int) {
	b := r.buf[r.at : r.at+n]
	r.line += bytes.Count(b, []byte{'\n'})
	if r.cr {
		r.line += bytes.Count(b, []byte{'\r'}) - bytes.Count(b, []byte("\r\n"))
	}
	r.at += n
}
