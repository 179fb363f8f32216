package replica

import (
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"filippo.io/age"
	"github.com/fxamacker/cbor/v2"
	"golang.org/x/crypto/chacha20poly1305"

	"ringside/assist"
	"ringside/storage/durable"
)

// Team is this desk's part in a team: who it is there and what it alone knows. It is kept
// in the folder "team" beside the store, sealed under the store's key, and is in no backup:
// a desk that is restored joins anew, so that no number is used twice.
type Team struct {
	dir     string
	lock    cipher.AEAD
	packets [32]byte // the key of the shelf

	mu  sync.Mutex
	own secrets
}

// secrets is what the file holds.
type secrets struct {
	Version     int
	Team        teamID
	Name        string
	Sign        []byte // seed of the signing key
	Box         string // age identity
	Keys        keyring
	Root        []byte // the packet of the first roster that this desk trusts
	Joining     *Invitation
	Carrier     string
	Credentials []byte
	Authority   []byte
	Invitations []pending
}

const identityVersion = 1

// Newcomer is who wants to found a team or to join one.
type Newcomer struct {
	Name   string
	Rep    assist.ID
	Device string // of the store, in hexadecimal digits
}

// Found begins a team of which this desk is the first member and an admin. dir is the
// data folder and key its store's.
func Found(dir string, key [32]byte, name string, who Newcomer) (*Team, error) {
	t, err := blank(dir, key)
	if err != nil {
		return nil, err
	}
	rand.Read(t.own.Team[:])
	t.own.Name = name
	first := newKey()
	t.own.Keys[idOf(first)] = first
	m, err := t.asMember(who, time.Now())
	if err != nil {
		return nil, err
	}
	m.Admin = true
	r := &Roster{Version: 1, Team: name}
	r.put(m)
	if err := r.lock(first, t.own.Keys); err != nil {
		return nil, err
	}
	if t.own.Root, err = t.sealRoster(r, 1, r.Key); err != nil {
		return nil, err
	}
	return t, t.save()
}

// OpenTeam returns this desk's part in the team that it is in; an error that wraps
// os.ErrNotExist says that it is in none, or was not let in yet.
func OpenTeam(dir string, key [32]byte) (*Team, error) {
	t, err := readTeam(dir, key)
	if err == nil && t.own.Joining != nil {
		return nil, fmt.Errorf("open team: not let in yet: %w", os.ErrNotExist)
	}
	return t, err
}

// readTeam is OpenTeam that also returns a desk which waits to be let in.
func readTeam(dir string, key [32]byte) (*Team, error) {
	t, err := newTeam(dir, key)
	if err != nil {
		return nil, err
	}
	sealed, err := os.ReadFile(t.file())
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("open team: %w", err)
	}
	if err == nil && len(sealed) < nonceSize {
		err = assist.ErrDamaged
	}
	if err != nil {
		return nil, t.fault("what this desk knows of its team cannot be read", err)
	}
	plain, err := t.lock.Open(nil, sealed[:nonceSize], sealed[nonceSize:], []byte("identity"))
	if err != nil {
		return nil, t.fault("what this desk knows of its team does not open with the store's key", assist.ErrWrongKey)
	}
	if err := cbor.Unmarshal(plain, &t.own); err != nil {
		return nil, t.fault("what this desk knows of its team cannot be read", errors.Join(assist.ErrDamaged, err))
	}
	if t.own.Version > identityVersion {
		return nil, &assist.Fault{What: "the team's file was written by a newer version of Ringside", Where: t.file(),
			Do: "Install the newest version.", Err: assist.ErrNewer}
	}
	return t, nil
}

// blank is a desk with new keys in no team yet, in place of one that was never let in.
func blank(dir string, key [32]byte) (*Team, error) {
	t, err := newTeam(dir, key)
	if err != nil {
		return nil, err
	}
	was, err := readTeam(dir, key)
	switch {
	case errors.Is(err, os.ErrNotExist):
	case err == nil && was.own.Joining != nil: // an invitation that came to nothing
		if err := was.Leave(); err != nil {
			return nil, err
		}
	default:
		return nil, &assist.Fault{What: "this desk is in a team already", Where: t.dir,
			Do: "Leave it first.", Err: assist.ErrInvalid}
	}
	if err := os.MkdirAll(t.dir, 0o700); err != nil {
		return nil, t.fault("the folder of the team cannot be made", err)
	}
	box, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("make keys: %w", err)
	}
	t.own.Version, t.own.Box, t.own.Sign = identityVersion, box.String(), make([]byte, ed25519.SeedSize)
	rand.Read(t.own.Sign)
	t.own.Keys = keyring{}
	return t, nil
}

