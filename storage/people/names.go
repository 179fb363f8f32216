package people

import "strings"

// staffWords mark a column that is about one of us or about somebody beside the
// customer, wherever they stand in its name. Each has a blank on either side.
var staffWords = padded("owner|contact owner|account owner|record owner|lead owner|assistant|asst|asst phone|assistants phone|manager|managers name|" +
	"reports to|reporting to|created by|modified by|last modified by|updated by|edited by|spouse|referred by|assigned to|assigned rep|sales rep|" +
	"salesperson|account manager|rep|agent|vertreter|betreuer|ansprechpartner intern|sachbearbeiter|zustandig|assistent|assistentin|besitzer|" +
	"eigentumer|proprietaire|responsable|commercial|emergency contact|emergency phone|children|ehepartner|partner name")

// names maps the folded name of a column to its meaning.
var names = table(namesByMeaning)

var namesByMeaning = map[Meaning]string{
	mName: "name|full name|fullname|display name|contact|contact name|customer|customer name|client|client name|person|nom complet|" +
		"vollstandiger name|anzeigename|kunde|kundenname|ansprechpartner|nom et prenom|nombre completo|nome completo|naam|volledige naam|who|caller|file as",
	mFirst:  "first name|firstname|first|given name|givenname|forename|vorname|prenom|nombre|voornaam|nome|christian name|first name s",
	mMiddle: "middle name|middlename|middle|additional name|zweiter vorname|second name|middle initial|initials",
	mLast: "last name|lastname|last|surname|family name|familyname|nachname|familienname|nom|nom de famille|apellido|apellidos|" +
		"achternaam|cognome|zuname",
	mSuffix: "suffix|name suffix|namenszusatz",
	mTitle:  "salutation|name prefix|prefix|anrede|civilite|honorific|titel|courtesy title|form of address|mr mrs|aanhef",
	mCallMe: "nickname|nick name|call me|preferred name|known as|spitzname|rufname|goes by",
	mCompany: "company|company name|account|account name|organization|organisation|organization name|organisation name|firma|firmenname|" +
		"unternehmen|societe|entreprise|empresa|azienda|bedrijf|bedrijfsnaam|business|business name|employer|associated company|account title|" +
		"raison sociale|compania|ditta|companies|household",
	mRole: "job title|jobtitle|title|role|position|job|funktion|beruf|fonction|poste|cargo|organization title|organisation title|" +
		"functie|occupation|profession|stelle|lead title",
	mPhone: "phone|phones|phone number|phone numbers|phone no|phone value|telephone|telephone number|tel|tel no|telefon|telefonnummer|telefono|telefoon|" +
		"telefoonnummer|mobile|mobile phone|mobile number|mobile phone number|mobile no|cell|cell phone|cellphone|cell number|cell phone number|" +
		"handy|handynummer|mobil|mobilnummer|mobiltelefon|portable|telephone portable|telephone mobile|telephone fixe|movil|celular|cellulare|mobiel|gsm|" +
		"home phone|home|home telephone|home number|home phone number|business phone|business telephone|work phone|work telephone|" +
		"work number|work phone number|work|office|office phone|office number|direct|direct phone|direct line|direct dial|landline|" +
		"other phone|other telephone|car phone|primary phone|main phone|radio phone|callback|whatsapp|whatsapp number|" +
		"whatsapp phone number|phone work|phone home|phone mobile|phone other|phone main|phone iphone|telefon privat|telefon geschaftlich|telefon mobil|" +
		"festnetz|rufnummer|nummer|numero|numero de telephone|telephone domicile|telephone bureau|contact number|number|ddi|calling number|isdn|phone country",
	mPhoneLabel: "phone type|phone label",
	mSwitch: "company main phone|company phone|company phone number|switchboard|account phone|zentrale|standard telephonique|" +
		"company telephone|business main phone",
	mFax: "fax|fax number|fax no|business fax|home fax|other fax|work fax|telefax|faxnummer|company fax|account fax|telecopie|phone fax",
	mEmail: "email|e mail|email address|e mail address|mail|emails|email addresses|e mail adresse|email adresse|mailadresse|mail address|e mail value|" +
		"email value|correo|correo electronico|courriel|adresse e mail|adresse mail|secondary email|additional email addresses|additional email|other email|" +
		"work email|home email|personal email|business email|email work|email home|email other|email private|alternate email|" +
		"e mail work|posta elettronica|email id",
	mStreet: "street|street address|mailing street|business street|home street|other street|address street|strasse|str|rue|calle|via|straat|" +
		"address line|mailing address line|billing street|business address street|home address street|address extended address|extended address|" +
		"po box|business address po box|home address po box|other address po box|address po box|house number|hausnummer|other street number",
	mCity: "city|town|mailing city|business city|home city|other city|address city|ort|stadt|wohnort|ville|ciudad|citta|plaats|" +
		"billing city|postal address city|address city town village etc|company city|town city",
	mState: "state|county|province|region|state region|mailing state|business state|home state|other state|address region|" +
		"mailing state province|bundesland|kanton|billing state|address state|state province|address state county",
	mPostcode: "zip|zip code|zipcode|postcode|post code|postal code|plz|postleitzahl|code postal|mailing zip|mailing zip postal code|mailing postal code|" +
		"business postal code|home postal code|other postal code|address postal code|codigo postal|cap|billing zip|billing postal code|other zip|" +
		"address zip postal code|mailing zip code|other zip code",
	mCountry: "country|country region|mailing country|business country region|home country region|other country region|address country|" +
		"land|pays|pais|paese|business country|home country|other country|billing country|mailing country code|country code|address country code",
	mAddress: "address|full address|postal address|mailing address|adresse|address formatted|anschrift|direccion|indirizzo|adres|home address|" +
		"business address|other address|work address|combined address|full combined address of postal address|address full combined address",
	mSince: "customer since|client since|member since|kunde seit|since|client depuis|cliente desde|cliente dal|klant sinds|seit|start date|" +
		"create date|created date|created|created time|created on|created at|date created|date added|person created|" +
		"person add time|add time|creation date|erstellt am|erstellungsdatum|date de creation|angelegt am|became a customer date|customer start date|" +
		"joined|join date|date joined|signup date|sign up date|contract start|first order|first purchase",
	mNotes: "notes|note|comments|comment|description|remarks|remark|memo|notizen|notiz|bemerkung|bemerkungen|kommentar|beschreibung|remarque|remarques|" +
		"commentaire|commentaires|notas|observaciones|note interne|opmerkingen|details|additional notes|body|anmerkung|anmerkungen",
	mAbout: "birthday|birthdate|date of birth|dob|geburtstag|geburtsdatum|anniversary|hobby|hobbies|interests|department|abteilung|industry|branche|" +
		"organization department|organisation department|skype id|skype|twitter|linkedin|linkedin url|yomi company name|event value|instagram|facebook|" +
		"department name|service|linkedin profile|twitter username|im value",
	mID: "id|record id|contact id|customer id|client id|account number|customer number|customer no|kundennummer|kunden nr|kundennr|kd nr|" +
		"numero client|external id|contact id 18|person id|user id|crm id|entry id|case safe id|klantnummer|uid|lead id|customer ref|reference|" +
		"customer reference|account no|debitorennummer",
	mOwnID:    "ringside id",
	mLanguage: "language|preferred language|sprache|langue|idioma|taal|lingua",
	mWeb:      "website|web|web page|webpage|website url|url|homepage|website value|company domain name|web site|site web|internet|company website|domain",
	Skip: "lead status|lifecycle stage|last activity date|last activity|last modified date|last modified|modified time|modified date|last updated|" +
		"lead source|lead source detail|source|status|stage|tag|tags|labels|label|group membership|categories|category|priority|private|sensitivity|gender|" +
		"account id|account name id|company id|associated company ids|associated company id|associated note|associated deal|associated deal ids|" +
		"email opt out|do not call|has opted out of email|has opted out of fax|unsubscribed time|unsubscribed mode|last activity time|" +
		"number of times contacted|contact unworked|marketing contact status|original source|currency|exchange rate|" +
		"e mail type|e mail label|email type|email label|e mail display name|email display name|address type|address label|website type|website label|" +
		"yomi name|given name yomi|additional name yomi|family name yomi|phonetic first name|phonetic middle name|phonetic last name|" +
		"organization type|organization yomi name|organization symbol|organization location|organization job description|location|" +
		"directory server|mileage|billing information|maiden name|subject|occupation type|short name|photo|organization phonetic name|" +
		"custom field type|custom field value|relation type|relation value|relation label|event type|event label|event|im type|im service|" +
		"user|user 1|telex|ttytdd phone|tty tdd phone|callback number|government id number|keywords|language code|locked|" +
		"open deals|closed deals|won deals|lost deals|next activity date|last contacted|total activities|done activities|activities to do|" +
		"email messages count|last email received|last email sent|visible to|profile picture|picture|marketing status|" +
		"organization id|next activity|update time|people|won deals count|last stage change|rating|score|lead score|hubspot score|" +
		"vendor name|vendor name id|campaign|territory|territories|layout|layout id|record image|data source|data source details|data processing basis|" +
		"mailing latitude|mailing longitude|time zone|timezone|latitude|longitude|initial|row|row number|nr|no|line|s no|sr no|serial number|lfd nr|pos|index",
}

// ofOurs are the columns that only a table of our own has: another program's "Kind"
// may be anything.
var ofOurs = map[string]Meaning{
	"kind": mKind, "owns": mOwns, "likes": mLikes, "external": mExternal, "do not ask": mDoNotAsk, "not checked": mUnchecked,
	"no consent": mNoConsent, "minor": mMinor, "deals": mDeals, "advocate since": mAdvocate,
}

// ofOrganization are the columns of Pipedrive's organisation beside a person.
var ofOrganization = map[string]Meaning{
	"name": mCompany, "title": mRole, "department": mAbout, "phone": mSwitch, "id": Skip, "type": Skip, "address": mAddress,
	"label": Skip, "labels": Skip, "email": Skip,
}

func padded(list string) []string {
	words := strings.Split(list, "|")
	for i := range words {
		words[i] = " " + words[i] + " "
	}
	return words
}

func table(by map[Meaning]string) map[string]Meaning {
	out := map[string]Meaning{}
	for m, list := range by {
		for _, name := range strings.Split(list, "|") {
			out[name] = m
		}
	}
	return out
}
