package posting

import (
	"strings"
	"sync"

	"github.com/valyala/fastjson"
)

// A service is how one job board or applicant-tracking system writes a posting
// down in JSON. It is known by
// the members of the posting's own object, so that the answer of a board, one
// of its pages, a detail answer and an archive of any of them read alike.
//
// What a role holds is given by paths: keys with dots between them, "[]" for
// each element of an array, "^" for a key of an object around the posting.
// Several paths with "|" between them: the first that holds something. With
// "+" between them: all, as the parts of one place. "=" begins a text as it is.
type service struct {
	name string
	has  string                     // keys the object has; "|" between sets of them
	when func(*fastjson.Value) bool // and what else must hold, if anything

	id, title, organization, location, remote, date, url string

	text    []passage
	hidden  func(*fastjson.Value) bool // whether the board does not show it, if it says so
	escaped bool                       // the texts are HTML escaped once more than JSON asks for
	mend    func(*Posting)             // what no path can say
}

// A passage is a section of the text. With each, there is one for each element
// of an array, and the paths begin in it.
type passage struct{ each, head, path string }

// services are tried in this order. Fields as seen in captured answers; what a
// service's list leaves out, its detail answers hold.
var services = []service{
	{name: "schema.org", has: "@type", when: isJobPosting},
	{name: "Greenhouse", has: "absolute_url title",
		id: "id", title: "title", organization: "company_name", location: "location.name|offices[].name",
		date: "first_published", url: "absolute_url",
		text: []passage{{path: "content"}}, escaped: true},
	{name: "Lever", has: "text hostedUrl|text categories",
		id: "id", title: "text", location: "categories.allLocations[]|categories.location|country", remote: "workplaceType",
		date: "createdAt", url: "hostedUrl",
		text: []passage{
			{path: "description|descriptionPlain|opening"},
			{path: "descriptionBody|descriptionBodyPlain"},
			{each: "lists", head: "text", path: "content"},
			{path: "additional|additionalPlain"},
		}},
	{name: "Ashby", has: "jobUrl title isRemote|jobUrl title isListed|jobUrl title descriptionHtml",
		id: "id", title: "title", organization: "organizationName|company", remote: "isRemote|workplaceType",
		location: "location+secondaryLocations[].location", date: "publishedAt|publishedDate", url: "jobUrl",
		text: []passage{{path: "descriptionHtml|descriptionPlain|description"}}, hidden: isUnlisted},
	{name: "Workable", has: "shortcode title",
		id: "shortcode", title: "title", organization: "company|^name", remote: "telecommuting|remote",
		location: "city,state,country|location.city,location.region,location.country|location.location_str",
		date:     "published_on|published|created_at", url: "url|shortlink|application_url",
		text: []passage{{path: "full_description|description"}, {head: "=Requirements", path: "requirements"}, {head: "=Benefits", path: "benefits"}}},
	{name: "SmartRecruiters", has: "jobAd|releasedDate name ref|releasedDate name refNumber",
		id: "id|refNumber", title: "name", organization: "company.name|company.identifier", remote: "location.remote",
		location: "location.fullLocation|location.city,location.region,location.country", date: "releasedDate",
		url: "postingUrl|applyUrl|ref",
		text: []passage{
			{head: "jobAd.sections.companyDescription.title", path: "jobAd.sections.companyDescription.text"},
			{head: "jobAd.sections.jobDescription.title", path: "jobAd.sections.jobDescription.text"},
			{head: "jobAd.sections.qualifications.title", path: "jobAd.sections.qualifications.text"},
			{head: "jobAd.sections.additionalInformation.title", path: "jobAd.sections.additionalInformation.text"},
		}},
	{name: "Recruitee", has: "careers_url title",
		id: "id|guid", title: "title", organization: "company_name", remote: "remote",
		location: "location|locations[].name|city,country", date: "published_at|created_at", url: "careers_url",
		text: []passage{{path: "description"}, {head: "=Requirements", path: "requirements"}}},
	{name: "Workday", has: "jobPostingInfo",
		id: "jobPostingInfo.jobReqId|^|jobPostingInfo.externalUrl", title: "jobPostingInfo.title", organization: "hiringOrganization.name",
		location: "jobPostingInfo.location+jobPostingInfo.additionalLocations[]", date: "jobPostingInfo.startDate",
		url: "jobPostingInfo.externalUrl", text: []passage{{path: "jobPostingInfo.jobDescription"}}, mend: requisition},
	{name: "Workday", has: "externalPath title",
		id: "externalPath", title: "title", location: "locationsText", date: "postedOn", url: "externalPath",
		text: []passage{{path: "jobDescription"}}, mend: requisition},
	{name: "BambooHR", has: "jobOpeningName",
		id: "id|jobOpeningId|^id", title: "jobOpeningName", location: "location.city,location.state,location.addressCountry|atsLocation.city,atsLocation.state,atsLocation.country",
		remote: "isRemote", date: "datePosted", url: "jobOpeningShareUrl",
		text: []passage{{path: "description"}}},
	{name: "JSON Feed", has: "_jobposting|content_html id|content_text id",
		id: "id", title: "title", organization: "_jobposting.hiringOrganization.name|_jobposting.hiringOrganization|company|company_name|authors[].name|^title", url: "url|external_url",
		location: "_jobposting.jobLocation[].address.addressLocality|_jobposting.jobLocation[].address.addressCountry|location",
		date:     "date_published|_jobposting.datePosted", text: []passage{{path: "content_html|content_text|_jobposting.description"}}},
	{name: "Pinpoint", has: "key_responsibilities_header|key_responsibilities skills_knowledge_expertise",
		id: "id", title: "title", organization: "company_name", location: "location.name|location.city", remote: "workplace_type", url: "url|path",
		text: []passage{
			{path: "description"},
			{head: "key_responsibilities_header|=Key responsibilities", path: "key_responsibilities"},
			{head: "skills_knowledge_expertise_header|=Skills, knowledge and expertise", path: "skills_knowledge_expertise"},
			{head: "benefits_header|=Benefits", path: "benefits"},
		}},
	{name: "Rippling", has: "uuid name workLocation|uuid name workLocations",
		id: "uuid", title: "name", organization: "companyName", location: "workLocations[]|workLocation.label|workLocations[].label",
		date: "createdOn", url: "url",
		text: []passage{{path: "description.company", head: "=About the company"}, {path: "description.role|description"}}},
	{name: "Oracle", has: "Title PrimaryLocation|ExternalDescriptionStr",
		id: "Id", title: "Title", location: "PrimaryLocation+secondaryLocations[].Name", remote: "WorkplaceType",
		date: "ExternalPostedStartDate|PostedDate", url: "ExternalURL",
		text: []passage{
			{path: "ExternalDescriptionStr"},
			{head: "=Responsibilities", path: "ExternalResponsibilitiesStr"},
			{head: "=Qualifications", path: "ExternalQualificationsStr"},
			{head: "=About the company", path: "CorporateDescriptionStr"},
			{head: "=About the team", path: "OrganizationDescriptionStr"},
		}},
	{name: "Eightfold", has: "name positionUrl|name canonicalPositionUrl",
		id: "displayJobId|id", title: "name", organization: "companyName|^domain", location: "locations[]|location", remote: "workLocationOption|work_location_option",
		date: "t_create|postedTs", url: "canonicalPositionUrl|positionUrl",
		text: []passage{{path: "job_description|jobDescription"}}},
	{name: "USAJOBS", has: "MatchedObjectDescriptor",
		id: "MatchedObjectId|MatchedObjectDescriptor.PositionID", title: "MatchedObjectDescriptor.PositionTitle",
		organization: "MatchedObjectDescriptor.OrganizationName|MatchedObjectDescriptor.DepartmentName",
		location:     "MatchedObjectDescriptor.PositionLocationDisplay|MatchedObjectDescriptor.PositionLocation[].LocationName",
		date:         "MatchedObjectDescriptor.PublicationStartDate", url: "MatchedObjectDescriptor.PositionURI",
		text: []passage{
			{path: "MatchedObjectDescriptor.UserArea.Details.JobSummary"},
			{head: "=Duties", path: "MatchedObjectDescriptor.UserArea.Details.MajorDuties|MatchedObjectDescriptor.UserArea.Details.MajorDuties[]"},
			{head: "=Requirements", path: "MatchedObjectDescriptor.UserArea.Details.Requirements"},
			{head: "=Key requirements", path: "MatchedObjectDescriptor.UserArea.Details.KeyRequirements[]"},
			{head: "=Qualifications", path: "MatchedObjectDescriptor.QualificationSummary"},
			{head: "=Education", path: "MatchedObjectDescriptor.UserArea.Details.Education"},
			{head: "=How you will be evaluated", path: "MatchedObjectDescriptor.UserArea.Details.Evaluations"},
		}},
	{name: "JobTech", has: "headline webpage_url|headline employer",
		id: "id", title: "headline", organization: "employer.name", date: "publication_date", url: "webpage_url",
		location: "workplace_address.municipality,workplace_address.region,workplace_address.country",
		text: []passage{
			{path: "description.text|description.text_formatted"},
			{head: "=About the company", path: "description.company_information"},
			{head: "=Needs", path: "description.needs"},
			{head: "=Requirements", path: "description.requirements"},
		}},
	{name: "Hacker News", has: "text author parent_id|comment_text author", when: isComment,
		id: "id|objectID", date: "created_at", text: []passage{{path: "text|comment_text"}}, mend: firstLine},
	{name: "Remote OK", has: "position company epoch",
		id: "id", title: "position", organization: "company", location: "location", date: "date|epoch", url: "url|apply_url",
		text: []passage{{path: "description"}}},
	{name: "ClearCompany", has: "positionTitle applyLink|positionTitle brandName",
		id: "id", title: "positionTitle", organization: "brandName", location: "location", date: "postedDate|openDate", url: "applyLink",
		text: []passage{{path: "description"}}},
	{name: "Atlassian", has: "portalJobPost",
		id: "id", title: "title", location: "locations[]", date: "portalJobPost.updatedDate", url: "portalJobPost.portalUrl|applyUrl",
		text: []passage{
			{path: "overview"},
			{head: "=Responsibilities", path: "responsibilities"},
			{head: "=Qualifications", path: "qualifications"},
			{head: "=Compensation", path: "compensation"},
		}},
	{name: "iCIMS", has: "req_id title full_location|req_id title meta_data",
		id: "req_id", title: "title", organization: "hiring_organization|brand", location: "full_location|short_location|location_name",
		date: "posted_date", url: "meta_data.canonical_url|apply_url",
		text: []passage{
			{path: "description"},
			{head: "=Responsibilities", path: "responsibilities"},
			{head: "=Qualifications", path: "qualifications"},
		}},
	{name: "Adzuna", has: "redirect_url title",
		id: "id", title: "title", organization: "company.display_name", location: "location.display_name", date: "created", url: "redirect_url",
		text: []passage{{path: "description"}}},
	{name: "freehire", has: "public_slug title",
		id: "external_id|public_slug", title: "title", organization: "company", location: "location", remote: "work_mode", date: "posted_at|created_at", url: "url",
		text: []passage{{path: "description"}}},
	{name: "Arbeitnow", has: "slug company_name job_types",
		id: "slug", title: "title", organization: "company_name", location: "location", remote: "remote", date: "created_at", url: "url",
		text: []passage{{path: "description"}}},
	{name: "Remotive", has: "candidate_required_location title",
		id: "id", title: "title", organization: "company_name", location: "candidate_required_location", date: "publication_date", url: "url",
		text: []passage{{path: "description"}}},
	{name: "The Muse", has: "contents name refs",
		id: "id", title: "name", organization: "company.name", location: "locations[].name", date: "publication_date", url: "refs.landing_page",
		text: []passage{{path: "contents"}}},
	{name: "LinkedIn", has: "jobPostingTitle|jobPostingUrl title formattedLocation",
		id: "jobPostingId|entityUrn", title: "title|jobPostingTitle", organization: "primaryDescription.text|companyDetails.companyName",
		location: "formattedLocation|secondaryDescription.text", date: "listedAt|originalListedAt", url: "jobPostingUrl",
		text: []passage{{path: "description.text|description"}}},
}

// signs are the bits of the keys that services are known by, and the sets of
// them, for each service any of which will do.
var signs = sync.OnceValues(func() (bits map[string]uint64, knownBy [][]uint64) {
	bits, knownBy = map[string]uint64{}, make([][]uint64, len(services))
	for i, d := range services {
		for set := range strings.SplitSeq(d.has, "|") {
			var all uint64
			for _, key := range strings.Fields(set) {
				if bits[key] == 0 {
					bits[key] = 1 << len(bits)
				}
				all |= bits[key]
			}
			knownBy[i] = append(knownBy[i], all)
		}
	}
	return bits, knownBy
})

// serviceOf returns the service of an object by the signs among its keys, or
// nil.
func serviceOf(found uint64, v *fastjson.Value) *service {
	if found == 0 {
		return nil
	}
	_, knownBy := signs()
	for i := range services {
		for _, set := range knownBy[i] {
			if d := &services[i]; found&set == set && (d.when == nil || d.when(v)) {
				return d
			}
		}
	}
	return nil
}
