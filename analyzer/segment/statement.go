package segment

import (
	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
)

// About says whom a statement describes (codebook, section 2).
type About string

// The five codes of About. Only Candidate statements count.
const (
	Candidate About = "candidate"
	Employer  About = "employer"
	Offer     About = "offer"
	Legal     About = "legal"
	Other     About = "other"
)

// Ask says how a candidate statement asks (codebook, section 3).
type Ask string

// The four codes of Ask.
const (
	Required  Ask = "required"
	Duty      Ask = "duty"
	Role      Ask = "role"
	Preferred Ask = "preferred"
)

// A Clause is a part of a statement that asks in a way of its own, or, with
// Negated, asks for nothing.
type Clause struct {
	posting.Span
	Ask     Ask
	Negated bool
}

// A Statement is one bullet, one sentence, or one heading (IsHead true, which
// is about Other). Statements of a posting tile its text: they are in order,
// do not overlap, and what lies between them is blank, a bullet sign or a rule.
type Statement struct {
	posting.Span
	About   About
	Ask     Ask      // empty unless About is Candidate
	Heading string   // the text of the heading it stands under
	IsHead  bool     // the statement is itself a heading
	Repeat  bool     // the same words stand elsewhere in the posting and ask as much
	Clauses []Clause // clauses whose ask differs from Ask; often nil
	Why     string   // the cue that decided About and Ask, for explain

	// Verbs are where the statement says what a person does, in its tokens; of
	// candidate statements only.
	Verbs []phrase.Hit

	tokens []phrase.Token // of the text it was cut from
	words  int            // among them
}

// In returns the statement's tokens in its text.
func (s *Statement) In(t phrase.Text) []phrase.Token {
	if s.tokens != nil {
		return s.tokens
	}
	return t.Range(s.Start, s.End)
}

// Words counts the words of the statement in its text.
func (s *Statement) Words(t phrase.Text) int {
	if s.tokens != nil {
		return s.words
	}
	return phrase.Words(s.In(t))
}
