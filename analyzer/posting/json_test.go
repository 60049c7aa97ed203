package posting

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// Each answer and export in testdata/formats reads as the file beside it that is
// named after it says, however its bytes arrive.
func TestAnswers(t *testing.T) {
	for _, name := range answers(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			got := show(lawful(t, readFile(t, name)))
			golden := name + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s reads as\n%s\nwant\n%s", name, got, want)
			}
			d := readFile(t, name)
			d.Body = iotest.OneByteReader(d.Body)
			if got := show(Read(d)); got != string(want) {
				t.Errorf("%s reads as\n%s\nbyte by byte", name, got)
			}
		})
	}
}

// answers are the files in JSON.
func answers(t testing.TB) []string {
	return append(files(t, "../../testdata/formats/*.json"), files(t, "../../testdata/formats/*.jsonl")...)
}

// Every service has its answer in testdata/formats, and the keys that services
// are known by fit in a word.
func TestServices(t *testing.T) {
	if bits, _ := signs(); len(bits) > 64 {
		t.Errorf("%d keys", len(bits))
	}
	in := &input{reader: new(Reader)}
	seen := map[string]bool{}
	for _, name := range answers(t) {
		j := &jsonReader{in: in, found: newFinder(in, func(Posting) bool { return true })}
		v, err := j.parser.ParseBytes(bodyOf(t, name))
		if err != nil {
			continue // several values
		}
		j.found.look(v, nil)
		for _, r := range j.found.records {
			if r.service != nil {
				seen[r.service.name] = true
			}
		}
	}
	for _, d := range services {
		if !seen[d.name] {
			t.Errorf("%s is in no file of testdata/formats", d.name)
		}
	}
}

