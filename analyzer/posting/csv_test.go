package posting

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Each table is one of the ways exports are written, or broken: what is found
// in it is shown as "title/text" or "!problem" for each record.
var written = []struct{ name, body, want string }{
	{"comma", "title,description\nClerk,\"Patience, tact\"\n", "Clerk/Patience, tact"},
	{"semicolon", "title;description\nClerk;Patience, tact\n", "Clerk/Patience, tact"},
	{"tab", "title\tdescription\nClerk\tPatience, \"tact\"\n", `Clerk/Patience, "tact"`},
	{"pipe", "title|description\nClerk|Patience, tact\n", "Clerk/Patience, tact"},
	{"sep", "sep=;\ntitle;description\nClerk;Patience\n", "Clerk/Patience"},
	{"mark", "\uFEFF\"title\",\"description\"\r\n\"Clerk\",\"Patience\"\r\n", "Clerk/Patience"},
	{"no last line end", "title,description\nClerk,Patience", "Clerk/Patience"},
	{"mixed line ends", "title,description\r\nA,1\nB,2\r\nC,3\rD,4\n", "A/1 & B/2 & C/3 & D/4"},
	{"bare CR", "title,description\rA,1\rB,\"2\r3\"\r", "A/1 & B/2\r3"},
	{"bare CR below the names", "title,description\nA,1\rB,2\rC,3\r", "A/1 & B/2 & C/3"},
	{"CRLF and CR within", "title;description\r\nA;\"1\r\r\n2\r\"\r\nB;3\r\n", "A/1\r\r\n2\r & B/3"},
	{"lines within", "title,description\nA,\"1\n\n2\"\nB,3\n", "A/1\n\n2 & B/3"},
	{"blank rows", "title,description\n\n,\nA,1\n , \n\nB,2\n,\n", "A/1 & B/2"},
	{"index", ",title,description\n0,A,1\n1,B,2\n", "A/1 & B/2"},
	{"no names", ",,title,description,\n0,,A,1,\n", "A/1"},
	{"names twice", "title,description,title,description\nA,1,B,2\n,,C,3\n", "A/1 & C/3"},
	{"doubled quotes", "title,description\nA,\"1 \"\"2\"\"\"\nB,\"\"\n", `A/1 "2" & B/!no text`},
	{"escaped quotes", "title,description\nA,\"say \\\"hi\\\", and go\"\nB,\"C:\\\\\"\n", `A/say "hi", and go & B/C:\`},
	{"backslash at the end", "title,description\nA,\"1 \"\"2\"\"\"\nB,\"C:\\\"\nC,3\n", `A/1 "2" & B/C:\ & C/3`},
	{"stray quotes", "title,description\nA,\"the \"best\" of all\"\nB,5\" disk\n", `A/the "best" of all & B/5" disk`},
	{"blank behind a quote", "title,description\n\"A\" ,\"1\" \n", "A/1"},
	{"JobSpy", "site,job_url_direct,title,description\nindeed,,A,\"C\\\\+\\\\+, C\\\\# and end\\\\-to\\\\-end\"\nlinkedin,,B,\n", "A/C++, C# and end-to-end & B/!no text: JobSpy"},
	{"too few cells", "title,description,company,city\nA,1\nB\nC,3,Acme,Leeds\n", "A/1 & !unreadable row: line 3: 1 cell where 4 & C/3"},
	{"too many cells", "title,description,company\nA,1,2,Acme\nB,2,Acme\nC,3,Acme,,\n", "!unreadable row: line 2: 4 cells where 3 & B/2 & C/3"},
	{"unquoted text", "title,description\nA,patience, tact\n", "A/patience, tact"},
	{"conflict", "<<<<<<< HEAD\ntitle,description\nA,1\n=======\ntitle,description\nB,2\n>>>>>>> 408412c\n",
		"A/1 & !unreadable row: line 4: a mark of a merge conflict & !unreadable row: line 5: the names & B/2 & !unreadable row: line 7: a mark"},
	{"open quote, then quoted rows", "id,title,description\n1,A,\"one\n2,B,\"two\"\n3,C,\"three\"\n", "!unreadable row: line 2: a quote & B/two & C/three"},
	{"open quote, then plain rows", "id,title,description\n1,A,\"one\n2,B,two\n3,C,three\n", "!unreadable row: line 2: a quote & B/two & C/three"},
	{"open quote, an empty cell", "id,title,description\n1,A,\"one\n2,B,\"\"\n3,C,\"three\"\n", "!unreadable row: line 2: a quote & B/!no text & C/three"},
	{"open quote, rows of lines", "id,title,description\n1,A,\"one\n2,B,\"two\nlines\"\n3,C,\"three\nlines\"\n", "!unreadable row: line 2: a quote & B/two\nlines & C/three\nlines"},
	{"open quote at the end", "id,title,description\n1,A,one\n2,B,\"two", "A/one & !unreadable row: line 3: a quote"},
	{"open quote in the names", "id,title,\"description\n1,A,one\n", "!no header: line 1"},
	{"pages within", "title,description\nA,\"<html><body><p>1</p><p>2</p></body></html>\"\nB,\"<p>3</p><ul><li>4</li></ul>\"\n", "A/1\n\n2 & B/3\n\n• 4"},
	{"header only", "title,description\n", "!empty: "},
	{"posting beside text", "posting,text\np-1," + strings.Repeat("You help.", 99) + "\n", "/" + strings.Repeat("You help.", 99)},
	{"no text column", "title,company\nA,Acme\n", "!no text column: none of title, company holds the text of a posting by its name; 1 row left unread: give the one that does as --map"},
}

// found shows what was found in a table.
func found(ps []Posting) []string {
	var out []string
	for _, p := range ps {
		s := p.Title + "/" + p.Text
		if p.Problem != "" {
			s = strings.TrimPrefix(p.Title+"/!"+p.Problem, "/")
		}
		out = append(out, s)
	}
	return out
}

// alike reports whether the records are those wanted, of problems but
// the beginning.
func alike(got []string, want string) bool {
	wanted := strings.Split(want, " & ")
	return len(got) == len(wanted) && !slices.ContainsFunc(wanted, func(w string) bool {
		g := got[0]
		got = got[1:]
		return g != w && !(strings.Contains(w, "!") && strings.HasPrefix(g, w))
	})
}

func TestTables(t *testing.T) {
	for _, c := range written {
		for way, body := range map[string]func() Document{
			"": func() Document { return Document{Source: "a.csv", Body: strings.NewReader(c.body)} },
			" a byte at a time": func() Document {
				return Document{Source: "a.csv", Body: iotest.OneByteReader(strings.NewReader(c.body))}
			},
		} {
			if got := found(lawful(t, body())); !alike(got, c.want) {
				t.Errorf("%s%s: found %q, want %q", c.name, way, got, c.want)
			}
		}
	}
}

func TestTableCharsets(t *testing.T) {
	body := "title;description\nClerk at Café Müller;Français – “tact”\n"
	latin, _ := charmap.Windows1252.NewEncoder().String(body)
	little, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(body)
	for _, b := range []string{body, latin, little, "\uFEFF" + body} {
		p := lawful(t, Document{Source: "a.csv", Body: strings.NewReader(b)})[0]
		if p.Title != "Clerk at Café Müller" || p.Text != "Français – “tact”" {
			t.Errorf("%q: read as %q, %q", b[:10], p.Title, p.Text)
		}
	}
	// A Latin-1 row far down a table in UTF-8 is mended and says so.
	rows := "title;description\n" + strings.Repeat("Clerk;Patience and tact\n", 5000)
	ps := lawful(t, Document{Source: "a.csv", Body: strings.NewReader(rows + "Clerk;Caf\xE9 work\n")})
	if p := ps[len(ps)-1]; p.Text != "Café work" || len(p.Warnings) != 1 {
		t.Errorf("the last row is %q, with warnings %q", p.Text, p.Warnings)
	}
}

// A quote that never closes costs its own row and no other, in a table of many
// megabytes, and a cell of 50 MB its own.
func TestOpenQuote(t *testing.T) {
	row := func(i int, text string) string { return fmt.Sprintf("%d,Clerk,%s\n", i, text) }
	var b strings.Builder
	b.WriteString("id,title,description\n")
	for i := range 40000 {
		text := "Patience with people, and tact in all that is said to them"
		switch {
		case i == 7:
			text = `"an open quote`
		case i == 20000:
			text = `"` + strings.Repeat("a cell of 50 MB\n", 50<<20/16) + `"`
		case i%3 > 0:
			text = `"` + text + "\nand more\"" // lines within
		default:
			text = strings.ReplaceAll(text, ",", "")
		}
		b.WriteString(row(i, text))
	}
	ps := lawful(t, Document{Source: "a.csv", Body: strings.NewReader(b.String())})
	bad := 0
	for _, p := range ps {
		if p.Problem != "" {
			bad++
			if !strings.HasPrefix(p.Problem, "unreadable row: line ") {
				t.Error(p.Problem)
			}
		}
	}
	if len(ps) != 40000 || bad != 2 {
		t.Errorf("%d records, %d of them unreadable", len(ps), bad)
	}
}

// FuzzTable holds that no row is lost or read twice: a table's cells, written
// properly, are read as they are.
func FuzzTable(f *testing.F) {
	for _, c := range written {
		f.Add(c.body, "a", "b\"c,\r\n", byte(0))
	}
	f.Add("", `\`, `"`, byte(1))
	f.Add("", `C:\"`, "x\n=======\n", byte(2))
	f.Fuzz(func(t *testing.T, body, title, text string, comma byte) {
		lawful(t, Document{Source: "a.csv", Body: strings.NewReader(body)})
		title, text = strings.ToValidUTF8(title, ""), strings.ToValidUTF8(text, "")
		sep := string(separators[int(comma)%len(separators)])
		quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
		table := "title" + sep + "description\n" + quote("a \"quote\"") + sep + "b\n" + quote(title) + sep + quote("-"+text+"-") + "\nlast" + sep + "row\n"
		var cells []string
		in := new(Reader).open(Document{Source: "a.csv", Body: strings.NewReader(table)}, nil)
		r := &csvRows{dialect: sniff(in), in: in.utf8(), line: 1}
		for row, ok := r.next(); ok; row, ok = r.next() {
			cells = append(cells, row.cells...)
		}
		want := []string{"title", "description", `a "quote"`, "b", title, "-" + text + "-", "last", "row"}
		if strings.ContainsRune(table, 0) { // taken for another character set
			return
		}
		if len(title)+len(text) < mostCell && strings.Join(cells, "\x00") != strings.Join(want, "\x00") {
			t.Errorf("%q read as %q", table, cells)
		}
	})
}

func BenchmarkTable(b *testing.B) {
	text, _, page := sample()
	for _, c := range []struct{ name, text string }{{"text", text}, {"html", page}, {"plain short", "Patience and tact"}} {
		var t strings.Builder
		t.WriteString("id,title,company,location,description,salary,posted_at,url\n")
		n := 0
		for t.Len() < 8<<20 {
			n++
			fmt.Fprintf(&t, "%d,Systems Administrator,\"Northwind Clinics, Ltd\",Leeds,\"%s\",,2026-02-04,https://example.com/%d\n", n, strings.ReplaceAll(c.text, `"`, `""`), n)
		}
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(t.Len()))
			b.ReportAllocs()
			for b.Loop() {
				for range new(Reader).Postings(Document{Source: "a.csv", Body: strings.NewReader(t.String())}) {
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "postings/s")
		})
	}
}
