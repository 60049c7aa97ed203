package posting

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// wrappings put a document into another. Each is read as the document itself.
var wrappings = []struct {
	name, source string // source is what the file within is called, of %s
	wrap         func(t testing.TB, name string, body []byte) []byte
}{
	{"gzip", "%s.gz", func(t testing.TB, _ string, body []byte) []byte { return inGzip(t, body) }},
	{"gzip of three", "%s.gz", func(t testing.TB, _ string, body []byte) []byte {
		third := len(body) / 3
		return joined(inGzip(t, body[:third]), inGzip(t, body[third:2*third]), inGzip(t, body[2*third:]))
	}},
	{"zstd", "%s.zst", func(t testing.TB, _ string, body []byte) []byte { return inZstd(t, body) }},
	{"zip", "jobs.zip/%s", inZip},
	{"tar", "jobs.tar/%s", inTar},
	{"tar in gzip in zip", "jobs.zip/a.tar.gz/%s", func(t testing.TB, name string, body []byte) []byte {
		return inZip(t, "a.tar.gz", inGzip(t, inTar(t, name, body)))
	}},
}

func joined(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func inZstd(t testing.TB, body []byte) []byte {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(body, nil)
}

func inGzip(t testing.TB, body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	write(t, w, body)
	return b.Bytes()
}

func inZip(t testing.TB, name string, body []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(body)
	}
	if err != nil {
		t.Fatal(err)
	}
	write(t, z, nil)
	return b.Bytes()
}

func inTar(t testing.TB, name string, body []byte) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(body))}); err != nil {
		t.Fatal(err)
	}
	write(t, w, body)
	return b.Bytes()
}

