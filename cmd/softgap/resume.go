package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/report"
)

// An output is the sinks of a run, and a note beside them of how far it has
// come, from which another run can go on.
type output struct {
	sinks []*sink
	note  string // its file, or "" if nothing can be gone on with
	inOne bool   // all results are written at the end
	noted checkpoint
	seen  hash // of the postings scored so far
}

// A checkpoint says which postings are done and where their results end.
type checkpoint struct {
	Settings  []string   `json:"settings"`  // of the command, versions and digest of the word lists
	Seen      hash       `json:"seen"`      // of the postings done
	Counts    counts     `json:"counts"`    // of them
	Positions []position `json:"positions"` // of the sinks
	Whole     bool       `json:"whole"`     // all is written and only to be renamed
}

// interval is how many Reports lie between two checkpoints.
const interval = 250

var errWhole = errors.New("nothing to go on with: the results are whole")

// open prepares the sinks, and goes on from an earlier run if the user asked.
func (s *scoring) open(a *analyzer.Analyzer, t *tally) (*output, error) {
	o := s.look()
	o.Keep, o.Text = s.reader.Keep, s.text
	main, err := s.newSink(s.target, func(form string, w io.Writer, after int) (report.Writer, error) {
		o.After = after
		return report.New(form, w, o)
	})
	if err != nil {
		return nil, err
	}
	out := &output{sinks: []*sink{main}, inOne: s.sample > 0 && s.only.Late()}
	if s.matches.name != "" {
		second, err := s.newSink(s.matches, func(form string, w io.Writer, after int) (report.Writer, error) {
			return report.NewMatches(form, w, report.Options{After: after})
		})
		if err != nil {
			return nil, err
		}
		out.sinks = append(out.sinks, second)
	}
	switch {
	case main.stream != nil && s.resume:
		return nil, hint("give the file with -o FILE", "--resume goes on with a file, not with standard output")
	case main.stream != nil:
	case main.ending != "":
		out.note = filepath.Join(main.name, "resume.json")
	default:
		out.note = main.name + ".resume.json"
	}
	version := a.Analyze(posting.Posting{})
	out.noted.Settings = append(s.settings, version.Tool.Version, version.Lexicon.Digest)
	if err := out.recover(s, t); err != nil {
		return nil, err
	}
	for _, k := range out.sinks {
		if err := k.begin(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// recover takes up what an earlier run left, or clears it away.
func (out *output) recover(s *scoring, t *tally) error {
	main := out.sinks[0]
	whole, unfinished := main.leftovers()
	data, err := os.ReadFile(out.note)
	noted := err == nil && out.note != ""
	switch {
	case main.stream != nil:
		return nil
	case !s.resume && main.ending != "" && len(whole)+len(unfinished) > 0:
		return hint("give an empty folder, or go on with --resume", "%s holds the parts of another run", main.name)
	case !s.resume && noted:
		s.say("warning", "%s is what an interrupted run left, and is overwritten: --resume would have gone on with it", main.path()+partial)
		return os.Remove(out.note)
	case !s.resume:
		return nil
	case !noted && len(whole) > 0 && len(unfinished) == 0:
		return errWhole
	case !noted:
		for _, name := range slices.Concat(whole, unfinished) {
			if main.ending != "" {
				if err := os.Remove(name); err != nil {
					return err
				}
			}
		}
		s.say("note", "nothing to go on with: starting from the beginning")
		return nil
	}
	var c checkpoint
	if err := json.Unmarshal(data, &c); err != nil || len(c.Positions) != len(out.sinks) {
		return hint("start again without --resume", "%s is broken: %v", out.note, err)
	}
	if !slices.Equal(c.Settings, out.noted.Settings) {
		return hint("use the same command, program and word lists, or start again without --resume", "%s is of another command, or of other versions", main.path()+partial)
	}
	out.noted, out.seen, t.counts = c, c.Seen, c.Counts
	for i, k := range out.sinks {
		k.position = c.Positions[i]
		if _, err := os.Stat(k.path() + partial); errors.Is(err, fs.ErrNotExist) && !c.Whole {
			if err := os.Rename(k.path(), k.path()+partial); err != nil { // it was whole just before the run was stopped
				return hint("start again without --resume", "%w", err)
			}
		}
	}
	if c.Whole {
		if err := out.rename(); err != nil {
			return err
		}
		return errWhole
	}
	return nil
}

// rest passes over the postings that an earlier run has done, and makes sure
// that they are the same.
func (out *output) rest(postings iter.Seq[posting.Posting], t *tally) iter.Seq[posting.Posting] {
	done, want := out.noted.Counts.Processed, out.noted.Seen
	return func(yield func(posting.Posting) bool) {
		var seen hash
		n := 0
		for p := range postings {
			if n < done {
				n++
				seen = seen.with(p)
			} else if seen != want || !yield(p) {
				break
			}
		}
		if n < done || seen != want {
			t.fail(hint("start again without --resume", "the sources are not those of the interrupted run"))
		}
	}
}

// write writes a Report everywhere, and notes how far the run has come where
// that is due.
func (out *output) write(r *analyzer.Report, t *tally) error {
	due := t.Rows%interval == 0
	resumable := true
	for _, k := range out.sinks {
		if err := k.write(r); err != nil {
			return err
		}
		if k.full() {
			if err := k.next(); err != nil {
				return err
			}
			due = true
		}
		resumable = resumable && (k.Reports == 0 || k.resumable)
	}
	if !due || out.note == "" {
		return nil
	}
	for _, k := range out.sinks {
		if k.resumable {
			if err := k.mark(); err != nil {
				return err
			}
		}
	}
	if !resumable || out.inOne {
		return nil
	}
	return out.checkpoint(t, false)
}

func (out *output) checkpoint(t *tally, whole bool) error {
	c := &out.noted
	c.Seen, c.Counts, c.Whole, c.Positions = out.seen, t.counts, whole, nil
	for _, k := range out.sinks {
		c.Positions = append(c.Positions, k.position)
	}
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out.note+partial, data, 0o666); err != nil {
		return err
	}
	return os.Rename(out.note+partial, out.note)
}

// close makes all files whole and names them. From the note on, a run that is
// stopped in between can be brought to its end.
func (out *output) close(t *tally) error {
	for _, k := range out.sinks {
		if err := k.end(); err != nil {
			return err
		}
	}
	if out.note == "" {
		return out.rename()
	}
	if err := out.checkpoint(t, true); err != nil {
		return err
	}
	return out.rename()
}

// abandon leaves what another run can go on with, and says so; else nothing.
func (out *output) abandon() (remedy string) {
	_, err := os.Stat(out.note)
	keep := out.note != "" && err == nil
	for _, k := range out.sinks {
		if k.stream != nil {
			_ = k.buf.Flush() // so that the last record is whole, if it can be
		}
		if k.stream == nil && k.file != nil {
			k.file.Close()
			if !keep {
				os.Remove(k.path() + partial)
			}
		}
	}
	if keep {
		return "the same command with --resume goes on from here"
	}
	return ""
}

// none ends a run that has no result: a stream is ended, a file is not made.
func (out *output) none() error {
	if main := out.sinks[0]; main.stream != nil {
		return main.end()
	}
	out.abandon()
	return nil
}

func (out *output) rename() error {
	for _, k := range out.sinks {
		if err := k.rename(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if out.note == "" {
		return nil
	}
	return os.Remove(out.note)
}

// hash tells one run of postings from another.
type hash uint64

func (h hash) with(p posting.Posting) hash {
	f := fnv.New64a()
	fmt.Fprint(f, uint64(h), "\x00", p.Source, "\x00", p.Record, "\x00", p.ID, "\x00", p.Title, "\x00", len(p.Text))
	return hash(f.Sum64())
}
