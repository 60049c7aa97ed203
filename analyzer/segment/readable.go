package segment

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
)

// reasons are what an unscorable posting is told, by the id of the page
// lexicon's term that shows it.
var reasons = map[string]string{
	"login-wall":   posting.LoginWall,
	"cookie-wall":  posting.CookieWall,
	"script-shell": posting.ScriptShell,
	"bot-check":    "bot check: the site asks whether the reader is a person",
	"gone":         "the posting is gone: the page says it has closed or cannot be found",
}

// Unreadable returns the language of a text and, when it is no posting or
// cannot be read as one, the reason; "" when it can. The problem is what the
// reader of the document met, and is passed on.
func Unreadable(d *phrase.Dict, t phrase.Text, statements []Statement, problem string) (language, reason string) {
	words := phrase.Words(t.Tokens)
	switch {
	case problem != "":
		return "", problem
	case words == 0:
		return "", posting.Empty
	}
	language = languageOf(d, t, words)
	var about [len(abouts)]int
	for i := range statements {
		if !statements[i].IsHead {
			about[indexOf(statements[i].About)]++
		}
	}
	candidate := about[0]
	if words < 250 {
		if w := wall(d, t, statements); w != "" {
			return language, w
		}
	}
	if language != "en" && language != "" {
		return language, "not English: the text reads as " + languageName(language)
	}
	if truncated(t.Text) && words < 100 && candidate < 4 {
		return language, "truncated teaser: the text breaks off before it asks for anything"
	}
	if candidate == 0 && about[indexOf(Legal)] > 0 && about[indexOf(Employer)]+about[indexOf(Offer)] == 0 {
		return language, "legal text only: nothing says what the job asks for"
	}
	return language, ""
}

// wall returns the reason that a short text's own words give for being no
// posting. A page that asks something of a candidate is a posting, whatever
// its frame says; what shows the wall itself is no such statement.
func wall(d *phrase.Dict, t phrase.Text, statements []Statement) string {
	hits := d.Pages.Find(nil, t.Tokens, t.Text)
	candidate := 0
	for _, s := range statements {
		if s.About == Candidate && !s.IsHead && !slices.ContainsFunc(hits, func(h phrase.Hit) bool {
			return h.Role == phrase.Form && s.Start <= int(t.Tokens[h.From].Start) && int(t.Tokens[h.From].Start) < s.End
		}) {
			candidate++
		}
	}
	if candidate > 2 {
		return ""
	}
	best := ""
	for _, h := range hits {
		term := d.Pages.Term(h.Term)
		for id, reason := range reasons {
			if h.Role == phrase.Form && strings.HasPrefix(term.ID, id) && (best == "" || reason < best) {
				best = reason
			}
		}
	}
	return best
}

// truncated reports whether a text breaks off.
func truncated(s string) bool {
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	if strings.HasSuffix(s, "...") || strings.HasSuffix(s, "…") {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return len(s) >= 290 && len(s) <= 310 && (unicode.IsLetter(r) || r == ',')
}

// sample is how many bytes of a text the language is told from.
const sample = 2000

// languageOf returns the ISO 639-1 code of a text's language, or "" where a
// few words cannot tell. Function words tell English fast and surely; only a
// text that lacks them is shown to the trigram detector.
func languageOf(d *phrase.Dict, t phrase.Text, words int) string {
	toks := t.Tokens[:min(len(t.Tokens), 150)]
	seen, english, known := phrase.Words(toks), d.Alone("english", toks), 0
	for i := range toks {
		if toks[i].Flags&phrase.Sign == 0 && toks[i].Word != phrase.Unknown {
			known++
		}
	}
	if 8*english >= seen && english > 0 || 3*known >= 2*seen {
		return "en"
	}
	if words < 20 {
		return ""
	}
	s := t.Text[:min(len(t.Text), sample)]
	for !utf8.ValidString(s) && len(s) > 0 && len(s) > sample-4 {
		s = s[:len(s)-1]
	}
	info := whatlanggo.Detect(s)
	code := info.Lang.Iso6391()
	if code == "en" || 16*english >= seen && info.Confidence < 0.9 {
		return "en" // a list of product names has few function words
	}
	if !info.IsReliable() && info.Script == unicode.Latin && 30*english >= seen {
		return "en"
	}
	return code
}

// languageName is the name of a language by its code.
func languageName(code string) string {
	for lang := range whatlanggo.Langs {
		if lang.Iso6391() == code {
			return lang.String()
		}
	}
	return code
}

// Exclude marks every statement as counting for nothing, as in a text that is
// no posting.
func Exclude(statements []Statement) []Statement {
	for i := range statements {
		if statements[i].About == Candidate {
			statements[i].About, statements[i].Ask, statements[i].Clauses = Other, "", nil
		}
	}
	return statements
}
