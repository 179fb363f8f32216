package live

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
	"ringside/assist/search"
)

// memory is a store without a disk: what was saved survives the desk, not the test.
type memory struct {
	mu      sync.Mutex
	records map[string]assist.Record
	saves   [][]assist.Record
	numbers map[string][]assist.ID
	slow    time.Duration // how long each read sleeps
	busy    time.Duration // how long each read keeps a processor busy
	fail    error         // what Save and the reads give
	full    error         // what Save alone gives
	last    map[assist.ID]time.Time
}

func newMemory(records ...assist.Record) *memory {
	m := &memory{records: map[string]assist.Record{}, numbers: map[string][]assist.ID{}, last: map[assist.ID]time.Time{}}
	m.put(records...)
	return m
}

func (m *memory) put(records ...assist.Record) {
	for _, r := range records {
		t, id := r.Ident()
		m.records[string(t)+" "+string(id)] = r
		switch r := r.(type) {
		case assist.Customer:
			for _, p := range r.Phones {
				for _, k := range phone.KeysOf(p, "GB") {
					if !slices.Contains(m.numbers[k], r.ID) {
						m.numbers[k] = append(m.numbers[k], r.ID)
					}
				}
			}
		case assist.Call:
			if r.Started.After(m.last[r.Customer]) {
				m.last[r.Customer] = r.Started
			}
		}
	}
}

func (m *memory) broken() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.fail
}

func (m *memory) setFail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

// unsaved makes Save, and nothing else, give err.
func (m *memory) unsaved(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.full = err
}

