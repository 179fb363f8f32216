package call_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/theme"
)

func TestTheCardSaysThatAColleagueIsOnThePhoneWithThem(t *testing.T) {
	s := open(t, fyne.NewSize(1200, 700), theme.Light)
	told := func(words string, want bool) {
		t.Helper()
		if s.stands(words) != want {
			t.Errorf("%q is seen: %t, want %t", words, !want, want)
		}
	}
	s.page.SetBusy("mary", "Tom is on the phone with her now")
	on := func(id, name string) live.View {
		return live.View{Call: assist.ID("call-" + id), Who: live.Known, Phase: live.Ringing, Card: &live.Card{Customer: assist.Customer{ID: assist.ID(id), Name: name}}}
	}
	s.page.SetView(on("mary", "Mary Shaw"))
	told("Tom is on the phone with her now", true)
	s.page.SetView(on("ann", "Ann Lee"))
	told("Tom is on the phone", false)
	s.page.SetView(on("mary", "Mary Shaw"))
	told("Tom is on the phone with her now", true)
	s.page.SetBusy("mary", "")
	told("Tom is on the phone", false)
	s.page.SetBusy("mary", "Ewa is on the phone with her now")
	told("Ewa is on the phone with her now", true)
	s.page.SetView(live.View{})
	told("Ewa is on the phone", false)
}

func TestWhatAColleaguePassesOnIsReadWhole(t *testing.T) {
	for _, size := range []fyne.Size{fyne.NewSize(1200, 700), fyne.NewSize(900, 600)} {
		s := open(t, size, theme.Light)
		s.page.SetView(live.View{Call: "one", Who: live.Known, Phase: live.Ringing, Card: &live.Card{Customer: assist.Customer{ID: "mary", Name: "Mary Shaw"}}})
		last := "Promised: a call back today"
		s.page.SetBusy("mary", "Tom passes this call on\nOn the line since 9:02\nNote: "+strings.Repeat("the battery does not charge and ", 5)+"\n"+last)
		if !s.stands("Tom passes this call on") || !s.stands(last) {
			t.Errorf("%v: it cannot be read whole", size)
		}
		s.page.SetBusy("mary", "")
		if s.stands("FROM THE COLLEAGUE") {
			t.Errorf("%v: it stays", size)
		}
	}
}
