package heard

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"ringside/assist"
)

func TestNamesAreRecognisedInEveryWriting(t *testing.T) {
	r := New(append(subjects(),
		assist.Subject{ID: "mow", Kind: assist.AboutProduct, Name: "Müller & Söhne"}, assist.Subject{ID: "apple", Kind: assist.AboutCompetitor, Name: "Apple"},
		assist.Subject{ID: "hedge-only", Kind: assist.AboutProduct, Name: "Hedge"}, assist.Subject{ID: "now", Kind: assist.AboutPlace, Name: "Nowhere"},
		assist.Subject{ID: "figures", Kind: assist.AboutProduct, Name: "300"}, assist.Subject{ID: "double", Kind: assist.AboutPlace, Name: "Husqorn"},
		assist.Subject{ID: "empty", Kind: assist.AboutPlace, Name: " ?! "}), reps())
	for text, want := range map[string]string{
		"I went to GreenBarn":                        "GreenBarn=GreenBarn",
		"greenbarn, GREENBARN and Green-Barn":        "GreenBarn=greenbarn, GreenBarn=GREENBARN, GreenBarn=Green-Barn",
		"GreenBarn's and GreenBarn’s and Greenbarns": "GreenBarn=GreenBarn's, GreenBarn=GreenBarn’s, GreenBarn=Greenbarns",
		"gb tools": "GreenBarn=gb tools",
		"GrenBarn, Greenbran, Greenbarm, Greeenbarn": "GreenBarn=GrenBarn, GreenBarn=Greenbran, GreenBarn=Greenbarm, GreenBarn=Greeenbarn",
		"Greenbar and Grenbran":                      "GreenBarn=Greenbar",
		"reenbarn":                                   "",
		"evergreenbarn greenbarnacle":                "",
		"the hedge 300 and the Hedge300":             "Hedge 300=hedge 300, Hedge 300=Hedge300",
		"the Hedge 301":                              "Hedge=Hedge",
		"cut the hedge":                              "",
		"an apple a day; next week in may":           "",
		"Next, the orange one. May I? Apple.":        "",
		"bought at Next from Apple":                  "Next=Next, Apple=Apple",
		"I GOT IT AT NEXT":                           "",
		"in May":                                     "",
		"muller sohne":                               "Müller & Söhne=muller sohne",
		"MÜLLER & SÖHNE":                             "Müller & Söhne=MÜLLER & SÖHNE",
		"it is now here":                             "Nowhere=now here",
		"market hall. Market. Hall":                  "Market Hall=market hall",
		"a husqorn and 300 of them":                  "Husqorn=husqorn",
		"my cs18 and my CS-18, by brackmoor":         "CS-18=cs18, CS-18=CS-18, Brackmoor=brackmoor",
		"":                                           "",
		"🙂\x00\xff ’ ' -":                            "",
	} {
		var got []string
		for _, n := range r.Read(text, shaw()).Names {
			got = append(got, n.Subject.Name+"="+text[n.From:n.To])
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q names %q, want %q", text, strings.Join(got, ", "), want)
		}
	}
	if n := r.Read("a husqorn", assist.Customer{}).Names; len(n) != 1 || n[0].Subject.ID != "husqorn" {
		t.Errorf("of two with one name the first wins: %v", n)
	}
}

func TestWhatWasSaidLastIsOffered(t *testing.T) {
	r := New(subjects(), reps())
	f := r.Read("I hate GreenBarn.  She said \"Tom was brilliant\"!\nI love my\tHedge 300. How much is it?", shaw())
	if f.Insight == nil || f.Insight.Text != "I love my Hedge 300." || f.Insight.Subject != "Hedge 300" || !strings.Contains(f.Insight.Why, "Hedge 300") {
		t.Errorf("insight %+v", f.Insight)
	}
	if f.Praise == nil || f.Praise.Rep != "tom" || f.Praise.Words != `She said "Tom was brilliant"!` {
		t.Errorf("praise %+v", f.Praise)
	}
	if len(f.Names) != 2 || f.Names[0].Subject.ID != "greenbarn" {
		t.Errorf("names %+v", f.Names)
	}
}

func TestNobodyIsPraisedWhoMayBeAnother(t *testing.T) {
	two := []assist.Rep{{ID: "t1", Name: "Tom Baker"}, {ID: "t2", Name: "Tom Hill"}, {ID: "m", Name: "Mary Hill"}, {ID: "will", Name: "Will Stone"}, {ID: "none"}}
	r := New(nil, two)
	for text, want := range map[string]assist.ID{
		"Tom was brilliant": "", "Tom Hill was brilliant": "t2", "tom baker was brilliant": "t1", "Mary was brilliant": "", "Mary Hill was brilliant": "m",
		"will is a star": "", "Will is a star": "will", "please thank Will for me": "will",
	} {
		got := assist.ID("")
		if f := r.Read(text, shaw()); f.Praise != nil {
			got = f.Praise.Rep
		}
		if got != want {
			t.Errorf("%q praises %q, want %q", text, got, want)
		}
	}
}

