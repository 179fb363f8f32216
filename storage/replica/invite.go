package replica

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/fxamacker/cbor/v2"
	"golang.org/x/crypto/chacha20poly1305"

	"ringside/assist"
)

// The words of a code: the 2048 of BIP 39, which differ in their first four letters.
//
//go:embed words.txt
var wordList string

const (
	codeWords = 6 // 66 bits
	// hard is how long an invitation takes to open, 2^hard rounds of scrypt: about a
	// second. Whoever has the file and not the words must pay it for every guess.
	hard       = 17
	invitation = 24 * time.Hour
)

// Invitation is what lets one desk join, once. The file may go any way; the words that
// open it are told another way.
type Invitation struct {
	_           struct{} `cbor:",toarray"`
	ID          string   // 16 hexadecimal digits
	Team        string   // the team's name, or how it begins
	From        string   // who invites
	Until       time.Time
	Carrier     string
	Credentials []byte // for nothing but joining

	TeamID teamID
	Secret [32]byte          // seals what the two leave each other
	Admin  ed25519.PublicKey // who may answer
}

// pending is an invitation on the admin's desk.
type pending struct {
	ID     string
	Secret [32]byte
	Until  time.Time
	Used   MemberID // who has joined with it
}

// hello is what a new desk leaves for the admin.
type hello struct{ Member Member }

// welcome is what the admin's desk answers.
type welcome struct {
	For    MemberID
	Sealed []byte // a ticket, with age for the new desk alone
}

type ticket struct {
	Roster      []byte // packet
	Keys        keyring
	Carrier     string
	Credentials []byte
}

// Invite makes an invitation that is good for 24 hours, as a text to send, and the words
// that open it. access says where a desk that is no member yet can leave its hello, and
// with which credentials. Only an admin's desk can.
func (r *Replica) Invite(access Access) (text, words string, err error) {
	inv, err := r.invite(access)
	if err != nil {
		return "", "", err
	}
	words = newWords()
	text, err = inv.seal(words)
	return text, words, err
}

// Access gives who comes with an invitation the address of the carrier and credentials for
// it that are good until then.
type Access func(invitation string, until time.Time) (carrier string, credentials []byte, err error)

func (r *Replica) invite(access Access) (*Invitation, error) {
	roster := r.Roster()
	me, ok := roster.Member(r.self)
	if !ok || !me.Admin || !me.here() {
		return nil, &assist.Fault{What: "only an admin can invite", Do: "Ask " + admins(roster) + ".", Err: assist.ErrInvalid}
	}
	id := make([]byte, 8)
	rand.Read(id)
	inv := &Invitation{ID: hex.EncodeToString(id), Team: begin(roster.Team), From: begin(me.Name), Until: r.corrected().Add(invitation).UTC(),
		TeamID: r.team.own.Team, Secret: newKey(), Admin: me.Sign}
	var err error
	if inv.Carrier, inv.Credentials, err = access(inv.ID, inv.Until); err != nil {
		return nil, err
	}
	return inv, r.team.change(func(s *secrets) {
		s.Invitations = slices.DeleteFunc(s.Invitations, func(p pending) bool { return r.opt.Now().Sub(p.Until) > 30*invitation })
		s.Invitations = append(s.Invitations, pending{ID: inv.ID, Secret: inv.Secret, Until: inv.Until})
	})
}

// begin cuts a name that would make an invitation too long for a camera.
func begin(name string) string {
	if r := []rune(name); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return name
}

func newWords() string {
	list := strings.Fields(wordList)
	var raw [2 * codeWords]byte
	rand.Read(raw[:])
	words := make([]string, codeWords)
	for i := range words {
		words[i] = list[int(binary.BigEndian.Uint16(raw[2*i:]))%len(list)]
	}
	return strings.Join(words, " ")
}

