package promise

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
	"unicode/utf8"
)

var london = zone("Europe/London")

func zone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return loc
}

// moment reads "2006-01-02 15:04" in London.
func moment(t testing.TB, s string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", s, london)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

const (
	wed = "2026-11-18 14:00"
	fri = "2026-11-20 10:00"
	sat = "2026-11-21 11:00"
)

// due is "2026-11-20 15:00", "2026-11-20" for a whole day, or "" for none; ask is a
// part of the question, "" for none.
var promises = []struct{ note, now, text, due, ask string }{
	// Who promises, and how.
	{"I'll call you back on Friday at 3", wed, "Call back", "2026-11-20 15:00", ""},
	{"I’ll call you back on Friday at 3", wed, "Call back", "2026-11-20 15:00", ""},
	{"i will send you the invoice tomorrow", wed, "Send the invoice", "2026-11-19", ""},
	{"We'll refund it by Friday", wed, "Refund it", "2026-11-20", ""},
	{"We will look into this today", wed, "Look into this", "2026-11-18", ""},
	{"I promise to ring her on Monday", wed, "Ring her", "2026-11-23", ""},
	{"I promised to ring her on Monday", wed, "Ring her", "2026-11-23", ""},
	{"I'm going to check with the warehouse tomorrow", wed, "Check with the warehouse", "2026-11-19", ""},
	{"let me call you back in two hours", wed, "Call back", "2026-11-18 16:00", ""},
	{"Let me find out and call you back tomorrow", wed, "Find out and call back", "2026-11-19", ""},
	{"I told her we'd send a new one by Monday", wed, "Send a new one", "2026-11-23", ""},
	{"Will call back Friday 3pm", wed, "Call back", "2026-11-20 15:00", ""},
	{"Angry about the delay. Will send a voucher tomorrow.", wed, "Send a voucher", "2026-11-19", ""},
	{"Promised to post the form on Monday", wed, "Post the form", "2026-11-23", ""},
	{"On Friday I'll send you the contract", wed, "Send the contract", "2026-11-20", ""},
	{"Tomorrow at 10 I'll ring the depot", wed, "Ring the depot", "2026-11-19 10:00", ""},
	{"I'll check if the parcel arrived and call you tomorrow", wed, "Check if the parcel arrived and call", "2026-11-19", ""},
	{"I'll also let you know by Friday", wed, "Let them know", "2026-11-20", ""},
	{"Ill call you back tomorrow", wed, "Call back", "2026-11-19", ""},
	{"Blade is bent, ill send a new one tmrw", wed, "Send a new one", "2026-11-19", ""},
	{"I'm not in on Thursday. I'll call on Friday", wed, "Call", "2026-11-20", ""},
	{"I'll get back to you tomorrow", wed, "Get back to them", "2026-11-19", ""},
	{"I'll give you a call on Monday", wed, "Give them a call", "2026-11-23", ""},
	{"I'll send your statement by Monday, she needs it for tax", wed, "Send their statement", "2026-11-23", ""},
	{"I'll call her back on Friday because she works until then", wed, "Call her back", "2026-11-20", ""},
	{"I said I'll call on Friday", wed, "Call", "2026-11-20", ""},
	{"I'll send the form today and call on Friday", wed, "Call", "2026-11-20", ""},
	{"I'll call on Thursday. I'll send the form on Friday.", wed, "Send the form", "2026-11-20", ""},
	{"I'll call on Thursday. She'll ring on Friday.", wed, "Call", "2026-11-19", ""},
	{"I'll send the quote", wed, "Send the quote", "", ""},
	{"I'll send the quote as soon as possible", wed, "Send the quote as soon as possible", "", ""},

	// Weekdays.
	{"I'll call by Friday", wed, "Call", "2026-11-20", ""},
	{"I'll call this Friday", wed, "Call", "2026-11-20", ""},
	{"I'll call next Friday", wed, "Call", "2026-11-27", "Friday 20 November or Friday 27 November"},
	{"I'll call next Monday", wed, "Call", "2026-11-23", ""},
	{"I'll call next Friday", fri, "Call", "2026-11-27", "Friday 27 November"},
	{"I'll call on Friday", fri, "Call", "2026-11-27", "Friday 20 November or Friday 27 November"},
	{"I'll call this Friday", fri, "Call", "2026-11-20", ""},
	{"I'll call Friday next week", wed, "Call", "2026-11-27", ""},
	{"I'll call on Friday week", wed, "Call", "2026-11-27", ""},
	{"I'll call a week on Friday", wed, "Call", "2026-11-27", ""},
	{"I'll call on Tue at 11", wed, "Call", "2026-11-24 11:00", ""},
	{"I'll call on Sat", wed, "Call", "2026-11-21", ""},
	{"I'll call on Monday morning", wed, "Call", "2026-11-23 12:00", ""},
	{"I'll call first thing on Monday", wed, "Call", "2026-11-23 10:00", ""},
	{"I'll call on Monday at 9", wed, "Call", "2026-11-23 09:00", ""},

	// Days near today.
	{"I'll call today", wed, "Call", "2026-11-18", ""},
	{"I'll call later today", wed, "Call", "2026-11-18", ""},
	{"I'll call this afternoon", wed, "Call", "2026-11-18 17:00", ""},
	{"I'll call this morning", wed, "Call", "2026-11-18", "over"},
	{"I'll call tonight", wed, "Call", "2026-11-18 20:00", ""},
	{"I'll call at 8 tonight", wed, "Call", "2026-11-18 20:00", ""},
	{"I'll call tomorrow morning", wed, "Call", "2026-11-19 12:00", ""},
	{"I'll call tomorrow at 3", wed, "Call", "2026-11-19 15:00", ""},
	{"I'll call at 3 tomorrow", wed, "Call", "2026-11-19 15:00", ""},
	{"I'll call tomorrow before noon", wed, "Call", "2026-11-19 12:00", ""},
	{"I'll call before noon", wed, "Call", "2026-11-19 12:00", "tomorrow"},
	{"I'll call the day after tomorrow", wed, "Call", "2026-11-20", ""},
	{"I'll call by the end of the day", wed, "Call", "2026-11-18 17:00", ""},
	{"I'll call at 4", wed, "Call", "2026-11-18 16:00", ""},
	{"I'll call at 11", wed, "Call", "2026-11-19 11:00", "tomorrow"},
	{"I'll call today at 1", wed, "Call", "", "has passed"},
	{"I'll call today at 8", wed, "Call", "2026-11-18 20:00", "8:00 pm"},
	{"I'll call by 5pm", wed, "Call", "2026-11-18 17:00", ""},
	{"I'll call a week today", wed, "Call", "2026-11-25", ""},

	// Spans.
	{"I'll call in two hours", wed, "Call", "2026-11-18 16:00", ""},
	{"I'll call in half an hour", wed, "Call", "2026-11-18 14:30", ""},
	{"I'll call in an hour and a half", wed, "Call", "2026-11-18 15:30", ""},
	{"I'll call in 10 minutes", wed, "Call", "2026-11-18 14:10", ""},
	{"We'll replace it within 48 hours", wed, "Replace it", "2026-11-20 14:00", ""},
	{"I'll reply within 24h", wed, "Reply", "2026-11-19 14:00", ""},
	{"I'll call in three days", wed, "Call", "2026-11-21", ""},
	{"I'll call within three working days", wed, "Call", "2026-11-23", ""},
	{"I'll call in a few days", wed, "Call", "2026-11-21", "a few"},
	{"I'll call in two weeks", wed, "Call", "2026-12-02", ""},
	{"I'll call in a week's time", wed, "Call", "2026-11-25", ""},
	{"I'll call in a month", wed, "Call", "2026-12-18", ""},
	{"I'll call in a fortnight", wed, "Call", "2026-12-02", ""},
	{"We'll replace it within a fortnight", wed, "Replace it", "2026-12-02", ""},
	{"I'll call in a month", "2026-01-31 09:00", "Call", "2026-02-28", ""},

	// Weeks and months.
	{"I'll send it by the end of the week", wed, "Send it", "2026-11-20", ""},
	{"I'll send it by the end of the week", sat, "Send it", "2026-11-27", "Sunday 22 November or Friday 27 November"},
	{"I'll send it by the end of next week", wed, "Send it", "2026-11-27", ""},
	{"I'll send it next week", wed, "Send it", "2026-11-27", "next week"},
	{"I'll send it next month", wed, "Send it", "2026-12-31", "next month"},
	{"I'll send it by the end of the month", wed, "Send it", "2026-11-30", ""},
	{"I'll call in December", wed, "Call", "2026-12-31", "Which day in December"},

	// Dates.
	{"I'll call on the 25th", wed, "Call", "2026-11-25", ""},
	{"I'll call on the 5th", wed, "Call", "2026-12-05", ""},
	{"I'll call on the 5th of January", wed, "Call", "2027-01-05", ""},
	{"I'll call on the 31st", wed, "Call", "2026-12-31", "Thursday 31 December"},
	{"I'll call on 5 December at 3.30pm", wed, "Call", "2026-12-05 15:30", ""},
	{"I'll send it by 5 December", wed, "Send it", "2026-12-05", ""},
	{"I'll send it by December 5th", wed, "Send it", "2026-12-05", ""},
	{"I'll send it by 5 Dec 2026", wed, "Send it", "2026-12-05", ""},
	{"I'll send it on 2026-12-05", wed, "Send it", "2026-12-05", ""},
	{"I'll call on 3/4", wed, "Call", "2027-04-03", "3 April or 4 March"},
	{"I'll call on 25/12", wed, "Call", "2026-12-25", ""},
	{"I'll call on 12/25", wed, "Call", "2026-12-25", ""},
	{"I'll call on 31 February", wed, "Call", "", "no 31 February"},
	{"I'll call on 31/02", wed, "Call", "", "no 31 February"},
	{"I'll call on 3 March", wed, "Call", "2027-03-03", ""},
	{"I'll call on 10 November", wed, "Call", "2027-11-10", "is over"},
	{"I'll call on 3 March 2020", wed, "Call", "", "is over"},
	{"I'll call on 29 February", wed, "Call", "", "no 29 February"},

	// Times of day.
	{"I'll call on Friday at half past three", wed, "Call", "2026-11-20 15:30", ""},
	{"I'll call on Friday at quarter to four", wed, "Call", "2026-11-20 15:45", ""},
	{"I'll call on Friday at 15:00", wed, "Call", "2026-11-20 15:00", ""},
	{"I'll call on Friday at 3 o'clock", wed, "Call", "2026-11-20 15:00", ""},
	{"I'll call on Friday between 2 and 4", wed, "Call", "2026-11-20 16:00", ""},
	{"I'll call on Friday at 3 or 4", wed, "Call", "2026-11-20 16:00", ""},
	{"I'll call at 9 or 10 am on Friday", wed, "Call", "2026-11-20 10:00", ""},
	{"I'll send 3 or 4 of them on Friday", wed, "Send 3 or 4 of them", "2026-11-20", ""},
	{"I'll call on Friday at 10", wed, "Call", "2026-11-20 10:00", ""},
	{"I'll call on Friday at 7am", wed, "Call", "2026-11-20 07:00", ""},
	{"I'll call on Friday at 3 p.m.", wed, "Call", "2026-11-20 15:00", ""},
	{"I'll refund £3.30 on Friday", wed, "Refund £3.30", "2026-11-20", ""},
	{"I'll send 5 copies on Friday", wed, "Send 5 copies", "2026-11-20", ""},

	{"I'll call on Friday at 10 in the morning", wed, "Call", "2026-11-20 10:00", ""},
	{"I'll call you at 10 tomorrow morning", wed, "Call", "2026-11-19 10:00", ""},
	{"I'll ring you in the morning", wed, "Ring", "2026-11-19 12:00", ""},
	{"I'll email the form by 4 this afternoon", wed, "Email the form", "2026-11-18 16:00", ""},
	{"I'll sort this out by close of business tomorrow", wed, "Sort this out", "2026-11-19 17:00", ""},
	{"I'll refund it by tomorrow lunchtime", wed, "Refund it", "2026-11-19 13:00", ""},

	// Two words for one day, or for two.
	{"I'll call Wednesday 25 November at 2", wed, "Call", "2026-11-25 14:00", ""},
	{"I'll call Tuesday 25 November", wed, "Call", "2026-11-25", "25 November is a Wednesday"},
	{"I'll call Wed 25th at 2", wed, "Call", "2026-11-25 14:00", ""},
	{"I'll call Wednesday 25th November at 2", wed, "Call", "2026-11-25 14:00", ""},
	{"I'll call on Monday the 25th of January", wed, "Call", "2027-01-25", ""},
	{"I'll call on Friday the 27th", wed, "Call", "2026-11-27", ""},
	{"I'll call on Friday the 26th", wed, "Call", "2026-11-26", "26 November is a Thursday"},
	{"I'll ring Monday or Tuesday", wed, "Ring", "2026-11-23", "Monday 23 November or Tuesday 24 November"},
	{"I'll call back in 2-3 days", wed, "Call back", "2026-11-21", ""},
	{"I'll call her in May", wed, "Call her", "2027-05-31", "Which day in May"},
	{"I'll book you in for Friday at 3", wed, "Book them in", "2026-11-20 15:00", ""},
	{"We'll be in touch by Monday", wed, "Be in touch", "2026-11-23", ""},
	{"We'll have someone come out on Thursday between 9 and 12", wed, "Have someone come out", "2026-11-19 12:00", ""},
	{"Told him I would ring on Monday", wed, "Ring", "2026-11-23", ""},

	// Days that are not when.
	{"I'll check Friday's delivery", wed, "Check Friday's delivery", "", ""},
	{"I'll send the minutes of last Friday", wed, "Send the minutes of last Friday", "", ""},
	{"I'll look up our March order tomorrow", wed, "Look up our March order", "2026-11-19", ""},
	{"I'll send someone to the 5th floor tomorrow", wed, "Send someone to the 5th floor", "2026-11-19", ""},

	// The clocks go forward on 28 March 2027 at 1:00 and back on 25 October 2026 at 2:00.
	{"I'll call tomorrow at 3", "2027-03-27 15:30", "Call", "2027-03-28 15:00", ""},
	{"I'll call tomorrow at 3", "2026-10-24 15:30", "Call", "2026-10-25 15:00", ""},
	{"I'll call in 2 days", "2026-10-24 23:30", "Call", "2026-10-26", ""},
	{"I'll call within 24 hours", "2026-10-24 15:30", "Call", "2026-10-25 14:30", ""},
}

func TestFindsWhatWePromisedAndWhen(t *testing.T) {
	for _, c := range promises {
		t.Run(c.note+" "+c.now, func(t *testing.T) {
			f, ok := Find(c.note, moment(t, c.now))
			if !ok {
				t.Fatal("no promise found")
			}
			due := ""
			if !f.Due.IsZero() {
				if due = f.Due.Format("2006-01-02 15:04"); f.AllDay {
					due = strings.TrimSuffix(due, " 00:00")
				}
			}
			if f.Text != c.text || due != c.due || (c.ask == "") != (f.Ask == "") || !strings.Contains(f.Ask, c.ask) {
				t.Errorf("got %q due %q ask %q\nwant %q due %q ask %q", f.Text, due, f.Ask, c.text, c.due, c.ask)
			}
			if !f.Due.IsZero() && f.Due.Location() != london {
				t.Errorf("the time zone is %v", f.Due.Location())
			}
		})
	}
}

func TestWhatPromisesNothing(t *testing.T) {
	for _, note := range []string{
		"", " ", ".", "I called on Friday", "I have called her on Friday", "Friday's delivery was late",
		"she'll call on Friday", "She may call back tomorrow", "she will ring on Monday", "They'll send it tomorrow",
		"our March order", "I won't call on Friday", "I will not call on Friday", "I'll never do that again tomorrow",
		"Shall I call on Friday?", "Will I get it on Friday?", "I'll call on Friday?", "Will she call tomorrow?",
		"I can't promise I'll call on Friday", "I don't know if we'll have it by Monday", "I'm not sure we'll make it by Friday",
		"She is ill today", "Ill since Monday, call later", "He was ill, rang on Friday",
		"If it fails again I'll call on Friday", "I'll call on Friday if it is not fixed", "I'll refund it unless it arrives tomorrow",
		`She said "I'll call on Friday"`, "He said I'll pay on Friday", "Tom told me I'll get it tomorrow",
		"Will Smith rang on Friday", "Will called on Friday", "let me know by Friday", "let me see", "I'll be honest",
		"I'll hold", "I'll put you through now", "I'd like it on Friday", "Order 5 December", "call me on Friday",
		"Bill wants it by Friday", "chilli will do on Friday", "still in the I'llness", "I'll", "I'll on Friday",
		"\x00\xff I'\x00ll", "🙂🙂",
	} {
		if f, ok := Find(note, moment(t, wed)); ok {
			t.Errorf("%q: found %+v", note, f)
		}
	}
}

func TestRangeIsThatOfTheWordsInTheNote(t *testing.T) {
	for note, want := range map[string]string{
		"Very upset. I'll call back on Friday at 3. She likes tea.": "I'll call back on Friday at 3",
		"Tomorrow I’ll ring, she is out":                            "Tomorrow I’ll ring",
		"ok — we'll send it by 5 p.m. on Monday":                    "we'll send it by 5 p.m. on Monday",
	} {
		f, ok := Find(note, moment(t, wed))
		if got := note[f.From:f.To]; !ok || got != want {
			t.Errorf("%q: got %q, want %q", note, got, want)
		}
	}
}

func TestTheSameWordsKeepTheirRangeWhileMoreIsTyped(t *testing.T) {
	first, _ := Find("I'll call back on Friday.", moment(t, wed))
	later, ok := Find("I'll call back on Friday. She was pleased.", moment(t, wed))
	if !ok || first != later {
		t.Errorf("%+v became %+v", first, later)
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range promises {
		f.Add(c.note, int64(1795000000))
	}
	for _, s := range sayings(f) {
		f.Add(s.text, s.now.Unix())
	}
	f.Add("I'll call in 999 months and on the 99th of February 0000 at 99:99", int64(0))
	f.Fuzz(func(t *testing.T, note string, unix int64) {
		now := time.Unix(unix%4e9, 0).In(london)
		p, ok := Find(note, now)
		if !ok {
			return
		}
		if p.From < 0 || p.To > len(note) || p.From >= p.To || p.Text == "" || !utf8.ValidString(p.Text) {
			t.Fatalf("%q: %+v", note, p)
		}
		if p.AllDay && p.Due.IsZero() {
			t.Fatalf("%q: a whole day that is none", note)
		}
		over := p.Due
		if p.AllDay {
			over = p.Due.AddDate(0, 0, 1)
		}
		if !p.Due.IsZero() && over.Before(now.Truncate(time.Minute)) {
			t.Fatalf("%q: due %v, before %v", note, p.Due, now)
		}
		if o, ok := (Reader{MonthFirst}).Others(note, now); ok && (o.From < 0 || o.To > len(note) || o.From >= o.To) {
			t.Fatalf("%q: of others %+v", note, o)
		}
		if again, _ := Find(note, now); again != p {
			t.Fatalf("%q: %+v and then %+v", note, p, again)
		}
	})
}

// Find is Find of the zero Reader.
func Find(note string, now time.Time) (Found, bool) { return Reader{}.Find(note, now) }
