package posting

// repaired returns the text of a field of a record: what a reader sees of
// markup, escaped or not, and any other text as it is.
func repaired(s string) (text string, markup bool, warnings []string) {
	if t, ok := unescapeMarkdown(s); ok {
		return t, true, []string{markdownUndone}
	}
	if hasTags(s, layout, 1) || hasEscapedTag(s) || hasEntity(s) {
		return described(s), true, nil
	}
	return s, false, nil
}
