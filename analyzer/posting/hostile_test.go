package posting

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// hostile makes documents of about a given size that punish a careless
// reader. Each must be read in time and memory in proportion to its size.
var hostile = []struct {
	name, file string
	make       func(size int) []byte
}{
	{"nested div", "a.html", repeat("", "<div>", "")},
	{"nested ul", "a.html", repeat("", "<ul><li>a", "")},
	{"nested closed div", "a.html", both("<div>", "deep", "</div>")},
	{"nested table", "a.html", repeat("", "<table><tr><td>", "")},
	{"nested bold", "a.html", repeat("", "<b><p>", "")},
	{"nested heading", "a.html", repeat("<h1>Clerk</h1>", "<h2>", "")},
	{"nested nav", "a.html", repeat("<h1>Clerk</h1>", "<nav>a", "")},
	{"nested places", "a.html", repeat("", "<main class=job-description>a", "")},
	{"unclosed p", "a.html", repeat("", "<p>a", "")},
	{"unclosed a", "a.html", repeat("", "<a href=x>a<li>", "")},
	{"flat headings", "a.html", repeat("", "<h2>Similar jobs</h2><i></i>", "")},
	{"end tags", "a.html", repeat("<p>a", "</p></div></b>", "")},
	{"stray cells", "a.html", repeat("<table>", "a<td><b>", "")},
	{"less-than", "a.html", repeat("<p>", "<", "")},
	{"less-than letter", "a.html", repeat("<p>", "<a", "")},
	{"ampersand", "a.html", repeat("<p>", "&", "")},
	{"entities", "a.html", repeat("<p>", "&amp;", "")},
	{"escaped", "a.html", repeat("", "&lt;p&gt;", "")},
	{"escaped many times", "a.html", repeat("&", "amp;", "lt;p&gt;")},
	{"comments", "a.html", repeat("<p>", "<!--", "")},
	{"one attribute", "a.html", repeat(`<p class="`, "job nav ", `">text</p>`)},
	{"attributes", "a.html", repeat(`<p `, "a1=2 ", `>text</p>`)},
	{"one style", "a.html", repeat(`<p style="`, "display : ", `">text</p>`)},
	{"scripts", "a.html", repeat("", "<script>", "")},
	{"nul", "a.html", repeat("<p>", "\x00\x00\x00a", "")},
	{"one line", "a.txt", repeat("", "word ", "")},
	{"line ends", "a.txt", repeat("", "\n", "")},
	{"carriage returns", "a.txt", repeat("", "a\r", "")},
	{"hashes", "a.md", repeat("", "#", "")},
	{"stars", "a.md", repeat("", "*", "")},
	{"bold lines", "a.md", repeat("", "**a\n", "")},
	{"backslashes", "a.md", repeat("", `\`, "")},
	{"escapes", "a.md", repeat("", `\-`, "")},
	{"commas", "a.txt", repeat("", ",", "")},
	{"quotes", "a.txt", repeat("title,company\n", `"`, "")},
	{"csv quotes", "a.csv", repeat("title,description\n", `"`, "")},
	{"csv open quotes", "a.csv", repeat("title,description\n", "a,\"b\n", "")},
	{"csv stray quotes", "a.csv", repeat("title,description\n", "a,\"\" b\n", "")},
	{"csv odd quotes", "a.csv", repeat("title,description\n", "a,\"\"\"b\n", "")},
	{"csv escaped quotes", "a.csv", repeat("title,description\na,\"", `\"`, "")},
	{"csv backslashes", "a.csv", repeat("title,description\na,\"", `\`, `"`)},
	{"csv names", "a.csv", repeat("title,description", ",a", "\n1,2\n")},
	{"csv cells", "a.csv", repeat("title,description\n", "a,", "")},
	{"csv blank rows", "a.csv", repeat("title,description\n", ",\n", "")},
	{"csv one cell", "a.csv", repeat("title,description\na,\"", "word ", "\"\n")},
	{"csv open cell", "a.csv", repeat("title,description\na,\"", "a,b\n", "")},
	{"csv open cell of other rows", "a.csv", repeat("title,description\na,\"", "b\n", "")},
	{"csv carriage returns", "a.csv", repeat("title,description\r", "a,b\r", "")},
	{"csv mixed", "a.csv", repeat("title,description\n", "a,b\r", "")},
	{"brackets", "a.json", repeat("", "[", "")},
	{"braces", "a.json", repeat("", `{"a":`, "")},
	{"json strings", "a.json", repeat(`["`, `\"`, `"]`)},
	{"json lines", "a.json", repeat("", "{}\n", "")},
	{"json objects on a line", "a.json", repeat("", "{}", "")},
	{"json open lists", "a.json", repeat("", "{\"a\":[\n", "")},
	{"json open objects", "a.json", repeat("", "[{", "")},
	{"json broken lines", "a.json", repeat("", "{\"a\": \"b\n", "")},
	{"json broken elements", "a.json", repeat("[", `{"a" 1},`, "]")},
	{"json lines without a brace", "a.json", repeat("", "{\"title\": 1\n", "")},
	{"json scalars", "a.json", repeat("[", "0,", "0]")},
	{"json lists", "a.json", repeat(`{"a":[`, "[],", "[]]}")},
	{"json quotes", "a.json", repeat("[", `"`, "]")},
	{"json backslashes", "a.json", repeat(`["`, `\`, `"]`)},
	{"json junk", "a.json", repeat("", "a\n", "")},
	{"json colons", "a.json", repeat("[{", ":", "}]")},
	{"json members", "a.json", repeat(`{"title":"a","x":{"description":[`, `{"description":"a"},`, `{}]}}`)},
	{"json escaped", "a.json", repeat(`{"title":"a","description":"`, `&lt;p&gt;\n\\-`, `"}`)},
	{"json new keys", "a.json", func(n int) []byte {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "{\"title\":\"a\",\"description\":\"b\",\"job%dtitle\":1,\"x%d.title\":{\"title\":2}}\n", i, i)
		}
		return []byte(b.String())
	}},
	{"json by columns", "a.json", repeat(`{"title":{"0":"a"},"description":{"0":"b"`, `,"1":"c"`, `}}`)},
	{"json columns", "a.json", repeat(`{"columns":["title","title"],"data":[`, `["a","b"],`, `[]]}`)},
	{"json one id", "a.json", repeat("[", `{"shortcode":"a","title":"b","city":"c"},`, "{}]")},
	{"ld deep", "a.html", ld(repeat("", `{"@graph":[`, ""))},
	{"ld deep closed", "a.html", ld(both(`{"@graph":[`, `{"@type":"JobPosting"}`, `]}`))},
	{"ld tags", "a.html", ld(repeat(`{"@type":"JobPosting","description":"`, "<p ", `"}`))},
	{"ld escapes", "a.html", ld(repeat(`{"@type":"JobPosting","description":"`, "&amp;amp;lt;p&amp;gt;", `"}`))},
	{"ld ampersand", "a.html", ld(repeat(`{"@type":"JobPosting","description":"`, "&lt;", `"}`))},
	{"ld commas", "a.html", ld(repeat(`{"@type":"JobPosting"`, ",  ", `}`))},
	{"ld postings", "a.html", ld(repeat(`[{"@id":"#x","name":["a","b"]}`, `,{"@type":"JobPosting","hiringOrganization":{"@id":"#x"}}`, `]`))},
	{"ld circle", "a.html", ld(repeat(`[{"@id":"#a","name":[{"@id":"#a"},{"@id":"#a"}],"address":{"@id":"#a"},"description":{"@id":"#a"}}`,
		`,{"@type":"JobPosting","title":{"@id":"#a"},"hiringOrganization":{"@id":"#a"},"jobLocation":{"@id":"#a"},"description":{"@id":"#a"}}`, `]`))},
	{"ld shared", "a.html", ld(func(n int) []byte {
		return both(`[{"@id":"#a","name":[`+strings.Repeat(`"",`, n/6)+`""]}`,
			strings.Repeat(`,{"@type":"JobPosting","hiringOrganization":{"@id":"#a"}}`, n/120), `]`)(0)
	})},
	{"microdata nested", "a.html", repeat("", `<p><div itemscope itemtype="http://schema.org/JobPosting" itemprop=x>a`, "")},
	{"microdata wide", "a.html", func(n int) []byte {
		return append(repeat("", `<div itemscope itemtype="http://schema.org/JobPosting" itemprop=x>`, "")(25000), repeat("", "<i>a</i>", "")(n)...)
	}},
	{"microdata properties", "a.html", func(n int) []byte {
		return append(repeat(`<div itemscope itemtype="http://schema.org/JobPosting">`, `<div itemprop=description>`, "")(9000), repeat("", "<i>a</i>", "")(n)...)
	}},
	{"utf-16", "a.txt", repeat("\xFF\xFE", "a\x00", "")},
	{"bad utf-8", "a.txt", repeat("", "\xFF\xC3", "")},
	{"xml", "a.xml", repeat("<?xml version='1.0'?>", "<a>", "")},
}

// repeat makes a document of a unit repeated up to a size.
func repeat(before, unit, after string) func(int) []byte {
	return func(size int) []byte {
		return []byte(before + strings.Repeat(unit, size/len(unit)) + after)
	}
}

// both makes a document of nested pairs.
func both(open, inner, shut string) func(int) []byte {
	return func(size int) []byte {
		n := size / (len(open) + len(shut))
		return []byte(strings.Repeat(open, n) + inner + strings.Repeat(shut, n))
	}
}

// ld puts a document within a script of JSON-LD.
func ld(make func(int) []byte) func(int) []byte {
	return func(size int) []byte {
		return []byte(`<script type="application/ld+json">` + string(make(size)) + `</script><p>text</p>`)
	}
}

func TestHostile(t *testing.T) {
	size := 1 << 19 // 100,000 nested elements
	if testing.Short() {
		size = 1 << 17
	}
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			lawful(t, Document{Source: h.file, Body: bytes.NewReader(h.make(size))})
		})
	}
}

// Ten megabytes of one sign, as a page and as a text.
func TestTenMegabytes(t *testing.T) {
	if testing.Short() {
		t.Skip("240 MB of signs")
	}
	for _, sign := range []string{"<", "&", "a", "{", "[", "\n", "\\", "#", "*", "\x00", "\xFF", "é"} {
		body := repeat("", sign, "")(10 << 20)
		for _, source := range []string{"a.html", "a.txt"} {
			lawful(t, Document{Source: source, Body: bytes.NewReader(body)})
		}
	}
}

// A page of more tags than are kept says that its end was not read.
func TestTooManyTags(t *testing.T) {
	if testing.Short() {
		t.Skip("two million tags")
	}
	body := append(bytes.Repeat([]byte("<p>a"), mostTags), "<p>the end"...)
	p := lawful(t, Document{Source: "a.html", Body: bytes.NewReader(body)})[0]
	if len(p.Warnings) != 1 || strings.Contains(p.Text, "the end") {
		t.Errorf("a text of %d bytes, warnings %q", len(p.Text), p.Warnings)
	}
	description := `{"@type":"JobPosting","title":"Clerk","description":"` + string(body) + `"}`
	if p = lawful(t, Document{Source: "a.json", Body: strings.NewReader(description)})[0]; !strings.HasSuffix(p.Text, "…") {
		t.Errorf("the description ends in %q", p.Text[max(0, len(p.Text)-20):])
	}
}
