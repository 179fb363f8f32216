package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/storage/index"
)

// defaultNotes is how many notes a page has when nobody says.
const defaultNotes = 50

// Notes returns the notes that fit, at most so many, from where the page before ended; an
// empty from begins. Without a text the latest come first; with one what fits best, as in
// Seek, and then the latest. Every note that fits is on one of the pages. What has been
// saved is found at once; after a large import the index is made anew in the background,
// and until then the page says that it is partial. A text without any letter or figure
// finds nothing. It fails with assist.ErrInvalid for a from that no page gave.
func (db *DB) Notes(ctx context.Context, q glance.NoteQuery, from string, limit int) (glance.NotePage, error) {
	if err := ctx.Err(); err != nil {
		return glance.NotePage{}, err
	}
	after, err := parsePlace(from)
	if err != nil {
		return glance.NotePage{}, err
	}
	if limit <= 0 {
		limit = defaultNotes
	}
	if err := db.seekReady(ctx); err != nil {
		return glance.NotePage{}, err
	}
	for {
		p := notesPage{db: db, ctx: ctx, limit: limit, after: after, words: index.Parse(q.Text, nil),
			customers: map[assist.ID]string{}, reps: map[assist.ID]string{}}
		broken, err := p.fill(q)
		if broken == nil {
			return p.out, err
		}
		db.discard(broken)
	}
}

// place is where a page ends: behind the note of this tier, time and id. The zero place is
// before everything.
type place struct {
	tier index.Tier
	at   int64
	id   assist.ID
}

func (p place) String() string { return fmt.Sprintf("%d.%d.%s", p.tier, p.at, p.id) }

func parsePlace(s string) (p place, err error) {
	if s == "" {
		return p, nil
	}
	tier, rest, _ := strings.Cut(s, ".")
	at, id, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(tier)
	if err == nil {
		p.at, err = strconv.ParseInt(at, 10, 64)
	}
	p.tier, p.id = index.Tier(n), assist.ID(id)
	if err != nil || !p.id.Valid() || n < int(index.Sure) || n > int(index.Most) {
		return place{}, &assist.Fault{What: "this is no place in a list of notes", Where: s, Do: "Begin the list anew.", Err: assist.ErrInvalid}
	}
	return p, nil
}

// compare orders places as they stand in the list.
func (p place) compare(o place) int {
	return cmp.Or(cmp.Compare(p.tier, o.tier), cmp.Compare(o.at, p.at), cmp.Compare(p.id, o.id))
}

// notesPage is the page that Notes fills.
type notesPage struct {
	db     *DB
	ctx    context.Context
	limit  int
	after  place
	words  index.Query
	filter index.Filter
	named  [][]string // of each, one spelling must stand in the note or in what was taken from it
	txn    *badger.Txn
	shelf  *shelf
	over   []place // of what was written after the segment, in order
	last   place
	out    glance.NotePage

	customers, reps map[assist.ID]string // their names
}

// fill is page.fill for notes.
func (p *notesPage) fill(q glance.NoteQuery) (broken *index.Segment, err error) {
	k := p.db.seek
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.shelves == nil {
		return nil, errSeekClosed
	}
	txn, done := p.db.begin()
	defer done()
	p.txn, p.shelf = txn, k.shelves[assist.TypeNote]
	p.out.Partial = p.shelf.stale
	if p.words.Empty() && strings.TrimSpace(q.Text) != "" {
		return nil, nil
	}
	if err := p.narrow(q); err != nil {
		return nil, err
	}
	p.overs()
	err = p.tiers()
	if errors.Is(err, errStop) {
		p.out.Next = p.last.String()
		err = nil
	}
	if errors.Is(err, index.ErrDamaged) {
		return p.shelf.segment, nil
	}
	return nil, err
}

// overs puts those that were written after the segment in order.
func (p *notesPage) overs() {
	for id, o := range p.shelf.over {
		tier, ok := p.tier(o.terms)
		at := place{tier, o.at, id}
		if ok && p.filter.Fits(o.terms, o.at) && (p.after.id == "" || at.compare(p.after) > 0) {
			p.over = append(p.over, at)
		}
	}
	slices.SortFunc(p.over, place.compare)
}

// tier says how well a note fits the words.
func (p *notesPage) tier(terms index.Terms) (index.Tier, bool) {
	if p.words.Empty() {
		return index.Sure, terms != nil
	}
	h, ok := p.words.Look(terms)
	return h.Tier, ok
}

// tiers goes through the list from the place on; it ends with errStop when the page is
// full and something follows.
func (p *notesPage) tiers() error {
	var search *index.Search
	if p.shelf.segment != nil {
		search = p.shelf.segment.Search(p.words, p.limit)
		if err := search.Narrow(p.filter); err != nil {
			return err
		}
		if p.after.id != "" {
			if err := search.Skip(p.ctx, p.after.tier, p.after.at, string(p.after.id)); err != nil {
				return err
			}
		}
	}
	for tier := p.after.tier; tier <= index.Most; tier++ {
		if search != nil {
			if err := search.Tier(p.ctx, tier, func(key string, at int64) (bool, error) {
				here := place{tier, at, assist.ID(key)}
				if _, newer := p.shelf.over[here.id]; newer {
					return true, nil
				}
				if err := p.overBefore(here); err != nil {
					return false, err
				}
				return true, p.list(here)
			}); err != nil {
				return err
			}
		}
		if err := p.overBefore(place{tier, math.MinInt64, ""}); err != nil {
			return err
		}
	}
	return nil
}

