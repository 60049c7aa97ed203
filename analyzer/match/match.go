package match

import (
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
)

// Side tells the two sides of a posting apart.
type Side string

// The two sides.
const (
	Technical Side = "technical"
	Soft      Side = "soft"
)

// A Match is a phrase of a lexicon found in a candidate statement.
type Match struct {
	posting.Span
	Statement int // index of the statement that holds it
	Side      Side
	Dimension string // soft dimension or technical category, by its id
	Term      string // id of the lexicon term
	Level     int    // 1 generic, 2 named, 3 in context, 4 behaviour (codebook, section 4)
	Ask       segment.Ask
	Why       string // what raised the level, for explain: "with whom: non-technical users"
}
