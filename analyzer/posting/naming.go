package posting

import "strings"

// records are the elements that hold one posting, in lower case: the first of
// them that a feed opens is that of all its postings.
var records = set{names: `job item entry position vacancy vacature offer opening posting jobposting jobad joblisting listing requisition
	jobrequisition positionopening jobpositionposting stellenangebot annonce ad row record`}

// A naming is what a kind of feed calls its elements where no table has columns
// of such names (see fields): the ends of their paths within the record, and
// the names that their values go by.
type naming struct {
	root, record string // in lower case; an empty root is any
	names        map[string]string
}

var namings = []naming{
	{"workzag-jobs", "position", map[string]string{ // Personio
		"name": "title", "office": "location", "jobDescriptions": "description",
	}},
	{"", "item", map[string]string{"guid": "id"}},                                                             // RSS
	{"", "entry", map[string]string{"link@href": "url", "published": "date published", "updated": "created"}}, // Atom
	{"", "job", map[string]string{ // LinkedIn, Recruitee and others
		"applyUrl": "link", "listDate": "date", "description_requirements": "requirements",
	}},
	{"", "positionopening", hrXML},
	{"", "jobpositionposting", hrXML},
}

// hrXML is the PositionOpening of HR-XML 2, called JobPositionPosting before.
var hrXML = map[string]string{
	"PositionTitle": "title", "Company.Name": "company", "HiringOrg.HiringOrgName": "company", "OrganizationName": "company",
	"Municipality": "city", "Region": "state", "CountryCode": "country", "Id@validfrom": "date", "IdValue": "id",
	"FormattedPositionDescription": "description",
}

// prefixed are elements that another namespace of RSS adds, with the names
// that their values go by.
var prefixed = map[string]string{
	"content:encoded": "full description", "dc:date": "date published", "a10:updated": "date published",
	"joblisting:examplesofduties": "duties", "joblisting:supplementalinformation": "additional information", // NEOGOV
}

func namingOf(root, record string) naming {
	for _, n := range namings {
		if n.record == record && (n.root == "" || n.root == root) {
			return n
		}
	}
	return naming{}
}

// name returns what the value of an element goes by. An end of its path that
// says of what it is the title, text or date is enough: JobTitle.
func (n naming) name(path string) string {
	tail := path
	for {
		if name, ok := n.names[tail]; ok {
			return name
		}
		i := strings.IndexByte(tail, '.')
		if i < 0 {
			break
		}
		tail = tail[i+1:]
	}
	for _, of := range []string{"job", "position", "vacancy", "posting"} {
		if lower := strings.ToLower(tail); strings.HasPrefix(lower, of) && len(lower) > len(of) && fieldOf(tail).role != "" {
			return tail
		}
	}
	return path
}

// foreign are namespaces of what is beside a posting: pictures and sounds.
var foreign = set{names: "media itunes"}

func withoutPrefix(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }

// under is the path of an element within another. The items of a list
// (skills.skill, responsibilities.responsibility, requirements.item) are values
// of the list.
func under(path, name string) string {
	list := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
	item := strings.ToLower(name)
	switch {
	case path == "":
		return name
	case item == "", items.has(item), strings.HasPrefix(list, item[:max(len(item)-1, 1)]) && len(list) > len(item):
		return path
	}
	return path + "." + name
}

var items = set{names: "item entry element"}

// recordOf returns the element that holds a posting, without its prefix and in
// lower case: one that is known, else the one of which the head of the feed
// has most, of those that hold values of several names.
func recordOf(in *input) string {
	type open struct {
		name   string
		kids   int
		leaves map[string]bool
	}
	var stack []open
	count := map[string]int{}
	most := ""
	t := newTokens(strings.NewReader(in.text))
	for e := t.next(); e != ended; e = t.next() {
		name := withoutPrefix(t.name.lower)
		switch {
		case e == opened && records.has(name):
			return name
		case e == opened && !t.void:
			if n := len(stack); n > 0 {
				stack[n-1].kids++
			}
			stack = append(stack, open{name: name, leaves: map[string]bool{}})
		case e == closed && len(stack) > 0 && stack[len(stack)-1].name == name:
			last := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if n := len(stack); n > 0 && last.kids == 0 {
				stack[n-1].leaves[name] = true
			}
			if len(last.leaves) > 1 {
				if count[name]++; count[name] > count[most] {
					most = name
				}
			}
		}
	}
	return most
}
