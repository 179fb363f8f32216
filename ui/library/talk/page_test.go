package talk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

var now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// shelf is a source that keeps things in memory.
type shelf struct {
	data  Data
	fails error
}

func (s *shelf) Load(context.Context) (Data, error) {
	d := s.data
	d.Prompts = slices.Clone(d.Prompts)
	return d, nil
}

func (s *shelf) SavePrompt(_ context.Context, before, after assist.Prompt) error {
	if s.fails != nil {
		return s.fails
	}
	i := slices.IndexFunc(s.data.Prompts, func(q assist.Prompt) bool { return q.ID == after.ID })
	if i < 0 {
		s.data.Prompts = append(s.data.Prompts, after)
		return nil
	}
	s.data.Prompts[i] = after
	return nil
}

func (s *shelf) SaveRules(_ context.Context, before, page string) error {
	if before != s.data.Rules {
		return errors.New("another page is in force")
	}
	if s.fails == nil {
		s.data.Rules = page
	}
	return s.fails
}

func (s *shelf) SetFocus(_ context.Context, topic string, about assist.Intelligence) error {
	s.data.Focus = append(s.data.Focus, assist.Focus{Topic: topic, Intelligence: about, Until: assist.DateOf(now.AddDate(0, 0, 6))})
	return nil
}

func (s *shelf) Replies(_ context.Context, id assist.ID) ([]assist.Note, error) {
	if id != "saw" {
		return nil, nil
	}
	return []assist.Note{{ID: "n", At: now, Text: "The GreenBarn one, it never jams"}}, nil
}

type desk struct {
	t     *testing.T
	page  *Page
	shelf *shelf
	w     fyne.Window
	queue chan func()
}

func newDesk(t *testing.T, size fyne.Size) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, queue: make(chan func(), 16), shelf: &shelf{data: Data{Rules: "# Tact\n",
		Prompts: []assist.Prompt{
			{ID: "saw", Intelligence: assist.Competitive, Topic: "saw", Ask: []string{"What do you use for hedges?", "Whose saw do you like?"}},
			{ID: "next-year", Intelligence: assist.Market, Topic: "next year", Ask: []string{"What will be different next year?"}, Off: true},
		},
		Fared: map[assist.ID]Fared{"saw": {Asked: 12, NotNow: 3, Never: 1}}}}}
	d.page = New(Options{Source: d.shelf, Now: func() time.Time { return now }, Post: func(f func()) { d.queue <- f },
		Try: func(page, words string) ([]string, error) {
			if strings.Contains(page, "funeral") && strings.Contains(words, "funeral") {
				return []string{"Hard news: no questions."}, nil
			}
			return nil, nil
		}})
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.Reload()
	d.until(func() bool { return len(d.page.data.Prompts) > 0 })
	return d
}

// until takes what comes from beside the window, until ok.
func (d *desk) until(ok func() bool) {
	d.t.Helper()
	for !ok() {
		select {
		case f := <-d.queue:
			f()
		case <-time.After(10 * time.Second):
			d.t.Fatal("it did not come")
		}
	}
}

// saved takes what comes until nothing is being saved.
func (d *desk) saved() {
	d.t.Helper()
	d.until(func() bool { return !d.page.saving })
}

func (d *desk) choose(key string) {
	d.t.Helper()
	i := slices.IndexFunc(d.page.shown, func(e entry) bool { return e.key == key })
	if i < 0 {
		d.t.Fatalf("%s is not listed: %s", key, look.Words(d.page.rows))
	}
	d.page.rows.SetChosen(i)
}

var wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(380, 720)

func TestTheListNamesWhatGuidesACall(t *testing.T) {
	d := newDesk(t, wide)
	look.Reads(t, d.page.Object(), "This week", "Rules of tact", "RIVALS", "saw", "asked 12", "THE MARKET", "off")
	d.choose("saw")
	d.until(func() bool { return len(d.page.prompt.replies.Objects) > 0 })
	look.Reads(t, d.page.prompt.object, "asked 12, not now 3, never 1", "it never jams")
	d.page.box.SetText("different")
	look.Hides(t, d.page.rows, "saw", "Rules of tact")
}

func TestAQuestionIsTypedAndKept(t *testing.T) {
	d := newDesk(t, wide)
	d.choose("saw")
	d.page.prompt.ask.SetText("What do you use for hedges?\n\n  Which saw   would you buy again? \n")
	look.Reads(t, d.page.rows, "not saved")
	d.page.save()
	d.saved()
	if got := d.shelf.data.Prompts[0].Ask; !slices.Equal(got, []string{"What do you use for hedges?", "Which saw would you buy again?"}) {
		t.Errorf("kept %q", got)
	}
	if len(d.page.drafts) != 0 {
		t.Error("what is kept is still a draft")
	}
}

