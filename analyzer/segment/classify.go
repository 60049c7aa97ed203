package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
)

// abouts is the order in which weights are kept and ties are settled.
var abouts = [...]About{Candidate, Employer, Offer, Legal, Other}

func indexOf(a About) int {
	for i, b := range abouts {
		if a == b {
			return i
		}
	}
	return -1
}

// The weights of what is not a word of the cue lexicons. A cue weighs 1 to 5
// by its file; a heading decides where no strong cue speaks against it.
const (
	underHeading   = 2.0 // a sentence under a known heading
	bulletUnder    = 3.0 // a bullet under one
	underRole      = 1.2 // "About the role" is followed by talk of every kind
	underOffer     = 3.5 // of benefits and law the employer says "we" as well
	underOther     = 1.0
	afterBullets   = 0.8 // a sentence after the list that the heading was for
	strayed        = 0.7 // factor, for each sentence that left the heading's subject before
	goesOn         = 0.6 // what the sentence before was about
	legalGoesOn    = 0.6 // legal text comes in runs
	atStart        = 1.5 // factor: the subject of a sentence says most
	beginsWithVerb = 2.0
	doubtfulVerb   = 0.5 // a gerund in running text, or a verb in talk of offers
	beginsWithName = 1.5
	atTop          = 1.5 // a short line above everything
	beforeHeadings = 0.6 // text at the top is about the job or the company
)

const lineAtTop = "a line at the top"

// A classifier codes pieces one after the other: what a statement is about
// depends on the heading above it and on the statements before it.
type classifier struct {
	dict  *phrase.Dict
	layer layer
	text  phrase.Text
	tell  func(posting.Span, *tally, []feature) // for training, or nil
	seen  []feature                             // of the statement at work

	section section
	outer   *section // the section to go back to at the next line
	headed  bool     // a known heading was met
	last    About    // of the statement before
	lead    Ask      // of a lead-in, for the bullets below it
	bullets bool     // the section holds some
	stray   int      // sentences of the section that spoke of something else
	under   int      // statements of the section
	above   bool     // a heading stands right above
	count   int      // statements so far, headings apart
	index   int      // of the statement at work
	hidden  int      // where the comment ends that was met last
	summary []int    // statements that are duties unless a list of them follows

	run   phrase.Run // the statement at work
	cues  []cue
	hits  []phrase.Hit
	said  tally
	verbs []phrase.Hit // of all statements so far
	names map[string]int
	plain []phrase.Token // of a heading without its names

	cutter cutter
	first  map[uint64]int // of repeats
}

// vast is how many pieces only few texts have; what they need is not kept.
const vast = 1 << 12

// rest lets a classifier be used for another text.
func (c *classifier) rest() {
	if len(c.cutter.pieces) > vast {
		return
	}
	clear(c.names)
	clear(c.first)
	c.run.Reset(nil, nil, "")
	was := *c
	*c = classifier{seen: was.seen[:0], hits: was.hits[:0], cues: was.cues[:0], run: was.run, names: was.names, plain: was.plain[:0],
		summary: was.summary[:0], first: was.first, cutter: cutter{pieces: was.cutter.pieces[:0], lines: was.cutter.lines[:0]}}
	idle.Put(c)
}

// A cue is a hit of the cue lexicons in a statement.
type cue struct {
	phrase.Hit
	*phrase.Term
}

// A reason is what one cue says of a statement. Its words are put together
// only for the reason that decides.
type reason struct {
	weight float64
	said   string     // in fixed words, or
	hit    phrase.Hit // in the statement's own
}

// A tally adds up what speaks for each About.
type tally struct {
	sum  [len(abouts)]float64
	best [len(abouts)]reason
}

func (t *tally) add(a About, r reason) {
	i := indexOf(a)
	t.sum[i] += r.weight
	if r.weight > t.best[i].weight {
		t.best[i] = r
	}
}

func (t *tally) winner() int {
	best := 0
	for i := range t.sum {
		if t.sum[i] > t.sum[best] {
			best = i
		}
	}
	return best
}

