package review

import (
	"time"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/ledger"
	"ringside/ui/widgets"
)

// filters say whose promises are shown, and of which day.
type filters struct {
	who, day *widget.Select
	calendar *widget.Button
	bar      *fyne.Container
}

const (
	everybody = "Everybody’s"
	mine      = "Mine"
	everyDay  = "Every day"
	today     = "Today"
)

func newFilters(p *Page) *filters {
	f := &filters{
		who:      widget.NewSelect([]string{everybody, mine}, nil),
		day:      widget.NewSelect(daysFrom(p.opt.Now()), nil),
		calendar: widget.NewButtonWithIcon("Calendar file…", base.DocumentSaveIcon(), p.toCalendar),
	}
	f.reset()
	f.who.OnChanged = func(string) { p.list() }
	f.day.OnChanged = func(string) { p.list() }
	f.calendar.Importance = widget.LowImportance
	f.bar = widgets.Wrapped(6, f.who, f.day, f.calendar)
	return f
}

// reset shows everything.
func (f *filters) reset() {
	f.who.Selected, f.day.Selected = everybody, everyDay
	f.who.Refresh()
	f.day.Refresh()
}

// daysFrom are the days of the choice: that there is none, and seven from now on.
func daysFrom(now time.Time) []string {
	out := []string{everyDay, today, "Tomorrow"}
	for n := 2; n < 7; n++ {
		out = append(out, now.AddDate(0, 0, n).Format("Monday 2 Jan"))
	}
	return out
}

// promises returns those that are shown. Today is all that cannot wait: what is late,
// what is due, and what a customer has yet to hear.
func (f *filters) promises(d Data, now time.Time) []Promise {
	days := daysFrom(now)
	ahead := -1
	for i, name := range days {
		if name == f.day.Selected {
			ahead = i - 1
		}
	}
	f.day.SetOptions(days)
	f.who.Hidden = d.Me == ""
	var out []Promise
	for _, p := range d.Promises {
		g := ledger.GroupOf(p.Promise, now)
		switch {
		case d.Me != "" && f.who.Selected == mine && p.Rep != d.Me:
		case ahead == 0 && g > ledger.Tell:
		case ahead > 0 && (p.Due.IsZero() || g == ledger.Late || ledger.DaysTo(p.Promise, now) != ahead):
		default:
			out = append(out, p)
		}
	}
	return out
}

// toCalendar hands the promises that are shown to whoever writes calendar files.
func (p *Page) toCalendar() {
	if p.OnCalendar != nil {
		p.OnCalendar(p.filters.promises(p.data, p.opt.Now()))
	}
}
