package compare

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
)

// Word is a word that tells the sets apart: in how many postings of each it
// stands, and by how many standard errors its log-odds differ, positive where
// it belongs to the set after.
type Word struct {
	Word   string  `json:"word"`
	Before int     `json:"before"`
	After  int     `json:"after"`
	Z      float64 `json:"z"`
}

const (
	mostWords    = 15   // of either set
	leastZ       = 1.96 // what chance alone passes once in twenty words
	leastHolders = 3    // postings that hold a word, in both sets together
	vocabulary   = 1_000_000
)

// read notes the words of the statements that count, each once a posting.
func (s *Set) read(r *analyzer.Report) {
	if r.Status != score.Scored || r.Posting.DuplicateOf != "" {
		return
	}
	seen := map[string]bool{}
	for _, st := range r.Statements {
		if st.About != string(segment.Candidate) || st.Repeat || st.End > len(r.Posting.Text) {
			continue
		}
		for _, w := range words(r.Posting.Text[st.Start:st.End]) {
			if len(w) > 1 && len(w) <= 40 && !seen[w] {
				seen[w] = true
				s.words[strings.Clone(w)]++
			}
		}
	}
	if len(s.words) > vocabulary { // misprints, for the most part
		for w, n := range s.words {
			if n == 1 {
				delete(s.words, w)
			}
		}
	}
}

// telling returns the words that most separate the sets, by their log-odds with
// an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, equations 16
// to 22). The prior is what both sets together say, so that a word common to
// both, or rare in both, separates nothing.
func telling(before map[string]int, nBefore int, after map[string]int, nAfter int) []Word {
	out := []Word{}
	if nBefore == 0 || nAfter == 0 {
		return out
	}
	var all, totalBefore, totalAfter float64
	for _, n := range before {
		totalBefore += float64(n)
	}
	for _, n := range after {
		totalAfter += float64(n)
	}
	all = totalBefore + totalAfter
	weigh := func(w string) {
		x, y := float64(before[w]), float64(after[w])
		prior := x + y
		if prior < leastHolders {
			return
		}
		odds := func(n, total float64) float64 { return math.Log((n + prior) / (total + all - n - prior)) }
		z := (odds(y, totalAfter) - odds(x, totalBefore)) / math.Sqrt(1/(y+prior)+1/(x+prior))
		if math.Abs(z) >= leastZ && !math.IsInf(z, 0) {
			out = append(out, Word{w, before[w], after[w], math.Round(z*100) / 100})
		}
	}
	for w := range before {
		weigh(w)
	}
	for w := range after {
		if _, both := before[w]; !both {
			weigh(w)
		}
	}
	slices.SortFunc(out, func(x, y Word) int {
		return cmp.Or(cmp.Compare(math.Abs(y.Z), math.Abs(x.Z)), cmp.Compare(x.Word, y.Word))
	})
	var kept [2]int
	return slices.DeleteFunc(out, func(w Word) bool {
		side := 0
		if w.Z > 0 {
			side = 1
		}
		kept[side]++
		return kept[side] > mostWords
	})
}
