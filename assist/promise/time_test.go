package promise

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestADayOfTheWeekIsTheComingOneWheneverItIsSaid(t *testing.T) {
	start := moment(t, "2026-02-25 09:00")
	for ahead := range 40 {
		now := start.AddDate(0, 0, ahead)
		for d := time.Sunday; d <= time.Saturday; d++ {
			f, ok := Find("I'll call on "+d.String(), now)
			days := int(f.Due.Sub(startOfDay(wall(now), london)).Hours()+12) / 24
			if !ok || !f.AllDay || f.Due.Weekday() != d || days < 1 || days > 7 {
				t.Fatalf("%s, said on %s: %+v", d, now.Format("Monday 2 January"), f)
			}
			if asks := f.Ask != ""; asks != (d == now.Weekday()) {
				t.Errorf("%s, said on %s: ask %q", d, now.Format("Monday 2 January"), f.Ask)
			}
		}
	}
}

func TestNextWeekdayIsNeverInThisWeek(t *testing.T) {
	start := moment(t, "2026-12-21 09:00")
	for ahead := range 14 {
		now := start.AddDate(0, 0, ahead)
		for d := time.Sunday; d <= time.Saturday; d++ {
			f, _ := Find("I'll call next "+d.String(), now)
			if f.Due.Weekday() != d || wall(f.Due).Before(monday(wall(now)).AddDate(0, 0, 7)) {
				t.Errorf("next %s, said on %s: %v", d, now.Format("Monday 2 January"), f.Due)
			}
			// From Monday to the day itself people disagree about what "next" means.
			if inWeek := (d+6)%7 >= (now.Weekday()+6)%7; inWeek != (f.Ask != "") {
				t.Errorf("next %s, said on %s: ask %q", d, now.Format("Monday 2 January"), f.Ask)
			}
		}
	}
}

func TestEveryDateIsReadHoweverItIsWritten(t *testing.T) {
	now := moment(t, "2026-01-01 09:00")
	for ahead := 0; ahead < 365; ahead += 13 {
		day := now.AddDate(0, 0, ahead)
		nth := map[int]string{1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}[day.Day()]
		if nth == "" {
			nth = "th"
		}
		for _, written := range []string{
			day.Format("2 January"), day.Format("2 Jan"), day.Format("January 2"), day.Format("2 January 2006"),
			day.Format("January 2, 2006"), day.Format("2006-01-02"), day.Format("Monday 2 January"),
			fmt.Sprintf("the %d%s of %s", day.Day(), nth, day.Month()), fmt.Sprintf("%s %d%s", day.Month(), day.Day(), nth),
			fmt.Sprintf("%s the %d%s of %s", day.Weekday(), day.Day(), nth, day.Month()),
		} {
			f, ok := Find("I'll send it on "+written, now)
			if !ok || f.Text != "Send it" || !f.AllDay || f.Due.Format("2006-01-02") != day.Format("2006-01-02") || f.Ask != "" {
				t.Errorf("%q: %+v", written, f)
			}
		}
	}
}

func TestEveryHourIsReadHoweverItIsWritten(t *testing.T) {
	now := moment(t, "2026-11-18 00:01")
	for hour := 1; hour < 24; hour++ {
		at := time.Date(2026, 11, 20, hour, 30, 0, 0, london)
		for _, written := range []string{at.Format("15:04"), at.Format("3:04pm"), at.Format("3:04 pm"), at.Format("3.04pm")} {
			f, ok := Find("I'll call on Friday at "+written, now)
			if !ok || f.AllDay || !f.Due.Equal(at) || f.Ask != "" || f.Text != "Call" {
				t.Errorf("%q: %+v, want %v", written, f, at)
			}
		}
		whole := at.Truncate(time.Hour)
		for _, written := range []string{whole.Format("3pm"), whole.Format("3 pm"), whole.Format("3 p.m."), whole.Format("3 PM")} {
			if hour < 12 {
				written = strings.NewReplacer("p.m.", "a.m.").Replace(written)
			}
			if f, ok := Find("I'll call on Friday at "+written, now); !ok || !f.Due.Equal(whole) {
				t.Errorf("%q: %+v, want %v", written, f, whole)
			}
		}
	}
}

func TestBareHoursAreThoseOfAWorkingDay(t *testing.T) {
	now := moment(t, "2026-11-18 09:00")
	for hour := 1; hour <= 12; hour++ {
		want := hour
		if hour <= 7 {
			want += 12
		}
		f, _ := Find(fmt.Sprintf("I'll call on Friday at %d", hour), now)
		if f.Due.Hour() != want || f.AllDay {
			t.Errorf("at %d: %v, want %d:00", hour, f.Due, want)
		}
	}
}

func TestTheTimeZoneOfNowIsKept(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"} {
		loc := zone(name)
		for month := time.January; month <= time.December; month++ {
			now := time.Date(2018, month, 2, 16, 20, 0, 0, loc)
			f, ok := Find("I'll call tomorrow at 3", now)
			if want := time.Date(2018, month, 3, 15, 0, 0, 0, loc); !ok || !f.Due.Equal(want) || f.Due.Location() != loc {
				t.Errorf("%s: %v, want %v", name, f.Due, want)
			}
			// In Sao Paulo the day of 4 November 2018 began at one o'clock.
			f, _ = Find("I'll call in two days", now)
			if y, m, d := f.Due.Date(); !f.AllDay || y != 2018 || m != month || d != 4 {
				t.Errorf("%s: %v", name, f.Due)
			}
		}
	}
}

func TestOrdersAreShortAndPlain(t *testing.T) {
	for said, want := range map[string]string{
		" call you back":                        "Call back",
		" also just send you the invoice,":      "Send the invoice",
		" get your parcel moved for you":        "Get their parcel moved",
		" go ahead and refund  it at the":       "Refund it",
		" tell you what happened.":              "Tell them what happened",
		" :-) ":                                 "",
		" 42":                                   "",
		" " + strings.Repeat("check this ", 40): strings.TrimRight("Check this "+strings.Repeat("check this ", 9), " ") + " check th…",
	} {
		if got := order(said); got != want && len([]rune(got)) != longestOrder {
			t.Errorf("order(%q) = %q, want %q", said, got, want)
		}
	}
}
