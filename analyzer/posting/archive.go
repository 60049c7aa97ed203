package posting

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// packages are the documents that are zip archives, by a file that each holds
// and how the media type begins that some of them state.
var packages = []struct {
	holds, media string
	read         func(in *input, yield func(Posting) bool)
}{
	{"word/document.xml", "", readDOCX},
	{"xl/workbook.xml", "", readXLSX},
	{"ppt/presentation.xml", "", unread("a PowerPoint file (.pptx) is not read: save it as a PDF")},
	{"mimetype", openDocument + "text", unread("an OpenDocument text (.odt) is not read: save it as .docx")},
	{"mimetype", openDocument + "spreadsheet", unread("an OpenDocument spreadsheet (.ods) is not read: save it as .xlsx or .csv")},
	{"mimetype", openDocument, unread("an OpenDocument file is not read: save it as a PDF")},
	{"mimetype", "application/epub", unread("an e-book (.epub) is not read: save the posting as text or HTML")},
}

const openDocument = "application/vnd.oasis.opendocument."

func isZip(in *input) bool {
	return bytes.HasPrefix(in.head, []byte("PK\x03\x04")) || bytes.HasPrefix(in.head, []byte("PK\x05\x06"))
}

// readZip reads a document that is a zip archive, or the files of an archive
// in the order of their names.
func readZip(in *input, yield func(Posting) bool) {
	z, err := openZip(in)
	if err != nil {
		yield(Posting{Problem: fmt.Sprintf("damaged: the zip archive is not whole (%v): fetch or copy it again", err)})
		return
	}
	media := mediaOf(z)
	for _, p := range packages {
		if strings.HasPrefix(media, p.media) && fileNamed(z, p.holds) != nil {
			p.read(in, yield)
			return
		}
	}
	slices.SortStableFunc(z.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	a := archive{in: in, yield: yield}
	for _, f := range z.File {
		if f.Mode().IsRegular() && !a.file(f.Name, func() (io.Reader, error) { return openFile(f) }) {
			return
		}
	}
	a.end()
}

// longestList bounds what is read of a zip archive's list of its files: a
// hundred thousand names and more.
const longestList = 16 << 20

// openZip reads the archive's list of files.
func openZip(in *input) (*zip.Reader, error) {
	file, size, err := in.file()
	if err != nil {
		return nil, err
	}
	list := &limited{file, longestList}
	z, err := zip.NewReader(list, size)
	if err != nil {
		return nil, err
	}
	list.left = math.MaxInt64 // the volume bounds what is read of the files
	z.RegisterDecompressor(12, func(r io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(r)) })
	z.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(widestWindow)))
	return z, nil
}

// limited gives access to so many bytes of a file.
type limited struct {
	io.ReaderAt
	left int64
}

func (b *limited) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, errors.New("it lists too many files")
	}
	return b.ReaderAt.ReadAt(p, at)
}

func openFile(f *zip.File) (io.Reader, error) {
	if f.Flags&1 != 0 {
		return nil, errors.New("locked: it needs a password: unpack the archive")
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("not unpacked: %v (method %d): unpack the archive", err, f.Method)
	}
	return r, nil
}

// fileNamed returns the file of a name, or nil.
func fileNamed(z *zip.Reader, name string) *zip.File {
	if i := slices.IndexFunc(z.File, func(f *zip.File) bool { return f.Name == name }); i >= 0 {
		return z.File[i]
	}
	return nil
}

// mediaOf returns the media type that an archive states of itself, or "".
func mediaOf(z *zip.Reader) string {
	f := fileNamed(z, "mimetype")
	if f == nil {
		return ""
	}
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	media, _ := io.ReadAll(io.LimitReader(r, 100))
	return string(media)
}

// isTar accepts the mark of tar at its place, and else a header whose sum is
// right: the oldest archives have no mark.
func isTar(in *input) bool {
	const header = 512
	if len(in.head) < header {
		return false
	}
	if string(in.head[257:262]) == "ustar" {
		return true
	}
	stated, err := strconv.ParseInt(strings.Trim(string(in.head[148:156]), " \x00"), 8, 64)
	sum := int64(' ') * 8
	for i, c := range in.head[:header] {
		if i < 148 || i >= 156 {
			sum += int64(c)
		}
	}
	return err == nil && sum == stated
}

// readTar reads the files of an archive as they come.
func readTar(in *input, yield func(Posting) bool) {
	t := tar.NewReader(in.body)
	a := archive{in: in, yield: yield}
	for {
		h, err := t.Next()
		if err == io.EOF {
			a.end()
			return
		}
		if err != nil {
			if in.arrival.err == nil { // else that is told
				yield(brokenOff(damaged(err)))
			}
			return
		}
		if h.FileInfo().Mode().IsRegular() && !a.file(h.Name, func() (io.Reader, error) { return t, nil }) {
			return
		}
	}
}

// An archive yields the postings of its files.
type archive struct {
	in          *input
	yield       func(Posting) bool
	files, left int
}

// frames are the files that a browser saves beside a page.
var frames = set{names: ".css .js .mjs .map .woff .woff2 .ttf .otf .eot .ico .svg"}

// file reads a file of the archive and returns whether to go on. Files that
// no person put there are left out.
func (a *archive) file(name string, open func() (io.Reader, error)) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	a.files++
	if strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".") || frames.has(extension(name)) {
		a.left++
		return true
	}
	source := a.in.Source + "/" + strings.TrimPrefix(strings.TrimPrefix(name, "./"), "/")
	body, err := open()
	if err != nil {
		return a.yield(unreadPage(source, err.Error()))
	}
	more := a.in.within(source, unpacked{body, a.in}, a.yield)
	if c, ok := body.(io.Closer); ok {
		c.Close()
	}
	if more && a.in.volume.burst() { // and no file after this one is read
		a.yield(brokenOff(errBomb))
		return false
	}
	return more
}

// end says of what was read and what was not.
func (a *archive) end() {
	switch {
	case a.files == 0:
		a.yield(Posting{Problem: "empty archive: there is no file in it"})
	case a.left == a.files:
		a.yield(Posting{Problem: "an archive without documents: it holds parts of web pages or of a system only: give the pages"})
	case a.left > 0:
		a.in.note("%d of the %d files in the archive are parts of web pages or of a system and were left out", a.left, a.files)
	}
}
