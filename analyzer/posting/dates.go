package posting

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// layouts of dates that name the month or begin with the year.
var layouts = []string{
	"2006-1-2", "2006/1/2", "20060102", "2.1.2006",
	"Mon Jan 2 15:04:05 MST 2006", "Mon Jan 2 2006 15:04:05", "Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon, 2 Jan 2006",
	"January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "January 2 2006", "2 January 2006", "2 Jan 2006", "2-Jan-2006", "Monday, January 2, 2006",
}

// isoDate returns the day of a stated date in ISO 8601, or the date as stated
// where it cannot be read: relative to an unknown day ("3 days ago"), or
// ambiguous ("08/05/2026": nobody can say which of the two is the month).
func isoDate(s string) string {
	s = oneLine(s)
	if len(s) > 64 || !hasYear(s) {
		return s
	}
	if len(s) >= 10 && s[4] == '-' && s[7] == '-' && (len(s) == 10 || s[10] == 'T' || s[10] == ' ') {
		if _, err := time.Parse(time.DateOnly, s[:10]); err == nil {
			return s[:10]
		}
		return s
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 10 { // seconds or milliseconds since 1970
		if len(s) >= 13 {
			n /= 1000
		}
		if n < 1<<33 {
			return time.Unix(n, 0).UTC().Format(time.DateOnly)
		}
	}
	for _, t := range slices.Compact([]string{s, withoutZone(s), withoutOrdinal(s)}) {
		for _, l := range layouts {
			if isDigit(t[0]) != isDigit(l[0]) || strings.Count(t, " ") != strings.Count(l, " ") { // a date that cannot be read takes long
				continue
			}
			if d, err := time.Parse(l, t); err == nil {
				return d.Format(time.DateOnly)
			}
		}
	}
	european, err1 := time.Parse("2/1/2006", s)
	american, err2 := time.Parse("1/2/2006", s)
	switch {
	case err1 == nil && (err2 != nil || european.Equal(american)):
		return european.Format(time.DateOnly)
	case err2 == nil && err1 != nil:
		return american.Format(time.DateOnly)
	}
	return s
}

// hasYear reports whether four digits stand together, as in every date that
// can be read. Most that cannot are told by that ("3 days ago").
func hasYear(s string) bool {
	digits := 0
	for i := range len(s) {
		if digits++; s[i] < '0' || s[i] > '9' {
			digits = 0
		}
		if digits == 4 {
			return true
		}
	}
	return false
}

// withoutZone leaves out the zone at the end: "EST", "+0100", "GMT+0100 (CET)".
// Feeds state a wrong one often, and the day as written is the day meant.
func withoutZone(s string) string {
	s, _, _ = strings.Cut(s, " (")
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s
	}
	zone := s[i+1:]
	if strings.Trim(zone, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-:") != "" || strings.Trim(zone, "0123456789") == "" {
		return s
	}
	return s[:i]
}

// withoutOrdinal makes "4th February 2026" and "Feb 4th, 2026" plain.
func withoutOrdinal(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		w, comma := strings.CutSuffix(w, ",")
		for _, end := range []string{"st", "nd", "rd", "th"} {
			if n, ok := strings.CutSuffix(w, end); ok && strings.Trim(n, "0123456789") == "" && n != "" {
				words[i] = n
				if comma {
					words[i] += ","
				}
			}
		}
	}
	return strings.Join(words, " ")
}
