package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/compose"
	"ringside/storage"
)

const (
	manyNotes  = 500
	promptRuns = 2000
)

// benchPrompts measures tact, prompts, moves and brief for a customer with many notes,
// with and without reading the profile from the store.
func benchPrompts(b *callBench, team *ask.Team) (figures []figure, err error) {
	now := time.Date(2026, 11, 18, 14, 0, 0, 0, time.UTC)
	db, err := openTalkative(b, "talkative", now)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Indexed(b.ctx); err != nil { // it would go on beside what is measured
		return nil, err
	}
	debug.FreeOSMemory()
	var read, decided []time.Duration
	offers, moves := 0, 0
	for i := range promptRuns {
		at := now.AddDate(0, 0, i%20).Add(time.Duration(i) * time.Second)
		start := time.Now()
		p, err := db.Profile(b.ctx, "talkative")
		if err != nil {
			return nil, err
		}
		known := time.Now()
		c := ask.Call{ID: "running", Since: at.Add(-time.Minute), Said: []string{"How do I cut the high branches of the pear tree?"}}
		reasons := team.Tact(p, c, at)
		offers += len(team.Pick(p, c, reasons, at))
		moves += len(team.Moves(p, c, reasons, nil, at))
		lines := compose.Brief(p, nil, at)
		end := time.Now()
		if len(lines) == 0 {
			return nil, errors.New("the brief is empty")
		}
		read, decided = append(read, end.Sub(start)), append(decided, end.Sub(known))
	}
	if offers == 0 || moves == 0 {
		return nil, fmt.Errorf("%d prompts and %d moves: nothing was measured", offers, moves)
	}
	return []figure{
		{Name: "prompts_p99_ms", Value: percentile(decided, .99), Limit: 2,
			Note: fmt.Sprintf("tact, prompts, moves and brief; %d runs, p50 %.3f", promptRuns, percentile(decided, .5))},
		{Name: "prompts_read_p99_ms", Value: percentile(read, .99), Note: fmt.Sprintf("the same and the reading of the profile; p50 %.3f", percentile(read, .5))},
	}, nil
}

// openTalkative makes a store of this name with the customer who has many notes.
func openTalkative(b *callBench, name string, now time.Time) (*storage.DB, error) {
	db, err := storage.Open(b.ctx, storage.Options{Dir: filepath.Join(b.tmp, name), Key: [32]byte{1}, Region: "GB"})
	if err != nil {
		return nil, err
	}
	if err := fillTalkative(b, db, now); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// fillTalkative writes a customer with many notes, half of them of the last half year,
// and two neighbours.
func fillTalkative(b *callBench, db *storage.DB, now time.Time) error {
	me := assist.ID("talkative")
	records := []assist.Record{
		assist.Customer{ID: me, Name: "Mary Shaw", City: "Leeds", Since: assist.Date{Year: 2011, Month: 12, Day: 7}, Owns: []assist.Product{{Name: "Mower 42"}}},
		assist.Customer{ID: "neighbour", Name: "Jo Reed", City: "Leeds", Owns: []assist.Product{{Name: "Pole Saw 12"}, {Name: "Hedge 300"}}},
	}
	at := func(i int) time.Time { return now.Add(-time.Duration(i+1) * 17 * time.Hour) }
	id := func(kind string, i int) assist.ID { return assist.ID(fmt.Sprint(kind, "-", i)) }
	for i := range manyNotes {
		n := assist.Note{ID: id("note", i), Customer: me, At: at(i)}
		for k := range 4 {
			n.Text += simPlain[(i+5*k)%len(simPlain)] + " "
		}
		if i%3 == 0 {
			n.Intelligence = assist.Intelligences()[i/3%3]
		}
		records = append(records, n)
	}
	for i := range 200 {
		records = append(records, assist.Asked{ID: id("asked", i), Customer: me, Prompt: id("gone", i%40), Reply: assist.ReplyAsked, Way: simReplies[i%len(simReplies)], At: at(i)})
	}
	for i := range 60 {
		records = append(records, assist.Insight{ID: id("insight", i), Customer: me, At: at(i), Intelligence: assist.Intelligences()[i%3], Text: simReplies[i%len(simReplies)]},
			assist.Call{ID: id("call", i), Customer: me, Started: at(10 + 12*i), Ended: at(10 + 12*i).Add(5 * time.Minute)},
			assist.Promise{ID: id("kept", i), Customer: me, Text: "Ring back with a firm day", Made: at(i), Due: at(i), Kept: at(i)})
	}
	for i := range 5 {
		records = append(records, assist.Promise{ID: id("open", i), Customer: me, Text: "Send the quarter's invoices", Made: at(i), Due: now.AddDate(0, 0, 21+i)})
	}
	return db.Save(b.ctx, records...)
}
