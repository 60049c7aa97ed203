package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"softgap/analyzer"
	"softgap/analyzer/audit"
	"softgap/analyzer/score"
)

// audits are Audits of the examples: of many postings over two months, of
// those that try to break out, and of none that could be scored.
func audits() map[string]*audit.Audit {
	of := func(by string, rs ...*analyzer.Report) *audit.Audit {
		a := audit.New(audit.Options{By: by, Seed: 1, Resamples: 200})
		for _, r := range rs {
			a.Add(r)
		}
		return a.Audit()
	}
	var many []*analyzer.Report
	for i := range 28 {
		r := []func() *analyzer.Report{heller, heller, balanced, wide}[i%4]()
		r.Posting.Title = fmt.Sprintf("%s %d", r.Posting.Title, i)
		r.Posting.Record = i + 1
		r.Posting.DatePosted = []string{"2026-01-20", "2026-02-03", ""}[min(i/12, 2)]
		r.Posting.Organization = fmt.Sprintf("Employer %c", 'A'+i%12)
		r.Posting.Family = []string{"help-desk", "help-desk", "systems-network", ""}[i%4]
		r.Scores.Technical -= float64(i % 7)
		r.Scores.Gap = r.Scores.Technical - r.Scores.Soft
		many = append(many, r)
	}
	again := heller()
	again.Posting.DuplicateOf = "7"
	many = append(many, again, thin(), unscorable(), unscorable())
	bad := hostile()
	bad.Status, bad.Reason, bad.Verdict = score.Scored, "", score.TiltedTechnical
	bad.Posting.URL = "javascript:alert(1)"
	bad.Posting.Kept = map[string]string{"Team": "</script><script>alert(2)</script>\x1b[31m| *x*"}
	return map[string]*audit.Audit{
		"many": of("family", many...), "hostile": of("Team", bad, unscorable()), "none": of("family", unscorable(), thin()),
	}
}

func auditIn(t *testing.T, format string, a *audit.Audit, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Audit(format, &b, a, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAuditFaces(t *testing.T) {
	for name, a := range audits() {
		golden(t, "audit-"+name+".table", []byte(auditIn(t, "table", a, Options{})))
		golden(t, "audit-"+name+".md", []byte(auditIn(t, "markdown", a, Options{})))
		golden(t, "audit-"+name+".html", []byte(auditIn(t, "html", a, Options{})))
	}
	golden(t, "audit-many.json", []byte(auditIn(t, "json", audits()["many"], Options{})))
	if err := Audit("pdf", &bytes.Buffer{}, audits()["none"], Options{}); err == nil || !strings.Contains(err.Error(), "table, markdown, html, json") {
		t.Errorf("an unknown form: %v", err)
	}
}

// The tables of the page are headed by what their rows are, each group of
// skills and each kind of group by its own name ("Time" stood over skills).
func TestAuditHeads(t *testing.T) {
	page := auditIn(t, "html", audits()["many"], Options{})
	for _, head := range []string{"People skill", "Technical skill", "Role", "Time"} {
		if !strings.Contains(page, `<th scope="col">`+head+`</th>`) {
			t.Errorf("no table is headed %q", head)
		}
	}
	if strings.Contains(page, `<th scope="col">Time</th><th scope="col" class="n">Postings</th><th scope="col">How concretely</th>`) {
		t.Error("a table of skills is headed Time")
	}
}

// Every line fits, and only colour is added by colour.
func TestAuditWidth(t *testing.T) {
	escapes := regexp.MustCompile("\x1b\\[[0-9;]*m")
	for name, a := range audits() {
		for _, width := range []int{50, 80, 100} {
			bare := auditIn(t, "table", a, Options{Width: width})
			for line := range strings.Lines(bare) {
				if n := columns(strings.TrimRight(line, "\n")); n > width || strings.HasSuffix(line, " \n") {
					t.Errorf("%s: %d columns of %d: %q", name, n, width, line)
				}
			}
			if color := auditIn(t, "table", a, Options{Width: width, Color: true}); escapes.ReplaceAllString(color, "") != bare {
				t.Errorf("%s: colour changes more than colour", name)
			}
		}
	}
}

func TestAuditJSON(t *testing.T) {
	for name, a := range audits() {
		var back audit.Audit
		text := auditIn(t, "json", a, Options{})
		if err := json.Unmarshal([]byte(text), &back); err != nil {
			t.Fatal(err)
		}
		if again := auditIn(t, "json", &back, Options{}); again != text {
			t.Errorf("%s: written again it is other: %s", name, firstLineOff(again, text))
		}
	}
}

// All groups that are ranked are shown before any small one takes room.
func TestShownGroups(t *testing.T) {
	groups := func(large, small int) []audit.Group {
		gs := make([]audit.Group, large+small)
		for i := large; i < len(gs); i++ {
			gs[i].Small = true
		}
		return gs
	}
	for _, tt := range []struct{ large, small, show int }{{3, 4, 7}, {3, 400, 12}, {15, 400, 15}, {40, 5, 20}, {0, 0, 0}, {0, 13, 12}} {
		if show, more := shownGroups(groups(tt.large, tt.small)); len(show) != tt.show || len(show)+more != tt.large+tt.small {
			t.Errorf("of %d and %d small: %d and %d more, want %d", tt.large, tt.small, len(show), more, tt.show)
		}
	}
}

func firstLineOff(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return g[i] + " not " + w[i]
		}
	}
	return "length"
}

