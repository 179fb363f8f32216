package search

import "slices"

// postings say which answers have a term, and how much of the term's rarity it
// brings to each: by term, then by answer. Two lists take less memory than one of
// pairs, and a share in sixteen bits orders as well as one in thirty-two.
type postings struct {
	start   []uint32 // by term, and one more: where its answers begin
	answers []int32
	shares  []uint16 // of 1, in steps of wholeShare
}

const wholeShare = 1<<16 - 1

// of returns the answers that have a term, and its shares in them.
func (p *postings) of(term int32) (answers []int32, shares []uint16) {
	from, to := p.start[term], p.start[term+1]
	return p.answers[from:to], p.shares[from:to]
}

// share returns which share of its rarity a term brings to an answer.
func (p *postings) share(term, answer int32) (float32, bool) {
	answers, shares := p.of(term)
	at, ok := slices.BinarySearch(answers, answer)
	if !ok {
		return 0, false
	}
	return float32(shares[at]) / wholeShare, true
}

// often returns how many answers have a term.
func (p *postings) often(term int32) int { return int(p.start[term+1] - p.start[term]) }
