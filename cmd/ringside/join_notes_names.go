package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/sift"
	"ringside/storage"
)

// noteNames are the names that notes can be sifted by. Customers and companies are too many
// to be kept here; the store finds them. Answers are read when the first is asked for.
type noteNames struct {
	ctx     context.Context // of the running app
	db      *storage.DB
	lists   map[sift.Field]*sift.List
	answers func() *sift.List
	tags    *tagsInUse
}

func newNoteNames(life context.Context, db *storage.DB, reps []assist.Rep, subjects []assist.Subject, tags *tagsInUse) *noteNames {
	values := map[sift.Field][]sift.Value{}
	for _, r := range reps {
		values[sift.Rep] = append(values[sift.Rep], sift.Value{Key: string(r.ID), Name: r.Name})
	}
	for _, s := range subjects {
		if f, ok := (map[assist.SubjectKind]sift.Field{assist.AboutProduct: sift.Product, assist.AboutCompetitor: sift.Competitor})[s.Kind]; ok {
			values[f] = append(values[f], sift.Value{Key: s.Name, Name: s.Name})
		}
	}
	n := &noteNames{ctx: life, db: db, lists: map[sift.Field]*sift.List{}, tags: tags}
	for f, list := range values {
		n.lists[f] = sift.NewList(list)
	}
	n.answers = sync.OnceValue(n.readAnswers)
	return n
}

// readAnswers returns the names of the answers; of those that cannot be read, none.
func (n *noteNames) readAnswers() *sift.List {
	var values []sift.Value
	_ = eachOf(n.ctx, n.db, func(a assist.Answer) error {
		values = append(values, sift.Value{Key: string(a.ID), Name: a.Title, Sub: a.Department})
		return nil
	})
	return sift.NewList(values)
}

// Like implements sift.Names.
func (n *noteNames) Like(f sift.Field, words string) []sift.Value {
	switch f {
	case sift.Customer:
		return n.seek(assist.TypeCustomer, words)
	case sift.Company:
		return n.seek(assist.TypeCompany, words)
	case sift.Tag:
		return n.likeTag(words)
	case sift.Answer:
		return n.answers().Like(words)
	}
	if l := n.lists[f]; l != nil {
		return l.Like(words)
	}
	return nil
}

func (n *noteNames) seek(t assist.Type, words string) (out []sift.Value) {
	if words == "" {
		return nil
	}
	found, err := n.db.Seek(n.ctx, glance.Seek{Text: words, Types: []assist.Type{t}})
	if err != nil {
		return nil
	}
	sure := 0
	for _, c := range found {
		if c.Sure {
			sure++
		}
		out = append(out, sift.Value{Key: string(c.ID), Name: c.Title, Sub: c.Text})
	}
	if sure == 1 && found[0].Sure {
		out[0].Sure = true
	}
	return out
}

// likeTag returns the tags that are known and, of others, the one that is typed, if there
// are notes that have it.
func (n *noteNames) likeTag(words string) []sift.Value {
	if out := n.tags.list().Like(words); len(out) > 0 || words == "" {
		return out
	}
	page, err := n.db.Notes(n.ctx, glance.NoteQuery{Tag: words}, "", 1)
	if err != nil || len(page.Notes) == 0 {
		return nil
	}
	return []sift.Value{{Key: words, Name: words}}
}

// Name implements sift.Names.
func (n *noteNames) Name(f sift.Field, key string) string {
	switch f {
	case sift.Customer:
		c, _ := storage.Find[assist.Customer](n.ctx, n.db, assist.ID(key))
		return c.Name
	case sift.Company:
		c, _ := storage.Find[assist.Company](n.ctx, n.db, assist.ID(key))
		return c.Name
	case sift.Answer:
		a, _ := storage.Find[assist.Answer](n.ctx, n.db, assist.ID(key))
		return a.Title
	}
	if l := n.lists[f]; l != nil {
		return l.Name(key)
	}
	return ""
}

// tagsInUse are the tags of the latest notes and of all that were seen since. To read every
// note for them would take longer than anybody waits for a word.
type tagsInUse struct {
	mu    sync.Mutex
	count map[string]int // nil: nothing was read yet
}

// tagsFrom is of how many notes the tags are read at first.
const tagsFrom = 1000

// read reads the tags of the latest notes, the first time.
func (t *tagsInUse) read(ctx context.Context, db *storage.DB) error {
	t.mu.Lock()
	known := t.count != nil
	t.mu.Unlock()
	if known {
		return nil
	}
	page, err := db.Notes(ctx, glance.NoteQuery{}, "", tagsFrom)
	if err != nil {
		return fmt.Errorf("read the tags: %w", err)
	}
	t.add(page.Notes)
	return nil
}

func (t *tagsInUse) add(list []glance.NoteFound) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.count == nil {
		t.count = map[string]int{}
	}
	for _, n := range list {
		for _, tag := range n.Tags {
			t.count[tag]++
		}
	}
}

// list returns the tags, those first that were seen most.
func (t *tagsInUse) list() *sift.List {
	t.mu.Lock()
	defer t.mu.Unlock()
	var values []sift.Value
	for _, tag := range slices.SortedFunc(maps.Keys(t.count), func(a, b string) int { return cmp.Or(t.count[b]-t.count[a], cmp.Compare(a, b)) }) {
		values = append(values, sift.Value{Key: tag, Name: tag})
	}
	return sift.NewList(values)
}
