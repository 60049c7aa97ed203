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

// The rules of the posting's shape.
var shapeRules = []Rule{
	{
		Name: "people-last", Title: "People skills only at the end", Severity: Note,
		Why:    "What comes first reads as what matters, and readers stop early.",
		Source: "M. Heller, Soft skills in hard times, CIO 2000",
		Before: "Network Engineer\n\nRequirements\n" + musts(11) + "- Patience with users.\n",
		After:  "Network Engineer\n\nRequirements\n- Patience with users.\n" + musts(11),
		find:   peopleLast,
	},
	{
		Name: "duplicate", Title: "Said twice", Severity: Note,
		Why:    "It counts once however often it stands there, and makes the posting longer.",
		Source: "CODEBOOK section 1",
		Before: helpDesk + "- Reset passwords for staff.\n- Reset passwords for staff.\n",
		After:  helpDesk + "- Reset passwords for staff.\n",
		find:   duplicates,
	},
	{
		Name: "empty-heading", Title: "A heading with nothing under it", Severity: Warning,
		Why:    "Readers look for what it announces, and take the posting for unfinished.",
		Source: "softgap authors",
		Before: helpDesk + "\nRequirements\n\nBenefits\n- A pension.\n",
		After:  helpDesk + "\nRequirements\n- Knowledge of Windows.\n\nBenefits\n- A pension.\n",
		find:   emptyHeadings,
	},
	{
		Name: "long-sentences", Title: "Long sentences", Severity: Note, Off: true,
		Why:    "Sentences of running text that go on for more than 25 words are hard to follow; the evidence that this keeps applicants away is weak.",
		Source: "SCIENCE section 8: weak; one number at most",
		Before: "Help Desk Technician\n\nThe technician answers calls from staff in all of our offices and writes down what they say and then looks for the cause in the knowledge base and in the logs before calling them back.\n",
		After:  "Help Desk Technician\n\nThe technician answers calls from staff in all of our offices. The technician writes down what they say.\n",
		find:   longSentences,
	},
}

// peopleLastAfter is how many technical statements may stand before the first
// about people.
const peopleLastAfter = 9

func peopleLast(r *Rule, w *work) []Finding {
	n := w.Result.Figures.TechBeforePeople
	if n <= peopleLastAfter || w.Result.Figures.DimensionsStated == 0 {
		return nil
	}
	i := slices.IndexFunc(w.Matches, func(m match.Match) bool { return m.Side == match.Soft && w.scored(m.Dimension) })
	if i < 0 {
		return nil
	}
	m := w.Matches[i]
	f := r.found(m.Span, "", fmt.Sprintf("The first words about people come after %d technical statements.", n))
	it, l := w.itemOf(m.Statement)
	if it == nil || l.inline || l.prose || len(w.matchesIn(m.Statement, match.Technical)) > 0 || it == &l.items[0] {
		return []Finding{f}
	}
	if _, ok := numbered(it.sign); ok {
		return []Finding{f}
	}
	text := w.Text.Text
	top := l.items[0].Start
	f.tries = []Fix{{Message: "Move it to the top of its list", Edits: []posting.Edit{
		{Span: posting.Span{Start: top, End: top}, Text: text[it.Start:it.End] + l.gap},
		{Span: w.wholeLine(it)},
	}}}
	return []Finding{f}
}

// scored reports whether a dimension is in the score.
func (w *work) scored(id string) bool {
	for _, f := range w.Result.Facets {
		for _, e := range f.Dimensions {
			if e.ID == id {
				return true
			}
		}
	}
	return false
}

// wholeLine is an item with the line end before it, so that nothing of it
// stays.
func (w *work) wholeLine(it *item) posting.Span {
	start := it.Start
	if head := strings.TrimSuffix(w.Text.Text[:start], "\n"); len(head) < start {
		start = len(strings.TrimSuffix(head, "\r"))
	}
	return posting.Span{Start: start, End: it.End}
}

// fewTwice is from how many words on a repeat is worth a word.
const fewTwice = 3

func duplicates(r *Rule, w *work) []Finding {
	var out []Finding
	for i, s := range w.Statements {
		if !s.Repeat || s.About != segment.Candidate {
			continue
		}
		fields := strings.Fields(w.Text.Text[s.Start:s.End])
		if len(fields) < fewTwice {
			continue
		}
		words := strings.Join(fields, " ")
		f := r.found(s.Span, strings.ToLower(words), "Stands in the posting twice.")
		if it, l := w.itemOf(i); it != nil && it.first == it.last && !l.inline && !l.prose {
			if _, ok := numbered(it.sign); !ok {
				f.tries = []Fix{{Message: "Take it out", Edits: []posting.Edit{{Span: w.wholeLine(it)}}}}
			}
		} else if before := w.Statements[max(i, 1)-1].End; i > 0 && strings.Trim(w.Text.Text[before:s.Start], " ") == "" {
			f.tries = []Fix{{Message: "Take it out", Edits: []posting.Edit{{Span: posting.Span{Start: before, End: s.End}}}}}
		}
		out = append(out, f)
	}
	return out
}

// emptyHeadings finds headings of duties and requirements that are followed by
// a heading of another kind, or by nothing.
func emptyHeadings(r *Rule, w *work) []Finding {
	var out []Finding
	for i, s := range w.Statements {
		if first, _ := utf8.DecodeRuneInString(w.Text.Text[s.Start:]); !s.IsHead || unicode.IsLower(first) || w.headingAbout(i) != segment.Candidate {
			continue
		}
		last := i+1 == len(w.Statements)
		if !last {
			next := w.Statements[i+1]
			about := w.headingAbout(i + 1)
			if !next.IsHead || about == segment.Candidate || about == "" {
				continue
			}
		}
		words := strings.TrimSpace(w.Text.Text[s.Start:s.End])
		f := r.found(s.Span, words, fmt.Sprintf("Nothing stands under “%s”.", words))
		f.tries = []Fix{{Message: "Take the heading out, or write what it announces", Edits: []posting.Edit{{Span: w.wholeLine(&item{Span: s.Span})}}}}
		out = append(out, f)
	}
	return out
}

// headingAbout is what a heading says that the statements below it are about,
// or "" where no list knows it.
func (w *work) headingAbout(i int) segment.About {
	s := w.Statements[i]
	if !s.IsHead || w.Heading == nil {
		return ""
	}
	return w.Heading(w.Text.Text[s.Start:s.End])
}

// longSentence is how many words a sentence of running text may have on
// average.
const longSentence = 25

func longSentences(r *Rule, w *work) []Finding {
	words, sentences, longest := 0, 0, 0
	var at posting.Span
	for _, l := range w.lists {
		if !l.prose {
			continue
		}
		for _, it := range l.items {
			for i := it.first; i <= it.last; i++ {
				s := w.Statements[i]
				n := len(strings.Fields(w.Text.Text[s.Start:s.End]))
				words += n
				sentences++
				if n > longest {
					longest, at = n, s.Span
				}
			}
		}
	}
	if sentences == 0 || words <= longSentence*sentences {
		return nil
	}
	return []Finding{r.found(at, "", fmt.Sprintf("Sentences of running text hold %d words on average; this is the longest, of %d.", words/sentences, longest))}
}
