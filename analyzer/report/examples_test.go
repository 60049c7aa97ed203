package report

import (
	"fmt"
	"strings"

	"softgap/analyzer"
	"softgap/analyzer/posting"
	"softgap/analyzer/score"
)

// The examples are Reports made by hand, two of them the postings that the
// codebook scores by hand.
func examples() map[string]*analyzer.Report {
	return map[string]*analyzer.Report{
		"heller": heller(), "balanced": balanced(), "thin": thin(), "unscorable": unscorable(), "wide": wide(), "hostile": hostile(),
	}
}

// A found is a phrase in a statement: "side dimension level words".
type found string

// said adds a statement to the posting's text, with what was found in it.
func said(r *analyzer.Report, about, ask, text, why string, matches ...found) {
	if r.Posting.Text != "" {
		r.Posting.Text += "\n"
	}
	start := len(r.Posting.Text)
	r.Posting.Text += text
	s := analyzer.Statement{Span: posting.Span{Start: start, End: start + len(text)}, About: about, Ask: ask, Why: why, Matches: []analyzer.Match{}}
	for _, f := range matches {
		m := analyzer.Match{Ask: ask}
		fields := strings.SplitN(string(f), " ", 4)
		m.Side, m.Dimension, m.Text = fields[0], fields[1], fields[3]
		fmt.Sscan(fields[2], &m.Level)
		at := strings.Index(text, m.Text)
		if at < 0 {
			panic("no " + m.Text + " in " + text)
		}
		m.Span = posting.Span{Start: start + at, End: start + at + len(m.Text)}
		m.Term = strings.ToLower(strings.Fields(m.Text)[0])
		s.Matches = append(s.Matches, m)
	}
	r.Statements = append(r.Statements, s)
}

// blank is a Report in which nothing has been found yet.
func blank(title string) *analyzer.Report {
	r := &analyzer.Report{
		Schema:  analyzer.Schema,
		Tool:    analyzer.Tool{Name: "softgap", Version: "0.1.0"},
		Lexicon: analyzer.Lexicon{Version: "1.0.0", Digest: "sha256:" + strings.Repeat("0123456789abcdef", 4)},
		Posting: analyzer.Posting{Title: title, Source: "postings.jsonl", Record: 7, Language: "en"},
		Status:  score.Scored,
		Cutoffs: score.DefaultCutoffs,
		Facets: []score.Facet{
			{ID: "temperament", Title: "Temperament", Norm: 0.8725, Shortfall: 25.4, Dimensions: []score.Evidence{{ID: "patience", Title: "Patience"}, {ID: "good_humour", Title: "Good humour"}}},
			{ID: "understanding", Title: "Understanding", Norm: 0.75, Shortfall: 21.8, Dimensions: []score.Evidence{{ID: "empathy", Title: "Empathy"}, {ID: "listening", Title: "Listening"}}},
			{ID: "relationship_service", Title: "Relationship and service", Norm: 0.63, Shortfall: 18.3, Dimensions: []score.Evidence{
				{ID: "relationships", Title: "Relationships"}, {ID: "service", Title: "Customer service"},
				{ID: "deescalation", Title: "De-escalation"}, {ID: "partnership", Title: "Partnership with the business"}}},
			{ID: "communication", Title: "Communication", Norm: 0.6875, Shortfall: 20, Dimensions: []score.Evidence{
				{ID: "communication", Title: "Communication"}, {ID: "plain_explanation", Title: "Plain explanation"}}},
			{ID: "developing", Title: "Developing and working with others", Norm: 0.5, Shortfall: 14.5, Dimensions: []score.Evidence{
				{ID: "mentoring", Title: "Mentoring"}, {ID: "teamwork", Title: "Teamwork"}}},
		},
		Unscored: []score.Evidence{{ID: "leadership", Title: "Leadership"}, {ID: "morale", Title: "Morale"},
			{ID: "problem_solving", Title: "Problem solving"}, {ID: "self_management", Title: "Self-management"}},
		Statements: []analyzer.Statement{}, Findings: []analyzer.Finding{}, Warnings: []string{},
	}
	for _, c := range []string{"os_desktop Desktops and operating systems", "network Networks", "server_virtual Servers and virtual machines", "cloud Cloud",
		"programming Programming", "database_data Databases and data", "security_identity Security and identity", "enterprise_apps Business applications",
		"devops_automation Automation", "support_hardware Support and hardware", "productivity_collab Office and collaboration", "methods Methods", "certification Certificates"} {
		id, title, _ := strings.Cut(c, " ")
		r.Technical = append(r.Technical, score.Evidence{ID: id, Title: title})
	}
	return r
}

