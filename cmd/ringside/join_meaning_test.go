package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/settings"
	"ringside/storage"
	"ringside/storage/secret"
	"ringside/ui"
	"ringside/ui/panes/look"
)

// brain is an endpoint on this machine whose vectors are made of the words of a text.
// It knows a few words that mean the same.
type brain struct {
	*httptest.Server
	accepted atomic.Int32

	mu     sync.Mutex
	texts  []string
	keys   []string
	wide   int
	answer http.HandlerFunc // in place of vectors; nil: vectors

	refuses string // a word; empty: nothing
}

type countedListener struct {
	net.Listener
	n *atomic.Int32
}

func (c countedListener) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.n.Add(1)
	}
	return conn, err
}

func newBrain(t testing.TB) *brain {
	b := &brain{wide: 256}
	b.Server = httptest.NewUnstartedServer(b)
	b.Listener = countedListener{b.Listener, &b.accepted}
	b.Start()
	t.Cleanup(b.Close)
	return b
}

func (b *brain) model() settings.Model {
	return settings.Model{On: true, URL: b.URL + "/v1", Embeddings: "words"}
}

// set changes how it answers from now on.
func (b *brain) set(wide int, answer http.HandlerFunc) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wide, b.answer = wide, answer
}

func (b *brain) asked() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.texts...)
}

// ServeHTTP implements http.Handler.
func (b *brain) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var q struct{ Input []string }
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	b.mu.Lock()
	b.texts, b.keys = append(b.texts, q.Input...), append(b.keys, r.Header.Get("Authorization"))
	wide, answer, refuses := b.wide, b.answer, b.refuses
	b.mu.Unlock()
	if refuses != "" && strings.Contains(strings.Join(q.Input, "\n"), refuses) {
		http.Error(w, "too long", http.StatusBadRequest)
		return
	}
	if answer != nil {
		answer(w, r)
		return
	}
	type vector struct {
		Index     int       `json:"index"`
		Embedding []float32 `json:"embedding"`
	}
	var data []vector
	for i, s := range q.Input {
		data = append(data, vector{i, thought(s, wide)})
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
}

// thought is the vector of a text: its words, and for some what they mean.
func thought(s string, wide int) []float32 {
	means := map[string]string{"levitate": "hover", "levitates": "hover", "hovers": "hover", "hovering": "hover"}
	v := make([]float32, wide)
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r < 'a' || r > 'z' }) {
		weight := float32(1)
		if m, ok := means[w]; ok {
			w, weight = m, 8
		}
		h := fnv.New32a()
		h.Write([]byte(w))
		v[h.Sum32()%uint32(wide)] += weight
	}
	v[0] += .001
	return v
}

// hasty makes the app's patience short.
func hasty(a *deskApp) *meaner {
	m := a.meaning
	m.mu.Lock()
	defer m.mu.Unlock()
	m.times = meaningTimes{pause: time.Millisecond, question: 2 * time.Second, again: 20 * time.Millisecond, longest: 50 * time.Millisecond}
	return m
}

// says waits until the meaner says this.
func says(t testing.TB, m *meaner, want string) {
	t.Helper()
	stands(t, &m.told, want)
}

// stands waits until this is told.
func stands(t testing.TB, s *standing, want string) {
	t.Helper()
	told := ""
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		told = s.now()
		if strings.Contains(told, want) {
			return
		}
	}
	t.Fatalf("says %q, want %q", told, want)
}