// plainWords returns what was typed as the words are in the list; four letters are enough
// of each.
func plainWords(typed string) (string, error) {
	got := strings.FieldsFunc(strings.ToLower(typed), func(c rune) bool { return c < 'a' || c > 'z' })
	if len(got) != codeWords {
		return "", &assist.Fault{What: fmt.Sprintf("the code has %d words, these are %d", codeWords, len(got)), Do: "Ask for them once more.", Err: assist.ErrWrongKey}
	}
	list := strings.Fields(wordList)
	for i, w := range got {
		at, ok := slices.BinarySearch(list, w)
		if !ok && (len(w) < 4 || at == len(list) || !strings.HasPrefix(list[at], w)) {
			return "", &assist.Fault{What: fmt.Sprintf("word %d, %q, is not one of the words that codes are made of", i+1, w), Do: "Ask for it once more.", Err: assist.ErrWrongKey}
		}
		got[i] = list[at]
	}
	return strings.Join(got, " "), nil
}

func (inv Invitation) seal(words string) (string, error) {
	body, err := cbor.Marshal(inv)
	if err != nil {
		return "", fmt.Errorf("invite: %w", err)
	}
	return sealWith(body, words)
}

// SealWithWords seals something for whoever is told the words that it returns.
func SealWithWords(content []byte) (text, words string, err error) {
	words = newWords()
	text, err = sealWith(content, words)
	return text, words, err
}

func sealWith(content []byte, words string) (string, error) {
	to, err := age.NewScryptRecipient(words)
	if err != nil {
		return "", fmt.Errorf("seal with words: %w", err)
	}
	to.SetWorkFactor(hard)
	sealed, err := sealFor(content, to)
	if err != nil {
		return "", fmt.Errorf("seal with words: %w", err)
	}
	return spell(sealed), nil
}

// OpenWithWords opens what SealWithWords has sealed, or an invitation; four letters of each
// word are enough.
func OpenWithWords(text, words string) ([]byte, error) {
	words, err := plainWords(words)
	if err != nil {
		return nil, err
	}
	sealed, err := unspell(text)
	if err != nil {
		return nil, err
	}
	id, err := age.NewScryptIdentity(words)
	if err != nil {
		return nil, fmt.Errorf("open with words: %w", err)
	}
	id.SetMaxWorkFactor(hard + 2)
	body, err := openWith(sealed, id)
	if err != nil {
		return nil, &assist.Fault{What: "these words do not open it", Do: "Ask for them once more; each invitation has its own.", Err: assist.ErrWrongKey}
	}
	return body, nil
}

// OpenInvitation opens an invitation with its words.
func OpenInvitation(text, words string) (*Invitation, error) {
	body, err := OpenWithWords(text, words)
	if err != nil {
		return nil, err
	}
	var inv Invitation
	if err := cbor.Unmarshal(body, &inv); err != nil || len(inv.Admin) != ed25519.PublicKeySize {
		return nil, &assist.Fault{What: "this invitation was made by another version of Ringside", Do: "Install the newest version.", Err: assist.ErrNewer}
	}
	if time.Now().After(inv.Until) {
		return nil, inv.expired()
	}
	return &inv, nil
}

func (inv Invitation) expired() error {
	return &assist.Fault{What: "this invitation was good until " + inv.Until.Local().Format("2 January 15:04"), Do: "Ask " + inv.From + " for a new one.", Err: assist.ErrInvalid}
}

// Join leaves a hello for the admin and waits for the answer, until ctx ends; called again
// it goes on. dir is the data folder and key its store's.
func Join(ctx context.Context, at Meeting, inv *Invitation, who Newcomer, dir string, key [32]byte) (*Team, error) {
	t, err := joining(inv, dir, key)
	if err != nil {
		return nil, err
	}
	m, err := t.asMember(who, time.Now())
	if err != nil {
		return nil, err
	}
	for said := false; ; {
		sealed, err := at.Look(ctx, "welcome/"+inv.ID)
		if err == nil && sealed != nil {
			if err := t.welcomed(inv, sealed); err != nil {
				return nil, err
			}
			return t, nil
		}
		if time.Now().After(inv.Until) {
			return nil, inv.expired()
		}
		if err == nil && !said {
			said, err = true, t.leaveHello(ctx, at, inv, m)
		}
		if err != nil && ctx.Err() == nil && !errors.Is(err, context.DeadlineExceeded) {
			return nil, &assist.Fault{What: "the team cannot be reached", Where: inv.Carrier, Do: "Look at the network and try again.", Err: err}
		}
		select {
		case <-ctx.Done():
			return nil, &assist.Fault{What: "no answer has come from " + inv.From + " yet", Do: "Leave this open, or try again while Ringside runs there.", Err: ctx.Err()}
		case <-time.After(lookEvery):
		}
	}
}

