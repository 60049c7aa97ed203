// Package suggest turns what a posting says into advice: findings, each with
// its place, its reason in one sentence and, where there is one that holds, an
// edit with the points it earns.
//
// Everything it promises it has tried. An edit is applied to the text, the text
// is read again by the function that the caller passes, and the edit is offered
// only if the finding is gone, the people side has not sunk, no technical skill
// was lost and nothing worse has come up. Advice is for the writer of the
// posting: it speaks plain words, and leaves legal text alone.
package suggest

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"softgap/analyzer/match"
	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
	"softgap/lexicons"
)

// Severity says how much a finding matters.
type Severity string

// The severities: what cannot be met as written, what costs points or
// applicants, and what is a matter of wording.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

func (s Severity) rank() int { return slices.Index([]Severity{Note, Warning, Error}, s) }

// A Finding is advice on one place of a posting. A place of no length is where
// something is missing.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	posting.Span
	Line    int    `json:"line"`   // of Start, from 1
	Column  int    `json:"column"` // in characters, from 1
	Edits   int    // fixes made in all
	Words   string `json:"words"`   // the posting's own, in the span
	Subject string `json:"subject"` // what it is about: with Rule it knows the finding again in an edited text
	Message string `json:"message"`
	Why     string `json:"why"`
	Fixes   []Fix  `json:"fixes"` // none, or the one that was tried and holds

	tries []Fix   // fixes to try, the best first
	short float64 // points that the best of them can earn
}

// A Fix is a set of edits that settles a Finding, and the points it earns: by
// how much the rounded people score is higher once they are made.
type Fix struct {
	Message string         `json:"message"`
	Points  float64        `json:"points"`
	Edits   []posting.Edit `json:"edits"`

	line  string // the words of a line to paste
	group int    // fixes of a lower group are tried first
	cost  int    // and within a group those of lower cost
}

// A Draft is a posting as the steps before have read it.
type Draft struct {
	Text       phrase.Text
	Title      string
	Family     string // role family, or ""
	Year       int    // of the posting, or of now; 0 if unknown
	Statements []segment.Statement
	Matches    []match.Match // of candidate statements
	Praise     []match.Match // what the words about the employer would ask of a candidate
	Result     score.Result

	// Heading says what a known heading announces, "" of an unknown one.
	Heading func(string) segment.About
}

// Options choose what is looked for.
type Options struct {
	Also     []string  // rules that are off by default
	Silenced []Silence // rules that are not to speak
	Rules    []string  // only these, if any
	Top      int       // only so many findings, those that earn most; 0 for all
}

// Advice is all that is said of one posting.
type Advice struct {
	Before  score.Scores // rounded to one decimal, as all scores here
	After   score.Scores // once all fixes are made
	Edits   int          // fixes that can be made together
	Overlap float64      // points that the fixes promise one by one and do not earn together
	Words   int          // by how many words the posting is then longer, or shorter

	Findings []Finding
	Silenced []Silenced
}

// Silenced is a rule that was told to be silent, and what it would have said.
type Silenced struct {
	Silence
	Findings int `json:"findings"`
}

// An Adviser gives advice by a set of word lists. It is immutable and safe for
// use by many goroutines.
type Adviser struct {
	words *phrase.Dict // of the advice lists alone, found as cues are
	terms map[string]*lexicons.Term
	lines map[string][]line // by dimension
	names map[string]string // what dimensions and categories are called within a sentence
}

// New returns an Adviser. The advice lists are compiled apart from all others:
// a word that only advice knows must stay unknown to the score.
func New(set *lexicons.Set) (*Adviser, error) {
	set = set.WithTerms()
	a := &Adviser{terms: map[string]*lexicons.Term{}, lines: map[string][]line{}, names: map[string]string{}}
	own := &lexicons.Set{}
	used := map[string]bool{"irregular": true}
	for i := range set.Lexicons {
		l := set.Lexicons[i]
		switch l.Kind {
		case lexicons.Technical:
			a.names[l.ID] = lowerFirst(l.Title)
		case lexicons.Line:
			a.names[l.ID] = lowerFirst(l.Title)
			for j := range l.Terms {
				a.lines[l.ID] = append(a.lines[l.ID], lineOf(l.ID, &l.Terms[j]))
			}
		case lexicons.Advice:
			l.Kind = lexicons.Cue
			own.Lexicons = append(own.Lexicons, l)
			for j := range l.Terms {
				t := &l.Terms[j]
				a.terms[l.ID+"/"+t.ID] = t
				for _, p := range slices.Concat(t.Forms, t.Needs, t.Blocks, t.Never) {
					for _, c := range classesIn(p.Text) {
						used[c] = true
					}
				}
			}
		}
	}
	for _, l := range set.Of(lexicons.Class) {
		if used[l.ID] {
			own.Lexicons = append(own.Lexicons, l)
		}
	}
	d, err := phrase.Compile(own)
	if err != nil {
		return nil, err
	}
	a.words = d
	return a, nil
}

