package posting

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRepaired(t *testing.T) {
	long := strings.Repeat("We look after the servers of our clinics; ", 6)
	const paragraphs = "You will look after the servers of our clinics and explain outages to staff. The team works end-to-end and owns what " +
		"it runs, from the first ticket to the last. You bring patience with people who have little time, and you write down what you find " +
		"so that others can read it.\n\nRequirements:\n- Windows Server and the usual tools of an administrator, on site\n- Linux\n\nWe wait for you."
	for _, c := range []struct{ name, in, want, warning string }{
		{"HTML", "<p>Help Desk &amp; Support</p><ul><li>Windows</li></ul>", "Help Desk & Support\n\n• Windows", ""},
		{"escaped HTML", "&lt;p&gt;Help Desk &amp;amp; Support&lt;/p&gt;&lt;p&gt;Windows&lt;/p&gt;", "Help Desk & Support\n\nWindows", "escaped HTML"},
		{"HTML escaped twice", "&amp;lt;p&amp;gt;Help&amp;amp;nbsp;Desk&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Windows", "Help Desk\n\nWindows", "escaped HTML"},
		{"a code escaped in escaped HTML", "&lt;p&gt;Help&amp;nbsp;Desk&lt;/p&gt;", "Help Desk", "escaped HTML"},
		{"a code in plain text", "R&amp;D &#8211; Leeds", "R&D – Leeds", "character codes"},
		{"an address", "https://example.org/?a=1&copy=2;", "https://example.org/?a=1&copy=2;", ""},
		{"a tag in a sentence", "<p>You know what &lt;b&gt; means</p>", "You know what <b> means", ""},
		{"JSON encoded twice", `Help Desk\n\nWindows\nLinux`, "Help Desk\n\nWindows\nLinux", "written as codes"},
		{"Draft.js", `{"blocks":[{"text":"You will","type":"header-two"},{"text":"Answer calls \u0026 mails","type":"unordered-list-item"},{"text":"","type":"unstyled"},{"text":"Windows","type":"unstyled"}],"entityMap":{}}`, "You will\n• Answer calls & mails\n\nWindows", "document of an editor"},
		{"no Draft.js", `{"blocks":[{"width":1}]}`, `{"blocks":[{"width":1}]}`, ""},
		{"no blocks", `{"blocks":[]}`, `{"blocks":[]}`, ""},
		{"Markdown escapes", `C\+\+, C\#, end\-to\-end`, "C++, C#, end-to-end", "backslash escapes"},
		{"Markdown escapes doubled", `C\\+\\+, C\\#`, "C++, C#", "backslash escapes"},
		{"mojibake", "rÃ©sumÃ© â€¢ peopleâ€™s", "résumé • people’s", "wrong character set"},
		{"mojibake in Latin-1", "people\u00e2\u0080\u0099s", "people’s", "wrong character set"},
		{"mojibake of a capital", "Ã…sgard", "Åsgard", "wrong character set"},
		{"mojibake twice", "Ã¢â\u0082¬Â¢ Windows", "• Windows", "wrong character set"},
		{"mojibake twice, letters lost", "Ã‚· Windows Ã¢‚¬¢ Linux", "· Windows • Linux", "wrong character set"},
		{"mojibake, letters lost", "attributes€¢ Windows, 5 €", "attributes• Windows, 5 €", "wrong character set"},
		{"mojibake thrice", "ÃƒÂ¢Ã¢â€šÂ¬Ã‚Â¢ Windows", "• Windows", "wrong character set"},
		{"Portuguese", "MANHÃ, «MAÇÃ» e “IRMÔ; à É»", "MANHÃ, «MAÇÃ» e “IRMÔ; à É»", ""},
		{"gone for good", "caf\uFFFD â\uFFFD", "caf\uFFFD â\uFFFD", ""},
		{"Python list", `['Windows', "a team's work", 'it\'s']`, "• Windows\n• a team's work\n• it's", "program text"},
		{"JSON list", `["Windows\nLinux", "Unix"]`, "Windows\nLinux\n• Unix", "program text"},
		{"list of one", `["Windows"]`, "• Windows", "program text"},
		{"no list", `["Windows", and more]`, `["Windows", and more]`, ""},
		{"an empty list", `[]`, `[]`, ""},
		{"numbers", `[1, 2]`, `[1, 2]`, ""},
		{"bars", "Overview||" + long + "|Windows|Linux", "Overview\n\n" + long + "\nWindows\nLinux", "signs |"},
		{"bars of a title", "Clerk|Leeds|Full time|Remote", "Clerk|Leeds|Full time|Remote", ""},
		{"bars of a line", "Clerk | " + long + " | Leeds | Full time", "Clerk | " + long + " | Leeds | Full time", ""},
		{"invisible", "Help\u200b Desk \uFEFFAna\u00ADlyst", "Help Desk Analyst", "invisible"},
		{"a path", `C:\new\tools and D:\_x`, `C:\new\tools and D:\_x`, ""},
		{"wrapped", wrapped(paragraphs, 60), paragraphs, "fixed width"},
		{"wrapped wide", wrapped(paragraphs, 68), paragraphs, "fixed width"},
		{"wrapped, CRLF", strings.ReplaceAll(wrapped(paragraphs, 50), "\n", "\r\n"), strings.ReplaceAll(paragraphs, "\n", "\r\n"), "fixed width"},
		{"not wrapped", "Windows and\nLinux, or\nboth of them\n" + long, "Windows and\nLinux, or\nboth of them\n" + long, ""},
	} {
		text, _, warnings := repaired(c.in)
		if text != c.want {
			t.Errorf("%s: %q repaired to %q, want %q", c.name, c.in, text, c.want)
		}
		if got := strings.Join(warnings, "; "); (got == "") != (c.warning == "") || !strings.Contains(got, c.warning) {
			t.Errorf("%s: warnings %q, want %q", c.name, got, c.warning)
		}
	}
}

