package score

import (
	"slices"

	"softgap/analyzer/segment"
)

// A facetNorm is a facet with its norm and dimensions (codebook, sections 5
// and 8).
type facetNorm struct {
	id, title  string
	norm       float64
	dimensions []string
}

var facetNorms = []facetNorm{
	{"temperament", "Temperament", 0.8725, []string{"patience", "good_humour"}},                                             // 1.C.3.a Cooperation 4.49
	{"understanding", "Understanding", 0.75, []string{"empathy", "listening"}},                                              // 2.A.1.b Active Listening 4.00
	{"relationship", "Relationship and service", 0.63, []string{"relationships", "service", "deescalation", "partnership"}}, // 1.C.3.c Social Orientation 3.52
	{"communication", "Communication", 0.6875, []string{"communication", "plain_explanation"}},                              // mean of 2.A.1.c Writing 3.50 and 2.A.1.d Speaking 4.00
	{"developing", "Developing and working with others", 0.50, []string{"mentoring", "teamwork"}},                           // 2.B.1.e Instructing 3.00
}

// normSum is the sum of the facet norms, 3.44.
var normSum = func() (sum float64) {
	for _, f := range facetNorms {
		sum += f.norm
	}
	return sum
}()

// Unscored are the supervisory and comparator dimensions, which are reported
// and never enter the score.
var Unscored = []string{"leadership", "morale", "problem_solving", "self_management"}

// Categories are the technical categories in the codebook's order.
var Categories = []string{"os_desktop", "network", "server_virtual", "cloud", "programming", "database_data", "security_identity",
	"enterprise_apps", "devops_automation", "support_hardware", "productivity_collab", "methods", "certification"}

// core are the column's own four.
var core = []string{"relationships", "empathy", "patience", "good_humour"}

// scored are the 12 dimensions of the facets in the codebook's order.
var scored = func() (out []string) {
	for _, f := range facetNorms {
		out = append(out, f.dimensions...)
	}
	return out
}()

// Dimensions returns the 12 scored soft dimensions in the codebook's order.
func Dimensions() []string { return slices.Clone(scored) }

const (
	nCategories = 13
	nPlaces     = 12 + 4 + nCategories
)

// order is that of all dimensions and categories: scored, unscored, technical.
// places are the places in it.
var (
	order  = slices.Concat(scored, Unscored, Categories)
	places = func() map[string]int {
		out := make(map[string]int, nPlaces)
		for i, id := range order {
			out[id] = i
		}
		return out
	}()
)

// AskWeight returns o, the weight of how a statement asks (codebook, section
// 3): 0 for an unknown ask.
func AskWeight(ask string) float64 {
	switch segment.Ask(ask) {
	case segment.Required, segment.Duty:
		return 1
	case segment.Role:
		return 0.8
	case segment.Preferred:
		return 0.5
	}
	return 0
}

// LevelWeight returns g, the weight of a level (codebook, section 4): 0 for
// level 0, 1 for level 4.
func LevelWeight(level int) float64 { return float64(level) / 4 }
