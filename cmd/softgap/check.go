package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/condition"
	"softgap/analyzer/score"
)

// baselineSchema names the form of a baseline.
const baselineSchema = "softgap.baseline/v1"

// A baseline is what postings were like, by their id or place.
type baseline struct {
	Schema   string             `json:"schema"`
	Postings map[string]reading `json:"postings"`
}

// A reading is what a baseline holds of one posting.
type reading struct {
	Gap    float64 `json:"gap"`
	Status string  `json:"status"`
	Failed bool    `json:"failed,omitempty"` // --fail-if held of it
}

// checks are what the user wants to hold of every posting.
type checks struct {
	failIf *condition.Condition
	before *baseline // nil without one
	after  *baseline // to be written, nil if not
}

func readBaseline(name string, mayBeNew bool) (*baseline, error) {
	b := &baseline{Schema: baselineSchema, Postings: map[string]reading{}}
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && mayBeNew:
		return b, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, hint("make it with --update-baseline", "--baseline %s: no such file", name)
	case err != nil:
		return nil, err
	}
	if err := json.Unmarshal(data, b); err != nil || b.Schema != baselineSchema || b.Postings == nil {
		return nil, hint("make it anew with --update-baseline", "--baseline %s is no baseline of softgap", name)
	}
	return b, nil
}

// write writes a baseline, a posting a line, in the order of their names, so
// that its changes can be read.
func (b *baseline) write(name string) error {
	var out strings.Builder
	fmt.Fprintf(&out, "{\"schema\": %q,\n \"postings\": {", baselineSchema)
	sign := ""
	for _, key := range slices.Sorted(maps.Keys(b.Postings)) {
		k, _ := json.Marshal(key) // strings and numbers cannot fail
		v, _ := json.Marshal(b.Postings[key])
		fmt.Fprintf(&out, "%s\n  %s: %s", sign, k, v)
		sign = ","
	}
	out.WriteString("\n }}\n")
	if err := os.WriteFile(name+partial, []byte(out.String()), 0o666); err != nil {
		return err
	}
	return os.Rename(name+partial, name)
}

// settle holds a Report against the checks. Each that fails becomes the first
// of its Findings, so that every form of results shows it.
func (c *checks) settle(r *analyzer.Report, name string) (failed bool) {
	now := reading{Gap: r.Scores.Gap, Status: string(r.Status), Failed: c.failIf != nil && c.failIf.Holds(r)}
	var found []analyzer.Finding
	add := func(rule, message string) {
		found = append(found, analyzer.Finding{Rule: rule, Severity: "error", Message: message, Fixes: []analyzer.Fix{}})
	}
	var was reading
	known := false
	if c.before != nil {
		was, known = c.before.Postings[name]
	}
	if now.Failed && !(known && was.Failed) {
		add("fail-if", fmt.Sprintf("%s: technical %.1f, people %.1f, gap %+.1f", c.failIf, r.Scores.Technical, r.Scores.Soft, r.Scores.Gap))
	}
	switch unscored := string(score.Unscorable); {
	case !known:
	case now.Status == unscored && was.Status != unscored:
		add("baseline", "it was scored before and cannot be scored now: "+r.Reason)
	case now.Status != unscored && was.Status != unscored && now.Gap > was.Gap:
		add("baseline", fmt.Sprintf("the gap has widened from %+.1f to %+.1f", was.Gap, now.Gap))
	}
	if c.after != nil {
		c.after.Postings[name] = now
		return false
	}
	r.Findings = append(found, r.Findings...)
	return len(found) > 0
}
