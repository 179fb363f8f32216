package search

// figures say how a score came about: the sum of words, learned and meaning, times
// all others.
func (c candidate) figures(now int64) []Figure {
	s, d := c.in, c.doc
	out := []Figure{{"words", float64(c.words)}}
	add := func(name string, value, neutral float32) {
		if value != neutral {
			out = append(out, Figure{name, float64(value)})
		}
	}
	add("learned", weightLearned*c.learned, 0)
	add("meaning", weightMeaning*c.meaning, 0)
	add("product", s.fitting(s.ix.of[d]), 1)
	add("stale", s.staleTimes(d, now), 1)
	add("draft", s.draftTimes(d), 1)
	add("open with them", c.about, 1)
	return out
}
