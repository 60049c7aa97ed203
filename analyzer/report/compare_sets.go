package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"softgap/analyzer/compare"
	"softgap/analyzer/interval"
)

// setsOutcome is what differs between two sets, in a sentence.
func setsOutcome(s *compare.Sets) string {
	if s.Before.Scored == 0 || s.After.Scored == 0 {
		return fmt.Sprintf("There is nothing to compare: %d postings before and %d after could be scored.", s.Before.Scored, s.After.Scored)
	}
	gap := s.Means[len(s.Means)-1]
	text := fmt.Sprintf("The mean gap goes from %s to %s, by %s %s", signedFigure(gap.Before.Value), signedFigure(gap.After.Value),
		signedFigure(gap.Difference.Value), between(gap.Difference))
	switch {
	case !gap.Difference.Low.Defined():
		return strings.TrimSpace(text) + "; the postings are too few to tell that from chance."
	case clearly(gap.Difference):
		return text + "."
	}
	return text + ": no more than chance may do."
}

// setWords says what was read of a set.
func setWords(s compare.Summary) string {
	text := fmt.Sprintf("%s read, %d scored", count(s.Read, "posting"), s.Scored)
	for _, part := range []struct {
		n    int
		what string
	}{{s.Thin, "with too little to judge"}, {s.Unscorable, "not to be scored"}, {s.Duplicates, "the same as another"}, {s.Unread, "sources not opened"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	return text
}

var meanTitles = map[string]string{"technical": "Technical skills", "soft": "People skills", "gap": "Gap"}

// sharePoints is a difference of shares in hundredths.
func sharePoints(e interval.Estimate) string {
	if !e.Value.Defined() {
		return missing
	}
	return fmt.Sprintf("%s [%s, %s]", signedWhole(hundredths(e.Value)), signedWhole(hundredths(e.Low)), signedWhole(hundredths(e.High)))
}

func hundredths(x interval.Number) int {
	if x < 0 {
		return -hundredths(-x)
	}
	return int(100*x + 0.5)
}

func clearMark(e interval.Estimate) string {
	if clearly(e) {
		return "clear"
	}
	return ""
}

// shareParts are the shares of both sets, in the order in which they are shown.
func shareParts(s *compare.Sets) []struct {
	title  string
	shares []compare.Share
} {
	generic := s.Generic
	generic.Title = "Stock phrases only, or nothing"
	return []struct {
		title  string
		shares []compare.Share
	}{
		{"People skills", append([]compare.Share{generic}, s.Dimensions...)},
		{"Outside the scores", s.Outside},
		{"Technical skills", s.Categories},
	}
}

// wordsApart are the words of one side, with how many postings of each set hold
// them.
func wordsApart(s *compare.Sets, after bool) string {
	var out []string
	for _, w := range s.Words {
		if w.Z > 0 == after {
			out = append(out, fmt.Sprintf("%s (%d, %d)", clean(w.Word), w.Before, w.After))
		}
	}
	if len(out) == 0 {
		return "none that chance may not explain"
	}
	return strings.Join(out, ", ")
}

const setsReading = "Brackets hold 95 % intervals of the difference: for means a bootstrap of each set, for shares Newcombe's, which take postings as independent. " +
	"Of twenty differences, chance alone makes one “clear”. Words are those whose log-odds differ most (Monroe, Colaresi and Quinn 2008), behind each in how many postings it stands, before and after."

func setsTable(w io.Writer, s *compare.Sets, o Options) error {
	p := newPage(o)
	p.line(bold, 0, 0, setsOutcome(s))
	p.blank()
	p.line(plain, 2, 4, "Before: "+setWords(s.Before)+".")
	p.line(plain, 2, 4, "After: "+setWords(s.After)+".")
	p.blank()
	if s.Before.Scored > 0 && s.After.Scored > 0 {
		if err := p.sets(s); err != nil {
			return err
		}
	}
	p.line(dim, 2, 2, caveat)
	p.line(dim, 2, 2, madeWith(s.Tool, s.Lexicon))
	return p.flush(w)
}

func (p *page) sets(s *compare.Sets) error {
	cs := func(title string) []column {
		return []column{{head: title, width: min(30, p.width/3)}, {head: "Before", width: 7, right: true}, {head: "After", width: 7, right: true}, {head: "Difference"}}
	}
	err := p.rest(cs("Mean scores"), len(s.Means), func(i int) ([]string, style) {
		m := s.Means[i]
		show := figure
		if m.ID == "gap" {
			show = signedFigure
		}
		return []string{meanTitles[m.ID], show(m.Before.Value), show(m.After.Value),
			strings.TrimSpace(signedFigure(m.Difference.Value) + " " + between(m.Difference) + " " + clearMark(m.Difference))}, plain
	})
	if err != nil {
		return err
	}
	for _, part := range shareParts(s) {
		err := p.rest(cs(part.title), len(part.shares), func(i int) ([]string, style) {
			x := part.shares[i]
			return []string{name(x.Title, x.ID), percent(x.Before.Share.Value), percent(x.After.Share.Value),
				strings.TrimSpace(sharePoints(x.Difference) + " " + clearMark(x.Difference))}, plain
		})
		if err != nil {
			return err
		}
	}
	p.line(bold, 0, 0, "Words that tell the sets apart")
	p.line(plain, 2, 4, "Before: "+wordsApart(s, false))
	p.line(plain, 2, 4, "After: "+wordsApart(s, true))
	p.blank()
	p.line(dim, 2, 2, setsReading)
	return nil
}

func setsMarkdown(w io.Writer, s *compare.Sets, _ Options) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "**%s**\n", escape(setsOutcome(s)))
	paragraph(&b, "Before: "+setWords(s.Before)+". After: "+setWords(s.After)+".")
	if s.Before.Scored > 0 && s.After.Scored > 0 {
		head(&b, "", "Mean scores", "Before", "After", "Difference", "")
		for _, m := range s.Means {
			row(&b, meanTitles[m.ID], figure(m.Before.Value)+" "+between(m.Before), figure(m.After.Value)+" "+between(m.After),
				signedFigure(m.Difference.Value)+" "+between(m.Difference), clearMark(m.Difference))
		}
		for _, part := range shareParts(s) {
			head(&b, "", part.title, "Before", "After", "Difference", "")
			for _, x := range part.shares {
				row(&b, name(x.Title, x.ID), strconv.Itoa(x.Before.Postings)+" ("+percent(x.Before.Share.Value)+")",
					strconv.Itoa(x.After.Postings)+" ("+percent(x.After.Share.Value)+")", sharePoints(x.Difference), clearMark(x.Difference))
			}
		}
		b.WriteString("\n### Words that tell the sets apart\n\n")
		fmt.Fprintf(&b, "- Before: %s\n- After: %s\n", escape(wordsApart(s, false)), escape(wordsApart(s, true)))
		paragraph(&b, setsReading)
	}
	paragraph(&b, caveat+" "+madeWith(s.Tool, s.Lexicon))
	_, err := w.Write(b.Bytes())
	return err
}