func TestWhatCannotBeKeptStaysTypedAndSaysWhy(t *testing.T) {
	d := newDesk(t, wide)
	d.page.begin()
	look.Reads(t, d.page.rows, "New question")
	d.page.save()
	look.Reads(t, d.page.prompt.object, "needs a topic")
	d.page.prompt.topic.SetText("garden")
	d.page.prompt.ask.SetText("How is the garden?")
	d.shelf.fails = errors.New("the disk is full")
	d.page.save()
	d.saved()
	look.Reads(t, d.page.prompt.object, "The disk is full.")
	if len(d.page.drafts) != 1 || len(d.shelf.data.Prompts) != 2 {
		t.Error("what was typed is lost, or kept twice")
	}
	d.shelf.fails = nil
	d.page.save()
	d.saved()
	if len(d.shelf.data.Prompts) != 3 {
		t.Error("the second try did not keep it")
	}
}

func TestAQuestionIsSwitchedOffAlone(t *testing.T) {
	d := newDesk(t, wide)
	d.choose("saw")
	d.page.prompt.topic.SetText("hedge saw")
	d.page.rows.TypedRune('o')
	d.saved()
	if q := d.shelf.data.Prompts[0]; !q.Off || q.Topic != "saw" {
		t.Errorf("kept %+v", q)
	}
	if d.page.drafts["saw"].Topic != "hedge saw" {
		t.Error("what was typed is lost")
	}
}

func TestRulesAreTriedBeforeTheyAreInForce(t *testing.T) {
	d := newDesk(t, wide)
	d.choose("rules")
	r := d.page.rules
	r.words.SetText("the funeral is on Monday")
	look.Reads(t, r.object, "No rule holds")
	r.page.SetText("# Tact\nfuneral\n")
	look.Reads(t, r.object, "Hard news")
	look.Reads(t, d.page.rows, "not saved")
	d.shelf.fails = errors.Join(&assist.Fault{What: "no rule has a name", Where: "line:2"}, &assist.Fault{What: "no reason", Where: "line:3"})
	d.page.save()
	d.saved()
	look.Reads(t, r.object, "line:2", "line:3")
	d.shelf.fails = nil
	d.page.save()
	d.saved()
	if d.shelf.data.Rules != "# Tact\nfuneral\n" || r.dirty() {
		t.Errorf("in force: %q", d.shelf.data.Rules)
	}
}

func TestRulesOfSomebodyElseAreNotWrittenOver(t *testing.T) {
	d := newDesk(t, wide)
	d.choose("rules")
	r := d.page.rules
	r.page.SetText("# Tact\nmine\n")
	d.shelf.data.Rules = "# Tact\ntheirs\n"
	d.page.Reload()
	d.until(func() bool { return r.now == d.shelf.data.Rules })
	d.page.save()
	d.saved()
	if d.shelf.data.Rules != "# Tact\ntheirs\n" || r.page.Text != "# Tact\nmine\n" {
		t.Errorf("in force: %q, typed: %q", d.shelf.data.Rules, r.page.Text)
	}
	look.Reads(t, r.object, "Another page is in force")
	r.takeBack()
	if r.page.Text != "# Tact\ntheirs\n" || r.dirty() {
		t.Errorf("shown: %q", r.page.Text)
	}
}

func TestAFocusIsSetForTheWeek(t *testing.T) {
	d := newDesk(t, wide)
	d.choose("focus")
	look.Reads(t, d.page.focus.object, "No focus")
	if !d.page.focus.set.Disabled() {
		t.Error("nothing can be set")
	}
	d.page.focus.topic.SetText("next year")
	d.page.save()
	d.until(func() bool { return len(d.page.data.Focus) > 0 })
	look.Reads(t, d.page.Object(), "next year, until 30 November 2026")
}

func TestNothingLiesOnAnythingElse(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": wide, "slim": slim} {
		d := newDesk(t, size)
		for _, key := range []string{"focus", "rules", "saw"} {
			d.choose(key)
			d.page.split.Read(true)
			look.Apart(t, d.page.Object(), size, name+" "+key)
			d.page.split.Read(false)
			look.Apart(t, d.page.Object(), size, name+" list")
		}
	}
}
