package handoff

import (
	"strings"
	"unicode"

	"ringside/assist"
	"ringside/assist/phone"
)

// Words reads the words with which a phone's hook calls `ringside ring`: a number
// or an address that Parse reads, --number, --name, --state, --id, --to and
// --direction, or the form "/N:S /C:+44... /I:7" of 3CX. The words behind --as and a
// template are read as the template says. Words that it does not know are passed over,
// since a hook may add its own. An empty number means that it was withheld; the later
// states of a call with an id need none. No number and no id, or a state that no call has, gives a Fault with assist.ErrInvalid.
func Words(args []string) (phone.Ring, error) {
	w := wording{state: "ringing"}
	for i := 0; i < len(args); i++ {
		key, value, joined := option(args[i])
		if key == "as" {
			return w.as(value, joined, args[i+1:])
		}
		if args[i] == "--" {
			continue
		}
		if key == "" {
			w.loose = append(w.loose, args[i])
			continue
		}
		field := w.field(key)
		if field != nil && !joined && i+1 < len(args) {
			i++
			value = args[i]
		}
		w.set(key, value)
	}
	return w.ring()
}

// wording is what the words have said so far.
type wording struct {
	number, name, state, id, to, direction string

	numbered bool
	loose    []string // words without a name
}

// set keeps what a word says; a key that nobody knows says nothing.
func (w *wording) set(key, value string) {
	if field := w.field(key); field != nil {
		*field = value
		w.numbered = w.numbered || field == &w.number
	}
}

// as reads the words of a phone that has a template. The template may be joined to
// --as or come behind it.
func (w *wording) as(text string, joined bool, words []string) (phone.Ring, error) {
	if !joined && len(words) > 0 {
		text, words = words[0], words[1:]
	}
	t, err := readTemplate(text)
	if err != nil {
		return phone.Ring{}, err
	}
	t.read(words, w)
	return w.ring()
}

func (w *wording) field(key string) *string {
	switch key {
	case "number", "from", "/c":
		return &w.number
	case "name", "/d":
		return &w.name
	case "state", "/n":
		return &w.state
	case "id", "/i":
		return &w.id
	case "to":
		return &w.to
	case "direction", "/t":
		return &w.direction
	}
	return nil
}

// option splits --name=value, --name, and /N:value. The key is empty for a word that
// is no option.
func option(word string) (key, value string, joined bool) {
	if name, ok := strings.CutPrefix(word, "--"); ok && name != "" {
		key, value, joined = strings.Cut(name, "=")
		return strings.ToLower(key), value, joined
	}
	if len(word) >= 3 && word[0] == '/' && word[2] == ':' {
		return strings.ToLower(word[:2]), word[3:], true
	}
	return "", "", false
}

func (w *wording) ring() (phone.Ring, error) {
	if !w.numbered {
		word, ok := w.pick()
		if !ok && w.id == "" {
			return phone.Ring{}, &assist.Fault{What: "the number is missing",
				Do: `Write: ringside ring NUMBER, and "" for a caller who withholds it.`, Err: assist.ErrInvalid}
		}
		w.number = word
	}
	r, err := Parse(w.number)
	if err != nil {
		return phone.Ring{}, err
	}
	given, err := phase(w.state)
	if err != nil {
		return phone.Ring{}, err
	}
	if given != phone.Ringing {
		r.Phase = given
	}
	for _, s := range []struct{ to, from *string }{{&r.Name, &w.name}, {&r.ID, &w.id}, {&r.To, &w.to}} {
		if *s.from != "" {
			*s.to = *s.from
		}
	}
	if w.direction != "" {
		r.Outgoing = outgoing(w.direction)
	}
	return tidy(r), nil
}

// pick returns the loose word that is most likely the number: the first with two
// digits or the form of an address, else the first.
func (w *wording) pick() (string, bool) {
	for _, word := range w.loose {
		if IsAddress(word) || digits(word) >= 2 {
			return word, true
		}
	}
	if len(w.loose) == 0 {
		return "", false
	}
	return w.loose[0], true
}

func digits(s string) (n int) {
	for _, c := range s {
		if unicode.IsDigit(c) {
			n++
		}
	}
	return n
}
