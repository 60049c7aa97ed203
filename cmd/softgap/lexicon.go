package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"softgap/analyzer"
	"softgap/analyzer/phrase"
	"softgap/analyzer/segment"
	"softgap/lexicons"
)

func (p *program) lexiconCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "lexicon",
		Short: "Look at and test the word lists",
		Long: `Look at and test the word lists, the built-in ones and your own. Every word that
counts stands in one of them, with sentences that it must hit and must miss.`,
		Example: `  softgap lexicon list
  softgap lexicon show patience
  softgap lexicon check my-words/`,
		Args: noSuchCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },

		SuggestionsMinimumDistance: 2,
	}
	c.AddCommand(
		&cobra.Command{
			Use:     "list",
			Short:   "List the word lists, with how many terms and forms each holds",
			Example: "  softgap lexicon list",
			Args:    nothingAfter,
			RunE:    func(*cobra.Command, []string) error { return p.listLexicons() },
		},
		&cobra.Command{
			Use:   "show TERM",
			Short: "Show a term, or a whole list, with its forms and examples",
			Example: `  softgap lexicon show patience
  softgap lexicon show active-directory`,
			Args: between(1, 1, "the id of one term or list", "patience"),
			RunE: func(_ *cobra.Command, args []string) error { return p.showTerm(args[0]) },
		},
		&cobra.Command{
			Use:   "check [DIR | FILE]",
			Short: "Read word lists and run every example in them",
			Long: `Read word lists and run every example in them: each sentence that a term must
hit, and each that it must miss. Without an argument the built-in lists are
checked. Every complaint names file, line and column.`,
			Example: `  softgap lexicon check
  softgap lexicon check my-words/`,
			Args: between(0, 1, "one folder or file", "my-words/"),
			RunE: func(_ *cobra.Command, args []string) error { return p.checkLexicons(args) },
		},
		p.indexCommand(),
	)
	return c
}

func (p *program) indexCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:    "index",
		Short:  "Write the index that the program loads (go generate does)",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return writeIndex(out)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "index.tsv", "write to `FILE`")
	return c
}

// writeIndex writes the built-in lists to a .tsv file, and compiled to a .bin
// file beside it. It writes what holds of lists with faults, and names them.
func writeIndex(name string) error {
	set, err := lexicons.BuiltinFiles()
	if set == nil {
		return err
	}
	dict, faults := phrase.Compile(set)
	if err = errors.Join(err, faults); dict == nil {
		return err
	}
	dict.Weights = segment.Weights(dict)
	compiled := strings.TrimSuffix(name, filepath.Ext(name)) + ".bin"
	return errors.Join(os.WriteFile(name, []byte(set.Index()), 0o644), os.WriteFile(compiled, dict.Bytes(), 0o644), err)
}

func (p *program) listLexicons() error {
	set, err := p.lexicons()
	if err != nil {
		return err
	}
	set = set.WithTerms()
	fmt.Fprintf(p.stdout, "%-10s %-22s %6s %6s  %s\n", "kind", "list", "terms", "forms", "title")
	for _, l := range set.Lexicons {
		forms := 0
		for _, t := range l.Terms {
			forms += len(t.Forms)
		}
		if _, err := fmt.Fprintf(p.stdout, "%-10s %-22s %6d %6d  %s\n", l.Kind, l.ID, len(l.Terms), forms, l.Title); err != nil {
			return err
		}
	}
	return nil
}

// showTerm prints every term with the id, or every term of the list with it.
func (p *program) showTerm(id string) error {
	set, err := lexicons.BuiltinFiles()
	if err != nil {
		return err
	}
	if p.lexiconDir != "" {
		user, err := p.userLexicons()
		if err != nil {
			return err
		}
		set = set.Overlay(user)
	}
	found := false
	var near []string
	for _, l := range set.Lexicons {
		if l.ID == id {
			fmt.Fprintf(p.stdout, "%s (%s %s): %s\n%s\nsources: %s; licence: %s\n", l.Title, l.Kind, l.ID, l.File, strings.TrimSpace(l.Definition), strings.Join(l.Sources, ", "), l.Licence)
			found = true
		}
		for _, t := range l.Terms {
			if t.ID != id && (id != "" && strings.Contains(t.ID, id) || distance(t.ID, id) < 3) {
				near = append(near, t.ID)
			}
			if t.ID != id && l.ID != id {
				continue
			}
			found = true
			p.printTerm(l, t)
		}
	}
	if !found {
		remedy := "softgap lexicon list names the lists; softgap lexicon show LIST shows the terms of one"
		if len(near) > 0 {
			remedy = "near it: " + strings.Join(near[:min(8, len(near))], ", ")
		}
		return hint(remedy, "no term or list is called %q", id)
	}
	return nil
}

func (p *program) printTerm(l lexicons.Lexicon, t lexicons.Term) {
	fmt.Fprintf(p.stdout, "\n%s  (%s %s, level %d)\n", t.ID, l.Kind, l.ID, t.Level)
	rows := []struct {
		name string
		ps   []lexicons.Phrase
	}{{"forms", t.Forms}, {"needs", t.Needs}, {"blocked by", t.Blocks}, {"never with", t.Never}, {"hits", t.Hit}, {"misses", t.Miss}}
	for _, r := range rows {
		for i, ph := range r.ps {
			name := r.name
			if i > 0 {
				name = ""
			}
			fmt.Fprintf(p.stdout, "  %-11s %s\n", name, ph.Text)
		}
	}
	for _, r := range [][2]string{{"case", t.Case}, {"tagger", t.POS}, {"about", t.About}, {"ask", t.Ask}} {
		if r[1] != "" {
			fmt.Fprintf(p.stdout, "  %-11s %s\n", r[0], r[1])
		}
	}
}

// checkLexicons reads and runs the built-in lists, or a user's over them.
func (p *program) checkLexicons(args []string) error {
	set, err := lexicons.BuiltinFiles()
	context := set
	if len(args) == 1 {
		var user *lexicons.Set
		if user, err = load(args[0]); user == nil {
			return hint("give a folder of .yaml files, or one file", "%s: %w", args[0], err)
		}
		builtin, _ := lexicons.BuiltinFiles() // its own faults are its own check's
		set, context = user, builtin.Overlay(user)
	}
	if set != nil {
		err = errors.Join(err, analyzer.CheckExamples(set, context))
	}
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			fmt.Fprintf(p.stdout, "%s\n", strings.TrimRight(line, "\n"))
		}
		return errors.New(count(strings.Count(err.Error(), "\n")+1, "complaint"))
	}
	terms, examples := 0, 0
	for _, l := range set.Lexicons {
		terms += len(l.Terms)
		for _, t := range l.Terms {
			examples += len(t.Hit) + len(t.Miss)
		}
	}
	_, err = fmt.Fprintf(p.stdout, "%s, %s, %s: all hold\n", count(len(set.Lexicons), "list"), count(terms, "term"), count(examples, "example"))
	return err
}

// load reads a folder of word lists, or one file.
func load(name string) (*lexicons.Set, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, errors.New("no such file or folder")
	}
	if info.IsDir() {
		return lexicons.Load(os.DirFS(name))
	}
	return lexicons.Load(only{os.DirFS(filepath.Dir(name)), filepath.Base(name)})
}

// only is a folder seen as holding one file.
type only struct {
	fs.FS
	name string
}

func (o only) ReadDir(string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(o.FS, ".")
	i := slices.IndexFunc(all, func(d fs.DirEntry) bool { return d.Name() == o.name })
	if i < 0 {
		return nil, errors.Join(err, fs.ErrNotExist)
	}
	return all[i : i+1], nil
}
