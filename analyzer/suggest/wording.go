package suggest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"softgap/analyzer/match"
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
)

// The rules of wording.
var wordRules = []Rule{
	{
		Name: "intensifier", Title: "Praise of a skill", Severity: Note,
		Why:    "Adjectives such as these name no standard; without them the line says as much.",
		Source: "Abraham and Stein (Uber), 616 postings: among other changes, fewer adjectives, 7 % more applications",
		Before: helpDesk + "- Excellent knowledge of Windows and printers.\n",
		After:  helpDesk + "- Knowledge of Windows and printers.\n",
		find:   intensifiers,
	},
	{
		Name: "cliche", Title: "A cliché or an in-joke", Severity: Note,
		Why:    "Readers who do not recognise themselves in it leave; those who stay have learned nothing of the work.",
		Source: "Canva, 6.3 million postings (trade press); Milkround, 2,000 adults (vendor survey): both weak",
		Before: "Developer\n\nDuties\n- Build the pages of our shop.\n\nRequirements\n- You are a JavaScript ninja.\n- Knowledge of SQL.\n",
		After:  "Developer\n\nDuties\n- Build the pages of our shop.\n\nRequirements\n- You are a JavaScript expert.\n- Knowledge of SQL.\n",
		find:   cliches,
	},
	{
		Name: "abbreviation", Title: "An abbreviation that is not explained", Severity: Note,
		Why:    "Someone who is good with people and new to the trade may not know it, and will not ask.",
		Source: "Milkround, 2,000 adults (vendor survey): half skip what they do not understand",
		Before: helpDesk + "- Keep to the SLA of each request.\n",
		After:  helpDesk + "- Keep to the service level agreement (SLA) of each request.\n",
		find:   abbreviations,
	},
	{
		Name: "gender-words", Title: "Gender-coded words", Severity: Note, Off: true,
		Why:    "Postings with many words of one kind were judged less appealing by the other sex in experiments; in the field the effect is in dispute.",
		Source: "Gaucher, Friesen and Kay 2011; against: Castilla and Rho 2023, about 300,000 postings, negligible; for: He and Kang 2025",
		Before: helpDesk + "- Show an aggressive and dominant manner.\n- Be assertive and fearless.\n",
		After:  helpDesk + "- Show a firm manner.\n",
		find:   genderWords,
	},
}

// intensifiers finds praise of skills. It is one finding: to be told of each
// would be noise.
func intensifiers(r *Rule, w *work) []Finding {
	rewritten := map[int]bool{} // statements that another rule would have written anew
	for i := range w.Result.Facets {
		if p := w.short(&w.Result.Facets[i]); p.rule == "stock-phrase" {
			rewritten[p.match.Statement] = true
		}
	}
	var hits []hit
	for _, h := range w.of("intensifier") {
		if h.next && !rewritten[h.statement] && w.Statements[h.statement].About == segment.Candidate {
			hits = append(hits, h)
		}
	}
	if len(hits) == 0 {
		return nil
	}
	words := w.own.Text[hits[0].Start:hits[0].End]
	message := fmt.Sprintf("“%s” can go.", words)
	if n := len(hits) - 1; n > 0 {
		message = fmt.Sprintf("“%s” can go, and so can %s like it.", words, times(n, "word"))
	}
	f := r.found(hits[0].Span, "", message)
	var edits []posting.Edit
	for _, h := range hits {
		edits = append(edits, w.without(h.Span))
	}
	f.tries = []Fix{{Message: "Take it out", Edits: edits}}
	if len(edits) > 1 {
		f.tries[0].Message = "Take them out"
	}
	return []Finding{f}
}

