package posting

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A workbook is read by our own few lines on archive/zip and encoding/xml, as
// a Word document is: the library for it (excelize) adds 2 ms to every start
// of the program, whatever is read, and unpacks whole sheets, where a stream
// of rows is all that is wanted.

// Parts of an Excel workbook (ECMA-376, part 1, SpreadsheetML).
const (
	xlsxBook    = "xl/workbook.xml"
	xlsxRels    = "xl/_rels/workbook.xml.rels"
	xlsxStrings = "xl/sharedStrings.xml"
	xlsxStyles  = "xl/styles.xml"
)

// Bounds of a workbook. A larger one is told to be saved as CSV, which is read
// as a stream.
const (
	mostStrings = 256 << 20 // bytes of the strings that cells share
	mostColumns = 1 << 14   // in a row: the format's own bound
	headRows    = 20        // among which the names of the columns are looked for
)

func isXLSX(in *input) bool { return strings.HasPrefix(in.binary, "an Excel workbook") }

// readXLSX reads an Excel workbook: the first sheet with a row of known names
// near its top. Rows above it, a title say, are no records.
func readXLSX(in *input, yield func(Posting) bool) {
	b, err := openBook(in)
	if err != nil {
		yield(Posting{Problem: fmt.Sprintf("unreadable workbook: %v: save the table as CSV", err)})
		return
	}
	var best *sheet
	for i := range b.sheets {
		s := &b.sheets[i]
		if s.peek(in.reader); len(s.top) > 0 && (best == nil || s.known && !best.known) {
			best = s
		}
		err = cmp.Or(err, s.err)
	}
	switch {
	case best == nil && err != nil:
		yield(Posting{Problem: fmt.Sprintf("unreadable workbook: %v: save the table as CSV", err)})
		return
	case best == nil:
		yield(Posting{Problem: Empty + " in any sheet"})
		return
	}
	var others []string
	for i := range b.sheets {
		if s := &b.sheets[i]; s != best {
			others = append(others, s.name)
		}
	}
	if len(others) > 0 {
		in.note("sheet %s is read; left out: %s", best.name, nameList(others))
	}
	best.read(in, yield)
}

// A book is an opened workbook.
type book struct {
	archive *zip.Reader
	sheets  []sheet
	strings []string // that cells share
	dates   []bool   // by style of a cell: its number is a date
	epoch   time.Time
}

func openBook(in *input) (*book, error) {
	file, size, err := in.file()
	if err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, errors.New("it is damaged or has a password")
	}
	b := &book{archive: archive, epoch: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	targets := map[string]string{} // parts by the id they are referred to by
	for _, p := range []struct {
		name     string
		most     int64
		optional bool
		read     func(*xmlPart) error
	}{
		{xlsxRels, mostPart, false, func(x *xmlPart) error { return x.readTargets(targets) }},
		{xlsxBook, mostPart, false, func(x *xmlPart) error { return b.readSheets(x, targets) }},
		{xlsxStyles, mostPart, true, b.readStyles},
		{xlsxStrings, mostStrings, true, b.readStrings},
	} {
		if err := readPart(archive, p.name, p.most, p.read); err != nil && !(p.optional && errors.Is(err, fs.ErrNotExist)) {
			return nil, err
		}
	}
	return b, nil
}

// readTargets notes which part each id stands for.
func (x *xmlPart) readTargets(targets map[string]string) error {
	return x.each(func(e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return x.readTargets(targets)
		}
		to := value(e, "Target")
		if !strings.HasPrefix(to, "/") {
			to = "xl/" + to
		}
		targets[value(e, "Id")] = strings.TrimPrefix(path.Clean(to), "/")
		return x.skip()
	})
}

// readSheets notes the sheets in their order.
func (b *book) readSheets(x *xmlPart, targets map[string]string) error {
	return x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			if v := value(e, "date1904"); v == "1" || v == "true" {
				b.epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
		case "sheet":
			for _, a := range e.Attr {
				if a.Name.Local == "id" && strings.Contains(a.Name.Space, "relationships") {
					b.sheets = append(b.sheets, sheet{book: b, name: value(e, "name"), file: targets[a.Value]})
				}
			}
		}
		return b.readSheets(x, targets)
	})
}

// readStyles notes which styles of cells show a number as a date.
func (b *book) readStyles(x *xmlPart) error {
	formats := map[string]bool{} // of dates, by number
	for n := 14; n <= 22; n++ {  // those that the format defines
		formats[strconv.Itoa(n)] = true
	}
	var read func(within string) error
	read = func(within string) error {
		return x.each(func(e xml.StartElement) error {
			switch {
			case e.Name.Local == "numFmt":
				formats[value(e, "numFmtId")] = datesBy(value(e, "formatCode"))
			case e.Name.Local == "xf" && within == "cellXfs":
				b.dates = append(b.dates, formats[value(e, "numFmtId")])
			}
			return read(e.Name.Local)
		})
	}
	return read("")
}

// datesBy reports whether a number format writes a date: it has a day or a
// year outside of quotes and brackets.
func datesBy(format string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(format); i++ {
		switch c := format[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == ']':
			bracket = c == '['
		case bracket:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c|0x20 == 'd' || c|0x20 == 'y':
			return true
		}
	}
	return false
}

