package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-json"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/suggest"
)

// The parts of SARIF 2.1.0 (OASIS) that are needed.
type (
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules,omitempty"`
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
		Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
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
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
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

// A sarifWriter writes one run of SARIF 2.1.0 (OASIS), a result a line, without
// holding more than one.
type sarifWriter struct {
	w      io.Writer
	driver sarifDriver
	begun  bool
	some   bool // a result was written
}

func newSARIF(w io.Writer, _ Options) Writer { return &sarifWriter{w: w} }

// Write writes what was found of a posting in a source of many, which has no
// lines that could be named.
func (s *sarifWriter) Write(r *analyzer.Report) error {
	source := clean(r.Posting.Source)
	var out []sarifResult
	for _, m := range remarksOf(r) {
		out = append(out, sarifResult{RuleID: m.rule, Level: m.level,
			Message:      sarifMessage{strings.TrimSpace(caseName(r) + ": " + m.message + " " + m.why)},
			Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{uriOf(source)}, &sarifRegion{StartLine: 1}}}},
			Fingerprints: map[string]string{"posting/v1": m.rule + " " + r.Posting.Source + " " + caseName(r)}})
	}
	return s.add(r.Tool, out...)
}

func (s *sarifWriter) add(by analyzer.Tool, results ...sarifResult) error {
	if err := s.head(by.Version); err != nil {
		return err
	}
	for _, r := range results {
		sep := ",\n"
		if !s.some {
			sep, s.some = "\n", true
		}
		if err := s.write(sep+"    ", r, ""); err != nil {
			return err
		}
	}
	return nil
}

// head writes what stands before the first result.
func (s *sarifWriter) head(version string) error {
	if s.begun {
		return nil
	}
	s.begun = true
	s.driver.Name, s.driver.Version = "softgap", version
	return s.write(`{"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
 "version": "2.1.0",
 "runs": [{
  "tool": `, map[string]sarifDriver{"driver": s.driver}, `,
  "columnKind": "unicodeCodePoints",
  "results": [`)
}

func (s *sarifWriter) write(before string, v any, after string) error {
	b, err := json.MarshalWithOption(v, json.DisableHTMLEscape())
	if err != nil {
		return fmt.Errorf("encode SARIF: %w", err)
	}
	_, err = io.WriteString(s.w, before+string(escapeControls(b))+after)
	return err
}

func (s *sarifWriter) Close() error {
	if err := s.head(""); err != nil {
		return err
	}
	_, err := io.WriteString(s.w, "\n  ]}]}\n")
	return err
}

// uriOf makes a file name fit for a URI.
func uriOf(source string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", `\`, "/", "#", "%23", "?", "%3F").Replace(source)
}

// adviceSARIF writes the findings for editors and code review, with the rules
// and the edits. Regions are in the text that was read, columns in characters.
func adviceSARIF(w io.Writer, r *analyzer.Report, text string, _ Options) error {
	s := &sarifWriter{w: w}
	for _, x := range suggest.Rules() {
		s.driver.Rules = append(s.driver.Rules, sarifRule{x.Name, sarifMessage{x.Title}, sarifMessage{x.Why + " (" + x.Source + ")"}, sarifConfig{string(x.Severity), !x.Off}})
	}
	file := sarifArtifact{uriOf(clean(r.Posting.Source))}
	var out []sarifResult
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
		out = append(out, res)
	}
	if r.Advice != nil {
		for _, x := range r.Advice.Silenced {
			out = append(out, sarifResult{RuleID: x.Rule, Level: "none", Message: sarifMessage{count(x.Findings, "finding") + " silenced"},
				Locations: []sarifLocation{{sarifPhysical{Artifact: file}}}, Suppressions: []sarifSuppressed{{"external", x.Reason}}})
		}
	}
	if err := s.add(r.Tool, out...); err != nil {
		return err
	}
	return s.Close()
}

// regionOf is a span in lines and columns, both from 1.
func regionOf(text string, s posting.Span) sarifRegion {
	line, column := lineOf(text, s.Start)
	endLine, endColumn := lineOf(text, s.End)
	return sarifRegion{line, column, endLine, endColumn}
}

// lineOf is the line and the column, in characters, of a byte.
func lineOf(text string, at int) (line, column int) {
	before := text[:min(at, len(text))]
	return 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
}
