package posting

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// Every file in XML among the real ones is read: so many records, so many with
// a title, with an organisation, with a place and with a text, and why not.
func TestRealFeeds(t *testing.T) {
	const root = "../../../shared/data/formats/"
	want := map[string]struct {
		records, titles, organizations, texts int
		problem                               string // of those without a text
	}{
		"neogov_rss/trimmed_careerkit.xml":                  {2, 2, 2, 2, ""},
		"personio/synthetic_cyberradar.xml":                 {1, 1, 1, 1, ""},
		"personio/trimmed_careerkit.xml":                    {2, 2, 2, 0, "no text: the record's description is empty"},
		"rss/synthetic_generic.rss":                         {2, 2, 2, 2, ""},
		"rss/synthetic_weworkremotely.rss":                  {2, 2, 2, 2, ""},
		"sitemap/synthetic_careers.xml":                     {1, 0, 0, 0, "sitemap: a list of 3 addresses"},
		"sitemap/synthetic_index.xml":                       {1, 0, 0, 0, "sitemap: a list of 2 addresses"},
		"successfactors/synthetic_successfactors_jobs.xml":  {2, 2, 1, 1, "no text: the record's description is empty"},
		"xml_feeds/colen63__Job-feed.xml":                   {27, 27, 27, 27, ""},
		"xml_feeds/gabrieldray-talia__indeed-jobs.xml":      {16, 16, 16, 16, ""},
		"xml_feeds/orchidinfo-creator__orchid-job-feed.xml": {6, 6, 6, 6, ""},
		"xml_feeds/snehabanda30__sampledata.xml":            {5, 5, 5, 5, ""},
	}
	var names []string
	for _, glob := range []string{"*/*.xml", "*/*.rss", "*/*.atom"} {
		found, _ := filepath.Glob(root + glob)
		names = append(names, found...)
	}
	if len(names) == 0 {
		t.Skip("the real files are not beside the project")
	}
	for _, name := range names {
		short := strings.TrimPrefix(filepath.ToSlash(name), root)
		w, ok := want[short]
		if !ok {
			t.Errorf("%s is not in the table", short)
			continue
		}
		ps := lawful(t, readFile(t, name))
		got := w
		got.records, got.titles, got.organizations, got.texts = len(ps), 0, 0, 0
		for _, p := range ps {
			count := func(n *int, s string) {
				if s != "" {
					*n++
				}
			}
			count(&got.titles, p.Title)
			count(&got.organizations, p.Organization)
			count(&got.texts, p.Text)
			if p.Problem != "" && (w.problem == "" || !strings.HasPrefix(p.Problem, w.problem)) {
				t.Errorf("%s, record %d: problem %q, want %q", short, p.Record, p.Problem, w.problem)
			}
			if strings.ContainsAny(p.Text, "<>") || strings.Contains(p.Text, "&amp;") || strings.Contains(p.Text, "CDATA") {
				t.Errorf("%s, record %d has markup left in its text", short, p.Record)
			}
		}
		if got != w {
			t.Errorf("%s: %+v, want %+v", short, got, w)
		}
	}
}

