package heard

import "ringside/assist"

// sign is how a sentence shows that it speaks of the market.
type sign struct {
	begin    [][]string      // one of these
	notYours bool            // not "your prices"
	mine     bool            // "our business"
	behind   map[string]bool // and one of these, within a few words; nil for nothing more
	within   int
	why      string
}

var signs = []sign{
	{begin: phrasesOf("everyone", "everybody", "nobody", "no one", "people", "most people", "lots of people", "folk", "the lads", "the young ones", "young people",
		"younger people", "my neighbours", "our neighbours", "the neighbours", "of my neighbours", "of our neighbours", "my friends", "our clients", "my clients",
		"our customers", "my customers", "half my clients", "half our clients", "half of our street", "half the street", "half the village", "our street", "the whole street"),
		behind: set("buying buys buy wants want wanting asks ask asking going switching switch ordering paying spending using use prefer prefers bothers bother rid giving does doing"),
		within: 5, why: "says what others do"},
	{begin: phrasesOf("prices", "costs"), notYours: true,
		behind: set("up down roof rise risen rising fall fallen falling dropped drop dropping higher lower doubled soaring climbing crazy silly mad sky sensible daft off"),
		within: 6, why: "speaks of prices"},
	{begin: phrasesOf("shop", "store", "shops", "garden centre", "garden centres"), notYours: true, behind: set("closed closes closing opened shut"), within: 4, why: "tells of a shop"},
	{begin: phrasesOf("spending less", "spending more", "cutting back", "tightening our belts"), why: "says what they spend"},
	{begin: phrasesOf("business", "trade"), mine: true, behind: set("quiet slow busy booming down dead good bad"), within: 3, why: "says how business is"},
}

// ofMarket reads what moves in the market: what others buy, prices, where people shop.
func ofMarket(p plainOf, f felt, ok bool) *Insight {
	why := ""
	for i := range p.w {
		for _, s := range signs {
			if why == "" && s.at(p, i) {
				why = s.why
			}
		}
	}
	if why == "" && shopsElsewhere(p) {
		why = "says where they buy"
	}
	if why == "" {
		return nil
	}
	out := &Insight{Intelligence: assist.Market, Why: why}
	if ok && !f.refused {
		out.Feeling = f.feeling
	}
	return out
}

func (s sign) at(p plainOf, i int) bool {
	for _, b := range s.begin {
		if !p.has(i, b...) || s.notYours && p.word(i-1) == "your" || s.mine && !p.any(i-2, i, possessives) {
			continue
		}
		end := i + len(b)
		if s.behind == nil || p.any(end, end+s.within, s.behind) || owning[p.word(end)] && p.spoken(end, lately) {
			return true
		}
	}
	return false
}

var (
	lately    = set("any anymore now days nowadays")
	habits    = set("always usually mostly most now only often days everything all")
	buying    = set("buy buys shop shops order orders get gets")
	elsewhere = phrasesOf("online", "secondhand", "second hand", "ebay", "amazon", "auction", "auctions", "abroad", "car boot", "at the market")
)

// shopsElsewhere reports whether it is somebody's habit to buy otherwise than from us.
func shopsElsewhere(p plainOf) bool {
	for i, w := range p.w {
		if buying[w] && p.any(0, i, persons) && !p.any(0, i, refusals) && p.spoken(0, habits) && p.anyOf(i+1, elsewhere) {
			return true
		}
	}
	return false
}
