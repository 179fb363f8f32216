package call_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// shown returns all texts of the page as one string.
func (s *stage) shown() string {
	var b strings.Builder
	all := walker{scrolled: true}
	far := areaOf(fyne.NewPos(-10000, -10000), fyne.NewSize(30000, 30000))
	all.walk(s.win.Content(), fyne.Position{}, far, far)
	for _, w := range all.words {
		b.WriteString(w.text + "\n")
	}
	return b.String()
}

func TestALateViewNeverOverwritesTyping(t *testing.T) {
	s := stageWith(t, known())
	s.page.TypeHeard("charged twice for my order")
	s.page.TypeNote("A newer note")
	s.page.SetView(with(known(), func(v *live.View) { v.Seq++; v.Heard = "charged"; v.Note.Text = "A newer" }))
	if got := s.shown(); !strings.Contains(got, "charged twice for my order") || !strings.Contains(got, "A newer note") {
		t.Errorf("the page shows:\n%s", got)
	}
	if n := len(s.notes); n != 1 {
		t.Errorf("a View was reported as typing: %q", s.notes)
	}
}

func TestAnotherCallBringsItsOwnWords(t *testing.T) {
	s := stageWith(t, known())
	s.page.TypeNote("For Mary")
	s.page.SetView(with(known(), func(v *live.View) { v.Call, v.Note.Text, v.Heard = "c2", "For Tom", "parcel" }))
	got := s.shown()
	if !strings.Contains(got, "For Tom") || !strings.Contains(got, "parcel") || strings.Contains(got, "For Mary") {
		t.Errorf("the page shows:\n%s", got)
	}
	if len(s.notes) != 1 || len(s.heard) != 0 {
		t.Errorf("restored words were reported as typed: %q %q", s.notes, s.heard)
	}
}

func TestNoteSaysKeptOnlyWhenTheseWordsAre(t *testing.T) {
	s := stageWith(t, known())
	if !strings.Contains(s.shown(), "\nkept\n") {
		t.Fatal("a note that is saved is not said to be kept")
	}
	s.page.TypeNote("newer")
	if !strings.Contains(s.shown(), "keeping …") {
		t.Error("a newer note is said to be kept")
	}
	s.page.SetView(with(known(), func(v *live.View) { v.Note = live.NoteState{Text: "newer", Saved: true} }))
	if !strings.Contains(s.shown(), "\nkept\n") {
		t.Error("the note was saved and is not said to be")
	}
}

func TestARingTakesNoKeyboardFromWhoTypes(t *testing.T) {
	s := open(t, sizes["wide"], theme.Light)
	s.page.SetView(live.View{At: now, Phase: live.Idle})
	s.press(ctrl(fyne.KeyK))
	s.typed("0113")
	before := s.win.Canvas().Focused()
	s.page.SetView(known())
	if s.win.Canvas().Focused() != before {
		t.Error("the ring took the keyboard")
	}
	s.win.Canvas().Unfocus()
	s.page.SetView(with(known(), func(v *live.View) { v.Call = "c2" }))
	if e, ok := s.win.Canvas().Focused().(*widgets.Entry); !ok || e.Text != "charged twice" {
		t.Error("with the keyboard free, the ring did not go to the answer box")
	}
}

func TestTouchedTellsRealKeysFromTheDemos(t *testing.T) {
	s := stageWith(t, known())
	touched := 0
	s.page.OnTouched = func() { touched++ }
	s.page.TypeHeard("late")
	s.page.TypeNote("x")
	s.page.SetView(wrapping())
	if touched != 0 {
		t.Fatalf("the page's own typing counts as touched %d times", touched)
	}
	s.press(ctrl(fyne.KeyJ))
	s.typed("a")
	if touched < 2 {
		t.Errorf("a shortcut and a letter counted %d times", touched)
	}
	touched = 0
	tapWord(t, s, "Answered")
	if touched == 0 {
		t.Error("a press of the mouse does not count")
	}
}

