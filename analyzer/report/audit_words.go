package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"softgap/analyzer"
	"softgap/analyzer/audit"
	"softgap/analyzer/interval"
	"softgap/analyzer/score"
)

// This file turns an Audit's figures into plain words; its faces share it.

const missing = "-" // where there is no figure

// figure is a number of points.
func figure(x interval.Number) string {
	if !x.Defined() {
		return missing
	}
	return strings.TrimPrefix(signed(float64(x)), "+")
}

// signedFigure is a number of points with its sign.
func signedFigure(x interval.Number) string {
	if !x.Defined() {
		return missing
	}
	return signed(float64(x))
}

// between is the interval of a number of points, empty where there is none.
func between(e interval.Estimate) string {
	if !e.Low.Defined() || !e.High.Defined() {
		return ""
	}
	return "[" + figure(e.Low) + ", " + figure(e.High) + "]"
}

// percent is a share in hundredths, whole unless it would seem none or all.
func percent(x interval.Number) string {
	if !x.Defined() {
		return missing
	}
	return strconv.FormatFloat(100*float64(x), 'f', 0, 64) + " %"
}

// percents is the interval of a share.
func percents(e interval.Estimate) string {
	if !e.Low.Defined() || !e.High.Defined() {
		return ""
	}
	return fmt.Sprintf("[%.0f, %.0f]", 100*float64(e.Low), 100*float64(e.High))
}

// concretely counts postings by how concretely they ask for one thing.
func concretely(a audit.Asked) string {
	var parts []string
	for level := 4; level > 0; level-- {
		if n := a.Levels[level]; n > 0 {
			words := levelWords(level)
			if level == 1 && n > 1 {
				words += "s" // generic phrases
			}
			parts = append(parts, strconv.Itoa(n)+" "+words)
		}
	}
	if len(parts) == 0 {
		return "nobody asks for it"
	}
	return strings.Join(parts, ", ")
}

// verdictLabel is a verdict in the plural, for counting.
func verdictLabel(v score.Verdict, c score.Cutoffs) string {
	switch v {
	case score.HellerPattern:
		return "concrete about technical skills, next to silent about people"
	case score.TiltedTechnical:
		return "tilted: technical skills are stated more concretely"
	case score.Balanced:
		return fmt.Sprintf("a gap of %g points or less", c.BalancedGap)
	}
	return clean(string(v))
}

// labelled is a share of postings and what it is of.
type labelled struct {
	audit.Share
	Label string
}

// counts are the postings by verdict, and those that ask for little of the
// person.
func counts(a *audit.Audit) []labelled {
	var out []labelled
	for _, v := range a.Verdicts {
		out = append(out, labelled{v.Share, verdictLabel(v.Verdict, a.Cutoffs)})
	}
	return append(out,
		labelled{a.Generic, "no people skill, or stock phrases only"},
		labelled{a.Silent, "none of the twelve people skills"})
}

// auditTitle is the heading of a page.
func auditTitle(a *audit.Audit) string {
	switch a.Scored {
	case 0:
		return "Job postings, of which none could be scored"
	case 1:
		return "What one job posting asks for"
	}
	return fmt.Sprintf("What %d job postings ask for", a.Scored)
}

// subject says what was read, in a sentence.
func subject(a *audit.Audit) string {
	s := count(a.Read, "posting") + " read, " + strconv.Itoa(a.Scored) + " scored"
	for _, part := range []struct {
		n    int
		what string
	}{{a.Thin, "with too little to judge"}, {a.Unscorable, "not to be scored"}, {a.Duplicates, "the same as another"}} {
		if part.n > 0 {
			s += ", " + strconv.Itoa(part.n) + " " + part.what
		}
	}
	s += "."
	if a.Unread > 0 {
		s += " " + count(a.Unread, "source") + " could not be opened."
	}
	return s
}

// spread tells how the gaps lie.
func spread(a *audit.Audit) string {
	return fmt.Sprintf("Half of the gaps lie between %s and %s, all between %s and %s.",
		signedFigure(a.Gap.Low), signedFigure(a.Gap.High), signedFigure(a.Gap.Min), signedFigure(a.Gap.Max))
}

// exclusionWords is why postings stand in no figure.
func exclusionWords(e audit.Exclusion) string {
	reason := clean(e.Reason)
	switch e.Status {
	case string(score.Thin):
		return "Too little to judge: " + reason
	case "duplicate":
		return "Counted once: " + reason
	}
	return "Not scored: " + reason
}

// groupingWords are the names of what postings are grouped by.
var groupingWords = map[string]string{
	"family": "By role", "organization": "By organisation", "location": "By place", "year": "By year", "month": "By month",
}

func groupsTitle(by string) string {
	if t, ok := groupingWords[by]; ok {
		return t
	}
	return "By " + clean(by)
}

// groupsHead is the head of the column that names the groups.
func groupsHead(title string) string {
	if of, ok := strings.CutPrefix(title, "By "); ok && of != "" {
		r, n := utf8.DecodeRuneInString(of)
		return string(unicode.ToUpper(r)) + of[n:]
	}
	return "Time"
}

// roleNames are the names of role families whose ids do not tell them.
var roleNames = map[string]string{
	"systems-network": "Systems and networks", "devops-cloud": "DevOps and cloud", "qa": "Quality and testing", "data": "Data and AI",
	"other-it": "Other IT",
}

