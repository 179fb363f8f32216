package call_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/compose/check"
	"ringside/assist/heard"
	"ringside/assist/help"
	"ringside/assist/live"
)

// badNews is a call of somebody to whom we owe a sorry.
func badNews() live.View {
	return with(known(), func(v *live.View) {
		v.Moves = []live.Move{
			{ID: "move.sorry", Kind: "sorry", Text: "Say sorry first, then what we do: ring Mary with a firm day for the two Hedge 300", Why: "promised by Tom Reed, 2 days late"},
			{ID: "move.incident.leeds", Kind: "incident", Text: "Tell them before they ask: “Leeds delivery”. Deliveries are about three days behind.", Why: "it touches them, and they have not heard of it yet; Tom Reed looks after them"},
			{ID: "move.parity", Kind: "parity", Text: "New customers get 20% off the first year of the service plan; they have been with us 15 years and do not have it", Why: "the offer runs until 31 December"}}
		v.Mood, v.Prompts, v.Quiet = assist.Upset, nil, "No questions now: a promise to them is late. Put that right first."
		v.Card.Brief = nil
	})
}

func caught(kind string) live.View {
	return with(known(), func(v *live.View) {
		v.Promise = nil
		v.Catch = &live.Catch{Kind: kind, Intelligence: assist.Competitive, Feeling: assist.Love, About: assist.AboutCompetitor, Subject: "Brackmoor",
			Rep: "Tom Reed", Words: "I love my Brackmoor, it starts first pull every time, even in January"}
		v.Caught = "Kept as relationship  ·  wish"
		v.Honest = &heard.Honest{Name: "Brackmoor", Theirs: []string{"Starts better in the cold", "A shop in every town"}, Ours: []string{"One battery for every tool", "We ring back"}, Source: "verified 3 Nov 2026 by Ewa"}
	})
}

func writing() live.View {
	return with(known(), func(v *live.View) {
		v.Letter = &live.Letter{Kind: compose.LetterLate, To: "mary@shawgardens.example", Subject: "Your two Hedge 300",
			Kinds: []compose.Letter{compose.LetterLate, compose.LetterIncident, compose.LetterCall},
			Body:  "Dear Mary,\n\nI am sorry: I promised to ring you with a firm day for the two Hedge 300 by Tuesday, and I did not.\n\nA refund will be issued shortly.\n\nTom Reed",
			Advice: []check.Advice{{Line: 5, What: "Nobody acts, and no day is named", Better: "I will refund you by Friday 27 November."},
				{Line: 5, What: "A day is missing"}},
			CanPolish: true, Polish: &live.Polish{Text: "Dear Mary,\n\nI am so sorry. I said I would ring by Tuesday, and I did not. You will have it on 31 December.", Done: true,
				Unfounded: []string{"31 December"}, Sources: []string{"the promise", "the letter"}}}
	})
}

func TestWhatToDoFirstIsDoneByKeyAndMouse(t *testing.T) {
	s := stageWith(t, badNews())
	if !s.stands("Say sorry first, then what we do") || !s.stands("Why: promised by Tom Reed, 2 days late") {
		t.Error("the first thing to do, or why, is not on the card")
	}
	s.press(alt(fyne.KeyM))
	if got := s.lastUse(t).Move; got.Move != "move.sorry" || got.Reply != assist.ReplyDone {
		t.Errorf("Alt+M tells %+v", got)
	}
	tapWord(t, s, "Switch off")
	if got := s.lastUse(t).Move; got.Move != "move.sorry" || !got.Off {
		t.Errorf("the button tells %+v", got)
	}
	s.page.SetView(with(badNews(), func(v *live.View) { v.Seq++; v.Moves = nil }))
	n := len(s.uses)
	if s.press(alt(fyne.KeyM)); len(s.uses) != n || s.stands("Say sorry first, then what we do") {
		t.Error("what is done is still there")
	}
}

func TestHowTheyAreIsOneKey(t *testing.T) {
	s := stageWith(t, known())
	s.press(alt(fyne.KeyU))
	s.press(alt(fyne.KeyR))
	if len(s.uses) != 2 || s.uses[0].Mood != assist.Upset || s.uses[1].Mood != assist.Hurried {
		t.Errorf("told %+v", s.uses)
	}
	s.page.SetView(with(known(), func(v *live.View) { v.Seq++; v.Phase = live.Wrapping }))
	if s.press(alt(fyne.KeyU)); len(s.uses) != 2 {
		t.Error("a mood after the call")
	}
}

func TestWhatWasHeardIsKeptWithOneKey(t *testing.T) {
	s := stageWith(t, caught(live.CatchInsight))
	for _, c := range []struct {
		key  fyne.KeyName
		want live.CatchUse
	}{{fyne.KeyG, live.CatchUse{Intelligence: true}}, {fyne.KeyF, live.CatchUse{Feeling: true}},
		{fyne.KeyB, live.CatchUse{About: true}}, {fyne.KeyK, live.CatchUse{Keep: true}}} {
		if s.press(alt(c.key)); s.lastUse(t).Catch != c.want {
			t.Errorf("Alt+%s tells %+v", c.key, s.lastUse(t).Catch)
		}
	}
	if !s.stands("about Brackmoor") || !s.stands("Frankly: Brackmoor and us") || !s.stands("Kept as relationship") {
		t.Error("the subject, the honest card or what was kept is not shown")
	}
	s.page.SetView(with(caught(live.CatchPraise), func(v *live.View) { v.Seq++ }))
	if !s.stands("PRAISE FOR Tom Reed") || s.stands("no feeling") {
		t.Error("praise looks like an insight")
	}
	s.page.SetView(with(promising(), func(v *live.View) { v.Seq += 2; v.Catch = caught(live.CatchInsight).Catch }))
	if s.stands("about Brackmoor") {
		t.Error("two offers at once below the note")
	}
	n := len(s.uses)
	for _, k := range []fyne.KeyName{fyne.KeyK, fyne.KeyG, fyne.KeyF, fyne.KeyB} {
		if s.press(alt(k)); len(s.uses) != n {
			t.Errorf("Alt+%s changes what nobody sees: %+v", k, s.lastUse(t).Catch)
		}
	}
}