// classesIn returns the classes that a pattern names.
func classesIn(pattern string) []string {
	var out []string
	for {
		_, rest, ok := strings.Cut(pattern, "{")
		if !ok {
			return out
		}
		var name string
		name, pattern, _ = strings.Cut(rest, "}")
		out = append(out, name)
	}
}

// Advise says what to change in a posting, the most points first. Read reads
// an edited text as the draft was read.
func (a *Adviser) Advise(d Draft, read func(text string) Draft, o Options) Advice {
	w := a.open(d)
	all := w.findings(o.Also)
	out := Advice{Before: rounded(d.Result.Scores), Silenced: []Silenced{}, Findings: []Finding{}}
	for _, s := range o.Silenced {
		n := len(all)
		all = slices.DeleteFunc(all, func(f Finding) bool { return f.Rule == s.Rule })
		if n > len(all) {
			out.Silenced = append(out.Silenced, Silenced{s, n - len(all)})
		}
	}
	if len(o.Rules) > 0 {
		all = slices.DeleteFunc(all, func(f Finding) bool { return !slices.Contains(o.Rules, f.Rule) })
	}
	t := trial{a: a, before: w, known: w.findings(o.Also), read: read, also: o.Also, said: map[string]bool{}}
	for i := range all {
		t.settle(&all[i])
	}
	for i := range all {
		f := &all[i]
		f.Words = d.Text.Text[f.Start:f.End]
		f.Line, f.Column = place(d.Text.Text, f.Start)
	}
	slices.SortStableFunc(all, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(y.points(), x.points()), y.Severity.rank()-x.Severity.rank(), len(y.Fixes)-len(x.Fixes))
	})
	if o.Top > 0 {
		all = all[:min(len(all), o.Top)]
	}
	out.Findings = append(out.Findings, all...)
	edits, left := Edits(out.Findings)
	for i := range out.Findings {
		out.Edits += len(out.Findings[i].Fixes)
	}
	out.Edits -= len(left)
	after := read(posting.Edited(d.Text.Text, edits))
	out.After = rounded(after.Result.Scores)
	for i := range out.Findings {
		out.Overlap += max(0, out.Findings[i].points())
	}
	out.Overlap = math.Round(10*(out.Overlap-out.After.Soft+out.Before.Soft)) / 10
	if math.Abs(out.Overlap) < 0.25 { // rounding
		out.Overlap = 0
	}
	out.Words = phrase.Words(after.Text.Tokens) - phrase.Words(d.Text.Tokens)
	return out
}

// points is what the fix of a finding earns, 0 if it has none.
func (f *Finding) points() float64 {
	if len(f.Fixes) == 0 {
		return 0
	}
	return f.Fixes[0].Points
}

// Edits returns the edits of the first fix of each finding, in the order of the
// text, and the findings whose fix has to be left out, because it would change
// words that one before it changes.
func Edits(findings []Finding) (edits []posting.Edit, left []Finding) {
	for _, f := range findings {
		if len(f.Fixes) == 0 {
			continue
		}
		fix := f.Fixes[0]
		if slices.ContainsFunc(fix.Edits, func(e posting.Edit) bool {
			return slices.ContainsFunc(edits, func(o posting.Edit) bool { return touches(e, o) })
		}) {
			left = append(left, f)
			continue
		}
		edits = append(edits, fix.Edits...)
	}
	slices.SortStableFunc(edits, func(a, b posting.Edit) int { return cmp.Compare(a.Start, b.Start) })
	return edits, left
}