// code decides About, Ask and the rest of one statement.
func (c *classifier) code(s *Statement, p, next *piece) {
	if c.comment(p) {
		s.About, s.Why = Other, "a comment"
		return
	}
	if p.first && c.outer != nil {
		c.section, c.outer = *c.outer, nil
	}
	if sec, ok := c.heading(p, next); ok {
		s.About, s.IsHead, s.Why = Other, true, "heading"
		c.enter(sec, p)
		c.above, c.bullets, c.stray, c.under = true, false, 0, 0
		return
	}
	if c.under++; c.section.holds > 0 && c.under > c.section.holds {
		c.section = section{}
	}
	s.Heading = c.section.heading
	c.find(p)
	c.weigh(p)
	t := &c.said
	best := t.winner()
	s.About, s.Why = abouts[best], c.words(p, t.best[best])
	c.count++
	if !p.bullet {
		c.lead = ""
	}
	if s.About == Candidate {
		s.Verbs = c.does()
		c.ask(s, p)
		if strings.HasSuffix(c.text.Text[s.Start:s.End], ":") && next != nil && (next.bullet || next.first) {
			c.lead = s.Ask
			if c.opensList(p) {
				s.About, s.Ask, s.Clauses, s.Why = Other, "", nil, "leads in what stands below it"
			}
		}
	}
	switch {
	case p.bullet || c.section.about == "" || s.About == Other:
	case s.About != c.section.about:
		c.stray = min(c.stray+1, 3)
	case t.best[best].said == "" && c.stray > 0:
		c.stray--
	}
	if c.last = s.About; t.best[best].said == lineAtTop {
		c.last = "" // a title says nothing of what follows, marked as a heading or not
	}
	c.above = false
	c.bullets = c.bullets || p.bullet
}

// does returns the verbs of the statement at work.
func (c *classifier) does() []phrase.Hit {
	n := len(c.verbs)
	for _, q := range c.cues {
		if q.Lexicon.ID == "verbs" {
			c.verbs = append(c.verbs, q.Hit)
		}
	}
	return c.verbs[n:len(c.verbs):len(c.verbs)]
}

// opensList reports whether a lead-in says only that a list comes: "Experience
// with the following:". It passes its ask on to the list (ruling 16) and is
// itself no statement; "Experience with Cisco routers:" is one.
func (c *classifier) opensList(p *piece) bool {
	if p.words <= 4 {
		return true
	}
	for i := range p.tokens {
		if p.words <= 12 && c.dict.Is("opener", p.tokens[i:]) {
			return true
		}
	}
	return false
}

// enter opens the section of a heading. A label within a line ("Location:
// Leeds") holds for its line where a section is open already.
func (c *classifier) enter(sec section, p *piece) {
	c.lead = ""
	if sec.about == "" { // unknown: the section goes on under another name
		sec.about, sec.ask, sec.known = c.section.about, c.section.ask, false
	}
	if !p.line && (p.bullet || c.headed || sec.about == Other) {
		if c.outer == nil {
			outer := c.section
			c.outer = &outer
		}
	} else if sec.known {
		c.headed = true
		c.last = ""
	}
	sec.why = "under the heading " + quote(sec.heading)
	c.section = sec
}

// find gathers the cues of a piece.
func (c *classifier) find(p *piece) {
	c.cues = c.cues[:0]
	hits := c.among(c.dict.Cues, p.tokens)
	for _, h := range hits {
		if h.Role == phrase.Form && !phrase.Refused(hits, h) {
			c.cues = append(c.cues, cue{h, c.dict.Cues.Term(h.Term)})
		}
	}
}

// weigh adds up what speaks for each About: the heading, the statement before,
// the place in the posting, and the cues, each term once.
func (c *classifier) weigh(p *piece) {
	t := &c.said
	*t = tally{}
	words := p.words
	c.place(t, p, words)
	verb := 0.0
	for i, q := range c.cues {
		switch {
		case q.Lexicon.ID == "verbs":
			if c.opens(p.tokens, q.Hit) {
				verb = c.verbWeight(p, q)
			}
		case q.About != "" && !c.spoke(i):
			t.add(About(q.About), reason{weight: weight(q), hit: q.Hit})
		}
	}
	if verb > 0 {
		t.add(Candidate, reason{weight: verb, said: "begins with what the person does"})
	}
	switch {
	case words == 0:
		t.add(Other, reason{weight: 9, said: "no words"})
	case words <= 2 && !p.bullet && c.section.about == "":
		t.add(Other, reason{weight: atTop, said: "too short to say anything"})
	}
	if (c.layer != "" || c.tell != nil) && c.open(p, words) {
		c.learned(t, p)
	}
}

// verbWeight says how surely a statement that begins with a verb is a duty.
func (c *classifier) verbWeight(p *piece, q cue) float64 {
	first := p.tokens[q.From]
	gerund := strings.HasSuffix(c.text.Text[first.Start:first.End], "ing")
	title := c.count == 0 && !c.headed && !p.bullet && titled(p.tokens) // "Support Engineer"
	if c.section.about == Employer || c.section.about == Offer || title || gerund && !p.bullet && c.section.about == "" {
		return doubtfulVerb
	}
	return beginsWithVerb
}

