package audit

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/score"
)

// Options say how an Audit is made.
type Options struct {
	By        string // organization, family, location, year, month, or a column that was kept
	Seed      uint64 // of the bootstrap
	Resamples int    // of the bootstrap; 1000 if zero
}

// Groupings are the names that Options.By may have beside a kept column's.
func Groupings() []string {
	names := make([]string, len(groupings))
	for i, g := range groupings {
		names[i] = g.name
	}
	return names
}

var groupings = []struct {
	name string
	of   func(*analyzer.Posting) string
}{
	{"family", func(p *analyzer.Posting) string { return p.Family }},
	{"organization", func(p *analyzer.Posting) string { return p.Organization }},
	{"location", func(p *analyzer.Posting) string { return p.Location }},
	{"year", func(p *analyzer.Posting) string { return prefix(month(p.DatePosted), 4) }},
	{"month", func(p *analyzer.Posting) string { return month(p.DatePosted) }},
}

// An Auditor gathers Reports. It is not safe for use by several goroutines.
type Auditor struct {
	options Options
	group   func(*analyzer.Posting) string

	tool    analyzer.Tool
	lexicon analyzer.Lexicon
	cutoffs score.Cutoffs

	read, unread int
	excluded     map[exclusion]*Exclusion
	rows         []row
	texts        texts
	dimensions   []Asked
	outside      []Asked
	categories   []Asked
	widest       ranking
	narrowest    ranking
}

// A row is what is kept of a scored posting. Scores are in tenths of a point,
// so that sums are exact; names are numbers of texts, 0 for none.
type row struct {
	technical, soft, gap        int16
	softShare                   int16 // of statements, in ten-thousandths
	verdict                     int8  // index of verdicts
	generic, silent             bool
	organization, group, period int32
}

var verdicts = []score.Verdict{score.HellerPattern, score.TiltedTechnical, score.Balanced}

type exclusion struct{ status, reason string }

// New returns an Auditor without any posting.
func New(o Options) *Auditor {
	if o.Resamples == 0 {
		o.Resamples = 1000
	}
	a := &Auditor{options: o, excluded: map[exclusion]*Exclusion{}, texts: texts{number: map[string]int32{"": 0}, text: []string{""}}}
	a.group = func(p *analyzer.Posting) string { return p.Kept[o.By] }
	for _, g := range groupings {
		if g.name == o.By {
			a.group = g.of
		}
	}
	// The widest gap first; of equal ones the higher technical score.
	a.widest.before = func(x, y *Example) int {
		return cmp.Or(cmp.Compare(y.Scores.Gap, x.Scores.Gap), cmp.Compare(y.Scores.Technical, x.Scores.Technical), x.compare(y.Ref))
	}
	a.narrowest.before = func(x, y *Example) int {
		return cmp.Or(cmp.Compare(x.Scores.Gap, y.Scores.Gap), cmp.Compare(y.Scores.Technical, x.Scores.Technical), x.compare(y.Ref))
	}
	return a
}

// Unread counts a file or an address that could not be opened.
func (a *Auditor) Unread() { a.unread++ }

// Len returns how many Reports were added.
func (a *Auditor) Len() int { return a.read }

// Add counts a posting. It keeps nothing of r.
func (a *Auditor) Add(r *analyzer.Report) {
	a.read++
	a.tool, a.lexicon, a.cutoffs = r.Tool, r.Lexicon, r.Cutoffs
	switch {
	case r.Posting.DuplicateOf != "":
		a.exclude("duplicate", "the same text as another posting, or nearly", r)
	case r.Status == score.Scored:
		a.score(r)
	default:
		reason, _, _ := strings.Cut(r.Reason, ":")
		a.exclude(string(r.Status), strings.TrimSpace(reason), r)
	}
}

func (a *Auditor) exclude(status, reason string, r *analyzer.Report) {
	key := exclusion{status, reason}
	e := a.excluded[key]
	if e == nil {
		e = &Exclusion{Status: status, Reason: reason, Example: ref(&r.Posting)}
		a.excluded[key] = e
	}
	e.Postings++
	if other := ref(&r.Posting); other.compare(e.Example) < 0 {
		e.Example = other
	}
}

// score keeps the small figures of a scored posting.
func (a *Auditor) score(r *analyzer.Report) {
	p := &r.Posting
	x := row{
		technical: tenths(r.Scores.Technical), soft: tenths(r.Scores.Soft), gap: tenths(r.Scores.Gap),
		softShare:    int16(math.Round(r.Figures.SoftShare * 1e4)),
		verdict:      int8(slices.Index(verdicts, r.Verdict)),
		organization: a.texts.of(p.Organization), group: a.texts.of(a.group(p)), period: a.texts.of(month(p.DatePosted)),
	}
	if len(a.dimensions) == 0 {
		a.name(r)
	}
	highest := 0
	i := 0
	for _, f := range r.Facets {
		for _, e := range f.Dimensions {
			a.dimensions[i].count(e)
			highest = max(highest, e.Level)
			i++
		}
	}
	x.generic, x.silent = highest <= 1, highest == 0
	for i, e := range r.Unscored {
		a.outside[i].count(e)
	}
	for i, e := range r.Technical {
		a.categories[i].count(e)
	}
	a.rows = append(a.rows, x)
	a.widest.offer(r)
	if r.Scores.Technical >= r.Cutoffs.HellerTechnical {
		a.narrowest.offer(r)
	}
}

// name takes the names of dimensions and categories from the first Report.
func (a *Auditor) name(r *analyzer.Report) {
	for _, f := range r.Facets {
		for _, e := range f.Dimensions {
			a.dimensions = append(a.dimensions, Asked{ID: e.ID, Title: e.Title, Facet: f.Title})
		}
	}
	for _, e := range r.Unscored {
		a.outside = append(a.outside, Asked{ID: e.ID, Title: e.Title})
	}
	for _, e := range r.Technical {
		a.categories = append(a.categories, Asked{ID: e.ID, Title: e.Title})
	}
}

func (a *Asked) count(e score.Evidence) {
	a.Levels[min(max(e.Level, 0), 4)]++
	if e.Level > 0 {
		a.Postings++
	}
}

func tenths(x float64) int16 { return int16(math.Round(x * 10)) }

// texts numbers the texts that many postings share.
type texts struct {
	number map[string]int32
	text   []string
}

func (t *texts) of(s string) int32 {
	s = strings.Join(strings.Fields(s), " ")
	n, ok := t.number[s]
	if !ok {
		n = int32(len(t.text))
		s = strings.Clone(s) // not the whole text that it may be cut from
		t.number[s], t.text = n, append(t.text, s)
	}
	return n
}

// month returns the "2026-02" of a date in ISO 8601, or "".
func month(date string) string {
	if len(date) < 7 || date[4] != '-' || len(date) > 7 && date[7] != '-' {
		return ""
	}
	for i, c := range []byte(date[:7]) {
		if i != 4 && (c < '0' || c > '9') {
			return ""
		}
	}
	return date[:7]
}

func prefix(s string, n int) string { return s[:min(n, len(s))] }

func ref(p *analyzer.Posting) Ref {
	return Ref{ID: p.ID, Title: p.Title, Organization: p.Organization, Location: p.Location, DatePosted: p.DatePosted,
		URL: p.URL, Source: p.Source, Record: p.Record}
}

func (r Ref) compare(o Ref) int {
	return cmp.Or(cmp.Compare(r.Source, o.Source), cmp.Compare(r.Record, o.Record), cmp.Compare(r.ID, o.ID), cmp.Compare(r.Title, o.Title))
}
