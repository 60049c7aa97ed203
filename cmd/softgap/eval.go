package main

import (
	"bufio"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"softgap/analyzer/eval"
	"softgap/analyzer/posting"
)

// maxResamples bounds the memory of the intervals; papers use 1000 to 10,000.
const maxResamples = 20000

func (p *program) evalCommand() *cobra.Command {
	var format string
	var o eval.Options
	c := &cobra.Command{
		Use:   "eval GOLD...",
		Short: "Hold the program against text coded by hand",
		Long:  evalHelp,
		Example: `  softgap eval analyzer/eval/testdata/gold.jsonl
  softgap eval coded.jsonl --show | less
  softgap eval coded.jsonl --lexicon my-words/ -f json > agreement.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return hint("softgap eval --help gives the format", "no gold: give a file of coded postings or labelled sentences")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return p.eval(c, args, format, o) },
	}
	c.Flags().StringVarP(&format, "format", "f", "table", "the form of the results: table, json")
	c.Flags().BoolVar(&o.Show, "show", false, "list every disagreement, the most frequent cause first")
	c.Flags().IntVar(&o.Resamples, "resamples", 1000, "make the intervals of `N` resamples; 0 for none")
	c.Flags().Uint64Var(&o.Seed, "seed", 1, "the same `N` gives the same intervals")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"table", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

const evalHelp = `Hold the program against text coded by hand, and print what a methods section
needs: agreement and Cohen's kappa of about and ask; precision, recall and F1 of
every dimension and category, with averages; agreement on levels; correlation
and distance of the scores. Behind each figure stands its 95 % interval, a
bootstrap over postings; of few postings it is too narrow.

GOLD is JSON lines in UTF-8: one record a line, of either kind (below they are
broken to fit). The text is taken as it is; start and end count its UTF-8 bytes,
end exclusive.

A posting, coded by the codebook:

  {"id": "a1", "text": "Patience with callers. DNS is a plus.", "statements": [
   {"start": 0, "end": 22, "about": "candidate", "ask": "required",
    "soft": {"patience": 3}, "technical": {}},
   {"start": 23, "end": 37, "about": "candidate", "ask": "preferred",
    "soft": {}, "technical": {"network": 2}}]}

  about       candidate, employer, offer, legal or other
  ask         required, duty, role or preferred; of candidate statements only
  soft        dimension: level, 1 to 4; of candidate statements only
  technical   category: level, the same (softgap lexicon list names both)
  exceptions  dimension or category: its own ask, where a clause has one
  technical, soft, gap, beside "statements": the scores, to one decimal. They
              may be left out; those given must be what the codes make

Statements stand in order; a repeat is left without codes. They need not be cut
as the program cuts them: a statement is held against the about and ask that
cover most of its bytes, and a match counts in the statement it overlaps most.
A statement without a word does not count.

A sentence with labelled spans, as SkillSpan has them:

  {"id": "s1", "posting": "p7", "text": "You know DNS.",
   "spans": [{"start": 9, "end": 12, "label": "Knowledge"}]}

  posting     what the sentence comes from: resampling draws whole postings
  label       Knowledge, held against any technical match in the sentence, or
              Skill, held against any soft match; others are passed over

There is no posting around such a sentence: it is taken as one requirement.
Knowledge is also given without labels that are mainly degrees, fields of study,
spoken languages or business domains (softgap lexicon show attributes).

Exit status: 0 done; 2 usage error, or no record could be read; 3 done, but some
records could not be read, and each is named with its line.`

// eval reads the gold, compares and shows the result.
func (p *program) eval(c *cobra.Command, sources []string, format string, o eval.Options) error {
	face := (*eval.Result).Text
	switch format {
	case "table":
	case "json":
		face = (*eval.Result).JSON
	default:
		return hint("softgap eval --help lists the forms", "unknown format %q: one of table, json", format)
	}
	if o.Resamples < 0 || o.Resamples > maxResamples {
		return hint("1000 is enough for two decimals", "--resamples %d is not 0 to %d", o.Resamples, maxResamples)
	}
	var gold eval.Gold
	for d, err := range p.documents(c.Context(), sources) {
		if err != nil {
			p.complain(err)
			p.code = exitPartial
			continue
		}
		p.readGold(&gold, d)
	}
	if gold.Len() == 0 {
		return hint("softgap eval --help gives the format", "no coded posting and no labelled sentence in the gold")
	}
	set, err := p.lexicons()
	if err != nil {
		return err
	}
	r, err := eval.Compare(&gold, set, version(), o)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(p.stdout)
	if err := face(r, out); err != nil {
		return err
	}
	return out.Flush()
}

// readGold adds the records of a file and names each that breaks the format;
// of a file that is no gold at all, one line is enough.
func (p *program) readGold(gold *eval.Gold, d posting.Document) {
	before := gold.Len()
	body, err := io.ReadAll(d.Body)
	if err != nil {
		p.complain(fmt.Errorf("%s: %w", d.Source, err))
		p.code = exitPartial
		return
	}
	errs := gold.Read(d.Source, body)
	switch {
	case len(errs) == 0 && gold.Len() == before:
		errs = []error{fmt.Errorf("%s: no record in it", d.Source)}
	case len(errs) > 1 && gold.Len() == before:
		errs = []error{fmt.Errorf("%w (and %d more lines; none can be read)", errs[0], len(errs)-1)}
	}
	for _, err := range errs {
		p.complain(err)
		p.code = exitPartial
	}
}
