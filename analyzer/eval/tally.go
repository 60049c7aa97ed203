package eval

import (
	"slices"

	"softgap/analyzer"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
)

// A tally is what is counted of one posting, or of many: all that the figures
// are made of. Tallies add up.
type tally struct {
	tables [nTables]table
	counts [nCounts]Counts
	scored bool
	scores [3][]sample // technical, soft, gap
}

// A table counts pairs of codes: by gold code, then by program code.
type table [5][5]int

// A sample is one score of one posting, as gold and program have it.
type sample struct{ gold, program float64 }

// The tables.
const (
	aboutTable = iota
	askTable
	codeAskTable
	softLevelTable
	technicalLevelTable
	nTables
)

// The counts: first one for each of the dimensions, then these.
const (
	anySoft            = nDimensions + iota // statements that ask for one of the 12 scored dimensions
	anyPeople                               // for one of all 16
	anyTechnical                            // for one of the 13 categories
	knowledge                               // sentences labelled Knowledge, against any technical match
	knowledgeOnly                           // the same without attributes
	skill                                   // sentences labelled Skill, against any soft match
	anyLabel                                // sentences labelled at all, against any match
	knowledgeAsked                          // Knowledge, of the sentences that carry a label
	knowledgeAskedOnly                      // the same without attributes
	nCounts
)

// add counts one unit.
func (c *Counts) add(gold, program bool) {
	if gold {
		c.Gold++
	}
	if program {
		c.Found++
	}
	if gold && program {
		c.Both++
	}
}

func (c *Counts) plus(o Counts) {
	c.Gold += o.Gold
	c.Found += o.Found
	c.Both += o.Both
}

// count counts the statements of a posting.
func (t *tally) count(pairs []pair) {
	for i := range pairs {
		t.pair(&pairs[i])
	}
}

func (t *tally) pair(p *pair) {
	var codes map[string]Code
	if p.gold != nil {
		codes = p.gold.Codes
		t.tables[aboutTable].add(abouts, string(p.gold.About), p.about)
		if p.gold.About == segment.Candidate && p.about == string(segment.Candidate) {
			t.tables[askTable].add(asks, string(p.gold.Ask), p.ask)
		}
	}
	var gold, program [nCounts]bool
	for i, d := range dimensions {
		code, coded := codes[d.id]
		f := &p.found[i]
		gold[i], program[i] = coded, f.level > 0
		for _, kind := range d.kinds() {
			gold[kind] = gold[kind] || gold[i]
			program[kind] = program[kind] || program[i]
		}
		if gold[i] && program[i] {
			t.tables[codeAskTable].add(asks, string(code.Ask), f.ask)
			t.tables[d.levelTable()][code.Level-1][f.level-1]++
		}
	}
	for i := range t.counts[:anyTechnical+1] {
		t.counts[i].add(gold[i], program[i])
	}
}

func (t *table) add(codes []string, gold, program string) {
	if i, j := slices.Index(codes, gold), slices.Index(codes, program); i >= 0 && j >= 0 {
		t[i][j]++
	}
}

func (d dimension) kinds() []int {
	switch {
	case d.technical:
		return []int{anyTechnical}
	case d.unscored:
		return []int{anyPeople}
	}
	return []int{anySoft, anyPeople}
}

func (d dimension) levelTable() int {
	if d.technical {
		return technicalLevelTable
	}
	return softLevelTable
}

// score keeps the scores of a posting, unless the program does not score it.
func (t *tally) score(gold score.Scores, r *analyzer.Report) {
	if t.scored = r.Status != score.Unscorable; !t.scored {
		return
	}
	t.scores[0] = []sample{{gold.Technical, r.Scores.Technical}}
	t.scores[1] = []sample{{gold.Soft, r.Scores.Soft}}
	t.scores[2] = []sample{{gold.Gap, r.Scores.Gap}}
}

// plus adds another tally.
func (t *tally) plus(o *tally) {
	for k := range t.tables {
		for i := range t.tables[k] {
			for j, n := range o.tables[k][i] {
				t.tables[k][i][j] += n
			}
		}
	}
	for i, c := range o.counts {
		t.counts[i].plus(c)
	}
	for i, s := range o.scores {
		t.scores[i] = append(t.scores[i], s...)
	}
}

// The groups of dimensions that are averaged.
func scored() []int    { return those(func(d dimension) bool { return !d.technical && !d.unscored }) }
func technical() []int { return those(func(d dimension) bool { return d.technical }) }
func rare() []int {
	return those(func(d dimension) bool { return slices.Contains(rareDimensions, d.id) })
}

// rareDimensions are the scored dimensions that postings hold seldom; an
// average over all hides them.
var rareDimensions = []string{"patience", "good_humour", "empathy", "listening", "deescalation", "relationships", "plain_explanation"}

func those(is func(dimension) bool) []int {
	var out []int
	for i, d := range dimensions {
		if is(d) {
			out = append(out, i)
		}
	}
	return out
}
