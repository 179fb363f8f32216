package site_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/library/site"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var (
	now        = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	wide, slim = fyne.NewSize(1208, 720), fyne.NewSize(380, 720)
)

func page(address, title, text string) assist.WebPage {
	p := assist.WebPage{URL: "https://www.example.org/" + address, Title: title, Text: text, Read: now}
	p.ID = p.Key()
	return p
}

func pages() []assist.WebPage {
	refund := page("help/refund", "Refunds", "We send a refund within **ten** days.\n\n## How long it takes\n\n- Cards: *five* days\n- Vouchers: at once\n\n1. Call us\n\n| Where | Price |\n|---|---|\n| Leeds | ~~£5~~ £4 |")
	refund.Changed = now.AddDate(0, 0, -2)
	old := page("help/seeds", "Seeds", "We sell seeds.")
	old.Gone = true
	news := page("help/news", "News", "We moved to a new shop.")
	news.Changed = now.AddDate(0, 0, -1)
	return []assist.WebPage{news, page("help/delivery", "Delivery", "It costs £3.95."), refund, old,
		page("help/long", strings.Repeat("An exceedingly long title that nobody can read in one go ", 3), strings.Repeat("Many words. ", 300))}
}

func answers() []assist.Answer {
	return []assist.Answer{
		{ID: "refund", Title: "Refund not there yet", Department: "Billing", Say: "S", Web: "https://example.org/help/refund/", Verified: assist.Date{Year: 2026, Month: 11, Day: 3}},
		{ID: "money", Title: "When is my money back?", Department: "Account", Say: "S", Web: "example.org/help/refund"},
		{ID: "off", Title: "No longer said", Department: "Account", Say: "S", Web: "example.org/help/refund", Off: true},
		{ID: "delivery", Title: "What delivery costs", Department: "Delivery", Say: "S", Web: "https://www.example.org/help/delivery"},
		{ID: "none", Title: "Without a page", Department: "Delivery", Say: "S"},
	}
}

type stage struct {
	*testing.T
	page  *site.Page
	w     fyne.Window
	queue chan func()
	did   []string
}

func newStage(t *testing.T, size fyne.Size) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	s := &stage{T: t, queue: make(chan func(), 16)}
	s.page = site.New(site.Options{
		Versions: func(_ context.Context, id assist.ID) ([]assist.WebPage, error) {
			for _, p := range pages() {
				if p.ID != id {
					continue
				}
				before := p
				before.Text, before.Changed, before.Read = strings.Replace(p.Text, "**ten**", "**five**", 1), time.Time{}, now.AddDate(0, 0, -4)
				if before.Text == p.Text {
					return nil, errors.New("the store is busy")
				}
				return []assist.WebPage{p, p, before}, nil
			}
			return nil, assist.ErrNotFound
		},
		Now: func() time.Time { return now }, Post: func(f func()) { s.queue <- f },
	})
	s.page.OnFolder = func(address string) { s.did = append(s.did, "folder "+address) }
	s.page.OnLook = func(address string) { s.did = append(s.did, "look "+address) }
	s.page.OnAnswer = func(id assist.ID) { s.did = append(s.did, "answer "+string(id)) }
	s.w = test.NewTempWindow(t, s.page.Object())
	s.w.SetPadded(false)
	s.w.Resize(size)
	return s
}

func full(t *testing.T, size fyne.Size) *stage {
	s := newStage(t, size)
	s.page.SetPages(pages(), answers())
	return s
}

// settle waits for what comes from beside the window.
func (s *stage) settle() { (<-s.queue)() }

func (s *stage) reads(words ...string) { s.Helper(); look.Reads(s.T, s.page.Object(), words...) }
func (s *stage) hides(words ...string) { s.Helper(); look.Hides(s.T, s.page.Object(), words...) }

func (s *stage) rows() *panes.Rows { return look.Find[*panes.Rows](s.T, s.page.Object(), nil) }

func TestWhatNeedsAnEyeStandsFirst(t *testing.T) {
	s := full(t, wide)
	s.reads("5 pages, 1 needs an eye", "example.org/help/refund · read today", "changed", "gone")
	s.reads("Refunds", "says so since Sunday 22 November at the latest", "It says something else than when an answer was verified",
		"ANSWERS THAT NAME THIS PAGE", "Refund not there yet (A)", "Billing · verified 3 November 2026", "When is my money back?", "Account · not verified yet")
	s.hides("No longer said", "Without a page")
}

