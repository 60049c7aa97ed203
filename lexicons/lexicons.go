// Package lexicons holds every word that softgap knows: the word lists as
// YAML, embedded, with their reader and checker. README.md beside this file
// describes the format.
//
// The program does not read the YAML, which would cost more than scoring a
// posting: index.tsv holds the same lists without definitions and examples, and
// index.bin holds them compiled by package phrase. go generate writes both, and
// tests hold all three together.
package lexicons

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

//go:generate go run softgap/cmd/softgap lexicon index -o index.tsv

//go:embed soft technical classes cues advice lines
var builtin embed.FS

//go:embed index.tsv
var index string

//go:embed index.bin
var compiled string

// About is what coded text taught of whom a statement is about, as softgap
// train wrote it: a line for each feature, a feature and five weights. Package
// segment reads it; index.bin holds what it makes of it.
//
//go:embed about.tsv
var About string

// Version is the release of the built-in word lists. The digest tells two
// states of one release apart.
const Version = "1.0.0"

// Kind says what a lexicon is for.
type Kind string

// The kinds of lexicon.
const (
	Soft      Kind = "soft"      // a soft dimension
	Technical Kind = "technical" // a technical category
	Class     Kind = "class"     // a class of words that patterns name
	Heading   Kind = "heading"   // section headings
	Cue       Kind = "cue"       // words of asking, negation, company, offer and law
	Page      Kind = "page"      // what shows that a text is no posting
	Family    Kind = "family"    // role families, by title
	Advice    Kind = "advice"    // words that a rule of advice looks for; of no weight in the score
	Line      Kind = "line"      // lines to paste into a posting, of one soft dimension
)

var kinds = []Kind{Soft, Technical, Class, Heading, Cue, Page, Family, Advice, Line}

// A Lexicon is one file: one dimension, category, class or concern.
type Lexicon struct {
	ID         string   `yaml:"id"`
	Kind       Kind     `yaml:"kind"`
	Title      string   `yaml:"title"`
	Definition string   `yaml:"definition"`
	Sources    []string `yaml:"sources"`
	Licence    string   `yaml:"licence"`
	Version    int      `yaml:"version"`
	Terms      []Term   `yaml:"terms"`

	File string `yaml:"-"` // the path it was read from
}

// A Term is one thing that a lexicon knows, in all its forms.
type Term struct {
	ID     string   `yaml:"id"`
	Forms  []Phrase `yaml:"forms"`
	Level  int      `yaml:"level"` // 1 to 4; 2 where the file says nothing
	Case   string   `yaml:"case"`  // "exact" or empty
	Needs  []Phrase `yaml:"needs"`
	Blocks []Phrase `yaml:"blocks"`
	Never  []Phrase `yaml:"never"`
	POS    string   `yaml:"pos"` // noun, verb, adjective, name, or empty
	About  string   `yaml:"about"`
	Ask    string   `yaml:"ask"`
	Weight int      `yaml:"weight"` // of a cue: how much it says, 1 to 9
	Hit    []Phrase `yaml:"hit"`
	Miss   []Phrase `yaml:"miss"`
	Off    bool     `yaml:"off"`

	// Of advice and lines alone.
	For     []string `yaml:"for"`     // role families that it is meant for; all if empty
	Since   int      `yaml:"since"`   // the year in which a technology came out
	Instead string   `yaml:"instead"` // what may stand in its place

	File string `yaml:"-"` // the path it was read from, where that is not its lexicon's
}

// A Phrase is a pattern or an example, with its place in the file (lines and
// columns from 1; 0 where it came from the index).
type Phrase struct {
	Text         string
	Line, Column int
}

// UnmarshalYAML keeps the place that the node stands at.
func (p *Phrase) UnmarshalYAML(node ast.Node) error {
	if err := yaml.NodeToValue(node, &p.Text); err != nil {
		return err
	}
	if pos := node.GetToken().Position; pos != nil {
		p.Line, p.Column = pos.Line, pos.Column
	}
	return nil
}

