package posting

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// workbook makes a workbook of sheets of rows. Texts of the first sheet stand
// in the cells, those of the others are shared, as programs do either.
func workbook(t testing.TB, sheets ...[][]any) []byte {
	t.Helper()
	var shared []string
	parts := map[string]string{
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[Red]&quot;day &quot;yyyy\-mm\-dd"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4"/></cellXfs></styleSheet>`,
	}
	var list, rels strings.Builder
	for i, rows := range sheets {
		var x strings.Builder
		x.WriteString(`<worksheet><dimension ref="A1"/><sheetData>`)
		for k, row := range rows {
			fmt.Fprintf(&x, `<row r="%d">`, k+1)
			for n, v := range row {
				at := fmt.Sprintf("%c%d", 'A'+n, k+1)
				switch v := v.(type) {
				case nil:
				case time.Time:
					fmt.Fprintf(&x, `<c r="%s" s="1"><v>%d</v></c>`, at, int(v.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24))
				case string:
					if i == 0 {
						fmt.Fprintf(&x, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, html.EscapeString(v))
						break
					}
					fmt.Fprintf(&x, `<c r="%s" t="s"><v>%d</v></c>`, at, len(shared))
					shared = append(shared, v)
				default:
					fmt.Fprintf(&x, `<c r="%s" s="2"><v>%v</v></c>`, at, v)
				}
			}
			x.WriteString("</row>")
		}
		x.WriteString("</sheetData></worksheet>")
		file := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		parts["xl/"+file] = x.String()
		fmt.Fprintf(&list, `<sheet name="Sheet%d" sheetId="%d" r:id="rId%d"/>`, i+1, i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Target="%s"/>`, i+1, file)
	}
	parts[xlsxBook] = `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/><sheets>` + list.String() + `</sheets></workbook>`
	parts[xlsxRels] = `<Relationships>` + rels.String() + `</Relationships>`
	if len(shared) > 0 {
		var x strings.Builder
		for _, s := range shared {
			half := len(s) / 2
			for !utf8.RuneStart(s[half]) {
				half--
			}
			fmt.Fprintf(&x, `<si><r><t>%s</t></r><rPh><t>ruby</t></rPh><r><t>%s</t></r></si>`, html.EscapeString(s[:half]), html.EscapeString(s[half:]))
		}
		parts[xlsxStrings] = "<sst>" + x.String() + "</sst>"
	}
	return zippedParts(parts)
}

// zippedParts makes a zip archive of parts by their names.
func zippedParts(parts map[string]string) []byte {
	var all [][2]string
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		all = append(all, [2]string{name, parts[name]})
	}
	return zipped(all...)
}

func TestWorkbook(t *testing.T) {
	day := time.Date(2026, 2, 4, 0, 0, 0, 0, time.UTC)
	cover := [][]any{{"Vacancies of Northwind Clinics"}, {}, {"Kept by HR"}}
	jobs := [][]any{
		{"Vacancies 2026"}, {},
		{"Job ID", "Job Title", "Company", "Location", "Date Posted", "Job Description", "Grade"},
		{1234567890123, "Help Desk Analyst", "Northwind Clinics", "Leeds", day, "Two years of Windows support.\nPatience.", "B"},
		{},
		{"A-2", "Network Engineer", "Northwind Clinics", nil, "4 February 2026", "CCNA required."},
		{"A-3", "Clerk"},
	}
	for _, sheets := range [][][][]any{{jobs}, {cover, jobs}} {
		ps := lawful(t, Document{Source: "a.xlsx", Body: bytes.NewReader(workbook(t, sheets...))})
		want := "Help Desk Analyst/Two years of Windows support.\nPatience. & Network Engineer/CCNA required. & Clerk/!no text: Job Description is empty"
		if got := found(ps); !alike(got, want) {
			t.Fatalf("found %q, want %q", got, want)
		}
		if p := ps[0]; p.ID != "1234567890123" || p.DatePosted != "2026-02-04" || p.Location != "Leeds" {
			t.Errorf("read as %+v", p)
		}
	}
	for name, sheets := range map[string][][][]any{
		"no text column: none of Vacancies of Northwind Clinics holds": {cover},
		"empty: ": {{}},
	} {
		ps := lawful(t, Document{Source: "a.xlsx", Body: bytes.NewReader(workbook(t, sheets...))})
		if len(ps) != 1 || !strings.HasPrefix(ps[0].Problem, name) {
			t.Errorf("found %q, want %q", found(ps), name)
		}
	}
}

