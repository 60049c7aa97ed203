package analyzer

import (
	"strings"

	"softgap/analyzer/score"
)

// A Field is a column of the flat view of a Report: one row of CSV or Parquet,
// or what a condition may ask about. Of an unscorable posting the figures have
// no value; a zero would be taken for a measurement.
type Field struct {
	Name string
	Kind FieldKind
	// Of returns the value; ok is false where there is none.
	Of func(r *Report) (v Value, ok bool)
}

// A FieldKind says which part of a Value holds it.
type FieldKind int

// The kinds of fields.
const (
	Text   FieldKind = iota // Value.Text
	Date                    // Value.Text: an ISO 8601 date, or as the source states it
	Count                   // Value.Number, a whole number
	Number                  // Value.Number
	Truth                   // Value.Number, 1 or 0
)

// A Value is the value of a Field.
type Value struct {
	Text   string
	Number float64
}

// Fields returns the fields of a Report in the order of the CSV header, which
// is kept: fields may be added at the end of a group, none is renamed. Kept
// are the columns of the source that the user asked to keep; they come last,
// each under its name behind "kept_".
func Fields(kept ...string) []Field {
	fields := []Field{
		text("source", func(r *Report) string { return r.Posting.Source }),
		{"record", Count, func(r *Report) (Value, bool) { return Value{Number: float64(r.Posting.Record)}, true }},
		text("id", func(r *Report) string { return r.Posting.ID }),
		text("title", func(r *Report) string { return r.Posting.Title }),
		text("organization", func(r *Report) string { return r.Posting.Organization }),
		text("location", func(r *Report) string { return r.Posting.Location }),
		{"date_posted", Date, func(r *Report) (Value, bool) {
			return Value{Text: r.Posting.DatePosted}, r.Posting.DatePosted != ""
		}},
		text("url", func(r *Report) string { return r.Posting.URL }),
		text("language", func(r *Report) string { return r.Posting.Language }),
		text("family", func(r *Report) string { return r.Posting.Family }),
		text("duplicate_of", func(r *Report) string { return r.Posting.DuplicateOf }),
		text("status", func(r *Report) string { return string(r.Status) }),
		text("reason", func(r *Report) string { return r.Reason }),
		text("error", func(r *Report) string { return r.Error }),
		number("technical", func(r *Report) float64 { return r.Scores.Technical }),
		number("soft", func(r *Report) float64 { return r.Scores.Soft }),
		number("gap", func(r *Report) float64 { return r.Scores.Gap }),
		text("verdict", func(r *Report) string { return string(r.Verdict) }),
		number("soft_share", func(r *Report) float64 { return r.Figures.SoftShare }),
		number("soft_share_low", func(r *Report) float64 { return r.Figures.SoftShareLow }),
		number("soft_share_high", func(r *Report) float64 { return r.Figures.SoftShareHigh }),
		tally("core", func(r *Report) int { return r.Figures.Core }),
		{"generic_only", Truth, measured(func(r *Report) float64 {
			if r.Figures.GenericOnly {
				return 1
			}
			return 0
		})},
		number("concreteness", func(r *Report) float64 { return r.Figures.Concreteness }),
		tally("tech_before_people", func(r *Report) int { return r.Figures.TechBeforePeople }),
		tally("dimensions_stated", func(r *Report) int { return r.Figures.DimensionsStated }),
		tally("candidate_statements", func(r *Report) int { return r.Figures.CandidateStatements }),
		tally("candidate_words", func(r *Report) int { return r.Figures.CandidateWords }),
	}
	for i, f := range score.Facets() {
		facet := func(r *Report) score.Facet { return at(r.Facets, i) }
		fields = append(fields,
			number("facet_"+f.ID, func(r *Report) float64 { return facet(r).Evidence }),
			number("facet_"+f.ID+"_shortfall", func(r *Report) float64 { return facet(r).Shortfall }))
		for j, d := range f.Dimensions {
			fields = append(fields, evidence(d.ID, func(r *Report) score.Evidence { return at(facet(r).Dimensions, j) })...)
		}
	}
	for i, id := range score.Unscored {
		fields = append(fields, evidence(id, func(r *Report) score.Evidence { return at(r.Unscored, i) })...)
	}
	for i, id := range score.Categories {
		fields = append(fields, evidence(id, func(r *Report) score.Evidence { return at(r.Technical, i) })...)
	}
	fields = append(fields,
		text("warnings", func(r *Report) string { return strings.Join(r.Warnings, "; ") }),
		text("schema", func(r *Report) string { return r.Schema }),
		text("tool_version", func(r *Report) string { return r.Tool.Version }),
		text("lexicon_version", func(r *Report) string { return r.Lexicon.Version }),
		text("lexicon_digest", func(r *Report) string { return r.Lexicon.Digest }))
	for _, name := range kept {
		fields = append(fields, text("kept_"+name, func(r *Report) string { return r.Posting.Kept[name] }))
	}
	return fields
}

func text(name string, of func(*Report) string) Field {
	return Field{name, Text, func(r *Report) (Value, bool) {
		s := of(r)
		return Value{Text: s}, s != ""
	}}
}

func number(name string, of func(*Report) float64) Field {
	return Field{name, Number, measured(of)}
}

func tally(name string, of func(*Report) int) Field {
	return Field{name, Count, measured(func(r *Report) float64 { return float64(of(r)) })}
}

// evidence makes the two fields of a dimension or category.
func evidence(id string, of func(*Report) score.Evidence) []Field {
	return []Field{
		number(id+"_evidence", func(r *Report) float64 { return of(r).Evidence }),
		tally(id+"_level", func(r *Report) int { return of(r).Level }),
	}
}

// measured is a figure, which only a posting with scores has.
func measured(of func(*Report) float64) func(*Report) (Value, bool) {
	return func(r *Report) (Value, bool) {
		if r.Status != score.Scored && r.Status != score.Thin {
			return Value{}, false
		}
		return Value{Number: of(r)}, true
	}
}

// at is the i-th of a list, or nothing: a Report that was read back may hold
// less than one that was made here.
func at[T any](list []T, i int) (v T) {
	if i < len(list) {
		v = list[i]
	}
	return v
}
