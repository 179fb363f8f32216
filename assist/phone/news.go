package phone

import (
	"time"

	"ringside/assist"
)

// News is one piece of news from a phone, and what the desk made of it. It is for
// people who want to see whether their phone is heard.
type News struct {
	Ring  Ring
	Heard time.Time // by the desk
	Fate  Fate
	Call  assist.ID // of the desk; empty when it is about none
	// Title is who the call is from, as the desk calls them: a name, else a number. It
	// may come a moment later.
	Title string
	Known bool // Title is a customer
}

// Fate is what became of a piece of news.
type Fate string

// What the desk makes of news.
const (
	Came       Fate = "a call came"
	WentOn     Fate = "the call went on"
	ToldBefore Fate = "told before"
	TooLate    Fate = "too late: the call is over"
	TooMany    Fate = "more calls ring than anybody can take"
	NotMine    Fate = "not for this desk"
	Off        Fate = "the phone is not listened to"
)
