package audit

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// groups parts the rows by a name, in the order of names; the nameless last.
func (a *Auditor) groups(rows []row, name func(*row) string) []Group {
	by := map[string][]row{}
	for i := range rows {
		n := name(&rows[i])
		by[n] = append(by[n], rows[i])
	}
	out := make([]Group, 0, len(by))
	for n, rows := range by {
		units, _ := a.units(rows)
		means := a.means(units)
		out = append(out, Group{Name: n, Postings: len(rows), Small: len(rows) < SmallGroup, Technical: means[0], Soft: means[1], Gap: means[2],
			Generic: share(rows, func(r *row) bool { return r.generic })})
	}
	slices.SortFunc(out, func(x, y Group) int {
		return cmp.Or(boolCompare(x.Name == "", y.Name == ""), strings.Compare(x.Name, y.Name))
	})
	return out
}

// rank puts the groups that are large enough by mean gap, the widest first, and
// behind them the small ones by size. Periods of time stay as they were.
func rank(groups []Group, by string) {
	if by == "year" || by == "month" {
		return
	}
	slices.SortStableFunc(groups, func(x, y Group) int {
		switch {
		case x.Small && y.Small:
			return cmp.Or(boolCompare(x.Name == "", y.Name == ""), cmp.Compare(y.Postings, x.Postings))
		case x.Small || y.Small:
			return boolCompare(x.Small, y.Small)
		}
		return cmp.Compare(y.Gap.Value, x.Gap.Value)
	})
}

func boolCompare(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

// monthsInTrend is the longest time told by month; beyond it, by year.
const monthsInTrend = 24

// trend groups the dated postings by month or by year, whichever gives at least
// two periods of a size that can be ranked; nil where neither does.
func (a *Auditor) trend() *Trend {
	var dated []row
	first, last := "9", ""
	for _, r := range a.rows {
		if r.period != 0 {
			dated = append(dated, r)
			first, last = min(first, a.texts.text[r.period]), max(last, a.texts.text[r.period])
		}
	}
	for _, unit := range []struct {
		name   string
		length int
	}{{"month", 7}, {"year", 4}} {
		if unit.name == "month" && len(dated) > 0 && months(last)-months(first) >= monthsInTrend {
			continue
		}
		periods := a.groups(dated, func(r *row) string { return prefix(a.texts.text[r.period], unit.length) })
		large := 0
		for _, p := range periods {
			if !p.Small {
				large++
			}
		}
		if large >= 2 {
			return &Trend{Unit: unit.name, Undated: len(a.rows) - len(dated), Periods: periods}
		}
	}
	return nil
}

// months counts those up to a "2026-02".
func months(s string) int {
	year, _ := strconv.Atoi(s[:4])
	month, _ := strconv.Atoi(s[5:])
	return 12*year + month
}
