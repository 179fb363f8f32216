package main

import (
	"context"
	"math/rand/v2"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/storage/replica"
	"ringside/ui/team"
)

// What colleagues say to each other by the way.
const (
	onThePhone = "presence" // Customer is on the phone with who sits there; none: nobody is
	handsOver  = "transfer" // Text is for who takes the customer over
	asksWho    = "who"      // whoever is on the phone says so: the one who asks has not heard it
)

// calls is who is on the phone with whom, as far as it is known here.
type calls struct {
	mine   replica.Live                      // what this desk says
	others map[replica.MemberID]replica.Live // the last that they have said
	passed map[assist.ID]replica.Live        // by customer: who was handed over
	new    chan struct{}
	came   chan struct{} // this desk has come online
	asked  chan struct{} // somebody asks who is on the phone
}

const (
	sayAgain  = 45 * time.Second // while a call goes on
	fades     = 2 * time.Minute  // what was not said again
	passFades = 10 * time.Minute
	gathers   = time.Second // within which those who come are answered together
)

// seeDesk is told of what is on this desk.
func (c *crew) seeDesk(v live.View) {
	say := replica.Live{Kind: onThePhone}
	if v.Card != nil && v.Phase == live.Talking {
		say.Customer, say.Call, say.Text = v.Card.Customer.ID, v.Call, v.Card.Customer.Name
		if v.HandOver != "" {
			say.Kind, say.Text = handsOver, v.HandOver
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls.mine != say {
		c.calls.mine = say
		knock(c.calls.new)
	}
}

// speak tells the colleagues who is on the phone here, until ctx ends. When this desk has
// come online it asks them. Only who is on the phone answers, and a hundred who come
// together once.
func (c *crew) speak(ctx context.Context, rep *replica.Replica) {
	knock(c.calls.new)
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.calls.came:
			tell(ctx, rep, replica.Live{Kind: asksWho})
		case <-c.calls.new:
		case <-c.calls.asked:
			if !c.onPhone() {
				continue
			}
			c.gather(ctx)
		case <-time.After(sayAgain):
		}
		c.mu.Lock()
		mine := c.calls.mine
		c.mu.Unlock()
		if mine.Kind != "" {
			tell(ctx, rep, mine)
		}
	}
}

// gather waits for others who ask too, so that all are answered at once.
func (c *crew) gather(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(gathers/2 + rand.N(gathers/2)):
	}
	select {
	case <-c.calls.asked:
	default:
	}
}

// tell says something to who is there; who is not does not hear it.
func tell(ctx context.Context, rep *replica.Replica, l replica.Live) {
	limited, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	_ = rep.Say(limited, l) // it is said again
}

func (c *crew) onPhone() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.calls.mine.Customer != ""
}

// stands is told how it stands with the carrier.
func (c *crew) stands(s replica.Status) {
	c.mu.Lock()
	came := s.State == replica.Online && !c.online
	c.online = s.State == replica.Online
	c.mu.Unlock()
	if came {
		knock(c.calls.came)
	}
	c.tell()
}

// hear takes in what a colleague says.
func (c *crew) hear(l replica.Live) {
	if l.Kind == asksWho {
		knock(c.calls.asked)
		return
	}
	c.mu.Lock()
	if c.calls.others == nil {
		c.calls.others, c.calls.passed = map[replica.MemberID]replica.Live{}, map[assist.ID]replica.Live{}
	}
	if l.Kind == handsOver {
		c.calls.passed[l.Customer] = l
	}
	c.calls.others[l.From] = l
	c.mu.Unlock()
	c.tell()
}

// busy is what the card of a customer says of colleagues: who is on the phone with them,
// or what was handed over.
func (c *crew) busy(ctx context.Context, customer assist.ID) string {
	c.mu.Lock()
	rep, now := c.rep, c.h.now()
	var said replica.Live
	for _, l := range c.calls.others {
		if l.Customer == customer && now.Sub(l.At) < fades && l.At.After(said.At) {
			said = l
		}
	}
	passed, wasPassed := c.calls.passed[customer]
	c.mu.Unlock()
	if rep == nil || customer == "" {
		return ""
	}
	_, reps, err := c.h.sitting(ctx)
	if err != nil {
		return ""
	}
	who := func(l replica.Live) string {
		roster := rep.Roster()
		m, _ := roster.Member(l.From)
		if name := member(reps, m.Rep).Name; name != "" {
			return name
		}
		return m.Name
	}
	switch {
	case wasPassed && now.Sub(passed.At) < passFades:
		_, words, _ := strings.Cut(passed.Text, "\n") // the first line is who is on the phone: the card says it
		return who(passed) + " passes this call on\n" + words
	case said.Kind == onThePhone:
		return who(said) + " is on the phone with them now"
	}
	return ""
}

// admitEvery is how often an admin's desk looks for desks that want to join, while an
// invitation is open.
const admitEvery = 2 * time.Second

// invite makes an invitation.
func (c *crew) invite(ctx context.Context) error {
	rep, t, _, err := c.present()
	if err != nil {
		return err
	}
	if at := inviteAt(t, rep.Roster()); at != "" {
		return &assist.Fault{What: "this desk cannot let others into the team's server", Do: "Invite at " + at + ", where the team was founded: that desk alone holds what it takes.", Err: assist.ErrInvalid}
	}
	return c.h.perform(ctx, actInvite, func() (int, error) {
		made := team.Invitation{}
		id := ""
		text, words, err := rep.Invite(func(name string, until time.Time) (string, []byte, error) {
			id, made.Expires = name, until
			return guestAccess(t, name, until)
		})
		if err != nil {
			return 0, err
		}
		made.Text, made.Words = text, words
		c.mu.Lock()
		c.invitation, c.invited = made, id
		c.mu.Unlock()
		c.tell()
		return 1, leaveInFolder(t, text)
	})
}

// admit lets desks in that come with an invitation, until ctx ends.
func (c *crew) admit(ctx context.Context, rep *replica.Replica, at replica.Meeting, t *replica.Team) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(admitEvery):
		}
		if !t.Inviting(c.h.now()) {
			continue
		}
		joined, err := rep.Admit(ctx, at, func(m replica.Member) (string, []byte, error) { return memberAccess(t, m) })
		if err != nil || len(joined) == 0 {
			continue // it is looked for again
		}
		c.mu.Lock()
		c.invitation.UsedBy, c.invitation.UsedAt = joined[len(joined)-1].Name, c.h.now()
		c.mu.Unlock()
		c.tell()
	}
}
