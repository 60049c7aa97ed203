package analyzer

import (
	"flag"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
)

// The laws of the codebook's section 8, "Properties the program proves", over
// postings put together at random from the sentences below. scores_test.go
// holds two more, which need no posting to be made: the scores and the verdict
// follow from the statements and matches.

// A law that fails prints its posting in full; a file of it in the tree would
// say no more.
func init() { _ = flag.Set("rapid.nofailfile", "true") }

// softAsks are sentences by the dimension that they hold, at all levels.
var softAsks = map[string][]string{
	"patience":          {"Patience.", "Patience with non-technical users.", "Stays calm under pressure."},
	"good_humour":       {"A sense of humour.", "Friendly and approachable with callers."},
	"empathy":           {"Empathy.", "Empathy with worried customers.", "Compassion and tact."},
	"listening":         {"Active listening.", "Good listening skills.", "Listens to users before acting."},
	"relationships":     {"Build relationships with department heads.", "Build trust.", "Rapport with users."},
	"service":           {"Customer focused.", "Customer service skills.", "Follow up with the user after each call."},
	"deescalation":      {"Conflict resolution.", "De-escalate upset customers.", "Diplomacy."},
	"partnership":       {"Stakeholder management.", "Partner with the finance department to plan budgets."},
	"communication":     {"Excellent communication skills.", "Strong interpersonal skills.", "Keep users informed during outages."},
	"plain_explanation": {"Explain technical matters to non-technical staff.", "Explain a fix in plain words so that the nurse can do it herself next time."},
	"mentoring":         {"Mentor junior colleagues.", "Train users.", "Coaching."},
	"teamwork":          {"Team player.", "Collaborate with product managers and designers.", "Teamwork."},
	"leadership":        {"Supervise four technicians.", "Lead a team of five technicians."},
	"morale":            {"Motivate the team.", "Foster team spirit."},
	"problem_solving":   {"Problem solving.", "Strong analytical skills."},
	"self_management":   {"Attention to detail.", "Time management.", "Self-motivated."},
}

// technicalAsks are sentences by the category that they hold. Their names do
// not depend on their case.
var technicalAsks = map[string][]string{
	"os_desktop":          {"Knowledge of Linux.", "Five years in a Windows environment."},
	"network":             {"Knowledge of TCP/IP and DNS.", "Administer the Cisco switches of three sites."},
	"server_virtual":      {"Knowledge of VMware.", "Five years of Windows Server."},
	"cloud":               {"Knowledge of Kubernetes."},
	"programming":         {"Knowledge of JavaScript.", "Four years of Python."},
	"database_data":       {"Knowledge of PostgreSQL.", "Three years of MySQL."},
	"devops_automation":   {"Knowledge of Terraform and Jenkins."},
	"productivity_collab": {"Knowledge of Microsoft Office."},
	"certification":       {"MCSE required.", "CISSP."},
}

// asides are sections that ask nothing of the candidate, in words that would
// count if they did.
var asides = []section{
	{"About us", []string{"We are a caring, people-first company.", "Our friendly team of engineers builds software in Java and Kubernetes."}},
	{"Who we are", []string{"Acme is a family business with great relationships with its customers.", "Our stack is Linux, PostgreSQL and Terraform."}},
	{"Benefits", []string{"Mentoring by patient senior staff.", "A pension and flexible hours.", "Training in AWS and Cisco."}},
	{"What we offer", []string{"Health insurance.", "A budget for certification such as CISSP."}},
	{"Equal opportunity", []string{"Qualified applicants receive consideration without regard to race, religion, sex or age.", "We welcome applications from people of every background."}},
}

// A section is a heading and what stands below it.
type section struct {
	heading    string
	statements []string
}

// A draft is a posting being put together.
type draft []section

// text writes a draft down, its statements as bullets.
func (d draft) text() string { return d.written("- ", "\n") }

