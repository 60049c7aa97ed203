package phrase

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"softgap/lexicons"
)

// found lists what a trie finds in a text, in the text's words.
func found(d *Dict, t *Trie, text string) []string {
	in := d.Read(text)
	var out []string
	for _, h := range t.Find(nil, in.Tokens, text) {
		role := [...]string{"", "need: ", "block: ", "never: "}[h.Role]
		out = append(out, role+text[in.Tokens[h.From].Start:in.Tokens[h.To-1].End])
	}
	return out
}

func TestFind(t *testing.T) {
	classes := map[string][]string{"person": {"users", "the nurses", "nurses"}, "number": {"five", "twenty five"}}
	for _, c := range []struct{ pattern, text, want string }{
		// Words and signs.
		{"patience", "Patience, PATIENCE and patients", "Patience|PATIENCE"},
		{"user friendly", "user-friendly, user friendly", "user-friendly|user friendly"},
		{"user-friendly", "User friendly", "User friendly"},
		{"user desk", "the user's desk", "user's desk"},
		{"~build", "Builds building BUILT", "Builds|building"},
		{"~prioritise", "prioritizing, prioritised", "prioritizing|prioritised"},
		{"organisation", "the organization", "organization"},
		{"café", "Cafe\u0301", "Cafe\u0301"},
		{"help desk", "help\ndesk", "help\ndesk"}, // statements part lines, not phrases
		// Alternatives.
		{"(clear|plain) (words|speech)", "plain speech, clear plain words", "plain speech|plain words"},
		{"(very|) (calm|) person", "a very calm person", "very calm person|calm person|person"},
		{"a (b|b c) d", "a b c d", "a b c d"},
		// Gaps.
		{"work .. users", "work with all users", "work with all users"},
		{"work .. users", "work with all of our users", ""},
		{"work ..1 users", "work, with, users", "work, with, users"},
		{"work .. users", "work. All users", ""},
		{"work .. users", "work; users", ""},
		{"work .. users", "work in Node.js users", "work in Node.js users"},
		{"work ..2 (..1 kind|our) users", "work with one kind users", "work with one kind users"},
		{"work ..1 users", "work , , , , , , users", ""}, // more signs than a gap holds
		{"work .. users", "work users users", "work users users"},
		// Classes.
		{"help {person}", "help nurses, help the nurses, help the users", "help nurses|help the nurses"},
		{"{person} first", "The nurses first", "The nurses first|nurses first"},
		{"{number} years", "5 years, five years, twenty five years, 1,000 years", "5 years|five years|twenty five years|five years|1,000 years|000 years"},
		{"{number} .. {person}", "10 of the nurses", "10 of the nurses"},
		// Anchors.
		{"^ duties", "Duties: other duties", "Duties"},
		{"duties $", "Duties: other duties", "duties"},
		{"(^|,) calm", "calm, calm and calm", "calm|, calm"},
		{"calm (and|$)", "calm and calm", "calm and|calm"},
		// Boundaries.
		{"c", "C, C++, C#, C-level, R&C, C&A, vitamin-C, obj.c, (C)", "C|C"},
		{"c++", "C++ C++17 C", "C++|C++"},
		{"c#", "C#, C#.NET", "C#|C#"},
		{"r", "R, R&D, R+, R, D", "R|R"},
		{"node", "node node.js node. Node.Then", "node|node|Node"},
		{".net", ".NET ASP.NET .net core", ".NET|.net"},
		{"net", "net example.net", "net"},
		{"5", "5+ years", "5"},
		{"git", "https://git.example.com git@example.com git", "git"},
		{"tcp/ip", "TCP/IP TCP / IP tcp ip", "TCP/IP|TCP / IP"},
		{"sql", "#sql @sql $sql sql", "sql"},
		{"802.11", "802.11 802 .11 802.11ax", "802.11"},
		// Longest.
		{"(a b c|a b|b c d)", "a b c d", "a b c|b c d"},
	} {
		d := compile(t, classes, c.pattern)
		if got := strings.Join(found(d, d.Cues, c.text), "|"); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.pattern, c.text, got, c.want)
		}
	}
}

