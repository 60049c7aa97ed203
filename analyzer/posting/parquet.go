package posting

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	logical "github.com/parquet-go/parquet-go/format"
)

func isParquet(in *input) bool { return strings.HasPrefix(in.binary, "a Parquet") }

// readParquet reads a Parquet file, a group of rows after the other and of
// each only the columns that are used. The values of a list, or of a column
// within one, are joined.
func readParquet(in *input, yield func(Posting) bool) {
	file, err := openParquet(in)
	if err != nil {
		yield(Posting{Problem: fmt.Sprintf("unreadable Parquet file: %v: give a whole copy of it", err)})
		return
	}
	if file.NumRows() == 0 {
		yield(Posting{Problem: Empty + " below the names of the columns"})
		return
	}
	all := leaves(file)
	names := make([]string, len(all))
	for i, l := range all {
		names[i] = l.name
	}
	p := &parquetRows{file: file, columns: all, cells: make([]string, len(all))}
	defer func() { p.close() }()
	sample := [][]string{}
	for r, ok := p.next(); ok && len(sample) < sampled; r, ok = p.next() {
		sample = append(sample, slices.Clone(r.cells))
	}
	p.err = nil // of a column that may not be needed
	// If no column is chosen, there is nothing to be read: only to be counted.
	rows := 0
	t := table{in: in, names: names, unit: "row", sample: sample, next: func() (tableRow, bool) {
		rows++
		return tableRow{problem: "not read"}, int64(rows) <= min(file.NumRows(), math.MaxInt32)
	}}
	t.chosen = func(c *columns) {
		p.close()
		used := slices.DeleteFunc(slices.Clone(all), func(l leaf) bool { return !c.uses(l.at) })
		p = &parquetRows{file: file, columns: used, cells: make([]string, len(all))}
		t.next = p.next
	}
	t.read(yield)
	if p.err != nil {
		yield(Posting{Problem: fmt.Sprintf("breaks off: row %d: %v: give a whole copy of the file", p.line, p.err)})
	}
}

