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
func (l *library) clause(c, sentence []token, from int, values []value) (out []yes) {
	no, need, turned, hangs := false, false, false, false
	var words []token
	for _, t := range c {
		hangs = hangs || hangWords[t.text]
		need = need || l.need[t.text] || t.text == "have" && strings.Contains(joined(c), "have to")
		switch {
		case l.not[t.text]:
			no = true
		case l.off[t.text] != "":
			words = append(words, token{text: l.off[t.text], kind: 'w'})
			turned = turned != (l.off[t.text] != t.text)
		default:
			words = append(words, t)
		}
	}
	hangs = hangs || len(sentence) > 0 && (sentence[0].text == "if" || sentence[0].text == "when")
	limit, price := false, false
	for _, v := range values {
		limit = limit || v.role == "limit"
		price = price || v.unit == "money" && v.role != "limit" && v.hi > 0 && v.tokens[0] >= from && v.tokens[1] <= from+len(c)
	}
	y := yes{value: value{unit: "yes", lo: 1, hi: 1, text: joined(c)}, clause: weighted{near: words}, hangs: hangs}
	if free := freeOf(c); (free || price || paid(c, no)) && !limit {
		cost := y
		cost.unit = "cost"
		if free {
			cost.lo, cost.hi = 0, 0
		}
		cost.clause = weighted{near: notCost(words), far: sentence}
		cost.clause.far = notCost(cost.clause.far)
		return []yes{cost}
	}
	if no != turned {
		y.lo, y.hi = 0, 0
	}
	if need {
		y.unit = "need"
	}
	return []yes{y}
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
func freeOf(c []token) bool {
	for i, t := range c {
		next, last := "", ""
		if i+1 < len(c) {
			next = c[i+1].text
		}
		if i > 0 {
			last = c[i-1].text
		}
		if i > 1 && last == "-" {
			last = c[i-2].text
		}
		if t.text == "free" && last != "not" && last != "no" && !thing[last] && (!thing[next] || next == "of" && i+2 < len(c) && c[i+2].text == "charge") {
			return true
		}
	}
	all := " " + joined(c)
	for _, s := range []string{" costs nothing ", " costs you nothing ", " cost nothing ", " cost you nothing ", " no charge ", " nothing to pay ", " no fee ",
		" no extra cost ", " no cost ", " without charge ", " pay nothing ", " dont charge ", " not charge ", " wont cost ", " no extra charge ", " on the house "} {
		if strings.Contains(all, s) {
			return true
		}
	}
	return false
}

// paid reports whether a clause says that something must be paid, though not how much.
func paid(c []token, no bool) bool {
	all := " " + joined(c)
	for _, t := range c {
		if feeWords[t.text] && !no {
			return true
		}
	}
	return !no && (strings.Contains(all, " we charge ") || strings.Contains(all, " is charged for ") || strings.Contains(all, " costs extra ") || strings.Contains(all, " at a charge "))
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
