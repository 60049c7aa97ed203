package posting

import (
	"strings"
	"testing"
)

// Plain text and Markdown pass through byte for byte: spans index the user's
// own file.
func TestTextPassesThrough(t *testing.T) {
	for _, body := range []string{
		"Help Desk Analyst\n\n- Windows 11\n- Patience\n",
		"\uFEFFHelp Desk Analyst\r\n\r\n- Windows 11\r\n",
		"Help Desk Analyst\r\r- Windows 11\r",
		"  \n\n\tHelp Desk Analyst  \n\n\n",
		"Caf\u00e9 tills \u2022 \U0001F600 e\u0301\u200b\u00a0",
		"# Help Desk Analyst\n\n**You bring**\n* C++ and C#\n* a path: C:\\new\\tools\n",
		"Write to <jobs@example.org> & ask for \"Ann\" < 5 pm. &amp; stays.",
		"[A link](https://example.org) begins this text.",
		"{placeholder} for a {name}",
		"Title, company and place\nare what this text begins with, and it is no table.",
		"\u0001odd \u0085 controls \u2028 too",
	} {
		for _, source := range []string{"a.txt", "a.md", "-", "https://example.org/job"} {
			ps := lawful(t, Document{Source: source, Body: strings.NewReader(body)})
			if len(ps) != 1 || ps[0].Text != body || ps[0].Markup || len(ps[0].Warnings) > 0 {
				t.Errorf("%s: %q read as %+v", source, body, ps)
			}
		}
	}
}

func TestMarkdownEscapes(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`C\+\+, C\#, end\-to\-end, \*star\*`, `C++, C#, end-to-end, *star*`},
		{`C\\+\\+ and C\\#, doubled by an export`, `C++ and C#, doubled by an export`},
		{`C\# developer`, `C# developer`},
		{`a non\-technical team`, `a non-technical team`},
		{`one \- two`, `one \- two`}, // no habit
		{`\\server\share\a.b, C:\new, D:\_x`, `\\server\share\a.b, C:\new, D:\_x`},
		{`a\-b\-c\-d\`, `a-b-c-d\`},
		{`\a\b\c\d\e \\ \-\-\-`, `\a\b\c\d\e \\ ---`},
	} {
		p := lawful(t, Document{Source: "a.md", Body: strings.NewReader(c.in)})[0]
		if p.Text != c.want {
			t.Errorf("%s read as %s, want %s", c.in, p.Text, c.want)
		}
		if undone := p.Text != c.in; undone != p.Markup || undone != (len(p.Warnings) == 1) {
			t.Errorf("%s: markup %v, warnings %q", c.in, p.Markup, p.Warnings)
		}
	}
}

// What a text says of itself at its top.
func TestStated(t *testing.T) {
	const body = "\n\nYou keep the servers of our clinics running.\n"
	type said struct{ title, organization, location, date string }
	for _, c := range []struct {
		text string
		want said
	}{
		{"Help Desk Analyst" + body, said{title: "Help Desk Analyst"}},
		{"\uFEFF\r\n\r\nHelp Desk Analyst\r\nLeeds" + body, said{title: "Help Desk Analyst"}},
		{"**Senior .NET Developer (m/f/d)**  " + body, said{title: "Senior .NET Developer (m/f/d)"}},
		{"iOS Developer" + body, said{title: "iOS Developer"}},
		{"2nd Line Support" + body, said{title: "2nd Line Support"}},
		{"数据工程师" + body, said{title: "数据工程师"}},
		{"----\nClerk" + body, said{title: "Clerk"}},
		{"# Data Engineer #" + body, said{title: "Data Engineer"}},
		{"Northwind is hiring.\n\n# Data Engineer" + body, said{title: "Data Engineer"}},
		{"## Day to day\n# Data Engineer" + body, said{title: "Data Engineer"}},
		{"Job Title: Clerk\nCompany: Northwind\nLocation: Leeds: city\nPosted: Feb 4, 2026" + body, said{"Clerk", "Northwind", "Leeds: city", "2026-02-04"}},
		{"Clerk\n**Company:** Northwind\n- **Location**: Leeds" + body, said{"Clerk", "Northwind", "Leeds", ""}},
		{"---\ntitle: \"Clerk\"\norganisation: Northwind\ndate_posted: 2026-02-04\ntags: [it]\n---" + body, said{"Clerk", "Northwind", "", "2026-02-04"}},
		{"Company: Northwind\nClerk" + body, said{title: "Clerk", organization: "Northwind"}},
		{"Title: Clerk\nTitle: Another" + body, said{title: "Clerk"}},

		{"JSON:\n{\n    \"title\": \"Clerk\",\n    \"hiringOrganization\" : {" + body, said{}}, // data, no labels
		{"We are hiring a clerk." + body, said{}},
		{"- Windows 11" + body, said{}},
		{"* Windows 11" + body, said{}},
		{"• Windows 11" + body, said{}},
		{"what we do" + body, said{}},
		{"About us:" + body, said{}},
		{"Salary: 30,000" + body, said{}},
		{"jobs@example.org" + body, said{}},
		{"https://example.org/Job" + body, said{}},
		{"A Line Of Far Too Many Words To Be The Title Of Any Post Anywhere" + body, said{}},
		{"Help Desk Analyst", said{}}, // the whole text
		{"Location: " + strings.Repeat("x", 200) + body, said{}},
	} {
		p := lawful(t, Document{Source: "a.txt", Body: strings.NewReader(c.text)})[0]
		if got := (said{p.Title, p.Organization, p.Location, p.DatePosted}); got != c.want {
			t.Errorf("%q says %+v, want %+v", c.text, got, c.want)
		}
	}
}

func TestISODate(t *testing.T) {
	for in, want := range map[string]string{
		"2026-02-04":                              "2026-02-04",
		" 2026-02-04T23:30:00-08:00 ":             "2026-02-04",
		"2026-02-04 09:41:37 UTC":                 "2026-02-04",
		"2026-2-4":                                "2026-02-04",
		"20260204":                                "2026-02-04",
		"1770163200":                              "2026-02-04",
		"1770163200000":                           "2026-02-04",
		"Wed Feb 04 02:00:00 UTC 2026":            "2026-02-04",
		"Wed, 04 Feb 2026 09:00:00 EST":           "2026-02-04",
		"Wed, 04 Feb 2026 09:00:00 +01":           "2026-02-04",
		"Wed Feb 04 2026 00:00:00 GMT+0100 (CET)": "2026-02-04",
		"February 4, 2026":                        "2026-02-04",
		"Feb. 4, 2026":                            "2026-02-04",
		"4 February 2026":                         "2026-02-04",
		"4th February 2026":                       "2026-02-04",
		"Feb 4th, 2026":                           "2026-02-04",
		"04-Feb-2026":                             "2026-02-04",
		"4.2.2026":                                "2026-02-04",
		"25/12/2026":                              "2026-12-25",
		"12/25/2026":                              "2026-12-25",
		"04/04/2026":                              "2026-04-04",
		"08/05/2026":                              "08/05/2026", // ambiguous
		"3 days ago":                              "3 days ago",
		"30+ days ago":                            "30+ days ago",
		"2026-02-30":                              "2026-02-30",
		"2026-13-01T00:00:00Z":                    "2026-13-01T00:00:00Z",
		"12345":                                   "12345",
		"2026":                                    "2026",
		"Today":                                   "Today",
		"":                                        "",
	} {
		if got := isoDate(in); got != want {
			t.Errorf("isoDate(%q) = %q, want %q", in, got, want)
		}
	}
}
