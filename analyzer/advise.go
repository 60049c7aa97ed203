package analyzer

import (
	"strconv"
	"sync"

	"softgap/analyzer/match"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
	"softgap/analyzer/suggest"
)

// AdviseOptions say how to advise.
type AdviseOptions struct {
	Year int // now; a posting that tells its date is read as of then
	suggest.Options
}

// Advise scores a posting and says what to change in it: its Report has
// Findings, each with an edit that was tried, and Advice. It costs some tens
// of times what Analyze does.
func (a *Analyzer) Advise(p posting.Posting, o AdviseOptions) (*Report, error) {
	adviser, err := a.adviser()
	if err != nil {
		return nil, err
	}
	r := a.Analyze(p)
	if r.Status == score.Unscorable {
		return r, nil
	}
	year := o.Year
	if len(p.DatePosted) >= 4 {
		if y, err := strconv.Atoi(p.DatePosted[:4]); err == nil {
			year = y
		}
	}
	read := func(text string) suggest.Draft {
		d := a.draft(text)
		d.Title, d.Family, d.Year = r.Posting.Title, r.Posting.Family, year
		return d
	}
	advice := adviser.Advise(read(p.Text), read, o.Options)
	r.Findings = advice.Findings
	r.Advice = &Advice{After: advice.After, Edits: advice.Edits, Words: advice.Words, Overlap: advice.Overlap, Silenced: advice.Silenced}
	return r, nil
}

// draft is a posting's text as the steps of Analyze read it, and as they would
// if what it says of the employer were asked.
func (a *Analyzer) draft(text string) suggest.Draft {
	t := a.dict.Read(text)
	statements := a.segment.Statements(nil, t)
	_, reason := segment.Unreadable(a.dict, t, statements, "")
	if reason != "" {
		statements = segment.Exclude(statements)
	}
	matches := a.finder.Find(nil, t, statements)
	praise := make([]segment.Statement, len(statements))
	copy(praise, statements)
	for i := range praise {
		if praise[i].About = segment.Other; statements[i].About == segment.Employer {
			praise[i].About, praise[i].Ask = segment.Candidate, segment.Role
		}
	}
	d := suggest.Draft{Text: t, Statements: statements, Matches: matches, Result: a.scorer.Compute(t, statements, matches, reason),
		Heading: func(words string) segment.About {
			h := a.dict.Read(words)
			if t := a.dict.Whole(a.dict.Headings, h.Tokens, h.Text); t != nil {
				return segment.About(t.About)
			}
			return ""
		}}
	for _, m := range a.finder.Find(nil, t, praise) {
		if m.Side == match.Soft {
			d.Praise = append(d.Praise, m)
		}
	}
	return d
}

// lateAdviser makes an Adviser when one is first asked for: batch scoring
// never does.
type lateAdviser struct {
	once    sync.Once
	adviser *suggest.Adviser
	err     error
}

func (a *Analyzer) adviser() (*suggest.Adviser, error) {
	l := a.advice
	l.once.Do(func() { l.adviser, l.err = suggest.New(a.dict.Set) })
	return l.adviser, l.err
}
