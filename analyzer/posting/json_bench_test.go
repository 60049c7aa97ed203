package posting

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// jsonLines makes JSON Lines of n made-up postings.
func jsonLines(n int) []byte {
	words := "You look after Windows and Linux servers and explain outages to clinic staff in plain words. "
	text := "About us\n\n" + strings.Repeat(words, 8) + "\n\nWhat you bring\n\n" + strings.Repeat(words, 12) + "\n\nNice to have\n\n- " + strings.Repeat(words, 2)
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `{"id": %d, "title": "Systems Administrator", "company": "Northwind", "location": "Leeds", "date_posted": "2026-02-04", "url": "https://example.org/jobs/%d", "tags": ["it", "support"], "salary": null, "remote": false, "description": %q}`+"\n", i, i, text)
	}
	return b.Bytes()
}

// BenchmarkJSON reports how fast JSON is read, whatever its shape: lines, one
// array, jobs within an object that is too large to be held, Lever's answer.
func BenchmarkJSON(b *testing.B) {
	lines := jsonLines(1 << 13)
	array := "[" + strings.TrimSuffix(strings.ReplaceAll(string(lines), "\n", ",\n"), ",\n") + "]"
	for _, c := range []struct{ name, file, body string }{
		{"lines", "a.jsonl", string(lines)},
		{"array", "a.json", array},
		{"array on a line", "a.json", strings.ReplaceAll(array, ",\n", ",")},
		{"jobs", "a.json", `{"name": "Northwind", "jobs": ` + array + "}"},
		{"lever", "a.json", strings.NewReplacer(`"title"`, `"text"`, `"url"`, `"hostedUrl"`).Replace(array)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.body)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				for p := range new(Reader).Postings(Document{Source: c.file, Body: strings.NewReader(c.body)}) {
					if p.Problem != "" {
						b.Fatal(p.Problem)
					}
					n++
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "postings/s")
		})
	}
}
