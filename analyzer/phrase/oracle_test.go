package phrase

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"softgap/lexicons"
)

// setOf makes a set of one list of cues, a form a term, over some classes.
func setOf(classes map[string][]string, forms ...string) *lexicons.Set {
	s := &lexicons.Set{Version: "test", Digest: "sha256:test"}
	list := func(kind lexicons.Kind, id string, terms ...lexicons.Term) {
		s.Lexicons = append(s.Lexicons, lexicons.Lexicon{Kind: kind, ID: id, Title: id, File: id + ".yaml", Terms: terms})
	}
	for name, members := range classes {
		t := lexicons.Term{ID: name}
		for _, m := range members {
			t.Forms = append(t.Forms, lexicons.Phrase{Text: m})
		}
		list(lexicons.Class, name, t)
	}
	slices.SortFunc(s.Lexicons, func(a, b lexicons.Lexicon) int { return strings.Compare(a.ID, b.ID) })
	var terms []lexicons.Term
	for i, f := range forms {
		terms = append(terms, lexicons.Term{ID: fmt.Sprint("t", i), Level: 2, Forms: []lexicons.Phrase{{Text: f, Line: i + 1, Column: 1}}})
	}
	list(lexicons.Cue, "cues", terms...)
	return s
}

func compile(t testing.TB, classes map[string][]string, forms ...string) *Dict {
	t.Helper()
	d, err := Compile(setOf(classes, forms...))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// An oracle matches a pattern by trying everything, straight from its steps.
type oracle struct {
	d       *Dict
	classes map[string][]string
	text    Text
	from    int32
	best    int32
}

func (o *oracle) run(seq []step, at int32) {
	toks := o.text.Tokens
	if len(seq) == 0 {
		w := walk{t: &o.d.Cues.automaton, Run: &Run{toks: toks, text: o.text.Text}, from: o.from}
		if at > o.from && w.bounded(at) {
			o.best = max(o.best, at)
		}
		return
	}
	s, rest := seq[0], seq[1:]
	is := func(word string) bool {
		if int(at) >= len(toks) || toks[at].Flags&Address != 0 {
			return false
		}
		folded := strings.ToLower(o.text.Text[toks[at].Start:toks[at].End])
		return folded == word && (!s.glue || toks[at].Flags&Glued != 0)
	}
	switch s.kind {
	case start:
		if at == 0 {
			o.run(rest, at)
		}
	case end:
		if at >= closed(toks) {
			o.run(rest, at)
		}
	case word:
		if is(s.text) {
			o.run(rest, at+1)
		}
	case stem:
		if slices.ContainsFunc(inflections(s.text), is) {
			o.run(rest, at+1)
		}
	case choice:
		for _, way := range s.ways {
			o.run(slices.Concat(way, rest), at)
		}
	case classOf:
		if s.text == "number" {
			if int(at) < len(toks) && toks[at].Flags&Digits != 0 {
				o.run(rest, at+1)
			}
			return
		}
		for _, m := range o.classes[s.text] {
			seq, err := new(parser).parse(m)
			if err != nil {
				panic(err)
			}
			o.run(slices.Concat(seq, rest), at)
		}
	case gap:
		words := 0
		for i := at; ; i++ {
			if i-at <= 3*int32(s.gap)+2 {
				o.run(rest, i)
			}
			if int(i) >= len(toks) || toks[i].Flags&Break != 0 {
				return
			}
			if toks[i].Flags&Sign == 0 {
				if words++; words > int(s.gap) {
					return
				}
			}
		}
	}
}

var (
	someWords   = []string{"ask", "build", "care", "do", "the"}
	someClasses = map[string][]string{"person": {"users", "the users", "ask do build"}, "place": {"the", "care"}}
)

// somePattern draws a pattern that does not begin or end with a gap.
func somePattern(t *rapid.T) string {
	atom := rapid.SampledFrom([]string{"ask", "build", "care", "do", "the", "~build", "~care", "{person}", "{place}", "{number}", "(ask|do)", "(the|) care", "(ask ..1|do) build", "(~care the|do|)", "(ask (do|the)|build)", ",", "do,"})
	var parts []string
	if rapid.IntRange(0, 5).Draw(t, "anchored") == 0 {
		parts = append(parts, "^")
	}
	parts = append(parts, rapid.SampledFrom(someWords).Draw(t, "first"))
	for range rapid.IntRange(0, 4).Draw(t, "steps") {
		parts = append(parts, rapid.SampledFrom([]string{"..", "..1", "..2", "..12", "", ""}).Draw(t, "gap"), atom.Draw(t, "atom"))
	}
	if n := len(parts); rapid.Bool().Draw(t, "closed") {
		parts = append(parts[:n:n], rapid.SampledFrom(someWords).Draw(t, "last"))
	}
	if rapid.IntRange(0, 5).Draw(t, "ended") == 0 {
		parts = append(parts, "$")
	}
	return strings.Join(parts, " ")
}

var someWord = rapid.SampledFrom([]string{"ask", "builds", "caring", "do", "the", "users", "7", ",", ";", "other", "word"})

// say draws words that a pattern may match, or may just miss.
func say(t *rapid.T, dst []string, seq []step) []string {
	for _, s := range seq {
		switch s.kind {
		case word:
			dst = append(dst, s.text)
		case stem:
			dst = append(dst, rapid.SampledFrom(inflections(s.text)).Draw(t, "inflection"))
		case choice:
			dst = say(t, dst, rapid.SampledFrom(s.ways).Draw(t, "way"))
		case classOf:
			dst = append(dst, rapid.SampledFrom(append([]string{"7"}, someClasses[s.text]...)).Draw(t, "member"))
		case gap:
			dst = append(dst, rapid.SliceOfN(someWord, 0, int(s.gap)+1).Draw(t, "skipped")...)
		}
	}
	return dst
}

// TestFindIsTheLongest holds the trie, with its shared nodes, filters and
// hints, to what each pattern says taken alone.
func TestFindIsTheLongest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		forms := rapid.SliceOfN(rapid.Custom(somePattern), 1, 6).Draw(t, "forms")
		set := setOf(someClasses, forms...)
		d, fault := Compile(set)
		if d == nil {
			t.Fatal(fault)
		}
		faults := ""
		if fault != nil {
			faults = fault.Error()
		}
		var said []string
		for range rapid.IntRange(1, 3).Draw(t, "sentences") {
			said = append(said, rapid.SliceOfN(someWord, 0, 2).Draw(t, "noise")...)
			seq, err := new(parser).parse(rapid.SampledFrom(forms).Draw(t, "form"))
			if err != nil {
				t.Fatal(err)
			}
			said = say(t, said, seq)
		}
		text := strings.Join(said, " ")
		in := d.Read(text)
		got := d.Cues.Find(nil, in.Tokens, text)
		var want []Hit
		for term, f := range forms {
			seq, err := new(parser).parse(f)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(faults, fmt.Sprintf("%q", f)) {
				continue // it ends with a gap, which an empty alternative left there
			}
			for from := range in.Tokens {
				o := oracle{d: d, classes: someClasses, text: in, from: int32(from)}
				if o.run(seq, int32(from)); o.best > 0 {
					want = append(want, Hit{int32(term), Form, int32(from), o.best})
				}
			}
		}
		order := func(a, b Hit) int {
			if a.From != b.From {
				return int(a.From - b.From)
			}
			return int(a.Term - b.Term)
		}
		slices.SortFunc(got, order)
		slices.SortFunc(want, order)
		if !slices.Equal(got, want) {
			t.Fatalf("forms %q in %q:\n got %v\nwant %v", forms, text, got, want)
		}
	})
}
