package analyzer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"softgap/analyzer/posting"
)

// enough is how many traps of a file must have been set: sentences that were
// read as statements of the candidate, or, below "== company", as a posting.
const enough = 150

// A trap is a sentence in which the words of one side stand for something
// else.
type trap struct {
	line     int
	sentence string
	company  bool
}

// text is the posting that a trap is set in.
func (t trap) text() string {
	if t.company {
		return t.sentence
	}
	return "Requirements\n\n- " + t.sentence + "\n"
}

// traps reads a file of traps: one sentence a line; # begins a comment, and
// "== company" the sentences that describe an employer.
func traps(t *testing.T, name string) []trap {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", "traps", name))
	if err != nil {
		t.Fatal(err)
	}
	var out []trap
	company := false
	for i, line := range strings.Split(string(data), "\n") {
		switch line = strings.TrimSpace(line); {
		case line == "" || line[0] == '#':
		case line == "== company":
			company = true
		default:
			out = append(out, trap{i + 1, line, company})
		}
	}
	return out
}

// Jargon and company talk ask for nothing toward people, and everyday
// sentences for no technology, however their words look. The bait shows that
// the side is looked for at all.
func TestTraps(t *testing.T) {
	for _, c := range []struct{ side, name, bait string }{
		{"soft", "soft.txt", "Patience with users."},
		{"technical", "technical.txt", "Knowledge of DNS."},
	} {
		side, name := c.side, c.name
		t.Run(side, func(t *testing.T) {
			bait := shared().Analyze(posting.Posting{Text: trap{sentence: c.bait}.text()})
			if !slices.ContainsFunc(bait.Statements, func(s Statement) bool {
				return slices.ContainsFunc(s.Matches, func(m Match) bool { return m.Side == side })
			}) {
				t.Fatalf("nothing is found in %q: the traps would catch nothing", c.bait)
			}
			set := 0
			for _, p := range traps(t, name) {
				r := shared().Analyze(posting.Posting{Text: p.text()})
				asks := p.company
				for _, s := range r.Statements {
					asks = asks || s.About == "candidate"
					for _, m := range s.Matches {
						if m.Side == side {
							t.Errorf("%s:%d: %s/%s in %q: %s", name, p.line, m.Dimension, m.Term, m.Text, p.sentence)
						}
					}
				}
				if asks {
					set++
				} else {
					t.Logf("%s:%d: no trap, for it is not read as the candidate's: %s", name, p.line, p.sentence)
				}
			}
			if set < enough {
				t.Errorf("%s sets %d traps, fewer than %d", name, set, enough)
			}
		})
	}
}
