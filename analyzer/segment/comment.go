package segment

import "strings"

// longestComment bounds how far the end of a comment is looked for.
const longestComment = 2000

// comment reports whether a piece lies in a comment of Markdown or HTML, which
// no reader of the posting sees: <!-- ... -->.
func (c *classifier) comment(p *piece) bool {
	text := c.text.Text[p.start:min(len(c.text.Text), p.start+longestComment)]
	if strings.HasPrefix(text, "<!--") {
		if n := strings.Index(text, "-->"); n > 0 {
			c.hidden = p.start + n
		}
	}
	return p.start < c.hidden
}
