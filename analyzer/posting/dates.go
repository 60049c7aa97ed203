package posting

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// layouts of dates that name the month or begin with the year; "08/05/2026" is
// not among them, since nobody can say which of the two is the month.
var layouts = []string{
	"2006-1-2", "2006/1/2", "20060102", "2.1.2006",
	"Mon Jan 2 15:04:05 MST 2006", "Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05",
	"January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "January 2 2006", "2 January 2006", "2 Jan 2006", "2-Jan-2006", "Monday, January 2, 2006",
}

var (
	isoStart = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})([T ].*)?$`)
	zoneEnd  = regexp.MustCompile(`\s+([+-]\d{4}|[A-Z]{2,4})$`)
)

// isoDate returns the day of a stated date in ISO 8601, or the date as stated
// where it cannot be read: relative to an unknown day, or ambiguous.
func isoDate(s string) string {
	s = strings.TrimSpace(s)
	if m := isoStart.FindStringSubmatch(s); m != nil {
		if _, err := time.Parse(time.DateOnly, s[:10]); err == nil {
			return s[:10]
		}
		return s
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 10 {
		if len(s) >= 13 {
			n /= 1000
		}
		if n < 1<<33 {
			return time.Unix(n, 0).UTC().Format(time.DateOnly)
		}
	}
	for _, t := range []string{s, zoneEnd.ReplaceAllString(s, "")} {
		for _, l := range layouts {
			if d, err := time.Parse(l, t); err == nil {
				return d.Format(time.DateOnly)
			}
		}
	}
	return s
}
