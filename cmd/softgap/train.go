package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"softgap/analyzer/eval"
	"softgap/analyzer/phrase"
	"softgap/analyzer/segment"
)

// folds is into how many parts the cross validation of train parts the gold.
const folds = 6

func (p *program) trainCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:     "train GOLD...",
		Short:   "Learn from coded postings whom a statement is about, where the rules leave it open",
		Example: "  softgap train coded.jsonl -o lexicons/about.tsv",
		Hidden:  true,
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return p.train(c, args, out) },
	}
	c.Flags().StringVarP(&out, "output", "o", "about.tsv", "write to `FILE`")
	return c
}

// train writes what the gold teaches (softgap eval --help has its format), and
// prints what it is worth on postings that it was not made of. It starts from
// the gold alone, not from what the program knows of it.
func (p *program) train(c *cobra.Command, sources []string, out string) error {
	var gold eval.Gold
	for d, err := range p.documents(c.Context(), sources) {
		if err != nil {
			return err
		}
		p.readGold(&gold, d)
	}
	if len(gold.Coded) < folds {
		return hint("softgap eval --help gives the format", "%d coded postings: train needs %d or more", len(gold.Coded), folds)
	}
	set, err := p.lexicons()
	if err != nil {
		return err
	}
	dict, err := phrase.Compile(set)
	if err != nil {
		return err
	}
	coded := make([]segment.Coded, len(gold.Coded))
	for i, g := range gold.Coded {
		coded[i].Text = g.Text
		for _, s := range g.Statements {
			coded[i].Statements = append(coded[i].Statements, segment.Statement{Span: s.Span, About: s.About})
		}
	}
	rules, both, err := segment.CrossValidate(dict, coded, folds)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%d postings, %d-fold by posting: kappa of about %.3f by the rules alone, %.3f with what was learned\n", len(coded), folds, rules, both)
	return os.WriteFile(out, segment.Train(dict, coded), 0o644)
}
