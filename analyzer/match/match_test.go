package match

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"softgap/analyzer/phrase"
	"softgap/analyzer/posting"
	"softgap/analyzer/segment"
	"softgap/lexicons"
)

// small is a set of lists that no edit of the shipped ones changes.
func small(t *testing.T) *Finder {
	t.Helper()
	file := func(id, kind, terms string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("id: " + id + "\nkind: " + kind + "\ntitle: " + id + "\nsources: [test]\nlicence: MIT\nversion: 1\nterms:\n" + terms)}
	}
	set, err := lexicons.Load(fstest.MapFS{
		"network.yaml": file("network", "technical", `
  - {id: dns, forms: [DNS], hit: [DNS], miss: [x]}
  - {id: active-network, forms: [Active Network], hit: [Active Network], miss: [x]}
`),
		"programming.yaml": file("programming", "technical", `
  - {id: java, forms: [Java], blocks: [Java coffee], hit: [Java], miss: [x]}
  - {id: go, forms: [Go], case: exact, needs: ["@list", "@asked", language], pos: name, hit: [Go and Java], miss: [Go home]}
  - {id: spring, forms: [Spring], needs: ["@tech"], hit: [Spring and Java], miss: [spring]}
  - {id: active, forms: [Active Network Directory], hit: [Active Network Directory], miss: [x]}
  - {id: reliable, forms: [reliable systems], needs: ["@alone"], hit: [reliable systems], miss: [x]}
  - {id: basic, forms: [modern technologies], level: 1, hit: [modern technologies], miss: [x]}
`),
		"patience.yaml": file("patience", "soft", `
  - {id: patience, forms: [patience, "patient with {person}"], never: [patience game], hit: [patience], miss: [patience game]}
`),
		"teamwork.yaml": file("teamwork", "soft", `
  - {id: player, forms: [team player], level: 1, hit: [team player], miss: [x]}
  - {id: patient-team, forms: [patience with the team], level: 3, hit: [patience with the team], miss: [x]}
`),
		"person.yaml":     file("person", "class", "  - {id: person, forms: [users, callers, the team], hit: [users], miss: [x]}\n"),
		"toward.yaml":     file("toward", "class", "  - {id: toward, forms: [with], hit: [with], miss: [x]}\n"),
		"asking_for.yaml": file("asking_for", "class", "  - {id: asking, forms: [experience with], hit: [experience with], miss: [x]}\n"),
		"joiner.yaml":     file("joiner", "class", "  - {id: joiner, forms: [and, or], hit: [and], miss: [x]}\n"),
		"determiner.yaml": file("determiner", "class", "  - {id: determiner, forms: [the], hit: [the], miss: [x]}\n"),
		"situation.yaml":  file("situation", "class", "  - {id: situation, forms: [during outages], hit: [during outages], miss: [x]}\n"),
		"context.yaml": file("context", "cue", `
  - {id: amount, forms: ["{number} years"], hit: [5 years], miss: [x]}
  - {id: standard, forms: [within ten minutes], hit: [within ten minutes], miss: [x]}
  - {id: vague, forms: [in a fast paced environment], hit: [in a fast paced environment], miss: [x]}
`),
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := phrase.Compile(set)
	if err != nil {
		t.Fatal(err)
	}
	return New(d)
}

func TestFind(t *testing.T) {
	f := small(t)
	tests := []struct{ text, want string }{
		{"Know DNS.", "network 2 “DNS”"},
		{"Know dns and java.", "network 2 “dns”; programming 2 “java”"},
		{"Drink Java coffee.", ""},
		{"Active Network Directory", "programming 2 “Active Network Directory”"}, // the longest, over all categories
		{"Active Network", "network 2 “Active Network”"},
		{"Java, Go and Spring", "programming 2 “Java”; programming 2 “Go”; programming 2 “Spring”"},
		{"Spring into the sea with DNS", "programming 2 “Spring”; network 2 “DNS”"},
		{"Spring into the sea", ""},
		{"Build reliable systems, truly reliable systems.", "programming 2 “reliable systems”; programming 2 “reliable systems”"},
		{"Build reliable systems with DNS.", "network 2 “DNS”"}, // it counts alone only
		{"go and Java", "programming 2 “Java”"},                 // not as written
		{"Write the language Go daily.", "programming 2 “Go”"},  // a word that it needs
		{"Experience with Go", "programming 2 “Go”"},            // what stands before it
		{"Go home early.", ""}, // the tagger: a verb
		{"Modern technologies", "programming 1 “Modern technologies”"},
		{"5 years of DNS", "network 3 “DNS”"},
		{"5 years of modern technologies", "programming 1 “modern technologies”"},
		{"Patience", "patience 2 “Patience”"},
		{"A patience game", ""},
		{"Patience with callers", "patience 3 “Patience”"},
		{"Patience during outages", "patience 3 “Patience”"},
		{"Patience in a fast paced environment during outages", "patience 2 “Patience”"},
		{"Patience with callers within ten minutes", "patience 4 “Patience”"},
		{"Patient with users", "patience 3 “Patient with users”"},
		{"Team player", "teamwork 1 “Team player”"},
		{"Patience with the team", "patience 3 “Patience”; teamwork 3 “Patience with the team”"}, // each side of people by itself
		{"", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, m := range f.Find(nil, f.dict.Read(tt.text), []segment.Statement{{Span: posting.Span{End: len(tt.text)}, About: segment.Candidate, Ask: segment.Required}}) {
			got = append(got, fmt.Sprintf("%s %d “%s”", m.Dimension, m.Level, tt.text[m.Start:m.End]))
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%q: %s, want %s", tt.text, s, tt.want)
		}
	}
	if f.Asked() == 0 {
		t.Error("the tagger was never asked")
	}
}

// What a clause negates is not asked, what it prefers is asked less; other
// statements than the candidate's, and repeats, ask nothing.
func TestFindAsks(t *testing.T) {
	f := small(t)
	const text = "DNS required, no Java, patience a plus"
	whole := posting.Span{End: len(text)}
	s := segment.Statement{Span: whole, About: segment.Candidate, Ask: segment.Required, Clauses: []segment.Clause{
		{Span: posting.Span{Start: strings.Index(text, "no"), End: strings.Index(text, ", patience")}, Ask: segment.Required, Negated: true},
		{Span: posting.Span{Start: strings.Index(text, "patience"), End: len(text)}, Ask: segment.Preferred},
	}}
	ms := f.Find(nil, f.dict.Read(text), []segment.Statement{s})
	if len(ms) != 2 || ms[0].Ask != segment.Required || ms[1].Ask != segment.Preferred || ms[1].Dimension != "patience" {
		t.Errorf("%+v", ms)
	}
	for _, other := range []segment.Statement{{Span: whole, About: segment.Employer}, {Span: whole, About: segment.Candidate, Ask: segment.Duty, Repeat: true}} {
		if ms := f.Find(nil, f.dict.Read(text), []segment.Statement{other}); len(ms) > 0 {
			t.Errorf("%+v: %+v", other, ms)
		}
	}
}

// A word of another match is no verb of this one: "Power Automate and dbt" says
// nothing of what is done with dbt.
func TestActOn(t *testing.T) {
	f := small(t)
	const text = "As one of us you meet Active Network Directory and Java"
	for _, tt := range []struct {
		verb phrase.Hit
		want int
	}{
		{phrase.Hit{From: 5, To: 6}, 3}, // meet
		{phrase.Hit{From: 7, To: 8}, 2}, // Network
		{phrase.Hit{From: 6, To: 7}, 3}, // Active, which begins its match, as "manage accounts" may
	} {
		s := segment.Statement{Span: posting.Span{End: len(text)}, About: segment.Candidate, Ask: segment.Role, Verbs: []phrase.Hit{tt.verb}}
		ms := f.Find(nil, f.dict.Read(text), []segment.Statement{s})
		if len(ms) != 2 || text[ms[1].Start:ms[1].End] != "Java" || ms[1].Level != tt.want {
			t.Errorf("verb %d: %+v, want Java at level %d", tt.verb.From, ms, tt.want)
		}
	}
}

// A match lies in one statement: words of two neighbours make none.
func TestFindStaysInside(t *testing.T) {
	f := small(t)
	const text = "Active Network Directory"
	cut := strings.Index(text, " Directory")
	ms := f.Find(nil, f.dict.Read(text), []segment.Statement{
		{Span: posting.Span{End: cut}, About: segment.Candidate, Ask: segment.Required},
		{Span: posting.Span{Start: cut + 1, End: len(text)}, About: segment.Candidate, Ask: segment.Required},
	})
	if len(ms) != 1 || ms[0].Dimension != "network" || ms[0].End != cut {
		t.Errorf("%+v", ms)
	}
}

// The tagger is shown no more than it can bear, whatever a statement holds.
func TestVoteIsBounded(t *testing.T) {
	f := small(t)
	for _, text := range []string{
		"Go" + strings.Repeat(".", 100_000), strings.Repeat("(", 50_000) + " Go " + strings.Repeat(")", 50_000),
		strings.Repeat("x", 200_000) + " Go", "Go \xff\xfe\x00 é " + strings.Repeat("ü", 5_000), "Go Go Go",
	} {
		f.Find(nil, f.dict.Read(text), []segment.Statement{{Span: posting.Span{End: len(text)}, About: segment.Candidate, Ask: segment.Required}})
	}
}