func TestThePageIsReadWithoutMarks(t *testing.T) {
	s := full(t, wide)
	s.reads("We send a refund within ten days.", "How long it takes", "Cards: five days", "•", "1.", "Call us", "Where  ·  Price", "Leeds  ·  (£5 struck out) £4")
	s.hides("**", "##", "|--", "~~")
}

func TestItShowsWhatThePageSaidBefore(t *testing.T) {
	s := full(t, wide)
	s.settle()
	s.reads("CHANGED SINCE FRIDAY 20 NOVEMBER", "It said", "We send a refund within five days.", "It says", "We send a refund within ten days.")
	s.rows().SetChosen(3) // News
	s.settle()
	s.reads("The store is busy.")
	s.hides("It said")
}

func TestAPageThatIsGoneKeepsItsText(t *testing.T) {
	s := full(t, wide)
	look.Find(t, s.page.Object(), func(b *widget.Select) bool { return true }).SetSelected("Gone")
	s.reads("1 page", "Seeds", "It was not there any more", "We sell seeds.", "No answer names this page.")
	look.Find(t, s.page.Object(), func(b *widget.Select) bool { return true }).SetSelected("Changed")
	s.reads("2 pages", "Refunds", "News")
	s.hides("Seeds")
}

func TestWordsFindPagesByWhatTheySay(t *testing.T) {
	s := full(t, wide)
	box := look.Find[*panes.Box](t, s.page.Object(), nil)
	box.SetText("costs £3.95")
	s.reads("1 page", "Delivery", "What delivery costs (A)")
	box.SetText("helicopter")
	s.reads("No page fits")
	s.hides("Delivery")
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.reads("5 pages")
}

func TestAnAnswerIsOpenedByKeyOrButton(t *testing.T) {
	s := full(t, wide)
	s.rows().TypedRune('a')
	look.Press(t, s.page.Object(), "When is my money back?")
	if got := strings.Join(s.did, ", "); got != "answer refund, answer money" {
		t.Errorf("did %s", got)
	}
}

func TestItSaysWhichConnectionsItWouldOpenBeforeItDoes(t *testing.T) {
	s := full(t, wide)
	s.hides("opens connections")
	s.rows().TypedRune('b')
	s.reads("without any connection", "opens connections to www.example.org,", "Look again at the site (Enter)")
	entry, ok := s.w.Canvas().Focused().(*widgets.Entry)
	if !ok {
		t.Fatal("the keyboard is not in the box for the address")
	}
	test.Type(entry, "https://shop.example.org/sitemap.xml")
	s.reads("opens connections to shop.example.org,", "Look at the site (Enter)")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.reads("Looking at the site…")
	look.Press(t, s.page.Object(), "Read a folder…")
	if got := strings.Join(s.did, ", "); got != "look https://shop.example.org/sitemap.xml, folder https://shop.example.org/sitemap.xml" {
		t.Errorf("did %s", got)
	}
	entry.SetText("shop")
	s.reads("name a page or a sitemap")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(s.did) != 2 {
		t.Error("looked at what is no address")
	}
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.hides("opens connections")
	if s.w.Canvas().Focused() != fyne.Focusable(s.rows()) {
		t.Error("the keyboard did not go back to the list")
	}
}

func TestWhatComesBackIsSaidWithTheReasons(t *testing.T) {
	s := full(t, wide)
	var refused []string
	for i := range 7 {
		refused = append(refused, fmt.Sprintf("Page %d is behind a login.", i))
	}
	s.page.SetOutcome("5 pages: 1 new.", refused)
	s.reads("5 pages: 1 new.", "– Page 3 is behind a login.", "… and 3 more.")
	s.hides("Page 4")
}

func TestWithoutPagesItSaysWhatToDo(t *testing.T) {
	s := newStage(t, wide)
	s.reads("No pages of your site yet")
	look.Press(t, s.page.Object(), "Bring pages…")
	s.reads("without any connection", "name a page or a sitemap")
	b := look.Find(t, s.page.Object(), func(b *widget.Button) bool { return strings.HasPrefix(b.Text, "Look again") })
	if !b.Disabled() {
		t.Error("it would look at no site")
	}
}

