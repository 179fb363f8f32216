package live

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
)

// A monkey plays the rep and the phone at random; whatever it does, the pictures
// must keep what they promise.
type monkey struct {
	*rig
	rnd     *rand.Rand
	written map[assist.ID]string // the note of each call, as far as the monkey wrote it
	heard   map[assist.ID]bool   // calls in which it typed what the customer said
}

func newMonkey(r *rig, s rand.Source) *monkey {
	return &monkey{rig: r, rnd: rand.New(s), written: map[assist.ID]string{}, heard: map[assist.ID]bool{}}
}

var monkeyNumbers = []string{marysNumber, reedsNumber, strangers, "", "anonymous"}

func (m *monkey) step() {
	v := m.desk.View()
	switch m.rnd.IntN(14) {
	case 0, 1, 2, 3:
		i := m.rnd.IntN(12)
		phases := []phone.Phase{phone.Ringing, phone.Answered, phone.Ended, phone.Missed, phone.Elsewhere, "nonsense"}
		m.ring(fmt.Sprint(i), monkeyNumbers[i%len(monkeyNumbers)], phases[m.rnd.IntN(len(phases))])
	case 4, 5:
		if v.Call == "" {
			return
		}
		note := m.written[v.Call] + " word" + fmt.Sprint(m.rnd.IntN(1000))
		if m.rnd.IntN(5) == 0 {
			note += ". I will call back on Friday at 3"
		}
		m.written[v.Call] = note
		m.desk.NoteIn(v.Call, note)
	case 6:
		words := []string{"charged twice", "parcel", "", "xylophone"}[m.rnd.IntN(4)]
		m.desk.HearIn(v.Call, words)
		if words != "" {
			m.heard[v.Call] = true
		}
	case 7:
		m.desk.Promise(PromiseUse{Refuse: m.rnd.IntN(2) == 0})
	case 8:
		m.store.setFail([]error{nil, nil, assist.ErrDiskFull}[m.rnd.IntN(3)])
	case 9:
		time.Sleep(time.Duration(m.rnd.IntN(3000)) * time.Millisecond)
	default:
		m.use(m.anyUse(v))
	}
}

func (m *monkey) anyUse(v View) Use {
	prompt := PromptUse{Prompt: "rivals", Reply: []assist.Reply{assist.ReplyAsked, assist.ReplyNotNow, assist.ReplyNever, "?"}[m.rnd.IntN(4)],
		Said: "a saw", Final: m.rnd.IntN(2) == 0}
	if len(v.Prompts) > 0 {
		prompt.Prompt = v.Prompts[0].Prompt
	}
	other := assist.ID("nonsense")
	for _, w := range append(v.Others, v.Unfinished...) {
		other = w.Call
	}
	kept := assist.ID("nonsense")
	for _, p := range v.Made {
		kept = p.ID
	}
	uses := []Use{{}, {Caller: "paul"}, {Answer: "charged-twice"}, {CloseAnswer: true}, {Step: m.rnd.IntN(4)}, {FindOut: true},
		{Prompt: prompt}, {Prompt: prompt}, {Keep: kept}, {Call: other}, {NextCall: true}, {NextCall: true},
		{WrapUp: WrapUpUse{Begin: true}}, {WrapUp: WrapUpUse{Done: true}}, {NewCustomer: " "},
		{Answered: AnsweredUse{Answer: "charged-twice", Said: true}}, {Answered: AnsweredUse{Answer: "charged-twice", Wrong: true}},
		{Learn: LearnUse{Words: "they took it " + fmt.Sprint(m.rnd.IntN(3)) + " times"}}, {Learn: LearnUse{Refuse: true}}, {Moved: true},
		{People: "reed"}, {People: " "}}
	for _, f := range append([]glance.Found{{Type: assist.TypeCustomer, ID: "jane"}, {Type: assist.TypePrompt, ID: "season"}}, v.Found...) {
		uses = append(uses, Use{Found: FoundUse{Type: f.Type, ID: f.ID, Call: m.rnd.IntN(4) == 0}})
	}
	if m.written[v.Call] == "" {
		uses = append(uses, Use{WrapUp: WrapUpUse{Discard: true}})
	}
	return uses[m.rnd.IntN(len(uses))]
}

func (m *monkey) check(i int) {
	m.t.Helper()
	v := m.settle()
	bad := func(what string) { m.t.Fatalf("step %d: %s: %s", i, what, text(m.t, v)) }
	asking := len(v.Prompts)
	if v.Reply != nil {
		asking++
	}
	switch {
	case asking > 2:
		bad("more than two prompts")
	case len(v.Answers.Hits) > 5:
		bad("more than five answers")
	case (v.Card != nil) != (v.Who == Known):
		bad("card and caller disagree")
	case (len(v.Choices) > 0) != (v.Who == Several):
		bad("choices and caller disagree")
	case (v.Call == "") != (v.Phase == Idle):
		bad("call and phase disagree")
	case (v.WrapUp != nil) != (v.Phase == Wrapping):
		bad("strip and phase disagree")
	case v.Call != "" && v.Note.Text != m.written[v.Call]:
		bad("the note is not what was written: " + m.written[v.Call])
	case len(v.Found) > 6 || len(v.People.Found) > 6:
		bad("too much is found")
	case v.Learn != nil && v.Learn.Words == "":
		bad("nothing is to be learned")
	case strings.Contains(text(m.t, v.Answers), "{{"):
		bad("a blank is not filled")
	}
	for _, w := range v.Others {
		if w.Call == v.Call || w.Title == "" {
			bad("the others are wrong")
		}
	}
}

