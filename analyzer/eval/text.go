package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
)

// JSON writes a Result as one JSON object.
func (r *Result) JSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(r)
}

// Text writes a Result as tables for people, at most 80 columns wide; the
// disagreements, which quote the text, may be wider.
func (r *Result) Text(w io.Writer) error {
	var p page
	p.line("softgap %s, word lists %s (%.19s)", r.Tool.Version, r.Lexicon.Version, r.Lexicon.Digest)
	if r.Resamples > 0 {
		p.line("95 %% intervals: bootstrap over postings, %d resamples, seed %d.", r.Resamples, r.Seed)
	}
	if r.Postings != nil {
		p.postings(r.Postings)
	}
	if r.Sentences != nil {
		p.sentences(r.Sentences)
	}
	if r.Disagreements != nil {
		p.disagreements(r.Disagreements)
	}
	_, err := w.Write(p.Bytes())
	return err
}

// A page is text under way.
type page struct{ bytes.Buffer }

// line writes a line without blanks at its end.
func (p *page) line(format string, args ...any) {
	p.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	p.WriteByte('\n')
}

func (p *page) title(format string, args ...any) {
	p.line("")
	p.line(format, args...)
}

func (p *page) postings(x *Postings) {
	p.title("POSTINGS: %d, with %d coded statements", x.Postings, x.Statements)
	p.title("%-27s %5s  %-15s %s", "Agreement", "n", "share", "Cohen's kappa")
	p.agreement("about, by statement", x.About)
	p.agreement("ask, of candidate ones", x.Ask)
	p.agreement("ask, by code", x.CodeAsk)
	p.confusion("about", x.About)
	p.confusion("ask", x.Ask)
	p.detections("Soft dimensions", x.Soft)
	p.detections("Technical categories", x.Technical)
	p.detections("Averages", x.Averages)
	p.line("rare: %s", strings.Join(rareDimensions[:4], ", ")+",")
	p.line("      %s", strings.Join(rareDimensions[4:], ", "))
	p.detections("Statements asking", x.Any)
	p.title("%-20s %5s  %-15s %-15s %s", "Level", "n", "exact", "weighted kappa", "program - gold")
	for _, l := range x.Levels {
		p.line(" %-19s %5d  %-15s %-15s %s", l.Side, l.N, share(l.Exact), share(l.Kappa), signed(l.Bias, 2))
	}
	p.title("%-20s %5s  %-15s %-15s %s", "Scores, in points", "n", "Spearman", "mean abs. error", "program - gold")
	for _, d := range x.Scores {
		p.line(" %-19s %5d  %-15s %-15s %s", d.ID, d.N, share(d.Spearman), points(d.MAE), signed(d.Bias, 1))
	}
	if x.Unscorable > 0 {
		p.line(" %d of %d postings: the program says they cannot be scored", x.Unscorable, x.Postings)
	}
}

func (p *page) sentences(x *Sentences) {
	p.title("SENTENCES: %d from %d postings, each taken as one candidate statement", x.Sentences, x.Postings)
	p.detections("Label in a sentence", x.Any)
	p.line("Knowledge is held against any technical match, Skill against any soft match,")
	p.line("either against any match; less attributes: without %d labels that are degrees,", x.LeftOut)
	p.line("fields of study, spoken languages or business domains. The last two rows are")
	p.line("of the sentences with a label: the others speak of the employer, the offer or")
	p.line("the place, which a sentence by itself does not tell.")
}

func (p *page) agreement(name string, a Agreement) {
	p.line(" %-26s %5d  %-15s %s", name, a.N, share(a.Share), share(a.Kappa))
}

func (p *page) confusion(name string, a Agreement) {
	p.line("")
	head := fmt.Sprintf("%-27s", name+`, gold \ program`)
	for _, c := range a.Codes {
		head += fmt.Sprintf(" %9s", c)
	}
	p.line("%s", head)
	for i, c := range a.Codes {
		row := fmt.Sprintf(" %-26s", c)
		for _, n := range a.Table[i] {
			row += fmt.Sprintf(" %9d", n)
		}
		p.line("%s", row)
	}
}

func (p *page) detections(title string, ds []Detection) {
	p.title("%-20s %5s %5s %5s  %-13s%-13s%s", title, "gold", "found", "both", "precision", "recall", "F1")
	for _, d := range ds {
		counts := ""
		if !strings.HasSuffix(d.ID, "macro") {
			counts = fmt.Sprintf("%5d %5d %5d", d.Gold, d.Found, d.Both)
		}
		p.line(" %-19s %-17s  %-13s%-13s%s", d.ID, counts, share(d.Precision), share(d.Recall), share(d.F1))
	}
}

func (p *page) disagreements(causes []Cause) {
	n := 0
	for _, c := range causes {
		n += len(c.Cases)
	}
	p.title("DISAGREEMENTS: %d, of %d causes, the most frequent first", n, len(causes))
	for _, c := range causes {
		p.title("%d  %s", len(c.Cases), c.Cause)
		for _, x := range c.Cases {
			p.line("   %s:%d %s %d-%d", x.Source, x.Line, oneLine(x.ID), x.Start, x.End)
			p.line("      %s", x.Text)
			p.line("      gold     %s", x.Gold)
			p.line("      program  %s", x.Program)
			if x.Why != "" {
				p.line("      because  %s", x.Why)
			}
			for _, t := range x.Terms {
				p.line("      term     %s", t)
			}
		}
	}
}

// share is a figure of at most 1 as papers print it, ".85 .75-1.0".
func share(e Estimate) string {
	between := "-"
	if e.Low < 0 {
		between = " to "
	}
	return shorter.Replace(estimate(e, "%.2f", 2, between))
}

// shorter makes two decimals three signs wide.
var shorter = strings.NewReplacer("0.", ".", "1.00", "1.0")

func points(e Estimate) string { return estimate(e, "%.1f", 1, "-") }

func signed(e Estimate, digits int) string {
	return estimate(e, fmt.Sprintf("%%+.%df", digits), digits, " to ")
}

// estimate is a figure and its interval; what there is none of is "-". What
// rounds to 0 has no sign.
func estimate(e Estimate, verb string, digits int, between string) string {
	number := func(n Number) string {
		p := math.Pow10(digits)
		x := math.Round(float64(n)*p) / p
		if x == 0 {
			return fmt.Sprintf("%.*f", digits, 0.0)
		}
		return fmt.Sprintf(verb, x)
	}
	switch {
	case math.IsNaN(float64(e.Value)):
		return "-"
	case math.IsNaN(float64(e.Low)):
		return number(e.Value)
	}
	return number(e.Value) + " " + number(e.Low) + between + number(e.High)
}
