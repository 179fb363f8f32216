package heard

import (
	"strings"

	"ringside/assist"
)

// Name is a subject that the text names, and where.
type Name struct {
	Subject  assist.Subject
	From, To int // bytes of the text

	first, last int // words of its sentence
}

// mostWords is of how many words a name in a text can be.
const mostWords = 5

// shortestTypo is how many letters a name has in which a slip of the pen is seen.
const shortestTypo = 6

// list is names by how they are compared: without blanks.
type list struct {
	subjects []assist.Subject
	whole    map[string]int   // to a subject
	slips    map[string][]int // a name with one letter left out, to names
	names    []string         // of slips, in the order in which they came
	of       []int            // their subjects
	most     int              // words of the longest
}

func newList(subjects []assist.Subject) *list {
	l := &list{subjects: subjects, whole: make(map[string]int, len(subjects)), slips: map[string][]int{}, most: 2}
	for i, s := range subjects {
		l.add(s.Name, i)
	}
	for i, s := range subjects {
		for _, also := range s.Also {
			l.add(also, i)
		}
	}
	return l
}

func (l *list) add(name string, subject int) {
	var joined strings.Builder
	words, letters := 0, false
	for _, s := range cut(name) {
		for _, w := range s.words {
			words++
			letters = letters || !allDigits(w.text)
			joined.WriteString(w.text)
		}
	}
	key := joined.String()
	if _, known := l.whole[key]; known || key == "" || !letters || calendar[key] {
		return
	}
	l.whole[key] = subject
	l.most = min(max(l.most, words), mostWords)
	if len(key) < shortestTypo || common[key] || strings.ContainsAny(key, "0123456789") {
		return
	}
	n := len(l.names)
	l.names, l.of = append(l.names, key), append(l.of, subject)
	last := ""
	for i := range key {
		if less := key[:i] + key[i+1:]; less != last {
			l.slips[less] = append(l.slips[less], n)
			last = less
		}
	}
	l.slips[key] = append(l.slips[key], n)
}

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// in adds what the sentence names, the longest writing first.
func (l *list) in(s sentence, out []Name) []Name {
	var buf [120]byte
	for i := 0; i < len(s.words); {
		subject, n := l.at(s, i, buf[:0])
		if n == 0 {
			i++
			continue
		}
		out = append(out, Name{Subject: l.subjects[subject], From: s.words[i].from, To: s.words[i+n-1].to, first: i, last: i + n - 1})
		i += n
	}
	return out
}

// at returns the longest name that begins with a word, and of how many words it is; 0
// for none.
func (l *list) at(s sentence, i int, buf []byte) (subject, words int) {
	for n := 1; n <= l.most && i+n <= len(s.words); n++ {
		w := s.words[i+n-1]
		if len(buf)+len(w.text) > cap(buf) {
			break
		}
		buf = append(buf, w.text...)
		if found, plain, ok := l.find(buf); ok && (n > 1 && !common[plain] || isName(s, i, plain)) {
			subject, words = found, n
		}
	}
	if words == 0 {
		if found, ok := l.slip(s.words[i].text); ok {
			return found, 1
		}
	}
	return subject, words
}

// find looks a name up, also in the plural; plain is the name as the list has it.
func (l *list) find(key []byte) (subject int, plain string, ok bool) {
	for _, ending := range []string{"", "s", "es"} {
		n := len(key) - len(ending)
		if n < 2 || string(key[n:]) != ending {
			continue
		}
		if subject, ok = l.whole[string(key[:n])]; ok {
			return subject, string(key[:n]), true
		}
	}
	return 0, "", false
}

// isName reports whether a word of everyday English is written as a name.
func isName(s sentence, i int, plain string) bool {
	if !common[plain] {
		return true
	}
	w := s.words[i]
	return w.capital && i > 0 && !s.shouts
}

// slip returns the name that a word is but for one letter.
func (l *list) slip(w string) (subject int, ok bool) {
	if len(w) < shortestTypo-1 || len(l.names) == 0 || common[w] {
		return 0, false
	}
	if subject, ok = l.near(w, w); ok {
		return subject, true
	}
	var buf [64]byte
	if len(w) > len(buf) {
		return 0, false
	}
	for i := 1; i < len(w); i++ { // the first letter is right
		less := append(append(buf[:0], w[:i]...), w[i+1:]...)
		for _, n := range l.slips[string(less)] {
			if oneApart(l.names[n], w) {
				return l.of[n], true
			}
		}
	}
	return 0, false
}

func (l *list) near(key, w string) (subject int, ok bool) {
	for _, n := range l.slips[key] {
		if oneApart(l.names[n], w) {
			return l.of[n], true
		}
	}
	return 0, false
}

// oneApart reports whether two words that begin alike differ by one letter that is
// missing, added or another one, or by two that changed places.
func oneApart(a, b string) bool {
	if a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	switch {
	case len(a) == len(b):
		return len(a) == 0 || a[1:] == b[1:] || len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
	case len(a) == len(b)+1:
		return a[1:] == b
	case len(a)+1 == len(b):
		return a == b[1:]
	}
	return false
}
