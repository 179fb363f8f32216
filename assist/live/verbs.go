package live

import (
	"context"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/glance"
	"ringside/assist/phone"
)

// Store is what the desk needs of the store. Every method may be called from any
// goroutine; Save returns when all its records are durable, or none is.
type Store interface {
	// FindByNumber returns the customers whom the number may belong to, the latest
	// contact first; none is no error.
	FindByNumber(ctx context.Context, n phone.Number) ([]glance.Match, error)
	// Profile returns what the card needs; assist.ErrNotFound when there is no such customer.
	Profile(ctx context.Context, customer assist.ID) (glance.Profile, error)
	// Save keeps the records, all or none.
	Save(ctx context.Context, records ...assist.Record) error
	// Drafts returns the drafts that are not done, the latest first.
	Drafts(ctx context.Context) ([]assist.Draft, error)
	// Seek returns the people, notes, promises and prompts that fit, the best first;
	// it gives up when ctx ends.
	Seek(ctx context.Context, s glance.Seek) ([]glance.Found, error)
}

// Reader reads one record whole, from any goroutine. It fails with
// assist.ErrNotFound when there is none.
type Reader interface {
	Read(ctx context.Context, t assist.Type, id assist.ID) (assist.Record, error)
}

// Meaner knows what texts mean.
type Meaner interface {
	// Near returns how near an answer's meaning is to the text, from -1 to 1; ok is
	// false for an answer of which it is not known. It is asked, from any goroutine,
	// for every text that was searched for; ctx ends with the next key, and what comes
	// later than 300 ms is not used. A nil func changes nothing.
	Near(ctx context.Context, text string) (near func(answer assist.ID) (near float32, ok bool), err error)
}

// Use is the choice of the rep among what a View offers. Exactly one field is set; an offer
// that is no longer there is ignored.
type Use struct {
	// Caller is this one of View.Choices; for an unknown or withheld caller it may be
	// any customer.
	Caller assist.ID
	// NewCustomer makes a customer of an unknown or withheld caller, with this name, or
	// gives the name to one who was made so and is still unchecked
	// (a blank " " stands for "name not known yet").
	NewCustomer string
	Answer      assist.ID // open this answer; it need not be in the list
	// CloseAnswer closes what lies on top: View.Peek, else View.Open.
	CloseAnswer bool
	Step        int  // tick or untick step Step (1 is the first) of the open answer
	FindOut     bool // promise to find out what was heard, and keep the question for the trainers
	Answered    AnsweredUse
	Learn       LearnUse
	Found       FoundUse
	// People looks for customers by these words, for View.People, whatever the call in
	// front is about; " " forgets them.
	People string
	// Moved: the rep has moved to the list, so it must stay in its order.
	Moved  bool
	Prompt PromptUse
	Move   MoveUse
	// Mood marks how the customer is, or takes the mark back.
	Mood     assist.Mood
	Catch    CatchUse
	Help     PaperUse // which colleagues can help with it
	Letter   LetterUse
	Keep     assist.ID // this promise has been kept
	Call     assist.ID // bring this waiting or unfinished call to the front
	NextCall bool      // bring the next waiting call to the front, or the first unfinished one
	WrapUp   WrapUpUse
	// Disturb turns View.Undisturbed on, or off when it is on.
	Disturb bool
	// HandOver makes View.HandOver of the call in front: the words with which it is passed
	// on to a colleague.
	HandOver PaperUse
	// Begin begins a call by hand at an idle desk, with nobody known yet.
	Begin bool
	// Number is the caller's, for a call whose number did not come.
	Number string
	// Outgoing marks a call that was begun by hand as one that we make, or takes the
	// mark back.
	Outgoing bool
}

// PaperUse asks for a paper beside the call, or takes it away. Exactly one field is set.
type PaperUse struct {
	Make  bool
	Close bool
}

// AnsweredUse marks what came of the open answer, or takes the mark back when it is
// there. Exactly one mark is set. An answer that helped was said, too; one that is
// wrong did not help, and is flagged. At an idle desk it begins a call by hand, since
// somebody was answered. While Open.Flagging, it says more of the flag.
type AnsweredUse struct {
	Answer   assist.ID
	Said     bool
	Helped   bool
	Wrong    bool
	Sentence int // this one of Open.Sentences is wrong; 1 is the first
	// Typed says that Why is as the rep has written it so far. It is kept at the latest
	// when Open.Flagging ends.
	Typed bool
	Why   string
	Done  bool // nothing more is told: Open.Flagging ends, the flag stays
}

// LearnUse takes View.Learn with these words, which the rep may have mended, or
// refuses it.
type LearnUse struct {
	Words  string
	Refuse bool
}

// FoundUse opens what was found. A customer becomes the caller where nobody is known
// yet, and begins a call by hand at an idle desk; beside a known caller they are
// shown in View.Peek. Notes and promises are shown in View.Peek. A prompt becomes
// the first question to ask, or is shown in View.Peek while none may be asked.
type FoundUse struct {
	Type assist.Type
	ID   assist.ID
	// Call starts a call with this customer, beside the one in front.
	Call bool
}

// PromptUse is what the rep did with a prompt.
type PromptUse struct {
	Prompt assist.ID
	Reply  assist.Reply
	// Said is what the customer said, typed so far; Final keeps it as a note.
	Said  string
	Final bool
}

// MoveUse is what the rep did with one of View.Moves: done, not now or never.
type MoveUse struct {
	Move  assist.ID
	Reply assist.Reply
	// Off takes the kind of this move away for good, for every customer.
	Off bool
}

// CatchUse is what the rep does with what was heard. Exactly one is set.
type CatchUse struct {
	Keep   bool // View.Catch; without one, the last words that were heard become an insight
	Refuse bool // these words are not offered again
	// Intelligence, Feeling and About change View.Catch to the next of their values.
	Intelligence, Feeling, About bool
}

// LetterUse writes to the customer. Exactly one field is set, but Subject goes with Body.
type LetterUse struct {
	Open  bool           // with the most pressing kind
	Kind  compose.Letter // turn to this kind
	Close bool
	// Typed says that Subject and Body are as the rep has changed them.
	Typed         bool
	Subject, Body string
	Better        int  // take this advice; 1 is the first
	Told          bool // the customer knows; or take that back
	Polish        bool // ask the model, or stop it
	Take          bool // what the model made becomes the text
	Show          bool // show what polishing would send, or no more
}

// WrapUpUse ends a call at the desk.
type WrapUpUse struct {
	Done        bool
	Disposition string // empty is allowed
	// Begin says that the customer hung up, for a phone that does not tell: the
	// strip opens, the call stays.
	Begin bool
	// Discard puts the call away without a trace: for calls that were none.
	Discard bool
	// Forget takes back the questions of WrapUp.Missed.
	Forget bool
	// Private has the note kept for who wrote it alone, or no longer so.
	Private bool
	// Make makes the answer of WrapUp.Teaches, as a draft for the trainers.
	Make bool
}

// PromiseUse keeps or refuses the promise that the View offers, or makes one by hand.
type PromiseUse struct {
	Text   string
	Due    time.Time
	AllDay bool
	Refuse bool // not a promise: do not offer these words again
}
