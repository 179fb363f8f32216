package live

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
)

func TestTheBoxFindsPeopleBesideAnswers(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.hear("reed")
		if v.Phase != Idle || len(v.Found) != 2 || v.Found[0].Title != "Jane Reed" || !v.Found[0].Sure {
			t.Fatalf("view is %s", text(t, v))
		}
		if v = r.hear(""); v.Found != nil {
			t.Errorf("an empty box finds %v", v.Found)
		}
	})
}

// gated is a store whose searches are let go one by one.
type gated struct {
	*memory
	gate map[string]chan struct{}
}

func (g gated) Seek(ctx context.Context, s glance.Seek) ([]glance.Found, error) {
	select {
	case <-g.gate[s.Text]:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return []glance.Found{{Type: assist.TypeCustomer, ID: "paul", Title: s.Text}}, nil
}

func TestWhatIsFoundLateIsDropped(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		g := gated{r.store, map[string]chan struct{}{"parcel": make(chan struct{}), "parcels": make(chan struct{})}}
		ctx, cancel := context.WithCancel(t.Context())
		d := New(Config{Store: g, Me: me, Region: "GB"})
		d.SetLibrary(library())
		ended := make(chan error, 1)
		go func() { ended <- d.Run(ctx) }()
		slow := &rig{t: t, desk: d}
		d.Hear("parcel")
		if v := slow.settle(); v.Heard != "parcel" || v.Found != nil {
			t.Errorf("answers waited: %s", text(t, v))
		}
		time.Sleep(burst)
		slow.hear("parcels")
		close(g.gate["parcel"])
		if v := slow.settle(); v.Found != nil {
			t.Errorf("a late find was shown: %v", v.Found)
		}
		close(g.gate["parcels"])
		v := slow.settle()
		if len(v.Found) != 1 || v.Found[0].Title != "parcels" {
			t.Errorf("found %v", v.Found)
		}
		d.SetLibrary(library())
		time.Sleep(burst)
		if again := slow.settle(); again.Seq != v.Seq {
			t.Error("the same finds are a new View")
		}
		cancel()
		<-ended
	})
}

func TestAPersonFoundAtAnIdleDeskIsCalled(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.hear("shaw")
		v := r.use(Use{Found: FoundUse{Type: assist.TypeCustomer, ID: "mary"}})
		if v.Phase != Talking || v.Who != Known || v.Card.Customer.ID != "mary" || v.Heard != "" || len(v.Found) != 0 {
			t.Fatalf("view is %s", text(t, v))
		}
		news := v.Ring
		news.Phase = phone.Ended
		r.desk.Ring(news)
		if v = r.settle(); v.Phase != Wrapping {
			t.Errorf("the page cannot end the call: %s", text(t, v))
		}
	})
}

func TestAPersonFoundInACallBecomesItsUnknownCaller(t *testing.T) {
	for name, begin := range map[string]func(r *rig) View{
		"unknown":  func(r *rig) View { return r.ring("1", strangers, phone.Answered) },
		"withheld": func(r *rig) View { return r.ring("1", "", phone.Answered) },
		"by hand":  func(r *rig) View { return r.note("somebody calls") },
		"several":  func(r *rig) View { return r.ring("1", reedsNumber, phone.Answered) },
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				call := begin(r).Call
				r.hear("shaw")
				v := r.use(Use{Found: FoundUse{Type: assist.TypeCustomer, ID: "mary"}})
				if v.Call != call || v.Who != Known || v.Card.Customer.ID != "mary" || v.Heard != "" || v.Peek != nil {
					t.Errorf("view is %s", text(t, v))
				}
			})
		})
	}
}

func TestAKnownCallerIsNeverReplacedByALook(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		v := r.hear("reed")
		v = r.use(Use{Found: FoundUse{Type: assist.TypeCustomer, ID: "paul"}})
		if v.Card.Customer.ID != "mary" || v.Peek == nil || v.Peek.Title != "Paul Reed" || v.Heard != "reed" ||
			!strings.Contains(v.Peek.Sub, "0113 496 0999") || v.Peek.Text != "No contact yet." {
			t.Fatalf("view is %s", text(t, v))
		}
		if v = r.use(Use{CloseAnswer: true}); v.Peek != nil {
			t.Errorf("it stays: %+v", v.Peek)
		}
		r.use(Use{Found: FoundUse{Type: assist.TypeCustomer, ID: "paul"}})
		if v = r.hear("reed parcel"); v.Peek != nil {
			t.Errorf("new words leave it there: %+v", v.Peek)
		}
		if v = r.hear("mary"); len(v.Found) != 0 {
			t.Errorf("the caller is found beside her own card: %v", v.Found)
		}
	})
}

func TestABurstOfKeysIsLookedForOnce(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		var asked []string
		r.desk.cfg.Store = counted{r.store, &asked}
		for _, text := range []string{"p", "pa", "par", "paul"} {
			r.desk.Hear(text)
			r.settle()
		}
		time.Sleep(burst)
		if v := r.settle(); len(v.Found) != 1 || len(asked) != 1 || asked[0] != "paul" {
			t.Errorf("found %v, asked for %q", v.Found, asked)
		}
	})
}

// counted remembers what was asked of a store.
type counted struct {
	Store
	asked *[]string
}

func (c counted) Seek(ctx context.Context, s glance.Seek) ([]glance.Found, error) {
	*c.asked = append(*c.asked, s.Text)
	return c.Store.Seek(ctx, s)
}