const lookEvery = time.Second

// joining returns the desk with the keys with which it has said hello, or new ones.
func joining(inv *Invitation, dir string, key [32]byte) (*Team, error) {
	t, err := readTeam(dir, key)
	if err == nil && t.own.Joining != nil && t.own.Joining.ID == inv.ID {
		return t, nil
	}
	if t, err = blank(dir, key); err != nil {
		return nil, err
	}
	t.own.Team, t.own.Name, t.own.Joining = inv.TeamID, inv.Team, inv
	return t, t.save()
}

func (t *Team) leaveHello(ctx context.Context, at Meeting, inv *Invitation, m Member) error {
	sealed, err := sealMeeting(inv.Secret, "hello", hello{m}, t.signing())
	if err != nil {
		return err
	}
	return at.Leave(ctx, "hello/"+inv.ID, sealed)
}

// welcomed makes a member of this desk.
func (t *Team) welcomed(inv *Invitation, sealed []byte) error {
	var w welcome
	if err := openMeeting(inv.Secret, "welcome", sealed, &w, func() ed25519.PublicKey { return inv.Admin }); err != nil {
		return &assist.Fault{What: "the answer to the invitation is not from " + inv.From, Do: "Ask for a new invitation.", Err: errors.Join(assist.ErrInvalid, err)}
	}
	if w.For != t.Self() {
		return &assist.Fault{What: "this invitation was used by another desk", Do: "Ask " + inv.From + " for a new one, and whether the other desk is one of yours.", Err: assist.ErrInvalid}
	}
	box, err := t.box()
	if err != nil {
		return fmt.Errorf("join: %w", err)
	}
	body, err := openWith(w.Sealed, box)
	var in ticket
	if err == nil {
		err = cbor.Unmarshal(body, &in)
	}
	if err != nil {
		return fmt.Errorf("join: %w", err)
	}
	return t.change(func(s *secrets) {
		s.Root, s.Keys, s.Carrier, s.Credentials, s.Joining = in.Roster, in.Keys, in.Carrier, in.Credentials, nil
	})
}

// Admit looks for desks that have said hello and lets those in whose invitation is good:
// they become members, and welcome tells what they need of the carrier. It waits for the
// carrier.
func (r *Replica) Admit(ctx context.Context, at Meeting, welcome func(Member) (carrier string, credentials []byte, err error)) (joined []Member, err error) {
	r.team.mu.Lock()
	list := slices.Clone(r.team.own.Invitations)
	r.team.mu.Unlock()
	for _, p := range list {
		if r.corrected().After(p.Until) {
			continue
		}
		sealed, err := at.Look(ctx, "hello/"+p.ID)
		if err != nil {
			return joined, fmt.Errorf("look for new desks: %w", err)
		}
		if sealed == nil {
			continue
		}
		m, err := readHello(p, sealed)
		roster := r.Roster()
		was, member := roster.Member(m.ID)
		switch {
		case err != nil:
		case p.Used != "" && p.Used != m.ID:
			err = errUsed
		case member && !was.here():
			err = errRemoved // the answer holds the present key
		}
		if err != nil {
			r.refuse(m.ID, err)
			continue
		}
		isNew, err := r.letIn(p, m)
		if err != nil {
			return joined, err
		}
		if err := r.answerHello(ctx, at, p, m, welcome); err != nil {
			return joined, err
		}
		if isNew {
			joined = append(joined, m)
		}
	}
	return joined, nil
}

