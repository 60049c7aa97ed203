package segment

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
)

// Coded is a posting whose statements a person coded: where each stands and
// whom it is about.
type Coded struct {
	Text       string
	Statements []Statement // Span and About, in order
}

// An example is a statement as the program cut it, with what the rules say of
// it and what a person said.
type example struct {
	sum      [len(abouts)]float64
	features []feature
	about    int // in abouts
}

// The settings of training. More rounds or a weaker penalty fit the coded text
// better and other text worse.
const (
	rounds  = 150
	penalty = 2.0 // L2, in examples

	step = 0.1

	least  = 5 // a weight below these hundredths is dropped
	seldom = 3 // a word in fewer examples is no feature
)

// Train makes a layer of coded postings, in the form of about.tsv: a line for
// each feature. The same postings in the same order give the same bytes.
func Train(d *phrase.Dict, coded []Coded) []byte {
	var all []example
	for _, c := range coded {
		all = append(all, examples(d, c)...)
	}
	return table(d, fit(all))
}

// examples reads a posting under the rules alone.
func examples(d *phrase.Dict, c Coded) []example {
	var out []example
	s := Segmenter{dict: d}
	s.statements(nil, d.Read(c.Text), func(at posting.Span, t *tally, fs []feature) {
		if about := c.covers(at); about >= 0 {
			out = append(out, example{t.sum, slices.Clone(fs), about})
		}
	})
	return out
}

// covers returns the About, in abouts, of the coded statement that a span
// overlaps most, or -1.
func (c *Coded) covers(at posting.Span) int {
	best, most := -1, 0
	for _, s := range c.Statements {
		if n := min(at.End, s.End) - max(at.Start, s.Start); n > most {
			best, most = indexOf(s.About), n
		}
	}
	return best
}

// model holds the weights of features, and what one of the tally is worth.
type model struct {
	weights map[feature]*[len(abouts)]float64
	tally   float64
}

// fit descends the gradient of the log loss, with steps that shrink with what
// a weight has moved before (Duchi, Hazan and Singer 2011).
func fit(all []example) model {
	seen := map[feature]int{}
	for _, e := range all {
		for _, f := range e.features {
			seen[f]++
		}
	}
	m := model{map[feature]*[len(abouts)]float64{}, 0.5}
	for f, n := range seen {
		if n >= seldom {
			m.weights[f] = &[len(abouts)]float64{}
		}
	}
	type slope struct{ now, past [len(abouts)]float64 }
	slopes := map[feature]*slope{}
	for f := range m.weights {
		slopes[f] = &slope{}
	}
	var past float64
	for range rounds {
		var tally float64
		for _, e := range all {
			p := m.odds(&e)
			p[e.about]--
			for i, x := range p {
				tally += x * e.sum[i]
			}
			for _, f := range e.features {
				if s := slopes[f]; s != nil {
					for i, x := range p {
						s.now[i] += x
					}
				}
			}
		}
		for f, s := range slopes {
			for i := range s.now {
				g := s.now[i] + penalty*m.weights[f][i]
				s.past[i] += g * g
				m.weights[f][i] -= step * g / math.Sqrt(s.past[i]+1e-9)
			}
			s.now = [len(abouts)]float64{}
		}
		past += tally * tally
		m.tally = max(m.tally-step*tally/math.Sqrt(past+1e-9), 0.1)
	}
	return m
}

// odds is the likelihood of each About.
func (m *model) odds(e *example) [len(abouts)]float64 {
	var z [len(abouts)]float64
	for i := range z {
		z[i] = m.tally * e.sum[i]
	}
	for _, f := range e.features {
		if w := m.weights[f]; w != nil {
			for i := range z {
				z[i] += w[i]
			}
		}
	}
	top, sum := slices.Max(z[:]), 0.0
	for i := range z {
		z[i] = math.Exp(z[i] - top)
		sum += z[i]
	}
	for i := range z {
		z[i] /= sum
	}
	return z
}

// table writes a model in hundredths of the tally's unit, the named features
// first, then words by letter.
func table(d *phrase.Dict, m model) []byte {
	var b bytes.Buffer
	b.WriteString("# feature")
	for _, a := range abouts {
		fmt.Fprintf(&b, "\t%s", a)
	}
	b.WriteByte('\n')
	names := map[string]feature{}
	for f := range m.weights {
		names[f.name(d)] = f
	}
	for _, name := range slices.SortedFunc(maps.Keys(names), func(a, b string) int {
		if a[0] == '@' != (b[0] == '@') {
			if a[0] == '@' {
				return -1
			}
			return 1
		}
		return cmp.Compare(a, b)
	}) {
		var w weights
		most := 0
		for i, x := range m.weights[names[name]] {
			n := int(math.Round(hundred * x / m.tally))
			w[i] = int16(min(max(n, math.MinInt16), math.MaxInt16))
			most = max(most, n, -n)
		}
		if most < least {
			continue
		}
		b.WriteString(name)
		for _, n := range w {
			fmt.Fprintf(&b, "\t%d", n)
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}