func TestTheHonestCardIsOfTheCompetitorNamedLast(t *testing.T) {
	r := New(subjects(), reps())
	for text, want := range map[string]*Honest{
		"Husqorn or GreenBarn, that is the question": {"GreenBarn", []string{"open on Sundays"}, []string{"we repair"}, "Tom Baker, verified 2026-11-03"},
		"GreenBarn or Husqorn":                       {Name: "Husqorn", Source: "nothing written yet"},
		"a Brackmoor":                                {Name: "Brackmoor", Ours: []string{"lighter"}, Source: "not verified yet"},
		"a Cub 50 from Toolsmart":                    {Name: "Cub 50", Theirs: []string{"starts in the cold"}, Source: "not verified yet"},
		"the Hedge 300":                              nil,
		"":                                           nil,
	} {
		if got := r.Honest(r.Read(text, assist.Customer{}).Names); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestAnythingCanBeRead(t *testing.T) {
	none := New(nil, nil)
	r := New(subjects(), reps())
	for _, text := range []string{"", " ", "'", "’", "'''s", "I", "I love", "love", "I wish", "if only", "Tom", "thank", "recommend", "told", ".", "...", "?!?!", "\xff\xfe\xfd", "\u0301\u0301", "ﬁ ﬀ İ ß",
		"أحب هذا المنتج", "我喜欢这个", strings.Repeat("a", 1<<20), strings.Repeat("I love GreenBarn. ", 60_000), strings.Repeat("I love GreenBarn ", 60_000), strings.Repeat("’", 1<<19),
		strings.Repeat("éé", 1<<18), strings.Repeat("\n", 1<<20), strings.Repeat("Tom was ", 1<<16), strings.Repeat("bought at Xy ", 1<<16)} {
		for _, reader := range []*Reader{none, r} {
			f := reader.Read(text, shaw())
			for _, n := range f.Names {
				if n.From < 0 || n.To > len(text) || n.From >= n.To {
					t.Errorf("%.20q: a name from %d to %d", text, n.From, n.To)
				}
			}
			if f.Insight != nil && len(f.Insight.Text) > maxRead {
				t.Errorf("%.20q: %d bytes are kept", text, len(f.Insight.Text))
			}
			reader.Unlisted(text, assist.Customer{})
		}
	}
	if f := r.Read(strings.Repeat("x ", 1<<19)+". I love GreenBarn", shaw()); f.Insight == nil || f.Insight.Subject != "GreenBarn" {
		t.Errorf("the end of a long text is not read: %+v", f.Insight)
	}
}

func TestOneReaderServesMany(t *testing.T) {
	r := New(subjects(), reps())
	want := fmt.Sprint(r.Read("I love GreenBarn, Tom was brilliant", shaw()).Names)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				if got := fmt.Sprint(r.Read("I love GreenBarn, Tom was brilliant", shaw()).Names); got != want {
					t.Error(got)
				}
			}
		})
	}
	all.Wait()
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"I love my Hedge 300", "Tom was brilliant", "can’t stand GreenBarn’s", "wish you", "\xff’s"} {
		f.Add(s)
	}
	r := New(subjects(), reps())
	f.Fuzz(func(t *testing.T, text string) {
		for _, n := range r.Read(text, shaw()).Names {
			if n.From < 0 || n.To > len(text) || n.From >= n.To {
				t.Fatalf("a name from %d to %d of %d", n.From, n.To, len(text))
			}
		}
		r.Unlisted(text, shaw())
	})
}

func manySubjects(n int) []assist.Subject {
	parts := strings.Fields("Green Husq Brack Mako Stihl Oreg Fisk Toro Kress Worx Ryob Einh Gard Karch Bosk Dewal Milw Hika Metab Festo")
	out := subjects()
	for i := range n {
		out = append(out, assist.Subject{ID: assist.ID(fmt.Sprint("s", i)), Kind: assist.AboutCompetitor,
			Name: parts[i%20] + strings.ToLower(parts[i/20%20]) + fmt.Sprintf("%c%c", 'a'+i/400%26, 'a'+i%7), Also: []string{fmt.Sprint(parts[i%20], " ", i)}})
	}
	return out
}

func BenchmarkRead(b *testing.B) {
	text := "I bought a Husqorn last year and to be honest I really don't like it, the Hedge 300 of my neighbour is so much lighter."
	for _, n := range []int{0, 5000} {
		r := New(manySubjects(n), reps())
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Read(text, shaw())
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	list := manySubjects(5000)
	for b.Loop() {
		New(list, reps())
	}
}
