package main

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/ui/call"
)

// stage is what a player plays on: the desk, and the page as the rep's hands.
type stage struct {
	desk   *live.Desk
	page   *call.Page
	window fyne.Window
	quit   func()
}

// player plays one call, step by step, as a rep would: it types into the page and
// chooses what the desk offers.
type player struct {
	*program
	pictures      string // folder; empty: none are saved
	pause, letter time.Duration
	key           time.Time // when the last letter was typed
	failed        error
}

// step is one thing that happens in the call, and how the View shows that it did.
type step struct {
	name, says string
	act        func(context.Context, stage)
	want       func(live.View) bool
}

const demoNumber = "+44 7700 900201"

// demoReplies is what the customer says to a question of each kind.
var demoReplies = map[assist.Intelligence]string{
	assist.Competitive:  "The Veldkraft rider, for the seat. Everything else is yours.",
	assist.Market:       "From you mostly; blades I pick up at the market, it is on my way.",
	assist.Relationship: "Well, thank you. The lake hedge has to be done by Easter.",
}

func (pl *player) steps() []step {
	ring := func(p phone.Phase) func(context.Context, stage) {
		return func(_ context.Context, s stage) {
			s.desk.Ring(phone.Ring{ID: "demo", From: demoNumber, Phase: p, At: pl.now()})
		}
	}
	return []step{
		{"ring", "the phone rings and the card pops", ring(phone.Ringing),
			func(v live.View) bool { return v.Card != nil }},
		{"answer", "the rep picks up", ring(phone.Answered),
			func(v live.View) bool { return v.Phase == live.Talking }},
		{"words", "a few words of what the customer says bring the answer",
			func(ctx context.Context, s stage) { pl.types(ctx, "battery only lasts ten minutes", s.page.TypeHeard) },
			func(v live.View) bool { return len(v.Answers.Hits) > 0 }},
		{"open", "the rep opens the first answer",
			func(_ context.Context, s stage) { s.desk.Use(live.Use{Answer: s.desk.View().Answers.Hits[0].ID}) },
			func(v live.View) bool { return v.Open != nil }},
		{"tick", "the rep ticks the first step",
			func(_ context.Context, s stage) { s.desk.Use(live.Use{Step: 1}) },
			func(v live.View) bool { return v.Open != nil && len(v.Open.Steps) > 0 && v.Open.Steps[0].Done }},
		{"say", "it was said: may the customer's words find it next time?",
			func(_ context.Context, s stage) {
				s.desk.Use(live.Use{Answered: live.AnsweredUse{Answer: s.desk.View().Open.ID, Said: true}})
			},
			func(v live.View) bool { return v.Open != nil && v.Open.Said && v.Learn != nil }},
		{"learn", "one key, and from now on they find it",
			func(_ context.Context, s stage) {
				s.desk.Use(live.Use{Learn: live.LearnUse{Words: s.desk.View().Learn.Words}})
			},
			func(v live.View) bool { return v.Learn != nil && v.Learn.Taken }},
		{"ask", "the rep asks one good question",
			func(_ context.Context, s stage) { s.desk.Use(prompted(s, "", false)) },
			func(v live.View) bool { return v.Reply != nil }},
		{"reply", "what the customer says is kept",
			func(ctx context.Context, s stage) {
				pl.types(ctx, demoReplies[s.desk.View().Reply.Intelligence], s.page.TypeReply)
				s.desk.Use(prompted(s, s.desk.View().Reply.Text, true))
			},
			func(v live.View) bool { return v.Reply == nil }},
		{"note", "a note, and in it a promise",
			func(ctx context.Context, s stage) {
				pl.types(ctx, "Battery runs down in ten minutes. I'll call you back on Friday at 3", s.page.TypeNote)
			},
			func(v live.View) bool { return v.Promise != nil && v.Note.Saved }},
		{"promise", "the promise is kept with its day",
			func(_ context.Context, s stage) {
				o := s.desk.View().Promise
				s.desk.Promise(live.PromiseUse{Text: o.Text, Due: o.Due, AllDay: o.AllDay})
			},
			func(v live.View) bool { return len(v.Made) > 0 }},
		{"hang-up", "the customer hangs up", ring(phone.Ended),
			func(v live.View) bool { return v.WrapUp != nil }},
		{"wrap-up", "the call is wrapped up in one key",
			func(_ context.Context, s stage) {
				s.desk.Use(live.Use{WrapUp: live.WrapUpUse{Done: true, Disposition: s.desk.View().WrapUp.Suggested}})
			},
			func(v live.View) bool { return v.Phase == live.Idle }},
		{"again", "the phone rings again: all of it is there",
			func(_ context.Context, s stage) {
				s.desk.Ring(phone.Ring{ID: "demo-again", From: demoNumber, Phase: phone.Ringing, At: pl.now()})
			},
			func(v live.View) bool { return v.Card != nil && len(v.Card.Promises) > 0 }},
	}
}

