package match

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"
)

// maxTagged bounds the bytes of a sentence that the tagger is shown: it is
// quadratic on some runs, and an ad's sentence is shorter.
const maxTagged = 400

// model is the tagger's, loaded on first need: it costs 0.3 s and most
// postings never ask.
var model = sync.OnceValue(func() *prose.Model {
	doc, err := prose.NewDocument("You read.", prose.WithExtraction(false), prose.WithSegmentation(false))
	if err != nil {
		return nil
	}
	return doc.Model
})

// vote asks the tagger whether a candidate is the part of speech that its term
// wants. Doubt is a no: a word that stands twice shares one tag, and a word
// that the tagger cuts otherwise has none.
func (w *work) vote(c *candidate) bool {
	m := model()
	if m == nil {
		return false
	}
	w.f.asked.Add(1)
	word := w.t.Text[w.toks[c.From].Start:w.toks[c.To-1].End]
	sentence, ok := w.plain(c)
	if !ok || strings.Count(strings.ToLower(sentence), strings.ToLower(word)) != 1 {
		return false
	}
	doc, err := prose.NewDocument(sentence, prose.WithExtraction(false), prose.WithSegmentation(false), prose.UsingModel(m))
	if err != nil {
		return false
	}
	for _, t := range doc.Tokens() {
		if strings.TrimRight(t.Text, ".,;:") == word {
			return wants(c.term.POS, t.Tag)
		}
	}
	return false
}

// wants reports whether a Penn Treebank tag is of a lexicon's part of speech.
func wants(pos, tag string) bool {
	switch pos {
	case "noun":
		return strings.HasPrefix(tag, "NN")
	case "name":
		return strings.HasPrefix(tag, "NNP")
	case "verb":
		return strings.HasPrefix(tag, "VB")
	case "adjective":
		return strings.HasPrefix(tag, "JJ")
	}
	return false
}

// plain prepares the sentence: "You " before it, since the tagger misreads the
// imperatives of bullets, blanks and runs of signs squeezed, the length capped
// around the candidate.
func (w *work) plain(c *candidate) (string, bool) {
	from, to := w.s.Start, w.s.End
	if to-from > maxTagged {
		from = max(from, int(w.toks[c.From].Start)-maxTagged/2)
		to = min(to, from+maxTagged)
		if from > w.s.Start {
			if i := strings.IndexByte(w.t.Text[from:to], ' '); i >= 0 {
				from += i
			}
		}
		for to > from && !utf8.RuneStart(w.t.Text[min(to, len(w.t.Text)-1)]) {
			to--
		}
	}
	var b strings.Builder
	b.WriteString("You ")
	var last rune
	for _, r := range w.t.Text[from:to] {
		if unicode.IsSpace(r) {
			r = ' '
		}
		if r == last && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return b.String(), int(w.toks[c.To-1].End) <= to
}
