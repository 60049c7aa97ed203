package suggest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
)

// An item is a bullet, a line or a paragraph of candidate statements.
type item struct {
	posting.Span     // the whole of it, its sign included, without the line's end
	first, last  int // statements
	sign         string
}

// A list is a run of items under one heading.
type list struct {
	items  []item
	ask    segment.Ask
	tone   Tone
	inline bool   // its items follow one another on a line
	prose  bool   // it is running text
	gap    string // what stands between two items
	stop   bool   // its items end in full stops
	small  bool   // its items begin with small letters
}

// listed finds the lists of a text.
func (w *work) listed() []list {
	text := w.Text.Text
	var out []list
	var cur list
	heading := ""
	flush := func() {
		if len(cur.items) > 0 {
			w.describe(&cur)
			out = append(out, cur)
		}
		cur = list{}
	}
	before := 0 // where the statement before ended
	for i, s := range w.Statements {
		lead := text[before:s.Start]
		newline := strings.LastIndexByte(lead, '\n')
		sign := lead[newline+1:]
		own := newline >= 0 || before == 0
		before = s.End
		bullet := isBullet(sign)
		n := len(cur.items)
		if n > 0 && !bullet && own && !s.IsHead && isBullet(cur.items[n-1].sign) && strings.Count(lead, "\n") == 1 && !strings.HasPrefix(text[s.Start:], "<!--") {
			own = false // a bullet that goes on over lines
			if s.About != segment.Candidate {
				cur.items[n-1].last, cur.items[n-1].End = i, s.End
				continue
			}
		}
		if s.About != segment.Candidate || s.IsHead {
			flush()
			continue
		}
		switch {
		case n > 0 && (s.Heading != heading || w.Statements[cur.items[n-1].first].Ask != s.Ask && (own || bullet)):
			flush()
		case n > 0 && !own && !bullet:
			cur.items[n-1].last, cur.items[n-1].End = i, s.End
			continue
		case n > 0 && isBullet(cur.items[n-1].sign) != bullet:
			flush()
		}
		heading = s.Heading
		if len(cur.items) == 0 {
			cur.inline = !own && bullet
			cur.ask = s.Ask
		}
		cur.items = append(cur.items, item{posting.Span{Start: s.Start - len(sign), End: s.End}, i, i, plainSign(sign)})
	}
	flush()
	return out
}

// isBullet reports whether what stands before a statement is the sign of a
// list: a bullet of any kind, or a number.
func isBullet(sign string) bool {
	sign = strings.TrimSpace(plainSign(sign))
	if _, ok := numbered(sign); ok {
		return len(sign) <= 6
	}
	return sign != "" && strings.IndexFunc(sign, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsSpace(r) || strings.ContainsRune(":;,.!?()\"'“”", r)
	}) < 0
}

// plainSign is a sign without the emphasis of Markdown that begins behind it.
func plainSign(sign string) string {
	for _, mark := range []string{"***", "**", "__"} {
		if head, ok := strings.CutSuffix(sign, mark); ok {
			return head
		}
	}
	for _, mark := range []string{" *", " _"} {
		if head := strings.TrimSuffix(sign, mark); head != sign && strings.TrimSpace(head) != "" {
			return head + " "
		}
	}
	return sign
}

// describe notes the manners of a list.
func (w *work) describe(l *list) {
	text := w.Text.Text
	for i := range l.items {
		it := &l.items[i]
		end := len(text)
		if next := it.last + 1; next < len(w.Statements) {
			end = w.Statements[next].Start
		}
		rest := text[it.End:end]
		if line, _, ok := strings.Cut(rest, "\n"); ok || end == len(text) { // what of the line the statement leaves out
			it.End += len(strings.TrimRight(line, " \t\r"))
		} else {
			it.End += len(rest) - len(strings.TrimLeft(rest, ".;,"))
		}
	}
	l.gap = "\n"
	if strings.Contains(text, "\r\n") {
		l.gap = "\r\n"
	}
	gaps := map[string]int{}
	for i := range l.items[1:] {
		g := text[l.items[i].End:l.items[i+1].Start]
		if gaps[g]++; i == 0 || gaps[g] > gaps[l.gap] || gaps[g] == gaps[l.gap] && len(g) < len(l.gap) {
			l.gap = g
		}
	}
	words, stops, small := 0, 0, 0
	for _, it := range l.items {
		said := strings.TrimRight(text[it.Start:it.End], " \t\r\n")
		words += len(strings.Fields(said))
		if strings.HasSuffix(said, ".") {
			stops++
		}
		if r, _ := utf8.DecodeRuneInString(text[w.Statements[it.first].Start:]); unicode.IsLower(r) {
			small++
		}
	}
	n := len(l.items)
	l.stop, l.small = 2*stops > n, 2*small > n
	l.prose = !isBullet(l.items[0].sign) && (n < 3 || words > 28*n || slices.ContainsFunc(l.items, func(it item) bool { return it.last > it.first }))
	l.tone = w.toneOf(l)
}

