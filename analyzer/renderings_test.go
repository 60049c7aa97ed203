package analyzer

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"softgap/analyzer/posting"
)

// A block of a posting: a heading of a level, an item of a list, a paragraph.
type block struct {
	level int
	item  bool
	text  string
}

func blocksOf(markdown string) (out []block) {
	for line := range strings.Lines(markdown) {
		line = strings.TrimSpace(line)
		text := strings.TrimLeft(line, "#")
		switch {
		case line == "":
		case text != line:
			out = append(out, block{level: len(line) - len(text), text: strings.TrimSpace(text)})
		case strings.HasPrefix(line, "- "):
			out = append(out, block{item: true, text: line[2:]})
		default:
			out = append(out, block{text: line})
		}
	}
	return out
}

// renderings write a posting down in the ways that people do.
var renderings = []struct {
	file  string
	write func([]block) []byte
}{
	{"a.txt", func(blocks []block) []byte {
		return written(blocks, func(b block) string { return pick(b, "\n%s\n", "- %s\n", "%s\n") }, nil)
	}},
	{"a.md", func(blocks []block) []byte {
		escape := strings.NewReplacer("-", `\-`, "+", `\+`, "#", `\#`, "&", `\&`, "(", `\(`, ")", `\)`).Replace
		return written(blocks, func(b block) string { return pick(b, "\n"+strings.Repeat("#", b.level)+" %s\n\n", "* %s\n", "%s\n\n") }, escape)
	}},
	{"a.html", func(blocks []block) []byte {
		return []byte("<!doctype html><html><head><title>Jobs</title></head><body><main>" + markup(blocks) + "</main></body></html>")
	}},
	{"a.json", func(blocks []block) []byte {
		out, _ := json.Marshal(map[string]any{"@type": "JobPosting", "title": blocks[0].text, "description": html.EscapeString(markup(blocks))})
		return out
	}},
	{"a.docx", docx},
	{"a.pdf", pdf},
}

// pick returns the format of a block: of a heading, an item, a paragraph.
func pick(b block, heading, item, paragraph string) string {
	switch {
	case b.level > 0:
		return heading
	case b.item:
		return item
	}
	return paragraph
}

func written(blocks []block, format func(block) string, escape func(string) string) []byte {
	var out bytes.Buffer
	for _, b := range blocks {
		text := b.text
		if escape != nil {
			text = escape(text)
		}
		fmt.Fprintf(&out, format(b), text)
	}
	return out.Bytes()
}

func markup(blocks []block) string {
	var out strings.Builder
	for i, b := range blocks {
		if b.item && !blocks[i-1].item {
			out.WriteString("<ul>")
		}
		tag := pick(b, fmt.Sprint("h", b.level), "li", "p")
		fmt.Fprintf(&out, "<%s>%s</%s>", tag, html.EscapeString(b.text), tag)
		if b.item && (i+1 == len(blocks) || !blocks[i+1].item) {
			out.WriteString("</ul>")
		}
	}
	return out.String()
}

func docx(blocks []block) []byte {
	const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	body := written(blocks, func(b block) string {
		style := pick(b, `<w:pStyle w:val="H"/>`, `<w:numPr><w:numId w:val="1"/></w:numPr>`, "")
		return "<w:p><w:pPr>" + style + `</w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`
	}, func(s string) string {
		var out strings.Builder
		_ = xml.EscapeText(&out, []byte(s))
		// A word processor begins a new run wherever somebody has typed.
		return strings.Replace(out.String(), "e", `e</w:t></w:r><w:r><w:t xml:space="preserve">`, 3)
	})
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, part := range map[string]string{
		"word/styles.xml":   "<w:styles " + space + `><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>`,
		"word/document.xml": "<w:document " + space + "><w:body>" + string(body) + "</w:body></w:document>",
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, part)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// pdf sets a posting in Courier, 80 letters a line, 54 lines a page.
func pdf(blocks []block) []byte {
	var pages []string
	y := 0.0
	line := func(x float64, text string) {
		if y < 40 {
			pages, y = append(pages, ""), 780
		}
		text = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "•", "\x95").Replace(text)
		pages[len(pages)-1] += fmt.Sprintf("BT /F1 10 Tf %g %g Td (%s) Tj ET\n", x, y, text)
		y -= 13
	}
	for i, b := range blocks {
		if i > 0 && !(b.item && blocks[i-1].item) {
			y -= 9
		}
		rest, first := b.text, true
		for rest != "" {
			n := len(rest)
			if n > 80 {
				n = strings.LastIndexAny(rest[:81], " -") + 1
			}
			if b.item && first {
				line(50, "•")
				y += 13
			}
			line(pickX(b), strings.TrimRight(rest[:n], " "))
			rest, first = rest[n:], false
		}
	}
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/TrueType/BaseFont/Courier/Encoding/WinAnsiEncoding/FirstChar 0/Widths[" + strings.Repeat("600 ", 256) + "]>>"}
	kids := ""
	for _, page := range pages {
		kids += fmt.Sprintf("%d 0 R ", len(objects)+1)
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>", len(objects)+2),
			fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(page), page))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids)
	out := []byte("%PDF-1.4\n")
	table := ""
	for i, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", len(out))
		out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	return fmt.Appendf(out, "xref\n1 %d\n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects), table, len(objects)+1, len(out))
}

func pickX(b block) float64 {
	if b.item {
		return 64
	}
	return 50
}

// Issue 4: "The same posting given as HTML, escaped HTML in JSON, Markdown,
// DOCX, PDF and plain text gives the same matches (order and dimension) and
// scores within 2 points".
func TestRenderings(t *testing.T) {
	names, err := filepath.Glob("../testdata/renderings/*.md")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d postings, %v", len(names), err)
	}
	a := fresh()
	for _, name := range names {
		markdown, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var want *Report
		for _, r := range renderings {
			ps := posting.Read(posting.Document{Source: r.file, Body: bytes.NewReader(r.write(blocksOf(string(markdown))))})
			if len(ps) != 1 || ps[0].Problem != "" {
				t.Fatalf("%s as %s: %+v", name, r.file, ps)
			}
			got := a.Analyze(ps[0])
			if want == nil {
				want = got
				if n := len(inOrder(got)); n < 8 || got.Status != "scored" {
					t.Errorf("%s: %s, %d matches: too little to compare", name, got.Status, n)
				}
				continue
			}
			if g, w := strings.Join(inOrder(got), "\n"), strings.Join(inOrder(want), "\n"); g != w {
				t.Errorf("%s as %s matches\n%s\nwant\n%s\ntext:\n%s", name, r.file, g, w, ps[0].Text)
			}
			if far(got.Scores.Technical, want.Scores.Technical) || far(got.Scores.Soft, want.Scores.Soft) || got.Posting.Title != want.Posting.Title {
				t.Errorf("%s as %s: %q, %+v, want %q, %+v", name, r.file, got.Posting.Title, got.Scores, want.Posting.Title, want.Scores)
			}
		}
	}
}

// inOrder lists the matches of a Report in order.
func inOrder(r *Report) (out []string) {
	for _, s := range r.Statements {
		for _, m := range s.Matches {
			out = append(out, m.Dimension+" "+strings.Join(strings.Fields(m.Text), " "))
		}
	}
	return out
}

func far(a, b float64) bool { return math.Abs(a-b) > 2 }
