package audit

import "softgap/analyzer/interval"

// A Comparison sets a figure of these postings beside one that others have
// published. The two are never measured alike; Differs says how.
type Comparison struct {
	Question string            `json:"question"`
	Here     interval.Estimate `json:"here"`  // a share, 0 to 1
	There    string            `json:"there"` // as published
	Source   string            `json:"source"`
	Differs  string            `json:"differs"`
}

// references are published figures on what IT postings ask for: of those whose
// source, or at least its abstract, was read, the ones whose measure can be told
// from ours. The study by Galster and others was read as an abstract.
var references = []struct {
	question, there, source, differs string
	here                             func(out *Audit, softShare interval.Estimate) interval.Estimate
}{
	{
		"Postings that ask for communication", "49 %",
		"Lightcast for IT Brew, September 2025: two years of IT postings in the USA",
		"Lightcast counts any mention, company text included; softgap counts what is asked of the person.",
		askedFor("communication"),
	},
	{
		"Postings that ask for leadership", "23 %",
		"Lightcast for IT Brew, September 2025",
		"As above. softgap counts leading people, not projects, and keeps it out of the scores.",
		askedFor("leadership"),
	},
	{
		"People skills among all that is asked", "25 %",
		"Burning Glass Technologies, The Human Factor, 2015: IT occupations among about 25 million US postings",
		"Their baseline skills include problem solving, organising and office software; here it is the mean share of people statements among people and technical ones.",
		func(_ *Audit, softShare interval.Estimate) interval.Estimate { return softShare },
	},
	{
		"Postings that ask for any people skill", "82 %",
		"Galster and others, ESEM 2022: 530 software postings in New Zealand",
		"They look for 17 kinds, and such studies count thinking and organising oneself as well; softgap counts twelve that concern other people. With their lists, studies run from 44 % to 91 %.",
		func(out *Audit, _ interval.Estimate) interval.Estimate {
			return interval.Wilson(out.Scored-out.Silent.Postings, out.Scored)
		},
	},
}

func askedFor(id string) func(*Audit, interval.Estimate) interval.Estimate {
	return func(out *Audit, _ interval.Estimate) interval.Estimate {
		for _, list := range [][]Asked{out.Dimensions, out.Outside} {
			for _, d := range list {
				if d.ID == id {
					return d.Share.Share
				}
			}
		}
		return interval.Wilson(0, 0)
	}
}

// compared sets the figures of an Audit beside the published ones.
func compared(out *Audit, softShare interval.Estimate) []Comparison {
	all := make([]Comparison, len(references))
	for i, r := range references {
		all[i] = Comparison{r.question, r.here(out, softShare), r.there, r.source, r.differs}
	}
	return all
}
