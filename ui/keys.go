package ui

import "ringside/ui/call"

// listKeys are the keys of a list, which are letters while the list has the keyboard.
type listKeys struct {
	list string
	keys []call.Key
}

// reviewKeys are the keys of the lists of Review, in their order.
var reviewKeys = []listKeys{
	{"Review: Today", []call.Key{
		{Name: "D", Words: "Done: told, kept, thanked, read"},
		{Name: "O", Words: "Open it: make an answer, or mend one"},
		{Name: "M, B", Words: "The promise: to tomorrow, broken"},
		{Name: "L", Words: "Leave it for tomorrow"},
		{Name: "C, E", Words: "The letter: copy it, e-mail it"},
		{Name: "U", Words: "Undo"},
	}},
	{"Review: Promises, Questions", []call.Key{
		{Name: "K, B", Words: "The promise: kept, broken"},
		{Name: "M", Words: "Move it to another day"},
		{Name: "T", Words: "The customer was told"},
		{Name: "C, E", Words: "The letter: copy it, e-mail it"},
		{Name: "A", Words: "Make an answer of the question"},
		{Name: "U", Words: "Undo"},
	}},
	{"Review: Notes", []call.Key{
		{Name: "/", Words: "Find, by words or rep:tom since:monday tag:vip"},
		{Name: "Enter, Esc", Words: "From the box to the list, and back"},
		{Name: "F", Words: "Filter"},
		{Name: "V", Words: "Save this search, rename or delete it"},
		{Name: "M", Words: "Comments for me"},
		{Name: "R", Words: "Reviewed, or not"},
		{Name: "A", Words: "Amend: add to what was written"},
		{Name: "T, L", Words: "A tag, a link: give or take it away"},
		{Name: "C, S", Words: "Comment for a colleague; I have seen it"},
		{Name: "Y", Words: "Copy"},
		{Name: "W", Words: "Make an answer"},
		{Name: "O", Words: "Show the customer"},
		{Name: "N, P", Words: "Next note, the one before"},
		{Name: "E", Words: "Show more of a long note"},
		{Name: "1 to 9", Words: "Follow a link"},
		{Name: "B", Words: "Back to where the link was"},
		{Name: "U", Words: "Undo"},
	}},
	{"Review: Patterns", []call.Key{
		{Name: "C", Words: "Copy as text"},
		{Name: "O", Words: "Open the latest note"},
		{Name: "M", Words: "More of their words"},
		{Name: "N", Words: "Show what is not enough yet, or hide it"},
		{Name: "P, S", Words: "Save the chart as PNG, as SVG"},
	}},
	{"Review: Who stays", []call.Key{
		{Name: "P", Words: "Promise to call"},
		{Name: "N", Words: "They are not slipping away"},
		{Name: "C, E", Words: "The letter: copy it, e-mail it"},
		{Name: "S", Words: "Show the customer"},
		{Name: "R", Words: "Read again"},
		{Name: "U", Words: "Undo"},
	}},
	{"Review: Customers", []call.Key{
		{Name: "/", Words: "Find a customer or company"},
		{Name: "M", Words: "Merge those who are one person"},
		{Name: "K", Words: "Keep another of the records"},
		{Name: "1 to 9", Words: "Whose words count, field by field"},
		{Name: "B", Words: "Both are right: keep them apart"},
		{Name: "H", Words: "Make it a household"},
		{Name: "T", Words: "Take a merge back"},
		{Name: "C, R", Words: "Change the record, add a relation"},
		{Name: "E, X", Words: "Export everything, erase for good"},
		{Name: "U", Words: "Undo"},
	}},
	{"Review: Brief", []call.Key{
		{Name: "1 to 4", Words: "7 days, 4 weeks, a quarter, half a year"},
		{Name: "N", Words: "Names shown, or not"},
		{Name: "P, H, M", Words: "Save as PDF, HTML, Markdown"},
		{Name: "R, E", Words: "Print, e-mail"},
	}},
}
