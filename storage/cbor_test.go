package storage

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"ringside/assist"
)

func TestItemsReadWhatWasAppended(t *testing.T) {
	for _, n := range []uint64{0, 1, 23, 24, 255, 256, 65535, 65536, math.MaxUint32, math.MaxUint32 + 1, math.MaxUint64} {
		b := appendHead(nil, majorUint, n)
		in := items{b: b}
		if got := in.want(majorUint); got != n || in.bad || len(in.b) != 0 {
			t.Errorf("%d: got %d, %v", n, got, in.bad)
		}
		var other uint64
		if err := cbor.Unmarshal(b, &other); err != nil || other != n {
			t.Errorf("%d: another reader has %d, %v", n, other, err)
		}
	}
	for _, s := range []string{"", "a", strings.Repeat("long ", 100)} {
		in := items{b: appendText(appendBytes(nil, []byte(s)), s)}
		if got := string(in.chunk(majorBytes)); got != s {
			t.Errorf("bytes: got %q", got)
		}
		if got := string(in.chunk(majorText)); got != s || in.bad {
			t.Errorf("text: got %q", got)
		}
	}
}

func TestItemsSkipAnyItemWhole(t *testing.T) {
	for _, v := range []any{nil, true, 1.5, float32(2), -7, "text", []byte{1}, []any{1, []any{"a", map[string]int{"x": 1}}},
		map[string]any{"a": []int{1, 2, 3}}, time.Unix(5, 0), cbor.Tag{Number: 1234, Content: "tagged"}, cbor.RawMessage{undefined}} {
		b, err := cbor.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		in := items{b: append(bytes.Clone(b), 0x01)}
		if got := in.raw(); !bytes.Equal(got, b) || in.bad || in.want(majorUint) != 1 {
			t.Errorf("%v: took %x of %x", v, got, b)
		}
	}
}

