package phrase

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"softgap/lexicons"
)

// The benchmarks run over postings made of the sentences that the lexicons
// give as examples, so that they meet what the patterns are for.

var builtinDict = sync.OnceValues(func() (*Dict, error) { return Compile(lexicons.Builtin()) })

func builtin(t testing.TB) *Dict {
	t.Helper()
	d, err := builtinDict()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// postings are the examples of all lists, 35 to a posting, in lines.
var postings = sync.OnceValues(func() ([]string, error) {
	set, err := lexicons.BuiltinFiles()
	if set == nil {
		return nil, err
	}
	var lines []string
	for _, l := range set.Lexicons {
		for _, t := range l.Terms {
			for _, p := range append(t.Hit, t.Miss...) {
				lines = append(lines, "- "+p.Text)
			}
		}
	}
	// Neighbours in the lists are alike; deal them out.
	n := len(lines) / 35
	if n == 0 {
		return nil, fmt.Errorf("only %d examples", len(lines))
	}
	out := make([]string, n)
	for i, l := range lines {
		out[i%n] += l + "\n"
	}
	return out, nil
})

func examples(b *testing.B) []string {
	b.Helper()
	ps, err := postings()
	if err != nil {
		b.Fatal(err)
	}
	return ps
}

func report(b *testing.B, texts []string) {
	n := 0
	for _, t := range texts {
		n += len(t)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	b.ReportMetric(float64(len(texts)*b.N)/b.Elapsed().Seconds(), "postings/s")
}

func BenchmarkTokens(b *testing.B) {
	d, texts := builtin(b), examples(b)
	var toks []Token
	for b.Loop() {
		for _, t := range texts {
			toks = d.Tokens(toks[:0], t)
		}
	}
	report(b, texts)
}

// lines parts a text's tokens at its line breaks, as statements do.
func lines(dst [][]Token, toks []Token) [][]Token {
	from := 0
	for i := range toks {
		if i > from && toks[i].Flags&Newline != 0 {
			dst, from = append(dst, toks[from:i]), i
		}
	}
	return append(dst, toks[from:])
}

// BenchmarkMatch is all the matching of one posting: its words, then each side
// over each line.
func BenchmarkMatch(b *testing.B) {
	d, texts := builtin(b), examples(b)
	var toks []Token
	var runs [][]Token
	var r Run
	var hits []Hit
	for b.Loop() {
		for _, t := range texts {
			toks = d.Tokens(toks[:0], t)
			runs = lines(runs[:0], toks)
			for _, run := range runs {
				r.Reset(d, run, t)
				hits = r.Find(hits[:0], d.Technical)
				hits = r.Find(hits[:0], d.Soft)
			}
		}
	}
	report(b, texts)
}

func BenchmarkFind(b *testing.B) {
	d, texts := builtin(b), examples(b)
	for i, name := range []string{"members", "soft", "technical", "headings", "cues", "context", "pages", "families"} {
		t := &d.tries[i]
		b.Run(name, func(b *testing.B) {
			var runs [][]Token
			var in []string
			for _, text := range texts {
				for _, run := range lines(nil, d.Tokens(nil, text)) {
					runs, in = append(runs, run), append(in, text)
				}
			}
			var hits []Hit
			for b.Loop() {
				for i, run := range runs {
					hits = t.Find(hits[:0], run, in[i])
				}
			}
			report(b, texts)
		})
	}
}

// BenchmarkCompile is what a user's own lists cost at start; the built-in ones
// are loaded in no time.
func BenchmarkCompile(b *testing.B) {
	set := lexicons.Builtin().WithTerms()
	for b.Loop() {
		if _, err := Compile(set); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
}

func BenchmarkLoad(b *testing.B) {
	set := lexicons.Builtin()
	for b.Loop() {
		if _, err := Compile(set); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
}

// BenchmarkHostile shows that the cost of a byte stays what it is as hostile
// texts grow.
func BenchmarkHostile(b *testing.B) {
	d := builtin(b)
	for _, h := range hostile {
		for _, size := range []int{10_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/%d", h.name, size), func(b *testing.B) {
				text := strings.Repeat(h.unit, size/len(h.unit)+1)[:size]
				var toks []Token
				var hits []Hit
				for b.Loop() {
					toks = d.Tokens(toks[:0], text)
					for _, t := range []*Trie{d.Soft, d.Technical, d.Cues} {
						hits = t.Find(hits[:0], toks, text)
					}
				}
				b.SetBytes(int64(size))
			})
		}
	}
}

// hostile are texts made to be slow.
var hostile = []struct{ name, unit string }{
	{"words", "team with users and work to ensure "},
	{"word", "a"},
	{"digits", "1,"},
	{"signs", ", "},
	{"brackets", "("},
	{"gaps", "communicate with with the users , , and , to communicate , "},
	{"verbs", "provide support to provide work with provide all users to ensure the provide "},
	{"hyphens", "self-"},
	{"apostrophes", "s's'"},
	{"stops", "a.b."},
	{"addresses", "a@b.c "},
	{"marks", "e\u0301"},
	{"invisible", "a\u200b\u00ad"},
	{"bad", "\xff\xfe"},
}
