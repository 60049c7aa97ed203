package segment

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// checkTiles complains where statements do not tile their text: they lie in
// order and apart, on rune boundaries, and between them stand only blanks,
// bullet signs, list numbers and rules.
func checkTiles(t *testing.T, text string, all []Statement) {
	t.Helper()
	end := 0
	between := func(from, to int) {
		signs := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
		for word := range strings.FieldsFuncSeq(text[from:to], signs) {
			if !counts(word) {
				t.Errorf("%q is lost between statements: %q", word, text[from:to])
			}
		}
	}
	for _, s := range all {
		if s.Start < end || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("[%d,%d) does not stand behind %d in a text of %d bytes", s.Start, s.End, end, len(text))
		}
		if utf8.ValidString(text) && (!utf8.ValidString(text[:s.Start]) || !utf8.ValidString(text[s.Start:s.End])) {
			t.Errorf("[%d,%d) cuts a rune in two", s.Start, s.End)
		}
		if strings.TrimSpace(text[s.Start:s.End]) != text[s.Start:s.End] {
			t.Errorf("blanks stand around the statement %q", text[s.Start:s.End])
		}
		for _, c := range s.Clauses {
			if !s.Contains(c.Span) || c.Len() <= 0 {
				t.Errorf("the clause [%d,%d) does not lie in its statement [%d,%d)", c.Start, c.End, s.Start, s.End)
			}
		}
		if (s.About == Candidate) != (s.Ask != "") {
			t.Errorf("%q is about %s and asks as %q", text[s.Start:s.End], s.About, s.Ask)
		}
		between(end, s.Start)
		end = s.End
	}
	between(end, len(text))
}

// counts reports whether a word between statements can be the number of a list
// or the letter that stands for a bullet: 1. (12) a) o ü.
func counts(word string) bool {
	return utf8.RuneCountInString(word) == 1 || len(word) <= 3 && strings.Trim(word, "0123456789") == ""
}

// FuzzStatements cuts any text.
func FuzzStatements(f *testing.F) {
	dict() // before the clock of the first text runs
	files, err := filepath.Glob("../../testdata/postings/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no posting to begin with: %v", err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(body))
		f.Add(strings.ReplaceAll(string(body), "\n", "\r\n"))
		f.Add(strings.ReplaceAll(string(body), "\n", " "))
		f.Add(strings.ReplaceAll(string(body), "\n", ""))
	}
	for _, text := range []string{
		"", "\x00", "\xff- a", "•", "•\u00a0\u2028•", "1.", "1)2)", "(1", "a)", "# ", "#\n##", "**", "**a**:", "----", "a:b:c:", ":", "...", "?!?!", ";;;",
		"U.S.A. e.g. i.e.", "Directors.This role", "Required Skills:• Windows • DNS", "Skills: Skills: Skills:", "אבג\n- דה\u202e", "🎉 Duties 🎉\n👩‍💻 Java",
		"not required, not required; a plus, a plus.", "e\u0301. E\u0301\n- ", strings.Repeat("- A ", 100),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			t.Skip("long texts have a test of their own")
		}
		all := statements(text)
		checkTiles(t, text, all)
		if again := statements(text); !reflect.DeepEqual(again, all) {
			t.Errorf("a second time it is cut into\n%+v\nnot\n%+v", again, all)
		}
	})
}
