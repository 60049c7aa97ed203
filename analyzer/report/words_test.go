package report

import (
	"strings"
	"testing"

	"softgap/analyzer"
	"softgap/analyzer/score"
)

// A verdict's sentence says nothing that the numbers deny.
func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		verdict         score.Verdict
		technical, soft float64
		want            string
	}{
		{score.HellerPattern, 58.3, 7.3, "Concrete about technical skills, next to silent about people"},
		{score.TiltedTechnical, 81.7, 49.1, "Tilted: technical skills are stated more concretely"},
		{score.TiltedTechnical, 36.7, 0, "Tilted: technical skills are asked for, people skills are not."},
		{score.Balanced, 0, 0, "Neither technical nor people skills are asked for"},
		{score.Balanced, 10, 0, "The gap is small, but little is asked for on either side."},
		{score.Balanced, 45, 30, "The gap is small, but little is asked for on the people side."},
		{score.Balanced, 0, 30, "People skills are stated more concretely"},
		{score.Balanced, 20, 75, "People skills are stated more concretely"},
		{score.Balanced, 80, 75, "Balanced: "},
		{score.NoVerdict, 50, 0, ""},
	} {
		r := &analyzer.Report{Verdict: c.verdict, Cutoffs: score.DefaultCutoffs,
			Scores: score.Scores{Technical: c.technical, Soft: c.soft, Gap: c.technical - c.soft}}
		if got := verdict(r); !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s, %v and %v: %q, want %q", c.verdict, c.technical, c.soft, got, c.want)
		}
	}
}

// A reason with advice of its own gets no other; every reason gets one.
func TestRemedy(t *testing.T) {
	for _, c := range []struct{ reason, what, remedy string }{
		{"a PDF document is not read by this version: save the posting as text or HTML", "a PDF document is not read by this version", "save the posting as text or HTML"},
		{"a list of postings, not one: give the page of a single posting", "a list of postings, not one", "give the page of a single posting"},
		{"login wall: the page asks to sign in", "login wall: the page asks to sign in", "open the page in a browser, log in"},
		{"not English: the text reads as German", "not English: the text reads as German", "softgap reads English only"},
		{"nothing found", "nothing found", "check that the source is one posting"},
	} {
		what, remedy := remedyFor(c.reason)
		if what != c.what || !strings.HasPrefix(remedy, c.remedy) {
			t.Errorf("remedyFor(%q) = %q, %q", c.reason, what, remedy)
		}
	}
}

// Words are listed whole, and those that do not fit are counted.
func TestWordsOf(t *testing.T) {
	ms := []analyzer.Match{{Text: "DNS", Level: 2}, {Text: "Windows Server", Level: 3}, {Text: "dns", Level: 2}, {Text: "VPN", Level: 2}}
	for _, c := range []struct {
		n    int
		want string
	}{
		{0, "Windows Server, DNS, VPN"},
		{24, "Windows Server, DNS, VPN"},
		{23, "Windows Server, DNS and 1 more"},
		{14, "Windows Server and 2 more"},
		{9, "Window... and 2 more"},
	} {
		if got := wordsOf(ms, c.n); got != c.want {
			t.Errorf("wordsOf in %d columns: %q, want %q", c.n, got, c.want)
		}
	}
}
