package compare

import (
	"softgap/analyzer"
	"softgap/analyzer/audit"
	"softgap/analyzer/interval"
)

// Sets is what differs between two sets of postings.
type Sets struct {
	Schema  string           `json:"schema"`
	Kind    string           `json:"kind"` // sets
	Tool    analyzer.Tool    `json:"tool"`
	Lexicon analyzer.Lexicon `json:"lexicon"`
	Before  Summary          `json:"before"`
	After   Summary          `json:"after"`

	Means      []Mean  `json:"means"`   // technical, soft, gap
	Generic    Share   `json:"generic"` // no people skill beyond stock phrases
	Dimensions []Share `json:"dimensions"`
	Outside    []Share `json:"outside"`
	Categories []Share `json:"categories"`

	Words  []Word       `json:"words"` // those that most tell the sets apart, on either side, the most telling first
	Method audit.Method `json:"method"`
}

// Summary says what was read of a set.
type Summary struct {
	Read       int `json:"read"`
	Scored     int `json:"scored"`
	Thin       int `json:"thin"`
	Unscorable int `json:"unscorable"`
	Duplicates int `json:"duplicates"`
	Unread     int `json:"unread"`
}

// Mean is a mean score of both sets, in points, and the difference with its
// interval, a bootstrap of each.
type Mean struct {
	ID         string            `json:"id"`
	Before     interval.Estimate `json:"before"`
	After      interval.Estimate `json:"after"`
	Difference interval.Estimate `json:"difference"`
}

// Share is how many postings of both sets ask for something, and the
// difference with Newcombe's interval.
type Share struct {
	ID         string            `json:"id"`
	Title      string            `json:"title"`
	Before     audit.Share       `json:"before"`
	After      audit.Share       `json:"after"`
	Difference interval.Estimate `json:"difference"` // of the shares, -1 to 1
}

// A Set gathers the Reports of one side.
type Set struct {
	auditor *audit.Auditor
	first   *analyzer.Report
	words   map[string]int // postings that hold a word in a statement that counts
}

// NewSet returns an empty Set. The options are those of the intervals.
func NewSet(o audit.Options) *Set { return &Set{auditor: audit.New(o), words: map[string]int{}} }

// Add counts a posting. The Report needs the posting's text. Of all but the
// first nothing is kept but figures and words.
func (s *Set) Add(r *analyzer.Report) {
	if s.first == nil {
		s.first = r
	}
	s.auditor.Add(r)
	s.read(r)
}

// Unread counts a file or an address that could not be opened.
func (s *Set) Unread() { s.auditor.Unread() }

// Len returns how many Reports were added.
func (s *Set) Len() int { return s.auditor.Len() }

// First returns the first Report, or nil.
func (s *Set) First() *analyzer.Report { return s.first }

// Compare makes the differences of two sets.
func Compare(before, after *Set) *Sets {
	x, y := before.auditor.Audit(), after.auditor.Audit()
	out := &Sets{Schema: Schema, Kind: "sets", Tool: y.Tool, Lexicon: y.Lexicon, Before: summary(x), After: summary(y), Method: y.Method}
	if y.Scored == 0 {
		out.Tool, out.Lexicon = x.Tool, x.Lexicon
	}
	ds := interval.Differences(before.auditor.Units(), after.auditor.Units(), y.Method.Resamples, y.Method.Seed)
	for i, m := range []struct {
		id            string
		before, after interval.Estimate
	}{{"technical", x.Technical.Mean, y.Technical.Mean}, {"soft", x.Soft.Mean, y.Soft.Mean}, {"gap", x.Gap.Mean, y.Gap.Mean}} {
		out.Means = append(out.Means, Mean{m.id, m.before, m.after, ds[i].Over(10)})
	}
	out.Generic = difference("generic", "", x.Generic, x.Scored, y.Generic, y.Scored)
	out.Dimensions = shares(x.Dimensions, x.Scored, y.Dimensions, y.Scored)
	out.Outside = shares(x.Outside, x.Scored, y.Outside, y.Scored)
	out.Categories = shares(x.Categories, x.Scored, y.Categories, y.Scored)
	out.Words = telling(before.words, x.Scored, after.words, y.Scored)
	return out
}

func summary(a *audit.Audit) Summary {
	return Summary{a.Read, a.Scored, a.Thin, a.Unscorable, a.Duplicates, a.Unread}
}

func shares(x []audit.Asked, nx int, y []audit.Asked, ny int) []Share {
	out := []Share{}
	for i := range min(len(x), len(y)) {
		out = append(out, difference(y[i].ID, y[i].Title, x[i].Share, nx, y[i].Share, ny))
	}
	return out
}

func difference(id, title string, x audit.Share, nx int, y audit.Share, ny int) Share {
	return Share{id, title, x, y, interval.Difference(x.Postings, nx, y.Postings, ny)}
}
