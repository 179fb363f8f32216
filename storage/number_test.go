package storage

import (
	"context"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/phone"
)

// calls returns who is found by a number, each with a mark: "=" the extension fits too,
// "?" only the last digits fit.
func calls(t *testing.T, db *DB, number string) (out []string) {
	t.Helper()
	found, err := db.FindByNumber(context.Background(), phone.Parse(number, "GB"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range found {
		name := string(m.Customer.ID)
		switch {
		case m.Exact:
			name += "="
		case m.Tail:
			name += "?"
		}
		out = append(out, name)
	}
	return out
}

func same(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestNumbersAreFoundByTheirEndWhenNoMoreIsKnown(t *testing.T) {
	db := open(t, t.TempDir())
	has := func(id string, company assist.ID, numbers ...string) assist.Customer {
		c := assist.Customer{ID: assist.ID(id), Name: id, Company: company}
		for _, n := range numbers {
			c.Phones = append(c.Phones, assist.Phone{Raw: n, E164: phone.Parse(n, "GB").E164})
		}
		return c
	}
	err := db.Save(context.Background(),
		assist.Company{ID: "acme", Name: "Acme", Phones: []assist.Phone{{Raw: "0113 496 0000"}}},
		has("a", "", "020 7946 0123"), has("b", "", "7946 0999"), has("c", "acme", "214"),
		has("d", "", "0113 496 0555 ext 12"), has("e", "", "0113 496 0555"), has("f", "", "0113 496 0555 ext 34"))
	if err != nil {
		t.Fatal(err)
	}
	for number, want := range map[string][]string{
		"+442079460123":          {"a"},
		"7946 0123":              {"a?"},
		"946 0123":               {"a?"},
		"46 0123":                nil,
		"+442079460999":          {"b?"},
		"79460999":               {"b"},
		"214":                    {"c"},
		"020 7946 0214":          nil,
		"0113 496 0000":          {"c"},
		"496 0000":               {"c?"},
		"0113 496 0555 ext 12":   {"d=", "e"},
		"0113 496 0555":          {"d", "e", "f"},
		"+1 20 7946 0123":        nil,
		"anonymous":              nil,
		"":                       nil,
		"0113 496 0555 ext 9999": {"e"},
	} {
		if got := calls(t, db, number); !same(got, want) {
			t.Errorf("%q: %q, want %q", number, got, want)
		}
	}
}

// TestStoreWithForwardNumbersIsIndexedAnew opens a store as it was before digits stood
// in reverse order.
func TestStoreWithForwardNumbersIsIndexedAnew(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	c := assist.Customer{ID: "a", Name: "A", Phones: []assist.Phone{{Raw: "020 7946 0123"}}, Emails: []string{"a@example.org"}}
	if err := db.Save(ctx, c); err != nil {
		t.Fatal(err)
	}
	db.mu.Lock()
	db.settle()
	forward := appendRef(append([]byte{spaceNumber}, "442079460123\x00c"...), c.ID)
	err := db.picture.Update(func(txn *badger.Txn) error {
		for _, err := range []error{txn.Delete(numberKey("442079460123", ownNumber, c.ID)), txn.Set(forward, nil), txn.Set(keyRegion, []byte("GB"))} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	db.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	if got := calls(t, db, "020 7946 0123"); len(got) != 0 {
		t.Fatalf("the old key is found: %q", got)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got := calls(t, db, "020 7946 0123"); !same(got, []string{"a"}) {
		t.Errorf("after opening: %q", got)
	}
	if _, ok, err := db.FindByKey(ctx, "email:a@example.org"); !ok || err != nil {
		t.Errorf("the address is gone: %v", err)
	}
	err = db.read(func(txn *badger.Txn) error {
		_, err := txn.Get(forward)
		return err
	})
	if err != badger.ErrKeyNotFound {
		t.Errorf("the old key is there still: %v", err)
	}
	mustCheck(t, db)
}
