package posting

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
)

// A rewriting is edits of a document by the words they change: each replaces
// the first by the second; an empty first one goes behind the third.
type rewriting struct{ old, words, behind string }

// rewritten edits a document and reads it again.
func rewritten(t *testing.T, name string, document []byte, rs ...rewriting) (string, []byte) {
	t.Helper()
	d := Document{Source: name, Body: bytes.NewReader(document)}
	p := Read(d)[0]
	edits := editsOf(t, p.Text, rs)
	out, _, err := Rewrite(document, d, p, edits)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	d.Body = bytes.NewReader(out)
	if again, want := Read(d)[0].Text, Edited(p.Text, edits); again != want {
		t.Errorf("%s reads\n%q, want\n%q", name, again, want)
	}
	return Read(Document{Source: name, Body: bytes.NewReader(out)})[0].Text, out
}

// editsOf are the edits of a text, in the order of their places.
func editsOf(t *testing.T, text string, rs []rewriting) (edits []Edit) {
	t.Helper()
	for _, r := range rs {
		at := strings.Index(text, r.old+r.behind)
		if at < 0 {
			t.Fatalf("%q is not in %q", r.old+r.behind, text)
		}
		e := Edit{Span{at, at + len(r.old)}, r.words}
		if r.old == "" {
			e.Span = Span{at + len(r.behind), at + len(r.behind)}
		}
		edits = append(edits, e)
	}
	slices.SortFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	return edits
}

const shop = `<!DOCTYPE html>
<html><head><title>Job &amp; more</title><style>li{color:red}</style></head>
<body><nav><a href="/">Home</a> <a href="/jobs">Jobs</a></nav>
<main id="job"><h1>Help Desk Technician</h1>
<!-- kept -->
<h2>Duties</h2>
<ul class="duties">
  <li class="first">Install <b>laptops &amp; printers</b> for new staff in all of our offices</li>
  <li>Answer calls about <a href="x">Windows</a> and Office, every day of the week</li>
</ul>
<h2>Requirements</h2>
<p>Excellent&nbsp;communication skills.<br>Two years of desk work with people of every kind. You keep calm when the telephone rings all day, and you write down what was done for those who come after you.</p>
</main><footer>Acme &copy;</footer><script>var x = "Install laptops";</script></body></html>
`

func TestRewriteHTML(t *testing.T) {
	_, out := rewritten(t, "shop.html", []byte(shop),
		rewriting{"", "\n• Explain \"fixes\" <plainly> & calmly", "for new staff in all of our offices"},
		rewriting{"laptops & printers", "computers", ""},
		rewriting{"Excellent communication", "Communication", ""},
		rewriting{"", " or the like", "Two years of desk work"},
	)
	for _, want := range []string{
		`<li class="first">Install <b>computers</b> for new staff in all of our offices</li>
  <li class="first">Explain "fixes" &lt;plainly&gt; &amp; calmly</li>
  <li>Answer calls about <a href="x">Windows</a>`,
		`<p>Communication skills.<br>Two years of desk work or the like with people`,
		"<!-- kept -->", `<main id="job">`, `var x = "Install laptops";`, "<title>Job &amp; more</title>",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the page lacks %q:\n%s", want, out)
		}
	}
	text, out := rewritten(t, "shop.html", []byte(shop), rewriting{"\n• Answer calls about Windows and Office, every day of the week", "", ""})
	if strings.Contains(text, "Answer") || strings.Count(string(out), "<li") != 1 || strings.Contains(string(out), "\n\n") {
		t.Errorf("%s", out)
	}
}

