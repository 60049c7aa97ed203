package analyzer

import (
	"encoding/csv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"softgap/analyzer/posting"
	"softgap/lexicons"
)

// Compare two states with benchstat:
//
//	go test ./analyzer -run '^$' -bench . -count 6
//
// MB/s are of the postings' text; "asked/100" is how many sentences of 100
// postings the part-of-speech tagger was asked about.

// synthetic makes postings of the usual length and build from the examples of
// the word lists, the same at every run, and adds those of testdata.
func synthetic(b *testing.B, n int) []posting.Posting {
	set, err := lexicons.BuiltinFiles()
	if err != nil {
		b.Fatal(err)
	}
	said := func(kind lexicons.Kind, ids ...string) (out []string) {
		for _, l := range set.Of(kind) {
			if len(ids) > 0 && !slices.Contains(ids, l.ID) {
				continue
			}
			for _, t := range l.Terms {
				for _, p := range t.Hit {
					out = append(out, p.Text)
				}
			}
		}
		if len(out) == 0 {
			b.Fatalf("no example in the lexicons %s %v", kind, ids)
		}
		return out
	}
	asks := append(said(lexicons.Technical), said(lexicons.Soft)...)
	sections := []struct {
		heading   string
		sentences []string
		most      int
	}{
		{"About us", said(lexicons.Cue, "company"), 5},
		{"Responsibilities", asks, 9},
		{"Requirements", asks, 9},
		{"Nice to have", asks, 4},
		{"What we offer", said(lexicons.Cue, "offer"), 5},
		{"Equal opportunity", said(lexicons.Cue, "legal"), 4},
	}
	r := rand.New(rand.NewPCG(1, 2))
	ps := samples(b)
	for range n {
		var t strings.Builder
		t.WriteString("Systems Analyst\nAcme Clinics, Leeds\n")
		for _, s := range sections {
			t.WriteString("\n" + s.heading + "\n")
			for range 2 + r.IntN(s.most) {
				t.WriteString("- " + s.sentences[r.IntN(len(s.sentences))] + "\n")
			}
		}
		ps = append(ps, posting.Posting{Text: t.String()})
	}
	return ps
}

// analyzeAll benchmarks an Analyzer over postings, one goroutine.
func analyzeAll(b *testing.B, ps []posting.Posting) {
	a := shared()
	size := 0
	for _, p := range ps {
		size += len(p.Text)
		a.Analyze(p) // the tagger's model is loaded on first need
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	before := a.Asked()
	for b.Loop() {
		for _, p := range ps {
			a.Analyze(p)
		}
	}
	n := float64(b.N * len(ps))
	b.ReportMetric(n/b.Elapsed().Seconds(), "postings/s")
	b.ReportMetric(100*float64(a.Asked()-before)/n, "asked/100")
}

// BenchmarkAnalyze scores made-up postings.
func BenchmarkAnalyze(b *testing.B) { analyzeAll(b, synthetic(b, 200)) }

// BenchmarkAnalyzeReal scores descriptions as they stand on a job board.
func BenchmarkAnalyzeReal(b *testing.B) {
	files, _ := filepath.Glob("../../shared/data/exports/dice_us_sample/*.csv")
	if len(files) == 0 {
		b.Skip("no export beside the project")
	}
	f, err := os.Open(files[0])
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		b.Fatalf("%d rows: %v", len(rows), err)
	}
	column := slices.Index(rows[0], "jobdescription")
	if column < 0 {
		b.Fatalf("no column of descriptions among %q", rows[0])
	}
	var ps []posting.Posting
	for _, row := range rows[1:] {
		ps = append(ps, posting.Posting{Text: row[column]})
	}
	analyzeAll(b, ps)
}

// BenchmarkGrowth scores vast texts of two sizes, one four times the other:
// MB/s that fall from one to the other show a cost that is not linear.
func BenchmarkGrowth(b *testing.B) {
	for _, v := range vast {
		for _, size := range []struct {
			name  string
			bytes int
		}{{"16kB", 1 << 14}, {"64kB", 1 << 16}} {
			b.Run(v.name+"/"+size.name, func(b *testing.B) {
				p := posting.Posting{Text: v.make(size.bytes)}
				a := shared()
				b.SetBytes(int64(len(p.Text)))
				for b.Loop() {
					a.Analyze(p)
				}
			})
		}
	}
}
