package compare

import "slices"

// twin is how alike two answers are that are about one thing as a whole.
const twin = .38

// surely is how alike two answers are that are surely about one thing: what each says alone is
// said of the same.
const surely = .45

// gainsay returns the claims by which two texts contradict each other most plainly.
func (l *library) gainsay(a, b *passage, alike float64) (finding, bool) {
	f := finding{clash: true}
	for i := range a.claims {
		for j := range b.claims {
			x, y := &a.claims[i], &b.claims[j]
			if x.unit != y.unit || !x.comparable(y.value) || x.value.same(y.value) {
				continue
			}
			if sure := l.sure(a, b, x, y, alike); sure > f.alike {
				f.alike, f.ours, f.other = sure, x, y
			}
		}
	}
	if a.opening*b.opening < 0 && alike >= .5 && f.ours == nil {
		f.alike = alike
		f.ours, f.other = firstClaim(a), firstClaim(b)
	}
	return f, f.ours != nil
}

func firstClaim(p *passage) *claim {
	return &claim{sentence: sentences(p.say)[0], value: value{unit: "yes"}}
}

// sure is how sure it is that two claims are about one thing and differ; 0 is no clash.
func (l *library) sure(a, b *passage, x, y *claim, alike float64) float64 {
	yes := x.yesNo() || x.unit == "cost"
	if !sameMarks(x.marks, y.marks, yes) || !sameProducts(x.products, y.products, alike >= twin) || !sameNames(x, y) {
		return 0
	}
	if !x.yesNo() && (b.says(x) || a.says(y)) {
		return 0
	}
	single := alone(a, x, b) && alone(b, y, a)
	if yes {
		return sureOfNo(x, y, alike, single)
	}
	return sureOfValue(x, y, alike, single)
}

func sameNames(x, y *claim) bool {
	return len(x.names) == 0 || len(y.names) == 0 || meet(x.names, y.names)
}

// sureOfValue is sure for values; single says that either text has no other of the unit.
func sureOfValue(x, y *claim, alike float64, single bool) float64 {
	own, shared := x.own.dot(y.own)
	about, _ := x.about.dot(y.about)
	likeness := max(own, about)
	ok := false
	switch {
	case alike < twin:
		ok = shared >= 2 && likeness >= .5
	case single && alike >= surely && x.unit != "time":
		ok = true
	case single:
		ok = shared > 0 && likeness >= .15
	default:
		ok = likeness >= .3 && (shared > 0 || about >= .4)
	}
	if !ok {
		return 0
	}
	return min(.5*likeness+.5*max(alike, likeness), 1)
}

// yesNo reports whether a claim is one of yes or no; there each text has many.
func (c *claim) yesNo() bool { return c.unit == "yes" || c.unit == "need" }

// sureOfNo is sure for yes and no.
func sureOfNo(x, y *claim, alike float64, single bool) float64 {
	if x.unit == "cost" && single && alike >= surely {
		return alike
	}
	own, shared := x.own.dot(y.own)
	if x.hangs != y.hangs || shared < 2 || own < .5 || alike < twin && own < .75 {
		return 0
	}
	return own
}

// says reports whether the text, or the page that it is of, has the value of the claim
// anywhere: then it knows it, and means something else.
func (p *passage) says(c *claim) bool {
	return p.has(c) || slices.ContainsFunc(p.beside, func(q *passage) bool { return q.has(c) })
}

func (p *passage) has(c *claim) bool {
	for i := range p.claims {
		if d := &p.claims[i]; d.unit == c.unit && d.comparable(c.value) && d.value.same(c.value) {
			return true
		}
	}
	return false
}

// alone reports whether a text has no other value of the unit, but for those that the other
// text has, too.
func alone(p *passage, c *claim, other *passage) bool {
	for i := range p.claims {
		if d := &p.claims[i]; d.unit == c.unit && d.role == c.role && !d.value.same(c.value) && !other.says(d) {
			return false
		}
	}
	return true
}
