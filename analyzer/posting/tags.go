package posting

import "strings"

// Whether a string holds markup is asked of every field and every document.
// These scanners answer at the speed of a search for '<' or '&', where a
// regular expression takes a tenth of a second a megabyte.

var (
	// layout are elements that part a text into lines.
	layout = set{names: "p br li ul ol div h1 h2 h3 h4 h5 h6 tr table section article"}

	// markup are elements by which a string is known to be HTML.
	markup = set{names: "p br li ul ol div h1 h2 h3 h4 h5 h6 tr table section article td span strong b em i a u"}
)

// hasTags reports whether s holds at least n tags of the named elements.
func hasTags(s string, names *set, n int) bool {
	for n > 0 {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return false
		}
		s = s[i+1:]
		name := strings.TrimPrefix(s, "/")
		if !names.has(elementName(name)) {
			continue
		}
		end := strings.IndexAny(s, "<>")
		if end < 0 {
			return false
		}
		if s[end] == '>' {
			n--
		}
		s = s[end:]
	}
	return true
}

// elementName returns the name that s begins with, in lower case, or "".
func elementName(s string) string {
	var b [8]byte
	n := 0
	for n < len(s) && n < len(b) {
		c := s[n]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			break
		}
		b[n] = c
		n++
	}
	if n == len(b) {
		return "" // longer than any name asked for
	}
	return string(b[:n])
}

// hasEscapedTag reports whether s holds a tag that was escaped, once or more:
// &lt;p, &amp;lt;p, &#60;p.
func hasEscapedTag(s string) bool {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return false
		}
		s = s[i+1:]
		t := s
		for strings.HasPrefix(t, "amp;") {
			t = t[len("amp;"):]
			s = t
		}
		if t == "" || strings.IndexByte("lL#", t[0]) < 0 {
			continue
		}
		for _, lt := range []string{"lt;", "LT;", "#60;", "#x3c;", "#x3C;"} {
			if rest, ok := strings.CutPrefix(t, lt); ok && markup.has(elementName(strings.TrimPrefix(rest, "/"))) {
				return true
			}
		}
	}
}

// hasEntity reports whether s holds a character reference, closed with ';'.
func hasEntity(s string) bool {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return false
		}
		s = s[i+1:]
		end := len(s) - len(strings.TrimPrefix(s, "#"))
		for end < len(s) && end < 32 && (isLetter(s[end]) || isDigit(s[end])) {
			end++
		}
		if end >= 2 && end < len(s) && s[end] == ';' {
			return true
		}
	}
}
