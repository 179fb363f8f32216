package stay

import (
	"cmp"
	"fmt"
	"slices"
)

// Worth is how recently, how often and for how much somebody bought: recency, frequency
// and monetary value, each from 1 to 5 (Arthur M. Hughes, “Strategic Database Marketing”,
// 1994; a comparison with models is in Bult and Wansbeek, “Optimal Selection for Direct
// Mail”, Marketing Science 14, 1995). Of recency and frequency our thresholds are fixed,
// so that a score means the same next year:
//
//   - Recency: the last order within 30, 90, 180 or 365 days is 5, 4, 3 or 2; older is 1.
//   - Frequency: 12, 6, 3 or 2 orders in 365 days are 5, 4, 3 or 2; fewer are 1.
//   - Value is the fifth, as in Hughes, among those who bought in the same currency in the
//     last 730 days: 5 is the fifth that brought most. Money back is taken off. Among
//     fewer than 10 such customers it is 0: not enough yet.
//
// Whoever never bought has the zero Worth. With several currencies, it is the one of most
// orders that counts.
type Worth struct {
	Recency, Frequency, Value int
	Net                       int64 // in 730 days, in the smallest unit of the currency
	Currency                  string
	How                       string
}

const worthDays = 2 * yearDays

// worth is what orders say of somebody; money -1 when they never bought.
type worth struct {
	money           int32
	last            day
	bought, inYear  int
	net             int64
	value, ofBuyers int
}

func (s settled) worth(today day) worth {
	w := worth{money: -1}
	count := map[int32]int{}
	for _, o := range s.orders {
		if o.value < 0 {
			continue
		}
		w.bought++
		w.last = o.at
		if today-o.at < yearDays {
			w.inYear++
		}
		count[o.money]++
		if c := count[w.money]; w.money < 0 || count[o.money] > c || count[o.money] == c && o.money < w.money {
			w.money = o.money
		}
	}
	for _, o := range s.orders {
		if o.money == w.money && today-o.at < worthDays {
			w.net += o.value
		}
	}
	return w
}

// worths returns the worth of each, with fifths by currency.
func (t *Tally) worths(here []settled) []worth {
	out := make([]worth, len(here))
	byMoney := map[int32][]int{}
	for i, s := range here {
		if len(s.orders) == 0 {
			out[i].money = -1
			continue
		}
		out[i] = s.worth(t.today)
		if w := out[i]; w.money >= 0 && w.net > 0 {
			byMoney[w.money] = append(byMoney[w.money], i)
		}
	}
	for _, buyers := range byMoney {
		if len(buyers) < fewest {
			continue
		}
		slices.SortFunc(buyers, func(a, b int) int { return cmp.Or(cmp.Compare(out[a].net, out[b].net), a-b) })
		for rank := 0; rank < len(buyers); {
			next := rank + 1 // who brought the same is in the same fifth
			for next < len(buyers) && out[buyers[next]].net == out[buyers[rank]].net {
				next++
			}
			for _, i := range buyers[rank:next] {
				out[i].value, out[i].ofBuyers = 1+5*((rank+next-1)/2)/len(buyers), len(buyers)
			}
			rank = next
		}
	}
	return out
}

func (t *Tally) tell(w worth) Worth {
	if w.money < 0 {
		return Worth{How: "They have never bought, as far as we know."}
	}
	silent := t.today - w.last
	out := Worth{Recency: 1, Frequency: 1, Value: w.value, Net: w.net, Currency: t.names[w.money]}
	for i, most := range []day{yearDays, 180, 90, 30} {
		if silent <= most {
			out.Recency = 2 + i
		}
	}
	for i, least := range []int{2, 3, 6, 12} {
		if w.inYear >= least {
			out.Frequency = 2 + i
		}
	}
	value := "not enough buyers yet for a fifth"
	if w.ofBuyers > 0 {
		value = fmt.Sprintf("%d of 5, by fifths of %d who bought", w.value, w.ofBuyers)
	} else if w.net <= 0 {
		value = "nothing is left of it, or no value is known"
	}
	out.How = fmt.Sprintf("Recency %d of 5: last order %s ago. Frequency %d of 5: %s in a year. Value: %s in two years, less money back (%s).",
		out.Recency, count(int(silent), "day"), out.Frequency, count(w.inYear, "order"), Money(w.net, out.Currency), value)
	return out
}
