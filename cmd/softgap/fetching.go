package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"softgap/analyzer/fetch"
)

// fetchFlags adds the flags of commands whose sources may be on the web.
func (p *program) fetchFlags(c *cobra.Command) {
	f := c.Flags()
	f.IntVar(&p.web.Max, "max", 0, fmt.Sprintf("from the web, read at most `N` pages of one source (default %d; a board's list is read whole)", fetch.DefaultMax))
	f.Float64Var(&p.web.Rate, "rate", fetch.DefaultRate, "ask a site at most `N` times a second; 0.2 is once in five seconds")
	f.DurationVar(&p.web.Timeout, "timeout", fetch.DefaultTimeout, "wait no longer for one answer of a site")
	f.Int64Var(&p.web.MaxBytes, "max-bytes", fetch.DefaultMaxBytes, "take at most `N` bytes of one answer, unpacked")
	f.BoolVar(&p.web.OwnSite, "own-site", false, "the postings are your own organisation's: do not ask robots.txt whether they may be read")
	f.StringVar(&p.web.Cache, "cache", "", "keep what was fetched in `DIR`, and ask only for what has changed since")
}

// fetcher returns the client of this run, or what is wrong with its flags.
func (p *program) fetcher() (*fetch.Client, error) {
	w := &p.web
	switch {
	case w.Max < 0:
		return nil, hint("leave it out to read all", "--max %d is not 1 or more", w.Max)
	case w.Rate < 0 || w.Rate > 1000:
		return nil, hint("one a second is polite", "--rate %v is not between 0 and 1000", w.Rate)
	case w.Timeout < 0 || w.MaxBytes < 0:
		return nil, hint("leave them out for what is usual", "--timeout and --max-bytes must be above zero")
	}
	w.Version = version()
	w.Note = func(s string) { p.say("warning", "%s", s) }
	if w.Progress == nil {
		w.Progress = p.showFetch()
	}
	return w, nil
}

// showFetch shows on a terminal how far a long fetch has come; nowhere else.
func (p *program) showFetch() func(fetch.Progress) {
	f, ok := p.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return func(g fetch.Progress) { p.passing(fetchLine(g)) }
}

// fetchLine is what is being waited for: "acme.com: 3 of 93 read".
func fetchLine(g fetch.Progress) string {
	switch {
	case g.Wait > 0:
		return fmt.Sprintf("%s is busy: asking again in %v", g.Host, g.Wait.Round(100*time.Millisecond))
	case g.Total > 0:
		return fmt.Sprintf("%s: %d of %d read", g.Host, g.Done, g.Total)
	}
	return "waiting for " + g.Host
}