// set fills in evidence, level and statements: "patience 0.5 2 1".
func set(r *analyzer.Report, evidence ...string) {
	lists := [][]score.Evidence{r.Technical, r.Unscored}
	for i := range r.Facets {
		lists = append(lists, r.Facets[i].Dimensions)
	}
	for _, line := range evidence {
		var e score.Evidence
		fmt.Sscan(line, &e.ID, &e.Evidence, &e.Level, &e.Statements)
		known := false
		for _, list := range lists {
			for i := range list {
				if list[i].ID == e.ID {
					e.Title, known = list[i].Title, true
					list[i] = e
				}
			}
		}
		if !known {
			panic("no dimension " + e.ID)
		}
	}
}

// facet fills in a facet's evidence and shortfall.
func facet(r *analyzer.Report, i int, evidence, shortfall float64) {
	r.Facets[i].Evidence, r.Facets[i].Shortfall = evidence, shortfall
}

// heller is posting A of the codebook.
func heller() *analyzer.Report {
	r := blank("Help Desk Technician")
	r.Posting.Organization, r.Posting.Location, r.Posting.DatePosted = "Acme Clinics", "Leeds", "2026-02-04"
	said(r, "other", "", "Requirements", "")
	r.Statements[0].IsHead = true
	said(r, "candidate", "required", "Five years' experience in a Windows environment.", "heading: Requirements", "technical os_desktop 3 Windows")
	said(r, "candidate", "required", "Knowledge of TCP/IP, WINS and DNS.", "heading: Requirements", "technical network 2 TCP/IP", "technical network 2 WINS", "technical network 2 DNS")
	said(r, "candidate", "required", "MCSE required.", "cue: required", "technical certification 2 MCSE")
	said(r, "candidate", "required", "Excellent communication skills.", "heading: Requirements", "soft communication 1 Excellent communication skills")
	said(r, "candidate", "required", "MCSE required.", "cue: required", "technical certification 2 MCSE")
	r.Statements[5].Repeat = true
	said(r, "employer", "", "Acme is a friendly, caring family company.", "cue: company, named")
	said(r, "offer", "", "Dental plan and parking.", "cue: dental plan")
	said(r, "legal", "", "All applicants are considered alike.", "cue: applicants are considered")
	set(r, "os_desktop 0.75 3 1", "network 0.5 2 1", "certification 0.5 2 1", "communication 0.25 1 1")
	facet(r, 3, 0.25, 12.7)
	r.Scores = score.Scores{Technical: 58.3, Soft: 7.3, Gap: 51.1}
	r.Verdict = score.HellerPattern
	r.Figures = score.Figures{SoftShare: 0.25, SoftShareLow: 0.046, SoftShareHigh: 0.699, GenericOnly: true, Concreteness: 0.33, TechBeforePeople: 3,
		DimensionsStated: 1, CandidateStatements: 4, CandidateWords: 22}
	return r
}

// balanced is posting B of the codebook with more asked toward people.
func balanced() *analyzer.Report {
	r := blank("IT Support Analyst")
	r.Posting.Organization = "Northern Trust Hospital"
	said(r, "candidate", "duty", "Resolve tickets for Windows 11, Office 365 and VPN.", "heading: Duties", "technical support_hardware 3 tickets",
		"technical os_desktop 3 Windows 11", "technical productivity_collab 3 Office 365", "technical network 3 VPN")
	said(r, "candidate", "duty", "Explain fixes to non-technical staff in plain language so that they can help themselves.", "heading: Duties",
		"soft plain_explanation 4 Explain fixes to non-technical staff in plain language so that they can help themselves")
	said(r, "candidate", "required", "Two years' desktop support.", "heading: Required", "technical support_hardware 3 desktop support")
	said(r, "candidate", "required", "Working knowledge of TCP/IP, DNS, Active Directory.", "heading: Required", "technical network 2 TCP/IP", "technical network 2 DNS",
		"technical server_virtual 2 Active Directory")
	said(r, "candidate", "required", "Patience with callers who are upset.", "heading: Required", "soft patience 3 Patience with callers who are upset")
	said(r, "candidate", "required", "Excellent communication skills; team player; attention to detail.", "heading: Required", "soft communication 1 Excellent communication skills",
		"soft teamwork 1 team player", "soft self_management 2 attention to detail")
	said(r, "candidate", "preferred", "Customer service experience.", "heading: Nice to have", "soft service 2 Customer service")
	said(r, "candidate", "duty", "Own the complaint until the caller is satisfied.", "heading: Duties", "soft service 3 Own the complaint until the caller is satisfied")
	said(r, "candidate", "duty", "Keep the store room tidy.", "heading: Duties")
	said(r, "employer", "", "We are a caring, people-first company.", "cue: we are")
	r.Statements[4].Matches[0].Why = "with whom: callers who are upset"
	set(r, "os_desktop 0.75 3 1", "network 0.85 3 2", "server_virtual 0.5 2 1", "support_hardware 0.85 3 2", "productivity_collab 0.75 3 1",
		"patience 0.75 3 1", "service 0.85 3 2", "communication 0.25 1 1", "plain_explanation 1 4 1", "teamwork 0.25 1 1", "self_management 0.5 2 1")
	facet(r, 0, 0.75, 3.6)
	facet(r, 2, 0.85, 0)
	facet(r, 3, 1, 0)
	facet(r, 4, 0.25, 7.3)
	r.Scores = score.Scores{Technical: 81.7, Soft: 67.4, Gap: 14.3}
	r.Verdict = score.Balanced
	r.Figures = score.Figures{SoftShare: 0.63, SoftShareLow: 0.31, SoftShareHigh: 0.86, Core: 1, Concreteness: 0.04, TechBeforePeople: 1,
		DimensionsStated: 5, CandidateStatements: 9, CandidateWords: 61}
	r.Warnings = []string{"The heading \"Duties\" stands twice."}
	return r
}

