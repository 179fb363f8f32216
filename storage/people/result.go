package people

import "ringside/assist"

// Kind says what became of a record of the file.
type Kind string

// The kinds of Result.
const (
	KindCustomer  Kind = "customer"
	KindRefused   Kind = "refused"   // not taken
	KindDuplicate Kind = "duplicate" // merged into the customer of an earlier line
	KindWarning   Kind = "warning"   // taken, but somebody should look at it
)

// Result is what became of one record, or one thing to know about it. Line is the
// line in the file where the record starts, the first being 1. A customer may be
// followed by warnings of the same line.
type Result struct {
	Kind   Kind
	Line   int
	Column string // its name; empty when the reason is about the whole record
	Reason string // in words for people; empty for a customer
	// Customer and Company are set for KindCustomer only. The Company is zero
	// when there is none.
	Customer assist.Customer
	Company  assist.Company
	Notes    string // what the columns for notes hold; also in Customer.About
}

// Outcome says whether a file can be imported.
type Outcome string

// The outcomes. Ask: it can be imported now, but Questions would make it better.
const (
	Accept Outcome = "accept"
	Ask    Outcome = "ask"
	Refuse Outcome = "refuse"
)

// Question is what the file itself does not tell.
type Question struct {
	Column  string // empty when it is about the whole file
	Text    string
	Choices []string
}

// Progress is how far an import has come.
type Progress struct {
	Rows  int // records looked at
	Bytes int64
	Total int64 // the size of the file
}

// Report is what an import has done, also when it was stopped half-way: all that
// it counts is in the store.
type Report struct {
	Rows      int // records looked at
	Added     int // customers that were new
	Changed   int // customers that were there and have gained something
	Unchanged int
	Companies int // companies added or changed
	Duplicate int
	Refused   int
	Warnings  int
	// Problems are the results that are no customers, the first 10,000.
	Problems []Result
}
