package suggest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"softgap/analyzer/match"
	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
)

// The rules of the technical side. What to leave out, and how many years are
// enough, is the hiring manager's to say: these rules ask, and edit little.
var technicalRules = []Rule{
	{
		Name: "impossible-years", Title: "More years than a technology is old", Severity: Error,
		Why:    "Nobody can have them; applicants take it as a sign that the posting was not read by those who know the work.",
		Source: "first public releases, lexicons/advice/young.yaml",
		Before: "Systems Engineer\n\nRequirements\n- 30 years of Kubernetes.\n- Knowledge of DNS and TCP/IP.\n- Patience with users.\n",
		After:  "Systems Engineer\n\nRequirements\n- 3 years of Kubernetes.\n- Knowledge of DNS and TCP/IP.\n- Patience with users.\n",
		find:   impossibleYears,
	},
	{
		Name: "contradiction", Title: "Asked for in two ways", Severity: Error,
		Why:    "Applicants cannot tell which of the two holds, and the strict ones among them stay away.",
		Source: "Coffman, Collis and Kulkarni 2023: clearer required qualifications raise qualified applications",
		Before: "Developer\n\nRequirements\n- 3 years of Java.\n- At least 5 years of Java.\n- Patience with users.\n",
		After:  "Developer\n\nRequirements\n- 3 years of Java.\n- Knowledge of SQL.\n- Patience with users.\n",
		find:   contradictions,
	},
	{
		Name: "long-list", Title: "A long list of technologies", Severity: Warning,
		Why:    "Postings name more skills than people have: 21.8 in a posting, 13 in a CV; three concrete areas already count in full here, the rest only keeps people away.",
		Source: "LiveCareer 2018; CODEBOOK section 8",
		Before: "Developer\n\nRequirements\n- Java, Python, PHP, JavaScript, TypeScript, Ruby, Perl, Kotlin, Scala, C++, C#, Rust, Golang, Swift, AWS, Azure, Docker, Kubernetes, Terraform, Ansible, Jenkins, MySQL, PostgreSQL, MongoDB, Oracle Database.\n",
		After:  "Developer\n\nRequirements\n- Java, Python, AWS, Docker and PostgreSQL.\n",
		find:   longList,
	},
	{
		Name: "many-musts", Title: "Many must-haves", Severity: Warning,
		Why:    "People hold themselves to the list; what could be learned in the first months is better named as nice to have.",
		Source: "Coffman, Collis and Kulkarni 2023; Abraham and Stein (Uber), 616 postings",
		Before: "Network Engineer\n\nRequirements\n" + musts(16) + "\nNice to have\n- ITIL.\n",
		After:  "Network Engineer\n\nRequirements\n" + musts(6) + "\nNice to have\n- ITIL.\n",
		find:   manyMusts,
	},
	{
		Name: "not-apart", Title: "Must-haves and nice-to-haves not told apart", Severity: Note,
		Why:    "Where all is asked alike, nobody can tell what is needed on the first day from what can be learned.",
		Source: "Coffman, Collis and Kulkarni 2023",
		Before: "Network Engineer\n\nRequirements\n" + musts(10),
		After:  "Network Engineer\n\nRequirements\n" + musts(7) + "\nNice to have\n- ITIL.\n- VMware.\n",
		find:   notApart,
	},
	{
		Name: "entry-years", Title: "Many years for a first support post", Severity: Warning,
		Why:    "First-line support is where people begin; many years asked there keep out those who would do it well.",
		Source: "Fuller and Raman 2017, 26 million postings: IT support among the jobs with inflated demands",
		Before: "Help Desk Technician\n\nRequirements\n- 6 years of experience with Windows.\n- Knowledge of DNS.\n",
		After:  "Help Desk Technician\n\nRequirements\n- 1 year of experience with Windows.\n- Knowledge of DNS.\n",
		find:   entryYears,
	},
	{
		Name: "entry-degree", Title: "A degree and no other way for a first support post", Severity: Warning,
		Why:    "Many who do this work well have no degree; \"or equivalent experience\" lets them apply.",
		Source: "Fuller and Raman 2017, 26 million postings: IT support among the jobs whose holders often lack the degree asked for",
		Before: "Help Desk Technician\n\nRequirements\n- A bachelor's degree.\n- Knowledge of Windows and DNS.\n- Patience with users.\n",
		After:  "Help Desk Technician\n\nRequirements\n- A bachelor's degree or equivalent experience.\n- Knowledge of Windows and DNS.\n- Patience with users.\n",
		find:   entryDegree,
	},
}

