// Package sift reads what is typed to look for notes, words and parts like "rep:tom
// since:2026-10-01", and shows where in a note the words stand.
package sift

import (
	"cmp"
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
)

// Field is what notes can be sifted by, as it is typed before the colon.
type Field string

// The fields.
const (
	Customer   Field = "customer"
	Company    Field = "company"
	Rep        Field = "rep"
	Kind       Field = "kind"
	Product    Field = "product"
	Competitor Field = "rival"
	Since      Field = "since"
	Until      Field = "until"
	Answer     Field = "answer"
	Mood       Field = "mood"
	Tag        Field = "tag"
	Is         Field = "is" // "new": not reviewed
)

// Fields lists the fields in the order in which they are offered.
func Fields() []Field {
	return []Field{Customer, Company, Rep, Since, Until, Product, Competitor, Tag, Is, Mood, Kind, Answer}
}

// also are other words for fields.
var also = map[string]Field{"by": Rep, "from": Since, "to": Until, "after": Since, "before": Until, "competitor": Competitor, "firm": Company, "said": Answer}

// Label returns the field's name for people.
func (f Field) Label() string {
	switch f {
	case Competitor:
		return "Competitor"
	case Answer:
		return "Answered with"
	case Is:
		return "Not reviewed"
	case Kind:
		return "Kind of customer"
	}
	return strings.ToUpper(string(f[:1])) + string(f[1:])
}

// Value is something that a field may be.
type Value struct {
	Key  string // as a NoteQuery has it: an id, a word, a day
	Name string // as people read it
	Sub  string // what tells it apart from others of its name; may be empty
	Sure bool   // the words can mean no other
}

// Names is who and what there is. It may be asked by any goroutine.
type Names interface {
	// Like returns what words for a field may mean, the likeliest first; without words
	// what is offered first.
	Like(f Field, words string) []Value
	// Name returns the name of a key; empty when there is none.
	Name(f Field, key string) string
}

// Term is a part of what was typed that sets a field.
type Term struct {
	Field    Field
	Words    string // behind the colon, without quotes
	From, To int    // bytes of what was typed
	Values   []Value
	// Problem says in a sentence why the term sets nothing; empty when it is settled, as
	// the first of Values.
	Problem string
}

// Reading is what was understood.
type Reading struct {
	Query glance.NoteQuery // of the words and of what is settled
	Terms []Term           // in the order of the text
}

// Problems returns what could not be understood.
func (r Reading) Problems() (out []string) {
	for _, t := range r.Terms {
		if t.Problem != "" {
			out = append(out, t.Problem)
		}
	}
	return out
}

// Parse reads what was typed. A field that is set twice is as it was set last; what is no
// field is words.
func Parse(text string, names Names, today assist.Date) Reading {
	words, terms := cut(text)
	var r Reading
	for _, t := range terms {
		t.Values = valuesOf(t, names, today)
		if t.Problem = problem(t); t.Problem == "" {
			t.Values = t.Values[:1]
			r.Query = With(r.Query, t.Field, t.Values[0].Key)
		}
		r.Terms = append(r.Terms, t)
	}
	if len(words) == 1 && words[0] == string(Unreviewed) {
		r.Query.Unreviewed, words = true, nil
	}
	r.Query.Text = strings.ReplaceAll(strings.Join(words, " "), `"`, "")
	return r
}

// Unreviewed is the one value of Is. Alone among the words it needs no "is:" before it.
const Unreviewed = "new"

// valuesOf returns what the words of a term may mean.
func valuesOf(t Term, names Names, today assist.Date) []Value {
	switch t.Field {
	case Since, Until:
		return days(t.Field, t.Words, today)
	case Kind:
		return kinds.Like(t.Words)
	case Mood:
		return moods.Like(t.Words)
	case Is:
		return reviews.Like(t.Words)
	}
	return names.Like(t.Field, t.Words)
}

var (
	kinds   = NewList(valuesFrom(assist.Kinds()))
	moods   = NewList(valuesFrom([]assist.Mood{assist.Upset, assist.Hurried}))
	reviews = NewList([]Value{{Key: Unreviewed, Name: "not reviewed", Sub: Unreviewed}})
)