// A Set is all the word lists in use. It is immutable once made.
type Set struct {
	Lexicons []Lexicon // by kind, then id
	Version  string
	Digest   string // "sha256:" and 64 hex digits over all files, of the built-in lists and about.tsv

	// Compiled is what package phrase made of the set, or empty. A set that has
	// it stands for its terms: WithTerms has them.
	Compiled string
}

// Builtin returns the word lists that softgap ships, by name and compiled;
// their terms are read by WithTerms, without definitions and examples.
var Builtin = sync.OnceValue(func() *Set {
	s := mustParse(false)
	s.Compiled = compiled
	return s
})

// whole is Builtin with its terms.
var whole = sync.OnceValue(func() *Set { return mustParse(true) })

func mustParse(withTerms bool) *Set {
	s, err := parseIndex(index, withTerms)
	if err != nil {
		panic("lexicons: index.tsv is damaged: " + err.Error())
	}
	return s
}

// WithTerms returns the set with its terms.
func (s *Set) WithTerms() *Set {
	if s.Compiled == "" {
		return s
	}
	return whole()
}

// BuiltinFiles returns the word lists that softgap ships as they stand in
// their YAML files, examples and all. The digest is over About too: it decides
// what counts as much as they do.
func BuiltinFiles() (*Set, error) {
	s, err := Load(builtin)
	if s != nil {
		s.Digest = digest(s.Digest + "\n" + About)
	}
	return s, err
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Load reads every .yaml file of a folder and those below it. The error joins
// all complaints, each with file, line and column.
func Load(fsys fs.FS) (*Set, error) {
	var s Set
	var errs []error
	sum := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || path.Ext(name) != ".yaml" && path.Ext(name) != ".yml" {
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		l, err := Parse(name, data)
		if err != nil {
			errs = append(errs, err)
			return nil
		}
		s.Lexicons = append(s.Lexicons, l)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(s.Lexicons) == 0 && len(errs) == 0 {
		return nil, errors.New("no .yaml file in it")
	}
	errs = append(errs, s.check()...)
	s.Version, s.Digest = Version, "sha256:"+hex.EncodeToString(sum.Sum(nil))
	s.sort()
	return &s, errors.Join(errs...)
}

func (s *Set) sort() {
	slices.SortStableFunc(s.Lexicons, func(a, b Lexicon) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.ID, b.ID))
	})
}

// Parse reads one file. It complains of what it does not know rather than
// pass over it.
func Parse(name string, data []byte) (l Lexicon, err error) {
	defer func() {
		// The YAML library panics on some odd files, such as a tag before a list.
		if recover() != nil {
			err = fmt.Errorf("%s:1:1: the file cannot be read as YAML", name)
		}
	}()
	l.File = name
	if err := yaml.UnmarshalWithOptions(data, &l, yaml.Strict()); err != nil {
		return l, fmt.Errorf("%s:%s", name, place(err))
	}
	for i := range l.Terms {
		if l.Terms[i].Level == 0 {
			l.Terms[i].Level = 2
		}
	}
	return l, nil
}

// place turns the library's error, "[3:7] message" and an excerpt, into
// "3:7: message".
func place(err error) string {
	msg, _, _ := strings.Cut(err.Error(), "\n")
	if rest, ok := strings.CutPrefix(msg, "["); ok {
		if pos, text, ok := strings.Cut(rest, "] "); ok {
			return pos + ": " + text
		}
	}
	return " " + msg
}

// At is an error at a place of a lexicon file.
func At(file string, p Phrase, format string, args ...any) error {
	return fmt.Errorf("%s:%d:%d: %s", file, p.Line, p.Column, fmt.Sprintf(format, args...))
}

