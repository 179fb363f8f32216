package twin

import (
	"cmp"
	"context"
	"hash/maphash"
	"slices"
	"strings"
)

// pair are two people by their places, the first one's lower.
type pair struct{ a, b int32 }

// mostAlike is how many people may share a key that all pairs of them are compared. What
// more share says nothing; those of them who are alike share another key.
const mostAlike = 50

// candidates returns the pairs that share something that tells people apart, each once.
func (f *finder) candidates(ctx context.Context) ([]pair, error) {
	type entry struct {
		key uint64
		at  int32
	}
	seed := maphash.MakeSeed()
	entries := make([]entry, 0, 8*len(f.people))
	for i := range f.people {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for _, k := range f.people[i].keys() {
			entries = append(entries, entry{maphash.String(seed, k), int32(i)})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at)) })
	var out []pair
	for from := 0; from < len(entries); {
		to := from + 1
		for to < len(entries) && entries[to].key == entries[from].key {
			to++
		}
		if to-from <= mostAlike {
			for i := from; i < to; i++ {
				for j := i + 1; j < to; j++ {
					if entries[i].at != entries[j].at {
						out = append(out, pair{entries[i].at, entries[j].at})
					}
				}
			}
		}
		from = to
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Or(cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b)) })
	return slices.Compact(out), ctx.Err()
}

// keys are under what the person is looked for.
func (p *person) keys() (out []string) {
	for _, n := range p.phones {
		out = append(out, "p"+n.digits, "pl"+n.digits+begin(p.name.last))
	}
	for _, m := range p.mails {
		out = append(out, "m"+m)
	}
	for _, x := range p.External {
		out = append(out, "x"+x)
	}
	if p.street != "" {
		out = append(out, "a"+p.place(), "al"+p.street+"\x00"+begin(p.name.last))
	}
	if p.name.first == "" {
		return out
	}
	whole := []string{canonical(p.name.first), canonical(p.name.last)}
	slices.Sort(whole)
	full := strings.Join(whole, " ")
	out = append(out, "n"+full, "nc"+full+"\x00"+p.city)
	if p.Company != "" {
		out = append(out, "no"+full+"\x00"+string(p.Company), "of"+canonical(p.name.first)+"\x00"+string(p.Company),
			"ol"+p.name.last+"\x00"+string(p.Company))
	}
	return out
}

func begin(s string) string { return s[:min(len(s), 2)] }
