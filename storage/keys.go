package storage

import (
	"bytes"
	"encoding/base32"
	"encoding/binary"
	"hash/fnv"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

// The first byte of a key in the picture says what it leads to. A ref is an id,
// shortened; it can be read back and is never the beginning of another ref.
//
//	r type id                          the state of a record, every version of it
//	n number 0 'c' ref, n .. 0 's' ref a customer's own number, a company's switchboard
//	k key 0 ref                        a customer by e-mail address or another program's id
//	m ref(company) ref(customer)       who belongs to a company
//	j ref(keeper) ref(customer)        whose place another record of the same person has taken
//	g ref(customer) ref(other)         who names a customer as a relation
//	c ref(customer) kind time ref      what belongs to a customer, in the order of the card
//	i ref                              incidents that are open
//	p time ref                         promises that are open, or of which the customer is to hear
//	a ref(incident) told ref(customer) who is in an incident, those told longest ago first
//	t hash(town) product 0 ref         who in a town has a product of ours
//	d ref                              drafts that are not done
//	u ref(answer) use ref(call)        what a call counts for
//	o kind time ref                    what concerns the reps alone, the latest first
//	o kind ref(rep) time ref(note)     remarks that a rep has not read, the latest first
//	l kind ref ref                     what was written in a call, what was taken from a note
//	v model text                       the vector that a model made of a text, both hashed
//	x type 0 id 0 field                a field that was written here and elsewhere at once
//	0 name                             what the store knows of itself
const (
	spaceRecord   = 'r'
	spaceNumber   = 'n'
	spaceLookup   = 'k'
	spaceMember   = 'm'
	spaceInto     = 'j'
	spaceRelation = 'g'
	spaceChild    = 'c'
	spaceIncident = 'i'
	spaceDue      = 'p'
	spaceAffected = 'a'
	spaceTown     = 't'
	spaceDraft    = 'd'
	spaceUse      = 'u'
	spaceOurs     = 'o'
	spaceLink     = 'l'
	spaceVector   = 'v'
	spaceClash    = 'x'
	spaceSelf     = '0'

	ownNumber   = 'c'
	switchboard = 's'
)

// The kinds of a customer's children: open promises by the day they are due, all
// others with the latest first.
const (
	childPromise byte = 1 + iota
	childCall
	childNote
	childHeard
	childInsight
	childAsked
	childAffected
	childEnded
	childOrder
)

// What concerns the reps alone.
const (
	oursKudos byte = 1 + iota
	oursFrontLine
	oursRemark
)

// What one record has of another.
const (
	linkNote    byte = 1 + iota // a call has a note
	linkInsight                 // a note has an insight
)

var (
	idText     = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)
	keyApplied = []byte("0applied")
	keyRegion  = []byte("0region")
	keyPrivate = []byte("0private/") // and the id of a note that is private, or was
	keyRecasts = []byte("0recast")   // what Recast has done
	keyUses    = []byte("0uses")     // there when the calls have entries in spaceUse
	keyLinks   = []byte("0links")    // there when notes and insights have entries in spaceLink
	keyTalk    = []byte("0talk")     // there when promises and customers have entries in spaceDue and spaceTown
)

// typeCode shortens the types of this version; others have 255 and are spelled out.
// The codes are on people's disks: a new type goes to the end.
func typeCode(t assist.Type) byte {
	for i, known := range [...]assist.Type{assist.TypeCustomer, assist.TypeCompany, assist.TypeCall, assist.TypeNote,
		assist.TypePromise, assist.TypeIncident, assist.TypeInsight, assist.TypeAsked, assist.TypeGap, assist.TypeDraft,
		assist.TypeAnswer, assist.TypePrompt, assist.TypeRep, typeSettings, assist.TypeProposal,
		assist.TypeAffected, assist.TypeSubject, assist.TypeDeal, assist.TypeFocus, assist.TypeKudos, assist.TypeTact,
		assist.TypeRevision, assist.TypeFlag, assist.TypeApart, assist.TypeQuestion, assist.TypeWebPage, assist.TypeDrill, assist.TypeBlob,
		assist.TypeOrder, assist.TypeMerge, assist.TypeErasure} {
		if t == known {
			return byte(i + 1)
		}
	}
	return 255
}

// typeKey is the beginning of the keys of all records of a type.
func typeKey(t assist.Type) []byte {
	return appendTypeKey(make([]byte, 0, 32), t)
}

func appendTypeKey(b []byte, t assist.Type) []byte {
	code := typeCode(t)
	if b = append(b, spaceRecord, code); code == 255 {
		b = append(append(b, t...), 0)
	}
	return b
}

func recordKey(t assist.Type, id assist.ID) []byte { return append(typeKey(t), id...) }

// typeOf reads a record's key.
func typeOf(key []byte) (assist.Type, assist.ID) {
	if key[1] == 255 {
		t, id, _ := bytes.Cut(key[2:], []byte{0})
		return assist.Type(t), assist.ID(id)
	}
	return typesByCode[key[1]], assist.ID(key[2:])
}

