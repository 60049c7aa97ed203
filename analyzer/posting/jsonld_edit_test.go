package posting

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// careers is a page of an applicant-tracking system: the posting as data, and
// as what a visitor sees. DATA is the JSON of the first.
const careers = `<!DOCTYPE html>
<html><head><title>Help Desk Technician | Acme</title>
<script type="application/ld+json">DATA</script>
<script>var page = {"description": "Help staff in all of our forty offices"};</script></head>
<body><nav><a href="/">Home</a></nav>
<main><h1>Help Desk Technician</h1>
SEEN
</main><footer>Acme &copy;</footer></body></html>
`

const seen = `<ul class="duties">
  <li>Help staff in all of our forty offices with <b>laptops &amp; printers</b></li>
  <li>Answer calls about Windows, every day of the week</li>
</ul>`

const line = "You explain \"fixes\" \\ </script><!-- calmly"

// What is edited in a page's JSON-LD is edited in what it shows.
func TestRewriteLinkedData(t *testing.T) {
	list := `<ul><li>Help staff in all of our forty offices with laptops &amp; printers</li><li>Answer calls about Windows, every day of the week</li></ul>`
	calls := rewriting{"", "\n• " + line, "every day of the week"}
	for _, c := range []struct {
		name, data, seen string
		edits            []rewriting
		want             []string
		unseen           int
	}{
		{"markup", `{"@type": "JobPosting", "description": "` + list + `", "title": "Help Desk Technician"}`, seen,
			[]rewriting{calls, {"laptops & printers", "computers", ""}},
			[]string{
				`"description": "<ul><li>Help staff in all of our forty offices with computers</li><li>Answer calls about Windows, every day of the week</li><li>You explain \"fixes\" \\ &lt;/script&gt;&lt;!-- calmly</li></ul>", "title"`,
				`with <b>computers</b></li>` + "\n  " + `<li>Answer calls about Windows, every day of the week</li>` + "\n  " + `<li>You explain "fixes" \ &lt;/script&gt;&lt;!-- calmly</li>` + "\n</ul>",
			}, 0},
		{"slashes with a sign before", `{"@type": "JobPosting", "description": "` + strings.ReplaceAll(list, "</", `<\/`) + `"}`, seen, []rewriting{calls},
			[]string{`every day of the week<\/li><li>You explain \"fixes\" \\ &lt;/script&gt;&lt;!-- calmly<\/li><\/ul>"`}, 0},
		{"brackets as codes, among others", `{"@graph": [{"@type": "WebPage"}, {"@type": ["JobPosting"], "description": "` + strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`).Replace(list) + `"}]}`, seen,
			[]rewriting{calls, {"offices", "cafés", ""}},
			[]string{`our forty caf\u00e9s with`, `\u003cli\u003eYou explain \"fixes\" \\ \u0026lt;/script\u0026gt;\u0026lt;!-- calmly\u003c/li\u003e\u003c/ul\u003e"`, `our forty cafés with <b>laptops`}, 0},
		{"escaped markup", `[{"@type": "JobPosting", "description": "` + entities.spell(list) + `"}]`, seen, []rewriting{calls},
			[]string{`every day of the week&lt;/li&gt;&lt;li&gt;You explain &quot;fixes&quot; \\ &amp;lt;/script&amp;gt;&amp;lt;!-- calmly&lt;/li&gt;&lt;/ul&gt;"`}, 0},
		{"twice the same, in a broken script", "// <![CDATA[\n" + `[{"@type": "JobPosting", "description": "` + strings.ReplaceAll(list, "</li>", "</li>\n") + `",},{"@type": "JobPosting", "description": "` + strings.ReplaceAll(list, "</li>", "</li>\n") + `"},]` + "\n// ]]>", seen,
			[]rewriting{{"laptops & printers", "computers", ""}}, []string{`offices with computers</li>` + "\n" + `<li>Answer calls about Windows, every day of the week</li>` + "\n" + `</ul>",},`, "computers</li>\n<li>Answer calls about Windows, every day of the week</li>\n</ul>\"},]"}, 0},
		{"plain, and lists of words", `{"@type": "JobPosting", "description": "Help staff in all of our forty offices.\nAnswer calls.", "qualifications": ["Patience with people", "Windows"], "skills": "Cisco &amp; Juniper"}`, "<p>Help staff in all of our forty offices.</p>",
			[]rewriting{{"", "\nExplain “fixes”.", "Answer calls."}, {"", "\n• " + line, "Patience with people"}, {"", "\n• Printers", "Windows"}, {"Cisco", "Networks", ""}},
			[]string{
				`"description": "Help staff in all of our forty offices.\nAnswer calls.\nExplain \u201cfixes\u201d.", "qualifications": ["Patience with people", "You explain \"fixes\" \\ \u003c/script\u003e\u003c!-- calmly", "Windows", "Printers"], "skills": "Networks &amp; Juniper"`,
			}, 4},
		{"not shown", `{"@type": "JobPosting", "description": "` + list + `"}`, "<p>Apply now</p>", []rewriting{calls}, []string{"calmly</li></ul>\"", "<p>Apply now</p>"}, 1},
		{"shown twice", `{"@type": "JobPosting", "description": "` + list + `"}`, seen + seen, []rewriting{calls}, []string{"calmly</li></ul>\"", seen + seen}, 1},
		{"shown in part", `{"@type": "JobPosting", "description": "` + list + `"}`, strings.Replace(seen, "every day of the week", "all week", 1),
			[]rewriting{calls, {"laptops & printers", "computers", ""}}, []string{"calmly</li></ul>\"", "<b>computers</b>", "all week</li>\n</ul>"}, 1},
	} {
		page := strings.NewReplacer("DATA", c.data, "SEEN", c.seen).Replace(careers)
		d := Document{Source: "page.html", Body: strings.NewReader(page)}
		p := Read(d)[0]
		edits := editsOf(t, p.Text, c.edits)
		out, unseen, err := Rewrite([]byte(page), d, p, edits)
		if err != nil {
			t.Errorf("%s: %v\n%s", c.name, err, p.Text)
			continue
		}
		for _, want := range append(c.want, `"description": "Help staff in all of our forty offices"};`, "<footer>Acme &copy;</footer>") {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s: the page lacks %s:\n%s", c.name, want, out)
			}
		}
		if len(unseen) != c.unseen {
			t.Errorf("%s: %d edits are not seen, want %d: %v", c.name, len(unseen), c.unseen, unseen)
		}
		d.Body = bytes.NewReader(out)
		if again := Read(d); len(again) != 1 || again[0].Text != Edited(p.Text, edits) {
			t.Errorf("%s reads\n%q, want\n%q", c.name, again[0].Text, Edited(p.Text, edits))
		}
	}
}

