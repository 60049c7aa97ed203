package analyzer

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"softgap/analyzer/match"
	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
	"softgap/analyzer/suggest"
	"softgap/lexicons"
)

// CheckExamples runs the examples of every term: each sentence that a term
// must hit, taken as a candidate statement, must hold it, and each that it
// must miss must not. The patterns may use the classes of context, which has
// the set itself laid over it. The error joins all failures, each with file,
// line and column.
func CheckExamples(set, context *lexicons.Set) error {
	d, err := phrase.Compile(context)
	if d == nil {
		return err
	}
	f := match.New(d)
	errs := complaintsOf(set, err)
	var adviser *suggest.Adviser
	find := func(l *lexicons.Lexicon, id, sentence string) string {
		if l.Kind != lexicons.Advice {
			return matched(d, f, l, id, sentence)
		}
		terms := adviser.Found(l.ID, sentence)
		if slices.Contains(terms, id) {
			return "\x00"
		}
		return cmp.Or(strings.Join(terms, ", "), "nothing")
	}
	for i := range set.Lexicons {
		l := &set.Lexicons[i]
		switch {
		case l.ID == "irregular" && l.Kind == lexicons.Class:
			continue
		case l.Kind == lexicons.Line:
			errs = append(errs, checkLines(d, f, l)...)
			continue
		case l.Kind == lexicons.Advice && adviser == nil:
			if adviser, err = suggest.New(context); err != nil {
				return errors.Join(append(errs, err)...)
			}
		}
		for j := range l.Terms {
			t := &l.Terms[j]
			for _, p := range t.Hit {
				if found := find(l, t.ID, p.Text); !strings.Contains(found, "\x00") {
					errs = append(errs, lexicons.At(l.File, p, "term %q is not found in %q (found: %s)", t.ID, p.Text, found))
				}
			}
			for _, p := range t.Miss {
				if found := find(l, t.ID, p.Text); strings.Contains(found, "\x00") {
					errs = append(errs, lexicons.At(l.File, p, "term %q must not be found in %q", t.ID, p.Text))
				}
			}
		}
	}
	return errors.Join(errs...)
}

// checkLines wants of each line to paste that it is scored at the level it
// names, in every tone and spelling, and asks for nothing technical.
func checkLines(d *phrase.Dict, f *match.Finder, l *lexicons.Lexicon) []error {
	var errs []error
	for _, t := range l.Terms {
		for _, form := range t.Forms {
			for i := range 2 * len(suggest.Tones) {
				said := suggest.Say(form.Text, suggest.Tones[i/2], i%2 == 0, nil)
				level := 0
				st := []segment.Statement{{Span: posting.Span{End: len(said)}, About: segment.Candidate, Ask: segment.Required}}
				for _, m := range f.Find(nil, d.Read(said), st) {
					switch {
					case m.Side == match.Technical:
						errs = append(errs, lexicons.At(l.File, form, "line %q: %q asks for %s", t.ID, said, m.Dimension))
					case m.Dimension == l.ID:
						level = max(level, m.Level)
					}
				}
				if level < t.Level {
					errs = append(errs, lexicons.At(l.File, form, "line %q: %q is of level %d, not %d", t.ID, said, level, t.Level))
				}
			}
		}
	}
	return errs
}

// complaintsOf keeps the complaints about a set's own files.
func complaintsOf(set *lexicons.Set, err error) []error {
	var errs []error
	if err == nil {
		return nil
	}
	for line := range strings.Lines(err.Error()) {
		for _, l := range set.Lexicons {
			if strings.HasPrefix(line, l.File+":") {
				errs = append(errs, errors.New(strings.TrimRight(line, "\n")))
				break
			}
		}
	}
	return errs
}

// matched lists what is found in a sentence; a zero byte marks the term.
func matched(d *phrase.Dict, f *match.Finder, l *lexicons.Lexicon, id, sentence string) string {
	t := d.Read(sentence)
	var found []string
	switch l.Kind {
	case lexicons.Soft, lexicons.Technical:
		st := []segment.Statement{{Span: posting.Span{End: len(sentence)}, About: segment.Candidate, Ask: segment.Required}}
		for _, m := range f.Find(nil, t, st) {
			if m.Dimension == l.ID && m.Term == id {
				return "\x00"
			}
			found = append(found, m.Dimension+"/"+m.Term)
		}
	case lexicons.Class:
		for _, h := range d.Members(nil, l.ID, t.Tokens) {
			if d.MemberOf(l.ID, id, t, h) {
				return "\x00"
			}
		}
	default:
		trie := map[lexicons.Kind]*phrase.Trie{lexicons.Heading: d.Headings, lexicons.Cue: d.Cues, lexicons.Page: d.Pages, lexicons.Family: d.Families}[l.Kind]
		if l.ID == "context" {
			trie = d.Context
		}
		hits := trie.Find(nil, t.Tokens, sentence)
		for _, h := range hits {
			term := trie.Term(h.Term)
			if h.Role != phrase.Form || phrase.Refused(hits, h) {
				continue
			}
			if term.Lexicon.ID == l.ID && term.ID == id {
				return "\x00"
			}
			found = append(found, term.ID)
		}
	}
	if len(found) == 0 {
		return "nothing"
	}
	return strings.Join(found, ", ")
}
