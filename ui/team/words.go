package team

import (
	"fmt"
	"strings"
	"time"

	"ringside/ui/say"
)

// SignWords is the sign for the window's frame, and whether it needs an eye; empty while
// sync is off.
func SignWords(s State, now time.Time) (text string, warn bool) {
	if s.removed() {
		return "Not in the team", true
	}
	switch s.Sign {
	case AllHere:
		return "All here", false
	case Waiting:
		return say.Thousands(s.Waiting) + " waiting", false
	case Offline:
		return "Offline since " + since(s.Since, now), true
	}
	return "", false
}

// since is a time as short as it can be said: "9:12", "yesterday", "3 Nov".
func since(t, now time.Time) string {
	switch day := say.Day(t, now); {
	case day == "today":
		return clock(t.In(now.Location()))
	case day == "yesterday":
		return day
	default:
		return t.In(now.Location()).Format("2 Jan")
	}
}

func clock(t time.Time) string { return strings.TrimPrefix(t.Format("15:04"), "0") }

// when is a day and a time: "today, 9:12".
func when(t, now time.Time) string {
	t = t.In(now.Location())
	return say.Day(t, now) + ", " + clock(t)
}

// stands says in a sentence how it stands, and since when.
func stands(s State, now time.Time) string {
	from := " since " + when(s.Since, now) + "."
	if s.Since.IsZero() {
		from = "."
	}
	if s.removed() {
		return "This desk was removed from the team. It keeps what it has, sends nothing and gets nothing. To come back, leave the team below, and join it by a new invitation."
	}
	switch s.Sign {
	case Waiting:
		return say.Count(s.Waiting, "change") + " of this desk waiting to be sent" + from
	case Offline:
		words := "Offline" + from + " You work on as always; what you write is sent as soon as there is a way."
		if s.Waiting > 0 {
			words += " " + say.Count(s.Waiting, "change") + " waiting."
		}
		return words
	}
	return "All here" + from + " What was written here is sent, and what the others sent is here."
}

// whose names a device as people do: by its rep, else by its own name.
func whose(d Device) string {
	switch {
	case d.Me:
		return "this computer"
	case d.Rep != "":
		return d.Rep + "’s computer"
	}
	return d.Name
}

// deviceWords say where a device is.
func deviceWords(d Device, now time.Time) string {
	var parts []string
	if d.Me {
		parts = append(parts, "this computer")
	}
	if d.Admin {
		parts = append(parts, "admin")
	}
	switch {
	case d.Removed:
		parts = append(parts, "removed: it reads nothing new")
	case d.Me:
	case d.Here:
		parts = append(parts, "here now")
	case d.Last.IsZero():
		parts = append(parts, "not here yet")
	default:
		parts = append(parts, "last here "+when(d.Last, now))
	}
	if d.Behind > 0 && !d.Removed {
		parts = append(parts, say.Thousands(d.Behind)+" behind")
	}
	return say.Capital(strings.Join(parts, "  ·  "))
}

// The clocks of healthy computers differ by less than clockSlack. Changes stamped later
// than clockAhead from now cannot win and wait.
const (
	clockSlack = 2 * time.Minute
	clockAhead = 10 * time.Minute
)

// clockWords warn of a clock that is wrong; empty while it is right.
func clockWords(d Device) string {
	off := d.ClockOff
	if d.Removed || off.Abs() < clockSlack {
		return ""
	}
	clock, writes := "The clock of "+whose(d)+" is ", "their changes wait"
	if d.Me {
		writes = "your changes wait"
	}
	switch {
	case off > clockAhead:
		return clock + span(off) + " ahead: " + writes + " until it is put right."
	case off > 0:
		return clock + span(off) + " ahead. Nothing waits for it, but its times are wrong."
	}
	return clock + span(-off) + " behind. Nothing waits for it, but its times are wrong."
}

// span is a length of time in the unit that fits: "a year", "3 hours".
func span(d time.Duration) string {
	const day = 24 * time.Hour
	for _, u := range []struct {
		long     time.Duration
		one, few string
	}{{365 * day, "a year", "years"}, {30 * day, "a month", "months"}, {day, "a day", "days"}, {time.Hour, "an hour", "hours"}} {
		if n := int((d + u.long/10) / u.long); n == 1 {
			return u.one
		} else if n > 1 {
			return fmt.Sprint(n, " ", u.few)
		}
	}
	return say.Count(int(d/time.Minute), "minute")
}

// invitationWords say whether an invitation can still be used.
func invitationWords(i Invitation, now time.Time) string {
	switch {
	case i.UsedBy != "":
		return "Used by " + i.UsedBy + ", " + when(i.UsedAt, now) + ". It cannot be used again."
	case !now.Before(i.Expires):
		return "It has expired, " + when(i.Expires, now) + ". Nobody has used it."
	}
	return "It works once, until " + when(i.Expires, now) + "."
}

// erasedWords say how far an erasure has come.
func erasedWords(e Erased) string {
	if e.Confirmed >= e.Of {
		return fmt.Sprintf("%s: erased on all %d devices.", e.Customer, e.Of)
	}
	return fmt.Sprintf("%s: confirmed by %d of %d devices. The others erase it when they are here again.", e.Customer, e.Confirmed, e.Of)
}

// PacketWords say when a packet left, and how much it is.
func PacketWords(of Packet, now time.Time) string {
	what := say.Count(of.Writes, "change")
	if of.Body == nil {
		what = "Who is in the team"
	}
	parts := []string{say.Capital(when(of.At, now)), what, say.Thousands(len(of.Sealed)) + " bytes"}
	if of.Again {
		parts = append(parts, "sealed anew")
	}
	if of.Waiting {
		parts = append(parts, "waits to be sent")
	}
	return strings.Join(parts, "  ·  ")
}

// InvitedAt says at which desk invitations are made, of a State that has one.
func InvitedAt(s State) string {
	return "Invitations are made at " + s.InviteAt + ", where the team was founded: that desk alone holds what lets others into the server. Who is in the team can be decided here too."
}
