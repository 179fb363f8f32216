package setup_test

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
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/setup"
	"ringside/ui/widgets"
)

// files is an importer of files that exist only here.
type files struct {
	picture setup.Picture
	lookErr error
	outcome setup.Outcome
	runErr  error
	hold    chan struct{} // Run waits for it, or for the end of its context
	ran     setup.Chosen
}

func (f *files) Look(_ context.Context, _ string, c setup.Chosen) (setup.Picture, error) {
	p := f.picture
	p.Columns = append([]setup.Column(nil), p.Columns...)
	for i, col := range p.Columns {
		if m, ok := c.Meanings[col.Name]; ok {
			p.Columns[i].Meaning, p.Columns[i].Ask, p.Columns[i].Sure = m, false, true
		}
	}
	if c.MonthFirst != nil {
		p.Date = ""
	}
	return p, f.lookErr
}

func (f *files) Run(ctx context.Context, _ string, c setup.Chosen, progress func(int, int)) (setup.Outcome, error) {
	f.ran = c
	progress(400, f.picture.Rows)
	if f.hold != nil {
		select {
		case <-f.hold:
		case <-ctx.Done():
			return setup.Outcome{Imported: 400}, ctx.Err()
		}
	}
	return f.outcome, f.runErr
}

func crm() *files {
	f := &files{picture: setup.Picture{
		Kind: "a table (CSV, Windows-1252, separated by semicolons)", Rows: 1234,
		Meanings: []string{"name", "first name", "phone", "mobile", "e-mail", "customer since", "note", "left out"},
		KeepOut:  "left out", AsNote: "note", Date: "3/4/2019",
		Columns: []setup.Column{
			{Name: "Full Name", Samples: []string{"Mary Shaw", "דנה לוי"}, Meaning: "name", Sure: true},
			{Name: "Tel. (privat)", Samples: []string{"0113 496 0123", "+44 7700 900123"}, Meaning: "phone"},
			{Name: "Customer since", Samples: []string{"3/4/2019", "7/9/2020"}, Meaning: "customer since", Sure: true},
			{Name: "Cust Ref 2", Samples: []string{"A-77", "B-12"}, Meaning: "not recognised", Ask: true},
			{Name: "Lieblingsgartengerät der Kundin oder des Kunden (bitte ausfüllen)", Samples: []string{strings.Repeat("Heckenschere ", 9)}, Meaning: "not recognised", Ask: true},
		},
	}, outcome: setup.Outcome{Imported: 1204, Merged: 18, Unchanged: 9}}
	for i := range 40 {
		r := setup.Refusal{Line: 1200 - i*7, Reason: "no name, no number and no e-mail address"}
		if i%3 == 0 {
			r.Column, r.Reason = "Tel. (privat)", "“ask Tom” is not a number"
		}
		f.outcome.Refused = append(f.outcome.Refused, r)
	}
	return f
}

type importing struct {
	t     *testing.T
	page  *setup.Import
	w     fyne.Window
	queue chan func()
}

func newImport(t *testing.T, f *files, size fyne.Size) *importing {
	t.Helper()
	i := &importing{t: t, queue: make(chan func(), 16)}
	i.page = setup.NewImport(f, func(do func()) { i.queue <- do })
	i.page.OnSaveReport = func(string, setup.Outcome) {}
	i.w = window(t, i.page.Object(), size)
	return i
}

// until runs what comes back from beside the window until the words are seen.
func (i *importing) until(words string) {
	i.t.Helper()
	limit := time.After(10 * time.Second)
	for !strings.Contains(look.Words(i.page.Object()), words) {
		select {
		case do := <-i.queue:
			do()
		case <-limit:
			i.t.Fatalf("%q never came; there is:\n%s", words, look.Words(i.page.Object()))
		}
	}
}

func (i *importing) press(words string) {
	i.t.Helper()
	look.Press(i.t, i.page.Object(), words)
}

func (i *importing) see(words ...string) {
	i.t.Helper()
	look.Reads(i.t, i.page.Object(), words...)
}

