package segment

import (
	"slices"
	"strings"

	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
)

// The weights from which a statement's own words win over its heading
// (codebook, ruling 10).
const (
	overDuty      = 2 // of a requirement under "Duties", of a duty under "Requirements"
	overPreferred = 4 // of a requirement under "Nice to have": "must" and no less
	overAnything  = 3 // of "the ideal candidate", and of years and "must" against a later "a plus"
)

// ask decides how a candidate statement asks: by its own words first, then by
// its lead-in, its heading, and its form.
func (c *classifier) ask(s *Statement, p *piece) {
	if sec, ok := c.glued(p); ok {
		c.enter(sec, p)
		s.Heading = sec.heading
	}
	heading := c.section.ask
	if c.section.about != Candidate {
		heading = ""
	}
	if c.lead != "" && p.bullet {
		heading = c.lead
	}
	var required, duty, role, holder int
	for _, q := range c.cues {
		w := max(1, q.Weight)
		if q.ID == "holder-will" {
			holder = max(holder, w)
		}
		switch Ask(q.Ask) {
		case Required:
			required = max(required, w)
		case Duty:
			duty = max(duty, w)
		case Role:
			role = max(role, w)
		}
	}
	word := c.verbFirst(p)
	verb, gerund := word != "", strings.HasSuffix(word, "ing")
	// Of "Plan the week", "Plans the week" and "Planning the week" the first
	// is sure to come from a list of duties.
	listed := verb && (p.bullet || !gerund && !third(word))
	prose := heading == "" && !p.bullet && (!verb || gerund)
	switch {
	case role >= overAnything && (heading == "" || heading == Role || heading == Duty),
		role > overPreferred && required < overPreferred && !p.bullet && heading != Preferred, // "We look for someone who ..."
		c.section.ideal && heading == Role && required < overPreferred:
		s.Ask = Role
	case heading == Role && listed: // "About the role" over a list of duties
		s.Ask = Duty
	case required > 0 && required >= duty && heading == "",
		required >= overDuty && (heading == Role && required > duty || heading == Duty && !verb),
		c.section.turned && heading == Duty && !verb && duty+role == 0,
		required >= overPreferred && heading == Preferred:
		s.Ask = Required
	case heading == Role, role > duty && heading == "":
		s.Ask = Role
	case holder > 0 && holder >= duty && prose: // "The analyst will work with ..."
		s.Ask = Role
	case duty > 0 && heading == "", heading == Required && required == 0 && (duty >= overDuty || verb && !c.section.known):
		s.Ask = Duty
	case heading != "":
		s.Ask = heading
	case verb:
		s.Ask = Duty
	default:
		s.Ask = Role
	}
	if heading == Duty {
		c.section.turned = s.Ask == Required
	}
	if s.Ask == Duty && duty > 0 && prose {
		c.summary = append(c.summary, c.index)
	}
	c.clauses(s, p)
}

// glued returns the section of a heading that lost its line break and stands
// before the statement's own words: "Key Responsibilities Design the backups".
func (c *classifier) glued(p *piece) (section, bool) {
	toks := p.tokens
	for n := min(7, len(toks)-1); n >= 2 && !p.bullet && !p.line; n-- {
		set := titled(toks[:n]) && toks[n-1].Flags&phrase.Capital != 0
		if toks[n].Flags&(phrase.Capital|phrase.Digits) == 0 || !set && n < 4 {
			continue
		}
		if t := c.whole(toks[:n]); t != nil && About(t.About) == Candidate {
			sec := c.opened(p, t)
			sec.heading = c.text.Text[toks[0].Start:toks[n-1].End]
			return sec, true
		}
	}
	return section{}, false
}

// summed turns what was said in prose of what "you will" do into a summary of
// the role once the list of duties or of requirements begins.
func (c *classifier) summed(statements []Statement) {
	for _, i := range c.summary {
		if s := &statements[i]; s.Ask == Duty {
			s.Ask = Role
		}
	}
	c.summary = c.summary[:0]
}

// verbFirst returns the word for what the person does that a piece begins
// with, or "".
func (c *classifier) verbFirst(p *piece) string {
	for _, q := range c.cues {
		if q.Lexicon.ID != "verbs" && q.ID != "responsible" || !c.opens(p.tokens, q.Hit) || c.within(q) {
			continue
		}
		first := p.tokens[q.From]
		word := c.text.Text[first.Start:first.End]
		if q.From > 1 && strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "ed") {
			continue // "Director of Engineering", "Demonstrated skills"
		}
		return word
	}
	return ""
}

// third reports whether a verb is said of somebody: "Plans the week".
func third(verb string) bool {
	return strings.HasSuffix(verb, "s") && !strings.HasSuffix(verb, "ss")
}

// within reports whether a verb is part of what another cue found: "The
// Engineer will" holds no verb "engineer".
func (c *classifier) within(verb cue) bool {
	for _, q := range c.cues {
		if q.Ask != "" && q.From <= verb.From && verb.To <= q.To && q.To-q.From > verb.To-verb.From {
			return true
		}
	}
	return false
}