func musts(n int) string {
	all := []string{"DNS", "DHCP", "BGP", "OSPF", "Cisco switches", "Juniper routers", "VPN", "Wi-Fi", "Windows Server", "VMware", "Linux", "Azure", "AWS", "Python", "Ansible", "Terraform"}
	return "- Knowledge of " + strings.Join(all[:n], ".\n- Knowledge of ") + ".\n"
}

// A years is a number of years that a statement asks for.
type years struct {
	posting.Span
	statement int
	n         int // the least of a range
}

// mostYears is what a plausible number of years ends at; employers tell how old
// they are in larger ones.
const mostYears = 30

// yearsAsked finds the years asked of the candidate. The amounts are those
// that raise a level; the first number of one is the least asked.
func (w *work) yearsAsked() []years {
	var out []years
	for i, s := range w.Statements {
		if s.About != segment.Candidate || s.Repeat {
			continue
		}
		toks := w.own.Range(s.Start, s.End)
		for j, t := range toks {
			n := w.number(t, i)
			if n == 0 || n > mostYears {
				continue
			}
			if end := w.yearsEnd(toks, j); end > 0 {
				if k := len(out) - 1; k < 0 || out[k].End < int(toks[end-1].End) {
					out = append(out, years{posting.Span{Start: int(t.Start), End: int(toks[end-1].End)}, i, n})
				}
			}
		}
	}
	return out
}

// number is the number that a token says, or 0.
func (w *work) number(t phrase.Token, statement int) int {
	if n, err := strconv.Atoi(w.own.Text[t.Start:t.End]); err == nil {
		return n
	}
	for _, h := range w.hits {
		if h.statement == statement && h.list == "number" && h.Start == int(t.Start) && h.term.Weight > 0 {
			return h.term.Weight
		}
	}
	return 0
}

// yearsEnd returns the token after the word of years that a number counts, or
// 0: "5 years", "5+ years", "3 - 5 years", "five (5) years".
func (w *work) yearsEnd(toks []phrase.Token, at int) int {
	for i := at + 1; i < len(toks) && i <= at+5; i++ {
		word := w.own.Text[toks[i].Start:toks[i].End]
		if len(w.a.Found("years", word)) > 0 {
			return i + 1
		}
		if toks[i].Flags&(phrase.Sign|phrase.Digits) == 0 && len(word) > 2 && len(w.a.Found("number", word)) == 0 {
			return 0
		}
	}
	return 0
}

// reach is how many bytes of a statement may lie between years and what they
// are years of.
const reach = 60

func impossibleYears(r *Rule, w *work) []Finding {
	if w.Year == 0 {
		return nil
	}
	var out []Finding
	for _, y := range w.yearsAsked() {
		for _, h := range w.of("young") {
			between := ""
			if h.Start >= y.End {
				between = w.own.Text[y.End:h.Start]
			}
			if h.statement != y.statement || h.Start < y.End || len(between) > reach || strings.ContainsAny(between, ",;.()") {
				continue
			}
			if old := w.Year - h.term.Since; y.n > old {
				name := w.own.Text[h.Start:h.End]
				out = append(out, r.found(posting.Span{Start: y.Start, End: h.End}, name,
					fmt.Sprintf("Asks for %d years of %s, which came out in %d, %d years ago.", y.n, name, h.term.Since, old)))
			}
			break
		}
	}
	return out
}

// contradictions finds one technology with two numbers of years, and a post
// that asks for no experience and for years of it.
func contradictions(r *Rule, w *work) []Finding {
	var out []Finding
	type first struct {
		years
		quote string
	}
	seen := map[string]first{}
	for _, y := range w.yearsAsked() {
		ms := slices.DeleteFunc(w.matchesIn(y.statement, match.Technical), func(m match.Match) bool { return m.Ask == segment.Preferred })
		if len(ms) != 1 {
			continue
		}
		key := ms[0].Dimension + "/" + ms[0].Term
		f, ok := seen[key]
		if ok && f.n != y.n && f.statement != y.statement {
			out = append(out, r.found(y.Span, key, fmt.Sprintf("Asks for “%s” of %s here and for “%s” above.",
				w.own.Text[y.Start:y.End], w.Text.Text[ms[0].Start:ms[0].End], f.quote)))
		} else if !ok {
			seen[key] = first{y, w.own.Text[y.Start:y.End]}
		}
	}
	for _, h := range w.of("entry") {
		if h.term.ID != "none" || w.Statements[h.statement].About != segment.Candidate {
			continue
		}
		for _, y := range w.yearsAsked() {
			if y.n >= 2 {
				out = append(out, r.found(y.Span, "none", fmt.Sprintf("Asks for “%s”, and says “%s”.", w.own.Text[y.Start:y.End], w.own.Text[h.Start:h.End])))
				break
			}
		}
		break
	}
	return out
}

