package live

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/search"
)

const strange = "xylophone lessons please"

// gapsOf returns what was left for the trainers, in words, by id.
func gapsOf(r *rig) (out []string) {
	for _, g := range kept[assist.Gap](r.store) {
		if g.Closed.IsZero() {
			out = append(out, fmt.Sprintf("%s (%s)", g.Text, g.How))
		}
	}
	slices.Sort(out)
	return out
}

func TestASearchInVainIsKeptWithItsCall(t *testing.T) {
	look := func(r *rig) { time.Sleep(lookedAt); r.settle() }
	for name, c := range map[string]struct {
		do   func(r *rig)
		want string
	}{
		"nothing fits, and the box is cleared": {func(r *rig) { r.hear(strange); r.hear("") }, "[xylophone lessons please (empty)]"},
		"nothing fits, and the call ends":      {func(r *rig) { r.hear(strange) }, "[xylophone lessons please (empty)]"},
		"the words are deleted one by one": {func(r *rig) {
			for i := len(strange); i >= 0; i-- {
				r.hear(strange[:i])
			}
		}, "[xylophone lessons please (empty)]"},
		"typed key by key": {func(r *rig) {
			for i := range strange {
				r.hear(strange[:i+1])
			}
		}, "[xylophone lessons please (empty)]"},
		"it was looked at, and nothing was opened": {func(r *rig) { r.hear("charged twice"); look(r); r.hear("") }, "[charged twice (abandoned)]"},
		"the rep went on at once":                  {func(r *rig) { r.hear("charged twice"); r.hear("") }, "[]"},
		"an answer was opened":                     {func(r *rig) { r.hear("charged twice"); look(r); r.use(Use{Answer: "charged-twice"}); r.hear("") }, "[]"},
		"something was opened, and then it went on": {func(r *rig) {
			r.hear("charged twice")
			r.use(Use{Answer: "charged-twice"})
			r.hear(strange)
			r.hear("")
		}, "[xylophone lessons please (empty)]"},
		"opened in vain, and the same is deleted": {func(r *rig) {
			r.hear("charged twice")
			r.use(Use{Answer: "charged-twice"})
			r.hear("charged")
			look(r)
			r.hear("")
		}, "[]"},
		"a note was opened":                           {func(r *rig) { r.hear("piano"); r.use(Use{Found: FoundUse{Type: assist.TypeNote, ID: "n"}}); r.hear("") }, "[]"},
		"a person was found":                          {func(r *rig) { r.hear("Paul Reed"); r.hear("") }, "[]"},
		"the rep will find out":                       {func(r *rig) { r.hear(strange); r.use(Use{FindOut: true}); r.hear("") }, "[xylophone lessons please ()]"},
		"the same is asked twice":                     {func(r *rig) { r.hear(strange); r.hear(""); r.hear("Xylophone LESSONS, please"); r.hear("") }, "[xylophone lessons please (empty)]"},
		"asked again after the promise":               {func(r *rig) { r.hear(strange); r.use(Use{FindOut: true}); r.hear(""); r.hear(strange); r.hear("") }, "[xylophone lessons please ()]"},
		"a single letter":                             {func(r *rig) { r.hear("q"); r.hear("") }, "[]"},
		"her name and her number are nobody's affair": {func(r *rig) { r.hear("Mary Shaw wants xylophone 0113 4960123"); r.hear("") }, "[wants xylophone (empty)]"},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				call := r.ring("1", marysNumber, phone.Answered).Call
				c.do(r)
				r.done()
				if got := fmt.Sprint(gapsOf(r)); got != c.want {
					t.Errorf("kept %s, want %s", got, c.want)
				}
				for _, g := range kept[assist.Gap](r.store) {
					if g.Call != call || g.Customer != "mary" || g.Rep != "tom" || g.At.IsZero() {
						t.Errorf("kept %+v", g)
					}
				}
			}, assist.Note{ID: "n", Customer: "paul", At: time.Now(), Text: "Asked for a piano"})
		})
	}
}

