package segment

import (
	"strings"
	"testing"
)

// TestAskInTurn codes postings in which a statement's ask hangs on those
// beside it. Of each posting the asks of its candidate statements are told.
func TestAskInTurn(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a summary above the list", "The Support Engineer will perform backups. You will answer calls.\n\nDuties\n- Answer calls.", "role role duty"},
		{"no list below", "You will work with Go and Kafka.", "duty"},
		{"prose about the role", "About the role\nYou will answer calls. Plan the backups.\n", "role duty"},
		{"somebody is looked for", "What you need\n- Patience.\n\nWe are looking for someone with a calm manner on the phone.", "required role"},
		{"duties go on as requirements", "Duties\n- Answer calls.\n- Demonstrated skill with callers.\n- An even temper.\n- Plan the backups.\n- Shifts at night.", "duty required required duty duty"},
		{"a heading without its line break", "We seek an engineer who stays calm. Key Responsibilities Design the backups. Answer the calls. Minimum Qualifications Experience with Linux. Patience with callers.", "role duty duty required required"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, s := range statements(c.text) {
				if s.About == Candidate {
					got = append(got, string(s.Ask))
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s, want %s", strings.Join(got, " "), c.want)
			}
		})
	}
}