func times(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// without takes words out, with the blank behind them. What then begins the
// statement gets its capital, and "an" becomes "a" where it must.
func (w *work) without(span posting.Span) posting.Edit {
	text := w.Text.Text
	end := span.End + len(text[span.End:]) - len(strings.TrimLeft(text[span.End:], " "))
	first, _ := utf8.DecodeRuneInString(text[span.Start:])
	next, n := utf8.DecodeRuneInString(text[end:])
	e := posting.Edit{Span: posting.Span{Start: span.Start, End: end}}
	if unicode.IsUpper(first) && unicode.IsLower(next) {
		e.End += n
		e.Text = string(unicode.ToUpper(next))
	}
	for _, article := range []string{"an", "An", "a", "A"} {
		from := span.Start - len(article) - 1
		if from < 0 || text[from:span.Start-1] != article || text[span.Start-1] != ' ' || from > 0 && text[from-1] != ' ' && text[from-1] != '\n' {
			continue
		}
		e.Start = from
		e.Text = article[:1]
		if strings.ContainsRune("aeiouAEIOU", next) {
			e.Text += "n"
		}
		e.Text += " "
		break
	}
	return e
}

// cliches finds each cliché once.
func cliches(r *Rule, w *work) []Finding {
	var out []Finding
	seen := map[string]bool{}
	for _, h := range w.of("cliche") {
		s := w.Statements[h.statement]
		if seen[h.term.ID] || s.About == segment.Other && !s.IsHead && h.statement > 0 { // the first is the title
			continue
		}
		seen[h.term.ID] = true
		words := w.own.Text[h.Start:h.End]
		f := r.found(h.Span, h.term.ID, fmt.Sprintf("“%s” is a cliché: say what is meant, or leave it out.", words))
		if e, said, ok := w.instead(h); ok {
			f.tries = []Fix{{Message: said, Edits: []posting.Edit{e}}}
		}
		out = append(out, f)
	}
	return out
}

// instead replaces a cliché by what its list gives: words, in which * stands
// for the last of those replaced, or nothing.
func (w *work) instead(h hit) (posting.Edit, string, bool) {
	words := w.own.Text[h.Start:h.End]
	by := h.term.Instead
	last := words[strings.LastIndexByte(words, ' ')+1:]
	switch {
	case by == "" || by == "-":
		return posting.Edit{}, "", false
	case strings.Contains(by, "*"):
		by = strings.Replace(by, "*", last, 1)
	case strings.HasSuffix(words, "s"):
		by += "s"
	}
	if r, _ := utf8.DecodeRuneInString(words); unicode.IsUpper(r) {
		by = upperFirst(by)
	}
	e := posting.Edit{Span: h.Span, Text: by}
	if before := w.Text.Text[:h.Start]; !vowel(strings.ToLower(words[:1])) && vowel(strings.ToLower(by[:1])) && strings.HasSuffix(before, " a ") {
		e.Start, e.Text = h.Start-1, "n "+by
	}
	return e, "Write “" + by + "”", true
}

// abbreviations finds those that a posting for a post with people does not
// explain, each at its first place.
func abbreviations(r *Rule, w *work) []Finding {
	if w.Family != "help-desk" {
		return nil
	}
	var out []Finding
	seen := map[string]bool{}
	for _, h := range w.of("abbreviation") {
		short, full := w.own.Text[h.Start:h.End], h.term.Instead
		if seen[h.term.ID] || strings.Contains(strings.ToLower(w.Text.Text), strings.ToLower(full)) {
			continue
		}
		seen[h.term.ID] = true
		f := r.found(h.Span, h.term.ID, fmt.Sprintf("“%s” is not explained.", short))
		f.tries = []Fix{{Message: "Write “" + full + " (" + short + ")”", Edits: []posting.Edit{{Span: h.Span, Text: full + " (" + short + ")"}}}}
		out = append(out, f)
	}
	return out
}

// gendered is by how many words one kind must outnumber the other.
const gendered = 4

// genderWords compares the two kinds of words. Words that the technical side
// has taken are no traits: Active Directory, Azure AD Connect, a support desk.
func genderWords(r *Rule, w *work) []Finding {
	counts := map[string][]hit{}
	for _, h := range w.of("gender") {
		s := w.Statements[h.statement]
		if s.IsHead || s.About != segment.Candidate && s.About != segment.Employer {
			continue
		}
		if slices.ContainsFunc(w.Matches, func(m match.Match) bool { return m.Side == match.Technical && m.Overlaps(h.Span) }) {
			continue
		}
		counts[h.term.ID] = append(counts[h.term.ID], h)
	}
	m, f := counts["masculine"], counts["feminine"]
	kind, hits := "masculine", m
	if len(f) > len(m) {
		kind, hits = "feminine", f
	}
	if len(hits) < gendered || len(hits)-min(len(m), len(f)) < gendered {
		return nil
	}
	var words []string
	for _, h := range hits {
		if x := strings.ToLower(w.own.Text[h.Start:h.End]); !slices.Contains(words, x) {
			words = append(words, x)
		}
	}
	return []Finding{r.found(hits[0].Span, kind, fmt.Sprintf("%d words are coded %s, %d the other way: %s.", len(hits), kind, min(len(m), len(f)), strings.Join(words, ", ")))}
}
