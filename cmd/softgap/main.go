// Command softgap reads job postings, scores what they ask for on the
// technical and on the people side, and reports the gap.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"

	"softgap/analyzer/fetch"
)

// Exit codes (DESIGN: a contract).
const (
	exitDone    = 0 // done
	exitCheck   = 1 // done, and a check that the user asked for did not hold
	exitUsage   = 2 // usage error, or nothing could be done
	exitPartial = 3 // done, but some records could not be read or scored
)

func main() {
	// One posting makes some 5 MB of garbage, most of it before main by other
	// modules; at the default of 100 that starts a collection, which is a fifth
	// of such a run. Long runs live on little, so the room costs little there.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	// Of a long run some 40 MB live at most, most of it the tagger's model; the
	// limit, soft as it is, keeps the garbage of a million postings from doubling
	// that. With 60 MB a run takes 82 in all, with 72 it takes 93 and no less time.
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(60 << 20)
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole program: its arguments and streams in, its exit code out.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() { // it takes 0.4 ms, which the work need not wait for
		interrupted, release := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
		<-interrupted.Done()
		stop()
		release() // a second one ends the program at once
	}()
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr}
	root := p.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return p.code
	case closedPipe(err):
		return exitDone // who read the output has seen enough
	case errors.Is(err, errQuiet):
		return exitUsage
	}
	p.complain(err)
	return exitUsage
}

// closedPipe reports whether nobody reads the output any more.
func closedPipe(err error) bool { return errors.Is(err, syscall.EPIPE) || errors.Is(err, fs.ErrClosed) }

// errQuiet ends the program in failure without a word.
var errQuiet = errors.New("nobody reads the output")

// A program is one run of softgap.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	code           int

	lexiconDir string

	mu       sync.Mutex // of stderr: reading and writing may both have something to say
	progress string     // what stands in the last line of the terminal

	web fetch.Client // how URLs are fetched
}

// complain reports an error, and its remedy if it has one.
func (p *program) complain(err error) {
	p.say("error", "%v", err)
	var h interface{ Hint() string }
	if errors.As(err, &h) && h.Hint() != "" {
		p.say("hint", "%s", h.Hint())
	}
}

// say writes an error, a warning, a hint or a note.
func (p *program) say(kind, format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.progress != "" {
		fmt.Fprint(p.stderr, wipe)
		p.progress = ""
	}
	for line := range strings.Lines(fmt.Sprintf(format, args...)) {
		fmt.Fprintf(p.stderr, "softgap: %s: %s\n", kind, strings.TrimRight(line, "\n"))
	}
}

// count is "1 posting", "2 postings".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// hinted is an error with a remedy.
type hinted struct {
	err    error
	remedy string
}

func (h hinted) Error() string { return h.err.Error() }
func (h hinted) Hint() string  { return h.remedy }
func (h hinted) Unwrap() error { return h.err }

func hint(remedy, format string, args ...any) error {
	return hinted{fmt.Errorf(format, args...), remedy}
}