// clauses finds the parts of a statement that a cue governs alone: "SQL
// required, Power BI a plus" asks for two things in two ways (ruling 15).
func (c *classifier) clauses(s *Statement, p *piece) {
	toks := p.tokens
	for _, q := range c.cues {
		switch {
		case Ask(q.Ask) == Preferred:
			from, to := c.governs(toks, q)
			if from == 0 && (to >= len(toks)-1 || !c.asked(to, len(toks))) {
				s.Ask, s.Why = Preferred, c.quoted(toks, q.Hit)
				continue
			}
			if clause := (Clause{Span: span(toks, from, to), Ask: Preferred}); !slices.Contains(s.Clauses, clause) {
				s.Clauses = append(s.Clauses, clause)
			}
		case strings.HasPrefix(q.ID, "negation-") && !strings.HasPrefix(q.ID, "negation-false"):
			if c.falseNegation(q) {
				continue
			}
			from, to := c.negates(toks, q)
			if from < to {
				s.Clauses = append(s.Clauses, Clause{Span: span(toks, from, to), Ask: s.Ask, Negated: true})
			}
		}
	}
}

func (c *classifier) falseNegation(q cue) bool {
	for _, f := range c.cues {
		if strings.HasPrefix(f.ID, "negation-false") && f.From < q.To && q.From < f.To {
			return true
		}
	}
	return false
}

func span(toks []phrase.Token, from, to int) posting.Span {
	return posting.Span{Start: int(toks[from].Start), End: int(toks[to-1].End)}
}

// governs returns the tokens that a word of preference speaks of. Behind its
// object ("Power BI a plus") it reaches back to where the clause begins, before
// it ("ideally with Power BI") it reaches forward; said of a subject ("Dutch is
// preferred for calls with the Hague") it reaches both ways, and set off at the
// end ("..., preferred") over all of the statement.
func (c *classifier) governs(toks []phrase.Token, q cue) (int, int) {
	from, to := int(q.From), int(q.To)
	if to < len(toks) && from > 0 && c.opening(toks, to) == from-1 { // "Power BI (preferred)", "(Desirable) Power BI"
		from--
		if to++; from == 0 {
			return 0, len(toks)
		}
		from-- // the word before it, or at the end the whole clause
		for to >= len(toks)-1 && from > 0 && !c.parts(toks, from-1) {
			from--
		}
		return from, to
	}
	right := to
	for right < len(toks) && !c.parts(toks, right) {
		right++
	}
	after := phrase.Words(toks[to:right])
	said := from > 0 && (c.dict.Is("copula", toks[from:]) || c.dict.Is("copula", toks[from-1:]))
	if after > 0 && !said && strings.HasPrefix(q.ID, "preferred-ahead") {
		for right < len(toks) && !c.stops(toks, right) {
			right++
		}
		return from, right
	}
	if from > 0 && c.comma(toks[from-1]) && right >= len(toks)-1 && after == 0 {
		return 0, right
	}
	if !said && (after > 2 || from == 0 && right < len(toks)) { // it stands before what it governs
		end := right
		for end < len(toks) && !c.stops(toks, end) {
			end++
		}
		return from, max(end, to)
	}
	left := from
	comma := -1
	for left > 0 && (!c.stops(toks, left-1) || c.opening(toks, left-1) >= 0) {
		left--
		if open := c.opening(toks, left); open >= 0 {
			left = open // "Kafka (or the like) is a plus"
			continue
		}
		if comma < 0 && c.comma(toks[left]) {
			comma = left
		}
	}
	// "Java, Spring and Kafka preferred" is one list; "SQL required, Power BI
	// preferred" is two asks.
	if comma > left && c.asked(left, comma) {
		left = comma + 1
	}
	return left, right
}

// opening returns the bracket that the closing one at i belongs to, or -1.
func (c *classifier) opening(toks []phrase.Token, i int) int {
	if toks[i].Flags&phrase.Sign == 0 || c.text.Text[toks[i].Start] != ')' {
		return -1
	}
	for j := i - 1; j >= 0; j-- {
		if toks[j].Flags&phrase.Sign != 0 && c.text.Text[toks[j].Start] == '(' {
			return j
		}
	}
	return -1
}

func (c *classifier) comma(t phrase.Token) bool {
	return t.Flags&phrase.Sign != 0 && c.text.Text[t.Start] == ','
}

// asked reports whether the tokens [from, to) hold a firm ask of their own.
func (c *classifier) asked(from, to int) bool {
	for _, q := range c.cues {
		if Ask(q.Ask) == Required && q.Weight >= overAnything && from <= int(q.From) && int(q.To) <= to {
			return true
		}
	}
	return false
}

// parts reports whether the token at i may end a clause.
func (c *classifier) parts(toks []phrase.Token, i int) bool {
	return c.stops(toks, i) || c.comma(toks[i])
}

// stops reports whether the token at i surely ends a clause.
func (c *classifier) stops(toks []phrase.Token, i int) bool {
	if toks[i].Flags&phrase.Sign != 0 {
		return toks[i].Flags&phrase.Break != 0 && (toks[i].Flags&phrase.Glued == 0 || i+1 == len(toks) || toks[i+1].Flags&phrase.Glued == 0) || strings.IndexByte("()", c.text.Text[toks[i].Start]) >= 0
	}
	return c.dict.Is("contrast", toks[i:i+1])
}

// negates returns the tokens that a word of negation takes out.
func (c *classifier) negates(toks []phrase.Token, q cue) (int, int) {
	from, to := int(q.From), int(q.To)
	if strings.HasPrefix(q.ID, "negation-after") {
		for from > 0 && !c.parts(toks, from-1) {
			from--
		}
		return from, to
	}
	for to < len(toks) && !c.parts(toks, to) {
		to++
	}
	return from, to
}
