package segment

import (
	"strings"

	"softgap/analyzer/phrase"
)

// CrossValidate parts coded postings into folds, codes each fold with what the
// others teach, and returns Cohen's kappa of About for the rules alone and for
// rules and layer. Postings that share a sentence of some length stand in one
// fold: an employer's own phrases would be known from its other postings.
func CrossValidate(d *phrase.Dict, coded []Coded, folds int) (rules, both float64, err error) {
	fold := foldsOf(coded, folds)
	var without, with confusion
	for k := range folds {
		var rest []Coded
		for i, c := range coded {
			if fold[i] != k {
				rest = append(rest, c)
			}
		}
		l, err := newLayer(d, string(Train(d, rest)))
		if err != nil {
			return 0, 0, err
		}
		for i, c := range coded {
			if fold[i] == k {
				without.add(&Segmenter{d, ""}, c)
				with.add(&Segmenter{d, l}, c)
			}
		}
	}
	return without.kappa(), with.kappa(), nil
}

// telling is how many words a sentence has that tells who wrote it.
const telling = 7

// foldsOf gives each posting its fold: groups of postings in turn.
func foldsOf(coded []Coded, folds int) []int {
	group := make([]int, len(coded)) // the first posting of the group
	at := map[string]int{}
	for i, c := range coded {
		group[i] = i
		for _, s := range c.Statements {
			words := strings.ToLower(c.Text[s.Start:s.End])
			if len(strings.Fields(words)) < telling {
				continue
			}
			j, again := at[words]
			if !again {
				at[words] = i
				continue
			}
			from, to := max(group[i], group[j]), min(group[i], group[j])
			for k := range group[:i+1] {
				if group[k] == from {
					group[k] = to
				}
			}
		}
	}
	fold := map[int]int{}
	for i, g := range group {
		if _, known := fold[g]; !known {
			fold[g] = len(fold) % folds
		}
		group[i] = fold[g]
	}
	return group
}

// A confusion counts statements by the person's About and the program's.
type confusion [len(abouts)][len(abouts)]float64

func (m *confusion) add(g *Segmenter, c Coded) {
	for _, s := range g.Statements(nil, g.dict.Read(c.Text)) {
		if gold := c.covers(s.Span); gold >= 0 {
			m[gold][indexOf(s.About)]++
		}
	}
}

// kappa is Cohen's: agreement beyond chance, 1 at most.
func (m *confusion) kappa() float64 {
	var n, agreed, chance float64
	var rows, columns [len(abouts)]float64
	for i := range m {
		agreed += m[i][i]
		for j, x := range m[i] {
			n, rows[i], columns[j] = n+x, rows[i]+x, columns[j]+x
		}
	}
	for i := range m {
		chance += rows[i] * columns[i] / (n * n)
	}
	return (agreed/n - chance) / (1 - chance)
}