// What is no page and no Word document is refused, with a way out.
func TestRewriteRefuses(t *testing.T) {
	document := `{"title": "Technician", "description": "` + strings.Repeat("Install laptops and answer calls of staff. ", 8) + `"}`
	d := Document{Source: "posting.json", Body: strings.NewReader(document)}
	p := Read(d)[0]
	if out, _, err := Rewrite([]byte(document), d, p, []Edit{{Span{0, 7}, "Mend"}}); err == nil || !strings.Contains(err.Error(), "save the posting as") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestRewriteText(t *testing.T) {
	const text = "\ufeffTechnician\r\n\r\n- Install laptops.\r\n- Answer calls.\r\n"
	_, out := rewritten(t, "a.txt", []byte(text), rewriting{"", "\r\n- Explain.", "- Install laptops."}, rewriting{"Answer calls", "Mend", ""})
	if want := "\ufeffTechnician\r\n\r\n- Install laptops.\r\n- Explain.\r\n- Mend.\r\n"; string(out) != want {
		t.Errorf("%q, want %q", out, want)
	}
}

// What is edited in a Word document is a tracked change; all else of it stays.
func TestRewriteDOCX(t *testing.T) {
	const item = `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`
	document := wordFile(para("Titre1", "Help Desk Technician") +
		para("", item, "Install laptops & ", `<w:r><w:rPr><w:b/></w:rPr><w:t>printers</w:t></w:r>`) +
		para("", `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:i/></w:rPr></w:pPr>`, `<w:commentRangeStart w:id="7"/>`, "Answer calls every day", `<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>`) +
		para("", item, "Answer calls twice") +
		"<w:tbl><w:tr><w:tc><w:tcPr/>" + para("", "Excellent skills") + "</w:tc><w:tc>" + para("", "Leeds") + "</w:tc></w:tr></w:tbl>" +
		para("", "A degree is needed."))
	_, out := rewritten(t, "a.docx", document,
		rewriting{"", "\n• Explain <fixes>", "printers"},
		rewriting{"laptops & pr", "machines and pr", ""},
		rewriting{"\n• Answer calls twice", "", ""},
		rewriting{"Excellent s", "S", ""},
		rewriting{"", " or the like", "A degree"},
	)
	main := partOf(t, out, docxText)
	for _, want := range []string{
		`<w:rPr><w:ins w:id="11" w:author="softgap"/></w:rPr></w:pPr><w:ins w:id="12" w:author="softgap"><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Explain &lt;fixes&gt;</w:t></w:r></w:ins></w:p>`,
		`<w:delText xml:space="preserve">laptops &amp; </w:delText>`, `<w:delText xml:space="preserve">pr</w:delText>`,
		`<w:delText xml:space="preserve">Answer calls twice</w:delText>`, `<w:commentRangeStart w:id="7"/>`, `<w:commentReference w:id="7"/>`,
		`<w:pStyle w:val="Titre1"/>`, `<w:t xml:space="preserve"> or the like</w:t>`,
	} {
		if !strings.Contains(main, want) {
			t.Errorf("the document lacks %s:\n%s", want, main)
		}
	}
	for _, name := range []string{docxStyles, docxCore, "[Content_Types].xml"} {
		if partOf(t, out, name) != partOf(t, document, name) {
			t.Errorf("%s has changed", name)
		}
	}
}

func partOf(t *testing.T, archive []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// FuzzRewriteHTML: what Rewrite returns reads as the edited text, whatever the
// page and the edit.
func FuzzRewriteHTML(f *testing.F) {
	f.Add(shop, 20, 12, "words")
	f.Add("<ul><li>one<li>two three four five six seven eight</ul><p>more<br>and more", 9, 0, "\n• three")
	f.Add("<table><tr><td>a<td>b &amp; c</table>", 2, 3, "")
	f.Fuzz(func(t *testing.T, page string, at, size int, words string) {
		d := Document{Source: "a.html", Body: strings.NewReader(page)}
		ps := Read(d)
		if len(ps) != 1 || ps[0].Text == "" || strings.ToValidUTF8(words, "") != words {
			return
		}
		from := min(max(at, 0), len(ps[0].Text))
		to := min(from+max(size, 0), len(ps[0].Text))
		for from > 0 && from < len(ps[0].Text) && ps[0].Text[from]&0xC0 == 0x80 {
			from--
		}
		for to < len(ps[0].Text) && ps[0].Text[to]&0xC0 == 0x80 {
			to++
		}
		edits := []Edit{{Span{from, to}, words}}
		out, _, err := Rewrite([]byte(page), d, ps[0], edits)
		if err != nil {
			return
		}
		d.Body = bytes.NewReader(out)
		if again := Read(d); len(again) != 1 {
			t.Fatalf("%d postings", len(again))
		}
	})
}
