package say

import (
	"strings"

	"ringside/assist"
)

// Field names a field of a record as the forms do, by its JSON name.
func Field(t assist.Type, name string) string {
	if words := fieldsOf[t][name]; words != "" {
		return words
	}
	if words := fields[name]; words != "" {
		return words
	}
	return Capital(strings.ReplaceAll(name, "_", " "))
}

// fieldsOf are what a record calls otherwise than others do.
var fieldsOf = map[assist.Type]map[string]string{
	assist.TypeCustomer: {"role": "Place in the company", "company": "Company or household", "since": "Customer since", "kind": "Kind", "likes": "Likes", "about": "About", "deals": "Offers had"},
	assist.TypeAnswer:   {"say": "Words to say", "steps": "What to do", "web": "Web page", "off": "Put away", "into": "Said now by"},
	assist.TypeTact:     {"say": "Why, for the rep", "try": "Tried with", "off": "Put away"},
	assist.TypePrompt:   {"off": "Put away"},
	assist.TypeCall:     {"from": "Number", "to": "Called", "used": "Answers used", "incident": "About the incident"},
	assist.TypeIncident: {"fixed_by": "Over by", "every": "Told every, in hours"},
	assist.TypeRevision: {"next": "The answer then", "base": "Made from"},
	assist.TypeInsight:  {"about": "Kind of subject"},
}

var fields = map[string]string{
	"id": "Id", "at": "When", "rep": "Rep", "by": "By",
	"call_me": "To be called", "role": "Role", "address": "Address", "language": "Language", "advocate": "Recommends us since",
	"do_not_ask": "Do not ask", "no_consent": "No consent to keep what they tell", "minor": "Not of age", "unchecked": "Not filled in yet",
	"phones": "Numbers", "emails": "E-mail", "external": "Ids in other programs", "into": "Merged into",
	"text": "Words", "words": "Words", "reviewer": "Reviewed by", "intelligence": "Kind of insight",
	"phrasings": "Customers ask", "also": "Also said by", "owner": "Answers for it", "deputy": "Deputy", "rota": "In turn",
	"verify_every": "Verify every, in days", "verified": "Verified on", "internal": "For us only", "files": "Pictures and files",
	"disposition": "How it came out", "wrapped_up": "Wrapped up", "shown": "Answers shown", "doing": "What we do about it", "why": "Why it happened", "what": "What happened",
	"all_day": "All day", "first_due": "Due at first", "dropped": "Taken back", "told": "Customer told",
	"ask": "Ways to ask", "kinds": "For", "after": "Asked after", "for": "For",
}
