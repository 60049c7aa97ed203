package segment

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"softgap/lexicons"
)

// The shipped weights hold only features that are known, each once.
func TestBuiltinLayer(t *testing.T) {
	seen := map[feature]bool{}
	for line := range strings.Lines(lexicons.About) {
		name, _, _ := strings.Cut(line, "\t")
		if strings.HasPrefix(name, "# ") {
			continue
		}
		f, ok := featureOf(dict(), name)
		if !ok || seen[f] || f.name(dict()) != name {
			t.Errorf("feature %q: known %v, again %v", name, ok, seen[f])
		}
		seen[f] = true
	}
	if len(seen) < 500 {
		t.Errorf("%d features", len(seen))
	}
	if dict().Weights != Weights(dict()) {
		t.Error("index.bin is not what about.tsv makes: run go generate ./lexicons")
	}
}

func TestDamagedLayer(t *testing.T) {
	for _, tsv := range []string{"server\n", "server\t1\t2\t3\t4\n", "server\t1\t2\tx\t4\t5\n", "server\t1\t2\t3\t4\t99999\n"} {
		if _, err := newLayer(dict(), tsv); err == nil || !strings.Contains(err.Error(), `"server"`) {
			t.Errorf("%q gives %v", tsv, err)
		}
	}
}

// coded is n postings without headings or cues: what stands in them can only be
// learned.
func coded(n int) []Coded {
	var out []Coded
	for i := range n {
		var c Coded
		for j := range 8 {
			s := Statement{About: Employer}
			line := fmt.Sprintf("Rivers and mountains number %d delight every valley.\n", 8*i+j)
			if j%2 == 1 {
				s.About = Offer
				line = fmt.Sprintf("Cake and coffee number %d in the kitchen daily.\n", 8*i+j)
			}
			s.Start = len(c.Text)
			c.Text += line
			s.End = len(c.Text) - 1
			c.Statements = append(c.Statements, s)
		}
		out = append(out, c)
	}
	return out
}

func TestTrain(t *testing.T) {
	tsv := Train(dict(), coded(12))
	if !bytes.Equal(tsv, Train(dict(), coded(12))) {
		t.Error("training twice gives two results")
	}
	rules, both, err := CrossValidate(dict(), coded(12), 3)
	if err != nil || both < 0.95 || both < rules {
		t.Errorf("kappa %.2f by the rules, %.2f with what was learned, %v", rules, both, err)
	}
}

// What the surest cues say is not outvoted, and a text of one sentence is judged by
// the rules alone.
func TestLayerYields(t *testing.T) {
	l, err := newLayer(dict(), "@always\t-900\t900\t-900\t-900\t-900\n")
	if err != nil {
		t.Fatal(err)
	}
	g := &Segmenter{dict(), l}
	const sure = "Selected candidates will be notified of the interview dates."
	rest := strings.Repeat("Rivers and mountains delight every valley here.\n", 6)
	for text, want := range map[string]About{
		rest + sure: Legal,
		rest:        Employer,
		"You must know Java and the Linux command line well.": Candidate,
	} {
		s := g.Statements(nil, dict().Read(text))
		if got := s[len(s)-1]; got.About != want {
			t.Errorf("%q is about %s (%s), want %s", text[max(0, len(text)-60):], got.About, got.Why, want)
		}
	}
}
