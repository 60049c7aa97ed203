package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"softgap/analyzer/audit"
)

//go:embed audit.gohtml audit.css
var auditPage embed.FS

// auditTemplate is the page, parsed on first use, since parsing takes longer
// than scoring a posting. Everything of a posting passes
// html/template, and clean before it where it could turn the direction of what
// is read; the style sheet alone is ours and goes in as it is.
var auditTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("audit.gohtml").Funcs(template.FuncMap{
		"style": func() (template.CSS, error) {
			css, err := auditPage.ReadFile("audit.css")
			return template.CSS(css), err
		},
		"key":   func() []int { return []int{4, 3, 2, 1} }, // the levels, as the bars have them
		"clean": clean, "name": name, "figure": figure, "signed": signedFigure, "points": points, "plus": signed, "between": between,
		"percent": percent, "percents": percents, "concretely": concretely, "levelWords": levelWords, "askWords": askWords,
		"title": auditTitle, "subject": subject, "counts": counts, "nobody": nobody, "reading": reading, "exclusion": exclusionWords,
		"groupsTitle": groupsTitle, "groupsHead": groupsHead, "ungrouped": ungrouped, "groupName": groupName, "refTitle": refTitle, "place": refPlace, "source": refSource, "link": link, "explain": explainLine,
		"technicalWords": func(e audit.Example) string { return saidWords(e.Skills, technicalColumns) },
		"peopleWords":    func(e audit.Example) string { return saidWords(e.Said, peopleColumns) },
		"narrowest":      narrowestTitle, "few": func() int { return audit.SmallGroup },
		"scatter": drawScatter, "gaps": drawGaps, "bar": drawBar, "interval": drawInterval,
		"part":   func(title string, asked []audit.Asked) askedPart { return askedPart{title, asked} },
		"groups": newGroupsPart,
		"number": func(kind string, i int) string { return fmt.Sprintf("%s-%d", kind, i+1) },
		"stand":  func(kind, title string, es []audit.Example) standPart { return standPart{kind, title, es} },
	}).ParseFS(auditPage, "audit.gohtml"))
})

// What the page's parts are made of.
type (
	askedPart struct {
		Title string
		Asked []audit.Asked
	}
	groupsPart struct {
		Title, By string
		Groups    []audit.Group
		More      int
	}
	standPart struct {
		Kind, Title string
		Examples    []audit.Example
	}
)

func newGroupsPart(title, by string, groups []audit.Group) groupsPart {
	show, more := shownGroups(groups)
	return groupsPart{title, by, show, more}
}

// auditHTML writes one file that needs no other.
func auditHTML(w io.Writer, a *audit.Audit, _ Options) error {
	var b bytes.Buffer
	if err := auditTemplate().Execute(&b, a); err != nil {
		return fmt.Errorf("fill in page: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// link is a posting's own address if it is one of the web, or "".
func link(r audit.Ref) string {
	for _, u := range []string{r.URL, r.Source} {
		if strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://") {
			return u
		}
	}
	return ""
}
