package phrase

import "strings"

// inflections returns the forms of a regular English word: plural and third
// person, past, gerund, with a doubled last letter where it may double.
// A form that is no word does no harm: no text holds it.
func inflections(base string) []string {
	forms := []string{base}
	n := len(base)
	if n < 2 {
		return forms
	}
	last, before := base[n-1], base[n-2]
	vowel := func(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
	switch {
	case last == 'y' && !vowel(before):
		forms = append(forms, base[:n-1]+"ies", base[:n-1]+"ied", base+"ing")
	case last == 'e' && before == 'i':
		forms = append(forms, base+"s", base+"d", base[:n-2]+"ying")
	case last == 'e':
		forms = append(forms, base+"s", base+"d", base[:n-1]+"ing", base+"ing")
	case strings.HasSuffix(base, "s") || strings.HasSuffix(base, "x") || strings.HasSuffix(base, "z") || strings.HasSuffix(base, "ch") || strings.HasSuffix(base, "sh"):
		forms = append(forms, base+"es", base+"ed", base+"ing")
	default:
		forms = append(forms, base+"s", base+"ed", base+"ing")
		if n >= 3 && vowel(before) && !vowel(base[n-3]) && !vowel(last) && last != 'w' && last != 'x' && last != 'y' {
			forms = append(forms, base+string(last)+"ed", base+string(last)+"ing")
		}
		if last == 'o' {
			forms = append(forms, base+"es")
		}
	}
	return forms
}

// respell returns the other spelling of a word in -ise or -ize, -yse or -yze,
// if it has one.
func respell(w string) (string, bool) {
	if len(w) < 7 {
		return "", false
	}
	for _, end := range []string{"e", "ed", "es", "er", "ers", "ing", "ation", "ations", "ational"} {
		base, ok := strings.CutSuffix(w, end)
		if !ok || len(base) < 5 || base[len(base)-2] != 'i' && base[len(base)-2] != 'y' {
			continue
		}
		switch n := len(base) - 1; base[n] {
		case 's':
			return base[:n] + "z" + end, true
		case 'z':
			return base[:n] + "s" + end, true
		}
	}
	return "", false
}
