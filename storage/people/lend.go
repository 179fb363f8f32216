package people

import "ringside/assist"

// Day is what a text was found to be as a day.
type Day struct {
	Date      assist.Date
	Problem   string // why there is no date, in words; empty when there is one
	Ambiguous bool   // day and month could change places
	Proves    *bool  // whether the month comes first, where this text can only be read so
}

// ReadDay reads a day as people and programs write it. first says whether the
// month comes first in 3/4; nil: nobody knows, and such a day has a Problem.
func ReadDay(text string, first *bool) Day {
	by := asked
	if first != nil {
		by = dayFirst
		if *first {
			by = monthFirst
		}
	}
	r := readDate(text, by)
	out := Day{Date: r.date, Problem: r.problem, Ambiguous: r.ambiguous}
	if r.proves != asked {
		proved := r.proves == monthFirst
		out.Proves = &proved
	}
	return out
}

// Plain returns a cell as people mean it: without the tricks of spreadsheets, invisible
// characters, and the words and errors that mean "nothing". Lines stay lines.
func Plain(cell string) string {
	text, _ := clean(cell)
	return text
}

// Header makes the names of columns comparable: lower case, no accents, no signs, no
// running numbers.
func Header(name string) string { return fold(name) }

// Foreign says by its first bytes what a file is that holds no table, and what to do with
// it. text is how the head reads. Both are empty for what may be a table.
func Foreign(head, text []byte) (what, do string) {
	if what, do = foreign(head); what == "" && binary(text) {
		return "this is not a text file", "Save the table as CSV in the program that it comes from."
	}
	return what, do
}
