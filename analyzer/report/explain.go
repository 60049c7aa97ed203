package report

import (
	"fmt"
	"io"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
)

// Explain writes one posting with every point traced to the words it comes
// from, the arithmetic written out, and what was left out and why. Text is
// the posting's text, which the spans of the Report index; where it is empty,
// or not the text that was scored, the words of the matches must do.
func Explain(w io.Writer, r *analyzer.Report, text string, o Options) error {
	if text == "" {
		text = r.Posting.Text
	}
	e := explainer{page: newPage(o), r: r, text: text}
	e.heading(r)
	e.status(r)
	if measured(r) {
		e.scores(r)
		e.rule()
		e.people()
		e.technical()
		e.gap()
	}
	e.unscored()
	e.excluded()
	e.footer(r)
	return e.flush(w)
}

type explainer struct {
	*page
	r    *analyzer.Report
	text string
}

func (e *explainer) section(format string, args ...any) {
	e.line(bold, 0, 0, fmt.Sprintf(format, args...))
}

// rule tells how a statement counts, with the weights in use.
func (e *explainer) rule() {
	e.section("How it counts")
	var asks, grades []string
	for _, a := range []string{"required", "duty", "role", "preferred"} {
		asks = append(asks, askWords(a)+" "+number(score.AskWeight(a)))
	}
	for l := 1; l < len(levels); l++ {
		grades = append(grades, levels[l]+" "+number(score.LevelWeight(l)))
	}
	e.line(plain, 2, 2, "A statement counts for how it is asked ("+strings.Join(asks, ", ")+") times how concretely ("+strings.Join(grades, ", ")+"). "+
		"The strongest statement counts for its skill; each further one adds 0.1, twice at most; no skill counts more than 1.")
	e.blank()
}

// people explains the people score facet by facet.
func (e *explainer) people() {
	e.section("People skills: %s of 100", points(e.r.Scores.Soft))
	var sum float64
	var terms []string
	for _, f := range e.r.Facets {
		e.blank()
		counts := min(f.Norm, f.Evidence)
		sum += f.Norm
		terms = append(terms, number(counts))
		e.linef(bold, 2, "%s: %s of %s", name(f.Title, f.ID), number(counts), number(f.Norm))
		for _, d := range f.Dimensions {
			e.evidence(d)
		}
		switch {
		case f.Evidence > f.Norm:
			e.linef(plain, 4, "The strongest of these is %s; %s is as much as the work needs.", number(f.Evidence), number(f.Norm))
		case len(f.Dimensions) > 1 && f.Evidence > 0:
			e.linef(plain, 4, "The strongest of these counts: %s.", number(f.Evidence))
		}
	}
	e.blank()
	if sum > 0 {
		e.linef(plain, 2, "(%s) / %s x 100 = %s", strings.Join(terms, " + "), number(sum), points(e.r.Scores.Soft))
		e.blank()
	}
}

// largest is how many categories make the technical score.
const largest = 3

// technical explains the technical score by its three largest categories.
func (e *explainer) technical() {
	e.section("Technical skills: %s of 100", points(e.r.Scores.Technical))
	es := stated(e.r.Technical)
	if len(es) == 0 {
		e.linef(plain, 2, "No technical skill is asked for.")
		e.blank()
		return
	}
	var terms []string
	for i, c := range es {
		if i == 0 || i == largest {
			e.blank()
			heading := "The three largest count"
			if i == largest {
				heading = "The others do not count"
			}
			e.linef(bold, 2, "%s", heading)
		}
		if i < largest {
			terms = append(terms, number(c.Evidence))
		}
		e.evidence(c)
	}
	e.blank()
	e.linef(plain, 2, "(%s) / 3 x 100 = %s", strings.Join(terms, " + "), points(e.r.Scores.Technical))
	e.blank()
}

func (e *explainer) gap() {
	s := e.r.Scores
	e.section("Gap: %s", signed(s.Gap))
	e.linef(plain, 2, "%s - %s = %s, taken before rounding. It can run from -100 to +100; above zero the technical side is stated more concretely.",
		points(s.Technical), points(s.Soft), signed(s.Gap))
	e.blank()
}