// wrapped breaks the lines of a text at a width, after blanks and hyphens.
func wrapped(s string, width int) string {
	var out []string
	for line := range strings.Lines(s) {
		line, _ = strings.CutSuffix(line, "\n")
		for len(line) > width {
			n := strings.LastIndexAny(line[:width], " -")
			out = append(out, strings.TrimSuffix(line[:n+1], " "))
			line = line[n+1:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// Clean texts pass through byte for byte.
func TestRepairedClean(t *testing.T) {
	text, markdown, _ := sample()
	for _, s := range []string{
		"", " ", text, strings.ReplaceAll(text, "\n", "\r\n"), strings.ReplaceAll(markdown, `\`, ""),
		"  Caf\u00e9 tills \u2022 \U0001F600 e\u0301\u00a0\t\n\n\n",
		"Write to <jobs@example.org> & ask for \"Ann\" < 5 pm, R&D; AT&T",
		"Name | Place\nAnn | Leeds\n",
		"Änderung Ärzte GRÖSSE naïve façade Ångström Łódź Đà Nẵng",
		"- Windows\n- patience\n- [x] done\n- a < b > c\n",
	} {
		if got, markup, warnings := repaired(s); got != s || markup || len(warnings) > 0 {
			t.Errorf("%q repaired to %q: markup %v, %q", s, got, markup, warnings)
		}
	}
}

// repairedLawfully repairs a text and checks the laws.
func repairedLawfully(t *testing.T, s string) {
	t.Helper()
	text, markup, warnings := repaired(s)
	if text == s && (markup || len(warnings) > 1) {
		t.Errorf("%q: nothing was done, yet %v, %q", s, markup, warnings)
	}
	if text != s && !markup && len(warnings) == 0 {
		t.Errorf("%q became %q without a word", s, text)
	}
	if again, _, _ := repaired(text); again != text {
		t.Errorf("%q repaired to %q, and again to %q", s, text, again)
	}
	if utf8.ValidString(s) && (!utf8.ValidString(text) || !markup && strings.Count(text, "\uFFFD") > strings.Count(s, "\uFFFD")+strings.Count(s, "&#")) {
		t.Errorf("%q repaired to %q", s, text)
	}
}

func FuzzRepaired(f *testing.F) {
	text, markdown, page := sample()
	for _, s := range []string{text, markdown, page, "&amp;lt;p&amp;gt;a&amp;amp;nbsp;b", `C\\+\\+ C\\#`, "Ã¢â\u0082¬Â¢ Ã…sgard Ã‚·", "Ãƒƒƒƒƒƒƒ",
		`['a', "b\n"]`, `["&lt;p&gt;", 'Ã©']`, strings.Repeat("Overview|We are|", 20), "a\u200bb", `{"blocks":[{"text":"a","type":"unstyled"},{"text":"<p>b","type":"ordered-list-item"}]}`, strings.Repeat("words of a line that is broken at a width\nof forty and ", 9)} {
		f.Add(s)
	}
	f.Fuzz(repairedLawfully)
}

func BenchmarkRepaired(b *testing.B) {
	text, markdown, page := sample()
	for _, c := range []struct{ name, s string }{{"clean", text}, {"beyond ASCII", strings.ReplaceAll(text, "-", "•")}, {"markdown", markdown}, {"html", page}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.s)))
			for b.Loop() {
				repaired(c.s)
			}
		})
	}
}
