package ask

import (
	"fmt"
	"strings"
	"time"

	"ringside/assist"
)

const (
	thankAhead  = 45 // days before an anniversary on which a call is a chance to say thanks
	thankBehind = 14 // days after it on which thanks are not yet odd
	loyalYears  = 10 // from so many years on, any call is one, once a year
	nearby      = 7  // days from the birthday of a contract, either way
)

// thank is due near the day on which they came, and once a year at any time for those
// who have been with us for ten years.
func (t *Team) thank(s scene) []Move {
	since := s.Customer.Since
	if s.quiet(assist.Thanks) || since.Year == 0 {
		return nil
	}
	years, near := anniversary(since, s.now, thankAhead, thankBehind)
	if !near {
		years = wholeYears(since, s.now)
	}
	if !near && years < loyalYears {
		return nil
	}
	why := "with us since " + dateText(since)
	if owned := s.ours(); len(owned) > 0 {
		why += fmt.Sprintf("; %d of our products: %s", len(owned), line(strings.Join(owned[:min(len(owned), 2)], ", ")))
	}
	if !s.Customer.Advocate.IsZero() {
		why += "; recommends us since " + dateText(s.Customer.Advocate)
	}
	return []Move{{Kind: Thanks, ID: moveID(Thanks), Text: fmt.Sprintf("Thank %s for %s with us", firstName(s.Customer), count(years, "year")), Why: why}}
}

// anniversary returns the yearly day that is near, as years since d. Of a year alone no
// day is near.
func anniversary(d assist.Date, now time.Time, ahead, behind int) (years int, near bool) {
	today := assist.DateOf(now).Time()
	for years := max(today.Year()-d.Year-1, 1); d.Month > 0 && years <= today.Year()-d.Year+1; years++ {
		first, end := yearly(d, years)
		if !today.Before(first.AddDate(0, 0, -ahead)) && !today.After(end.AddDate(0, 0, behind)) {
			return years, true
		}
	}
	return 0, false
}

// wholeYears returns the years that have passed for sure.
func wholeYears(d assist.Date, now time.Time) int {
	today := assist.DateOf(now).Time()
	years := today.Year() - d.Year
	if _, end := yearly(d, years); today.Before(end) {
		years--
	}
	return max(years, 0)
}

// yearly returns the first and the last day that the anniversary can be. Who came on 29
// February has it on 1 March in other years.
func yearly(d assist.Date, years int) (first, end time.Time) {
	there := assist.Date{Year: d.Year + years, Month: d.Month, Day: d.Day}
	return there.Time(), last(there)
}

// birthday is due around the yearly day of something that they have of us.
func (t *Team) birthday(s scene) (out []Move) {
	if s.quiet(assist.Thanks) {
		return nil
	}
	for _, o := range s.Customer.Owns {
		if !o.Ours() || o.Since.Day == 0 {
			continue
		}
		years, near := anniversary(o.Since, s.now, nearby, nearby)
		if !near {
			continue
		}
		on, _ := yearly(o.Since, years)
		out = append(out, Move{Kind: Birthday, ID: moveID(Birthday, line(o.Name)),
			Text: fmt.Sprintf("%s with their %s on %s: ask how it serves them", count(years, "year"), line(o.Name), on.Format("2 January")),
			Why:  "they have it of us since " + dateText(o.Since)})
	}
	return out
}

// praise is due for those who recommend us, where they are not thanked for their years
// anyway.
func (t *Team) praise(s scene) []Move {
	if s.quiet(assist.Thanks) || s.Customer.Advocate.IsZero() {
		return nil
	}
	for _, m := range t.thank(s) {
		if !t.off[Thanks] && !s.rests(m) {
			return nil
		}
	}
	return []Move{{Kind: Advocate, ID: moveID(Advocate), Text: "They recommend us since " + dateText(s.Customer.Advocate) + ": thank " + firstName(s.Customer),
		Why: "somebody of us heard them praise or recommend us"}}
}

// ours names what they have of us.
func (s scene) ours() (names []string) {
	for _, o := range s.Customer.Owns {
		if o.Ours() {
			names = append(names, line(o.Name))
		}
	}
	return names
}

// dateText writes a date as far as it is known.
func dateText(d assist.Date) string {
	switch {
	case d.Month == 0:
		return fmt.Sprint(d.Year)
	case d.Day == 0:
		return d.Time().Format("January 2006")
	}
	return d.Time().Format("2 January 2006")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