func openParquet(in *input) (file *parquet.File, err error) {
	defer rescue(&err)
	f, size, err := in.file()
	if err != nil {
		return nil, err
	}
	// The library reserves what the last bytes say that the footer takes.
	var end [8]byte
	if _, err := f.ReadAt(end[:], max(0, size-8)); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if footer := int64(end[0]) | int64(end[1])<<8 | int64(end[2])<<16 | int64(end[3])<<24; string(end[4:]) != "PAR1" || footer > size-12 {
		return nil, errors.New("its end is missing")
	}
	return parquet.OpenFile(io.NewSectionReader(f, 0, size), size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
}

// A leaf is a column that holds values.
type leaf struct {
	name string // its path, without the levels that only make a list
	at   int
	kind logical.LogicalTypeValue
}

func leaves(f *parquet.File) []leaf {
	var all []leaf
	for i, path := range f.Schema().Columns() {
		name := strings.Join(slices.DeleteFunc(slices.Clone(path), func(s string) bool {
			return s == "list" || s == "element" || s == "item" || s == "array" || s == "bag"
		}), ".")
		l := leaf{name: name, at: i}
		if column, ok := f.Schema().Lookup(path...); ok {
			if kind := column.Node.Type().LogicalType(); kind != nil {
				l.kind = kind.Value
			}
		}
		all = append(all, l)
	}
	return all
}

// text is a value as a cell of a table.
func (l leaf) text(v parquet.Value) string {
	if v.IsNull() {
		return ""
	}
	switch kind := l.kind.(type) {
	case *logical.DateType:
		return time.Unix(int64(v.Int32())*24*60*60, 0).UTC().Format(time.DateOnly)
	case *logical.TimestampType:
		switch kind.Unit.Value.(type) {
		case *logical.MicroSeconds:
			return time.UnixMicro(v.Int64()).UTC().Format(time.RFC3339)
		case *logical.NanoSeconds:
			return time.Unix(0, v.Int64()).UTC().Format(time.RFC3339)
		}
		return time.UnixMilli(v.Int64()).UTC().Format(time.RFC3339)
	}
	if v.Kind() == parquet.Int96 { // a date of Spark's: its day by the Julian calendar
		return time.Unix((int64(v.Int96()[2])-2440588)*24*60*60, 0).UTC().Format(time.DateOnly)
	}
	return v.String()
}

// parquetRows reads rows of some of the columns of a file.
type parquetRows struct {
	file    *parquet.File
	columns []leaf
	group   int   // the next group of rows
	left    int64 // rows of the last
	readers []*leafReader
	cells   []string // of all columns; those that are not read are empty
	line    int
	err     error
}

// next returns the next row.
func (p *parquetRows) next() (row tableRow, ok bool) {
	defer rescue(&p.err)
	for p.err == nil && p.left == 0 {
		if p.err = p.ended(); p.err != nil {
			break
		}
		groups := p.file.RowGroups()
		if p.group == len(groups) {
			return row, false
		}
		g := groups[p.group]
		p.group++
		p.left = g.NumRows()
		chunks := g.ColumnChunks()
		for _, l := range p.columns {
			p.readers = append(p.readers, &leafReader{leaf: l, pages: chunks[l.at].Pages()})
		}
	}
	if p.err != nil {
		return row, false
	}
	p.left--
	p.line++
	for k, l := range p.columns {
		if p.cells[l.at], p.err = p.readers[k].row(); p.err != nil {
			p.err = fmt.Errorf("column %s: %w", l.name, p.err)
			return row, false
		}
	}
	return tableRow{cells: p.cells, line: p.line}, true
}

// ended closes a group of rows; it is an error that there are more values than
// rows.
func (p *parquetRows) ended() error {
	for _, r := range p.readers {
		if r.more() {
			return errors.New("there are more values than rows")
		}
		if r.err != io.EOF {
			return r.err
		}
	}
	p.close()
	return nil
}

func (p *parquetRows) close() {
	for _, r := range p.readers {
		r.close()
	}
	p.readers = p.readers[:0]
}

// A leafReader reads the values of one column in a group of rows.
type leafReader struct {
	leaf
	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader // of page, or nil
	buf    [64]parquet.Value
	held   []parquet.Value // of buf, not yet used
	err    error
}

// row returns the next row's value; several stand one below the other.
func (r *leafReader) row() (string, error) {
	if !r.more() {
		if r.err == io.EOF {
			return "", io.ErrUnexpectedEOF
		}
		return "", r.err
	}
	s := r.text(r.held[0])
	r.held = r.held[1:]
	if r.more() && r.held[0].RepetitionLevel() > 0 {
		all := []string{s}
		for ; r.more() && r.held[0].RepetitionLevel() > 0; r.held = r.held[1:] {
			all = append(all, r.text(r.held[0]))
		}
		s = strings.Join(all, "\n")
	}
	return s, nil
}

// more fills held and reports whether there is a value.
func (r *leafReader) more() bool {
	for len(r.held) == 0 && r.err == nil {
		if r.values == nil {
			r.release()
			if r.page, r.err = r.pages.ReadPage(); r.err != nil {
				r.page = nil
				break
			}
			r.values = r.page.Values()
		}
		n, err := r.values.ReadValues(r.buf[:])
		r.held = r.buf[:n]
		switch {
		case err == io.EOF:
			r.values = nil
		case err != nil:
			r.err = err
		case n == 0:
			r.err = io.ErrNoProgress
		}
	}
	return len(r.held) > 0
}

func (r *leafReader) release() {
	if r.page != nil {
		parquet.Release(r.page)
	}
}

func (r *leafReader) close() {
	r.release()
	r.page = nil
	_ = r.pages.Close()
}

// rescue turns the panic of a library on a damaged file into an error.
func rescue(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("it is damaged (%v)", p)
	}
}
