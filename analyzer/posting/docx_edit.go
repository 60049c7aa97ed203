package posting

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Edits of a Word document are made as tracked changes by "softgap", so that
// its owner can take or leave each. Only word/document.xml is written anew, and
// in it only the places of the edits; all else of the archive is copied as it
// is. The changes bear no date: the same edits give the same file.

// A wordPart is a document's main part, with its paragraphs, runs and texts by
// the places of their tags.
type wordPart struct {
	raw    string
	prefix string // of Word's own names: "w:"
	paras  []tags
	runs   []tags
	texts  []tags
	id     int // of the change made last
}

// tags are the places of an element's tags, and of its properties.
type tags struct {
	start, open, close, end int
	props, propsEnd         int // empty if it has none
}

// takeWordApart finds the elements of a main part.
func takeWordApart(raw string) (*wordPart, error) {
	w := &wordPart{raw: raw}
	d := xml.NewDecoder(strings.NewReader(raw))
	type level struct {
		name string
		tags tags
	}
	var open []level
	for {
		from := int(d.InputOffset())
		t, err := d.RawToken()
		if err == io.EOF {
			return w, nil
		}
		if err != nil {
			return nil, err
		}
		at := int(d.InputOffset())
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "document" && t.Name.Space != "" {
				w.prefix = t.Name.Space + ":"
			}
			open = append(open, level{name(t.Name), tags{start: from, open: at}})
		case xml.EndElement:
			n := len(open) - 1
			if n < 0 {
				return nil, errors.New("an end tag without its start")
			}
			x := open[n]
			open = open[:n]
			x.tags.close, x.tags.end = from, at
			switch x.name {
			case w.prefix + "p":
				w.paras = append(w.paras, x.tags)
			case w.prefix + "r":
				w.runs = append(w.runs, x.tags)
			case w.prefix + "t":
				w.texts = append(w.texts, x.tags)
			case w.prefix + "pPr", w.prefix + "rPr":
				if n > 0 && open[n-1].tags.propsEnd == 0 && open[n-1].name == strings.TrimSuffix(x.name, "Pr") {
					open[n-1].tags.props, open[n-1].tags.propsEnd = x.tags.start, at
				}
			}
		}
	}
}

func name(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// around returns the innermost of some elements that holds a place, the last
// to begin.
func around(all []tags, at int) (tags, bool) {
	best := -1
	for i, t := range all {
		if t.open <= at && at <= t.close && (best < 0 || t.start > all[best].start) {
			best = i
		}
	}
	if best < 0 {
		return tags{}, false
	}
	return all[best], true
}

var anyID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`:id="(\d{1,9})"`) })

// rewriteDOCX makes edits of the text that a Word document was read as. It
// returns nil where a place cannot be found.
func rewriteDOCX(document []byte, in *input, edits []Edit) []byte {
	b, err := wordText(in)
	if err != nil {
		return nil
	}
	archive, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		return nil
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range archive.File {
		if f.Name != docxText {
			if err := z.Copy(f); err != nil {
				return nil
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil
		}
		raw, err := io.ReadAll(io.LimitReader(r, mostPart+1))
		r.Close()
		if err != nil || len(raw) > mostPart {
			return nil
		}
		edited, ok := editWord(string(raw), b, edits)
		if !ok {
			return nil
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified})
		if err != nil {
			return nil
		}
		if _, err := io.WriteString(w, edited); err != nil {
			return nil
		}
	}
	if z.Close() != nil {
		return nil
	}
	return out.Bytes()
}

// editWord makes edits of the text in the main part it was read from.
func editWord(raw string, b *body, edits []Edit) (string, bool) {
	w, err := takeWordApart(raw)
	if err != nil {
		return "", false
	}
	for _, m := range anyID().FindAllStringSubmatch(raw, -1) {
		n, _ := strconv.Atoi(m[1])
		w.id = max(w.id, n)
	}
	var out []Edit
	for _, e := range edits {
		made, ok := w.edit(b, e)
		if !ok {
			return "", false
		}
		out = append(out, made...)
	}
	// Of a text that is cut up, what is left must keep its blanks.
	kept := map[int]bool{}
	for _, e := range slices.Clone(out) {
		if t, ok := around(w.texts, e.Start); ok && !kept[t.start] && !strings.Contains(raw[t.start:t.open], "xml:space") {
			kept[t.start] = true
			at := t.open - 1
			out = append(out, Edit{Span{at, at}, ` xml:space="preserve"`})
		}
	}
	slices.SortStableFunc(out, func(a, b Edit) int { return cmp.Compare(a.Start, b.Start) })
	return Edited(raw, out), true
}

// edit makes one edit of the text edits of the part.
func (w *wordPart) edit(b *body, e Edit) ([]Edit, bool) {
	text := string(b.text)
	said := strings.TrimSpace(e.Text)
	switch {
	case e.Len() == 0 && (strings.HasPrefix(e.Text, "\n") || strings.HasSuffix(e.Text, "\n")):
		behind := strings.HasPrefix(e.Text, "\n")
		at, ok := w.place(b, e.Start, behind)
		if !ok {
			return nil, false
		}
		line := strings.LastIndexByte(text[:e.Start], '\n') + 1
		if strings.HasPrefix(text[line:], bullet) && !slices.ContainsFunc(b.runs, func(r run) bool { return r.Start <= line && line < r.End }) {
			said = strings.TrimSpace(strings.TrimPrefix(said, strings.TrimSpace(bullet)))
		}
		return w.paragraph(at, said, behind)
	case e.Len() == 0:
		at, ok := w.place(b, e.Start, true)
		if !ok {
			return nil, false
		}
		r, ok := around(w.runs, at)
		return []Edit{{Span{at, at}, w.cut(r, w.insert(r, e.Text))}}, ok
	}
	return w.remove(b, e)
}

