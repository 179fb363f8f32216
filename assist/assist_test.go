package assist_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

var now = time.Date(2026, 11, 20, 15, 30, 0, 0, time.UTC)

// whole returns one valid record of every type.
func whole() []assist.Record {
	id := assist.NewID(now)
	return []assist.Record{
		assist.Customer{ID: id, Name: "Mary Shaw"},
		assist.Company{ID: id, Name: "Shaw Gardens"},
		assist.Call{ID: id, Started: now},
		assist.Note{ID: id, At: now, Text: "The parcel came late."},
		assist.Promise{ID: id, Made: now, Text: "Call back"},
		assist.Incident{ID: id, Title: "Leeds delivery", Opened: now},
		assist.Insight{ID: id, At: now, Intelligence: assist.Market, Text: "buys in spring"},
		assist.Asked{ID: id, Customer: id, Prompt: "what-saw", Reply: assist.ReplyNever, At: now},
		assist.Gap{ID: id, At: now, Text: "Can it cut bamboo?"},
		assist.Proposal{ID: id, Answer: "charged-twice", Phrasing: "you took it double", At: now},
		assist.Draft{ID: id, At: now},
		assist.Answer{ID: "charged-twice", Title: "Charged twice", Department: "billing", Say: "I can see both."},
		assist.Prompt{ID: "what-saw", Intelligence: assist.Competitive, Topic: "saw", Ask: []string{"What do you use?"}},
		assist.Rep{ID: "tom", Name: "Tom"},
		assist.Affected{ID: assist.Affected{Incident: id, Customer: id}.Key(), Incident: id, Customer: id, At: now},
		assist.Subject{ID: "greenbarn", Kind: assist.AboutCompetitor, Name: "GreenBarn"},
		assist.Deal{ID: "first-year", Title: "20% off the first year"},
		assist.Focus{ID: id, Topic: "prices", From: assist.DateOf(now), Until: assist.DateOf(now)},
		assist.Kudos{ID: id, Rep: "tom", At: now, Words: "He saved my weekend."},
		assist.Tact{ID: "grief", Title: "Hard news", When: assist.WhenWords, Words: []string{"funeral"}, Quiet: assist.Parts(), Say: "Hard news: listen."},
		assist.Revision{ID: id, Answer: "late", Next: assist.Answer{ID: "late"}, At: now, Stage: assist.StageDraft},
		assist.Flag{ID: id, Answer: "late", Sentence: "It takes three days.", At: now},
		assist.Apart{ID: id, Of: [2]assist.ID{"a", "b"}, At: now},
		assist.Question{ID: id, Text: "where is it", Answer: "late", At: now},
		assist.WebPage{ID: assist.WebPage{URL: "https://example.org/help"}.Key(), URL: "https://example.org/help", Title: "Help", Read: now},
		assist.Drill{ID: assist.Drill{Rep: "tom", Answer: "late"}.Key(), Rep: "tom", Answer: "late", Due: now, Last: now, Grade: 3, Times: 1, Stability: 2, Difficulty: 5},
		assist.Blob{ID: assist.Blob{Data: []byte("x")}.Key(), Data: []byte("x")},
		assist.Order{ID: id, Customer: id, At: now, Products: []string{"loppers"}, Value: 4999, Currency: "GBP"},
		assist.Merge{ID: id, Keeper: id, Before: []assist.Customer{{ID: id, Name: "Mary"}, {ID: "m2", Name: "M. Shaw"}}, At: now,
			Moved: map[assist.ID][]assist.Ref{"m2": {{Type: assist.TypeNote, ID: id}}}},
		assist.Erasure{ID: id, At: now},
	}
}

func TestEveryTypeHasAnEmptyRecord(t *testing.T) {
	for _, typ := range assist.Types() {
		r, ok := assist.Empty(typ)
		if !ok {
			t.Errorf("no empty %s", typ)
			continue
		}
		if got, _ := r.Ident(); got != typ {
			t.Errorf("the empty %s says it is a %s", typ, got)
		}
		if err := r.Validate(); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("an empty %s: got %v, want ErrInvalid", typ, err)
		}
	}
	if _, ok := assist.Empty("ticket"); ok {
		t.Error("an unknown type has an empty record")
	}
}

func TestWholeRecordsAreValidAndSurviveJSON(t *testing.T) {
	seen := map[assist.Type]bool{}
	for _, r := range whole() {
		typ, _ := r.Ident()
		seen[typ] = true
		if err := r.Validate(); err != nil {
			t.Errorf("%s: %v", typ, err)
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		back := reflect.New(reflect.TypeOf(r))
		if err := json.Unmarshal(text, back.Interface()); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back.Elem().Interface(), r) {
			t.Errorf("%s came back as %+v", text, back.Elem())
		}
	}
	if len(seen) != len(assist.Types()) {
		t.Errorf("%d of %d types are covered", len(seen), len(assist.Types()))
	}
}

