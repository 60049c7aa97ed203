package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/suggest"
)

//go:embed advise.gohtml
var adviseSource string

//go:embed advise.css
var adviseStyle string

// advisePage escapes whatever a posting holds for the place where it stands.
var advisePage = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("advise").Parse(adviseSource))
})

// An adviseView is what the page shows, in its order.
type adviseView struct {
	Style                          template.CSS
	Title, Employer, Source        string
	Doubt, Remedy                  string
	Scores                         []adviseScore
	Change                         []string
	Pieces                         []piece
	Findings                       []adviseFinding
	Hushed, Warnings               []string
	AdviceCaveat, Caveat, MadeWith string
}

type adviseScore struct {
	Name, Before, After   string
	BeforeWide, AfterWide string // of 100
	Changed               bool
}

type adviseFinding struct {
	Number                             int
	Earned, Place, Words, Message, Why string
	Fixes                              []string
}

// A piece is a run of the posting's text that is marked in one way.
type piece struct {
	Text    string
	Class   string // of the style sheet
	Label   string // what the mark means, for who cannot see it
	Numbers []int  // of findings that begin here
}

// adviceHTML writes a page for the hiring manager: the posting with its asks
// marked and the edits in their places, the findings beside it, both scores. It
// needs no script and nothing from elsewhere.
func adviceHTML(w io.Writer, r *analyzer.Report, text string, _ Options) error {
	v := adviseView{Style: template.CSS(adviseStyle), Title: titleOf(r), AdviceCaveat: adviceCaveat, Caveat: caveat, MadeWith: madeWith(r.Tool, r.Lexicon), Hushed: hushed(r)}
	v.Employer, v.Source = placeOf(r)
	v.Doubt, v.Remedy = doubt(r)
	for _, x := range r.Warnings {
		v.Warnings = append(v.Warnings, clean(x))
	}
	if measured(r) {
		after := r.Scores
		if r.Advice != nil {
			after = r.Advice.After
		}
		wide := func(x float64) string { return fmt.Sprintf("%.1f", min(100, max(0, x))) }
		for _, s := range []struct {
			name          string
			before, after float64
		}{{"People skills", r.Scores.Soft, after.Soft}, {"Technical skills", r.Scores.Technical, after.Technical}} {
			v.Scores = append(v.Scores, adviseScore{s.name, points(s.before), points(s.after), wide(s.before), wide(s.after), s.before != s.after})
		}
		v.Change = change(r)
		v.Pieces = pieces(r, text)
		for i := range r.Findings {
			f := &r.Findings[i]
			x := adviseFinding{Number: i + 1, Earned: earned(f), Place: place(f), Words: cut(clean(f.Words), 160), Message: clean(f.Message), Why: clean(f.Why)}
			for _, fix := range f.Fixes {
				x.Fixes = append(x.Fixes, clean(fix.Message))
			}
			v.Findings = append(v.Findings, x)
		}
	}
	return advisePage().Execute(w, v)
}

// pieces parts a text at the ends of statements, matches, findings and edits.
func pieces(r *analyzer.Report, text string) []piece {
	edits, _ := suggest.Edits(r.Findings)
	cuts := []int{0, len(text)}
	at := func(s posting.Span) { cuts = append(cuts, s.Start, s.End) }
	for _, s := range r.Statements {
		at(s.Span)
		for _, m := range s.Matches {
			at(m.Span)
		}
	}
	for _, e := range edits {
		at(e.Span)
	}
	for _, f := range r.Findings {
		cuts = append(cuts, f.Start)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	cuts = slices.DeleteFunc(cuts, func(i int) bool { return i < 0 || i > len(text) })
	var out []piece
	edit, statement := 0, 0
	for i, from := range cuts {
		for ; edit < len(edits) && edits[edit].End <= from; edit++ {
			if t := shown(edits[edit].Text); t != "" {
				said := strings.TrimLeft(t, "\n\t ")
				out = append(out, piece{Text: t[:len(t)-len(said)]}, piece{Text: said, Class: "added", Label: "added", Numbers: madeBy(r, edits[edit])})
			}
		}
		if i+1 == len(cuts) {
			break
		}
		var p piece
		for k, f := range r.Findings {
			if f.Start == from && f.Len() > 0 {
				p.Numbers = append(p.Numbers, k+1)
			}
		}
		here := posting.Span{Start: from, End: cuts[i+1]}
		p.Text = shown(text[here.Start:here.End])
		for statement < len(r.Statements) && r.Statements[statement].End <= from {
			statement++
		}
		if statement < len(r.Statements) && r.Statements[statement].Overlaps(here) {
			p.Class, p.Label = mark(&r.Statements[statement], here)
		}
		if slices.ContainsFunc(edits, func(e posting.Edit) bool { return e.Overlaps(here) }) {
			p.Class, p.Label = "gone", "taken out"
		}
		out = append(out, p)
	}
	return out
}

// madeBy returns the number of the finding that an edit is of.
func madeBy(r *analyzer.Report, e posting.Edit) []int {
	for i, f := range r.Findings {
		if len(f.Fixes) > 0 && slices.Contains(f.Fixes[0].Edits, e) && (f.Start != e.Start || f.Len() == 0) {
			return []int{i + 1}
		}
	}
	return nil
}

// mark says how a part of a statement is marked, and in words.
func mark(s *analyzer.Statement, here posting.Span) (class, label string) {
	var sides []string
	for _, m := range s.Matches {
		if m.Overlaps(here) && !slices.Contains(sides, m.Side) {
			sides = append(sides, m.Side)
		}
	}
	switch {
	case slices.Contains(sides, "soft"):
		return "people", "people skill"
	case slices.Contains(sides, "technical"):
		return "technical", "technical skill"
	case s.IsHead:
		return "head", ""
	case s.About != "candidate" || s.Repeat:
		return "excluded", "not counted"
	}
	return "", ""
}

// shown makes a stranger's text fit for a page that keeps its lines: every
// character that could reorder or hide text becomes U+FFFD.
func shown(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case c == '\r' || widthless(c):
			return -1
		case visible(c):
			return c
		}
		return utf8.RuneError
	}, s)
}
