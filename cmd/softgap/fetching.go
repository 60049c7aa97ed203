package main

import (
	"fmt"
	"io"
	"os"
	"sync"
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
		w.Progress = p.progress()
	}
	return w, nil
}

// progress shows on a terminal how far a long fetch has come, in one line that
// any other message takes the place of; nowhere else.
func (p *program) progress() func(fetch.Progress) {
	f, ok := p.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || os.Getenv("TERM") == "dumb" {
		return func(fetch.Progress) {}
	}
	line := &statusLine{out: f, width: 80}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		line.width = width
	}
	p.stderr, p.status = line, line
	return func(g fetch.Progress) { line.show(progressText(g)) }
}

// progressText is what is being waited for.
func progressText(g fetch.Progress) string {
	switch {
	case g.Wait > 0:
		return fmt.Sprintf("%s is busy: asking again in %v", g.Host, g.Wait.Round(100*time.Millisecond))
	case g.Total > 0:
		return fmt.Sprintf("%s: %d of %d read", g.Host, g.Done, g.Total)
	}
	return fmt.Sprintf("%s: %d read", g.Host, g.Done)
}

// A statusLine is a terminal whose last line may be a passing message.
type statusLine struct {
	mu    sync.Mutex
	out   io.Writer
	width int
	shown bool
}

func (l *statusLine) show(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r := []rune(text); len(r) >= l.width {
		text = string(r[:max(0, l.width-1)])
	}
	l.wipe()
	io.WriteString(l.out, text)
	l.shown = true
}

// clear takes the message away.
func (l *statusLine) clear() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wipe()
}

func (l *statusLine) wipe() {
	if l.shown {
		fmt.Fprintf(l.out, "\r%*s\r", l.width-1, "")
		l.shown = false
	}
}

// Write writes what stays.
func (l *statusLine) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wipe()
	return l.out.Write(b)
}
