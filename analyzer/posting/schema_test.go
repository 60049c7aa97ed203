package posting

import (
	"fmt"
	"strings"
	"testing"
)

// Fields of a JobPosting in the forms that authors give them.
func TestSchema(t *testing.T) {
	places := make([]string, 12)
	for i := range places {
		places[i] = fmt.Sprintf(`{"address": {"addressLocality": "Town %d"}}`, i)
	}
	for _, c := range []struct{ fields, want string }{
		{`"title": 7, "description": "x"`, "title: 7\n\nx\n"},
		{`"title": ["", "Clerk"], "description": ["Patience", "Windows"]`, "title: Clerk\n\n• Patience\n• Windows\n"},
		{`"name": "Clerk", "description": {"@value": "x", "text": "y"}`, "title: Clerk\n\ny\n"},
		{`"title": "A &amp; B", "description": "a &lt; b"`, "title: A & B\nwarnings: character codes (&amp;) were resolved\n\na < b\n"},
		{`"description": "  "`, "problem: no text: the posting's description is empty\n\n\n"},
		{`"description": null, "responsibilities": "You help."`, "\nResponsibilities\nYou help.\n"},
		{`"description": "<p>You help.</p>", "responsibilities": "You help."`, "\nYou help.\n"}, // told once
		{`"description": "a\r\nb\tc"`, "\na\r\nb\tc\n"},
		{`"description": "a\\nb\\nc"`, "warnings: line ends and signs written as codes (\\n, \\u003c) were resolved\n\na\nb\nc\n"},
		{`"description": "\\u003cp\\u003ea\\u003c/p\\u003e\\u003cp\\u003eb\\u003c/p\\u003e"`, "warnings: line ends and signs written as codes (\\n, \\u003c) were resolved\n\na\n\nb\n"},
		{`"description": "1 < 2 <b>bold</b>"`, "\n1 < 2 bold\n"},
		{`"description": "&amp;lt;ul&amp;gt;&amp;lt;li&amp;gt;a&amp;lt;/li&amp;gt;&amp;lt;/ul&amp;gt;"`, "warnings: escaped HTML (&lt;p&gt;) was read as HTML\n\n• a\n"},
		{`"description": "x", "url": " /jobs/1 "`, "url: https://example.org/jobs/1\n\nx\n"},
		{`"description": "x", "identifier": [{"value": ""}, "A-1"]`, "id: A-1\n\nx\n"},
		{`"description": "x", "jobLocation": "Leeds", "jobLocationType": "telecommute"`, "location: Leeds (remote)\n\nx\n"},
		{`"description": "x", "jobLocation": {"name": "Head office"}`, "location: Head office\n\nx\n"},
		{`"description": "x", "jobLocation": {"address": {"addressLocality": "Leeds", "addressRegion": "Leeds", "addressCountry": {"name": "GB"}}}`, "location: Leeds, GB\n\nx\n"},
		{`"description": "x", "jobLocation": [` + strings.Join(places, ",") + `]`,
			"location: Town 0; Town 1; Town 2; Town 3; Town 4; Town 5; Town 6; Town 7; Town 8; Town 9; and 2 more\n\nx\n"},
		{`"description": "x", "hiringOrganization": {"@id": "#none"}, "datePosted": {"@value": "2026-02-04"}`, "date: 2026-02-04\n\nx\n"},
	} {
		body := `{"@context": "https://schema.org", "@type": "JobPosting", ` + c.fields + `}`
		ps := lawful(t, Document{Source: "https://example.org/a/b.json", Body: strings.NewReader(body)})
		if got := show(ps); got != c.want {
			t.Errorf("%s reads as %q, want %q", c.fields, got, c.want)
		}
	}
}

// A JSON document may hold several postings, wherever they stand in it.
func TestSchemaJSON(t *testing.T) {
	body := `{"results": [{"hit": {"@type": "JobPosting", "title": "A", "description": "a"}}, {"hit": {"@type": ["Thing", "schema:JobPosting"], "title": "B", "description": "b"}}]}`
	ps := lawful(t, Document{Source: "a.json", Body: strings.NewReader(body)})
	if want := "title: A\n\na\n\n========\ntitle: B\n\nb\n"; show(ps) != want {
		t.Errorf("read %q, want %q", show(ps), want)
	}
}
