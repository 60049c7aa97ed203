package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/score"
)

// This file has the forms of pipelines that hold postings against checks. They
// show what was found, and name what could not be scored; a posting without
// either is silent in SARIF and in annotations, and a passed case in JUnit.

// A remark is what such a form says of a posting.
type remark struct{ rule, level, message, why string }

// remarksOf returns the findings of a Report, the worst of which is that there
// is no measurement.
func remarksOf(r *analyzer.Report) (out []remark) {
	if r.Status == score.Unscorable {
		out = append(out, remark{"not-scored", "error", "not scored: " + clean(r.Reason), ""})
	}
	for _, f := range r.Findings {
		level := string(f.Severity)
		if level != "error" && level != "warning" {
			level = "note"
		}
		out = append(out, remark{f.Rule, level, clean(f.Message), clean(f.Why)})
	}
	return out
}

// caseName tells one posting of a file from the others.
func caseName(r *analyzer.Report) string {
	name := titleOf(r)
	if r.Posting.ID != "" {
		name += ", id " + clean(r.Posting.ID)
	} else if r.Posting.Record > 1 {
		name += fmt.Sprintf(", record %d", r.Posting.Record)
	}
	return name
}

// githubWriter writes the workflow commands that GitHub shows as annotations.
type githubWriter struct{ w io.Writer }

func newGitHub(w io.Writer, _ Options) Writer { return githubWriter{w} }

var (
	githubText  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubValue = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func (g githubWriter) Write(r *analyzer.Report) error {
	var b strings.Builder
	for _, m := range remarksOf(r) {
		level := strings.Replace(m.level, "note", "notice", 1)
		fmt.Fprintf(&b, "::%s file=%s,line=1,title=%s::%s\n", level, githubValue.Replace(clean(r.Posting.Source)), githubValue.Replace("softgap "+m.rule),
			githubText.Replace(strings.TrimSpace(caseName(r)+": "+m.message+" "+m.why)))
	}
	_, err := io.WriteString(g.w, b.String())
	return err
}

func (g githubWriter) Close() error { return nil }

// junitWriter writes a case a posting: failed if it has an error among its
// findings, in error if it was not scored.
type junitWriter struct {
	w     io.Writer
	begun bool
}

func newJUnit(w io.Writer, _ Options) Writer { return &junitWriter{w: w} }

type junitCase struct {
	XMLName xml.Name     `xml:"testcase"`
	Class   string       `xml:"classname,attr"`
	Name    string       `xml:"name,attr"`
	Error   *junitRemark `xml:"error"`
	Failure *junitRemark `xml:"failure"`
	Out     string       `xml:"system-out,omitempty"`
}

type junitRemark struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func (j *junitWriter) Write(r *analyzer.Report) error {
	c := junitCase{Class: clean(r.Posting.Source), Name: caseName(r)}
	var failures []string
	for _, m := range remarksOf(r) {
		switch {
		case m.rule == "not-scored":
			c.Error = &junitRemark{m.rule, m.message, ""}
		case m.level == "error":
			failures = append(failures, m.message)
			if c.Failure == nil {
				c.Failure = &junitRemark{m.rule, m.message, ""}
			}
		default:
			c.Out += m.message + "\n"
		}
	}
	if len(failures) > 1 {
		c.Failure.Text = strings.Join(failures, "\n")
	}
	data, err := xml.MarshalIndent(c, "  ", "  ")
	if err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	_, err = fmt.Fprintf(j.w, "%s%s\n", j.head(), data)
	return err
}

func (j *junitWriter) head() string {
	if j.begun {
		return ""
	}
	j.begun = true
	return xml.Header + "<testsuites>\n <testsuite name=\"softgap\">\n"
}

func (j *junitWriter) Close() error {
	_, err := io.WriteString(j.w, j.head()+" </testsuite>\n</testsuites>\n")
	return err
}