var typesByCode = func() (out [256]assist.Type) {
	for _, t := range append(assist.Types(), typeSettings) {
		out[typeCode(t)] = t
	}
	return out
}()

// appendRef appends the ref of an id: 17 bytes for ids made by this program.
func appendRef(b []byte, id assist.ID) []byte {
	if len(id) == 26 {
		var raw [17]byte
		if n, err := idText.Decode(raw[:], []byte(id)); err == nil && n == 16 && idText.EncodeToString(raw[:16]) == string(id) {
			return append(append(b, 0), raw[:16]...)
		}
	}
	return append(append(b, byte(len(id))), id...)
}

// cutRef reads the ref at the beginning of b.
func cutRef(b []byte) (id assist.ID, rest []byte, ok bool) {
	if len(b) == 0 {
		return "", nil, false
	}
	n := int(b[0])
	if n == 0 {
		if len(b) < 17 {
			return "", nil, false
		}
		return assist.ID(idText.EncodeToString(b[1:17])), b[17:], true
	}
	if len(b) < 1+n {
		return "", nil, false
	}
	return assist.ID(b[1 : 1+n]), b[1+n:], true
}

// numberKey is where a number leads to its owner. Its digits stand in reverse order, so
// that one key finds the whole number and every end of it.
func numberKey(number string, whose byte, id assist.ID) []byte {
	b := append(numberPrefix(number), 0, whose)
	return appendRef(b, id)
}

// numberPrefix is how the keys of a number begin that is this one or ends so.
func numberPrefix(number string) []byte {
	digits, ext, _ := strings.Cut(number, "x")
	b := append(make([]byte, 0, 40), spaceNumber)
	for i := len(digits) - 1; i >= 0; i-- {
		b = append(b, digits[i])
	}
	if ext != "" {
		b = append(append(b, 'x'), ext...)
	}
	return b
}

func lookupKey(key string, id assist.ID) []byte {
	b := append(make([]byte, 0, 64), spaceLookup)
	return appendRef(append(append(b, key...), 0), id)
}

func refKey(space byte, ids ...assist.ID) []byte {
	b := append(make([]byte, 0, 48), space)
	for _, id := range ids {
		b = appendRef(b, id)
	}
	return b
}

// childKey sorts by time ascending; the zero time is last.
func childKey(customer assist.ID, kind byte, order uint64, id assist.ID) []byte {
	b := append(make([]byte, 0, 48), spaceChild)
	b = append(appendRef(b, customer), kind)
	return appendRef(binary.BigEndian.AppendUint64(b, order), id)
}

func earliestFirst(t time.Time) uint64 {
	if t.IsZero() {
		return 1<<64 - 1
	}
	return uint64(t.UnixMicro()) ^ 1<<63
}

func latestFirst(t time.Time) uint64 { return ^(uint64(t.UnixMicro()) ^ 1<<63) }

func timeOfLatest(order uint64) time.Time { return time.UnixMicro(int64(^order ^ 1<<63)) }

// emailKey is the lookup key of an e-mail address.
func emailKey(address string) string { return "email:" + strings.ToLower(strings.TrimSpace(address)) }

// indexKeys returns every key that leads to the record; nil for a nil record.
func indexKeys(r assist.Record, region string) [][]byte {
	switch r := r.(type) {
	case assist.Customer:
		return customerKeys(r, region)
	case assist.Company:
		return phoneKeys(nil, r.Phones, region, switchboard, r.ID)
	case assist.Call:
		return append(child(r.Customer, childCall, latestFirst(r.Started), r.ID), useKeys(r)...)
	case assist.Note:
		return noteKeys(r)
	case assist.Promise:
		return promiseKeys(r)
	case assist.Insight:
		return insightKeys(r)
	case assist.Kudos:
		return [][]byte{oursKey(oursKudos, r.At, r.ID)}
	case assist.Order:
		return child(r.Customer, childOrder, latestFirst(r.At), r.ID)
	case assist.Asked:
		return child(r.Customer, childAsked, latestFirst(r.At), r.ID)
	case assist.Incident:
		if r.Closed.IsZero() {
			return [][]byte{refKey(spaceIncident, r.ID)}
		}
	case assist.Affected:
		return affectedKeys(r)
	case assist.Draft:
		if !r.Done {
			return [][]byte{refKey(spaceDraft, r.ID)}
		}
	}
	return nil
}

func noteKeys(n assist.Note) [][]byte {
	kind := childNote
	if n.Intelligence != "" {
		kind = childHeard
	}
	keys := child(n.Customer, kind, latestFirst(n.At), n.ID)
	if n.Call != "" {
		keys = append(keys, linkKey(linkNote, n.Call, n.ID))
	}
	return append(keys, remarkKeys(n)...)
}

