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
	for _, r := range pack.Tidy(p).Records() {
		m[packKey(r)] = fingerprint(r)
	}
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

// fingerprint is the same for equal records.
func fingerprint(r assist.Record) string {
	if a, ok := r.(assist.Answer); ok {
		return a.Fingerprint()
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
	Kept    []string        `json:"kept"`   // changed here only, or in both and no answer: ours stands
	Gone    []string        `json:"gone"`   // no longer in the folder; still in the library
	Same    int             `json:"same"`
	agreed  exported        // what both sides have once the records are kept
}

// weighPack compares a pack with the library. Nothing is kept.
func weighPack(ctx context.Context, h *house, p assist.Pack, base exported) (in incoming, err error) {
	in.agreed = maps.Clone(base)
	there := map[string]bool{}
	for _, theirs := range p.Records() {
		there[packKey(theirs)] = true
		if err := in.weigh(ctx, h, p.Name, theirs, base); err != nil {
			return in, err
		}
	}
	gone, err := offPage(ctx, h, p.Tact)
	if err != nil {
		return in, err
	}
	in.Records = append(in.Records, slices.DeleteFunc(gone, func(r assist.Record) bool {
		return base != nil && base[packKey(r)] == "" // made here since
	})...)
	for _, key := range sortedKeys(base) {
		t, id, _ := strings.Cut(key, " ")
		if assist.Type(t) == assist.TypeAnswer && !there[key] {
			if a, err := storage.Find[assist.Answer](ctx, h.db, assist.ID(id)); err == nil && !a.Off {
				in.Gone = append(in.Gone, a.Title)
			}
		}
	}
	return in, nil
}

// keep keeps what the pack makes of the library, all or nothing, and has a folder that
// remembers know it.
func (in incoming) keep(ctx context.Context, h *house, dir string) error {
	if len(in.Records) > 0 {
		if err := h.db.Save(ctx, in.Records...); err != nil {
			return err
		}
	}
	if in.agreed != nil {
		_ = in.agreed.write(dir) // a folder that cannot be written goes on from its export: more is compared then
	}
	return nil
}

// weigh decides on one record of the pack.
func (in *incoming) weigh(ctx context.Context, h *house, name string, theirs assist.Record, base exported) error {
	ours, err := findAny(ctx, h.db, theirs)
	if err != nil {
		return err
	}
	was, known := base[packKey(theirs)]
	switch {
	case ours == nil:
		in.take(theirs)
	case fingerprint(tidied(ours)) == fingerprint(theirs):
		in.Same++
		in.agree(theirs)
	case !known, fingerprint(tidied(ours)) == was:
		in.take(theirs)
	case fingerprint(theirs) == was:
		in.Kept = append(in.Kept, nameOf(ours))
	default:
		return in.both(ctx, h, name, ours, theirs, was)
	}
	return nil
}

func (in *incoming) take(r assist.Record) {
	in.agree(r)
	in.Records = append(in.Records, r)
	if _, bytes := r.(assist.Blob); !bytes {
		in.Taken++
	}
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
	}
	return packKey(r)
}

// agree notes for a folder that remembers that both sides have this now.
func (in *incoming) agree(r assist.Record) {
	if in.agreed != nil {
		in.agreed[packKey(r)] = fingerprint(r)
	}
}

// both merges an answer that was changed here and in the folder. Where that cannot be, ours
// stands and theirs waits for a trainer.
func (in *incoming) both(ctx context.Context, h *house, name string, ours, theirs assist.Record, was string) error {
	mine, ok := ours.(assist.Answer)
	if !ok {
		in.Kept = append(in.Kept, nameOf(ours))
		return nil
	}
	other := theirs.(assist.Answer)
	from, err := versionOf(ctx, h.db, mine.ID, was)
	if err != nil {
		return err
	}
	merged, conflicts := curate.Merge(from, mine, other)
	if len(conflicts) == 0 && merged.Validate() == nil {
		in.Records, in.Merged = append(in.Records, merged), append(in.Merged, mine.Title)
		return nil
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return err
	}
	now := h.now()
	in.Records = append(in.Records, assist.Revision{ID: assist.IDFrom("pack", string(mine.ID), other.Fingerprint()), Answer: mine.ID, Base: mine.Fingerprint(), Next: other,
		By: set.Me, At: now, Stage: assist.StageReview, Why: strings.TrimSpace("From the pack " + name)})
	in.Review = append(in.Review, mine.Title)
	return nil
}

// versionOf returns the version of an answer with a fingerprint; the zero one when the
// library does not have it.
func versionOf(ctx context.Context, db *storage.DB, id assist.ID, print string) (assist.Answer, error) {
	versions, err := db.History(ctx, assist.TypeAnswer, id)
	if err != nil {
		return assist.Answer{}, fmt.Errorf("read the versions of the answer: %w", err)
	}
	for _, v := range versions {
		if a, ok := v.Record.(assist.Answer); ok && fingerprint(tidied(a)) == print {
			return a, nil
		}
	}
	return assist.Answer{}, nil
}

// tidied is a record as a pack would give it back.
func tidied(r assist.Record) assist.Record {
	switch r := r.(type) {
	case assist.Answer:
		return pack.Tidy(assist.Pack{Answers: []assist.Answer{r}}).Answers[0]
	case assist.Prompt:
		return pack.Tidy(assist.Pack{Prompts: []assist.Prompt{r}}).Prompts[0]
	}
	return r
}

// findAny returns the record of the library with the same type and id; nil when there is none.
func findAny(ctx context.Context, db *storage.DB, like assist.Record) (found assist.Record, err error) {
	_, id := like.Ident()
	switch like.(type) {
	case assist.Answer:
		found, err = storage.Find[assist.Answer](ctx, db, id)
	case assist.Prompt:
		found, err = storage.Find[assist.Prompt](ctx, db, id)
	case assist.Tact:
		found, err = storage.Find[assist.Tact](ctx, db, id)
	case assist.Subject:
		found, err = storage.Find[assist.Subject](ctx, db, id)
	case assist.Deal:
		found, err = storage.Find[assist.Deal](ctx, db, id)
	case assist.Blob:
		found, err = storage.Find[assist.Blob](ctx, db, id)
	}
	if errors.Is(err, assist.ErrNotFound) {
		return nil, nil
	}
	return found, err
}
