package posting

import (
	"fmt"
	"slices"
	"strings"
)

// The roles that a column of a table or a key of an object may have: what its
// value says of the posting.
const (
	idRole           = "id"
	titleRole        = "title"
	organizationRole = "organization"
	locationRole     = "location"
	dateRole         = "date"
	urlRole          = "url"
	descriptionRole  = "description"
)

// Roles returns the roles that Reader.Columns may name.
func Roles() []string {
	return []string{titleRole, organizationRole, locationRole, dateRole, descriptionRole, idRole, urlRole}
}

// Columns say which columns hold what. It is made once for a table.
type columns struct {
	names []string // of all columns
	role  map[string][]int
	parts []part // texts to be joined behind the description
	kept  []int
}

// A part is a column that holds a section of the text.
type part struct {
	column int
	head   string
}

// columns chooses the columns of a table by the user's word, else by their
// names. sample holds a few of its rows, each as long as names, to tell row
// numbers from ids and teasers from descriptions; it may be empty. The error
// names a column that the user asked for and that is not there, or says that
// no column holds a text.
func (r *Reader) columns(names []string, sample [][]string) (*columns, error) {
	c := &columns{names: names, role: map[string][]int{}}
	for role, wanted := range r.Columns {
		for _, w := range wanted {
			i := slices.Index(names, w)
			if i < 0 {
				return nil, fmt.Errorf("no column %q: there are %s", w, strings.Join(names, ", "))
			}
			c.role[role] = append(c.role[role], i)
		}
	}
	_ = sample
	return c, nil
}

// posting makes a Posting of the values of one record, as many as there
// are columns.
func (c *columns) posting(values []string) Posting {
	_ = values
	return Posting{}
}
