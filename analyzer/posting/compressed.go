package posting

import (
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A compression is a way one document is compressed: how it begins, the ending
// that its name has for it, and how it is read.
type compression struct {
	begin, ending string
	open          func(io.Reader) (io.ReadCloser, error)
}

var compressions = []compression{
	{"\x1F\x8B", ".gz", func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) }},
	{"\x28\xB5\x2F\xFD", ".zst", openZstd},
	{"BZh", ".bz2", func(r io.Reader) (io.ReadCloser, error) { return io.NopCloser(bzip2.NewReader(r)), nil }},
}

// widestWindow is how far back a zstd stream may look: what the zstd program
// takes without being told to, `--long` included.
const widestWindow = 128 << 20

func openZstd(r io.Reader) (io.ReadCloser, error) {
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(widestWindow))
	if err != nil {
		return nil, err
	}
	return d.IOReadCloser(), nil
}

// compressionOf returns the compression of a document, or nil.
func compressionOf(in *input) *compression {
	for i, c := range compressions {
		if bytes.HasPrefix(in.head, []byte(c.begin)) {
			return &compressions[i]
		}
	}
	return nil
}

func isCompressed(in *input) bool { return compressionOf(in) != nil }

// readCompressed reads the document that was compressed, as it comes. It keeps
// the name of the file, which is the one its user has.
func readCompressed(in *input, yield func(Posting) bool) {
	body, err := compressionOf(in).open(in.body)
	if err != nil {
		yield(brokenOff(damaged(err)))
		return
	}
	defer body.Close()
	inner := in.Document
	inner.ContentType, inner.Body = "", unpacked{body, in}
	in.reader.read(inner, in, in.counting(yield))
	in.arrival.err = nil // it was told
}

// counting yields the postings of a document within this one that goes by its
// name as records of this one.
func (in *input) counting(yield func(Posting) bool) func(Posting) bool {
	return func(p Posting) bool {
		if p.Source == in.Source {
			p.Source = ""
		}
		return yield(p)
	}
}

// extension returns that of a name, in lower case with its dot, or "". What a
// compression put behind it does not count.
func extension(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	for _, c := range compressions {
		name = strings.TrimSuffix(name, c.ending)
	}
	return path.Ext(name)
}

// mostGrowth is how many times its size a document may unpack to, once it
// has unpacked to more than is held in memory. Exports of postings, many of
// them alike, come to 50; ten gigabytes of zeros to 1,000 and more.
const mostGrowth = 200

// A volume counts what was read of an outermost document, and what was unpacked
// from it and from the documents within it: a bound for each of them alone
// would let archives within archives multiply it.
type volume struct{ in, out int64 }

var errBomb = errors.New(fmt.Sprint("it unpacks to more than ", mostGrowth, " times its size, as files made to do harm do: unpack it, if it is none, and give the files in it"))

// burst reports whether no more is to be unpacked.
func (v *volume) burst() bool { return v.out > mostWhole && v.out > mostGrowth*v.in }

// packed counts the bytes of an outermost document.
type packed struct {
	io.Reader
	volume *volume
}

func (p packed) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	p.volume.in += int64(n)
	return n, err
}

// unpacked counts the bytes that come out of a document, and ends them with an
// error where they are too many.
type unpacked struct {
	io.Reader
	from *input
}

func (u unpacked) Read(b []byte) (int, error) {
	if u.from.volume.burst() {
		return 0, errBomb
	}
	n, err := u.Reader.Read(b)
	u.from.volume.out += int64(n)
	switch {
	case err == nil || err == io.EOF || err == io.ErrUnexpectedEOF && u.from.arrival.err == nil:
	case u.from.arrival.err != nil:
		err = u.from.arrival.err
	default:
		err = damaged(err)
	}
	return n, err
}

func damaged(err error) error { return fmt.Errorf("it is damaged (%w): fetch or copy it again", err) }
