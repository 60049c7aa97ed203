package suggest

import (
	"slices"
	"strings"

	"softgap/analyzer/match"
	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
	"softgap/lexicons"
)

// A Rule is one thing that can be said of a posting. Before is a posting that
// raises it, After one that does not; tests run both.
type Rule struct {
	Name     string
	Title    string
	Why      string // one sentence
	Source   string // what the reason rests on
	Severity Severity
	Off      bool // speaks only when asked to
	Before   string
	After    string

	find func(*Rule, *work) []Finding
}

// Rules returns all rules, in the order in which they are tried.
func Rules() []Rule { return slices.Concat(peopleRules, technicalRules, shapeRules, wordRules) }

// found makes a finding of a rule.
func (r *Rule) found(span posting.Span, subject, message string) Finding {
	return Finding{Rule: r.Name, Severity: r.Severity, Span: span, Message: message, Why: r.Why, Fixes: []Fix{}, Subject: subject}
}

// work is a draft, with what several rules need of it.
type work struct {
	Draft
	a       *Adviser
	own     phrase.Text // the text in the words of the advice lists
	hits    []hit       // in statements that may be advised on
	lists   []list
	british bool
}

// A hit is a term of an advice list, found in a statement.
type hit struct {
	posting.Span
	list      string
	term      *lexicons.Term
	statement int
	next      bool // a phrase that the term needs follows at once
}

func (a *Adviser) open(d Draft) *work {
	w := &work{Draft: d, a: a, own: a.words.Read(d.Text.Text)}
	for i := range w.Statements {
		w.find(i)
	}
	w.lists = w.listed()
	british := 0
	for _, h := range w.hits {
		if h.list == "spelling" {
			if h.term.ID == "british" {
				british++
			} else {
				british--
			}
		}
	}
	w.british = british > 0
	return w
}

// near is how many tokens behind a word the phrase may begin that it needs.
const near = 3

// find notes the hits in a statement. Legal text is left alone.
func (w *work) find(i int) {
	s := &w.Statements[i]
	if s.About == segment.Legal {
		return
	}
	toks := w.own.Range(s.Start, s.End)
	hits := w.a.words.Cues.Find(nil, toks, w.own.Text)
	for _, h := range hits {
		t := w.a.words.Cues.Term(h.Term)
		if h.Role != phrase.Form || phrase.Refused(hits, h) {
			continue
		}
		next := slices.ContainsFunc(hits, func(n phrase.Hit) bool {
			return w.a.words.Cues.Needed(n, h.Term) && n.From >= h.To && n.From < h.To+near
		})
		w.hits = append(w.hits, hit{posting.Span{Start: int(toks[h.From].Start), End: int(toks[h.To-1].End)},
			t.Lexicon.ID, w.a.terms[t.Lexicon.ID+"/"+t.ID], i, next})
	}
}

// of yields the hits of an advice list.
func (w *work) of(list string) []hit {
	var out []hit
	for _, h := range w.hits {
		if h.list == list {
			out = append(out, h)
		}
	}
	return out
}

// Found returns the ids of the terms of an advice list that a text holds.
func (a *Adviser) Found(list, text string) []string {
	t := a.words.Read(text)
	hits := a.words.Cues.Find(nil, t.Tokens, text)
	var out []string
	for _, h := range hits {
		if term := a.words.Cues.Term(h.Term); h.Role == phrase.Form && term.Lexicon.ID == list && !phrase.Refused(hits, h) {
			out = append(out, term.ID)
		}
	}
	return out
}

// findings runs the rules, but for those that are off and not asked for. Of
// what they find, nothing lies in legal text.
func (w *work) findings(also []string) []Finding {
	var out []Finding
	rules := Rules()
	for i := range rules {
		r := &rules[i]
		if r.Off && !slices.Contains(also, r.Name) {
			continue
		}
		out = append(out, r.find(r, w)...)
	}
	return slices.DeleteFunc(out, func(f Finding) bool {
		return slices.ContainsFunc(w.Statements, func(s segment.Statement) bool {
			return s.About == segment.Legal && f.Len() > 0 && s.Overlaps(f.Span)
		})
	})
}

// matchesIn returns the matches of a side in a statement.
func (w *work) matchesIn(statement int, side match.Side) []match.Match {
	var out []match.Match
	for _, m := range w.Matches {
		if m.Statement == statement && m.Side == side {
			out = append(out, m)
		}
	}
	return out
}

// name is what a dimension or category is called within a sentence.
func (w *work) name(id string) string {
	if n := w.a.names[id]; n != "" {
		return n
	}
	return strings.ReplaceAll(id, "_", " ")
}
