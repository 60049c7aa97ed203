package posting

import "bytes"

// magic names what is not text by its first bytes.
var magic = []struct{ begin, what string }{
	{"\x89PNG\r\n", "a PNG image"},
	{"\xFF\xD8\xFF", "a JPEG image"},
	{"GIF87a", "a GIF image"},
	{"GIF89a", "a GIF image"},
	{"%PDF-", pdfDocument},
	{"PK\x03\x04", "a zip archive"},
	{"PK\x05\x06", "an empty zip archive"},
	{"\x1F\x8B", "a gzip file"},
	{"\x28\xB5\x2F\xFD", "a zstd file"},
	{"BZh", "a bzip2 file"},
	{"\xFD7zXZ", "an xz file"},
	{"7z\xBC\xAF", "a 7z archive"},
	{"Rar!", "a RAR archive"},
	{"PAR1", "a Parquet file"},
	{"\xD0\xCF\x11\xE0", "an old Office document (.doc, .xls)"},
	{`{\rtf`, "an RTF document"},
	{"\x7FELF", "a program"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"\xFF\xFE\x00\x00", "UTF-32 text"},
	{"\x00\x00\xFE\xFF", "UTF-32 text"},
}

// office names a zip archive by a part that is always in it; the names of
// parts are not compressed.
var office = []struct{ part, what string }{
	{docxText, wordDocument},
	{"xl/workbook.xml", "an Excel workbook (.xlsx)"},
	{"ppt/presentation.xml", "a PowerPoint file (.pptx)"},
	{"opendocument.text", "an OpenDocument text (.odt)"},
	{"opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"},
}

const wordDocument = "a Word document (.docx)"

// encrypted is the name of a part, in UTF-16, that Office puts a document with
// a password in.
var encrypted = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")

// binary says what a document is that is not text, or "".
func binary(b []byte) string {
	for _, m := range magic {
		if !bytes.HasPrefix(b, []byte(m.begin)) {
			continue
		}
		if m.begin[:2] == "PK" {
			for _, o := range office {
				if bytes.Contains(b, []byte(o.part)) {
					return o.what
				}
			}
		}
		if bytes.Contains(b, encrypted) {
			return "an Office document with a password"
		}
		return m.what
	}
	if bytes.IndexByte(b, 0) < 0 || wide(b) != "" {
		return ""
	}
	controls := 0
	for _, c := range b {
		if c < ' ' && (c < '\t' || c > '\r') {
			controls++
		}
	}
	if 100*controls < len(b) {
		return nulText
	}
	return "binary data"
}

// nulText is a text that a few NUL bytes were written into.
const nulText = "text with NUL bytes"

func isBinary(in *input) bool { return in.binary != "" }

func readBinary(in *input, yield func(Posting) bool) {
	if in.binary == nulText {
		yield(Posting{Problem: nulText + " is damaged, or in a character set of its own: save it anew as UTF-8"})
		return
	}
	yield(Posting{Problem: in.binary + unreadYet})
}
