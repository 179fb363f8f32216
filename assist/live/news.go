package live

import (
	"slices"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

const mostNews = 50

// News is one piece of news from a phone, and what the desk made of it. It is for
// people who want to see whether their phone is heard.
type News struct {
	Ring  phone.Ring
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
	PhoneOff   Fate = "the phone is not listened to"
)

// newsroom keeps the latest news, the newest last.
type newsroom struct {
	mu   sync.Mutex
	list []News
}

// News returns the latest news from phones, the newest first, at most 50. It may be
// called from any goroutine.
func (d *Desk) News() []News {
	d.news.mu.Lock()
	defer d.news.mu.Unlock()
	out := slices.Clone(d.news.list)
	slices.Reverse(out)
	return out
}

// add keeps one piece of news; t is nil when it is about no call of the desk.
func (r *newsroom) add(n News, t *talk) {
	if t != nil {
		n.Call, n.Title, n.Known = t.call.ID, t.title(), t.known()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.list) == mostNews {
		r.list = slices.Delete(r.list, 0, 1)
	}
	r.list = append(r.list, n)
}

// name says who the calls' news are about, when that has become known.
func (r *newsroom) name(t *talk) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.list {
		if r.list[i].Call == t.call.ID {
			r.list[i].Title, r.list[i].Known = t.title(), t.known()
		}
	}
}
