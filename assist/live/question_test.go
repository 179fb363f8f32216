package live

import (
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/phone"
)

// itHelped opens an answer by words, and says that it helped.
func itHelped(r *rig, words string) View {
	r.hear(words)
	r.use(Use{Answer: "late-parcel"})
	return r.use(Use{Answered: AnsweredUse{Answer: "late-parcel", Helped: true}})
}

func TestWhatHelpedBecomesASavedQuestion(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		call := r.ring("1", marysNumber, phone.Answered).Call
		itHelped(r, unheard+" says Mary Shaw")
		q := one[assist.Question](t, r.store)
		if q.Text != unheard+" says" || q.Answer != "late-parcel" || q.Call != call || q.By != "tom" || q.At.IsZero() || q.Off {
			t.Errorf("saved %+v", q)
		}
		again := Use{Answered: AnsweredUse{Answer: "late-parcel", Helped: true}}
		r.use(again) // taken back
		if q := one[assist.Question](t, r.store); !q.Off {
			t.Error("it is asked though it did not help")
		}
		r.use(again)
		if q := one[assist.Question](t, r.store); q.Off {
			t.Error("it helped after all")
		}
		r.hear("")
		r.use(Use{Answer: "late-parcel"})
		r.use(Use{Answered: AnsweredUse{Answer: "late-parcel", Said: true}})
		if q := one[assist.Question](t, r.store); q.Off {
			t.Error("the same answer for other words took it back")
		}
	})
}

func TestQuestionsThatProveNothingAreNotSaved(t *testing.T) {
	for words, want := range map[string]int{
		unheard:              1,
		"Where is my PARCEL": 0, // a phrasing
		"the parcel is late": 0, // the title
		"parcel":             0, // one word
		"it is my parcel":    0, // short words
		"":                   0, // found without words
	} {
		t.Run(words, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				r.ring("1", marysNumber, phone.Answered)
				itHelped(r, words)
				if n := len(kept[assist.Question](r.store)); n != want {
					t.Errorf("%d were saved, want %d", n, want)
				}
			})
		})
	}
}

func TestAQuestionThatATrainerSwitchedOffStaysOff(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		itHelped(r, unheard)
		q := one[assist.Question](t, r.store)
		r.done()
		q.Off = true
		r.store.put(q)
		r.ring("2", reedsNumber, phone.Answered)
		itHelped(r, unheard)
		if q := one[assist.Question](t, r.store); !q.Off {
			t.Errorf("saved again: %+v", q)
		}
	})
}

func TestACallSavesSoManyQuestionsAndNoMore(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		for i := range mostQuestions + 2 {
			itHelped(r, "parcel lost in street "+strings.Repeat("x", i+2))
			r.use(Use{CloseAnswer: true})
		}
		if n := len(kept[assist.Question](r.store)); n != mostQuestions {
			t.Errorf("%d were saved", n)
		}
	})
}
