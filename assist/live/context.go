package live

import (
	"strings"

	"ringside/assist/search"
)

// mostBefore is how many letters of a call's earlier words are remembered.
const mostBefore = 2000

// query is what to look for, with all that the desk knows of the call.
func (d *Desk) query(t *talk) search.Query {
	return search.Query{Text: t.heard, Products: ownProducts(t.profile.Customer), Earlier: t.earlier(),
		About: about(t), Language: t.profile.Customer.Language, Limit: mostHits, Now: d.now()}
}

// about is what is open between the customer and us.
func about(t *talk) []string {
	var out []string
	add := func(parts ...string) {
		if s := strings.TrimSpace(strings.Join(parts, ". ")); s != "" {
			out = append(out, s)
		}
	}
	add(t.profile.Company.Name)
	for _, p := range t.profile.Promises {
		if p.Open() && !t.kept[p.ID] && p.Call != t.call.ID {
			add(p.Text)
		}
	}
	for _, i := range t.profile.Incidents {
		add(i.Title, i.What)
	}
	return out
}

// remember keeps words of this call for its later searches. At an idle desk there
// is no call that they could belong to.
func (t *talk) remember(words string) {
	words = strings.Join(strings.Fields(words), " ")
	if n := len(t.before); words == "" || t.idle() || n > 0 && t.before[n-1] == words {
		return
	}
	t.before = with(t.before, lastLetters(words, mostBefore))
	for total(t.before) > mostBefore {
		t.before = t.before[1:]
	}
}

// earlier is what was heard before what is in the box now.
func (t *talk) earlier() string {
	var out []string
	for _, s := range t.before {
		if !strings.HasPrefix(strings.TrimSpace(t.heard), s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}

func total(list []string) (n int) {
	for _, s := range list {
		n += len([]rune(s)) + 1
	}
	return n - 1
}

func lastLetters(s string, n int) string {
	r := []rune(s)
	return string(r[max(len(r)-n, 0):])
}

// replaced reports whether text is something new and not old with an edit in it.
func replaced(old, text string) bool {
	if old == "" {
		return false
	}
	return text == "" || text[0] != old[0] && text[len(text)-1] != old[len(old)-1]
}
