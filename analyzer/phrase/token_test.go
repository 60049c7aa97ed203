package phrase

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// written shows tokens as a reader would mark them: words between bars, with a
// + where the next is glued, a - where a hyphen joins it, and what is special
// in brackets behind.
func written(text string, toks []Token) string {
	var b strings.Builder
	for i, t := range toks {
		switch {
		case t.Flags&Hyphen != 0:
			b.WriteByte('-')
		case t.Flags&Glued != 0:
			b.WriteByte('+')
		case t.Flags&Newline != 0:
			b.WriteByte('/')
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(text[t.Start:t.End])
		for _, f := range []struct {
			flag Flags
			name string
		}{{Digits, "[digits]"}, {Break, "[break]"}, {Address, "[address]"}} {
			if t.Flags&f.flag != 0 {
				b.WriteString(f.name)
			}
		}
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{" \t\n", ""},
		{"C++", "C++++"}, // C and two signs, each glued
		{"C#/.NET", "C+#+/+.[break]+NET"},
		{"Node.js", "Node+.[break]+js"},
		{"TCP/IP", "TCP+/+IP"},
		{"802.11", "802[digits]+.[break]+11[digits]"},
		{"S/4HANA", "S+/+4HANA"},
		{"U.S.", "U+.[break]+S+.[break]"},
		{"R&D", "R+&+D"},
		{"self-motivated", "self-motivated"},
		{"a - b", "a - b"},
		{"well- known", "well+- known"},
		{"non‑technical", "non-technical"}, // a hyphen that does not break
		{"2019–2021", "2019[digits]-2021[digits]"},
		{"users—all of them", "users all of them"},
		{"don't", "don-t"},
		{"don’t", "don-t"},
		{"the user's PC", "the user PC"},
		{"the user’s PC", "the user PC"},
		{"USER'S", "USER"},
		{"users' PCs", "users PCs"},
		{"'quoted' and “quoted”", "quoted and quoted"},
		{"**bold** _it_ \"q\" `code`", "bold it q code"},
		{"soft\u00adware", "soft\u00adware"},
		{"soft\u00ad ware", "soft ware"},
		{"a\u00a0b\u2009c", "a b c"},
		{"one\ntwo\r\nthree", "one/two/three"},
		{"one\u2028two\u0085three", "one/two/three"},
		{"ＴＣＰ", "ＴＣＰ"},
		{"cafe\u0301 x", "cafe\u0301 x"},
		{"naïve", "naïve"},
		{"👩‍💻 ok", "👩+💻 ok"},
		{"⚙️ ok", "⚙ ok"},
		{"a\x00b", "a b"},
		{"a\xffb", "a b"},
		{"• bullet", "•[break] bullet"},
		{"see https://example.com/a?b=c. Then", "see https://example.com/a?b=c[address]+.[break] Then"},
		{"mail jane.doe@example.com, or", "mail jane+.[break]+doe@example.com[address]+, or"},
		{"www.example.com\u00a0is", "www.example.com[address] is"},
		{"(http://x)", "(+http://x[address]+)"},
		{"ratio 3:1", "ratio 3[digits]+:+1[digits]"},
		{"Microsoft® Windows™", "Microsoft Windows"},
	} {
		if got := written(c.text, nothing.Tokens(nil, c.text)); got != c.want {
			t.Errorf("Tokens(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// TestJoint holds that two words which lost the break between them are parted
// where patterns hold both, and nowhere else.
func TestJoint(t *testing.T) {
	words, _ := appendWord(make([]byte, 4), "skills")
	for _, w := range []string{"ability", "java", "script", "javascript", "to"} {
		words, _ = appendWord(words, w)
	}
	v := newVocabulary(words)
	for text, want := range map[string]string{
		"skillsAbility to":          "skills/Ability to",
		"SkillsAbility":             "Skills/Ability",
		"skillsAbilityJava":         "skills/Ability/Java",
		"JavaScript":                "JavaScript", // one word of the patterns
		"skillsUnheard":             "skillsUnheard",
		"unheardSkills":             "unheardSkills",
		"SKILLSABILITY":             "SKILLSABILITY",
		"skillsability":             "skillsability",
		"skillsTo":                  "skillsTo", // too short to be sure
		"skills2Ability":            "skills2Ability",
		"non-skillsAbility":         "non-skills/Ability",
		"https://a.b/skillsAbility": "https://a.b/skillsAbility[address]",
	} {
		if got := written(text, v.Tokens(nil, text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestFold holds that spellings of one word are one word.
func TestFold(t *testing.T) {
	d := compile(t, nil, "café", "tcp", "office", "software", "c", "k")
	for _, c := range []struct{ text, word string }{
		{"CAFÉ", "café"}, {"cafe\u0301", "café"}, {"TCP", "tcp"}, {"ＴＣＰ", "tcp"}, {"oﬃce", "office"},
		{"soft\u00adware", "software"}, {"Soft\u200bware", "software"}, {"ℂ", "c"}, {"C", "c"},
		{"\u212a", "k"}, // the sign for kelvin
		{"cafe", ""}, {"cc", ""},
	} {
		toks := d.Tokens(nil, c.text)
		if len(toks) != 1 {
			t.Errorf("%q is %d tokens", c.text, len(toks))
			continue
		}
		if got := d.WordOf(toks[0]); got != c.word {
			t.Errorf("%q is the word %q, want %q", c.text, got, c.word)
		}
	}
}

// TestTokensAppends holds that tokens of an earlier text stay as they are.
func TestTokensAppends(t *testing.T) {
	d := compile(t, nil, "ask the users")
	first := d.Tokens(nil, "please ask")
	both := d.Tokens(slices.Clone(first), "the users")
	if !slices.Equal(both[:len(first)], first) || !slices.Equal(both[len(first):], d.Tokens(nil, "the users")) {
		t.Errorf("appended: %v", both)
	}
}

func TestTokensAllocateNothing(t *testing.T) {
	d := compile(t, nil, "ask the users", "c++")
	text := strings.Repeat("Ask the users, who write C++ and don't mind self-service: http://example.com. ", 20)
	toks := d.Tokens(nil, text)
	if n := testing.AllocsPerRun(10, func() { toks = d.Tokens(toks[:0], text) }); n > 0 {
		t.Errorf("%v allocations for ASCII text", n)
	}
}

// checkTokens says what is wrong with the tokens of a text, or nothing.
func checkTokens(v *Vocabulary, text string) error {
	toks := v.Tokens(nil, text)
	bounds := map[int]bool{len(text): true}
	for i := 0; i < len(text); {
		bounds[i] = true
		_, n := utf8.DecodeRuneInString(text[i:])
		i += n
	}
	last := int32(0)
	for i, t := range toks {
		switch {
		case t.Start < last || t.End <= t.Start || int(t.End) > len(text):
			return fmt.Errorf("token %d is [%d:%d) behind %d", i, t.Start, t.End, last)
		case !bounds[int(t.Start)] || !bounds[int(t.End)]:
			return fmt.Errorf("token %d, [%d:%d), cuts a character", i, t.Start, t.End)
		case t.Flags&Glued != 0 && t.Start != last && !passedOver(text[last:t.Start]):
			return fmt.Errorf("token %d is glued over %q", i, text[last:t.Start])
		case t.Flags&Address != 0 && t.Word != Unknown:
			return fmt.Errorf("token %d, an address, is a word", i)
		}
		last = t.End
	}
	return nil
}

// passedOver reports whether a reader does not see s, or sees quotes only.
func passedOver(s string) bool {
	for _, r := range s {
		if !invisible(r) && !unicode.IsMark(r) && !strings.ContainsRune("'`‘’ʼ′sS", r) {
			return false
		}
	}
	return true
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"", "C++ and .NET", "user's self-service", "don’t", "a\u00ad", "http://x.y/", "a@b", "\xff\xfea\xc3", "e\u0301", "👩‍💻", "ﬁ ＡＢ", "www.a.", "'s", "-a--b-", "1,000.50"} {
		f.Add(s)
	}
	d := compile(f, nil, "ask the users", "c++", "é", "a b")
	f.Fuzz(func(t *testing.T, text string) {
		if err := checkTokens(&d.Vocabulary, text); err != nil {
			t.Fatal(err)
		}
		// A line break is a line break.
		if strings.Contains(text, "\r") {
			return
		}
		lf, crlf := d.Tokens(nil, text), d.Tokens(nil, strings.ReplaceAll(text, "\n", "\r\n"))
		if len(lf) != len(crlf) {
			t.Fatalf("%d tokens with LF, %d with CRLF", len(lf), len(crlf))
		}
		for i := range lf {
			if lf[i].Word != crlf[i].Word || lf[i].Flags != crlf[i].Flags {
				t.Fatalf("token %d is %v with LF, %v with CRLF", i, lf[i], crlf[i])
			}
		}
		// Capitals of ASCII do not change a word.
		if up := strings.ToUpper(text); isASCII(text) {
			for i, tok := range d.Tokens(nil, up) {
				if tok.Word != lf[i].Word {
					t.Fatalf("token %d is word %d, in capitals %d", i, lf[i].Word, tok.Word)
				}
			}
		}
	})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 128 }) < 0
}
