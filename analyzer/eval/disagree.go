package eval

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"softgap/analyzer/match"
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
)

// A Cause is one way to disagree, with every case of it.
type Cause struct {
	Cause string `json:"cause"` // "soft teamwork false, term collaborate"
	Cases []Case `json:"cases"`
}

// A Case is a statement or sentence on which gold and program disagree.
type Case struct {
	Place
	ID string `json:"id"` // of the posting or sentence
	posting.Span
	Text    string   `json:"text"` // on one line
	Gold    string   `json:"gold"`
	Program string   `json:"program"`
	Why     string   `json:"why,omitempty"` // the program's reason for about
	Terms   []string `json:"terms"`         // those that fired, with the words they took
}

// causes gathers cases by their cause; nil gathers none.
type causes map[string][]Case

func (cs causes) add(c Case, format string, args ...any) {
	cause := fmt.Sprintf(format, args...)
	cs[cause] = append(cs[cause], c)
}

// sorted returns the causes, the most frequent first, else by name.
func (cs causes) sorted() []Cause {
	out := []Cause{}
	for cause, cases := range cs {
		out = append(out, Cause{cause, cases})
	}
	slices.SortFunc(out, func(a, b Cause) int {
		return cmp.Or(len(b.Cases)-len(a.Cases), strings.Compare(a.Cause, b.Cause))
	})
	return out
}

// ofPosting names what gold and program code differently in a posting.
func (cs causes) ofPosting(c *Coded, pairs []pair) {
	if cs == nil {
		return
	}
	for i := range pairs {
		p := &pairs[i]
		gold := p.gold
		if gold == nil {
			gold = &Statement{}
		}
		cs.ofPair(p, gold, Case{Place: c.Place, ID: c.ID, Span: p.Span, Text: oneLine(c.Text[p.Start:p.End]),
			Gold: gold.String(), Program: p.String(), Why: p.reason(), Terms: p.fired()})
	}
}

// ofPair goes through about and ask first, then code by code. What follows
// from another disagreement says so, so that one fault is not taken for many.
func (cs causes) ofPair(p *pair, gold *Statement, show Case) {
	const candidate = string(segment.Candidate)
	about := string(gold.About)
	switch {
	case about == "":
		about = "nothing"
	case about != p.about && p.why != "":
		cs.add(show, "about %s coded %s, %s", about, p.about, oneLine(p.why))
	case about != p.about:
		cs.add(show, "about %s coded %s", about, p.about)
	case about == candidate && string(gold.Ask) != p.ask:
		cs.add(show, "ask %s coded %s", gold.Ask, p.ask)
	}
	for i, d := range dimensions {
		code, coded := gold.Codes[d.id]
		f := &p.found[i]
		terms := strings.Join(f.terms, " and ")
		switch {
		case coded && f.level == 0 && p.about != candidate:
			cs.add(show, "%s %s missed, coded %s", d.side(), d.id, p.about)
		case coded && f.level == 0 && p.repeat:
			cs.add(show, "%s %s missed, taken for a repeat", d.side(), d.id)
		case coded && f.level == 0:
			cs.add(show, "%s %s missed", d.side(), d.id)
		case !coded && f.level > 0 && about != candidate:
			cs.add(show, "%s %s false, term %s, gold %s", d.side(), d.id, terms, about)
		case !coded && f.level > 0:
			cs.add(show, "%s %s false, term %s", d.side(), d.id, terms)
		case coded && f.level != code.Level:
			cs.add(show, "%s %s level %d coded %d, term %s", d.side(), d.id, code.Level, f.level, terms)
		}
	}
}

// ofSentence names what a sentence is labelled with and nothing is found of,
// label by label, and what is found in a sentence without a label.
func (cs causes) ofSentence(l *Labelled, ms []match.Match, f *sentenceFinder) {
	if cs == nil {
		return
	}
	show := Case{Place: l.Place, ID: l.ID, Span: posting.Span{End: len(l.Text)}, Text: oneLine(l.Text), Terms: []string{}}
	found, labelled := map[match.Side]bool{}, map[match.Side]bool{}
	var gold, program []string
	for _, m := range ms {
		found[m.Side] = true
		program = append(program, fmt.Sprintf("%s %d", m.Dimension, m.Level))
		show.Terms = append(show.Terms, fired(m.Dimension, m.Term, l.Text[m.Start:m.End]))
	}
	for _, x := range l.Labels {
		labelled[sideOf[x.Label]] = true
		gold = append(gold, x.Label+" “"+oneLine(l.Text[x.Start:x.End])+"”")
	}
	show.Gold, show.Program = orNothing(gold), orNothing(program)
	seen := map[string]bool{} // a sentence counts once for a cause
	once := func(format string, args ...any) {
		if cause := fmt.Sprintf(format, args...); !seen[cause] {
			seen[cause] = true
			cs.add(show, "%s", cause)
		}
	}
	for _, x := range l.Labels {
		words := l.Text[x.Start:x.End]
		if side, ok := sideOf[x.Label]; ok && !found[side] && !(x.Label == knowledgeLabel && f.attribute(words)) {
			once("%s missed, “%s”", x.Label, strings.ToLower(oneLine(words)))
		}
	}
	for _, m := range ms {
		if !labelled[m.Side] {
			once("%s %s false, term %s", m.Side, m.Dimension, m.Term)
		}
	}
}

// String is a statement's codes as one reads them.
func (s *Statement) String() string {
	if s.About == "" {
		return "no statement"
	}
	parts := []string{strings.TrimSpace(string(s.About) + " " + string(s.Ask))}
	for _, d := range dimensions {
		if c, ok := s.Codes[d.id]; ok {
			parts = append(parts, codeText(d, c.Level, string(c.Ask), string(s.Ask)))
		}
	}
	return strings.Join(parts, ", ")
}

func (p *pair) String() string {
	parts := []string{strings.TrimSpace(p.about + " " + p.ask)}
	if p.repeat {
		parts[0] += " (repeat)"
	}
	for i, d := range dimensions {
		if f := &p.found[i]; f.level > 0 {
			parts = append(parts, codeText(d, f.level, f.ask, p.ask))
		}
	}
	return strings.Join(parts, ", ")
}

// codeText is "teamwork 3", with its ask where that is its own.
func codeText(d dimension, level int, ask, whole string) string {
	s := fmt.Sprintf("%s %d", d.id, level)
	if ask != whole {
		s += " " + ask
	}
	return s
}

func (p *pair) reason() string {
	var parts []string
	if p.why != "" {
		parts = append(parts, oneLine(p.why))
	}
	if p.heading != "" && !strings.Contains(p.why, p.heading) {
		parts = append(parts, "under “"+oneLine(p.heading)+"”")
	}
	return strings.Join(parts, ", ")
}

func (p *pair) fired() []string {
	out := []string{}
	for i, d := range dimensions {
		for k, term := range p.found[i].terms {
			out = append(out, fired(d.id, term, p.found[i].words[k]))
		}
	}
	return out
}

func fired(dimension, term, words string) string {
	return fmt.Sprintf("%s/%s “%s”", dimension, term, oneLine(words))
}

func orNothing(parts []string) string {
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// oneLine makes of a stranger's text one line that a terminal may print.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