// check complains of what the format does not allow. Patterns and examples
// are checked by those who compile and run them.
func (s *Set) check() []error {
	var errs []error
	for _, l := range s.Lexicons {
		seen := map[string]bool{}
		top := Phrase{Line: 1, Column: 1}
		complain := func(p Phrase, format string, args ...any) {
			errs = append(errs, At(l.File, p, format, args...))
		}
		if l.ID == "" || l.Title == "" && l.Kind != Class || len(l.Sources) == 0 || l.Licence == "" || l.Version == 0 {
			complain(top, "a lexicon needs id, title, sources, licence and version")
		}
		if base := strings.TrimSuffix(strings.TrimSuffix(path.Base(l.File), ".yaml"), ".yml"); l.ID != base {
			complain(top, "id %q is not the file's name", l.ID)
		}
		if !slices.Contains(kinds, l.Kind) {
			complain(top, "unknown kind %q: one of %v", l.Kind, kinds)
		}
		if strings.ContainsAny(l.Title, control) {
			complain(top, "the title holds a tab or a line break")
		}
		for _, t := range l.Terms {
			for _, ps := range [...][]Phrase{t.Forms, t.Needs, t.Blocks, t.Never} {
				for _, p := range ps {
					if strings.ContainsAny(p.Text, control) || p.Text == "" {
						complain(p, "term %q: a pattern is words on one line", t.ID)
					}
				}
			}
			p := top
			if len(t.Forms) > 0 {
				p = t.Forms[0]
			}
			if seen[t.ID] {
				complain(p, "term %q stands in this file already", t.ID)
			}
			seen[t.ID] = true
			switch {
			case t.ID == "" || strings.Trim(t.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
				complain(p, "term id %q: lower case, digits and hyphens only", t.ID)
			case t.Off:
				continue
			case len(t.Forms) == 0:
				complain(p, "term %q has no form", t.ID)
			case len(t.Hit) == 0 && l.exemplary():
				complain(p, "term %q has no sentence that it must hit", t.ID)
			case len(t.Miss) == 0 && l.exemplary():
				complain(p, "term %q has no sentence that it must miss", t.ID)
			case t.Level < 1 || t.Level > 4:
				complain(p, "term %q: level %d is not 1 to 4", t.ID, t.Level)
			case t.Case != "" && t.Case != "exact":
				complain(p, "term %q: case is exact or nothing, not %q", t.ID, t.Case)
			case !slices.Contains([]string{"", "noun", "verb", "adjective", "name"}, t.POS):
				complain(p, "term %q: pos is noun, verb, adjective or name, not %q", t.ID, t.POS)
			case !slices.Contains([]string{"", "candidate", "employer", "offer", "legal", "other"}, t.About):
				complain(p, "term %q: unknown about %q", t.ID, t.About)
			case !slices.Contains([]string{"", "required", "duty", "role", "preferred"}, t.Ask):
				complain(p, "term %q: unknown ask %q", t.ID, t.Ask)
			}
			for _, f := range t.Forms {
				if t.Case == "exact" && (strings.ContainsAny(f.Text, "~(){}|") || strings.Contains(f.Text, "..")) {
					complain(f, "term %q: %q is matched as written, so it may not hold a pattern", t.ID, f.Text)
				}
			}
		}
	}
	return errs
}

// exemplary reports whether the terms of a list need examples: a line to paste
// is its own, and inflections have none.
func (l *Lexicon) exemplary() bool { return l.Kind != Line && l.ID != "irregular" }

// Overlay returns the set with a user's lists over it. In a lexicon of the
// same kind and id a term with a known id replaces the built-in one, one that
// is off leaves; the rest is added.
func (s *Set) Overlay(user *Set) *Set {
	s = s.WithTerms()
	out := &Set{Version: s.Version + "+user"}
	for _, l := range s.Lexicons {
		l.Terms = slices.Clone(l.Terms)
		out.Lexicons = append(out.Lexicons, l)
	}
	for _, u := range user.Lexicons {
		for _, t := range u.Terms {
			i := slices.IndexFunc(out.Lexicons, func(l Lexicon) bool { return l.Kind == u.Kind && l.ID == u.ID })
			if i < 0 {
				i = len(out.Lexicons)
				out.Lexicons = append(out.Lexicons, Lexicon{ID: u.ID, Kind: u.Kind, Title: u.Title, File: u.File})
			}
			l := &out.Lexicons[i]
			l.Terms = slices.DeleteFunc(l.Terms, func(b Term) bool { return b.ID == t.ID })
			t.File = u.File
			if !t.Off {
				l.Terms = append(l.Terms, t)
			}
		}
	}
	out.sort()
	out.Digest = digest(s.Digest + "\n" + user.Digest)
	return out
}

// Get returns the lexicon of a kind and id, or nil.
func (s *Set) Get(kind Kind, id string) *Lexicon {
	for i := range s.Lexicons {
		if s.Lexicons[i].Kind == kind && s.Lexicons[i].ID == id {
			return &s.Lexicons[i]
		}
	}
	return nil
}

// Of returns the lexicons of a kind.
func (s *Set) Of(kind Kind) []Lexicon {
	var out []Lexicon
	for _, l := range s.Lexicons {
		if l.Kind == kind {
			out = append(out, l)
		}
	}
	return out
}

// The index: a line for the set, a line a lexicon, then a line a term, fields
// by tabs, members of a list by unit separators. No field may hold either.
const (
	unit    = "\x1f"
	control = unit + "\t\n\r" // what no field may hold
)

// Index returns the set in the form of index.tsv.
func (s *Set) Index() string {
	var b strings.Builder
	list := func(ps []Phrase) string {
		texts := make([]string, len(ps))
		for i, p := range ps {
			texts[i] = p.Text
		}
		return strings.Join(texts, unit)
	}
	fmt.Fprintf(&b, "softgap\t%s\t%s\n", s.Version, s.Digest)
	for _, l := range s.Lexicons {
		fmt.Fprintf(&b, "lexicon\t%s\t%s\t%s\t%s\t%d\n", l.Kind, l.ID, l.Title, l.File, len(l.Terms))
	}
	for _, l := range s.Lexicons {
		for _, t := range l.Terms {
			fmt.Fprintf(&b, "%s\t%d\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", t.ID, t.Level, t.Case, t.POS, t.About, t.Ask, t.Weight,
				list(t.Forms), list(t.Needs), list(t.Blocks), list(t.Never), strings.Join(t.For, unit), t.Since, t.Instead)
		}
	}
	return b.String()
}

// parseIndex reads an index, with or without its terms.
func parseIndex(text string, withTerms bool) (*Set, error) {
	var s Set
	var counts []int
	n := 0
	fields := func(want int) ([]string, error) {
		n++
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		f := strings.Split(line, "\t")
		if len(f) != want {
			return nil, fmt.Errorf("line %d has %d fields, not %d", n, len(f), want)
		}
		return f, nil
	}
	f, err := fields(3)
	if err != nil || f[0] != "softgap" {
		return nil, errors.New("it does not begin as an index")
	}
	s.Version, s.Digest = f[1], f[2]
	for strings.HasPrefix(text, "lexicon\t") {
		f, err := fields(6)
		if err != nil {
			return nil, err
		}
		count, err := strconv.Atoi(f[5])
		if err != nil || count < 0 || count > len(text) {
			return nil, fmt.Errorf("line %d: %q terms", n, f[5])
		}
		s.Lexicons = append(s.Lexicons, Lexicon{Kind: Kind(f[1]), ID: f[2], Title: f[3], File: f[4]})
		counts = append(counts, count)
	}
	for i := 0; withTerms && i < len(counts); i++ {
		terms := make([]Term, counts[i])
		for j := range terms {
			f, err := fields(14)
			if err != nil {
				return nil, err
			}
			level, err1 := strconv.Atoi(f[1])
			weight, err2 := strconv.Atoi(f[6])
			since, err3 := strconv.Atoi(f[12])
			if err := errors.Join(err1, err2, err3); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			terms[j] = Term{ID: f[0], Level: level, Case: f[2], POS: f[3], About: f[4], Ask: f[5], Weight: weight,
				Forms: phrases(f[7]), Needs: phrases(f[8]), Blocks: phrases(f[9]), Never: phrases(f[10]), Since: since, Instead: f[13]}
			if f[11] != "" {
				terms[j].For = strings.Split(f[11], unit)
			}
		}
		s.Lexicons[i].Terms = terms
	}
	if withTerms && text != "" {
		return nil, fmt.Errorf("line %d: one term too many", n+1)
	}
	return &s, nil
}

func phrases(list string) []Phrase {
	if list == "" {
		return nil
	}
	out := make([]Phrase, 0, strings.Count(list, unit)+1)
	for more := true; more; {
		var p string
		p, list, more = strings.Cut(list, unit)
		out = append(out, Phrase{Text: p})
	}
	return out
}
