package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"testing"

	"ringside/assist"
)

const aCard = "4111 1111 1111 1111"

// withCard is the record with a card wherever it has the rare word; ids, which other
// programs made, stay without.
func withCard(t *testing.T, r assist.Record) assist.Record {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	b = bytes.ReplaceAll(b, []byte("hubspot:"+rareWord), []byte("hubspot:1"))
	b = bytes.ReplaceAll(b, []byte(rareWord), []byte("card "+aCard))
	out := reflect.New(reflect.TypeOf(r))
	if err := json.Unmarshal(b, out.Interface()); err != nil {
		t.Fatal(err)
	}
	return out.Elem().Interface().(assist.Record)
}

// TestNoCardIsKept saves a card in every field that has room for words, one by one and as an
// import, and looks for it in all that is on the disk, opened with the key.
func TestNoCardIsKept(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	bulk := db.Bulk(context.Background())
	for _, r := range hers() {
		switch r := r.(type) {
		case assist.Order, assist.Asked, assist.Merge: // numbers of orders, our own words, what was kept before
			continue
		default:
			save(t, db, withCard(t, r))
			if n, ok := withCard(t, r).(assist.Note); ok {
				n.ID += "-imported"
				if err := bulk.Add(n); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	n, err := Find[assist.Note](context.Background(), db, "own-note-imported")
	if want := "card •••• •••• •••• 1111"; err != nil || n.Text != want || n.Remarks[0].Text != want {
		t.Errorf("the note is %+v, %v", n, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if found := finds(t, dir, []string{aCard}); len(found) > 0 {
		t.Errorf("kept all the same: %v", found)
	}
}

func TestWhatIsNoCardStaysAsItWasTyped(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	db.Spared().Add("4111111111111111")
	n := assist.Note{ID: "n", At: day, Text: "order " + aCard + ", card 5555 5555 5555 4444"}
	save(t, db, n)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	n.Remarks = []assist.Remark{{At: day, Text: "order " + aCard}}
	save(t, db, n)
	got, err := Find[assist.Note](ctx, db, "n")
	if want := "order " + aCard + ", card •••• •••• •••• 4444"; err != nil || got.Text != want || got.Remarks[0].Text != "order "+aCard {
		t.Errorf("after a start the note is %+v, %v", got, err)
	}
}

// What was said to be no card is kept with the first save that goes well, not only tried once.
func TestANumberThatIsNoCardIsKnownForEverThoughASaveFailed(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	db.Spared().Add("4111111111111111")
	if err := db.Save(context.Background(), assist.Customer{}); err == nil {
		t.Fatal("a customer without an id was kept")
	}
	save(t, db, mary())
	db.Close()
	if db = open(t, dir); !db.Spared().Has("4111111111111111") {
		t.Error("it is taken for a card again")
	}
}
