package call_test

import (
	"fmt"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/help"
	"ringside/assist/live"
	"ringside/assist/phone"
)

var now = time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)

// state is one picture that has to look right.
type state struct {
	name string
	view live.View
}

func states() []state {
	return []state{
		{"no-call", live.View{At: now, Phase: live.Idle, Who: live.Nobody}},
		{"unfinished", unfinished()},
		{"ringing-known", with(known(), func(v *live.View) { v.Phase = live.Ringing; v.Answers = live.Answers{}; v.Heard = "" })},
		{"ringing-unknown", stranger(live.Unknown)},
		{"ringing-looking", with(stranger(live.Unknown), func(v *live.View) { v.Looking = true })},
		{"ringing-withheld", stranger(live.Withheld)},
		{"ringing-several", several()},
		{"talking", known()},
		{"answer-open", opened()},
		{"reply-and-promise", promising()},
		{"two-calls", with(known(), func(v *live.View) {
			v.Others = []live.Waiting{{Call: "c2", Title: "Tom Reed", Phase: live.Ringing, Since: now}, {Call: "c3", Title: "+44 20 7946 0991", Phase: live.Talking, Since: now}}
		})},
		{"nothing-fits", with(known(), func(v *live.View) {
			v.Heard, v.Answers = "do you sell tractors", live.Answers{State: "none"}
		})},
		{"dim", with(known(), func(v *live.View) { v.Answers.State = "dim"; v.Answers.Hits = v.Answers.Hits[:2] })},
		{"found", found()},
		{"found-and-dim", with(known(), func(v *live.View) { v.Answers.State = "dim"; v.Answers.Hits = v.Answers.Hits[:2]; v.Found = finds() })},
		{"found-nothing-fits", with(known(), func(v *live.View) { v.Answers = live.Answers{State: "none"}; v.Found = finds()[:2] })},
		{"peek", with(known(), func(v *live.View) {
			v.Found, v.Answers = finds(), live.Answers{State: "none"}
			v.Peek = &live.Peek{Type: assist.TypeNote, ID: "n1", Title: "Peter Shaw", Sub: "noted on 3 Nov by Ana Ruiz", Text: strings.Repeat("The trimmer smokes and he wants his money back. ", 6)}
		})},
		{"learn", learned(live.Learn{Answer: "charged-twice", Title: "Charged twice for one order", Words: "they took it two times"})},
		{"learn-long", learned(live.Learn{Answer: "charged-twice", Words: strings.Repeat("they took it two times ", 8), Review: true})},
		{"learned", learned(live.Learn{Answer: "charged-twice", Words: strings.Repeat("they took it two times ", 8), Taken: true})},
		{"draft", with(opened(), func(v *live.View) { v.Open.Draft = true; v.Answers.Hits[1].Draft = true })},
		{"trouble", with(known(), func(v *live.View) {
			v.Trouble = "Notes are not kept: the disk is full. Free some room on drive C; what you type stays here until then."
		})},
		{"passing-on", passing()},
		{"bad-news", badNews()},
		{"heard", caught(live.CatchInsight)},
		{"praise", caught(live.CatchPraise)},
		{"letter", writing()},
		{"who-can-help", with(opened(), func(v *live.View) {
			v.Helpers = &live.Helpers{Who: []help.Helper{{Rep: "priya", Name: "Priya Nair", Why: "answered it 7 times, helped 5; thanked twice"}, {Rep: "sam", Name: "Sam Cole", Why: "is in technical"}}}
		})},
		{"undisturbed", undisturbed()},
		{"wrap-up", wrapping()},
		{"wrap-up-teaches", taught("do you lend a trimmer while mine is mended", false)},
		{"wrap-up-taught", taught("do you lend a trimmer while mine is mended", true)},
		{"warned", warned()},
		{"flagging", flagged(0)},
		{"flagging-chosen", flagged(2)},
		{"long-names", long()},
		{"forty-promises", forty()},
		{"no-data", with(known(), func(v *live.View) {
			v.Card = &live.Card{Customer: assist.Customer{ID: "x", Name: "Jo Bloggs"}}
			v.Answers, v.Prompts, v.Note, v.Heard = live.Answers{}, nil, live.NoteState{}, ""
		})},
		{"cjk", other("山田 太郎", "株式会社みどり造園", "来週の金曜日までに返金すると約束しました。お客様は電話での連絡を希望しています。", "注文が二重に請求されました")},
		{"right-to-left", other("مريم الشامي", "حدائق الشام", "وعدنا بإعادة المبلغ قبل يوم الجمعة وتفضل الاتصال بالهاتف", "تم خصم المبلغ مرتين")},
	}
}

