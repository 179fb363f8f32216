package storage

import (
	"bytes"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
)

// nearby fills in what others in the customer's town have of us and they have not. It
// looks at the first owners of each product only, so that a town of a hundred thousand
// costs no more than a village.
func (db *DB) nearby(txn *badger.Txn, p *glance.Profile) error {
	if p.Customer.City == "" {
		return nil
	}
	prefix := townPrefix(p.Customer.City)
	it := txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	for it.Rewind(); it.Valid() && len(p.Nearby) < maxNearby; {
		rest := it.Item().Key()[len(prefix):]
		end := bytes.IndexByte(rest, 0)
		if end < 0 {
			it.Next()
			continue
		}
		product := string(rest[:end])
		if !owns(p.Customer, product) {
			house, err := db.inHouse(txn, it, append(append(slices.Clone(prefix), product...), 0), p.Customer)
			if err != nil {
				return err
			}
			p.Nearby = append(p.Nearby, glance.Nearby{Product: product, Household: house})
		}
		it.Seek(append(append(slices.Clone(prefix), product...), 1)) // behind the owners of this product
	}
	return nil
}

// mostNeighbours is how many owners of a product are looked at for one of the same house.
const mostNeighbours = 8

func (db *DB) inHouse(txn *badger.Txn, it *badger.Iterator, prefix []byte, c assist.Customer) (bool, error) {
	if c.Company == "" && c.Address == "" {
		return false, nil
	}
	for n := 0; n < mostNeighbours && it.ValidForPrefix(prefix); n++ {
		id, _, ok := cutRef(it.Item().Key()[len(prefix):])
		it.Next()
		if !ok {
			continue
		}
		var other assist.Customer
		found, err := get(db, txn, id, &other)
		if err != nil {
			return false, err
		}
		if found && (c.Company != "" && other.Company == c.Company || c.Address != "" && other.Address == c.Address) {
			return true, nil
		}
	}
	return false, nil
}

func owns(c assist.Customer, product string) bool {
	return slices.ContainsFunc(c.Owns, func(p assist.Product) bool { return p.Name == product && p.Ours() })
}
