package edit

import (
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/panes/look"
)

// TestGallery saves what the editor looks like, when RINGSIDE_GALLERY names a folder.
func TestGallery(t *testing.T) {
	look.Gallery(t)
	b := newBench(t, wide)
	b.shop.proof = Proof{Others: []Other{{By: "tom", Since: now}}, Change: curate.Change{Before: curate.Score{Asked: 100, Top1: 83, Top3: 92},
		After: curate.Score{Asked: 100, Top1: 81, Top3: 93}, Worse: []assist.Question{{ID: "q", Text: "my money is gone"}}}}
	ours, theirs := late(), late()
	ours.Title, theirs.Title = "Ours", "Theirs"
	b.shop.outcomes = []Outcome{{Answer: ours, Other: theirs, Theirs: theirs, By: "tom", Conflicts: []curate.Conflict{
		{Field: "title", Ours: "Ours", Theirs: "Theirs"}, {Field: "words to say", Ours: "It comes today.", Theirs: "It comes tomorrow, I am afraid."}}}}
	b.open(late())
	b.form.title.SetTyped("Ours")
	b.win.Canvas().Focus(b.form.steps.list[0].box)
	b.Attach("screen.png", picture(900, 300))
	b.until("the picture", func() bool { return !strings.Contains(look.Words(b.preview.parts), ".png") })
	b.until("the bench", b.reads("among three"))
	look.Picture(t, b.win, "editor")
	b.finish()
	b.until("it asks", b.reads("Publish it anyway?"))
	look.Picture(t, b.win, "editor-worse")
	b.press("Publish anyway")
	b.until("the choice", b.reads("Somebody else has changed"))
	look.Picture(t, b.win, "editor-choice")
	b.win.Resize(slim)
	look.Picture(t, b.win, "editor-choice-slim")
}
