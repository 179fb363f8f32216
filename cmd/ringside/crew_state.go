package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/storage"
	"ringside/storage/replica"
	"ringside/ui/say"
	"ringside/ui/team"
)

// state is how it stands with the team, for people.
func (c *crew) state(ctx context.Context) (team.State, error) {
	c.mu.Lock()
	rep, t, fault, invitation := c.rep, c.team, c.fault, c.invitation
	c.mu.Unlock()
	if rep == nil {
		return c.unable(fault)
	}
	s, address := rep.Status(), addressOf(t)
	me, reps, err := c.h.sitting(ctx)
	if err != nil {
		return team.State{}, err
	}
	roster := rep.Roster()
	out := team.State{Sign: signOf(s), Since: s.Since, Name: roster.Team, Carrier: address, Waiting: s.Waiting, Invitation: invitation,
		Devices: devicesOf(s, t.Self(), reps), Refused: refusedOf(s)}
	self, _ := roster.Member(t.Self())
	out.MayGovern = self.Admin && curate.May(me, reps, curate.Govern)
	if out.MayGovern {
		out.InviteAt = inviteAt(t, roster)
	}
	if s.Waiting > 0 || s.Err != nil || fault != nil {
		out.Unsent = []team.Unsent{unsentOf(s, fault)}
	}
	for _, e := range s.Erasures {
		out.Erasures = append(out.Erasures, team.Erased{Customer: "erased " + e.At.Local().Format("2 January 15:04"), Confirmed: len(e.Confirmed), Of: len(e.Confirmed) + len(e.Open)})
	}
	if out.Clashes, err = c.clashes(ctx, reps); err != nil {
		return team.State{}, err
	}
	return out, nil
}

// unable is the state of a desk whose part in a team does not run.
func (c *crew) unable(fault error) (team.State, error) {
	if fault == nil {
		return team.State{}, nil
	}
	t, err := replica.OpenTeam(c.h.dir, c.h.drawer.Key)
	if errors.Is(err, os.ErrNotExist) {
		return team.State{}, nil
	}
	if err != nil {
		return team.State{}, err
	}
	return team.State{Sign: team.Offline, Since: c.h.now(), Carrier: addressOf(t), Unsent: []team.Unsent{{What: "Nothing is sent or taken in", Why: fault.Error(), Since: c.h.now()}}}, nil
}

func addressOf(t *replica.Team) string {
	address, _ := t.Carrier()
	if dir, ok := strings.CutPrefix(address, folderAddress); ok {
		return dir
	}
	return address
}

func signOf(s replica.Status) team.Sign {
	switch {
	case s.State != replica.Online:
		return team.Offline
	case s.Waiting > 0:
		return team.Waiting
	}
	return team.AllHere
}

func unsentOf(s replica.Status, fault error) team.Unsent {
	u := team.Unsent{What: fmt.Sprintf("%d changes", s.Waiting), Why: "They are on their way", Since: s.Since}
	if s.Waiting == 1 {
		u.What = "One change"
	}
	if err := errors.Join(fault, s.Err); err != nil {
		u.Why = err.Error()
	}
	if s.Waiting == 0 {
		u.What = "Nothing waits to be sent"
	}
	return u
}

// here is how long after a desk was last heard it still counts as here: it says so every
// minute.
const here = 150 * time.Second

func devicesOf(s replica.Status, self replica.MemberID, reps []assist.Rep) (out []team.Device) {
	for _, m := range s.Members {
		d := team.Device{ID: string(m.ID), Name: m.Name, Rep: member(reps, m.Rep).Name, Me: m.ID == self, Admin: m.Admin, Last: m.Seen,
			Behind: int(m.Behind), ClockOff: m.Ahead, Removed: !m.Left.IsZero()}
		d.Here = d.Me || time.Since(m.Seen) < here && !d.Removed
		out = append(out, d)
	}
	return out
}

func refusedOf(s replica.Status) (out []team.Refused) {
	for _, r := range s.Refused {
		why := r.Why
		if r.Count > 1 {
			why = fmt.Sprintf("%s (%d times)", why, r.Count)
		}
		out = append(out, team.Refused{Why: why, From: deskName(s, r.Member), At: r.When})
	}
	return out
}

// deskName is the name of a desk; of one that is none of the team's, its id.
func deskName(s replica.Status, id replica.MemberID) string {
	for _, m := range s.Members {
		if m.ID == id {
			return m.Name
		}
	}
	return string(id)
}

// clashes are what two desks wrote at once, for people.
func (c *crew) clashes(ctx context.Context, reps []assist.Rep) (out []team.Clash, err error) {
	list, err := c.h.db.Clashes(ctx)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		what, err := c.called(ctx, x.Of)
		if err != nil {
			return nil, err
		}
		out = append(out, team.Clash{ID: clashID(x), What: what, Field: say.Field(x.Of.Type, x.Field), Ours: inWords(x.Ours), Theirs: inWords(x.Theirs),
			OursBy: "This desk", TheirsBy: member(reps, x.By).Name, At: x.At})
	}
	return out, nil
}

func clashID(x storage.Clash) string {
	return strings.Join([]string{string(x.Of.Type), string(x.Of.ID), x.Field, x.Part}, "/")
}

// called is what a record is called.
func (c *crew) called(ctx context.Context, of assist.Ref) (string, error) {
	versions, err := c.h.db.History(ctx, of.Type, of.ID)
	if err != nil {
		return "", err
	}
	if name := nameIn(versions[0].Record); name != "" {
		return string(of.Type) + ": " + name, nil
	}
	return string(of.Type), nil
}

// nameIn is what a record calls itself; empty when it has no words for that.
func nameIn(r assist.Record) string {
	v := reflect.ValueOf(r)
	if v.Kind() != reflect.Struct {
		return ""
	}
	for _, name := range []string{"Name", "Title", "Text", "What"} {
		if f := v.FieldByName(name); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
			return f.String()
		}
	}
	return ""
}

// inWords shows the value of a field as people read it: a list line by line, what has parts
// as its parts.
func inWords(raw json.RawMessage) string {
	var text string
	var list, parts []json.RawMessage
	switch {
	case string(raw) == "null" || json.Unmarshal(raw, &text) == nil:
		if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
			return at.Local().Format("2 January 2006, 15:04:05")
		}
		return text
	case json.Unmarshal(raw, &list) == nil:
		return joined(list, "\n")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return string(raw)
	}
	for d.More() { // in the order in which they are written
		var part json.RawMessage
		if _, err := d.Token(); err != nil || d.Decode(&part) != nil {
			return string(raw)
		}
		parts = append(parts, part)
	}
	return joined(parts, ", ")
}

func joined(values []json.RawMessage, by string) string {
	var out []string
	for _, v := range values {
		if words := inWords(v); words != "" {
			out = append(out, words)
		}
	}
	return strings.Join(out, by)
}

// settle decides a clash: ours or theirs counts from now on, on every desk.
func (c *crew) settle(ctx context.Context, id string, ours bool) error {
	c.h.editing.Lock()
	defer c.h.editing.Unlock()
	list, err := c.h.db.Clashes(ctx)
	if err != nil {
		return err
	}
	for _, x := range list {
		if clashID(x) == id {
			return c.h.db.Settle(ctx, x, ours)
		}
	}
	return nil // somebody wrote the field since
}
