package notes

import (
	"context"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/settings"
	"ringside/assist/sift"
)

// Data is what is known before anything is looked for. The page keeps it and changes
// nothing in it.
type Data struct {
	Me    assist.ID    // the rep who sits here; may be empty
	Reps  []assist.Rep // the team
	Names sift.Names   // what notes can be sifted by
	Views []settings.View
	ForMe []glance.NoteFound // with a comment for Me that Me has not seen
}

// About is what belongs to a note.
type About struct {
	Note     glance.NoteFound // as it stands now
	Company  Link             // of the customer; zero: none
	Call     assist.Call      // in which it was written; zero: in none
	Said     []Link           // answers that were said in the call
	Promises []assist.Promise // made in it
	Others   []glance.NoteFound
	Named    []assist.Subject // in the text, each once
	Links    []Link           // made by hand
}

// Link is a record with what people read of it.
type Link struct {
	assist.Ref
	Title, Sub string
}

// Source is where the page's data come from and go to. All of it is called beside the
// window's goroutine, and more than one may be called at once.
type Source interface {
	// Open reads what is known before anything is looked for.
	Open(ctx context.Context) (Data, error)
	// Find returns the notes that fit, or those of them that follow a page: from is its
	// Next.
	Find(ctx context.Context, q glance.NoteQuery, from string) (glance.NotePage, error)
	// About reads what belongs to a note, and the note itself.
	About(ctx context.Context, note assist.ID) (About, error)
	// Seek finds what a note can be linked to.
	Seek(ctx context.Context, words string) ([]Link, error)
	// Save keeps what was changed of a note on top of what others have changed meanwhile, and
	// fails where that is the same. It is called for one change at a time, in the order in
	// which they were made.
	Save(ctx context.Context, before, after assist.Note) error
}
