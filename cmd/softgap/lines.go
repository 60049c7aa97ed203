package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"softgap/analyzer/posting"
	"softgap/analyzer/report"
)

// longestLine bounds a line of the filter; what is longer is a bad line.
const longestLine = 64 << 20

// filter is --lines: one Report out for every line in, in order, whatever is
// in it. A line is answered, and the answer flushed, before the next is waited
// for: after an answer, either another line is at work, and so another answer
// to come, or all is flushed.
func (s *scoring) filter(ctx context.Context, sources []string) error {
	for name, set := range map[string]bool{
		"-f " + s.target.form: s.target.form != "" && s.target.form != "jsonl", "-o": s.target.name != "", "--matches": s.matches.name != "",
		"--where": s.where != "", "--sample": s.sample != 0, "--limit": s.limit != 0, "--unique": s.unique, "--resume": s.resume,
		"--fail-if": s.failIf != "", "--baseline": s.baseline != "",
	} {
		if set {
			return hint("leave it out: --lines gives exactly one line of JSON for each line", "--lines goes without %s", name)
		}
	}
	if len(sources) > 1 || len(sources) == 1 && sources[0] != "-" {
		return hint("softgap score --lines < postings.jsonl", "--lines reads standard input")
	}
	a, err := s.prepare()
	if err != nil {
		return err
	}
	defer s.processors()()
	s.reader.Note = nil // it would speak for every line
	out := bufio.NewWriterSize(s.stdout, 1<<16)
	w, err := report.New("jsonl", out, report.Options{})
	if err != nil {
		return err
	}
	var taken atomic.Int64
	var broken error
	answered := int64(0)
	for p, r := range a.Batch(s.linesOf(interruptible(ctx, s.stdin), &taken, &broken), s.workers) {
		if s.text {
			r.Posting.Text = p.Text
		}
		if err := w.Write(r); err != nil {
			return filterError(err)
		}
		if answered++; answered == taken.Load() {
			if err := out.Flush(); err != nil {
				return filterError(err)
			}
		}
	}
	return filterError(errors.Join(broken, out.Flush()))
}

// filterError is what stopped the stream. A closed pipe is told by the exit
// code alone: who closed it knows, and who drives the filter must not take it
// for the end.
func filterError(err error) error {
	if closedPipe(err) {
		return errQuiet
	}
	return err
}

// linesOf yields a posting for every line; taken counts them. What ends the
// reading before the end is kept in broken.
func (s *scoring) linesOf(r io.Reader, taken *atomic.Int64, broken *error) iter.Seq[posting.Posting] {
	return func(yield func(posting.Posting) bool) {
		in := bufio.NewReaderSize(r, 1<<16)
		for number := 1; ; number++ {
			line, long, err := readLine(in)
			if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0 && !long) {
				if !errors.Is(err, io.EOF) {
					*broken = fmt.Errorf("line %d: %w", number, err)
				}
				return
			}
			taken.Add(1)
			p := s.lineOf(line)
			if long {
				p = posting.Posting{Problem: fmt.Sprintf("line too long: it has more than %d MB", longestLine>>20)}
			}
			p.Source, p.Record = "-", number
			p.Problem = strings.Replace(p.Problem, " in line 1 ", fmt.Sprintf(" in line %d ", number), 1) // a document of one line
			if !yield(p) || err != nil {
				return
			}
		}
	}
}

// lineOf makes the one posting of a line.
func (s *scoring) lineOf(line []byte) posting.Posting {
	if len(bytes.TrimSpace(line)) == 0 {
		return posting.Posting{Problem: "empty line: a line holds one posting, as JSON or as text"}
	}
	var first posting.Posting
	n := 0
	for p := range s.reader.Postings(posting.Document{Source: "-", Body: bytes.NewReader(line)}) {
		if n++; n == 1 {
			first = p
		}
		if n > 1 {
			return posting.Posting{ID: first.ID, Problem: "several postings on a line: give each a line of its own"}
		}
	}
	if first.Problem != "" && first.ID == "" {
		first.ID = s.idIn(line)
	}
	return first
}

// idIn finds the caller's id in a line of JSON that is no posting, or that is
// broken, so that the answer can be told from others.
func (s *scoring) idIn(line []byte) string {
	for _, key := range append(slices.Clone(s.reader.Columns["id"]), "id") {
		found := regexp.MustCompile(`[{,]\s*"` + regexp.QuoteMeta(key) + `"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)`).FindSubmatch(line[:min(len(line), 1<<16)])
		if found == nil {
			continue
		}
		var id string
		if json.Unmarshal(found[1], &id) != nil {
			id = string(found[1]) // a number
		}
		return id
	}
	return ""
}

// readLine reads a line without its end. Of one that is too long it reads all
// and keeps nothing.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > longestLine {
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return []byte(strings.TrimRight(string(line), "\r\n")), long, err
		}
	}
}

// interruptible reads until the context ends, even while it waits.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	out, in := io.Pipe()
	go func() {
		_, err := io.Copy(in, r)
		in.CloseWithError(err) // nil is the end
	}()
	context.AfterFunc(ctx, func() { in.CloseWithError(errInterrupted) })
	return out
}
