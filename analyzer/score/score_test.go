package score

import (
	"math"
	"testing"

	"softgap/analyzer/match"
	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
	"softgap/lexicons"
)

// code is a code of one statement: a dimension or category, how it is asked
// and how concretely.
type code struct {
	statement int
	dimension string
	ask       segment.Ask
	level     int
}

func matches(codes []code) []match.Match {
	var out []match.Match
	for _, c := range codes {
		side := match.Soft
		for _, id := range Categories {
			if id == c.dimension {
				side = match.Technical
			}
		}
		out = append(out, match.Match{Statement: c.statement, Side: side, Dimension: c.dimension, Level: c.level, Ask: c.ask})
	}
	return out
}

// Posting A and B of the codebook's section 9, by their codes.
var (
	postingA = []code{
		{0, "os_desktop", segment.Required, 3}, {1, "network", segment.Required, 2}, {2, "certification", segment.Required, 2},
		{3, "communication", segment.Required, 1},
	}
	postingB = []code{
		{0, "os_desktop", segment.Duty, 3}, {0, "productivity_collab", segment.Duty, 3}, {0, "network", segment.Duty, 3}, {0, "support_hardware", segment.Duty, 3},
		{1, "plain_explanation", segment.Duty, 4}, {2, "support_hardware", segment.Required, 3},
		{3, "network", segment.Required, 2}, {3, "server_virtual", segment.Required, 2}, {4, "patience", segment.Required, 2},
		{5, "communication", segment.Required, 1}, {5, "teamwork", segment.Required, 1}, {6, "service", segment.Preferred, 2},
	}
)

func TestOf(t *testing.T) {
	tests := []struct {
		name                 string
		codes                []code
		technical, soft, gap float64
	}{
		{"nothing", nil, 0, 0, 0},
		{"posting A", postingA, 58.3, 7.3, 51.1},
		{"posting B", postingB, 81.7, 49.1, 32.6},
		{"a rich facet cannot pay for an empty one", []code{{0, "patience", segment.Required, 4}, {1, "patience", segment.Required, 4}, {2, "good_humour", segment.Duty, 4}}, 0, 25.4, -25.4},
		{"three statements add no more than two tenths", []code{{0, "network", segment.Required, 2}, {1, "network", segment.Required, 2}, {2, "network", segment.Required, 2}, {3, "network", segment.Required, 2}}, 23.3, 0, 23.3},
		{"evidence ends at one", []code{{0, "network", segment.Duty, 4}, {1, "network", segment.Duty, 4}}, 33.3, 0, 33.3},
		{"two codes in a statement are one statement", []code{{0, "network", segment.Required, 2}, {0, "network", segment.Required, 3}}, 25, 0, 25},
		{"preferred is half", []code{{0, "cloud", segment.Preferred, 4}}, 16.7, 0, 16.7},
		{"of the role is four fifths", []code{{0, "cloud", segment.Role, 4}}, 26.7, 0, 26.7},
		{"the unscored stay out", []code{{0, "leadership", segment.Required, 4}, {1, "self_management", segment.Required, 4}}, 0, 0, 0},
		{"a user's own list is in no formula", []code{{0, "magic", segment.Required, 4}}, 0, 0, 0},
	}
	for _, tt := range tests {
		s := Of(matches(tt.codes))
		for _, x := range [][2]float64{{s.Technical, tt.technical}, {s.Soft, tt.soft}, {s.Gap, tt.gap}} {
			if math.Abs(x[0]-x[1]) > 0.05 {
				t.Errorf("%s: %+v, want %v %v %v", tt.name, s, tt.technical, tt.soft, tt.gap)
				break
			}
		}
	}
}

// The norms are (IM - 1) / 4 of the O*NET ratings, and sum to 3.44.
func TestNorms(t *testing.T) {
	ratings := []float64{4.49, 4.00, 3.52, (3.50 + 4.00) / 2, 3.00}
	for i, f := range facetNorms {
		if want := (ratings[i] - 1) / 4; math.Abs(f.norm-want) > 1e-9 {
			t.Errorf("%s: norm %v, want %v", f.id, f.norm, want)
		}
	}
	if math.Abs(normSum-3.44) > 1e-9 || len(order) != nPlaces || len(places) != nPlaces {
		t.Errorf("norms sum to %v; %d places", normSum, len(places))
	}
}

// statements are n candidate statements of five words each.
func statements(n int) (phrase.Text, []segment.Statement) {
	const words = "one two three four five "
	text := ""
	var out []segment.Statement
	for range n {
		out = append(out, segment.Statement{Span: posting.Span{Start: len(text), End: len(text) + len(words) - 1}, About: segment.Candidate, Ask: segment.Required})
		text += words
	}
	d, err := phrase.Compile(lexicons.Builtin())
	if err != nil {
		panic(err)
	}
	return d.Read(text), out
}

func TestVerdict(t *testing.T) {
	tests := []struct {
		name       string
		statements int
		codes      []code
		reason     string
		status     Status
		verdict    Verdict
	}{
		{"posting A", 4, postingA, "", Scored, HellerPattern},
		{"posting B", 7, postingB, "", Scored, TiltedTechnical},
		{"a named quality breaks the pattern", 5, append([]code{{4, "patience", segment.Required, 2}}, postingA...), "", Scored, TiltedTechnical},
		{"one that is only preferred does not", 5, append(postingA[:len(postingA):len(postingA)], code{4, "patience", segment.Preferred, 2}), "", Scored, HellerPattern},
		{"little of either", 3, []code{{0, "network", segment.Required, 2}}, "", Scored, Balanced},
		{"two statements", 2, postingA[:2], "", Thin, NoVerdict},
		{"none", 0, nil, "", Unscorable, NoVerdict},
		{"a reason", 4, nil, "login wall", Unscorable, NoVerdict},
	}
	s := New(lexicons.Builtin(), DefaultCutoffs)
	for _, tt := range tests {
		text, sts := statements(tt.statements)
		r := s.Compute(text, sts, matches(tt.codes), tt.reason)
		if r.Status != tt.status || r.Verdict != tt.verdict {
			t.Errorf("%s: %s %q (%s) %+v, want %s %q", tt.name, r.Status, r.Verdict, r.Reason, r.Scores, tt.status, tt.verdict)
		}
	}
}

func TestFigures(t *testing.T) {
	text, sts := statements(7)
	sts[5].Repeat = true
	codes := []code{
		{0, "network", segment.Required, 2}, {1, "cloud", segment.Required, 3}, {1, "cloud", segment.Required, 2},
		{2, "communication", segment.Required, 1}, {2, "network", segment.Required, 2}, {3, "patience", segment.Preferred, 4}, {4, "leadership", segment.Duty, 3},
	}
	f := New(lexicons.Builtin(), DefaultCutoffs).Compute(text, sts, matches(codes), "").Figures
	want := Figures{SoftShare: 2. / 5, Core: 1, Concreteness: (2+3+2)/12. - (1+4)/8., TechBeforePeople: 2, DimensionsStated: 2, CandidateStatements: 6, CandidateWords: 30}
	f.SoftShareLow, f.SoftShareHigh = 0, 0
	if math.Abs(f.Concreteness-want.Concreteness) < 1e-9 {
		f.Concreteness = want.Concreteness
	}
	if f != want {
		t.Errorf("%+v, want %+v", f, want)
	}
}
