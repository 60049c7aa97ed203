package match

import (
	"strings"

	"softgap/analyzer/phrase"
	"softgap/analyzer/segment"
)

// A context is what stands around the matches of one statement: the people,
// situations, amounts, manners and standards that raise a level (codebook,
// section 4).
type context struct {
	words                     int
	person, situation, manner []phrase.Hit
	amount, standard, vague   []phrase.Hit
	opensWithVerb             bool
	hits                      []phrase.Hit
}

// around makes the statement's context, once.
func (w *work) around() *context {
	if w.ctx != nil {
		return w.ctx
	}
	x := &w.store
	*x = context{person: x.person[:0], situation: x.situation[:0], manner: x.manner[:0], amount: x.amount[:0],
		standard: x.standard[:0], vague: x.vague[:0], hits: x.hits[:0]}
	d := w.f.dict
	x.words = w.s.Words(w.t)
	x.person = w.run.Members(x.person, "person")
	x.situation = w.run.Members(x.situation, "situation")
	x.hits = w.run.Find(x.hits, d.Context)
	for _, h := range x.hits {
		if h.Role != phrase.Form || phrase.Refused(x.hits, h) {
			continue
		}
		switch id := d.Context.Term(h.Term).ID; {
		case strings.HasPrefix(id, "amount"):
			x.amount = append(x.amount, h)
		case strings.HasPrefix(id, "standard"):
			x.standard = append(x.standard, h)
		case strings.HasPrefix(id, "manner"):
			x.manner = append(x.manner, h)
		case strings.HasPrefix(id, "vague"):
			x.vague = append(x.vague, h)
		}
	}
	for _, v := range w.s.Verbs {
		x.opensWithVerb = x.opensWithVerb || v.From <= 1
	}
	w.ctx = x
	return x
}

// level applies the rubric to a match.
func (w *work) level(side Side, c candidate, ask segment.Ask) (int, string) {
	if side == Soft {
		return w.softLevel(c)
	}
	return w.technicalLevel(c, ask)
}

// reach is how many tokens after a quality its person or situation may stand.
const reach = 9

// softLevel raises a stock phrase or a named quality to level 3 when its own
// clause says with whom or when, and to 4 when the statement says to what
// standard it is shown to somebody, or how and when.
func (w *work) softLevel(c candidate) (int, string) {
	level, why := c.term.Level, ""
	x := w.around()
	end := w.clauseEnd(c)
	person, found := w.personOf(x, c, end)
	situation, timed := w.within(x.situation, c.To, end)
	if level < 3 && !w.vagueAt(x, c, end) {
		switch {
		case found && (level > 1 || person.From >= c.To): // "people skills" are a stock phrase
			level, why = 3, "with whom: "+w.text(person)
		case timed:
			level, why = 3, "when: "+w.text(situation)
		}
	}
	if level >= 2 && level < 4 && (found || len(x.person) > 0) {
		if h, ok := w.standardOf(x, c); ok {
			return 4, joined(why, "to what standard: "+w.text(h))
		}
		if h, ok := w.within(x.manner, c.From, end); ok && found && (timed || level == 3 && len(x.situation) > 0) {
			return 4, joined(why, "how: "+w.text(h))
		}
	}
	return level, why
}

// standardOf finds the standard of a match: within it, or behind it and before
// any other match.
func (w *work) standardOf(x *context, c candidate) (phrase.Hit, bool) {
	end := int32(len(w.toks))
	for _, o := range w.kept {
		if o.From >= c.To {
			end = min(end, o.From)
		}
	}
	return w.within(x.standard, c.From, end)
}

func joined(why, more string) string {
	if why == "" {
		return more
	}
	return why + "; " + more
}

// clauseEnd returns where the clause of a soft match ends: at a comma, a stop,
// or reach tokens on.
func (w *work) clauseEnd(c candidate) int32 {
	i := c.To
	for int(i) < len(w.toks) && i-c.To < reach {
		t := w.toks[i]
		if t.Flags&phrase.Sign != 0 && (t.Flags&phrase.Break != 0 || strings.IndexByte(",():", w.t.Text[t.Start]) >= 0) {
			break
		}
		i++
	}
	return i
}

