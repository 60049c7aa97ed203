package suggest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"softgap/analyzer/match"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
)

// The rules of the people side. Each of the five parts of the score speaks at
// most once, by the rule that says most exactly what it lacks.
var peopleRules = []Rule{
	{
		Name: "missing", Title: "A quality that the job needs and the posting does not ask for", Severity: Warning,
		Why:    "The work needs it; a posting that is silent on it neither draws nor screens for it.",
		Source: "O*NET 29.3, 15-1232 Computer User Support Specialists; M. Heller, Soft skills in hard times, CIO 2000",
		Before: helpDesk + "- Reset passwords for staff.\n",
		After: helpDesk + "- Stay patient with users who are new to a system, and go through each step at their own pace.\n- Listen to users without interrupting, and repeat the problem back in plain words before fixing it.\n" +
			"- Follow up with users after each fix, and close the request only when they are satisfied.\n- Explain each fix to users in plain words, so that they can help themselves next time.\n- Train users in small groups, so that they can use new tools with confidence.\n",
		find: peopleRule("missing"),
	},
	{
		Name: "praise-only", Title: "A quality said of the company and asked of nobody", Severity: Warning,
		Why:    "What the posting says of the employer tells readers what they will meet, not what they must bring.",
		Source: "CODEBOOK section 2; Sayfullina et al. 2018: words about the company are often misread as asked",
		Before: helpDesk + "- Reset passwords for staff.\n\nAbout us\nWe are a friendly and patient team.\n",
		After:  helpDesk + "- Stay patient with users who are new to a system, and go through each step at their own pace.\n\nAbout us\nWe are a friendly and patient team.\n",
		find:   peopleRule("praise-only"),
	},
	{
		Name: "stock-phrase", Title: "A stock phrase that could say what is done", Severity: Warning,
		Why:    "It says it, but not with whom or how; nearly every posting holds it, so it tells applicants nothing.",
		Source: "Abraham and Stein (Uber), 616 postings: sharper wording, 7 % more applications; Hansen and Wänke 2010",
		Before: helpDesk + "- Reset passwords for staff.\n- Excellent communication skills.\n",
		After:  helpDesk + "- Reset passwords for staff.\n- Explain each fix to users in plain words, so that they can help themselves next time.\n",
		find:   peopleRule("stock-phrase"),
	},
	{
		Name: "named-only", Title: "A quality that is named and not shown", Severity: Warning,
		Why:    "It names the quality, but not with whom or how; a line one could watch says what is meant.",
		Source: "CODEBOOK section 4; Hansen and Wänke 2010: the concrete reads as truer",
		Before: helpDesk + "- Reset passwords for staff.\n- Patience.\n",
		After:  helpDesk + "- Reset passwords for staff.\n- Stay patient with users who are new to a system, and go through each step at their own pace.\n",
		find:   peopleRule("named-only"),
	},
	{
		Name: "only-preferred", Title: "A people skill asked for only as nice to have", Severity: Warning,
		Why:    "What is only nice to have is read as what can be left out.",
		Source: "CODEBOOK section 3; Coffman, Collis and Kulkarni 2023",
		Before: helpDesk + "- Reset passwords for staff.\n\nNice to have\n- Patience with users.\n",
		After:  helpDesk + "- Stay patient with users who are new to a system, and go through each step at their own pace.\n\nNice to have\n- A driving licence.\n",
		find:   peopleRule("only-preferred"),
	},
}

const helpDesk = "Help Desk Technician\n\nDuties\n- Install laptops and printers for new staff.\n- Answer calls about Windows and Office.\n"

// least is how many points a part must lack to be spoken of.
const least = 1.0

// peopleRule finds the parts of the people side of which one rule speaks.
func peopleRule(name string) func(*Rule, *work) []Finding {
	return func(r *Rule, w *work) []Finding {
		var out []Finding
		for i := range w.Result.Facets {
			if f := w.short(&w.Result.Facets[i]); f.rule == name {
				out = append(out, w.advise(r, f))
			}
		}
		return out
	}
}

