package compare

// pair says a finding in words for people.
func (f finding) pair(a, b *passage) Pair {
	p := Pair{A: a.id, B: b.id, Clash: f.clash, Alike: f.alike}
	if f.clash {
		p.OfA, p.OfB = f.ours.sentence, f.other.sentence
		here, there := differ(f.ours, f.other)
		p.Why = here + " here, " + there + " there"
		return p
	}
	p.OfA, p.OfB = a.say, b.say
	p.Why = "Both answer “" + a.title + "”"
	return p
}

// differ names the two values in few words.
func differ(a, b *claim) (here, there string) {
	switch a.unit {
	case "yes":
		return yesNo(a.lo, "yes", "no"), yesNo(b.lo, "yes", "no")
	case "need":
		return yesNo(a.lo, "a must", "no need"), yesNo(b.lo, "a must", "no need")
	case "cost":
		return yesNo(a.lo, "it costs money", "free of charge"), yesNo(b.lo, "it costs money", "free of charge")
	}
	return a.text, b.text
}

func yesNo(v float64, yes, no string) string {
	if v == 0 {
		return no
	}
	return yes
}
