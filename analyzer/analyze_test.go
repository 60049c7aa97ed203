package analyzer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"softgap/analyzer/posting"
	"softgap/analyzer/score"
	"softgap/analyzer/segment"
	"softgap/lexicons"
)

// fresh makes an Analyzer over the built-in word lists.
func fresh() *Analyzer {
	a, err := New(lexicons.Builtin(), "test", score.DefaultCutoffs)
	if err != nil {
		panic(err)
	}
	return a
}

// shared is the one Analyzer of the tests that do not care which.
var shared = sync.OnceValue(fresh)

// samples reads every whole posting that the project ships. A folder without
// any fails.
func samples(tb testing.TB) []posting.Posting {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(postings, "*.txt"))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no posting in %s: %v", postings, err)
	}
	var ps []posting.Posting
	for _, f := range files {
		ps = append(ps, read(tb, f))
	}
	return ps
}

// odd are texts that no posting should look like, and some do.
var odd = []string{
	"",
	" \t\r\n",
	"\x00",
	"Duties\r\n- Answer calls.\r\n- Mentor staff.\r\n",
	"Duties\r- Answer calls.\r- Mentor staff.\r",
	"Requirements\u00a0:\u2028\u2022\u00a0Patience with\u00a0users\u2029\u2022 DNS\u0085\u2022 Java",
	"\ufeffRequirements\n\u200b\u2022\u200bPa\u00adtience\n",
	"🎉 Requirements 🎉\n✅ Patience 🙂 with users\n👩‍💻 Java, C++ and C#\n",
	"דרישות\n- סבלנות עם משתמשים\n\u202eRequirements\u202c\n- Patience\n",
	"要求\n・忍耐。\n・Ｊａｖａ と ＤＮＳ。",
	"Need\x00ed: pat\x00ience\n- D\x00NS",
	"Requirements\n- Pat\xc3ience \xff\xfe with users\n- \xe2\x80\n- DNS \xf0\x9f",
	"É\u0301t\u0301é ﬁx İstanbul ẞ ǆ Å\n- ﬁve years of ＷＩＮＤＯＷＳ",
	"Requirements: Requirements: Requirements:: :\n:\n::\n- :\n",
	"- \n-\n*\n•\n• •\n1.\n1)\n(1)\n#\n##\n****\n----\n====\n",
	"(((([[[[{{{{<<<< patience >>>>}}}}]]]]))))",
	"U.S. e.g. i.e. etc. Inc. Sr. Node.js ASP.NET v2.0 802.11 ... …",
	"Patience;patience;patience,patience/patience|patience",
	"Skills:•Windows•DNS•Patience•Excellent communication skills•Team player",
	"not no never without n't " + strings.Repeat("not ", 60),
	strings.Repeat("x", 5000) + " patience " + strings.Repeat("y", 5000),
	strings.Repeat("Patience with users, DNS and Java ", 300),
	strings.Repeat("a.b:c;d!e?f ", 200),
	strings.Repeat("\u0301", 300),
}

// checkSpans complains where a span of a Report does not lie where it should:
// every span in the text and on rune boundaries, statements in order and
// apart, each match within its statement and equal to the text there.
func checkSpans(tb rapid.TB, text string, r *Report) {
	tb.Helper()
	lies := func(s posting.Span) bool {
		return 0 <= s.Start && s.Start < s.End && s.End <= len(text) && boundary(text, s.Start) && boundary(text, s.End)
	}
	end := 0
	for _, s := range r.Statements {
		if !lies(s.Span) {
			tb.Fatalf("statement [%d,%d) does not lie in the %d bytes of the text", s.Start, s.End, len(text))
		}
		if s.Start < end {
			tb.Errorf("statement [%d,%d) begins before %d, where the one before ends", s.Start, s.End, end)
		}
		end = s.End
		if len(s.Matches) > 0 && (s.About != string(segment.Candidate) || s.Repeat) {
			tb.Errorf("a statement about %s, repeat %v, has matches: %q", s.About, s.Repeat, text[s.Start:s.End])
		}
		for i, m := range s.Matches {
			switch {
			case !lies(m.Span) || !s.Contains(m.Span):
				tb.Fatalf("match [%d,%d) does not lie in its statement [%d,%d)", m.Start, m.End, s.Start, s.End)
			case m.Text != text[m.Start:m.End]:
				tb.Errorf("match says %q where the text says %q", m.Text, text[m.Start:m.End])
			case i > 0 && m.Start < s.Matches[i-1].Start:
				tb.Errorf("match %q stands after a later one", m.Text)
			case m.Level < 1 || m.Level > 4:
				tb.Errorf("match %q has level %d", m.Text, m.Level)
			case score.AskWeight(m.Ask) == 0:
				tb.Errorf("match %q is asked as %q", m.Text, m.Ask)
			}
		}
	}
}

