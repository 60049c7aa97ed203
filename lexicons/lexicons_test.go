package lexicons

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// valid is a file without fault.
const valid = `id: patience
kind: soft
title: Patience
sources: [test]
licence: MIT
version: 1
terms:
  - id: patience
    forms: [patience, "patient with {person}"]
    hit: [Patience with users.]
    miss: [Access to records.]
`

func files(named ...string) fstest.MapFS {
	fs := fstest.MapFS{}
	for i := 0; i < len(named); i += 2 {
		fs[named[i]] = &fstest.MapFile{Data: []byte(named[i+1])}
	}
	return fs
}

func TestParse(t *testing.T) {
	l, err := Parse("soft/patience.yaml", []byte(valid))
	if err != nil {
		t.Fatal(err)
	}
	want := Lexicon{ID: "patience", Kind: Soft, Title: "Patience", Sources: []string{"test"}, Licence: "MIT", Version: 1, File: "soft/patience.yaml",
		Terms: []Term{{ID: "patience", Level: 2, Forms: []Phrase{{"patience", 9, 13}, {"patient with {person}", 9, 23}},
			Hit: []Phrase{{"Patience with users.", 10, 11}}, Miss: []Phrase{{"Access to records.", 11, 12}}}}}
	if !reflect.DeepEqual(l, want) {
		t.Errorf("got %+v\nwant %+v", l, want)
	}
}

// TestComplaints holds that every fault is named with its place.
func TestComplaints(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"title: Patience", "titel: Patience", `x/patience.yaml:3:1: unknown field "titel"`},
		{"version: 1", "version: one", "x/patience.yaml:6:10: "},
		{"terms:", "terms: [", "x/patience.yaml:"},
		{"id: patience\nkind", "id: impatience\nkind", `x/patience.yaml:1:1: id "impatience" is not the file's name`},
		{"kind: soft", "kind: hard", `x/patience.yaml:1:1: unknown kind "hard": one of [soft technical`},
		{"title: Patience", "title: ''", "x/patience.yaml:1:1: a lexicon needs id, title, sources, licence and version"},
		{"licence: MIT\n", "", "x/patience.yaml:1:1: a lexicon needs"},
		{"- id: patience", "- id: Patience!", `x/patience.yaml:9:13: term id "Patience!": lower case, digits and hyphens only`},
		{"    hit: [Patience with users.]\n", "", `x/patience.yaml:9:13: term "patience" has no sentence that it must hit`},
		{"    miss: [Access to records.]\n", "", `x/patience.yaml:9:13: term "patience" has no sentence that it must miss`},
		{"    forms: [patience, \"patient with {person}\"]\n", "", `x/patience.yaml:1:1: term "patience" has no form`},
		{"    hit:", "    level: 5\n    hit:", `x/patience.yaml:9:13: term "patience": level 5 is not 1 to 4`},
		{"    hit:", "    case: upper\n    hit:", `x/patience.yaml:9:13: term "patience": case is exact or nothing`},
		{"    hit:", "    pos: pronoun\n    hit:", `x/patience.yaml:9:13: term "patience": pos is noun, verb`},
		{"    hit:", "    about: nobody\n    hit:", `x/patience.yaml:9:13: term "patience": unknown about "nobody"`},
		{"    hit:", "    ask: often\n    hit:", `x/patience.yaml:9:13: term "patience": unknown ask "often"`},
		{"    hit:", "    needs: [\"a\\tb\"]\n    hit:", `x/patience.yaml:10:13: term "patience": a pattern is words on one line`},
		{"terms:\n", "terms:\n  - {id: patience, forms: [calm], hit: [x], miss: [y]}\n", `x/patience.yaml:10:13: term "patience" stands in this file already`},
	} {
		data := strings.Replace(valid, c.old, c.new, 1)
		if data == valid {
			t.Fatalf("%q is not in the file", c.old)
		}
		_, err := Load(files("x/patience.yaml", data))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("with %q:\n got %v\nwant %s", c.new, err, c.want)
		}
	}
	if _, err := Parse("a.yaml", []byte("terms:\n  - id: a\n    forms: !x 1\n")); err == nil || !strings.HasPrefix(err.Error(), "a.yaml:1:1: ") {
		t.Errorf("a file that the YAML library panics on: %v", err)
	}
	for name, fs := range map[string]fstest.MapFS{"empty": {}, "no YAML": files("readme.md", "x")} {
		if _, err := Load(fs); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	// All faults of all files at once; the files without stay.
	s, err := Load(files("patience.yaml", valid, "b/one.yaml", "x: 1", "b/two.yaml", "y: 1"))
	if err == nil || strings.Count(err.Error(), "\n") != 1 || len(s.Lexicons) != 1 {
		t.Errorf("%d lists, error %v", len(s.Lexicons), err)
	}
}

