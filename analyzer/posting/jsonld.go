package posting

import (
	"encoding/json"
	"html"
	"io"
	"maps"
	"slices"
	"strings"
)

// jsonValues returns the values of a script or document, one after the other.
// What is commonly broken in hand-made templates is mended: comments or CDATA
// around, raw line ends in strings, commas before a closing bracket, entities
// for quotes. It returns what could be read before the first error.
func jsonValues(s string) []any {
	s = unwrap(s)
	vs, err := decodeJSON(s)
	if err == nil {
		return vs
	}
	if more, err := decodeJSON(mend(s)); err == nil || len(more) > len(vs) {
		return more
	}
	if strings.Contains(s, "&quot;") {
		if more, _ := decodeJSON(html.UnescapeString(s)); len(more) > len(vs) {
			return more
		}
	}
	return vs
}

func decodeJSON(s string) (vs []any, err error) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	for {
		var v any
		if err = d.Decode(&v); err == io.EOF {
			return vs, nil
		} else if err != nil {
			return vs, err
		}
		vs = append(vs, v)
	}
}

// unwrap takes off what old templates put around a script: <!-- -->, //<![CDATA[
// and the like, in any order.
func unwrap(s string) string {
	for more := true; more; {
		s, more = strings.TrimSpace(s), false
		for _, w := range []string{"\uFEFF", "<!--", "//", "/*", "*/", "<![CDATA["} {
			rest, ok := strings.CutPrefix(s, w)
			s, more = rest, more || ok
		}
		for _, w := range []string{"-->", "//", "/*", "*/", "]]>", ";"} {
			rest, ok := strings.CutSuffix(s, w)
			s, more = rest, more || ok
		}
	}
	return s
}

// mend escapes raw control characters and unknown escapes in strings, drops
// commas before a closing bracket and writes blanks of a page and the words of
// other languages (NaN, None, True) as JSON does.
func mend(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\' && i+1 < len(s):
			if strings.IndexByte(`"\/bfnrtu`, s[i+1]) < 0 {
				continue // \' and the like: the character alone
			}
			b.WriteByte(c)
			i++
			b.WriteByte(s[i])
		case c == '"':
			quoted = !quoted
			b.WriteByte(c)
		case quoted && c == '\n':
			b.WriteString(`\n`)
		case quoted && c < ' ':
			b.WriteByte(' ')
		case !quoted && strings.HasPrefix(s[i:], "\u00A0"):
			b.WriteByte(' ')
			i++
		case !quoted && c == ',' && closes(s[i+1:]):
		case !quoted && word(c):
			from := i
			for i+1 < len(s) && word(s[i+1]) {
				i++
			}
			b.WriteString(literals(s[from : i+1]))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// word reports whether a byte belongs to a number or a word.
func word(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '-' || c == '+' || c == '.' || c == '_'
}

// literals writes a word outside of quotes as JSON knows it.
func literals(w string) string {
	switch w := strings.ToLower(w); {
	case w == "true" || w == "false":
		return w
	case w[0] == '-' && len(w) > 1 && w[1] >= '0' && w[1] <= '9' || w[0] >= '0' && w[0] <= '9':
		return w
	}
	return "null"
}

// closes reports whether a closing bracket follows, near by.
func closes(s string) bool {
	s = strings.TrimLeft(s[:min(len(s), 256)], blanksOfJSON)
	return s != "" && (s[0] == '}' || s[0] == ']')
}

// An item is a schema.org node, whatever syntax it was written in.
type item = map[string]any

// jobPostings finds the JobPosting nodes in values, outermost only, in order.
func jobPostings(values []any) []item {
	var found []item
	var look func(v any)
	look = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				look(e)
			}
		case item:
			if isType(v, "JobPosting") {
				found = append(found, v)
				return
			}
			for _, e := range inOrder(v) {
				look(e)
			}
		}
	}
	look(values)
	return found
}

// inOrder returns the values of a node in the order of their names, since they
// have lost that of the document.
func inOrder(v item) []any {
	var out []any
	for _, k := range slices.Sorted(maps.Keys(v)) {
		out = append(out, v[k])
	}
	return out
}

// isType reports whether a node's @type, one or several, long or short, is name.
func isType(v item, name string) bool {
	for _, t := range list(v["@type"]) {
		if s, ok := t.(string); ok && lastName(s) == name {
			return true
		}
	}
	return false
}

// lastName is the local part of a name: JobPosting of schema:JobPosting and of
// https://schema.org/JobPosting.
func lastName(s string) string {
	s = strings.TrimSpace(s)
	return s[strings.LastIndexAny(s, "/:#")+1:]
}

// list is v's elements, or v alone, or nothing.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}
