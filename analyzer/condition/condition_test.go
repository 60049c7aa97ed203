package condition

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
)

func example() *analyzer.Report {
	return &analyzer.Report{Schema: analyzer.Schema, Status: "scored", Verdict: "heller_pattern", Scores: score.Scores{Technical: 60, Soft: 7.3, Gap: 52.7},
		Figures: score.Figures{GenericOnly: true, Core: 0},
		Posting: analyzer.Posting{Title: "Support Engineer (C++)", Organization: "Acme Ltd.", Location: "Leeds", DatePosted: "2024-05-31T10:00:00Z",
			Record: 12, Kept: map[string]string{"Pay range": "30/40", "points": " 10 "}},
		Facets: score.Facets()}
}

var sample = posting.Posting{Title: "Support Engineer (C++)", Organization: "Acme Ltd.", Location: "Leeds", DatePosted: "2024-05-31T10:00:00Z",
	Record: 12, Kept: map[string]string{"Pay range": "30/40", "points": " 10 "}}

func TestHolds(t *testing.T) {
	for text, want := range map[string]bool{
		"gap>40":                                 true,
		"gap > 52.7":                             false,
		"gap>=52.7":                              true,
		"gap<40":                                 false,
		"gap=52.7":                               true,
		"gap==52.7 and gap!=52.8":                true,
		"gap>40 or verdict=heller_pattern":       true,
		"gap>60 or verdict=heller_pattern":       true,
		"verdict=balanced":                       false,
		"verdict!=balanced":                      true,
		`verdict=""`:                             false,
		"title~support and date>=2024":           true,
		"title~SUPPORT and date>=2025":           false,
		"date=2024":                              true,
		"date=2024-05":                           true,
		"date<=2024":                             true,
		"date<2024":                              false,
		"date>2024-05-30":                        true,
		"date_posted != 2024-05-31":              false,
		`date ~ "T10:"`:                          true,
		"title~C++":                              true,
		`title ~ "engineer (c++)"`:               true,
		"title !~ support":                       false,
		`title ~ /^support\b.*\(c\+\+\)$/`:       true,
		`"kept_Pay range" ~ /^30\/40$/`:          true,
		`organization = 'acme ltd.'`:             true,
		`organisation = "Acme"`:                  false,
		"generic_only":                           true,
		"not generic_only":                       false,
		"generic_only=false":                     false,
		"generic_only != false":                  true,
		"patience_level = 0 and record=12":       true,
		"not (gap>40 and soft<10) or soft > 7.2": true,
		"not not gap>40":                         true,
		"gap>60 or gap>50 and soft>90":           false,
		"(gap>60 or gap>50) and soft<90":         true,
		"url = ''":                               true,
		"url != ''":                              false,
		"url ~ example":                          false,
		"url !~ example":                         true,
		"kept_points>9 and kept_points<=10":      true,
		`"kept_Pay range">9`:                     false,
		"location=leeds":                         true,
		"title~'\"'":                             false,
	} {
		c, err := Parse(text, "Pay range", "points")
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := c.Holds(example()); got != want {
			t.Errorf("%s is %v", text, got)
		}
	}
}

// A posting that could not be scored meets no comparison with a figure.
func TestAbsent(t *testing.T) {
	none := &analyzer.Report{Status: "unscorable", Posting: analyzer.Posting{DatePosted: "recently"}}
	for text, want := range map[string]bool{
		"gap>40": false, "gap<=40": false, "gap=0": false, "gap!=40": true, "not gap>40": true, "generic_only": false,
		"patience_level=0": false, "date>=2024": false, "date<2024": false, "status=unscorable": true, "verdict=''": true, "title=x": false,
	} {
		c, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Holds(none); got != want {
			t.Errorf("%s is %v", text, got)
		}
	}
}

