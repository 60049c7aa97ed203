package eval

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadFaults(t *testing.T) {
	const text = `{"id": 7, "text": "Café. Patience.", "statements": [`
	for _, x := range []struct{ line, want string }{
		{`{"id": "a"`, "g.jsonl:2: no JSON object"},
		{`[]`, "no JSON object"},
		{`{"id": "a"}`, "no text"},
		{`{"id": "a", "text": "A."}`, `neither "statements"`},
		{text + `{"start": 0, "end": 99, "about": "other"}]}`, "statement 1: 0 to 99 is no range of the text, which has 16 bytes"},
		{text + `{"start": 3, "end": 3, "about": "other"}]}`, "no range"},
		{text + `{"start": -1, "end": 3, "about": "other"}]}`, "no range"},
		{text + `{"start": 0, "end": 4, "about": "other"}]}`, "cuts a character"},
		{text + `{"start": 7, "end": 15, "about": "other"}, {"start": 0, "end": 6, "about": "other"}]}`, "statement 2: begins at 0"},
		{text + `{"start": 0, "end": 6, "about": "us"}]}`, `unknown about "us": one of candidate,`},
		{text + `{"start": 0, "end": 6, "about": "candidate"}]}`, `unknown ask ""`},
		{text + `{"start": 0, "end": 6, "about": "offer", "soft": {"patience": 2}}]}`, "only candidate statements are coded"},
		{text + `{"start": 7, "end": 15, "about": "candidate", "ask": "role", "soft": {"cloud": 2}}]}`, `soft "cloud" is not in the codebook`},
		{text + `{"start": 7, "end": 15, "about": "candidate", "ask": "role", "soft": {"patience": 5}}]}`, "level 5 of patience is not 1 to 4"},
		{text + `{"start": 7, "end": 15, "about": "candidate", "ask": "role", "soft": {"patience": 2}, "exceptions": {"cloud": "duty"}}]}`, "not coded here"},
		{text + `{"start": 7, "end": 15, "about": "candidate", "ask": "role", "soft": {"patience": 2}, "exceptions": {"patience": "often"}}]}`, `unknown ask "often"`},
		{text + `{"start": 7, "end": 15, "about": "candidate", "ask": "required", "soft": {"patience": 2}}], "soft": 50}`, "soft is given as 50.0, but the codes make 14.5"},
		{`{"id": "s", "text": "Café.", "spans": [{"start": 4, "end": 6, "label": "Skill"}]}`, "span 1: 4 to 6 cuts a character"},
	} {
		var g Gold
		errs := g.Read("g.jsonl", []byte("\n"+x.line+"\n"))
		if len(errs) != 1 || g.Len() != 0 || !strings.Contains(errs[0].Error(), x.want) || !strings.HasPrefix(errs[0].Error(), "g.jsonl:2: ") {
			t.Errorf("%s\n gives %v\n want  %s", x.line, errs, x.want)
		}
	}
}

// Reading goes on behind a fault; a byte order mark, Windows line ends, blank
// lines and a missing last line end are no faults.
func TestReadGoesOn(t *testing.T) {
	var g Gold
	errs := g.Read("g", []byte("\ufeff{\"id\": 12, \"text\": \"A •.\", \"statements\": [{\"start\": 0, \"end\": 1, \"about\": \"other\"}, {\"start\": 2, \"end\": 6, \"about\": \"other\"}]}\r\nbad\r\n\r\n"+
		`{"id": "s", "text": "DNS.", "spans": []}`))
	if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), "g:2: ") || len(g.Coded) != 1 || len(g.Labelled) != 1 {
		t.Fatalf("%v, %+v", errs, g)
	}
	if c := g.Coded[0]; c.ID != "12" || len(c.Statements) != 1 { // the bullet has no word
		t.Errorf("%+v", c)
	}
	if l := g.Labelled[0]; l.Line != 4 || l.Posting == "" {
		t.Errorf("%+v", l)
	}
}

// Whatever is read is in order, within its text, and can be compared.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"gold", "program", "sentences"} {
		body, err := os.ReadFile("testdata/" + name + ".jsonl")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var g Gold
		g.Read("f", body)
		end := 0
		for i, c := range g.Coded {
			if i == 0 || c.Line != g.Coded[i-1].Line {
				end = 0
			}
			for _, s := range c.Statements {
				if s.Start < end || s.End > len(c.Text) || !utf8.ValidString(c.Text[s.Start:s.End]) {
					t.Errorf("%+v in %q", s.Span, c.Text)
				}
				end = s.End
			}
		}
		p := comparePostings(g.Coded, reportsOf(g.Coded), Options{Resamples: 2}, causes{})
		if p.About.N != p.Statements || p.Statements > 0 && !near(p.About.Share.Value, 1) {
			t.Errorf("%d statements, share %v", p.Statements, p.About.Share.Value)
		}
	})
}

// The scores that follow from the codes of the shared gold are those it holds:
// Read refuses a record where they are not.
func TestSharedGold(t *testing.T) {
	body, err := os.ReadFile("../../../shared/data/gold/dev.jsonl")
	if err != nil {
		t.Skip("no shared gold here: ", err)
	}
	var g Gold
	if errs := g.Read("dev.jsonl", body); len(errs) > 0 {
		t.Error(errs)
	}
	n := 0
	for _, c := range g.Coded {
		n += len(c.Statements)
	}
	if len(g.Coded) != 21 || n != 726 {
		t.Errorf("%d postings, %d statements", len(g.Coded), n)
	}
	if !strings.Contains(string(body), `"soft": `) || !strings.Contains(string(body), `"gap": `) {
		t.Error("the gold holds no scores to compare with")
	}
}
