package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/storage"
	"ringside/storage/pack"
)

// A folder that the library was exported to remembers what it got. When it comes back, that
// is the version from which both sides went on: what only one of them changed is taken from
// that one, and what both changed is merged, or kept twice.

// packMemory is the name of the file in which the folder remembers.
const packMemory = ".ringside.json"

// exported is the fingerprint of each record by its key: "answer charged-twice".
type exported map[string]string

// readMemory reads what a folder remembers; nothing when it was never exported to.
func readMemory(dir string) (exported, error) {
	data, err := os.ReadFile(filepath.Join(dir, packMemory))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	m := exported{}
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		return nil, &assist.Fault{What: "what this folder remembers of its export cannot be read", Where: filepath.Join(dir, packMemory),
			Do: "Remove the file: the pack is then taken in as a new one.", Err: errors.Join(assist.ErrInvalid, err)}
	}
	return m, nil
}

// remember keeps in the folder what it has got.
func remember(dir string, p assist.Pack) error {
	m := exported{}
	p = pack.Tidy(p)
	for _, r := range p.Records() {
		m[packKey(r)] = fingerprint(r)
	}
	m[orderKey] = orderOf(p.Tact)
	return m.write(dir)
}

func (m exported) write(dir string) error {
	text, err := json.MarshalIndent(m, "", " ") // in the order of the keys
	if err != nil {
		return err
	}
	return pack.Put(filepath.Join(dir, packMemory), append(text, '\n'))
}

func packKey(r assist.Record) string {
	t, id := r.Ident()
	return string(t) + " " + string(id)
}