// Feeds as they are: not well-formed, of unknown names, or no feeds at all.
func TestFeeds(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"prefixes", `<?xml version="1.0"?><x:jobs xmlns:x="u"><x:job id="7"><x:title>Clerk</x:title><x:description>You keep lists.</x:description></x:job></x:jobs>`,
			"Clerk|||7|You keep lists."},
		{"unknown names", `<?xml version="1.0"?><carriere><meta><date>x</date><wer>y</wer></meta><eintrag><job_title>Clerk</job_title><Job-Description>You keep lists.</Job-Description></eintrag><eintrag><job_title>Cook</job_title><Job-Description>You cook.</Job-Description></eintrag></carriere>`,
			"Clerk||||You keep lists.\nCook||||You cook."},
		{"one record and no root", `<job><title>Clerk</title><company>A &amp; B</company><description>You keep lists.</description></job>`,
			"Clerk|A & B|||You keep lists."},
		{"list of parts", `<jobs><job><title>Clerk</title><description>You keep lists.</description><requirements><requirement>Excel</requirement><requirement>Calm</requirement></requirements></job></jobs>`,
			"Clerk||||You keep lists.\n\nRequirements\n• Excel\n• Calm"},
		{"bare ampersands and angles", `<jobs><job><title>R&D Clerk</title><url>http://x/?a=1&b=2&copy=3</url><description>You know C# & < 5 others</description></job></jobs>`,
			"R&D Clerk||||You know C# & < 5 others"},
		{"tags in another order", `<jobs><job><title>Clerk<b></title></b><description>You <i>keep lists.</description></i></job></jobs>`,
			"Clerk||||You keep lists."},
		{"within others", `<Jobs><Job><JobInformation><JobTitle>Clerk</JobTitle><JobBody/></JobInformation><Company><Description>We sell.</Description></Company><Details><Description>You keep lists.</Description></Details></Job></Jobs>`,
			"Clerk||||You keep lists."},
		{"of pictures", `<rss><channel><item><title>Clerk</title><media:title>Logo</media:title><media:description>Logo</media:description><description>You keep lists.</description></item></channel></rss>`,
			"Clerk||||You keep lists."},
		{"entities of its own", `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><jobs><job><title>Clerk</title><description>You keep &b; lists.</description></job></jobs>`,
			"Clerk||||You keep &b; lists."},
		{"zero-width blanks", "<jobs\u200b>\u200b<job>\u200b<title\u200b>Clerk</title>\u200b<description>You keep lists.</description></job></jobs>",
			"Clerk||||You keep lists."},
		{"all titles of one kind", `<rss><channel><title>Jobs</title><item><title>Northwind: Clerk</title><description>You keep lists.</description></item></channel></rss>`,
			"Clerk|Northwind|||You keep lists."},
		{"titles of two kinds", `<rss><channel><item><title>Clerk: night shift</title><description>Lists.</description></item><item><title>Cook</title><description>Soup.</description></item></channel></rss>`,
			"Clerk: night shift||||Lists.\nCook||||Soup."},
		{"no text anywhere", `<rss><channel><item><title>Clerk</title><link>http://x/1</link></item><item><title>Cook</title></item></channel></rss>`,
			"Clerk||||" + emptyRecord + "\nCook||||" + emptyRecord},
		{"cut in a text", `<jobs><job><title>Clerk</title><description><![CDATA[<p>You keep lis`,
			"Clerk||||You keep lis\n||||breaks off: the feed ends before its elements are closed: fetch it again"},
		{"another XML", `<?xml version="1.0"?><project><name>x</name><version>1</version></project>`,
			"||||XML without postings"},
		{"empty feed", `<rss version="2.0"><channel><title>Jobs</title></channel></rss>`,
			"||||XML without postings"},
		{"a drawing", `<?xml version="1.0"?><svg><title>Logo</title><path d="M0"/></svg>`,
			"||||XML without postings"},
		{"XHTML", `<?xml version="1.0"?><html><head><title>x</title></head><body><h1>Clerk</h1><p>You keep lists.</p></body></html>`,
			"Clerk||||Clerk\n\nYou keep lists."},
		{"Latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><jobs><job><title>Employ\xe9</title><description>Bient\xf4t.</description></job></jobs>",
			"Employé||||Bientôt."},
	} {
		var got []string
		for _, p := range lawful(t, Document{Source: "a", Body: strings.NewReader(c.body)}) {
			text := p.Text
			if p.Problem != "" {
				text = p.Problem
			}
			got = append(got, strings.Join([]string{p.Title, p.Organization, p.Location, p.ID, text}, "|"))
		}
		if all := strings.Join(got, "\n"); all != c.want && !(strings.HasPrefix(c.want, "||||XML") && strings.HasPrefix(all, c.want)) {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, all, c.want)
		}
	}
}

// The user's word for a column wins over the feed's naming, in the names of
// the elements; and other elements can be kept.
func TestFeedColumns(t *testing.T) {
	body := `<workzag-jobs><position><name>Clerk</name><office>Leeds</office><team>Night</team><jobDescriptions><jobDescription><name>Tasks</name><value>You keep lists.</value></jobDescription></jobDescriptions></position></workzag-jobs>`
	r := Reader{Columns: map[string][]string{titleRole: {"team"}, locationRole: {"name"}}, Keep: []string{"office"}}
	for p := range r.Postings(Document{Source: "a.xml", Body: strings.NewReader(body)}) {
		if p.Title != "Night" || p.Location != "Clerk" || p.Text != "Tasks\nYou keep lists." {
			t.Errorf("%+v", p)
		}
	}
}