func with(v live.View, change func(*live.View)) live.View { change(&v); return v }

func hits() []live.AnswerHit {
	return []live.AnswerHit{
		{ID: "charged-twice", Title: "Charged twice for one order", Department: "Billing", Owner: "Priya Nair", Verified: "verified 3 Nov 2026",
			Say: "I can see both charges, Mary, and I am sorry about that. The second one is only reserved by your bank, and it falls away within three working days. If it is still there on Thursday, we refund it the same day.", Why: "how customers ask this"},
		{ID: "refund-late", Title: "Refund not there yet", Department: "Billing", Owner: "Priya Nair", Verified: "verified 12 Oct 2026",
			Say: "A refund takes three to five working days to reach your account. Yours left us on Tuesday.", Why: "“charged” in the title"},
		{ID: "change-payment", Title: "Change a payment method", Department: "Accounts", Say: "You can change the card in your account under Payments; the next bill uses it.", Why: "close in meaning", Verified: "not verified for 40 days", Stale: true},
		{ID: "invoice-copy", Title: "A copy of an invoice", Department: "Accounts", Say: "I can send you the invoice while we talk. Shall I use the address that ends in gardens.example?", Why: "“order” in the words"},
		{ID: "fraud-check", Title: "Card payments that look wrong", Department: "Risk", Say: "Pass the call on when a third charge shows, and write down the last four digits only.", Why: "“charged” in the words", Internal: true, Verified: "verified 1 Nov 2026"},
	}
}

func finds() []glance.Found {
	return []glance.Found{
		{Type: assist.TypeNote, ID: "n1", Customer: "peter", Title: "… the trimmer smokes and he wants his money back before the spring …", Text: "Peter Shaw, 3 November", At: now},
		{Type: assist.TypeCustomer, ID: "peter", Customer: "peter", Title: "Peter Shaw", Text: "Shaw Gardens, Leeds", Why: "spelt like 'Shaw'", At: now.AddDate(0, 0, -1)},
		{Type: assist.TypeCompany, ID: "shaw", Title: "Shaw Gardens", Text: "Leeds"},
		{Type: assist.TypePromise, ID: "p9", Customer: "peter", Title: "Send the new hedge catalogue", Text: "due Friday, Peter Shaw"},
		{Type: assist.TypePrompt, ID: "season", Title: "How was the season for you?", Text: "season"},
	}
}

// found is an idle desk at which somebody is looked for.
func found() live.View {
	return live.View{At: now, Phase: live.Idle, Who: live.Nobody, Heard: "shaw", Answers: live.Answers{State: "none"}, Found: finds()}
}

func learned(l live.Learn) live.View {
	return with(opened(), func(v *live.View) { v.Open.Said, v.Open.Helped, v.Learn = true, true, &l })
}

func card() *live.Card {
	return &live.Card{
		Customer: assist.Customer{ID: "mary", Name: "Mary Shaw", CallMe: "Mrs Shaw", Role: "Owner", City: "Leeds", Likes: "To be told early when something is late, by phone, before 9 or after 5"},
		Company:  assist.Company{ID: "shaw", Name: "Shaw Gardens"},
		Tenure:   "15 years in March: thank Mary",
		Brief:    []string{"Her refund was promised for yesterday and is not there.", "The Leeds delivery incident touches her order."},
		Promises: []live.PromiseLine{
			{ID: "p1", Text: "Refund of the second charge", When: "2 days late", By: "Tom Reed", Late: true},
			{ID: "p2", Text: "Send the new hedge catalogue", When: "due Friday, 3 pm", By: "you"}},
		Incidents: []assist.Incident{{ID: "i1", Title: "Leeds deliveries a day late", What: "A van broke down; everything leaves tomorrow."}},
		Last: []live.Contact{{When: "3 Nov", Text: "Parcel was late; told her the new day and she was pleased to be told.", By: "Tom Reed"},
			{When: "14 Oct", Text: "Ordered two Hedge 300", By: "Ana Ruiz"}},
		Known: []live.Fact{{Intelligence: assist.Competitive, Text: "Has a Stihl for the high hedges; finds it heavy", Source: "said on 3 Nov to Tom"},
			{Intelligence: assist.Market, Text: "Her customers ask for battery tools because of the noise", Source: "said on 14 Oct to Ana"}},
		Owns: []string{"Hedge 300", "Hedge 120", "HSA 56 (Stihl)"},
	}
}