// fingerprint is the same for equal records. Where a rule of tact stands among the others is
// no part of it (orderOf), nor when a question was saved.
func fingerprint(r assist.Record) string {
	switch x := r.(type) {
	case assist.Answer:
		return x.Fingerprint()
	case assist.Tact:
		x.Order = 0
		r = x
	case assist.Question:
		x.At = time.Time{}
		r = x
	}
	text, err := json.Marshal(r)
	if err != nil {
		panic(err) // no record has anything that JSON cannot hold
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// incoming is what a pack makes of the library.
type incoming struct {
	Records []assist.Record `json:"-"`      // to be kept, in one write
	Taken   int             `json:"taken"`  // new, or changed in the folder only
	Merged  []string        `json:"merged"` // answers that both sides changed, in different places
	Review  []string        `json:"review"` // answers that both changed in one place: theirs waits for the trainers
	Left    []string        `json:"left"`   // others that both changed: ours stands, theirs is in the folder alone
	Kept    []string        `json:"kept"`   // changed here only
	Off     []string        `json:"off"`    // rules that the page does not have any more
	Gone    []string        `json:"gone"`   // no longer in the folder; still in the library
	Same    int             `json:"same"`

	agreed exported                  // what the library has seen of the folder, once the records are kept
	rules  map[assist.ID]assist.Tact // taken from the page
	from   string                    // the pack's name
	me     assist.ID
}

// weighPack compares a pack with the library. Nothing is kept. Without a base the pack is
// somebody else's or the shipped one, and what it has is taken.
func weighPack(ctx context.Context, h *house, p assist.Pack, base exported) (in incoming, err error) {
	set, err := h.db.Settings(ctx)
	if err != nil {
		return in, fmt.Errorf("read the settings: %w", err)
	}
	in.agreed, in.rules, in.from, in.me = maps.Clone(base), map[assist.ID]assist.Tact{}, p.Name, set.Me
	there := map[string]bool{orderKey: true}
	for _, theirs := range p.Records() {
		there[packKey(theirs)] = true
		if err := in.weigh(ctx, h, theirs, base); err != nil {
			return in, err
		}
	}
	rules, err := rulesInForce(ctx, h.db)
	if err != nil {
		return in, fmt.Errorf("read the rules of tact: %w", err)
	}
	in.layRules(rules, p.Tact, base)
	for _, key := range sortedKeys(base) {
		if there[key] {
			continue
		}
		if name, err := stillHere(ctx, h.db, key); err != nil {
			return in, err
		} else if name != "" {
			in.Gone = append(in.Gone, name)
		}
	}
	return in, nil
}

// stillHere returns what people call a record that the library has in force; empty when
// it does not.
func stillHere(ctx context.Context, db *storage.DB, key string) (string, error) {
	t, id, _ := strings.Cut(key, " ")
	like := map[assist.Type]assist.Record{assist.TypeAnswer: assist.Answer{ID: assist.ID(id)}, assist.TypePrompt: assist.Prompt{ID: assist.ID(id)},
		assist.TypeSubject: assist.Subject{ID: assist.ID(id)}, assist.TypeDeal: assist.Deal{ID: assist.ID(id)}, assist.TypeQuestion: assist.Question{ID: assist.ID(id)}}[assist.Type(t)]
	if like == nil {
		return "", nil
	}
	found, err := findAny(ctx, db, like)
	if err != nil || found == nil || isOff(found) {
		return "", err
	}
	return nameOf(found), nil
}

func isOff(r assist.Record) bool {
	switch r := r.(type) {
	case assist.Answer:
		return r.Off
	case assist.Prompt:
		return r.Off
	case assist.Question:
		return r.Off
	}
	return false
}

// keep keeps what the pack makes of the library, all or nothing, and has a folder that
// remembers know it. The bytes of files go first, as many at once as the journal takes: until
// an answer shows them they are nothing to anybody.
func (in incoming) keep(ctx context.Context, h *house, dir string) error {
	var blobs, rest []assist.Record
	size := 0
	for _, r := range in.Records {
		b, ok := r.(assist.Blob)
		if !ok {
			rest = append(rest, r)
			continue
		}
		if size += len(b.Data); size > mostAtOnce {
			if err := h.db.Save(ctx, blobs...); err != nil {
				return fmt.Errorf("keep the files: %w", err)
			}
			blobs, size = nil, len(b.Data)
		}
		blobs = append(blobs, b)
	}
	if err := h.db.Save(ctx, blobs...); err != nil {
		return fmt.Errorf("keep the files: %w", err)
	}
	if err := h.db.Save(ctx, rest...); err != nil {
		return fmt.Errorf("keep the pack: %w", err)
	}
	if in.agreed != nil {
		_ = in.agreed.write(dir) // a folder that cannot be written goes on from its export: more is compared then
	}
	return nil
}

const mostAtOnce = 16 << 20 // bytes of files

// weigh decides on one record of the pack.
func (in *incoming) weigh(ctx context.Context, h *house, theirs assist.Record, base exported) error {
	ours, err := findAny(ctx, h.db, theirs)
	if err != nil {
		return err
	}
	mine, print, was := fingerprint(tidied(ours)), fingerprint(theirs), base[packKey(theirs)]
	switch {
	case ours == nil:
		in.take(ours, theirs)
		return nil
	case mine == print:
		in.Same++
		in.agree(theirs)
		return nil
	case base == nil, mine == was:
		in.take(ours, theirs)
		return nil
	}
	from, had, err := versionOf(ctx, h.db, theirs, was)
	switch {
	case err != nil:
		return err
	case !had && was != "": // another library remembers it
		in.take(ours, theirs)
		return nil
	case had && print == was:
		return in.stays(ctx, h.db, ours, theirs)
	}
	return in.both(ctx, h, ours, theirs, from)
}

// take takes a record of the pack. Who saved a question, and in which call, no pack says: ours
// keeps that.
func (in *incoming) take(ours, r assist.Record) {
	in.agree(r)
	if _, bytes := r.(assist.Blob); !bytes {
		in.Taken++
	}
	if t, ok := r.(assist.Tact); ok {
		in.rules[t.ID] = t
		return
	}
	if q, ok := ours.(assist.Question); ok {
		theirs := r.(assist.Question)
		q.Text, q.Answer, q.Off = theirs.Text, theirs.Answer, theirs.Off
		r = q
	}
	in.Records = append(in.Records, r)
}

// nameOf is what people call a record of a pack.
func nameOf(r assist.Record) string {
	switch r := r.(type) {
	case assist.Answer:
		return r.Title
	case assist.Prompt:
		return "the question about " + r.Topic
	case assist.Tact:
		return "the rule " + r.Title
	case assist.Subject:
		return "the name " + r.Name
	case assist.Deal:
		return "the deal " + r.Title
	case assist.Question:
		return "“" + r.Text + "”"
	}
	return packKey(r)
}

// agree notes for a folder that remembers that the library has seen this there.
func (in *incoming) agree(r assist.Record) {
	if in.agreed != nil {
		in.agreed[packKey(r)] = fingerprint(r)
	}
}

// packChange is the id of the change under which an answer of a folder is kept beside ours.
func packChange(id assist.ID, print string) assist.ID {
	return assist.IDFrom("pack", string(id), print)
}

// stays notes that ours stands, as it was changed here since the library saw theirs.
func (in *incoming) stays(ctx context.Context, db *storage.DB, ours, theirs assist.Record) error {
	if a, ok := theirs.(assist.Answer); ok {
		rev, err := storage.Find[assist.Revision](ctx, db, packChange(a.ID, a.Fingerprint()))
		switch {
		case errors.Is(err, assist.ErrNotFound):
		case err != nil:
			return fmt.Errorf("find the change: %w", err)
		case rev.Open():
			in.Review = append(in.Review, a.Title)
			return nil
		default:
			in.Same++ // it was decided on
			return nil
		}
	}
	in.Kept = append(in.Kept, nameOf(ours))
	return nil
}

// both merges an answer that was changed here and in the folder since from. Where that cannot
// be, ours stands and theirs waits for a trainer. Either way theirs is kept as a change: a
// later one of the folder is compared with it.
func (in *incoming) both(ctx context.Context, h *house, ours, theirs assist.Record, from assist.Record) error {
	mine, ok := ours.(assist.Answer)
	if !ok {
		in.Left = append(in.Left, nameOf(ours))
		return nil
	}
	other := theirs.(assist.Answer)
	rev := assist.Revision{ID: packChange(mine.ID, other.Fingerprint()), Answer: mine.ID, Base: mine.Fingerprint(), Next: other,
		By: in.me, At: h.now(), Stage: assist.StageReview, Why: in.why("")}
	if _, err := storage.Find[assist.Revision](ctx, h.db, rev.ID); err == nil {
		in.agree(theirs)
		return in.stays(ctx, h.db, ours, theirs)
	} else if !errors.Is(err, assist.ErrNotFound) {
		return fmt.Errorf("find the change: %w", err)
	}
	base, _ := from.(assist.Answer)
	merged, conflicts := curate.Merge(base, mine, other)
	in.agree(theirs)
	if len(conflicts) == 0 && merged.Validate() == nil {
		rev.Stage, rev.Judge, rev.Decided, rev.Why = assist.StagePublished, in.me, h.now(), in.why("merged")
		in.Records, in.Merged = append(in.Records, merged, rev), append(in.Merged, mine.Title)
		return nil
	}
	rev.Why = in.why(fieldsOf(conflicts))
	in.Records, in.Review = append(in.Records, rev), append(in.Review, mine.Title)
	return nil
}

// why names a change that came with the pack.
func (in *incoming) why(more string) string {
	words := "From the pack"
	if in.from != "" {
		words += " " + in.from
	}
	if more != "" {
		words += ": " + more
	}
	return words
}

// fieldsOf says where two changes of an answer clash.
func fieldsOf(conflicts []curate.Conflict) string {
	var names []string
	for _, c := range conflicts {
		if !slices.Contains(names, c.Field) {
			names = append(names, c.Field)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "both sides changed " + strings.Join(names, ", ")
}

// versionOf returns the version of a record with a fingerprint that the library has, or once
// had, or keeps as a change that came with a pack.
func versionOf(ctx context.Context, db *storage.DB, like assist.Record, print string) (found assist.Record, had bool, err error) {
	if print == "" {
		return nil, false, nil
	}
	t, id := like.Ident()
	versions, err := db.History(ctx, t, id)
	if err != nil && !errors.Is(err, assist.ErrNotFound) {
		return nil, false, fmt.Errorf("read the versions of %s: %w", packKey(like), err)
	}
	for _, v := range versions {
		if v.Record != nil && fingerprint(tidied(v.Record)) == print {
			return tidied(v.Record), true, nil
		}
	}
	if t != assist.TypeAnswer {
		return nil, false, nil
	}
	rev, err := storage.Find[assist.Revision](ctx, db, packChange(id, print))
	if errors.Is(err, assist.ErrNotFound) {
		return nil, false, nil
	}
	return rev.Next, err == nil && rev.Next.Fingerprint() == print, err
}

// tidied is a record as a pack would give it back.
func tidied(r assist.Record) assist.Record {
	switch r := r.(type) {
	case assist.Answer:
		return pack.Tidy(assist.Pack{Answers: []assist.Answer{r}}).Answers[0]
	case assist.Prompt:
		return pack.Tidy(assist.Pack{Prompts: []assist.Prompt{r}}).Prompts[0]
	case assist.Subject:
		return pack.Tidy(assist.Pack{Subjects: []assist.Subject{r}}).Subjects[0]
	case assist.Deal:
		return pack.Tidy(assist.Pack{Deals: []assist.Deal{r}}).Deals[0]
	case assist.Question:
		return pack.Tidy(assist.Pack{Questions: []assist.Question{r}}).Questions[0]
	}
	return r
}

// findAny is findLike, with nil where there is none.
func findAny(ctx context.Context, db *storage.DB, like assist.Record) (assist.Record, error) {
	found, err := findLike(ctx, db, like)
	if errors.Is(err, assist.ErrNotFound) {
		return nil, nil
	}
	return found, err
}
