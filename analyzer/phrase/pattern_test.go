package phrase

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// spelled writes steps as a pattern again.
func spelled(seq []step) string {
	var parts []string
	for _, s := range seq {
		p := s.text
		switch s.kind {
		case stem:
			p = "~" + p
		case classOf:
			p = "{" + p + "}"
		case gap:
			p = fmt.Sprintf("..%d", s.gap)
		case start:
			p = "^"
		case end:
			p = "$"
		case choice:
			var ways []string
			for _, w := range s.ways {
				ways = append(ways, spelled(w))
			}
			p = "(" + strings.Join(ways, "|") + ")"
		}
		if s.glue {
			p = "+" + p // it stands at once behind what is before it
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, " ")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{"patience", "patience"},
		{"Patience  With Users", "patience with users"},
		{"self-motivated", "self motivated"},
		{"don't", "don t"},
		{"user's desk", "user desk"},
		{"C++", "c ++ ++"},
		{".NET", ". +net"},
		{"ASP.NET", "asp +. +net"},
		{"TCP/IP", "tcp / ip"}, // may stand with blanks
		{"R&D", "r & d"},
		{"802.11", "802 +. +11"},
		{"~build", "~build"},
		{"~multi-task", "multi ~task"},
		{"~collect, analyze", "~collect +, analyze"},
		{"{person}", "{person}"},
		{"{person}, {team}/", "{person} , {team} /"},
		{"a .. b", "a ..3 b"},
		{"a ..12 b", "a ..12 b"},
		{"^ a $", "^ a $"},
		{"(a|b c)", "(a|b c)"},
		{"(a|) b", "(a|) b"},
		{"a(b|(c|d) e)f", "a (b|(c|d) e) f"},
		{"(a, b|c)", "(a +, b|c)"},
		{"ﬁle", "file"},
	} {
		seq, err := new(parser).parse(c.pattern)
		if err != nil {
			t.Errorf("parse(%q): %v", c.pattern, err)
		} else if got := spelled(seq); got != c.want {
			t.Errorf("parse(%q) = %q, want %q", c.pattern, got, c.want)
		}
	}
}

// TestPatternErrors holds that what a pattern cannot mean is named, with its
// place, and that the others are compiled all the same.
func TestPatternErrors(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{"(a", "a ( is not closed"},
		{"a)", "a ) without its ("},
		{"a|b", "alternatives stand in ( )"},
		{"", "can match nothing at all"},
		{"(|)", "can match nothing at all"},
		{"(a|) (b|)", "can match nothing at all"},
		{"^ $", "can match nothing at all"},
		{"^", "can match nothing at all"},
		{".. a", "a gap must stand between words"},
		{"a ..", "a gap must stand between words"},
		{"(a|) .. b", "a gap must stand between words"},
		{"a .. (b|)", "a gap must stand between words"},
		{"a ..0 b", "gap \"..0\": .. or ..1 to ..12"},
		{"a ..13 b", "gap \"..13\": .. or ..1 to ..12"},
		{"{nobody}", "no class {nobody}: there are number, person"},
		{"{person", "write {name}"},
		{"{person}s", "write {name}"},
		{"~", "a stem is a word"},
		{"~+", "a stem is a word"},
		{"a - ***", "holds neither word nor sign"},
		{strings.Repeat("(", 40) + "a" + strings.Repeat(")", 40), "more than 16 deep"},
		{strings.Repeat("a", 300), "a word of more than 255 bytes"},
		{strings.Repeat("&", 1100), "more than 64 words in a row"}, // was accepted, and never found
	} {
		d, err := Compile(setOf(map[string][]string{"person": {"users"}}, "good", c.pattern))
		if err == nil {
			t.Errorf("%q is accepted", c.pattern)
			continue
		}
		if !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "cues.yaml:2:1: ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v, want one complaint at cues.yaml:2:1 of %q", c.pattern, err, c.want)
		}
		if text := d.Read("so good"); len(d.Cues.Find(nil, text.Tokens, text.Text)) != 1 {
			t.Errorf("beside %q the other pattern is lost", c.pattern)
		}
	}
	if _, err := Compile(setOf(map[string][]string{"person": {"users", "a {person}", "a .. b"}})); err == nil || strings.Count(err.Error(), "of words alone") != 2 {
		t.Errorf("members of a class with a class and a gap: %v", err)
	}
}

func TestInflections(t *testing.T) {
	for base, want := range map[string]string{
		"build": "build builds builded building",
		"plan":  "plan plans planed planing planned planning",
		"carry": "carry carries carried carrying",
		"play":  "play plays played playing",
		"solve": "solve solves solved solving solveing",
		"tie":   "tie ties tied tying",
		"fix":   "fix fixes fixed fixing",
		"go":    "go gos goed going goes",
		"a":     "a",
	} {
		if got := strings.Join(inflections(base), " "); got != want {
			t.Errorf("inflections(%q) = %q, want %q", base, got, want)
		}
	}
	for w, want := range map[string]string{"prioritise": "prioritize", "organizational": "organisational", "raise": "", "exercise": "exercize"} {
		got, ok := respell(w)
		if ok != (want != "") || got != want {
			t.Errorf("respell(%q) = %q, want %q", w, got, want)
		}
		if back, _ := respell(got); ok && back != w {
			t.Errorf("respell(%q) = %q, not %q", got, back, w)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "a", "(a|b) ..3 {person}", "~a-b c++", "^ (a|) $", "((", "{", "..", "{x},", "\xff", "~é", strings.Repeat("&", 1100)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		seq, err := new(parser).parse(pattern)
		if err != nil {
			return
		}
		// What is parsed can be linked, or is refused; and what it says it finds.
		d, err := Compile(setOf(map[string][]string{"person": {"users"}}, pattern))
		if d == nil {
			t.Fatal(err)
		}
		if again, err := new(parser).parse(pattern); err != nil || spelled(again) != spelled(seq) {
			t.Fatalf("parsed again: %q, %v", spelled(again), err)
		}
		if err == nil && !slices.ContainsFunc(seq, func(s step) bool { return s.kind != word || s.glue }) {
			text := d.Read(spelled(seq))
			if hits := d.Cues.Find(nil, text.Tokens, text.Text); !slices.ContainsFunc(hits, func(h Hit) bool { return h.From == 0 }) && text.Tokens[0].Flags&Address == 0 {
				t.Fatalf("%q is not found in %q", pattern, text.Text)
			}
		}
	})
}
