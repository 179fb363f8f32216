package incident

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ringside/assist"
)

// The boxes of the form, in their order.
const (
	title = iota
	what
	why
	doing
	fixed
	every
	cities
	products
	boxes // how many there are
)

// written is how a box shows a time, and how one is typed where no words are read.
const written = "2006-01-02 15:04"

// mostHours is the longest wait between two updates that can be promised: six weeks.
const mostHours = 1000

// words are what stands in the boxes.
type words [boxes]string

func wordsOf(i assist.Incident, zone *time.Location) words {
	w := words{title: i.Title, what: i.What, why: i.Why, doing: i.Doing,
		cities: strings.Join(i.Cities, ", "), products: strings.Join(i.Products, ", ")}
	if !i.FixedBy.IsZero() {
		w[fixed] = i.FixedBy.In(zone).Format(written)
	}
	if i.Every > 0 {
		w[every] = strconv.Itoa(i.Every)
	}
	return w
}

// onto returns w with what was typed between from and to: who typed nothing in a box
// sees there what w says.
func (w words) onto(from, to words) words {
	for f := range w {
		if to[f] != from[f] {
			w[f] = to[f]
		}
	}
	return w
}

// draft is what was typed about an incident and is not saved.
type draft struct {
	base  assist.Incident // as it stands without it
	names []string        // of the customers, when it was made of a suggestion
	from  words           // what the boxes say of base
	text  words
	aside words // what was typed and undone; the same as from when nothing was
}

func newDraft(i assist.Incident, names []string, zone *time.Location) *draft {
	w := wordsOf(i, zone)
	return &draft{base: i, names: names, from: w, text: w, aside: w}
}

func (d *draft) dirty() bool { return d.text != d.from }

// rebase puts the draft on the incident as it stands now.
func (d *draft) rebase(i assist.Incident, zone *time.Location) {
	w := wordsOf(i, zone)
	d.text, d.aside = w.onto(d.from, d.text), w.onto(d.from, d.aside)
	d.base, d.from = i, w
}

// news reports whether the customers have something new to hear once it is saved.
func (d *draft) news() bool {
	return slices.ContainsFunc([]int{what, why, doing, fixed}, func(f int) bool { return d.text[f] != d.from[f] })
}

// incident returns the incident with what was typed. A Fault says what cannot be kept.
func (d *draft) incident(now time.Time, read func(string) (time.Time, string)) (i assist.Incident, err error) {
	i = d.base
	i.Title = strings.Join(strings.Fields(d.text[title]), " ")
	if i.Title == "" {
		return i, &assist.Fault{What: "the incident has no title", Do: "say in a few words what is wrong", Err: assist.ErrInvalid}
	}
	i.What, i.Why, i.Doing = strings.TrimSpace(d.text[what]), strings.TrimSpace(d.text[why]), strings.TrimSpace(d.text[doing])
	if i.FixedBy, err = d.fixedBy(now, read); err != nil {
		return i, err
	}
	if i.Every, err = hours(d.text[every]); err != nil {
		return i, err
	}
	if d.text[cities] != d.from[cities] {
		i.Cities = listed(d.text[cities])
	}
	if d.text[products] != d.from[products] {
		i.Products = listed(d.text[products])
	}
	return i, nil
}

// fixedBy is when it will be over; zero when nothing is said. A time that has passed is
// a Fault, also when it was saved long ago: nobody is to be told of it again.
func (d *draft) fixedBy(now time.Time, read func(string) (time.Time, string)) (time.Time, error) {
	t := d.base.FixedBy
	if d.text[fixed] != d.from[fixed] {
		var ask string
		t, ask = time.Time{}, ""
		if s := strings.TrimSpace(d.text[fixed]); s != "" {
			if t, ask = read(s); ask == "" && t.IsZero() {
				ask = "Try “Friday 3pm” or " + now.AddDate(0, 0, 1).Format("2006-01-02") + " 15:00."
			}
		}
		if ask != "" {
			return t, &assist.Fault{What: "it is not clear when it will be fixed", Do: ask, Err: assist.ErrInvalid}
		}
	}
	if !t.IsZero() && !t.After(now) {
		return t, &assist.Fault{What: "the time by which it will be fixed has passed", Do: "name a later one, or leave it empty", Err: assist.ErrInvalid}
	}
	return t, nil
}

// plainDay reads a time as the boxes show it.
func plainDay(now func() time.Time) func(string) (time.Time, string) {
	return func(s string) (time.Time, string) {
		t, err := time.ParseInLocation(written, s, now().Location())
		if err != nil {
			return time.Time{}, "Write it like " + now().AddDate(0, 0, 1).Format("2006-01-02") + " 15:00."
		}
		return t, ""
	}
}

func hours(s string) (int, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > mostHours {
		return 0, &assist.Fault{What: "the hours between two updates are not a number", Do: fmt.Sprintf("write a whole number up to %d, or leave it empty", mostHours),
			Err: assist.ErrInvalid}
	}
	return n, nil
}

// listed reads a list with commas, each thing once.
func listed(s string) []string {
	var out []string
	for _, x := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		x = strings.TrimSpace(x)
		if x != "" && !slices.ContainsFunc(out, func(y string) bool { return strings.EqualFold(x, y) }) {
			out = append(out, x)
		}
	}
	return out
}