// The lengths from which a list is long: of what a posting names in all, and
// of one kind. A CV holds 13.
const (
	longAll  = 22
	longKind = 14
)

func longList(r *Rule, w *work) []Finding {
	terms, kinds := map[string]bool{}, map[string]int{}
	var first, most match.Match
	for _, m := range w.Matches {
		key := m.Dimension + "/" + m.Term
		if m.Side != match.Technical || m.Ask == segment.Preferred || terms[key] {
			continue
		}
		if len(terms) == 0 {
			first = m
		}
		terms[key] = true
		kinds[m.Dimension]++
		if kinds[m.Dimension] > kinds[most.Dimension] {
			most = m
		}
	}
	n := kinds[most.Dimension]
	switch {
	case len(terms) > longAll:
		return []Finding{r.found(first.Span, "", fmt.Sprintf("Asks for %d technologies and methods, %d of them in %s. Which five does the first half-year need?", len(terms), n, w.name(most.Dimension)))}
	case n > longKind:
		for _, m := range w.Matches {
			if m.Dimension == most.Dimension {
				return []Finding{r.found(m.Span, "", fmt.Sprintf("Asks for %d things in %s. Which of them does the first half-year need?", n, w.name(most.Dimension)))}
			}
		}
	}
	return nil
}

// The numbers of must-haves from which it is said.
const (
	mostMusts   = 13
	apartAtMost = 8
)

// required returns the statements that are must-haves, and how many are only
// preferred.
func (w *work) required() (musts []int, preferred int) {
	for i, s := range w.Statements {
		if s.About != segment.Candidate || s.IsHead || s.Repeat {
			continue
		}
		switch {
		case s.Ask == segment.Preferred, slices.ContainsFunc(s.Clauses, func(c segment.Clause) bool { return c.Ask == segment.Preferred }):
			preferred++
		case s.Ask == segment.Required:
			musts = append(musts, i)
		}
	}
	return musts, preferred
}

func manyMusts(r *Rule, w *work) []Finding {
	musts, _ := w.required()
	if len(musts) <= mostMusts {
		return nil
	}
	return []Finding{r.found(w.Statements[musts[mostMusts]].Span, "", fmt.Sprintf("Names %d must-haves; a CV names %d skills on average. This is where the list passes that.", len(musts), mostMusts))}
}

func notApart(r *Rule, w *work) []Finding {
	musts, preferred := w.required()
	if len(musts) <= apartAtMost || preferred > 0 {
		return nil
	}
	return []Finding{r.found(w.Statements[musts[0]].Span, "", fmt.Sprintf("Asks for %d things as must-haves and for none as nice to have.", len(musts)))}
}

// entry reports whether the post is one where people begin in support.
func (w *work) entry() bool {
	if w.Family != "help-desk" {
		return false
	}
	return !slices.Contains(w.a.Found("entry", w.Title), "senior")
}

// entryYearsAtMost is what a first support post may ask for.
const entryYearsAtMost = 3

func entryYears(r *Rule, w *work) []Finding {
	if !w.entry() {
		return nil
	}
	for _, y := range w.yearsAsked() {
		if s := w.Statements[y.statement]; y.n > entryYearsAtMost && s.Ask != segment.Preferred {
			return []Finding{r.found(y.Span, "", fmt.Sprintf("Asks for “%s” in a first support post.", w.own.Text[y.Start:y.End]))}
		}
	}
	return nil
}

func entryDegree(r *Rule, w *work) []Finding {
	if !w.entry() {
		return nil
	}
	hits := w.of("degree")
	for _, h := range hits {
		s := w.Statements[h.statement]
		other := slices.ContainsFunc(hits, func(o hit) bool { return o.statement == h.statement && o.term.ID == "other-way" })
		if h.term.ID != "degree" || other || s.About != segment.Candidate || s.Ask == segment.Preferred {
			continue
		}
		f := r.found(h.Span, "", "Asks for a degree and leaves no other way in.")
		f.tries = []Fix{{Message: "Add: “or equivalent experience”", Edits: []posting.Edit{{Span: endOf(w, s), Text: " or equivalent experience"}}}}
		return []Finding{f}
	}
	return nil
}

// endOf is the place before the full stop of a statement.
func endOf(w *work, s segment.Statement) posting.Span {
	at := s.Start + len(strings.TrimRight(w.Text.Text[s.Start:s.End], " .;\r\n"))
	return posting.Span{Start: at, End: at}
}