func (a *deskApp) choose(t testing.TB, model settings.Model) {
	t.Helper()
	s, err := a.settings(t.Context())
	if err == nil {
		s.Model = model
		err = a.saveSettings(t.Context(), s)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func hover() assist.Answer {
	return assist.Answer{ID: "hovering", Title: "Hovering drill", Department: "Service", Say: "It hovers when the magnet is new.", Language: "en"}
}

func (a *deskApp) save(t testing.TB, records ...assist.Record) {
	t.Helper()
	if err := a.store.house.db.Save(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
}

func TestNoConnectionIsOpenedWhileMeaningIsOff(t *testing.T) {
	b := newBrain(t)
	d := newDesktop(t)
	off := b.model()
	off.On = false
	s, err := d.r.settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Started, s.Model = true, off
	d.save(s)
	d.uncover()
	d.r.desk.Hear("it levitates")
	d.until(t, "the list stands", func() bool { return d.r.desk.View().Answers.State != "" })
	d.win.Window().Resize(fyne.NewSize(900, 4200))
	d.win.Show(ui.Settings)
	read := false
	d.reload(func() { read = true })
	d.until(t, "the settings are read", func() bool { return read })
	d.setup.OnPreview(off)
	d.until(t, "what would leave", func() bool { return strings.Contains(look.Words(d.setup.Object()), "To "+off.URL) })
	if _, err := d.r.keepModelKey(t.Context(), "sk-1"); err != nil {
		t.Fatal(err)
	}
	if l, err := d.r.leaving(t.Context(), off); err != nil || !strings.Contains(l.Question, harmless) || !strings.Contains(l.Answers, "input") {
		t.Errorf("%+v %v", l, err)
	}
	if near, err := d.r.meaning.Near(t.Context(), "it levitates"); near != nil || err != nil {
		t.Errorf("%v", err)
	}
	if n := b.accepted.Load(); n != 0 {
		t.Fatalf("%d connections", n)
	}
	if said, err := d.r.tryModel(t.Context(), off); err != nil || !strings.Contains(said, "256 numbers") || b.accepted.Load() == 0 {
		t.Errorf("the count does not count: %q %v", said, err)
	}
}

func TestTheSettingsPageSaysHowItStandsWithTheModel(t *testing.T) {
	b := newBrain(t)
	d := newDesktop(t)
	d.uncover()
	d.win.Window().Resize(fyne.NewSize(900, 4200))
	d.win.Show(ui.Settings)
	page := d.setup.Object()
	sees := func(words string) {
		t.Helper()
		d.until(t, words, func() bool { return strings.Contains(look.Words(page), words) })
	}
	sees("Off. Nothing leaves this machine.")
	d.setup.OnKey("sk-1")
	sees("The key is sealed in your data folder.")
	d.setup.OnTry(b.model())
	sees("came back as 256 numbers")
	d.setup.OnPreview(b.model())
	sees("To " + b.URL + "/v1/embeddings")
	d.setup.OnTry(settings.Model{URL: "ftp://x", Embeddings: "m"})
	sees("The endpoint’s address cannot be read.")
	d.setup.OnPreview(settings.Model{})
	sees("The endpoint has no address.")
	s := d.chosen
	s.Model = b.model()
	d.save(s)
	sees("All answers are ready")
	d.setup.OnKey("")
	sees("No key is kept.")
}

func TestMeaningIsReadyAfterItIsSwitchedOnAndAtTheNextStart(t *testing.T) {
	own(t)
	b, dir := newBrain(t), t.TempDir()
	a := startApp(t, dir)
	m := hasty(a)
	a.save(t, hover())
	if _, err := a.keepModelKey(t.Context(), "sk-1"); err != nil {
		t.Fatal(err)
	}
	a.choose(t, b.model())
	says(t, m, "All answers are ready")
	near, err := m.Near(t.Context(), "it levitates")
	if err != nil || near == nil {
		t.Fatalf("%v", err)
	}
	if v, ok := near("hovering"); !ok || v < .5 {
		t.Errorf("near by %v, %v", v, ok)
	}
	if b.keys[0] != "Bearer sk-1" {
		t.Errorf("the key came as %q", b.keys[0])
	}
	a.closeApp(t)

	before := len(b.asked())
	a = startApp(t, dir)
	m = hasty(a)
	defer a.closeApp(t)
	says(t, m, "All answers are ready")
	if n := len(b.asked()); n != before {
		t.Errorf("%d texts were asked for again", n-before)
	}
	h := hover()
	h.Say = "It levitates when the magnet is new."
	a.save(t, h)
	for end := time.Now().Add(20 * time.Second); len(b.asked()) == before && time.Now().Before(end); {
		time.Sleep(2 * time.Millisecond)
	}
	says(t, m, "All answers are ready")
	if got := b.asked()[before:]; len(got) != 1 || !strings.Contains(got[0], "levitates") {
		t.Errorf("asked for %q", got)
	}
	a.choose(t, settings.Model{URL: b.model().URL, Embeddings: "words"})
	says(t, m, "Off.")
	if near, err := m.Near(t.Context(), "it levitates"); near != nil || err != nil {
		t.Errorf("still asks: %v", err)
	}
}

func TestAnAnswerThatSharesNoWordIsFoundByItsMeaning(t *testing.T) {
	own(t)
	b := newBrain(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	m := hasty(a)
	a.save(t, hover())
	a.Hear("it levitates ")
	v := a.view(t, func(v live.View) bool { return v.Answers.State != "" })
	if len(v.Answers.Hits) > 0 {
		t.Fatalf("its words alone find %q", v.Answers.Hits[0].Title)
	}
	a.choose(t, b.model())
	says(t, m, "All answers are ready")
	a.Hear("it levitates")
	a.Hear("it levitates ")
	v = a.view(t, func(v live.View) bool { return len(v.Answers.Hits) > 0 })
	if h := v.Answers.Hits[0]; h.ID != "hovering" || h.Why != "means the same in other words" || v.Answers.State != "dim" {
		t.Errorf("%s: %+v", v.Answers.State, h)
	}
}

func TestQuestionsAreRememberedAndNotKept(t *testing.T) {
	own(t)
	b := newBrain(t)
	a := startApp(t, t.TempDir())
	m := hasty(a)
	a.choose(t, b.model())
	says(t, m, "All answers are ready")
	before := len(b.asked())
	for range 3 {
		if near, err := m.Near(t.Context(), "  a very private\nquestion "); near == nil || err != nil {
			t.Fatal(err)
		}
	}
	if got := b.asked()[before:]; len(got) != 1 || got[0] != "a very private question" {
		t.Errorf("asked %q", got)
	}
	if _, err := m.Near(t.Context(), "ring me on 0113 496 0123"); err != nil {
		t.Fatal(err)
	}
	if got := b.asked(); got[len(got)-1] != "ring me on (number)" {
		t.Errorf("a number has left: %q", got[len(got)-1])
	}
	for i := range 2 * mostRecent {
		if _, err := m.Near(t.Context(), fmt.Sprint("question ", i)); err != nil {
			t.Fatal(err)
		}
	}
	if len(m.recent) != mostRecent || m.recent[0].text != fmt.Sprint("question ", 2*mostRecent-1) {
		t.Errorf("remembers %d", len(m.recent))
	}
	all, err := all[assist.Answer](t.Context(), a.store.house.db)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range mustVectors(t, a.store.house.db, m.client.String(), all) {
		n++
	}
	if n != len(all) {
		t.Errorf("%d vectors are kept for %d answers", n, len(all))
	}
	a.closeApp(t)
}

func TestAnEndpointThatFailsIsLeftAloneAndSaysSo(t *testing.T) {
	own(t)
	b := newBrain(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	m := a.meaning // with the patience of the real app
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"401":  {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, "does not accept the key"},
		"html": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }, "a web page"},
		"429": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(429)
		}, "busy"},
	} {
		b.set(256, c.answer)
		before := len(b.asked())
		model := b.model()
		model.Embeddings = name
		a.choose(t, model)
		says(t, m, c.want)
		says(t, m, "Searching by words goes on")
		for i := range 20 {
			if near, err := m.Near(t.Context(), fmt.Sprint("question ", i)); near != nil || err != nil {
				t.Fatal(err)
			}
		}
		h := hover()
		h.Say = "again " + name
		a.save(t, h)
		if n := len(b.asked()) - before; n > askBatch {
			t.Errorf("%s: asked for %d texts", name, n)
		}
	}
	a.Hear("battery")
	a.view(t, func(v live.View) bool { return len(v.Answers.Hits) > 0 })
	gone := b.model()
	b.Close()
	a.choose(t, gone)
	says(t, m, "cannot be reached")
}

