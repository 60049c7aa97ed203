package duplicate

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// words makes a text of n words that no other seed makes.
func words(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("w%d", r.IntN(5000))
	}
	return out
}

func TestFinder(t *testing.T) {
	ad := words(1, 300)
	text := strings.Join(ad, " ")
	changed := func(n int) string { // n words of 300 others, far apart
		out := append([]string(nil), ad...)
		for i := range n {
			out[i*(300/n)] = "other" + fmt.Sprint(i)
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct {
		name, text string
		duplicate  bool
	}{
		{"the same", text, true},
		{"in capitals, other signs", "* " + strings.ToUpper(strings.Join(ad, ",\n- ")) + "!", true},
		{"one word of 300 changed", changed(1), true},
		{"3 words changed", changed(3), true},
		{"a line more", text + "\nRequisition number R-20391, Leeds", true},
		{"30 words changed", changed(30), false},
		{"half of it", strings.Join(ad[:150], " "), false},
		{"half of it another", strings.Join(ad[:150], " ") + " " + strings.Join(words(2, 150), " "), false},
		{"another", strings.Join(words(3, 300), " "), false},
		{"two words", "Linux, DNS", false},
		{"one word", "Linux", false},
		{"no word", " -- ", false},
		{"nothing", "", false},
	} {
		var f Finder
		if got := f.Of(text, "first"); got != "" {
			t.Fatalf("the first is a duplicate of %q", got)
		}
		want := ""
		if c.duplicate {
			want = "first"
		}
		if got := f.Of(c.text, "second"); got != want {
			t.Errorf("%s: duplicate of %q, want %q", c.name, got, want)
		}
	}
}

// Short texts are told apart as well, and none is found twice.
func TestShortTexts(t *testing.T) {
	var f Finder
	for i := range 20000 {
		if of := f.Of(fmt.Sprintf("number %d", i), fmt.Sprint(i)); of != "" {
			t.Fatalf("%d is a duplicate of %s", i, of)
		}
	}
	for i := range 20000 {
		if of := f.Of(fmt.Sprintf("NUMBER: %d", i), "again"); of != fmt.Sprint(i) {
			t.Fatalf("%d is a duplicate of %q", i, of)
		}
	}
}

// The finder looks back over the window and no further, in bounded memory.
func TestWindow(t *testing.T) {
	var f Finder
	text := func(i int) string { return fmt.Sprintf("a%d b%d c%d d%d", i, i, i, i) }
	for i := range Window + 10 {
		f.Of(text(i), fmt.Sprint(i))
	}
	if of := f.Of(text(10), "again"); of != "10" {
		t.Errorf("the last of the window is a duplicate of %q", of)
	}
	if of := f.Of(text(9), "again"); of != "" {
		t.Errorf("one before the window is a duplicate of %q", of)
	}
	if len(f.sketches) != Window || len(f.seen) != Window || len(f.table) > 4*nWords*Window {
		t.Errorf("%d sketches, %d texts, %d slots", len(f.sketches), len(f.seen), len(f.table))
	}
}

// Real descriptions of one board: who is a duplicate is nearly the same text.
func TestReal(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/pages/builtin/*.html")
	if len(files) == 0 {
		t.Skip("no pages beside the project")
	}
	var f Finder
	for _, name := range files {
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		first := f.Of(string(page), name)
		if again := f.Of(string(page), name); again != name && again != first {
			t.Errorf("%s is a duplicate of %q and then of %q", name, first, again)
		}
	}
}

// A text is a duplicate of itself, whatever it holds, if it holds a word.
func FuzzFinder(fz *testing.F) {
	for _, seed := range []string{"", "Linux", "Patience with users, and DNS.", "naïve 東京 Straße", "\xff\xfe a b c", "1 2 3 4 5 6 7"} {
		fz.Add(seed, "another text of some words")
	}
	fz.Fuzz(func(t *testing.T, a, b string) {
		var f Finder
		f.Of(a, "a")
		second := f.Of(b, "b")
		_, _, n := read(a)
		if again := f.Of(a, "c"); n > 0 && again != "a" || n == 0 && again != "" {
			t.Errorf("%q (then %q: %q) is a duplicate of %q", a, b, second, again)
		}
	})
}

func BenchmarkFinder(b *testing.B) {
	var texts []string
	size := 0
	for i := range 2000 {
		texts = append(texts, strings.Join(words(uint64(i), 450), " "))
		size += len(texts[i])
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		var f Finder
		for _, text := range texts {
			f.Of(text, "")
		}
	}
	b.ReportMetric(float64(b.N*len(texts))/b.Elapsed().Seconds(), "postings/s")
}
