package posting

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
)

// zipped makes a zip archive of parts, each a name and a content.
func zipped(parts ...[2]string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p[0])
		if err == nil {
			_, err = io.WriteString(f, p[1])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// wordFile makes a Word document of the XML within its body, with a few styles.
func wordFile(body string) []byte {
	return zipped(
		[2]string{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`},
		[2]string{docxStyles, `<?xml version="1.0" encoding="UTF-8"?><w:styles ` + wordSpace + `>
			<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/></w:style>
			<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>
			<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own head"/><w:basedOn w:val="Titre1"/></w:style>
			<w:style w:type="paragraph" w:styleId="Puces"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
			<w:style w:type="paragraph" w:styleId="Circle"><w:name w:val="x"/><w:basedOn w:val="Circle"/></w:style></w:styles>`},
		[2]string{docxText, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + wordSpace + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`},
		[2]string{docxCore, `<cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:title>Clerk of the Form</dc:title></cp:coreProperties>`},
	)
}

// para makes a paragraph in a style, or none.
func para(style string, runs ...string) string {
	p := "<w:p>"
	if style != "" {
		p += `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	for _, r := range runs {
		if !strings.HasPrefix(r, "<") {
			var b strings.Builder
			_ = xml.EscapeText(&b, []byte(r))
			r = `<w:r><w:t xml:space="preserve">` + b.String() + `</w:t></w:r>`
		}
		p += r
	}
	return p + "</w:p>"
}

func TestDOCX(t *testing.T) {
	const item = `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`
	cell := func(paras ...string) string { return "<w:tc><w:tcPr/>" + strings.Join(paras, "") + "</w:tc>" }
	row := func(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs", para("", "Clerk & friend < 5"), "Clerk & friend < 5"},
		{"runs", para("", "Work", "s with ", "C++"), "Works with C++"},
		{"headings", para("", "Leeds.") + para("Titre1", "You bring") + para("", "Patience.") + para("Own", "We offer") + para("", "Cake."), "Leeds.\n\nYou bring\nPatience.\n\nWe offer\nCake."},
		{"lists", para("", "You bring:") + para("", item, "Windows") + para("", item, "Linux") + para("Puces", "Patience") + para("", "Apply."), "You bring:\n\n• Windows\n• Linux\n• Patience\n\nApply."},
		{"no list", para("", `<w:pPr><w:pStyle w:val="Puces"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>`, "Windows"), "Windows"},
		{"an empty item", para("", item) + para("", item, " ") + para("", item, "Linux"), "• Linux"},
		{"a table", "<w:tbl>" + row(cell(para("", "Place")), cell(para("", "Leeds"))) + row(cell(para("", "Pay")), cell(para("")), cell(para("", "much"))) + "</w:tbl>" + para("", "Apply."), "Place | Leeds\nPay | much\n\nApply."},
		{"a table for layout", "<w:tbl>" + row(cell(para("Titre1", "You bring")), cell(para("", item, "Windows"), para("", item, "Linux"))) + "</w:tbl>", "You bring\n• Windows\n• Linux"},
		{"a table in a table", "<w:tbl>" + row(cell("<w:tbl>"+row(cell(para("", "a")), cell(para("", "b")))+"</w:tbl>"), cell(para("", "c"))) + "</w:tbl>", "a | b | c"},
		{"inserted and deleted", para("", "You ", `<w:ins w:id="1"><w:r><w:t>must</w:t></w:r></w:ins>`, `<w:del w:id="2"><w:r><w:delText>may</w:delText></w:r></w:del>`, " help."), "You must help."},
		{"moved", para("", `<w:moveFrom w:id="1"><w:r><w:t>Old</w:t></w:r></w:moveFrom>`, `<w:moveTo w:id="2"><w:r><w:t>New</w:t></w:r></w:moveTo>`), "New"},
		{"a deleted end", para("", `<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`, "You ") + para("", "help."), "You help."},
		{"a deleted row", "<w:tbl>" + row(`<w:trPr><w:del w:id="1"/></w:trPr>`, cell(para("", "gone"))) + row(cell(para("", "here"))) + "</w:tbl>", "here"},
		{"tabs and breaks", para("", "Place:", "<w:r><w:tab/><w:t>Leeds</w:t><w:br/><w:t>Pay: much</w:t></w:r>"), "Place: Leeds\nPay: much"},
		{"hyphens", para("", "<w:r><w:t>end</w:t><w:noBreakHyphen/><w:t>to-end prac\u00ADtice</w:t><w:softHyphen/></w:r>"), "end-to-end practice"},
		{"a link", para("", "See ", `<w:hyperlink r:id="x"><w:r><w:t>our site</w:t></w:r></w:hyperlink>`, `<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>`), "See our site"},
		{"hidden", para("", "You help.", `<w:r><w:rPr><w:vanish/></w:rPr><w:t>not</w:t></w:r>`, `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> Always.</w:t></w:r>`), "You help. Always."},
		{"a text box", para("", "Clerk", `<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>`+para("", "In a box.")+`</w:txbxContent></mc:Choice><mc:Fallback><w:t>twice</w:t></mc:Fallback></mc:AlternateContent></w:r>`, " of Leeds") + para("", "Apply."), "Clerk of Leeds\n\nIn a box.\n\nApply."},
		{"forms", `<w:sdt><w:sdtPr/><w:sdtContent>` + para("", "Leeds") + `</w:sdtContent></w:sdt>` + para("", "Pay: ", `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>`), "Leeds\n\nPay:"},
		{"blanks", para("", "  You help.  ") + para("", "\n") + para("", "a\nb\tc"), "  You help.\n\na b c"},
		{"other text", para("", `<m:r xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:t>x+y</m:t></m:r>`, "You help."), "You help."},
	} {
		body := wordFile(c.body)
		p := lawful(t, Document{Source: "a", Body: bytes.NewReader(body)})[0]
		if p.Text != c.want || p.Problem != "" || !p.Markup {
			t.Errorf("%s: read %q, problem %q, want %q", c.name, p.Text, p.Problem, c.want)
		}
		traced(t, body)
	}
}

// traced checks that the text of each run is where it says that it is.
func traced(t *testing.T, file []byte) {
	t.Helper()
	b, err := wordText(new(Reader).open(Document{Body: bytes.NewReader(file)}, nil))
	if err != nil {
		return
	}
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := archive.Open(docxText)
	if err != nil {
		t.Fatal(err)
	}
	part, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	end := 0
	for _, r := range b.runs {
		d := xml.NewDecoder(bytes.NewReader(part[r.offset:]))
		token, err := d.RawToken()
		data, _ := token.(xml.CharData)
		if err != nil || r.Start < end || r.End > len(b.text) || r.from+r.Len() > len(data) || inLine.Replace(string(data[r.from:r.from+r.Len()])) != string(b.text[r.Start:r.End]) {
			t.Fatalf("run %+v of %q: text %.60q, part %.60q, %v", r, b.text, b.text[min(r.Start, len(b.text)):min(r.End, len(b.text))], data, err)
		}
		end = r.End
	}
}

func TestDOCXTitle(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{para("", "Northwind Ltd.") + para("Titre", "Help Desk Analyst") + para("", "You help."), "Help Desk Analyst"},
		{para("", "Northwind.") + para("", "Clerk of the Form") + para("", "You help."), "Clerk of the Form"}, // the properties say it, too
		{para("", "Help Desk Analyst") + para("", "You help."), "Help Desk Analyst"},
		{"<w:tbl><w:tr><w:tc>" + para("", "Job title") + "</w:tc><w:tc>" + para("", "Network Engineer") + "</w:tc></w:tr></w:tbl>", "Network Engineer"},
	} {
		if p := lawful(t, Document{Body: bytes.NewReader(wordFile(c.body))})[0]; p.Title != c.want {
			t.Errorf("%s: title %q, want %q", c.body, p.Title, c.want)
		}
	}
}

// Broken documents are named with what is broken.
func TestDOCXBroken(t *testing.T) {
	doc := func(xml string) []byte { return zipped([2]string{docxText, xml}) }
	sound := wordFile(para("", strings.Repeat("You help. ", 1000)))
	lol := `<!DOCTYPE x [<!ENTITY a "lol">`
	for c := 'b'; c < 'k'; c++ {
		lol += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	for _, c := range []struct {
		name, problem string
		body          []byte
	}{
		{"cut", "broken Word document: its archive breaks off", sound[:len(sound)-40]},
		{"bytes changed", "broken Word document: word/document.xml cannot be read", bytes.Replace(sound, []byte(docxText), []byte(docxText), 1)[:0]},
		{"no main part", "broken Word document: it has no word/document.xml", zipped([2]string{"word/document.xml.bak", ""})},
		{"not XML", "broken Word document: word/document.xml cannot be read: XML syntax error", doc("<w:p><w:t>a</w:p>")},
		{"cut XML", "broken Word document: word/document.xml cannot be read: XML syntax error", doc("<w:p><w:t>a")},
		{"entity bomb", "broken Word document: word/document.xml cannot be read: XML syntax error on line 1: invalid character entity &j;", doc(lol + "]><w:p><w:t>&j;</w:t></w:p>")},
		{"zip bomb", "broken Word document: word/document.xml has more than 16 MB", doc("<w:p>" + strings.Repeat("<w:t>a</w:t>", mostPart/10) + "</w:p>")},
		{"deep", "broken Word document: word/document.xml cannot be read: elements lie more than", doc(strings.Repeat("<w:tbl>", 1e6))},
		{"empty", "empty", wordFile("")},
	} {
		if c.name == "bytes changed" {
			c.body = bytes.Clone(sound)
			at := bytes.Index(c.body, []byte(docxText)) + len(docxText) + 20
			copy(c.body[at:], "xxxxxxxxxxxx")
		}
		if p := lawful(t, Document{Source: "a.docx", Body: bytes.NewReader(c.body)})[0]; !strings.HasPrefix(p.Problem, c.problem) || p.Text != "" {
			t.Errorf("%s: problem %q, text %.60q, want %q", c.name, p.Problem, p.Text, c.problem)
		}
	}
}

func FuzzDOCX(f *testing.F) {
	for _, s := range []string{para("Titre", "Clerk"), "<w:tbl><w:tr><w:tc>" + para("Puces", "a ") + "</w:tc><w:tc>" + para("", " b&c") + "</w:tc></w:tr></w:tbl>",
		para("", "You ", `<w:del><w:r><w:t>may</w:t></w:r></w:del><w:r><w:tab/><w:t>a`+"\u00AD"+`b</w:t><w:br/></w:r>`)} {
		f.Add([]byte(s), false)
	}
	f.Add(wordFile(para("", "Clerk")), true)
	f.Fuzz(func(t *testing.T, body []byte, whole bool) {
		if !whole {
			body = wordFile(string(body))
			traced(t, body)
		}
		lawful(t, Document{Source: "a.docx", Body: bytes.NewReader(body)})
	})
}
