package fetch

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Workday's lists can be narrowed by facets (place, family of jobs), and a
// query shows 2,000 postings at most. One that has more is divided by a facet
// into queries that have fewer. They may overlap, for a posting may have two
// places.

// facets are the values that a query is narrowed to, by the names of facets.
type facets map[string][]string

// value is the id of a facet's value, as it stands in the address of a search.
var value = expression(`^[0-9a-f]{32}$`)

// narrowed are the facets of the search that the user's address holds.
func (p place) narrowed() facets {
	by := facets{}
	for key, values := range p.query {
		for _, v := range values {
			if value().MatchString(v) {
				by[key] = append(by[key], v)
			}
		}
	}
	return by
}

// asks is the body of a request for a page of a query.
func (r *reading) asks(offset int, by facets) string {
	f, _ := json.Marshal(by)
	q, _ := json.Marshal(r.query.Get("q"))
	return strings.NewReplacer("{offset}", strconv.Itoa(offset), "{facets}", string(f), "{search}", string(q)).Replace(r.body)
}

// part is one of the queries that a query is divided into.
type part struct {
	by    facets
	count int
}

// divide divides a query by the facet whose largest part is smallest, of those
// that cover it; nil if there is none.
func (l *list) divide(by facets, most int) (parts []part) {
	var answer struct {
		Facets []struct {
			FacetParameter string
			Values         []struct {
				ID    string
				Count int
			}
		}
	}
	if json.Unmarshal(l.top, &answer) != nil {
		return nil
	}
	best := l.total + 1<<30
	for _, f := range answer.Facets {
		if by[f.FacetParameter] != nil || f.FacetParameter == "" {
			continue
		}
		var ps []part
		sum, largest := 0, 0
		for _, v := range f.Values {
			if v.ID == "" || v.Count <= 0 {
				continue
			}
			narrower := maps.Clone(by)
			narrower[f.FacetParameter] = []string{v.ID}
			ps = append(ps, part{narrower, v.Count})
			sum += v.Count
			largest = max(largest, v.Count)
		}
		if len(ps) > 1 && sum >= most && largest < best {
			parts, best = ps, largest
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return b.count - a.count })
	return parts
}
