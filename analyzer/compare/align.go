package compare

import (
	"strings"
	"unicode"

	"softgap/analyzer"
)

const (
	// alike is how much of their words two statements share, at least, to be
	// two versions of one (Dice 1945).
	alike = 0.5
	// mostPairs is how many pairs are looked at: beyond it, a statement that does
	// not read the same is lost or gained.
	mostPairs = 250_000
)

// statements sets the statements of both versions side by side.
func (v *Versions) statements(before, after *analyzer.Report) {
	x, y := statedIn(before), statedIn(after)
	partner := make([]int, len(y)) // of each after: the one before, from 1
	taken := make([]bool, len(x))
	at := map[string][]int{}
	for i := range x {
		at[x[i].key] = append(at[x[i].key], i)
	}
	leftBefore, leftAfter := len(x), len(y)
	for k := range y {
		if is := at[y[k].key]; len(is) > 0 {
			partner[k], taken[is[0]] = is[0]+1, true
			at[y[k].key] = is[1:]
			leftBefore, leftAfter = leftBefore-1, leftAfter-1
		}
	}
	if leftBefore*leftAfter <= mostPairs {
		for k := range y {
			if partner[k] == 0 {
				if i := nearest(y[k], x, taken); i >= 0 {
					partner[k], taken[i] = i+1, true
				}
			}
		}
	}
	for k := range y {
		switch i := partner[k] - 1; {
		case i < 0:
			v.Statements = append(v.Statements, Statement{Kind: "gained", After: &y[k].Stated, Matches: y[k].matches})
		case x[i].key == y[k].key && x[i].Ask == y[k].Ask:
			v.Kept++
		default:
			v.Statements = append(v.Statements, Statement{Kind: "changed", Before: &x[i].Stated, After: &y[k].Stated, Matches: y[k].matches})
		}
	}
	for i := range x {
		if !taken[i] {
			v.Statements = append(v.Statements, Statement{Kind: "lost", Before: &x[i].Stated, Matches: x[i].matches})
		}
	}
}

// nearest is the index of the statement, of those not taken, that shares most
// words with s, or -1 where none is alike.
func nearest(s stated, others []stated, taken []bool) int {
	mine := map[string]int{}
	for w := range strings.FieldsSeq(s.key) {
		mine[w]++
	}
	best, at := alike, -1
	for i, o := range others {
		if taken[i] {
			continue
		}
		left, shared, n := map[string]int{}, 0, 0
		for w := range strings.FieldsSeq(o.key) {
			n++
			if left[w] < mine[w] {
				left[w]++
				shared++
			}
		}
		if d := 2 * float64(shared) / float64(n+len(strings.Fields(s.key))); d > best || d == best && at < 0 {
			best, at = d, i
		}
	}
	return at
}

// words are those of a text in small letters: runs of letters and digits, and
// the signs that names of technologies have in and behind them (C++, .NET,
// CI/CD is two).
func words(text string) []string {
	out := strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("+#.'’-", c)
	})
	n := 0
	for _, w := range out {
		if w = strings.Trim(w, ".'’-"); strings.IndexFunc(w, unicode.IsLetter) >= 0 || strings.IndexFunc(w, unicode.IsDigit) >= 0 {
			out[n] = w
			n++
		}
	}
	return out[:n]
}