// FuzzQuoted: what is written into a string of JSON reads back, here and in the
// standard library, and never ends the script around it.
func FuzzQuoted(f *testing.F) {
	for _, there := range []string{"", "<p>a</p>", `<p>a<\/p>`, `\u003cp\u003e`, "é", `a\/b`} {
		f.Add(there, line)
		f.Add(there, "<p>a é \U0001F600 \u2028\x00\r\n\t</p><Script></SCRIPT")
	}
	f.Fuzz(func(t *testing.T, there, words string) {
		if strings.ToValidUTF8(words, "") != words {
			return
		}
		x := quoted(there)
		said := x.spell(words)
		if got := plainly(said, Span{0, len(said)}).read(x).text; got != words {
			t.Fatalf("%q was written as %q and reads %q", words, said, got)
		}
		var v string
		if err := json.Unmarshal([]byte(`"`+said+`"`), &v); err != nil || v != words {
			t.Fatalf("%q was written as %q and reads %q: %v", words, said, v, err)
		}
		if low := strings.ToLower(said); strings.Contains(low, "<script") || strings.Contains(low, "</script") || strings.Contains(low, "<!--") || strings.HasSuffix(low, "<") {
			t.Fatalf("%q was written as %q", words, said)
		}
	})
}

// FuzzReadQuoted: a string of JSON reads as the standard library reads it.
func FuzzReadQuoted(f *testing.F) {
	f.Add(`a\u00e9\ud83d\ude00\ud83d\n\/"`)
	f.Add(`\ud83d\u0041\"\\`)
	f.Fuzz(func(t *testing.T, said string) {
		var v string
		if json.Unmarshal([]byte(`"`+said+`"`), &v) != nil || strings.ToValidUTF8(said, "") != said {
			return
		}
		w := plainly(said, Span{0, len(said)}).read(quoted(said))
		if w.text != v || len(w.at) != len(v)+1 || !slices.IsSorted(w.at) {
			t.Fatalf("%q reads %q at %v, want %q", said, w.text, w.at, v)
		}
	})
}

// FuzzRewriteLinkedData: whatever is edited, the script stays one script with
// whole JSON, and what is around data and text stays.
func FuzzRewriteLinkedData(f *testing.F) {
	f.Add("<ul><li>Help staff</li><li>Answer calls about Windows, every day of the week</li></ul>", 20, 0, "\n• "+line, 0)
	f.Add("Help staff.\nAnswer <b>calls</b> &amp; letters.", 3, 9, "x", 1)
	f.Add("<p>Help staff in all of our <b>forty </b>offices<br>and ships", 30, 9, "a", 2)
	f.Fuzz(func(t *testing.T, description string, at, size int, words string, style int) {
		if len(description) > 4096 || strings.ToValidUTF8(description+words, "") != description+words {
			return
		}
		there := []string{"<", `<\/`, `\u003c`}[uint(style)%3]
		page := strings.NewReplacer("DATA", `{"@type": "JobPosting", "description": "`+quoted(there).spell(description)+`"}`, "SEEN", description).Replace(careers)
		d := Document{Source: "page.html", Body: strings.NewReader(page)}
		p := Read(d)[0]
		if p.Text == "" {
			return
		}
		from := min(max(at, 0), len(p.Text))
		to := min(from+max(size, 0), len(p.Text))
		if strings.ToValidUTF8(p.Text[from:to], "") != p.Text[from:to] {
			return
		}
		edits := []Edit{{Span{from, to}, words}}
		out, _, err := Rewrite([]byte(page), d, p, edits)
		if err != nil {
			return
		}
		var v struct{ Description string }
		_, rest, _ := strings.Cut(string(out), `<script type="application/ld+json">`)
		script, rest, _ := strings.Cut(rest, `</script>`+"\n"+`<script>var page`)
		if err := json.Unmarshal([]byte(script), &v); err != nil {
			t.Fatalf("%v:\n%s", err, script)
		}
		if text, _, _ := repaired(v.Description); string(letters(nil, text)) != string(letters(nil, Edited(p.Text, edits))) {
			t.Fatalf("the data reads %q, want %q", text, Edited(p.Text, edits))
		}
		if !strings.HasPrefix(rest, ` = {"description": "Help staff in all of our forty offices"};</script></head>`) || !strings.HasSuffix(rest, "</main><footer>Acme &copy;</footer></body></html>\n") {
			t.Fatalf("what is around has changed: %s", rest)
		}
	})
}