func TestRandomCallsKeepEveryPromise(t *testing.T) {
	for seed := range uint64(30) {
		story(t, func(t *testing.T, r *rig) {
			m := newMonkey(r, rand.NewPCG(seed, 1))
			for i := range 300 {
				m.step()
				m.check(i)
			}
			r.store.setFail(nil)
			time.Sleep(5 * time.Second)
			if v := r.settle(); v.Trouble != "" {
				t.Errorf("seed %d: trouble stays: %s", seed, v.Trouble)
			}
			m.nothingLost(seed)
			m.nothingTooMuch(seed)
		})
	}
}

// nothingLost: every note that was written is in a note or in a draft.
func (m *monkey) nothingLost(seed uint64) {
	there := map[assist.ID]string{}
	for _, d := range kept[assist.Draft](m.store) {
		there[d.ID] += d.Note
	}
	for _, n := range kept[assist.Note](m.store) {
		if n.Intelligence == "" {
			there[n.Call] += n.Text
		}
	}
	for call, note := range m.written {
		if strings.TrimSpace(there[call]) != strings.TrimSpace(note) {
			m.t.Errorf("seed %d: call %s: %q is kept of %q", seed, call, there[call], note)
		}
	}
}

// nothingTooMuch: a caller whom nobody knows left something only if the rep wrote
// or promised.
func (m *monkey) nothingTooMuch(seed uint64) {
	worked := map[assist.ID]bool{}
	for call := range m.written {
		worked[call] = true
	}
	for _, p := range kept[assist.Promise](m.store) {
		worked[p.Call] = true
	}
	for _, c := range kept[assist.Call](m.store) {
		worked[c.ID] = worked[c.ID] || slices.ContainsFunc(c.Used, marked)
	}
	for _, c := range kept[assist.Call](m.store) {
		if c.Customer == "" && !worked[c.ID] && !m.heard[c.ID] {
			m.t.Errorf("seed %d: nobody worked on %+v", seed, c)
		}
	}
}

func TestPicturesAreNeverChangedLater(t *testing.T) {
	for seed := range uint64(5) {
		story(t, func(t *testing.T, r *rig) {
			m := newMonkey(r, rand.NewPCG(seed, 2))
			var views []View
			var texts []string
			for range 200 {
				m.step()
				v := m.settle()
				views, texts = append(views, v), append(texts, text(t, v))
			}
			r.store.setFail(nil)
			for i, v := range views {
				if text(t, v) != texts[i] {
					t.Fatalf("picture %d was %s, is %s", i, texts[i], text(t, v))
				}
			}
		})
	}
}

func TestVerbsMayComeFromAnywhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := run(t, newMemory(mary, paul, jane))
		reading, stop := context.WithCancel(t.Context())
		var seen []uint64
		read := make(chan bool)
		go func() {
			defer close(read)
			for {
				select {
				case v := <-r.desk.Views():
					seen = append(seen, v.Seq)
					_, _ = json.Marshal(v)
				case <-reading.Done():
					return
				}
			}
		}()
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				for j := range 50 {
					r.desk.Ring(phone.Ring{ID: fmt.Sprint(i), From: monkeyNumbers[i], Phase: phone.Answered})
					r.desk.Hear(fmt.Sprint("parcel ", j))
					r.desk.Note(fmt.Sprint("note ", j))
					r.desk.Use(Use{NextCall: true})
					_ = r.desk.View()
				}
			})
		}
		all.Wait()
		r.settle()
		stop()
		<-read
		for i := 1; i < len(seen); i++ {
			if seen[i] <= seen[i-1] {
				t.Fatalf("picture %d came after %d", seen[i], seen[i-1])
			}
		}
		if len(seen) == 0 {
			t.Error("the reader saw nothing")
		}
		_ = r.stop()
	})
}

func TestOtherCallsAreNotInThePicture(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", reedsNumber, phone.Answered)
		r.use(Use{Caller: "jane"})
		r.note("a secret of the Reeds")
		r.hear("words of the Reeds")
		r.ring("2", marysNumber, phone.Ringing)
		v := r.use(Use{NextCall: true})
		got := text(t, v)
		for _, secret := range []string{"secret", "words of", "Paul", "0999"} {
			if strings.Contains(got, secret) {
				t.Errorf("the picture holds %q: %s", secret, got)
			}
		}
		if !strings.Contains(got, "Mary Shaw") || !strings.Contains(got, "Jane Reed") {
			t.Errorf("the picture is %s", got)
		}
	})
}
