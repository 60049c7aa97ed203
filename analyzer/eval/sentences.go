package eval

import (
	"softgap/analyzer/match"
	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
	"softgap/lexicons"
)

// The labels of SkillSpan (Zhang et al. 2022) and the word list of what it
// counts as Knowledge and the codebook as an attribute.
const (
	knowledgeLabel = "Knowledge"
	skillLabel     = "Skill"
	attributes     = "attributes"
)

// sideOf says which matches a label is compared with.
var sideOf = map[string]match.Side{knowledgeLabel: match.Technical, skillLabel: match.Soft}

// A sentenceFinder finds what a sentence asks for. Around a sentence there is
// no posting that says whom it is about, so it is taken as a requirement.
type sentenceFinder struct {
	dict   *phrase.Dict
	finder *match.Finder
}

func newSentenceFinder(set *lexicons.Set) (*sentenceFinder, error) {
	d, err := phrase.Compile(set)
	if err != nil {
		return nil, err
	}
	return &sentenceFinder{d, match.New(d)}, nil
}

func (f *sentenceFinder) find(text string) []match.Match {
	whole := posting.Span{End: len(text)}
	return f.finder.Find(nil, f.dict.Read(text), []segment.Statement{{Span: whole, About: segment.Candidate, Ask: segment.Required}})
}

// attribute reports whether half the words of a phrase, or more, are those of
// a degree, a spoken language, a business domain or another attribute.
func (f *sentenceFinder) attribute(text string) bool {
	t := f.dict.Read(text)
	hits := f.dict.Cues.Find(nil, t.Tokens, text)
	held := make([]bool, len(t.Tokens))
	for _, h := range hits {
		if h.Role != phrase.Form || f.dict.Cues.Term(h.Term).Lexicon.ID != attributes || phrase.Refused(hits, h) {
			continue
		}
		for i := h.From; i < h.To; i++ {
			held[i] = true
		}
	}
	words, of := 0, 0
	for i, k := range t.Tokens {
		if k.Flags&phrase.Sign != 0 {
			continue
		}
		words++
		if held[i] {
			of++
		}
	}
	return of > 0 && 2*of >= words
}

func compareSentences(labelled []Labelled, f *sentenceFinder, o Options, cs causes) *Sentences {
	out := &Sentences{Sentences: len(labelled)}
	var tallies []tally
	at := map[string]int{} // by posting
	for i := range labelled {
		l := &labelled[i]
		k, ok := at[l.Posting]
		if !ok {
			k = len(tallies)
			at[l.Posting] = k
			tallies = append(tallies, tally{})
		}
		var isKnowledge, isOnly, isSkill, tech, soft bool
		for _, x := range l.Labels {
			switch x.Label {
			case knowledgeLabel:
				isKnowledge = true
				if f.attribute(l.Text[x.Start:x.End]) {
					out.LeftOut++
				} else {
					isOnly = true
				}
			case skillLabel:
				isSkill = true
			}
		}
		ms := f.find(l.Text)
		for _, m := range ms {
			tech = tech || m.Side == match.Technical
			soft = soft || m.Side == match.Soft
		}
		c := &tallies[k].counts
		c[knowledge].add(isKnowledge, tech)
		c[knowledgeOnly].add(isOnly, tech)
		c[skill].add(isSkill, soft)
		c[anyLabel].add(isKnowledge || isSkill, tech || soft)
		if isKnowledge || isSkill {
			c[knowledgeAsked].add(isKnowledge, tech)
		}
		if isOnly || isSkill {
			c[knowledgeAskedOnly].add(isOnly, tech)
		}
		cs.ofSentence(l, ms, f)
	}
	out.Postings = len(tallies)
	s := newStudy(tallies, o)
	out.Any = []Detection{
		s.detection("Knowledge", knowledge), s.detection("less attributes", knowledgeOnly),
		s.detection("Skill", skill), s.detection("either", anyLabel),
		s.detection("Knowledge, labelled", knowledgeAsked), s.detection("less attributes", knowledgeAskedOnly),
	}
	return out
}