// prompted asks the first prompt that is offered, or goes on with the one that was
// asked.
func prompted(s stage, said string, final bool) live.Use {
	v := s.desk.View()
	var id assist.ID
	if v.Reply != nil {
		id = v.Reply.Prompt
	} else if len(v.Prompts) > 0 {
		id = v.Prompts[0].Prompt
	}
	return live.Use{Prompt: live.PromptUse{Prompt: id, Reply: assist.ReplyAsked, Said: said, Final: final}}
}

// types lets text grow letter by letter in a box of the page.
func (pl *player) types(ctx context.Context, text string, box func(string)) {
	for i := range text {
		if ctx.Err() != nil {
			return
		}
		pl.key = time.Now()
		fyne.DoAndWait(func() { box(text[:i+1]) })
		wait(ctx, pl.letter)
	}
}

// run plays all steps until the user touches the window. With pictures it quits
// the app at the end.
func (pl *player) run(ctx context.Context, s stage) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if pl.pictures == "" {
		fyne.DoAndWait(func() { s.page.OnTouched = stop })
	} else {
		defer s.quit()
	}
	wait(ctx, time.Second)
	for i, step := range pl.steps() {
		if pl.failed = pl.play(ctx, s, i+1, step); pl.failed != nil || ctx.Err() != nil {
			return
		}
		wait(ctx, pl.pause)
	}
}

func (pl *player) play(ctx context.Context, s stage, i int, step step) error {
	start := time.Now()
	step.act(ctx, s)
	for !step.want(s.desk.View()) {
		if ctx.Err() != nil {
			return nil // taken over
		}
		if time.Since(start) > 30*time.Second {
			return &assist.Fault{What: fmt.Sprintf("step %d of the demo did not happen: %s", i, step.says), Err: context.DeadlineExceeded}
		}
		wait(ctx, time.Millisecond)
	}
	if pl.key.After(start) {
		start = pl.key // typing is the rep's time, not the program's
	}
	took := time.Since(start)
	if pl.pictures == "" {
		fmt.Fprintf(pl.stdout, "%2d  %s\n", i, step.says)
		return nil
	}
	wait(ctx, 300*time.Millisecond) // let the window paint
	name := filepath.Join(pl.pictures, fmt.Sprintf("%02d-%s.png", i, step.name))
	if err := savePicture(s.window, name); err != nil {
		return fmt.Errorf("save the picture of step %d: %w", i, err)
	}
	fmt.Fprintf(pl.stdout, "%2d  %8.1f ms  %-60s %s\n", i, float64(took)/float64(time.Millisecond), step.says, name)
	return nil
}

// savePicture writes what the window shows.
func savePicture(w fyne.Window, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	fyne.DoAndWait(func() { err = png.Encode(f, w.Canvas().Capture()) })
	if err != nil {
		return err
	}
	return f.Close()
}

// wait sleeps, or returns early when ctx ends.
func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
