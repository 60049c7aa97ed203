// Package audit makes one page of many postings: what they ask for on the
// technical and on the people side, what none asks for, which stand out, by
// group and over time, and what was left out and why.
//
// An Auditor is given Reports one at a time and keeps some thirty bytes of
// each, and a few postings whole. The order in which they come changes nothing:
// sums are of integers, and ties have a rule.
package audit

import (
	"softgap/analyzer"
	"softgap/analyzer/interval"
	"softgap/analyzer/score"
)

// Schema names the form of an Audit's JSON. Fields may be added under the same
// name, never changed or removed.
const Schema = "softgap.audit/v1"

// An Audit is all that is said of many postings. Figures are of the scored
// ones, each text once; Read counts them all: it is Scored, Thin, Unscorable
// and Duplicates together.
type Audit struct {
	Schema  string           `json:"schema"`
	Tool    analyzer.Tool    `json:"tool"`
	Lexicon analyzer.Lexicon `json:"lexicon"`
	Cutoffs score.Cutoffs    `json:"cutoffs"`

	Headline string `json:"headline"` // one sentence to forward

	Read       int         `json:"read"`
	Scored     int         `json:"scored"`
	Thin       int         `json:"thin"`
	Unscorable int         `json:"unscorable"`
	Duplicates int         `json:"duplicates"`
	Unread     int         `json:"unread"` // files and addresses that could not be opened; no postings, so not in Read
	Excluded   []Exclusion `json:"excluded"`

	Technical Distribution   `json:"technical"`
	Soft      Distribution   `json:"soft"`
	Gap       Distribution   `json:"gap"`
	Generic   Share          `json:"generic"` // no people skill beyond stock phrases: none of the 12 above level 1
	Silent    Share          `json:"silent"`  // none of the 12 at all
	Verdicts  []VerdictShare `json:"verdicts"`
	Histogram []Bin          `json:"gap_histogram"` // of ten points each, from -100 to 100
	Scatter   []Cell         `json:"scatter"`       // where the postings lie, two points square

	Dimensions []Asked  `json:"dimensions"` // the 12 scored, in codebook order
	Outside    []Asked  `json:"outside"`    // the four that are reported and never scored
	Categories []Asked  `json:"categories"` // the 13 technical
	Nobody     []string `json:"nobody"`     // ids of Dimensions that no posting asks for

	Widest    []Example `json:"widest"`
	Narrowest []Example `json:"narrowest"` // of the postings at or above the technical cut-off

	By        string       `json:"by"`
	Groups    []Group      `json:"groups"` // those of SmallGroup and more by mean gap, widest first; then the small ones by size; by time, in order of time
	Trend     *Trend       `json:"trend,omitempty"`
	Reference []Comparison `json:"reference"`
	Method    Method       `json:"method"`
}

// Exclusion is a kind of posting that stands in no figure.
type Exclusion struct {
	Status   string `json:"status"` // thin, unscorable or duplicate
	Reason   string `json:"reason"` // its kind, in plain words
	Postings int    `json:"postings"`
	Example  Ref    `json:"example"`
}

// Ref names a posting.
type Ref struct {
	ID           string `json:"id"`
	Title        string `json:"title"`
	Organization string `json:"organization"`
	Location     string `json:"location"`
	DatePosted   string `json:"date_posted"`
	URL          string `json:"url"`
	Source       string `json:"source"`
	Record       int    `json:"record"`
}

// Distribution is how a score spreads over postings, in points.
type Distribution struct {
	Mean   interval.Estimate `json:"mean"`
	Min    interval.Number   `json:"min"`
	Low    interval.Number   `json:"p25"`
	Median interval.Number   `json:"median"`
	High   interval.Number   `json:"p75"`
	Max    interval.Number   `json:"max"`
}

// Share is how many of the scored postings, with Wilson's interval.
type Share struct {
	Postings int               `json:"postings"`
	Share    interval.Estimate `json:"share"` // 0 to 1
}

// VerdictShare is how many postings have a verdict.
type VerdictShare struct {
	Verdict score.Verdict `json:"verdict"`
	Share
}

// Bin is a range of the gap, from From up to but without To; the last one
// holds 100 too.
type Bin struct {
	From     int `json:"from"`
	To       int `json:"to"`
	Postings int `json:"postings"`
}

// Cell is a place among the two scores, the middle of two points square.
type Cell struct {
	Technical int `json:"technical"`
	Soft      int `json:"soft"`
	Postings  int `json:"postings"`
}

// Asked is how many postings ask for a dimension or category, and how
// concretely at best.
type Asked struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Facet string `json:"facet,omitempty"` // the facet's title
	Share
	Levels [5]int `json:"levels"` // postings by highest level; 0 is not at all
}

// Example is a posting that stands out, with its own words.
type Example struct {
	Ref
	Scores  score.Scores    `json:"scores"`
	Verdict score.Verdict   `json:"verdict"`
	Said    []analyzer.Said `json:"said"`   // the 12 dimensions, asked for or not
	Skills  []analyzer.Said `json:"skills"` // the technical categories asked for, the largest evidence first
}

// SmallGroup is how many postings a group needs to be ranked, and to have an
// interval.
const SmallGroup = interval.Fewest

// Group is some of the postings. The intervals of means are bootstraps.
type Group struct {
	Name      string            `json:"name"` // empty where the postings do not say
	Postings  int               `json:"postings"`
	Small     bool              `json:"small"` // under SmallGroup: shown, not ranked
	Technical interval.Estimate `json:"technical"`
	Soft      interval.Estimate `json:"soft"`
	Gap       interval.Estimate `json:"gap"`
	Generic   Share             `json:"generic"`
}

// Trend is the groups by time, oldest first. It is there if at least two
// periods have SmallGroup postings.
type Trend struct {
	Unit    string  `json:"unit"` // month or year
	Undated int     `json:"undated"`
	Periods []Group `json:"periods"`
}

// Method is what a reader needs to repeat the intervals.
type Method struct {
	Seed          uint64 `json:"seed"`
	Resamples     int    `json:"resamples"`
	Organizations int    `json:"organizations"` // different ones among the scored
	Clustered     bool   `json:"clustered"`     // the means were drawn by organisation
}
