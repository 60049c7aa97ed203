package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/suggest"
)

// applyTo makes the edits of a Report in a copy of its document, reads the copy
// again and says what it now scores. What was promised and not earned is told
// with the reason.
func (v *advising) applyTo(a *analyzer.Analyzer, doc document, p posting.Posting, r *analyzer.Report) error {
	edits, left := suggest.Edits(r.Findings)
	if len(edits) == 0 {
		return errors.New("there is nothing to apply: no finding has an edit that holds")
	}
	copied, unseen, err := posting.Rewrite(doc.bytes, doc.Document, p, edits)
	if err != nil {
		return err
	}
	v.tellUnseen(unseen, len(edits))
	if v.dryRun {
		old, edited := doc.bytes, copied
		if p.Markup { // the file is no text that a person would read
			old, edited = []byte(p.Text), []byte(posting.Edited(p.Text, edits))
		}
		_, err := v.stdout.Write(diff.Diff(doc.Source, old, doc.Source+" (edited)", edited))
		return err
	}
	name := v.output
	if v.inPlace {
		name = doc.Source
	}
	if err := v.write(name, doc, copied); err != nil {
		return err
	}
	return v.reread(a, name, doc, copied, r, left)
}

// tellUnseen says which edits a visitor of the page does not see.
func (v *advising) tellUnseen(unseen []posting.Edit, of int) {
	const data = "the page's data for job boards and search engines (JSON-LD)"
	switch len(unseen) {
	case 0:
	case of:
		v.say("warning", "only %s was changed: what the page shows does not hold the posting's lines, or more than once", data)
	default:
		v.say("warning", "%s of %d went into %s only: what the page shows does not hold the line, or more than once; change it there by hand", count(len(unseen), "change"), of, data)
		for _, e := range unseen {
			if words := strings.TrimSpace(e.Text); words != "" {
				v.say("hint", "by hand: %s", words)
			}
		}
	}
}

// write writes the copy. It never writes over the source unless told to.
func (v *advising) write(name string, doc document, copied []byte) error {
	if !v.inPlace {
		if same(name, doc.Source) {
			return hint("to change the source itself: --in-place", "-o %s is the source", name)
		}
	} else if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return hint("give -o COPY", "--in-place: %s is no file", name)
	}
	return os.WriteFile(name, copied, 0o644)
}

// same reports whether two names are of one file.
func same(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// reread scores the copy as if it were a new posting.
func (v *advising) reread(a *analyzer.Analyzer, name string, doc document, copied []byte, r *analyzer.Report, left []suggest.Finding) error {
	d := doc.Document
	d.Body = bytes.NewReader(copied)
	p, err := chosen(name, posting.Read(d), v.record)
	if err != nil {
		return fmt.Errorf("%s was written, but reads otherwise than the source: %w", name, err)
	}
	after := a.Analyze(p)
	fmt.Fprintf(v.stdout, "%s: people skills %.1f, technical skills %.1f\n", doc.Source, r.Scores.Soft, r.Scores.Technical)
	fmt.Fprintf(v.stdout, "%s: people skills %.1f, technical skills %.1f\n", name, after.Scores.Soft, after.Scores.Technical)
	for _, f := range left {
		v.say("warning", "left out: %s, which changes words that another edit has changed; run softgap advise %s to see what remains", f.Rule, name)
	}
	switch {
	case after.Scores == r.Advice.After:
		fmt.Fprintf(v.stdout, "%s made: promised %+.1f points, earned %+.1f; nothing technical was lost\n", count(r.Advice.Edits, "edit"), r.Advice.After.Soft-r.Scores.Soft, after.Scores.Soft-r.Scores.Soft)
	default:
		v.say("warning", "promised %+.1f points, earned %+.1f: the copy is read otherwise than its text was edited; look at it before you use it", r.Advice.After.Soft-r.Scores.Soft, after.Scores.Soft-r.Scores.Soft)
	}
	return nil
}
