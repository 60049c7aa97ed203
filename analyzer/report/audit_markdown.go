package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"softgap/analyzer/audit"
)

// auditMarkdown is the face of an Audit for pages and pull requests.
func auditMarkdown(w io.Writer, a *audit.Audit, _ Options) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "## %s\n", auditTitle(a))
	fmt.Fprintf(&b, "\n**%s**\n", escape(clean(a.Headline)))
	paragraph(&b, subject(a))
	if a.Scored > 0 {
		auditFigures(&b, a)
	}
	if len(a.Excluded) > 0 {
		head(&b, "What was left out", "Why", "Postings", "For example")
		for _, e := range a.Excluded {
			row(&b, exclusionWords(e), strconv.Itoa(e.Postings), refSource(e.Example))
		}
	}
	b.WriteString("\n### How to read this\n\n")
	for _, l := range reading(a) {
		fmt.Fprintf(&b, "- %s\n", escape(l))
	}
	paragraph(&b, madeWith(a.Tool, a.Lexicon))
	_, err := w.Write(b.Bytes())
	return err
}

func auditFigures(b *bytes.Buffer, a *audit.Audit) {
	b.WriteString("\n| | Mean | 95 % | Lowest | Median | Highest |\n|---|---:|---|---:|---:|---:|\n")
	for _, d := range []struct {
		name string
		audit.Distribution
	}{{"Technical skills", a.Technical}, {"People skills", a.Soft}, {"Gap", a.Gap}} {
		row(b, d.name, figure(d.Mean.Value), between(d.Mean), figure(d.Min), figure(d.Median), figure(d.Max))
	}
	b.WriteString("\n")
	for _, c := range counts(a) {
		fmt.Fprintf(b, "- %d (%s) %s\n", c.Postings, percent(c.Share.Share.Value), escape(c.Label))
	}
	for _, part := range []struct {
		title string
		asked []audit.Asked
	}{{"People skill", a.Dimensions}, {"Outside the scores", a.Outside}, {"Technical skill", a.Categories}} {
		head(b, "", part.title, "Postings", "95 %", "How concretely")
		for _, d := range part.asked {
			row(b, name(d.Title, d.ID), fmt.Sprintf("%d (%s)", d.Postings, percent(d.Share.Share.Value)), percents(d.Share.Share), concretely(d))
		}
	}
	paragraph(b, nobody(a))
	for _, part := range []struct {
		title    string
		examples []audit.Example
	}{{"Widest gaps", a.Widest}, {narrowestTitle(a), a.Narrowest}} {
		if len(part.examples) == 0 {
			continue
		}
		head(b, part.title, "Gap", "Posting", "Technical", "People", "Read from")
		for _, e := range part.examples {
			row(b, signed(e.Scores.Gap), strings.TrimSuffix(refTitle(e.Ref)+", "+refPlace(e.Ref), ", "),
				saidWords(e.Skills, technicalColumns), saidWords(e.Said, peopleColumns), refSource(e.Ref))
		}
	}
	if why := ungrouped(a); why != "" {
		paragraph(b, why)
	} else if a.By != "" {
		groupRows(b, groupsTitle(a.By), a.By, a.Groups)
	}
	if a.Trend != nil {
		groupRows(b, "Over time", a.Trend.Unit, a.Trend.Periods)
	}
	head(b, "Beside figures of others", "Question", "Here", "There", "Where from, and what differs")
	for _, r := range a.Reference {
		row(b, r.Question, percent(r.Here.Value)+" "+percents(r.Here), r.There, r.Source+". "+r.Differs)
	}
}

// head opens a table, under a heading if it has one.
func head(b *bytes.Buffer, title string, columns ...string) {
	if title != "" {
		fmt.Fprintf(b, "\n### %s\n", escape(title))
	}
	b.WriteString("\n")
	row(b, columns...)
	b.WriteString(strings.Repeat("|---", len(columns)) + "|\n")
}

func groupRows(b *bytes.Buffer, title, by string, groups []audit.Group) {
	head(b, title, groupsHead(title), "Postings", "Technical", "People", "Gap", "")
	show, more := shownGroups(groups)
	for _, g := range show {
		row(b, groupName(by, g), strconv.Itoa(g.Postings), strings.TrimSpace(figure(g.Technical.Value)+" "+between(g.Technical)),
			strings.TrimSpace(figure(g.Soft.Value)+" "+between(g.Soft)), strings.TrimSpace(signedFigure(g.Gap.Value)+" "+between(g.Gap)), groupNote(g))
	}
	if more > 0 {
		paragraph(b, fmt.Sprintf("And %d more; -f json has them all.", more))
	}
}