// place is where in the part a byte of the text stands: behind the one before
// it, or at it.
func (w *wordPart) place(b *body, at int, behind bool) (int, bool) {
	best := -1
	for i, r := range b.runs {
		switch {
		case behind && r.Start < at && (best < 0 || r.Start > b.runs[best].Start):
			best = i
		case !behind && r.End > at && (best < 0 || r.Start < b.runs[best].Start):
			best = i
		}
	}
	if best < 0 {
		return 0, false
	}
	r := b.runs[best]
	return w.offset(r, min(max(at, r.Start), r.End)-r.Start), true
}

// offset is where in the part the n-th byte of a run stands. Entities are one
// character there.
func (w *wordPart) offset(r run, n int) int {
	at := int(r.offset)
	for left := r.from + n; left > 0 && at < len(w.raw); {
		end := at + 1
		size := 1
		if w.raw[at] == '&' {
			if k := strings.IndexByte(w.raw[at:min(len(w.raw), at+longestEntity)], ';'); k > 0 {
				end = at + k + 1
				size = len(html.UnescapeString(w.raw[at:end]))
			}
		}
		at = end
		left -= size
	}
	return at
}

// author marks a change as softgap's.
func (w *wordPart) author() string {
	w.id++
	return fmt.Sprintf(` %sid="%d" %sauthor="softgap"`, w.prefix, w.id, w.prefix)
}

// look is the properties of a run.
func (w *wordPart) look(r tags) string { return w.raw[r.props:r.propsEnd] }

// insert is a tracked insertion of words in the look of a run.
func (w *wordPart) insert(r tags, words string) string {
	p := w.prefix
	return "<" + p + "ins" + w.author() + "><" + p + "r>" + w.look(r) + "<" + p + `t xml:space="preserve">` + html.EscapeString(words) + "</" + p + "t></" + p + "r></" + p + "ins>"
}

// cut ends a run, puts something in and begins the run again.
func (w *wordPart) cut(r tags, between string) string {
	p := w.prefix
	return "</" + p + "t></" + p + "r>" + between + w.raw[r.start:r.open] + w.look(r) + "<" + p + `t xml:space="preserve">`
}

// paragraph puts a new paragraph behind the one that holds a place, or before
// it, in its style.
func (w *wordPart) paragraph(at int, words string, behind bool) ([]Edit, bool) {
	para, ok := around(w.paras, at)
	run, found := around(w.runs, at)
	if !ok || !found {
		return nil, false
	}
	p := w.prefix
	mark := "<" + p + "rPr><" + p + "ins" + w.author() + "/></" + p + "rPr>"
	props := w.withMark(w.raw[para.props:para.propsEnd], mark)
	added := "<" + p + "p>" + props + w.insert(run, words) + "</" + p + "p>"
	if behind {
		return []Edit{{Span{para.end, para.end}, added}}, true
	}
	return []Edit{{Span{para.start, para.start}, added}}, true
}

// dropped are properties of a paragraph that its copy must not have: the look
// and the tracked changes of its mark, and the section that ends with it.
var dropped = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?s)<(\w+:)?(rPr|sectPr|pPrChange)(\s[^>]*[^/])?>.*?</(\w+:)?(rPr|sectPr|pPrChange)>|<(\w+:)?(rPr|sectPr)(\s[^>]*)?/>`)
})

// withMark returns the properties of a paragraph with a tracked change of its
// mark, which is the last but for a section and changes.
func (w *wordPart) withMark(props, mark string) string {
	p := w.prefix
	if strings.HasSuffix(props, "/>") || props == "" {
		return "<" + p + "pPr>" + mark + "</" + p + "pPr>"
	}
	head := strings.TrimSuffix(dropped().ReplaceAllString(props, ""), "</"+p+"pPr>")
	return head + mark + "</" + p + "pPr>"
}

// remove takes a span of the text out, and puts words in its place. A line that
// goes whole takes its paragraph's mark along.
func (w *wordPart) remove(b *body, e Edit) ([]Edit, bool) {
	p := w.prefix
	var out []Edit
	paras := map[int]tags{}
	runs := slices.DeleteFunc(slices.Clone(b.runs), func(r run) bool { return !r.Overlaps(e.Span) })
	for i, r := range runs {
		from, to := max(r.Start, e.Start), min(r.End, e.End)
		span := Span{w.offset(r, from-r.Start), w.offset(r, to-r.Start)}
		run, ok := around(w.runs, span.Start)
		para, found := around(w.paras, span.Start)
		if !ok || !found {
			return nil, false
		}
		paras[para.start] = para
		change := "<" + p + "del" + w.author() + "><" + p + "r>" + w.look(run) + "<" + p + `delText xml:space="preserve">` +
			w.raw[span.Start:span.End] + "</" + p + "delText></" + p + "r></" + p + "del>"
		if e.Text != "" && i == len(runs)-1 {
			change += w.insert(run, e.Text)
		}
		out = append(out, Edit{span, w.cut(run, change)})
	}
	if len(out) == 0 {
		return nil, false
	}
	if text := string(b.text); e.Text == "" && strings.HasPrefix(text[e.Start:], "\n") && len(paras) == 1 {
		for _, para := range paras {
			mark := "<" + p + "rPr><" + p + "del" + w.author() + "/></" + p + "rPr>"
			switch props := w.raw[para.props:para.propsEnd]; {
			case props == "":
				out = append(out, Edit{Span{para.open, para.open}, w.withMark("", mark)})
			default:
				out = append(out, Edit{Span{para.props, para.propsEnd}, w.withMark(props, mark)})
			}
		}
	}
	return out, true
}
