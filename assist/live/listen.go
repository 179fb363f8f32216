package live

import "time"

// wordsRest notes that the rep has typed: when the keys have come to rest, the words are
// read for what they say of names, moods and feelings.
func (t *talk) wordsRest(text string) {
	t.latest, t.resting = text, time.Now().Add(pause)
}

// listen reads what was typed last, in the note, in a reply or in the box.
func (d *Desk) listen(t *talk) {
	t.resting = time.Time{}
	d.advise(t)
}
