package posting

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	// escapes are those that exporters put before punctuation: C\+\+.
	escapes  = regexp.MustCompile("\\\\([-+#_*.!()\\[\\]{}&~`>|$/])")
	headLine = regexp.MustCompile(`(?m)^#{1,6}[ \t]+(\S.*)$`)
	boldLine = regexp.MustCompile(`(?m)^[ \t]*(\*\*|__)[^*_\n]+(\*\*|__):?[ \t]*$`)
	labelled = regexp.MustCompile(`(?i)^[ \t>*#_-]*(?:job |position |role )?(title|position|role|company|employer|organi[sz]ation|location|date posted|posted on|posted)[*_]*:[*_]*[ \t]+(\S.*)$`)
)

func isMarkdown(in *input) bool {
	return in.named(".md", ".markdown", "text/markdown") || headLine.MatchString(in.text) ||
		len(boldLine.FindAllStringIndex(in.text, 2)) == 2 || frequent(in.text)
}

// frequent reports whether backslash escapes are a habit of the text, not an
// accident such as a path.
func frequent(s string) bool { return len(escapes.FindAllStringIndex(s, 3)) == 3 }

// readMarkdown passes Markdown through byte for byte, since people correct
// their own files by offset; only escapes that hide words from any reader
// (C\+\+, end\-to\-end) are undone.
func readMarkdown(in *input) []Posting {
	p := Posting{Text: in.text}
	if frequent(in.text) {
		p.Text, p.Markup = escapes.ReplaceAllString(in.text, "$1"), true
		p.Warnings = append(p.Warnings, `backslash escapes (C\+\+) were undone: offsets are those of the text without them`)
	}
	stated(&p)
	if m := headLine.FindStringSubmatch(p.Text); p.Title == "" && m != nil {
		p.Title = strings.Trim(m[1], " \t\r#*_")
	}
	return []Posting{p}
}

// readText passes plain text through byte for byte.
func readText(in *input) []Posting {
	p := Posting{Text: in.text}
	stated(&p)
	return []Posting{p}
}

// stated takes title, organisation, place and date from labelled lines at the
// top of a text. An unlabelled first line is no title: it may be a heading.
func stated(p *Posting) {
	rest := p.Text
	for range 15 {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if len(line) > 200 || !utf8.ValidString(line) {
			continue
		}
		m := labelled.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		to, value := &p.Title, strings.Trim(m[2], " \t\r*_")
		switch label := strings.ToLower(m[1]); {
		case label == "location":
			to = &p.Location
		case strings.Contains(label, "posted"):
			to, value = &p.DatePosted, isoDate(value)
		case label == "company", label == "employer", strings.HasPrefix(label, "organi"):
			to = &p.Organization
		}
		if *to == "" {
			*to = value
		}
	}
}
