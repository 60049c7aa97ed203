package eval

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"softgap/analyzer/match"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
)

// Gold is text coded by hand: whole postings, and labelled sentences.
type Gold struct {
	Coded    []Coded
	Labelled []Labelled
}

// Len returns how many records there are.
func (g *Gold) Len() int { return len(g.Coded) + len(g.Labelled) }

// A Place is where a record of the gold stands.
type Place struct {
	Source string `json:"source"`
	Line   int    `json:"line"` // from 1
}

// Coded is a whole posting, coded statement by statement.
type Coded struct {
	Place
	ID         string
	Text       string
	Statements []Statement // those with at least one word, in order of place
	Scores     score.Scores
}

// A Statement is a statement as a person coded it.
type Statement struct {
	posting.Span
	About segment.About
	Ask   segment.Ask
	Codes map[string]Code // by dimension or category
}

// A Code is one dimension or category that a statement holds.
type Code struct {
	Level int
	Ask   segment.Ask
}

// Labelled is a sentence with labelled spans.
type Labelled struct {
	Place
	ID      string
	Posting string // the posting it comes from
	Text    string
	Labels  []Label
}

// A Label is a span that a person marked.
type Label struct {
	posting.Span
	Label string `json:"label"` // Skill or Knowledge; others are passed over
}

// record is a line of a gold file. A posting has statements, a sentence spans.
type record struct {
	ID         json.RawMessage  `json:"id"` // a string or a number
	Posting    string           `json:"posting"`
	Text       *string          `json:"text"`
	Statements *[]goldStatement `json:"statements"`
	Spans      *[]Label         `json:"spans"`
	Technical  *float64         `json:"technical"`
	Soft       *float64         `json:"soft"`
	Gap        *float64         `json:"gap"`
}

type goldStatement struct {
	posting.Span
	About      segment.About          `json:"about"`
	Ask        segment.Ask            `json:"ask"`
	Soft       map[string]int         `json:"soft"`
	Technical  map[string]int         `json:"technical"`
	Exceptions map[string]segment.Ask `json:"exceptions"`
}

// Read adds the records of a file of JSON lines. A record that breaks the
// format is left out; the errors name each with its line and what to do.
func (g *Gold) Read(source string, body []byte) []error {
	var errs []error
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	n := 0
	for line := range bytes.Lines(body) {
		n++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if err := g.add(Place{source, n}, line); err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", source, n, err))
		}
	}
	return errs
}

func (g *Gold) add(at Place, line []byte) error {
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		return fmt.Errorf("no JSON object of the gold format: %w", err)
	}
	id := string(r.ID)
	if json.Unmarshal(r.ID, &id) != nil { // a number
		id = string(r.ID)
	}
	switch {
	case r.Text == nil || strings.TrimSpace(*r.Text) == "":
		return errors.New(`no text: give the posting or sentence as "text"`)
	case r.Statements != nil:
		c := Coded{Place: at, ID: id, Text: *r.Text}
		if err := c.code(*r.Statements); err != nil {
			return err
		}
		if err := c.score(&r); err != nil {
			return err
		}
		g.Coded = append(g.Coded, c)
	case r.Spans != nil:
		for i, l := range *r.Spans {
			if err := inText(*r.Text, l.Span); err != nil {
				return fmt.Errorf("span %d: %w", i+1, err)
			}
		}
		if r.Posting == "" {
			r.Posting = at.Source + ":" + id
		}
		g.Labelled = append(g.Labelled, Labelled{Place: at, ID: id, Posting: r.Posting, Text: *r.Text, Labels: *r.Spans})
	default:
		return errors.New(`neither "statements" (a coded posting) nor "spans" (a labelled sentence)`)
	}
	return nil
}

// inText checks that a span is a range of the text on rune boundaries.
func inText(text string, s posting.Span) error {
	if s.Start < 0 || s.End <= s.Start || s.End > len(text) {
		return fmt.Errorf("%d to %d is no range of the text, which has %d bytes: start and end are UTF-8 bytes, end exclusive", s.Start, s.End, len(text))
	}
	if !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End]) {
		return fmt.Errorf("%d to %d cuts a character: start and end count UTF-8 bytes, not characters", s.Start, s.End)
	}
	return nil
}