// boundary reports whether no rune of a text spans the byte offset i.
func boundary(text string, i int) bool {
	return i == len(text) || utf8.RuneStart(text[i]) || !utf8.ValidString(text)
}

// encode is a Report as JSON, for comparing Reports byte by byte.
func encode(tb rapid.TB, r *Report) []byte {
	tb.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// checkJSON complains where a Report does not read back as it was written.
func checkJSON(tb rapid.TB, r *Report) {
	tb.Helper()
	var back Report
	if err := json.Unmarshal(encode(tb, r), &back); err != nil {
		tb.Fatal(err)
	}
	if !reflect.DeepEqual(&back, r) {
		tb.Errorf("reads back as\n%+v\nnot\n%+v", &back, r)
	}
}

// checkAll complains where a Report breaks one of the laws that hold for every
// text in UTF-8.
func checkAll(tb rapid.TB, text string, r *Report) {
	tb.Helper()
	checkSpans(tb, text, r)
	checkScores(tb, r)
	checkVerdict(tb, r)
	if utf8.ValidString(text) { // as every reader of documents makes it
		checkJSON(tb, r)
	}
}

func TestAnalyze(t *testing.T) {
	for _, p := range samples(t) {
		t.Run(filepath.Base(p.Source), func(t *testing.T) {
			r := shared().Analyze(p)
			checkAll(t, p.Text, r)
			if r.Status != score.Scored {
				t.Errorf("%s: %s", r.Status, r.Reason)
			}
		})
	}
	for i, text := range odd {
		t.Run(fmt.Sprintf("odd %d", i), func(t *testing.T) {
			checkAll(t, text, shared().Analyze(posting.Posting{Text: text}))
		})
	}
}

// TestProblem holds that what could not be read is unscorable with the
// reader's reason, and keeps what the document said of itself.
func TestProblem(t *testing.T) {
	p := posting.Posting{ID: "7", Title: "Analyst", Source: "a.pdf", Record: 3, Problem: "not text", Warnings: []string{"two titles"}}
	r := shared().Analyze(p)
	checkAll(t, "", r)
	if r.Status != score.Unscorable || r.Reason != "not text" || r.Scores != (score.Scores{}) || r.Verdict != score.NoVerdict {
		t.Errorf("%s %q %+v %q", r.Status, r.Reason, r.Scores, r.Verdict)
	}
	if !reflect.DeepEqual(r.Posting, Posting{ID: "7", Title: "Analyst", Source: "a.pdf", Record: 3}) || !reflect.DeepEqual(r.Warnings, p.Warnings) {
		t.Errorf("%+v, warnings %q", r.Posting, r.Warnings)
	}
}

func TestFamily(t *testing.T) {
	for title, want := range map[string]string{
		"Senior Systems Administrator": "systems-network", "Help Desk Technician (Tier 1)": "help-desk", "Cyber Security Analyst": "security",
		"Pastry Chef": "", "": "",
	} {
		if got := shared().Analyze(posting.Posting{Title: title}).Posting.Family; got != want {
			t.Errorf("the family of %q is %q, want %q", title, got, want)
		}
	}
}

// TestSameBytes holds that a posting gives the same bytes: from one Analyzer
// or another, on one processor or many, alone or beside other goroutines.
func TestSameBytes(t *testing.T) {
	var texts []string
	for _, p := range samples(t) {
		texts = append(texts, p.Text)
	}
	texts = append(texts, odd...)
	analyze := func(a *Analyzer, i int) []byte {
		b, err := json.Marshal(a.Analyze(posting.Posting{Text: texts[i]}))
		if err != nil {
			t.Error(err)
		}
		return b
	}
	want := make([][]byte, len(texts))
	for i := range texts {
		want[i] = analyze(shared(), i)
	}
	differ := func(how string, i int, got []byte) {
		if !bytes.Equal(got, want[i]) {
			t.Errorf("%s, text %d gives\n%s\nnot\n%s", how, i, got, want[i])
		}
	}
	second := fresh()
	for i := range texts {
		differ("another Analyzer", i, analyze(second, i))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, procs := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(procs)
		var wg sync.WaitGroup
		for g := range 8 {
			wg.Go(func() {
				for k := range texts {
					i := (k + g) % len(texts) // each begins elsewhere
					differ(fmt.Sprintf("%d processors", procs), i, analyze(shared(), i))
				}
			})
		}
		wg.Wait()
	}
}

// vast makes texts of about a given size that punish a careless pass over
// them. Each must be scored in time and memory in proportion to its size.
var vast = []struct {
	name string
	make func(size int) string
}{
	{"one line", again("You need patience with users and three years of DNS, Java or Go ")},
	{"one word", again("x")},
	{"one long word beyond ASCII", again("é")},
	{"brackets", again("(")},
	{"nested brackets", func(n int) string { return strings.Repeat("(", n/2) + "patience" + strings.Repeat(")", n/2) }},
	{"bullets", again("- Patience with users.\n")},
	{"bullets on one line", again("• Patience with users ")},
	{"empty bullets", again("-\n")},
	{"nested bullets", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i = (i + 1) % 400 {
			b.WriteString(strings.Repeat(" ", i) + "- DNS\n")
		}
		return b.String()
	}},
	{"headings", again("Requirements\n")},
	{"labels", again("Skills: ")},
	{"unknown labels", again("Whatever this may be: ")},
	{"line ends", again("\n")},
	{"carriage returns", again("a\r")},
	{"blanks", again(" ")},
	{"stops", again(".")},
	{"initials", again("A. ")},
	{"numbers", again("1. ")},
	{"years", again("5 years of experience ")},
	{"semicolons", again("knowledge of DNS; ")},
	{"commas", again("Java, ")},
	{"list of names that need context", again("Go, R, C, Spring, Access, Word, ")},
	{"names that need context", again("Go Spring Access Word Teams Excel Oracle ")},
	{"preferred", again("a plus ")},
	{"negations", again("not required ")},
	{"dashes", again(" - A")},
	{"wrapped lines", again("support users of the finance department and of the other\n")},
	{"persons", again("with users ")},
	{"gaps", again("build and maintain ")},
	{"hyphens", again("a-")},
	{"apostrophes", again("a'")},
	{"combining marks", again("\u0301")},
	{"emoji", again("👩‍💻")},
	{"nul", again("\x00a")},
	{"bad UTF-8", again("\xff\xc3")},
	{"addresses", again("http://")},
	{"hashes", again("# ")},
	{"stars", again("**a**: ")},
}