func known() live.View {
	return live.View{Seq: 7, At: now, Phase: live.Talking, Call: "c1", Who: live.Known,
		Ring: phone.Ring{ID: "r1", From: "+441134960123", To: "Sales", Phase: phone.Answered}, Card: card(),
		Heard: "charged twice", Answers: live.Answers{State: "show", Hits: hits()},
		Prompts: []live.Offer{
			{Prompt: "high-hedges", Intelligence: assist.Competitive, Ask: []string{"What do you use for the high hedges now?", "Who does your high hedges these days?"}, Why: "nothing is known of her other tools since 3 Nov"},
			{Prompt: "season", Intelligence: assist.Market, Ask: []string{"How was the season for you?"}}},
		Note: live.NoteState{Text: "Charged twice on 18 Nov, order 4411. Checked with Billing: reserved only.", Saved: true}}
}

func opened() live.View {
	return with(known(), func(v *live.View) {
		v.Open = &live.Open{AnswerHit: hits()[0], Web: "https://help.example/charged-twice", Steps: []live.Step{
			{Text: "Open the order and compare both charges", Done: true}, {Text: "When one says “reserved”, tell the customer the day on which it falls away"}, {Text: "Offer to call back on that day"}}}
	})
}

func promising() live.View {
	return with(known(), func(v *live.View) {
		v.Reply = &live.Reply{Offer: v.Prompts[0], Text: "A Stihl, but it is heavy"}
		v.Promise = &live.PromiseOffer{Text: "Call Mary back about the refund", When: "Friday 27 November, 3 pm", Due: now.AddDate(0, 0, 6).Add(5 * time.Hour), Ask: "3 in the afternoon?"}
		v.Made = []assist.Promise{{ID: "m1", Text: "Send the catalogue", Made: now, Due: now.AddDate(0, 0, 2), AllDay: true}}
		v.Note = live.NoteState{Text: "Charged twice. I'll call you back on Friday at 3.", Saved: true}
	})
}

func wrapping() live.View {
	return with(promising(), func(v *live.View) {
		v.Phase, v.Promise, v.Reply, v.Prompts = live.Wrapping, nil, nil, nil
		v.WrapUp = &live.WrapUp{Suggested: "Promise made", Dispositions: []string{"Promise made", "Answered", "Passed on", "No answer yet", "Wrong number"},
			Summary: "Charged twice for one order: answered. 1 promise: send the catalogue by Monday."}
	})
}

// taught is a call after which the library may learn something.
func taught(title string, made bool) live.View {
	return with(wrapping(), func(v *live.View) {
		w := *v.WrapUp
		w.Missed, w.Teaches, w.Taught = 2, title, made
		v.WrapUp = &w
	})
}

// warned is an answer with everything that a rep has to mind before saying it.
func warned() live.View {
	return with(opened(), func(v *live.View) {
		v.Answers.Hits[1].Flagged = "flagged as wrong yesterday by Ana Ruiz"
		v.Open.Internal, v.Open.Stale, v.Open.Flagged = true, true, "flagged as wrong today by Tom Reed"
		v.Open.Verified, v.Open.Deputy, v.Open.Also = "not verified for 40 days", "Sam Cole", []string{"Accounts", "Sales"}
		v.Open.Site = "The customer may just have read this on our site: “Why do I see two charges?”, read on 20 Nov."
		v.Open.Warnings = []string{"Flagged as wrong today by Tom Reed: “The second one is only reserved by your bank.” (not at every bank)",
			"Not verified for 40 days: check before you say it.", "Our site says something else since 3 Nov: compare before you say it."}
	})
}

// flagged is an answer whose sentences the rep is asked about; one is chosen, or none: 0.
func flagged(chosen int) live.View {
	return with(opened(), func(v *live.View) {
		v.Open.Wrong, v.Open.Flagged = true, "flagged as wrong today by Tom Reed"
		v.Open.Flagging, v.Open.Sentence = true, chosen
		v.Open.Sentences = []string{"I can see both charges, Mary, and I am sorry about that.",
			"The second one is only reserved by your bank, and it falls away within three working days.",
			"If it is still there on Thursday, we refund it the same day.", "Open the order and compare both charges",
			"When one says “reserved”, tell the customer the day on which it falls away", "Offer to call back on that day"}
	})
}