// toneOf is the tone of most items.
func (w *work) toneOf(l *list) Tone {
	counts := [Able + 1]int{}
	for _, it := range l.items {
		s := w.Statements[it.first]
		toks := w.Text.Range(s.Start, s.End)
		switch {
		case slices.ContainsFunc(w.of("tone"), func(h hit) bool { return h.statement == it.first && h.term.ID == "you-will" }):
			counts[YouWill]++
		case len(s.Verbs) > 0 && s.Verbs[0].From == 0 && len(toks) > 0:
			switch word := w.Text.Text[toks[0].Start:toks[0].End]; {
			case strings.HasSuffix(word, "ing"):
				counts[Gerund]++
			case strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss"):
				counts[Third]++
			default:
				counts[Imperative]++
			}
		default:
			counts[Able]++
		}
	}
	if l.prose {
		if counts[Third] > counts[YouWill] {
			return Third
		}
		return YouWill
	}
	best := Imperative
	for t, n := range counts {
		if n > counts[best] {
			best = Tone(t)
		}
	}
	if best == Able && l.ask != segment.Required {
		return Imperative
	}
	return best
}

// itemOf returns the item that a statement is in, and its list.
func (w *work) itemOf(statement int) (*item, *list) {
	for i := range w.lists {
		for j := range w.lists[i].items {
			if it := &w.lists[i].items[j]; it.first <= statement && statement <= it.last {
				return it, &w.lists[i]
			}
		}
	}
	return nil, nil
}

// A spot is where a line may go.
type spot struct {
	list *list
	at   int
	tone Tone
	sign string
}

// mostPlaces is how many places are tried.
const mostPlaces = 3

// places returns where a line may go, the best first: among the duties, then
// among what is required, then into the running text.
func (w *work) places() []spot {
	var ls []*list
	for i := range w.lists {
		if l := &w.lists[i]; l.ask != segment.Preferred {
			ls = append(ls, l)
		}
	}
	asks := func(l *list) (n int) {
		for _, m := range w.Matches {
			if l.items[0].first <= m.Statement && m.Statement <= l.items[len(l.items)-1].last {
				n++
			}
		}
		return n
	}
	rank := func(l *list) int {
		n := 0
		if asks(l) == 0 {
			n = 16
		}
		if l.prose {
			return n + 8
		}
		if len(l.items) < 3 {
			n += 4
		}
		return n + slices.Index([]segment.Ask{segment.Duty, segment.Required, segment.Role}, l.ask)
	}
	slices.SortStableFunc(ls, func(a, b *list) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), asks(b)-asks(a)) })
	var out []spot
	for _, l := range ls[:min(len(ls), mostPlaces)] {
		out = append(out, w.spot(l))
	}
	return out
}

// early is after how many items a line goes: not first, which the main duty
// is, and not last, where it is not read.
const early = 3

func (w *work) spot(l *list) spot {
	n := len(l.items)
	i := min(early, n) - 1
	sign := l.items[i].sign
	if last, ok := numbered(l.items[n-1].sign); ok {
		i, sign = n-1, strings.Replace(l.items[n-1].sign, strconv.Itoa(last), strconv.Itoa(last+1), 1)
	} else if l.prose {
		i = n - 1
	}
	// What goes deeper under an item, or is led in by it, stays with it.
	for i+1 < n && (indent(l.items[i+1].sign) > indent(sign) || strings.HasSuffix(strings.TrimSpace(w.Text.Text[l.items[i].Start:l.items[i].End]), ":")) {
		i++
	}
	// A heading on the very next line may be words of the item in bold.
	if next := l.items[i].last + 1; i > 0 && i == n-1 && next < len(w.Statements) && w.Statements[next].IsHead &&
		strings.Count(w.Text.Text[l.items[i].End:w.Statements[next].Start], "\n") == 1 {
		i--
	}
	return spot{l, l.items[i].End, l.tone, sign}
}

func indent(sign string) int { return len(sign) - len(strings.TrimLeft(sign, " \t")) }

// numbered returns the number that a list's sign holds.
func numbered(sign string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimFunc(sign, func(r rune) bool { return !unicode.IsDigit(r) }))
	return n, err == nil
}

// put is the text of an edit that puts a line at a spot.
func (p spot) put(said string) string {
	if p.list.prose {
		return " " + said
	}
	said = p.list.styled(said)
	if p.list.inline {
		return p.sign + said
	}
	return p.list.gap + p.sign + said
}

// styled gives a line the manners of a list.
func (l *list) styled(said string) string {
	if l.prose {
		return said
	}
	if !l.stop {
		said = strings.TrimSuffix(said, ".")
	}
	if l.small {
		said = lowerFirst(said)
	}
	return said
}
