package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/compare"
	"softgap/analyzer/interval"
	"softgap/analyzer/score"
)

// compareFormats are the forms of a comparison, the default first.
var compareFormats = []struct {
	name     string
	versions func(io.Writer, *compare.Versions, Options) error
	sets     func(io.Writer, *compare.Sets, Options) error
}{
	{"table", versionsTable, setsTable},
	{"markdown", versionsMarkdown, setsMarkdown},
	{"json", func(w io.Writer, v *compare.Versions, _ Options) error { return writeIndented(w, v) },
		func(w io.Writer, s *compare.Sets, _ Options) error { return writeIndented(w, s) }},
}

// CompareFormats returns the names of the forms of a comparison, the default
// first.
func CompareFormats() []string {
	names := make([]string, len(compareFormats))
	for i, f := range compareFormats {
		names[i] = f.name
	}
	return names
}

// Versions writes what changed between two versions of a posting.
func Versions(format string, w io.Writer, v *compare.Versions, o Options) error {
	for _, f := range compareFormats {
		if f.name == format {
			return f.versions(w, v, o)
		}
	}
	return unknownCompareFormat(format)
}

// Sets writes what differs between two sets of postings.
func Sets(format string, w io.Writer, s *compare.Sets, o Options) error {
	for _, f := range compareFormats {
		if f.name == format {
			return f.sets(w, s, o)
		}
	}
	return unknownCompareFormat(format)
}

func unknownCompareFormat(format string) error {
	return fmt.Errorf("unknown format %q: one of %s", format, strings.Join(CompareFormats(), ", "))
}

// outcome is what became of a posting between two versions, in a sentence.
func outcome(v *compare.Versions) string {
	switch {
	case v.Before.Status == score.Unscorable:
		return "There is nothing to compare: the version before could not be scored."
	case v.After.Status == score.Unscorable:
		return "There is nothing to compare: the version after could not be scored."
	case v.Points == score.Scores{}:
		return fmt.Sprintf("The scores are the same in both; the gap is %s.", signed(v.After.Scores.Gap))
	}
	gap := fmt.Sprintf("the gap stays at %s", signed(v.After.Scores.Gap))
	if v.Points.Gap != 0 {
		gap = fmt.Sprintf("the gap goes from %s to %s", signed(v.Before.Scores.Gap), signed(v.After.Scores.Gap))
	}
	return fmt.Sprintf("People skills %s, technical skills %s; %s.", gained(v.Points.Soft), gained(v.Points.Technical), gap)
}

// A side is one version and what it is called.
type side struct {
	name    string
	version *compare.Version
}

func sides(v *compare.Versions) []side { return []side{{"Before", &v.Before}, {"After", &v.After}} }

// about says which posting a version is, and what keeps it from being scored as
// it should.
func about(v *compare.Version) (who, what, remedy string) {
	r := &analyzer.Report{Posting: v.Posting, Status: v.Status, Reason: v.Reason}
	who = titleOf(r)
	if _, source := placeOf(r); source != "" {
		who += ", from " + source
	}
	if what, remedy = doubt(r); v.Status == score.Thin {
		remedy = "What to do: compare the full text."
	}
	return who, what, remedy
}

func gained(points float64) string {
	switch {
	case points > 0:
		return fmt.Sprintf("gain %.1f points", points)
	case points < 0:
		return fmt.Sprintf("lose %.1f points", -points)
	}
	return "stay as they are"
}

// saidHow is how one version asks for something.
func saidHow(s analyzer.Said) string {
	words := levelWords(s.Level)
	if w := clean(s.Words); w != "" {
		words += ": “" + cut(w, 80) + "”"
	}
	if s.Ask != "" {
		words += ", " + askWords(s.Ask)
	}
	return words
}

// worth is how a statement asks, and its points where it has any.
func worth(s *compare.Stated) string {
	text := askWords(s.Ask)
	for _, side := range []struct {
		name   string
		points float64
	}{{"people", s.Soft}, {"technical", s.Technical}} {
		if side.points != 0 {
			text += ", " + points(side.points) + " " + side.name + " points"
		}
	}
	return text
}

// statementHeads are the kinds of change, in the order in which they are shown.
var statementHeads = []struct{ kind, head string }{
	{"gained", "Statements gained"}, {"lost", "Statements lost"}, {"changed", "Statements changed"},
}

// statementLines are the lines of a statement: itself, with what it is worth,
// and where it was otherwise, how it was.
func statementLines(s compare.Statement) []string {
	if s.Kind == "lost" {
		return []string{clean(s.Before.Text) + " (" + worth(s.Before) + ")"}
	}
	lines := []string{clean(s.After.Text) + " (" + worth(s.After) + ")"}
	if s.Kind == "changed" {
		before := "was " + worth(s.Before)
		if s.Before.Text != s.After.Text {
			before = "was: " + clean(s.Before.Text) + " (" + worth(s.Before) + ")"
		}
		lines = append(lines, before)
	}
	return lines
}

// ofKind returns the statements of a kind.
func ofKind(v *compare.Versions, kind string) []compare.Statement {
	var out []compare.Statement
	for _, s := range v.Statements {
		if s.Kind == kind {
			out = append(out, s)
		}
	}
	return out
}