func TestImportShowsWhatAFileIsBeforeItDoesAnything(t *testing.T) {
	app(t)
	i := newImport(t, crm(), wide)
	i.see("Drop a file here")
	i.page.Open("/home/mary/crm export.csv")
	i.see("crm export.csv", "Looking at the file…")
	i.until("This is a table (CSV, Windows-1252, separated by semicolons), with 1,234 customers.")
	i.see("Full Name", "“Mary Shaw”", "please check", "please say", "3 questions first.")
	if b := look.Find(t, i.page.Object(), func(b *widget.Button) bool { return b.Text == "Import 1,234 customers" }); !b.Disabled() {
		t.Error("can import with open questions")
	}
}

func TestQuestionsAreAnsweredThenTheImportRuns(t *testing.T) {
	app(t)
	f := crm()
	i := newImport(t, f, wide)
	var done int
	i.page.OnDone = func(n int) { done = n }
	i.page.Open("/x/crm.csv")
	i.until("The file has dates like 3/4/2019")
	i.press("The month")
	i.see("What is “Cust Ref 2”?", "(1 more to answer)")
	i.press("Keep it out")
	i.see("What is “Lieblingsgarten", "One question first.")
	i.press("Keep as a note")
	i.until("Change what is wrong")
	i.press("Import 1,234 customers")
	i.until("1,204 customers came in")
	i.see("18 added to customers who were here", "9 unchanged", "40 rows or values not taken", "whole row", "one value", "line 927", "no name, no number and no e-mail address", "Tel. (privat)")
	if f.ran.MonthFirst == nil || !*f.ran.MonthFirst || f.ran.Meanings["Cust Ref 2"] != "left out" || len(f.ran.Meanings) != 2 {
		t.Errorf("ran with %+v", f.ran)
	}
	i.press("Done")
	if done != 1222 {
		t.Errorf("done with %d, want 1,222", done)
	}
	i.see("Drop a file here")
}

func TestMeaningOfAColumnCanBeChanged(t *testing.T) {
	app(t)
	f := crm()
	f.picture.Columns, f.picture.Date = f.picture.Columns[:3], ""
	i := newImport(t, f, wide)
	i.page.Open("/x/crm.csv")
	i.until("Change what is wrong")
	look.Find(t, i.page.Object(), func(s *widget.Select) bool { return s.Selected == "phone" }).SetSelected("mobile")
	look.Hides(t, i.page.Object(), "please check")
	i.press("Import")
	i.until("came in")
	if len(f.ran.Meanings) != 1 || f.ran.Meanings["Tel. (privat)"] != "mobile" {
		t.Errorf("ran with %+v", f.ran)
	}
}

func TestRunningImportShowsProgressAndCanBeStopped(t *testing.T) {
	app(t)
	f := crm()
	f.picture.Columns, f.picture.Date, f.hold = nil, "", make(chan struct{})
	i := newImport(t, f, wide)
	i.page.Open("/x/people.vcf")
	i.until("Import 1,234 customers")
	i.press("Import 1,234 customers")
	i.until("400 of 1,234 rows")
	i.page.Open("/x/other.csv")
	i.see("people.vcf")
	i.press("Stop")
	i.until("You stopped the import")
	i.see("400 customers came in")
}

func TestUnreadableFileIsOneSentenceAndAnotherTry(t *testing.T) {
	app(t)
	f := crm()
	f.lookErr = &assist.Fault{What: "this is an Excel workbook", Where: "customers.xlsx", Do: "Save it as CSV UTF-8 and bring that", Err: errors.New("zip")}
	i := newImport(t, f, slim)
	i.page.Open("/x/customers.xlsx")
	i.until("This is an Excel workbook (customers.xlsx). Save it as CSV UTF-8 and bring that.")
	i.see("Choose a file…")
	look.Apart(t, i.page.Object(), slim, "unreadable")
}

func TestFailureInTheMiddleSaysWhatStays(t *testing.T) {
	app(t)
	f := crm()
	f.picture.Columns, f.picture.Date, f.runErr = nil, "", &assist.Fault{What: "the disk is full", Do: "Make room"}
	i := newImport(t, f, wide)
	i.page.Open("/x/people.vcf")
	i.until("Import 1,234")
	i.press("Import 1,234")
	i.until("The disk is full. Make room.")
	i.see("What had come in stays")
}

