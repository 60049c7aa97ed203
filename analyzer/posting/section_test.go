package posting

import "testing"

func TestJoin(t *testing.T) {
	const duties = "You will:\n• Answer calls\n• write notes for the IT team of the Kitchen"
	for _, c := range []struct{ name, text, part, want string }{
		{"a part of its own", duties, "Windows", duties + "\n\nDuties\nWindows"},
		{"a part that is there", duties, "ANSWER CALLS; write notes", duties},
		{"a word that is there", duties, "- It", duties},
		{"letters that become ASCII when small", "The \u0130T team of the \u212Aitchen", "the it team - of the kitchen", "The \u0130T team of the \u212Aitchen"},
		{"half a part", duties, "Answer calls, read notes", duties + "\n\nDuties\nAnswer calls, read notes"},
		{"no letters", duties, "-", duties},
		{"no letters in either", ",", ",", ",\n\nDuties\n,"},
		{"nothing", duties, " ", duties},
	} {
		if got := join([]section{{"", c.text}, {"Duties", c.part}}); got != c.want {
			t.Errorf("%s: %q and %q joined to %q, want %q", c.name, c.text, c.part, got, c.want)
		}
	}
}