func TestItemsRefuseWhatIsNotWhole(t *testing.T) {
	deep := bytes.Repeat([]byte{0x81}, 1000)
	for name, b := range map[string][]byte{
		"nothing":         {},
		"half a number":   {0x19, 0x01},
		"half a text":     {0x65, 'a', 'b'},
		"huge text":       {0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"huge array":      {0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"huge map":        {0xbb, 0x80, 0, 0, 0, 0, 0, 0, 0},
		"unknown length":  {0x9f, 0x01, 0xff},
		"reserved":        {0x1c},
		"half an array":   {0x82, 0x01},
		"half a map":      {0xa1, 0x01},
		"tag of nothing":  {0xc1},
		"far too deep":    deep,
		"break by itself": {0xff},
	} {
		in := items{b: b}
		if got := in.raw(); !in.bad || got != nil {
			t.Errorf("%s: took %x", name, got)
		}
		if in.want(majorUint) != 0 || in.chunk(majorText) != nil || in.count(majorMap) != 0 || len(in.fields()) != 0 {
			t.Errorf("%s: read on behind what was not readable", name)
		}
		if err := in.err("it"); !errors.Is(err, assist.ErrDamaged) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func FuzzDecodePack(f *testing.F) {
	p := pack{n: 1, clock: 5, rep: "jo", ops: []op{{t: "note", id: "n", fields: []field{{"text", appendText(nil, "x")}}}}}
	f.Add(p.encode())
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := decodePack(b)
		if err != nil {
			return
		}
		again, err := decodePack(got.encode())
		if err != nil || len(again.ops) != len(got.ops) {
			t.Fatalf("%v", err)
		}
	})
}

func FuzzDecodeState(f *testing.F) {
	s, _ := merge(nil, []field{{"text", appendText(nil, "x")}}, stamp{clock: 5}, "jo")
	f.Add(s.encode(nil))
	s, _ = merge(s, []field{{"text", []byte{undefined}}}, stamp{clock: 6}, "jo")
	f.Add(s.encode(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := decodeState(b); err == nil {
			s.split()
			s.latest()
		}
	})
}

func TestPackComesBackAsItWas(t *testing.T) {
	want := &pack{device: [8]byte{1, 2}, n: 7, clock: 1 << 60, rep: "jo", ops: []op{
		{t: "note", id: "n1", fields: []field{{"text", appendText(nil, "hello")}, {"at", appendText(nil, "now")}}},
		{t: "hologram", id: "h", fields: []field{{"mood", []byte{undefined}}}},
		{t: "rep", id: "jo", fields: []field{}},
	}}
	got, err := decodePack(want.encode())
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	if at := got.stamp(2); at.clock != 1<<60+2 || at.device != want.device {
		t.Errorf("stamp %v", at)
	}
}

func TestPackOfANewerVersionIsRefusedAsSuch(t *testing.T) {
	b := append(appendHead(appendHead(nil, majorArray, 9), majorUint, packNewest+1), make([]byte, 20)...)
	if _, err := decodePack(b); !errors.Is(err, assist.ErrNewer) {
		t.Errorf("got %v", err)
	}
	whole := (&pack{ops: []op{{t: "note", id: "n"}}}).encode()
	for cut := range whole {
		if _, err := decodePack(whole[:cut]); !errors.Is(err, assist.ErrDamaged) {
			t.Errorf("cut at %d: got %v", cut, err)
		}
	}
}

func TestStateComesBackAsItWas(t *testing.T) {
	s, _ := merge(nil, []field{{"a", appendText(nil, "1")}, {"b", appendText(nil, "2")}}, stamp{10, [8]byte{1}}, "jo")
	for _, step := range [][]field{{{"a", appendText(nil, "3")}}, {{"b", []byte{undefined}}, {"c", appendText(nil, "4")}}} {
		at := stamp{s.latest().clock + 10, [8]byte{2}}
		s, _ = merge(s, step, at, "mo")
		got, err := decodeState(s.encode(nil))
		if err == nil {
			err = got.split()
		}
		if err != nil || !reflect.DeepEqual(got, s) || got.latest() != at || got.rep != "mo" {
			t.Errorf("got %+v, want %+v, %v", got, s, err)
		}
	}
	b := s.encode(nil)
	for cut := range b {
		if _, err := decodeState(b[:cut]); !errors.Is(err, assist.ErrDamaged) {
			t.Errorf("cut at %d: got %v", cut, err)
		}
	}
}

func TestMergeDoesNotChangeWhatItWasGiven(t *testing.T) {
	first, _ := merge(nil, []field{{"a", appendText(nil, "1")}, {"b", appendText(nil, "2")}}, stamp{clock: 10}, "")
	before := first.encode(nil)
	second, changed := merge(first, []field{{"a", []byte{undefined}}, {"c", appendText(nil, "3")}}, stamp{clock: 20}, "")
	if !changed || !bytes.Equal(first.encode(nil), before) {
		t.Error("the older state was changed")
	}
	if again, changed := merge(second, []field{{"a", appendText(nil, "late")}}, stamp{clock: 15}, ""); changed || again != second {
		t.Error("an older write brought a deleted field back")
	}
}

func TestDiffNamesOnlyWhatIsDifferent(t *testing.T) {
	known := map[string]bool{"a": true, "b": true, "c": true}
	one, two := appendText(nil, "1"), appendText(nil, "2")
	s, _ := merge(nil, []field{{"a", one}, {"b", one}, {"strange", one}}, stamp{clock: 1}, "")
	for name, c := range map[string]struct {
		want []field
		out  []field
	}{
		"nothing new": {[]field{{"a", one}, {"b", one}}, nil},
		"one changed": {[]field{{"a", two}, {"b", one}}, []field{{"a", two}}},
		"one more":    {[]field{{"a", one}, {"b", one}, {"c", two}}, []field{{"c", two}}},
		"one less":    {[]field{{"b", one}}, []field{{"a", []byte{undefined}}}},
		"all gone":    {nil, []field{{"a", []byte{undefined}}, {"b", []byte{undefined}}}},
	} {
		if got := s.diff(c.want, known, nil); !reflect.DeepEqual(got, c.out) {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestClockNeverGoesBack(t *testing.T) {
	now := time.UnixMilli(1_700_000_000_123)
	c := nextClock(0, now)
	if got := (stamp{clock: c}).time(); !got.Equal(now) {
		t.Errorf("got %v", got)
	}
	for range 5 {
		next := nextClock(c, now.Add(-time.Hour))
		if next <= c {
			t.Fatalf("%d follows %d", next, c)
		}
		c = next
	}
	if got := nextClock(7, time.Unix(-100, 0)); got != 8 {
		t.Errorf("before 1970: %d", got)
	}
}

// full is one of every type with every field set.
func full() []assist.Record {
	at, date := day, assist.Date{Year: 2020, Month: 2}
	phones := []assist.Phone{{Raw: "1", E164: "+441134960123", Label: "mobile"}}
	call := assist.Call{ID: "c", Customer: "m", Rep: "jo", From: "1", To: "2", Outgoing: true, Started: at, Answered: at, Ended: at,
		Disposition: "Answered", Used: []assist.Used{{Answer: "a", Heard: "refund", At: at, Said: true, Helped: true, Wrong: true}}, Shown: []assist.ID{"a"}, WrappedUp: true,
		Mood: assist.Upset, Incident: "i"}
	return []assist.Record{call,
		assist.Customer{ID: "m", Kind: assist.KindBoss, Name: "Mary", CallMe: "Mrs Shaw", Company: "k", Role: "buyer", Phones: phones,
			Emails: []string{"a@b"}, Since: date, City: "Leeds", Address: "x", Language: "en", Owns: []assist.Product{{Name: "p", Maker: "q", Since: date}},
			Likes: "x", About: "y", External: []string{"h:1"}, DoNotAsk: true, Unchecked: true, NoConsent: true, Minor: true,
			Deals: []assist.ID{"e"}, Advocate: date, Relations: []assist.Relation{{To: "l", Who: "her husband"}}, Into: "o"},
		assist.Company{ID: "k", Name: "Acme", Phones: phones, City: "x", Web: "y", About: "z", External: []string{"h:2"}},
		assist.Note{ID: "n", Customer: "m", Call: "c", Rep: "jo", At: at, Text: "t", Intelligence: assist.Market, Prompt: "p", Tags: []string{"t"},
			Links: []assist.Ref{{Type: assist.TypePromise, ID: "p"}}, Remarks: []assist.Remark{{By: "mo", At: at, Text: "t", For: "jo", Seen: at}}, Reviewed: at, Reviewer: "mo", Private: true},
		assist.Promise{ID: "p", Customer: "m", Call: "c", Rep: "jo", Text: "t", Made: at, Due: at, AllDay: true, Kept: at, Broken: at,
			Moved: at, FirstDue: at, Told: at},
		assist.Incident{ID: "i", Title: "t", What: "w", Why: "y", Doing: "d", Opened: at, Closed: at, FixedBy: at, Updated: at, Every: 24, Customers: []assist.ID{"m"}, Companies: []assist.ID{"k"},
			Products: []string{"p"}, Cities: []string{"Leeds"}},
		assist.Insight{ID: "s", Customer: "m", Rep: "jo", Note: "n", At: at, Intelligence: assist.Competitive, Topic: "t", Text: "x", Source: "y",
			Call: "c", Feeling: assist.Hate, About: assist.AboutProduct, Subject: "u"},
		assist.Asked{ID: "q", Customer: "m", Call: "c", Prompt: "p", Reply: assist.ReplyNever, Way: "w", At: at},
		assist.Gap{ID: "g", Text: "t", Customer: "m", Call: "c", Rep: "jo", At: at, Closed: at, How: assist.MissWeak, Answer: "a"},
		assist.Proposal{ID: "o", Answer: "a", Phrasing: "p", Call: "c", Rep: "jo", At: at, Closed: at, Taken: true},
		assist.Draft{ID: "d", At: at, Call: call, Note: "n", Heard: "h", Reply: "r", Prompt: "p", Private: true, Done: true},
		assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s", Steps: []string{"1"}, Phrasings: []string{"2"}, Products: []string{"3"},
			Owner: "jo", Verified: date, VerifyEvery: 30, Web: "w", Internal: true, Draft: true, Language: "en",
			Also: []string{"e"}, Deputy: "mo", Rota: []assist.ID{"jo"}, Files: []assist.File{{Name: "f", Blob: "b", Step: 1}}, Off: true, Into: "z"},
		assist.Prompt{ID: "p", Intelligence: assist.Relationship, Topic: "t", Ask: []string{"a"}, Kinds: []assist.Kind{assist.KindBoss}, Language: "en",
			After: []string{"b"}, Off: true},
		assist.Affected{ID: assist.Affected{Incident: "i", Customer: "m"}.Key(), Incident: "i", Customer: "m", Concierge: "jo", At: at, Told: at, Into: "k"},
		assist.Subject{ID: "u", Kind: assist.AboutProduct, Name: "n", Also: []string{"a"}, Theirs: []string{"t"}, Ours: []string{"o"}, For: []string{"f"}, Owner: "jo", Verified: date},
		assist.Deal{ID: "e", Title: "t", Products: []string{"p"}, From: date, Until: date},
		assist.Focus{ID: "f", Intelligence: assist.Market, Topic: "t", From: date, Until: date, Rep: "jo"},
		assist.Kudos{ID: "k", Rep: "jo", Customer: "m", Call: "c", By: "mo", At: at, Words: "w"},
		assist.Tact{ID: "t", Title: "t", When: assist.WhenWords, Words: []string{"w"}, Unless: []string{"u"}, Settled: []string{"s"}, Days: 7, Most: 3,
			Quiet: []assist.Part{assist.Offers}, Say: "s", Try: []assist.Trial{{Words: "w", Holds: true}}, Order: 2, Off: true},
		assist.Rep{ID: "jo", Name: "Jo", Departments: []string{"d"}, Extension: "12", Role: assist.RoleAdmin, Shared: true},
		assist.Revision{ID: "r", Answer: "a", Base: "b", Next: assist.Answer{ID: "a", Steps: []string{"1"}}, By: "jo", At: at, Stage: assist.StageDeclined, Why: "w",
			Gaps: []assist.ID{"g"}, Flags: []assist.ID{"f"}, Judge: "mo", Decided: at, Verdict: "v"},
		assist.Flag{ID: "f", Answer: "a", Sentence: "s", Why: "w", Call: "c", Customer: "m", Rep: "jo", At: at, Closed: at, By: "mo", Fixed: true},
		assist.Apart{ID: "x", Of: [2]assist.ID{"a", "z"}, Stood: [2]string{"1", "2"}, By: "jo", At: at},
		assist.Question{ID: "q", Text: "t", Answer: "a", Call: "c", By: "jo", At: at, Off: true},
		assist.WebPage{ID: "w", URL: "u", Title: "t", Text: "x", Read: at, Changed: at, Gone: true},
		assist.Drill{ID: "d", Rep: "jo", Answer: "a", Due: at, Last: at, Grade: 3, Times: 2, Lapses: 1, Stability: 2.5, Difficulty: 5.5, Words: "w", Saying: "s"},
		assist.Blob{ID: "b", Data: []byte{1, 2}},
		assist.Order{ID: "o", Customer: "m", At: at, Number: "12", Products: []string{"p"}, Value: 1250, Currency: "GBP", Source: "orders.csv"},
		assist.Merge{ID: "g", Keeper: "m", Before: []assist.Customer{{ID: "m"}, {ID: "o"}}, By: "jo", At: at, Undone: at, After: assist.Customer{ID: "m"},
			Moved: map[assist.ID][]assist.Ref{"o": {{Type: assist.TypeNote, ID: "n"}}}, Also: []assist.ID{"i"},
			Related: map[assist.ID][]assist.Relation{"t": {{To: "o", Who: "his aunt"}}}, Places: []assist.Affected{{ID: "a", Incident: "i", Customer: "m", At: at}}},
		assist.Erasure{ID: "m", By: "jo", At: at}}
}

func TestEveryFieldOfEveryTypeComesBack(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[assist.Type]bool{}
	for _, want := range full() {
		typ, _ := want.Ident()
		seen[typ] = true
		v := reflect.ValueOf(want)
		for i := range v.NumField() {
			if v.Field(i).IsZero() && !(typ == assist.TypePromise && v.Type().Field(i).Name == "Dropped") {
				t.Errorf("%s: the test leaves %s empty", typ, v.Type().Field(i).Name)
			}
		}
		fs, err := c.fields(want)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fs {
			if name, _ := listOf(f.name); !c.known[typ][name] {
				t.Errorf("%s: %s is not known", typ, f.name)
			}
		}
		got, err := c.record(typ, appendFields(nil, fs))
		if err != nil {
			t.Fatal(err)
		}
		again, err := c.fields(got)
		if err != nil || !reflect.DeepEqual(again, fs) {
			t.Errorf("%s: got %+v, want %+v, %v", typ, got, want, err)
		}
	}
	for _, typ := range assist.Types() {
		if !seen[typ] {
			t.Errorf("no %s was tried", typ)
		}
	}
}

func TestEmptyFieldsTakeNoRoom(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	fs, err := c.fields(assist.Customer{ID: "m", Name: "Mary"})
	if err != nil || len(fs) != 2 {
		t.Errorf("%v %v", fs, err)
	}
}

func TestRecordsOfUnknownTypesAreNotInvented(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	if r, err := c.record("hologram", appendFields(nil, nil)); r != nil || err != nil {
		t.Errorf("%v %v", r, err)
	}
	if _, err := c.record(assist.TypeNote, []byte{0x01}); err == nil {
		t.Error("a number was taken for a note")
	}
}
