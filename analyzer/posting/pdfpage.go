package posting

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A PDF knows where letters stand, and nothing of words, lines, paragraphs or
// columns. They are rebuilt in this order: letters at one height are a row;
// within it a wide gap parts chunks; a gap that runs down many rows parts
// columns; a line goes on in the next if its first word had no room.

// A pdfLine is a line of text on a page.
type pdfLine struct {
	chunk
	page, block int     // of the document, of the page: a column or what is above it
	right       float64 // end of the block
	lead        float64 // usual distance of the lines in the block
}

// A row is what stands at one height, from left to right.
type row []chunk

// pageLines returns the lines of a page in the order they are read.
func pageLines(chunks []chunk, page int) []pdfLine {
	rows := rowsOf(chunks)
	var lines []pdfLine
	for n, block := range blocksOf(rows, 0) {
		right := 0.0
		var leads []float64
		for i, r := range block {
			right = max(right, r[len(r)-1].x1)
			if i > 0 {
				if lead := block[i-1][0].y - r[0].y; lead < 2.2*r[0].size {
					leads = append(leads, lead)
				}
			}
		}
		lead := 1.4 * block[0][0].size
		if len(leads) > 0 {
			slices.Sort(leads)
			lead = leads[len(leads)/2]
		}
		for _, r := range block {
			line := pdfLine{r[0], page, n, right, lead}
			for _, c := range r[1:] {
				line.text = strings.TrimRight(line.text, " ") + cellBar + strings.TrimLeft(c.text, " ")
				line.x1 = c.x1
			}
			line.text = strings.TrimSpace(line.text)
			if line.text != "" {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// rowsOf puts chunks of one height together, and parts them where a gap is
// wide. A bullet belongs to what follows it.
func rowsOf(chunks []chunk) []row {
	chunks = slices.DeleteFunc(slices.Clone(chunks), func(c chunk) bool { return c.text == "" })
	slices.SortStableFunc(chunks, func(a, b chunk) int { return cmp.Compare(b.y, a.y) })
	var rows []row
	for from := 0; from < len(chunks); {
		to, y := from+1, chunks[from].y
		for to < len(chunks) && y-chunks[to].y < 0.35*max(chunks[to].size, chunks[from].size) {
			to++
		}
		same := chunks[from:to]
		slices.SortStableFunc(same, func(a, b chunk) int { return cmp.Compare(a.x0, b.x0) })
		var r row
		for _, c := range same {
			if len(r) == 0 {
				r = append(r, c)
				continue
			}
			last := &r[len(r)-1]
			gap := c.x0 - last.x1
			switch {
			case c.text == last.text && math.Abs(c.x0-last.x0) < 1:
				continue // printed twice to look bold
			case gap > 1.5*max(last.size, c.size) && !isMark(last.text):
				r = append(r, c)
				continue
			case gap > 0.15*min(last.size, c.size) && !strings.HasSuffix(last.text, " ") && !strings.HasPrefix(c.text, " "):
				last.text += " "
			}
			last.text += c.text
			last.x1, last.size = max(last.x1, c.x1), max(last.size, c.size)
		}
		r = slices.DeleteFunc(r, func(c chunk) bool { return strings.TrimSpace(c.text) == "" })
		if len(r) > 0 {
			rows = append(rows, r)
		}
		from = to
	}
	return rows
}

// isMark reports whether a chunk is the bullet or number of a list's item.
func isMark(s string) bool {
	s = strings.TrimSpace(s)
	if ordinal(s) {
		return true
	}
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && (strings.ContainsRune("•·▪●◦‣○■□➢➤✓✔*–-§o", r))
}

// mostRows bounds the rows of a page among which columns are looked for.
const mostRows = 150

// blocksOf returns the blocks of a page in the order they are read: what is
// above two columns, the left, the right, what is below them.
func blocksOf(rows []row, depth int) [][]row {
	if len(rows) == 0 {
		return nil
	}
	if n := len(rows); n <= mostRows && depth < 4 {
		for from := range n {
			for to := n; to >= from+4; to-- {
				left, right := columnsOf(rows[from:to])
				if left == nil {
					continue
				}
				blocks := blocksOf(rows[:from], depth+1)
				blocks = append(blocks, blocksOf(left, depth+1)...)
				blocks = append(blocks, blocksOf(right, depth+1)...)
				return append(blocks, blocksOf(rows[to:], depth+1)...)
			}
		}
	}
	return [][]row{rows}
}

// gutter is the least width, in points, of the gap between two columns.
const gutter = 9

// columnsOf parts rows at the widest gap that runs down all of them, unless
// they are a table: short names on the left, each with its value on the right.
func columnsOf(rows []row) (left, right []row) {
	var spans []chunk
	for _, r := range rows {
		spans = append(spans, r...)
	}
	slices.SortFunc(spans, func(a, b chunk) int { return cmp.Compare(a.x0, b.x0) })
	widest, at, end := gutter*1.0, 0.0, spans[0].x1
	for _, c := range spans {
		if gap := c.x0 - end; gap >= widest {
			widest, at = gap, c.x0
		}
		end = max(end, c.x1)
	}
	if at == 0 {
		return nil, nil
	}
	var letters, both int
	for _, r := range rows {
		n := 0
		for n < len(r) && r[n].x0 < at {
			letters += len(r[n].text)
			n++
		}
		if n > 0 {
			left = append(left, r[:n:n])
		}
		if n < len(r) {
			right = append(right, r[n:])
		}
		if n > 0 && n < len(r) {
			both++
		}
	}
	if few := min(len(left), len(right)); few < 4 || 5*both >= 4*len(left) && letters < 30*len(left) {
		return nil, nil
	}
	return left, right
}

// withoutRunning leaves out heads and feet that run through the pages: lines
// at the edge of several pages that differ in nothing but numbers. The first
// of them stays if it has none.
func withoutRunning(lines []pdfLine) []pdfLine {
	if len(lines) == 0 {
		return nil
	}
	edge := func(i int) bool {
		return i == 0 || i == len(lines)-1 || lines[i-1].page != lines[i].page || lines[i+1].page != lines[i].page
	}
	shape := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '#'
			}
			return r
		}, s)
	}
	count, pages := map[string]int{}, 1
	for i, l := range lines {
		if i > 0 && lines[i-1].page != l.page {
			pages++
		}
		if edge(i) {
			count[shape(l.text)]++
		}
	}
	var out []pdfLine
	seen := map[string]bool{}
	for i, l := range lines {
		s := shape(l.text)
		running := edge(i) && count[s] >= 2 && 2*count[s] > pages
		if running && (seen[s] || strings.Contains(s, "#")) {
			continue
		}
		seen[s] = running
		out = append(out, l)
	}
	return out
}

