package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"softgap/analyzer"
)

// markdownWriter is the face for pages and pull requests: a section for each
// posting, tables in the dialect of GitHub.
type markdownWriter struct {
	w     io.Writer
	count int
}

func newMarkdown(w io.Writer, _ Options) Writer { return &markdownWriter{w: w} }

func (m *markdownWriter) Write(r *analyzer.Report) error {
	var b bytes.Buffer
	if m.count > 0 {
		b.WriteString("\n")
	}
	m.count++
	employer, source := placeOf(r)
	fmt.Fprintf(&b, "## %s\n", escape(titleOf(r)))
	paragraph(&b, employer)
	if source != "" {
		paragraph(&b, "from "+source)
	}
	what, remedy := doubt(r)
	if what != "" {
		fmt.Fprintf(&b, "\n**%s**\n", escape(what))
		paragraph(&b, remedy)
	}
	about := madeWith(r.Tool, r.Lexicon)
	if measured(r) {
		body(&b, r)
		paragraph(&b, excluded(r))
		about = caveat + " " + about
	}
	for _, w := range r.Warnings {
		paragraph(&b, "Warning: "+clean(w))
	}
	paragraph(&b, about)
	_, err := m.w.Write(b.Bytes())
	return err
}

func (m *markdownWriter) Close() error { return nil }

func body(b *bytes.Buffer, r *analyzer.Report) {
	b.WriteString("\n| Technical skills | People skills | Gap |\n|---:|---:|---:|\n")
	row(b, points(r.Scores.Technical), points(r.Scores.Soft), signed(r.Scores.Gap))
	if v := verdict(r); v != "" {
		fmt.Fprintf(b, "\n**%s**\n", escape(v))
	}
	b.WriteString("\n| People skills | How concretely | In the posting's words |\n|---|---|---|\n")
	for _, f := range r.Facets {
		for _, e := range f.Dimensions {
			words := ""
			if m, ok := analyzer.Best(r.Matches(e.ID)); ok {
				words = quote(m) + ", " + askWords(m.Ask)
			}
			row(b, name(f.Title, f.ID)+": "+nameOf(e), level(e), words)
		}
	}
	if es := stated(r.Technical); len(es) > 0 {
		b.WriteString("\n| Technical skills | How concretely | In the posting's words |\n|---|---|---|\n")
		for _, e := range es {
			row(b, nameOf(e), level(e), wordsOf(r.Matches(e.ID), 0))
		}
	}
	b.WriteString("\n")
	for _, n := range notes(r) {
		fmt.Fprintf(b, "- %s\n", escape(n))
	}
}

func paragraph(b *bytes.Buffer, text string) {
	if text != "" {
		fmt.Fprintf(b, "\n%s\n", escapeStart(text))
	}
}

func row(b *bytes.Buffer, cells ...string) {
	for _, c := range cells {
		fmt.Fprintf(b, "| %s ", escape(c))
	}
	b.WriteString("|\n")
}

// markdownSigns takes from cleaned text, which is one line, every power that
// Markdown and HTML give it anywhere in a line, the pipe's in a table
// included.
var markdownSigns = strings.NewReplacer(
	"\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "&lt;", ">", "&gt;", "&", "&amp;",
	"|", "\\|", "#", "\\#", "~", "\\~", "!", "\\!", "$", "\\$",
)

func escape(s string) string { return markdownSigns.Replace(s) }

// escapeStart is escape for what starts a line, where some signs open a list
// or underline a heading.
func escapeStart(s string) string {
	s = escape(s)
	if s == "" {
		return s
	}
	digits := strings.TrimLeft(s, "0123456789")
	switch {
	case strings.ContainsAny(s[:1], "+-="):
		return "\\" + s
	case len(digits) < len(s) && digits != "" && strings.ContainsAny(digits[:1], ".)"):
		return s[:len(s)-len(digits)] + "\\" + digits
	}
	return s
}