// overBefore lists the newer notes that stand before a place.
func (p *notesPage) overBefore(here place) error {
	for len(p.over) > 0 && p.over[0].compare(here) < 0 {
		o := p.over[0]
		p.over = p.over[1:]
		if err := p.list(o); err != nil {
			return err
		}
	}
	return nil
}

// list adds a note to the page when it fits as it stands now.
func (p *notesPage) list(at place) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	var n assist.Note
	found, err := get(p.db, p.txn, at.id, &n)
	if err != nil || !found {
		return err
	}
	d := docOf(n, "", nil)
	if len(p.filter.Any) > 0 {
		if d.Facets, err = p.db.facets(p.txn, n); err != nil {
			return err
		}
	}
	terms := d.Terms()
	hit, ok := p.words.Look(terms)
	if p.words.Empty() {
		ok = true
	}
	if !ok || hit.Tier > at.tier || !p.filter.Fits(terms, d.At) || !p.names(n, terms) {
		return nil
	}
	if len(p.out.Notes) == p.limit {
		return errStop
	}
	f := glance.NoteFound{Note: n, Why: why(hit)}
	if f.CustomerName, err = nameIn(p, p.customers, n.Customer, titleOf); err != nil {
		return err
	}
	if f.RepName, err = nameIn(p, p.reps, n.Rep, func(r assist.Rep) string { return r.Name }); err != nil {
		return err
	}
	p.out.Notes, p.last = append(p.out.Notes, f), at
	return nil
}

// names reports whether a note names every subject that it must: what was taken from it
// tells, or the words of a name stand in it in a row.
func (p *notesPage) names(n assist.Note, terms index.Terms) bool {
	for _, spellings := range p.named {
		if !slices.ContainsFunc(spellings, func(s string) bool {
			_, filed := slices.BinarySearch(terms, index.Facet(bySubject, foldName(s)))
			return filed || index.Has(n.Text, s) ||
				slices.ContainsFunc(n.Remarks, func(r assist.Remark) bool { return index.Has(r.Text, s) })
		}) {
			return false
		}
	}
	return true
}

// nameIn returns what somebody is called. Each is read once a page.
func nameIn[T assist.Record](p *notesPage, known map[assist.ID]string, id assist.ID, name func(T) string) (string, error) {
	if id == "" {
		return "", nil
	}
	out, ok := known[id]
	if ok {
		return out, nil
	}
	var r T
	found, err := get(p.db, p.txn, id, &r)
	if found {
		out = name(r)
	}
	known[id] = out
	return out, err
}

// narrow says what of a note must hold beside its words.
func (p *notesPage) narrow(q glance.NoteQuery) error {
	for kind, value := range map[byte]string{byCustomer: string(q.Customer), byCompany: string(q.Company), byRep: string(q.Rep),
		byKind: string(q.Kind), byTag: foldTag(q.Tag), byAnswer: string(q.Answer), byMood: string(q.Mood)} {
		if value != "" {
			p.must([]index.All{{index.Facet(kind, value)}})
		}
	}
	if q.Unreviewed {
		p.must([]index.All{{index.Facet(byUnreviewed, "")}})
	}
	if err := p.subject(q.Product, assist.AboutProduct); err != nil {
		return err
	}
	if err := p.subject(q.Competitor, assist.AboutCompetitor); err != nil {
		return err
	}
	zone := p.db.opt.Now().Location()
	if !q.From.IsZero() {
		p.filter.From = micros(midnight(q.From, zone))
	}
	if !q.Until.IsZero() {
		p.filter.Until = micros(dayAfter(q.Until, zone))
	}
	return nil
}

func (p *notesPage) must(any []index.All) { p.filter.Any = append(p.filter.Any, any) }

// subject wants a note to name one, in any of its spellings.
func (p *notesPage) subject(name string, kind assist.SubjectKind) error {
	if name == "" {
		return nil
	}
	spellings := []string{name}
	it := p.txn.NewIterator(badger.IteratorOptions{Prefix: typeKey(assist.TypeSubject), PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		var s assist.Subject
		if err := p.db.decode(it.Item(), &s); err != nil {
			return err
		}
		if s.Kind == kind && foldName(s.Name) == foldName(name) {
			spellings = append(spellings, s.Also...)
		}
	}
	spellings = slices.DeleteFunc(spellings, func(s string) bool { return foldName(s) == "" })
	var any []index.All
	for _, s := range spellings {
		any = append(any, index.All{index.Facet(bySubject, foldName(s))})
		if terms := index.Spelt(s); len(terms) > 0 {
			any = append(any, terms)
		}
	}
	p.must(any)
	p.named = append(p.named, spellings)
	return nil
}

// midnight is the beginning of the first day that d can be.
func midnight(d assist.Date, zone *time.Location) time.Time {
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, zone)
}

// dayAfter is the end of the last day that d can be.
func dayAfter(d assist.Date, zone *time.Location) time.Time {
	switch {
	case d.Month == 0:
		return time.Date(d.Year+1, 1, 1, 0, 0, 0, 0, zone)
	case d.Day == 0:
		return time.Date(d.Year, d.Month+1, 1, 0, 0, 0, 0, zone)
	}
	return time.Date(d.Year, d.Month, d.Day+1, 0, 0, 0, 0, zone)
}
