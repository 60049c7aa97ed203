package posting

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook makes a workbook of sheets of rows.
func workbook(t testing.TB, sheets ...[][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, rows := range sheets {
		name := "Sheet" + string(rune('1'+i))
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for k, row := range rows {
			at, _ := excelize.CoordinatesToCellName(1, k+1)
			if err := f.SetSheetRow(name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
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

// A workbook that unpacks to gigabytes is refused before it does, also when it
// does not say so.
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
	for size, problem := range map[uint64]string{1 << 30: "it unpacks to more than 256 MB", 1 << 10: "its part xl/worksheets/sheet1.xml is damaged"} {
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
		if !alike(found(ps), "!unreadable workbook: "+problem) {
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
