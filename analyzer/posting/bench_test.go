package posting

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// sample is a made-up posting of the usual length, in the three ways that
// postings are written down.
func sample() (text, markdown, page string) {
	var t, m, h strings.Builder
	line := func(plain, mark, tag string) {
		t.WriteString(plain + "\n")
		m.WriteString(mark + "\n")
		h.WriteString(tag + "\n")
	}
	line("Systems Administrator", "# Systems Administrator", "<h1>Systems Administrator</h1>")
	for _, head := range []string{"What you will do", "What you bring", "Nice to have"} {
		line("\n"+head, "\n## "+head, "<h2>"+head+"</h2><ul>")
		for range 8 {
			s := "Look after Windows and Linux servers & explain outages to clinic staff in plain words"
			line("- "+s, "* "+strings.ReplaceAll(s, "&", `\&`), "<li class=\"item\"><span>"+strings.ReplaceAll(s, "&", "&amp;")+"</span></li>")
		}
		line("", "", "</ul>")
	}
	frame := `<nav><ul><li><a href="/">Home</a></li><li><a href="/jobs">Jobs</a></li></ul></nav>`
	return t.String(), m.String(), "<html><head><title>Systems Administrator</title></head><body>" + frame + "<main>" + h.String() + "</main><footer>Imprint</footer></body></html>"
}

// BenchmarkRead reports how fast documents of each kind are read.
func BenchmarkRead(b *testing.B) {
	text, markdown, page := sample()
	for _, c := range []struct{ name, file, body string }{
		{"text", "a.txt", text}, {"markdown", "a.md", markdown}, {"html", "a.html", page},
	} {
		b.Run(c.name, func(b *testing.B) { benchmark(b, c.file, []byte(c.body)) })
	}
	b.Run("builtin", func(b *testing.B) {
		files, _ := filepath.Glob("../../../shared/data/pages/builtin/*.html")
		if len(files) == 0 {
			b.Skip("no saved pages beside the project")
		}
		var bodies [][]byte
		size := 0
		for _, f := range files {
			bodies = append(bodies, bodyOf(b, f))
			size += len(bodies[len(bodies)-1])
		}
		b.SetBytes(int64(size))
		for b.Loop() {
			for i, body := range bodies {
				Read(Document{Source: files[i], Body: bytes.NewReader(body)})
			}
		}
		b.ReportMetric(float64(len(bodies)*b.N)/b.Elapsed().Seconds(), "postings/s")
	})
}

func benchmark(b *testing.B, source string, body []byte) {
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		Read(Document{Source: source, Body: bytes.NewReader(body)})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "postings/s")
}

// BenchmarkGrowth reads hostile documents of two sizes, one four times the
// other: MB/s that fall from one to the other show a cost that is not linear.
func BenchmarkGrowth(b *testing.B) {
	for _, h := range hostile {
		for _, size := range []int{1 << 18, 1 << 20} {
			body := h.make(size)
			name := "256kB"
			if size > 1<<18 {
				name = "1MB"
			}
			b.Run(h.name+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					Read(Document{Source: h.file, Body: bytes.NewReader(body)})
				}
			})
		}
	}
}
