package polish

import (
	"strings"
	"testing"
)

func TestWhatNobodySaidIsFound(t *testing.T) {
	for _, c := range []struct{ text, source, want string }{
		// Days.
		{"on 27 November", "on Nov 27", ""},
		{"on 27 November", "27/11/2026", ""},
		{"on 27 November 2026", "2026-11-27", ""},
		{"on November 27th", "the 27th of November", ""},
		{"on 27.11.2026", "27 Nov 2026", ""},
		{"on 28 November", "27 November", "28 November"},
		{"on 27 November 2027", "27 November 2026", "27 November 2027"},
		{"on 27 November 2026", "27 November", "27 November 2026"},
		{"on 27 November", "27 November 2026", ""},
		{"by 4/5", "4 May", ""},
		{"by 5/4", "4 May", ""},
		{"by 6/5", "4 May", "6/5"},
		{"since March 2011", "since 7 March 2011", ""},
		{"since March 2011", "since 2011", "March 2011"},
		{"since 2011", "since 7 March 2011", ""},
		{"in March", "7 March 2011", ""},
		{"in April", "7 March 2011", "in April"},
		{"you may march on", "", ""},
		{"August and September", "August", "September"},
		// Weekdays.
		{"on Friday", "on Fri", ""},
		{"on Friday", "on Fridays", ""},
		{"on Friday", "27 November 2026", ""},
		{"on Thursday", "27 November 2026", "Thursday"},
		{"the sun sat", "", ""},
		{"See you Mon.", "Monday", ""},
		{"Friday 27 November", "2026-11-27", ""},
		// Times.
		{"at 3 pm", "at 15:00", ""},
		{"at 3pm", "at 3:00 PM", ""},
		{"at 3.30 p.m.", "at 15:30", ""},
		{"at 15:00", "at 3 pm", ""},
		{"at 3 am", "at 15:00", "3 am"},
		{"at noon", "at 12:00", ""},
		{"at 12 pm", "at noon", ""},
		{"at midnight", "at noon", "midnight"},
		{"at 3 o'clock", "15:00", ""},
		{"at 4 pm", "at 3 pm", "4 pm"},
		// Money.
		{"£20", "20 pounds", ""},
		{"£20.00", "£20", ""},
		{"20 €", "EUR 20", ""},
		{"$1,250.50", "1250.50 dollars", ""},
		{"1.250 €", "€1,250", ""},
		{"50p", "£0.50", ""},
		{"£20", "20 parcels", "£20"},
		{"$20", "£20", "$20"},
		{"twenty pounds", "£20", ""},
		{"£3k", "£3,000", ""},
		// Shares.
		{"20%", "20 percent", ""},
		{"20 per cent", "20 %", ""},
		{"twenty percent", "20%", ""},
		{"25%", "20%", "25%"},
		{"20%", "20 parcels", "20%"},
		// Figures.
		{"fifteen years", "15 years", ""},
		{"15 years", "fifteen years", ""},
		{"twenty-one blades", "21 blades", ""},
		{"16 years", "15 years", "16"},
		{"three blades", "2 blades", "three"},
		{"1,000 parcels", "1000 parcels", ""},
		{"a hundred parcels", "100 parcels", ""},
		{"two hundred parcels", "200 parcels", ""},
		{"seventeen parcels", "17 parcels", ""},
		{"one of us", "", ""},
		{"order 20231", "order TF-20231", ""},
		{"order 20232", "order TF-20231", "20232"},
		{"the 27th", "27 November", ""},
		{"2.5 litres", "2.5 l", ""},
		// How to reach us.
		{"call 0113 496 0123", "+44 113 496 0123", ""},
		{"call +44 113 496 0123", "0113 4960123", ""},
		{"call 0113 496 0124", "0113 496 0123", "0113 496 0124"},
		{"mail Tom@X.example", "tom@x.example", ""},
		{"mail tim@x.example", "tom@x.example", "tim@x.example"},
		{"see https://www.x.example/a/.", "x.example/a", ""},
		{"see https://x.example/b", "x.example/a", "https://x.example/b"},
		// Relative days.
		{"tomorrow", "Tomorrow", ""},
		{"I write tomorrow", "", "tomorrow"},
		{"next week", "this week", "next week"},
		// No facts.
		{"[name 1] and [number 22]", "", ""},
		{"1. Send it\n2. Call\n", "", ""},
		{"", "", ""},
		{"Hello Mary, thank you.", "", ""},
		// Several.
		{"On 3 May we pay £5 to 7 people.", "7 people", "3 May|£5"},
	} {
		var got []string
		for _, s := range Unfounded(c.text, []string{"Kettle", c.source}) {
			got = append(got, s.Text)
			if c.text[s.From:s.To] != s.Text {
				t.Errorf("%q: the span %d-%d is not %q", c.text, s.From, s.To, s.Text)
			}
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q by %q: %q, want %q", c.text, c.source, got, c.want)
		}
	}
}

func FuzzUnfounded(f *testing.F) {
	f.Add("On 3 May 2026-11-27 £5k 20% fifteen 3 pm +44 113 496 0123 a@b.example", "noon 1.250,5 12:00 Nov 31/12")
	f.Fuzz(func(t *testing.T, text, source string) {
		if got := Unfounded(text, []string{source, text}); len(got) > 0 {
			t.Fatalf("%q is not borne out by itself: %+v", text, got)
		}
		last := 0
		for _, s := range Unfounded(text, []string{source}) {
			if s.From < last || s.To <= s.From || s.Text != text[s.From:s.To] {
				t.Fatalf("%+v", s)
			}
			last = s.From
		}
	})
}

func BenchmarkUnfounded(b *testing.B) {
	text := strings.Repeat("On Friday 27 November at 3 pm we refund £20, that is 20 percent of order 20231. ", 20)
	for b.Loop() {
		Unfounded(text, []string{text})
	}
}