func TestEveryStateSaysWhatItHasToSay(t *testing.T) {
	s := open(t, sizes["wide"], theme.Light)
	want := map[string][]string{
		"no-call":            {"Ready", "KEYS", "Start the call"},
		"unfinished":         {"NOT FINISHED", "Mary Shaw", "go on"},
		"ringing-known":      {"Mary Shaw", "Ringing", "Answered", "15 years in March: thank Mary"},
		"ringing-unknown":    {"+44 20 7946 0991", "nobody we know has this number", "New customer"},
		"ringing-looking":    {"+44 20 7946 0991", "looking for whose number this is"},
		"ringing-withheld":   {"No number came", "New customer"},
		"ringing-several":    {"Who is calling?", "Mary Shaw", "Peter Shaw", "New customer"},
		"talking":            {"Refund of the second charge", "2 days late", "Incident: Leeds", "What do you use for the high hedges now?", "Alt+X", "Wrap up", "Ctrl+Enter", "Ctrl+5"},
		"answer-open":        {"1. Open the order and compare", "✓ done", "Close", "https://help.example/charged-twice"},
		"reply-and-promise":  {"A PROMISE?", "Friday 27 November, 3 pm", "3 in the afternoon?", "ASKED", "PROMISED IN THIS CALL"},
		"two-calls":          {"Tom Reed", "Next call", "Ctrl+Tab"},
		"nothing-fits":       {"Nothing in the library fits", "I'll find out", "Ctrl+I"},
		"dim":                {"Weak matches: read before you speak."},
		"found":              {"PEOPLE", "Peter Shaw", "Shaw Gardens, Leeds · last contact yesterday · spelt like 'Shaw'", "COMPANIES", "NOTES", "PROMISES", "QUESTIONS TO ASK"},
		"found-and-dim":      {"Weak matches", "PEOPLE", "NOTES"},
		"found-nothing-fits": {"PEOPLE", "Nothing in the library fits", "Ctrl+I"},
		"peek":               {"A NOTE", "Peter Shaw", "noted on 3 Nov by Ana Ruiz", "The trimmer smokes"},
		"learn":              {"FIND THIS ANSWER BY THESE WORDS, TOO?", "they took it two times", "Alt+L", "✓ Said it", "✓ Helped", "Wrong", "Alt+W"},
		"learn-long":         {"Send to the trainers"},
		"learned":            {"From now on this finds it, too: “they took it two times"},
		"draft":              {"A draft: nobody has agreed to these words yet", "A draft ·"},
		"trouble":            {"the disk is full"},
		"wrap-up":            {"How did it come out?", "Promise made", "Wrong number", "Done", "Put away"},
		"wrap-up-teaches":    {"2 questions had no answer: kept for the trainers", "Do not keep", "Alt+Z", "Make this an answer", "Alt+I"},
		"wrap-up-taught":     {"✓ Waits for the trainers as a new answer: “do you lend a trimmer while mine is mended”"},
		"warned":             {"For you only: not for saying aloud", "Flagged as wrong today by Tom Reed: “The second one", "Not verified for 40 days: check", "Our site says something else since 3 Nov", "Billing, and Accounts, Sales", "ask Priya Nair · while they are away, Sam Cole", "The customer may just have read this on our site: “Why do I see two charges?”", "Flagged as wrong yesterday by Ana Ruiz"},
		"flagging":           {"FLAGGED. WHICH SENTENCE IS WRONG?", "If it is still there on Thursday", "6", "Done"},
		"flagging-chosen":    {"FLAGGED. WHICH SENTENCE IS WRONG?"},
		"passing-on":         {"FOR THE COLLEAGUE WHO TAKES OVER", "Passed on by Tom Reed", "Copy", "Alt+T", "Save as a file…"},
		"bad-news":           {"Say sorry first", "promised by Tom Reed", "Alt+M", "Switch off", "a promise to them is late", "Upset", "Alt+U"},
		"heard":              {"HEARD: KEEP IT AS AN INSIGHT?", "competitive", "love", "about Brackmoor", "Alt+K", "WHERE THEY ARE BETTER", "WHERE WE ARE"},
		"praise":             {"PRAISE FOR Tom Reed", "Pass it on"},
		"letter":             {"WRITE TO mary@shawgardens.example", "How the trouble stands", "Copy", "They know it now", "THE MODEL SAYS", "Take this text"},
		"who-can-help":       {"WHO CAN HELP", "PRIYA NAIR", "SAM COLE"},
		"undisturbed":        {"Do not disturb: who rings waits here.", "Ring again", "Alt+D", "Ringing"},
		"long-names":         {"…"},
		"forty-promises":     {"Promise number 4 to be kept", "and 36 more"},
		"no-data":            {"Jo Bloggs", "Nothing is known of them yet"},
		"cjk":                {"山田 太郎"},
		"right-to-left":      {"مريم الشامي"},
	}
	for _, st := range states() {
		s.page.SetView(st.view)
		got := strings.ReplaceAll(s.shown(), "\n", " ")
		for _, w := range want[st.name] {
			if !strings.Contains(got, w) {
				t.Errorf("%s does not say %q; it says:\n%s", st.name, w, got)
			}
		}
		if len(want[st.name]) == 0 {
			t.Errorf("nobody said what %s has to say", st.name)
		}
	}
}