// readStrings reads the strings that cells share.
func (b *book) readStrings(x *xmlPart) error {
	return x.each(func(e xml.StartElement) error {
		if e.Name.Local != "si" {
			return b.readStrings(x)
		}
		var text strings.Builder
		err := x.texts(&text)
		b.strings = append(b.strings, text.String())
		return err
	})
}

// texts appends the text of the t elements within, but for readings of
// characters (rPh), which no reader of the sheet sees in its place.
func (x *xmlPart) texts(text *strings.Builder) error {
	return x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "rPh":
			return x.skip()
		case "t":
			return x.chars(text)
		}
		return x.texts(text)
	})
}

// A sheet is a table in a workbook.
type sheet struct {
	book  *book
	name  string
	file  string     // its part of the archive
	top   []tableRow // its first rows: the names of its columns, if they are known, come last
	known bool       // they are names that postings' values go by
	err   error      // what ended the reading before the end
}

var errEnough = errors.New("enough rows")

// peek reads the top of a sheet, to the row of its names.
func (s *sheet) peek(r *Reader) {
	s.err = s.rows(func(row tableRow) bool {
		if strings.TrimSpace(strings.Join(row.cells, "")) != "" {
			s.top = append(s.top, row)
			s.known = r.knows(row.cells)
		}
		return len(s.top) < headRows && !s.known
	})
}

// read yields the postings of a sheet below the row of its names: the first of
// known names near its top, else the first of all.
func (s *sheet) read(in *input, yield func(Posting) bool) {
	head := s.top[0]
	if s.known {
		head = s.top[len(s.top)-1]
	}
	next, stop := iter.Pull(func(yield func(tableRow) bool) {
		s.err = s.rows(func(row tableRow) bool {
			if row.line <= head.line {
				return true
			}
			for len(row.cells) < len(head.cells) {
				row.cells = append(row.cells, "")
			}
			return yield(row)
		})
	})
	defer stop()
	t := table{in: in, names: head.cells, next: next, unit: "row"}
	t.read(yield)
	if s.err != nil {
		yield(brokenOff(s.err))
	}
}

// rows calls do for each row of the sheet, until it returns false.
func (s *sheet) rows(do func(tableRow) bool) error {
	line := 0
	var read func(x *xmlPart) error
	read = func(x *xmlPart) error {
		return x.each(func(e xml.StartElement) error {
			if e.Name.Local != "row" {
				return read(x)
			}
			line++
			if n, err := strconv.Atoi(value(e, "r")); err == nil && n > line {
				line = n
			}
			row := tableRow{line: line}
			if err := x.each(func(c xml.StartElement) error { return s.cell(x, c, &row) }); err != nil {
				return err
			}
			if !do(row) {
				return errEnough
			}
			return nil
		})
	}
	err := readPart(s.book.archive, s.file, 1<<62, read)
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// cell reads a cell into its row.
func (s *sheet) cell(x *xmlPart, c xml.StartElement, row *tableRow) error {
	at := len(row.cells)
	if n := columnOf(value(c, "r")); n >= 0 {
		at = n
	}
	if at >= mostColumns {
		return fmt.Errorf("row %d has more than %d cells", row.line, mostColumns)
	}
	var text strings.Builder
	err := x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "v":
			return x.chars(&text)
		case "is":
			return x.texts(&text)
		}
		return x.skip()
	})
	for len(row.cells) <= at {
		row.cells = append(row.cells, "")
	}
	row.cells[at] = s.book.shown(value(c, "t"), value(c, "s"), text.String())
	return err
}

// shown is the value of a cell as its reader sees it, by its type and style.
func (b *book) shown(kind, style, v string) string {
	switch kind {
	case "s":
		if i, err := strconv.Atoi(v); err == nil && 0 <= i && i < len(b.strings) {
			return b.strings[i]
		}
		return ""
	case "", "n":
		i, err := strconv.Atoi(style)
		if err != nil || i < 0 || i >= len(b.dates) || !b.dates[i] {
			break
		}
		if days, err := strconv.ParseFloat(v, 64); err == nil && days >= 0 && days < 3e6 {
			return b.epoch.AddDate(0, 0, int(days)).Format(time.DateOnly)
		}
	case "d":
		return isoDate(v)
	case "e": // #N/A and the like
		return ""
	}
	if f, err := strconv.ParseFloat(v, 64); err == nil && strings.ContainsAny(v, "eE") && f == float64(int64(f)) {
		return strconv.FormatInt(int64(f), 10) // 1.234567890123E12
	}
	return v
}

// columnOf is the place of a cell in its row, by its reference ("AB12"), or -1.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = 26*n + int(c-'A') + 1
	}
	return n - 1
}

// knows reports whether the cells of a row are names of columns.
func (r *Reader) knows(cells []string) bool {
	known := 0
	for _, c := range cells {
		if f := fieldOf(c); f.role == descriptionRole {
			known += 2
		} else if f.role != "" {
			known++
		}
	}
	for _, wanted := range r.Columns {
		for _, w := range wanted {
			if slices.Contains(cells, w) {
				known += 2
			}
		}
	}
	return known >= 2
}
