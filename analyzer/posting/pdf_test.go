package posting

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
)

// pdfFile makes a PDF of pages, each the operators that draw it, with
// Helvetica as F1. further objects are numbered from 100 on.
func pdfFile(pages []string, further ...string) []byte {
	objects := []string{1: "<</Type/Catalog/Pages 2 0 R>>", 2: "", 3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}
	var kids strings.Builder
	for _, page := range pages {
		n := len(objects)
		fmt.Fprintf(&kids, "%d 0 R ", n)
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 3 0 R/F2 100 0 R>>/XObject<</X 100 0 R>>>>/MediaBox[0 0 612 792]>>", n+1), pdfStream("", page))
	}
	objects[2] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String())
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	offsets := map[int]int{}
	for n, o := range objects[1:] {
		offsets[n+1] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n+1, o)
	}
	for n, o := range further {
		offsets[100+n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", 100+n, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 1\n0000000000 65535 f \n")
	for n := range 100 + len(further) {
		if at, ok := offsets[n]; ok {
			fmt.Fprintf(&b, "%d 1\n%010d 00000 n \n", n, at)
		}
	}
	fmt.Fprintf(&b, "trailer\n<</Size 200/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table)
	return b.Bytes()
}

func pdfStream(dict, data string) string {
	return fmt.Sprintf("<</Length %d%s>>\nstream\n%s\nendstream", len(data), dict, data)
}

func deflated(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

// at draws text in windows-1252 at a place, in points from the lower left.
func at(x, y, size float64, text string) string {
	text = strings.NewReplacer("•", "\x95", "’", "\x92", "é", "\xe9", `\`, `\\`, "(", `\(`, ")", `\)`).Replace(text)
	return fmt.Sprintf("BT /F1 %g Tf %g %g Td (%s) Tj ET\n", size, x, y, text)
}

// column draws lines below one another.
func column(x, y float64, lines ...string) string {
	var b strings.Builder
	for i, l := range lines {
		b.WriteString(at(x, y-14*float64(i), 11, l))
	}
	return b.String()
}

func TestPDF(t *testing.T) {
	fold := []string{"You look after the servers of our clinics and ex-", "plain outages to staff in plain words, end-", "to-end. You explain them well.", "Apply now."}
	for _, c := range []struct {
		name  string
		pages []string
		want  string
	}{
		{"a line", []string{at(72, 700, 11, "Clerk’s café (part-time)")}, "Clerk’s café (part-time)"},
		{"a paragraph", []string{column(72, 700, fold...)}, "You look after the servers of our clinics and explain outages to staff in plain words, end-to-end. You explain them well.\nApply now."},
		{"the order of drawing", []string{at(72, 600, 11, "Second paragraph.") + at(72, 700, 20, "Clerk")}, "Clerk\n\nSecond paragraph."},
		{"a list", []string{column(72, 700, "You bring:", "• Windows", "• Patience with people who are not technical", "and Linux", "o Cake") + at(72, 600, 11, "Apply.")},
			"You bring:\n• Windows\n• Patience with people who are not technical and Linux\n• Cake\n\nApply."},
		{"a list with its bullets apart", []string{at(72, 700, 11, "•") + at(90, 700, 11, "Windows") + at(72, 686, 11, "•") + at(90, 686, 11, "Linux")}, "• Windows\n• Linux"},
		{"letters drawn one by one", []string{"BT /F1 10 Tf 72 700 Td [(W) 50 (ork) -300 (well) -20 (.)] TJ ET"}, "Work well."},
		{"bold by printing twice", []string{at(72, 700, 11, "Clerk") + at(72.3, 700, 11, "Clerk")}, "Clerk"},
		{"columns", []string{at(72, 740, 20, "Clerk") + column(72, 700, "You look after all the servers of", "the clinics, and tell staff what is", "wrong, in words they know.", "You bring patience.") +
			column(320, 707, "We are a group of six clinics", "in the north of the country", "with a hundred people.", "We pay well.", "Apply now.")},
			"Clerk\n\nYou look after all the servers of the clinics, and tell staff what is wrong, in words they know.\nYou bring patience.\n\nWe are a group of six clinics in the north of the country with a hundred people.\nWe pay well.\nApply now."},
		{"a table", []string{column(72, 700, "Place", "Pay", "Start", "Hours") + column(220, 700, "Leeds", "enough", "at once", "forty")}, "Place | Leeds\nPay | enough\nStart | at once\nHours | forty"},
		{"running heads", []string{at(72, 760, 9, "Northwind Ltd.") + at(72, 700, 11, "You help.") + at(300, 30, 9, "Page 1 of 2"), at(72, 760, 9, "Northwind Ltd.") + at(72, 700, 11, "You write.") + at(300, 30, 9, "Page 2 of 2")},
			"Northwind Ltd.\n\nYou help.\n\nYou write."},
		{"marked as no text", []string{"/Artifact BMC " + at(72, 760, 9, "Northwind") + " EMC " + at(72, 700, 11, "You help.")}, "You help."},
		{"a sentence over two pages", []string{column(72, 100, "You look after the servers of our", "clinics and you explain outages to"), column(72, 700, "staff who have little time for you.", "You help.")},
			"You look after the servers of our clinics and you explain outages to staff who have little time for you.\nYou help."},
		{"turned", []string{"BT /F1 11 Tf 0 1 -1 0 30 100 Tm (CONFIDENTIAL) Tj ET " + at(72, 700, 11, "You help.")}, "You help."},
		{"scaled", []string{"q 0.1 0 0 0.1 0 0 cm " + at(720, 7000, 110, "You help.") + at(720, 6860, 110, "You write.") + " Q"}, "You help.\nYou write."},
		{"damage in the operators", []string{"Q Q ET Tj ( TJ"}, ""},
	} {
		p := lawful(t, Document{Source: "a", Body: bytes.NewReader(pdfFile(c.pages))})[0]
		if p.Text != c.want || c.want != "" && p.Problem != "" {
			t.Errorf("%s: read\n%q, want\n%q; problem %q", c.name, p.Text, c.want, p.Problem)
		}
	}
}

// Fonts whose codes mean nothing without their tables, and drawings within
// the page.
func TestPDFFonts(t *testing.T) {
	table := "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n" +
		"2 beginbfrange <0001> <0003> <0041> <0005> <0006> [<00660069> <D83DDE00>] endbfrange 2 beginbfchar <0009> <FB01> <000A> <0020> endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
	page := "BT /F2 10 Tf 72 700 Td <0001000200030005000A00060009> Tj ET"
	body := pdfFile([]string{page}, "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 101 0 R/DescendantFonts[<</W[1[500 600] 3 9 700]>>]>>", pdfStream("", table))
	if p := lawful(t, Document{Body: bytes.NewReader(body)})[0]; p.Text != "ABCfi 😀fi" {
		t.Errorf("read %q, %q", p.Text, p.Problem)
	}
	body = pdfFile([]string{"BT /F2 10 Tf 72 700 Td (ab\x80) Tj ET"}, "<</Type/Font/Subtype/TrueType/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[97/X/eacute]>>>>")
	if p := lawful(t, Document{Body: bytes.NewReader(body)})[0]; p.Text != "Xé€" {
		t.Errorf("read %q, %q", p.Text, p.Problem)
	}
	body = pdfFile([]string{"/X Do " + at(72, 600, 11, "Apply.")}, pdfStream("/Subtype/Form/Matrix[1 0 0 1 0 100]/Resources<</Font<</F1 3 0 R>>>>", at(72, 600, 11, "You help.")))
	if p := lawful(t, Document{Body: bytes.NewReader(body)})[0]; p.Text != "You help.\n\nApply." {
		t.Errorf("read %q, %q", p.Text, p.Problem)
	}
}

// Objects packed in streams, and tables that are broken or lie.
func TestPDFPacked(t *testing.T) {
	plain := pdfFile([]string{at(72, 700, 11, "You help.")})
	const objects = "1 0 2 29 <</Type/Catalog/Pages 2 0 R>><</Type/Pages/Count 1/Kids[4 0 R]>>"
	packed := bytes.Replace(plain, []byte("1 0 obj\n<</Type/Catalog/Pages 2 0 R>>"), []byte("90 0 obj\n"+pdfStream("/Type/ObjStm/N 2/First 9/Filter/FlateDecode", deflated(objects))), 1)
	packed = bytes.Replace(packed, []byte("2 0 obj"), []byte("91 0 obj"), 1)
	for name, body := range map[string][]byte{
		"packed":           packed,
		"no table":         bytes.Replace(plain, []byte("xref\n0 1"), []byte("xxxx\n0 1"), 1),
		"wrong places":     bytes.ReplaceAll(plain, []byte("00000000"), []byte("00000099")),
		"other version":    bytes.Replace(plain, []byte("%PDF-1.4"), []byte("%PDF-2.0"), 1),
		"more behind":      append(bytes.Clone(plain), strings.Repeat("\x00", 2000)...),
		"an endless table": bytes.Replace(plain, []byte("/Root"), fmt.Appendf(nil, "/Prev %d/Root", bytes.LastIndex(plain, []byte("xref\n0"))), 1),
		"a huge table":     bytes.Replace(plain, []byte("/Size 200"), []byte("/Size 99999999999"), 1),
	} {
		if p := lawful(t, Document{Body: bytes.NewReader(body)})[0]; p.Text != "You help." {
			t.Errorf("%s: read %q, %q", name, p.Text, p.Problem)
		}
	}
}

func TestPDFBroken(t *testing.T) {
	sound := pdfFile([]string{at(72, 700, 11, "You help.")})
	bomb := strings.Repeat("0 ", 8<<20)
	for _, c := range []struct {
		name, problem string
		body          []byte
	}{
		{"a scan", "no text layer: ", pdfFile([]string{"q 612 0 0 792 0 0 cm /X Do Q"}, pdfStream("/Subtype/Image/Width 1/Height 1", "x"))},
		{"no pages", "no text layer: ", pdfFile(nil)},
		{"cut", "broken PDF: it breaks off before", sound[:200]},
		{"a mark only", "broken PDF: ", []byte("%PDF-1.4\n")},
		{"encrypted", "encrypted: ", bytes.Replace(sound, []byte("/Root"), []byte("/ID[<00><00>]/Encrypt 100 0 R/Root"), 1)[:]},
		{"pages in a circle", "no text layer: ", bytes.Replace(sound, []byte("/Kids[4 0 R ]"), []byte("/Kids[2 0 R 2 0 R]"), 1)},
		{"drawings in a circle", "no text layer: ", pdfFile([]string{"/X Do"}, pdfStream("/Subtype/Form", strings.Repeat("/X Do ", 2)))},
		{"many drawings in a circle", "broken PDF: its parts refer to one another", pdfFile([]string{"/X Do"}, pdfStream("/Subtype/Form", strings.Repeat("/X Do ", 10000)))},
		{"a bomb", "broken PDF: it unpacks to more than", pdfFile([]string{"/X Do"}, pdfStream("/Subtype/Form/Filter/FlateDecode", deflated(bomb)))},
		{"a hunger for memory", "broken PDF: it asks for more memory", pdfFile([]string{"/X Do"}, pdfStream("/Subtype/Form/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 99999999999>>", deflated("x")))},
		{"an unknown filter", "broken PDF: none of its pages", pdfFile([]string{"/X Do"}, pdfStream("/Subtype/Form/Filter/Crypt", "x"))},
	} {
		if c.name == "encrypted" {
			c.body = append(c.body[:len(c.body)-6], fmt.Sprintf("100 0 obj\n<</Filter/Standard/V 1/R 2/P 0/O<%064d>/U<%064d>>>\nendobj\n%%%%EOF", 1, 1)...)
		}
		if p := lawful(t, Document{Source: "a.pdf", Body: bytes.NewReader(c.body)})[0]; !strings.HasPrefix(p.Problem, c.problem) || p.Text != "" {
			t.Errorf("%s: problem %q, text %.60q, want %q", c.name, p.Problem, p.Text, c.problem)
		}
	}
	// What was read before the damage is kept.
	body := pdfFile([]string{at(72, 700, 11, "You help.") + "/X Do", at(72, 700, 11, "You write.")}, pdfStream("/Subtype/Form/Filter/Crypt", "x"))
	if p := lawful(t, Document{Body: bytes.NewReader(body)})[0]; p.Text != "You help.\n\nYou write." || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0], "page 1 ") {
		t.Errorf("read %q, %q, %q", p.Text, p.Warnings, p.Problem)
	}
}

func FuzzPDF(f *testing.F) {
	f.Add([]byte(column(72, 700, "You look after the servers of our", "clinics.", "• Windows")), false)
	f.Add([]byte("q 1 0 0 1 0 0 cm BT /F1 9 Tf 1 Tr [(a) -300 (b)] TJ T* (c) ' 1 2 (d) \" ET Q /X Do"), false)
	f.Add(pdfFile([]string{at(72, 700, 11, "You help.")}), true)
	f.Add(pdfFile([]string{"/X Do"}, pdfStream("/Type/ObjStm/N 1/First 5", "7 0 (a)")), true)
	f.Fuzz(func(t *testing.T, body []byte, whole bool) {
		if !whole {
			body = pdfFile([]string{string(body)}, pdfStream("/Subtype/Form", string(body)))
		}
		lawful(t, Document{Source: "a.pdf", Body: bytes.NewReader(body)})
	})
}
