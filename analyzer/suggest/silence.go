package suggest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A Silence tells a rule to be silent, for a reason.
type Silence struct {
	Rule   string `json:"rule" yaml:"rule"`
	Reason string `json:"reason" yaml:"reason"`
}

var silencing = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`<!--\s*softgap:\s*ignore\s+([a-z-]+)\s*(?::\s*([^\n]*?)\s*)?-->`)
})

// Silences returns what the comments of a document silence:
//
//	<!-- softgap: ignore RULE: reason -->
//
// An unknown rule and a missing reason are errors.
func Silences(document string) ([]Silence, error) {
	var out []Silence
	for _, m := range silencing().FindAllStringSubmatch(document, -1) {
		s := Silence{m[1], strings.TrimSpace(m[2])}
		switch {
		case !slices.ContainsFunc(Rules(), func(r Rule) bool { return r.Name == s.Rule }):
			return nil, fmt.Errorf("a comment silences %q, which is no rule", s.Rule)
		case s.Reason == "":
			return nil, fmt.Errorf("a comment silences rule %s without a reason", s.Rule)
		}
		out = append(out, s)
	}
	return out, nil
}
