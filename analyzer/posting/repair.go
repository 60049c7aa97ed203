package posting

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A repair undoes one kind of damage that exports do to a text. It returns a
// text without the damage as it is.
type repair struct {
	signs   sign // without one of them in the text there is nothing to do
	mend    func(string) string
	warning string // what was done, in plain words; empty for what is no damage
	markup  bool   // the text was markup
}

// repairs are applied in this order, again and again until none finds
// anything: an export may have done its damage more than once.
var repairs = []repair{
	{widthless, withoutInvisible, "invisible characters were taken out", false},
	{misread, demojibaked, "letters broken by a wrong character set (Ã© for é) were mended", false},
	{bracket, drafted, "the document of an editor, written as JSON (blocks of text), was read as text", true},
	{backslash, unquoted, `line ends and signs written as codes (\n, \u003c) were resolved`, false},
	{bracket, listed, "a list written as program text (['a', 'b']) was read as a list", false},
	{ampersand, unescaped, "escaped HTML (&lt;p&gt;) was read as HTML", true},
	{lessThan, unmarked, "", true},
	{ampersand, resolved, "character codes (&amp;) were resolved", false},
	{backslash, unslashed, `backslash escapes (C\+\+) were undone`, true},
	{bar, unbarred, "signs | were read as line ends", false},
	{lineEnd, unwrapped, "lines broken at a fixed width were joined", false},
}

// mostRounds is how often the repairs are applied. Damage done to one text
// more often than that is none that an export did: it is left alone.
const mostRounds = 6

// repaired returns the text of a field of a record: a cell, a value, an
// element. A clean text is returned as it is. What is repaired is text as a
// reader of the posting would have seen it, and markup says whether it was
// markup before; each kind of repair adds one warning. A repaired text needs
// no further repair.
func repaired(s string) (text string, markup bool, warnings []string) {
	var done [16]bool
	t := s
	for range mostRounds {
		before, found := t, signsOf(t)
		for i, r := range repairs {
			if found&r.signs == 0 {
				continue
			}
			if mended := r.mend(t); mended != t {
				t, done[i] = mended, true
				found = signsOf(t)
			}
		}
		if t != before {
			continue
		}
		for i, r := range repairs {
			if done[i] {
				markup = markup || r.markup
				if r.warning != "" {
					warnings = append(warnings, r.warning)
				}
			}
		}
		return t, markup, warnings
	}
	return s, false, []string{"the text is escaped many times over and was left as it is"}
}

// invisible are characters without width that only part words for a machine.
// The joiners U+200C and U+200D are letters' and pictures' own.
var invisible = []string{"\u200B", "\u2060", "\uFEFF", "\u00AD", "\u200E", "\u200F"}

func withoutInvisible(s string) string {
	for _, c := range invisible {
		s = strings.ReplaceAll(s, c, "")
	}
	return s
}

// codes are the escapes of JSON that remain where a value was encoded twice.
var codes = strings.NewReplacer(`\u003c`, "<", `\u003C`, "<", `\u003e`, ">", `\u003E`, ">", `\u0026`, "&", `\n`, "\n", `\r`, "", `\t`, " ", `\"`, `"`, `\/`, "/")

func unquoted(s string) string {
	if strings.Contains(s, `\u003c`) || strings.Contains(s, `\u003C`) || strings.Count(s, `\n`) > 1 && !strings.Contains(s, "\n") {
		return codes.Replace(s)
	}
	return s
}

// listed reads a cell that holds a list of strings as Python or JSON writes
// it: an item a line.
func listed(s string) string {
	rest := strings.TrimSpace(s)
	if len(rest) < 4 || rest[0] != '[' || rest[len(rest)-1] != ']' {
		return s
	}
	rest = rest[1 : len(rest)-1]
	var lines []string
	for {
		item, after, ok := literal(strings.TrimSpace(rest))
		if !ok {
			return s
		}
		if item = strings.TrimSpace(item); item != "" && strings.Contains(item, "\n") {
			lines = append(lines, item)
		} else if item != "" {
			lines = append(lines, bullet+strings.TrimPrefix(item, bullet))
		}
		after = strings.TrimSpace(after)
		if after == "" {
			return strings.Join(lines, "\n")
		}
		if after[0] != ',' {
			return s
		}
		rest = after[1:]
	}
}

