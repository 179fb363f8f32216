package review_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/review"
)

// The longest text that a note can have, as one imported with a customer.
func longNote() review.Note {
	text := strings.Repeat("Parcel late again, and she was patient about it. ", 2000)
	return review.Note{CustomerName: "Mary Shaw", Note: assist.Note{ID: "long", At: now, Text: text}}
}

func TestTheLongestNoteIsShownWhole(t *testing.T) {
	d := newDesk(t, wide)
	all := data()
	all.Notes = append([]review.Note{longNote()}, all.Notes...)
	d.load(all, nil)
	d.press("Notes")
	d.see(strings.TrimSpace(longNote().Text))
}

func BenchmarkFilterTenThousandNotes(b *testing.B) {
	d := benchDesk(b)
	box := look.Find[*panes.Box](d.t, d.room.Object(), nil)
	for b.Loop() {
		box.SetText("rival warranty 8")
		box.SetText("")
	}
}

func BenchmarkShowTheLongestNote(b *testing.B) {
	d := benchDesk(b)
	for b.Loop() {
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	}
}

func benchDesk(b *testing.B) *desk {
	b.Helper()
	d := newDesk(b, wide)
	all := data()
	all.Notes = append([]review.Note{longNote()}, all.Notes...)
	d.load(all, nil)
	d.press("Notes")
	return d
}
