package replica

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"time"

	"filippo.io/age"
	"github.com/fxamacker/cbor/v2"
	"golang.org/x/crypto/chacha20poly1305"

	"ringside/assist"
)

// Member is one desk of the team.
type Member struct {
	ID     MemberID
	Name   string
	Rep    assist.ID
	Admin  bool
	Sign   ed25519.PublicKey
	Box    string // its age recipient: what is sealed for it alone
	Device string // of its store, in hexadecimal digits
	Joined time.Time
	// Left is when it was removed, zero while it is here; Through is the last number of
	// its operations that counts.
	Left    time.Time
	Through uint64
}

func (m Member) here() bool { return m.Left.IsZero() }

// Roster says who is in the team. An admin writes and signs it; the next one names the
// one that it was made from, so that every member comes to the same roster whatever the
// order in which they arrive.
type Roster struct {
	Version uint64
	Team    string
	Members []Member
	Before  [32]byte // SHA-256 of the packet that this one was made from
	// The keys of the team: the present one sealed with age for every member who is here,
	// those before it sealed under the present one.
	Key     [8]byte
	Wrapped []byte
	Older   []byte
}

// Member returns the member of an id, whether here or removed.
func (r *Roster) Member(id MemberID) (Member, bool) {
	i := slices.IndexFunc(r.Members, func(m Member) bool { return m.ID == id })
	if i < 0 {
		return Member{}, false
	}
	return r.Members[i], true
}

// next returns a copy to be changed, one version on, made from the packet of r.
func (r *Roster) next(packet []byte) *Roster {
	out := *r
	out.Version++
	out.Before = sha256.Sum256(packet)
	out.Members = slices.Clone(r.Members)
	return &out
}

// put adds a member or takes the place of the one of the same id.
func (r *Roster) put(m Member) {
	r.Members = slices.DeleteFunc(r.Members, func(o Member) bool { return o.ID == m.ID })
	r.Members = append(r.Members, m)
	slices.SortFunc(r.Members, func(a, b Member) int { return cmp.Compare(a.ID, b.ID) })
}

func newKey() (key [32]byte) {
	rand.Read(key[:])
	return key
}

// lock seals the keys of the team for all who are here; key is the present one.
func (r *Roster) lock(key [32]byte, keys keyring) error {
	r.Key = idOf(key)
	var to []age.Recipient
	for _, m := range r.Members {
		if !m.here() {
			continue
		}
		box, err := age.ParseX25519Recipient(m.Box)
		if err != nil {
			return fmt.Errorf("seal team key for %s: %w", m.ID, err)
		}
		to = append(to, box)
	}
	var err error
	if r.Wrapped, err = sealFor(key[:], to...); err != nil {
		return fmt.Errorf("seal team key: %w", err)
	}
	var older []byte
	for id, k := range keys {
		if id != r.Key {
			older = append(older, k[:]...)
		}
	}
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return fmt.Errorf("seal team keys: %w", err)
	}
	nonce := make([]byte, nonceSize)
	rand.Read(nonce)
	r.Older = aead.Seal(nonce, nonce, older, r.Key[:])
	return nil
}

// unlock adds to keys what the roster gives to who owns the box; false when it gives
// nothing, as to one who was removed.
func (r *Roster) unlock(box age.Identity, keys keyring) bool {
	raw, err := openWith(r.Wrapped, box)
	if err != nil || len(raw) != 32 {
		return false
	}
	key := [32]byte(raw)
	if idOf(key) != r.Key {
		return false
	}
	keys[r.Key] = key
	aead, err := chacha20poly1305.NewX(raw)
	if err != nil || len(r.Older) < nonceSize {
		return false
	}
	older, err := aead.Open(nil, r.Older[:nonceSize], r.Older[nonceSize:], r.Key[:])
	if err != nil {
		return false
	}
	for k := range slices.Chunk(older, 32) {
		if len(k) == 32 {
			keys[idOf([32]byte(k))] = [32]byte(k)
		}
	}
	return true
}

