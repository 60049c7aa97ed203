package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"softgap/analyzer"
	"softgap/analyzer/audit"
	"softgap/analyzer/posting"
	"softgap/analyzer/report"
)

func (p *program) auditCommand() *cobra.Command {
	var format, output string
	o := audit.Options{By: "family"}
	c := &cobra.Command{
		Use:   "audit SOURCE...",
		Short: "Report on many postings as one page",
		Long: `Report on many postings as one page: the sentence to forward, how the scores
spread, what is asked for and how concretely, what nobody asks for, the widest
and the narrowest gaps, by group, over time, and what was left out and why.

Figures are of the postings that can be scored, each text once. -f html gives
one file that needs nothing else, to forward or to print.

Exit status: 0 done; 2 usage error, or nothing could be done; 3 done, but some
postings could not be read or scored, and each is named with its reason.`,
		Example: `  softgap audit postings/
  softgap audit postings/ -o audit.html
  softgap audit https://example.com/careers -o audit.html
  softgap audit jobs.csv --by organization
  softgap audit jobs.csv --by Department -f json`,
		Args: sourceArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if format == "" {
				format = formatOf(output)
			}
			if !slices.Contains(report.AuditFormats(), format) {
				return hint("softgap audit --help lists the forms", "unknown format %q: one of %s", format, strings.Join(report.AuditFormats(), ", "))
			}
			a, err := p.audit(c, args, o)
			if err != nil || a == nil {
				return err
			}
			return p.write(output, func(w io.Writer) error { return report.Audit(format, w, a, p.look()) })
		},
	}
	c.Flags().StringVarP(&format, "format", "f", "", "write the page as `FORM`: "+strings.Join(report.AuditFormats(), ", ")+" (default table, or by the ending of -o)")
	c.Flags().StringVarP(&output, "output", "o", "", "write to `FILE` instead of standard output")
	c.Flags().StringVar(&o.By, "by", o.By, "group by `WHAT`: "+strings.Join(audit.Groupings(), ", ")+", or a column of the sources")
	c.Flags().Uint64Var(&o.Seed, "seed", 1, "the same `N` gives the same intervals")
	p.fetchFlags(c)
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(report.AuditFormats(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("by", cobra.FixedCompletions(audit.Groupings(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

// formatOf is the form that a file's name asks for; of an ending that asks for
// none it is that ending, which no face will take.
func formatOf(name string) string {
	switch ending := strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), "."); ending {
	case "", "txt", "text":
		return "table"
	case "htm":
		return "html"
	case "md":
		return "markdown"
	default:
		return ending
	}
}

// audit makes the Audit of all postings of the sources and settles the exit
// code. It is nil, without an error, where nothing could be read.
func (p *program) audit(c *cobra.Command, sources []string, o audit.Options) (*audit.Audit, error) {
	a := audit.New(o)
	reader := posting.Reader{Note: func(note string) { p.say("note", "%s", note) }}
	column := !slices.Contains(audit.Groupings(), o.By)
	if column {
		reader.Keep = []string{o.By}
	}
	found := !column
	err := p.reports(c, sources, reader, func(r *analyzer.Report) {
		_, has := r.Posting.Kept[o.By]
		found = found || has
		a.Add(r)
	}, a.Unread)
	switch {
	case err != nil:
		return nil, err
	case a.Len() == 0:
		p.code = exitUsage
		return nil, nil
	case !found:
		return nil, hint("--by "+strings.Join(audit.Groupings(), ", ")+", or a column's name as the source spells it", "no posting has a column %q", o.By)
	}
	out := a.Audit()
	if out.Unscorable > 0 || out.Unread > 0 {
		p.code = exitPartial
	}
	return out, nil
}

// reports scores every posting of the sources, in order, marks those whose text
// has come before, and keeps the text in the Report. What cannot be opened is
// told, and unread is called for it. A run that is interrupted is an error: half
// of the postings make no page.
func (p *program) reports(c *cobra.Command, sources []string, reader posting.Reader, each func(*analyzer.Report), unread func()) error {
	a, err := p.analyzer()
	if err != nil {
		return err
	}
	s := &scoring{program: p, reader: reader}
	t := &tally{start: time.Now(), size: sizeOf(sources)}
	stop := p.watch(t, false)
	defer stop()
	postings := marked(s.read(c.Context(), sources, t), false, t)
	for post, r := range a.Batch(postings, runtime.GOMAXPROCS(0)) {
		r.Posting.Text = post.Text
		each(r)
		t.done.Add(1)
	}
	for range t.unread.Load() {
		unread()
	}
	return t.failure()
}

// write gives a result to standard output or, where a file is named, to that,
// whole or not at all.
func (p *program) write(name string, face func(io.Writer) error) error {
	if name == "" || name == "-" {
		out := bufio.NewWriter(p.stdout)
		if err := face(out); err != nil {
			return err
		}
		return out.Flush()
	}
	var b bytes.Buffer
	if err := face(&b); err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() { // a device, a pipe
		return os.WriteFile(name, b.Bytes(), 0o644)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".softgap-*")
	if err != nil {
		return hint("check that the folder is there and can be written to", "%s: %w", name, err)
	}
	_, err = f.Write(b.Bytes())
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