func TestTheListHasTheKeyboardOnceThereArePages(t *testing.T) {
	s := newStage(t, wide)
	s.page.Focus(s.w.Canvas())
	s.page.SetPages(pages(), answers())
	if s.w.Canvas().Focused() != fyne.Focusable(s.rows()) {
		t.Errorf("the keyboard is in %T", s.w.Canvas().Focused())
	}
	box := look.Find[*panes.Box](t, s.page.Object(), nil)
	s.w.Canvas().Focus(box)
	s.page.SetPages(pages(), answers())
	if s.w.Canvas().Focused() != fyne.Focusable(box) {
		t.Error("the keyboard was taken from who is about to type")
	}
}

func TestWhatIsOpenStaysOpen(t *testing.T) {
	s := full(t, wide)
	s.rows().SetChosen(2)
	s.reads("It costs £3.95.")
	s.page.SetPages(pages(), answers())
	s.reads("It costs £3.95.")
}

func TestTheListIsOperatedByKeys(t *testing.T) {
	s := full(t, slim)
	s.w.Canvas().Focus(s.rows())
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
		s.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	s.reads("It costs £3.95.", "Back to the list")
	look.Press(t, s.page.Object(), "Back to the list")
	s.reads("5 pages")
	s.hides("It costs £3.95.")
}

func TestPageKeysScrollWhatIsRead(t *testing.T) {
	s := full(t, wide)
	s.rows().SetChosen(1) // the long one
	s.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	if s.rows().Chosen() != 1 {
		t.Error("the choice walked in place of the text")
	}
}

func TestALatePastIsNotShownOnAnotherPage(t *testing.T) {
	s := full(t, wide)
	s.rows().SetChosen(2) // before the past of the first has come
	s.settle()
	s.reads("It costs £3.95.")
	s.hides("CHANGED SINCE")
}

func TestOnlyWhatIsAnAddressNamesAHost(t *testing.T) {
	s := newStage(t, wide)
	look.Press(t, s.page.Object(), "Bring pages…")
	entry := s.w.Canvas().Focused().(*widgets.Entry)
	for typed, opens := range map[string]bool{"https://example.org": true, "http://example.org/a": true, "ftp://example.org": false, "example.org": false, "https://": false, " ": false} {
		entry.SetText(typed)
		if got := strings.Contains(look.Words(s.page.Object()), "opens connections to example.org,"); got != opens {
			t.Errorf("%q: says so %v", typed, got)
		}
	}
}

func TestALongPageIsCut(t *testing.T) {
	s := newStage(t, wide)
	s.page.SetPages([]assist.WebPage{page("a", "Long", strings.Repeat("A paragraph.\n\n", 2000))}, nil)
	n := strings.Count(look.Words(s.page.Object()), "A paragraph.")
	if n == 0 || n > 200 {
		t.Errorf("%d paragraphs are shown", n)
	}
}

func TestNothingLiesOnAnythingElse(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim, fyne.NewSize(1280, 2400), fyne.NewSize(380, 3000)} {
		s := full(t, size)
		s.settle()
		look.Apart(t, s.page.Object(), size, "the list")
		s.rows().TypedRune('b')
		s.page.SetOutcome("5 pages: 1 new, 0 changed.", []string{strings.Repeat("A long reason. ", 12)})
		look.Apart(t, s.page.Object(), size, "bringing pages")
		s.page.SetOutcome("", nil)
		s.rows().OnOpen(0)
		look.Apart(t, s.page.Object(), size, "reading")
	}
}

func TestGallery(t *testing.T) {
	look.Gallery(t)
	for name, size := range map[string]fyne.Size{"wide": wide, "narrow": slim} {
		s := full(t, size)
		s.settle()
		look.Picture(t, s.w, "site-"+name)
		s.rows().TypedRune('b')
		s.page.SetOutcome("5 pages: 1 new, 1 changed, 3 as before; 0 gone, 1 not read.", []string{"This page is behind a login (https://www.example.org/help/staff)."})
		look.Picture(t, s.w, "site-bring-"+name)
		s.rows().OnOpen(0)
		look.Picture(t, s.w, "site-read-"+name)
		look.Picture(t, newStage(t, size).w, "site-empty-"+name)
	}
}