// Thousands of names and depths cost no more than their bytes.
func TestFeedLimits(t *testing.T) {
	for name, body := range map[string]string{
		"names":      "<jobs><job>" + manyOf(20000, "<n%d>a</n%[1]d>") + "<title>Clerk</title><description>You keep lists.</description></job></jobs>",
		"records":    "<jobs>" + manyOf(5000, "<job><n%d>a</n%[1]d><title>Clerk</title><description>You keep lists.</description></job>") + "</jobs>",
		"depth":      "<jobs><job>" + strings.Repeat("<x>", 100000) + "</job></jobs>",
		"ends":       "<jobs><job><title>Clerk</title>" + strings.Repeat("<x>", 50000) + strings.Repeat("</y>", 50000) + "</job></jobs>",
		"attributes": "<jobs><job " + manyOf(20000, "a%d='1' ") + "><title>Clerk</title><description>You keep lists.</description></job></jobs>",
		"too long":   "<jobs><job><title>Clerk</title><description>" + strings.Repeat("a<x>b</x>", mostRecord/9) + "</description></job><job><title>Cook</title><description>You cook.</description></job></jobs>",
		"unclosed":   "<jobs>" + strings.Repeat("<job><title>Clerk<description>a", 20000),
	} {
		ps := lawful(t, Document{Source: "a.xml", Body: strings.NewReader(body)})
		if name == "too long" && (len(ps) != 2 || !strings.HasPrefix(ps[0].Problem, "too long: ") || ps[1].Text != "You cook.") {
			t.Errorf("%s: %+v", name, ps)
		}
		if name == "records" && len(ps) != 5000 || name == "unclosed" && len(ps) != 20001 {
			t.Errorf("%s: %d postings", name, len(ps))
		}
	}
}

func manyOf(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// seeds are the documents of testdata/formats, and what the formats share.
func seeds(f *testing.F, globs ...string) {
	for _, glob := range globs {
		for _, name := range files(f, "../../testdata/formats/"+glob) {
			if body := bodyOf(f, name); len(body) < 1<<16 {
				f.Add(body)
			}
		}
	}
}

// same reads a document twice, the second time in small pieces.
func same(t *testing.T, source string, body []byte) {
	first := lawful(t, Document{Source: source, Body: bytes.NewReader(body)})
	again := Read(Document{Source: source, Body: iotest.OneByteReader(bytes.NewReader(body))})
	if show(first) != show(again) {
		t.Error("two readings differ")
	}
}

func FuzzXML(f *testing.F) {
	seeds(f, "*.xml", "*.rss")
	f.Fuzz(func(t *testing.T, body []byte) {
		if !bytes.HasPrefix(body, []byte("<?xml")) {
			body = append([]byte("<?xml version='1.0'?>"), body...)
		}
		same(t, "a.xml", body)
	})
}

func FuzzWARC(f *testing.F) {
	seeds(f, "*.warc")
	f.Fuzz(func(t *testing.T, body []byte) { same(t, "a.warc", append([]byte("WARC/1.0\r\n"), body...)) })
}

func FuzzMail(f *testing.F) {
	seeds(f, "*.eml", "*.mbox")
	f.Fuzz(func(t *testing.T, body []byte) {
		same(t, "a.eml", body)
		same(t, "a.mbox", append([]byte("From a Tue Jul 14 09:36:13 2026\nSubject: b\n"), body...))
	})
}

// FuzzPacked fuzzes what is within the compressions and archives, and their
// own bytes.
func FuzzPacked(f *testing.F) {
	seeds(f, "*.gz", "*.bz2", "*.zip")
	f.Fuzz(func(t *testing.T, body []byte) {
		same(t, "a", body)
		for _, w := range wrappings {
			same(t, "a", w.wrap(t, "a.xml", body))
		}
	})
}
