package analyzer

import (
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
	"softgap/analyzer/suggest"
)

// Schema names the form of a Report's JSON. Fields may be added under the
// same name, never changed or removed.
const Schema = "softgap.report/v1"

// A Report is all that softgap says of one posting. Its JSON is complete: it
// reads back equal and can be shown in any other form; a face only shows it.
type Report struct {
	Schema     string           `json:"schema"`
	Tool       Tool             `json:"tool"`
	Lexicon    Lexicon          `json:"lexicon"`
	Posting    Posting          `json:"posting"`
	Status     score.Status     `json:"status"`
	Reason     string           `json:"reason"`          // why thin or unscorable, in plain words
	Error      string           `json:"error,omitempty"` // why the record could not be read; then it is the reason too
	Scores     score.Scores     `json:"scores"`          // rounded to one decimal
	Verdict    score.Verdict    `json:"verdict"`
	Figures    score.Figures    `json:"figures"`
	Facets     []score.Facet    `json:"facets"`
	Technical  []score.Evidence `json:"technical"` // all 13 categories, in codebook order
	Unscored   []score.Evidence `json:"unscored"`  // leadership, morale, problem_solving, self_management
	Statements []Statement      `json:"statements"`
	Findings   []Finding        `json:"findings"` // only when asked for
	Advice     *Advice          `json:"advice,omitempty"`
	Cutoffs    score.Cutoffs    `json:"cutoffs"`
	Warnings   []string         `json:"warnings"`
}

// Tool names the program that made a Report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Lexicon names the word lists that a Report was made with.
type Lexicon struct {
	Version string `json:"version"`
	Digest  string `json:"digest"` // "sha256:" and 64 hex digits over all word lists used
}

// Posting is what a Report says of the posting it was made from.
type Posting struct {
	ID           string `json:"id"`
	Title        string `json:"title"`
	Organization string `json:"organization"`
	Location     string `json:"location"`
	DatePosted   string `json:"date_posted"`
	URL          string `json:"url"`
	Source       string `json:"source"`
	Record       int    `json:"record"`
	Language     string `json:"language"` // ISO 639-1, or empty
	Family       string `json:"family"`   // role family by the title, an id of the families list, or empty

	// DuplicateOf names the first posting of the run with the same text, or
	// nearly: its id, else its source and record; empty for a first one.
	DuplicateOf string            `json:"duplicate_of,omitempty"`
	Kept        map[string]string `json:"kept,omitempty"` // columns of the source that the user asked to keep
	Text        string            `json:"text,omitempty"` // only when asked for
}

// Statement is a statement with the matches in it. Spans are byte ranges of
// the posting's text.
type Statement struct {
	posting.Span
	About   string  `json:"about"`
	Ask     string  `json:"ask"`
	Heading string  `json:"heading"`
	IsHead  bool    `json:"is_heading,omitempty"`
	Repeat  bool    `json:"repeat,omitempty"`
	Why     string  `json:"why,omitempty"`
	Matches []Match `json:"matches"`
}

// Match is a phrase found, with the words themselves, so that a Report can be
// read without its posting.
type Match struct {
	posting.Span
	Text      string `json:"text"`
	Side      string `json:"side"`
	Dimension string `json:"dimension"`
	Term      string `json:"term"`
	Level     int    `json:"level"`
	Ask       string `json:"ask"`
	Why       string `json:"why,omitempty"`
}

// Finding, Fix and Edit are advice, as package suggest gives it.
type (
	Finding = suggest.Finding
	Fix     = suggest.Fix
	Edit    = posting.Edit
)

// Advice is what all fixes together do to a posting.
type Advice struct {
	After    score.Scores       `json:"after"`       // rounded to one decimal
	Edits    int                `json:"edits"`       // fixes that can be made together
	Words    int                `json:"words_added"` // below 0 where it gets shorter
	Overlap  float64            `json:"overlap"`     // points that the fixes promise one by one and do not earn together
	Silenced []suggest.Silenced `json:"silenced"`    // rules told to be silent, with the reason
}

// Matches returns the matches that count for a dimension or category, in the
// order of the text.
func (r *Report) Matches(dimension string) []Match {
	var out []Match
	for _, s := range r.Statements {
		if s.About != string(segment.Candidate) || s.Repeat {
			continue
		}
		for _, m := range s.Matches {
			if m.Dimension == dimension {
				out = append(out, m)
			}
		}
	}
	return out
}

// Weight is what a match counts for: how it is asked times how concretely, 0
// to 1.
func (m Match) Weight() float64 { return score.AskWeight(m.Ask) * score.LevelWeight(m.Level) }

// Best returns the match that counts most, the first of equals; ok is false if
// there is none.
func Best(ms []Match) (best Match, ok bool) {
	for _, m := range ms {
		if !ok || m.Weight() > best.Weight() {
			best, ok = m, true
		}
	}
	return best, ok
}

// Said is how a posting asks for a dimension or category, where it does.
type Said struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Level int    `json:"level"`
	Ask   string `json:"ask"`
	Words string `json:"words"` // the phrase that counts most
}

// Said returns how the posting asks for what e is the evidence of.
func (r *Report) Said(e score.Evidence) Said {
	s := Said{ID: e.ID, Title: e.Title, Level: e.Level}
	if m, ok := Best(r.Matches(e.ID)); ok {
		s.Ask, s.Words = m.Ask, m.Text
	}
	return s
}
