package eval

import (
	"slices"
	"sort"

	"softgap/analyzer"
	"softgap/analyzer/match"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
)

// The codes of about and ask, in the codebook's order.
var (
	abouts = []string{string(segment.Candidate), string(segment.Employer), string(segment.Offer), string(segment.Legal), string(segment.Other)}
	asks   = []string{string(segment.Required), string(segment.Duty), string(segment.Role), string(segment.Preferred)}
)

// A dimension is a soft dimension or a technical category.
type dimension struct {
	id        string
	technical bool
	unscored  bool
}

func (d dimension) side() match.Side {
	if d.technical {
		return match.Technical
	}
	return match.Soft
}

// nDimensions is how many there are: 12 scored and 4 unscored soft dimensions,
// 13 technical categories.
const nDimensions = 29

// dimensions are all of them, in the codebook's order.
var dimensions = func() (out [nDimensions]dimension) {
	i := 0
	for _, id := range score.Dimensions() {
		out[i] = dimension{id: id}
		i++
	}
	for _, id := range score.Unscored {
		out[i] = dimension{id: id, unscored: true}
		i++
	}
	for _, id := range score.Categories {
		out[i] = dimension{id: id, technical: true}
		i++
	}
	return out
}()

var indexOf = func() map[string]int {
	out := map[string]int{}
	for i, d := range dimensions {
		out[d.id] = i
	}
	return out
}()

// A pair is a coded statement with what the program says of the same bytes,
// or a statement of the program with codes that lie in no coded one.
type pair struct {
	posting.Span
	gold    *Statement // or nil
	about   string     // the code that covers most of the bytes
	ask     string     // of the candidate statements in it
	why     string     // the program's reason for about
	heading string
	repeat  bool // the program took it for a repeat
	found   [nDimensions]found
}

// found is what the program found of a dimension in a coded statement.
type found struct {
	level int // the highest; 0 if nothing was found
	ask   string
	terms []string
	words []string // of the text, one for each term
}

// align sets the program's statements and matches beside the coded statements.
// Both are cut differently, so it goes by overlap: a coded statement has the
// codes that cover most of its bytes, and a match belongs to the coded
// statement that it overlaps most.
func align(c *Coded, r *analyzer.Report) []pair {
	pairs := make([]pair, len(c.Statements))
	for i := range pairs {
		pairs[i].gold = &c.Statements[i]
		pairs[i].Span = pairs[i].gold.Span
		pairs[i].cover(r.Statements)
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		outside := -1
		for _, m := range s.Matches {
			at := holder(c.Statements, m.Span)
			if at < 0 && outside < 0 {
				outside = len(pairs)
				pairs = append(pairs, pair{Span: s.Span, about: s.About, ask: s.Ask, why: s.Why, heading: s.Heading})
			}
			if at < 0 {
				at = outside
			}
			if d, ok := indexOf[m.Dimension]; ok {
				pairs[at].found[d].add(m)
			}
		}
	}
	return pairs
}

// cover finds the about and ask that cover most of a coded statement.
func (p *pair) cover(statements []analyzer.Statement) {
	var about, ask [5]int
	most := 0
	first := sort.Search(len(statements), func(i int) bool { return statements[i].End > p.Start })
	for i := first; i < len(statements) && statements[i].Start < p.End; i++ {
		s := &statements[i]
		n := overlap(s.Span, p.Span)
		if k := slices.Index(abouts, s.About); k >= 0 {
			about[k] += n
		}
		if k := slices.Index(asks, s.Ask); k >= 0 {
			ask[k] += n
		}
		if n > most {
			most, p.why, p.heading, p.repeat = n, s.Why, s.Heading, s.Repeat
		}
	}
	switch p.about = largest(about[:], abouts); p.about {
	case string(segment.Candidate):
		p.ask = largest(ask[:], asks)
	case "": // no statement of the program is here
		p.about = string(segment.Other)
	}
}

// largest returns the code with most bytes, the first of equals, or "".
func largest(bytes []int, codes []string) string {
	best := 0
	for i := range bytes {
		if bytes[i] > bytes[best] {
			best = i
		}
	}
	if bytes[best] == 0 {
		return ""
	}
	return codes[best]
}

// holder returns the statement that a span overlaps most, or -1.
func holder(statements []Statement, s posting.Span) int {
	best, most := -1, 0
	first := sort.Search(len(statements), func(i int) bool { return statements[i].End > s.Start })
	for i := first; i < len(statements) && statements[i].Start < s.End; i++ {
		if n := overlap(statements[i].Span, s); n > most {
			best, most = i, n
		}
	}
	return best
}

func overlap(a, b posting.Span) int { return min(a.End, b.End) - max(a.Start, b.Start) }

// add takes in a match: of several the highest level and the firmest ask
// count.
func (f *found) add(m analyzer.Match) {
	f.level = max(f.level, m.Level)
	if f.ask == "" || score.AskWeight(m.Ask) > score.AskWeight(f.ask) {
		f.ask = m.Ask
	}
	if !slices.Contains(f.terms, m.Term) {
		f.terms = append(f.terms, m.Term)
		f.words = append(f.words, m.Text)
	}
}
