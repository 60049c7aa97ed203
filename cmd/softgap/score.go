package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"softgap/analyzer/posting"
	"softgap/analyzer/report"
	"softgap/analyzer/score"
)

func (p *program) scoreCommand() *cobra.Command {
	var format string
	var text bool
	c := &cobra.Command{
		Use:   "score SOURCE...",
		Short: "Score every posting in the sources",
		Long: `Score every posting in the sources: what it asks for on the technical side and
on the people side, and the gap between them.

A SOURCE is a file, a folder, a glob, a URL, or - for standard input: plain
text, Markdown, or a web page. Results go to standard output, all else to
standard error.

A URL is read to the end of what it leads to: the board of Greenhouse, Lever,
Ashby, Workable, SmartRecruiters, Recruitee, Workday, BambooHR, Personio,
Teamtailor, Pinpoint, Rippling, Oracle or Eightfold, or a careers page that
shows one; a sitemap; a page that lists postings of its site; or one page. A
board may be given by name: greenhouse:acme. What a site's robots.txt forbids
is not read.

Exit status: 0 done; 2 usage error, or nothing could be done; 3 done, but some
postings could not be read or scored, and each is named with its reason.`,
		Example: `  softgap score helpdesk.txt
  softgap score https://example.com/careers/help-desk
  softgap score https://jobs.lever.co/acme --cache fetched -f jsonl
  softgap score 'postings/*.html' -f jsonl > scores.jsonl
  pbpaste | softgap score -`,
		Args: sourceArgs,
		RunE: func(c *cobra.Command, args []string) error {
			out := bufio.NewWriterSize(p.stdout, 1<<16)
			w, err := report.New(format, out, p.look())
			if err != nil {
				return hint("softgap score --help lists the forms", "%v", err)
			}
			if err := p.scoreAll(c, args, text, w); err != nil {
				return err
			}
			if err := w.Close(); err != nil {
				return err
			}
			return out.Flush()
		},
	}
	c.Flags().StringVarP(&format, "format", "f", "table", "write results as `FORM`: "+strings.Join(report.Formats(), ", "))
	c.Flags().BoolVar(&text, "text", false, "keep the posting's text in the results (json, jsonl)")
	p.fetchFlags(c)
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(report.Formats(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

func sourceArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return hint("for example: "+c.CommandPath()+" posting.txt", "no source: give a file, a folder, a glob, a URL, or - for standard input")
	}
	return nil
}

// scoreAll writes a Report for every posting of the sources and settles the
// exit code.
func (p *program) scoreAll(c *cobra.Command, sources []string, text bool, w report.Writer) error {
	a, err := p.analyzer()
	if err != nil {
		return err
	}
	read, failed, unscored := 0, 0, 0
	for d, err := range p.documents(c.Context(), sources) {
		if err != nil {
			failed++
			p.complain(err)
			continue
		}
		for _, post := range posting.Read(d) {
			r := a.Analyze(post)
			if text {
				r.Posting.Text = post.Text
			}
			if r.Status == score.Unscorable {
				p.code = exitPartial
				unscored++
			}
			if err := w.Write(r); err != nil {
				return err
			}
			read++
		}
	}
	if unscored > 0 && read > 1 {
		p.say("warning", "%d of %d postings were not scored; each says why in the results", unscored, read)
	}
	switch {
	case read == 0:
		p.code = exitUsage
	case failed > 0:
		p.code = exitPartial
	}
	return nil
}

// look is how output should look here: the terminal's width, and colour only
// on a terminal that has not asked for none.
func (p *program) look() report.Options {
	f, ok := p.stdout.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return report.Options{}
	}
	o := report.Options{Color: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil {
		o.Width = min(width, 100)
	}
	return o
}

func (p *program) explainCommand() *cobra.Command {
	var record int
	c := &cobra.Command{
		Use:   "explain SOURCE",
		Short: "Trace every point of one posting to the words it comes from",
		Long: `Trace every point of one posting to the words it comes from: each statement that
counts, the words in it, how concretely and how firmly they ask, and the sums
that make the scores. What was not counted is listed with the reason.`,
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
