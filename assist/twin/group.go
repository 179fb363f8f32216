package twin

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/search/text"
)

// groups joins the links of one person. Two people for sure are never in one group: the
// surer link decides to whom a record between them belongs, and where none is surer, none
// holds.
func (f *finder) groups(links []link) []Group {
	links = slices.DeleteFunc(slices.Clone(links), func(l link) bool { return l.bits < likely })
	links = f.withoutDoubt(links)
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(b.bits, a.bits), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	of := map[int32]*cluster{}
	at := func(i int32) *cluster {
		if of[i] == nil {
			of[i] = &cluster{members: []int32{i}}
		}
		return of[i]
	}
	var all []*cluster
	for _, l := range links {
		a, b := at(l.a), at(l.b)
		if a == b || !f.fit(a, b) {
			continue
		}
		a.members, a.links = append(a.members, b.members...), append(append(a.links, b.links...), l)
		for _, i := range b.members {
			of[i] = a
		}
		b.members = nil
		all = append(all, a)
	}
	var out []Group
	seen := map[*cluster]bool{}
	for _, c := range all {
		if len(c.members) > 1 && !seen[c] {
			seen[c] = true
			out = append(out, f.group(c))
		}
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Grade, a.Grade), cmp.Compare(a.Customers[0], b.Customers[0]))
	})
	return out
}

// cluster are records of one person, and the links that made them so.
type cluster struct {
	members []int32
	links   []link
}

// against is at how many bits two records speak against being one.
const against = -10

// fit reports whether no two of two clusters look like two people.
func (f *finder) fit(a, b *cluster) bool {
	for _, i := range a.members {
		for _, j := range b.members {
			if l := f.judge(min(i, j), max(i, j)); l.bits < against || f.apart(l) {
				return false
			}
		}
	}
	return true
}

// surer is by how many bits one link must be surer than another that contradicts it.
const surer = 2

// withoutDoubt leaves out the links of a record without a whole name that would as well
// belong to somebody else: "J Shaw" between John and Jane.
func (f *finder) withoutDoubt(links []link) []link {
	of := map[int32][]int{}
	for n, l := range links {
		of[l.a], of[l.b] = append(of[l.a], n), append(of[l.b], n)
	}
	drop := make([]bool, len(links))
	for i, list := range of {
		for x, n := range list {
			for _, m := range list[x+1:] {
				p, q := links[n].other(i), links[m].other(i)
				if !links[n].vague && !links[m].vague || !f.judge(min(p, q), max(p, q)).two {
					continue
				}
				d := links[n].bits - links[m].bits
				drop[n], drop[m] = drop[n] || d < surer, drop[m] || d > -surer
			}
		}
	}
	var out []link
	for n, l := range links {
		if !drop[n] {
			out = append(out, l)
		}
	}
	return out
}

func (l link) other(i int32) int32 { return l.a + l.b - i }

// group writes a cluster in words.
func (f *finder) group(c *cluster) (g Group) {
	slices.SortFunc(c.members, func(i, j int32) int {
		a, b := &f.people[i], &f.people[j]
		return cmp.Or(cmp.Compare(b.told(), a.told()), sinceOrder(a.Since, b.Since), cmp.Compare(a.ID, b.ID))
	})
	least := math.Inf(1)
	var shares, doubts []string
	for _, l := range c.links {
		least = min(least, l.bits)
		shares, doubts = append(shares, l.shares...), append(doubts, l.against...)
	}
	for _, i := range c.members {
		g.Customers = append(g.Customers, f.people[i].ID)
	}
	g.Grade = 1 / (1 + math.Exp2(-least))
	g.Reasons = unique(shares)
	for _, words := range unique(doubts) {
		g.Reasons = append(g.Reasons, "but "+words)
	}
	return g
}

// sinceOrder puts who came first before others, and those of whom nobody knows last.
func sinceOrder(a, b assist.Date) int {
	if a.IsZero() || b.IsZero() {
		return cmp.Compare(b.Year, a.Year)
	}
	return cmp.Compare(a.String(), b.String())
}

// unique keeps the order.
func unique(list []string) (out []string) {
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// mostInHouse is how many people a household may have; more are a home or an office.
const mostInHouse = 8

// households joins people who live together. Who is in a group stands there as its first.
func (f *finder) households(links []link, groups []Group) []Household {
	first := f.firsts(groups)
	house := map[int32][]int32{}
	var roots []int32
	root := map[int32]int32{}
	for _, l := range links {
		if !l.household {
			continue
		}
		for _, i := range []int32{first(l.a), first(l.b)} {
			if _, ok := root[i]; !ok {
				root[i], house[i] = i, []int32{i}
				roots = append(roots, i)
			}
		}
		if a, b := root[first(l.a)], root[first(l.b)]; a != b {
			for _, i := range house[b] {
				root[i] = a
			}
			house[a], house[b] = append(house[a], house[b]...), nil
		}
	}
	var out []Household
	for _, r := range roots {
		if n := len(house[r]); n > 1 && n <= mostInHouse {
			out = append(out, f.household(house[r]))
		}
	}
	slices.SortFunc(out, func(a, b Household) int {
		return cmp.Or(cmp.Compare(len(b.Members), len(a.Members)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Members[0], b.Members[0]))
	})
	return out
}

// firsts returns who stands for somebody in a household.
func (f *finder) firsts(groups []Group) func(int32) int32 {
	place := func(id assist.ID) int32 {
		at, _ := slices.BinarySearchFunc(f.people, id, func(p person, id assist.ID) int { return cmp.Compare(p.ID, id) })
		return int32(at)
	}
	of := map[int32]int32{}
	for _, g := range groups {
		for _, id := range g.Customers[1:] {
			of[place(id)] = place(g.Customers[0])
		}
	}
	return func(i int32) int32 {
		if first, ok := of[i]; ok {
			return first
		}
		return i
	}
}

func (f *finder) household(members []int32) (h Household) {
	slices.Sort(members)
	first, rest := &f.people[members[0]], members[1:]
	for _, i := range members {
		h.Members = append(h.Members, f.people[i].ID)
	}
	h.Name, h.Reasons = written(first.Name, first.name.last), []string{"same last name"}
	for n, p := range first.phones {
		if slices.ContainsFunc(rest, func(i int32) bool { return f.people[i].has(p.digits) }) {
			h.Phones = append(h.Phones, first.written[n])
		}
	}
	if len(h.Phones) > 0 {
		h.Reasons = append(h.Reasons, "same number")
	}
	if first.street != "" && slices.ContainsFunc(rest, func(i int32) bool { return f.people[i].place() == first.place() }) {
		h.Reasons = append(h.Reasons, "same street and house")
		line, _, _ := strings.Cut(first.Address, ",")
		h.Name += ", " + strings.TrimSpace(line)
	}
	return h
}

// written finds a folded word of a name as it is written there.
func written(name, word string) string {
	for _, w := range strings.Fields(name) {
		if text.Fold(w) == word {
			return strings.Trim(w, ",")
		}
	}
	return title(word)
}