// A sheet that unpacks to gigabytes of nothing is given up at its first byte,
// whatever it says of its size.
func TestWorkbookBomb(t *testing.T) {
	body := workbook(t, [][]any{{"title", "description"}, {"Clerk", "Patience"}})
	r, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var zeros bytes.Buffer
	deflate, _ := flate.NewWriter(&zeros, flate.BestSpeed)
	_, _ = deflate.Write(make([]byte, 8<<20))
	_ = deflate.Close()
	for _, size := range []uint64{1 << 30, 1 << 10} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, f := range r.File {
			if f.Name != "xl/worksheets/sheet1.xml" {
				_ = w.Copy(f)
			}
		}
		sheet, err := w.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CompressedSize64: uint64(zeros.Len()), UncompressedSize64: size})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = sheet.Write(zeros.Bytes())
		_ = w.Close()
		ps := lawful(t, Document{Source: "a.xlsx", Body: bytes.NewReader(b.Bytes())})
		if !alike(found(ps), "!unreadable workbook: xl/worksheets/sheet1.xml cannot be read") {
			t.Errorf("of a sheet said to be of %d bytes found %q", size, found(ps))
		}
	}
}

// A damaged workbook is an error in the stream, whichever of its bytes is wrong.
func TestDamagedWorkbook(t *testing.T) {
	body := workbook(t, [][]any{{"title", "description"}, {"Clerk", "Patience"}})
	for i := 30; i < len(body); i += 1 + len(body)/100 {
		b := bytes.Clone(body)
		b[i] ^= 0x55
		lawful(t, Document{Source: "a.xlsx", Body: bytes.NewReader(b)})
	}
	for n := 100; n < len(body); n += 1 + len(body)/20 {
		lawful(t, Document{Source: "a.xlsx", Body: bytes.NewReader(body[:n])})
	}
}

// A cell that never ends, and a place in its row that no sheet has, are errors
// and take no room.
func TestWorkbookBounds(t *testing.T) {
	for sheet, problem := range map[string]string{
		`<worksheet><sheetData><row><c t="inlineStr"><is><t>` + strings.Repeat("a", mostCell+1<<16) + `</t></is></c></row></sheetData></worksheet>`: "a text is longer",
		`<worksheet><sheetData><row><c r="ZZZ1"><v>1</v></c></row></sheetData></worksheet>`:                                                         "row 1 has more than",
	} {
		parts := map[string]string{
			xlsxBook:                   `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" r:id="a"/></sheets></workbook>`,
			xlsxRels:                   `<Relationships><Relationship Id="a" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml": sheet,
		}
		ps := lawful(t, Document{Source: "a.xlsx", Body: bytes.NewReader(zippedParts(parts))})
		if len(ps) != 1 || !strings.Contains(ps[0].Problem, problem) {
			t.Errorf("found %q, want %q", found(ps), problem)
		}
	}
}

func TestNumberFormats(t *testing.T) {
	for format, want := range map[string]bool{
		"yyyy-mm-dd": true, "d. mmm": true, `"day" 0`: false, "[Red]0.00": false, "General": false, `0\d`: false, "mm:ss": false, "[$-409]D/M/YY": true,
	} {
		if got := datesBy(format); got != want {
			t.Errorf("%q writes a date: %v, want %v", format, got, want)
		}
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c><c r="B1" t="s"><v>0</v></c></row><row><c s="1"><v>45000</v></c></row></sheetData></worksheet>`),
		[]byte(`<sst><si><t>description</t></si></sst>`), []byte(`<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`))
	f.Fuzz(func(t *testing.T, sheet, shared, styles []byte) {
		lawful(t, Document{Source: "a.xlsx", Body: bytes.NewReader(zippedParts(map[string]string{
			xlsxBook:                   `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" r:id="a"/></sheets></workbook>`,
			xlsxRels:                   `<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml": string(sheet), xlsxStrings: string(shared), xlsxStyles: string(styles),
		}))})
	})
}
