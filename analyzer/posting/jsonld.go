package posting

import (
	"encoding/json"
	"html"
	"io"
	"maps"
	"slices"
	"strings"
)

// isSchemaJSON accepts a JSON document that holds a schema.org JobPosting, and
// keeps its values for reading.
func isSchemaJSON(in *input) bool {
	if !jsonLike(in) || !strings.Contains(in.text, `"@type"`) {
		return false
	}
	if in.load(); in.err != nil {
		return false
	}
	in.values = jsonValues(in.text)
	return len(jobPostings(in.values)) > 0
}

func readSchemaJSON(in *input) []Posting { return schemaPostings(in, in.values) }

func jsonLike(in *input) bool { return in.begins("{", "[") }

// isJSONLines accepts several JSON objects, a line each: by its name, or by
// its first two lines.
func isJSONLines(in *input) bool {
	if in.named(".jsonl", ".ndjson", "application/jsonl", "application/x-ndjson") {
		return true
	}
	first, rest := nextLine(in.start)
	second, _ := nextLine(strings.TrimLeft(rest, "\r\n"))
	return strings.HasPrefix(first, "{") && strings.HasPrefix(second, "{") && json.Valid([]byte(first))
}

// isJSON accepts one JSON value; Markdown may begin with a bracket too.
func isJSON(in *input) bool { return jsonLike(in) && json.Valid([]byte(in.start)) }

// isBrokenJSON accepts what is called JSON, or begins as no prose does.
func isBrokenJSON(in *input) bool {
	if !jsonLike(in) {
		return false
	}
	next := strings.TrimLeft(in.start[1:min(len(in.start), 64)], " \t\r\n")
	return in.named(".json", "application/json") || strings.HasPrefix(next, `"`) || strings.HasPrefix(next, "{") && in.start[0] == '['
}

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

// mend escapes raw control characters and unknown escapes in strings and drops
// commas before a closing bracket.
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
		case !quoted && c == ',' && closes(s[i+1:]):
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// closes reports whether a closing bracket follows, near by.
func closes(s string) bool {
	s = strings.TrimLeft(s[:min(len(s), 256)], " \t\r\n")
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
			for _, k := range slices.Sorted(maps.Keys(v)) {
				look(v[k])
			}
		}
	}
	look(values)
	return found
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
