package library_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
)

func TestAnEditorStandsInPlaceOfTheList(t *testing.T) {
	d := newDesk(t, wide)
	d.page.SetAnswers(answers())
	box := widget.NewEntry()
	d.page.ShowEditor(box, func(c fyne.Canvas) { c.Focus(box) })
	d.unseen("Charged twice")
	if d.w.Canvas().Focused() != fyne.Focusable(box) || !d.page.Shows(box) {
		t.Error("the editor has not the keyboard")
	}
	d.page.SetAnswers(answers()[1:]) // the library has changed beside it
	d.unseen("Blade jams")
	d.page.Focus(d.w.Canvas())
	if d.w.Canvas().Focused() != fyne.Focusable(box) {
		t.Error("coming back to the page takes the keyboard from the editor")
	}
	d.page.CloseEditor()
	d.see("Blade jams")
	if d.page.Shows(box) {
		t.Error("the editor is still there")
	}
}

func TestAnEmptyLibraryIsBehindItsEditor(t *testing.T) {
	d := newDesk(t, slim)
	box := widget.NewEntry()
	d.page.ShowEditor(box, func(fyne.Canvas) {})
	d.unseen("No answers yet")
	d.page.CloseEditor()
	d.see("No answers yet")
}

func TestKeysChangeAnAnswerAndWriteANewOne(t *testing.T) {
	d := newDesk(t, wide)
	var edited []assist.ID
	changes := 0
	d.page.OnEdit = func(id assist.ID) { edited = append(edited, id) }
	d.page.OnChanges = func() { changes++ }
	d.page.SetAnswers(answers())
	d.page.SetChanges(3)
	d.page.Open("blade")
	d.see("Change it (E)", "New answer (N)", "Changes: 3 (D)")
	look.Apart(t, d.page.Object(), wide, "the library")
	rows := look.Find[*panes.Rows](t, d.page.Object(), nil)
	for _, r := range "end" {
		rows.TypedRune(r)
	}
	if len(edited) != 2 || edited[0] != "blade" || edited[1] != "" || changes != 1 {
		t.Errorf("edited %q, changes %d", edited, changes)
	}
}

func TestWhoCannotWriteSeesNoButtons(t *testing.T) {
	d := newDesk(t, wide)
	d.page.SetAnswers(answers())
	d.page.SetChanges(3)
	d.unseen("Change it", "New answer", "Changes")
}
