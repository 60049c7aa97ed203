package report

import (
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twcache"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"softgap/analyzer"
)

// tableWriter is the face for people: a block for each posting.
type tableWriter struct {
	w     io.Writer
	o     Options
	count int
}

func newTable(w io.Writer, o Options) Writer { return &tableWriter{w: w, o: o} }

func (t *tableWriter) Write(r *analyzer.Report) error {
	p := newPage(t.o)
	if t.count > 0 {
		fmt.Fprintf(p, "\n%s\n\n", strings.Repeat("─", p.width))
	}
	t.count++
	p.heading(r)
	p.status(r)
	if !measured(r) {
		p.footer(r)
		return p.flush(t.w)
	}
	p.scores(r)
	if err := p.people(r); err != nil {
		return err
	}
	if err := p.technical(r); err != nil {
		return err
	}
	for _, n := range notes(r) {
		p.line(plain, 2, 2, n)
	}
	if x := excluded(r); x != "" {
		p.line(plain, 2, 2, x)
	}
	p.footer(r)
	return p.flush(t.w)
}

func (t *tableWriter) Close() error { return nil }

func (p *page) flush(w io.Writer) error {
	_, err := w.Write(p.Bytes())
	return err
}

func (p *page) heading(r *analyzer.Report) {
	employer, source := placeOf(r)
	p.line(bold, 0, 0, titleOf(r))
	if employer != "" {
		p.line(plain, 0, 0, employer)
	}
	if source != "" {
		p.line(dim, 0, 0, "from "+source)
	}
	p.blank()
}

// status says it first when a posting is not fully scored.
func (p *page) status(r *analyzer.Report) {
	if what, remedy := doubt(r); what != "" {
		p.line(yellow, 2, 2, what)
		p.line(plain, 2, 2, remedy)
		p.blank()
	}
}

func (p *page) scores(r *analyzer.Report) {
	cells := min(30, p.width-42)
	row := func(label, figure, after string, st style) {
		fmt.Fprintf(p, "  %s%6s  %s\n", pad(label, 18), figure, p.paint(after, st))
	}
	row("Technical skills", points(r.Scores.Technical), bar(r.Scores.Technical, cells)+"  of 100", cyan)
	row("People skills", points(r.Scores.Soft), bar(r.Scores.Soft, cells)+"  of 100", cyan)
	row("Gap", signed(r.Scores.Gap), "technical minus people", plain)
	p.blank()
	if v := verdict(r); v != "" {
		p.line(bold, 2, 2, v)
		p.blank()
	}
}

// people shows the five facets: what is asked, how, and what is missing.
func (p *page) people(r *analyzer.Report) error {
	var rows [][3]string
	for _, f := range r.Facets {
		short := "covered"
		if f.Shortfall >= 0.05 {
			short = points(f.Shortfall) + " points short"
		}
		rows = append(rows, [3]string{name(f.Title, f.ID), short})
		for _, e := range f.Dimensions {
			words := ""
			if m, ok := analyzer.Best(r.Matches(e.ID)); ok {
				words = quote(m) + ", " + askWords(m.Ask)
			}
			rows = append(rows, [3]string{"  " + nameOf(e), level(e), words})
		}
	}
	return p.table([3]string{"People skills", "How concretely", "In the posting's words"}, rows)
}

const topCategories = 5

// technical shows the categories that weigh most, with the words found, and
// names the rest.
func (p *page) technical(r *analyzer.Report) error {
	es := stated(r.Technical)
	if len(es) == 0 {
		p.line(plain, 2, 2, "No technical skill is asked for.")
		p.blank()
		return nil
	}
	top := es[:min(len(es), topCategories)]
	var rows [][3]string
	for _, e := range top {
		rows = append(rows, [3]string{nameOf(e), level(e), wordsOf(r.Matches(e.ID), 110)})
	}
	if rest := es[len(top):]; len(rest) > 0 {
		var names []string
		for _, e := range rest {
			names = append(names, nameOf(e))
		}
		rows = append(rows, [3]string{fmt.Sprintf("and %d more", len(rest)), "", strings.Join(names, "; ")})
	}
	return p.table([3]string{"Technical skills", "How concretely", "In the posting's words"}, rows)
}

