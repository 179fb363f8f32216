package live

import (
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/phone"
)

func TestNewestTextReplacesTheOlderOne(t *testing.T) {
	h := func(s string) event { return boxed{text: s} }
	n := func(s string) event { return noted{text: s} }
	in := func(c assist.ID, s string) event { return noted{call: c, named: true, text: s} }
	ring, use := rang(phone.Ring{ID: "1"}), Use{NextCall: true}
	for name, c := range map[string]struct {
		put  []event
		want string
	}{
		"typing":            {[]event{h("a"), h("ab"), h("abc")}, "h:abc"},
		"two boxes":         {[]event{h("a"), n("x"), h("ab"), n("xy")}, "h:ab n:xy"},
		"outcomes between":  {[]event{h("a"), returned{}, h("ab")}, "h:ab outcome"},
		"a call between":    {[]event{n("a"), ring, n("b")}, "n:a verb n:b"},
		"a choice between":  {[]event{h("a"), use, h("b"), h("bc")}, "h:a verb h:bc"},
		"a promise between": {[]event{n("a"), PromiseUse{}, n("b")}, "n:a verb n:b"},
		"two calls":         {[]event{in("c1", "a"), in("c2", "b"), in("c1", "ab")}, "n:ab n:b"},
	} {
		m := newMailbox()
		for _, e := range c.put {
			m.put(e)
		}
		var got []string
		for _, e := range m.takeAll() {
			switch e := e.(type) {
			case boxed:
				got = append(got, "h:"+e.text)
			case noted:
				got = append(got, "n:"+e.text)
			case returned:
				got = append(got, "outcome")
			default:
				got = append(got, "verb")
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %s, want %s", name, s, c.want)
		}
	}
}

func TestClosedMailboxTakesNothing(t *testing.T) {
	m := newMailbox()
	m.put(boxed{text: "a"})
	m.close()
	m.put(boxed{text: "b"})
	if got := m.takeAll(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