// remarkKeys lead to a note from everybody who has not read a remark in it, by the latest
// of theirs.
func remarkKeys(n assist.Note) (keys [][]byte) {
	last := map[assist.ID]time.Time{}
	for _, r := range n.Remarks {
		if t, ok := last[r.For]; unread(r) && (!ok || r.At.After(t)) {
			last[r.For] = r.At
		}
	}
	for rep, at := range last {
		keys = append(keys, appendRef(binary.BigEndian.AppendUint64(remarksOf(rep), latestFirst(at)), n.ID))
	}
	return keys
}

// unread reports whether the rep for whom a remark is has not read it.
func unread(r assist.Remark) bool { return r.For != "" && r.Seen.IsZero() }

// remarksOf is how the keys of a rep's unread remarks begin.
func remarksOf(rep assist.ID) []byte { return appendRef([]byte{spaceOurs, oursRemark}, rep) }

// linkKey leads from a record to one that belongs to it.
func linkKey(kind byte, from, to assist.ID) []byte { return appendRef(linksOf(kind, from), to) }

func linksOf(kind byte, from assist.ID) []byte {
	return appendRef(append(make([]byte, 0, 48), spaceLink, kind), from)
}

func insightKeys(i assist.Insight) [][]byte {
	keys := child(i.Customer, childInsight, latestFirst(i.At), i.ID)
	if i.Intelligence == assist.FrontLine {
		keys = append(keys, oursKey(oursFrontLine, i.At, i.ID))
	}
	if i.Note != "" {
		keys = append(keys, linkKey(linkInsight, i.Note, i.ID))
	}
	return keys
}

func oursKey(kind byte, at time.Time, id assist.ID) []byte {
	return appendRef(binary.BigEndian.AppendUint64([]byte{spaceOurs, kind}, latestFirst(at)), id)
}

func child(customer assist.ID, kind byte, order uint64, id assist.ID) [][]byte {
	if customer == "" {
		return nil
	}
	return [][]byte{childKey(customer, kind, order, id)}
}

// promiseKeys lead to a promise by its customer, and by its day while somebody must act
// on it.
func promiseKeys(p assist.Promise) [][]byte {
	due := appendRef(binary.BigEndian.AppendUint64([]byte{spaceDue}, earliestFirst(p.Due)), p.ID)
	if p.Open() {
		return append(child(p.Customer, childPromise, earliestFirst(p.Due), p.ID), due)
	}
	ended := p.Kept
	for _, t := range []time.Time{p.Broken, p.Dropped} {
		if ended.IsZero() {
			ended = t
		}
	}
	keys := child(p.Customer, childEnded, latestFirst(ended), p.ID)
	if !p.Broken.IsZero() && p.Untold(p.Broken) {
		keys = append(keys, due)
	}
	return keys
}

// affectedKeys lead to a place in an incident, unless another customer has it now.
func affectedKeys(a assist.Affected) [][]byte {
	if a.Into != "" {
		return nil
	}
	return append(child(a.Customer, childAffected, latestFirst(a.At), a.ID), affectedKey(a))
}

// affectedKey leads from an incident to a customer in it.
func affectedKey(a assist.Affected) []byte {
	told := uint64(0)
	if !a.Told.IsZero() {
		told = earliestFirst(a.Told)
	}
	b := binary.BigEndian.AppendUint64(refKey(spaceAffected, a.Incident), told)
	return appendRef(b, a.Customer)
}

// townPrefix is how the keys of a town begin.
func townPrefix(city string) []byte {
	h := fnv.New64a()
	h.Write([]byte(strings.ToLower(strings.Join(strings.Fields(city), " "))))
	return h.Sum([]byte{spaceTown})
}

func townKeys(out [][]byte, c assist.Customer) [][]byte {
	if strings.TrimSpace(c.City) == "" {
		return out
	}
	for _, p := range c.Owns {
		if !p.Ours() || strings.ContainsRune(p.Name, 0) {
			continue
		}
		k := appendRef(append(append(townPrefix(c.City), p.Name...), 0), c.ID)
		if !has(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// customerKeys lead to a customer. To one whose place another has taken leads that one
// alone.
func customerKeys(c assist.Customer, region string) [][]byte {
	if c.Into != "" {
		return [][]byte{refKey(spaceInto, c.Into, c.ID)}
	}
	out := make([][]byte, 0, len(c.Phones)+len(c.Emails)+len(c.External)+1)
	out = phoneKeys(out, c.Phones, region, ownNumber, c.ID)
	for _, e := range c.Emails {
		out = append(out, lookupKey(emailKey(e), c.ID))
	}
	for _, x := range c.External {
		out = append(out, lookupKey(x, c.ID))
	}
	if c.Company != "" {
		out = append(out, refKey(spaceMember, c.Company, c.ID))
	}
	for _, r := range c.Relations {
		if k := refKey(spaceRelation, r.To, c.ID); !has(out, k) {
			out = append(out, k)
		}
	}
	return townKeys(out, c)
}

func phoneKeys(out [][]byte, phones []assist.Phone, region string, whose byte, id assist.ID) [][]byte {
	for _, p := range phones {
		for _, k := range phone.KeysOf(p, region) {
			out = append(out, numberKey(k, whose, id))
		}
	}
	return out
}
