package assist

import "time"

// Order is what a customer bought from us in one go, as an import told of it.
type Order struct {
	ID       ID        `json:"id"`
	Customer ID        `json:"customer,omitempty"`
	At       time.Time `json:"at"`
	Number   string    `json:"number,omitempty"`   // as it stands on the invoice
	Products []string  `json:"products,omitempty"` // each once
	Value    int64     `json:"value,omitempty"`    // in the smallest unit of the currency; less than 0: money back
	Currency string    `json:"currency,omitempty"` // ISO 4217: "GBP"; empty when the import did not say
	Source   string    `json:"source,omitempty"`   // in words: "orders.csv"
}

// Ident implements Record.
func (o Order) Ident() (Type, ID) { return TypeOrder, o.ID }

// Validate reports whether the order can be kept: an id and a time.
func (o Order) Validate() error {
	var v check
	v.id("id", o.ID)
	v.ref("customer", o.Customer)
	v.at("at", o.At)
	v.line("number", o.Number, false)
	v.lines("products", o.Products)
	v.that(o.Currency == "" || len(o.Currency) == 3, "currency", "is not a code of three letters")
	v.line("source", o.Source, false)
	return v.fault(TypeOrder, o.ID)
}
