package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
)

// counts are the postings scored so far, by what became of them.
type counts struct {
	Processed  int            `json:"processed"`
	Scored     int            `json:"scored"`
	Thin       int            `json:"thin"`
	Unscorable map[string]int `json:"unscorable,omitempty"` // by kind
	Unreadable map[string]int `json:"unreadable,omitempty"` // by kind
	LeftOut    int            `json:"left_out"`             // by a condition on the scores
	Undrawn    int            `json:"undrawn"`              // by a sample of the scored
	Rows       int            `json:"rows"`                 // in the results
	Failing    int            `json:"failing"`              // a check of the user's

	Kept map[string]int `json:"kept,omitempty"` // postings with a value, by column of --keep

	misnamed string // the first reason that a column named by the user is not there
}

func (c *counts) add(r *analyzer.Report) {
	c.Processed++
	for name, value := range r.Posting.Kept {
		if value != "" {
			c.Kept = plus(c.Kept, name)
		}
	}
	kind, _, _ := strings.Cut(r.Reason, ":")
	switch {
	case r.Status == score.Scored:
		c.Scored++
	case r.Status == score.Thin:
		c.Thin++
	case r.Error != "":
		if kind == posting.NoColumn && c.misnamed == "" {
			c.misnamed = r.Reason
		}
		c.Unreadable = plus(c.Unreadable, kind)
	default:
		c.Unscorable = plus(c.Unscorable, kind)
	}
}

func plus(m map[string]int, kind string) map[string]int {
	if m == nil {
		m = map[string]int{}
	}
	m[kind]++
	return m
}

func (c *counts) notScored() int { return sum(c.Unscorable) + sum(c.Unreadable) }

func sum(m map[string]int) (n int) {
	for _, k := range m {
		n += k
	}
	return n
}

// A tally is what is known of a run while it goes on: the counts, which belong
// to the one that writes, and what reading counts on its own goroutine.
type tally struct {
	counts
	read, unread, refused, duplicates, repeated, undrawn atomic.Int64

	bytes atomic.Int64 // read from files
	size  int64        // of all files, 0 if not all is known
	start time.Time
	done  atomic.Int64 // postings scored, for the progress line

	mu  sync.Mutex
	err error // what ended the reading
}

// fail notes what ended the reading.
func (t *tally) fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		t.err = err
	}
}

func (t *tally) failure() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

// counted counts what is read from a document. Files stay files, for formats
// that move about in them.
func (t *tally) counted(r io.Reader) io.Reader {
	if f, ok := r.(*os.File); ok {
		return countedFile{f, &t.bytes}
	}
	return r
}

type countedFile struct {
	*os.File
	n *atomic.Int64
}

func (c countedFile) Read(b []byte) (int, error) {
	n, err := c.File.Read(b)
	c.n.Add(int64(n))
	return n, err
}

func (c countedFile) ReadAt(b []byte, off int64) (int, error) {
	n, err := c.File.ReadAt(b, off)
	c.n.Add(int64(n))
	return n, err
}

// WriteTo is the File's only without the count.
func (c countedFile) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, struct{ io.Reader }{c})
}

// summary says what became of every posting that was read, and of every one
// that was scored: the parts of each line are its sum. A limit stops the
// reading anywhere, so that what was left out before it is not told.
func (t *tally) summary(limited bool) []string {
	n := &t.counts
	refused, repeated, undrawn := int(t.refused.Load()), int(t.repeated.Load()), int(t.undrawn.Load())
	verb := "read"
	if limited {
		refused, repeated, undrawn, verb = 0, 0, 0, "scored up to --limit"
	}
	line := fmt.Sprintf("%s %s: ", count(refused+repeated+undrawn+n.Processed, "posting"), verb) + parts([]part{
		{refused, "left out by --where", ""},
		{repeated, "left out as duplicates", ""},
		{undrawn, "left out by --sample", ""},
		{n.Scored, "scored", ""},
		{n.Thin, "too thin to judge", ""},
		{sum(n.Unscorable), "not to be scored", kinds(n.Unscorable)},
		{sum(n.Unreadable), "unreadable", kinds(n.Unreadable)},
	})
	if d := t.duplicates.Load(); repeated == 0 && d > 0 && !limited {
		line += fmt.Sprintf("; %s", count(int(d), "duplicate"))
	}
	lines := []string{line}
	if n.LeftOut+n.Undrawn > 0 {
		lines = append(lines, count(n.Rows+n.LeftOut+n.Undrawn, "scored posting")+": "+parts([]part{
			{n.LeftOut, "left out by --where", ""}, {n.Undrawn, "left out by --sample", ""}, {n.Rows, "in the results", ""},
		}))
	}
	if seconds := time.Since(t.start).Seconds(); n.Processed >= manyPostings {
		lines = append(lines, fmt.Sprintf("%.1f seconds, %.0f postings/s", seconds, float64(n.Processed)/max(seconds, 1e-3)))
	}
	return lines
}

// manyPostings is from how many on a rate says something.
const manyPostings = 100

// A part is how many postings went one way, and why.
type part struct {
	n         int
	what, why string
}

func parts(all []part) string {
	var out []string
	for _, p := range all {
		if p.n == 0 {
			continue
		}
		if p.why != "" {
			p.what += " (" + p.why + ")"
		}
		out = append(out, fmt.Sprintf("%d %s", p.n, p.what))
	}
	return strings.Join(out, ", ")
}

// kinds lists kinds of reasons, the most frequent first.
func kinds(m map[string]int) string {
	names := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(a, b)
	})
	if len(names) == 1 {
		return names[0]
	}
	var out []string
	for i, k := range names {
		if i == 5 && len(names) > 6 {
			rest := 0
			for _, k := range names[i:] {
				rest += m[k]
			}
			out = append(out, fmt.Sprintf("%d for other reasons", rest))
			break
		}
		out = append(out, fmt.Sprintf("%d %s", m[k], k))
	}
	return strings.Join(out, ", ")
}
