package posting

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rows are the records of a feed as the rows of a table. Its columns are those
// of the first records; a later record may bring others.
type rows struct {
	in     *input
	naming naming
	yield  func(Posting) bool
	asked  map[string]bool // names that the user gave, bare

	names   []string
	place   map[string]int // of the paths of elements among names
	columns *columns       // chosen; nil until then, and when a name came that matters
	sample  [][]string     // the first rows, by which they are chosen
	waiting []feedRow      // until they are
	size    int            // of these, in bytes
	records int            // so far
	known   bool           // the record's element is one that holds postings
	titled  bool           // the record is an item of news, with no more than a title to say whose it is
	paired  bool           // all of the first titles are "Company: Role"
}

// A feedRow holds the values of a record by column.
type feedRow struct {
	values   []string
	employer string // that the feed names
	warning  string
	problem  string // in place of all this
}

// The columns are chosen by so many records, or so many bytes of them.
const (
	fewRecords = 32
	fewBytes   = 1 << 20
)

func newRows(in *input, root, record string, yield func(Posting) bool) *rows {
	r := &rows{
		in: in, naming: namingOf(root, record), yield: yield, asked: map[string]bool{}, place: map[string]int{},
		known: records.has(record), titled: record == "item" || record == "entry",
	}
	for _, name := range in.reader.Keep {
		r.asked[bare(name)] = true
	}
	for _, names := range in.reader.Columns {
		for _, name := range names {
			r.asked[bare(name)] = true
		}
	}
	return r
}

// add takes a record and returns whether to go on.
func (r *rows) add(values []said, employer, warning string) bool {
	next := feedRow{employer: employer, warning: warning}
	of := map[int][]string{}
	for _, v := range values {
		if i := r.column(v.path); i >= 0 && v.text != "" {
			of[i] = append(of[i], v.text)
			r.size += len(v.text)
		}
	}
	next.values = make([]string, len(r.names))
	for i, all := range of {
		next.values[i] = together(fieldOf(r.names[i]).role, all)
	}
	return r.take(next)
}

// unread takes a record that cannot be read.
func (r *rows) unread(problem string) bool { return r.take(feedRow{problem: problem}) }

func (r *rows) take(next feedRow) bool {
	r.records++
	if r.columns != nil {
		return r.posting(next)
	}
	r.waiting = append(r.waiting, next)
	if len(r.waiting) < fewRecords && r.size < fewBytes && r.sample == nil {
		return true
	}
	return r.choose()
}

// choose chooses the columns and yields the postings that waited for them.
func (r *rows) choose() bool {
	first := r.sample == nil
	if first {
		r.paired = true
		for _, w := range r.waiting {
			r.sample = append(r.sample, w.values)
		}
	}
	var err error
	r.columns, err = r.in.reader.columns(r.names, r.sample)
	if err != nil && r.known {
		r.shorten()
		r.columns, err = r.in.reader.columns(r.names, r.sample)
	}
	if err != nil && r.known && len(r.in.reader.Columns) == 0 && slices.ContainsFunc(r.names, func(n string) bool { return fieldOf(n).role == titleRole }) {
		r.column("description") // a list of titles: each is a record without text
		r.columns, err = r.in.reader.columns(r.names, r.sample)
	}
	if err != nil && slices.ContainsFunc(r.waiting, func(w feedRow) bool { return w.problem == "" }) {
		problem := err.Error()
		if !strings.HasPrefix(problem, NoColumn) {
			problem = "XML without postings: " + problem
		}
		r.yield(Posting{Problem: problem})
		return false
	}
	if first && err == nil {
		r.in.note("%v", r.columns)
		for _, w := range r.waiting {
			r.paired = r.paired && (w.problem != "" || strings.Contains(r.columns.value(titleRole, w.values), ": "))
		}
	}
	waiting := r.waiting
	r.waiting = nil
	for _, w := range waiting {
		if !r.posting(w) {
			return false
		}
	}
	return true
}

// shorten names columns by the ends of their paths: details.title is the title
// where there is none surer. What stands within an employer is of the employer.
func (r *rows) shorten() {
	for i, name := range r.names {
		of, last, ok := cutLast(name)
		if ok && fieldOf(name).role == "" && fieldOf(last).role != "" && fieldOf(of).role != organizationRole {
			r.names[i] = last
		}
	}
}

// cutLast parts the last name of a path from the one it stands in.
func cutLast(path string) (of, last string, ok bool) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return "", path, false
	}
	return path[strings.LastIndexByte(path[:i], '.')+1 : i], path[i+1:], true
}

// end yields what still waits, or says that there was no record.
func (r *rows) end() bool {
	if r.records == 0 {
		return r.yield(Posting{Problem: "XML without postings: it has no records, such as job, item or entry elements: save the posting as text or HTML"})
	}
	return len(r.waiting) == 0 || r.choose()
}

const emptyRecord = "no text: the record's description is empty: give a feed with the texts, or save the posting's own page"

// posting yields the posting of a row.
func (r *rows) posting(w feedRow) bool {
	if w.problem != "" {
		return r.yield(Posting{Problem: w.problem})
	}
	p := r.columns.posting(w.values)
	p.Markup = true
	if p.Problem != "" {
		p.Problem = emptyRecord
	}
	p.URL = resolve(r.in.Source, p.URL)
	if w.warning != "" {
		p.Warnings = append(p.Warnings, w.warning)
	}
	if r.titled && p.Organization == "" && w.employer == "" {
		p.Title, p.Organization = r.split(p.Title)
	}
	if p.Organization == "" {
		p.Organization = w.employer
	}
	return r.yield(p)
}

// split parts a title of "Company: Role", where all titles of the feed are
// like that, "Role at Company" or "Role — Company".
func (r *rows) split(title string) (role, company string) {
	if before, after, ok := strings.Cut(title, ": "); ok && r.paired {
		return after, before
	}
	for _, sep := range []string{" at ", " @ ", " — "} {
		i := strings.LastIndex(title, sep)
		if i < 0 {
			continue
		}
		company := title[i+len(sep):]
		if first, _ := utf8.DecodeRuneInString(company); i > 0 && len(company) <= longestCompany && (unicode.IsUpper(first) || unicode.IsDigit(first)) {
			return title[:i], company
		}
	}
	return title, ""
}

// longestCompany is how long the name of a company in a title may be.
const longestCompany = 60

// column returns the place of the values of an element, or -1.
func (r *rows) column(path string) int {
	if i, ok := r.place[path]; ok {
		return i
	}
	name := path
	if len(r.asked) == 0 || !r.asked[bare(path)] {
		name = r.naming.name(path)
	}
	i := slices.Index(r.names, name)
	if i < 0 {
		if len(r.names) == mostNames {
			return -1
		}
		if fieldOf(name).role != "" || r.asked[bare(name)] {
			r.columns = nil
		}
		i = len(r.names)
		r.names = append(r.names, name)
	}
	if len(r.place) < mostNames {
		r.place[path] = i
	}
	return i
}

// together is what several values say that go by one name.
func together(role string, all []string) string {
	switch role {
	case titleRole, organizationRole, dateRole, idRole, urlRole:
		return all[0]
	}
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
	switch role {
	case descriptionRole, partRole, offerRole:
		if len(all) == 1 || slices.ContainsFunc(all, func(s string) bool { return strings.ContainsAny(s, "\n<&") || len(s) > longestItem }) {
			return strings.Join(all, "\n\n")
		}
		return bullet + strings.Join(all, "\n"+bullet)
	}
	return strings.Join(all, "; ")
}

// longestItem is how long the items of a list are; longer texts are paragraphs.
const longestItem = 300
