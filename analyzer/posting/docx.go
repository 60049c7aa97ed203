package posting

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io/fs"
	"strings"
)

// Parts of a Word document.
const (
	docxText   = "word/document.xml"
	docxStyles = "word/styles.xml"
	docxCore   = "docProps/core.xml"
)

// Bounds of a Word document. A part of a large one has a megabyte.
const (
	mostPart     = 16 << 20
	longestTitle = 200
)

// isDOCX accepts a zip archive with Word's main part in it.
func isDOCX(in *input) bool {
	return in.binary == wordDocument || in.ext == ".docx" && strings.HasPrefix(string(in.head[:min(len(in.head), 4)]), "PK\x03\x04")
}

// readDOCX reads a Word document as it would be printed with all tracked
// changes accepted: a line for a paragraph, "• " before a list's item, " | "
// between the cells of a table's row. Notes, comments, headers and footers are
// left out.
func readDOCX(in *input, yield func(Posting) bool) {
	p := Posting{Markup: true}
	switch b, err := wordText(in); {
	case err != nil:
		p.Problem = "broken Word document: " + err.Error() + ": save it anew from a word processor"
	default:
		p.Text = string(b.text)
		p.Title = b.title
		stated(&p)
	}
	yield(p)
}

// wordText reads the text of a Word document with the places it comes from.
func wordText(in *input) (*body, error) {
	file, size, err := in.file()
	if err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, errors.New("its archive breaks off or is damaged")
	}
	x := &docx{styles: map[string]style{}}
	if err := x.read(archive, docxStyles, x.readStyles); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	b := &body{}
	if err := x.read(archive, docxText, func() error { return x.blocks(b) }); err != nil {
		return nil, err
	}
	if b.lines(1); b.title == "" {
		// The title of the file's properties is often that of the form it was
		// made from: it counts if the text has it too.
		var title string
		_ = x.read(archive, docxCore, func() error { title, err = x.find("title"); return err })
		if title = oneLine(title); title != "" && len(title) < longestTitle && strings.Contains("\n"+string(b.text)+"\n", "\n"+title+"\n") {
			b.title = title
		}
	}
	return b, nil
}

// docx reads the parts of a Word document.
type docx struct {
	*xmlPart
	styles map[string]style
}

// part reads a part of the archive.
func (x *docx) read(archive *zip.Reader, name string, read func() error) error {
	return readPart(archive, name, mostPart, func(p *xmlPart) error {
		x.xmlPart = p
		return read()
	})
}

// A style is what the name of a paragraph's style says of it.
type style struct {
	base           string
	heading, title bool
	list           bool
}

// on reports whether an element switches its property on.
func on(e xml.StartElement) bool {
	v := value(e, "val")
	return v != "0" && v != "false" && v != "off" && v != "none"
}

// readStyles notes which styles are headings or lists.
func (x *docx) readStyles() error {
	return x.each(func(e xml.StartElement) error {
		if e.Name.Local != "style" {
			return x.readStyles()
		}
		var s style
		err := x.each(func(p xml.StartElement) error {
			switch p.Name.Local {
			case "name":
				name := strings.ToLower(value(p, "val"))
				s.title = name == "title"
				s.heading = s.title || name == "subtitle" || strings.HasPrefix(name, "heading ")
			case "basedOn":
				s.base = value(p, "val")
			case "pPr":
				_, err := x.properties(&s)
				return err
			}
			return x.skip()
		})
		x.styles[value(e, "styleId")] = s
		return err
	})
}

// style returns what a style says, and those it is based on.
func (x *docx) style(id string) style {
	s := x.styles[id]
	for base, n := s.base, 0; base != "" && n < 10; n++ {
		b := x.styles[base]
		s.heading, s.list = s.heading || b.heading, s.list || b.list
		base = b.base
	}
	return s
}

// properties reads the properties of a paragraph into s and reports whether
// its end was deleted, so that the next paragraph goes on in its line.
func (x *docx) properties(s *style) (deleted bool, err error) {
	err = x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			*s = x.style(value(e, "val"))
		case "outlineLvl":
			s.heading = s.heading || value(e, "val") < "9"
		case "numPr":
			return x.each(func(e xml.StartElement) error {
				if e.Name.Local == "numId" {
					s.list = value(e, "val") != "0"
				}
				return x.skip()
			})
		case "rPr":
			return x.each(func(e xml.StartElement) error {
				deleted = deleted || e.Name.Local == "del" || e.Name.Local == "moveFrom"
				return x.skip()
			})
		}
		return x.skip()
	})
	return deleted, err
}

