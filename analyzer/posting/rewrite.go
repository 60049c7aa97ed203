package posting

import (
	"bytes"
	"errors"
	"slices"
)

// largestEdited bounds a document that is edited in its markup.
const largestEdited = 8 << 20

var errUneditable = errors.New("edits cannot be made in this kind of file: save the posting as text, Markdown, HTML or DOCX")

// Rewrite returns the document of a posting with edits of the posting's text
// made in it, in the order of their places, and nothing else changed. What it returns reads as the edited
// text; where that cannot be had it fails, and the error says what to do
// instead.
func Rewrite(document []byte, d Document, p Posting, edits []Edit) ([]byte, error) {
	if string(document) == p.Text {
		return []byte(Edited(p.Text, edits)), nil
	}
	if len(document) > largestEdited {
		return nil, errors.New("the file is too large to edit: copy the posting into a file of its own")
	}
	d.Body = bytes.NewReader(document)
	in := new(Reader).open(d, nil)
	var out []byte
	switch i := slices.IndexFunc(formats(), func(f format) bool { return f.recognise(in) }); formats()[i].name {
	case "HTML":
		out = rewriteHTML(string(document), p.Text, edits)
	case "Word document":
		out = rewriteDOCX(document, in, edits)
	default:
		return nil, errUneditable
	}
	d.Body = bytes.NewReader(out)
	if again := Read(d); out == nil || len(again) != 1 || string(letters(nil, again[0].Text)) != string(letters(nil, Edited(p.Text, edits))) {
		return nil, errors.New("the edits cannot be made in this file's markup, or the file holds the text a second time for machines: copy the text into a file and edit that")
	}
	return out, nil
}
