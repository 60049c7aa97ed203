package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/score"
)

// This file turns the Report's codes into plain words; the faces share it.

const caveat = "This measures what the posting states, not what the employer values: silence in the text is no proof of indifference."

// levels are the four levels of the codebook, in words, after "none".
var levels = [...]string{"not asked for", "generic phrase", "named", "in context", "as behaviour"}

func levelWords(level int) string { return levels[min(max(level, 0), len(levels)-1)] }

func askWords(ask string) string {
	switch ask {
	case "required":
		return "required"
	case "duty":
		return "a duty"
	case "role":
		return "said of the role"
	case "preferred":
		return "nice to have"
	}
	return clean(ask)
}

// abouts are the reasons for which text does not count, in the order in which
// they are shown.
var abouts = []struct{ code, phrase string }{
	{"employer", "about the company"},
	{"offer", "about benefits"},
	{"legal", "legal"},
	{"other", "other"},
}

// name is the plain name of a dimension, category or facet.
func name(title, id string) string {
	if title == "" {
		title = strings.ReplaceAll(id, "_", " ")
	}
	return clean(title)
}

func nameOf(e score.Evidence) string { return name(e.Title, e.ID) }

// level says how concretely a dimension is asked for, and in how many
// statements if in more than one.
func level(e score.Evidence) string {
	if e.Statements > 1 && e.Level > 0 {
		return fmt.Sprintf("%s (%dx)", levelWords(e.Level), e.Statements)
	}
	return levelWords(e.Level)
}

