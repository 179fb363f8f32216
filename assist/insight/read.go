package insight

import (
	"cmp"
	"slices"
	"strings"

	"ringside/assist"
)

// Reader reads what records tell. It never changes, and any goroutine may use it.
type Reader struct {
	subjects []assist.Subject
	words    *node
}

// NewReader returns a Reader that knows these subjects by name. Those that are listed
// first win where two have one name.
func NewReader(subjects []assist.Subject) *Reader {
	return &Reader{slices.Clone(subjects), tree(subjects)}
}

// types are those of the records that tell something; what was said on purpose is first.
var types = []assist.Type{assist.TypeInsight, assist.TypeKudos, assist.TypeGap, assist.TypeNote, assist.TypeCall, assist.TypeOrder, assist.TypeCustomer}

// Types lists the types of record that tell something.
func Types() []assist.Type { return slices.Clone(types) }

// Read returns what a record tells. Records of a type that is not in Types tell nothing.
// Words are read in English.
func (r *Reader) Read(record assist.Record) Said {
	var s Said
	switch v := record.(type) {
	case assist.Note:
		s.Ref = assist.Ref{Type: assist.TypeNote, ID: v.ID}
		s.At, s.Customer, s.Rep, s.Talk = v.At, v.Customer, v.Rep, talk(v.Call, v.ID)
		r.note(&s, v.Text)
	case assist.Insight:
		s.Ref = assist.Ref{Type: assist.TypeInsight, ID: v.ID}
		s.At, s.Customer, s.Rep, s.Talk = v.At, v.Customer, v.Rep, talk(v.Call, cmp.Or(v.Note, v.ID))
		r.insight(&s, v)
	case assist.Call:
		s.Ref = assist.Ref{Type: assist.TypeCall, ID: v.ID}
		s.At, s.Customer, s.Rep, s.Talk = v.Started, v.Customer, v.Rep, s.Ref
		call(&s, v)
	case assist.Gap:
		s.Ref = assist.Ref{Type: assist.TypeGap, ID: v.ID}
		s.At, s.Customer, s.Rep, s.Talk = v.At, v.Customer, v.Rep, talk(v.Call, v.ID)
		gap(&s, v.Text)
	case assist.Kudos:
		s.Ref = assist.Ref{Type: assist.TypeKudos, ID: v.ID}
		s.At, s.Customer, s.Rep, s.Talk = v.At, v.Customer, v.By, talk(v.Call, v.ID)
		r.kudos(&s, v)
	case assist.Order:
		s.Ref = assist.Ref{Type: assist.TypeOrder, ID: v.ID}
		s.At, s.Customer = v.At, v.Customer
		s.pairs(Owned, v.Products)
	case assist.Customer:
		s.Ref = assist.Ref{Type: assist.TypeCustomer, ID: v.ID}
		s.Customer = v.ID
		owned(&s, v)
	}
	return s
}

// talk is the call that something was said in, or what was written of it.
func talk(call, own assist.ID) assist.Ref {
	if call != "" {
		return assist.Ref{Type: assist.TypeCall, ID: call}
	}
	return assist.Ref{Type: assist.TypeNote, ID: own}
}

// tells adds a theme, once, and the same for each matter.
func (s *Said) tells(t Theme, matters ...string) {
	if !slices.Contains(s.Themes, t) {
		s.Themes = append(s.Themes, t)
	}
	for _, m := range matters {
		if t.Matter = m; m != "" && !slices.Contains(s.Themes, t) {
			s.Themes = append(s.Themes, t)
		}
	}
}

// note reads the words of a note: who and what is named in it, for what, and whether the
// customer speaks of leaving or staying.
func (r *Reader) note(s *Said, text string) {
	var products []string
	r.words.sentences(text, false, func(said sentence) {
		for _, n := range said.names {
			subject := r.subjects[n.subject]
			if subject.Kind == assist.AboutProduct && len(subject.Theirs) == 0 {
				products = append(products, subject.Name)
			}
			r.named(s, subject, matterNames(said.matters))
		}
		r.door(s, said.door(), said)
	})
	s.pairs(Together, products)
}

// named adds that a subject is named for some matters.
func (r *Reader) named(s *Said, of assist.Subject, matters []string) {
	t := Theme{Group: Competitive, Kind: Named, About: of.Kind, Subject: of.Name}
	switch {
	case of.Kind == assist.AboutPlace:
		t.Group, t.Kind = Market, Bought
	case of.Kind == assist.AboutCompetitor, of.Kind == assist.AboutProduct && len(of.Theirs) > 0:
	case of.Kind == assist.AboutProduct:
		t.Group = Relationship
	default:
		return
	}
	s.tells(t, matters...)
}

