package main

import (
	"bufio"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"softgap/analyzer/posting"
	"softgap/analyzer/report"
	"softgap/analyzer/score"
)

func (p *program) explainCommand() *cobra.Command {
	var record int
	c := &cobra.Command{
		Use:   "explain SOURCE",
		Short: "Trace every point of one posting to the words it comes from",
		Long: `Trace every point of one posting to the words it comes from: each statement that
counts, the words in it, how concretely and how firmly they ask, and the sums
that make the scores. What was not counted is listed with the reason.

Exit status: 0 done; 2 usage error, or nothing could be done; 3 the posting
could not be read or scored, and the reason is given.`,
		Example: `  softgap explain helpdesk.txt
  softgap explain careers.html --record 2`,
		Args: between(1, 1, "one source", "posting.txt"),
		RunE: func(c *cobra.Command, args []string) error { return p.explain(c, args[0], record) },
	}
	c.Flags().IntVar(&record, "record", 0, "explain record `N` of a source that holds several")
	p.fetchFlags(c)
	return c
}

func (p *program) explain(c *cobra.Command, source string, record int) error {
	a, err := p.analyzer()
	if err != nil {
		return err
	}
	var posts []posting.Posting
	for d, err := range p.documents(c.Context(), []string{source}) {
		if err != nil {
			return err
		}
		posts = append(posts, posting.Read(d)...)
	}
	switch {
	case record == 0 && len(posts) > 1:
		return hint(fmt.Sprintf("choose one: --record 1 to --record %d", len(posts)), "%s holds %d postings", source, len(posts))
	case record > len(posts) || record < 0:
		return hint(fmt.Sprintf("it holds %s", count(len(posts), "posting")), "%s has no record %d", source, record)
	}
	post := posts[max(record, 1)-1]
	r := a.Analyze(post)
	if r.Status == score.Unscorable {
		p.code = exitPartial
	}
	return p.show(func(w io.Writer) error { return report.Explain(w, r, post.Text, p.look()) })
}

func (p *program) show(face func(io.Writer) error) error {
	out := bufio.NewWriter(p.stdout)
	if err := face(out); err != nil {
		return err
	}
	return out.Flush()
}