// written writes a draft down with a sign before each statement and a blank
// behind it.
func (d draft) written(sign, blank string) string {
	var b strings.Builder
	b.WriteString("Support Analyst\n")
	for _, s := range d {
		b.WriteString("\n" + s.heading + "\n")
		for _, st := range s.statements {
			b.WriteString(sign + st + blank)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (d draft) analyze() *Report { return shared().Analyze(posting.Posting{Text: d.text()}) }

// change returns a draft with the statements of each section made anew.
func (d draft) change(f func([]string) []string) draft {
	out := slices.Clone(d)
	for i, s := range out {
		out[i].statements = f(slices.Clone(s.statements))
	}
	return out
}

// insert returns a draft with a statement put into one of its sections.
func (d draft) insert(t *rapid.T, statement string) draft {
	out := d.change(func(s []string) []string { return s })
	s := &out[rapid.IntRange(0, len(d)-1).Draw(t, "section")]
	s.statements = slices.Insert(s.statements, rapid.IntRange(0, len(s.statements)).Draw(t, "place"), statement)
	return out
}

// pool is all sentences of a table, in a fixed order.
func pool(table map[string][]string) (out []string) {
	for _, id := range slices.Sorted(maps.Keys(table)) {
		out = append(out, table[id]...)
	}
	return out
}

var (
	softAsk = rapid.SampledFrom(pool(softAsks))
	anAsk   = rapid.SampledFrom(append(pool(softAsks), pool(technicalAsks)...))
	aside   = rapid.SampledFrom(asides)
	heading = rapid.SampledFrom([]string{"Requirements", "Required skills", "Duties", "Responsibilities", "Nice to have", "Preferred qualifications"})
	asking  = rapid.Custom(func(t *rapid.T) section {
		return section{heading.Draw(t, "heading"), rapid.SliceOfN(anAsk, 1, 7).Draw(t, "statements")}
	})
	drafts = rapid.Map(rapid.SliceOfN(asking, 1, 4), func(s []section) draft { return s })
)

// same complains where two Reports score differently. What the order of the
// statements tells is left out.
func same(t *rapid.T, d draft, before, after *Report) {
	t.Helper()
	a, b := *before, *after
	a.Figures.TechBeforePeople, b.Figures.TechBeforePeople = 0, 0
	if a.Scores != b.Scores || a.Verdict != b.Verdict || a.Status != b.Status || a.Figures != b.Figures ||
		!reflect.DeepEqual(a.Facets, b.Facets) || !reflect.DeepEqual(a.Technical, b.Technical) || !reflect.DeepEqual(a.Unscored, b.Unscored) {
		t.Fatalf("scores change\nfrom %+v %+v\nto   %+v %+v\n%s\nwas\n%s\nis\n%s", a.Scores, a.Figures, b.Scores, b.Figures, d.text(), trace(before), trace(after))
	}
}

// TestPools holds that the sentences of the laws say what their tables say:
// over sentences that hold nothing the laws would prove nothing.
func TestPools(t *testing.T) {
	for _, table := range []map[string][]string{softAsks, technicalAsks} {
		for id, sentences := range table {
			for _, s := range sentences {
				for _, h := range []string{"Requirements", "Duties", "Nice to have"} {
					r := draft{{h, []string{s}}}.analyze()
					held := slices.ContainsFunc(r.Statements, func(s Statement) bool {
						return slices.ContainsFunc(s.Matches, func(m Match) bool { return m.Dimension == id })
					})
					if !held {
						t.Errorf("under %s, %q does not hold %s:\n%s", h, s, id, trace(r))
					}
				}
			}
		}
	}
	for _, a := range asides {
		r := draft{a}.analyze()
		for _, s := range r.Statements {
			if s.About == string(segment.Candidate) {
				t.Errorf("under %s, the statement at %d is about the candidate:\n%s", a.heading, s.Start, trace(r))
			}
		}
	}
}

func TestLaws(t *testing.T) {
	law := func(name string, check func(*rapid.T, draft)) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { check(t, drafts.Draw(t, "posting")) })
		})
	}
	law("the Report is lawful", func(t *rapid.T, d draft) {
		r := d.analyze()
		checkAll(t, d.text(), r)
		if s := r.Scores; s.Soft < 0 || s.Soft > 100 || s.Technical < 0 || s.Technical > 100 || s.Gap < -100 || s.Gap > 100 {
			t.Fatalf("out of bounds: %+v", s)
		}
	})
	law("one more soft ask never lowers soft", func(t *rapid.T, d draft) {
		more := d.insert(t, softAsk.Draw(t, "ask"))
		if before, after := d.analyze(), more.analyze(); after.Scores.Soft < before.Scores.Soft {
			t.Fatalf("soft falls from %v to %v\n%s\n%s", before.Scores.Soft, after.Scores.Soft, more.text(), trace(after))
		}
	})
	law("a repeat changes nothing", func(t *rapid.T, d draft) {
		i := rapid.IntRange(0, len(d)-1).Draw(t, "section")
		again := rapid.SampledFrom(d[i].statements).Draw(t, "statement")
		other := d.change(func(s []string) []string { return s })
		if rapid.Bool().Draw(t, "where it asks no more") {
			other = slices.Insert(other, rapid.IntRange(0, len(d)).Draw(t, "place"), section{"Nice to have", []string{again}})
		} else {
			s := &other[i].statements
			*s = slices.Insert(*s, rapid.IntRange(0, len(*s)).Draw(t, "place"), again)
		}
		same(t, other, d.analyze(), other.analyze())
	})
	law("the order within sections changes no score", func(t *rapid.T, d draft) {
		n := 0
		other := d.change(func(s []string) []string {
			n++
			return rapid.Permutation(s).Draw(t, fmt.Sprint("order ", n))
		})
		same(t, other, d.analyze(), other.analyze())
	})
	law("case changes no score", func(t *rapid.T, d draft) {
		fold := rapid.SampledFrom([]func(string) string{strings.ToUpper, strings.ToLower}).Draw(t, "case")
		other := d.change(func(s []string) []string {
			for i := range s {
				s[i] = fold(s[i])
			}
			return s
		})
		if rapid.Bool().Draw(t, "headings too") {
			for i := range other {
				other[i].heading = fold(other[i].heading)
			}
		}
		same(t, other, d.analyze(), other.analyze())
	})
	law("company, benefits and legal text change nothing", func(t *rapid.T, d draft) {
		other := slices.Clone(d)
		for range rapid.IntRange(1, 3).Draw(t, "asides") {
			other = slices.Insert(other, rapid.IntRange(0, len(other)).Draw(t, "place"), aside.Draw(t, "aside"))
		}
		same(t, other, d.analyze(), other.analyze())
	})
	law("line ends and blanks change nothing", func(t *rapid.T, d draft) {
		line := rapid.SampledFrom([]string{"\r\n", "\r", " \n", "\t \r\n", "\n \n", "\u00a0\n", "\u2028"}).Draw(t, "line end")
		text := strings.ReplaceAll(d.text(), "\n", line) + rapid.SampledFrom([]string{"", "\n", " ", "\r\n\r\n\t"}).Draw(t, "end")
		same(t, d, d.analyze(), shared().Analyze(posting.Posting{Text: text}))
	})
	law("the sign of the bullets changes nothing", func(t *rapid.T, d draft) {
		sign := rapid.SampledFrom([]string{"* ", "• ", "•", "– ", "  - ", "▪ ", "\t● ", "o ", "✓ "}).Draw(t, "sign")
		same(t, d, d.analyze(), shared().Analyze(posting.Posting{Text: d.written(sign, "\n")}))
	})
	law("running text scores as bullets do", func(t *rapid.T, d draft) {
		same(t, d, d.analyze(), shared().Analyze(posting.Posting{Text: d.written("", " ")}))
	})
}

