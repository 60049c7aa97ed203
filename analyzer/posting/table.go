package posting

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// sampled is how many rows of a table are looked at before its columns are
// chosen.
const sampled = 32

// A table is rows of cells under names.
type table struct {
	in      *input
	names   []string
	next    func() (tableRow, bool)
	unit    string // what rows are counted in: "line" of a file, "row" of a sheet
	comma   string // what parts cells, where a cell that holds it may be cut; else empty
	columns *columns
	sample  [][]string     // rows looked at beforehand, or nil
	chosen  func(*columns) // is told the columns, or nil
	blank   int            // rows without a value
}

// read yields the postings of a table.
func (t *table) read(yield func(Posting) bool) {
	var ahead []tableRow
	for size := 0; t.sample == nil && len(ahead) < sampled && size < mostRow; {
		r, ok := t.row()
		if !ok {
			break
		}
		r.cells = slices.Clone(r.cells)
		ahead = append(ahead, r)
		for _, s := range r.cells {
			size += len(s)
		}
	}
	sample := t.sample
	for _, r := range ahead {
		sample = append(sample, r.cells)
	}
	var err error
	if t.columns, err = t.in.reader.columns(t.names, sample); err != nil {
		yield(t.unchosen(err, len(ahead)))
		return
	}
	if t.in.note("%s", t.columns); t.chosen != nil {
		t.chosen(t.columns)
	}
	if t.sample == nil && len(ahead) == 0 {
		yield(Posting{Problem: Empty + " below the names of the columns"})
		return
	}
	for _, r := range ahead {
		if !yield(t.posting(r)) {
			return
		}
	}
	for r, ok := t.row(); ok; r, ok = t.row() {
		if !yield(t.posting(r)) {
			return
		}
	}
	if t.blank > 0 {
		t.in.note("%s without a value left out", counted(t.blank, "row"))
	}
}

// row returns the next row with a value in it, or a problem.
func (t *table) row() (tableRow, bool) {
	for {
		r, ok := t.next()
		if !ok || r.problem != "" || slices.ContainsFunc(r.cells, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			return r, ok
		}
		t.blank++
	}
}

// unchosen is the one posting of a table whose columns cannot be chosen.
func (t *table) unchosen(err error, rows int) Posting {
	for _, ok := t.row(); ok; _, ok = t.row() {
		rows++
	}
	what, remedy := err.Error(), ""
	if i := strings.LastIndex(what, ": give "); i >= 0 {
		what, remedy = what[:i], what[i:]
	}
	return Posting{Problem: fmt.Sprintf("%s; %s left unread%s", what, counted(rows, "row"), remedy)}
}

// posting makes a Posting of a row.
func (t *table) posting(r tableRow) Posting {
	problem, warning := r.problem, ""
	if problem == "" {
		r.cells, problem, warning = t.fit(r.cells)
	}
	if problem != "" {
		if !strings.Contains(problem, ": save ") {
			problem += ": save the table anew, with quotes around its texts"
		}
		return Posting{Problem: fmt.Sprintf("unreadable row: %s %d: %s", t.unit, r.line, problem)}
	}
	var warnings []string
	for i, s := range r.cells {
		if !utf8.ValidString(s) { // one row of another character set
			r.cells[i], warnings = decode([]byte(s), "")
		}
	}
	p := t.columns.posting(r.cells)
	p.Warnings = append(p.Warnings, warnings...)
	if warning != "" {
		p.Warnings = append(p.Warnings, warning)
	}
	return p
}

// fit gives a row as many cells as there are names. One that has more or fewer
// is a problem, unless it is clear what they are.
func (t *table) fit(cells []string) (_ []string, problem, warning string) {
	n, want := len(cells), len(t.names)
	switch {
	case conflict(cells):
		return nil, "a mark of a merge conflict: save the table without it", ""
	case want > 1 && slices.Equal(cells, t.names):
		return nil, "the names of the columns again: save the table without them", ""
	case n == want:
		return cells, "", ""
	case n > want:
		if !slices.ContainsFunc(cells[want:], func(s string) bool { return strings.TrimSpace(s) != "" }) {
			return cells[:want], "", ""
		}
		if t.comma != "" && t.columns.isText(want-1) {
			cells[want-1] = strings.Join(cells[want-1:], t.comma)
			return cells[:want], "", fmt.Sprintf("the row has %d cells of %d: the last are taken as one text", n, want)
		}
	case n > 1 && t.columns.hasText(cells):
		for len(cells) < want {
			cells = append(cells, "")
		}
		return cells, "", fmt.Sprintf("the row has %d cells of %d: the others are taken as empty", n, want)
	}
	return nil, fmt.Sprintf("%s where %d are named", counted(n, "cell"), want), ""
}

