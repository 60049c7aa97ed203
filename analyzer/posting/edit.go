package posting

import "strings"

// Edit replaces a span of a posting's text. One of no length puts words in.
type Edit struct {
	Span
	Text string `json:"text"`
}

// Edited returns the text with edits made, which are taken in the order of
// their place and must not overlap.
func Edited(text string, edits []Edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.Start < at || e.End > len(text) {
			continue
		}
		b.WriteString(text[at:e.Start])
		b.WriteString(e.Text)
		at = e.End
	}
	b.WriteString(text[at:])
	return b.String()
}
