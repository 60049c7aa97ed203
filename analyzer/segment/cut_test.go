package segment

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"softgap/analyzer/phrase"
	"softgap/lexicons"
)

// dict is the compiled word lists, for all tests.
var dict = sync.OnceValue(func() *phrase.Dict {
	d, err := phrase.Compile(lexicons.Builtin())
	if err != nil {
		panic(err)
	}
	return d
})

func statements(text string) []Statement { return New(dict()).Statements(nil, dict().Read(text)) }

// shown writes the statements of a text down one by one, a heading behind "# ".
func shown(text string) (out []string) {
	for _, s := range statements(text) {
		mark := ""
		if s.IsHead {
			mark = "# "
		}
		out = append(out, mark+text[s.Start:s.End])
	}
	return out
}

// TestCut parts texts into statements. In want they stand a line each, a
// heading behind "# ".
func TestCut(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		// Bullets.
		{"hyphens", "Duties\n- Fix printers\n- Order toner", "# Duties\nFix printers\nOrder toner"},
		{"stars", "Duties\n* Fix printers\n* Order toner", "# Duties\nFix printers\nOrder toner"},
		{"dots", "Duties\n• Fix printers\n•Order toner\n· Label cables", "# Duties\nFix printers\nOrder toner\nLabel cables"},
		{"squares and rings", "Duties\n▪ Fix printers\n◦ Order toner\n● Label cables\n○ Count mice\n■ Sort keys", "# Duties\nFix printers\nOrder toner\nLabel cables\nCount mice\nSort keys"},
		{"arrows and ticks", "Duties\n➢ Fix printers\n✓ Order toner\n✔ Label cables\n► Count mice\n→ Sort keys", "# Duties\nFix printers\nOrder toner\nLabel cables\nCount mice\nSort keys"},
		{"dashes", "Duties\n– Fix printers\n— Order toner\n‣ Label cables", "# Duties\nFix printers\nOrder toner\nLabel cables"},
		{"signs of a word processor", "Duties\n\uf0b7 Fix printers\n\uf0a7 Order toner\no Label cables\n§ Count mice", "# Duties\nFix printers\nOrder toner\nLabel cables\nCount mice"},
		{"a plus", "Duties\n+ Fix printers\n+ Order toner", "# Duties\nFix printers\nOrder toner"},
		{"nested", "Duties\n- Fix printers\n    - Order toner\n\t\t* Label cables\n- Count mice", "# Duties\nFix printers\nOrder toner\nLabel cables\nCount mice"},
		{"no blank behind", "Duties\n-Fix printers\n*Order toner", "# Duties\nFix printers\nOrder toner"},
		{"no-break space behind", "Duties\n•\u00a0Fix printers\n-\u00a0Order toner", "# Duties\nFix printers\nOrder toner"},
		{"two signs", "Duties\n- • Fix printers", "# Duties\nFix printers"},
		{"nothing behind", "Duties\n-\n•\n- Fix printers", "# Duties\nFix printers"},
		{"a hyphen in a word is none", "Duties\n- Self-service kiosks - set up and mend", "# Duties\nSelf-service kiosks - set up and mend"},
		{"a range is none", "Requirements\n3 - 5 years in support", "# Requirements\n3 - 5 years in support"},

		// Line breaks lost without a trace.
		{"joined words", "Duties\n- Strong communication skillsAbility to lift printersPatience with users", "# Duties\nStrong communication skills\nAbility to lift printers\nPatience with users"},
		{"names in two capitals", "Duties\n- Script in JavaScript, PowerShell and TypeScript on GitHub", "# Duties\nScript in JavaScript, PowerShell and TypeScript on GitHub"},
		{"a name that no list holds", "Duties\n- Order at ToastKonto", "# Duties\nOrder at ToastKonto"},

		// Numbers.
		{"numbers with stops", "Duties\n1. Fix printers\n2. Order toner\n10. Label cables", "# Duties\nFix printers\nOrder toner\nLabel cables"},
		{"numbers with brackets", "Duties\n1) Fix printers\n(2) Order toner\na) Label cables", "# Duties\nFix printers\nOrder toner\nLabel cables"},
		{"years are no list number", "Requirements\n2+ years on a desk\n3 years of Linux", "# Requirements\n2+ years on a desk\n3 years of Linux"},
		{"a standard is no list number", "Requirements\n802.11 wireless\n2.5 years of Linux", "# Requirements\n802.11 wireless\n2.5 years of Linux"},

		// Line breaks that the source lost.
		{"bullets on one line", "Required Skills:• Windows • DNS", "# Required Skills:\nWindows\nDNS"},
		{"bullets glued together", "Requirements:•Windows•DNS•Patience", "# Requirements:\nWindows\nDNS\nPatience"},
		{"sentences glued together", "Reports to the Directors.This role mends printers.", "Reports to the Directors.\nThis role mends printers."},
		{"questions glued together", "Do you like printers?Then mend ours!We have many.", "Do you like printers?\nThen mend ours!\nWe have many."},
		{"labels within a line", "Location: Leeds. Requirements: Patience. Linux.", "# Location:\nLeeds.\n# Requirements:\nPatience.\nLinux."},
		{"dashes on one long line", "Duties: - Answer the calls of clinic staff - Mend printers and scanners in the wards - Order toner and paper every week - Label cables - Count the mice in the store",
			"# Duties:\nAnswer the calls of clinic staff\nMend printers and scanners in the wards\nOrder toner and paper every week\nLabel cables\nCount the mice in the store"},

		// Lines that an editor wrapped.
		{"wrapped text", "You will look after the laptops of all the clinics in\nthe north of the country, and you will mend what can\nbe mended. You will order what cannot be mended from\nthe stores, and keep a list of what you have ordered.",
			"You will look after the laptops of all the clinics in\nthe north of the country, and you will mend what can\nbe mended.\nYou will order what cannot be mended from\nthe stores, and keep a list of what you have ordered."},
		{"a wrapped bullet", "Duties\n- Look after the laptops of all the clinics in the north and the\n  south of the country\n- Order toner",
			"# Duties\nLook after the laptops of all the clinics in the north and the\n  south of the country\nOrder toner"},
		{"bold parts on lines of their own", "We seek a\n **DevOps** \n**Engineer** \n to build.\n\n**Duties** \n\n* Build with\n **Linux** \n , and more\n* Use tools such as\n **Jenkins**\n* Test\n\n**Who we are**\nacme.com is a shop.", "We seek a\n **DevOps** \n**Engineer** \n to build.\n# **Duties**\nBuild with\n **Linux** \n , and more\nUse tools such as\n **Jenkins**\nTest\n# **Who we are**\nacme.com is a shop."},
		{"a name in two parts that comes again", "Write to ServiceManager today.RequirementsAbility to listen with ServiceManager", "Write to ServiceManager today.\n# Requirements\nAbility to listen with ServiceManager"},
		{"bold bullets", "Duties\n* **Deployment**\n- Ship it\n* **Support**\n- Help\n\n* **Java**\n* **Go**", "# Duties\n# **Deployment**\nShip it\n# **Support**\nHelp\n**Java**\n**Go**"},
		{"letters and numbers with stops", "Duties\na. Fix printers. b. Order toner.\niv. Label cables\nThis, i. e. all: 1. Plan it. 2. Do it.", "# Duties\nFix printers.\nOrder toner.\nLabel cables\n# This, i. e. all:\nPlan it.\nDo it."},
		{"short lines are no wrapped text", "Requirements\nPatience\nLinux\nA driving licence", "# Requirements\nPatience\nLinux\nA driving licence"},

		// Stops that end nothing.
		{"for example", "Know a shell, e.g. bash or zsh. Know DNS.", "Know a shell, e.g. bash or zsh.\nKnow DNS."},
		{"that is", "Know the stack, i.e. Linux and Go. Know DNS.", "Know the stack, i.e. Linux and Go.\nKnow DNS."},
		{"a country", "Work in the U.S. office. Travel is rare.", "Work in the U.S. office.\nTravel is rare."},
		{"a rank", "Help the Sr. Engineer with DNS. Ask Mr. Smith.", "Help the Sr. Engineer with DNS.\nAsk Mr. Smith."},
		{"a company", "Acme Inc. makes clocks. Bell Ltd. sells them.", "Acme Inc. makes clocks.\nBell Ltd. sells them."},
		{"names with stops", "Know Node.js and ASP.NET. Know .NET and Vue.js.", "Know Node.js and ASP.NET.\nKnow .NET and Vue.js."},
		{"versions", "Know TLS v1.3 and API v2.0. Know 802.11 and Python 3.12.", "Know TLS v1.3 and API v2.0.\nKnow 802.11 and Python 3.12."},
		{"an ellipsis", "Printers ... and more. Then toner... Then cables.", "Printers ... and more.\nThen toner...\nThen cables."},
		{"an address", "Write to jobs@acme.example.com today. Or see https://acme.example.com/jobs.html?a=b. Bye now.",
			"Write to jobs@acme.example.com today.\nOr see https://acme.example.com/jobs.html?a=b.\nBye now."},
		{"a degree", "A B.Sc. or M.S. in computing. Or a Ph.D. in physics.", "A B.Sc. or M.S. in computing.\nOr a Ph.D. in physics."},
		{"and so on", "Know shells, scripts, etc. Know DNS.", "Know shells, scripts, etc.\nKnow DNS."},
		{"a stop in brackets", "Mend printers (and scanners.) Order toner.", "Mend printers (and scanners.)\nOrder toner."},
		{"a quotation", "Say “It works.” Then leave.", "Say “It works.”\nThen leave."},

		// Semicolons part long parts only.
		{"short parts", "Excellent communication skills; team player.", "Excellent communication skills; team player."},
		{"long parts", "Answers the calls of clinic staff from all over the country by telephone; mends the printers and the scanners of the wards in the north of the country.",
			"Answers the calls of clinic staff from all over the country by telephone;\nmends the printers and the scanners of the wards in the north of the country."},

		// Headings.
		{"with a colon", "Requirements:\n- Patience", "# Requirements:\nPatience"},
		{"without", "Requirements\n\nPatience with users.", "# Requirements\nPatience with users."},
		{"in capitals", "REQUIREMENTS\nPatience with users.\nNICE TO HAVE\nLinux.", "# REQUIREMENTS\nPatience with users.\n# NICE TO HAVE\nLinux."},
		{"in Markdown", "## Requirements\n- Patience\n\n### Nice to have ###\n- Linux", "# Requirements\nPatience\n# Nice to have ###\nLinux"},
		{"in bold", "**Requirements**\n- Patience\n\n**Nice to have:**\n- Linux", "# **Requirements**\nPatience\n# **Nice to have:**\nLinux"},
		{"bold label within a line", "**Requirements:** Patience.", "# **Requirements:**\nPatience."},
		{"unknown, before bullets", "Life In The Tower\n- Mend clocks\n- Wind them", "# Life In The Tower\nMend clocks\nWind them"},
		{"underlined", "Requirements\n============\n- Patience", "# Requirements\nPatience"},
		{"a bullet is none", "Requirements\n- Patience\n- Skills\n- Linux", "# Requirements\nPatience\nSkills\nLinux"},
		{"a rule between", "Requirements\n- Patience\n-----\n***\nLinux.", "# Requirements\nPatience\nLinux."},
		{"emphasis is no bullet", "Requirements\n- **Patience** with users\n*Linux* is a plus.", "# Requirements\n**Patience** with users\n*Linux* is a plus."},

		{"nothing", "", ""},
		{"blanks", " \n\t\r\n\u00a0", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := shown(c.text); strings.Join(got, "\n") != c.want {
				t.Errorf("%q\nis cut into\n%s\nnot\n%s", c.text, strings.Join(got, "\n"), c.want)
			}
		})
	}
}

