package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/report"
	"softgap/analyzer/score"
	"softgap/analyzer/suggest"
)

// An advising is one run of softgap advise.
type advising struct {
	*program
	format  string
	record  int
	top     int
	also    []string
	rules   []string
	apply   bool
	inPlace bool
	dryRun  bool
	output  string
}

func (p *program) adviseCommand() *cobra.Command {
	v := advising{program: p}
	c := &cobra.Command{
		Use:   "advise SOURCE",
		Short: "Say what to change in one posting, and what each change earns",
		Long: `Say what to change in one posting: findings in the order of the points they
earn, each with its place, its reason and an edit that was tried. What an edit
promises is what it earns.

With --apply the edits are made in a copy, which is read again and scored.

Exit status: 0 done; 2 usage error, or nothing could be done; 3 the posting
could not be read or scored, and the reason is given.`,
		Example: `  softgap advise helpdesk.txt
  softgap advise helpdesk.txt --top 3 -f markdown
  softgap advise helpdesk.txt --apply -o helpdesk-new.txt
  softgap advise helpdesk.txt --apply --dry-run`,
		Args: between(1, 1, "one source", "posting.txt"),
		RunE: func(c *cobra.Command, args []string) error { return v.run(c, args[0]) },
	}
	f := c.Flags()
	f.StringVarP(&v.format, "format", "f", "table", "write advice as `FORM`: "+strings.Join(report.AdviceFormats(), ", "))
	f.IntVar(&v.record, "record", 0, "advise on record `N` of a source that holds several")
	f.IntVar(&v.top, "top", 0, "keep the `N` findings that earn most")
	f.StringSliceVar(&v.rules, "rules", nil, "keep the findings of these `RULES` only")
	f.StringSliceVar(&v.also, "also", nil, "look for what is off by default: `RULES` "+strings.Join(ruleNames(true), ", "))
	f.BoolVar(&v.apply, "apply", false, "make the edits in a copy, given by -o")
	f.StringVarP(&v.output, "output", "o", "", "write the copy to `FILE`")
	f.BoolVar(&v.inPlace, "in-place", false, "with --apply: change the source itself")
	f.BoolVar(&v.dryRun, "dry-run", false, "with --apply: show the changes and write nothing")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(report.AdviceFormats(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("rules", cobra.FixedCompletions(ruleNames(false), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("also", cobra.FixedCompletions(ruleNames(true), cobra.ShellCompDirectiveNoFileComp))
	return c
}

// ruleNames are the names of the rules, or only of those that speak when asked
// to.
func ruleNames(off bool) []string {
	var out []string
	for _, r := range suggest.Rules() {
		if r.Off || !off {
			out = append(out, r.Name)
		}
	}
	return out
}

func (v *advising) run(c *cobra.Command, source string) error {
	if err := v.check(); err != nil {
		return err
	}
	doc, p, err := v.one(c, source)
	if err != nil {
		return err
	}
	a, err := v.analyzer()
	if err != nil {
		return err
	}
	silenced, err := v.silences(doc, source)
	if err != nil {
		return err
	}
	r, err := a.Advise(p, analyzer.AdviseOptions{Year: time.Now().Year(),
		Options: suggest.Options{Also: v.also, Silenced: silenced, Rules: v.rules, Top: v.top}})
	if err != nil {
		return err
	}
	if r.Status == score.Unscorable {
		v.code = exitPartial
	}
	if v.apply {
		return v.applyTo(a, doc, p, r)
	}
	return v.show(func(w io.Writer) error { return report.Advice(v.format, w, r, p.Text, v.look()) })
}

// check refuses flags that do not go together, and unknown rules.
func (v *advising) check() error {
	if !slices.Contains(report.AdviceFormats(), v.format) {
		return hint("softgap advise --help lists the forms", "unknown format %q: one of %s", v.format, strings.Join(report.AdviceFormats(), ", "))
	}
	names := ruleNames(false)
	for _, n := range slices.Concat(v.rules, v.also) {
		if !slices.Contains(names, n) {
			return hint("the rules are "+strings.Join(names, ", "), "no rule is called %q", n)
		}
	}
	switch {
	case v.top < 0:
		return hint("for example --top 3", "--top %d: no number of findings", v.top)
	case !v.apply && (v.output != "" || v.inPlace || v.dryRun):
		return hint("add --apply to make the edits", "-o, --in-place and --dry-run go with --apply")
	case v.apply && !v.dryRun && (v.output == "") == !v.inPlace:
		return hint("give -o COPY to keep the source as it is, --in-place to change it, or --dry-run to look first", "--apply needs to know where to write")
	}
	return nil
}

// one reads the document of a source, and the one posting in it that is meant.
func (v *advising) one(c *cobra.Command, source string) (document, posting.Posting, error) {
	var doc document
	var posts []posting.Posting
	n := 0
	for d, err := range v.documents(c.Context(), []string{source}) {
		if err != nil {
			return doc, posting.Posting{}, err
		}
		if n++; n > 1 && v.apply {
			return doc, posting.Posting{}, hint("name the one to edit", "%s is more than one document", source)
		}
		if doc.bytes, err = io.ReadAll(d.Body); err != nil {
			return doc, posting.Posting{}, fmt.Errorf("%s: %w", source, err)
		}
		d.Body = bytes.NewReader(doc.bytes)
		doc.Document = d
		posts = append(posts, posting.Read(d)...)
	}
	p, err := chosen(source, posts, v.record)
	return doc, p, err
}

// A document is a source's, with its bytes.
type document struct {
	posting.Document
	bytes []byte
}

// chosen returns the posting that a source holds, or the one of several that
// was asked for.
func chosen(source string, posts []posting.Posting, record int) (posting.Posting, error) {
	switch {
	case record == 0 && len(posts) > 1:
		return posting.Posting{}, hint(fmt.Sprintf("choose one: --record 1 to --record %d", len(posts)), "%s holds %d postings", source, len(posts))
	case record > len(posts) || record < 0 || len(posts) == 0:
		return posting.Posting{}, hint(fmt.Sprintf("it holds %s", count(len(posts), "posting")), "%s has no record %d", source, record)
	}
	return posts[max(record, 1)-1], nil
}