// What a record or a document may look like, with the line that tells it.
func TestJSON(t *testing.T) {
	good := `{"title": "Clerk", "description": "You help."}`
	for _, c := range []struct{ name, source, body, want string }{
		{"one object", "-", good, "Clerk"},
		{"an array", "-", "[" + good + ", " + good + "]", "Clerk, Clerk"},
		{"a comma too many", "-", "[" + good + ",\n" + good + ",]", "Clerk, Clerk"},
		{"two on a line", "a.jsonl", good + good + "\n" + good, "Clerk, Clerk, Clerk"},
		{"record separators", "-", "\x1E" + good + "\n\x1E" + good, "Clerk, Clerk"},
		{"blanks of a page", "a.txt", "{\n\u00A0\u00A0\"@type\": \"JobPosting\",\n\u00A0 \"title\": \"Clerk\u00A0A\", \"description\": \"You help.\",\n\u00A0}\n", "Clerk A"},
		{"a missing brace", "a.jsonl", good + "\n" + good[:len(good)-1] + "\n" + good, "Clerk, line 2 is not well-formed JSON, Clerk"},
		{"an open quote", "a.jsonl", good + "\n" + good[:len(good)-3] + "\n" + good, "Clerk, line 2 is not well-formed JSON, Clerk"},
		{"a broken element", "-", "[" + good + `, {"title" "b"}, ` + good + "]", "Clerk, line 1 is not well-formed JSON, Clerk"},
		{"a broken element over lines", "-", "{\"jobs\": [\n  {\n   \"title\": \"A\"\n   \"description\": \"a\"\n  },\n  " + good + "\n]}", "lines 2 to 5 is not well-formed JSON, Clerk"},
		{"cut off", "-", `{"jobs": [` + good + `, {"title": "b`, "Clerk, line 1 breaks off"},
		{"junk behind", "-", good + "\n</html>", "Clerk, line 2 is not JSON"},
		{"too deep", "a.jsonl", good + "\n" + strings.Repeat("[", 100000) + "\n" + good, "Clerk, line 2 is nested too deeply, Clerk"},
		{"deep and closed", "-", strings.Repeat(`{"a":`, 100000) + "1" + strings.Repeat("}", 100000), "line 1 is nested too deeply"},
		{"an error page", "a.json", "<html><body><p>Not found</p></body></html>", ""},
		{"a word", "a.json", "null", "line 1 is not JSON"},
		{"an empty list", "-", `{"total": 0, "jobPostings": []}`, "the list of postings is empty"},
		{"a huge id", "-", `{"id": 12345678901234567890123, "name": "Clerk", "text": "You help."}`, "Clerk"},
		{"a title alone", "-", `[{"title": "Clerk"}]`, "Clerk: no key of the record is known to hold one"},
		{"not a posting", "-", `{"status": 404}`, "the JSON in line 1 holds no title and no text"},
		{"a hole between repeats", "-", `{"jobs": [{"shortcode": "a", "title": "Clerk"}, {"title": null}, {"shortcode": "a", "title": "Clerk"}]}`,
			"Clerk: the list of this board holds no descriptions, an entry of the list has neither title nor text"},
		{"by columns", "-", `{"id": {"0": 1, "1": 2}, "title": {"0": "Clerk", "1": "Porter"}, "description": {"0": "You help.", "1": "You carry."}}`, "Clerk, Porter"},
		{"names and rows", "-", `{"columns": ["title", "description"], "index": [0, 1], "data": [["Clerk", "You help."], ["Porter", "You carry."]]}`, "Clerk, Porter"},
		{"by id", "-", `{"7": ` + good + `, "8": ` + good + "}", "Clerk, Clerk"},
		{"a company with jobs", "-", `{"name": "Northwind", "description": "Three clinics.", "jobs": [` + good + "]}", "Clerk"},
		{"a posting with a list", "-", `{"title": "Clerk", "description": "You help.", "similar": [` + good + "]}", "Clerk"},
		{"Markdown", "a.md", "[Clerk](https://example.org)\n\nYou help.", ""},
		{"a note", "-", "[Remote] Clerk\n\nYou help.", "[Remote] Clerk"},
	} {
		var told []string
		for _, p := range lawful(t, Document{Source: c.source, Body: strings.NewReader(c.body)}) {
			_, problem, _ := strings.Cut(p.Problem, ": ")
			problem = strings.TrimPrefix(problem, "the record in ")
			problem, _, _ = strings.Cut(problem, ":")
			told = append(told, strings.TrimPrefix(p.Title+": "+problem, ": "))
		}
		if got := strings.ReplaceAll(strings.Join(told, ", ")+",", ": ,", ","); got != c.want+"," {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A record that names no employer has it of the object around, unless that is a
// department, or of the address of its board.
func TestEmployer(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{`{"name": "Northwind", "jobs": [{"id": 1, "title": "Clerk"}]}`, "Northwind"},
		{`{"departments": [{"id": 7, "name": "1120 Training", "jobs": [{"id": 1, "title": "Clerk"}]}]}`, ""},
		{`{"content": [{"id": "1", "name": "Clerk", "releasedDate": "2026-06-01", "ref": "https://api.smartrecruiters.com/v1/companies/northwind/postings/1"}]}`, "northwind"},
		{`[{"id": "1", "text": "Clerk", "hostedUrl": "https://jobs.lever.co/northwind/1"}]`, "northwind"},
	} {
		ps := lawful(t, Document{Source: "-", Body: strings.NewReader(c.body)})
		if len(ps) != 1 || ps[0].Title != "Clerk" || ps[0].Organization != c.want {
			t.Errorf("%s read as %+v, want the employer %q", c.body, ps, c.want)
		}
	}
}

// What the user maps and keeps is read by its path, at a known service and
// elsewhere; a name that is not there is told.
func TestMapped(t *testing.T) {
	r := &Reader{Columns: map[string][]string{"description": {"lead.body", "more"}, "title": {"text"}}, Keep: []string{"team"}}
	for _, body := range []string{
		`[{"text": "Clerk", "hostedUrl": "https://jobs.lever.co/northwind/1", "lead": {"body": "You help."}, "more": "You file.", "team": "IT"}]`,
		`[{"text": "Clerk", "lead": {"body": "You help."}, "more": "You file.", "team": "IT"}]`,
	} {
		for p := range r.Postings(Document{Source: "a.json", Body: strings.NewReader(body)}) {
			if p.Title != "Clerk" || !strings.Contains(p.Text, "You help.") || !strings.Contains(p.Text, "You file.") || p.Kept["team"] != "IT" {
				t.Errorf("%s reads as %+v", body, p)
			}
		}
	}
	for p := range r.Postings(Document{Source: "a.json", Body: strings.NewReader(`{"title": "Clerk", "description": "You help."}`)}) {
		if !strings.HasPrefix(p.Problem, "no such column: ") {
			t.Errorf("problem %q", p.Problem)
		}
	}
}

// flood is a document without end of which limit bytes are read.
func flood(head, unit, tail string, limit int) io.Reader {
	return io.MultiReader(strings.NewReader(head), io.LimitReader(&endless{unit: []byte(unit)}, int64(limit/len(unit)*len(unit))), strings.NewReader(tail))
}

type endless struct {
	unit []byte
	at   int
}

func (e *endless) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		c := copy(b[n:], e.unit[e.at:])
		n, e.at = n+c, (e.at+c)%len(e.unit)
	}
	return n, nil
}