// The page is whole by itself, well nested, and nothing of a posting becomes
// part of it; tables have headers with a scope, charts a title and a
// description, links a target.
func TestAuditPage(t *testing.T) {
	for name, a := range audits() {
		text := auditIn(t, "html", a, Options{})
		for _, bad := range []string{"<script", "onerror=", "\x1b", "\u202e", "http-equiv", "src=", "@import", "url("} {
			if strings.Contains(text, bad) {
				t.Errorf("%s: holds %q", name, bad)
			}
		}
		ids, targets := map[string]int{}, []string{}
		headings := []string{}
		var open []string
		z := html.NewTokenizer(strings.NewReader(text))
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				break
			}
			tok := z.Token()
			attr := map[string]string{}
			for _, at := range tok.Attr {
				attr[at.Key] = at.Val
			}
			switch kind {
			case html.StartTagToken:
				if id := attr["id"]; id != "" {
					ids[id]++
				}
				if tok.Data == "a" && strings.HasPrefix(attr["href"], "#") {
					targets = append(targets, attr["href"][1:])
				}
				if href, ok := attr["href"]; ok && !strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "https://") {
					t.Errorf("%s: a link to %q", name, href)
				}
				if len(tok.Data) == 2 && tok.Data[0] == 'h' && tok.Data != "hr" {
					headings = append(headings, tok.Data)
				}
				if tok.Data == "th" && attr["scope"] == "" {
					t.Errorf("%s: a header without a scope", name)
				}
				if tok.Data == "svg" && attr["aria-labelledby"]+attr["aria-label"]+attr["aria-hidden"] == "" {
					t.Errorf("%s: a chart without a name", name)
				}
				if attr["style"] != "" {
					t.Errorf("%s: a style of its own: %v", name, tok)
				}
				if !void[tok.Data] {
					open = append(open, tok.Data)
				}
			case html.EndTagToken:
				if len(open) == 0 || open[len(open)-1] != tok.Data {
					t.Fatalf("%s: </%s> closes %v", name, tok.Data, open)
				}
				open = open[:len(open)-1]
			}
		}
		for id, n := range ids {
			if n > 1 {
				t.Errorf("%s: %d times id %s", name, n, id)
			}
		}
		for _, target := range targets {
			if ids[target] == 0 {
				t.Errorf("%s: a link to #%s leads nowhere", name, target)
			}
		}
		if len(open) > 0 || headings[0] != "h1" {
			t.Errorf("%s: left open %v, headings %v", name, open, headings)
		}
		for i := 1; i < len(headings); i++ {
			if headings[i][1] > headings[i-1][1]+1 {
				t.Errorf("%s: %s after %s", name, headings[i], headings[i-1])
			}
		}
	}
}

var void = map[string]bool{"meta": true, "br": true, "link": true, "img": true, "hr": true}

// elements are the names of a page's elements, in order.
func elements(page string) string {
	var names []string
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(names, " ")
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, _ := z.TagName()
			names = append(names, string(name))
		}
	}
}

// Whatever a posting says, the page has the same elements, the terminal gets no
// control character, and the JSON reads back.
func FuzzAudit(f *testing.F) {
	f.Add("Help Desk Analyst", "Acme", "communication skills", "postings.csv")
	f.Add("</title><script>alert(1)</script>", "\x1b[31m\u202e", "<!-- ]]> --> &lt; \x00\xff", "javascript:alert(1)")
	f.Add("'\"><svg onload=1>", "*a* | `b`", "{{.}} ${x} %s", "\n\n# x")
	page := func(t *testing.T, title, organization, words, source string) *audit.Audit {
		a := audit.New(audit.Options{By: "organization", Resamples: 2})
		r := heller()
		r.Posting.Title, r.Posting.Organization, r.Posting.Source = "x"+title, "x"+organization, "x"+source
		r.Statements[1].Matches[0].Text = "x" + words
		r.Technical[0].Title = "x" + words
		a.Add(r)
		bad := unscorable()
		bad.Reason = "x" + strings.ReplaceAll(words, ":", "")
		bad.Posting.Source = "x" + source
		a.Add(bad)
		return a.Audit()
	}
	want := ""
	f.Fuzz(func(t *testing.T, title, organization, words, source string) {
		a := page(t, title, organization, words, source)
		if want == "" {
			want = elements(auditIn(t, "html", page(t, "", "", "", ""), Options{}))
		}
		if got := elements(auditIn(t, "html", a, Options{})); got != want {
			t.Errorf("other elements: %s\nnot %s", got, want)
		}
		for _, format := range []string{"table", "markdown", "html"} {
			if text := auditIn(t, format, a, Options{}); strings.ContainsFunc(text, func(c rune) bool { return c != '\n' && c != '\t' && !visible(c) }) {
				t.Errorf("%s: a sign that is not to be seen", format)
			}
		}
		var back audit.Audit
		if err := json.Unmarshal([]byte(auditIn(t, "json", a, Options{})), &back); err != nil {
			t.Error(err)
		}
	})
}
