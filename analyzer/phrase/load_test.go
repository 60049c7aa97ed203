package phrase

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"softgap/lexicons"
)

// TestShippedIsFresh holds the compiled form that ships to the YAML files.
func TestShippedIsFresh(t *testing.T) {
	set, err := lexicons.BuiltinFiles()
	if err != nil {
		t.Fatal(err)
	}
	d, err := Compile(set)
	if err != nil {
		t.Fatal(err)
	}
	if shipped, ok := load(lexicons.Builtin()); ok {
		d.Weights = shipped.Weights // which package segment makes and tests
	}
	if string(d.Bytes()) != lexicons.Builtin().Compiled {
		t.Error("index.bin is not what the YAML files make: run go generate ./lexicons")
	}
}

// same reports whether two Dicts have the same tables.
func same(a, b *Dict) bool {
	return slices.EqualFunc(a.sections(), b.sections(), func(x, y *string) bool { return *x == *y })
}

func TestLoad(t *testing.T) {
	set := setOf(someClasses, "ask .. {person}", "(c++|~build) $", "the")
	made, err := Compile(set)
	if err != nil {
		t.Fatal(err)
	}
	good := string(made.Bytes())
	with := func(compiled string) *Dict {
		s := *set
		s.Compiled = compiled
		d, ok := load(&s)
		if !ok {
			return nil
		}
		return d
	}
	d := with(good)
	if d == nil || !same(d, made) {
		t.Fatal("what was stored is not what is loaded")
	}
	for _, text := range []string{"Ask the users", "builds", "C++", "the", ""} {
		if got, want := found(d, d.Cues, text), found(made, made.Cues, text); !slices.Equal(got, want) {
			t.Errorf("%q: %q from the stored form, %q from the lists", text, got, want)
		}
	}
	for name, bad := range map[string]string{
		"empty":     "",
		"form":      "x" + good[1:],
		"digest":    strings.Replace(good, "sha256:test", "sha256:text", 1),
		"cut":       good[:len(good)-1],
		"cut short": good[:len(form)+2],
		"too long":  good + "x",
	} {
		if with(bad) != nil {
			t.Errorf("%s: a damaged form is loaded", name)
		}
	}
	// The same lists make the same form.
	again, err := Compile(setOf(someClasses, "ask .. {person}", "(c++|~build) $", "the"))
	if err != nil || string(again.Bytes()) != good {
		t.Errorf("compiled again, the form is another (%v)", err)
	}
}

// TestTermsAreShared has many goroutines read terms at once (go test -race).
func TestTermsAreShared(t *testing.T) {
	d := compile(t, nil, "ask", "do", "care")
	first := make([]*Term, 8)
	var wg sync.WaitGroup
	for i := range first {
		wg.Go(func() {
			for id := range int32(3) {
				first[i] = d.Cues.Term(id)
			}
		})
	}
	wg.Wait()
	for _, term := range first {
		if term != first[0] || term.ID != "t2" || term.Lexicon.ID != "cues" || term.Level != 2 {
			t.Errorf("term %+v", term)
		}
	}
}