// footer holds what belongs to every posting: the doubts, what the figures
// mean, if there are any, and what made them.
func (p *page) footer(r *analyzer.Report) {
	for _, w := range r.Warnings {
		p.linef(yellow, 2, "Warning: %s", clean(w))
	}
	if p.Len() > 0 && !strings.HasSuffix(p.String(), "\n\n") {
		p.blank()
	}
	if measured(r) {
		p.line(dim, 2, 2, caveat)
	}
	p.line(dim, 2, 2, madeWith(r.Tool, r.Lexicon))
}

// grid returns the library's table, empty. It is made once a page, since making
// one costs more than drawing it; the cache of how to print cells that are no
// text, which is made anew for each drawing, has room for one of 10,240.
func (p *page) grid() *tablewriter.Table {
	if p.t != nil {
		p.drawn.Reset()
		p.t.Reset()
		return p.t
	}
	p.t = tablewriter.NewTable(&p.drawn,
		tablewriter.WithStringerCacheCustom(twcache.NewLRU[reflect.Type, reflect.Value](1)),
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithHeaderAlignment(tw.AlignLeft),
		tablewriter.WithRowAlignment(tw.AlignLeft),
		tablewriter.WithPadding(tw.Padding{Left: "  ", Right: tw.Empty, Overwrite: true}),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone,
			Symbols: tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{
				Separators: tw.Separators{BetweenColumns: tw.Off, BetweenRows: tw.Off},
				Lines:      tw.Lines{ShowHeaderLine: tw.On},
			},
		})),
	)
	return p.t
}

// table lays out a posting's skills: names, how concretely, and words.
func (p *page) table(header [3]string, rows [][3]string) error {
	widths := [3]int{min(28, p.width/3), 17}
	widths[2] = p.width - 2 - widths[0] - widths[1] - 2*gutter
	columns := make([]column, len(header))
	for i := range header {
		columns[i] = column{head: header[i], width: widths[i]}
	}
	return p.lay(columns, len(rows), func(i int) ([]string, style) {
		row := rows[i]
		switch {
		case row[1] == levels[0]:
			return row[:], yellow
		case !strings.HasPrefix(row[0], " "):
			return row[:], bold
		}
		return row[:], plain
	})
}

// A column of a table.
type column struct {
	head     string
	width    int
	right    bool // cells of one line end where the column ends, as figures do
	optional bool // it may be left out where there is no room
}

// gutter is the blanks before a column.
const gutter = 2

// lay draws a table of n rows; the style is that of all cells but the last. The
// cells are wrapped here, so that a row's width is known before the library
// draws it; the library aligns and rules.
func (p *page) lay(cs []column, n int, row func(i int) ([]string, style)) error {
	t := p.grid()
	cell := func(text string, c column, st style) string {
		if c.right && columns(text) <= c.width {
			return strings.Repeat(" ", c.width-columns(text)) + p.paint(text, st)
		}
		indent := text[:len(text)-len(strings.TrimLeft(text, " "))]
		lines := wrap(text, c.width-2*len(indent))
		for i, l := range lines {
			lines[i] = p.paint(indent+l, st)
			if i == 0 {
				indent += indent // a name's second line hangs
			}
		}
		return strings.Join(lines, "\n")
	}
	top := make([]string, len(cs))
	for i, c := range cs {
		lines := wrap(c.head, c.width)
		for k := range lines {
			if fill := c.width - columns(lines[k]); c.right {
				lines[k] = strings.Repeat(" ", fill) + lines[k]
			}
		}
		lines[0] = pad(lines[0], c.width) // holds the column at its width
		top[i] = strings.Join(lines, "\n")
	}
	t.Header(top)
	for i := range n {
		texts, st := row(i)
		cells := make([]string, len(texts))
		for k, text := range texts {
			if k == len(texts)-1 {
				st = plain
			}
			cells[k] = cell(text, cs[k], st)
		}
		if err := t.Append(cells); err != nil {
			return fmt.Errorf("lay out table: %w", err)
		}
	}
	if err := t.Render(); err != nil {
		return fmt.Errorf("draw table: %w", err)
	}
	for line := range strings.Lines(p.drawn.String()) {
		fmt.Fprintln(p, strings.TrimRight(line, " \n"))
	}
	p.blank()
	return nil
}
