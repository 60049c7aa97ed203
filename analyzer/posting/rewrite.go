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
// made in it, in the order of their places, and nothing else changed. What it
// returns reads as the edited text; where that cannot be had it fails, and the
// error says what to do instead.
//
// A page that holds the text twice, as data and as what a visitor sees, is
// edited in both. Unseen are the edits whose line is not found in the second, or
// not without doubt: they stand in the data alone.
func Rewrite(document []byte, d Document, p Posting, edits []Edit) (out []byte, unseen []Edit, err error) {
	if string(document) == p.Text {
		return []byte(Edited(p.Text, edits)), nil, nil
	}
	if len(document) > largestEdited {
		return nil, nil, errors.New("the file is too large to edit: copy the posting into a file of its own")
	}
	d.Body = bytes.NewReader(document)
	in := new(Reader).open(d, nil)
	switch i := slices.IndexFunc(formats(), func(f format) bool { return f.recognise(in) }); formats()[i].name {
	case "HTML":
		out, unseen = rewriteHTML(string(document), p.Text, edits)
	case "Word document":
		out = rewriteDOCX(document, in, edits)
	default:
		return nil, nil, errUneditable
	}
	d.Body = bytes.NewReader(out)
	if out != nil {
		again := Read(d)
		if n := max(p.Record, 1); n <= len(again) && string(letters(nil, again[n-1].Text)) == string(letters(nil, Edited(p.Text, edits))) {
			return out, unseen, nil
		}
	}
	return nil, nil, errors.New("the places of the edits cannot be found in this file's markup: copy the text into a file and edit that")
}
