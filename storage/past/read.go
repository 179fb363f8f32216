package past

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/storage/csv"
	"ringside/storage/people"
)

// entry is one record of a file, and whose it is as the file says. note is what was
// written down of a call.
type entry struct {
	line   int
	who    who
	record assist.Record
	note   *assist.Note
	lines  bool      // the value is the sum of lines
	words  assist.ID // what it would be called without a number
}

// who is the customer and the rep of a row, as they are written.
type who struct {
	ids, mails, numbers, names []string
	rep                        string
}

// within reports whether nobody is named but whom o names, too.
func (w who) within(o who) bool {
	all := func(part, whole []string) bool {
		return !slices.ContainsFunc(part, func(s string) bool { return !slices.Contains(whole, s) })
	}
	return all(w.ids, o.ids) && all(w.mails, o.mails) && all(w.numbers, o.numbers) && all(w.names, o.names)
}

func (w who) key() string {
	return strings.ToLower(strings.Join(slices.Concat(w.ids, w.mails, w.numbers, w.names), "\x01"))
}

// reader reads the rows of a file in their order.
type reader struct {
	*File
	comma bool
	seen  map[assist.ID]*entry
	last  [3]string // number, day and clock of the row before
	buyer who       // of the row before
	row   csv.Row
}

// read makes entries of the rows, or asks.
func (f *File) read(ctx context.Context, rows []csv.Row) error {
	r := &reader{File: f, seen: map[assist.ID]*entry{}}
	f.askDays(rows)
	r.comma = f.askMoney(rows)
	if len(f.Questions) > 0 {
		return nil
	}
	for i, row := range rows {
		rows[i] = csv.Row{} // of a large file there is no room for the cells and what is made of them
		if err := ctx.Err(); err != nil {
			return &assist.Fault{What: "stopped before anything was kept", Where: f.Name, Err: err}
		}
		if r.row = row; len(trim(row.Cells)) > len(f.Columns) {
			f.refuse(row.Line, "", "the row has more cells than there are columns, so nobody can tell which is which")
			continue
		}
		r.one()
	}
	return nil
}

func trim(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// askDays lets the column of dates tell which way round they are.
func (f *File) askDays(rows []csv.Row) {
	if f.opt.MonthFirst != nil || len(f.by[mDate]) != 1 {
		return
	}
	sample, proofs := "", map[bool]int{}
	for _, row := range rows {
		text := f.cell(row, mDate)
		if found := clock.FindStringSubmatch(text); found != nil {
			text = found[1]
		}
		d := people.ReadDay(text, nil)
		if d.Proves != nil {
			proofs[*d.Proves]++
		}
		if d.Ambiguous && sample == "" {
			sample = text
		}
	}
	if sample != "" && len(proofs) != 1 {
		f.Questions = append(f.Questions, Question{"Is " + sample + " day/month or month/day?", "Say it with --dates dmy or --dates mdy."})
	}
	if len(proofs) == 1 {
		first := proofs[true] > 0
		f.opt.MonthFirst = &first
	}
}

// askMoney lets the columns of money tell what a comma is in them.
func (f *File) askMoney(rows []csv.Row) (comma bool) {
	if f.opt.Comma != nil {
		return *f.opt.Comma
	}
	sample, proofs := "", map[bool]int{}
	for _, row := range rows {
		for _, m := range []Meaning{mValue, mLine} {
			text := f.cell(row, m)
			if s := readSum(text); text != "" && s.problem == "" {
				is, known, open := s.comma()
				if known {
					proofs[is]++
				}
				if open && sample == "" {
					sample = text
				}
			}
		}
	}
	if len(proofs) == 2 || sample != "" && len(proofs) == 0 {
		text := "Is " + sample + " a thousand and more, or one and a bit?"
		if sample == "" || len(proofs) == 2 {
			text = "Some amounts have a comma before the pence and some a point."
		}
		f.Questions = append(f.Questions, Question{text, "Say what parts the pence with --decimal comma or --decimal point."})
	}
	return proofs[true] > 0
}

// cell returns what the first column of a meaning holds that is not empty.
func (f *File) cell(row csv.Row, m Meaning) string {
	if all := f.cells(row, m); len(all) > 0 {
		return all[0]
	}
	return ""
}

func (f *File) cells(row csv.Row, m Meaning) (out []string) {
	for _, i := range f.by[m] {
		if i < len(row.Cells) {
			if text := people.Plain(row.Cells[i]); text != "" {
				out = append(out, text)
			}
		}
	}
	return out
}

func (f *File) column(m Meaning) string {
	if at := f.by[m]; len(at) > 0 {
		return f.Columns[at[0]].Name
	}
	return ""
}

// begin reads when the row was, and whose it is. A further line of the order above leaves
// out what it has in common with it.
func (r *reader) begin() (e *entry, no, day, hour string) {
	e = &entry{line: r.row.Line, who: r.whose()}
	no, day, hour = r.cell(r.row, mNumber), r.cell(r.row, mDate), r.cell(r.row, mTime)
	if no != "" && no == r.last[0] {
		if day == "" {
			day, hour = r.last[1], r.last[2]
		}
		if r.Kind == Orders && e.who.within(r.buyer) {
			e.who = r.buyer
		}
	}
	r.last, r.buyer = [3]string{no, day, hour}, e.who
	return e, no, day, hour
}

// one reads the row.
func (r *reader) one() {
	e, no, day, hour := r.begin()
	if day == "" {
		r.refuse(r.row.Line, r.column(mDate), "there is no date")
		return
	}
	when := r.opt.readMoment(day, hour)
	if when.problem != "" {
		r.refuse(r.row.Line, r.column(mDate), strings.TrimSpace(day+" "+hour)+" "+when.problem)
		return
	}
	var reason string
	switch r.Kind {
	case Orders:
		reason = r.order(e, no, when)
	case Notes:
		reason = r.note(e, no, when)
	case Calls:
		reason = r.call(e, no, when)
	}
	if reason == "" && e.record != nil {
		reason = r.keep(e)
	}
	if reason != "" {
		r.refuse(r.row.Line, "", reason)
	}
}

// keep takes an entry once.
func (r *reader) keep(e *entry) string {
	_, id := e.record.Ident()
	if first := r.seen[id]; first != nil {
		return fmt.Sprintf("this is the same as line %d", first.line)
	}
	if err := e.record.Validate(); err != nil {
		return err.Error()
	}
	if e.note != nil {
		if err := e.note.Validate(); err != nil {
			return err.Error()
		}
	}
	r.seen[id] = e
	r.entries = append(r.entries, e)
	return ""
}

func (r *reader) whose() (w who) {
	w = who{ids: r.cells(r.row, mID), mails: r.cells(r.row, mEmail), numbers: r.cells(r.row, mPhone), names: r.cells(r.row, mName), rep: r.cell(r.row, mRep)}
	if full := strings.TrimSpace(r.cell(r.row, mFirst) + " " + r.cell(r.row, mLast)); full != "" {
		w.names = append(w.names, full)
	}
	return w
}

// id is what the record of these words is always called. A number of the file's own says
// enough together with the day: two shops may both count from 1. It may be that of an
// order, of which several notes and calls are: from the second on, their words tell.
func (r *reader) id(e *entry, no string, when moment, rest ...string) assist.ID {
	e.words = assist.IDFrom(append([]string{string(r.Kind), when.written, e.who.key()}, rest...)...)
	if no != "" {
		id := assist.IDFrom(string(r.Kind), "number", no, when.written[:10], e.who.key())
		if first := r.seen[id]; r.Kind == Orders || first == nil || first.words == e.words {
			return id
		}
	}
	return e.words
}