// paragraphs joins the lines of a document.
func paragraphs(lines []pdfLine) string {
	words := map[string]bool{}
	for _, l := range lines {
		for w := range strings.FieldsFuncSeq(l.text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
			words[strings.ToLower(w)] = true
		}
	}
	var b []byte
	item := 0.0 // where the paragraph begins
	for i, l := range lines {
		text := itemised(l.text)
		if i == 0 {
			b = append(b, text...)
			item = l.x0
			continue
		}
		last := lines[i-1]
		switch {
		case last.goesOn(l, item):
			b = joinLine(b, text, words)
			continue
		case last.page == l.page && last.block == l.block && last.y-l.y < 1.3*l.lead && math.Abs(last.size-l.size) < 1:
			b = append(b, "\n"...)
		default:
			b = append(b, "\n\n"...)
		}
		b = append(b, text...)
		item = l.x0
	}
	return strings.TrimSpace(string(b))
}

// itemised writes the mark of a list's item in one way.
func itemised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if rest := strings.TrimLeft(s[n:], " "); strings.ContainsRune("•·▪●◦‣○■□➢➤✓✔", r) || strings.ContainsRune("§o", r) && strings.HasPrefix(s[n:], " ") {
		return bullet + rest
	}
	return s
}

// goesOn reports whether a line goes on in the next: that stands right below
// it, begins no item, and its first word had no room.
func (l pdfLine) goesOn(next pdfLine, item float64) bool {
	word, _, _ := strings.Cut(next.text, " ")
	first, _ := utf8.DecodeRuneInString(next.text)
	space := 0.25 * next.size
	if unicode.IsLower(first) && !endsSentence(l.text) {
		space = 4 * next.size // some layouts break lines early
	}
	room := l.right-l.x1 > (next.x1-next.x0)*float64(len(word))/float64(len(next.text))+space
	large := l.size > l.lead // a heading
	switch {
	case isMark(word) || itemised(next.text) != next.text || math.Abs(l.size-next.size) > 1 || room || strings.Contains(l.text+next.text, cellBar):
		return false
	case unicode.IsUpper(first) && !large && (endsSentence(l.text) || len(l.text) < narrowest):
		return false
	case l.page != next.page || l.block != next.block:
		return unicode.IsLower(first) && l.page+1 >= next.page
	}
	return l.y-next.y < max(1.3*l.lead, 1.5*l.size) && next.x0 > item-2*next.size
}

// joinLine adds a line to its paragraph. A hyphen at its end is the word's own,
// unless the text has the word without it.
func joinLine(b []byte, next string, words map[string]bool) []byte {
	begun := string(b[bytes.LastIndexAny(b, " \n")+1:])
	stem, hyphen := strings.CutSuffix(begun, "-")
	stem, soft := strings.CutSuffix(stem, "\u00AD")
	n := strings.IndexFunc(next, func(r rune) bool { return !unicode.IsLetter(r) })
	if n < 0 {
		n = len(next)
	}
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case stem == "" || !hyphen && !soft:
		b = append(b, ' ')
	case soft, unicode.IsLower(first) && words[strings.ToLower(stem+next[:n])]:
		b = append(b[:len(b)-len(begun)], stem...)
	}
	return append(b, next...)
}