// grouped reports whether there are groups to show: by nothing that any posting
// states there are none.
func grouped(a *audit.Audit) bool {
	return len(a.Groups) > 1 || len(a.Groups) == 1 && a.Groups[0].Name != ""
}

// ungrouped says why there are no groups.
func ungrouped(a *audit.Audit) string {
	if a.By == "" || a.Scored == 0 || grouped(a) {
		return ""
	}
	switch a.By {
	case "family":
		return "No title tells a role that is known."
	case "organization":
		return "No posting states its organisation."
	}
	return "No posting states its " + clean(a.By) + "."
}

const (
	mostGroups = 20 // that a page shows; JSON has them all
	fewGroups  = 12 // beyond so many, small ones are left out
)

// shownGroups are the groups that a page shows, and how many it leaves out.
func shownGroups(groups []audit.Group) (show []audit.Group, more int) {
	n := min(len(groups), mostGroups)
	for n > fewGroups && groups[n-1].Small {
		n--
	}
	return groups[:n], len(groups) - n
}

// groupName is the name of a group; the ids of role families have no capitals.
func groupName(by string, g audit.Group) string {
	name := clean(g.Name)
	switch {
	case name == "" && by == "family":
		return "Other or no known role"
	case name == "":
		return "Not stated"
	case by == "family":
		if known, ok := roleNames[name]; ok {
			return known
		}
		name = strings.ReplaceAll(name, "-", " ")
		return strings.ToUpper(name[:1]) + name[1:]
	}
	return name
}

// groupNote says why a group is not ranked.
func groupNote(g audit.Group) string {
	if g.Small {
		return "few"
	}
	return ""
}

// refTitle names a posting, one without a title by its file.
func refTitle(r audit.Ref) string {
	if t := clean(r.Title); t != "" {
		return t
	}
	if s := refSource(r); s != "" && r.Source != "-" {
		return s[strings.LastIndexAny(s, `/\`)+1:]
	}
	return "(untitled posting)"
}

// refPlace says whose posting it is, and where and when.
func refPlace(r audit.Ref) string {
	var parts []string
	for _, s := range []string{r.Organization, r.Location, r.DatePosted} {
		if s = clean(s); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// refSource says where a posting was read.
func refSource(r audit.Ref) string {
	s := clean(r.Source)
	switch {
	case s == "-":
		s = "standard input"
	case s == "":
		s = clean(r.URL)
	}
	if r.Record > 1 {
		s += ", record " + strconv.Itoa(r.Record)
	}
	return s
}

// explainLine is the command that traces every point of a posting; there is
// none for one that came by a pipe.
func explainLine(r audit.Ref) string {
	source := clean(r.Source)
	if source == "" || source == "-" {
		return ""
	}
	if strings.ContainsAny(source, " '()&;") {
		source = `"` + source + `"`
	}
	line := "softgap explain " + source
	if r.Record > 1 {
		line += " --record " + strconv.Itoa(r.Record)
	}
	return line
}

// saidWords are an example's own words on one side, the most concrete first,
// in about n columns, or that there are none.
func saidWords(said []analyzer.Said, n int) string {
	said = slices.Clone(said)
	slices.SortStableFunc(said, func(x, y analyzer.Said) int { return y.Level - x.Level })
	var out []string
	wide := 0
	for _, s := range said {
		words := clean(s.Words)
		inOther := func(other string) bool { return strings.Contains(strings.ToLower(other), strings.ToLower(words)) }
		if s.Level == 0 || words == "" || slices.ContainsFunc(out, inOther) {
			continue
		}
		words = "“" + cut(words, 80) + "”"
		if wide += columns(words) + 2; wide > n && len(out) > 0 {
			break
		}
		out = append(out, words)
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, ", ")
}

const (
	technicalColumns = 110
	peopleColumns    = 160
)

// nobody lists what no posting asks for, in a sentence.
func nobody(a *audit.Audit) string {
	if a.Scored == 0 {
		return ""
	}
	var names []string
	for _, d := range a.Dimensions {
		if d.Postings == 0 {
			names = append(names, strings.ToLower(name(d.Title, d.ID)))
		}
	}
	switch len(names) {
	case 0:
		return "Each of the twelve people skills is asked for by somebody."
	case len(a.Dimensions):
		return "Nobody asks for any of the twelve people skills."
	}
	return "Nobody asks for: " + strings.Join(names, ", ") + "."
}

// reading tells how to read an Audit.
func reading(a *audit.Audit) []string {
	drawn := "postings"
	if a.Method.Clustered {
		drawn = fmt.Sprintf("the %d organisations", a.Method.Organizations)
	}
	return []string{
		"A score runs from 0, nothing asked for, to 100. Technical counts the three strongest of 13 kinds of technical skill; people counts five groups of people skills, weighted by how much they matter in user support (O*NET 29.3). The gap is technical minus people. Of one posting, read it as give or take twelve points.",
		"How concretely: a generic phrase (“communication skills”) weighs a quarter, a skill named (“patience”) half, in context (“patience with callers”) three quarters, as behaviour that one could watch the whole.",
		fmt.Sprintf("Brackets hold 95 %% intervals: Wilson's for shares, which take postings as independent; for means a bootstrap over %s (%d resamples, seed %d).", drawn, a.Method.Resamples, a.Method.Seed),
		fmt.Sprintf("Groups of fewer than %d postings are marked “few”, not ranked, and have no intervals: chance alone moves them.", audit.SmallGroup),
		"The figures are of the postings given. They are no sample of a market, and no statement about people.",
		caveat,
	}
}
