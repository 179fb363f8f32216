package search

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// subject is what a query is about, as far as the products of a part go.
type subject struct {
	owned, named  []int32
	spotted       []spot
	sureOfSpot    float32 // how surely a product was spoken of; 0 when none was
	owns, isNamed bool    // the query owns or names any product at all
	about         []aboutText
}

// spot is a product whose name was spoken.
type spot struct {
	product int32
	times   float32
}

// aboutText is a text of what is open, as terms of a part.
type aboutText struct {
	text  string
	stems []int32
	all   float32
}

// findSubject finds the products of the query in every part. The product that was
// named last is what the talk is about now.
func (f *finding) findSubject() {
	var all []mention
	for _, s := range f.parts {
		all = append(all, s.ix.names.find(f.q.Earlier)...)
	}
	for i := range all {
		all[i].at -= math.MaxInt32 // before all that Text says
	}
	for _, s := range f.parts {
		all = append(all, s.ix.names.find(f.q.Text)...)
	}
	spotted, sure := weighMentions(all)
	for _, s := range f.parts {
		s.subject = subject{owns: len(f.q.Products) > 0, isNamed: len(f.q.Named) > 0, sureOfSpot: sure,
			owned: s.ix.productsOf(f.q.Products), named: s.ix.productsOf(f.q.Named)}
		for _, t := range spotted {
			if p, ok := s.ix.products[t.key]; ok {
				s.subject.spotted = append(s.subject.spotted, spot{p, t.share})
			}
		}
		s.readAbout(f.q.About)
	}
}

// weighMentions returns each mentioned product once, with what its answers are
// multiplied by as share, and how surely the latest is meant.
func weighMentions(all []mention) (times []mention, sure float32) {
	if len(all) == 0 {
		return nil, 0
	}
	latest := slices.MaxFunc(all, func(x, y mention) int {
		if d := x.at - y.at; d > 2 || d < -2 {
			return d
		}
		return cmp.Or(cmp.Compare(x.weight, y.weight), cmp.Compare(x.at, y.at), cmp.Compare(y.key, x.key))
	})
	for _, m := range all {
		m.share = 1 - (1-timesMentioned)*(2-m.share)
		if m.key == latest.key {
			m.share = 1
		}
		at, ok := slices.BinarySearchFunc(times, m, func(x, m mention) int { return cmp.Compare(x.key, m.key) })
		if !ok {
			times = slices.Insert(times, at, m)
		}
		times[at].share = max(times[at].share, m.share)
	}
	return times, latest.proper
}

func (ix *part) productsOf(names []string) (out []int32) {
	for _, n := range names {
		if p, ok := ix.products[productKey(n)]; ok {
			out = append(out, p)
		}
	}
	return out
}

// times returns by how much products, age and drafts change the score of an answer.
// It is never more than 1.
func (s *scratch) times(d int32, now int64) float32 {
	return s.fitting(s.ix.of[d]) * s.staleTimes(d, now) * s.draftTimes(d)
}

func (s *scratch) staleTimes(d int32, now int64) float32 {
	if now > s.ix.staleAt[d] {
		return timesStale
	}
	return 1
}

func (s *scratch) draftTimes(d int32) float32 {
	if s.ix.answers[d].Draft {
		return timesDraft
	}
	return 1
}

// fitting says how well an answer of these products fits what the query is about.
func (s *scratch) fitting(products []int32) float32 {
	u := &s.subject
	switch {
	case u.isNamed && len(products) == 0:
		return timesGeneral
	case u.isNamed && anyIn(products, u.named):
		return 1
	case u.isNamed:
		return timesNotNamed
	case len(products) == 0 && u.owns:
		return timesGeneral
	case len(products) == 0:
		return 1 - (1-timesGeneral)*u.sureOfSpot
	}
	times := float32(1)
	if u.owns && !anyIn(products, u.owned) {
		times = timesOther
	}
	if u.sureOfSpot > 0 {
		best := 1 - (1-timesUnspotted)*u.sureOfSpot
		for _, p := range u.spotted {
			if slices.Contains(products, p.product) {
				best = max(best, p.times)
			}
		}
		times *= best
	}
	return times
}

func anyIn(products, list []int32) bool {
	return slices.ContainsFunc(products, func(p int32) bool { return slices.Contains(list, p) })
}

// readAbout reads what is open with the customer, up to mostAbout words in all.
func (s *scratch) readAbout(texts []string) {
	ix, left := s.ix, mostAbout
	for _, text := range texts {
		a := aboutText{text: text}
		ix.eachWord(text[:min(len(text), mostBytes)], func(bytes []byte) {
			switch w, ok := ix.words[string(bytes)]; {
			case !ok && !ix.isStop(string(bytes)):
				a.all += rarity(0, ix.size)
			case ok && !ix.stop[w] && len(a.stems) < left && !slices.Contains(a.stems, ix.stemOf[w]):
				a.stems = append(a.stems, ix.stemOf[w])
				a.all += ix.idf[ix.stemOf[w]]
			}
		})
		if left -= len(a.stems); len(a.stems) > 0 {
			s.subject.about = append(s.subject.about, a)
		}
	}
}

// about returns by how much an answer is raised because it speaks of what is open,
// and the text that does it.
func (s *scratch) about(d int32) (times float32, text string) {
	times = 1
	for _, a := range s.subject.about {
		share, words := float32(0), 0
		for _, t := range a.stems {
			if s.has(d, t) {
				share += s.ix.idf[t] / a.all
				words++
			}
		}
		least := float32(leastAbout)
		if words < 2 {
			least = leastAboutAlone
		}
		if by := 1 + timesAbout*share; share >= least && by > times {
			times, text = by, a.text
		}
	}
	return times, text
}

func unixOf(now time.Time) int64 {
	if now.IsZero() {
		return math.MinInt64
	}
	return now.Unix()
}
