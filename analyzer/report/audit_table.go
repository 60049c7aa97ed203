package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"softgap/analyzer/audit"
)

// auditTable is the face of an Audit for people at a terminal.
func auditTable(w io.Writer, a *audit.Audit, o Options) error {
	p := newPage(o)
	p.line(bold, 0, 0, clean(a.Headline))
	p.blank()
	p.line(plain, 2, 2, subject(a))
	p.blank()
	if a.Scored > 0 {
		if err := p.auditFigures(a); err != nil {
			return err
		}
	}
	if err := p.exclusions(a); err != nil {
		return err
	}
	p.line(bold, 0, 0, "How to read this")
	for _, l := range reading(a) {
		p.line(dim, 2, 2, l)
	}
	p.blank()
	p.line(dim, 2, 2, madeWith(a.Tool, a.Lexicon))
	return p.flush(w)
}

func (p *page) auditFigures(a *audit.Audit) error {
	p.means(a)
	p.verdicts(a)
	p.gaps(a)
	for _, part := range []struct {
		title string
		asked []audit.Asked
	}{{"People skills", a.Dimensions}, {"Outside the scores", a.Outside}, {"Technical skills", a.Categories}} {
		if err := p.asked(part.title, part.asked); err != nil {
			return err
		}
	}
	p.line(plain, 2, 2, nobody(a))
	p.blank()
	p.examples("Widest gaps", a.Widest)
	p.examples(narrowestTitle(a), a.Narrowest)
	if why := ungrouped(a); why != "" {
		p.line(plain, 2, 2, why)
		p.blank()
	} else if a.By != "" {
		if err := p.groups(groupsTitle(a.By), a.By, a.Groups); err != nil {
			return err
		}
	}
	if t := a.Trend; t != nil {
		if err := p.groups("Over time", t.Unit, t.Periods); err != nil {
			return err
		}
		if t.Undated > 0 {
			p.line(plain, 2, 2, count(t.Undated, "posting")+" without a date.")
			p.blank()
		}
	}
	p.references(a)
	return nil
}

func narrowestTitle(a *audit.Audit) string {
	return fmt.Sprintf("Narrowest gaps (technical score %g or more)", a.Cutoffs.HellerTechnical)
}

// figures is a column of numbers that may go where room is short.
func figures(head string, width int) column {
	return column{head: head, width: width, right: true, optional: true}
}

func (p *page) means(a *audit.Audit) {
	cells := min(24, p.width-28-len("[-99.9, -99.9]")-2)
	row := func(label, figure, bar, interval string) {
		line := fmt.Sprintf("  %s%6s  ", pad(label, 18), figure)
		if interval == "" {
			fmt.Fprintln(p, strings.TrimRight(line+p.paint(bar, cyan), " "))
			return
		}
		fmt.Fprintln(p, line+p.paint(bar, cyan)+strings.Repeat(" ", max(cells-columns(bar), 0))+"  "+interval)
	}
	mean := func(label string, d audit.Distribution) {
		row(label, figure(d.Mean.Value), bar(float64(d.Mean.Value), cells), between(d.Mean))
	}
	mean("Technical skills", a.Technical)
	mean("People skills", a.Soft)
	minus := "technical minus people"
	if columns(minus) > cells {
		minus = ""
	}
	row("Gap", signedFigure(a.Gap.Mean.Value), minus, between(a.Gap.Mean))
	if a.Scored >= 4 {
		p.line(plain, 2, 2, spread(a))
	}
	p.blank()
}

func (p *page) verdicts(a *audit.Audit) {
	for _, c := range counts(a) {
		lead := fmt.Sprintf("  %5d  %5s  ", c.Postings, percent(c.Share.Share.Value))
		for _, l := range wrap(c.Label, p.width-len(lead)) {
			fmt.Fprintln(p, lead+l)
			lead = strings.Repeat(" ", len(lead))
		}
	}
	p.blank()
}

// gaps draws how the gap spreads.
func (p *page) gaps(a *audit.Audit) {
	most, first, last := 0, -1, 0
	for i, b := range a.Histogram {
		most = max(most, b.Postings)
		if b.Postings > 0 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return
	}
	p.line(bold, 0, 0, "Gaps")
	digits := len(strconv.Itoa(most))
	for _, b := range a.Histogram[first : last+1] {
		cells := min(40, p.width-24)
		line := fmt.Sprintf("  %4s to %4s  %*d", signedWhole(b.From), signedWhole(b.To), digits, b.Postings)
		if b.Postings > 0 {
			line += "  " + p.paint(strings.Repeat("█", (b.Postings*cells+most-1)/most), cyan)
		}
		fmt.Fprintln(p, line)
	}
	p.blank()
}