func points(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// signed is a number of points with its sign; nothing is plus or minus zero.
func signed(x float64) string {
	s := points(x)
	switch {
	case s == "-0.0" || s == "0.0":
		return "0.0"
	case x > 0:
		return "+" + s
	}
	return s
}

// number is a weight or evidence, to four decimals and no idle zeros.
func number(x float64) string {
	s := strings.TrimRight(strconv.FormatFloat(x, 'f', 4, 64), "0")
	if s = strings.TrimRight(s, "."); s == "-0" {
		return "0"
	}
	return s
}

// count is "1 statement", "2 statements".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// bar draws a score of 0 to 100 in n cells; anything above zero shows.
func bar(x float64, n int) string {
	full := min(n, max(0, int(x/100*float64(n)+0.5)))
	if full == 0 && x > 0 {
		full = 1
	}
	return strings.Repeat("█", full) + strings.Repeat("░", n-full)
}

func titleOf(r *analyzer.Report) string {
	if t := clean(r.Posting.Title); t != "" {
		return t
	}
	return "(untitled posting)"
}

// placeOf says whose posting it is and where it was read.
func placeOf(r *analyzer.Report) (employer, source string) {
	var parts []string
	for _, s := range []string{r.Posting.Organization, r.Posting.Location, r.Posting.DatePosted} {
		if s = clean(s); s != "" {
			parts = append(parts, s)
		}
	}
	source = clean(r.Posting.Source)
	switch source {
	case "":
		source = clean(r.Posting.URL)
	case "-":
		source = "standard input"
	}
	if source != "" && r.Posting.Record > 1 {
		source += ", record " + strconv.Itoa(r.Posting.Record)
	}
	if id := clean(r.Posting.ID); id != "" && source != "" {
		source += ", id " + id
	}
	return strings.Join(parts, ", "), source
}

// verdict is the verdict in one plain sentence. The gap alone can be small
// because little is asked on either side; that is never called good.
func verdict(r *analyzer.Report) string {
	technical, soft := r.Scores.Technical, r.Scores.Soft
	switch r.Verdict {
	case score.HellerPattern:
		return "Concrete about technical skills, next to silent about people: people skills are missing, stock phrases, or only nice to have."
	case score.TiltedTechnical:
		if soft == 0 {
			return "Tilted: technical skills are asked for, people skills are not."
		}
		return "Tilted: technical skills are stated more concretely than people skills."
	case score.Balanced:
		switch {
		case technical == 0 && soft == 0:
			return "Neither technical nor people skills are asked for: there is nothing to compare."
		case r.Scores.Gap < -r.Cutoffs.BalancedGap:
			return "People skills are stated more concretely than technical skills."
		case soft <= r.Cutoffs.HellerSoft && technical < r.Cutoffs.HellerTechnical:
			return "The gap is small, but little is asked for on either side."
		case soft <= r.Cutoffs.HellerSoft:
			return "The gap is small, but little is asked for on the people side."
		}
		return "Balanced: people skills are stated about as concretely as technical skills."
	}
	return ""
}

// measured reports whether there are figures to show.
func measured(r *analyzer.Report) bool {
	return r.Status == score.Scored || r.Status == score.Thin
}

// doubt is what a posting that is not scored as it should be has to say
// first: what it is, why, and what to do about it. It is empty for a scored
// posting, and for no other: an unknown status is not scored either.
func doubt(r *analyzer.Report) (status, remedy string) {
	reason := strings.TrimRight(clean(r.Reason), ". ")
	switch r.Status {
	case score.Scored:
		return "", ""
	case score.Thin:
		if reason == "" {
			reason = "the posting says too little of the person it looks for"
		}
		return "TOO LITTLE TO JUDGE: " + reason + ".",
			fmt.Sprintf("What to do: score the full text. These figures stand on %s of %s and carry no verdict.",
				count(r.Figures.CandidateStatements, "statement"), count(r.Figures.CandidateWords, "word"))
	}
	if reason == "" {
		reason = "the text could not be read as a posting"
	}
	reason, remedy = remedyFor(reason)
	return "NOT SCORED: " + reason + ".", "What to do: " + remedy + ". Nothing was measured; this is not a good result."
}

// remedies go by words of the reason; the last one fits all.
var remedies = []struct{ word, text string }{
	{"login", "open the page in a browser, log in, and save the text of the posting"},
	{"cookie", "open the page in a browser, answer the cookie question, and save the text of the posting"},
	{"script", "open the page in a browser, let it load, and save it, or give the address of the company's job board"},
	{"bot check", "open the page in a browser, answer the check, and save the text of the posting"},
	{"gone", "look for a live posting or a saved copy, and score that"},
	{"english", "softgap reads English only; score an English version if there is one"},
	{"legal", "the posting itself is missing; give its full text"},
	{"teaser", "follow the link to the full posting and score that"},
	{"truncated", "follow the link to the full posting and score that"},
	{"empty", "check that the source holds the posting's text"},
	{"", "check that the source is one posting, in full, as text"},
}

// remedyFor parts a reason from its remedy. A reason that ends in advice of its
// own ("...: save the posting as text or HTML") needs no other.
func remedyFor(reason string) (what, remedy string) {
	if i := strings.LastIndex(reason, ": "); i > 0 {
		if verb, _, _ := strings.Cut(reason[i+2:], " "); slices.Contains([]string{"save", "give", "unpack", "fetch"}, verb) {
			return reason[:i], reason[i+2:]
		}
	}
	lower := strings.ToLower(reason)
	i := slices.IndexFunc(remedies, func(r struct{ word, text string }) bool { return strings.Contains(lower, r.word) })
	return reason, remedies[i].text
}

// notes are the figures beside the scores, in sentences.
func notes(r *analyzer.Report) []string {
	f := r.Figures
	var out []string
	if of := clean(r.Posting.DuplicateOf); of != "" {
		out = append(out, "The text is that of "+of+", or nearly.")
	}
	if f.GenericOnly {
		out = append(out, "What is asked on the people side is stock phrases only.")
	}
	if f.DimensionsStated > 0 && f.TechBeforePeople > 0 {
		verb := "stand"
		if f.TechBeforePeople == 1 {
			verb = "stands"
		}
		out = append(out, fmt.Sprintf("%s %s before the first about people.", count(f.TechBeforePeople, "technical statement"), verb))
	}
	if f.DimensionsStated == 0 {
		out = append(out, "Nothing is asked about dealing with people.")
	} else {
		how := []string{"none is", "1 of 4 is", "2 of 4 are", "3 of 4 are", "all 4 are"}[min(max(f.Core, 0), 4)]
		out = append(out, "Of relationships, empathy, patience and good humour, "+how+" asked for both clearly and firmly.")
	}
	var also []string
	for _, e := range r.Unscored {
		if e.Level > 0 {
			also = append(also, fmt.Sprintf("%s (%s)", nameOf(e), levelWords(e.Level)))
		}
	}
	if len(also) > 0 {
		out = append(out, "Also asked for, outside the scores: "+strings.Join(also, ", ")+".")
	}
	return out
}

// excluded counts what was read and left out of the scores; it is empty when
// nothing was.
func excluded(r *analyzer.Report) string {
	n := map[string]int{}
	repeats := 0
	for _, s := range r.Statements {
		switch {
		case s.IsHead:
		case s.About != "candidate":
			n[s.About]++
		case s.Repeat:
			repeats++
		}
	}
	var parts []string
	for _, a := range abouts {
		if n[a.code] > 0 {
			parts = append(parts, strconv.Itoa(n[a.code])+" "+a.phrase)
		}
	}
	if repeats > 0 {
		parts = append(parts, strconv.Itoa(repeats)+" said before")
	}
	if len(parts) == 0 {
		return ""
	}
	return "Statements not counted: " + strings.Join(parts, ", ") + "."
}

// madeWith names tool and word lists, the digest cut to what tells two apart.
func madeWith(tool analyzer.Tool, lexicon analyzer.Lexicon) string {
	digest := clean(lexicon.Digest)
	if kind, hex, ok := strings.Cut(digest, ":"); ok {
		hex, _ = split(hex, 12)
		digest = kind + ":" + hex
	}
	return fmt.Sprintf("%s %s, word lists %s (%s).", clean(tool.Name), clean(tool.Version), clean(lexicon.Version), digest)
}

// quote is the posting's own words.
func quote(m analyzer.Match) string { return `"` + cut(clean(m.Text), 160) + `"` }

// wordsOf lists the words found, each once, those that count most first, in
// about n columns; it counts those that do not fit. Of no limit n is 0.
func wordsOf(ms []analyzer.Match, n int) string {
	ms = slices.Clone(ms)
	slices.SortStableFunc(ms, func(a, b analyzer.Match) int { return b.Level - a.Level })
	var out []string
	seen := map[string]bool{}
	left, wide := 0, 0
	for _, m := range ms {
		w := clean(m.Text)
		key := strings.ToLower(w)
		if w == "" || seen[key] {
			continue
		}
		seen[key] = true
		if n > 0 {
			w = cut(w, n)
		}
		if wide += columns(w) + 2; n > 0 && wide > n+2 {
			left++
			continue
		}
		out = append(out, w)
	}
	words := strings.Join(out, ", ")
	if left > 0 {
		words += fmt.Sprintf(" and %d more", left)
	}
	return words
}

// stated returns the categories that the posting asks for, the largest
// evidence first, in codebook order where equal.
func stated(es []score.Evidence) []score.Evidence {
	es = slices.DeleteFunc(slices.Clone(es), func(e score.Evidence) bool { return e.Level == 0 && e.Evidence == 0 })
	slices.SortStableFunc(es, func(a, b score.Evidence) int {
		switch {
		case a.Evidence > b.Evidence:
			return -1
		case a.Evidence < b.Evidence:
			return 1
		}
		return 0
	})
	return es
}