func TestAnEndpointThatComesBackIsUsedAgain(t *testing.T) {
	own(t)
	b := newBrain(t)
	b.set(256, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	m := hasty(a)
	a.choose(t, b.model())
	says(t, m, "failed with 500")
	b.set(256, nil)
	says(t, m, "All answers are ready")
	b.set(256, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) })
	if near, _ := m.Near(t.Context(), "first"); near != nil {
		t.Error("an answer came out of nothing")
	}
	says(t, m, "busy")
	b.set(256, nil)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if near, _ := m.Near(t.Context(), "second"); near != nil {
			break
		}
	}
	says(t, m, "All answers are ready")
}

func TestAnAnswerThatTheModelRefusesKeepsNoOtherBack(t *testing.T) {
	own(t)
	b := newBrain(t)
	b.mu.Lock()
	b.refuses = "unspeakable"
	b.mu.Unlock()
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	m := hasty(a)
	a.save(t, hover(),
		assist.Answer{ID: "0", Title: "An unspeakable thing", Department: "Service", Say: "No.", Language: "en"},
		assist.Answer{ID: "1", Title: "{{customer.name}}", Department: "Service", Say: "{{customer.name}}", Language: "en"})
	a.choose(t, b.model())
	says(t, m, "All answers but 2 are ready")
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		near, _ := m.Near(t.Context(), "it levitates")
		if near != nil {
			if v, ok := near("hovering"); !ok || v < .5 {
				t.Errorf("%v %t", v, ok)
			}
			break
		}
		if time.Now().After(end) {
			t.Fatal("the model is not asked any more")
		}
	}
	n := len(b.asked())
	a.save(t, assist.Answer{ID: "0", Title: "A thing", Department: "Service", Say: "Yes.", Language: "en"})
	says(t, m, "All answers but 1 are ready")
	if n := len(b.asked()) - n; n > 1 {
		t.Errorf("%d texts were asked for again", n)
	}
}

