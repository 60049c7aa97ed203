package posting

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
)

// feedOf is a feed of so many postings of the usual length.
func feedOf(postings int) []byte {
	_, _, page := sample()
	_, page, _ = strings.Cut(page, "<main>")
	page, _, _ = strings.Cut(page, "</main>")
	var b bytes.Buffer
	b.WriteString("<?xml version='1.0' encoding='utf-8'?>\n<source>\n")
	for i := range postings {
		fmt.Fprintf(&b, "<job>\n<title><![CDATA[Systems Administrator %d]]></title>\n<date>2026-07-14</date>\n<referencenumber>%d</referencenumber>\n<url>https://jobs.example/%d?a=1&amp;b=2</url>\n<company>Northwind</company>\n<city>Leeds</city>\n<country>GB</country>\n<description><![CDATA[%s]]></description>\n</job>\n", i, i, i, page)
	}
	b.WriteString("</source>\n")
	return b.Bytes()
}

// tableOf is a table of so many postings of the usual length.
func tableOf(postings int) []byte {
	text, _, _ := sample()
	var b bytes.Buffer
	b.WriteString("id,title,company,location,description\n")
	for i := range postings {
		fmt.Fprintf(&b, "%d,Systems Administrator,Northwind,Leeds,%q\n", i, text)
	}
	return bytes.ReplaceAll(b.Bytes(), []byte(`\n`), []byte("\n"))
}

// warcOf is a web archive of so many pages, a gzip member each if packed.
func warcOf(t testing.TB, pages int, packed bool) []byte {
	_, _, page := sample()
	var b bytes.Buffer
	for i := range pages {
		record := warcRecord(fmt.Sprintf("https://jobs.example/%d", i), "Content-Type: text/html\r\n", []byte(page))
		if packed {
			record = inGzip(t, record)
		}
		b.Write(record)
	}
	return b.Bytes()
}

// BenchmarkStreams reads streams of two sizes, one ten times the other. The
// peak is what was in use beside the stream at most: that it stays shows that
// memory does not grow with the stream. MB/s are of what was unpacked.
func BenchmarkStreams(b *testing.B) {
	for _, postings := range []int{1000, 10000} {
		feed, pages, lines, table := feedOf(postings), warcOf(b, postings/4, false), jsonLines(postings), tableOf(postings)
		for _, c := range []struct {
			name, file string
			size       int
			body       []byte
		}{
			{"jsonl", "a.jsonl", len(lines), lines},
			{"csv", "a.csv", len(table), table},
			{"xml", "a.xml", len(feed), feed},
			{"xml.gz", "a.xml.gz", len(feed), inGzip(b, feed)},
			{"xml.zst", "a.xml.zst", len(feed), inZstd(b, feed)},
			{"warc", "a.warc", len(pages), pages},
			{"warc.gz", "a.warc.gz", len(pages), warcOf(b, postings/4, true)},
		} {
			b.Run(fmt.Sprintf("%s/%dMB", c.name, c.size>>20), func(b *testing.B) {
				b.SetBytes(int64(c.size))
				b.ReportAllocs()
				runtime.GC()
				n, before, peak := 0, inUse(), uint64(0)
				for b.Loop() {
					body := bytes.NewReader(c.body)
					for range new(Reader).Postings(Document{Source: c.file, Body: onlyReader{body}}) {
						if n++; n%500 == 0 {
							peak = max(peak, inUse())
						}
					}
				}
				b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "postings/s")
				b.ReportMetric(float64(max(peak, before)-before)/(1<<20), "MB-peak")
			})
		}
	}
}

// BenchmarkUnpack is what there is to win of unpacking alone.
func BenchmarkUnpack(b *testing.B) {
	feed := feedOf(2000)
	for name, body := range map[string][]byte{"gzip": inGzip(b, feed), "zstd": inZstd(b, feed)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(feed)))
			for b.Loop() {
				in := new(Reader).open(Document{Body: bytes.NewReader(body)}, nil)
				r, err := compressionOf(in).open(in.body)
				if err == nil {
					_, err = io.Copy(io.Discard, unpacked{r, in})
				}
				if err != nil {
					b.Fatal(err)
				}
				r.Close()
			}
		})
	}
}

type onlyReader struct{ io.Reader }

// inUse is the memory of live objects after the last collection.
func inUse() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// BenchmarkElements reads feeds of short plain values: the cost of the feed
// itself.
func BenchmarkElements(b *testing.B) {
	var feed bytes.Buffer
	feed.WriteString("<source>")
	for i := range 5000 {
		fmt.Fprintf(&feed, "<job><title>Clerk %d</title><company>Northwind</company><city>Leeds</city><country>GB</country><date>2026-07-14</date><description>You keep lists of laptops and hand them out with a friendly word.</description></job>", i)
	}
	benchmark(b, "a.xml", feed.Bytes())
}
