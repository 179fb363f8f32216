package storage

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/storage/index"
)

// defaultFinds is how many finds a page has when nobody says.
const defaultFinds = 6

// seekTypes are the types that can be found, in the order in which those that fit
// equally well stand in a list.
func seekTypes() []assist.Type {
	return []assist.Type{assist.TypeCustomer, assist.TypeCompany, assist.TypePromise, assist.TypeNote, assist.TypeInsight,
		assist.TypeKudos, assist.TypePrompt}
}

// isText reports whether a type is found by what it says: figures in it are words.
func isText(t assist.Type) bool { return t != assist.TypeCustomer && t != assist.TypeCompany }

// Seek returns the people, notes, promises, insights, kudos and prompts that fit, the best first:
// what was surely meant, whole words, beginnings, what else is known of somebody,
// parts of words, misspelt words, all words but one; among equals people first, and
// then the latest. What has been saved is found at once. After a large import the
// index is made anew in the background; until then some of it may be missing, and
// nothing that is found is wrong. The error is ctx's, or that the store cannot be read.
func (db *DB) Seek(ctx context.Context, s glance.Seek) ([]glance.Found, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	home := db.seek.region()
	p := page{db: db, ctx: ctx, limit: cmp.Or(max(s.Limit, 0), defaultFinds), text: s.Text, home: home}
	p.people = index.Parse(s.Text, home.read)
	p.texts = index.Parse(s.Text, nil)
	if p.people.Empty() && p.texts.Empty() {
		return nil, nil
	}
	if err := db.seekReady(ctx); err != nil {
		return nil, err
	}
	for {
		broken, err := p.fill(s.Types)
		if broken == nil {
			return p.out, err
		}
		db.discard(broken)
	}
}

// page is the list that a Seek fills.
type page struct {
	db            *DB
	ctx           context.Context
	text          string
	limit         int
	home          *region
	people, texts index.Query
	txn           *badger.Txn
	out           []glance.Found
	listed        map[named]bool
}

// lane is what one type has to offer.
type lane struct {
	shelf  *shelf
	query  index.Query
	search *index.Search // nil when there is no segment
	over   []overHit     // by tier, the latest first
}

// overHit is a record that was written after the segment.
type overHit struct {
	id   assist.ID
	at   int64
	tier index.Tier
}

// fill goes through the tiers from the best, and in each through the types. broken is
// a segment that could not be read: it must be discarded, and the page filled again.
func (p *page) fill(types []assist.Type) (broken *index.Segment, err error) {
	p.out, p.listed = nil, map[named]bool{}
	p.db.seek.mu.RLock()
	defer p.db.seek.mu.RUnlock()
	if p.db.seek.shelves == nil {
		return nil, errSeekClosed
	}
	txn, done := p.db.begin()
	defer done()
	p.txn = txn
	lanes := p.lanes(types)
	if err := p.known(lanes); err != nil {
		return nil, err
	}
	for tier := index.Sure; tier <= index.Most; tier++ {
		for _, l := range lanes {
			err := p.lane(l, tier)
			if errors.Is(err, index.ErrDamaged) {
				return l.shelf.segment, nil
			}
			if err != nil {
				return nil, err
			}
			if len(p.out) >= p.limit {
				return nil, nil
			}
		}
	}
	return nil, nil
}

func (p *page) lanes(types []assist.Type) (out []*lane) {
	for _, t := range seekTypes() {
		if len(types) > 0 && !slices.Contains(types, t) {
			continue
		}
		l := &lane{shelf: p.db.seek.shelves[t], query: p.people}
		if isText(t) {
			l.query = p.texts
		}
		for id, o := range l.shelf.over {
			if h, ok := l.query.Look(o.terms); ok {
				l.over = append(l.over, overHit{id, o.at, h.Tier})
			}
		}
		slices.SortFunc(l.over, func(a, b overHit) int {
			return cmp.Or(cmp.Compare(a.tier, b.tier), cmp.Compare(b.at, a.at), cmp.Compare(a.id, b.id))
		})
		if l.shelf.segment != nil {
			l.search = l.shelf.segment.Search(l.query, p.limit)
		}
		out = append(out, l)
	}
	return out
}

// lane lists what a type has in a tier: from the segment and from what was written
// after it, merged.
func (p *page) lane(l *lane, tier index.Tier) error {
	if l.search != nil {
		err := l.search.Tier(p.ctx, tier, func(key string, at int64) (bool, error) {
			id := assist.ID(key)
			if _, newer := l.shelf.over[id]; newer {
				return true, nil
			}
			err := p.overBefore(l, tier, func(o overHit) bool { return o.at > at || o.at == at && o.id < id })
			if err != nil || len(p.out) >= p.limit {
				return false, err
			}
			err = p.list(l, overHit{id, at, tier})
			return len(p.out) < p.limit, err
		})
		if err != nil {
			return err
		}
	}
	return p.overBefore(l, tier, func(overHit) bool { return true })
}

// overBefore lists the newer records of a tier as long as they stand before something.
func (p *page) overBefore(l *lane, tier index.Tier, stands func(overHit) bool) error {
	for len(l.over) > 0 && l.over[0].tier == tier && len(p.out) < p.limit && stands(l.over[0]) {
		o := l.over[0]
		l.over = l.over[1:]
		if err := p.list(l, o); err != nil {
			return err
		}
	}
	return nil
}

// list adds a find to the page, when the record fits as it stands now.
func (p *page) list(l *lane, o overHit) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	name := named{l.shelf.t, o.id}
	if p.listed[name] {
		return nil
	}
	k, err := p.db.kept(p.txn, name, p.home)
	if err != nil || k == nil {
		return err
	}
	hit, ok := l.query.Look(k.doc.Terms())
	if !ok || hit.Tier > o.tier {
		return nil
	}
	p.listed[name] = true
	p.out = append(p.out, k.found(o.at, hit))
	return nil
}

// known lists the customers with a number or an address, by the keys that every
// customer has, while the index is not complete.
func (p *page) known(lanes []*lane) error {
	if len(lanes) == 0 || lanes[0].shelf.t != assist.TypeCustomer || !lanes[0].shelf.stale {
		return nil
	}
	ids, err := p.db.byKey(p.txn, p.text, p.home)
	if err != nil {
		return err
	}
	for _, id := range ids {
		at := lastContact(p.txn, id)
		if err := p.list(lanes[0], overHit{id, micros(at), index.Sure}); err != nil || len(p.out) >= p.limit {
			return err
		}
	}
	return nil
}