func TestDigest(t *testing.T) {
	digest := func(named ...string) string {
		s, err := Load(files(named...))
		if err != nil {
			t.Fatal(err)
		}
		return s.Digest
	}
	other := strings.Replace(valid, "version: 1", "version: 2", 1)
	if digest("patience.yaml", valid) != digest("patience.yaml", valid, "notes.txt", "x") {
		t.Error("a file that is no list counts")
	}
	if digest("patience.yaml", valid) == digest("patience.yaml", other) || digest("patience.yaml", valid) == digest("a/patience.yaml", valid) {
		t.Error("another content or place has the same digest")
	}
}

func TestOverlay(t *testing.T) {
	base := &Set{Version: "1", Digest: "sha256:a", Lexicons: []Lexicon{
		{ID: "patience", Kind: Soft, Title: "Patience", Terms: []Term{{ID: "one", Level: 2}, {ID: "two", Level: 2}, {ID: "three", Level: 2}}},
		{ID: "patience", Kind: Class, Terms: []Term{{ID: "one"}}},
	}}
	user := &Set{Digest: "sha256:b", Lexicons: []Lexicon{
		{ID: "patience", Kind: Soft, Title: "Mine", File: "patience.yaml", Terms: []Term{{ID: "two", Level: 4}, {ID: "three", Off: true}, {ID: "new", Level: 1}, {ID: "gone", Off: true}}},
		{ID: "mine", Kind: Cue, Title: "Mine", Terms: []Term{{ID: "own"}}},
	}}
	got := base.Overlay(user)
	var lists []string
	for _, l := range got.Lexicons {
		var terms []string
		for _, t := range l.Terms {
			terms = append(terms, t.ID+string(rune('0'+t.Level)))
		}
		lists = append(lists, string(l.Kind)+" "+l.ID+" "+l.Title+": "+strings.Join(terms, " "))
	}
	want := []string{"soft patience Patience: one2 two4 new1", "class patience : one0", "cue mine Mine: own0"}
	if !reflect.DeepEqual(lists, want) {
		t.Errorf("got %q\nwant %q", lists, want)
	}
	if got.Version != "1+user" || got.Digest == base.Digest || got.Digest == user.Digest || !strings.HasPrefix(got.Digest, "sha256:") || got.Compiled != "" {
		t.Errorf("version %q, digest %q", got.Version, got.Digest)
	}
	if len(base.Lexicons) != 2 || len(base.Lexicons[0].Terms) != 3 || base.Lexicons[0].Terms[1].Level != 2 {
		t.Error("the set below has changed")
	}
}

// TestOverlayOfBuiltin holds that the built-in lists have their terms when a
// user's are laid over them.
func TestOverlayOfBuiltin(t *testing.T) {
	got := Builtin().Overlay(&Set{Lexicons: []Lexicon{{ID: "patience", Kind: Soft, Terms: []Term{{ID: "mine"}}}}})
	if l, whole := got.Get(Soft, "patience"), Builtin().WithTerms().Get(Soft, "patience"); l == nil || whole == nil || len(whole.Terms) == 0 || len(l.Terms) != len(whole.Terms)+1 {
		t.Errorf("patience with one term more: %+v", l)
	}
	if got.Get(Soft, "nothing") != nil || got.Get(Class, "patience") != nil {
		t.Error("Get finds what is not there")
	}
}