// place weighs where a piece stands.
func (c *classifier) place(t *tally, p *piece, words int) {
	switch {
	case c.section.about != "":
		w := underHeading
		switch {
		case c.section.about == Other:
			w = underOther
		case c.section.about == Offer, c.section.about == Legal:
			w = underOffer
		case c.section.ask == Role && !p.bullet:
			w = underRole
		case p.bullet:
			w = bulletUnder
		case c.bullets:
			w = afterBullets
		}
		if !c.section.known {
			w *= 0.6
		}
		for range c.stray {
			w *= strayed
		}
		t.add(c.section.about, reason{weight: w, said: c.section.why})
	case c.headed:
	case c.count < 2 && words <= 12 && !p.bullet && !strings.HasSuffix(c.text.Text[p.start:p.end], "."):
		t.add(Other, reason{weight: atTop, said: lineAtTop})
	default:
		t.add(Employer, reason{weight: beforeHeadings - 0.1, said: "before any heading"})
		t.add(Candidate, reason{weight: beforeHeadings, said: "before any heading"})
	}
	if p.bullet {
		return
	}
	if c.last != "" {
		t.add(c.last, reason{weight: goesOn, said: "goes on from the statement before"})
	}
	if c.last == Legal && c.section.about != Candidate {
		t.add(Legal, reason{weight: legalGoesOn, said: "goes on from the statement before"})
	}
	if c.name(p) {
		t.add(Employer, reason{weight: beginsWithName, said: "begins with a name"})
	}
}

// weight is what a cue weighs where it stands.
func weight(q cue) float64 {
	w := float64(max(1, q.Weight))
	if q.From == 0 {
		w *= atStart
	}
	return w
}

// spoke reports whether another cue says what cue i says: one of its term
// before it, or a heavier one in the same words.
func (c *classifier) spoke(i int) bool {
	is := c.cues[i]
	for j, q := range c.cues {
		switch {
		case j == i || q.About != is.About:
		case q.Hit.Term == is.Hit.Term:
			if j < i {
				return true
			}
		case q.From < is.To && is.From < q.To:
			if a, b := weight(q), weight(is); a > b || a == b && j < i {
				return true
			}
		}
	}
	return false
}

// name reports whether a piece begins with a name of the posting's own and
// says something of it: "Northwind runs eleven clinics." A name is a word in
// capitals that no lexicon holds; what is said of it ends in s, or the name
// comes again.
func (c *classifier) name(p *piece) bool {
	if len(p.tokens) < 4 || !c.named(p.tokens[0]) {
		return false
	}
	if len(c.names) == 0 {
		for _, t := range c.text.Tokens {
			if c.named(t) {
				c.names[c.text.Text[t.Start:t.End]]++
			}
		}
	}
	for _, t := range p.tokens[1:4] {
		switch {
		case c.named(t), c.text.Text[t.Start] == '&':
		case t.Flags&phrase.Sign == 0 && t.Flags&phrase.Capital == 0 && c.text.Text[t.End-1] == 's':
			return true
		default:
			return c.names[c.text.Text[p.tokens[0].Start:p.tokens[0].End]] > 2
		}
	}
	return false
}

func (c *classifier) named(t phrase.Token) bool {
	return t.Word == phrase.Unknown && t.Flags&(phrase.Capital|phrase.Sign|phrase.Address) == phrase.Capital
}

// opens reports whether a verb stands where a duty begins: first, after one
// adverb, or after a label in title case that lost its colon ("Data Quality
// Check the loads").
func (c *classifier) opens(toks []phrase.Token, h phrase.Hit) bool {
	at := int(h.From)
	for at > 0 && toks[at-1].Flags&phrase.Sign != 0 {
		at--
	}
	if at == 0 || at == 1 && strings.HasSuffix(c.text.Text[toks[0].Start:toks[0].End], "ly") {
		return true
	}
	if at > 6 || toks[h.From].Flags&phrase.Capital == 0 || int(h.To) >= len(toks) || toks[h.To].Flags&(phrase.Capital|phrase.Sign) != 0 {
		return false
	}
	for _, t := range toks[:at] {
		if t.Flags&(phrase.Capital|phrase.Sign) == 0 && t.End-t.Start > 3 {
			return false
		}
	}
	return true
}

// words puts a reason in words.
func (c *classifier) words(p *piece, r reason) string {
	if r.said != "" || r.weight == 0 {
		return r.said
	}
	return c.quoted(p.tokens, r.hit)
}

func (c *classifier) quoted(toks []phrase.Token, h phrase.Hit) string {
	return quote(c.text.Text[toks[h.From].Start:toks[h.To-1].End])
}

func quote(s string) string { return "“" + s + "”" }

func lowerAt(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLower(r)
}