// Memory does not grow with a document of records, be it lines, an array, or
// an array within an object.
func TestJSONMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("three documents of 64 MB")
	}
	live := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	line := string(jsonLines(1))
	element := strings.TrimSuffix(line, "\n") + ",\n"
	for _, c := range []struct{ name, head, unit, tail string }{
		{"lines", "", line, ""},
		{"array", "[", element, "{}]"},
		{"jobs", `{"meta": {"n": 1}, "data": {"jobs": [`, element, `{}]}}`},
	} {
		const size = 64 << 20
		n, before, most := 0, live(), int64(0)
		for p := range new(Reader).Postings(Document{Source: "a", Body: flood(c.head, c.unit, c.tail, size)}) {
			if n++; p.Title == "" && p.Problem == "" {
				t.Fatalf("%s: posting %d is %+v", c.name, n, p)
			}
			if n%8192 == 0 {
				most = max(most, live()-before)
			}
		}
		if want := size / len(c.unit); n < want || n > want+1 || most > size/2 {
			t.Errorf("%s: %d postings of %d, %d MB of memory", c.name, n, want, most>>20)
		} else {
			t.Logf("%s: %d kB of memory", c.name, most>>10)
		}
	}
}

// Laws of JSON: what encoding/json accepts is one value to measure, and a
// document reads the same whole and in pieces.
func FuzzJSON(f *testing.F) {
	for _, name := range answers(f) {
		f.Add(bodyOf(f, name))
	}
	for _, h := range hostile {
		if h.file == "a.json" {
			f.Add(h.make(400))
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		trimmed := bytes.TrimSpace(body)
		if n, _, err := measure(trimmed); json.Valid(trimmed) && len(trimmed) > 0 && strings.IndexByte(`{["`, trimmed[0]) >= 0 && n != len(trimmed) && err != errDeep {
			t.Errorf("%q is measured as %d bytes, %v", trimmed, n, err)
		}
		ps := lawful(t, Document{Source: "a.json", Body: bytes.NewReader(body)})
		again := Read(Document{Source: "a.json", Body: iotest.HalfReader(bytes.NewReader(body))})
		if show(ps) != show(again) {
			t.Errorf("two readings differ: %s\n\n%s", show(ps), show(again))
		}
		// Whatever follows a record, the record is read.
		if utf8.Valid(body) && bytes.IndexByte(body, 0) < 0 {
			record := `{"title": "Clerk", "description": "You help."}` + "\n"
			if p := Read(Document{Source: "a.jsonl", Body: strings.NewReader(record + string(body))})[0]; p.Title != "Clerk" {
				t.Errorf("the record before %q reads as %+v", body, p)
			}
		}
	})
}
