package live

import (
	"slices"
	"sync"

	"ringside/assist/phone"
)

const mostNews = 50

// newsroom keeps the latest news, the newest last.
type newsroom struct {
	mu   sync.Mutex
	list []phone.News
}

// News returns the latest news from phones, the newest first, at most 50. It may be
// called from any goroutine.
func (d *Desk) News() []phone.News {
	d.news.mu.Lock()
	defer d.news.mu.Unlock()
	out := slices.Clone(d.news.list)
	slices.Reverse(out)
	return out
}

// add keeps one piece of news; t is nil when it is about no call of the desk.
func (r *newsroom) add(n phone.News, t *talk) {
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
