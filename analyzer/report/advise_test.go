package report

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/suggest"
	"softgap/lexicons"
)

// harmful is a posting full of what could do harm on a page, in a terminal or
// in Markdown.
const harmful = "Help Desk <script>alert(1)</script> Technician\n\n" +
	"Requirements\n" +
	"- <img src=x onerror=alert(2)> Knowledge of Windows and \"printers\" `onload='alert(3)'`.\n" +
	"- </style></div></textarea><svg onload=alert(4)> five years of Active Directory.\n" +
	"- [x](javascript:alert(5)) Excellent communication skills | {{.Title}} ${7*7}.\n" +
	"- \u202egnirts desrever \u2066isolate\u2069 \x1b[31mred\x07 \u200b\x00 and DNS.\n" +
	"- ]]> <!-- --> &lt;script&gt; &#x3c;b&#x3e; \U0001F468\u200d\U0001F469\u200d\U0001F467 a\u0301\u0301\u0301 \ufeff SQL.\n"

func harmfulReport(t *testing.T) (*analyzer.Report, string) {
	t.Helper()
	a, err := analyzer.New(lexicons.Builtin(), "test", score.DefaultCutoffs)
	if err != nil {
		t.Fatal(err)
	}
	p := posting.Posting{Title: "Help Desk </title><script>alert(0)</script>", Source: "a\"><script>.txt", Text: harmful, Organization: "<b>Acme</b>", Warnings: []string{"<i>doubt</i>"}}
	r, err := a.Advise(p, analyzer.AdviseOptions{Year: 2026})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) < 4 {
		t.Fatalf("only %d findings", len(r.Findings))
	}
	return r, harmful
}

// The page has the elements of its own template, and none of the posting's.
func TestAdvicePageIsSafe(t *testing.T) {
	r, text := harmfulReport(t)
	var out bytes.Buffer
	if err := Advice("html", &out, r, text, Options{}); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var shownText strings.Builder
	known := map[string]bool{}
	for _, n := range strings.Fields("html head meta title style body header h1 h2 p section table thead tbody tr th td span main div a ins del ol li strong footer") {
		known[n] = true
	}
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "style" && n.Parent.Data != "a" && n.Parent.Data != "ins" {
			shownText.WriteString(n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if !known[n.Data] {
			t.Errorf("an element <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || strings.Contains(a.Val, "javascript:") || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("an attribute %s=%q", a.Key, a.Val)
			}
		}
	}
	for _, want := range []string{"<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "<svg onload=alert(4)>", "{{.Title}} ${7*7}"} {
		if !strings.Contains(shownText.String(), want) {
			t.Errorf("the page does not show %q as text", want)
		}
	}
	for _, c := range "\u202e\u2066\u200b\x1b\x00\x07" {
		if strings.ContainsRune(out.String(), c) {
			t.Errorf("the page holds %U", c)
		}
	}
}

// What an edit puts in stands behind what it takes out.
func TestReplacedBeforeAdded(t *testing.T) {
	r := &analyzer.Report{Findings: []suggest.Finding{{Span: posting.Span{Start: 0, End: 6}, Fixes: []suggest.Fix{{Edits: []posting.Edit{{Span: posting.Span{Start: 0, End: 8}, Text: "K"}}}}}}}
	var got []string
	for _, p := range pieces(r, "Strong knowledge") {
		got = append(got, p.Class+p.Text)
	}
	if s := strings.Join(got, "|"); s != "goneStrong k||addedK|nowledge" {
		t.Errorf("read as %s", s)
	}
}

// What the other forms let through can drive no terminal and no Markdown.
func TestAdviceIsSafe(t *testing.T) {
	r, text := harmfulReport(t)
	for _, format := range []string{"table", "markdown"} {
		var out bytes.Buffer
		if err := Advice(format, &out, r, text, Options{Width: 60}); err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexAny(out.String(), "\x1b\x07\x00\u202e\u2066\u200b"); i >= 0 {
			t.Errorf("%s: %q", format, out.String()[max(0, i-20):i+10])
		}
		if format == "markdown" && strings.Contains(out.String(), "<script") {
			t.Error("Markdown with a tag")
		}
	}
}
