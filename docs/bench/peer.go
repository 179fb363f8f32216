package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
)

// peer is a search library that is measured beside ours. It gets one document a card.
type peer interface {
	// build makes the index; find works after it.
	build([]card) error
	// find returns the ids of the best five, the best first, and the best score. When
	// typing, the last word is unfinished. about, if any, names what the question is
	// about: only cards of it can be right.
	find(text, about string, typing bool) (ids []string, score float64, err error)
	close() error
}

func newPeer(name string) (peer, error) {
	switch name {
	case "bleve":
		return &blevePeer{}, nil
	case "fts5":
		return &ftsPeer{}, nil
	}
	return nil, fmt.Errorf("no peer %q: bleve or fts5", name)
}

const (
	hits     = 5
	mostKeys = 6_000
)

// measure runs one peer over one set, in the same order as the program under test:
// build, ask whole questions, type.
func measure(p peer, s job) (f figures, err error) {
	cards, err := readLines[card](s.Cards)
	if err != nil {
		return f, err
	}
	questions, err := readLines[question](s.Queries)
	if err != nil {
		return f, err
	}
	cards = few(cards, s.Phrasings)
	about := map[string]string{}
	for _, c := range cards {
		about[c.ID] = c.about()
	}
	debug.FreeOSMemory()
	before := memory("VmRSS")
	start := time.Now()
	if err := p.build(cards); err != nil {
		return f, err
	}
	f.Build = since(start)
	runtime.GC()
	debug.FreeOSMemory()
	f.Heap, f.Peak = max(memory("VmRSS")-before, 0), memory("VmHWM")
	known := func(q question) string {
		if s.Entity == "known" && len(q.Gold) > 0 {
			return about[q.Gold[0]]
		}
		return ""
	}
	if err := f.ask(p, turns(questions, s.Entity), known); err != nil {
		return f, err
	}
	return f, f.typing(p, questions, known, s.Keys)
}

// turns gives a peer both turns to search where the place is not known: it finds more
// with them. Ours is given the turn before, too.
func turns(questions []question, entity string) []question {
	out := slices.Clone(questions)
	for i, q := range out {
		if entity != "known" && q.Context != "" {
			out[i].Text = q.Context
		}
	}
	return out
}

// ask asks the whole questions.
func (f *figures) ask(p peer, questions []question, known func(question) string) error {
	var in, out, times []float64
	var sum, r1, r3, r5 float64
	for _, q := range questions {
		start := time.Now()
		ids, score, err := p.find(q.Text, known(q), false)
		if err != nil {
			return fmt.Errorf("%q: %w", q.Text, err)
		}
		times = append(times, since(start))
		if len(q.Gold) == 0 {
			out = append(out, score)
			continue
		}
		in = append(in, score)
		rank := 1 + slices.IndexFunc(ids, func(id string) bool { return slices.Contains(q.Gold, id) })
		if rank > 0 {
			sum += 1 / float64(rank)
			r5++
		}
		if rank > 0 && rank <= 3 {
			r3++
		}
		if rank == 1 {
			r1++
		}
	}
	n := float64(len(in))
	f.N, f.Out = len(in), len(out)
	if n > 0 {
		f.R1, f.R3, f.R5, f.MRR = r1/n, r3/n, r5/n, sum/n
	}
	f.AUROC = auroc(in, out)
	f.QueryP50, f.QueryP99 = percentile(times, .5), percentile(times, .99)
	return nil
}

// auroc returns how often a question in scope scores higher than one out of it; nil
// where there are none.
func auroc(in, out []float64) *float64 {
	if len(in) == 0 || len(out) == 0 {
		return nil
	}
	slices.Sort(out)
	wins := 0.0
	for _, v := range in {
		below, _ := slices.BinarySearch(out, v)
		upTo := below
		for upTo < len(out) && out[upTo] == v {
			upTo++
		}
		wins += float64(below) + float64(upTo-below)/2
	}
	wins /= float64(len(in)) * float64(len(out))
	return &wins
}

// typing types an even choice of the questions letter by letter; at most so many keys.
func (f *figures) typing(p peer, questions []question, known func(question) string, most int) error {
	var times []float64
	for _, k := range sample(questions, most) {
		q := questions[k.question]
		start := time.Now()
		if _, _, err := p.find(q.Text[:k.end], known(q), true); err != nil {
			return fmt.Errorf("%q: %w", q.Text[:k.end], err)
		}
		times = append(times, since(start))
	}
	f.Keys, f.KeyP50, f.KeyP99 = len(times), percentile(times, .5), percentile(times, .99)
	return nil
}

// key is one key of a question: it is typed up to the byte end.
type key struct{ question, end int }

// sample chooses the questions as the program under test does, and then at most so
// many of their keys, evenly.
func sample(questions []question, most int) (keys []key) {
	all := 0
	for _, q := range questions {
		all += max(len([]rune(q.Text))-1, 0)
	}
	n := len(questions)
	some := max(n*mostKeys/max(all, mostKeys), min(n, 1))
	for j := range some {
		i, letters := j*n/some, 0
		for at, r := range questions[i].Text {
			if letters++; letters >= 2 {
				keys = append(keys, key{i, at + len(string(r))})
			}
		}
	}
	if most = min(most, mostKeys); len(keys) <= most {
		return keys
	}
	few := make([]key, most)
	for i := range few {
		few[i] = keys[i*len(keys)/most]
	}
	return few
}

func since(start time.Time) float64 { return float64(time.Since(start)) / float64(time.Millisecond) }

// percentile is by nearest rank.
func percentile(times []float64, p float64) float64 {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[max(int(math.Ceil(float64(len(sorted))*p)), 1)-1]
}

// memory returns a line of /proc/self/status in MB; 0 where there is none.
func memory(line string) float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), line+":")
	words := strings.Fields(rest)
	if len(words) == 0 {
		return 0
	}
	kb, _ := strconv.ParseFloat(words[0], 64)
	return kb / 1024
}
