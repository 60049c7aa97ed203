package report

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"softgap/analyzer"
)

// failing is an example with what checks have found in it.
func failing() *analyzer.Report {
	r := heller()
	r.Posting.Source, r.Posting.Record, r.Posting.ID = "our postings/50%: a,b.csv", 12, ""
	r.Findings = []analyzer.Finding{
		{Rule: "fail-if", Severity: "error", Message: "gap>40: technical 58.3, people 7.3, gap +51.1"},
		{Rule: "baseline", Severity: "error", Message: "the gap has widened\nfrom +40.0 to +51.1"},
		{Rule: "other", Severity: "info", Message: "<worth> & knowing", Why: "It is."},
	}
	return r
}

func TestChecks(t *testing.T) {
	for _, form := range []string{"sarif", "github", "junit"} {
		golden(t, "checks."+form, write(t, form, Options{}, failing(), balanced(), unscorable(), hostile()))
	}
	for _, rs := range [][]*analyzer.Report{nil, {balanced()}, {failing(), unscorable(), hostile()}} {
		var log struct {
			Runs []struct{ Results []any }
		}
		if err := json.Unmarshal(write(t, "sarif", Options{}, rs...), &log); err != nil || len(log.Runs) != 1 || (len(log.Runs[0].Results) == 0) != (len(rs) < 2) {
			t.Errorf("SARIF of %d Reports: %v, %v", len(rs), log, err)
		}
		var suites struct {
			Suite struct {
				Case []struct {
					Failure *struct{}
				} `xml:"testcase"`
			} `xml:"testsuite"`
		}
		if err := xml.Unmarshal(write(t, "junit", Options{}, rs...), &suites); err != nil || len(suites.Suite.Case) != len(rs) {
			t.Errorf("JUnit of %d Reports: %d cases, %v", len(rs), len(suites.Suite.Case), err)
		}
		for line := range strings.Lines(string(write(t, "github", Options{}, rs...))) {
			if !strings.HasPrefix(line, "::error file=") && !strings.HasPrefix(line, "::notice file=") {
				t.Errorf("no annotation: %s", line)
			}
		}
	}
}
