package posting

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Most pages of applicant-tracking systems hold a posting's text twice: in the
// page that a visitor sees, and as data for job boards and search engines, in
// JSON-LD. The second is what is read, so it is what must be edited; the first
// is edited with it, lest the page say two things.

// surely is how many letters in a row are found by no accident.
const surely = 30

// rewriteHTML makes edits of a posting's text in the page it was read from, and
// returns those that a visitor of the page does not see: they stand in its data
// alone. It returns nil where a place cannot be found.
func rewriteHTML(page, text string, edits []Edit) (out []byte, unseen []Edit) {
	shown := takeApart(page)
	data := linkedTexts(page, text)
	if len(data) == 0 {
		made, ok := shown.rewrite(text, edits)
		if !ok {
			return nil, nil
		}
		return []byte(Edited(page, inPlace(made))), nil
	}
	var made []Edit
	placed := make([]bool, len(edits))
	for _, l := range data {
		var mine []Edit
		for i, e := range edits {
			if l.Contains(e.Span) {
				mine = append(mine, e)
				placed[i] = true
			}
		}
		m, ok := l.rewrite(text, mine)
		if !ok {
			return nil, nil
		}
		made = append(made, m...)
	}
	if slices.Contains(placed, false) {
		return nil, nil
	}
	again, unseen := shown.copied(text, edits)
	return []byte(Edited(page, inPlace(append(made, again...)))), unseen
}

func inPlace(edits []Edit) []Edit {
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Compare(a.Start, b.Start) })
	return edits
}

// copied makes edits of a text in a source that may hold its lines, all or
// some: an edit is made where its line is found without doubt. It returns those
// that were not made, too.
func (s *source) copied(text string, edits []Edit) (made, left []Edit) {
	ss := stretches(text)
	if len(ss) > mostStretches {
		return nil, edits
	}
	s.locate(ss)
	runs := s.runs(ss)
	glyphAt := s.places(ss)
	var there []Edit
	for _, e := range edits {
		if m, ok := s.edit(text, e, glyphAt); ok {
			made = append(made, m...)
			there = append(there, e)
		} else {
			left = append(left, e)
		}
	}
	// What is shown afterwards is the edited text, or nothing is touched.
	again := takeApart(Edited(s.text, inPlace(slices.Clone(made)))).letter.String()
	for _, r := range runs {
		var mine []Edit
		for _, e := range there {
			if r.Contains(e.Span) {
				mine = append(mine, Edit{Span{e.Start - r.Start, e.End - r.Start}, e.Text})
			}
		}
		var want strings.Builder
		for _, x := range stretches(Edited(text[r.Start:r.End], mine)) {
			want.WriteString(x.letters)
		}
		if len(mine) > 0 && !strings.Contains(again, want.String()) {
			return nil, edits
		}
	}
	return made, left
}

// runs returns the parts of the text whose lines stand in the source one behind
// the other as they do in the text, once and no more. All other stretches lose
// their glyphs.
func (s *source) runs(ss []stretch) []Span {
	var out []Span
	all := s.letter.String()
	for i := 0; i < len(ss); {
		n := i + 1
		if ss[i].glyph < 0 {
			i = n
			continue
		}
		from := s.starts[ss[i].glyph]
		to := from + len(ss[i].letters)
		for n < len(ss) && ss[n].glyph >= 0 && s.starts[ss[n].glyph] == to {
			to += len(ss[n].letters)
			n++
		}
		run := all[from:to]
		if len(run) >= surely && strings.Index(all, run) == from && !strings.Contains(all[from+1:], run) {
			out = append(out, Span{ss[i].places[0], ss[n-1].places[len(ss[n-1].places)-1] + 1})
		} else {
			for k := i; k < n; k++ {
				ss[k].glyph = -1
			}
		}
		i = n
	}
	return out
}

// A linkedText is a string of JSON-LD that a posting's text was read from.
type linkedText struct {
	inlay
	Span      // of the posting's text
	item bool // it is one of a list
}

// linkedTexts returns the strings of a page's JSON-LD that a posting's text was
// read from, all of them where the page states it more than once.
func linkedTexts(page, text string) []linkedText {
	var site []any
	values := linkedData(page, &site)
	s := &schema{in: new(input), id: map[string]item{}, steps: 8 * len(page)}
	s.index(values)
	places := map[[2]string]Span{} // by the name of a field and its value
	for _, v := range jobPostings(values) {
		if s.text(v) == text {
			s.places(v, text, places)
		}
	}
	var out []linkedText
	for head := range headTags(page) {
		if len(places) == 0 || scriptType(head.tag) != "application/ld+json" {
			continue
		}
		for name, span := range quotedStrings(head.body) {
			if !slices.Contains(linkedNames, name) {
				continue
			}
			raw := plainly(page, Span{head.at + span.Start, head.at + span.End})
			w := raw.read(quoted(raw.text))
			if place, ok := places[[2]string{name, w.text}]; ok {
				before := strings.TrimRight(page[:raw.at[0]-1], " \t\r\n")
				out = append(out, linkedText{w, place, !strings.HasSuffix(before, ":")})
			}
		}
	}
	return out
}

