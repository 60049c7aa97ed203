package posting

import (
	"strings"

	"github.com/valyala/fastjson"
)

// Programs that work with tables write them to JSON by columns, too:
//
//	{"title": {"0": "Clerk", "1": "Porter"}, "description": {"0": "...", "1": "..."}}
//	{"columns": ["title", "description"], "data": [["Clerk", "..."], ["Porter", "..."]]}

// mostTurned bounds the columns of such a table.
const mostTurned = 256

// turned returns the rows of a table written by columns, as objects, or nil.
func turned(v *fastjson.Value) []*fastjson.Value {
	if names, data := v.GetArray("columns"), v.GetArray("data"); len(names) > 0 && len(data) > 0 && len(names) <= mostTurned {
		return named(names, data)
	}
	columns := v.GetObject()
	if columns.Len() < 2 || columns.Len() > mostTurned || !byNumber(columns) {
		return nil
	}
	var arena fastjson.Arena
	var rows []*fastjson.Value
	of := map[string]*fastjson.Value{}
	columns.Visit(func(name []byte, column *fastjson.Value) {
		column.GetObject().Visit(func(row []byte, cell *fastjson.Value) {
			o := of[string(row)]
			if o == nil {
				o = arena.NewObject()
				of[string(row)] = o
				rows = append(rows, o)
			}
			o.Set(string(name), cell)
		})
	})
	return rows
}

// byNumber reports whether all columns are objects whose first key is the
// number of a row.
func byNumber(columns *fastjson.Object) bool {
	all := true
	columns.Visit(func(_ []byte, column *fastjson.Value) {
		first := true
		column.GetObject().Visit(func(row []byte, _ *fastjson.Value) {
			all = all && (!first || strings.Trim(string(row), "0123456789") == "")
			first = false
		})
		all = all && !first
	})
	return all
}

// named makes objects of rows of cells.
func named(names, data []*fastjson.Value) []*fastjson.Value {
	var arena fastjson.Arena
	var rows []*fastjson.Value
	for _, row := range data {
		o := arena.NewObject()
		for i, cell := range row.GetArray() {
			if i < len(names) {
				o.Set(text(names[i]), cell)
			}
		}
		if row.Type() == fastjson.TypeArray {
			rows = append(rows, o)
		}
	}
	return rows
}