func TestAllPromisesCanBeSeen(t *testing.T) {
	s := stageWith(t, forty())
	s.page.Key(&fyne.KeyEvent{Name: fyne.KeyF2})
	if got := s.shown(); !strings.Contains(got, "Promise number 40") || !strings.Contains(got, "Show fewer") {
		t.Error("F2 does not show the fortieth promise")
	}
}

func TestEarlierContactsComeWithAllTheRest(t *testing.T) {
	s := stageWith(t, known())
	if strings.Contains(s.shown(), "Ordered two Hedge 300") {
		t.Fatal("the second contact takes room on a full card")
	}
	s.page.Key(&fyne.KeyEvent{Name: fyne.KeyF2})
	if !strings.Contains(s.shown(), "Ordered two Hedge 300") {
		t.Error("F2 does not show the second contact")
	}
}

func TestWordsFromTheRightStandAtTheRight(t *testing.T) {
	s := open(t, sizes["narrow"], theme.Light)
	s.page.SetView(other("مريم الشامي", "x", "y", "z"))
	for _, w := range s.words() {
		if w.text == "مريم الشامي" && w.area.x2 < 330 {
			t.Errorf("the name ends at %v of 360", w.area.x2)
		}
	}
}

func TestANoteHasAnEndAndSaysSo(t *testing.T) {
	s := stageWith(t, with(known(), func(v *live.View) { v.Note.Text = "" }))
	s.page.TypeNote(strings.Repeat(strings.Repeat("x", 49)+"\n", 201))
	if got := s.notes; len(got) != 1 || len(got[0]) != 10_000 {
		t.Errorf("%d notes were told, not one of 10,000 letters", len(got))
	}
	if !strings.Contains(s.shown(), "This note is full") {
		t.Error("nobody says that the note is full")
	}
	s.page.TypeNote("short")
	if strings.Contains(s.shown(), "This note is full") {
		t.Error("a note with room is said to be full")
	}
}

func TestLettersInABoxAreLetters(t *testing.T) {
	s := stageWith(t, several())
	s.press(ctrl(fyne.KeyJ))
	s.typed("/2")
	if n := len(s.notes); n == 0 || s.notes[n-1] != "/2" {
		t.Errorf("the note is %q", s.notes)
	}
	s.press(ctrl(fyne.KeyF))
	s.typed("2 saws")
	if n := len(s.heard); n == 0 || s.heard[n-1] != "2 saws" || len(s.uses) != 0 {
		t.Errorf("heard %q, used %+v", s.heard, s.uses)
	}
}