func TestReportIsHandedOverInTheOrderOfTheFile(t *testing.T) {
	app(t)
	f := crm()
	f.picture.Columns, f.picture.Date = nil, ""
	i := newImport(t, f, wide)
	var got setup.Outcome
	i.page.OnSaveReport = func(file string, o setup.Outcome) { got = o }
	i.page.Open("/x/people.vcf")
	i.until("Import 1,234")
	i.press("Import 1,234")
	i.until("Save this report…")
	i.press("Save this report…")
	if len(got.Refused) != 40 || got.Refused[0].Line != 927 || got.Refused[39].Line != 1200 {
		t.Errorf("got %d refused, first %+v", len(got.Refused), got.Refused[0])
	}
}

func TestManyRefusalsMakeOnlyTheRowsInSight(t *testing.T) {
	app(t)
	f := crm()
	f.picture.Columns, f.picture.Date = nil, ""
	for n := range 10_000 {
		f.outcome.Refused = append(f.outcome.Refused, setup.Refusal{Line: n + 2000, Reason: "empty"})
	}
	i := newImport(t, f, wide)
	i.page.Open("/x/people.vcf")
	i.until("Import 1,234")
	i.press("Import 1,234")
	i.until("10,040 rows or values not taken")
	rows := 0
	look.Walk(i.page.Object(), func(o fyne.CanvasObject, _, _ look.Area) {
		if _, ok := o.(*panes.Row); ok {
			rows++
		}
	})
	if rows == 0 || rows > 20 {
		t.Errorf("%d rows", rows)
	}
}

func TestPathCanBeTyped(t *testing.T) {
	app(t)
	i := newImport(t, crm(), wide)
	i.page.Focus(i.w.Canvas())
	box := look.Find[*widgets.Entry](t, i.page.Object(), nil)
	test.Type(box, " /x/typed.csv ")
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	i.until("with 1,234 customers")
	i.see("typed.csv")
}

func TestImportByKeysAlone(t *testing.T) {
	app(t)
	f := crm()
	i := newImport(t, f, wide)
	i.page.Open("/x/crm.csv")
	i.until("3 questions first.")
	for range 4 {
		pressed, ok := i.w.Canvas().Focused().(*widget.Button)
		if !ok {
			t.Fatalf("the keyboard is at %T", i.w.Canvas().Focused())
		}
		pressed.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	}
	i.until("came in")
	if b, ok := i.w.Canvas().Focused().(*widget.Button); !ok || b.Text != "Done" {
		t.Errorf("in the end the keyboard is at %v", i.w.Canvas().Focused())
	}
	if f.ran.MonthFirst == nil || *f.ran.MonthFirst || f.ran.Meanings["Cust Ref 2"] != "note" {
		t.Errorf("ran with %+v", f.ran)
	}
}

func TestWhatATeamHadBeforeComesInTheSameWay(t *testing.T) {
	app(t)
	f := crm()
	f.picture = setup.Picture{Kind: "a table", KeepOut: "left out", Meanings: []string{"date", "value", "left out"}, Amounts: "Is 1,234 more than a thousand?",
		Columns: []setup.Column{{Name: "Ordered", Samples: []string{"3/4/2019"}, Meaning: "date", Ask: true, May: "date"}, {Name: "Paid", Samples: []string{"4/4/2019"}, Meaning: "date", Ask: true, May: "date"}}}
	f.outcome = setup.Outcome{Imported: 2, Merged: 1, Also: "1 without a customer"}
	i := newImport(t, f, wide)
	i.press("Orders")
	i.see("Bring your orders", "Bring the customers first")
	i.page.Open("/x/orders.csv")
	i.until("with orders.")
	i.see("Is 1,234 more than a thousand? What stands before the pence?", "Is “Ordered” the date? Another column could be it.", "3 questions first.")
	f.picture.Amounts = ""
	i.press("A comma")
	f.picture.Rows, f.picture.Would, f.picture.Date = 1200, "900 would be new.", "3/4/2019"
	test.Tap(i.button("Yes, it is"))
	i.until("Which comes first?")
	if b := i.button("The day"); i.w.Canvas().Focused() != b {
		t.Errorf("the keyboard is at %v", i.w.Canvas().Focused())
	}
	i.press("The day")
	i.until("This is a table, with 1,200 orders. 900 would be new.")
	i.press("Import 1,200 orders")
	i.until("2 orders came in")
	i.see("1 now have their customer", "1 without a customer")
	if f.ran.Kind != setup.Orders || f.ran.Comma == nil || !*f.ran.Comma || f.ran.Meanings["Ordered"] != "date" || f.ran.Meanings["Paid"] != "left out" {
		t.Errorf("ran with %+v", f.ran)
	}
}