// conflict reports whether a row is a mark that a version control system left.
func conflict(cells []string) bool {
	if len(cells) == 0 || len(cells[0]) < 7 || strings.IndexByte("<=>|", cells[0][0]) < 0 || strings.Join(cells[1:], "") != "" {
		return false
	}
	s := cells[0]
	return strings.HasPrefix(s, "<<<<<<< ") || s == "=======" || strings.HasPrefix(s, ">>>>>>> ") || strings.HasPrefix(s, "||||||| ")
}

// counted is a number of things.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits + " " + thing + "s"
}

// separators are the signs that may part the cells of a table.
const separators = ",;\t|"

// readTable reads CSV, TSV and their kin.
func readTable(in *input, yield func(Posting) bool) {
	r := &csvRows{dialect: sniff(in), in: in.utf8(), line: 1}
	var header tableRow
	for {
		h, ok := r.next()
		if !ok {
			break
		}
		if sep, ok := strings.CutPrefix(strings.Join(h.cells, string(r.comma)), "sep="); ok && len(sep) == 1 { // Excel's word on it
			r.comma = sep[0]
			continue
		}
		if conflict(h.cells) {
			in.note("line %d is a mark of a merge conflict: two versions of the table may stand one after the other", h.line)
			continue
		}
		if header = h; h.problem != "" || strings.TrimSpace(strings.Join(h.cells, "")) != "" {
			break
		}
	}
	switch {
	case r.err != nil && len(header.cells) == 0:
		yield(brokenOff(r.err))
		return
	case header.problem != "":
		yield(Posting{Problem: fmt.Sprintf("no header: line %d, which should name the columns: %s: save the table anew as CSV", header.line, header.problem)})
		return
	}
	names := make([]string, len(header.cells))
	for i, s := range header.cells {
		names[i] = oneLine(strings.ToValidUTF8(s, "\uFFFD"))
	}
	r.width = len(names)
	stopped := false
	t := table{in: in, names: names, next: r.next, unit: "line", comma: string(r.comma)}
	t.read(func(p Posting) bool {
		stopped = !yield(p)
		return !stopped
	})
	if r.err != nil && !stopped {
		yield(brokenOff(r.err))
	}
}

// sniff tells how a table is written from its first rows: by the sign that
// makes known names of the first, and of the others as many cells.
func sniff(in *input) dialect {
	head := []byte(in.text)
	best, most := dialect{comma: ','}, -1
	for _, cr := range []bool{false, true}[:1+min(1, strings.Count(in.text, "\r"))] {
		for _, comma := range []byte(separators) {
			d := dialect{comma: comma, cr: cr}
			score := d.score(head, in.all)
			if comma == '\t' && in.named(".tsv", "text/tab-separated-values") {
				score++
			}
			if score > most {
				best, most = dialect{comma: comma, cr: cr, escape: d.escape}, score
			}
		}
	}
	return best
}

// score is how well the first rows of a table are read: by the known names in
// the first, and by the rows with as many cells.
func (d *dialect) score(head []byte, all bool) int {
	var cells []csvCell
	score, width := 0, 0
	for range sampled {
		var size int
		var how ending
		cells, size, how = d.scan(head, all, cells[:0], func(int) bool { return false })
		if how != rowEnds || len(head) == 0 {
			break
		}
		switch {
		case width <= 1: // no header yet
			width = len(cells)
			for _, c := range cells {
				if fieldOf(string(head[c.start:c.end])).role != "" {
					score += 2 * sampled
				}
			}
		case len(cells) == width:
			score++
		}
		head = head[size:]
	}
	if width > 1 {
		score++
	}
	return score
}