func TestWeakAnswersThatNobodyOpenedAreAQuestion(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		index := &slowIndex{}
		close(index.gate("lawn for rent"))
		r.desk.SetLibrary(Library{Index: dimmed{index}})
		r.ring("1", marysNumber, phone.Answered)
		if v := r.hear("lawn for rent"); v.Answers.State != "dim" {
			t.Fatalf("answers %+v", v.Answers)
		}
		r.hear("")
		if got := fmt.Sprint(gapsOf(r)); got != "[lawn for rent (weak)]" {
			t.Errorf("kept %s", got)
		}
	})
}

func TestWhereNobodyIsKnownAFewWordsMayBeAName(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		r.hear("Rosalind Achebe")
		r.hear("")
		if got := gapsOf(r); len(got) != 0 {
			t.Errorf("kept %q", got)
		}
		r.hear("lessons for Paul on the xylophone")
		r.hear("")
		r.use(Use{Caller: "paul"})
		if got := fmt.Sprint(gapsOf(r)); got != "[lessons for on the xylophone (empty)]" {
			t.Errorf("kept %s", got)
		}
	})
}

func TestAnIdleDeskKeepsOnlyWhatNothingFits(t *testing.T) {
	for words, want := range map[string]string{
		strange:               "[xylophone lessons please (empty)]",
		"Rosalind Achebe":     "[]", // may be a name
		"charged twice today": "[]", // was found
		"asked for a piano":   "[]", // a note was found
	} {
		for name, on := range map[string]func(r *rig){
			"cleared":      func(r *rig) { r.hear("") },
			"a call comes": func(r *rig) { r.ring("1", marysNumber, phone.Answered) },
			"the app ends": func(r *rig) { _ = r.stop() },
		} {
			t.Run(words+", "+name, func(t *testing.T) {
				story(t, func(t *testing.T, r *rig) {
					r.hear(words)
					time.Sleep(lookedAt)
					on(r)
					if got := fmt.Sprint(gapsOf(r)); got != want {
						t.Errorf("kept %s, want %s", got, want)
					}
					for _, g := range kept[assist.Gap](r.store) {
						if g.Call != "" || g.Rep != "tom" {
							t.Errorf("kept %+v", g)
						}
					}
				}, assist.Note{ID: "n", Customer: "paul", At: time.Now(), Text: "Asked for a piano"})
			})
		}
	}
}

func TestTheRepSeesWhatWasKeptForTheTrainersAndMayTakeItBack(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.hear(strange)
		r.hear("")
		r.hear("piano lessons")
		r.use(Use{FindOut: true})
		r.hear("")
		r.hear("tuba for hire")
		v := r.ring("1", marysNumber, phone.Ended)
		if v.WrapUp == nil || v.WrapUp.Missed != 2 {
			t.Fatalf("wrap-up %+v", v.WrapUp)
		}
		v = r.use(Use{WrapUp: WrapUpUse{Forget: true}})
		if got := fmt.Sprint(gapsOf(r)); got != "[piano lessons ()]" || v.WrapUp.Missed != 0 {
			t.Errorf("left %s, wrap-up %+v: what the rep promised to find out stays", got, v.WrapUp)
		}
		r.done()
		if got := fmt.Sprint(gapsOf(r)); got != "[piano lessons ()]" {
			t.Errorf("left %s", got)
		}
	})
}

func TestACallThatIsPutAwayLeavesNoQuestion(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.hear(strange)
		r.ring("1", marysNumber, phone.Ended)
		r.use(Use{WrapUp: WrapUpUse{Discard: true}})
		if got := gapsOf(r); len(got) != 0 {
			t.Errorf("kept %q", got)
		}
	})
}

// dimmed is an index that is never sure.
type dimmed struct{ *slowIndex }

func (d dimmed) Find(ctx context.Context, q search.Query) (search.Result, error) {
	r, err := d.slowIndex.Find(ctx, q)
	r.State = search.Dim
	return r, err
}

func TestANameThatWasTypedBeforeTheCallerWasKnownIsNoQuestion(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		r.hear("Zanele Nomvula Dlaminikazi")
		r.hear("")
		if got := gapsOf(r); len(got) != 1 {
			t.Fatalf("while nobody is known: %q", got)
		}
		r.use(Use{NewCustomer: "Zanele Nomvula Dlaminikazi"})
		r.done()
		if got := gapsOf(r); len(got) != 0 {
			t.Errorf("the trainers read %q", got)
		}
	})
}