// again makes a text of a unit repeated up to a size.
func again(unit string) func(int) string {
	return func(size int) string { return strings.Repeat(unit, max(1, size/len(unit))) }
}

func TestVast(t *testing.T) {
	size := 1 << 17
	if testing.Short() {
		size = 1 << 15
	}
	for _, v := range vast {
		t.Run(v.name, func(t *testing.T) {
			text := v.make(size)
			checkSpans(t, text, shared().Analyze(posting.Posting{Text: text}))
		})
	}
	if testing.Short() {
		return
	}
	for name, text := range map[string]string{
		"ten megabytes on one line": strings.Repeat("all work and no play makes a dull day ", 10<<20/38),
		"a million brackets":        strings.Repeat("[", 1e6),
		"65,000 bullets":            strings.Repeat("- Patience.\n", 65000),
		"a word of 50 megabytes":    strings.Repeat("x", 50<<20),
	} {
		t.Run(name, func(t *testing.T) {
			checkSpans(t, text, shared().Analyze(posting.Posting{Text: text}))
		})
	}
}

// FuzzAnalyze holds the laws on any text, as it comes and as the reader of
// documents passes it on.
func FuzzAnalyze(f *testing.F) {
	a := shared() // before the clock of the first text runs
	for _, p := range samples(f) {
		f.Add(p.Text)
		f.Add(strings.ReplaceAll(p.Text, "\n", "\r\n"))
		f.Add(strings.ReplaceAll(p.Text, "\n", ""))
	}
	for _, text := range odd {
		f.Add(text)
	}
	for _, r := range rulings {
		f.Add(r.heading + "\n" + r.sentence)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			t.Skip("long texts have a test of their own")
		}
		for _, text := range []string{text, strings.ToValidUTF8(text, "\uFFFD")} {
			r := a.Analyze(posting.Posting{Text: text})
			checkAll(t, text, r)
			if again := a.Analyze(posting.Posting{Text: text}); !reflect.DeepEqual(again, r) {
				t.Errorf("a second time the same text gives\n%+v\nnot\n%+v", again, r)
			}
		}
	})
}