// button returns the button with these words.
func (i *importing) button(words string) *widget.Button {
	i.t.Helper()
	return look.Find(i.t, i.page.Object(), func(b *widget.Button) bool { return b.Text == words })
}

func TestAnotherKindLooksAtTheFileAnew(t *testing.T) {
	app(t)
	i := newImport(t, crm(), wide)
	i.page.Open("/x/calls.csv")
	i.until("1,234 customers.")
	i.press("Calls")
	i.see("calls.csv", "Looking at the file…")
	i.until("1,234 calls.")
}

func TestAChoiceThatCannotBeReadCanBeMended(t *testing.T) {
	app(t)
	f := crm()
	f.picture.Date, f.picture.Columns = "", f.picture.Columns[:3]
	i := newImport(t, f, wide)
	i.page.Open("/x/orders.csv")
	i.until("Change what is wrong")
	f.lookErr = &assist.Fault{What: "no column was recognised as the date"}
	choose := look.Find(t, i.page.Object(), func(s *widget.Select) bool { return s.Selected == "name" })
	choose.SetSelected("left out")
	i.until("No column was recognised as the date")
	if !i.button("Import 1,234 customers").Disabled() {
		t.Error("what cannot be read can be imported")
	}
	f.lookErr = nil
	look.Find(t, i.page.Object(), func(s *widget.Select) bool { return s.Selected == "left out" }).SetSelected("name")
	i.until("Change what is wrong")
	for len(i.queue) > 0 || strings.Contains(look.Words(i.page.Object()), "No column") {
		(<-i.queue)()
	}
	if i.button("Import 1,234 customers").Disabled() {
		t.Error("it cannot be imported, though it can be read again")
	}
}

// states walks through the import and calls at in each state.
func states(t *testing.T, size fyne.Size, at func(state string, i *importing)) {
	f := crm()
	f.hold = make(chan struct{})
	i := newImport(t, f, size)
	at("choose", i)
	f.lookErr = &assist.Fault{What: "this is an Excel workbook", Where: "customers.xlsx", Do: "Save it as CSV UTF-8 and bring that"}
	i.page.Open("/x/customers.xlsx")
	i.until("Excel workbook")
	at("unreadable", i)
	f.lookErr = nil
	i.page.Open("/home/mary/crm export of all the customers we ever had in the north.csv")
	i.until("3 questions")
	at("ask", i)
	i.press("The day")
	at("ask2", i)
	i.press("Keep it out")
	i.press("Keep it out")
	i.until("Change what is wrong")
	at("ready", i)
	i.press("Import 1,234")
	i.until("400 of")
	at("running", i)
	close(f.hold)
	i.until("came in")
	at("done", i)
}

func TestImportOverlapsNowhere(t *testing.T) {
	app(t)
	for _, size := range []fyne.Size{wide, slim, tiny} {
		states(t, size, func(state string, i *importing) {
			look.Apart(t, i.page.Object(), size, fmt.Sprint(size, " ", state))
		})
	}
}

func TestImportGallery(t *testing.T) {
	look.Gallery(t)
	app(t)
	for name, size := range map[string]fyne.Size{"wide": wide, "narrow": slim} {
		states(t, size, func(state string, i *importing) { look.Picture(t, i.w, "import-"+state+"-"+name) })
	}
}

func TestTheImportCanBeLeftBeforeAFileIsChosen(t *testing.T) {
	app(t)
	i := newImport(t, crm(), wide)
	var left []int
	i.page.OnDone = func(n int) { left = append(left, n) }
	look.Press(t, i.page.Object(), "Back")
	i.page.Open("/x/crm.csv")
	i.until("3 questions first.")
	look.Press(t, i.page.Object(), "Back")
	i.see("Drop a file here")
	if len(left) != 2 || left[0] != 0 || left[1] != 0 {
		t.Errorf("left with %v", left)
	}
}

func TestKeysOfTheWindowReachItFromABox(t *testing.T) {
	app(t)
	i := newImport(t, crm(), wide)
	var heard fyne.KeyName
	i.w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { heard = ev.Name })
	box := look.Find[*widgets.Entry](t, i.page.Object(), nil)
	i.w.Canvas().Focus(box)
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if heard != fyne.KeyF1 {
		t.Errorf("the window heard %q", heard)
	}
}