func TestALetterIsWrittenChangedAndSent(t *testing.T) {
	s := stageWith(t, known())
	s.press(alt(fyne.KeyE))
	if !s.lastUse(t).Letter.Open {
		t.Fatalf("Alt+E tells %+v", s.lastUse(t))
	}
	var copied, to, body string
	s.page.OnCopy = func(text string) { copied = text }
	s.page.OnMail = func(t, _, b string) { to, body = t, b }
	v := writing()
	s.page.SetView(v)
	s.press(alt(fyne.KeyE))
	if copied != v.Letter.Body || !s.stands("Copied") {
		t.Errorf("copied %q", copied)
	}
	tapWord(t, s, "Mail")
	if to != v.Letter.To || body != v.Letter.Body {
		t.Errorf("mailed to %q: %q", to, body)
	}
	tapWord(t, s, "How the trouble stands")
	if got := s.lastUse(t).Letter; got.Kind != compose.LetterIncident {
		t.Errorf("the kind tells %+v", got)
	}
	tapWord(t, s, "Say it so")
	if got := s.lastUse(t).Letter; got.Better != 1 {
		t.Errorf("the advice tells %+v", got)
	}
	tapWord(t, s, "Take this text")
	if got := s.lastUse(t).Letter; !got.Take {
		t.Errorf("the model's text tells %+v", got)
	}
	if !s.stands("check before you send: 31 December") {
		t.Error("a day that the model made up is not marked")
	}
	s.press(alt(fyne.KeyP))
	if !s.lastUse(t).Letter.Polish {
		t.Errorf("Alt+P tells %+v", s.lastUse(t))
	}
	s.key(fyne.KeyEscape)
	if !s.lastUse(t).Letter.Close {
		t.Errorf("Esc tells %+v", s.lastUse(t))
	}
}

func TestWithoutAModelNothingOffersToPolish(t *testing.T) {
	s := stageWith(t, with(writing(), func(v *live.View) { v.Letter.CanPolish, v.Letter.Polish = false, nil }))
	if s.stands("Polish") || s.stands("Show what is sent") {
		t.Error("a model is offered that is not there")
	}
	s.press(alt(fyne.KeyP))
	if s.press(alt(fyne.KeyQ)); len(s.uses) != 0 {
		t.Errorf("told %+v", s.uses)
	}
}

func TestWhoCanHelpIsAsked(t *testing.T) {
	s := stageWith(t, known())
	s.press(alt(fyne.KeyY))
	if !s.lastUse(t).Help.Make {
		t.Fatalf("Alt+Y tells %+v", s.lastUse(t))
	}
	s.page.SetView(with(known(), func(v *live.View) {
		v.Seq++
		v.Helpers = &live.Helpers{Who: []help.Helper{{Rep: "priya", Name: "Priya Nair", Why: "answered it 7 times, helped 5"}}}
	}))
	if !s.stands("PRIYA NAIR") || !s.stands("answered it 7 times") {
		t.Error("who can help is not shown")
	}
	if s.key(fyne.KeyEscape); !s.lastUse(t).Help.Close {
		t.Errorf("Esc tells %+v", s.lastUse(t))
	}
}

func TestKeysWithNothingToActOnTellNothing(t *testing.T) {
	for name, v := range map[string]live.View{"idle": {Phase: live.Idle, Who: live.Nobody}, "ringing": with(known(), func(v *live.View) {
		v.Phase, v.Moves, v.Catch = live.Ringing, nil, nil
	}), "wrap-up": with(wrapping(), func(v *live.View) { v.Moves, v.Catch = nil, nil })} {
		s := stageWith(t, v)
		for _, k := range []fyne.KeyName{fyne.KeyM, fyne.KeyP, fyne.KeyQ, fyne.KeyG, fyne.KeyF, fyne.KeyB} {
			if s.press(alt(k)); len(s.uses) != 0 {
				t.Errorf("%s, Alt+%s: %+v", name, k, s.uses)
				s.uses = nil
			}
		}
	}
	s := stageWith(t, live.View{Phase: live.Idle, Who: live.Nobody})
	for _, k := range []fyne.KeyName{fyne.KeyK, fyne.KeyE, fyne.KeyU, fyne.KeyR} {
		if s.press(alt(k)); len(s.uses) != 0 {
			t.Errorf("idle, Alt+%s: %+v", k, s.uses)
			s.uses = nil
		}
	}
}

func TestAChoiceNamesTheCallThatIsShown(t *testing.T) {
	s := stageWith(t, known())
	if s.press(alt(fyne.KeyU)); s.in != s.page.View().Call || s.in == "" {
		t.Errorf("told for %q", s.in)
	}
}

func TestALongLetterStaysWhatTheRepTypes(t *testing.T) {
	s := stageWith(t, writing())
	long := strings.Repeat("word ", 1000)
	s.page.SetView(with(writing(), func(v *live.View) { v.Seq++; v.Letter.Body = long }))
	var copied string
	s.page.OnCopy = func(text string) { copied = text }
	if s.press(alt(fyne.KeyE)); copied != long {
		t.Errorf("%d letters of %d", len(copied), len(long))
	}
}
