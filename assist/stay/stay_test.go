package stay_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/chart"
	"ringside/assist/compose"
	"ringside/assist/stay"
)

var now = time.Date(2026, 11, 26, 17, 30, 0, 0, time.UTC)

func ago(days int) time.Time { return now.AddDate(0, 0, -days) }

// notes are notes of mary, so many days ago.
func notes(days ...int) (out []assist.Record) {
	for _, d := range days {
		out = append(out, assist.Note{ID: assist.ID(fmt.Sprint("n", d)), Customer: "mary", At: ago(d), Text: "x"})
	}
	return out
}

func orders(value int64, days ...int) (out []assist.Record) {
	for _, d := range days {
		out = append(out, assist.Order{ID: assist.ID(fmt.Sprint("o", d)), Customer: "mary", At: ago(d), Value: value, Currency: "GBP"})
	}
	return out
}

func report(records ...assist.Record) stay.Report {
	t := stay.New(now)
	for _, r := range records {
		t.Add(r)
	}
	return t.Report()
}

var mary = assist.Customer{ID: "mary", Name: "Mary Shaw"}

func TestWhoSlipsAwayAndWhy(t *testing.T) {
	monthly := []int{160, 130, 100, 70}
	late := assist.Promise{ID: "p", Customer: "mary", Text: "Refund the second charge", Made: ago(20), Due: ago(9), AllDay: true}
	broken := assist.Promise{ID: "p", Customer: "mary", Text: "Refund", Made: ago(20), Due: ago(9), Broken: ago(8)}
	rival := assist.Insight{ID: "i", Note: "n10", Customer: "mary", At: ago(10), About: assist.AboutCompetitor, Subject: "Stihl", Text: "They look at Stihl"}
	ask := func(r assist.Reply, days int) assist.Asked {
		return assist.Asked{ID: "a", Customer: "mary", Prompt: stay.Prompt, Reply: r, At: ago(days)}
	}
	with := func(list []assist.Record, more ...assist.Record) []assist.Record {
		return append(slices.Clone(list), more...)
	}
	told, hated, kept, other := broken, rival, late, ask(assist.ReplyNotNow, 1)
	told.Told, hated.Feeling, kept.Kept, other.Prompt = ago(1), assist.Hate, ago(1), "competitors"
	for name, c := range map[string]struct {
		records []assist.Record
		want    []stay.Why
	}{
		"nothing on record":                  {nil, nil},
		"silent for twice the usual":         {notes(monthly...), []stay.Why{stay.Silent}},
		"silent, but for no longer":          {notes(150, 120, 90, 60), nil},
		"a note ends the silence":            {notes(append(monthly, 1)...), nil},
		"a call that they tried ends it":     {with(notes(monthly...), assist.Call{ID: "c", Customer: "mary", Started: ago(1)}), nil},
		"our call that nobody took does not": {with(notes(monthly...), assist.Call{ID: "c", Customer: "mary", Outgoing: true, Started: ago(1)}), []stay.Why{stay.Silent}},
		"our call that they took does":       {with(notes(monthly...), assist.Call{ID: "c", Customer: "mary", Outgoing: true, Started: ago(1), Answered: ago(1)}), nil},
		"an order ends it":                   {with(notes(monthly...), orders(100, 1)...), nil},
		"money back is a contact":            {with(notes(monthly...), orders(-100, 1)...), nil},
		"what lies ahead is none":            {with(notes(monthly...), with(notes(-1), orders(100, -5)...)...), []stay.Why{stay.Silent}},
		"two intervals are no rhythm":        {notes(130, 100, 70), nil},
		"a week of calls is one visit":       {notes(84, 83, 82, 81, 80, 79), nil},
		"one order":                          {orders(100, 200), nil},
		"gone lately":                        {notes(200, 170, 140, 110), []stay.Why{stay.Silent}},
		"gone long ago":                      {notes(300, 270, 240, 210), nil},
		"a late promise":                     {with(notes(30), late), []stay.Why{stay.Broken}},
		"a broken promise":                   {with(notes(30), broken), []stay.Why{stay.Broken}},
		"a broken promise, and a word since": {with(notes(30, 2), broken), nil},
		"a broken promise, and they know it": {with(notes(30), told), nil},
		"a promise kept late":                {with(notes(30), kept), nil},
		"a rival":                            {with(notes(30, 10), rival), []stay.Why{stay.Rival}},
		"a rival that they hate":             {with(notes(30, 10), hated), nil},
		"a rival, and a call since":          {with(notes(30, 10, 9), rival), nil},
		"a rival, merged":                    {[]assist.Record{assist.Customer{ID: "mary", Name: "M", Into: "ann"}, notes(10)[0], rival}, nil},
		"a colleague":                        {[]assist.Record{assist.Customer{ID: "mary", Name: "M", Kind: assist.KindColleague}, notes(10)[0], rival}, nil},
		"orders fell":                        {orders(100, 350, 300, 250, 200, 31), []stay.Why{stay.Falling}},
		"orders fell, and a word since":      {with(orders(100, 350, 300, 250, 200, 31), notes(29)...), nil},
		"orders did not fall":                {orders(100, 350, 300, 250, 90, 60, 31), nil},
		"two orders are too few to fall":     {orders(100, 250, 200), nil},
		"money back is taken off":            {with(orders(100, 350, 300, 250, 90, 60, 31), assist.Order{ID: "back", Customer: "mary", At: ago(40), Value: -200, Currency: "GBP"}), []stay.Why{stay.Falling}},
		"orders without a value fell":        {orders(0, 350, 300, 250, 200, 31), []stay.Why{stay.Falling}},
		"all at once":                        {with(notes(160, 130, 100, 70), rivalOn(rival, 70), late), []stay.Why{stay.Broken, stay.Rival, stay.Silent}},
		"not slipping":                       {with(notes(monthly...), ask(assist.ReplyNotNow, 5)), nil},
		"not slipping, taken back":           {with(notes(monthly...), ask(assist.ReplyAsked, 5)), []stay.Why{stay.Silent}},
		"not slipping, but a newer reason":   {with(notes(monthly...), ask(assist.ReplyNotNow, 9), late), []stay.Why{stay.Broken}},
		"another question was put off":       {with(notes(monthly...), other), []stay.Why{stay.Silent}},
		"somebody has promised to call":      {with(notes(monthly...), assist.Promise{ID: "q", Customer: "mary", Text: "Call", Made: ago(1), Due: ago(-1)}), nil},
		"that was dropped":                   {with(notes(monthly...), assist.Promise{ID: "q", Customer: "mary", Text: "Call", Made: ago(1), Due: ago(-1), Dropped: ago(0)}), []stay.Why{stay.Silent}},
	} {
		records := c.records
		if !slices.ContainsFunc(records, func(r assist.Record) bool { _, id := r.Ident(); return id == "mary" }) {
			records = append([]assist.Record{mary}, records...)
		}
		var got []stay.Why
		for _, s := range report(records...).Slipping {
			for _, r := range s.Reasons {
				got = append(got, r.Why)
				if r.Words == "" || r.At.IsZero() || r.At.After(now) || len(r.Of) == 0 {
					t.Errorf("%s: a reason without words, day or evidence: %+v", name, r)
				}
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		slices.Reverse(records)
		if again := report(records...).Slipping; len(again) > 0 != (len(got) > 0) {
			t.Errorf("%s: in another order %+v", name, again)
		}
	}
}

func rivalOn(i assist.Insight, days int) assist.Insight {
	i.At = ago(days)
	return i
}

func TestReasonsAreInWords(t *testing.T) {
	s := report(append(notes(160, 130, 100, 70), mary)...).Slipping[0]
	want := "No contact for 70 days. As a rule they are in touch every 30 days (the median of 3 intervals; contacts within a week are one)."
	if s.Reasons[0].Words != want || s.Gone || s.LastOf != (assist.Ref{Type: assist.TypeNote, ID: "n70"}) {
		t.Errorf("got %+v", s)
	}
	s = report(append(notes(200, 170, 140, 110), mary)...).Slipping[0]
	if !s.Gone || !strings.HasPrefix(s.Reasons[0].Words, "Gone: no contact for 110 days.") {
		t.Errorf("got %+v", s)
	}
	s = report(append(orders(12345, 350, 300, 250, 31), mary)...).Slipping[0]
	if !strings.HasPrefix(s.Reasons[0].Words, "Orders fell: 1 order for £123.45 in the last half year, 3 orders for £370.35 in the half year before.") {
		t.Errorf("got %q", s.Reasons[0].Words)
	}
	want = "Recency 4 of 5: last order 31 days ago. Frequency 3 of 5: 4 orders in a year. Value: £493.80 in two years, less money back (not enough buyers yet for a fifth)."
	if s.Worth.How != want {
		t.Errorf("got %q", s.Worth.How)
	}
}

func TestGrowthStandsBesideLoss(t *testing.T) {
	r := report(append(notes(500, 470, 440, 410, 200), mary)...) // gone 91 days after 410 days ago, back 200 days ago, gone again
	var came, back, went int
	for _, m := range r.Months {
		came, back, went = came+m.Came, back+m.Back, went+m.Went
	}
	if len(r.Months) != 12 || came != 0 || back != 1 || went != 2 {
		t.Errorf("came %d, back %d, went %d in %d months", came, back, went, len(r.Months))
	}
	r = report(append(notes(3), mary)...)
	if r.Months[11].Came != 1 || r.Counted != 1 {
		t.Errorf("got %+v", r.Months)
	}
	r = report(append(notes(3), assist.Customer{ID: "mary", Name: "Mary", Since: assist.Date{Year: 2011, Month: 3}}, assist.Customer{ID: "ann", Name: "Ann"})...)
	if r.Months[11].Came != 0 || r.Unknown != 1 {
		t.Errorf("a customer since 2011 came anew: %+v", r)
	}
	if d := r.Doors().(chart.Bars); len(d.Rows) != 0 || !strings.HasPrefix(d.Sentence, "Not enough yet") {
		t.Errorf("one customer is a picture: %+v", d)
	}
}

func TestGrowthAndLossAreSaidInASentence(t *testing.T) {
	r := stay.Report{Counted: 40, Months: []stay.Month{{Start: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Came: 3, Went: 4}, {Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Back: 2, Went: 4}}}
	if got, want := r.Net(), "Since October 2026, 5 came or came back and 8 went: 3 fewer than before."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	b := r.Doors().(chart.Bars)
	if len(b.Rows) != 4 || !strings.HasPrefix(b.Sentence, r.Net()) {
		t.Fatalf("the picture is %+v", b)
	}
	for _, row := range b.Rows {
		if row.At.IsZero() {
			t.Errorf("%s has no month", row.Label)
		}
	}
}

// crowd is n customers in Leeds, of whom the first are silent for 400 days.
func crowd(n, silent int) (out []assist.Record) {
	for i := range n {
		id := assist.ID(fmt.Sprintf("c%03d", i))
		out = append(out, assist.Customer{ID: id, Name: "C", City: "Leeds", Owns: []assist.Product{{Name: "Hedge 300"}, {Name: "MS 170", Maker: "Stihl"}}},
			assist.Note{ID: "old" + id, Customer: id, At: ago(400), Text: "x"})
		if i >= silent {
			out = append(out, assist.Note{ID: "new" + id, Customer: id, At: ago(5), Text: "x"},
				assist.Order{ID: "o" + id, Customer: id, At: ago(6), Value: int64(100 * i), Currency: "GBP"})
		}
	}
	return out
}

func TestSharesThatStayedHaveTheirIntervalAndTheirNumber(t *testing.T) {
	r := report(crowd(20, 5)...)
	names := map[string]stay.Group{}
	for _, g := range r.Groups {
		if names[g.Name] = g; g.How == "" {
			t.Errorf("%s does not say how it is made", g.Name)
		}
	}
	for group, name := range map[string]string{"City": "Leeds", "Kind": "customer", "Product": "Hedge 300", "In a company or not": "on their own", "Years with us": "less than a year"} {
		s := names[group].Shares
		if len(s) != 1 || s[0].Name != name || s[0].Stayed != 15 || s[0].Of != 20 || !s[0].Enough() {
			t.Errorf("%s: %+v", group, s)
			continue
		}
		// Wilson's interval of 15 in 20 is 53.1 to 88.8.
		if math.Abs(s[0].Low-53.13) > .02 || math.Abs(s[0].High-88.81) > .02 {
			t.Errorf("%s: from %.2f to %.2f", group, s[0].Low, s[0].High)
		}
	}
	if p := names["Period"].Shares; len(p) != 3 || p[0].Of != 20 || p[2].Of != 20 {
		t.Errorf("periods: %+v", p)
	}
	few := report(crowd(9, 1)...).Groups[1].Chart().(chart.Bars)
	if !math.IsNaN(few.Rows[0].Value) {
		t.Errorf("a share of 9: %+v", few.Rows)
	}
}

func TestTheSameRecordsInAnyOrderGiveTheSameReport(t *testing.T) {
	records := append(crowd(30, 5), append(notes(160, 130, 100, 70), mary)...)
	records = append(records, orders(50, 350, 300, 250)...)
	first := report(records...)
	slices.Reverse(records)
	if again := report(records...); !reflect.DeepEqual(first, again) {
		t.Errorf("first %+v\nthen %+v", first, again)
	}
}

func TestTheMostValuableStandFirst(t *testing.T) {
	var records []assist.Record
	for i := range 12 {
		id := assist.ID(fmt.Sprintf("c%02d", i))
		records = append(records, assist.Customer{ID: id, Name: "C"})
		for _, d := range []int{350, 300, 250} {
			records = append(records, assist.Order{ID: id + assist.ID(fmt.Sprint(d)), Customer: id, At: ago(d), Value: int64(100 * i), Currency: "EUR"})
		}
		if i == 3 { // money back makes an end of their value
			records = append(records, assist.Order{ID: "back", Customer: id, At: ago(240), Value: -900, Currency: "EUR"})
		}
	}
	slips := report(records...).Slipping
	if len(slips) != 12 || slips[0].Customer != "c11" || slips[0].Worth.Value != 5 || slips[0].Worth.Net != 3300 || slips[11].Worth.Value != 0 {
		t.Errorf("got %+v", slips)
	}
}

func TestMoneyIsWrittenAsOnAnInvoice(t *testing.T) {
	for want, got := range map[string]string{"£1,234.50": stay.Money(123450, "GBP"), "-€0.05": stay.Money(-5, "EUR"), "¥1,200": stay.Money(1200, "JPY"), "12.00": stay.Money(1200, ""), "XQX 0.01": stay.Money(1, "XQX")} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLettersSaySorryFirstAndNeverSpeakOfARival(t *testing.T) {
	s := stay.Slip{Customer: "mary", Last: ago(70), Reasons: []stay.Reason{{Why: stay.Rival, Words: "They named Stihl"}}}
	facts := compose.Facts{Customer: mary, Rep: assist.Rep{Name: "Jo Price"}, Now: now}
	l := s.Write(facts)
	if !strings.HasPrefix(l.Body, "Dear Mary,\n\nWe were last in touch on 17 September 2026") || !strings.HasSuffix(l.Body, "Jo Price") || strings.Contains(l.Body, "Stihl") {
		t.Errorf("got %q", l.Body)
	}
	facts.Promise = assist.Promise{ID: "p", Text: "Refund the second charge", Made: ago(20), Due: ago(9), AllDay: true}
	if l = s.Write(facts); !strings.Contains(strings.ToLower(l.Body), "sorry") || strings.Index(l.Body, "sorry") > strings.Index(l.Body, "efund") {
		t.Errorf("got %q", l.Body)
	}
	facts.Promise, facts.Customer.DoNotAsk = assist.Promise{}, true
	if l = s.Write(facts); l.Body != "" {
		t.Errorf("who does not want to be asked is asked: %q", l.Body)
	}
}

func TestActsAreKeptAndHideTheReasonsThatStand(t *testing.T) {
	records := append(notes(160, 130, 100, 70), mary)
	s := report(records...).Slipping[0]
	for _, r := range []assist.Record{s.Call("jo", now), s.NotSlipping(now)} {
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
		if left := report(append(slices.Clone(records), r)...).Slipping; len(left) != 0 {
			t.Errorf("%T leaves %+v", r, left)
		}
	}
}
