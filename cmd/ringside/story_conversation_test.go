package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/glance"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/storage/secret"
)

// hasMove reports whether something of this kind is to be done.
func hasMove(v live.View, kind string) bool {
	return slices.ContainsFunc(v.Moves, func(m live.Move) bool { return m.Kind == kind })
}

// TestAnUpsetCustomerIsToldSorryAndAMonthLaterThanked is the story of two calls: a late
// promise inside an incident, with an upset customer, and the call when all of it is put
// right.
func TestAnUpsetCustomerIsToldSorryAndAMonthLaterThanked(t *testing.T) {
	r := sampleRig(t)
	r.run("ring", "0113 496 0123", "--id", "one", "--name", "Shaw Gardens", "--state", "answered")
	r.waitTitle("Mary Shaw")
	r.press("alt+u")
	v := r.sees("she is upset", func(v live.View) bool { return v.Mood == assist.Upset && hasMove(v, ask.Sorry) })
	if v.Moves[0].Kind != ask.Sorry || v.Moves[1].Kind != ask.Incident || len(v.Prompts) != 0 || v.Quiet == "" || hasMove(v, ask.Thanks) {
		t.Errorf("first %+v, questions %+v, why not %q", v.Moves, v.Prompts, v.Quiet)
	}
	r.press("alt+e")
	v = r.sees("the letter stands at once", func(v live.View) bool { return v.Letter != nil })
	if sorry := strings.Index(strings.ToLower(v.Letter.Body), "sorry"); sorry < 0 || len(v.Letter.Advice) > 0 {
		t.Errorf("the letter says %q, advice %+v", v.Letter.Body, v.Letter.Advice)
	}
	r.press("Escape")
	r.sees("the letter is closed", func(v live.View) bool { return v.Letter == nil })
	r.press("alt+m")
	r.sees("sorry was said", func(v live.View) bool { return !hasMove(v, ask.Sorry) })
	r.press("alt+m")
	r.sees("the news was told", func(v live.View) bool { return !hasMove(v, ask.Incident) })
	r.press("ctrl+j")
	r.write("Very cross. I'll ring her tomorrow at 10")
	r.sees("the promise is offered", func(v live.View) bool { return v.Promise != nil })
	r.press("ctrl+p")
	r.sees("the promise is kept", func(v live.View) bool { return len(v.Made) == 1 })
	r.press("alt+4")
	r.picture("the incident page")
	r.press("alt+3")
	r.picture("the promise list")
	r.press("alt+1")
	r.press("ctrl+Return")
	r.sees("wrap-up", func(v live.View) bool { return v.WrapUp != nil })
	r.press("ctrl+Return")
	r.sees("the desk is free", func(v live.View) bool { return v.Phase == live.Idle })
	r.kill()

	r.putRight("mary-shaw")
	r.env = append(r.env, ahead+"=744h")
	r.start()
	r.ringAt(phone.Ring{ID: "two", From: "0113 496 0123", Name: "Shaw Gardens", Phase: phone.Answered, At: time.Now().Add(744 * time.Hour)})
	v = r.sees("a month later", func(v live.View) bool { return v.Card != nil && len(v.Prompts) > 0 })
	if !hasMove(v, ask.Thanks) || hasMove(v, ask.Sorry) || hasMove(v, ask.Incident) || v.Quiet != "" {
		t.Errorf("a month later: %+v, quiet %q", v.Moves, v.Quiet)
	}
	for v.Moves[0].Kind != ask.Thanks {
		r.press("alt+m")
		first := v.Moves[0].ID
		v = r.sees("the next thing to do", func(v live.View) bool { return len(v.Moves) > 0 && v.Moves[0].ID != first })
	}
	r.press("alt+m")
	r.sees("she was thanked", func(v live.View) bool { return !hasMove(v, ask.Thanks) })
	r.press("alt+a")
	r.sees("the question was asked", func(v live.View) bool { return v.Reply != nil })
	r.write("We love the quiet of the new mower at the care home")
	r.press("Return")
	v = r.sees("her answer is on her card", func(v live.View) bool { return v.Reply == nil && v.Catch != nil })
	known := func(v live.View) bool {
		return slices.ContainsFunc(v.Card.Known, func(f live.Fact) bool { return strings.Contains(f.Text, "quiet of the new mower") })
	}
	if !known(v) {
		t.Errorf("known: %+v", v.Card.Known)
	}
	r.press("alt+k")
	r.sees("and kept as an insight", func(v live.View) bool { return v.Catch == nil && v.Caught != "" })
	r.press("ctrl+f")
	r.write("care home")
	r.sees("it is found", func(v live.View) bool {
		return slices.ContainsFunc(v.Found, func(f glance.Found) bool { return strings.Contains(f.Title+f.Text, "care home") })
	})
	r.press("alt+3")
	r.wait("the ledger", func() bool { return r.view().Phase == live.Talking })
	r.picture("the ledger")
	out := r.run("export", "--format", "jsonl", "--to", "-")
	for _, want := range []string{`"feeling":"love"`, "quiet of the new mower", `"prompt":"move.thanks"`, `"mood":"upset"`} {
		if !strings.Contains(out, want) {
			t.Errorf("the export lacks %s", want)
		}
	}
}

// ringAt tells the app of a call at a time of its own: the command of the command line
// knows the true time only.
func (r *rig) ringAt(call phone.Ring) {
	r.Helper()
	client, err := handoff.Find(r.data)
	if err == nil {
		err = client.Ring(context.Background(), call)
	}
	if err != nil {
		r.Fatal(err)
	}
}

// putRight keeps every promise to a customer and closes all incidents, as colleagues do
// while the app is closed.
func (r *rig) putRight(customer assist.ID) {
	r.Helper()
	r.inHouse(func(ctx context.Context, h *house) error {
		p, err := h.db.Profile(ctx, customer)
		if err != nil {
			return err
		}
		var records []assist.Record
		for _, q := range p.Promises {
			q.Kept = time.Now()
			records = append(records, q)
		}
		for _, i := range p.Incidents {
			i.Closed = time.Now()
			records = append(records, i)
		}
		return h.db.Save(ctx, records...)
	})
}

// inHouse does something to the data folder while the app is closed.
func (r *rig) inHouse(do func(context.Context, *house) error) {
	r.Helper()
	ctx := context.Background()
	h, err := openHouseWith(ctx, r.data, time.Now, secret.Options{NoKeychain: true})
	if err == nil {
		err = errors.Join(do(ctx, h), h.Close())
	}
	if err != nil {
		r.Fatal(err)
	}
}