var errUsed = errors.New("its invitation was used by another desk")

func readHello(p pending, sealed []byte) (Member, error) {
	var h hello
	err := openMeeting(p.Secret, "hello", sealed, &h, func() ed25519.PublicKey { return h.Member.Sign })
	if err != nil {
		return Member{}, err
	}
	m := h.Member
	if _, err := age.ParseX25519Recipient(m.Box); err != nil || memberOf(m.Sign) != m.ID {
		return Member{}, errForged
	}
	m.Admin, m.Left, m.Through = false, time.Time{}, 0
	return m, nil
}

// letIn writes a new member into the roster, once.
func (r *Replica) letIn(p pending, m Member) (isNew bool, err error) {
	roster := r.Roster()
	if _, ok := roster.Member(m.ID); ok {
		return false, nil
	}
	err = r.team.change(func(s *secrets) {
		for i := range s.Invitations {
			if s.Invitations[i].ID == p.ID {
				s.Invitations[i].Used = m.ID
			}
		}
	})
	if err != nil {
		return false, err
	}
	m.Joined = r.corrected().UTC().Truncate(time.Second)
	return true, r.changeRoster(false, func(next *Roster) error { next.put(m); return nil })
}

// answerHello leaves the welcome, unless it lies there already for the roster that holds.
func (r *Replica) answerHello(ctx context.Context, at Meeting, p pending, m Member, credentials func(Member) (string, []byte, error)) error {
	place := "welcome/" + p.ID
	r.mu.Lock()
	t := ticket{Roster: r.roster.packet, Keys: r.keys}
	answer := sha256.Sum256(append([]byte(m.ID), t.Roster...))
	again := r.answers[p.ID] == answer
	r.mu.Unlock()
	if again {
		if lies, err := at.Look(ctx, place); err != nil || lies != nil {
			return err
		}
	}
	box, err := age.ParseX25519Recipient(m.Box)
	if err != nil {
		return err
	}
	if t.Carrier, t.Credentials, err = credentials(m); err != nil {
		return err
	}
	body, err := cbor.Marshal(t)
	if err != nil {
		return err
	}
	sealed, err := sealFor(body, box)
	if err != nil {
		return err
	}
	out, err := sealMeeting(p.Secret, "welcome", welcome{For: m.ID, Sealed: sealed}, r.team.signing())
	if err != nil {
		return err
	}
	if err := at.Leave(ctx, place, out); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers[p.ID] = answer
	return nil
}

// What the two leave each other: the content and a signature over it, sealed under the
// secret of the invitation.
type signedPart struct{ Content, Signature []byte }

func sealMeeting(secret [32]byte, what string, content any, sign ed25519.PrivateKey) ([]byte, error) {
	body, err := cbor.Marshal(content)
	if err != nil {
		return nil, err
	}
	plain, err := cbor.Marshal(signedPart{body, ed25519.Sign(sign, append([]byte(what), body...))})
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(secret[:])
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, nonceSize)
	rand.Read(nonce)
	return aead.Seal(nonce, nonce, plain, []byte(what)), nil
}

func openMeeting(secret [32]byte, what string, sealed []byte, into any, signer func() ed25519.PublicKey) error {
	aead, err := chacha20poly1305.NewX(secret[:])
	if err != nil {
		return err
	}
	if len(sealed) < nonceSize {
		return errGarbage
	}
	plain, err := aead.Open(nil, sealed[:nonceSize], sealed[nonceSize:], []byte(what))
	if err != nil {
		return errAltered
	}
	var p signedPart
	if cbor.Unmarshal(plain, &p) != nil || cbor.Unmarshal(p.Content, into) != nil {
		return errGarbage
	}
	if key := signer(); len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, append([]byte(what), p.Content...), p.Signature) {
		return errForged
	}
	return nil
}