// write writes all of a document, or nothing more of a zip.
func write(t testing.TB, w io.Closer, body []byte) {
	t.Helper()
	var err error
	if w, ok := w.(io.Writer); ok {
		_, err = w.Write(body)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A document in any wrapper gives the same postings.
func TestWrapped(t *testing.T) {
	read := 0
	for _, glob := range []string{"formats/*.xml", "formats/*.rss", "formats/*.eml", "formats/*.mbox", "formats/*.warc", "pages/*.html", "postings/*", "unreadable/*"} {
		for _, name := range files(t, "../../testdata/"+glob) {
			d, body := readFile(t, name), bodyOf(t, name)
			want := Read(d)
			for _, w := range wrappings {
				source := fmt.Sprintf(w.source, d.Source)
				if len(body) == 0 && w.name == "gzip of three" {
					continue
				}
				outer, _, _ := strings.Cut(source, "/")
				got := lawful(t, Document{Source: outer, Body: bytes.NewReader(w.wrap(t, d.Source, body))})
				if show(got) != show(want) {
					t.Errorf("%s in %s reads as\n%s\nwant\n%s", d.Source, w.name, show(got), show(want))
				}
				if of := got[0].Source; of != source && want[0].Source == d.Source {
					t.Errorf("%s in %s is called %q, want %q", d.Source, w.name, of, source)
				}
			}
			read++
		}
	}
	if read < 30 {
		t.Errorf("%d documents", read)
	}
}

// What did arrive of a document is read, wherever it breaks off, and then it
// is said.
func TestBreaksOff(t *testing.T) {
	var feed bytes.Buffer
	feed.WriteString("<source>")
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 10000 { // numbers, so that it does not shrink to nothing
		fmt.Fprintf(&feed, "<job><title>Clerk %d</title><description>You keep list %d.</description></job>", i, random.Int64())
	}
	feed.WriteString("</source>")
	for _, w := range wrappings {
		if w.name == "zip" || w.name == "tar in gzip in zip" {
			continue // the list of a zip's files is at its end
		}
		body := w.wrap(t, "feed.xml", feed.Bytes())
		ps := lawful(t, Document{Source: "feed", Body: bytes.NewReader(body[:len(body)/2])})
		last := ps[len(ps)-1]
		if len(ps) < 3000 || len(ps) > 7000 || ps[500].Text == "" || !strings.HasPrefix(last.Problem, "breaks off: ") {
			t.Errorf("half of a feed in %s: %d postings, the last with problem %q", w.name, len(ps), last.Problem)
		}
	}
	whole := lawful(t, Document{Source: "a.zip", Body: bytes.NewReader(inZip(t, "feed.xml", feed.Bytes())[:90000])})
	if len(whole) != 1 || !strings.HasPrefix(whole[0].Problem, "damaged: the zip archive") {
		t.Errorf("half of a zip: %d postings, %q", len(whole), whole[0].Problem)
	}
	broken := errors.New("the server hung up")
	ps := lawful(t, Document{Source: "a.html", Body: io.MultiReader(strings.NewReader("<h1>Clerk</h1><p>You keep lists."), iotest.ErrReader(broken))})
	if len(ps) != 2 || ps[0].Title != "Clerk" || ps[1].Problem != "breaks off: the server hung up" {
		t.Errorf("a page that breaks off: %+v", ps)
	}
}

// bomb is a gzip file of a text and a hundred megabytes of a unit after it.
func bomb(t testing.TB, text, unit string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	write(t, w, append([]byte(text), bytes.Repeat([]byte(unit), 100<<20/len(unit))...))
	return b.Bytes()
}

// Bombs end in bounded time and memory, with a word.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of megabytes")
	}
	page := bomb(t, "<p>Clerk", " ")
	var nested bytes.Buffer
	z := zip.NewWriter(&nested)
	for i := range 4 {
		w, err := z.Create(fmt.Sprintf("%d.zip", i))
		if err == nil {
			_, err = w.Write(inZip(t, "a.html.gz", page))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	write(t, z, nil)
	for _, c := range []struct {
		name, file, problem string
		body                []byte
	}{
		{"page", "a.html.gz", "breaks off: it is longer than 64 MB", page},
		{"text of a feed", "a.xml.gz", "breaks off: a text or tag of more than 8 MB", bomb(t, "<source><job><description>", " ")},
		{"comments of a feed", "a.xml.gz", "breaks off: it unpacks to more than 200 times its size", bomb(t, "<source><job><title>a</title><description>b</description></job>", "<!-- nothing -->")},
		{"zeros", "a.gz", "binary data", bomb(t, "", "\x00")},
		{"archives of archives", "a.zip", "breaks off: it unpacks to more than 200 times its size", nested.Bytes()},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			ps := lawful(t, Document{Source: c.file, Body: bytes.NewReader(c.body)})
			runtime.ReadMemStats(&after)
			if !strings.HasPrefix(ps[len(ps)-1].Problem, c.problem) || len(ps) > 100 {
				t.Errorf("%d postings, the last with problem %q", len(ps), ps[len(ps)-1].Problem)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 1200 {
				t.Errorf("%d MB were used", mb)
			}
		})
	}
}

// Saved pages wrapped as records of a web archive give the same postings. The
// wrapping is ours: no web archive of job pages was found.
func TestPagesInWARC(t *testing.T) {
	names, _ := filepath.Glob("../../../shared/data/pages/builtin/*.html")
	names = append(names[:min(len(names), 12)], files(t, "../../testdata/pages/*.html")...)
	var archive bytes.Buffer
	var want []Posting
	for i, name := range names {
		address, body := fmt.Sprintf("https://jobs.example/%d", i), bodyOf(t, name)
		want = append(want, Read(Document{Source: address, ContentType: "text/html", Body: bytes.NewReader(body)})...)
		if i%2 == 0 {
			record := warcRecord(address, "Content-Type: text/html\r\n", body)
			archive.Write(inGzip(t, record)) // a member a record
			continue
		}
		body = fmt.Appendf(nil, "%x\r\n%s\r\n0\r\n\r\n", len(inGzip(t, body)), inGzip(t, body))
		archive.Write(inGzip(t, warcRecord(address, "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", body)))
	}
	got := lawful(t, Document{Source: "pages.warc.gz", Body: &archive})
	if show(got) != show(want) {
		t.Errorf("%d postings read otherwise than from the pages, %d", len(got), len(want))
	}
	for i := range got {
		if i < len(want) && got[i].Source != want[i].Source {
			t.Errorf("posting %d is from %q, want %q", i, got[i].Source, want[i].Source)
		}
	}
}

// Pages without an address go by the archive's name, numbered with what is said
// of the archive itself: found by FuzzWARC.
func TestWARCWithoutAddress(t *testing.T) {
	feed := []byte("<jobs><job><title>Clerk</title><description>Lists.</description></job><job><title>Cook</title><description>Soup.</description></job></jobs>")
	record := warcRecord("", "Content-Type: text/xml\r\n", feed)
	ps := lawful(t, Document{Source: "a.warc", Body: bytes.NewReader(joined(record, []byte("what is this?\r\n"), record))})
	if len(ps) != 5 || ps[4].Record != 5 || ps[4].Source != "a.warc" || ps[4].Title != "Cook" {
		t.Errorf("%+v", ps)
	}
}

func warcRecord(address, header string, body []byte) []byte {
	answer := fmt.Sprintf("HTTP/1.1 200 OK\r\n%s\r\n%s", header, body)
	return fmt.Appendf(nil, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		address, len(answer), answer)
}

// Real exports and feeds read the same when they are packed, with bzip2 too
// where the program is there.
func TestRealPacked(t *testing.T) {
	var names []string
	for _, glob := range []string{"exports/*/*", "formats/xml_feeds/*", "formats/rss/*", "formats/personio/*"} {
		found, _ := filepath.Glob("../../../shared/data/" + glob)
		names = append(names, found...)
	}
	if len(names) == 0 {
		t.Skip("the real files are not beside the project")
	}
	for _, name := range names {
		d, body := readFile(t, name), bodyOf(t, name)
		if len(body) > 1<<20 && filepath.Ext(name) != ".parquet" {
			continue
		}
		want := show(Read(d))
		for _, w := range wrappings {
			outer, _, _ := strings.Cut(fmt.Sprintf(w.source, d.Source), "/")
			if got := show(lawful(t, Document{Source: outer, Body: bytes.NewReader(w.wrap(t, d.Source, body))})); got != want {
				t.Errorf("%s in %s reads otherwise", name, w.name)
			}
		}
		program := exec.Command("bzip2", "-c", name)
		if packed, err := program.Output(); err == nil {
			if got := show(lawful(t, Document{Source: d.Source + ".bz2", Body: bytes.NewReader(packed)})); got != want {
				t.Errorf("%s in bzip2 reads otherwise", name)
			}
		}
	}
}
