package library

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/ui/async"
	"ringside/ui/library/used"
	"ringside/ui/widgets"
)

// The orders of the list of answers. In each, those that are equal stand by department
// and title. What was typed finds the best first, whatever the order.
const (
	byTitle     = "A to Z"
	mostSaid    = "Most said"
	neverOpened = "Never opened"
	leastHelped = "Least helped"
	foundWrong  = "Often wrong"
	staleFirst  = "Stale first"
)

func orders() []string {
	return []string{byTitle, mostSaid, neverOpened, leastHelped, foundWrong, staleFirst}
}

// reorder shows the list in the order that was chosen, once it is known how all answers
// fared.
func (p *Page) reorder() {
	p.uncount()
	switch p.order.Selected {
	case byTitle, staleFirst:
		p.list(true)
		return
	}
	p.uncount = async.Load(p.opt.Post, p.opt.AllCounts, func(all map[assist.ID]glance.Counts, err error) {
		if err == nil {
			p.fared = all
		}
		p.list(true)
	})
}

// inOrder returns the answers as the list shows them while nothing was typed.
func (p *Page) inOrder() []assist.Answer {
	rank := p.ranking()
	if rank == nil {
		return p.answers
	}
	type ranked struct {
		a    assist.Answer
		rank float64
	}
	list := make([]ranked, len(p.answers))
	for i, a := range p.answers {
		list[i] = ranked{a, rank(a)}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(b.rank, a.rank) })
	out := make([]assist.Answer, len(list))
	for i, r := range list {
		out[i] = r.a
	}
	return out
}

// ranking returns what is sorted by, the highest first; nil for the order by title.
func (p *Page) ranking() func(assist.Answer) float64 {
	yes := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	switch p.order.Selected {
	case mostSaid:
		return func(a assist.Answer) float64 { return float64(p.fared[a.ID].Said) }
	case neverOpened: // those that were shown most, and opened never
		return func(a assist.Answer) float64 {
			c := p.fared[a.ID]
			return yes(c.Opened == 0) * float64(1+c.Shown)
		}
	case leastHelped: // of those that were said
		return func(a assist.Answer) float64 {
			c := p.fared[a.ID]
			return yes(c.Said > 0) * (1 + float64(c.Said-c.Helped)/float64(max(c.Said, 1)))
		}
	case foundWrong:
		return func(a assist.Answer) float64 { return float64(p.fared[a.ID].Wrong) }
	case staleFirst:
		now := p.opt.Now()
		return func(a assist.Answer) float64 { return yes(a.Stale(now)) }
	}
	return nil
}

// faredIn says the figure by which the list is ordered; "" when there is none.
func (p *Page) faredIn(id assist.ID) string {
	if p.order.Hidden {
		return ""
	}
	c := p.fared[id]
	switch p.order.Selected {
	case mostSaid, leastHelped:
		return fmt.Sprintf("said %d, helped %d", c.Said, c.Helped)
	case neverOpened:
		return fmt.Sprintf("shown %d, opened %d", c.Shown, c.Opened)
	case foundWrong:
		return fmt.Sprintf("wrong %d", c.Wrong)
	}
	return ""
}

// trend draws how the answer fared in the last weeks, when that is known.
func (r *reading) trend(id assist.ID) {
	r.untrend()
	r.chart.SetWeeks(nil)
	if r.page.opt.Trend == nil {
		return
	}
	r.untrend = async.Load(r.page.opt.Post,
		func(ctx context.Context) ([]used.Week, error) { return r.page.opt.Trend(ctx, id) },
		func(weeks []used.Week, err error) {
			if err != nil {
				return // the answer can be read without
			}
			r.chart.SetWeeks(weeks)
			if r.chart.Visible() {
				r.measured.Arrange()
				widgets.Arrange(r.scroll)
			}
		})
}
