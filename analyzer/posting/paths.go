package posting

import (
	"fmt"
	"slices"
	"strings"

	"github.com/valyala/fastjson"
)

// text returns what a value says: a string, a number, true or false.
func text(v *fastjson.Value) string {
	if v == nil {
		return ""
	}
	switch v.Type() {
	case fastjson.TypeString:
		return string(v.GetStringBytes())
	case fastjson.TypeNumber:
		if t := string(v.MarshalTo(nil)); !strings.EqualFold(t, "nan") {
			return t
		}
	case fastjson.TypeTrue:
		return "true"
	case fastjson.TypeFalse:
		return "false"
	}
	return ""
}

// visit calls f with each value that a path leads to.
func visit(v *fastjson.Value, path string, f func(*fastjson.Value)) {
	for v != nil {
		key, rest, more := strings.Cut(path, ".")
		key, each := strings.CutSuffix(key, "[]")
		if v.Type() != fastjson.TypeObject {
			return
		}
		if v = v.Get(key); v == nil {
			return
		}
		if each {
			for _, e := range v.GetArray() {
				if more {
					visit(e, rest, f)
				} else {
					f(e)
				}
			}
			return
		}
		if !more {
			f(v)
			return
		}
		path = rest
	}
}

// values returns what a path of a service leads to in a record.
func (r record) values(path string) []string {
	if key, ok := strings.CutPrefix(path, "^"); ok {
		t := ""
		if key == "" && r.around != nil {
			t = r.around.key
		} else {
			t = r.around.field(key)
		}
		return []string{t}
	}
	if literal, ok := strings.CutPrefix(path, "="); ok {
		return []string{literal}
	}
	var all []string
	visit(r.value, path, func(v *fastjson.Value) {
		if t := text(v); strings.TrimSpace(t) != "" {
			all = append(all, t)
		}
	})
	return all
}

// first returns the first value of the first path that has one.
func (r record) first(paths string) string {
	for path := range strings.SplitSeq(paths, "|") {
		for _, t := range r.values(path) {
			if t != "" && path != "" {
				return t
			}
		}
	}
	return ""
}

// place returns the places of work: the first of the paths that has any.
func (r record) place(paths string) string {
	for either := range strings.SplitSeq(paths, "|") {
		var all []string
		for union := range strings.SplitSeq(either, "+") {
			if !strings.Contains(union, ",") {
				all = append(all, r.values(union)...)
				continue
			}
			var parts []string
			for path := range strings.SplitSeq(union, ",") {
				parts = append(parts, r.first(path))
			}
			all = append(all, strings.Join(parts, ", "))
		}
		if place := placed(all...); place != "" {
			return place
		}
	}
	return ""
}

// placed joins places, each once, without the parts that are empty
// ("Bangalore, , India").
func placed(all ...string) string {
	var out []string
	for _, p := range all {
		var parts []string
		for part := range strings.SplitSeq(shortValue(p), ",") {
			if part = strings.TrimSpace(part); part != "" && !slices.Contains(parts, part) {
				parts = append(parts, part)
			}
		}
		if p = strings.Join(parts, ", "); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
		if len(out) > 100 {
			break
		}
	}
	if n := len(out) - mostPlaces; n > 0 {
		out = append(out[:mostPlaces], fmt.Sprintf("and %d more", n))
	}
	return strings.Join(out, "; ")
}