func valuesFrom[T ~string](list []T) (out []Value) {
	for _, v := range list {
		out = append(out, Value{Key: string(v), Name: string(v)})
	}
	return out
}

func problem(t Term) string {
	what := cmp.Or(map[Field]string{Competitor: "competitor", Is: "word"}[t.Field], string(t.Field))
	day := t.Field == Since || t.Field == Until
	switch {
	case t.Words == "" && day:
		return "Which day? Write it as " + string(t.Field) + ":2026-10-01, or choose one."
	case t.Words == "":
		return "Which " + what + "? Type a part of the name behind the colon, or choose one."
	case len(t.Values) == 0 && day:
		return "“" + t.Words + "” is no day. Write it as 2026-10-01, today, monday or 30d."
	case len(t.Values) == 0:
		return unknown(t, what)
	case len(t.Values) > 1 && !t.Values[0].Sure:
		return "“" + t.Words + "” may be " + named(t.Values) + ". Type more of the " + what + ", or choose one."
	}
	return ""
}

func unknown(t Term, what string) string {
	switch t.Field {
	case Is:
		return "Notes can be “new”, which is not reviewed, and not “" + t.Words + "”."
	case Kind:
		return "There is no kind “" + t.Words + "”. There are: " + named(kinds.Like("")) + "."
	case Mood:
		return "There is no mood “" + t.Words + "”. There are: " + named(moods.Like("")) + "."
	}
	return "No " + what + " is called “" + t.Words + "”."
}

func named(values []Value) string {
	const most = 3
	var names []string
	for _, v := range values {
		names = append(names, v.Name)
	}
	if len(names) > most+1 {
		names = append(names[:most], "others")
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// With returns the query with a field set to a key; an empty key sifts by it no more. A key
// that no field can have changes nothing.
func With(q glance.NoteQuery, f Field, key string) glance.NoteQuery {
	day, err := assist.ParseDate(key)
	switch f {
	case Customer:
		q.Customer = assist.ID(key)
	case Company:
		q.Company = assist.ID(key)
	case Rep:
		q.Rep = assist.ID(key)
	case Answer:
		q.Answer = assist.ID(key)
	case Kind:
		q.Kind = assist.Kind(key)
	case Mood:
		q.Mood = assist.Mood(key)
	case Product:
		q.Product = key
	case Competitor:
		q.Competitor = key
	case Tag:
		q.Tag = key
	case Is:
		q.Unreviewed = key != ""
	case Since:
		if err == nil {
			q.From = day
		}
	case Until:
		if err == nil {
			q.Until = day
		}
	}
	return q
}

// Key returns what a field of the query is set to; empty when notes are not sifted by it.
func Key(q glance.NoteQuery, f Field) string {
	switch f {
	case Customer:
		return string(q.Customer)
	case Company:
		return string(q.Company)
	case Rep:
		return string(q.Rep)
	case Answer:
		return string(q.Answer)
	case Kind:
		return string(q.Kind)
	case Mood:
		return string(q.Mood)
	case Product:
		return q.Product
	case Competitor:
		return q.Competitor
	case Tag:
		return q.Tag
	case Since:
		return q.From.String()
	case Until:
		return q.Until.String()
	}
	if q.Unreviewed {
		return Unreviewed
	}
	return ""
}

// Name returns for people what a field is set to.
func Name(f Field, key string, names Names) string {
	switch f {
	case Kind, Mood, Tag, Product, Competitor:
		return key
	case Is:
		return Unreviewed
	case Since, Until:
		if d, err := assist.ParseDate(key); err == nil {
			return paper(d)
		}
	}
	return cmp.Or(names.Name(f, key), "somebody who is gone")
}

// Over returns what is sifted by both: fields of top go before those of base, and words
// follow upon words.
func Over(base, top glance.NoteQuery) glance.NoteQuery {
	for _, f := range Fields() {
		if key := Key(top, f); key != "" {
			base = With(base, f, key)
		}
	}
	base.Text = strings.TrimSpace(base.Text + " " + top.Text)
	return base
}
