// Package posting reads documents and finds the job postings in them.
//
// Read takes bytes and a hint of what they are and returns Postings. It never
// fails as a whole because of one record: a record that cannot be read is a
// Posting with its Problem set, so that records in equal records out.
//
// Plain text and Markdown pass through byte for byte, a byte order mark and
// CRLF included, so that spans index the user's own file. Text in another
// character set, text with bytes that are no characters, and Markdown whose
// words hold backslashes are converted, and a warning says so. From pages,
// JSON-LD, Word documents and PDFs the text is read as a visitor sees it: a line
// for a block, "• " before a list item, " | " between the cells of a table. What
// an export did to a text is repaired, each kind of damage with a warning.
//
// A document is read in time and memory in proportion to its size, whatever
// is in it.
package posting

// A Span is a half-open range of UTF-8 bytes, [Start, End), of one posting's
// Text. Both ends lie on rune boundaries.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// A Posting is one job posting: its text and what the document said of it.
// Every Span of every later stage is a range of Text.
type Posting struct {
	ID           string // as the source gives it, or empty
	Title        string
	Organization string
	Location     string
	DatePosted   string // ISO 8601 date where it could be read, else as stated
	URL          string
	Source       string // the file or URL the document came from
	Record       int    // 1 for the first record of its source
	Text         string // a plain-text document's own bytes, or the text read from markup
	Markup       bool   // the text was read from markup (HTML, an escaped field, Markdown) rather than passed through

	// DuplicateOf names a posting that this one repeats; no Reader sets it.
	DuplicateOf string

	// Kept holds the values of the columns that the Reader was told to keep, by
	// their names; nil without any.
	Kept map[string]string

	// Problem says why there is no text to score, and what to do, in plain
	// words. What comes before its first colon is the kind, the same for all
	// alike ("no text layer: the PDF holds pictures of pages, ..."), so that
	// kinds can be counted. Empty for a posting that was read.
	Problem string
	// Warnings are doubts about the reading, in plain words.
	Warnings []string
}

// The problems that the elements of a page show here, and that its words may
// show to a later step.
const (
	Empty       = "empty: there is no text"
	LoginWall   = "login wall: the page asks to sign in"
	CookieWall  = "cookie wall: the page asks for consent and shows nothing else"
	ScriptShell = "script shell: the page needs JavaScript to show its text"
)

// NoColumn is the kind of the problem that a document has none of the columns
// that Reader.Columns names for a role.
const NoColumn = "no such column"