func (m *memory) wait(ctx context.Context) error {
	if m.slow > 0 {
		select {
		case <-time.After(m.slow):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for end := time.Now().Add(m.busy); m.busy > 0 && time.Now().Before(end); {
	}
	return m.broken()
}

func (m *memory) FindByNumber(ctx context.Context, n phone.Number) ([]glance.Match, error) {
	if err := m.wait(ctx); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range n.Keys() {
		var out []glance.Match
		for _, id := range m.numbers[k] {
			out = append(out, glance.Match{Customer: m.records["customer "+string(id)].(assist.Customer), LastContact: m.last[id]})
		}
		if out != nil {
			return out, nil
		}
	}
	return nil, nil
}

func (m *memory) Profile(ctx context.Context, id assist.ID) (glance.Profile, error) {
	if err := m.wait(ctx); err != nil {
		return glance.Profile{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.records["customer "+string(id)].(assist.Customer)
	if !ok {
		return glance.Profile{}, fmt.Errorf("profile: %w", assist.ErrNotFound)
	}
	p := glance.Profile{Customer: c}
	if len(m.records) > 10_000 {
		return p, nil // the benchmark's customers have no history
	}
	for _, r := range m.records {
		switch r := r.(type) {
		case assist.Incident:
			if r.Touches(c) {
				p.Incidents = append(p.Incidents, r)
			}
		case assist.Promise:
			if r.Customer == id && r.Open() {
				p.Promises = append(p.Promises, r)
			}
		case assist.Call:
			if r.Customer == id {
				p.Calls = append(p.Calls, r)
			}
		case assist.Note:
			if r.Customer == id && r.Intelligence == "" {
				p.Notes = append(p.Notes, r)
			} else if r.Customer == id {
				p.Heard = append(p.Heard, r)
			}
		case assist.Asked:
			if r.Customer == id {
				p.Asked = append(p.Asked, r)
			}
		}
	}
	return p, nil
}

func (m *memory) Save(_ context.Context, records ...assist.Record) error {
	if err := m.broken(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.full != nil {
		return m.full
	}
	for _, r := range records {
		if err := r.Validate(); err != nil {
			return err
		}
	}
	m.saves = append(m.saves, records)
	m.put(records...)
	return nil
}

func (m *memory) Drafts(ctx context.Context) ([]assist.Draft, error) {
	if err := m.wait(ctx); err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(kept[assist.Draft](m), func(r assist.Draft) bool { return r.Done })
	slices.SortFunc(out, func(a, b assist.Draft) int { return b.At.Compare(a.At) })
	return out, nil
}

// Seek finds what has the text in it, people first.
func (m *memory) Seek(ctx context.Context, s glance.Seek) ([]glance.Found, error) {
	if err := m.wait(ctx); err != nil {
		return nil, err
	}
	if len(m.records) > 10_000 {
		return nil, nil // the benchmark's customers are not looked for
	}
	has := func(t string) bool {
		return strings.Contains(strings.ToLower(t), strings.ToLower(strings.TrimSpace(s.Text)))
	}
	var out []glance.Found
	for _, c := range kept[assist.Customer](m) {
		if has(c.Name) {
			out = append(out, glance.Found{Type: assist.TypeCustomer, ID: c.ID, Customer: c.ID, Title: c.Name, Sure: true})
		}
	}
	for _, n := range kept[assist.Note](m) {
		if has(n.Text) {
			out = append(out, glance.Found{Type: assist.TypeNote, ID: n.ID, Customer: n.Customer, Title: n.Text[:min(len(n.Text), 20)], At: n.At})
		}
	}
	for _, p := range kept[assist.Promise](m) {
		if has(p.Text) {
			out = append(out, glance.Found{Type: assist.TypePromise, ID: p.ID, Customer: p.Customer, Title: p.Text, At: p.Made})
		}
	}
	for _, i := range kept[assist.Insight](m) {
		if has(i.Text) {
			out = append(out, glance.Found{Type: assist.TypeInsight, ID: i.ID, Customer: i.Customer, Title: i.Text, At: i.At})
		}
	}
	for _, k := range kept[assist.Kudos](m) {
		if has(k.Words) {
			out = append(out, glance.Found{Type: assist.TypeKudos, ID: k.ID, Customer: k.Customer, Title: k.Words, At: k.At})
		}
	}
	for _, p := range prompts {
		if has(p.Topic) {
			out = append(out, glance.Found{Type: assist.TypePrompt, ID: p.ID, Title: p.Ask[0]})
		}
	}
	return slices.DeleteFunc(out, func(f glance.Found) bool { return len(s.Types) > 0 && !slices.Contains(s.Types, f.Type) }), nil
}

// Read implements Reader.
func (m *memory) Read(ctx context.Context, t assist.Type, id assist.ID) (assist.Record, error) {
	if err := m.wait(ctx); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.records[string(t)+" "+string(id)]
	if !ok {
		return nil, assist.ErrNotFound
	}
	return r, nil
}

// kept returns the records of one type, by id.
func kept[T assist.Record](m *memory) []T {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []T
	for _, r := range m.records {
		if r, ok := r.(T); ok {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b T) int {
		_, x := a.Ident()
		_, y := b.Ident()
		if x < y {
			return -1
		}
		return 1
	})
	return out
}

// one returns the only record of its type.
func one[T assist.Record](t *testing.T, m *memory) T {
	t.Helper()
	all := kept[T](m)
	if len(all) != 1 {
		t.Fatalf("%d records %T are kept, want 1: %v", len(all), *new(T), all)
	}
	return all[0]
}

// The people of the stories.
var (
	me   = assist.Rep{ID: "tom", Name: "Tom"}
	anna = assist.Rep{ID: "anna", Name: "Anna"}
	mary = assist.Customer{ID: "mary", Name: "Mary Shaw", Phones: []assist.Phone{{Raw: "0113 496 0123"}},
		Since: assist.Date{Year: 2011, Month: 3, Day: 4}, Owns: []assist.Product{{Name: "Hedge 300"}, {Name: "MS 170", Maker: "Stihl"}}}
	paul = assist.Customer{ID: "paul", Name: "Paul Reed", Phones: []assist.Phone{{Raw: "0113 496 0999"}}}
	jane = assist.Customer{ID: "jane", Name: "Jane Reed", Phones: []assist.Phone{{Raw: "0113 496 0999"}}}
)

const (
	marysNumber = "+44 113 496 0123"
	reedsNumber = "01134960999"
	strangers   = "020 7946 0018"
)

var answers = []assist.Answer{
	{ID: "charged-twice", Title: "Charged twice for one order", Department: "Billing", Owner: "anna",
		Say: "I can see both charges, {{customer.name}}.", Steps: []string{"Find the order", "Refund the second charge"},
		Phrasings: []string{"I was charged twice", "you took the money two times"}, Verified: assist.Date{Year: 1999, Month: 11, Day: 3}},
	{ID: "late-parcel", Title: "The parcel is late", Department: "Delivery", Say: "I am sorry, {{customer.name}}.",
		Phrasings: []string{"where is my parcel", "my delivery is late"}},
}

var prompts = []assist.Prompt{
	{ID: "rivals", Intelligence: assist.Competitive, Topic: "rivals", Ask: []string{"What do you use for the high hedges now?"}},
	{ID: "season", Intelligence: assist.Market, Topic: "season", Ask: []string{"How does the season look to you?"}},
	{ID: "people", Intelligence: assist.Relationship, Topic: "people", Ask: []string{"How do you like to be told news?"}},
	{ID: "people-2", Intelligence: assist.Relationship, Topic: "birthday", Ask: []string{"When is your birthday?"}},
}

func library() Library {
	return Library{Index: search.Build(answers), Prompts: prompts}
}

// rig is a desk that runs in a bubble of its own time.
type rig struct {
	t     *testing.T
	store *memory
	desk  *Desk
	stop  func() error
}

func run(t *testing.T, store *memory) *rig {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	d := New(Config{Store: store, Reader: store, Me: me, Team: []assist.Rep{me, anna}, Region: "GB"})
	d.SetLibrary(library())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	stopped := false
	r := &rig{t: t, store: store, desk: d}
	r.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		return <-ended
	}
	r.settle()
	return r
}

// settle lets everything happen that can happen without time going by.
func (r *rig) settle() View {
	synctest.Wait()
	return r.desk.View()
}

// rest lets time go by, so that everything typed is durable.
func (r *rig) rest() View {
	time.Sleep(time.Second)
	return r.settle()
}

func (r *rig) ring(id, from string, phase phone.Phase) View {
	r.desk.Ring(phone.Ring{ID: id, From: from, Phase: phase, At: time.Now()})
	return r.settle()
}

func (r *rig) use(u Use) View { r.desk.Use(u); return r.settle() }

func (r *rig) note(text string) View { r.desk.Note(text); return r.settle() }

// hear types a text and waits until all that is found stands there.
func (r *rig) hear(text string) View {
	r.desk.Hear(text)
	r.settle()
	time.Sleep(burst)
	return r.settle()
}

func (r *rig) done() View { return r.use(Use{WrapUp: WrapUpUse{Done: true, Disposition: "Answered"}}) }

// story runs f with a desk in a bubble, over the people of the stories and more.
func story(t *testing.T, f func(t *testing.T, r *rig), more ...assist.Record) {
	t.Helper()
	synctestStory(t, newMemory(append([]assist.Record{mary, paul, jane}, more...)...), f)
}

// synctestStory runs f with a desk in a bubble, over this store.
func synctestStory(t *testing.T, store *memory, f func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := run(t, store)
		f(t, r)
		if err := r.stop(); err != nil {
			t.Errorf("the desk ended with %v", err)
		}
	})
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
