// Package compare holds two versions of a posting against each other, statement
// by statement, or two sets of postings, by their means, shares and words.
//
// The difference is always after less before: more is positive.
package compare

import (
	"slices"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/match"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
)

// Schema names the form of the JSON of both kinds of comparison, which Kind
// tells apart. Fields may be added under the same name, never changed or
// removed.
const Schema = "softgap.compare/v1"

// Versions is what changed between two versions of a posting.
type Versions struct {
	Schema  string           `json:"schema"`
	Kind    string           `json:"kind"` // postings
	Tool    analyzer.Tool    `json:"tool"`
	Lexicon analyzer.Lexicon `json:"lexicon"`
	Before  Version          `json:"before"`
	After   Version          `json:"after"`
	Points  score.Scores     `json:"points"` // gained, of each score

	Facets     []Facet     `json:"facets"`
	Technical  []Change    `json:"technical"` // categories that changed
	Unscored   []Change    `json:"unscored"`
	Kept       int         `json:"kept"`       // statements about the candidate that are the same in both
	Statements []Statement `json:"statements"` // the others: those of the version after in its order, then those lost
}

// Version is one of the two.
type Version struct {
	Posting analyzer.Posting `json:"posting"`
	Status  score.Status     `json:"status"`
	Reason  string           `json:"reason"`
	Scores  score.Scores     `json:"scores"`
	Verdict score.Verdict    `json:"verdict"`
}

// Facet is a group of people skills: the points of the people score that it
// gained, and what changed in it. The points of all facets make that of the
// score.
type Facet struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Points  float64  `json:"points"`
	Changes []Change `json:"changes"`
}

// Change is a dimension or category that is asked for in another way.
type Change struct {
	Before analyzer.Said `json:"before"`
	After  analyzer.Said `json:"after"`
}

// Statement is a statement about the candidate that only one version has, or
// that reads or asks otherwise in each.
type Statement struct {
	Kind    string           `json:"kind"`             // gained, lost or changed
	Before  *Stated          `json:"before,omitempty"` // nil if gained
	After   *Stated          `json:"after,omitempty"`  // nil if lost
	Matches []analyzer.Match `json:"matches"`          // of the version after, or of what was lost
}

// Stated is a statement in one version. Its points are what the scores of that
// version would lose without it: those of several do not add up where they ask
// for the same.
type Stated struct {
	Text      string  `json:"text"`
	Ask       string  `json:"ask"`
	Technical float64 `json:"technical"`
	Soft      float64 `json:"soft"`
}

// Postings compares two versions of a posting. Both Reports need the posting's
// text.
func Postings(before, after *analyzer.Report) *Versions {
	v := &Versions{Schema: Schema, Kind: "postings", Tool: after.Tool, Lexicon: after.Lexicon, Before: version(before), After: version(after),
		Facets: []Facet{}, Statements: []Statement{}}
	v.Points = score.Scores{Technical: round(after.Scores.Technical - before.Scores.Technical),
		Soft: round(after.Scores.Soft - before.Scores.Soft), Gap: round(after.Scores.Gap - before.Scores.Gap)}
	norms := 0.0
	for _, f := range after.Facets {
		norms += f.Norm
	}
	for i := range min(len(before.Facets), len(after.Facets)) {
		x, y := &before.Facets[i], &after.Facets[i]
		points := 100 * (min(y.Norm, y.Evidence) - min(x.Norm, x.Evidence)) / norms // codebook, section 8
		f := Facet{ID: y.ID, Title: y.Title, Points: round(points), Changes: changes(before, after, x.Dimensions, y.Dimensions)}
		if f.Points != 0 || len(f.Changes) > 0 {
			v.Facets = append(v.Facets, f)
		}
	}
	v.Technical = changes(before, after, before.Technical, after.Technical)
	v.Unscored = changes(before, after, before.Unscored, after.Unscored)
	v.statements(before, after)
	return v
}

func version(r *analyzer.Report) Version {
	v := Version{r.Posting, r.Status, r.Reason, r.Scores, r.Verdict}
	v.Posting.Text = ""
	return v
}

func changes(before, after *analyzer.Report, x, y []score.Evidence) []Change {
	out := []Change{}
	for i := range min(len(x), len(y)) {
		if x[i].Level != y[i].Level || x[i].Evidence != y[i].Evidence {
			out = append(out, Change{before.Said(x[i]), after.Said(y[i])})
		}
	}
	return out
}

// round is to one decimal, as scores are.
func round(x float64) float64 {
	if x < 0 {
		return -round(-x)
	}
	return float64(int(x*10+0.5)) / 10
}

// A stated is a statement with what is found in it.
type stated struct {
	Stated
	key     string // the same for statements that read the same
	matches []analyzer.Match
}

// statedIn returns the statements of a Report that count.
func statedIn(r *analyzer.Report) []stated {
	var all []match.Match
	var out []stated
	for i := range r.Statements {
		s := &r.Statements[i]
		if s.About != string(segment.Candidate) || s.Repeat || s.End > len(r.Posting.Text) {
			continue
		}
		text := strings.Join(strings.Fields(r.Posting.Text[s.Start:s.End]), " ")
		for _, m := range s.Matches {
			all = append(all, match.Match{Statement: len(out), Side: match.Side(m.Side), Dimension: m.Dimension, Level: m.Level, Ask: segment.Ask(m.Ask)})
		}
		out = append(out, stated{Stated{Text: text, Ask: s.Ask}, strings.Join(words(text), " "), s.Matches})
	}
	whole := score.Of(all)
	for i := range out {
		if len(out[i].matches) == 0 {
			continue
		}
		rest := score.Of(slices.DeleteFunc(slices.Clone(all), func(m match.Match) bool { return m.Statement == i }))
		out[i].Technical, out[i].Soft = round(whole.Technical-rest.Technical), round(whole.Soft-rest.Soft)
	}
	return out
}