// linkedNames are the names that the strings of a posting's text have.
var linkedNames = func() (names []string) {
	for _, part := range parts {
		names = append(names, part.field)
	}
	return append(names, spoken...)
}()

// places notes where the strings of a JobPosting stand in the text read from
// it, by their names and values.
func (s *schema) places(v item, text string, found map[[2]string]Span) {
	at := 0
	fields := []string{"description"}
	for _, part := range parts {
		fields = append(fields, part.field)
	}
	for _, name := range fields {
		whole := s.prose(v[name])
		i := strings.Index(text[at:], whole)
		if i >= 0 {
			i += at
			at = i + len(whole)
		} else if i = strings.Index(text, whole); i < 0 {
			continue // the text holds it in other lines
		}
		for name, value := range s.strings(name, v[name]) {
			said := s.prose(value)
			n := strings.Index(text[i:], said)
			if said == "" || n < 0 {
				continue
			}
			i += n
			if _, ok := found[[2]string{name, value}]; !ok {
				found[[2]string{name, value}] = Span{i, i + len(said)}
			}
			i += len(said)
		}
	}
}

// strings yields the strings that prose is made of, each with its name.
func (s *schema) strings(name string, v any) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		defer s.leave()
		if !s.enter() {
			return
		}
		switch v := v.(type) {
		case string:
			yield(name, v)
		case []any:
			for _, e := range v {
				for name, value := range s.strings(name, e) {
					if !yield(name, value) {
						return
					}
				}
			}
		case item:
			n := s.node(v)
			for _, k := range spoken {
				if s.prose(n[k]) != "" {
					s.strings(k, n[k])(yield)
					return
				}
			}
		}
	}
}

// quotedStrings yields the strings of a script that are values, not names, with
// the name before each and the span between its quotes.
func quotedStrings(script string) iter.Seq2[string, Span] {
	return func(yield func(string, Span) bool) {
		name := ""
		for at := 0; ; {
			i := strings.IndexByte(script[at:], '"')
			if i < 0 {
				return
			}
			start := at + i + 1
			end := start
			for end < len(script) && script[end] != '"' {
				if script[end] == '\\' {
					end++
				}
				end++
			}
			if end >= len(script) {
				return
			}
			at = end + 1
			if strings.HasPrefix(strings.TrimLeft(script[at:min(len(script), at+longestGap)], " \t\r\n"), ":") {
				name = script[start:end]
			} else if !yield(name, Span{start, end}) {
				return
			}
		}
	}
}

// longestGap is more blanks than stand between a name and its colon.
const longestGap = 64

// rewrite makes edits of the posting's text that fall on a string, in the
// document.
func (l linkedText) rewrite(text string, edits []Edit) ([]Edit, bool) {
	var out, mine []Edit
	for _, e := range edits {
		said := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(e.Text), strings.TrimSpace(bullet)))
		switch {
		case l.item && e.Len() == 0 && e.Start == l.End && strings.HasPrefix(e.Text, "\n"):
			end := l.at[len(l.text)] + 1
			out = append(out, Edit{Span{end, end}, `, "` + l.spell(said) + `"`})
		case l.item && e.Len() == 0 && strings.HasSuffix(e.Text, "\n"): // before a line
			start := l.at[0] - 1
			out = append(out, Edit{Span{start, start}, `"` + l.spell(said) + `", `})
		default:
			mine = append(mine, Edit{Span{e.Start - l.Start, e.End - l.Start}, e.Text})
		}
	}
	made, ok := rewriteMarkup(l.inlay, text[l.Start:l.End], mine)
	return append(out, made...), ok
}

// rewriteMarkup makes edits of the text that a string was read as, which may be
// markup, escaped or not, or plain.
func rewriteMarkup(w inlay, text string, edits []Edit) ([]Edit, bool) {
	if len(edits) == 0 {
		return nil, true
	}
	for range 3 {
		if !isMarkup(w.text) && hasEscapedTag(w.text) {
			w = w.read(entities)
		}
	}
	if i := strings.Index(w.text, text); i >= 0 && !isMarkup(w.text) {
		made := slices.Clone(edits)
		for n := range made {
			made[n].Start, made[n].End = made[n].Start+i, made[n].End+i
		}
		return w.edited(made), true
	}
	made, ok := readSource(w.text).rewrite(text, edits)
	return w.edited(made), ok
}
