package score

import (
	"cmp"
	"slices"

	"softgap/analyzer/match"
	"softgap/analyzer/phrase"
	"softgap/analyzer/segment"
	"softgap/lexicons"
)

// A Scorer scores postings. It is immutable and safe for use by many
// goroutines.
type Scorer struct {
	titles  [nPlaces]string
	cutoffs Cutoffs
}

// New returns a Scorer that calls dimensions and categories by the titles of a
// set of word lists.
func New(set *lexicons.Set, cutoffs Cutoffs) *Scorer {
	s := &Scorer{cutoffs: cutoffs}
	for id, i := range places {
		s.titles[i] = id
		for _, kind := range []lexicons.Kind{lexicons.Soft, lexicons.Technical} {
			if l := set.Get(kind, id); l != nil && l.Title != "" {
				s.titles[i] = l.Title
			}
		}
	}
	return s
}

// A Result is all that is computed from the matches of one posting.
type Result struct {
	Scores    Scores
	Figures   Figures
	Verdict   Verdict
	Facets    []Facet
	Technical []Evidence // in the order of Categories
	Unscored  []Evidence
	Status    Status
	Reason    string
}

// Of returns the scores that matches make, in order of statement.
func Of(matches []match.Match) Scores {
	r := new(Scorer).result(matches)
	return r.Scores
}

// Facets returns the five facets and their dimensions in the codebook's order,
// without evidence.
func Facets() []Facet { return new(Scorer).result(nil).Facets }

// Compute scores a posting. A reason, where segment found one, makes it
// unscorable.
func (s *Scorer) Compute(t phrase.Text, statements []segment.Statement, matches []match.Match, reason string) Result {
	r := s.result(matches)
	r.figures(t, statements, matches)
	r.judge(matches, reason, s.cutoffs)
	return r
}

// result computes the evidence and the scores (codebook, section 8).
func (s *Scorer) result(matches []match.Match) Result {
	all := s.evidence(matches)
	var r Result
	met := 0.0
	r.Facets = make([]Facet, len(facetNorms))
	first := 0
	for i, fn := range facetNorms {
		f := &r.Facets[i]
		*f = Facet{ID: fn.id, Title: fn.title, Norm: fn.norm, Dimensions: all[first : first+len(fn.dimensions) : first+len(fn.dimensions)]}
		first += len(fn.dimensions)
		for _, e := range f.Dimensions {
			f.Evidence = max(f.Evidence, e.Evidence)
			if e.Level > 0 {
				r.Figures.DimensionsStated++
			}
			if slices.Contains(core, e.ID) && e.Evidence >= 0.5 {
				r.Figures.Core++
			}
		}
		m := min(fn.norm, f.Evidence)
		met += m
		f.Shortfall = 100 * (fn.norm - m) / normSum
	}
	r.Unscored, r.Technical = all[first:first+len(Unscored):first+len(Unscored)], all[first+len(Unscored):]
	var largest [nCategories]float64
	for i, e := range r.Technical {
		largest[i] = e.Evidence
	}
	slices.SortFunc(largest[:], func(a, b float64) int { return cmp.Compare(b, a) })
	r.Scores.Technical = 100.0 / 3 * (largest[0] + largest[1] + largest[2])
	r.Scores.Soft = 100 * met / normSum
	r.Scores.Gap = r.Scores.Technical - r.Scores.Soft
	return r
}

// evidence computes e_d = min(1, max(o g) + 0.1 min(2, k-1)) over the
// statements that hold each dimension and category, in the order of places.
func (s *Scorer) evidence(matches []match.Match) []Evidence {
	out := make([]Evidence, nPlaces)
	var last [nPlaces]int       // by place: the statement that held it last, from 1
	for _, m := range matches { // in order of statement
		i, ok := places[m.Dimension]
		if !ok {
			continue // a user's own list, which no formula knows
		}
		e := &out[i]
		if last[i] != m.Statement+1 {
			last[i] = m.Statement + 1
			e.Statements++
		}
		e.Level = max(e.Level, m.Level)
		e.Evidence = max(e.Evidence, AskWeight(string(m.Ask))*LevelWeight(m.Level))
	}
	for i, id := range order {
		e := &out[i]
		e.ID, e.Title = id, s.titles[i]
		e.Evidence = min(1, e.Evidence+0.1*float64(max(0, min(2, e.Statements-1))))
	}
	return out
}
