package storage

import (
	"context"
	"errors"
	"slices"

	"ringside/assist"
	"ringside/assist/mask"
)

// typeSpared is the record type of the numbers that are no cards; like the settings it is
// no type of assist.
const typeSpared assist.Type = "spared"

// spared is how mask.Spared is kept: one record with a fixed id.
type spared struct {
	Hashes []string `json:"hashes,omitempty"`
}

func (spared) Ident() (assist.Type, assist.ID) { return typeSpared, "this" }

func (spared) Validate() error { return nil }

// Spared are the numbers that are taken for payment cards and are none. What is added to
// them is kept with the next Save.
func (db *DB) Spared() *mask.Spared { return db.spared }

func (db *DB) readSpared(ctx context.Context) error {
	s, err := Find[spared](ctx, db, "this")
	if errors.Is(err, assist.ErrNotFound) {
		err = nil
	}
	db.spared = mask.NewSpared(s.Hashes)
	return err
}

// hidden returns the record with the payment cards hidden in all that people have written
// about customers, and what was heard of them. It is the only way into the journal, so no
// card gets there from a box, an import or another program. The library is not looked at:
// trainers write there about cards that are none.
func (db *DB) hidden(r assist.Record) assist.Record {
	hide := func(texts ...*string) {
		for _, t := range texts {
			*t = mask.Text(*t, db.spared)
		}
	}
	switch r := r.(type) {
	case assist.Note:
		hide(&r.Text)
		r.Tags, r.Remarks = slices.Clone(r.Tags), slices.Clone(r.Remarks)
		for i := range r.Tags {
			hide(&r.Tags[i])
		}
		for i := range r.Remarks {
			hide(&r.Remarks[i].Text)
		}
		return r
	case assist.Draft:
		hide(&r.Note, &r.Heard, &r.Reply)
		r.Call = db.hidden(r.Call).(assist.Call)
		return r
	case assist.Call:
		r.Used = slices.Clone(r.Used)
		for i := range r.Used {
			hide(&r.Used[i].Heard)
		}
		return r
	case assist.Promise:
		hide(&r.Text)
		return r
	case assist.Insight:
		hide(&r.Text, &r.Topic, &r.Subject, &r.Source)
		return r
	}
	return hiddenBesides(r, hide)
}

// hiddenBesides is hidden for what customers say besides a call, and for who they are.
func hiddenBesides(r assist.Record, hide func(...*string)) assist.Record {
	switch r := r.(type) {
	case assist.Gap:
		hide(&r.Text)
		return r
	case assist.Kudos:
		hide(&r.Words)
		return r
	case assist.Flag:
		hide(&r.Why)
		return r
	case assist.Proposal:
		hide(&r.Phrasing)
		return r
	case assist.Question:
		hide(&r.Text)
		return r
	case assist.Drill:
		hide(&r.Words)
		return r
	case assist.Customer:
		hide(&r.Name, &r.CallMe, &r.Role, &r.City, &r.Address, &r.Likes, &r.About)
		r.Owns, r.Relations = slices.Clone(r.Owns), slices.Clone(r.Relations)
		for i := range r.Owns {
			hide(&r.Owns[i].Name)
		}
		for i := range r.Relations {
			hide(&r.Relations[i].Who)
		}
		return r
	case assist.Company:
		hide(&r.Name, &r.City, &r.About)
		return r
	case assist.Incident:
		hide(&r.Title, &r.What, &r.Why, &r.Doing)
		return r
	}
	return r
}
