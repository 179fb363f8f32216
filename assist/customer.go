package assist

// Kind says who a Customer is to us: most are customers, but a rep also looks
// after prospects, colleagues, an audience, a boss and partners.
type Kind string

// The kinds of Customer. The empty kind means KindCustomer.
const (
	KindCustomer  Kind = "customer"
	KindProspect  Kind = "prospect"
	KindColleague Kind = "colleague"
	KindAudience  Kind = "audience"
	KindBoss      Kind = "boss"
	KindPartner   Kind = "partner"
)

// Kinds lists the kinds of Customer, the commonest first.
func Kinds() []Kind {
	return []Kind{KindCustomer, KindProspect, KindColleague, KindAudience, KindBoss, KindPartner}
}

// Customer is a person whom the rep talks with.
type Customer struct {
	ID        ID         `json:"id"`
	Kind      Kind       `json:"kind,omitempty"`
	Name      string     `json:"name"`
	CallMe    string     `json:"call_me,omitempty"` // how they like to be addressed: "Mrs Shaw", "Jo"
	Company   ID         `json:"company,omitempty"`
	Role      string     `json:"role,omitempty"` // their place in the company
	Phones    []Phone    `json:"phones,omitempty"`
	Emails    []string   `json:"emails,omitempty"`
	Since     Date       `json:"since,omitzero"` // customer since
	City      string     `json:"city,omitempty"`
	Address   string     `json:"address,omitempty"`
	Language  string     `json:"language,omitempty"` // BCP 47
	Owns      []Product  `json:"owns,omitempty"`
	Likes     string     `json:"likes,omitempty"`    // how they like to be treated
	About     string     `json:"about,omitempty"`    // free text that came with an import
	External  []string   `json:"external,omitempty"` // ids in other programs: "hubspot:1234"
	DoNotAsk  bool       `json:"do_not_ask,omitempty"`
	NoConsent bool       `json:"no_consent,omitempty"` // did not agree that we keep what they tell of themselves
	Minor     bool       `json:"minor,omitempty"`      // not of age
	Deals     []ID       `json:"deals,omitempty"`      // what they were given of what new customers are offered
	Advocate  Date       `json:"advocate,omitzero"`    // since when they praise or recommend us to others
	Unchecked bool       `json:"unchecked,omitempty"`  // made during a call; nobody has filled it in yet
	Relations []Relation `json:"relations,omitempty"`
	Into      ID         `json:"into,omitempty"` // another record of the same person, which has taken the place of this one
}

// Relation is what another person is to a customer.
type Relation struct {
	To  ID     `json:"to"`  // a customer
	Who string `json:"who"` // "her husband", "the assistant, who calls for him"
}

// Phone is one number of a customer or of a company's switchboard.
type Phone struct {
	Raw   string `json:"raw"`             // as it was written
	E164  string `json:"e164,omitempty"`  // "+441134960123"; empty when nobody could dial it
	Label string `json:"label,omitempty"` // mobile, home, work
}

// Product is a thing that the customer has, ours or another's.
type Product struct {
	Name  string `json:"name"`
	Maker string `json:"maker,omitempty"` // empty when it is ours
	Since Date   `json:"since,omitzero"`
}

// Ours reports whether the product was bought from us.
func (p Product) Ours() bool { return p.Maker == "" }

// Ident implements Record.
func (c Customer) Ident() (Type, ID) { return TypeCustomer, c.ID }

// Validate reports whether the customer can be kept: an id, a name or a number or
// an e-mail address, and a known kind.
func (c Customer) Validate() error {
	var v check
	v.id("id", c.ID)
	v.line("name", c.Name, len(c.Phones) == 0 && len(c.Emails) == 0)
	v.line("call_me", c.CallMe, false)
	v.ref("company", c.Company)
	v.that(c.Kind.known(), "kind", "is not one of customer, prospect, colleague, audience, boss, partner")
	for _, p := range c.Phones {
		v.line("phone", p.Raw, true)
	}
	for _, e := range c.Emails {
		v.line("email", e, true)
	}
	for _, p := range c.Owns {
		v.line("owns", p.Name, true)
	}
	v.text("about", c.About, false)
	v.text("likes", c.Likes, false)
	for _, r := range c.Relations {
		v.id("relation", r.To)
		v.line("relation", r.Who, true)
	}
	v.ref("into", c.Into)
	v.that(c.Into == "" || c.Into != c.ID, "into", "is the customer themselves")
	return v.fault(TypeCustomer, c.ID)
}

func (k Kind) known() bool {
	if k == "" {
		return true
	}
	for _, known := range Kinds() {
		if k == known {
			return true
		}
	}
	return false
}

// Company is a firm, a household or another group that several customers share,
// often with one number.
type Company struct {
	ID       ID       `json:"id"`
	Name     string   `json:"name"`
	Phones   []Phone  `json:"phones,omitempty"` // the switchboard
	City     string   `json:"city,omitempty"`
	Web      string   `json:"web,omitempty"`
	About    string   `json:"about,omitempty"`
	External []string `json:"external,omitempty"`
}

// Ident implements Record.
func (c Company) Ident() (Type, ID) { return TypeCompany, c.ID }

// Validate reports whether the company can be kept: an id and a name.
func (c Company) Validate() error {
	var v check
	v.id("id", c.ID)
	v.line("name", c.Name, true)
	for _, p := range c.Phones {
		v.line("phone", p.Raw, true)
	}
	v.text("about", c.About, false)
	return v.fault(TypeCompany, c.ID)
}