// TestLineEnds holds that the kind of the line ends cuts nothing otherwise.
func TestLineEnds(t *testing.T) {
	const text = "Duties\n- Fix printers\n\n- Order toner\nNice to have\n- Patience"
	want := shown(text)
	for _, end := range []string{"\r\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f", " \n", "\t\r\n"} {
		if got := shown(strings.ReplaceAll(text, "\n", end)); !slices.Equal(got, want) {
			t.Errorf("with line end %q it is cut into\n%q, not\n%q", end, got, want)
		}
	}
}

// TestAsk codes statements that ask for parts of theirs in ways of their own
// (codebook, section 3 and rulings 10, 15, 16). In want each part that the
// statement asks for otherwise stands as "ask: part", "not: part" what it
// negates, behind the ask of the whole.
func TestAsk(t *testing.T) {
	for _, c := range []struct{ heading, text, want string }{
		{"Requirements", "SQL required, Power BI a plus.", "required, preferred: Power BI a plus"},
		{"Requirements", "Knowledge of SQL is required; Power BI is a plus.", "required, preferred: Power BI is a plus"},
		{"Requirements", "Java, Spring and Kafka preferred.", "preferred"},
		{"Requirements", "Patience, ideally with Linux.", "required, preferred: ideally with Linux"},
		{"Requirements", "Linux (DNS a plus).", "required, preferred: DNS a plus"},
		{"Requirements", "A plus: Linux.", "preferred"},
		{"Requirements", "Patience.", "required"},
		{"Nice to have", "Patience.", "preferred"},
		{"Nice to have", "Patience is a must.", "required"},
		{"Duties", "Answer calls.", "duty"},
		{"Duties", "You must have a driving licence.", "required"},
		{"Duties", "Other duties as required.", "duty"},
		{"Requirements", "Java not required.", "required, not: Java not required"},
		{"Requirements", "Linux, Java not required.", "required, not: Java not required"},
		{"Requirements", "Patience and no customer contact.", "required, not: no customer contact"},
		{"Requirements", "Patience, not only with users.", "required"},
		{"Requirements", "Helpful but not required: Linux.", "preferred"},
		{"Requirements", "Linux (preferred)", "preferred"},
		{"Requirements", "(Desirable) Experience with Linux", "preferred"},
		{"Requirements", "Experience with Linux (preferred), DNS and DHCP", "required, preferred: Linux (preferred)"},
		{"Requirements", "We prefer people who stay calm on the phone.", "preferred"},
		{"The ideal candidate has", "Experience with patient callers.", "role"},
		{"The ideal candidate has", "Linux is a must.", "required"},
		{"Duties", "Demonstrated skill with callers.", "required"},
		{"About the role", "Responsible for the nightly backups.", "duty"},
		{"You'll be someone who", "Stays calm on the phone.", "required"},
	} {
		t.Run(c.heading+"/"+c.text, func(t *testing.T) {
			text := c.heading + "\n- " + c.text
			all := statements(text)
			s := all[len(all)-1]
			got := string(s.Ask)
			for _, k := range s.Clauses {
				ask := string(k.Ask)
				if k.Negated {
					ask = "not"
				}
				got += ", " + ask + ": " + text[k.Start:k.End]
				if !s.Contains(k.Span) {
					t.Errorf("the clause [%d,%d) leaves its statement [%d,%d)", k.Start, k.End, s.Start, s.End)
				}
			}
			if s.About != Candidate || got != c.want {
				t.Errorf("%s, %q, want %q", s.About, got, c.want)
			}
		})
	}
}

// TestRepeat holds that the same words count once, whatever their case, signs
// and blanks.
func TestRepeat(t *testing.T) {
	want := []bool{false, false, true, false, true}
	var got []bool
	for _, s := range statements("Requirements\n- Patience with users.\n- PATIENCE  with users\n- Patience with callers\n* Patience, with users!") {
		got = append(got, s.Repeat)
	}
	if !slices.Equal(got, want) {
		t.Errorf("repeats are %v, want %v", got, want)
	}
}