// personOf finds the people of a soft match: inside it, or behind a word such
// as "with" in its clause and before the next match begins.
func (w *work) personOf(x *context, c candidate, end int32) (phrase.Hit, bool) {
	for _, p := range x.person {
		if p.From >= c.From && p.To <= c.To {
			return p, true
		}
	}
	for _, o := range w.kept {
		if o.From >= c.To && o.From < end {
			end = o.From
		}
	}
	for _, p := range x.person {
		if p.From < c.To || p.From >= end {
			continue
		}
		for i := c.To; i < p.From; i++ {
			if w.f.dict.Is("toward", w.toks[i:i+1]) {
				return p, true
			}
		}
	}
	return phrase.Hit{}, false
}

func (w *work) vagueAt(x *context, c candidate, end int32) bool {
	_, vague := w.within(x.vague, c.To, end)
	return vague
}

// within returns the first of the hits that begins in [from, to).
func (w *work) within(hits []phrase.Hit, from, to int32) (phrase.Hit, bool) {
	for _, h := range hits {
		if h.From >= from && h.From < to {
			return h, true
		}
	}
	return phrase.Hit{}, false
}

func (w *work) text(h phrase.Hit) string {
	return w.t.Text[w.toks[h.From].Start:w.toks[h.To-1].End]
}

// The lengths in words from which a statement is taken to name a concrete
// object or situation (ruling 19): of a duty ("Responds to tickets" is bare),
// and of a requirement with a verb. They are conventions, checked against hand
// coding: of duties of eight words and more four in five are coded 3, of
// requirements with a verb one in four below twenty words and nearly all above. An
// act in a preferred statement says little: two in three of those are coded 2.
const (
	dutyWords    = 8
	requireWords = 20
)

// technicalLevel raises a named technology to level 3 when the statement gives
// an amount, or makes it the object of an act, and to 4 when the act has a
// standard that one could watch.
func (w *work) technicalLevel(c candidate, ask segment.Ask) (int, string) {
	level, why := c.term.Level, ""
	if level != 2 {
		return level, ""
	}
	x := w.around()
	amount, amounts := w.within(x.amount, 0, int32(len(w.toks)))
	amounts = amounts && (x.words <= 30 || near(amount, c))
	doing := ask == segment.Duty || ask == segment.Role
	verb, acts := w.actOn(c, doing)
	switch {
	case amounts:
		level, why = 3, "how much: "+w.text(amount)
	case doing && acts && (x.words >= dutyWords || w.certain(c)),
		ask == segment.Required && acts && x.words >= requireWords && c.From-verb.To <= reach:
		level, why = 3, "in an act: "+w.text(verb)
	case doing && x.words >= dutyWords && ask == segment.Duty:
		level, why = 3, "in a duty"
	}
	if h, ok := w.within(x.standard, 0, int32(len(w.toks))); ok && x.opensWithVerb {
		return 4, joined(why, "to what standard: "+w.text(h))
	}
	return level, why
}

// actOn returns the verb that a match is the object of: the first before it in
// a duty, the last in a requirement.
func (w *work) actOn(c candidate, duty bool) (verb phrase.Hit, ok bool) {
	for _, v := range w.s.Verbs {
		if v.To > c.From && v.From > 0 || w.part(v) {
			continue // "operating systems", "from the user interface to the data model"
		}
		if verb, ok = v, true; duty {
			break
		}
	}
	return verb, ok
}

// part reports whether a verb is a later word of a match, and so no verb here.
func (w *work) part(v phrase.Hit) bool {
	for _, k := range w.kept {
		if k.From < v.From && v.To <= k.To {
			return true
		}
	}
	return false
}

// certain reports whether a match is the object of a duty and a certain one:
// "the Exchange servers".
func (w *work) certain(c candidate) bool {
	return c.From > 0 && w.f.dict.Is("determiner", w.toks[c.From-1:c.From])
}

func near(h phrase.Hit, c candidate) bool {
	return h.From-c.To < 12 && c.From-h.To < 12
}
