package posting

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// places are where well-known career sites and common templates put the text
// of a posting, surest first.
var places = []string{
	"[data-automation='jobAdDetails']", ".show-more-less-html__markup", ".iCIMS_JobContent", ".jobdescription", "#jobDescriptionText",
	"[data-testid*='job-description']", "#job-description", ".job-description", "#jobDescription", ".jobDescription", ".job_description",
	".job-details", ".job-content", ".posting-page", ".vacancy-description", "main", "[role='main']", "article",
}

// furniture are words of class names and ids of what stands around a posting.
var furniture = set{names: `nav navbar navigation menu breadcrumb breadcrumbs sidebar footer cookie cookies consent gdpr onetrust similar
	related recommended recommendations newsletter subscribe social share sharing modal popup dialog login signin pagination
	banner advert ads comments skip`}

// roles are those of the same in ARIA.
var roles = set{names: "navigation banner contentinfo complementary search dialog alertdialog menu menubar alert"}

// elsewhere matches headings of lists of other postings. Like the names above
// it tells the frame of a page from its text; what the text says is left to
// the word lists.
var elsewhere = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(similar|related|other|more|recommended|featured|latest|suggested)\b.{0,30}\b(jobs|roles|positions|vacancies|openings|searches|opportunities)\b|^(people also (viewed|searched)|you (may|might) also like|jobs you (may|might)|explore (more|other) jobs|share this (job|page|role)|sign up for job alerts|job alerts?$)`)
})

// enough is the number of letters and digits that make a text worth scoring;
// a posting of a few lines has twice that.
const enough = 160

// several bounds how many elements of a kind are looked at closely, so that
// the time stays in proportion to the page.
const several = 64

// content finds the main content of a page by what stands around it.
type content struct {
	doc   *goquery.Document
	size  map[*html.Node]int // letters shown in each element
	links map[*html.Node]int // letters of these within links
	list  map[*html.Node]bool
	title *html.Node          // the h1, never dropped
	above map[*html.Node]bool // title and the elements around it
}

func newContent(doc *goquery.Document) *content {
	c := &content{doc: doc, size: map[*html.Node]int{}, links: map[*html.Node]int{}, list: map[*html.Node]bool{}, above: map[*html.Node]bool{}}
	c.measure(doc.Nodes[0], false)
	for _, n := range doc.Find("h1").Nodes {
		if c.size[n] > 0 {
			c.title = n
			break
		}
	}
	for n := c.title; n != nil; n = n.Parent {
		c.above[n] = true
	}
	found := 0
	for _, n := range doc.Find("h2, h3, h4").Nodes {
		if c.size[n] > 0 && c.size[n] < 60 && found < several && elsewhere().MatchString(oneLine(plain(nil, n))) {
			c.others(n)
			found++
		}
	}
	return c
}

func (c *content) measure(n *html.Node, linked bool) (size, links int) {
	if n.Type == html.TextNode {
		size = letterCount(n.Data)
		if linked {
			links = size
		}
		return size, links
	}
	if n.Type == html.ElementNode && hidden(n) {
		return 0, 0
	}
	linked = linked || n.Data == "a"
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		s, l := c.measure(k, linked)
		size, links = size+s, links+l
	}
	c.size[n], c.links[n] = size, links
	return size, links
}

// others drops the list of other postings that a heading begins: the largest
// element around the heading in which it comes first, or what follows it.
func (c *content) others(h *html.Node) {
	n := h
	for p := n.Parent; p != nil && p.Type == html.ElementNode && c.first(p) == n && !c.vital(p); p = n.Parent {
		n = p
	}
	c.list[n] = true
	for s := h.NextSibling; n == h && s != nil && (heading(s) == 0 || heading(s) > heading(h)); s = s.NextSibling {
		c.list[s] = true
	}
}

// first returns the first child that shows anything.
func (c *content) first(n *html.Node) *html.Node {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.TextNode && strings.TrimSpace(k.Data) != "" || c.size[k] > 0 {
			return k
		}
	}
	return nil
}

// vital reports whether an element cannot be furniture: it holds the title or
// most of the page.
func (c *content) vital(n *html.Node) bool {
	return n.Data == "body" || n.Data == "html" || n.Data == "main" || c.above[n] || 2*c.size[n] > c.size[c.doc.Nodes[0]]
}

// around reports whether an element stands around the posting.
func (c *content) around(n *html.Node) bool {
	if c.list[n] {
		return true
	}
	switch n.Data {
	case "nav", "footer", "aside", "dialog":
		return !c.vital(n)
	case "header":
		return !c.vital(n) && c.links[n] > 0
	case "button", "label", "legend":
		return true
	}
	if !blocks.has(n.Data) || n.Data == "p" || n.Data == "li" && c.links[n] == 0 {
		return false
	}
	return (roles.has(attr(n, "role")) || has(n, "aria-modal") || c.linkList(n) || decorated(n)) && !c.vital(n)
}

// linkList reports whether an element is a list of links rather than prose
// with links in it.
func (c *content) linkList(n *html.Node) bool {
	if c.links[n] < 20 || 5*c.links[n] < 4*c.size[n] {
		return false
	}
	return n.Data == "ul" || n.Data == "ol" || n.Data == "div" || n.Data == "table" || n.Data == "section"
}

// decorated reports whether a class or id names a part of the page's furniture.
func decorated(n *html.Node) bool {
	for _, name := range []string{attr(n, "id"), attr(n, "class")} {
		if slices.ContainsFunc(strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r < ' ' }), func(w string) bool {
			return furniture.has(strings.ToLower(w))
		}) {
			return true
		}
	}
	return false
}

// text returns the main content: the first known place with enough of the
// page's words, else all that is not furniture.
func (c *content) text() string {
	for _, place := range places {
		var nodes []*html.Node
		size := 0
		found := c.doc.Find(place).Nodes
		for _, n := range found[:min(len(found), several)] {
			if !slices.ContainsFunc(nodes, func(o *html.Node) bool { return ancestor(o, n) }) && len(nodes) < 8 && !c.dropped(n) {
				nodes = append(nodes, n)
				size += c.size[n]
			}
		}
		if size < enough {
			continue
		}
		if t := plain(c.around, nodes...); letterCount(t) >= enough {
			return t
		}
	}
	return plain(c.around, c.doc.Nodes[0])
}

// dropped reports whether an element lies within furniture.
func (c *content) dropped(n *html.Node) bool {
	for p := n; p != nil && p.Type == html.ElementNode; p = p.Parent {
		if hidden(p) || c.around(p) {
			return true
		}
	}
	return false
}

// letterCount counts letters and digits.
func letterCount(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' {
				n++
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n++
		}
	}
	return n
}

// posting reads a page that does not describe itself. A page with little on it
// keeps all its visible words, so that a wall can be told by them.
func (c *content) posting(in *input) Posting {
	p := Posting{Markup: true, URL: address(in), Text: c.text()}
	if letterCount(p.Text) < enough {
		p.Text = plain(nil, c.doc.Nodes[0])
	}
	switch {
	case c.shell(p.Text):
		p.Problem = ScriptShell
	case c.isListing(letterCount(p.Text)):
		p.Problem = listing
	default:
		p.Problem = c.wall(letterCount(p.Text))
	}
	c.head(&p)
	stated(&p)
	return p
}

// shell reports whether a page is an empty frame that a script fills.
func (c *content) shell(text string) bool {
	if len(strings.Fields(text)) >= 40 || c.doc.Find("script").Length() == 0 {
		return false
	}
	return strings.TrimSpace(c.doc.Find("noscript").Text()) != "" || strings.TrimSpace(text) == "" ||
		c.doc.Find("div#root, div#app, div#__next, app-root").Length() > 0
}

// wall says what a page of few letters puts before its text, as far as its
// elements show it; what only its words show is left to later steps.
func (c *content) wall(letters int) string {
	if letters >= 2*enough {
		return ""
	}
	if c.doc.Find("input[type='password']").Length() > 0 {
		return LoginWall
	}
	for _, n := range c.doc.Find("[id*='consent' i], [class*='consent' i], [id*='cookie' i], [class*='cookie' i]").Nodes {
		if n.Data != "html" && n.Data != "body" && 2*c.size[n] > c.size[c.doc.Nodes[0]] {
			return CookieWall
		}
	}
	return ""
}

const listing = "a list of postings, not one: give the page of a single posting"

// results are the entries of lists of well-known sites: Jobvite, HRMDirect,
// iCIMS, SuccessFactors, LinkedIn.
const results = ".jv-job-list-location, tr[data-req-id], .iCIMS_JobCardItem, .iCIMS_JobListingRow, #searchresults .data-row, .base-search-card"

// isListing reports whether a page of so many letters is a list of links to
// postings: several of them, the first near the top, and little text to each.
func (c *content) isListing(letters int) bool {
	if n := c.doc.Find(results).Length(); n > 0 && letters < 300*n {
		return true
	}
	links := map[string]bool{}
	before, seen := 0, 0 // letters before the first link, and so far
	var look func(n *html.Node)
	look = func(n *html.Node) {
		if n.Type == html.TextNode {
			seen += letterCount(n.Data)
			return
		}
		if n.Type == html.ElementNode && (hidden(n) || c.around(n) && !c.linkList(n)) {
			return
		}
		if href := attr(n, "href"); n.Data == "a" && toPosting(href) {
			if len(links) == 0 {
				before = seen
			}
			links[href] = true
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			look(k)
		}
	}
	look(c.doc.Nodes[0])
	return len(links) >= 3 && letters < 300*len(links) && 4*before < letters
}

// toPosting reports whether an address looks like that of a posting.
func toPosting(href string) bool {
	path, _, _ := strings.Cut(href[:min(len(href), 1024)], "?")
	path = strings.ToLower(path)
	for _, word := range []string{"job", "career", "vacanc", "position", "opening"} {
		if i := strings.Index(path, word); i >= 0 && strings.Contains(path[i:], "/") {
			return true
		}
	}
	return false
}

// head fills in what the page says of title, organisation, place and date.
func (c *content) head(p *Posting) {
	full := textIn(c.doc.Find("title"))
	if c.title != nil {
		p.Title = oneLine(plain(nil, c.title))
	}
	for _, t := range []string{
		c.shown("[class*='job-title'], [class*='jobTitle'], [class*='topcard__title'], [data-automation='job-detail-title']"),
		attrOf(c.doc, "meta[property='og:title']", "content"), c.shown("h2"), full,
	} {
		if p.Title == "" && titleLike(t, t) {
			p.Title = t
		}
	}
	p.Organization = short(c.shown("[class*='org-name'], [class*='company-name'], [class*='companyName'], [data-automation='advertiser-name']"))
	if rest, ok := strings.CutPrefix(full, p.Title); ok && p.Organization == "" && p.Title != "" {
		p.Organization = short(after(rest))
	}
	p.Location = attrOf(c.doc, "meta[name='location']", "content")
	if p.Location == "" {
		p.Location = short(c.shown("[class*='job-location'], [class*='jobLocation'], [class*='job__location'], [class~='location'], [class*='flavor--bullet'], [data-automation='job-detail-location']"))
	}
	p.DatePosted = isoDate(attrOf(c.doc, "meta[property='article:published_time']", "content"))
	if p.DatePosted == "" && c.doc.Find("time[datetime]").Length() == 1 {
		p.DatePosted = isoDate(attrOf(c.doc, "time[datetime]", "datetime"))
	}
}

// shown returns the text of the first element with any, on one line.
func (c *content) shown(selector string) string {
	for _, n := range c.doc.Find(selector).Nodes {
		if c.size[n] > 0 {
			return oneLine(plain(nil, n))
		}
	}
	return ""
}

// after returns the next part of a page title: "Rivertown" of " at Rivertown | Jobs".
func after(rest string) string {
	for _, sep := range []string{" at ", " - ", " – ", " — ", " | ", " @ "} {
		if s, ok := strings.CutPrefix(rest, sep); ok {
			return oneLine(strings.FieldsFunc(s+" ", func(r rune) bool { return strings.ContainsRune("-–—|", r) })[0])
		}
	}
	return ""
}

// short is s unless it is too long for a name.
func short(s string) string {
	if len(s) > 100 {
		return ""
	}
	return s
}

// textIn is the text of an element that is not part of the page, as title.
func textIn(s *goquery.Selection) string { return oneLine(s.First().Text()) }
