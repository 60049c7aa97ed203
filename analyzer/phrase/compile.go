package phrase

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"softgap/lexicons"
)

// Compile makes a Dict of the word lists; of those that ship it was made
// before (load.go). The error joins every complaint of a pattern, with its
// place; the Dict then holds the others.
func Compile(set *lexicons.Set) (*Dict, error) {
	if d, ok := load(set); ok {
		return d, nil
	}
	set = set.WithTerms()
	c := compiler{words: make([]byte, 4, 1<<18), numbers: make(map[string][]int32, 1<<14), stems: map[string][]int32{}, irregular: map[string][]string{}}
	if c.classes = classIDs(set); len(c.classes) > maxClasses {
		return nil, fmt.Errorf("%d classes of words: at most %d", len(c.classes), maxClasses)
	}
	for i := range set.Lexicons {
		if l := &set.Lexicons[i]; irregular(l) {
			for _, t := range l.Terms {
				forms := make([]string, len(t.Forms))
				for i, f := range t.Forms {
					forms[i] = strings.ToLower(f.Text)
				}
				if len(forms) > 0 {
					c.irregular[forms[0]] = forms
				}
			}
		}
	}
	var d Dict
	g := graph{dict: &c}
	var errs []error
	var masks map[label]uint64
	for i := range d.tries {
		faults, err := c.trie(&d.tries[i], &g, set, i)
		if errs = append(errs, faults...); err != nil {
			return nil, errors.Join(append(errs, err)...)
		}
		if i == members {
			masks = g.masks
		}
	}
	if len(c.words) > 4*maxWords {
		return nil, fmt.Errorf("the words of all patterns are %d bytes: at most %d", len(c.words), 4*maxWords)
	}
	d.Vocabulary = newVocabulary(c.words)
	d.open(set)
	d.hint(masks)
	return &d, errors.Join(errs...)
}

// irregular reports whether a list is that of irregular inflections.
func irregular(l *lexicons.Lexicon) bool { return l.Kind == lexicons.Class && l.ID == "irregular" }

// classIDs numbers the classes of words.
func classIDs(set *lexicons.Set) map[string]int32 {
	ids := map[string]int32{"number": 0}
	for i := range set.Lexicons {
		if l := &set.Lexicons[i]; l.Kind == lexicons.Class && !irregular(l) && l.ID != "number" {
			ids[l.ID] = int32(len(ids))
		}
	}
	return ids
}

// A compiler numbers the words of patterns as they come.
type compiler struct {
	words     []byte             // as Vocabulary has them
	numbers   map[string][]int32 // by word: its number, and that of its other spelling
	stems     map[string][]int32 // by stem: the numbers of its inflections
	irregular map[string][]string
	classes   map[string]int32
}

// trie makes a trie of its terms. It returns what is wrong with patterns, and
// what stopped it.
func (c *compiler) trie(t *Trie, g *graph, set *lexicons.Set, which int) (faults []error, err error) {
	lists := listsOf(set, which)
	t.write(set, lists)
	g.reset()
	if which == members {
		g.masks = map[label]uint64{}
	}
	id := int32(0)
	for _, i := range lists {
		l := &set.Lexicons[i]
		from := len(g.root)
		for j := range l.Terms {
			for _, f := range c.term(g, &l.Terms[j], id) {
				faults = append(faults, lexicons.At(cmp.Or(l.Terms[j].File, l.File), f.at, "pattern %q: %v", f.at.Text, f.err))
			}
			id++
		}
		if which == members {
			for _, e := range g.root[from:] {
				g.masks[e.label()] |= 1 << c.classes[l.ID]
			}
		}
	}
	return faults, t.build(g)
}

type fault struct {
	at  lexicons.Phrase
	err error
}

// term links the patterns of one.
func (c *compiler) term(g *graph, t *lexicons.Term, id int32) []fault {
	var faults []fault
	for role, patterns := range [...][]lexicons.Phrase{Form: t.Forms, Need: t.Needs, Block: t.Blocks, Never: t.Never} {
		role, accept := Role(role), int32(-1)
		for _, p := range patterns {
			if role == Need && strings.HasPrefix(p.Text, "@") {
				continue // asked of the matches, not of the words
			}
			exact := ""
			if role == Form && t.Case == "exact" {
				exact = p.Text
			}
			if len(exact) > maxExact {
				faults = append(faults, fault{p, fmt.Errorf("an exact form of more than %d bytes", maxExact)})
				continue
			}
			if accept < 0 || exact != "" {
				accept = g.accept(id, role, exact)
			}
			if err := g.add(p.Text, accept); err != nil {
				faults = append(faults, fault{p, err})
			}
		}
	}
	return faults
}

// word returns the numbers of a word or sign of a pattern, in both spellings.
func (c *compiler) word(text string) []int32 {
	ids, ok := c.numbers[text]
	if !ok {
		ids = []int32{c.add(text)}
		c.numbers[text] = ids
		if other, ok := respell(text); ok {
			ids = append(ids, c.add(other))
			c.numbers[text], c.numbers[other] = ids, ids
		}
	}
	return ids
}

func (c *compiler) add(word string) int32 {
	var n int32
	c.words, n = appendWord(c.words, word[:min(len(word), maxWord)])
	return n
}

// stem returns the numbers of the inflections of a word, in both spellings.
func (c *compiler) stem(base string) []int32 {
	ids, ok := c.stems[base]
	if ok {
		return ids
	}
	forms := inflections(base)
	if irregular, ok := c.irregular[base]; ok {
		forms = append(slices.Clone(irregular), base+"s", base+"ing")
		if strings.HasSuffix(base, "e") {
			forms = append(forms, base[:len(base)-1]+"ing")
		}
	}
	for _, f := range forms {
		ids = append(ids, c.word(f)...)
	}
	c.stems[base] = ids
	return ids
}

func (c *compiler) class(name string) (int32, error) {
	if id, ok := c.classes[name]; ok {
		return id, nil
	}
	known := make([]string, 0, len(c.classes))
	for n := range c.classes {
		known = append(known, n)
	}
	sort.Strings(known)
	return 0, fmt.Errorf("no class {%s}: there are %s", name, strings.Join(known, ", "))
}
