package past

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"ringside/assist"
	"ringside/storage"
)

var today = func() time.Time { return time.Date(2026, 11, 3, 9, 30, 0, 0, time.UTC) }

func look(t testing.TB, kind Kind, text string, opt Options) (*File, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	opt.Now, opt.Zone, opt.Region = today, time.UTC, "GB"
	return Open(t.Context(), path, kind, opt)
}

func must(t testing.TB, kind Kind, text string, opt Options) *File {
	t.Helper()
	f, err := look(t, kind, text, opt)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func store(t testing.TB, records ...assist.Record) *storage.DB {
	t.Helper()
	db, err := storage.Open(context.Background(), storage.Options{Dir: t.TempDir(), Key: [32]byte{1}, Region: "GB"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Save(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestMoneyIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]int64{"1.234,56": 123456, "1,234.56": 123456, "£12": 1200, "-12.00": -1200, "12 EUR": 1200, "(3.50)": -350, "€ 1 234,5": 123450,
		"12,50-": -1250, "CHF 1'234.50": 123450, "'-4.00": -400, "0.99": 99} {
		f := must(t, Orders, "Date;Value\n2024-05-17;"+text+"\n", Options{})
		if len(f.entries) != 1 || f.entries[0].record.(assist.Order).Value != want {
			t.Errorf("%s: %+v %+v", text, f.Problems, f.Questions)
		}
	}
	for _, text := range []string{"twelve", "1,23,4", "12 EUR GBP", "12.345678", "1e9", "99999999999999999999"} {
		if f := must(t, Orders, "Date;Value\n2024-05-17;"+text+"\n", Options{}); len(f.entries) != 0 || f.Refused() != 1 {
			t.Errorf("%s was taken: %+v", text, f.Questions)
		}
	}
}

func TestWhatTheFileDoesNotTellIsAskedAndNothingIsKept(t *testing.T) {
	db, yes := store(t), true
	for _, text := range []string{"Date,Value\n2024-05-17,\"1,234\"\n", "Date,Value\n3/4/2024,5.00\n", "Order date,Paid at,Value\n2024-05-17,2024-05-18,5.00\n",
		"Date;Value\n2024-05-17;1,50\n2024-05-17;1.75\n"} {
		f := must(t, Orders, text, Options{})
		if _, err := f.Keep(t.Context(), db, false, nil); !errors.Is(err, assist.ErrInvalid) || len(f.Questions) != 1 {
			t.Errorf("%s: %v %+v", text, err, f.Questions)
		}
	}
	f := must(t, Orders, "Date,Value\n3/4/2024,\"1,234\"\n", Options{MonthFirst: &yes, Comma: new(bool)})
	if o := f.entries[0].record.(assist.Order); o.Value != 123400 || o.At.Month() != time.March {
		t.Errorf("%+v", o)
	}
	f = must(t, Orders, "Date,Value\n3/4/2024,\"1,234\"\n25/12/2024,9.99\n", Options{})
	if o := f.entries[0].record.(assist.Order); o.Value != 123400 || o.At.Month() != time.April {
		t.Errorf("the others of the column were not heard: %+v", o)
	}
}

func TestEveryRowThatIsNotTakenHasALineAndAReason(t *testing.T) {
	f := must(t, Notes, "Export of May\nDate,Text,Name\n2024-05-17,Called about hedge,Mary\n2024-05-17,Called about hedge,Mary\n,No day,Jo\n2031-01-01,Later,Jo\nsoon,x,Jo\n"+
		"2024-05-18,,Jo\n2024-05-18,a,b,c,d\n\"2024-05-18,broken\n2024-05-19,Last,Al\n", Options{})
	lines := map[int]bool{}
	for _, p := range f.Problems {
		lines[p.Line] = p.Refused && p.Reason != ""
	}
	for _, line := range []int{1, 4, 5, 6, 7, 8, 9, 10} {
		if !lines[line] {
			t.Errorf("line %d: %+v", line, f.Problems)
		}
	}
	if f.Rows() != 2 || f.Refused() != 8 {
		t.Errorf("%d rows, %d refused", f.Rows(), f.Refused())
	}
}

func TestLinesOfOneOrderBecomeOneOrder(t *testing.T) {
	f := must(t, Orders, "Order,Date,Email,Item,Total\n17,2024-05-17,m@x.example,Cub,30.00\n17,,m@x.example,Blade,\n17,2024-05-17,m@x.example,Oil,8.00\n", Options{})
	if o := f.entries[0].record.(assist.Order); f.Rows() != 1 || o.Value != 3000 || len(o.Products) != 2 || f.Refused() != 1 {
		t.Errorf("%+v %+v", o, f.Problems)
	}
	f = must(t, Orders, "Order,Date,Item,Total\n17,2024-05-17,Cub,30.00\n17,2024-05-17,Oil,8.00\n", Options{Columns: map[string]Meaning{"Total": mLine}})
	if o := f.entries[0].record.(assist.Order); f.Rows() != 1 || o.Value != 3800 {
		t.Errorf("%+v %+v", o, f.Problems)
	}
}

func TestASecondImportChangesNothingAndFindsWhoCameLater(t *testing.T) {
	mary := assist.Customer{ID: "mary", Name: "Mary Shaw", External: []string{"hubspot:12"}, Emails: []string{"m@x.example"}, Phones: []assist.Phone{{Raw: "0113 496 0123", E164: "+441134960123"}}}
	db := store(t, mary, assist.Customer{ID: "a", Name: "Jo Hill"}, assist.Customer{ID: "b", Name: "Jo Hill"})
	text := "Date,Note,Customer ID,Email,Phone,Name\n2024-05-17,by id,12,,,\n2024-05-17,by mail,,M@X.example,,\n2024-05-17,by number,,,0113 4960123,\n" +
		"2024-05-17,by name,,,,mary shaw\n2024-05-17,two,,,,Jo Hill\n2024-05-17,late,,,,Al Late\n"
	first, err := must(t, Notes, text, Options{}).Keep(t.Context(), db, false, nil)
	if err != nil || first != (Report{Added: 6, Nobody: 2, Several: 1}) {
		t.Fatalf("%+v %v", first, err)
	}
	var mine int
	for n, err := range storage.List[assist.Note](t.Context(), db) {
		if err != nil {
			t.Fatal(err)
		}
		if n.Customer == "mary" {
			mine++
			n.Tags = []string{"ours"}
			if err := db.Save(t.Context(), n); err != nil {
				t.Fatal(err)
			}
		}
	}
	if mine != 4 {
		t.Errorf("%d notes are Mary's", mine)
	}
	if err := db.Save(t.Context(), assist.Customer{ID: "al", Name: "Al Late"}); err != nil {
		t.Fatal(err)
	}
	again, err := must(t, Notes, text, Options{}).Keep(t.Context(), db, false, nil)
	if err != nil || again != (Report{Changed: 1, Unchanged: 5, Nobody: 1, Several: 1}) {
		t.Errorf("%+v %v", again, err)
	}
	for n, err := range storage.List[assist.Note](t.Context(), db) {
		if err != nil || n.Customer == "mary" && len(n.Tags) != 1 {
			t.Errorf("what was added here is gone: %+v %v", n, err)
		}
	}
}

func TestWhoWasMergedTwiceIsTheOneWhoStands(t *testing.T) {
	db := store(t, assist.Customer{ID: "a", Name: "Mary Shaw", Emails: []string{"m@x.example"}}, assist.Customer{ID: "b", Name: "Mary Shaw", Emails: []string{"m@x.example"}},
		assist.Customer{ID: "c", Name: "Mary Shaw", Emails: []string{"m@x.example"}})
	for _, pair := range [][2]assist.ID{{"b", "a"}, {"c", "b"}} {
		var kept assist.Customer
		var err error
		if kept, err = storage.Find[assist.Customer](t.Context(), db, pair[0]); err == nil {
			_, err = db.MergeCustomers(t.Context(), kept, []assist.ID{pair[1]}, "jo", today())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	report, err := must(t, Notes, "Date,Note,Email,Customer ID\n2024-05-17,by mail,m@x.example,\n2024-05-17,by an old id,,a\n", Options{}).Keep(t.Context(), db, false, nil)
	if err != nil || report != (Report{Added: 2}) {
		t.Errorf("%+v %v", report, err)
	}
	for n, err := range storage.List[assist.Note](t.Context(), db) {
		if err != nil || n.Customer != "c" {
			t.Errorf("%+v %v", n, err)
		}
	}
}

func TestNotesAndCallsOfOneNumberOnOneDayAreSeveral(t *testing.T) {
	f := must(t, Notes, "Order,Date,Note,Name\n17,2024-05-17,asked where it is,Mary\n17,2024-05-17,it has come,Mary\n17,2024-05-17,it has come,Mary\n", Options{})
	if f.Rows() != 2 || f.Refused() != 1 {
		t.Errorf("notes: %d taken, %+v", f.Rows(), f.Problems)
	}
	f = must(t, Calls, "Order,Date,Duration,Name\n17,2024-05-17 09:00,3:25,Mary\n17,2024-05-17 15:30,0:40,Mary\n17,2024-05-17 15:30,0:40,Mary\n", Options{})
	if f.Rows() != 2 || f.Refused() != 1 {
		t.Errorf("calls: %d taken, %+v", f.Rows(), f.Problems)
	}
}

// Shops name the buyer in the first line of an order and leave it blank in those below.
func TestAFurtherLineOfAnOrderNeedNotNameTheBuyer(t *testing.T) {
	f := must(t, Orders, "Order,Date,Email,Billing name,Item,Total\n17,2024-05-17,m@x.example,Mary Shaw,Cub,30.00\n17,2024-05-17,m@x.example,,Blade,\n17,,,,Oil,\n"+
		"17,2024-05-17,j@x.example,,Rake,9.00\n", Options{})
	if f.Rows() != 2 || f.Refused() != 0 {
		t.Fatalf("%d orders, %+v", f.Rows(), f.Problems)
	}
	if o := f.entries[0].record.(assist.Order); o.Value != 3000 || len(o.Products) != 3 {
		t.Errorf("%+v", o)
	}
}

func TestAStoppedOrDryImportKeepsNothing(t *testing.T) {
	db := store(t)
	f := must(t, Calls, "Started,Direction,From,Duration,Outcome\n2024-05-17 14:03:10,in,0113 496 0123,3:25,Solved\n", Options{})
	c := f.entries[0].record.(assist.Call)
	if c.Ended.Sub(c.Started) != 205*time.Second || c.Outgoing || c.From != "0113 496 0123" || !c.WrappedUp || c.Started.Hour() != 14 {
		t.Errorf("%+v", c)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := f.Keep(stopped, db, false, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("not stopped: %v", err)
	}
	if r, err := f.Keep(t.Context(), db, true, nil); err != nil || r.Added != 1 {
		t.Errorf("%+v %v", r, err)
	}
	for c := range storage.List[assist.Call](t.Context(), db) {
		t.Errorf("kept: %+v", c)
	}
}

// FuzzOpen: whatever is in a file, it is refused with advice or read; all that would be
// kept can be kept, and every refused row has a line of the file and a reason.
func FuzzOpen(f *testing.F) {
	for _, s := range []string{"Date,Value\n3/4/2024,\"1,234\"\n", "Date;Text;Time\n2024-05-17;x;9:30pm\n", "sep=;\nStart;Dauer\n\"a", "\xff\xfeD\x00", "Order,Date,Total\n1,1.1.2024,(€5)\n1,,-\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range []Kind{Orders, Notes, Calls} {
			in, err := look(t, kind, text, Options{})
			if err != nil {
				var fault *assist.Fault
				if !errors.As(err, &fault) || fault.Do == "" {
					t.Fatalf("refused without advice: %v", err)
				}
				continue
			}
			for _, e := range in.entries {
				if err := e.record.Validate(); err != nil {
					t.Fatal(err)
				}
			}
			last := strings.Count(text, "\n") + strings.Count(text, "\r") + 1
			for _, p := range in.Problems {
				if p.Reason == "" || p.Line > last {
					t.Fatalf("%+v", p)
				}
			}
		}
	})
}

// utf16le is a text as spreadsheets write it as "Unicode text", little end first.
func utf16le(text string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

func TestFilesAsProgramsWriteThem(t *testing.T) {
	type note struct {
		day  string
		text string
		who  string
	}
	mary := []note{{"2024-05-17", "Called about hedge", "Mary Shaw"}}
	plain := "Date,Note,Customer\n2024-05-17,Called about hedge,Mary Shaw\n"
	for name, c := range map[string]struct {
		file string
		want []note
	}{
		"plain":                       {plain, mary},
		"a mark of UTF-8 before it":   {"\xef\xbb\xbf" + plain, mary},
		"a mark, quoted":              {"\xef\xbb\xbf\"Date\",\"Note\",\"Customer\"\r\n\"2024-05-17\",\"Called about hedge\",\"Mary Shaw\"\r\n", mary},
		"semicolons":                  {strings.ReplaceAll(plain, ",", ";"), mary},
		"tabs":                        {strings.ReplaceAll(plain, ",", "\t"), mary},
		"UTF-16":                      {utf16le(strings.ReplaceAll(plain, ",", "\t")), mary},
		"UTF-16 beyond 16 bits":       {utf16le("Date\tNote\tCustomer\n2024-05-17\t🌿 ist schön\tZoë\n"), []note{{"2024-05-17", "🌿 ist schön", "Zoë"}}},
		"Windows-1252":                {"Date;Note;Customer\n2024-05-17;Gr\xfc\xdfe f\xfcr M\xfcller;Mary Shaw\n", []note{{"2024-05-17", "Grüße für Müller", "Mary Shaw"}}},
		"old Macs' ends of lines":     {strings.ReplaceAll(plain, "\n", "\r"), mary},
		"no end of the last line":     {strings.TrimSuffix(plain, "\n"), mary},
		"lines within a cell":         {"Date,Note,Customer\n2024-05-17,\"one, \"\"two\"\"\n\nthree\",Mary Shaw\n", []note{{"2024-05-17", "one, \"two\"\n\nthree", "Mary Shaw"}}},
		"from right to left":          {"Date,Note,Customer\n2024-05-17,שלום לכולם,מרים\n", []note{{"2024-05-17", "שלום לכולם", "מרים"}}},
		"a line that tells of itself": {"sep=;\nDate;Note;Customer\n2024-05-17;Called about hedge;Mary Shaw\n", mary},
		"two columns of text":         {"Date,Note,Note,Customer\n2024-05-17,above,below,Mary Shaw\n", []note{{"2024-05-17", "above\nbelow", "Mary Shaw"}}},
		"blank lines and cells":       {"\n\nDate,Note,Customer,,\n\n2024-05-17,Called about hedge,Mary Shaw,,\n,,,,\n", mary},
		"a day proves the others":     {"Date,Note,Customer\n3/4/2024,a,Mary Shaw\n17/5/2024,b,Mary Shaw\n", []note{{"2024-04-03", "a", "Mary Shaw"}, {"2024-05-17", "b", "Mary Shaw"}}},
	} {
		t.Run(name, func(t *testing.T) {
			f := must(t, Notes, c.file, Options{})
			var got []note
			for _, e := range f.entries {
				n := e.record.(assist.Note)
				got = append(got, note{n.At.Format(time.DateOnly), n.Text, strings.Join(e.who.names, "+")})
			}
			if !slices.Equal(got, c.want) || len(f.Questions)+f.Refused() > 0 {
				t.Errorf("got %q, want %q; %+v %+v", got, c.want, f.Problems, f.Questions)
			}
		})
	}
}

func TestTwoColumnsOfOneNameAreAskedFor(t *testing.T) {
	f := must(t, Notes, "Date,Date,Note\n2024-05-17,2024-05-18,x\n", Options{})
	if len(f.Questions) != 1 || !strings.Contains(f.Questions[0].Text, "The columns Date, Date could each be the date") || f.Rows() != 0 {
		t.Errorf("%+v", f.Questions)
	}
	f = must(t, Notes, "Date,Date,Note\n2024-05-17,2024-05-18,x\n", Options{Columns: map[string]Meaning{"Date": mDate}})
	if len(f.Questions) != 1 || f.Rows() != 0 {
		t.Errorf("a name that two columns have says which is which: %+v", f.entries)
	}
}

func TestTimesAreReadAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]string{
		"2024-05-17":                "2024-05-17T12:00:00Z",
		"2024-05-17T09:05:07Z":      "2024-05-17T09:05:07Z",
		"2024-05-17 23:30:00+02:00": "2024-05-17T23:30:00+02:00",
		"17.05.2024 14.30 Uhr":      "2024-05-17T14:30:00Z",
		"5/17/2024 12:05 AM":        "2024-05-17T00:05:00Z",
		"5/17/2024, 12:05 p.m.":     "2024-05-17T12:05:00Z",
		"29 Feb 2024 08:00":         "2024-02-29T08:00:00Z",
	} {
		f := must(t, Notes, "Date\tNote\n"+text+"\tx\n", Options{})
		if f.Rows() != 1 {
			t.Errorf("%s was not taken: %+v %+v", text, f.Problems, f.Questions)
		} else if got := f.entries[0].record.(assist.Note).At.Format(time.RFC3339); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"2023-02-29", "2024-05-17 25:00", "2024-05-17 12:60", "31/4/2024", "2027-01-01", "2024"} {
		if f := must(t, Notes, "Date\tNote\n"+text+"\tx\n", Options{}); f.Rows() != 0 || f.Refused() != 1 {
			t.Errorf("%s was taken: %+v", text, f.entries)
		}
	}
}

func TestTwoRepsOfOneNameAreNeitherOfThem(t *testing.T) {
	db := store(t, assist.Rep{ID: "jo1", Name: "Jo Price"}, assist.Rep{ID: "jo2", Name: "jo price"}, assist.Rep{ID: "al", Name: "Al Late"})
	report, err := must(t, Notes, "Date,Note,Rep\n2024-05-17,a,Jo Price\n2024-05-17,b, AL LATE \n", Options{}).Keep(t.Context(), db, false, nil)
	if err != nil || report != (Report{Added: 2, Nobody: 2, NoRep: 1}) {
		t.Errorf("%+v %v", report, err)
	}
	for n, err := range storage.List[assist.Note](t.Context(), db) {
		if want := map[string]assist.ID{"b": "al"}[n.Text]; err != nil || n.Rep != want {
			t.Errorf("%s is by %q, want %q; %v", n.Text, n.Rep, want, err)
		}
	}
}