func signedWhole(n int) string {
	if n > 0 {
		return "+" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func (p *page) asked(title string, asked []audit.Asked) error {
	cs := []column{{head: title, width: min(28, p.width/3)}, figures("Postings", 8), {head: "Share", width: 5, right: true}, {head: "95 %", width: 9, optional: true}, {head: "How concretely"}}
	return p.rest(cs, len(asked), func(i int) ([]string, style) {
		a := asked[i]
		st := plain
		if a.Postings == 0 {
			st = yellow
		}
		return []string{name(a.Title, a.ID), strconv.Itoa(a.Postings), percent(a.Share.Share.Value), percents(a.Share.Share), concretely(a)}, st
	})
}

// least is how wide a last column must be; columns that may go make room.
const least = 14

// rest is lay with a last column as wide as what is left. Of the others, those
// that may go do so, the last first, until that is enough.
func (p *page) rest(cs []column, n int, row func(i int) ([]string, style)) error {
	shown := make([]bool, len(cs))
	left := p.width
	for i, c := range cs {
		shown[i] = true
		left -= c.width + gutter
	}
	for i := len(cs) - 2; i > 0 && left < least; i-- {
		if cs[i].optional {
			shown[i] = false
			left += cs[i].width + gutter
		}
	}
	cs[len(cs)-1].width = max(left, 6)
	return p.lay(choose(cs, shown), n, func(i int) ([]string, style) {
		cells, st := row(i)
		return choose(cells, shown), st
	})
}

func choose[T any](xs []T, which []bool) []T {
	var out []T
	for i, x := range xs {
		if which[i] {
			out = append(out, x)
		}
	}
	return out
}

func (p *page) examples(title string, examples []audit.Example) {
	if len(examples) == 0 {
		return
	}
	p.line(bold, 0, 0, title)
	for _, e := range examples {
		p.line(plain, 2, 10, fmt.Sprintf("%s  %s", pad(signed(e.Scores.Gap), 6), refTitle(e.Ref)))
		if place := refPlace(e.Ref); place != "" {
			p.line(plain, 4, 6, place)
		}
		p.line(plain, 4, 6, "Technical: "+saidWords(e.Skills, technicalColumns))
		p.line(plain, 4, 6, "People: "+saidWords(e.Said, peopleColumns))
		p.line(dim, 4, 6, "from "+refSource(e.Ref))
	}
	p.blank()
}

func (p *page) groups(title, by string, groups []audit.Group) error {
	cs := []column{{head: title, width: min(30, max(18, p.width-60))}, {head: "Postings", width: 8, right: true}, figures("Technical", 9), figures("People", 6),
		{head: "Gap", width: 6, right: true}, {head: "95 %"}}
	show, more := shownGroups(groups)
	err := p.rest(cs, len(show), func(i int) ([]string, style) {
		g := show[i]
		st := plain
		if g.Small {
			st = dim
		}
		return []string{groupName(by, g), strconv.Itoa(g.Postings), figure(g.Technical.Value), figure(g.Soft.Value), signedFigure(g.Gap.Value),
			strings.TrimSpace(between(g.Gap) + " " + groupNote(g))}, st
	})
	if more > 0 {
		p.line(plain, 2, 2, fmt.Sprintf("and %d more; -f json has them all.", more))
		p.blank()
	}
	return err
}

func (p *page) references(a *audit.Audit) {
	p.line(bold, 0, 0, "Beside figures of others")
	for _, r := range a.Reference {
		p.line(plain, 2, 4, fmt.Sprintf("%s: %s %s here, %s there", r.Question, percent(r.Here.Value), percents(r.Here), r.There))
		p.line(plain, 4, 4, r.Source+". "+r.Differs)
	}
	p.blank()
}

func (p *page) exclusions(a *audit.Audit) error {
	if len(a.Excluded) == 0 {
		return nil
	}
	cs := []column{{head: "Left out", width: min(36, p.width/2)}, figures("Postings", 8), {head: "For example"}}
	return p.rest(cs, len(a.Excluded), func(i int) ([]string, style) {
		e := a.Excluded[i]
		return []string{exclusionWords(e), strconv.Itoa(e.Postings), refSource(e.Example)}, plain
	})
}
