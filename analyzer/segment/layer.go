package segment

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
)

// A layer is what coded text taught of whom a statement is about, where cues
// and headings leave it open: for each feature of a statement what it adds to
// the tally of each About, in hundredths of a cue's weight. It is a multinomial
// logistic regression beside the rules, whose tally it takes as given; Train
// makes it.
//
// It is a table of records that is read in place, so that the one that ships
// takes no time at start. It has open addressing and is a power of two of
// records long. A record is a feature and one, or 0 for none, in 32 bits, then a
// weight for each of abouts in 16, all little-endian. The empty layer knows
// nothing.
type layer string

const record = 16 // bytes

// weights are those of one feature.
type weights [len(abouts)]int16

// find returns where the record of a feature stands in a layer, and whether it
// does; where not, it may be put there.
func find[T layer | []byte](l T, f feature) (at int, ok bool) {
	for at = int(uint32(f)*0x9e3779b1>>16) * record; ; at += record {
		at &= len(l) - 1
		switch e := uint32(l[at]) | uint32(l[at+1])<<8 | uint32(l[at+2])<<16 | uint32(l[at+3])<<24; e {
		case uint32(f) + 1:
			return at, true
		case 0:
			return at, false
		}
	}
}

// weight reads, of the record at a place, the weight for the About at another.
func (l layer) weight(at, about int) int16 {
	at += 4 + 2*about
	return int16(uint16(l[at]) | uint16(l[at+1])<<8)
}

const (
	hundred = 100

	maxVote  = 2.0 // for or against: it outvotes places and likely signs, and no cue of the surest
	fewest   = 5   // words of a statement under a heading that it votes on
	maxWords = 60  // of a statement that are looked at
)

// A feature is one of the named, or a word of the vocabulary: at any place in
// a statement, or at its beginning.
type feature int32

// The named features: how a statement is written and where it stands.
const (
	always feature = iota
	asBullet
	asSentence // ends in a full stop
	asQuestion
	long        // over 25
	early       // among the first three statements
	noSection   // no heading says whom it is about
	afterList   // prose behind bullets
	nameFirst   // begins with a word in capitals that no lexicon holds
	smallFirst  // begins with a small letter
	severalNews // holds three or more words that no lexicon holds
	lastIs      // and the About of the statement before
	proseUnder  = lastIs + feature(len(abouts)) + 1
	listUnder   = proseUnder + feature(len(unders))
	named       = listUnder + feature(len(unders))
)

// unders are the kinds of section that a statement may stand in.
var unders = [...]string{"required", "duty", "role", "preferred", "employer", "offer", "legal", "other"}

var featureNames = func() []string {
	names := []string{"always", "bullet", "sentence", "question", "long", "early", "no section", "after a list", "name first", "small first", "unknown words", "after nothing"}
	for _, a := range abouts {
		names = append(names, "after "+string(a))
	}
	for _, u := range unders {
		names = append(names, "prose under "+u)
	}
	for _, u := range unders {
		names = append(names, "bullet under "+u)
	}
	return names
}()

func anywhere(word int32) feature { return named + 2*feature(word) }
func first(word int32) feature    { return named + 2*feature(word) + 1 }

// name is a feature as about.tsv writes it: a word, "^" and a word, or "@" and
// a name.
func (f feature) name(d *phrase.Dict) string {
	word := phrase.Token{Word: int32(f-named) / 2}
	switch {
	case f < named:
		return "@" + featureNames[f]
	case (f-named)%2 == 1:
		return "^" + d.WordOf(word)
	default:
		return d.WordOf(word)
	}
}

// featureOf is the opposite of name; false where no pattern holds the word.
func featureOf(d *phrase.Dict, name string) (feature, bool) {
	if n, ok := strings.CutPrefix(name, "@"); ok && n != "" {
		i := slices.Index(featureNames, n)
		return feature(i), i >= 0
	}
	if w, ok := strings.CutPrefix(name, "^"); ok && w != "" {
		n := d.Number(w)
		return first(n), n != phrase.Unknown
	}
	n := d.Number(name)
	return anywhere(n), n != phrase.Unknown
}

