package compare

import "strings"

// yes is what a clause says with yes or no.
type yes struct {
	value
	clause weighted
	hangs  bool
}

var (
	hangWords = set("if unless when whenever until till except only before after once where")
	parts     = set("and but whereas while otherwise although though so because or")
)

// yesNo returns what the clauses of a sentence say with yes or no: that something is so, or
// not; must be; costs something, or nothing.
func (l *library) yesNo(ts []token, values []value) (out []yes) {
	if len(l.not) == 0 {
		return nil
	}
	cut := func(from, to int) {
		if c := ts[from:to]; len(c) > 1 {
			out = append(out, l.clause(c, ts, from, values)...)
		}
	}
	from := 0
	for i, t := range ts {
		if parts[t.text] || t.kind == 's' && strings.Contains(",;:—–()", t.text) {
			cut(from, i)
			from = i + 1
		}
	}
	cut(from, len(ts))
	return out
}

// clause reads one clause, which begins at the token from of its sentence.
func (l *library) clause(c, sentence []token, from int, values []value) []yes {
	no, turned := false, false
	all := " " + joined(c)
	hangs := sentence[0].text == "if" || sentence[0].text == "when"
	need := strings.Contains(all, " have to ")
	var words []token
	for _, t := range c {
		hangs = hangs || hangWords[t.text]
		need = need || l.need[t.text]
		off := l.off[t.text]
		switch {
		case l.not[t.text]:
			no = true
		case off != "":
			words = append(words, token{text: off, kind: 'w'})
			turned = turned != (off != t.text)
		default:
			words = append(words, t)
		}
	}
	y := yes{value: value{unit: "yes", lo: 1, hi: 1, text: all}, clause: weighted{near: words}, hangs: hangs}
	limit, price := sums(values, from, from+len(c))
	if free := freeOf(c, all); (free || price || paid(c, all, no)) && !limit {
		y.unit = "cost"
		if free {
			y.lo, y.hi = 0, 0
		}
		y.clause = weighted{near: notCost(words), far: notCost(sentence)}
		return []yes{y}
	}
	if no != turned {
		y.lo, y.hi = 0, 0
	}
	if need {
		y.unit = "need"
	}
	return []yes{y}
}

// sums reports whether a sentence names a sum that is a limit, and a price among its tokens
// from from to to.
func sums(values []value, from, to int) (limit, price bool) {
	for _, v := range values {
		if v.unit == "money" && v.role == "limit" {
			limit = true
		} else if v.unit == "money" && v.hi > 0 && v.tokens[0] >= from && v.tokens[1] <= to {
			price = true
		}
	}
	return limit, price
}

func joined(c []token) string {
	var b strings.Builder
	for _, t := range c {
		b.WriteString(t.text)
		b.WriteByte(' ')
	}
	return b.String()
}

var (
	costWords = set("cost costs charge charges fee fees pay price nothing free extra")
	feeWords  = set("fee fees surcharge")
	thing     = set("of day days slot hand hands feel interest frost time")
)

// freeOf reports whether a clause says that something costs nothing.
func freeOf(c []token, all string) bool {
	for i, t := range c {
		if t.text == "free" && freeAt(c, i) {
			return true
		}
	}
	for _, s := range freeWays {
		if strings.Contains(all, s) {
			return true
		}
	}
	return false
}

// freeAt reports whether the word free at i is about money: not frost-free, free of frost, a
// free day.
func freeAt(c []token, i int) bool {
	word := func(i int) string {
		if i < 0 || i >= len(c) {
			return ""
		}
		return c[i].text
	}
	last := word(i - 1)
	if last == "-" {
		last = word(i - 2)
	}
	return last != "not" && last != "no" && !thing[last] && (!thing[word(i+1)] || word(i+1) == "of" && word(i+2) == "charge")
}

var freeWays = []string{" costs nothing ", " costs you nothing ", " cost nothing ", " cost you nothing ", " no charge ", " nothing to pay ", " no fee ",
	" no extra cost ", " no cost ", " without charge ", " pay nothing ", " dont charge ", " not charge ", " wont cost ", " no extra charge ", " on the house "}

// paid reports whether a clause says that something must be paid, though not how much.
func paid(c []token, all string, no bool) bool {
	if no {
		return false
	}
	for _, t := range c {
		if feeWords[t.text] {
			return true
		}
	}
	for _, s := range []string{" we charge ", " is charged for ", " costs extra ", " at a charge "} {
		if strings.Contains(all, s) {
			return true
		}
	}
	return false
}

func notCost(ts []token) (out []token) {
	for _, t := range ts {
		if t.kind == 'w' && !costWords[t.text] {
			out = append(out, t)
		}
	}
	return out
}

// opening is 1 where a text begins with yes, -1 where it begins with no, else 0.
func opening(ts []token) int {
	for i, t := range ts {
		switch {
		case i > 4 || t.kind == 's' && t.text == ".":
			return 0
		case t.text == "no" && (i+1 == len(ts) || ts[i+1].kind == 's') || t.text == "unfortunately" || t.text == "afraid":
			return -1
		case t.text == "yes" || t.text == "certainly" || t.text == "absolutely" || t.text == "definitely":
			return 1
		}
	}
	return 0
}