func newTeam(dir string, key [32]byte) (*Team, error) {
	k, err := hkdf.Key(sha256.New, key[:], nil, "ringside team v1", chacha20poly1305.KeySize)
	if err != nil {
		return nil, fmt.Errorf("team key: %w", err)
	}
	lock, err := chacha20poly1305.NewX(k)
	if err != nil {
		return nil, fmt.Errorf("team key: %w", err)
	}
	packets, err := hkdf.Key(sha256.New, key[:], nil, "ringside packets v1", 32)
	if err != nil {
		return nil, fmt.Errorf("team key: %w", err)
	}
	return &Team{dir: filepath.Join(dir, "team"), lock: lock, packets: [32]byte(packets)}, nil
}

func (t *Team) file() string { return filepath.Join(t.dir, "identity") }

func (t *Team) fault(what string, err error) error {
	return &assist.Fault{What: what, Where: t.file(), Do: "If it stays so, join the team anew: nothing of the store is lost by it.", Err: err}
}

// save replaces the file as a whole. Who calls it holds t.mu, or nobody else knows t.
func (t *Team) save() error {
	plain, err := cbor.Marshal(t.own)
	if err != nil {
		return fmt.Errorf("save team: %w", err)
	}
	nonce := make([]byte, nonceSize)
	rand.Read(nonce)
	if err := durable.Write(t.file(), t.lock.Seal(nonce, nonce, plain, []byte("identity"))); err != nil {
		return t.fault("what this desk knows of its team cannot be written", err)
	}
	return nil
}

// change alters what is kept and saves it.
func (t *Team) change(what func(*secrets)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	what(&t.own)
	return t.save()
}

func (t *Team) signing() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(t.own.Sign) }

func (t *Team) box() (*age.X25519Identity, error) { return age.ParseX25519Identity(t.own.Box) }

func (t *Team) asMember(who Newcomer, now time.Time) (Member, error) {
	box, err := t.box()
	if err != nil {
		return Member{}, fmt.Errorf("read keys: %w", err)
	}
	return Member{ID: t.Self(), Name: who.Name, Rep: who.Rep, Device: who.Device, Joined: now.UTC().Truncate(time.Second),
		Sign: t.signing().Public().(ed25519.PublicKey), Box: box.Recipient().String()}, nil
}

// sealRoster makes the packet of a roster, under the key that the members know before it.
func (t *Team) sealRoster(r *Roster, number uint64, under keyID) ([]byte, error) {
	body, err := cbor.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("seal roster: %w", err)
	}
	h := head{kind: rosterKind, team: t.own.Team, member: t.Self(), signer: t.Self(), from: number, count: 1, key: under, at: time.Now().UnixMilli()}
	return seal(h, body, t.keys(), t.signing())
}

func (t *Team) keys() keyring {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.own.Keys)
}

// Self is this desk among the members.
func (t *Team) Self() MemberID { return memberOf(t.signing().Public().(ed25519.PublicKey)) }

// ID names the team in hexadecimal digits, as carriers know it.
func (t *Team) ID() string { return hex.EncodeToString(t.own.Team[:]) }

// Carrier returns the address of the carrier and what this desk shows there to be let in.
func (t *Team) Carrier() (address string, credentials []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.own.Carrier, t.own.Credentials
}

// SetCarrier keeps the address of the carrier and the credentials.
func (t *Team) SetCarrier(address string, credentials []byte) error {
	return t.change(func(s *secrets) { s.Carrier, s.Credentials = address, credentials })
}

// Authority returns what an admin needs to let members into the carrier; nil on other
// desks.
func (t *Team) Authority() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.own.Authority
}

// SetAuthority keeps it.
func (t *Team) SetAuthority(authority []byte) error {
	return t.change(func(s *secrets) { s.Authority = authority })
}

// Inviting reports whether an invitation of this desk is still good.
func (t *Team) Inviting(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.ContainsFunc(t.own.Invitations, func(p pending) bool { return now.Before(p.Until) })
}

// Leave forgets the team on this desk: its keys and the sealed packets. What the store has
// taken in stays.
func (t *Team) Leave() error {
	if err := os.RemoveAll(t.dir); err != nil {
		return t.fault("the folder of the team cannot be removed", err)
	}
	return nil
}
