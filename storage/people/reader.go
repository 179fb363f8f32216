package people

import (
	"hash/maphash"
	"strings"

	"ringside/assist"
	"ringside/assist/phone"
)

// reader turns records into drafts. It belongs to one goroutine.
type reader struct {
	layout  *layout
	columns []Column
	by      places
	maker   string // what ids of the table begin with
	region  string
	trunk   string
	now     today
	phones  *phone.Parser  // nil in the first look, which does without the numbers
	some    []assist.Phone // what the first look takes for numbers
	room    []string       // for the cells of one row
	scratch []byte
	mails   maphash.Seed
	others  maphash.Seed
	firms   [firmRoom]firmID
}

// places are the columns of each meaning that a customer is made of.
type places struct {
	name, first, middle, last, suffix, title, callMe, company, role    []int
	street, city, state, postcode, country, address, language, web, id []int
	phone, phoneLabel, switchboard, email, since, notes                []int
	ownID, kind, owns, likes, external, doNotAsk, unchecked            []int
	noConsent, minor, deals, advocate                                  []int
	texts                                                              []int // kept with the name of their column
}

func (p *Plan) reader(phones *phone.Parser) *reader {
	return &reader{layout: &p.layout, columns: p.columns, by: p.layout.places(), maker: p.idMaker(), region: p.opt.Region, trunk: phone.Trunk(p.opt.Region),
		now: today{p.now, dayNumber(p.now)}, phones: phones, some: []assist.Phone{{Raw: "?"}}, mails: p.mails, others: p.others}
}

func (l *layout) places() places {
	by := l.by
	return places{name: by[mName], first: by[mFirst], middle: by[mMiddle], last: by[mLast], suffix: by[mSuffix], title: by[mTitle],
		callMe: by[mCallMe], company: by[mCompany], role: by[mRole], street: by[mStreet], city: by[mCity], state: by[mState],
		postcode: by[mPostcode], country: by[mCountry], address: by[mAddress], language: by[mLanguage], web: by[mWeb], id: by[mID],
		phone: by[mPhone], phoneLabel: by[mPhoneLabel], switchboard: by[mSwitch], email: by[mEmail], since: by[mSince], notes: by[mNotes],
		ownID: by[mOwnID], kind: by[mKind], owns: by[mOwns], likes: by[mLikes], external: by[mExternal], doNotAsk: by[mDoNotAsk], unchecked: by[mUnchecked],
		noConsent: by[mNoConsent], minor: by[mMinor], deals: by[mDeals], advocate: by[mAdvocate],
		texts: append(append([]int{}, by[mAbout]...), by[mFax]...)}
}

// idMaker names an id so that the same id of another program is another one. A
// column of its own name, such as "Customer ID", is its own program.
func (p *Plan) idMaker() string {
	if at := p.layout.by[mID]; p.layout.maker == "file" && len(at) > 0 {
		return strings.ReplaceAll(fold(p.columns[at[0]].Name), " ", "-")
	}
	return p.layout.maker
}

// firmRoom is how many ids of companies a reader remembers: the people of one
// company often stand together.
const firmRoom = 512

type firmID struct {
	name string
	id   assist.ID
}

// firm returns the id that a company of this name always has.
func (r *reader) firm(name string) assist.ID {
	if r.phones == nil {
		return "x" // nobody asks for it in the first look
	}
	at := &r.firms[maphash.String(r.others, name)%firmRoom]
	if at.name != name {
		*at = firmID{name, idOfFirm(name)}
	}
	return at.id
}

// idOfFirm returns the id of a company that an import has made.
func idOfFirm(name string) assist.ID { return assist.IDFrom("company", firmName(name)) }

// firmName is what two companies of one name have in common.
func firmName(name string) string { return strings.ToLower(oneLine(strings.TrimSpace(visible(name)))) }
