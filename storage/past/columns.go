package past

import (
	"slices"
	"strings"

	"ringside/storage/people"
)

// Kind is what a file holds.
type Kind string

// The kinds of files.
const (
	Orders Kind = "orders"
	Notes  Kind = "notes"
	Calls  Kind = "calls"
)

// Meaning is what a column holds. The texts are shown to people and taken from them.
type Meaning string

// Unknown: nobody can tell, and it is left out. Skip: it is left out on purpose.
const (
	Unknown Meaning = "not recognised"
	Skip    Meaning = "left out"

	mDate     Meaning = "date"
	mTime     Meaning = "time"
	mNumber   Meaning = "number"
	mProduct  Meaning = "product"
	mValue    Meaning = "value"
	mLine     Meaning = "value of the line"
	mCurrency Meaning = "currency"
	mText     Meaning = "text"
	mTags     Meaning = "tags"
	mWay      Meaning = "direction"
	mLength   Meaning = "length"
	mOutcome  Meaning = "outcome"
	mName     Meaning = "customer"
	mFirst    Meaning = "first name"
	mLast     Meaning = "last name"
	mPhone    Meaning = "phone"
	mEmail    Meaning = "e-mail"
	mID       Meaning = "customer's id"
	mRep      Meaning = "our staff"
)

// whose are the meanings that tell whose a row is.
var whose = []Meaning{mName, mFirst, mLast, mPhone, mEmail, mID, mRep, Skip}

// Meanings lists what a column of such a file can be set to.
func (k Kind) Meanings() []Meaning {
	own := map[Kind][]Meaning{
		Orders: {mDate, mTime, mNumber, mProduct, mValue, mLine, mCurrency},
		Notes:  {mDate, mTime, mNumber, mText, mTags},
		Calls:  {mDate, mTime, mNumber, mWay, mLength, mOutcome, mText, mTags},
	}[k]
	return slices.Concat(own, whose)
}

// headers are the names of columns by people.Header, several for each meaning.
var headers = map[Meaning]string{
	mDate: "date|order date|orderdate|purchase date|invoice date|created|created at|created on|created date|createdate|create date|activity date|call date|note date|start|started|started at|" +
		"start time|call start time|timestamp|date time|datetime|date and time|at|ordered|ordered at|paid at|processed at|when|datum|bestelldatum|auftragsdatum|rechnungsdatum|erstellt|erstellt am|fecha|data|date de commande|date commande",
	mTime: "time|uhrzeit|zeit|hora|heure|ora|call time|time of day",
	mNumber: "number|no|order|order no|order number|order id|orderid|order nr|order name|invoice|invoice no|invoice number|invoice id|call id|note id|activity id|engagement id|record id|reference|ref|" +
		"bestellnummer|auftragsnummer|rechnungsnummer|bestellung|numero de commande|numero",
	mProduct:  "product|products|item|items|article|product name|item name|lineitem name|line item|line items|sku|lineitem sku|description|produkt|produkte|artikel|bezeichnung|producto|produit|prodotto",
	mValue:    "value|total|amount|order total|order value|grand total|total amount|total price|invoice total|revenue|price|deal value|sum|betrag|gesamt|gesamtbetrag|summe|wert|umsatz|preis|importe|montant|prix total|importo|totale|totaal",
	mLine:     "value of the line|line total|line amount|line value|lineitem total|item total|positionswert|zeilensumme",
	mCurrency: "currency|currency code|wahrung|waehrung|moneda|devise|valuta|currencyisocode",
	mText:     "text|note|notes|note body|body|comment|comments|content|message|summary|details|notiz|notizen|bemerkung|kommentar|nota|notas|remarque|description|subject|betreff",
	mTags:     "tags|tag|labels|label|category|categories|stichworte|schlagworte|kategorie",
	mWay:      "direction|call direction|type|call type|richtung|anruftyp|direccion|sens",
	mLength:   "duration|length|talk time|call duration|duration seconds|duration sec|duration s|seconds|dauer|duracion|duree|durata",
	mOutcome:  "outcome|disposition|result|status|call result|call outcome|call status|ergebnis|resultado|resultat",
	mName: "customer|customer name|name|full name|client|client name|contact|contact name|account|account name|buyer|company|company name|billing name|caller|caller name|who|kunde|kundenname|" +
		"firma|cliente|client nom|nom|naam|klant|associated contact|associated company",
	mFirst: "first name|firstname|vorname|given name|prenom|nombre",
	mLast:  "last name|lastname|surname|nachname|family name|apellido|apellidos",
	mPhone: "phone|phone number|telephone|tel|mobile|caller id|caller number|callerid|number called|called number|from|to|from number|to number|customer phone|telefon|telefonnummer|rufnummer|handy|telefono|telephone client|billing phone|msisdn",
	mEmail: "email|e mail|mail|email address|e mail address|customer email|contact email|billing email|correo|courriel",
	mID:    "customer id|customerid|customer no|customer number|contact id|client id|account id|account number|kundennummer|kunden nr|kundennr|external id|crm id",
	mRep:   "rep|agent|our staff|sales rep|salesperson|owner|assigned to|created by|author|user|handled by|employee|seller|mitarbeiter|bearbeiter|verkaufer|sachbearbeiter|operator|extension name",
}

// Column is one column of a file.
type Column struct {
	Name    string
	Meaning Meaning
	Sample  []string // a few of its cells
	told    bool     // the meaning was told, not found
}

// meaningOf recognises a column of such a file by its name.
func (k Kind) meaningOf(header string) Meaning {
	name := people.Header(header)
	for _, m := range k.Meanings() {
		for _, known := range strings.Split(headers[m], "|") {
			if name != "" && name == known {
				return m
			}
		}
	}
	return Unknown
}

// several are the meanings that more than one column may have.
var several = []Meaning{mProduct, mText, mTags, mPhone, mEmail, mID, mName, mRep, Skip, Unknown}
