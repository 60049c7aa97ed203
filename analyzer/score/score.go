// Package score turns matches into evidence, scores, figures and a verdict, by
// the formulas of the codebook's section 8.
//
// Facet norms are (IM - 1) / 4 of the importance of the facet's highest-rated
// element in the O*NET 29.3 Database (CC BY 4.0, U.S. Department of Labor,
// Employment and Training Administration) for 15-1232 Computer User Support
// Specialists; softgap has modified the information, and USDOL/ETA has not
// approved, endorsed or tested the modifications.
package score

// Evidence is what the statements of a posting say of one dimension or
// category (codebook, section 8).
type Evidence struct {
	ID         string  `json:"id"`
	Title      string  `json:"title"`
	Evidence   float64 `json:"evidence"`   // e, 0 to 1
	Level      int     `json:"level"`      // the highest level, 0 if none
	Statements int     `json:"statements"` // k, distinct statements that hold it
}

// Facet is one of the five facets of the soft score.
type Facet struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Norm       float64    `json:"norm"`      // n_f
	Evidence   float64    `json:"evidence"`  // E_f
	Shortfall  float64    `json:"shortfall"` // points of soft that the facet lacks: 100 (n_f - min(n_f, E_f)) / sum n_f
	Dimensions []Evidence `json:"dimensions"`
}

// Scores are the three scores, unrounded. Rounding to one decimal is done at
// the edge.
type Scores struct {
	Technical float64 `json:"technical"` // 0 to 100
	Soft      float64 `json:"soft"`      // 0 to 100
	Gap       float64 `json:"gap"`       // -100 to 100
}

// Figures stand beside the scores and are never mixed in.
type Figures struct {
	SoftShare           float64 `json:"soft_share"`
	SoftShareLow        float64 `json:"soft_share_low"`
	SoftShareHigh       float64 `json:"soft_share_high"`
	Core                int     `json:"core"`
	GenericOnly         bool    `json:"generic_only"`
	Concreteness        float64 `json:"concreteness"`
	TechBeforePeople    int     `json:"tech_before_people"`
	DimensionsStated    int     `json:"dimensions_stated"`
	CandidateStatements int     `json:"candidate_statements"`
	CandidateWords      int     `json:"candidate_words"`
}

// Status says whether a posting could be scored.
type Status string

// The three statuses. Thin postings have scores and no verdict; unscorable
// ones have neither.
const (
	Scored     Status = "scored"
	Thin       Status = "thin"
	Unscorable Status = "unscorable"
)

// Verdict is the posting in one word.
type Verdict string

// The verdicts; a thin or unscorable posting has none.
const (
	HellerPattern   Verdict = "heller_pattern"
	TiltedTechnical Verdict = "tilted_technical"
	Balanced        Verdict = "balanced"
	NoVerdict       Verdict = ""
)

// Cutoffs are the conventions behind a verdict and a status: data, printed in
// the report, and open to change.
type Cutoffs struct {
	HellerTechnical float64 `json:"heller_technical"` // heller_pattern needs at least this technical score
	HellerSoft      float64 `json:"heller_soft"`      // and at most this soft score
	HellerCore      int     `json:"heller_core"`      // and at most this core
	BalancedGap     float64 `json:"balanced_gap"`     // balanced is a gap of at most this
	ThinStatements  int     `json:"thin_statements"`  // thin is fewer candidate statements than this
	ThinWords       int     `json:"thin_words"`       // or fewer words in them
}

// DefaultCutoffs are the codebook's.
var DefaultCutoffs = Cutoffs{HellerTechnical: 40, HellerSoft: 33, HellerCore: 1, BalancedGap: 20, ThinStatements: 3, ThinWords: 15}