// literal cuts a quoted string off.
func literal(s string) (value, rest string, ok bool) {
	if s == "" || s[0] != '\'' && s[0] != '"' {
		return "", "", false
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == s[0]:
			return b.String(), s[i+1:], true
		case c == '\\' && i+1 < len(s):
			i++
			switch s[i] {
			case 'n':
				b.WriteByte('\n')
			case 'r':
			case 't':
				b.WriteByte(' ')
			case '\\', '\'', '"', '/':
				b.WriteByte(s[i])
			default:
				b.WriteByte('\\')
				b.WriteByte(s[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

// isMarkup reports whether a field is HTML. One <b> in a sentence is a word of
// a web developer's posting.
func isMarkup(s string) bool { return hasTags(s, &layout, 1) || hasTags(s, &markup, 2) }

// unescaped undoes the escaping around markup, however many layers of it.
func unescaped(s string) string {
	for range 3 {
		if isMarkup(s) || !hasEscapedTag(s) {
			break
		}
		s = unescapeOnce(s)
	}
	return s
}

func unmarked(s string) string {
	if isMarkup(s) {
		return fragment(s)
	}
	return s
}

// resolved replaces character references in plain text. Only closed ones
// count: "?a=1&copy=2" is an address.
func resolved(s string) string {
	if !hasEntity(s) {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		end := strings.IndexByte(s[:min(len(s), 34)], ';') + 1
		value := s[:max(end, 1)]
		if end > 0 {
			value = strings.ReplaceAll(html.UnescapeString(value), "\u00A0", " ")
		}
		b.WriteString(value)
		s = s[max(end, 1):]
	}
}

func unslashed(s string) string {
	t, _ := unescapeMarkdown(s)
	return t
}

// unbarred makes lines of a long text that has none and whose bars stand
// between lines: "Overview||We are|Analysts". Bars with blanks around part the
// words of a line.
func unbarred(s string) string {
	bars := strings.Count(s, "|")
	if bars < 3 || len(s) < 200 || strings.IndexByte(s, '\n') >= 0 || strings.IndexByte(s, '\r') >= 0 || 5*strings.Count(s, " | ") > bars {
		return s
	}
	return strings.ReplaceAll(s, "|", "\n")
}

// endsSentence reports whether a line ends where a sentence may.
func endsSentence(line string) bool {
	return strings.ContainsRune(".:;!?", rune(line[len(line)-1]))
}

// Widths at which texts are broken into lines.
const (
	narrowest = 40
	widest    = 100
)

// fewest is how many lines that go on with a small letter are no accident.
const fewest = 4

// goesOn reports whether so many lines begin with a small letter, which is
// quick to see and most texts lack.
func goesOn(s string) bool {
	small := 0
	for {
		n := strings.IndexByte(s, '\n')
		if n < 0 {
			return false
		}
		for n++; n < len(s) && (s[n] == ' ' || s[n] == '\t'); n++ {
		}
		if s = s[n:]; s == "" {
			return false
		}
		first := rune(s[0])
		if first >= utf8.RuneSelf {
			first, _ = utf8.DecodeRuneInString(s)
		}
		if unicode.IsLower(first) {
			if small++; small == fewest {
				return true
			}
		}
	}
}

// unwrapped joins the lines of a text that was broken at one width: no line is
// longer, and a line goes on in the next because its first word had no room.
// That is plain where lines often end before a small letter, and hardly ever
// elsewhere than at the width. A hyphen at the end of a line is the word's own.
func unwrapped(s string) string {
	if !goesOn(s) {
		return s
	}
	width := 0
	for line := range strings.Lines(s) {
		if line = strings.TrimRight(line, " \t\r\n"); len(line) > width && strings.IndexByte(line, ' ') > 0 {
			width = max(width, utf8.RuneCountInString(line))
		}
		if width > widest {
			return s
		}
	}
	if width < narrowest {
		return s
	}
	full, early := 0, 0 // lines that go on with a small letter, at the width and before it
	var b strings.Builder
	kept := 0 // s up to here is in b
	rest := s
	for rest != "" {
		var line string
		if n := strings.IndexByte(rest, '\n'); n < 0 {
			line, rest = rest, ""
		} else {
			line, rest = rest[:n+1], rest[n+1:]
		}
		words := strings.TrimRight(line, " \t\r\n")
		next, _, _ := strings.Cut(rest, "\n")
		next = strings.TrimLeft(next, " \t")
		if words == "" || next == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(next)
		word, _, _ := strings.Cut(next, " ")
		room := len(words)+1+len(word) <= width || utf8.RuneCountInString(words)+1+utf8.RuneCountInString(word) <= width
		if room || !unicode.IsLetter(first) && !unicode.IsDigit(first) && first != '(' || ordinal(word) || endsSentence(words) && !unicode.IsLower(first) {
			if room && unicode.IsLower(first) && !endsSentence(words) {
				early++
			}
			continue
		}
		if unicode.IsLower(first) {
			full++
		}
		if kept == 0 {
			b.Grow(len(s))
		}
		b.WriteString(s[kept : len(s)-len(rest)-len(line)+len(words)])
		if !strings.HasSuffix(words, "-") || strings.HasSuffix(words, " -") {
			b.WriteByte(' ')
		}
		rest = strings.TrimLeft(rest, " \t")
		kept = len(s) - len(rest)
	}
	if full < fewest || full < 4*early {
		return s
	}
	return b.String() + s[kept:]
}

// ordinal reports whether a word numbers the item of a list: "2.", "b)".
func ordinal(word string) bool {
	n := len(word) - 1
	return n >= 1 && n <= 3 && (word[n] == '.' || word[n] == ')') &&
		(strings.Trim(word[:n], "0123456789") == "" || n == 1 && word[n] == ')')
}