// fewPraise is how many words praise of an employer has: more are a report of
// what it does.
const fewPraise = 3

// A part is one of the five of the people side, and what it lacks.
type part struct {
	*score.Facet
	rule  string
	match match.Match // the words that come nearest, unless nothing does
}

// short says what a part lacks, and by which rule; the rule is empty where it
// lacks nothing to speak of.
func (w *work) short(f *score.Facet) part {
	p := part{Facet: f}
	if f.Shortfall < least {
		return p
	}
	of := func(m match.Match) bool {
		return slices.ContainsFunc(f.Dimensions, func(e score.Evidence) bool { return e.ID == m.Dimension })
	}
	weight := func(m match.Match) float64 {
		return score.AskWeight(string(m.Ask)) * score.LevelWeight(m.Level)
	}
	found, preferred := false, true
	for _, m := range w.Matches {
		if !of(m) {
			continue
		}
		if !found || weight(m) > weight(p.match) {
			p.match = m
		}
		found = true
		preferred = preferred && m.Ask == segment.Preferred
	}
	praise := func(m match.Match) bool {
		return of(m) && m.Level <= 2 && len(strings.Fields(w.Text.Text[m.Start:m.End])) <= fewPraise
	}
	switch i := slices.IndexFunc(w.Praise, praise); {
	case found && preferred:
		p.rule = "only-preferred"
	case found && p.match.Level == 1:
		p.rule = "stock-phrase"
	case found && p.match.Level == 2:
		p.rule = "named-only"
	case found: // it says with whom, or how
	case i >= 0:
		p.rule, p.match = "praise-only", w.Praise[i]
	default:
		p.rule = "missing"
	}
	return p
}

// advise says what a part lacks, and what to write.
func (w *work) advise(r *Rule, p part) Finding {
	var names []string
	for _, e := range p.Dimensions {
		names = append(names, w.name(e.ID))
	}
	span := p.match.Span
	quoted := ""
	switch p.rule {
	case "missing":
	case "praise-only":
		span.Start += len(w.Text.Text[span.Start:span.End]) - len(strings.TrimLeft(w.Text.Text[span.Start:span.End], " ,.;:-"))
		quoted = "“" + strings.Join(strings.Fields(w.Text.Text[span.Start:span.End]), " ") + "”"
	default:
		span, quoted = w.quote(p.match)
	}
	var message string
	switch r.Name {
	case "missing":
		message = "Names no quality about " + or(names) + "."
	case "praise-only":
		message = fmt.Sprintf("Says %s of the employer, and asks it of nobody.", quoted)
	case "stock-phrase":
		message = quoted + " says it, but not with whom or how."
	case "named-only":
		message = fmt.Sprintf("%s names %s, but not with whom or how it shows.", quoted, w.name(p.match.Dimension))
	case "only-preferred":
		message = quoted + " is asked for only as nice to have."
	}
	f := r.found(span, p.ID, message)
	if r.Name == "missing" {
		yardstick := ""
		if w.Family != "help-desk" {
			yardstick = ", by whom every IT job is measured here"
		}
		f.Why = fmt.Sprintf("O*NET rates this %.1f of 5 in importance for computer support specialists%s; silence draws nobody who has it.", 1+4*p.Norm, yardstick)
	}
	f.short = p.Shortfall
	dims := make([]string, 0, len(p.Dimensions))
	for _, e := range p.Dimensions {
		if e.ID == p.match.Dimension {
			dims = slices.Insert(dims, 0, e.ID)
		} else {
			dims = append(dims, e.ID)
		}
	}
	if r.Name == "missing" || r.Name == "praise-only" {
		f.tries = w.additions(w.linesFor(dims, r.Name == "praise-only"))
	} else {
		lines := w.linesFor(dims, true)
		f.tries = slices.Concat(w.replacements(p.match, lines), w.additions(lines))
	}
	if r.Name == "missing" {
		at := len(strings.TrimRight(w.Text.Text, "\r\n\t "))
		if places := w.places(); len(places) > 0 {
			at = places[0].at
		}
		f.Span = posting.Span{Start: at, End: at}
	}
	return f
}

