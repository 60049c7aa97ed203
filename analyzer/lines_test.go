package analyzer_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/suggest"
	"softgap/lexicons"
)

// someLines is how many lines every family has for every dimension.
const someLines = 3

// TestExamples runs each line in every tone; here is what they are together.
func TestLines(t *testing.T) {
	set := lexicons.Builtin().WithTerms()
	var families []string
	for _, l := range set.Of(lexicons.Family) {
		for _, term := range l.Terms {
			families = append(families, term.ID)
		}
	}
	if len(families) == 0 {
		t.Fatal("no family")
	}
	seen := map[string]string{} // by run of words: the line
	for _, d := range score.Dimensions() {
		l := set.Get(lexicons.Line, d)
		if l == nil {
			t.Fatalf("no lines for %s", d)
		}
		n := map[string]int{}
		for _, term := range l.Terms {
			for _, f := range term.For {
				if !slices.Contains(families, f) {
					t.Errorf("%s/%s is for the unknown family %q", d, term.ID, f)
				}
				n[f]++
			}
			if len(term.For) == 0 {
				for _, f := range families {
					n[f]++
				}
			}
			if term.Level < 3 {
				t.Errorf("%s/%s is of level %d", d, term.ID, term.Level)
			}
			id := d + "/" + term.ID
			words := strings.Fields(strings.ToLower(suggest.Say(term.Forms[0].Text, suggest.Imperative, true, nil)))
			for i := 0; i+9 <= len(words); i++ {
				run := strings.Join(words[i:i+9], " ")
				if other := seen[run]; other != "" && other != id {
					t.Errorf("%s and %s both say %q", other, id, run)
				}
				seen[run] = id
			}
		}
		for _, f := range families {
			if n[f] < someLines {
				t.Errorf("%s has %d lines for %s", f, n[f], d)
			}
		}
	}
}

// Whoever a line speaks of, it is scored as it says.
func TestLinesOfPeople(t *testing.T) {
	a := adviser(t)
	for _, people := range []string{"nurses", "clinic staff", "students and staff", "customers", "internal clients", "store managers", "pupils", "business users"} {
		slots := map[string]string{}
		for _, s := range []string{"users", "people", "staff", "business users", "customers"} {
			slots[s] = people
		}
		for _, l := range lexicons.Builtin().WithTerms().Of(lexicons.Line) {
			for _, term := range l.Terms {
				said := suggest.Say(term.Forms[0].Text, suggest.YouWill, false, slots)
				r := a.Analyze(posting.Posting{Text: "Technician\n\nDuties\n- Install printers and laptops.\n- " + said + "\n- Answer calls about Windows.\n"})
				level := 0
				for _, f := range r.Facets {
					for _, e := range f.Dimensions {
						if e.ID == l.ID {
							level = e.Level
						}
					}
				}
				if level < term.Level {
					t.Errorf("%s/%s, of %s, is of level %d, not %d: %s", l.ID, term.ID, people, level, term.Level, said)
				}
			}
		}
	}
}

func TestSay(t *testing.T) {
	const line = "~Keep a sense of [humour|humor] with {users}, and ~carry on; ~fix it, ~let them try."
	for _, c := range []struct {
		tone    suggest.Tone
		british bool
		want    string
	}{
		{suggest.Imperative, true, "Keep a sense of humour with nurses, and carry on; fix it, let them try."},
		{suggest.Third, false, "Keeps a sense of humor with nurses, and carries on; fixes it, lets them try."},
		{suggest.YouWill, false, "You will keep a sense of humor with nurses, and carry on; fix it, let them try."},
		{suggest.Gerund, true, "Keeping a sense of humour with nurses, and carrying on; fixing it, letting them try."},
		{suggest.Able, false, "Able to keep a sense of humor with nurses, and carry on; fix it, let them try."},
	} {
		if got := suggest.Say(line, c.tone, c.british, map[string]string{"users": "nurses"}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Words of the trade are no traits.
func TestGenderTraps(t *testing.T) {
	const text = "Help Desk Technician\n\nRequirements\n- Active Directory, Azure AD Connect and SharePoint.\n- Support of the help desk, active-active clusters and kind clusters.\n" +
		"- Sensitivity labels, data-driven tests, a warm standby and zero trust.\n- Competitive salary; autonomous systems (BGP).\n- Confidence intervals, case-sensitive names and sensitive data.\n"
	r := advise(t, adviser(t), text, suggest.Options{Also: []string{"gender-words"}})
	if f := of(r, "gender-words"); len(f) > 0 {
		t.Errorf("%s", f[0].Message)
	}
}

// FuzzAdvise: what is promised is earned, whatever the text.
func FuzzAdvise(f *testing.F) {
	a, err := analyzer.New(lexicons.Builtin(), "test", score.DefaultCutoffs)
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range texts(f) {
		f.Add(text)
	}
	f.Add("Duties\n1. a\n2) b\n  • c\r\n• Patience\n<!-- x\n")
	f.Add("- excellent communication skills\n- excellent communication skills\n\n\n- an excellent\u00a0team player • teamwork • rockstar")
	// A line more made it a text that is not taken for English, and unscorable.
	f.Add("Developer\n\nRequirements\n- Java, Python, PHP, JavaScript, TypeScript, Ruby, Perl, Kotlin, Scala, C++, C#, Rust, Golang, Swift, AWS, Azure, Docker, Kubernetes, Terr}form, Ansible, Jenkins, MySQL, Postgr")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		p := posting.Posting{Text: text}
		r, err := a.Advise(p, analyzer.AdviseOptions{Year: year})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			if !utf8.ValidString(f.Words) && utf8.ValidString(text) || f.Words != text[f.Start:f.End] || f.Line < 1 || f.Column < 1 {
				t.Errorf("%s: %+v", f.Rule, f)
			}
			for _, x := range f.Fixes {
				after := a.Analyze(posting.Posting{Text: posting.Edited(text, x.Edits)})
				if math.Abs(after.Scores.Soft-r.Scores.Soft-x.Points) > 0.051 || after.Scores.Technical < r.Scores.Technical {
					t.Errorf("%s promises %.1f: %+v to %+v", f.Rule, x.Points, r.Scores, after.Scores)
				}
			}
		}
		edits, _ := suggest.Edits(r.Findings)
		if all := a.Analyze(posting.Posting{Text: posting.Edited(text, edits)}); r.Advice != nil && all.Scores != r.Advice.After && all.Status != score.Unscorable {
			t.Errorf("all edits make %+v, promised %+v", all.Scores, r.Advice.After)
		}
	})
}