func sealFor(plain []byte, to ...age.Recipient) ([]byte, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to...)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func openWith(sealed []byte, id age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), id)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, maxBody))
}

// rosters are all that are known, as a tree: which of them holds is the same for all who
// know the same ones.
type rosters struct {
	root  [32]byte
	known map[[32]byte]rosterFrom
}

// rosterFrom is a roster with the packet that brought it.
type rosterFrom struct {
	Roster
	packet []byte
	signer MemberID
}

func newRosters(root rosterFrom) *rosters {
	sum := sha256.Sum256(root.packet)
	return &rosters{root: sum, known: map[[32]byte]rosterFrom{sum: root}}
}

func (rs *rosters) add(r rosterFrom) { rs.known[sha256.Sum256(r.packet)] = r }

// first returns the SHA-256 of the earliest roster that is known to have led to the one which
// this desk trusts: each names the one before. Who was let in by a roster that did not hold
// in the end finds the others there.
func (rs *rosters) first() [32]byte {
	sum := rs.root
	for {
		before := rs.known[sum].Before
		if _, ok := rs.known[before]; !ok {
			return sum
		}
		sum = before
	}
}

// present returns the roster that holds, and which ones led to it: from the first one on,
// always the one that was made from it and signed by one who was an admin in it; should
// two admins have made one at the same time, the one of the smaller id.
func (rs *rosters) present() (at rosterFrom, chain map[[32]byte]bool) {
	next := map[[32]byte][]rosterFrom{}
	for _, r := range rs.known {
		next[r.Before] = append(next[r.Before], r)
	}
	sum := rs.first()
	at = rs.known[sum]
	chain = map[[32]byte]bool{sum: true}
	for {
		var best *rosterFrom
		for _, r := range next[sum] {
			signer, ok := at.Member(r.signer)
			if !ok || !signer.Admin || !signer.here() || r.Version != at.Version+1 {
				continue
			}
			if best == nil || cmp.Or(cmp.Compare(r.signer, best.signer), bytes.Compare(r.packet, best.packet)) < 0 {
				best = &r
			}
		}
		if best == nil {
			return at, chain
		}
		at, sum = *best, sha256.Sum256(best.packet)
		chain[sum] = true
	}
}

// lost returns what an admin has changed in rosters that do not hold, because another
// admin has made one at the same time: who was let in, and who was removed.
func (rs *rosters) lost(admin MemberID) (out []Member) {
	present, chain := rs.present()
	for sum, r := range rs.known {
		before, ok := rs.known[r.Before]
		if chain[sum] || !ok || r.signer != admin {
			continue
		}
		for _, m := range r.Members {
			was, old := before.Member(m.ID)
			now, is := present.Member(m.ID)
			if !old && !is || old && was.here() && !m.here() && is && now.here() {
				out = append(out, m)
			}
		}
	}
	return out
}

// under returns the key for the packet of the next roster: that which all know who are in
// the present one. Who was let in by a roster that does not hold, and is in the next one,
// knows only those that were before the two parted.
func (rs *rosters) under(next *Roster) keyID {
	present, chain := rs.present()
	parted := present
	for sum, r := range rs.known {
		if chain[sum] || !slices.ContainsFunc(r.Members, func(m Member) bool {
			_, is := present.Member(m.ID)
			_, will := next.Member(m.ID)
			return will && !is
		}) {
			continue
		}
		for ok := true; ok && !chain[sum]; {
			sum = r.Before
			r, ok = rs.known[sum]
		}
		if chain[sum] && r.Version < parted.Version {
			parted = r
		}
	}
	return parted.Key
}

// readRoster reads the body of a packet of a roster.
func readRoster(body []byte, h head, packet []byte) (rosterFrom, error) {
	r := rosterFrom{packet: packet, signer: h.signer}
	if err := cbor.Unmarshal(body, &r.Roster); err != nil {
		return r, errGarbage
	}
	for _, m := range r.Members {
		if len(m.Sign) != ed25519.PublicKeySize || memberOf(m.Sign) != m.ID {
			return r, errForged
		}
	}
	return r, nil
}
