package phone

import (
	"slices"

	"ringside/assist/settings"
)

// Mine tells the rep's own calls from those of others. The zero Mine takes them all.
type Mine struct {
	groups bool
	keys   []string
}

// NewMine reads the numbers that the rep calls their own, as Parse reads them.
func NewMine(s settings.Phone, region string) Mine {
	m := Mine{groups: s.Groups}
	for _, raw := range s.Mine {
		m.keys = append(m.keys, Parse(raw, region).Keys()...)
	}
	return m
}

// Takes reports whether a call is for this rep: their own number was dialled, or none
// is known, or they want calls to others too. A call to a queue or a group is theirs
// when their own phone says that it was answered; what a telephone system tells of
// everybody's calls is no such word.
func (m Mine) Takes(r Ring, region string) bool {
	if m.groups || len(m.keys) == 0 || r.To == "" {
		return true
	}
	for _, k := range Parse(r.To, region).Keys() {
		if slices.Contains(m.keys, k) {
			return true
		}
	}
	return r.Phase == Answered && r.Source != FromLAN
}
