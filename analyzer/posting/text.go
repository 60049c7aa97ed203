package posting

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readText passes plain text and Markdown through byte for byte, byte order
// mark, line ends and all, since people correct their own files by offset.
// Only backslash escapes that hide words from any reader (C\+\+, end\-to\-end)
// are undone, and only where they are a habit of the text.
func readText(in *input) []Posting {
	p := Posting{Text: in.text}
	if len(in.mark) > 0 {
		p.Text = in.mark + in.text
	}
	if t, ok := unescapeMarkdown(p.Text); ok {
		p.Text, p.Markup = t, true
		p.Warnings = append(p.Warnings, markdownUndone)
	}
	stated(&p)
	return []Posting{p}
}

const markdownUndone = `backslash escapes (C\+\+) were undone: offsets are those of the text without them`

// escapable are the signs that exporters to Markdown put a backslash before.
const escapable = "-+#_*.!()[]{}&~`>|$/"

// habit is how many escapes are no accident, such as a path. One within a word
// (C\+\+, end\-to\-end) is none.
const habit = 3

// unescapeMarkdown undoes backslash escapes, single or doubled by an export to
// CSV, and reports whether there were enough of them.
func unescapeMarkdown(s string) (string, bool) {
	if strings.IndexByte(s, '\\') < 0 {
		return s, false
	}
	var b strings.Builder
	found, kept := 0, 0
	for i := 0; i < len(s); i++ {
		n := strings.IndexByte(s[i:], '\\')
		if n < 0 {
			break
		}
		i += n
		from := i
		if i+1 < len(s) && s[i+1] == '\\' {
			i++
		}
		if i+1 < len(s) && strings.IndexByte(escapable, s[i+1]) >= 0 {
			if found == 0 {
				b.Grow(len(s))
			}
			b.WriteString(s[kept:from])
			i++
			kept = i
			found++
			if from > 0 && isWord(s[from-1]) && strings.IndexByte("-+#", s[i]) >= 0 {
				found += habit
			}
		}
	}
	if found < habit {
		return s, false
	}
	b.WriteString(s[kept:])
	return b.String(), true
}

// isWord reports whether a byte is part of a word in any language.
func isWord(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}

// headLines is how many lines at the top of a text may say what it is.
const headLines = 15

// stated takes what the top of a text says of its posting: labelled lines
// ("Location: Leeds"), among them those of a Markdown file's front matter,
// else for the title its main heading, else its first line if that looks like
// a title.
func stated(p *Posting) {
	var heading, opening string
	first := true
	rest := strings.TrimPrefix(p.Text, "\uFEFF")
	for n := 0; n < headLines && rest != ""; n++ {
		var line string
		line, rest = nextLine(rest)
		if strings.IndexFunc(line, unicode.IsLetter) < 0 || p.label(line) {
			continue
		}
		words := strings.Trim(line, marks)
		if heading == "" && strings.HasPrefix(line, "# ") && len(words) < 200 {
			heading = words
		}
		if first && titleLike(line, words) && strings.IndexFunc(rest, unicode.IsLetter) >= 0 {
			opening = words
		}
		first = false
	}
	for _, t := range []string{heading, opening} {
		if p.Title == "" {
			p.Title = t
		}
	}
}

// nextLine cuts a line off, at a line end of any kind.
func nextLine(s string) (line, rest string) {
	for i := range len(s) {
		if s[i] == '\n' || s[i] == '\r' {
			return s[:i], strings.TrimPrefix(s[i+1:], "\n")
		}
	}
	return s, ""
}

// marks are the signs of Markdown around a line's words.
const marks = " \t\u00A0#*_>"

// label takes a labelled line, such as "Location: Leeds", "**Company:**
// Northwind" or the two cells "Location | Leeds", and reports whether it was
// one.
func (p *Posting) label(line string) bool {
	name, value, ok := strings.Cut(strings.Replace(line, cellBar, ":", 1), ":")
	if !ok || len(name) > 2*longestName || strings.HasPrefix(strings.TrimSpace(name), `"`) { // "title": is data, no label
		return false
	}
	f := fieldOf(strings.TrimLeft(strings.Trim(name, marks), "-•* "))
	value = strings.Trim(value, marks+`:"'`)
	if !f.label || value == "" || len(value) > 120 {
		return false
	}
	switch {
	case f.role == titleRole && p.Title == "":
		p.Title = value
	case f.role == organizationRole && p.Organization == "":
		p.Organization = value
	case f.role == locationRole && p.Location == "":
		p.Location = value
	case f.role == dateRole && p.DatePosted == "":
		p.DatePosted = isoDate(value)
	}
	return true
}

// titleLike reports whether a line has the shape of a title: short, no
// sentence, no bullet, no label, no address. The heading of a section has it
// too; what its words mean is not known here.
func titleLike(line, words string) bool {
	if len(words) < 3 || len(words) > 100 || strings.HasPrefix(line, "* ") || strings.Contains(words, ": ") || strings.ContainsAny(words, "@|\t") || strings.Contains(words, "://") {
		return false
	}
	parts := strings.Fields(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	return len(parts) <= 12 && !strings.ContainsRune(".!?:;,…", last) &&
		!strings.ContainsRune("-–—•", []rune(words)[0]) &&
		strings.IndexFunc(parts[0], func(r rune) bool { return !unicode.IsLower(r) && (unicode.IsLetter(r) || unicode.IsDigit(r)) }) >= 0
}
