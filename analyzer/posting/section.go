package posting

import "strings"

// A section is a part of a posting's text with the heading it goes under, or
// none.
type section struct{ head, text string }

// join makes one text of sections. One without text is left out, and so is one
// that those before it hold already: exports give a text as a whole and again
// in parts.
func join(sections []section) string {
	var out strings.Builder
	for _, s := range sections {
		if strings.TrimSpace(s.text) == "" || out.Len() > 0 && strings.Contains(letters(out.String()), letters(s.text)) {
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n\n")
		}
		if s.head != "" {
			out.WriteString(s.head + "\n")
		}
		out.WriteString(s.text)
	}
	return out.String()
}

// letters is a text without what differs between two renderings of it.
func letters(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("•-*.,;:|", r)
	}), " ")
}
