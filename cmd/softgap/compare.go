package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"softgap/analyzer"
	"softgap/analyzer/audit"
	"softgap/analyzer/compare"
	"softgap/analyzer/posting"
	"softgap/analyzer/report"
	"softgap/analyzer/score"
)

func (p *program) compareCommand() *cobra.Command {
	var format, output string
	var seed uint64
	c := &cobra.Command{
		Use:   "compare BEFORE AFTER",
		Short: "Compare two versions of a posting, or two sets",
		Long: `Compare two versions of a posting: what was gained and lost, statement by
statement, and the points. Or two sets, where either source holds several
postings: the differences of means and of shares, with intervals, and the words
that most tell the sets apart.

Exit status: 0 done; 2 usage error, or nothing could be done; 3 done, but some
postings could not be read or scored, and each is named with its reason.`,
		Example: `  softgap compare old.txt new.txt
  softgap compare old.docx new.docx -f markdown
  softgap compare 2024/ 2025/
  softgap compare ours.csv theirs.csv -f json`,
		Args: between(2, 2, "two sources", "old.txt new.txt"),
		RunE: func(c *cobra.Command, args []string) error {
			if format == "" {
				format = formatOf(output)
			}
			if !slices.Contains(report.CompareFormats(), format) {
				return hint("softgap compare --help lists the forms", "unknown format %q: one of %s", format, strings.Join(report.CompareFormats(), ", "))
			}
			before, err := p.set(c, args[0], seed)
			if err != nil {
				return err
			}
			after, err := p.set(c, args[1], seed)
			if err != nil {
				return err
			}
			switch {
			case before.Len() == 0 || after.Len() == 0:
				p.code = exitUsage
				return nil
			case before.Len() == 1 && after.Len() == 1:
				v := compare.Postings(before.First(), after.First())
				return p.write(output, func(w io.Writer) error { return report.Versions(format, w, v, p.look()) })
			}
			s := compare.Compare(before, after)
			return p.write(output, func(w io.Writer) error { return report.Sets(format, w, s, p.look()) })
		},
	}
	c.Flags().StringVarP(&format, "format", "f", "", "write the result as `FORM`: "+strings.Join(report.CompareFormats(), ", ")+" (default table, or by the ending of -o)")
	c.Flags().StringVarP(&output, "output", "o", "", "write to `FILE` instead of standard output")
	c.Flags().Uint64Var(&seed, "seed", 1, "the same `N` gives the same intervals")
	p.fetchFlags(c)
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(report.CompareFormats(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

// set scores one side of a comparison and settles the exit code.
func (p *program) set(c *cobra.Command, source string, seed uint64) (*compare.Set, error) {
	s := compare.NewSet(audit.Options{Seed: seed})
	err := p.reports(c, []string{source}, posting.Reader{}, func(r *analyzer.Report) {
		if r.Status == score.Unscorable {
			p.code = exitPartial
		}
		s.Add(r)
	}, func() {
		p.code = exitPartial
		s.Unread()
	})
	return s, err
}
