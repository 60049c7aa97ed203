package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"softgap/analyzer"
	"softgap/analyzer/condition"
	"softgap/analyzer/posting"
	"softgap/analyzer/report"
)

// A scoring is one run of softgap score: what the user asked for.
type scoring struct {
	*program
	target  target // where Reports go
	matches target // where matches go, if anywhere
	text    bool

	where, failIf string // conditions
	sample, limit int
	seed          uint64
	unique        bool
	columns       string
	reader        posting.Reader
	workers       int
	lines, resume bool
	baseline      string
	update        bool
	settings      []string // all that decides what comes out

	only   *condition.Condition // of where
	checks checks
}

func (p *program) scoreCommand() *cobra.Command {
	s := &scoring{program: p}
	c := &cobra.Command{
		Use:     "score SOURCE...",
		Short:   "Score every posting in the sources",
		Long:    scoreHelp,
		Example: scoreExamples,
		Args: func(c *cobra.Command, args []string) error {
			if s.lines && len(args) == 0 {
				return nil
			}
			return sourceArgs(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			s.settings = settingsOf(c, args)
			if s.lines {
				return s.filter(c.Context(), args)
			}
			return s.run(c.Context(), args)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&s.target.form, "format", "f", "", "write results as `FORM`: "+strings.Join(report.Formats(), ", ")+" (default: by the name of FILE, else table)")
	f.StringVarP(&s.target.name, "output", "o", "", "write results to `FILE`, compressed if it ends in .gz or .zst; to a folder, DIR/, in parts")
	f.IntVar(&s.target.rows, "part-rows", 100000, "in a folder, begin a new part after `N` postings")
	f.StringVar(&s.matches.name, "matches", "", "write one row for each match to `FILE` (.csv, .jsonl, .parquet)")
	f.BoolVar(&s.text, "text", false, "keep the posting's text in the results (json, jsonl, csv, parquet)")
	f.StringVar(&s.where, "where", "", "only postings of which the `CONDITION` holds")
	f.IntVar(&s.sample, "sample", 0, "only `N` postings, drawn at random")
	f.Uint64Var(&s.seed, "seed", 1, "the same `N` draws the same sample")
	f.IntVar(&s.limit, "limit", 0, "stop after `N` postings")
	f.BoolVar(&s.unique, "unique", false, "leave out what is the same text as before, or nearly")
	f.StringVar(&s.columns, "map", "", "say which columns hold what: `ROLE=COLUMNS`, as in description=duties+skills,title=job")
	f.StringSliceVar(&s.reader.Keep, "keep", nil, "carry these `COLUMNS` of the source to the results")
	f.StringVar(&s.failIf, "fail-if", "", "exit with 1 if the `CONDITION` holds of any posting")
	f.StringVar(&s.baseline, "baseline", "", "exit with 1 if any posting is worse than in `FILE`")
	f.BoolVar(&s.update, "update-baseline", false, "write the baseline FILE anew")
	f.BoolVar(&s.lines, "lines", false, "be a filter: one line of JSON out for every line in, in order")
	f.BoolVar(&s.resume, "resume", false, "go on where an interrupted run to the same FILE stopped")
	f.IntVar(&s.workers, "workers", runtime.GOMAXPROCS(0), "score on `N` processors")
	p.fetchFlags(c)
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(report.Formats(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

const scoreHelp = `Score every posting in the sources: what it asks for on the technical side and
on the people side, and the gap between them.

A SOURCE is a file, a folder, a glob, a URL, or - for standard input. Results go
to standard output or to FILE, all else to standard error. softgap --help lists
what is read.

A URL is read to the end of what it leads to: the board of Greenhouse, Lever,
Ashby, Workable, SmartRecruiters, Recruitee, Workday, BambooHR, Personio,
Teamtailor, Pinpoint, Rippling, Oracle or Eightfold, or a careers page that
shows one; a sitemap; a page that lists postings of its site; or one page. A
board may be given by name: greenhouse:acme. What a site's robots.txt forbids
is not read.

A FILE is written under another name (FILE.partial) and named as asked once it
is whole. An interrupted run leaves it, and --resume with the same command goes
on from there, to the same bytes. Scored again are: of csv, json and jsonl a few
hundred postings at most, of a folder the last part, of other forms all.

A CONDITION compares the columns of -f csv:

  gap > 40 or verdict = heller_pattern
  title ~ support and date >= 2024 and not organization = "Acme Ltd."
  location ~ /\b(leeds|york)\b/ and patience_level = 0

  = != < <= > >= compare; ~ and !~ ask whether a text holds another, or matches
  a /regular expression/. Case never counts. What could not be scored has no
  figures and meets no comparison with one.

A posting is a duplicate if it has the text of one before it, or nine tenths of
its runs of three words; it is held against the last 32,768 different ones.
Results name the first in duplicate_of.

A posting is worse than in the baseline if its gap has widened, if it cannot be
scored any more, or if --fail-if holds of it and did not. With a baseline,
--fail-if forgives what it held of then.

With --lines, every line of standard input is one posting, as JSON or text, and
gives one line of JSON in its place: a Report with an "error" in it if the line
cannot be read. Exit status is 0 unless the stream itself broke. Lines go out as
soon as input pauses. Duplicates are not marked.

Exit status: 0 done; 1 done, and --fail-if or --baseline found something; 2
usage error, or nothing could be done; 3 done, but some postings could not be
read or scored, and each is named with its reason.`

const scoreExamples = `  softgap score helpdesk.txt
  softgap score https://example.com/careers/help-desk
  softgap score https://jobs.lever.co/acme --cache fetched -f jsonl
  softgap score 'postings/*.html' -f jsonl > scores.jsonl
  softgap score export.csv -o scores.parquet --matches matches.parquet
  softgap score export.jsonl.gz -o scores.csv --where 'title~support' --unique
  softgap score drafts/ -f github --fail-if 'gap>40 or verdict=heller_pattern'
  softgap score --lines --workers 1 < postings.jsonl > scores.jsonl
  pbpaste | softgap score -`

func sourceArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return hint("for example: "+c.CommandPath()+" posting.txt", "no source: give a file, a folder, a glob, a URL, or - for standard input")
	}
	return nil
}

// settingsOf lists all that decides what a run writes: --resume goes on only
// from a run with the same.
func settingsOf(c *cobra.Command, args []string) []string {
	out := slices.Clone(args)
	for _, name := range []string{"format", "output", "part-rows", "matches", "text", "where", "sample", "seed", "limit", "unique", "map", "keep", "fail-if", "baseline"} {
		out = append(out, name+"="+c.Flags().Lookup(name).Value.String())
	}
	return out
}

// run reads, chooses, scores and writes.
func (s *scoring) run(ctx context.Context, sources []string) error {
	a, err := s.prepare()
	if err != nil {
		return err
	}
	defer s.processors()()
	t := &tally{start: time.Now(), size: sizeOf(sources)}
	out, err := s.open(a, t)
	if errors.Is(err, errWhole) {
		s.say("note", "%v", err)
		return s.settleCode(t)
	}
	if err != nil {
		return err
	}
	stop := s.watch(t, out.sinks[0].stream != nil)
	defer stop()

	postings := s.read(ctx, sources, t)
	postings = matching(postings, s.only, t)
	postings = marked(postings, s.unique, t)
	if !s.only.Late() {
		postings = sampled(postings, s.sample, s.seed, func() { t.undrawn.Add(1) })
	}
	results := s.holding(a.Batch(out.rest(postings, t), s.workers), out, t)
	if s.only.Late() {
		results = sampled(results, s.sample, s.seed, func() { t.Undrawn++ })
	}
	if err := s.writeAll(results, out, t); err != nil {
		return s.stopped(out, err)
	}
	stop()
	if t.Processed+int(t.refused.Load()) == 0 { // what was to be said of that has been said
		s.code = exitUsage
		return out.none()
	}
	if err := out.close(t); err != nil {
		return s.stopped(out, err)
	}
	return s.conclude(t)
}

// processors limits the program to as many as there are workers, until the
// returned function is called: many filters may share a machine.
func (s *scoring) processors() (reset func()) {
	before := runtime.GOMAXPROCS(min(s.workers, runtime.GOMAXPROCS(0)))
	return func() { runtime.GOMAXPROCS(before) }
}

// writeAll writes the results, as many as the user wants.
func (s *scoring) writeAll(results iter.Seq[result], out *output, t *tally) error {
	if s.limited(t) { // the interrupted run wrote them all
		return nil
	}
	for r := range results {
		s.settle(r, t)
		if err := out.write(r.Report, t); err != nil {
			return err
		}
		if s.limited(t) {
			return nil
		}
	}
	return t.failure()
}

// limited reports whether the results are as many as the user wants.
func (s *scoring) limited(t *tally) bool { return s.limit > 0 && t.Rows >= s.limit }

// prepare reads what the flags mean.
func (s *scoring) prepare() (*analyzer.Analyzer, error) {
	var err error
	if s.only, err = s.condition(s.where); err != nil {
		return nil, fmt.Errorf("--where: %w", err)
	}
	if s.checks.failIf, err = s.condition(s.failIf); err != nil {
		return nil, fmt.Errorf("--fail-if: %w", err)
	}
	switch {
	case s.update && s.baseline == "":
		return nil, hint("softgap score postings/ --baseline gaps.json --update-baseline", "--update-baseline: which file? name it with --baseline")
	case s.baseline != "":
		if s.checks.before, err = readBaseline(s.baseline, s.update); err != nil {
			return nil, err
		}
		if s.update {
			s.checks.after = &baseline{Postings: map[string]reading{}}
		}
	}
	for name, n := range map[string]int{"--sample": s.sample, "--limit": s.limit, "--workers": s.workers - 1, "--part-rows": s.target.rows - 1} {
		if n < 0 {
			return nil, hint("give a number above zero", "%s is too small", name)
		}
	}
	if s.reader.Columns, err = columnsOf(s.columns); err != nil {
		return nil, err
	}
	s.reader.Note = func(note string) { s.say("note", "%s", note) }
	return s.analyzer()
}

// columnsOf reads --map: description=duties+skills,title=job.
func columnsOf(text string) (map[string][]string, error) {
	columns := map[string][]string{}
	for part := range strings.SplitSeq(text, ",") {
		role, names, ok := strings.Cut(part, "=")
		role = strings.TrimSpace(role)
		switch {
		case text == "":
		case !ok:
			return nil, hint("for example: --map description=duties+skills,title=job", "--map: %q is not ROLE=COLUMNS", part)
		case !slices.Contains(posting.Roles(), role):
			return nil, hint("the roles are "+strings.Join(posting.Roles(), ", "), "--map: no role is called %q", role)
		default:
			columns[role] = append(columns[role], strings.Split(names, "+")...)
		}
	}
	return columns, nil
}

func (s *scoring) condition(text string) (*condition.Condition, error) {
	if text == "" {
		return nil, nil
	}
	return condition.Parse(text, s.reader.Keep...)
}

// holding counts the results and lets those through of which --where holds.
func (s *scoring) holding(results iter.Seq2[posting.Posting, *analyzer.Report], out *output, t *tally) iter.Seq[result] {
	return func(yield func(result) bool) {
		for p, r := range results {
			out.seen = out.seen.with(p)
			t.add(r)
			t.done.Store(int64(t.Processed))
			if s.text {
				r.Posting.Text = p.Text
			}
			if !s.only.Holds(r) {
				t.LeftOut++
			} else if !yield(result{p, r}) {
				return
			}
		}
	}
}

// settle holds a result against the user's checks, and names it if one fails.
func (s *scoring) settle(r result, t *tally) {
	t.Rows++
	if !s.checks.settle(r.Report, nameOf(r.posting)) {
		return
	}
	const named = 10
	switch t.Failing++; {
	case t.Failing <= named:
		s.say("error", "%s (%s): %s", nameOf(r.posting), cmp.Or(r.Posting.Title, "untitled"), r.Findings[0].Message)
	case t.Failing == named+1:
		s.say("error", "and further ones, each named in the results")
	}
}

// stopped says how to go on after an error.
func (s *scoring) stopped(out *output, err error) error {
	if remedy := out.abandon(); remedy != "" {
		return hint(remedy, "%w", err)
	}
	return err
}

// conclude sums up.
func (s *scoring) conclude(t *tally) error {
	if s.checks.after != nil {
		if err := s.checks.after.write(s.baseline); err != nil {
			return err
		}
	}
	for _, name := range s.reader.Keep {
		if t.Kept[name] == 0 && t.Processed > 0 {
			s.say("warning", "--keep %s: no posting has a value under this name", name)
		}
	}
	alone := t.Processed == 1 && s.target.name == "" // on the screen, it speaks for itself
	if n := t.notScored(); n > 0 && !alone {
		s.say("warning", "%d of %s not scored; each says why in the results", n, were(t.Processed))
	}
	if !alone {
		for _, line := range t.summary(s.limited(t)) {
			s.say("note", "%s", line)
		}
	}
	return s.settleCode(t)
}

// were is "1 posting was", "2 postings were".
func were(n int) string {
	if n == 1 {
		return "1 posting was"
	}
	return fmt.Sprintf("%d postings were", n)
}

// settleCode computes the exit code from what was counted.
func (s *scoring) settleCode(t *tally) error {
	switch {
	case t.misnamed != "" && t.Unreadable[posting.NoColumn] == t.Processed: // a column of --map that nothing has
		s.say("error", "--map: %s", t.misnamed)
		s.code = exitUsage
	case t.Failing > 0:
		s.code = exitCheck
	case t.notScored() > 0 || t.unread.Load() > 0:
		s.code = exitPartial
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
