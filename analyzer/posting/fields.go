package posting

import (
	"strings"
	"sync"
)

// A field is what a named value of a document says of a posting.
type field struct {
	role  string // one of the roles below, or empty for an unknown name
	rank  int    // among the names of the role: the least is the surest
	head  string // the heading of a part of the text
	label bool   // the name labels lines of a text too
}

// The roles that are no choice of the user's.
const (
	partRole    = "part"    // a section of the text
	offerRole   = "offer"   // a section about the employer or what it offers
	teaserRole  = "teaser"  // the beginning of the text
	skillsRole  = "skills"  // a list of skills
	cityRole    = "city"    // parts of the location
	regionRole  = "region"  //
	countryRole = "country" //
	textRole    = "text"    // the description or, at a board or two, the title
	otherRole   = "other"   // known, and not shown
)

// known are the names that values of postings go by, in labelled lines of a
// text, in columns of a table and in keys of an object: without case, blanks,
// '_' and '-', the surest of a role first. They are names of formats, like the
// keys of schema.org, and none is a word to score. Those that look like one of
// these and are not (scraped_at, company_url, searchTitle) are not here.
var known = []struct {
	role  string
	label bool
	names string
}{
	{titleRole, true, "jobtitle positiontitle title roletitle vacancytitle postingtitle position role jobrole vacancy"},
	{titleRole, false, `jobtitles businesstitle jobpostingtitle jobopeningname headline jobname jobpositionname positionname name contentrole designation`},
	{organizationRole, true, "companyname company employername employer organizationname organization organisation hiringorganization"},
	{organizationRole, false, `employer.name company.name company.displayname hiringorganization.name organization.name companydisplayname
		subcompany contentcompany brandname hiringcompany advertiser agency`},
	{locationRole, true, "joblocation location worklocation"},
	{locationRole, false, `locations location.name locations.name location.fulllocation location.displayname joblocation.name categories.location
		positionlocationdisplay locationstext primarylocation formattedlocation candidaterequiredlocation worklocation.label
		workplaceaddress workplaceaddress.municipality contentlocation joblocationaddress locationdisplayname
		joblocations office locationname locationtext jobgeo`},
	{cityRole, false, "city jobcity locationcity location.city joblocation.city municipality town"},
	{regionRole, false, "state jobstate locationstate location.state province stateprovince region location.region"},
	{countryRole, false, "country jobcountry countryname locationcountry location.country"},
	{dateRole, true, "dateposted posteddate jobposteddate postedon posted date"},
	{dateRole, false, `postingdate jobpostingdate postdate postedat datepublished publishedat publishedon publicationdate publicationstartdate firstpublished
		releaseddate listedtime originallistedtime openingdate dateadded pubdate createdat creationdate created timeposted jobmaturity postedrelative publisheddate opendate listedat`},
	{idRole, true, "jobid id"},
	{idRole, false, `linkedinjobid jobkey sourcejobid partnerjobid referencenumber reference requisitionid uniqid shortcode uuid postingid jobreqid`},
	{urlRole, true, "joburl joblink url link"},
	{urlRole, false, `jobposturl jobpostingurl pageurl detailurl absoluteurl hostedurl sourceurl webpageurl externalurl careersurl postingurl
		positionuri canonicalpositionurl redirecturl`},
	{descriptionRole, false, "jobpost fulljobdescription"},
	{descriptionRole, true, "fulldescription jobdescription description descriptionhtml"},
	{descriptionRole, false, `descriptionjsonstring jobdescriptionhtml descriptiontext jobdescriptiontext description.text descriptionmarkdown descriptionplain
		jobposting jobtext content contenthtml posting fulltext rawtext jobdetails jobdesc desc jd descriptionraw rawdescription descriptionclean cleandescription cleaneddescription jobad.sections.jobdescription.text body htmldescription contents`},
	{textRole, false, "text"},
	{teaserRole, false, "jobsummary summary snippet teaser descriptionteaser shortdescription excerpt preview"},
	{skillsRole, true, "requiredskills skills"},
	{skillsRole, false, "keyskills skillsrequired jobskills mandatoryskills skillsdesc"},
	{otherRole, true, "salary department industry employmenttype jobtype"},
}

// sections are the names of parts of a text, with the heading each goes under.
var sections = []struct{ role, head, names string }{
	{partRole, "Overview", "overview"},
	{partRole, "Responsibilities", "responsibilities jobresponsibilities responsibility roles&responsibilities rolesandresponsibilities rolesresponsibilities"},
	{partRole, "Key responsibilities", "keyresponsibilities"},
	{partRole, "Duties", "duties majorduties jobduties dutiesandresponsibilities duties&responsibilities"},
	{partRole, "Requirements", "requirements requirement jobrequirements jobrequirement jobrequirment description.requirements"},
	{partRole, "Qualifications", "qualifications qualification qualificationsummary jobad.sections.qualifications.text"},
	{partRole, "Minimum qualifications", "minimumqualifications minqualifications minimumqualrequirements basicqualifications"},
	{partRole, "Required qualifications", "requiredqualifications qualificationsrequired requiredqual"},
	{partRole, "Preferred qualifications", "preferredqualifications qualificationspreferred preferredqual"},
	{partRole, "Preferred skills", "preferredskills desiredskills"},
	{partRole, "Skills and expertise", "skillsknowledgeexpertise"},
	{partRole, "Nice to have", "nicetohave nicetohaveskills goodtohave goodtohaveskills"},
	{partRole, "Additional information", "additional additionalinformation jobad.sections.additionalinformation.text"},
	{offerRole, "About the company", "companyprofile aboutc aboutcompany aboutthecompany aboutus jobad.sections.companydescription.text"},
	{offerRole, "Benefits", "benefits perks jobbenefits"},
}

// fields are known and sections by name.
var fields = sync.OnceValue(func() map[string]field {
	all := make(map[string]field, 300)
	rank := 0
	for _, k := range known {
		for _, name := range strings.Fields(k.names) {
			rank++
			all[name] = field{role: k.role, rank: rank, label: k.label}
		}
	}
	for _, s := range sections {
		for i, name := range strings.Fields(s.names) {
			all[name] = field{role: s.role, head: s.head, label: i == 0}
		}
	}
	return all
})

// wrappers are what a path to a field may begin with: job.title.
var wrappers = set{names: "job jobs header posting position vacancy data attributes item fields"}

// longestName bounds the names that are looked up.
const longestName = 60

// fieldOf returns the field that a name stands for.
func fieldOf(name string) field {
	if len(name) > longestName {
		return field{}
	}
	key := bare(name)
	for {
		if f, ok := fields()[key]; ok {
			return f
		}
		first, rest, ok := strings.Cut(key, ".")
		if !ok || !wrappers.has(first) {
			return field{}
		}
		key = rest
	}
}

// bare is a name without what differs between the ways to write it.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r <= ' ' || r == '_' || r == '-' || r == '"' || r == '\'' || r == '\u00A0' || r == '\uFEFF':
			return -1
		case 'A' <= r && r <= 'Z':
			return r | 0x20
		}
		return r
	}, name)
}