// door adds that a customer speaks of leaving or staying, why, and for whom.
func (r *Reader) door(s *Said, k Kind, said sentence) {
	if k == "" {
		return
	}
	s.tells(Theme{Group: BackDoor, Kind: k}, matterNames(said.matters)...)
	for _, n := range said.names {
		if of := r.subjects[n.subject]; k == Leaving && of.Kind == assist.AboutCompetitor {
			s.tells(Theme{Group: BackDoor, Kind: k, About: of.Kind, Subject: of.Name})
		}
	}
}

// insight reads what was kept on purpose. Where its words speak of no matter that is
// known, its topic says what it is about.
func (r *Reader) insight(s *Said, i assist.Insight) {
	var mask uint32
	door := doors[i.Topic]
	r.words.sentences(i.Text, true, func(said sentence) {
		mask |= said.matters
		door = cmp.Or(said.door(), door)
	})
	about := matterNames(mask)
	if len(about) == 0 && i.Topic != "" && doors[i.Topic] == "" {
		about = []string{i.Topic}
	}
	t := Theme{Group: groupOf(i.Intelligence), Kind: Felt, Feeling: i.Feeling, About: i.About, Subject: i.Subject}
	if t.About == assist.AboutUs || t.About == assist.AboutPerson {
		t.Subject = "" // whoever it is: people are not counted, and we have one name
	}
	named := t
	named.Feeling = ""
	switch {
	case t.Group == FrontLine:
		for _, m := range about {
			s.tells(Theme{Group: FrontLine, Kind: Told, Matter: m})
		}
	case t.About == assist.AboutPlace:
		named.Kind = Bought
		s.tells(named, about...)
	case t.Subject != "" && t.Group == Competitive:
		named.Kind = Named
		s.tells(named, about...)
	case t.Feeling == "":
		for _, m := range about {
			s.tells(Theme{Group: t.Group, Kind: Told, Matter: m})
		}
	}
	if t.Feeling != "" && t.Group != FrontLine {
		s.tells(t, about...)
	}
	r.door(s, door, sentence{matters: mask, names: r.rival(i)})
}

// rival returns the competitor that an insight is about.
func (r *Reader) rival(i assist.Insight) []span {
	at := slices.IndexFunc(r.subjects, func(s assist.Subject) bool { return s.Kind == i.About && s.Name == i.Subject })
	if i.About != assist.AboutCompetitor || at < 0 {
		return nil
	}
	return []span{{subject: at}}
}

func groupOf(i assist.Intelligence) Group {
	switch i {
	case assist.Competitive:
		return Competitive
	case assist.Market:
		return Market
	case assist.FrontLine:
		return FrontLine
	}
	return Relationship
}

func call(s *Said, c assist.Call) {
	for _, u := range c.Used {
		s.tells(Theme{Group: Questions, Kind: Opened, Subject: string(u.Answer)})
	}
	if c.Mood == assist.Upset {
		s.tells(Theme{Group: BackDoor, Kind: Upset})
	}
}

// mostWords is by how many of its words a question that nobody could answer is counted.
const mostWords = 8

func gap(s *Said, text string) {
	for c := english.Cut(text); c.Next() && len(s.Themes) < mostWords; {
		w := string(c.Word())
		if len(w) > 2 && !english.Stop(w) && strings.Trim(w, "0123456789") != "" {
			s.tells(Theme{Group: Questions, Kind: Unanswered, Subject: singular(w)})
		}
	}
}

// singular makes one word of "saws" and "saw".
func singular(w string) string {
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") {
		return w[:len(w)-1]
	}
	return w
}

// kudos counts as love for us; who is praised is between them and the customer.
func (r *Reader) kudos(s *Said, k assist.Kudos) {
	var mask uint32
	r.words.sentences(k.Words, true, func(said sentence) { mask |= said.matters })
	s.tells(Theme{Group: Relationship, Kind: Felt, Feeling: assist.Love, About: assist.AboutUs}, matterNames(mask)...)
}

// mostProducts is of how many products pairs are made.
const mostProducts = 6

func (s *Said) pairs(k Kind, products []string) {
	slices.Sort(products)
	products = slices.Compact(products)
	products = products[:min(len(products), mostProducts)]
	for i, a := range products {
		for _, b := range products[i+1:] {
			s.tells(Theme{Group: Market, Kind: k, About: assist.AboutProduct, Subject: a, With: b})
		}
	}
}

// owned counts what a customer has of ours, when it is known since when they have the
// latest of it.
func owned(s *Said, c assist.Customer) {
	var products []string
	for _, p := range c.Owns {
		if p.Ours() && !p.Since.IsZero() {
			products = append(products, p.Name)
			if at := p.Since.Time(); at.After(s.At) {
				s.At = at
			}
		}
	}
	s.pairs(Owned, products)
}
