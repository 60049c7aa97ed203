package analyzer

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"softgap/analyzer/posting"
	"softgap/analyzer/score"
)

// TestWorkedPostings holds the program to the two postings that the codebook
// scores by hand in its section 9.
func TestWorkedPostings(t *testing.T) {
	for _, w := range []struct {
		file    string
		scores  score.Scores
		core    int
		generic bool
		verdict score.Verdict
		soft    map[string]float64 // evidence of the facets
		held    map[string]float64 // evidence of the categories; all others hold nothing
	}{
		{
			"codebook-a.txt", score.Scores{Technical: 58.3, Soft: 7.3, Gap: 51.1}, 0, true, score.HellerPattern,
			map[string]float64{"communication": 0.25},
			map[string]float64{"os_desktop": 0.75, "network": 0.5, "certification": 0.5},
		},
		{
			"codebook-b.txt", score.Scores{Technical: 81.7, Soft: 49.1, Gap: 32.6}, 1, false, score.TiltedTechnical,
			map[string]float64{"temperament": 0.5, "relationship": 0.25, "communication": 1, "developing": 0.25},
			map[string]float64{"support_hardware": 0.85, "network": 0.85, "os_desktop": 0.75, "productivity_collab": 0.75, "server_virtual": 0.5},
		},
	} {
		t.Run(w.file, func(t *testing.T) {
			r := shared().Analyze(read(t, filepath.Join(postings, w.file)))
			if r.Status != score.Scored || r.Scores != w.scores || r.Verdict != w.verdict {
				t.Errorf("%s %+v %s, want scored %+v %s", r.Status, r.Scores, r.Verdict, w.scores, w.verdict)
			}
			if r.Figures.Core != w.core || r.Figures.GenericOnly != w.generic {
				t.Errorf("core %d, generic only %v, want %d, %v", r.Figures.Core, r.Figures.GenericOnly, w.core, w.generic)
			}
			for _, f := range r.Facets {
				if math.Abs(f.Evidence-w.soft[f.ID]) > 1e-9 {
					t.Errorf("facet %s has evidence %v, want %v", f.ID, f.Evidence, w.soft[f.ID])
				}
			}
			for _, e := range r.Technical {
				if math.Abs(e.Evidence-w.held[e.ID]) > 1e-9 {
					t.Errorf("category %s has evidence %v, want %v", e.ID, e.Evidence, w.held[e.ID])
				}
			}
			if t.Failed() {
				t.Log(trace(r))
			}
		})
	}
}

// A row is a statement with the codes that the codebook gives it.
type row struct {
	place    string // where the codebook says so: a section, or a ruling as "r14"
	heading  string // the heading it stands under; empty for none
	sentence string

	// about is the code of section 2; a candidate statement has its ask behind
	// a blank: "candidate duty". Empty where the codebook leaves it open.
	about string

	// codes are what the statement holds: "patience 3" at that level,
	// "patience" or "patience *" at any, "patience 2 preferred" asked so;
	// "-service" is not held, "-soft" and "-technical" hold nothing of the side.
	codes string
}

// TestCodebook codes the codebook's examples, its rulings and the cells of its
// tables, one statement at a time.
func TestCodebook(t *testing.T) {
	for _, r := range slices.Concat(examples, dimensions, confusions, rulings) {
		t.Run(r.place+"/"+r.sentence, func(t *testing.T) {
			text, from := r.sentence, 0
			if r.heading != "" {
				text, from = r.heading+"\n- "+r.sentence+"\n", len(r.heading)+3
			}
			rep := shared().Analyze(posting.Posting{Text: text})
			for _, complaint := range r.check(rep, from) {
				t.Error(complaint)
			}
			if t.Failed() {
				t.Log(trace(rep))
			}
		})
	}
}

// check complains where the statements that begin at or after a byte are coded
// otherwise than the row says.
func (r row) check(rep *Report, from int) (complaints []string) {
	complain := func(format string, args ...any) { complaints = append(complaints, fmt.Sprintf(format, args...)) }
	levels, asks, sides := map[string]int{}, map[string][]string{}, map[string]bool{}
	for _, s := range rep.Statements {
		if s.Start < from || s.IsHead {
			continue
		}
		if got := strings.TrimSpace(s.About + " " + s.Ask); r.about != "" && got != r.about {
			complain("it is %q, want %q", got, r.about)
		}
		for _, m := range s.Matches {
			levels[m.Dimension] = max(levels[m.Dimension], m.Level)
			asks[m.Dimension] = append(asks[m.Dimension], m.Ask)
			sides[m.Side] = true
		}
	}
	for code := range strings.SplitSeq(r.codes, ",") {
		f := strings.Fields(code)
		if len(f) == 0 {
			continue
		}
		if id, ok := strings.CutPrefix(f[0], "-"); ok {
			if levels[id] > 0 || sides[id] {
				complain("it holds %s", id)
			}
			continue
		}
		switch id := f[0]; {
		case levels[id] == 0:
			complain("it does not hold %s", id)
		case len(f) > 1 && f[1] != "*" && strconv.Itoa(levels[id]) != f[1]:
			complain("%s has level %d, want %s", id, levels[id], f[1])
		case len(f) > 2 && !slices.Contains(asks[id], f[2]):
			complain("%s is asked as %v, want %s", id, asks[id], f[2])
		}
	}
	return complaints
}

// TestRowsAreComplete holds the rows to the codebook: each dimension and
// category is held by one, each dimension is refused by one, and each ruling
// has one.
func TestRowsAreComplete(t *testing.T) {
	seen := map[string]bool{} // codes without level and ask, and places
	for _, r := range slices.Concat(examples, dimensions, confusions, rulings) {
		seen[r.place] = true
		for code := range strings.SplitSeq(r.codes, ",") {
			if f := strings.Fields(code); len(f) > 0 {
				seen[f[0]] = true
			}
		}
	}
	var want []string
	for _, id := range append(score.Dimensions(), score.Unscored...) {
		want = append(want, id, "-"+id)
	}
	want = append(want, score.Categories...)
	for n := 1; n <= 23; n++ {
		want = append(want, "r"+strconv.Itoa(n))
	}
	for _, w := range want {
		if !seen[w] {
			t.Errorf("no row for %s", w)
		}
	}
}

// trace says how a posting was coded, for a reader of a failed test.
func trace(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %+v\n", r.Status, r.Reason, r.Verdict, r.Scores)
	for _, s := range r.Statements {
		fmt.Fprintf(&b, "  [%d,%d) %s %s %s\n", s.Start, s.End, s.About, s.Ask, s.Why)
		for _, m := range s.Matches {
			fmt.Fprintf(&b, "    %s %d %s by %s in %q %s\n", m.Dimension, m.Level, m.Ask, m.Term, m.Text, m.Why)
		}
	}
	return b.String()
}

// postings is the folder of whole postings that tests and benchmarks share.
const postings = "../testdata/postings"

// read reads the one posting of a document.
func read(tb testing.TB, name string) posting.Posting {
	tb.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	ps := posting.Read(posting.Document{Source: name, Body: bytes.NewReader(body)})
	if len(ps) != 1 || ps[0].Problem != "" {
		tb.Fatalf("%s: read as %d postings, the first with problem %q", name, len(ps), ps[0].Problem)
	}
	return ps[0]
}