func TestAnotherModelByTheSameNameIsNoticed(t *testing.T) {
	own(t)
	b, dir := newBrain(t), t.TempDir()
	a := startApp(t, dir)
	hasty(a)
	a.choose(t, b.model())
	says(t, a.meaning, "All answers are ready")
	a.closeApp(t)
	b.set(64, nil)
	a = startApp(t, dir)
	defer a.closeApp(t)
	m := hasty(a)
	says(t, m, "All answers are ready")
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if near, _ := m.Near(t.Context(), "anything"); near != nil {
			return
		}
	}
	t.Error("the new model's vectors never came")
}

func TestAnotherModelByTheSameNameIsNoticedWhileTheAppRuns(t *testing.T) {
	own(t)
	b := newBrain(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	m := hasty(a)
	a.choose(t, b.model())
	says(t, m, "All answers are ready")
	b.set(64, nil)
	for i := 0; ; i++ {
		near, _ := m.Near(t.Context(), fmt.Sprint("anything ", i))
		if near != nil {
			return
		}
		if i == 2000 {
			t.Fatal("the new model's vectors never came")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestASlowModelLeavesTheListAsItStands(t *testing.T) {
	own(t)
	b := newBrain(t)
	a := startApp(t, t.TempDir())
	m := hasty(a)
	a.save(t, hover())
	a.choose(t, b.model())
	says(t, m, "All answers are ready")
	free := make(chan struct{})
	b.set(256, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-free:
		case <-r.Context().Done():
		}
		w.WriteHeader(500)
	})
	before := len(b.asked())
	a.Hear("battery only lasts ten minutes ")
	v := a.view(t, func(v live.View) bool { return len(v.Answers.Hits) > 0 })
	first := v.Answers.Hits[0].ID
	for end := time.Now().Add(20 * time.Second); len(b.asked()) == before && time.Now().Before(end); {
		time.Sleep(2 * time.Millisecond)
	}
	for i := range 5 { // more questions wait for nobody
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
		if near, _ := m.Near(ctx, fmt.Sprint("more ", i)); near != nil {
			t.Error("an answer came out of nothing")
		}
		stop()
	}
	if n := len(b.asked()) - before; n > mostFlying {
		t.Errorf("%d questions are on their way at once", n)
	}
	if v := a.desk.View(); len(v.Answers.Hits) == 0 || v.Answers.Hits[0].ID != first {
		t.Error("the list has changed")
	}
	close(free)
	a.closeApp(t)
}

func TestOffMeansOffAtOnce(t *testing.T) {
	own(t)
	b := newBrain(t)
	gone := make(chan struct{}, 100)
	b.set(256, func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done() // it never answers
		gone <- struct{}{}
	})
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	a.choose(t, b.model())
	says(t, a.meaning, "the rest is being asked for")
	for end := time.Now().Add(20 * time.Second); len(b.asked()) == 0 && time.Now().Before(end); {
		time.Sleep(2 * time.Millisecond)
	}
	off := b.model()
	off.On = false
	a.choose(t, off)
	says(t, a.meaning, "Off.")
	<-gone
	n := len(b.asked())
	if near, err := a.meaning.Near(t.Context(), "anything"); near != nil || err != nil || len(b.asked()) != n {
		t.Errorf("asked again: %v", err)
	}
}

func TestTheKeyLiesSealedInTheDataFolderAndNowhereElse(t *testing.T) {
	own(t)
	b, dir := newBrain(t), t.TempDir()
	a := startApp(t, dir)
	const key = "sk-a-very-secret-key"
	b.set(256, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(400)
		fmt.Fprintf(w, `{"error":{"message":"bad key %s"}}`, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	})
	where, err := a.keepModelKey(t.Context(), key)
	if err != nil || !strings.Contains(where, "sealed in your data folder") {
		t.Fatalf("%q %v", where, err)
	}
	a.choose(t, b.model())
	says(t, a.meaning, "(the key)")
	if _, err := a.tryModel(t.Context(), b.model()); err == nil || strings.Contains(fmt.Sprintf("%v %+v", err, errors.Unwrap(err)), key) {
		t.Errorf("%v", err)
	}
	l, err := a.leaving(t.Context(), b.model())
	if err != nil || strings.Contains(fmt.Sprint(l), key) {
		t.Errorf("%v %v", l, err)
	}
	a.closeApp(t)
	err = filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), key) {
			t.Errorf("the key is in %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d := secret.Drawer{Dir: dir, Options: secret.Options{NoKeychain: true}}
	if !d.Has(modelKey) {
		t.Error("no key is kept")
	}
	if _, err := d.Read(t.Context(), modelKey); !errors.Is(err, assist.ErrDamaged) {
		t.Errorf("another store's key opens it: %v", err)
	}
}

func TestSettingsThatCannotBeUsedSayWhy(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	a.choose(t, settings.Model{On: true, URL: "http://api.example.com/v1", Embeddings: "m"})
	says(t, a.meaning, "Begin the address with https")
	for _, err := range []error{
		func() error { _, err := a.tryModel(t.Context(), settings.Model{URL: "nothing"}); return err }(),
		func() error { _, err := a.leaving(t.Context(), settings.Model{URL: "https://x"}); return err }(),
	} {
		if !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("got %v", err)
		}
	}
}