// bare is a set without what the index leaves out.
func bare(s *Set) *Set {
	out := *s
	out.Lexicons = nil
	for _, l := range s.Lexicons {
		l.Definition, l.Sources, l.Licence, l.Version = "", nil, "", 0
		terms := make([]Term, len(l.Terms))
		for i, t := range l.Terms {
			t.Hit, t.Miss = nil, nil
			for _, ps := range []*[]Phrase{&t.Forms, &t.Needs, &t.Blocks, &t.Never} {
				var texts []Phrase
				for _, p := range *ps {
					texts = append(texts, Phrase{Text: p.Text})
				}
				*ps = texts
			}
			terms[i] = t
		}
		l.Terms = terms
		out.Lexicons = append(out.Lexicons, l)
	}
	return &out
}

func TestIndexRoundTrip(t *testing.T) {
	s, err := BuiltinFiles()
	if err != nil {
		t.Fatal(err)
	}
	back, err := parseIndex(s.Index(), true)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, bare(s)) {
		t.Error("the index does not hold the lists that it was made of")
	}
	named, err := parseIndex(s.Index(), false)
	if err != nil || named.Digest != s.Digest || len(named.Lexicons) != len(s.Lexicons) || named.Lexicons[0].Title != s.Lexicons[0].Title || named.Lexicons[0].Terms != nil {
		t.Errorf("without terms: %v", err)
	}
	good := s.Index()
	for name, bad := range map[string]string{
		"empty":         "",
		"other":         "hello\n",
		"cut":           good[:len(good)/2],
		"a term less":   good[:strings.LastIndexByte(good[:len(good)-1], '\n')+1],
		"a term more":   good + good[strings.LastIndexByte(good[:len(good)-1], '\n')+1:],
		"a bad count":   strings.Replace(good, "\n", "\nlexicon\tsoft\tx\tX\tx.yaml\t-1\n", 1),
		"a huge count":  strings.Replace(good, "\n", "\nlexicon\tsoft\tx\tX\tx.yaml\t999999999999\n", 1),
		"a short field": strings.Replace(good, "\tsoft\t", "\t", 1),
	} {
		if _, err := parseIndex(bad, true); err == nil {
			t.Errorf("%s: a damaged index is read", name)
		}
	}
}

// TestIndexIsFresh holds index.tsv to the YAML files; a test of package phrase
// does so for index.bin.
func TestIndexIsFresh(t *testing.T) {
	s, err := BuiltinFiles()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("index.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if string(data) != s.Index() {
		t.Error("index.tsv is not what the YAML files make: run go generate ./lexicons")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(valid))
	f.Add([]byte("id: patience\nkind: cue\nterms: [{id: a, forms: [b, [c]]}]"))
	f.Add([]byte("terms: {"))
	f.Add([]byte("terms: [{id: a, forms: !x 1}]"))
	f.Add([]byte("- &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse("patience.yaml", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "patience.yaml:") {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		s := &Set{Lexicons: []Lexicon{l}, Version: "1", Digest: "sha256:x"}
		for _, term := range l.Terms {
			if term.Off {
				return
			}
		}
		if len(s.check()) > 0 {
			return
		}
		// What has no fault comes back from the index as it was.
		back, err := parseIndex(s.Index(), true)
		if err != nil {
			t.Fatal(err)
		}
		if want := bare(s); !reflect.DeepEqual(back, want) {
			t.Fatalf("got %+v\nwant %+v", back, want)
		}
	})
}

func BenchmarkBuiltin(b *testing.B) {
	for b.Loop() {
		mustParse(false)
	}
	b.ReportAllocs()
}

// BenchmarkTerms is what a user's lists cost at start beside compiling.
func BenchmarkTerms(b *testing.B) {
	for b.Loop() {
		mustParse(true)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(index)))
}
