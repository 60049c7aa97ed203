package posting

import (
	"bytes"
	"errors"
)

// Rewrite returns the document of a posting with edits of the posting's text
// made in it, and nothing else changed. It fails where the document cannot be
// changed so; the error says what to do instead.
func Rewrite(document []byte, d Document, p Posting, edits []Edit) ([]byte, error) {
	switch {
	case string(document) == p.Text:
		return []byte(Edited(p.Text, edits)), nil
	case bytes.Contains(document[:min(len(document), 4096)], []byte("<")):
		return rewriteHTML(string(document), p, edits)
	}
	return nil, errors.New("edits cannot be made in this kind of file: save the posting as text, Markdown, HTML or DOCX")
}
