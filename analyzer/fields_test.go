package analyzer

import (
	"strings"
	"testing"

	"softgap/analyzer/posting"
)

// The header is a contract: names may be added, and a change here is one that
// users' scripts see.
const header = `source record id title organization location date_posted url language family duplicate_of status reason error
technical soft gap verdict soft_share soft_share_low soft_share_high core generic_only concreteness tech_before_people
dimensions_stated candidate_statements candidate_words
facet_temperament facet_temperament_shortfall patience_evidence patience_level good_humour_evidence good_humour_level
facet_understanding facet_understanding_shortfall empathy_evidence empathy_level listening_evidence listening_level
facet_relationship facet_relationship_shortfall relationships_evidence relationships_level service_evidence service_level
deescalation_evidence deescalation_level partnership_evidence partnership_level
facet_communication facet_communication_shortfall communication_evidence communication_level
plain_explanation_evidence plain_explanation_level
facet_developing facet_developing_shortfall mentoring_evidence mentoring_level teamwork_evidence teamwork_level
leadership_evidence leadership_level morale_evidence morale_level problem_solving_evidence problem_solving_level
self_management_evidence self_management_level
os_desktop_evidence os_desktop_level network_evidence network_level server_virtual_evidence server_virtual_level
cloud_evidence cloud_level programming_evidence programming_level database_data_evidence database_data_level
security_identity_evidence security_identity_level enterprise_apps_evidence enterprise_apps_level
devops_automation_evidence devops_automation_level support_hardware_evidence support_hardware_level
productivity_collab_evidence productivity_collab_level methods_evidence methods_level certification_evidence certification_level
warnings schema tool_version lexicon_version lexicon_digest kept_pay`

func TestFields(t *testing.T) {
	fields := Fields("pay")
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	if got, want := strings.Join(names, " "), strings.Join(strings.Fields(header), " "); got != want {
		t.Errorf("the header is\n%s\nnot\n%s", got, want)
	}
	r := shared().Analyze(posting.Posting{ID: "x", Text: "Requirements\n- You must know DNS.\n- Patience with users.", Kept: map[string]string{"pay": "a lot"}})
	none := shared().Analyze(posting.Posting{Problem: "broken: mend it"})
	short := &Report{Status: "scored"}
	for _, f := range fields {
		f.Of(short) // and does not fall
		v, ok := f.Of(r)
		_, unscored := f.Of(none)
		switch f.Name {
		case "id", "kept_pay":
			if !ok || v.Text == "" {
				t.Errorf("%s is %v", f.Name, v)
			}
		case "patience_level":
			if v.Number != 3 || unscored {
				t.Errorf("%s is %v, and of an unscored posting %v", f.Name, v, unscored)
			}
		case "network_evidence":
			if v.Number != 0.5 {
				t.Errorf("%s is %v", f.Name, v)
			}
		}
	}
}
