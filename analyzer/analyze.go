package analyzer

import (
	"math"
	"sync"

	"softgap/analyzer/match"
	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
	"softgap/lexicons"
)

// An Analyzer scores postings against one set of lexicons. It is immutable
// and safe for use by many goroutines.
type Analyzer struct {
	dict    *phrase.Dict
	segment *segment.Segmenter
	finder  *match.Finder
	scorer  *score.Scorer
	tool    Tool
	cutoffs score.Cutoffs
	advice  *lateAdviser
}

// New returns an Analyzer over a set of lexicons. The version is the tool's,
// as every Report will name it. The error names every pattern that cannot be
// compiled, with its place.
func New(set *lexicons.Set, version string, cutoffs score.Cutoffs) (*Analyzer, error) {
	d, err := phrase.Compile(set)
	if err != nil {
		return nil, err
	}
	return &Analyzer{dict: d, segment: segment.New(d), finder: match.New(d), scorer: score.New(set, cutoffs), tool: Tool{Name: "softgap", Version: version}, cutoffs: cutoffs, advice: &lateAdviser{}}, nil
}

// Asked returns how many sentences the part-of-speech tagger was asked about.
func (a *Analyzer) Asked() int64 { return a.finder.Asked() }

// Analyze scores one posting. The same posting gives the same Report.
func (a *Analyzer) Analyze(p posting.Posting) *Report {
	p.Title = a.title(p.Title)
	family := a.family(p.Title)
	d := idle.Get().(*desk)
	defer d.rest()
	d.tokens = a.dict.Tokens(d.tokens[:0], p.Text)
	text := phrase.Text{Text: p.Text, Tokens: d.tokens}
	statements := a.segment.Statements(d.statements[:0], text)
	language, reason := segment.Unreadable(a.dict, text, statements, p.Problem)
	if reason != "" {
		statements = segment.Exclude(statements)
	}
	matches := a.finder.Find(d.matches[:0], text, statements)
	d.statements, d.matches = statements, matches
	result := a.scorer.Compute(text, statements, matches, reason)
	return a.report(p, family, language, statements, matches, result)
}

// A desk has the memory that one posting takes until its Report is made.
type desk struct {
	tokens     []phrase.Token
	statements []segment.Statement
	matches    []match.Match
}

// idle are desks to be used again.
var idle = sync.Pool{New: func() any { return new(desk) }}

// rest leaves the desk to another posting: without words of the last, or not at
// all if that was vast.
func (d *desk) rest() {
	if cap(d.tokens) > 1<<16 {
		return
	}
	clear(d.statements)
	clear(d.matches)
	idle.Put(d)
}

// title drops a title that is a section's heading, as the reader of a text
// without a title may take one for it.
func (a *Analyzer) title(title string) string {
	t := a.dict.Read(title)
	if a.dict.Whole(a.dict.Headings, t.Tokens, t.Text) != nil {
		return ""
	}
	return title
}

// family returns the role family that a title tells, or "". Of several forms
// the longest tells most; of equal ones the family listed first.
func (a *Analyzer) family(title string) string {
	t := a.dict.Read(title)
	var best phrase.Hit
	for _, h := range a.dict.Families.Find(nil, t.Tokens, t.Text) {
		if longer := (h.To - h.From) - (best.To - best.From); h.Role == phrase.Form && (longer > 0 || longer == 0 && h.Term < best.Term) {
			best = h
		}
	}
	if best.To == best.From {
		return ""
	}
	return a.dict.Families.Term(best.Term).ID
}

// report keeps what the steps found, rounded at this edge and nowhere before.
func (a *Analyzer) report(p posting.Posting, family, language string, statements []segment.Statement, matches []match.Match, r score.Result) *Report {
	out := &Report{
		Schema:  Schema,
		Tool:    a.tool,
		Lexicon: Lexicon{a.dict.Set.Version, a.dict.Set.Digest},
		Posting: Posting{ID: p.ID, Title: p.Title, Organization: p.Organization, Location: p.Location, DatePosted: p.DatePosted,
			URL: p.URL, Source: p.Source, Record: p.Record, Language: language, Family: family, DuplicateOf: p.DuplicateOf, Kept: p.Kept},
		Status: r.Status, Reason: r.Reason, Error: p.Problem, Verdict: r.Verdict,
		Scores:     score.Scores{Technical: round(r.Scores.Technical, 1), Soft: round(r.Scores.Soft, 1), Gap: round(r.Scores.Gap, 1)},
		Figures:    r.Figures,
		Facets:     r.Facets,
		Technical:  r.Technical,
		Unscored:   r.Unscored,
		Statements: make([]Statement, len(statements)),
		Findings:   []Finding{},
		Cutoffs:    a.cutoffs,
		Warnings:   append([]string{}, p.Warnings...),
	}
	f := &out.Figures
	f.SoftShare, f.SoftShareLow, f.SoftShareHigh, f.Concreteness = round(f.SoftShare, 4), round(f.SoftShareLow, 4), round(f.SoftShareHigh, 4), round(f.Concreteness, 4)
	for i := range out.Facets {
		x := &out.Facets[i]
		x.Evidence, x.Shortfall = round(x.Evidence, 4), round(x.Shortfall, 1)
		roundAll(x.Dimensions)
	}
	roundAll(out.Technical)
	roundAll(out.Unscored)
	for i, s := range statements {
		out.Statements[i] = Statement{Span: s.Span, About: string(s.About), Ask: string(s.Ask), Heading: s.Heading, IsHead: s.IsHead,
			Repeat: s.Repeat, Why: s.Why, Matches: []Match{}}
	}
	all := make([]Match, len(matches))
	for i, m := range matches {
		all[i] = Match{Span: m.Span, Text: p.Text[m.Start:m.End], Side: string(m.Side), Dimension: m.Dimension,
			Term: m.Term, Level: m.Level, Ask: string(m.Ask), Why: m.Why}
	}
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && matches[to].Statement == matches[from].Statement {
			to++
		}
		out.Statements[matches[from].Statement].Matches = all[from:to:to]
		from = to
	}
	return out
}

func roundAll(es []score.Evidence) {
	for i := range es {
		es[i].Evidence = round(es[i].Evidence, 4)
	}
}

func round(x float64, digits int) float64 {
	p := math.Pow10(digits)
	if x = math.Round(x*p) / p; x == 0 {
		return 0 // never -0
	}
	return x
}