// unprinted are elements whose content is not shown, or not with all changes
// accepted.
var unprinted = set{names: "del moveFrom instrText delText Fallback sectPr sdtPr rPrChange pPrChange tblPr trPr tcPr tblGrid"}

// blocks reads the paragraphs and tables within the element being read.
func (x *docx) blocks(b *body) error {
	return x.each(func(e xml.StartElement) error {
		switch name := e.Name.Local; {
		case name == "p":
			return x.paragraph(b)
		case name == "tr":
			return x.row(b)
		case name == "tbl":
			b.lines(2)
			err := x.blocks(b)
			b.lines(2)
			return err
		case name == "sdt":
			return x.control(func() error { return x.blocks(b) })
		case unprinted.has(name):
			return x.skip()
		}
		return x.blocks(b)
	})
}

// control reads a field of a form, unless it shows no more than its prompt.
func (x *docx) control(read func() error) error {
	prompt := false
	return x.each(func(e xml.StartElement) error {
		switch {
		case e.Name.Local == "sdtPr":
			return x.each(func(e xml.StartElement) error {
				prompt = prompt || e.Name.Local == "showingPlcHdr" && on(e)
				return x.skip()
			})
		case e.Name.Local != "sdtContent" || prompt:
			return x.skip()
		}
		return read()
	})
}

// row reads a table's row. A deleted one is left out.
func (x *docx) row(b *body) error {
	b.lines(1)
	deleted := false
	err := x.each(func(e xml.StartElement) error {
		switch {
		case e.Name.Local == "trPr":
			return x.each(func(e xml.StartElement) error {
				deleted = deleted || e.Name.Local == "del"
				return x.skip()
			})
		case e.Name.Local != "tc" && e.Name.Local != "sdt" && e.Name.Local != "sdtContent" || deleted:
			return x.skip()
		}
		cell := &body{}
		if err := x.blocks(cell); err != nil {
			return err
		}
		several := strings.Contains(string(cell.text), "\n")
		if b.owed == 0 && len(b.text) > 0 && !several {
			b.mark = cellBar
		} else if several {
			b.lines(1)
		}
		b.add(cell)
		if several {
			b.lines(1)
		}
		return nil
	})
	b.lines(1)
	return err
}

// paragraph reads a paragraph, and behind it the text boxes that hang on it.
func (x *docx) paragraph(b *body) error {
	var s style
	var boxes []*body
	from, deleted, hidden := len(b.text), false, false
	var inline func() error
	inline = func() error {
		return x.each(func(e xml.StartElement) (err error) {
			switch name := e.Name.Local; {
			case name == "pPr":
				deleted, err = x.properties(&s)
				b.begin(s)
				return err
			case name == "r":
				hidden = false
			case name == "rPr":
				return x.each(func(e xml.StartElement) error {
					hidden = hidden || e.Name.Local == "vanish" && on(e)
					return x.skip()
				})
			case hidden:
				return x.skip()
			case name == "t" && strings.Contains(e.Name.Space, "wordprocessingml"):
				return x.words(b)
			case name == "tab" || name == "ptab":
				b.blank()
			case name == "br" || name == "cr":
				b.lines(1)
			case name == "noBreakHyphen":
				b.write("-")
			case name == "txbxContent":
				boxes = append(boxes, &body{})
				return x.blocks(boxes[len(boxes)-1])
			case name == "sdt":
				return x.control(inline)
			case unprinted.has(name):
				return x.skip()
			}
			return inline()
		})
	}
	b.begin(style{})
	err := inline()
	if !deleted {
		b.lines(1)
	}
	if s.title && b.title == "" {
		b.title = oneLine(string(b.text[from:]))
	}
	for _, box := range boxes {
		b.lines(2)
		b.add(box)
		b.lines(2)
	}
	return err
}

// words reads the text of a run.
func (x *docx) words(b *body) error {
	for {
		offset := x.InputOffset()
		t, err := x.next()
		if t == nil || err != nil {
			return err
		}
		if c, ok := t.(xml.CharData); ok {
			b.run(string(c), run{part: x.name, offset: offset})
		}
	}
}
