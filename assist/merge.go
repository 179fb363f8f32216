package assist

import "time"

// Ref names one record of any type.
type Ref struct {
	Type Type `json:"type"`
	ID   ID   `json:"id"`
}

// Merge is the word that several records of a customer were one person's. It holds all
// that is needed to take it back.
type Merge struct {
	ID     ID         `json:"id"`
	Keeper ID         `json:"keeper"`
	Before []Customer `json:"before"` // as they stood: the keeper first, then those that are Into it now
	After  Customer   `json:"after"`  // the keeper, as the merge left it
	// Moved are the records that belong to the keeper now, by the customer whose they were.
	Moved map[ID][]Ref `json:"moved,omitempty"`
	// Also are the incidents of Moved that named the keeper before, too.
	Also []ID `json:"also,omitempty"`
	// Related are the relations to any of them before, by the customer who named them.
	Related map[ID][]Relation `json:"related,omitempty"`
	// Places are those that the keeper had in incidents before, where the others had one.
	Places []Affected `json:"places,omitempty"`
	By     ID         `json:"by,omitempty"`
	At     time.Time  `json:"at"`
	Undone time.Time  `json:"undone,omitzero"`
}

// Ident implements Record.
func (m Merge) Ident() (Type, ID) { return TypeMerge, m.ID }

// Validate reports whether the merge can be kept: two customers or more, the keeper
// first.
func (m Merge) Validate() error {
	var v check
	v.id("id", m.ID)
	v.id("keeper", m.Keeper)
	v.ref("by", m.By)
	v.at("at", m.At)
	v.that(len(m.Before) >= 2 && m.Before[0].ID == m.Keeper, "before", "is not the keeper and those that were merged into it")
	return v.fault(TypeMerge, m.ID)
}

// Erasure is the word that a customer was erased for good. It holds nothing of the
// person; whatever brings older records back must leave out theirs.
type Erasure struct {
	ID ID        `json:"id"` // of the customer who was erased
	By ID        `json:"by,omitempty"`
	At time.Time `json:"at"`
}

// Ident implements Record.
func (e Erasure) Ident() (Type, ID) { return TypeErasure, e.ID }

// Validate reports whether the record can be kept: an id and a time.
func (e Erasure) Validate() error {
	var v check
	v.id("id", e.ID)
	v.ref("by", e.By)
	v.at("at", e.At)
	return v.fault(TypeErasure, e.ID)
}