// tools are names of five categories, each sure on its own.
var tools = []string{
	"DNS", "DHCP", "TCP/IP", "BGP", "OSPF", "VPN", "WINS", "IPsec",
	"JavaScript", "Python", "TypeScript", "PHP", "C++", "Perl", "Kotlin", "HTML", "CSS", "jQuery",
	"Kubernetes", "Docker", "EC2", "CloudFormation", "OpenStack",
	"MySQL", "PostgreSQL", "MongoDB", "Hadoop", "Cassandra", "Redis", "SQL Server", "Tableau",
	"Terraform", "Jenkins", "Ansible", "GitLab", "Prometheus", "Grafana", "CircleCI", "Nagios",
	"VMware", "Hyper-V", "Active Directory",
}

// TestFortiethTool holds that a long list of tools earns what three of them,
// of three categories, earn.
func TestFortiethTool(t *testing.T) {
	analyze := func(list []string) *Report {
		return draft{{"Requirements", []string{"Knowledge of " + strings.Join(list, ", ") + ".", "Patience with non-technical users.", "Explain technical matters to non-technical staff.", "Team player."}}}.analyze()
	}
	three := []string{"DNS", "JavaScript", "MySQL"}
	want := analyze(three)
	if want.Status != "scored" || want.Scores.Technical != 50 {
		t.Fatalf("%s: three named categories score %v, want 50\n%s", want.Status, want.Scores.Technical, trace(want))
	}
	rapid.Check(t, func(t *rapid.T) {
		more := rapid.SliceOfNDistinct(rapid.SampledFrom(tools), 0, len(tools), rapid.ID).Draw(t, "tools")
		list := rapid.Permutation(append(slices.Clone(three), more...)).Draw(t, "list")
		if got := analyze(list); got.Scores != want.Scores || got.Verdict != want.Verdict {
			t.Fatalf("%d tools score %+v %s, three %+v %s\n%s", len(list), got.Scores, got.Verdict, want.Scores, want.Verdict, trace(got))
		}
	})
}