// touches reports whether two edits cannot both be made: they share a byte, or
// one puts something in where the other takes something away.
func touches(a, b posting.Edit) bool {
	if a.Len() == 0 && b.Len() == 0 {
		return false
	}
	return a.Overlaps(b.Span) || a.Len() == 0 && b.Start < a.Start && a.Start < b.End || b.Len() == 0 && a.Start < b.Start && b.Start < a.End
}

// A trial tries fixes on one posting.
type trial struct {
	a      *Adviser
	before *work
	known  []Finding
	read   func(string) Draft
	also   []string
	said   map[string]bool // runs of words of the lines taken so far
}

const (
	mostTries = 16   // of fixes for one finding
	nearly    = 0.05 // points that rounding may hide
)

// settle tries the fixes of a finding and keeps the best that holds.
func (t *trial) settle(f *Finding) {
	slices.SortStableFunc(f.tries, func(a, b Fix) int {
		return cmp.Or(a.group-b.group, a.cost+t.echoes(a.line)-b.cost-t.echoes(b.line))
	})
	var best Fix
	most := 0.0
	for _, x := range f.tries[:min(len(f.tries), mostTries)] {
		p, ok := t.earns(f, x.Edits)
		if !ok {
			continue
		}
		x.Points = p
		worth := p
		if p > f.short+2*nearly { // it earns what other findings promise as well
			worth = f.short - 1
		}
		if best.Edits == nil || worth > most+nearly {
			best, most = x, worth
		}
		if most >= f.short-2*nearly {
			break
		}
	}
	if best.Edits == nil && f.Rule == "missing" {
		f.Why += " No line to paste would count where it could go: give the lists headings and line ends, and ask again."
	}
	f.Fixes, f.tries = []Fix{}, nil
	if best.Edits != nil {
		f.Fixes = []Fix{best}
		for r := range runs(best.line) {
			t.said[r] = true
		}
	}
}

// earns returns the points that edits earn, and whether they hold.
func (t *trial) earns(f *Finding, edits []posting.Edit) (points float64, ok bool) {
	d := t.read(posting.Edited(t.before.Text.Text, edits))
	before, after := rounded(t.before.Result.Scores), rounded(d.Result.Scores)
	points = math.Round(10*(after.Soft-before.Soft)) / 10
	if points < 0 || d.Result.Status == score.Unscorable || after.Technical < before.Technical || lost(t.before.Matches, d.Matches) {
		return 0, false
	}
	now := t.a.open(d).findings(t.also)
	if count(now, f) >= count(t.known, f) {
		return 0, false
	}
	for i := range now {
		if n := &now[i]; n.Severity.rank() > f.Severity.rank() && count(now, n) > count(t.known, n) {
			return 0, false
		}
	}
	return points, true
}

// count counts the findings that are about what f is about.
func count(all []Finding, f *Finding) int {
	n := 0
	for i := range all {
		if all[i].Rule == f.Rule && all[i].Subject == f.Subject {
			n++
		}
	}
	return n
}

// lost reports whether a technical match of a posting is gone from its edited
// text.
func lost(before, after []match.Match) bool {
	n := map[string]int{}
	for _, m := range after {
		if m.Side == match.Technical {
			n[m.Dimension+"/"+m.Term]++
		}
	}
	for _, m := range before {
		if m.Side == match.Technical {
			if k := m.Dimension + "/" + m.Term; n[k] == 0 {
				return true
			} else {
				n[k]--
			}
		}
	}
	return false
}

// echoes counts the runs of words in a line that a line taken before holds.
func (t *trial) echoes(line string) int {
	n := 0
	for r := range runs(line) {
		if t.said[r] {
			n++
		}
	}
	return n
}

// runs are the runs of three words of a line.
func runs(line string) map[string]bool {
	words := strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return r == ' ' || r == ',' || r == '.' })
	out := map[string]bool{}
	for i := 0; i+3 <= len(words); i++ {
		out[strings.Join(words[i:i+3], " ")] = true
	}
	return out
}

func rounded(s score.Scores) score.Scores {
	r := func(x float64) float64 { return math.Round(10*x) / 10 }
	return score.Scores{Technical: r(s.Technical), Soft: r(s.Soft), Gap: r(s.Gap)}
}

// place is the line and the column, in characters, of a byte of a text.
func place(text string, at int) (line, column int) {
	start := strings.LastIndexByte(text[:at], '\n') + 1
	return 1 + strings.Count(text[:start], "\n"), 1 + len([]rune(text[start:at]))
}