// What is known before a posting is scored is enough to refuse it, if it is.
func TestRefuses(t *testing.T) {
	for text, want := range map[string]struct{ refuses, late bool }{
		"title~support":                                {false, false},
		"title~nurse":                                  {true, false},
		"date>=2025":                                   {true, false},
		"title~nurse and gap>40":                       {true, true},
		"title~nurse or gap>40":                        {false, true},
		"title~support and gap>90":                     {false, true},
		"not (title~nurse or gap>40)":                  {false, true},
		"not (title~support or gap>40)":                {true, true},
		"family=help_desk":                             {false, true},
		`"kept_Pay range"~40 and organization!~"acme"`: {true, false},
		"language=en and record>12":                    {true, true},
		"gap>40":                                       {false, true},
	} {
		c, err := Parse(text, "Pay range", "points")
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Refuses(sample); got != want.refuses || c.Late() != want.late {
			t.Errorf("%s: refuses %v, late %v", text, got, c.Late())
		}
	}
	var none *Condition
	if none.Refuses(sample) || !none.Holds(example()) || none.Late() {
		t.Error("no condition refuses something")
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "condition, column 1: the name of a field must stand here",
		"gep>40":                   "condition, column 1: no field is named gep",
		"patience>1":               "condition, column 1: no field is named patience: is it patience_evidence, patience_level?",
		"gap>40 and":               "condition, column 11: the name of a field must stand here",
		"gap>40 verdict=balanced":  "condition, column 8: and or or must stand here",
		"gap>":                     "condition, column 5: a value must stand here",
		"gap>wide":                 `condition, column 5: "wide" is no number, as gap is`,
		"gap>NaN":                  `condition, column 5: "NaN" is no number, as gap is`,
		"gap~4":                    "condition, column 4: gap is a number: compare it with = != < <= > >=",
		"title>x":                  "condition, column 6: title is a text: compare it with = != ~ or !~",
		"title":                    "condition, column 6: a comparison must stand behind title: = != < <= > >= ~ or !~",
		"date>=soon":               `condition, column 7: "soon" is no date: write 2024, 2024-05 or 2024-05-31`,
		"verdict=heler_pattern":    `condition, column 9: verdict is never "heler_pattern": it is one of heller_pattern, tilted_technical, balanced`,
		"(gap>40":                  "condition, column 8: a closing parenthesis is missing",
		"gap>40)":                  "condition, column 7: and or or must stand here",
		`title="Support`:           `condition, column 7: the " that begins here has no end`,
		"title~/(/":                "condition, column 7: the regular expression does not hold: missing closing ): `(?i)(`",
		"kept_points<few":          `condition, column 13: "few" is no number: a kept column is compared with a number, or as a text with = != ~ or !~`,
		"kept_pay=3":               "condition, column 1: no column is kept as kept_pay: keep it with --keep pay",
		"größe>1 and gap>40":       "condition, column 1: no field is named größe",
		"title~größe and gep>40":   "condition, column 17: no field is named gep",
		"generic_only>true":        "condition, column 14: generic_only is yes or no: write generic_only alone, or not generic_only",
		"gap>40 and\nsoft<1":       "condition, column 1: it must be one line of UTF-8",
		strings.Repeat("(", 50000): "condition, column 102: more than 100 parentheses lie in one another",
	} {
		_, err := Parse(text, "points")
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got, _, _ := strings.Cut(err.Error(), "\n"); got != want {
			t.Errorf("%.40q: %s\nwant %s", text, got, want)
		}
	}
	_, err := Parse("title~größe and gep>40")
	if want := "condition, column 17: no field is named gep\n  title~größe and gep>40\n                  ^"; err.Error() != want {
		t.Errorf("%v\nis not\n%s", err, want)
	}
}

// A condition is read or its error points into it; what early refuses never
// holds later.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"gap>40 or verdict=heller_pattern", "title~support and date>=2024", "not (a=1)", `title ~ /x\/y/`, "generic_only", "((", `"kept_Pay range"!~'x'`, "date=2024-05", "\xff"} {
		f.Add(text)
	}
	r := example()
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(text, "Pay range", "points")
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.At > len(e.Text) || !utf8.ValidString(e.Error()) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if c.Refuses(sample) && c.Holds(r) {
			t.Errorf("%s refuses what it holds of", text)
		}
		if !c.Late() && c.Refuses(sample) == c.Holds(r) {
			t.Errorf("%s is not late, and yet not settled", text)
		}
	})
}
