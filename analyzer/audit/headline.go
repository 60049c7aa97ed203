package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"softgap/analyzer/score"
)

// headline is the sentence to forward: what the postings have in common on the
// people side, and what none, or next to none, asks for.
func headline(a *Audit) string {
	if a.Scored == 0 {
		return fmt.Sprintf("None of %s could be scored.", postings(a.Read))
	}
	sentence := common(a) + "; " + absent(a) + "."
	if left := a.Thin + a.Unscorable; left > a.Scored { // who forwards the sentence must say of how few it is
		sentence += fmt.Sprintf(" The other %s could not be scored.", postings(left))
	}
	return sentence
}

// telling is the share of postings from which their stock phrases are the news.
const telling = 0.25

func common(a *Audit) string {
	const beyond = "a people skill beyond stock phrases such as “communication skills”"
	n, tilted := a.Generic.Postings, 0
	for _, v := range a.Verdicts {
		if v.Verdict != score.Balanced {
			tilted += v.Postings
		}
	}
	switch {
	case n == 1 && a.Scored == 1:
		return "The one posting scored asks for no" + strings.TrimPrefix(beyond, "a")
	case n == a.Scored:
		return fmt.Sprintf("None of %s asks for %s", postings(n), beyond)
	case float64(n) >= telling*float64(a.Scored):
		return fmt.Sprintf("%d of %d postings %s for no%s", n, a.Scored, verb(n, "asks", "ask"), strings.TrimPrefix(beyond, "a"))
	case 2*tilted >= a.Scored:
		return fmt.Sprintf("%d of %s %s technical skills clearly more concretely than people skills (mean scores %.0f and %.0f of 100)",
			tilted, postings(a.Scored), verb(tilted, "states", "state"), float64(a.Technical.Mean.Value), float64(a.Soft.Mean.Value))
	}
	return fmt.Sprintf("%d of %s %s for %s", a.Scored-n, postings(a.Scored), verb(a.Scored-n, "asks", "ask"), beyond)
}

// absent names what no posting asks for, and then what the fewest do.
func absent(a *Audit) string {
	const most = 3
	rare := slices.Clone(a.Dimensions)
	slices.SortStableFunc(rare, func(x, y Asked) int { return cmp.Compare(x.Postings, y.Postings) })
	var none, few []string
	for _, d := range rare {
		switch {
		case d.Postings == 0:
			none = append(none, lower(d.Title))
		case len(none)+len(few) < most:
			few = append(few, fmt.Sprintf("%s (%d)", lower(d.Title), d.Postings))
		}
	}
	switch more := len(none) - most; {
	case len(none) == len(rare):
		return "none asks for any of the twelve people skills"
	case more > 1:
		return fmt.Sprintf("none asks for %s or %d other people skills", strings.Join(none[:most], ", "), more)
	case len(none) == 0:
		return "the fewest ask for " + list(few, "and")
	case len(few) == 0:
		return "none asks for " + list(none, "or")
	}
	return "none asks for " + list(none, "or") + ", the fewest others for " + list(few, "and")
}

func postings(n int) string {
	if n == 1 {
		return "1 posting"
	}
	return strconv.Itoa(n) + " postings"
}

func verb(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// list joins names as a sentence does.
func list(names []string, and string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " " + and + " " + names[last]
}

// lower makes a title fit for the middle of a sentence.
func lower(title string) string {
	if title == "" {
		return ""
	}
	return strings.ToLower(title[:1]) + title[1:]
}