// evidence shows one dimension or category: the statements that hold it, each
// with its strongest words, and how they add up.
func (e *explainer) evidence(d score.Evidence) {
	if d.Level == 0 && d.Evidence == 0 {
		e.linef(yellow, 4, "%s: %s", nameOf(d), levels[0])
		return
	}
	e.linef(plain, 4, "%s: %s", nameOf(d), number(d.Evidence))
	best, holders := 0.0, 0
	for _, s := range e.r.Statements {
		m, ok := strongest(s, d.ID)
		if !ok {
			continue
		}
		holders++
		best = max(best, m.Weight())
		if text := e.statement(s); text != "" {
			e.linef(dim, 6, "%s%s", cut(text, 3*e.width), inBrackets(s.Why))
		}
		e.linef(plain, 8, "%s: %s %s, %s%s %s: %s x %s = %s", quote(m), askWords(m.Ask), number(score.AskWeight(m.Ask)),
			levelWords(m.Level), inBrackets(m.Why), number(score.LevelWeight(m.Level)),
			number(score.AskWeight(m.Ask)), number(score.LevelWeight(m.Level)), number(m.Weight()))
	}
	if further := min(2, holders-1); further > 0 {
		limit := ""
		if best+0.1*float64(further) > 1 {
			limit = ", at most 1"
		}
		e.linef(plain, 6, "%s + %d x 0.1%s = %s", number(best), further, limit, number(d.Evidence))
	}
}

// strongest returns the match of a statement that counts most for a
// dimension, if the statement counts at all.
func strongest(s analyzer.Statement, dimension string) (analyzer.Match, bool) {
	if s.About != "candidate" || s.Repeat {
		return analyzer.Match{}, false
	}
	var ms []analyzer.Match
	for _, m := range s.Matches {
		if m.Dimension == dimension {
			ms = append(ms, m)
		}
	}
	return analyzer.Best(ms)
}

// statement returns a statement's own text; the words of its matches if the
// text is not at hand.
func (e *explainer) statement(s analyzer.Statement) string {
	if s.Start >= 0 && s.Start < s.End && s.End <= len(e.text) && e.agrees(s) {
		return clean(e.text[s.Start:s.End])
	}
	return ""
}

// agrees reports whether the text is the one that was scored, as far as the
// statement's matches tell.
func (e *explainer) agrees(s analyzer.Statement) bool {
	for _, m := range s.Matches {
		if !s.Contains(posting.Span{Start: m.Start, End: m.End}) || m.Start > m.End || e.text[m.Start:m.End] != m.Text {
			return false
		}
	}
	return true
}

func (e *explainer) unscored() {
	var any bool
	for _, d := range e.r.Unscored {
		if d.Level == 0 && d.Evidence == 0 {
			continue
		}
		if !any {
			e.section("Asked for, outside the scores")
			any = true
		}
		e.evidence(d)
	}
	if any {
		e.blank()
	}
}

// excluded lists what was read and did not count, and why.
func (e *explainer) excluded() {
	var silent, repeats []analyzer.Statement
	left := map[string][]analyzer.Statement{}
	for _, s := range e.r.Statements {
		switch {
		case s.IsHead:
		case s.About != "candidate":
			left[s.About] = append(left[s.About], s)
		case s.Repeat:
			repeats = append(repeats, s)
		case len(s.Matches) == 0:
			silent = append(silent, s)
		}
	}
	for _, a := range abouts {
		e.list("Not counted: "+a.phrase, left[a.code])
	}
	e.list("Not counted: said before", repeats)
	e.list("Asked of the person, but none of it in the word lists", silent)
}

func (e *explainer) list(heading string, statements []analyzer.Statement) {
	if len(statements) == 0 {
		return
	}
	e.section("%s (%d)", heading, len(statements))
	for _, s := range statements {
		text := e.statement(s)
		if text == "" {
			text = fmt.Sprintf("bytes %d to %d of the text", s.Start, s.End)
		}
		e.linef(plain, 2, "%s%s", cut(text, 2*e.width), inBrackets(s.Why))
	}
	e.blank()
}

// inBrackets is a reason to be put after what it explains.
func inBrackets(why string) string {
	if why = clean(why); why == "" {
		return ""
	}
	return " (" + why + ")"
}
