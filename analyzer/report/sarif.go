package report

import (
	"io"
	"slices"

	"github.com/goccy/go-json"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/suggest"
)

// The parts of SARIF 2.1.0 (OASIS) that advice needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   sarifMessage `json:"shortDescription"`
		Full    sarifMessage `json:"fullDescription"`
		Default sarifConfig  `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level   string `json:"level"`
		Enabled bool   `json:"enabled"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		Level        string            `json:"level"`
		Message      sarifMessage      `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
		Suppressions []sarifSuppressed `json:"suppressions,omitempty"`
	}
	sarifSuppressed struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifFix struct {
		Description sarifMessage  `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion  `json:"deletedRegion"`
		Inserted sarifMessage `json:"insertedContent"`
	}
)

// adviceSARIF writes the findings for editors and code review. Regions are in
// the text that was read, columns in characters.
func adviceSARIF(w io.Writer, r *analyzer.Report, text string, _ Options) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: r.Tool.Name, Version: r.Tool.Version, Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	for _, x := range suggest.Rules() {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{x.Name, sarifMessage{x.Title}, sarifMessage{x.Why + " (" + x.Source + ")"}, sarifConfig{string(x.Severity), !x.Off}})
	}
	file := sarifArtifact{r.Posting.Source}
	for _, f := range r.Findings {
		region := regionOf(text, f.Span)
		res := sarifResult{RuleID: f.Rule, Level: string(f.Severity), Message: sarifMessage{f.Message + " " + f.Why},
			Locations: []sarifLocation{{sarifPhysical{file, &region}}}}
		for _, x := range f.Fixes {
			change := sarifChange{Artifact: file}
			for _, e := range x.Edits {
				change.Replacements = append(change.Replacements, sarifReplacement{regionOf(text, e.Span), sarifMessage{e.Text}})
			}
			res.Fixes = append(res.Fixes, sarifFix{sarifMessage{x.Message + " (" + signed(x.Points) + " points)"}, []sarifChange{change}})
		}
		run.Results = append(run.Results, res)
	}
	if r.Advice != nil {
		for _, s := range r.Advice.Silenced {
			run.Results = append(run.Results, sarifResult{RuleID: s.Rule, Level: "none", Message: sarifMessage{count(s.Findings, "finding") + " silenced"},
				Locations: []sarifLocation{{sarifPhysical{Artifact: file}}}, Suppressions: []sarifSuppressed{{"external", s.Reason}}})
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// regionOf is a span in lines and columns, both from 1.
func regionOf(text string, s posting.Span) sarifRegion {
	line, column := lineOf(text, s.Start)
	endLine, endColumn := lineOf(text, s.End)
	return sarifRegion{line, column, endLine, endColumn}
}

// lineOf is the line and the column, in characters, of a byte.
func lineOf(text string, at int) (line, column int) {
	at = min(at, len(text))
	runes := []rune(text[:at])
	start := len(runes)
	if i := slices.Index(runes, '\n'); i >= 0 {
		for start > 0 && runes[start-1] != '\n' {
			start--
		}
		for _, c := range runes[:start] {
			if c == '\n' {
				line++
			}
		}
		return line + 1, len(runes) - start + 1
	}
	return 1, len(runes) + 1
}