// quote is a match as a reader knows it again: its statement if that is short,
// else the words from it on.
func (w *work) quote(m match.Match) (posting.Span, string) {
	text := w.Text.Text
	s := w.Statements[m.Statement].Span
	if all := strings.Fields(text[s.Start:s.End]); len(all) <= few {
		return s, "“" + strings.TrimRight(strings.Join(all, " "), ".;,") + "”"
	}
	m.Start += len(text[m.Start:m.End]) - len(strings.TrimLeft(text[m.Start:m.End], " ,.;:-"))
	all := strings.Fields(text[m.Start:s.End])
	if len(all) > few {
		return m.Span, "“" + strings.Join(all[:few], " ") + " …”"
	}
	return m.Span, "“" + strings.TrimRight(strings.Join(all, " "), ".;,") + "”"
}

// additions are fixes that put a line in, at the best place first.
func (w *work) additions(lines []chosen) []Fix {
	var out []Fix
	for i, p := range w.places() {
		for _, l := range lines[:min(len(lines), 8>>i)] {
			said := l.say(p.tone, w)
			out = append(out, Fix{Message: "Add: “" + said + "”", line: said, group: i + 1, cost: l.cost(),
				Edits: []posting.Edit{{Span: posting.Span{Start: p.at, End: p.at}, Text: p.put(said)}}})
		}
	}
	return out
}

// few is how many words a statement has that is quoted as a whole, and that a
// line may take the place of; fewer where it is more than a stock phrase.
const (
	few      = 9
	fewNamed = 3
	leadUp   = 3 // how many words stand before the phrase at most
)

// replacements are fixes that put a line in the place of a statement which
// says nothing else than the stock phrase, or the name of the quality.
func (w *work) replacements(m match.Match, lines []chosen) []Fix {
	s := w.Statements[m.Statement]
	item, l := w.itemOf(m.Statement)
	most := few
	if m.Level > 1 {
		most = fewNamed
	}
	if item == nil || item.first != item.last || len(w.matchesIn(m.Statement, match.Technical)) > 0 ||
		len(w.matchesIn(m.Statement, match.Soft)) > 1 || len(strings.Fields(w.Text.Text[s.Start:s.End])) > most || w.saysMore(m) {
		return nil
	}
	var out []Fix
	for _, x := range lines[:min(len(lines), 4)] {
		if x.beside > 0 {
			continue // the quality that is named would be lost
		}
		said := l.styled(x.say(l.tone, w))
		out = append(out, Fix{Message: "Replace it with: “" + said + "”", line: said, cost: x.cost(), Edits: []posting.Edit{{Span: s.Span, Text: said}}})
	}
	return out
}

// saysMore reports whether the statement of a match holds what a line in its
// place would lose: a name, such as a language's, words behind the match, or
// more before it than lead up to it.
func (w *work) saysMore(m match.Match) bool {
	s := w.Statements[m.Statement]
	before := strings.Fields(w.Text.Text[s.Start:m.Start])
	behind := strings.FieldsFunc(w.Text.Text[m.End:s.End], func(r rune) bool { return !unicode.IsLetter(r) })
	name := func(word string) bool { r, _ := utf8.DecodeRuneInString(word); return unicode.IsUpper(r) }
	return len(before) > leadUp || len(behind) > 1 || slices.ContainsFunc(before[min(1, len(before)):], name) || slices.ContainsFunc(behind, name)
}

// or joins names: a, b or c.
func or(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
	return strings.Join(names, "")
}
