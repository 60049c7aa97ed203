package posting

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

// vacancy is a row with the kinds of columns that exports have.
type vacancy struct {
	Title   string    `parquet:"job_title"`
	Company *string   `parquet:"company,optional"`
	Place   place     `parquet:"location"`
	Posted  time.Time `parquet:"date_posted,timestamp(microsecond)"`
	Seen    int32     `parquet:"scraped_at,date"`
	ID      int64     `parquet:"id"`
	Duties  []string  `parquet:"responsibilities,list"`
	Text    string    `parquet:"description,dict"`
	Vector  []float32 `parquet:"embedding,list"`
}

type place struct {
	City    string `parquet:"city"`
	Country string `parquet:"country"`
}

// parquetFile makes a file of n rows in groups of at most 100.
func parquetFile(t testing.TB, n int, text func(i int) string, options ...parquet.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[vacancy](&b, append(options, parquet.MaxRowsPerRowGroup(100))...)
	company := "Northwind Clinics"
	for i := range n {
		v := vacancy{"Clerk", &company, place{"Leeds", "UK"}, time.Date(2026, 2, 4, 9, 0, 0, 0, time.UTC), 20000, int64(i), []string{"Answer calls", "Write notes"}, text(i), []float32{1, 2, 3}}
		if i%2 == 1 {
			v.Company, v.Duties = nil, nil
		}
		if _, err := w.Write([]vacancy{v}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestParquet(t *testing.T) {
	text := func(i int) string { return fmt.Sprint("Patience ", i) }
	for _, codec := range []parquet.WriterOption{parquet.Compression(&parquet.Uncompressed), parquet.Compression(&parquet.Snappy), parquet.Compression(&parquet.Zstd), parquet.Compression(&parquet.Gzip)} {
		ps := lawful(t, Document{Source: "a", Body: bytes.NewReader(parquetFile(t, 250, text, codec))})
		if len(ps) != 250 {
			t.Fatalf("%d of 250 records: %v", len(ps), found(ps[:1]))
		}
		for i, p := range ps {
			want := Posting{ID: fmt.Sprint(i), Title: "Clerk", Organization: "Northwind Clinics", Location: "Leeds, UK", DatePosted: "2026-02-04", Text: text(i) + "\n\nResponsibilities\nAnswer calls\nWrite notes"}
			if i%2 == 1 {
				want.Organization, want.Text = "", text(i)
			}
			if p.ID != want.ID || p.Title != want.Title || p.Organization != want.Organization || p.Location != want.Location || p.DatePosted != want.DatePosted || p.Text != want.Text {
				t.Fatalf("record %d: %+v", i, p)
			}
		}
	}
	if ps := lawful(t, Document{Source: "a", Body: bytes.NewReader(parquetFile(t, 0, text))}); !alike(found(ps), "!empty: ") {
		t.Errorf("no rows: %q", found(ps))
	}
	type other struct {
		Name string `parquet:"company"`
	}
	var b bytes.Buffer
	if err := parquet.Write(&b, []other{{"Northwind"}, {"Acme"}}); err != nil {
		t.Fatal(err)
	}
	if ps := lawful(t, Document{Source: "a", Body: bytes.NewReader(b.Bytes())}); !alike(found(ps), "!no text column: none of company holds the text of a posting by its name; 2 rows left unread: give") {
		t.Errorf("no text column: %q", found(ps))
	}
}

// A damaged file is an error in the stream, of a bounded size, whichever of
// its bytes is wrong.
func TestDamagedParquet(t *testing.T) {
	body := parquetFile(t, 30, func(i int) string { return strings.Repeat("Patience ", i) })
	read := func(b []byte) []Posting { return lawful(t, Document{Source: "a", Body: bytes.NewReader(b)}) }
	for _, b := range [][]byte{body[:len(body)/2], body[:8], append(bytes.Clone(body[:len(body)-8]), "\xFF\xFF\xFF\x7FPAR1"...), append(bytes.Clone(body[:len(body)-8]), "\x00\x00\x00\x00PAR1"...)} {
		if ps := read(b); len(ps) != 1 || !strings.HasPrefix(ps[0].Problem, "unreadable Parquet file: ") {
			t.Errorf("%d bytes: %q", len(b), found(ps))
		}
	}
	step := 1 + len(body)/400
	for i := 4; i < len(body)-4; i += step {
		for _, c := range []byte{0, 0x7F, 0xFF} {
			b := bytes.Clone(body)
			b[i] = c
			read(b)
		}
	}
}

func FuzzParquet(f *testing.F) {
	f.Add(parquetFile(f, 3, func(i int) string { return "Patience" }))
	f.Add(parquetFile(f, 3, func(i int) string { return "Patience" }, parquet.Compression(&parquet.Snappy)))
	f.Fuzz(func(t *testing.T, body []byte) {
		lawful(t, Document{Source: "a.parquet", Body: bytes.NewReader(append([]byte("PAR1"), body...))})
	})
}

func BenchmarkParquet(b *testing.B) {
	text, _, _ := sample()
	const rows = 4000
	body := parquetFile(b, rows, func(i int) string { return fmt.Sprint(i, text) }, parquet.Compression(&parquet.Snappy))
	size := rows * len(text)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for range new(Reader).Postings(Document{Source: "a", Body: bytes.NewReader(body)}) {
		}
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "postings/s")
}
