package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/score"
)

// adviceFormats are the forms of advice on one posting, the default first.
// Those that need more than the Report holds take the posting's text.
var adviceFormats = []struct {
	name  string
	write func(w io.Writer, r *analyzer.Report, text string, o Options) error
}{
	{"table", adviceTable},
	{"markdown", adviceMarkdown},
	{"json", adviceJSON},
	{"sarif", adviceSARIF},
	{"html", adviceHTML},
}

// AdviceFormats returns the names of the forms of advice, the default first.
func AdviceFormats() []string {
	names := make([]string, len(adviceFormats))
	for i, f := range adviceFormats {
		names[i] = f.name
	}
	return names
}

// Advice writes the findings of one posting in the named form. Text is the
// posting's text, which the spans of the Report index.
func Advice(format string, w io.Writer, r *analyzer.Report, text string, o Options) error {
	for _, f := range adviceFormats {
		if f.name == format {
			return f.write(w, r, text, o)
		}
	}
	return fmt.Errorf("unknown format %q: one of %s", format, strings.Join(AdviceFormats(), ", "))
}

func adviceJSON(w io.Writer, r *analyzer.Report, _ string, o Options) error {
	j, err := New("json", w, o)
	if err != nil {
		return err
	}
	if err := j.Write(r); err != nil {
		return err
	}
	return j.Close()
}

// adviceCaveat says what the score is and is not.
const adviceCaveat = "The people score says how concretely a posting asks for qualities in dealing with people. " +
	"It does not say whether the posting is good, or true: paste only what the job needs."

// change is what all edits together do, in sentences.
func change(r *analyzer.Report) []string {
	before, after := r.Scores, r.Scores
	if r.Advice != nil {
		after = r.Advice.After
	}
	edits := 0
	if r.Advice != nil {
		edits = r.Advice.Edits
	}
	if edits == 0 {
		return []string{fmt.Sprintf("People skills: %s of 100. Technical skills: %s of 100.", points(before.Soft), points(before.Technical))}
	}
	length := fmt.Sprintf("in %d more words", r.Advice.Words)
	switch {
	case r.Advice.Words == 0:
		length = "in as many words"
	case r.Advice.Words < 0:
		length = fmt.Sprintf("in %d fewer words", -r.Advice.Words)
	}
	all := "with all " + count(edits, "edit")
	switch edits {
	case 1:
		all = "with the edit"
	case 2:
		all = "with both edits"
	}
	technical := "unchanged"
	if after.Technical != before.Technical {
		technical = fmt.Sprintf("%s with them", points(after.Technical))
	}
	out := []string{
		fmt.Sprintf("People skills: %s of 100 now, %s %s, %s.", points(before.Soft), points(after.Soft), all, length),
		fmt.Sprintf("Technical skills: %s of 100, %s.", points(before.Technical), technical),
	}
	if r.Advice.Overlap != 0 {
		out = append(out, fmt.Sprintf("One by one the edits earn %s points more: some of them help with the same thing.", points(r.Advice.Overlap)))
	}
	return out
}

// place says where a finding is.
func place(f *analyzer.Finding) string {
	return fmt.Sprintf("line %d, column %d", f.Line, f.Column)
}

// earned is what the fix of a finding earns, in words.
func earned(f *analyzer.Finding) string {
	switch {
	case len(f.Fixes) == 0:
		return "for you to decide"
	case f.Fixes[0].Points == 0:
		return "no points"
	}
	return signed(f.Fixes[0].Points) + " points"
}

// hushed says which rules were told to be silent, and why.
func hushed(r *analyzer.Report) []string {
	if r.Advice == nil {
		return nil
	}
	var out []string
	for _, s := range r.Advice.Silenced {
		out = append(out, fmt.Sprintf("Silenced: %s (%s): %s", clean(s.Rule), count(s.Findings, "finding"), clean(s.Reason)))
	}
	return out
}