// code takes the statements over, checked.
func (c *Coded) code(statements []goldStatement) error {
	end := 0
	for i, g := range statements {
		err := inText(c.Text, g.Span)
		switch {
		case err != nil:
		case g.Start < end:
			err = fmt.Errorf("begins at %d, before the last one ends: statements stand in order and do not overlap", g.Start)
		case !slices.Contains(abouts, string(g.About)):
			err = fmt.Errorf("unknown about %q: one of %s", g.About, strings.Join(abouts, ", "))
		case g.About == segment.Candidate && !slices.Contains(asks, string(g.Ask)):
			err = fmt.Errorf("unknown ask %q: one of %s", g.Ask, strings.Join(asks, ", "))
		case g.About != segment.Candidate && (g.Ask != "" || len(g.Soft)+len(g.Technical) > 0):
			err = fmt.Errorf("about %q with codes: only candidate statements are coded", g.About)
		}
		s := Statement{Span: g.Span, About: g.About, Ask: g.Ask, Codes: map[string]Code{}}
		if err == nil {
			err = cmp.Or(s.hold(g.Soft, false), s.hold(g.Technical, true), s.except(g.Exceptions))
		}
		if err != nil {
			return fmt.Errorf("statement %d: %w", i+1, err)
		}
		end = g.End
		if strings.ContainsFunc(c.Text[g.Start:g.End], inWord) {
			c.Statements = append(c.Statements, s)
		}
	}
	return nil
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// hold takes over the codes of one side.
func (s *Statement) hold(levels map[string]int, technical bool) error {
	side := dimension{technical: technical}.side()
	for _, id := range slices.Sorted(maps.Keys(levels)) {
		level := levels[id]
		if i, ok := indexOf[id]; !ok || dimensions[i].technical != technical {
			return fmt.Errorf("%s %q is not in the codebook: softgap lexicon list names what is", side, id)
		}
		if level < 1 || level > 4 {
			return fmt.Errorf("level %d of %s is not 1 to 4", level, id)
		}
		s.Codes[id] = Code{level, s.Ask}
	}
	return nil
}

// except gives codes an ask of their own.
func (s *Statement) except(exceptions map[string]segment.Ask) error {
	for _, id := range slices.Sorted(maps.Keys(exceptions)) {
		c, ok := s.Codes[id]
		if !ok {
			return fmt.Errorf("an exception for %q, which is not coded here", id)
		}
		if c.Ask = exceptions[id]; !slices.Contains(asks, string(c.Ask)) {
			return fmt.Errorf("unknown ask %q of %s: one of %s", c.Ask, id, strings.Join(asks, ", "))
		}
		s.Codes[id] = c
	}
	return nil
}

// tolerance is what rounding to one decimal may make of a score, and a little.
const tolerance = 0.051

// score computes the scores that the codes make. Scores that the record gives
// must be the same: else the coding or the copy is damaged.
func (c *Coded) score(r *record) error {
	var ms []match.Match
	for i, s := range c.Statements {
		for _, d := range dimensions {
			if code, ok := s.Codes[d.id]; ok {
				ms = append(ms, match.Match{Statement: i, Side: d.side(), Dimension: d.id, Level: code.Level, Ask: code.Ask})
			}
		}
	}
	c.Scores = score.Of(ms)
	for _, x := range []struct {
		name  string
		given *float64
		made  float64
	}{{"technical", r.Technical, c.Scores.Technical}, {"soft", r.Soft, c.Scores.Soft}, {"gap", r.Gap, c.Scores.Gap}} {
		if x.given != nil && (*x.given < x.made-tolerance || *x.given > x.made+tolerance) {
			return fmt.Errorf("%s is given as %.1f, but the codes make %.1f: correct the codes, or leave the scores out", x.name, *x.given, x.made)
		}
	}
	return nil
}