func mustVectors(t testing.TB, db *storage.DB, model string, answers []assist.Answer) map[[32]byte][]float32 {
	t.Helper()
	var hashes [][32]byte
	for _, a := range answers {
		hashes = append(hashes, textOf(a))
	}
	got, err := db.Vectors(t.Context(), model, hashes)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// BenchmarkMeaning brings 1,000 answers up to date with an endpoint on this machine
// that thinks for no time, and then takes them from the store at the next start.
func BenchmarkMeaning(b *testing.B) {
	b.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
	e, dir := newBrain(b), b.TempDir()
	e.set(384, nil)
	h, err := openHouse(b.Context(), dir, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	defer h.Close()
	var records []assist.Record
	for i := range 1000 {
		a := hover()
		a.ID, a.Title = assist.ID(fmt.Sprint("answer-", i)), fmt.Sprint("Drill number ", i)
		a.Say = strings.Repeat("These are words to say to a customer. ", 10)
		records = append(records, a)
	}
	if err := h.db.Save(b.Context(), records...); err != nil {
		b.Fatal(err)
	}
	if err := h.db.SaveSettings(b.Context(), settings.Machine{Model: e.model()}); err != nil {
		b.Fatal(err)
	}
	ready := func(b *testing.B) {
		ctx, stop := context.WithCancel(b.Context())
		m, ended := newMeaner(time.Now), make(chan struct{})
		go func() {
			defer close(ended)
			m.run(ctx, h.db, h.drawer)
		}()
		says(b, m, "All answers are ready")
		stop()
		<-ended
	}
	b.Run("switched on", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			if err := h.db.KeepOnlyVectors(b.Context(), "", nil); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			ready(b)
		}
	})
	b.Run("next start", func(b *testing.B) {
		for b.Loop() {
			ready(b)
		}
	})
}