// TestRoles holds that contexts are found beside forms, and that blocks and
// nevers take forms away.
func TestRoles(t *testing.T) {
	set := setOf(nil, "java", "teams")
	terms := set.Lexicons[len(set.Lexicons)-1].Terms
	terms[0].Needs = []lexicons.Phrase{{Text: "@list"}, {Text: "code"}}
	terms[0].Never = []lexicons.Phrase{{Text: "island"}}
	terms[1].Blocks = []lexicons.Phrase{{Text: "microsoft teams"}}
	d, err := Compile(set)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Java code":               "java+ code+",
		"the island of Java":      "island+ java-",
		"Microsoft Teams, teams":  "microsoft teams+ teams- teams+",
		"Java with the teams":     "java+ teams+",
		"code on an island alone": "code+ island+",
	} {
		in := d.Read(text)
		hits := d.Cues.Find(nil, in.Tokens, text)
		var got []string
		for _, h := range hits {
			s := strings.ToLower(text[in.Tokens[h.From].Start:in.Tokens[h.To-1].End])
			if h.Role == Form && Refused(hits, h) {
				s += "-"
			} else {
				s += "+"
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := d.Cues.Term(0).Needs; len(got) != 2 || got[0].Text != "@list" || got[1].Text != "code" {
		t.Errorf("needs of the term: %v", got)
	}
}

func TestExact(t *testing.T) {
	set := setOf(nil, "Go", "SAS")
	terms := set.Lexicons[len(set.Lexicons)-1].Terms
	terms[0].Case, terms[1].Case = "exact", "exact"
	terms[0].Forms = append(terms[0].Forms, lexicons.Phrase{Text: "Go Lang"}, lexicons.Phrase{Text: "go-to"})
	d, err := Compile(set)
	if err != nil {
		t.Fatal(err)
	}
	if got := found(d, d.Cues, "Go, go, GO, Go Lang, go-to, SAS, Sas"); !slices.Equal(got, []string{"Go", "Go Lang", "go-to", "SAS"}) {
		t.Errorf("found %q", got)
	}
}

func TestMembers(t *testing.T) {
	set := setOf(map[string][]string{"person": {"users", "help desk users", "the users"}, "joiner": {"and"}}, "x")
	for i := range set.Lexicons {
		if l := &set.Lexicons[i]; l.ID == "person" {
			l.Terms[0].Blocks = []lexicons.Phrase{{Text: "the users guide"}}
		}
	}
	d, err := Compile(set)
	if err != nil {
		t.Fatal(err)
	}
	text := "the users and help desk users, not the users guide for users"
	in := d.Read(text)
	var got []string
	for _, h := range d.Members(nil, "person", in.Tokens) {
		got = append(got, text[in.Tokens[h.From].Start:in.Tokens[h.To-1].End])
	}
	// A block takes away the members that begin where it does.
	if want := []string{"the users", "help desk users", "users", "users"}; !slices.Equal(got, want) {
		t.Errorf("members %q, want %q", got, want)
	}
	if !d.Is("joiner", in.Tokens[2:]) || d.Is("joiner", in.Tokens) || d.Is("nobody", in.Tokens) || d.Is("person", nil) {
		t.Error("Is is wrong")
	}
	if d.Members(nil, "nobody", in.Tokens) != nil {
		t.Error("a class that is not has members")
	}
	if !d.MemberOf("person", "person", in, Hit{From: 0, To: 2}) || d.MemberOf("person", "other", in, Hit{From: 0, To: 2}) {
		t.Error("MemberOf is wrong")
	}
}

// TestHostile holds that texts made to be slow are read to their end, and that
// matches behind a thicket are still found.
func TestHostile(t *testing.T) {
	forms := []string{"a ..12 a ..12 a ..12 b", "(a|b) ..12 {person} ..12 (a|{person})", "help {person} $"}
	d := compile(t, map[string][]string{"person": {"a", "a a", "users", "b a b"}}, forms...)
	const size = 1 << 17
	for _, h := range append(hostile, struct{ name, unit string }{"thicket", "a b a , "}) {
		text := strings.Repeat(h.unit, size/len(h.unit)) + "; help users"
		in := d.Read(text)
		if err := checkHits(d, in); err != nil {
			t.Errorf("%s: %v", h.name, err)
		}
		if got := found(d, d.Cues, text); len(got) == 0 || got[len(got)-1] != "help users" {
			t.Errorf("%s: the match behind it is lost", h.name)
		}
	}
	if d := builtin(t); len(d.Tokens(nil, strings.Repeat("a", 50<<20))) != 1 {
		t.Error("a word of 50 MB is not one")
	}
}

// TestVisitsAreBounded holds the walk from one start to its bound, whatever
// the patterns and the text.
func TestVisitsAreBounded(t *testing.T) {
	d := compile(t, map[string][]string{"person": {"a", "a a", "a a a"}}, "a ..12 {person} ..12 {person} ..12 {person} ..12 {person} ..12 b")
	in := d.Read(strings.Repeat("a ", 400))
	w := walk{t: &d.Cues.automaton, Run: new(Run)}
	w.Reset(d, in.Tokens, in.Text)
	w.visit(w.t.root(in.Tokens[0].Word), 1)
	if w.visits < maxVisits || w.visits > 2*maxVisits {
		t.Errorf("%d visits: the text is no test of the bound %d", w.visits, maxVisits)
	}
}

// checkHits says what is wrong with the hits of a text, or nothing.
func checkHits(d *Dict, in Text) error {
	for _, trie := range []*Trie{d.Cues, &d.tries[members]} {
		hits := trie.Find(nil, in.Tokens, in.Text)
		last := int32(0)
		for i, h := range hits {
			if h.From < last || h.To <= h.From || int(h.To) > len(in.Tokens) {
				return fmt.Errorf("hit %d is [%d:%d) behind %d", i, h.From, h.To, last)
			}
			last = h.From
		}
		if again := trie.Find(nil, in.Tokens, in.Text); !slices.Equal(again, hits) {
			return fmt.Errorf("found again: %d hits, not %d", len(again), len(hits))
		}
	}
	return nil
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "ask the users, 1,000 of them", "do ask ask do", "^$..", "C++ c#.net", "\xffask\x00do"} {
		f.Add(s)
	}
	d := compile(f, someClasses, "ask .. {person} ..2 do", "^ ask (do|)", "~build $", "c++", ".net", "{number} .. {place}", "(ask|do|) the ..12 care")
	f.Fuzz(func(t *testing.T, text string) {
		if err := checkHits(d, d.Read(text)); err != nil {
			t.Fatal(err)
		}
	})
}
