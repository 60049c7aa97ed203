package suggest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"softgap/analyzer/segment"
	"softgap/lexicons"
)

// A line is a sentence to paste, as its lexicon has it: verbs marked with ~,
// people in braces, spellings in brackets.
type line struct {
	dimension string
	text      string
	families  []string
	weight    int
}

func lineOf(dimension string, t *lexicons.Term) line {
	return line{dimension, t.Forms[0].Text, t.For, t.Weight}
}

// Tone is how a posting addresses the person: "Answer calls", "Answers calls",
// "You will answer calls", "Answering calls", "Able to answer calls".
type Tone int

// The tones; Able is that of a list of requirements, which has no verbs.
const (
	Imperative Tone = iota
	Third
	YouWill
	Gerund
	Able
)

// Tones are all of them.
var Tones = []Tone{Imperative, Third, YouWill, Gerund, Able}

// A chosen line is one that fits the job.
type chosen struct {
	line
	people map[string]string // what stands in a slot instead of its own words
	beside int               // it is of another dimension than was asked for first
}

// linesFor returns the lines of dimensions that fit the job, the best first;
// in order, those of the first dimension before all others.
func (w *work) linesFor(dimensions []string, inOrder bool) []chosen {
	people := w.people()
	var out []chosen
	for _, d := range dimensions {
		for _, l := range w.a.lines[d] {
			if len(l.families) == 0 || slices.Contains(l.families, cmp.Or(w.Family, "other-it")) {
				c := chosen{line: l, people: people}
				if inOrder && d != dimensions[0] {
					c.beside = forAll + 1
				}
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b chosen) int { return a.cost() - b.cost() })
	return out
}

// forAll is what it costs a line not to be written for the family.
const forAll = 3

// cost orders lines: those written for the family before those for all, and
// the weightier first. A line that echoes one taken before costs more (trial).
func (c chosen) cost() int {
	if len(c.families) == 0 {
		return c.beside + forAll - c.weight
	}
	return c.beside - c.weight
}

// people returns, for each slot, the people whom the candidate statements name
// most often, if any. Where people are not what the family is there for, once
// is not enough.
func (w *work) people() map[string]string {
	counts := map[string]map[string]int{}
	out := map[string]string{}
	least := 2
	if w.Family == "help-desk" || w.Family == "systems-network" {
		least = 1 // whom they serve is what the job is about
	}
	for _, h := range w.of("people") {
		if s := w.Statements[h.statement]; s.About != segment.Candidate || s.IsHead {
			continue
		}
		slot, words := strings.ReplaceAll(h.term.ID, "-", " "), strings.ToLower(w.own.Text[h.Start:h.End])
		if counts[slot] == nil {
			counts[slot] = map[string]int{}
		}
		counts[slot][words]++
		if n, best := counts[slot][words], out[slot]; n >= least && (best == "" || n > counts[slot][best]) {
			out[slot] = words
		}
	}
	return out
}

// say is a line in a tone, with the posting's people and spelling.
func (c chosen) say(tone Tone, w *work) string { return Say(c.text, tone, w.british, c.people) }

// Say makes a sentence of a line as its lexicon has it. People stand in for
// the slots by whose words they are found.
func Say(text string, tone Tone, british bool, people map[string]string) string {
	var b strings.Builder
	for text != "" {
		r, n := utf8.DecodeRuneInString(text)
		switch {
		case r == '~':
			end := n + strings.IndexFunc(text[n:]+" ", func(r rune) bool { return !unicode.IsLetter(r) })
			b.WriteString(inflect(text[n:end], tone))
			text = text[end:]
		case r == '{':
			slot, rest, _ := strings.Cut(text[n:], "}")
			b.WriteString(cmp.Or(people[slot], slot))
			text = rest
		case r == '[':
			words, rest, _ := strings.Cut(text[n:], "]")
			uk, us, _ := strings.Cut(words, "|")
			if british {
				b.WriteString(uk)
			} else {
				b.WriteString(us)
			}
			text = rest
		default:
			b.WriteRune(r)
			text = text[n:]
		}
	}
	switch tone {
	case YouWill:
		return "You will " + lowerFirst(b.String())
	case Able:
		return "Able to " + lowerFirst(b.String())
	}
	return b.String()
}

// inflect gives a verb the ending of a tone, by the rules of spelling.
func inflect(verb string, tone Tone) string {
	last := verb[len(verb)-1:]
	before := strings.ToLower(verb[max(0, len(verb)-2) : len(verb)-1])
	switch {
	case tone == Third && last == "y" && !vowel(before):
		return verb[:len(verb)-1] + "ies"
	case tone == Third && (strings.Contains("sxzo", last) || strings.HasSuffix(verb, "ch") || strings.HasSuffix(verb, "sh")):
		return verb + "es"
	case tone == Third:
		return verb + "s"
	case tone == Gerund && last == "e" && before != "e":
		return verb[:len(verb)-1] + "ing"
	case tone == Gerund && len(verb) == 3 && vowel(before) && !vowel(last) && !strings.Contains("wxy", last) && !vowel(strings.ToLower(verb[:1])):
		return verb + last + "ing"
	case tone == Gerund:
		return verb + "ing"
	}
	return verb
}

func vowel(s string) bool { return s != "" && strings.Contains("aeiou", s) }

// lowerFirst makes the first letter small, unless the word has other capitals,
// as an abbreviation or a name has.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if word, _, _ := strings.Cut(s[n:], " "); strings.ContainsFunc(word, unicode.IsUpper) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