func adviceTable(w io.Writer, r *analyzer.Report, text string, o Options) error {
	p := newPage(o)
	p.heading(r)
	p.status(r)
	if !measured(r) {
		p.footer(r)
		return p.flush(w)
	}
	for _, l := range change(r) {
		p.line(bold, 2, 2, l)
	}
	p.blank()
	if len(r.Findings) == 0 {
		p.line(green, 2, 2, "Nothing to advise.")
		p.blank()
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		fmt.Fprintf(p, "%2d  %s  %s\n", i+1, p.paint(pad(earned(f), 17), cyan), p.paint(fmt.Sprintf("%s, %s", place(f), f.Rule), dim))
		p.line(bold, 4, 4, clean(f.Message))
		p.underlined(f, text)
		for _, x := range f.Fixes {
			p.line(green, 4, 4, clean(x.Message))
		}
		p.line(dim, 4, 4, "Why: "+clean(f.Why))
		p.blank()
	}
	for _, l := range hushed(r) {
		p.line(plain, 2, 2, l)
	}
	for _, l := range r.Warnings {
		p.linef(yellow, 2, "Warning: %s", clean(l))
	}
	p.line(dim, 2, 2, adviceCaveat)
	p.line(dim, 2, 2, caveat)
	p.line(dim, 2, 2, madeWith(r.Tool, r.Lexicon))
	return p.flush(w)
}

// context is the part of a line that is shown around a finding's words.
const context = 30

// underlined shows the words of a finding in their line, underlined.
func (p *page) underlined(f *analyzer.Finding, text string) {
	if f.Words == "" || f.End > len(text) {
		return
	}
	start := strings.LastIndexByte(text[:f.Start], '\n') + 1
	before := clean(text[start:f.Start])
	words, _, more := strings.Cut(text[f.Start:f.End], "\n")
	after, _, _ := strings.Cut(text[f.End:], "\n")
	after = clean(after)
	words = cut(clean(words), p.width-context)
	if strings.HasSuffix(text[start:f.Start], " ") && before != "" {
		before += " "
	}
	for columns(before) > context {
		_, before = split(before, 1)
		before = "…" + strings.TrimPrefix(before, "…")
		if columns(before) > context {
			before = strings.TrimPrefix(before, "…")
		}
	}
	if more {
		after = ""
	}
	room := p.width - 4 - columns(before) - columns(words)
	if after != "" && room > 4 {
		if f.End < len(text) && text[f.End] == ' ' {
			after = " " + after
		}
		after = cut(after, room)
	} else {
		after = ""
	}
	fmt.Fprintf(p, "    %s%s%s\n", before, words, after)
	fmt.Fprintf(p, "    %s%s\n", strings.Repeat(" ", columns(before)), strings.Repeat("~", columns(words)))
}

func adviceMarkdown(w io.Writer, r *analyzer.Report, _ string, _ Options) error {
	var b bytes.Buffer
	employer, source := placeOf(r)
	fmt.Fprintf(&b, "## Advice on %s\n", escape(titleOf(r)))
	paragraph(&b, employer)
	if source != "" {
		paragraph(&b, "from "+source)
	}
	if what, remedy := doubt(r); what != "" {
		fmt.Fprintf(&b, "\n**%s**\n", escape(what))
		paragraph(&b, remedy)
	}
	if measured(r) {
		for _, l := range change(r) {
			paragraph(&b, l)
		}
		if len(r.Findings) > 0 {
			b.WriteString("\n| | Where | What | Edit | Why |\n|---:|---|---|---|---|\n")
		}
		for i := range r.Findings {
			f := &r.Findings[i]
			edit := ""
			for _, x := range f.Fixes {
				edit = clean(x.Message)
			}
			row(&b, earned(f), place(f), clean(f.Message), edit, clean(f.Why))
		}
	}
	for _, l := range hushed(r) {
		paragraph(&b, l)
	}
	for _, l := range r.Warnings {
		paragraph(&b, "Warning: "+clean(l))
	}
	about := madeWith(r.Tool, r.Lexicon)
	if r.Status != score.Unscorable {
		about = adviceCaveat + " " + caveat + " " + about
	}
	paragraph(&b, about)
	_, err := w.Write(b.Bytes())
	return err
}