// newLayer reads the form of about.tsv: a feature and its weights a line.
func newLayer(d *phrase.Dict, tsv string) (layer, error) {
	size := 2
	for lines := 1 + strings.Count(tsv, "\n"); size < 2*lines; {
		size *= 2
	}
	records := make([]byte, record*size)
	for line := range strings.Lines(tsv) {
		name, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(name, "# ") {
			continue
		}
		var w weights
		for i := range w {
			var field string
			field, rest, _ = strings.Cut(rest, "\t")
			n, err := strconv.ParseInt(field, 10, 16)
			if err != nil {
				return "", fmt.Errorf("feature %q: %w", name, err)
			}
			w[i] = int16(n)
		}
		f, ok := featureOf(d, name)
		if !ok {
			continue // a word list that held the word is switched off
		}
		at, _ := find(records, f)
		binary.LittleEndian.PutUint32(records[at:], uint32(f)+1)
		for i, x := range w {
			binary.LittleEndian.PutUint16(records[at+4+2*i:], uint16(x))
		}
	}
	return layer(records), nil
}

// vote adds to a tally what the features say.
func (l layer) vote(t *tally, features []feature) {
	var sum [len(abouts)]int
	for _, f := range features {
		if at, ok := find(l, f); ok {
			for i := range sum {
				sum[i] += int(l.weight(at, i))
			}
		}
	}
	for i, a := range abouts {
		t.add(a, reason{weight: min(max(float64(sum[i])/hundred, -maxVote), maxVote), said: reads[i]})
	}
}

// reads are the reasons that a layer gives.
var reads = [len(abouts)]string{"reads like talk of the person", "reads like talk of the company", "reads like an offer", "reads like legal text", "reads like none of person, company and offer"}

// open reports whether the layer may vote on a piece. A few words stand as
// their heading has it, a lead-in and its list as the cues have them.
func (c *classifier) open(p *piece, words int) bool {
	few := words < fewest && c.section.about != ""
	listed := p.bullet && c.lead != ""
	return !few && !listed && !strings.HasSuffix(c.text.Text[p.start:p.end], ":")
}

// learned adds what the layer says of the statement at work.
func (c *classifier) learned(t *tally, p *piece) {
	fs := c.features(p)
	if c.tell != nil {
		c.tell(posting.Span{Start: p.start, End: p.end}, t, fs)
	}
	if c.layer != "" {
		c.layer.vote(t, fs)
	}
}

// features lists what is so of the statement at work.
func (c *classifier) features(p *piece) []feature {
	fs := append(c.seen[:0], always)
	text := c.text.Text[p.start:p.end]
	news := 0
	for i, t := range p.tokens[:min(len(p.tokens), maxWords)] {
		if t.Word == phrase.Unknown {
			if t.Flags&phrase.Sign == 0 {
				news++
			}
			continue
		}
		fs = append(fs, anywhere(t.Word))
		if i == 0 {
			fs = append(fs, first(t.Word))
		}
	}
	for _, x := range [...]struct {
		is bool
		f  feature
	}{
		{p.bullet, asBullet},
		{strings.HasSuffix(text, "."), asSentence},
		{strings.HasSuffix(text, "?"), asQuestion},
		{p.words > 25, long},
		{c.count < 3, early},
		{c.section.about == "", noSection},
		{c.bullets && !p.bullet, afterList},
		{len(p.tokens) > 0 && c.named(p.tokens[0]), nameFirst},
		{lowerAt(text, 0), smallFirst},
		{news >= 3, severalNews},
	} {
		if x.is {
			fs = append(fs, x.f)
		}
	}
	fs = append(fs, lastIs+feature(indexOf(c.last)+1))
	under := string(c.section.about)
	if c.section.about == Candidate {
		under = string(c.section.ask)
	}
	if i := slices.Index(unders[:], under); i >= 0 && p.bullet {
		fs = append(fs, listUnder+feature(i))
	} else if i >= 0 {
		fs = append(fs, proseUnder+feature(i))
	}
	c.seen = fs
	return fs
}
