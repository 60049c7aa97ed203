package posting

import (
	"strings"

	"github.com/valyala/fastjson"
)

// drafted reads a document of Draft.js, an editor of web pages, as some boards
// (Glints) keep it: {"blocks": [{"text": ..., "type": "unordered-list-item"}]}.
// A block is a line, and an empty one a gap, as its author saw it.
func drafted(s string) string {
	doc := strings.TrimSpace(s)
	if doc == "" || doc[0] != '{' || !strings.Contains(doc, `"blocks"`) {
		return s
	}
	v, err := new(fastjson.Parser).Parse(doc)
	if err != nil {
		return s
	}
	var lines []string
	for _, b := range v.GetArray("blocks") {
		if b.Get("text") == nil || b.Get("type") == nil {
			return s
		}
		line := string(b.GetStringBytes("text"))
		switch kind := string(b.GetStringBytes("type")); {
		case strings.HasSuffix(kind, "-list-item") && strings.TrimSpace(line) != "":
			line = bullet + line
		case strings.HasPrefix(kind, "header-") && len(lines) > 0 && lines[len(lines)-1] != "":
			line = "\n" + line
		}
		lines = append(lines, line)
	}
	if lines == nil {
		return s
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