func TestValidateNamesEveryWrongField(t *testing.T) {
	id := assist.NewID(now)
	for name, c := range map[string]struct {
		r    assist.Record
		says []string
	}{
		"customer without anything": {assist.Customer{ID: id}, []string{"name is missing"}},
		"customer of no kind":       {assist.Customer{ID: id, Name: "Jo", Kind: "friend"}, []string{"kind is not one of"}},
		"customer with bad company": {assist.Customer{ID: id, Name: "Jo", Company: "A B"}, []string{"company must be"}},
		"customer with empty phone": {assist.Customer{ID: id, Name: "Jo", Phones: []assist.Phone{{}}}, []string{"phone is missing"}},
		"customer with empty email": {assist.Customer{ID: id, Name: "Jo", Emails: []string{" "}}, []string{"email is missing"}},
		"customer with empty thing": {assist.Customer{ID: id, Name: "Jo", Owns: []assist.Product{{}}}, []string{"owns is missing"}},
		"name too long":             {assist.Customer{ID: id, Name: strings.Repeat("x", 501)}, []string{"name is longer"}},
		"company with empty phone":  {assist.Company{ID: id, Name: "Shaw", Phones: []assist.Phone{{}}}, []string{"phone is missing"}},
		"two faults at once":        {assist.Note{ID: "Not an id"}, []string{"id must be", "at is missing", "text is missing"}},
		"note of no intelligence":   {assist.Note{ID: id, At: now, Text: "x", Intelligence: "gossip"}, []string{"intelligence is not one of"}},
		"note too long":             {assist.Note{ID: id, At: now, Text: strings.Repeat("x", 1_000_001)}, []string{"text is longer"}},
		"remark of no time":         {assist.Note{ID: id, At: now, Text: "x", Tags: []string{""}, Remarks: []assist.Remark{{}}, Links: []assist.Ref{{}}}, []string{"tags is missing", "remark is missing", "link must be"}},
		"customer into themselves":  {assist.Customer{ID: id, Name: "Jo", Into: id, Relations: []assist.Relation{{}}}, []string{"into is the customer", "relation must be"}},
		"merge of one":              {assist.Merge{ID: id, Keeper: id, At: now, Before: []assist.Customer{{ID: id}}}, []string{"before is not the keeper"}},
		"order in no currency":      {assist.Order{ID: id, At: now, Currency: "pounds"}, []string{"currency is not a code"}},
		"erasure of nobody":         {assist.Erasure{}, []string{"id must be", "at is missing"}},
		"kept and dropped":          {assist.Promise{ID: id, Made: now, Text: "x", Kept: now, Dropped: now}, []string{"dropped cannot be set"}},
		"unknown reply":             {assist.Asked{ID: id, Customer: id, Prompt: "p", At: now, Reply: "maybe"}, []string{"reply is not one of"}},
		"answer verified backwards": {assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s", VerifyEvery: -1}, []string{"verify_every cannot be below 0"}},
		"answer with empty lines":   {assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s", Phrasings: []string{""}, Steps: []string{""}}, []string{"phrasing is missing", "step is missing"}},
		"file of no step":           {assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s", Files: []assist.File{{Name: "f.png", Blob: "b", Step: 1}}}, []string{"file belongs to a step"}},
		"answer of bad owners":      {assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s", Deputy: "X", Rota: []assist.ID{"Y"}}, []string{"deputy must be", "rota must be"}},
		"answer into itself":        {assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s", Into: "a"}, []string{"into is the answer itself"}},
		"role nobody has":           {assist.Rep{ID: "tom", Name: "Tom", Role: "king"}, []string{"role is not one of"}},
		"gap of no miss":            {assist.Gap{ID: id, Text: "t", At: now, How: "hm"}, []string{"how is not one of"}},
		"revision of another":       {assist.Revision{ID: id, Answer: "a", Next: assist.Answer{ID: "b"}, At: now, Stage: "new"}, []string{"next is not of", "stage is not one of"}},
		"review of half an answer":  {assist.Revision{ID: id, Answer: "a", Next: assist.Answer{ID: "a"}, At: now, Stage: assist.StageReview}, []string{"title is missing"}},
		"a thing and itself apart":  {assist.Apart{ID: id, Of: [2]assist.ID{"a", "a"}, At: now}, []string{"of names one thing twice"}},
		"file too large":            {assist.Blob{ID: "b", Data: make([]byte, 2<<20+1)}, []string{"id is not that", "data is larger than 2 MB"}},
		"drill of nothing":          {assist.Drill{ID: "d", Rep: "tom", Answer: "a", Due: now, Last: now, Times: -1}, []string{"id is not that", "grade is not", "times cannot be", "stability must be", "difficulty is not"}},
		"prompt without a question": {assist.Prompt{ID: "p", Topic: "t", Intelligence: assist.Market}, []string{"ask is missing"}},
		"prompt with empty line":    {assist.Prompt{ID: "p", Topic: "t", Intelligence: assist.Market, Ask: []string{""}}, []string{"ask is missing"}},
	} {
		err := c.r.Validate()
		var fault *assist.Fault
		if !errors.As(err, &fault) || !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%s: got %v, want a Fault of ErrInvalid", name, err)
			continue
		}
		for _, say := range c.says {
			if !strings.Contains(fault.What, say) {
				t.Errorf("%s: %q does not say %q", name, fault.What, say)
			}
		}
	}
}

func TestACustomerNeedsANameOrAWayToReachThem(t *testing.T) {
	id := assist.NewID(now)
	for _, c := range []assist.Customer{
		{ID: id, Name: "Mary"},
		{ID: id, Phones: []assist.Phone{{Raw: "214"}}},
		{ID: id, Emails: []string{"mary@example.org"}},
	} {
		if err := c.Validate(); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestPackRefusesTheSameIdTwice(t *testing.T) {
	a := assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s"}
	p := assist.Pack{Name: "starter", Answers: []assist.Answer{a, a}}
	if err := p.Validate(); !errors.Is(err, assist.ErrInvalid) || !strings.Contains(err.Error(), "answer a") {
		t.Errorf("got %v", err)
	}
	q := assist.Prompt{ID: "a", Intelligence: assist.Market, Topic: "t", Ask: []string{"?"}}
	p = assist.Pack{Answers: []assist.Answer{a}, Prompts: []assist.Prompt{q}}
	if err := p.Validate(); err != nil {
		t.Errorf("an answer and a prompt may share an id: %v", err)
	}
	p.Prompts[0].Ask = nil
	if err := p.Validate(); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("got %v, want ErrInvalid", err)
	}
}

func TestFaultIsOneSentenceAndKeepsItsCause(t *testing.T) {
	for want, f := range map[string]assist.Fault{
		"the folder is in use (/data). Close the other program.": {What: "the folder is in use", Where: "/data", Do: "Close the other program.", Err: assist.ErrInUse},
		"the folder is in use":            {What: "the folder is in use", Err: assist.ErrInUse},
		"the folder is in use. Close it.": {What: "the folder is in use", Do: "Close it.", Err: assist.ErrInUse},
	} {
		if got := f.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if !errors.Is(&f, assist.ErrInUse) {
			t.Error("the cause is lost")
		}
	}
}

func TestIds(t *testing.T) {
	a, b := assist.NewID(now), assist.NewID(now.Add(time.Millisecond))
	if a == assist.NewID(now) {
		t.Error("two new ids are the same")
	}
	if !a.Valid() || len(a) != 26 {
		t.Errorf("%q is not a valid id of 26 letters", a)
	}
	if a >= b {
		t.Errorf("%q of the earlier moment sorts behind %q", a, b)
	}
	if x := assist.IDFrom("email", "mary@example.org"); x != assist.IDFrom("email", "mary@example.org") || !x.Valid() || len(x) != 26 {
		t.Errorf("IDFrom gave %q", x)
	}
	if assist.IDFrom("ab", "c") == assist.IDFrom("a", "bc") {
		t.Error("different words give one id")
	}
	for id, want := range map[assist.ID]bool{
		"charged-twice": true, "a.b_c-1": true, "": false, "A": false, "a b": false, "ä": false, "a/b": false,
		assist.ID(strings.Repeat("x", 64)): true, assist.ID(strings.Repeat("x", 65)): false,
	} {
		if got := id.Valid(); got != want {
			t.Errorf("%q: valid is %v, want %v", id, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]assist.Date{
		"":           {},
		"2011":       {Year: 2011},
		"2011-03":    {Year: 2011, Month: 3},
		"2011-03-14": {Year: 2011, Month: 3, Day: 14},
		"2024-02-29": {Year: 2024, Month: 2, Day: 29},
	} {
		got, err := assist.ParseDate(text)
		if err != nil || got != want {
			t.Errorf("ParseDate(%q) = %v, %v", text, got, err)
		}
		if got.String() != text {
			t.Errorf("%v says %q, want %q", got, got.String(), text)
		}
	}
	for _, text := range []string{"2011-02-30", "3/4", "yesterday", "2011-13", "11"} {
		if d, err := assist.ParseDate(text); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("ParseDate(%q) = %v, %v", text, d, err)
		}
	}
	var d assist.Date
	if err := json.Unmarshal([]byte(`"2011-02-30"`), &d); err == nil {
		t.Error("30 February was taken")
	}
	if got := (assist.Date{Year: 2011, Month: 3}).Time(); !got.Equal(time.Date(2011, 3, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("the first day is %v", got)
	}
	if assist.DateOf(now) != (assist.Date{Year: 2026, Month: 11, Day: 20}) {
		t.Error("DateOf is off")
	}
}

func TestAPromiseForADayIsLateWhenTheDayIsOver(t *testing.T) {
	due := time.Date(2026, 11, 20, 15, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		p    assist.Promise
		late bool
	}{
		"the hour has passed":    {assist.Promise{Due: due}, true},
		"the day is not over":    {assist.Promise{Due: due, AllDay: true}, false},
		"yesterday":              {assist.Promise{Due: due.AddDate(0, 0, -1), AllDay: true}, true},
		"in an hour":             {assist.Promise{Due: due.Add(time.Hour)}, false},
		"no day named":           {assist.Promise{}, false},
		"kept":                   {assist.Promise{Due: due, Kept: now}, false},
		"dropped":                {assist.Promise{Due: due, Dropped: now}, false},
		"the day ends elsewhere": {assist.Promise{Due: time.Date(2026, 11, 20, 0, 0, 0, 0, time.FixedZone("UTC+14", 14*3600)), AllDay: true}, true},
	} {
		if got := c.p.Late(now); got != c.late {
			t.Errorf("%s: late is %v, want %v", name, got, c.late)
		}
	}
}

func TestWhomAnIncidentTouches(t *testing.T) {
	c := assist.Customer{ID: "mary", Company: "shaw", City: "Leeds", Owns: []assist.Product{{Name: "Hedge 300"}, {Name: "Saw", Maker: "Other"}}}
	for name, i := range map[string]struct {
		incident assist.Incident
		want     bool
	}{
		"by name":           {assist.Incident{Customers: []assist.ID{"tom", "mary"}}, true},
		"by company":        {assist.Incident{Companies: []assist.ID{"shaw"}}, true},
		"by city":           {assist.Incident{Cities: []string{"Leeds"}}, true},
		"by product":        {assist.Incident{Products: []string{"Hedge 300"}}, true},
		"another's product": {assist.Incident{Products: []string{"Saw"}}, false},
		"nobody":            {assist.Incident{}, false},
		"closed":            {assist.Incident{Customers: []assist.ID{"mary"}, Closed: now}, false},
	} {
		if got := i.incident.Touches(c); got != i.want {
			t.Errorf("%s: %v, want %v", name, got, i.want)
		}
	}
	empty := assist.Incident{Companies: []assist.ID{""}, Cities: []string{""}}
	if empty.Touches(assist.Customer{ID: "x"}) {
		t.Error("a customer without company or city is touched by nothing in particular")
	}
}

func TestWhenAnAnswerIsStale(t *testing.T) {
	day := assist.Date{Year: 2026, Month: 11, Day: 1}
	for name, c := range map[string]struct {
		a    assist.Answer
		want bool
	}{
		"never has to be verified": {assist.Answer{}, false},
		"never was verified":       {assist.Answer{VerifyEvery: 30}, true},
		"verified in time":         {assist.Answer{VerifyEvery: 30, Verified: day}, false},
		"the last day":             {assist.Answer{VerifyEvery: 19, Verified: day}, false},
		"the day after":            {assist.Answer{VerifyEvery: 18, Verified: day}, true},
	} {
		if got := c.a.Stale(now); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAMovedPromiseRemembersItsFirstDay(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	friday, monday := now.AddDate(0, 0, 1), now.AddDate(0, 0, 4)
	p := assist.Promise{ID: "p", Text: "Call back", Made: now, Due: friday}
	once, err := p.Move(monday, true, now.Add(time.Hour))
	if err != nil || !once.Due.Equal(monday) || !once.AllDay || !once.FirstDue.Equal(friday) || !once.Moved.Equal(now.Add(time.Hour)) {
		t.Fatalf("moved once: %+v, %v", once, err)
	}
	twice, err := once.Move(monday.AddDate(0, 0, 1), false, now.Add(2*time.Hour))
	if err != nil || !twice.FirstDue.Equal(friday) || !twice.Moved.Equal(now.Add(2*time.Hour)) || !twice.Untold(now) {
		t.Fatalf("moved twice: %+v, %v", twice, err)
	}
	if same, err := once.Move(monday, true, now.Add(3*time.Hour)); err != nil || !same.Stands(once) {
		t.Errorf("moved to where it is: %+v, %v", same, err)
	}
	if p.Stands(once) || once.Stands(twice) || !p.Stands(p) {
		t.Error("a promise that moved stands as before")
	}
}

func TestAPromiseMovesOnlyForward(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	midnight := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	open := assist.Promise{ID: "p", Text: "Call back", Made: now, Due: now.AddDate(0, 0, -1)}
	kept, broken := open, open
	kept.Kept, broken.Broken = now, now
	for name, c := range map[string]struct {
		p      assist.Promise
		to     time.Time
		allDay bool
		fails  bool
	}{
		"to the day that has begun": {open, midnight, true, false},
		"to its midnight":           {open, midnight, false, true},
		"to yesterday":              {open, midnight.AddDate(0, 0, -1), true, true},
		"to where it is, late":      {open, open.Due, false, true},
		"to no day":                 {open, time.Time{}, false, true},
		"kept":                      {kept, now.Add(time.Hour), false, true},
		"broken":                    {broken, now.Add(time.Hour), false, true},
	} {
		got, err := c.p.Move(c.to, c.allDay, now)
		var f *assist.Fault
		if c.fails && (!errors.As(err, &f) || !errors.Is(err, assist.ErrInvalid) || !got.Stands(c.p)) || !c.fails && err != nil {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestUntoldUntilTheCustomerHearsTheLatestNews(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	hour := func(h int) time.Time { return now.Add(time.Duration(h) * time.Hour) }
	for name, c := range map[string]struct {
		p    assist.Promise
		want bool
	}{
		"nothing happened":              {assist.Promise{Due: hour(1)}, false},
		"no day":                        {assist.Promise{}, false},
		"late":                          {assist.Promise{Due: hour(-1)}, true},
		"late, told before it was":      {assist.Promise{Due: hour(-1), Told: hour(-2)}, true},
		"late, told since":              {assist.Promise{Due: hour(-2), Told: hour(-1)}, false},
		"moved":                         {assist.Promise{Due: hour(9), Moved: hour(-2)}, true},
		"moved, told":                   {assist.Promise{Due: hour(9), Moved: hour(-2), Told: hour(-1)}, false},
		"moved again":                   {assist.Promise{Due: hour(9), Moved: hour(-1), Told: hour(-2)}, true},
		"broken":                        {assist.Promise{Due: hour(9), Broken: hour(-1)}, true},
		"broken after they were warned": {assist.Promise{Due: hour(9), Broken: hour(-1), Told: hour(-2)}, true},
		"broken, told":                  {assist.Promise{Due: hour(9), Broken: hour(-2), Told: hour(-1)}, false},
		"kept late":                     {assist.Promise{Due: hour(-2), Kept: hour(-1)}, false},
		"dropped":                       {assist.Promise{Due: hour(-2), Moved: hour(-3), Dropped: hour(-1)}, false},
	} {
		if got := c.p.Untold(now); got != c.want {
			t.Errorf("%s: untold %v", name, got)
		}
	}
}

func TestAPageHasOneIdHoweverItsAddressIsWritten(t *testing.T) {
	key := func(address string) assist.ID { return assist.WebPage{URL: address}.Key() }
	want := key("https://www.example.org/help/refunds")
	for _, same := range []string{"http://example.org/help/refunds/", "https://EXAMPLE.org/help/refunds/index.html", "example.org/help/refunds#how", " https://example.org/help/refunds "} {
		if got := key(same); got != want {
			t.Errorf("%s is another page", same)
		}
	}
	for _, other := range []string{"https://example.org/help", "https://example.org/help/refunds?page=2", "https://example.com/help/refunds"} {
		if key(other) == want {
			t.Errorf("%s is the same page", other)
		}
	}
}

func TestEqualAnswersHaveOneFingerprint(t *testing.T) {
	a := assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s"}
	b := a
	if b.Steps = nil; a.Fingerprint() != b.Fingerprint() {
		t.Error("equal answers differ")
	}
	if b.Say = "other"; a.Fingerprint() == b.Fingerprint() {
		t.Error("different answers are the same")
	}
}
