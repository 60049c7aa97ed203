package posting

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Bounds of a workbook: the library holds all of it, packed and unpacked. A
// larger one is told to be saved as CSV, which is read as a stream.
const (
	mostUnpacked = 256 << 20
	headRows     = 20 // among which the names of the columns are looked for
)

func isXLSX(in *input) bool { return strings.HasPrefix(in.binary, "an Excel workbook") }

// readXLSX reads an Excel workbook: the first sheet with a row of known names
// near its top. Rows above it, a title say, are no records.
func readXLSX(in *input, yield func(Posting) bool) {
	book, err := openBook(in)
	if err != nil {
		yield(Posting{Problem: fmt.Sprintf("unreadable workbook: %v: save the table as CSV", err)})
		return
	}
	defer book.Close()
	names := book.GetSheetList()
	var s *sheet
	for _, name := range names {
		if found := openSheet(book, name, in.reader); s == nil || found != nil && found.known && !s.known {
			s = found
		}
	}
	if s == nil {
		yield(Posting{Problem: Empty + " in any sheet"})
		return
	}
	if others := slices.DeleteFunc(names, func(n string) bool { return n == s.name }); len(others) > 0 {
		in.note("sheet %s is read; left out: %s", s.name, nameList(others))
	}
	t := table{in: in, names: s.names, next: s.next, unit: "row"}
	t.read(yield)
	if s.err != nil {
		yield(brokenOff(s.err))
	}
}

func openBook(in *input) (book *excelize.File, err error) {
	defer rescue(&err)
	f, size, err := in.file()
	if err != nil {
		return nil, err
	}
	if size > mostWhole {
		return nil, fmt.Errorf("it is larger than %d MB", mostWhole>>20)
	}
	if err := sound(f, size); err != nil {
		return nil, err
	}
	book, err = excelize.OpenReader(io.NewSectionReader(f, 0, size), excelize.Options{
		UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked, // the same, so that nothing is unpacked to a file
		ShortDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, fmt.Errorf("it is damaged or has a password (%w)", err)
	}
	return book, nil
}

// sound unpacks the parts of a workbook to nowhere, since the library takes
// what it can get of a damaged part for all of it.
func sound(f io.ReaderAt, size int64) error {
	parts, err := zip.NewReader(f, size)
	if err != nil {
		return fmt.Errorf("it is damaged (%w)", err)
	}
	left := int64(mostUnpacked)
	for _, part := range parts.File {
		r, err := part.Open()
		if err != nil {
			return fmt.Errorf("it is damaged (%w)", err)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
		if left -= n; left < 0 || part.UncompressedSize64 > mostUnpacked {
			return fmt.Errorf("it unpacks to more than %d MB", mostUnpacked>>20)
		}
		if err != nil {
			return fmt.Errorf("its part %s is damaged (%w)", part.Name, err)
		}
	}
	return nil
}

// rescue turns the panic of a library on a damaged file into an error.
func rescue(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("it is damaged (%v)", p)
	}
}

// A sheet is read row by row.
type sheet struct {
	name  string
	rows  *excelize.Rows
	names []string // of the columns
	known bool     // they are names that postings' values go by
	ahead []tableRow
	line  int
	err   error
}

// openSheet opens a sheet behind the row of its names: the first of known
// names near its top, else the first of all. A sheet without a row, such as a
// chart, is nil.
func openSheet(book *excelize.File, name string, r *Reader) *sheet {
	s := &sheet{name: name}
	func() {
		defer rescue(&s.err)
		s.rows, s.err = book.Rows(name)
	}()
	if s.err != nil {
		return nil
	}
	var top []tableRow
	for len(top) < headRows && !s.known {
		row, ok := s.read()
		if !ok {
			break
		}
		if strings.TrimSpace(strings.Join(row.cells, "")) != "" {
			top = append(top, row)
			s.known = r.knows(row.cells)
		}
	}
	if len(top) == 0 {
		return nil
	}
	if s.known {
		top = top[len(top)-1:]
	}
	s.names, s.ahead = top[0].cells, top[1:]
	return s
}

// next returns the next row, with a cell for each name.
func (s *sheet) next() (row tableRow, ok bool) {
	if len(s.ahead) > 0 {
		row, s.ahead, ok = s.ahead[0], s.ahead[1:], true
	} else {
		row, ok = s.read()
	}
	for ok && len(row.cells) < len(s.names) {
		row.cells = append(row.cells, "")
	}
	return row, ok
}

func (s *sheet) read() (row tableRow, ok bool) {
	defer rescue(&s.err)
	if s.err != nil {
		return row, false
	}
	if !s.rows.Next() {
		s.err = s.rows.Error()
		return row, false
	}
	s.line++
	row.line = s.line
	row.cells, s.err = s.rows.Columns()
	return row, s.err == nil
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
