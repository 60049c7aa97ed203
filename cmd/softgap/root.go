package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"sync"

	"github.com/spf13/cobra"

	"softgap/analyzer"
	"softgap/analyzer/score"
	"softgap/lexicons"
)

// release is the version of this source; a build from a tag says its own.
const release = "0.1.0"

var version = sync.OnceValue(func() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return release
})

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "softgap",
		Short: "Score what IT job postings ask for: technical skills, people skills, and the gap",
		Long: `softgap reads IT job postings and scores what they ask for on the technical side
and on the people side, against open word lists, and reports the gap.

It measures what a posting states, not what the employer values. Nothing leaves
the machine; the network is used only for a URL that you type.

Read are plain text, Markdown, web pages, Word (.docx), PDF, mail, CSV, TSV,
JSON, JSON lines, Parquet, Excel (.xlsx), XML and RSS feeds and WARC, also
compressed or in archives, and the boards of fourteen recruiting systems.

Exit status: 0 done; 1 done, and a check that you asked for did not hold; 2
usage error, or nothing could be done; 3 done, but some postings could not be
read or scored, and each is named with its reason.`,
		Example: `  softgap score posting.txt            score one posting
  softgap score postings/ -f jsonl     score a folder, for machines
  softgap explain posting.html         every point traced to its words
  softgap advise draft.docx            what to change, in the order of points
  softgap audit postings/ -o a.html    many postings as one page
  softgap compare old.txt new.txt      what was gained and lost
  softgap lexicon show patience        what counts as patience, what does not`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },

		SuggestionsMinimumDistance: 2,
	}
	root.SetVersionTemplate("softgap {{.Version}}\n")
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.PersistentFlags().StringVar(&p.lexiconDir, "lexicon", "", "add, override or switch off terms with the word lists in `DIR`")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return hint(fmt.Sprintf("%s --help lists the flags", c.CommandPath()), "%v", err)
	})
	root.AddCommand(p.scoreCommand(), p.explainCommand(), p.adviseCommand(), p.auditCommand(), p.compareCommand(), p.lexiconCommand(), p.evalCommand(), p.versionCommand(),
		p.generateCommand(), p.benchCommand(), p.trainCommand())
	return root
}

// noSuchCommand refuses what a user took for a command, and says what may have
// been meant: a command of that name nearly, or a posting to be scored.
func noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	remedy := c.CommandPath() + " --help lists the commands"
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		remedy = "did you mean " + c.CommandPath() + " " + near[0] + "?"
	} else if _, err := os.Stat(args[0]); err == nil {
		remedy = "to score it: softgap score " + args[0]
	}
	return hint(remedy, "%q is no command of %s", args[0], c.CommandPath())
}

// between refuses fewer arguments than least and more than most; the example
// is of the right number.
func between(least, most int, what, example string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if n := len(args); n < least || n > most {
			return hint("for example: "+c.CommandPath()+" "+example, "%s takes %s, not %d", c.CommandPath(), what, n)
		}
		return nil
	}
}

// nothingAfter refuses arguments to a command that takes none.
func nothingAfter(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return hint(c.CommandPath()+" --help shows its use", "%s takes no argument: %q", c.CommandPath(), args[0])
	}
	return nil
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version of the program and of its word lists",
		Long:    "Print the version of the program, and the version and digest of the word lists\nin use: what a reader needs to repeat a measurement.",
		Example: "  softgap version\n  softgap version --lexicon my-words/",
		Args:    nothingAfter,
		RunE: func(c *cobra.Command, _ []string) error {
			set, err := p.lexicons()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.stdout, "softgap %s\nlexicon %s %s\n", version(), set.Version, set.Digest)
			return err
		},
	}
}

// lexicons returns the word lists in use: the built-in ones, with the user's
// folder laid over them.
func (p *program) lexicons() (*lexicons.Set, error) {
	set := lexicons.Builtin()
	if p.lexiconDir == "" {
		return set, nil
	}
	user, err := p.userLexicons()
	if err != nil {
		return nil, err
	}
	return set.Overlay(user), nil
}

// userLexicons reads the user's folder of word lists.
func (p *program) userLexicons() (*lexicons.Set, error) {
	if info, err := os.Stat(p.lexiconDir); err != nil || !info.IsDir() {
		return nil, hint("give the folder that holds your .yaml files", "--lexicon %s: no such folder", p.lexiconDir)
	}
	user, err := lexicons.Load(os.DirFS(p.lexiconDir))
	if err != nil {
		return nil, hint(p.checkHint(), "word lists in %s: %w", p.lexiconDir, err)
	}
	return user, nil
}

func (p *program) checkHint() string {
	return "softgap lexicon check " + p.lexiconDir + " names every fault; lexicons/README.md gives the format"
}

func (p *program) analyzer() (*analyzer.Analyzer, error) {
	set, err := p.lexicons()
	if err != nil {
		return nil, err
	}
	a, err := analyzer.New(set, version(), score.DefaultCutoffs)
	if err != nil && p.lexiconDir != "" {
		return nil, hint(p.checkHint(), "%w", err)
	}
	return a, err
}
