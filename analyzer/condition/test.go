package condition

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"softgap/analyzer"
	"softgap/analyzer/score"
)

// An outcome is no, yes or still open. They are ordered: and is the least of
// its sides, or the greatest, not the opposite (Kleene's logic).
type outcome int

const (
	no outcome = iota - 1
	open
	yes
)

func outcomeOf(holds bool) outcome {
	if holds {
		return yes
	}
	return no
}

// A test answers a question about a Report; an early one knows only what the
// source said.
type test func(r *analyzer.Report, early bool) outcome

func and(a, b test) test {
	return func(r *analyzer.Report, early bool) outcome { return min(a(r, early), b(r, early)) }
}

func or(a, b test) test {
	return func(r *analyzer.Report, early bool) outcome { return max(a(r, early), b(r, early)) }
}

func not(a test) test {
	return func(r *analyzer.Report, early bool) outcome { return -a(r, early) }
}

// compare makes the test of one field by what holds of its value, and by what
// holds where there is none.
func compare(f analyzer.Field, absent bool, holds func(analyzer.Value) bool) test {
	late := isLate(f.Name)
	return func(r *analyzer.Report, early bool) outcome {
		if early && late {
			return open
		}
		v, ok := f.Of(r)
		if !ok {
			return outcomeOf(absent)
		}
		return outcomeOf(holds(v))
	}
}

// early are the fields that the source gives.
var early = []string{"source", "record", "id", "title", "organization", "location", "date_posted", "url"}

func isLate(field string) bool {
	return !slices.Contains(early, field) && !strings.HasPrefix(field, "kept_")
}

// operators are the signs, the longer of two that begin alike first, and what
// each asks of the order of a value and the one it is held against.
var operators = []struct {
	sign  string
	holds func(order int) bool
}{
	{"!~", nil},
	{"!=", func(o int) bool { return o != 0 }},
	{"<=", func(o int) bool { return o <= 0 }},
	{">=", func(o int) bool { return o >= 0 }},
	{"==", func(o int) bool { return o == 0 }},
	{"=", func(o int) bool { return o == 0 }},
	{"<", func(o int) bool { return o < 0 }},
	{">", func(o int) bool { return o > 0 }},
	{"~", nil},
}

// words are the values that some fields are limited to: a mistyped one would
// hold of nothing, without a word.
var words = map[string][]string{
	"verdict": {string(score.HellerPattern), string(score.TiltedTechnical), string(score.Balanced), ""},
	"status":  {string(score.Scored), string(score.Thin), string(score.Unscorable)},
}

// comparison makes the test of a field, a sign and a value; the error is about
// the value, or about the sign if that is so.
func comparison(f analyzer.Field, sign string, value string, pattern bool) (t test, aboutSign bool, err error) {
	negative := strings.HasPrefix(sign, "!")
	if strings.HasSuffix(sign, "~") {
		if f.Kind != analyzer.Text && f.Kind != analyzer.Date {
			return nil, true, fmt.Errorf("%s is a number: compare it with = != < <= > >=", f.Name)
		}
		holds, err := contains(value, pattern)
		return compare(f, negative, func(v analyzer.Value) bool { return holds(v.Text) != negative }), false, err
	}
	i := slices.IndexFunc(operators, func(o struct {
		sign  string
		holds func(int) bool
	}) bool {
		return o.sign == sign
	})
	holds := operators[i].holds
	switch f.Kind {
	case analyzer.Count, analyzer.Number:
		n, err := strconv.ParseFloat(value, 64)
		if err != nil || n != n {
			return nil, false, fmt.Errorf("%q is no number, as %s is", value, f.Name)
		}
		return compare(f, negative, func(v analyzer.Value) bool { return holds(order(v.Number, n)) }), false, nil
	case analyzer.Truth:
		b, err := strconv.ParseBool(strings.ToLower(value))
		if err != nil || !strings.HasSuffix(sign, "=") || len(sign) > 1 && sign != "!=" && sign != "==" {
			return nil, false, fmt.Errorf("%s is yes or no: write %s alone, or not %s", f.Name, f.Name, f.Name)
		}
		return compare(f, negative, func(v analyzer.Value) bool { return (v.Number != 0) == b != negative }), false, nil
	case analyzer.Date:
		if !dateForm().MatchString(value) {
			return nil, false, fmt.Errorf("%q is no date: write 2024, 2024-05 or 2024-05-31", value)
		}
		return compare(f, negative, func(v analyzer.Value) bool {
			return dateForm().MatchString(v.Text[:min(len(v.Text), 4)]) && holds(strings.Compare(v.Text[:min(len(v.Text), len(value))], value[:min(len(v.Text), len(value))]))
		}), false, nil
	}
	if kept := strings.HasPrefix(f.Name, "kept_"); kept && strings.ContainsAny(sign, "<>") {
		n, err := strconv.ParseFloat(value, 64)
		if err != nil || n != n {
			return nil, false, fmt.Errorf("%q is no number: a kept column is compared with a number, or as a text with = != ~ or !~", value)
		}
		return compare(f, negative, func(v analyzer.Value) bool {
			x, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
			return err == nil && holds(order(x, n))
		}), false, nil
	}
	if strings.ContainsAny(sign, "<>") {
		return nil, true, fmt.Errorf("%s is a text: compare it with = != ~ or !~", f.Name)
	}
	if known := words[f.Name]; known != nil && !slices.Contains(known, strings.ToLower(value)) {
		return nil, false, fmt.Errorf("%s is never %q: it is one of %s", f.Name, value, strings.TrimSuffix(strings.Join(known, ", "), ", "))
	}
	return compare(f, (value == "") != negative, func(v analyzer.Value) bool { return strings.EqualFold(v.Text, value) != negative }), false, nil
}

func order(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

var dateForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`) })

// contains makes what asks whether a text holds a value, or matches it.
func contains(value string, pattern bool) (func(string) bool, error) {
	if !pattern {
		value = strings.ToLower(value)
		return func(s string) bool { return strings.Contains(strings.ToLower(s), value) }, nil
	}
	re, err := regexp.Compile("(?i)" + value)
	if err != nil {
		return nil, fmt.Errorf("the regular expression does not hold: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return re.MatchString, nil
}