func TestNotesAndPromisesAreShownInFull(t *testing.T) {
	at := time.Date(1999, 12, 20, 9, 0, 0, 0, time.UTC)
	note := assist.Note{ID: "n1", Customer: "paul", Rep: "anna", At: at, Text: "The hedge trimmer smokes, and he wants his money back before the spring."}
	due := assist.Promise{ID: "p1", Customer: "paul", Rep: "anna", Text: "Send Paul the hedge catalogue", Made: at, Due: at.AddDate(0, 0, 5), AllDay: true}
	kept := assist.Promise{ID: "p2", Text: "Fetch the hedge clippings", Made: at, Kept: at.AddDate(0, 0, 1)}
	heard := assist.Insight{ID: "i1", Customer: "paul", Rep: "anna", At: at, Intelligence: assist.Market, Text: "Cuts the hedge in spring"}
	praise := assist.Kudos{ID: "k1", Customer: "paul", Rep: "gone", By: "anna", At: at, Words: "A marvel with a hedge"}
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		v := r.hear("hedge")
		if len(v.Found) != 5 {
			t.Fatalf("found %v", v.Found)
		}
		peek := func(kind assist.Type, id assist.ID) Peek {
			return *r.use(Use{Found: FoundUse{Type: kind, ID: id}}).Peek
		}
		if k := peek(assist.TypeNote, "n1"); k.Title != "Paul Reed" || k.Text != note.Text || k.Sub != "noted on 20 Dec 1999 by Anna" {
			t.Errorf("the note: %+v", k)
		}
		if k := peek(assist.TypePromise, "p1"); k.Title != "Paul Reed" || k.Text != due.Text || !strings.HasPrefix(k.Sub, "promised, ") || !strings.Contains(k.Sub, "Anna") {
			t.Errorf("the promise: %+v", k)
		}
		if k := peek(assist.TypePromise, "p2"); k.Title != "No customer" || !strings.HasPrefix(k.Sub, "promised, and kept") {
			t.Errorf("the kept promise: %+v", k)
		}
		if k := peek(assist.TypeCompany, "firm"); k.Title != "Reed Hedges" || k.Sub != "Leeds  ·  0113 496 0000" || k.Text != "Pays late" {
			t.Errorf("the company: %+v", k)
		}
		if k := peek(assist.TypeInsight, "i1"); k.Title != "Paul Reed" || k.Text != heard.Text || k.Sub != "market, noted on 20 Dec 1999 by Anna" {
			t.Errorf("the insight: %+v", k)
		}
		if k := peek(assist.TypeKudos, "k1"); k.Title != "Paul Reed" || k.Text != praise.Words || k.Sub != "praise for gone, heard on 20 Dec 1999 by Anna" {
			t.Errorf("the praise: %+v", k)
		}
		if k := peek(assist.TypeNote, "gone"); k.Title != "" || k.Text != "" {
			t.Errorf("a note that is gone: %+v", k)
		}
		if v = r.use(Use{Answer: "late-parcel"}); v.Peek != nil || v.Open == nil {
			t.Errorf("an answer opens below it: %+v", v.Peek)
		}
	}, note, due, kept, heard, praise, assist.Company{ID: "firm", Name: "Reed Hedges", City: "Leeds", About: "Pays late", Phones: []assist.Phone{{Raw: "0113 496 0000"}}})
}

func TestAFoundPromptIsOfferedFirst(t *testing.T) {
	find := Use{Found: FoundUse{Type: assist.TypePrompt, ID: "people-2"}}
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.hear("birthday")
		v := r.use(find)
		if len(v.Prompts) != 2 || v.Prompts[0].Prompt != "people-2" || v.Prompts[0].Why != "you looked for it" || v.Peek != nil {
			t.Fatalf("prompts %+v, peek %+v", v.Prompts, v.Peek)
		}
		r.use(Use{Prompt: PromptUse{Prompt: "people-2", Reply: assist.ReplyNever}})
		if v = r.use(find); slices.ContainsFunc(v.Prompts, func(o Offer) bool { return o.Prompt == "people-2" }) || v.Peek == nil || v.Peek.Text != "When is your birthday?" {
			t.Errorf("a refused question is offered again: %+v, peek %+v", v.Prompts, v.Peek)
		}
	})
	story(t, func(t *testing.T, r *rig) {
		r.hear("birthday")
		if v := r.use(find); v.Peek == nil || len(v.Prompts) != 0 {
			t.Errorf("nobody is there to ask: %s", text(t, v))
		}
	})
}

func TestPeopleAreFoundWhateverTheCallIsAbout(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		first := r.ring("1", marysNumber, phone.Answered).Call
		r.hear("parcel")
		v := r.use(Use{People: "reed"})
		if v.People.For != "reed" || len(v.People.Found) != 2 || v.Heard != "parcel" {
			t.Fatalf("view is %s", text(t, v))
		}
		if v = r.use(Use{People: " "}); v.People.For != "" || v.People.Found != nil {
			t.Errorf("people %+v", v.People)
		}
		r.use(Use{People: "jane"})
		v = r.use(Use{Found: FoundUse{Type: assist.TypeCustomer, ID: "jane", Call: true}})
		if v.Call != first || len(v.Others) != 1 || v.Others[0].Title != "Jane Reed" || v.People.For != "" {
			t.Fatalf("view is %s", text(t, v))
		}
		if v = r.use(Use{NextCall: true}); v.Card.Customer.ID != "jane" || v.Phase != Talking || v.Heard != "" {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestAStoreThatCannotSeekFindsAnswersAllTheSame(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.store.setFail(assist.ErrDamaged)
		v := r.hear("parcel")
		if v.Found != nil || len(v.Answers.Hits) == 0 {
			t.Errorf("view is %s", text(t, v))
		}
		r.use(Use{People: "reed"})
		v = r.use(Use{Found: FoundUse{Type: assist.TypeCustomer, ID: "paul"}})
		if v.Peek == nil || v.People.Found != nil {
			t.Errorf("view is %s", text(t, v))
		}
		r.store.setFail(nil)
	})
}
