package score

import (
	"slices"

	"softgap/analyzer/interval"
	"softgap/analyzer/match"
	"softgap/analyzer/phrase"
	"softgap/analyzer/segment"
)

// figures computes what stands beside the scores.
func (r *Result) figures(t phrase.Text, statements []segment.Statement, matches []match.Match) {
	f := &r.Figures
	soft, technical := make([]bool, len(statements)), make([]bool, len(statements))
	var softs, technicals int // statements
	var gSoft, gTech float64
	var nSoft, nTech int
	above := false
	asked := false
	for _, i := range items(matches) {
		m := &matches[i]
		switch {
		case m.Side == match.Technical:
			mark(technical, m.Statement, &technicals)
			gTech += LevelWeight(m.Level)
			nTech++
		case slices.Contains(scored, m.Dimension):
			mark(soft, m.Statement, &softs)
			gSoft += LevelWeight(m.Level)
			nSoft++
			above = above || m.Level > 1
			asked = asked || m.Dimension == "communication" || m.Dimension == "teamwork"
		}
	}
	met := false
	for i := range statements {
		s := &statements[i]
		if s.About != segment.Candidate || s.Repeat {
			continue
		}
		f.CandidateStatements++
		f.CandidateWords += s.Words(t)
		met = met || soft[i]
		if technical[i] && !met {
			f.TechBeforePeople++
		}
	}
	if n := softs + technicals; n > 0 {
		share := interval.Wilson(softs, n)
		f.SoftShare, f.SoftShareLow, f.SoftShareHigh = float64(share.Value), float64(share.Low), float64(share.High)
	}
	f.GenericOnly = asked && !above
	if nTech > 0 {
		f.Concreteness = gTech / float64(nTech)
	}
	if nSoft > 0 {
		f.Concreteness -= gSoft / float64(nSoft)
	}
}

// mark notes a statement once.
func mark(statements []bool, i int, n *int) {
	if !statements[i] {
		statements[i] = true
		*n++
	}
}

// items returns which matches count: of those of one dimension in one
// statement the one at the highest level (codebook, sections 5 and 6).
func items(ms []match.Match) []int32 {
	out := make([]int32, 0, len(ms))
	first := 0 // of the statement at work
	for n := range ms {
		m := &ms[n]
		if len(out) > first && ms[out[first]].Statement != m.Statement {
			first = len(out)
		}
		i := slices.IndexFunc(out[first:], func(o int32) bool { return ms[o].Dimension == m.Dimension })
		switch {
		case i < 0:
			out = append(out, int32(n))
		case m.Level > ms[out[first+i]].Level:
			out[first+i] = int32(n)
		}
	}
	return out
}

// judge settles status and verdict.
func (r *Result) judge(matches []match.Match, reason string, cut Cutoffs) {
	f := r.Figures
	switch {
	case reason != "":
		r.Status, r.Reason = Unscorable, reason
	case f.CandidateStatements == 0:
		r.Status, r.Reason = Unscorable, "no statement says what the hired person must have, be or do"
	case f.CandidateStatements < cut.ThinStatements:
		r.Status, r.Reason = Thin, "too few statements about the hired person"
	case f.CandidateWords < cut.ThinWords:
		r.Status, r.Reason = Thin, "too few words about the hired person"
	default:
		r.Status, r.Verdict = Scored, r.verdict(matches, cut)
	}
}

func (r *Result) verdict(matches []match.Match, cut Cutoffs) Verdict {
	beyond := slices.ContainsFunc(matches, func(m match.Match) bool {
		return m.Side == match.Soft && m.Level > 1 && m.Ask != segment.Preferred && slices.Contains(scored, m.Dimension)
	})
	s := r.Scores
	switch {
	case s.Technical >= cut.HellerTechnical && s.Soft <= cut.HellerSoft && r.Figures.Core <= cut.HellerCore && !beyond:
		return HellerPattern
	case s.Gap <= cut.BalancedGap:
		return Balanced
	}
	return TiltedTechnical
}