func versionsTable(w io.Writer, v *compare.Versions, o Options) error {
	p := newPage(o)
	p.line(bold, 0, 0, outcome(v))
	p.blank()
	for _, side := range sides(v) {
		who, what, remedy := about(side.version)
		p.line(plain, 2, 4, side.name+": "+who)
		if what != "" {
			p.line(yellow, 4, 4, what)
			p.line(plain, 4, 4, remedy)
		}
	}
	p.blank()
	if v.Before.Status != score.Unscorable && v.After.Status != score.Unscorable {
		if err := p.versions(v); err != nil {
			return err
		}
	}
	p.line(dim, 2, 2, caveat)
	p.line(dim, 2, 2, madeWith(v.Tool, v.Lexicon))
	return p.flush(w)
}

func (p *page) versions(v *compare.Versions) error {
	cs := []column{{head: "Score", width: 18}, {head: "Before", width: 7, right: true}, {head: "After", width: 7, right: true}, {head: "Points", width: 7, right: true}}
	rows := [][]string{
		{"Technical skills", points(v.Before.Scores.Technical), points(v.After.Scores.Technical), signed(v.Points.Technical)},
		{"People skills", points(v.Before.Scores.Soft), points(v.After.Scores.Soft), signed(v.Points.Soft)},
		{"Gap", signed(v.Before.Scores.Gap), signed(v.After.Scores.Gap), signed(v.Points.Gap)},
	}
	if err := p.lay(cs, len(rows), func(i int) ([]string, style) { return rows[i], plain }); err != nil {
		return err
	}
	if len(v.Facets) > 0 {
		p.line(bold, 0, 0, "People skills")
		for _, f := range v.Facets {
			p.line(plain, 2, 4, fmt.Sprintf("%s: %s points", name(f.Title, f.ID), signed(f.Points)))
			p.changes(f.Changes)
		}
		p.blank()
	}
	if changes := append(v.Technical[:len(v.Technical):len(v.Technical)], v.Unscored...); len(changes) > 0 {
		p.line(bold, 0, 0, "Technical skills, and what is not scored")
		p.changes(changes)
		p.blank()
	}
	for _, h := range statementHeads {
		if ss := ofKind(v, h.kind); len(ss) > 0 {
			p.line(bold, 0, 0, h.head)
			for _, s := range ss {
				for i, l := range statementLines(s) {
					p.line([]style{plain, dim}[min(i, 1)], 2+2*i, 4+2*i, l)
				}
			}
			p.blank()
		}
	}
	p.line(plain, 2, 2, fmt.Sprintf("The same in both: %s. Behind a statement stands what the scores would lose without it.", count(v.Kept, "statement")))
	p.blank()
	return nil
}

func (p *page) changes(changes []compare.Change) {
	for _, c := range changes {
		p.line(plain, 4, 6, name(c.After.Title, c.After.ID))
		p.line(dim, 6, 8, "before: "+saidHow(c.Before))
		p.line(plain, 6, 8, "after: "+saidHow(c.After))
	}
}

func versionsMarkdown(w io.Writer, v *compare.Versions, _ Options) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "**%s**\n\n", escape(outcome(v)))
	for _, side := range sides(v) {
		who, what, remedy := about(side.version)
		fmt.Fprintf(&b, "- %s: %s\n", side.name, escape(strings.TrimSpace(who+". "+what+" "+remedy)))
	}
	if v.Before.Status != score.Unscorable && v.After.Status != score.Unscorable {
		head(&b, "", "Score", "Before", "After", "Points")
		row(&b, "Technical skills", points(v.Before.Scores.Technical), points(v.After.Scores.Technical), signed(v.Points.Technical))
		row(&b, "People skills", points(v.Before.Scores.Soft), points(v.After.Scores.Soft), signed(v.Points.Soft))
		row(&b, "Gap", signed(v.Before.Scores.Gap), signed(v.After.Scores.Gap), signed(v.Points.Gap))
		if len(v.Facets)+len(v.Technical)+len(v.Unscored) > 0 {
			head(&b, "", "Skill", "Points", "Before", "After")
			for _, f := range v.Facets {
				row(&b, name(f.Title, f.ID), signed(f.Points), "", "")
				changeRows(&b, f.Changes)
			}
			changeRows(&b, v.Technical)
			changeRows(&b, v.Unscored)
		}
		for _, h := range statementHeads {
			if ss := ofKind(v, h.kind); len(ss) > 0 {
				fmt.Fprintf(&b, "\n### %s\n\n", h.head)
				for _, s := range ss {
					fmt.Fprintf(&b, "- %s\n", escape(strings.Join(statementLines(s), "; ")))
				}
			}
		}
	}
	paragraph(&b, caveat+" "+madeWith(v.Tool, v.Lexicon))
	_, err := w.Write(b.Bytes())
	return err
}

func changeRows(b *bytes.Buffer, changes []compare.Change) {
	for _, c := range changes {
		row(b, name(c.After.Title, c.After.ID), "", saidHow(c.Before), saidHow(c.After))
	}
}

// clearly reports whether an interval leaves out zero: a difference that chance
// does not explain easily.
func clearly(e interval.Estimate) bool {
	return e.Low.Defined() && e.High.Defined() && (e.Low > 0 || e.High < 0)
}
