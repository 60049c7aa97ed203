package condition

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"softgap/analyzer"
)

// An Error is what is wrong with a condition, and where.
type Error struct {
	Text    string // the condition
	At      int    // byte of Text
	Message string
}

// Error gives the message and, in two more lines, the condition with a mark
// under the place.
func (e *Error) Error() string {
	column := utf8.RuneCountInString(e.Text[:e.At])
	return fmt.Sprintf("condition, column %d: %s\n  %s\n  %s^", column+1, e.Message, e.Text, strings.Repeat(" ", column))
}

// Hint says what a condition may ask about.
func (e *Error) Hint() string {
	return "for example: 'gap>40 or verdict=heller_pattern', 'title~support and date>=2024'; the fields are the columns of -f csv"
}

// Parse reads a condition on Reports whose postings keep the columns kept. The
// error is an *Error.
func Parse(text string, kept ...string) (c *Condition, err error) {
	p := &parser{text: text, fields: analyzer.Fields(kept...), c: &Condition{text: text}}
	defer func() {
		if e, ok := recover().(*Error); ok {
			c, err = nil, e
		}
	}()
	if strings.ContainsAny(text, "\r\n\x00") || !utf8.ValidString(text) {
		p.text = strings.Map(func(c rune) rune {
			if c < ' ' {
				return ' '
			}
			return c
		}, strings.ToValidUTF8(text, "\uFFFD"))
		p.fail(0, "it must be one line of UTF-8")
	}
	p.c.root = p.or(0)
	if p.blanks(); p.at < len(p.text) {
		p.fail(p.at, "and or or must stand here")
	}
	return p.c, nil
}

// deepest is how many parentheses and nots may lie in one another.
const deepest = 100

// A parser reads a condition from left to right. Its first error ends it.
type parser struct {
	text   string
	at     int
	fields []analyzer.Field
	c      *Condition
}

func (p *parser) fail(at int, format string, args ...any) {
	panic(&Error{p.text, at, fmt.Sprintf(format, args...)})
}

func (p *parser) or(depth int) test {
	t := p.and(depth)
	for p.keyword("or") {
		t = or(t, p.and(depth))
	}
	return t
}

func (p *parser) and(depth int) test {
	t := p.not(depth)
	for p.keyword("and") {
		t = and(t, p.not(depth))
	}
	return t
}

func (p *parser) not(depth int) test {
	if depth > deepest {
		p.fail(p.at, "more than %d parentheses lie in one another", deepest)
	}
	if p.keyword("not") {
		return not(p.not(depth + 1))
	}
	if p.sign("(") {
		t := p.or(depth + 1)
		if !p.sign(")") {
			p.fail(p.at, "a closing parenthesis is missing")
		}
		return t
	}
	return p.comparison()
}

func (p *parser) comparison() test {
	p.blanks()
	start := p.at
	name, _ := p.word()
	f := p.field(start, name)
	p.c.late = p.c.late || isLate(f.Name)
	p.blanks()
	signAt := p.at
	for _, o := range operators {
		if !p.sign(o.sign) {
			continue
		}
		p.blanks()
		valueAt := p.at
		var value string
		var pattern, ok bool
		if strings.HasSuffix(o.sign, "~") {
			value, pattern = p.pattern()
		}
		if !pattern {
			if value, ok = p.word(); !ok {
				p.fail(p.at, "a value must stand here")
			}
		}
		t, aboutSign, err := comparison(f, o.sign, value, pattern)
		if err != nil {
			p.fail(map[bool]int{true: signAt, false: valueAt}[aboutSign], "%v", err)
		}
		return t
	}
	if f.Kind != analyzer.Truth {
		p.fail(p.at, "a comparison must stand behind %s: = != < <= > >= ~ or !~", f.Name)
	}
	return compare(f, false, func(v analyzer.Value) bool { return v.Number != 0 })
}

// short are other names of fields.
var short = map[string]string{"date": "date_posted", "organisation": "organization"}

func (p *parser) field(at int, name string) analyzer.Field {
	if name == "" {
		p.fail(at, "the name of a field must stand here")
	}
	lower := strings.ToLower(name)
	if s := short[lower]; s != "" {
		lower = s
	}
	var near []string
	for _, f := range p.fields {
		if f.Name == name || f.Name == lower {
			return f
		}
		if len(lower) > 2 && (strings.Contains(f.Name, lower) || strings.Contains(lower, f.Name)) && len(near) < 5 {
			near = append(near, f.Name)
		}
	}
	switch {
	case strings.HasPrefix(lower, "kept_"):
		p.fail(at, "no column is kept as %s: keep it with --keep %s", name, name[len("kept_"):])
	case len(near) > 0:
		p.fail(at, "no field is named %s: is it %s?", name, strings.Join(near, ", "))
	}
	p.fail(at, "no field is named %s", name)
	return analyzer.Field{}
}

func (p *parser) blanks() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\t') {
		p.at++
	}
}

// sign takes a sign if it stands next.
func (p *parser) sign(s string) bool {
	p.blanks()
	if !strings.HasPrefix(p.text[p.at:], s) {
		return false
	}
	p.at += len(s)
	return true
}

// keyword takes a keyword if it stands next, whole.
func (p *parser) keyword(k string) bool {
	p.blanks()
	rest := p.text[p.at:]
	if len(rest) < len(k) || !strings.EqualFold(rest[:len(k)], k) || len(rest) > len(k) && !strings.ContainsRune(" \t(\"'", rune(rest[len(k)])) {
		return false
	}
	p.at += len(k)
	return true
}

// word takes a word, or a text in quotes; ok is false where there is none.
func (p *parser) word() (w string, ok bool) {
	if p.at == len(p.text) {
		return "", false
	}
	if q := p.text[p.at]; q == '"' || q == '\'' {
		return p.until(q), true
	}
	start := p.at
	for p.at < len(p.text) && !strings.ContainsRune(" \t()=<>!~\"'", rune(p.text[p.at])) {
		p.at++
	}
	if w = p.text[start:p.at]; slices.Contains([]string{"and", "or", "not"}, strings.ToLower(w)) {
		p.at = start
		return "", false
	}
	return w, w != ""
}

// pattern takes a regular expression if one stands next.
func (p *parser) pattern() (re string, ok bool) {
	if p.at == len(p.text) || p.text[p.at] != '/' {
		return "", false
	}
	return p.until('/'), true
}

// until takes what stands between two marks. A mark in it has a backslash
// before it; other backslashes stand for themselves.
func (p *parser) until(mark byte) string {
	start := p.at
	var b strings.Builder
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == '\\' && p.at+1 < len(p.text) && p.text[p.at+1] == mark:
			p.at++
			b.WriteByte(mark)
		case c == mark:
			p.at++
			return b.String()
		default:
			b.WriteByte(c)
		}
	}
	p.fail(start, "the %c that begins here has no end", mark)
	return ""
}
