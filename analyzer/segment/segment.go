// Package segment parts a posting's text into statements and says of each
// whom it is about and how it asks (codebook, sections 1 to 3).
//
// It works in three steps: cut.go parts the text into pieces by lines, bullets
// and sentences; heading.go finds the pieces that are headings; classify.go
// says whom the rest is about by heading, wording and place, and ask.go how it
// asks. Where cues and headings leave open whom a statement is about, layer.go
// adds what coded text taught; train.go and validate.go make and check it. Every
// piece is a byte range of the text; no step copies or changes it.
package segment

import (
	"slices"
	"sync"

	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/lexicons"
)

// A Segmenter parts texts into statements. It is immutable and safe for use by
// many goroutines.
type Segmenter struct {
	dict  *phrase.Dict
	layer layer // empty for the rules alone
}

// New returns a Segmenter over a dictionary.
func New(d *phrase.Dict) *Segmenter {
	if d.Weights == "" {
		return &Segmenter{d, layer(Weights(d))}
	}
	return &Segmenter{d, layer(d.Weights)}
}

// Weights returns lexicons.About as a Segmenter over a dictionary looks it up,
// by the numbers of its words: with it the dictionary ships.
func Weights(d *phrase.Dict) string {
	l, err := newLayer(d, lexicons.About)
	if err != nil {
		panic("lexicons: about.tsv is damaged: " + err.Error())
	}
	return string(l)
}

// whole is how many pieces a posting has at least. The layer learned from whole
// postings, and says little of a text that is one sentence or a few.
const whole = 6

// Statements parts a text into its statements, in order, and appends them to
// dst. They tile the text: none overlaps another, and between them stand only
// blanks, bullet signs and rules.
func (g *Segmenter) Statements(dst []Statement, t phrase.Text) []Statement {
	return g.statements(dst, t, nil)
}

// idle are classifiers to be used again for their memory.
var idle = sync.Pool{New: func() any { return &classifier{names: map[string]int{}, first: map[uint64]int{}} }}

// statements tells also what speaks for each About of each statement but
// headings, before the layer votes.
func (g *Segmenter) statements(dst []Statement, t phrase.Text, tell func(posting.Span, *tally, []feature)) []Statement {
	c := idle.Get().(*classifier)
	defer c.rest()
	c.cutter.cut(g.dict, t)
	pieces := c.cutter.pieces
	c.dict, c.text, c.tell = g.dict, t, tell
	c.verbs = make([]phrase.Hit, 0, len(pieces))
	first := len(dst)
	out := slices.Grow(dst, len(pieces))
	if len(pieces) >= whole {
		c.layer = g.layer
	}
	for i := range pieces {
		p := &pieces[i]
		s := Statement{Span: posting.Span{Start: p.start, End: p.end}, tokens: p.tokens, words: p.words}
		var next *piece
		if i+1 < len(pieces) {
			next = &pieces[i+1]
		}
		c.index = i
		c.code(&s, p, next)
		if s.IsHead && c.section.about == Candidate {
			c.summed(out[first:])
		}
		out = append(out, s)
	}
	c.repeats(out[first:])
	return out
}

// repeats marks candidate statements in the words of another: the one that
// asks most firmly counts, of equal ones the first.
func (c *classifier) repeats(statements []Statement) {
	first := c.first // by fingerprint: the statement that counts
	for i := range statements {
		s := &statements[i]
		if s.About != Candidate {
			continue
		}
		h := fingerprint(c.text, s.tokens)
		at, again := first[h]
		switch {
		case again && strength(s.Ask) > strength(statements[at].Ask):
			statements[at].Repeat = true
			first[h] = i
		case again:
			s.Repeat = true
		default:
			first[h] = i
		}
	}
}

// strength orders asks: of two statements in the same words the stronger one
// counts.
func strength(a Ask) int {
	switch a {
	case Required, Duty:
		return 3
	case Role:
		return 2
	case Preferred:
		return 1
	}
	return 0
}

// fingerprint hashes the words of a statement, without case and signs (FNV-1a):
// those that patterns hold by their numbers, others by their letters.
func fingerprint(t phrase.Text, toks []phrase.Token) uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	for _, k := range toks {
		if k.Flags&phrase.Sign != 0 {
			continue
		}
		if k.Word != phrase.Unknown {
			h = (h ^ uint64(k.Word)) * prime
			continue
		}
		for i := k.Start; i < k.End; i++ {
			b := t.Text[i]
			if 'A' <= b && b <= 'Z' {
				b += 'a' - 'A'
			}
			h = (h ^ uint64(b)) * prime
		}
		h = (h ^ ' ') * prime
	}
	return h
}