func passing() live.View {
	return with(known(), func(v *live.View) {
		v.HandOver = "Mary Shaw, Shaw Gardens, +44 113 496 0123, 15 years with us\nPassed on by Tom Reed, on the line since 1:40 pm\n" +
			"Say sorry first: “Send the spare blade for the Hedge 300” is 2 days late (Anna Bell)\nThey say: charged twice\n" +
			"They were told: Charged twice for one order\nNote: Charged twice on 18 Nov, order 4411. Checked with Billing: reserved only."
	})
}

func undisturbed() live.View {
	return with(known(), func(v *live.View) {
		v.Undisturbed = true
		v.Others = []live.Waiting{{Call: "c2", Title: "Bartholomew Featherstonehaugh-Cholmondeley", Phase: live.Ringing, Since: now}}
	})
}

func unfinished() live.View {
	return live.View{At: now, Phase: live.Idle, Who: live.Nobody, Unfinished: []live.Waiting{
		{Call: "d1", Title: "Mary Shaw", Since: now.Add(-time.Hour)}, {Call: "d2", Title: "+44 20 7946 0991", Since: now.Add(-26 * time.Hour)}}}
}

func stranger(who live.Who) live.View {
	v := live.View{At: now, Phase: live.Ringing, Call: "c9", Who: who, Ring: phone.Ring{ID: "r9", From: "+44 20 7946 0991", Name: "LONDON GB", Phase: phone.Ringing}}
	if who == live.Withheld {
		v.Ring.From, v.Ring.Name = "", ""
	}
	return v
}

func several() live.View {
	v := stranger(live.Several)
	for i, n := range []string{"Mary Shaw", "Peter Shaw", "Ana Ruiz", "Bartholomew Featherstonehaugh-Cholmondeley of the Upper Orchard"} {
		v.Choices = append(v.Choices, live.Choice{Customer: assist.ID(fmt.Sprintf("k%d", i)), Name: n, Company: "Shaw Gardens", Last: "spoke with us on 3 November"})
	}
	return v
}

func long() live.View {
	return with(opened(), func(v *live.View) {
		c := card()
		c.Customer.Name = "Bartholomew Featherstonehaugh-Cholmondeley of the Upper Orchard and Lower Meadow Estates"
		c.Company.Name = strings.Repeat("Allgemeine Gartenbaugesellschaftsverwaltung ", 4)
		c.Brief = []string{strings.Repeat("A brief that goes on and on about what was said before. ", 6)}
		c.Promises[0].Text = strings.Repeat("Send the long list of everything that was ordered ", 5)
		c.Customer.Likes = strings.Repeat("x", 300)
		c.Owns = strings.Split(strings.Repeat("Hedge trimmer 300 with the long handle|", 12), "|")
		v.Card = c
		v.Open.Title = strings.Repeat("A very long title of an answer ", 8)
		v.Open.Say = strings.Repeat("Words to say that take their time. ", 60)
		v.Prompts = []live.Offer{{Prompt: "q", Intelligence: assist.Market, Ask: []string{strings.Repeat("What would you say about all of this? ", 9)}, Why: strings.Repeat("because ", 50)}}
		v.Note.Text = strings.Repeat("A long note. ", 200)
	})
}

func forty() live.View {
	return with(known(), func(v *live.View) {
		c := card()
		c.Promises = nil
		for i := range 40 {
			c.Promises = append(c.Promises, live.PromiseLine{ID: assist.ID(fmt.Sprintf("p%d", i)), Text: fmt.Sprintf("Promise number %d to be kept", i+1), When: "due Friday", By: "Tom Reed", Late: i < 2})
		}
		v.Card = c
	})
}

func other(name, company, words, heard string) live.View {
	return with(known(), func(v *live.View) {
		v.Card = &live.Card{Customer: assist.Customer{ID: "o", Name: name, Likes: words}, Company: assist.Company{Name: company},
			Brief: []string{words}, Promises: []live.PromiseLine{{ID: "p", Text: words, When: "due Friday", By: name}}}
		v.Heard = heard
		for i := range v.Answers.Hits {
			v.Answers.Hits[i].Title, v.Answers.Hits[i].Say = heard, strings.Repeat(words, 2)
		}
		v.Note.Text = words
		v.Prompts = []live.Offer{{Prompt: "q", Ask: []string{words}, Intelligence: assist.Relationship}}
	})
}
