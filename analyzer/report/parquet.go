package report

import (
	"io"
	"slices"

	"github.com/parquet-go/parquet-go"

	"softgap/analyzer"
)

// rowGroup is how many rows of Parquet are held in memory until they are
// written.
const rowGroup = 2048

// parquetWriter writes a sheet as Parquet, compressed with zstd, the columns in
// the order of the sheet. A cell without a value is null.
type parquetWriter struct {
	w     *parquet.GenericWriter[any]
	sheet sheet
	rows  []parquet.Row
}

func newParquet(w io.Writer, s sheet, _ Options) Writer {
	kinds := map[analyzer.FieldKind]parquet.Node{
		analyzer.Text: parquet.String(), analyzer.Date: parquet.String(), analyzer.Count: parquet.Int(64),
		analyzer.Number: parquet.Leaf(parquet.DoubleType), analyzer.Truth: parquet.Leaf(parquet.BooleanType),
	}
	g := inOrder{Group: parquet.Group{}}
	for _, h := range s.header {
		node := kinds[h.kind]
		if h.kind == analyzer.Text || h.kind == analyzer.Number {
			node = parquet.Encoded(node, &parquet.RLEDictionary)
		}
		g.Group[h.name] = parquet.Optional(node)
		g.names = append(g.names, h.name)
	}
	return &parquetWriter{sheet: s, w: parquet.NewGenericWriter[any](w, parquet.NewSchema("softgap", g),
		parquet.Compression(&parquet.Zstd), parquet.CreatedBy("softgap", "1", ""), parquet.PageBufferSize(64<<10), parquet.MaxRowsPerRowGroup(rowGroup))}
}

// inOrder is a group whose columns stand in the order of names; the library's
// own are sorted.
type inOrder struct {
	parquet.Group
	names []string
}

func (g inOrder) Fields() []parquet.Field {
	fields := g.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int {
		return slices.Index(g.names, a.Name()) - slices.Index(g.names, b.Name())
	})
	return fields
}

func (p *parquetWriter) Write(r *analyzer.Report) error {
	return p.sheet.rows(r, func(cells []cell) error {
		row := make(parquet.Row, len(cells))
		for i, x := range cells {
			v, defined := parquetValue(p.sheet.header[i].kind, x), 0
			if x.ok {
				defined = 1
			}
			row[i] = v.Level(0, defined, i)
		}
		p.rows = append(p.rows[:0], row)
		_, err := p.w.WriteRows(p.rows)
		return err
	})
}

func parquetValue(kind analyzer.FieldKind, x cell) parquet.Value {
	switch {
	case !x.ok:
		return parquet.NullValue()
	case kind == analyzer.Count:
		return parquet.Int64Value(int64(x.Number))
	case kind == analyzer.Number:
		return parquet.DoubleValue(x.Number)
	case kind == analyzer.Truth:
		return parquet.BooleanValue(x.Number != 0)
	}
	return parquet.ByteArrayValue([]byte(x.Text))
}

func (p *parquetWriter) Close() error { return p.w.Close() }
