package replica

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"

	"ringside/assist"
)

// loadRosters reads the first roster and those on the shelf.
func (r *Replica) loadRosters() error {
	h, err := readHead(r.team.own.Root)
	if err != nil {
		return r.team.fault("the first roster of the team cannot be read", errors.Join(assist.ErrDamaged, err))
	}
	root, err := r.readRoster(h, r.team.own.Root)
	if err != nil {
		return r.team.fault("the first roster of the team cannot be read", err)
	}
	r.rosters = newRosters(root)
	r.roster = root
	if h.member == r.self && r.shelf.ownNext() == 1 {
		if _, err := r.shelf.add([]record{{head: h, sealed: r.team.own.Root}}, nil); err != nil {
			return err
		}
	}
	// What is on the shelf was checked when it came; a key that one gives opens others.
	for left := r.shelf.rosters; ; {
		unread := slices.DeleteFunc(slices.Clone(left), func(packet []byte) bool {
			h, err := readHead(packet)
			if err != nil {
				return true
			}
			got, err := r.readRoster(h, packet)
			if err == nil {
				r.rosters.add(got)
				r.adopt()
			}
			return err == nil
		})
		if len(unread) == len(left) {
			return nil
		}
		left = unread
	}
}

func (r *Replica) readRoster(h head, packet []byte) (rosterFrom, error) {
	key, ok := r.keys[h.key]
	if !ok {
		return rosterFrom{}, errUnknownKey
	}
	body, err := unseal(packet, key)
	if err != nil {
		return rosterFrom{}, err
	}
	return readRoster(body, h, packet)
}

// adopt lets the roster that holds take effect. The caller holds r.mu, or is New.
func (r *Replica) adopt() {
	now, _ := r.rosters.present()
	if sha256.Sum256(now.packet) == sha256.Sum256(r.roster.packet) {
		return
	}
	r.roster = now
	box, err := r.team.box()
	if err != nil {
		return // New has read it
	}
	keys := maps.Clone(r.keys)
	now.unlock(box, keys)
	r.keys = keys
	kick(r.changed)
}

// learn takes in a roster that came.
func (r *Replica) learn(rec record, body []byte) error {
	got, err := readRoster(body, rec.head, rec.sealed)
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.rosters.add(got)
	r.adopt()
	keys := r.keys
	r.mu.Unlock()
	return r.team.change(func(s *secrets) { s.Keys, s.Name = keys, got.Team })
}

// Roster returns who is in the team.
func (r *Replica) Roster() Roster {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.roster.Roster
}

// Remove takes a desk out of the team: the team gets a new key, and what the desk sends
// from now on counts no more. Only an admin's desk can.
func (r *Replica) Remove(id MemberID) error {
	return r.changeRoster(true, func(next *Roster) error {
		m, ok := next.Member(id)
		switch {
		case !ok || !m.here():
			return &assist.Fault{What: "this desk is not in the team", Where: string(id), Err: assist.ErrInvalid}
		case id == r.self:
			return &assist.Fault{What: "an admin cannot remove the desk at which they sit", Do: "Let another admin do it, or leave the team.", Err: assist.ErrInvalid}
		}
		r.mu.Lock()
		m.Left, m.Through = r.opt.Now().UTC(), r.through(id)
		r.mu.Unlock()
		next.put(m)
		return nil
	})
}

// SetAdmin says whether a desk may let others in and remove them. Only an admin's can.
func (r *Replica) SetAdmin(id MemberID, admin bool) error {
	return r.changeRoster(false, func(next *Roster) error {
		m, ok := next.Member(id)
		if !ok || !m.here() || id == r.self {
			return &assist.Fault{What: "this desk’s rights cannot be changed here", Where: string(id), Do: "Choose another desk of the team.", Err: assist.ErrInvalid}
		}
		m.Admin = admin
		next.put(m)
		return nil
	})
}

// through returns up to which number this desk or any other has all of a member's
// operations. What the member itself says of it does not count: who is to be removed must
// not reserve numbers for later. The caller holds r.mu.
func (r *Replica) through(id MemberID) uint64 {
	r.shelf.mu.Lock()
	n := r.shelf.of(id).dense()
	r.shelf.mu.Unlock()
	for other, p := range r.peers {
		if m, ok := r.roster.Member(other); other != id && ok && m.here() {
			n = max(n, p.have[id])
		}
	}
	return n
}

// amend sees to it that an admin's roster says what it must. The operations count which a
// removed desk had brought to somebody before its removal was known there: else that desk
// would stay different from the others. And what this admin has changed at the same time
// as another one is changed once more.
func (r *Replica) amend() error {
	r.mu.Lock()
	me, ok := r.roster.Member(r.self)
	if !ok || !me.Admin || !me.here() {
		r.mu.Unlock()
		return nil
	}
	list := r.rosters.lost(r.self)
	rotate := slices.ContainsFunc(list, func(m Member) bool { return !m.here() })
	for _, m := range r.roster.Members {
		if n := r.through(m.ID); !m.here() && n > m.Through {
			m.Through = n
			list = append(list, m)
		}
	}
	r.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	return r.changeRoster(rotate, func(next *Roster) error {
		for _, m := range list {
			next.put(m)
		}
		return nil
	})
}

// changeRoster makes the next roster, with a new key when rotate says so, and sends it.
func (r *Replica) changeRoster(rotate bool, change func(next *Roster) error) error {
	r.sealing.Lock()
	defer r.sealing.Unlock()
	r.mu.Lock()
	now, keys := r.roster, maps.Clone(r.keys)
	r.mu.Unlock()
	if me, ok := now.Member(r.self); !ok || !me.Admin || !me.here() {
		return &assist.Fault{What: "only an admin can change who is in the team", Do: "Ask " + admins(now.Roster) + ".", Err: assist.ErrInvalid}
	}
	next := now.next(now.packet)
	if err := change(next); err != nil {
		return err
	}
	key := keys[now.Key]
	if rotate {
		key = newKey()
		keys[idOf(key)] = key
	}
	if err := next.lock(key, keys); err != nil {
		return err
	}
	if err := r.team.change(func(s *secrets) { s.Keys = keys }); err != nil {
		return err
	}
	r.mu.Lock()
	under := r.rosters.under(next)
	r.mu.Unlock()
	packet, err := r.team.sealRoster(next, r.shelf.ownNext(), under)
	if err != nil {
		return err
	}
	h, err := readHead(packet)
	if err != nil {
		return fmt.Errorf("change roster: %w", err)
	}
	if _, err := r.shelf.add([]record{{head: h, sealed: packet}}, nil); err != nil {
		return err
	}
	r.mu.Lock()
	r.rosters.add(rosterFrom{*next, packet, r.self})
	r.adopt()
	r.mu.Unlock()
	kick(r.unsent)
	kick(r.said)
	return nil
}

// admins names those who may change the roster.
func admins(r Roster) string {
	var names []string
	for _, m := range r.Members {
		if m.Admin && m.here() {
			names = append(names, m.Name)
		}
	}
	slices.SortFunc(names, cmp.Compare[string])
	switch n := len(names); n {
	case 0:
		return "an admin"
	case 1:
		return names[0]
	default:
		return names[0] + " or another admin"
	}
}