func thin() *analyzer.Report {
	r := blank("Java Developer")
	said(r, "candidate", "required", "Strong Java and SQL.", "heading: Requirements", "technical programming 2 Java", "technical database_data 2 SQL")
	set(r, "programming 0.5 2 1", "database_data 0.5 2 1")
	r.Status, r.Reason = score.Thin, "only 1 statement is about the person"
	r.Scores = score.Scores{Technical: 33.3, Gap: 33.3}
	r.Figures = score.Figures{CandidateStatements: 1, CandidateWords: 4, TechBeforePeople: 1}
	return r
}

// unscorable has nil lists, as a hand-made Report may.
func unscorable() *analyzer.Report {
	return &analyzer.Report{
		Schema: analyzer.Schema, Tool: analyzer.Tool{Name: "softgap", Version: "0.1.0"},
		Lexicon: analyzer.Lexicon{Version: "1.0.0", Digest: "sha256:" + strings.Repeat("0", 64)},
		Posting: analyzer.Posting{URL: "https://jobs.example.com/123", Source: "https://jobs.example.com/123", Record: 1},
		Status:  score.Unscorable, Reason: "the page is a login wall", Cutoffs: score.DefaultCutoffs,
	}
}

func wide() *analyzer.Report {
	r := heller()
	r.Posting.Title = "系統管理員（資訊技術部門）システム管理者 👩‍💻 Systems Administrator 시스템 관리자, Infrastruktur für Krankenhäuser"
	r.Posting.Organization, r.Posting.Location = "株式会社例", "東京"
	r.Posting.Text = ""
	r.Statements = []analyzer.Statement{}
	said(r, "candidate", "required", "Excellent communication skills 日本語能力 with 利用者 of the wards.", "", "soft communication 1 communication skills 日本語能力 with 利用者")
	said(r, "candidate", "required", "Windows サーバー十台の管理 in three sites.", "", "technical os_desktop 3 Windows サーバー十台の管理")
	return r
}

func hostile() *analyzer.Report {
	r := heller()
	bad := "\x1b]0;owned\x07\x1b[2J \u009b31m | pipe ||\r\n# head <script>alert(1)</script> `code` [x](javascript:y) **b** \\| \u202eesrever\u2028 \x00\x7f &amp; 1. + \u00a0end"
	r.Posting.Text = ""
	r.Statements = []analyzer.Statement{}
	r.Posting.ID, r.Posting.Title, r.Posting.Organization, r.Posting.Location = bad, bad, "- "+bad, "1. "+bad
	r.Posting.DatePosted, r.Posting.URL, r.Posting.Source, r.Posting.Language = bad, bad, bad, bad
	r.Tool.Version, r.Lexicon.Version, r.Lexicon.Digest = bad, bad, "x:"+bad
	r.Warnings = []string{bad}
	r.Reason = bad
	said(r, "candidate", "required", "Excellent communication skills "+bad, bad, found("soft communication 1 communication skills "+bad))
	said(r, "employer", "", bad+strings.Repeat("x", 500), bad)
	r.Statements[0].Heading, r.Statements[0].Matches[0].Why, r.Statements[0].Matches[0].Ask = bad, bad, "required"
	set(r, "os_desktop 0 0 0", "network 0 0 0", "certification 0 0 0")
	for i := range r.Facets {
		r.Facets[i].Title = bad
	}
	r.Technical[3] = score.Evidence{ID: bad, Evidence: 0.25, Level: 9, Statements: 1}
	return r
}
