package meaning

import (
	"regexp"
	"strings"

	"ringside/assist"
)

// mostLetters is how much of an answer a model is given, in letters: about 400 of its
// tokens, which the small models that run beside a phone can read. Customers' own
// wordings may fill half of it; the words to say get what is left.
const mostLetters = 1600

// Text returns what a model is given of an answer: its title, the customers' wordings,
// and the words to say, without blanks to fill. It holds nothing of any customer.
func Text(a assist.Answer) string {
	lines := []string{line(a.Title)}
	left := mostLetters - count(lines[0])
	for _, p := range a.Phrasings {
		p = line(p)
		if left-count(p) < mostLetters/2 {
			break
		}
		left -= count(p) + 1
		lines = append(lines, p)
	}
	return first(strings.TrimSpace(strings.Join(append(lines, line(a.Say)), "\n")), mostLetters)
}

// What tells a person apart and says nothing of a meaning.
var (
	address = regexp.MustCompile(`\S+@\S+`)
	number  = regexp.MustCompile(`\+?\p{Nd}(?:[\s().\-/]{0,2}\p{Nd}){6,}`)
)

// Question returns what a model is given of what a customer says: "" when there is
// nothing to ask about. E-mail addresses and numbers of seven digits or more, as those
// of phones, cards and orders, are taken out.
func Question(heard string) string {
	heard = strings.Join(strings.Fields(heard), " ")
	heard = number.ReplaceAllString(address.ReplaceAllString(heard, "(address)"), "(number)")
	if n := count(heard); n > mostLetters {
		heard = string([]rune(heard)[n-mostLetters:]) // the latest counts
	}
	return heard
}

// line takes the blanks to fill and the ends of lines out of a text.
func line(s string) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(s, "{{")
		b.WriteString(before)
		_, after, closed := strings.Cut(rest, "}}")
		if !open || !closed {
			b.WriteString(rest)
			return strings.Join(strings.Fields(b.String()), " ")
		}
		b.WriteString(" ")
		s = after
	}
}

func count(s string) int { return len([]rune(s)) }

func first(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
