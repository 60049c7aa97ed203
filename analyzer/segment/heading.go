package segment

import (
	"strings"

	"softgap/analyzer/phrase"
)

// A section is what a heading says of the statements below it.
type section struct {
	heading string
	about   About
	ask     Ask
	known   bool   // a lexicon knows the heading
	why     string // the heading as the reason of what stands below it
	holds   int    // for so many statements; 0 for all to the next heading
	turned  bool   // its list of duties went on with requirements, without a heading
	ideal   bool   // it describes the ideal candidate, which is no requirement (ruling 10)
}

// heading reads a piece as a heading: the section it opens, and whether it is
// one at all. The next piece tells a short line before bullets from a short
// line among short lines.
func (c *classifier) heading(p, next *piece) (section, bool) {
	text := c.text.Text[p.start:p.end]
	toks := bare(p.tokens, c.text.Text)
	words := p.words
	if words == 0 || words > 12 || len(text) > 110 {
		return section{}, false
	}
	colon := strings.HasSuffix(strings.TrimRight(text, "*_ "), ":")
	if alone := p.line || p.markup || colon; !alone {
		// Text that lost its line breaks holds headings between sentences.
		if t := c.known(toks); t != nil && titled(toks) && next != nil && !strings.ContainsAny(text[len(text)-1:], ".!?;,") {
			return c.opened(p, t), true
		}
		return section{}, false
	}
	if t := c.known(toks); t != nil && (!p.bullet || colon || p.markup || next != nil && !next.bullet) {
		return c.opened(p, t), true
	}
	last := strings.TrimRight(text, "*_ ")
	if p.bullet && !colon && !p.markup || strings.ContainsAny(last[len(last)-1:], ".!;,") || next == nil {
		return section{}, false
	}
	if i := strings.Index(text, ": "); i > 0 && i+2 < len(text) {
		return section{}, false // a label and what it says
	}
	question := strings.HasSuffix(text, "?")
	looks := p.markup || colon && words <= 8 || !question && words <= 8 && (shouted(text) || titled(toks) && (next.bullet || p.gap) || words <= 5 && next.bullet)
	if !looks && !((question || c.above && titled(toks)) && words <= 8) {
		return section{}, false
	}
	// "What you will do at Acme": a known heading with more words.
	best := phrase.Hit{}
	for _, h := range c.among(c.dict.Headings, toks) {
		if h.Role == phrase.Form && h.To-h.From > best.To-best.From {
			best = h
		}
	}
	if n := int(best.To - best.From); n > 0 && (2*n >= len(toks) || best.From == 0 && n >= 2) {
		t := c.dict.Headings.Term(best.Term)
		sec := c.opened(p, t)
		if sec.about == Candidate && c.prefers(toks) {
			sec.ask = Preferred
		}
		return sec, true
	}
	if !looks || colon && !p.markup && c.asks(p) {
		return section{}, false
	}
	return section{heading: c.label(p)}, true
}

// opened is the section that a known heading opens.
func (c *classifier) opened(p *piece, t *phrase.Term) section {
	return section{
		heading: c.label(p),
		about:   About(t.About),
		ask:     Ask(t.Ask),
		known:   true,
		holds:   t.Weight,
		ideal:   t.ID == "ideal-candidate",
	}
}

// known returns the heading that a line is, with its names left out where
// they stand in the way: "Why You Should Join Northwind", "Northwind Perks".
func (c *classifier) known(toks []phrase.Token) *phrase.Term {
	if t := c.whole(toks); t != nil {
		return t
	}
	rest := c.plain[:0]
	for _, t := range toks {
		if !c.named(t) && len(rest) < 12 {
			rest = append(rest, t)
		}
	}
	c.plain = rest
	if len(rest) == len(toks) || len(rest) == 0 {
		return nil
	}
	return c.whole(bare(rest, c.text.Text))
}

// whole returns the heading that a run of tokens is, or nil.
func (c *classifier) whole(toks []phrase.Token) *phrase.Term {
	c.run.Reset(c.dict, toks, c.text.Text)
	return c.run.Whole(c.dict.Headings)
}

// among returns the hits of a trie in a run of tokens, until others are asked
// for.
func (c *classifier) among(t *phrase.Trie, toks []phrase.Token) []phrase.Hit {
	c.run.Reset(c.dict, toks, c.text.Text)
	c.hits = c.run.Find(c.hits[:0], t)
	return c.hits
}

// prefers reports whether a heading says that what stands below it is no must:
// "Knowledge of tools (good to have)".
func (c *classifier) prefers(toks []phrase.Token) bool {
	hits := c.among(c.dict.Cues, toks)
	for _, h := range hits {
		if h.Role == phrase.Form && Ask(c.dict.Cues.Term(h.Term).Ask) == Preferred && !phrase.Refused(hits, h) {
			return true
		}
	}
	return false
}

// asks reports whether a piece asks in words of its own, as the lead-in of a
// list does: "Experience administering the following:".
func (c *classifier) asks(p *piece) bool {
	for _, h := range c.among(c.dict.Cues, p.tokens) {
		if t := c.dict.Cues.Term(h.Term); h.Role == phrase.Form && (t.Ask != "" || t.Lexicon.ID == "verbs" && h.From == 0) {
			return true
		}
	}
	return false
}

// label is the heading as a reader would say it.
func (c *classifier) label(p *piece) string {
	return strings.Trim(c.text.Text[p.start:p.end], "*_#:–—- \t\u00a0")
}

// bare leaves the signs at both ends of a run of tokens off.
func bare(toks []phrase.Token, text string) []phrase.Token {
	for len(toks) > 0 && toks[0].Flags&phrase.Sign != 0 && text[toks[0].Start] != '.' {
		toks = toks[1:]
	}
	for len(toks) > 0 {
		last := toks[len(toks)-1]
		if last.Flags&phrase.Sign == 0 || strings.IndexByte("+#", text[last.Start]) >= 0 {
			break
		}
		toks = toks[:len(toks)-1]
	}
	return toks
}

// shouted reports whether a text is all capitals.
func shouted(s string) bool {
	letters := 0
	for i := 0; i < len(s); i++ {
		switch {
		case 'a' <= s[i] && s[i] <= 'z':
			return false
		case 'A' <= s[i] && s[i] <= 'Z':
			letters++
		}
	}
	return letters > 3
}

// titled reports whether all but the small words begin with a capital.
func titled(toks []phrase.Token) bool {
	words := 0
	for _, t := range toks {
		if t.Flags&phrase.Sign != 0 {
			continue
		}
		if t.Flags&(phrase.Capital|phrase.Digits) == 0 && t.End-t.Start > 4 {
			return false
		}
		words++
	}
	return words > 0 && toks[0].Flags&phrase.Capital != 0
}
