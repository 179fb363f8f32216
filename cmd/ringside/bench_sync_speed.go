package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"sync/atomic"
	"time"

	"ringside/assist"
)

// syncNote is the note of a number: about 400 bytes that compress as what people write does.
func syncNote(i int) assist.Note {
	words := [...]string{"the mower", "blade", "called", "van", "Friday", "battery", "ten minutes", "hedge", "promised", "price", "market", "quiet", "care home", "Brackmoor", "sent"}
	text := fmt.Sprintf("Note %d:", i)
	for k := 0; len(text) < 330; k++ {
		text += " " + words[(i*31+k*k*7+k)%len(words)]
	}
	return assist.Note{ID: crowdID("sync", i), Customer: crowdID("customer", i%500), Rep: "rep", At: durableDay.Add(time.Duration(i) * time.Second), Text: text + "."}
}

// speed hands many notes over on three nodes that sync every write: from a desk to the
// server, and from there to a second desk.
func (b *syncBench) speed() (figures []figure, err error) {
	desks, end, err := b.pair()
	defer func() { err = errors.Join(err, end()) }()
	if err != nil {
		return nil, err
	}
	first, second := desks[0], desks[1]
	if err := errors.Join(first.offline(), second.offline()); err != nil {
		return nil, err
	}
	if err := b.fill(first); err != nil {
		return nil, err
	}
	start := time.Now()
	if err := first.online(); err != nil {
		return nil, err
	}
	if err := b.until("all is with the server", 5*time.Minute, func() (bool, error) { return first.sent(), nil }); err != nil {
		return nil, err
	}
	push := time.Since(start)
	var came atomic.Int64
	defer second.db.Watch(func(t assist.Type, _ assist.ID) {
		if t == assist.TypeNote {
			came.Add(1)
		}
	})()
	start = time.Now()
	if err := second.online(); err != nil {
		return nil, err
	}
	if err := b.until("the second desk has it all", 5*time.Minute, func() (bool, error) { return came.Load() >= int64(b.cmd.Notes), nil }); err != nil {
		return nil, err
	}
	catchup := time.Since(start)
	if _, unequal, err := b.alike(desks); err != nil || unequal > 0 {
		return nil, errors.Join(err, fmt.Errorf("%d desks hold something else", unequal))
	}
	peer, err := b.peer()
	if err != nil {
		return nil, err
	}
	note := fmt.Sprintf("%d notes, three nodes, every write synced", b.cmd.Notes)
	figures = []figure{
		{Name: "push_s", Value: push.Seconds(), Limit: 3, Note: note},
		{Name: "catchup_s", Value: catchup.Seconds(), Limit: 6, Note: "a second desk, from nothing to all of it, durable and found"},
	}
	if peer > 0 {
		whole := push.Seconds() + catchup.Seconds()
		figures = append(figures, figure{Name: "handover_s", Value: whole, Peer: peer, Ratio: whole / peer, Limit: peer / 5,
			Note: "push and catch-up; the peer is PouchDB, replicating as many documents over loopback, in the same run"})
	}
	return figures, nil
}

// pair makes a team of two on three nodes that sync every write; end is to be called
// whatever came of it.
func (b *syncBench) pair() (desks []*benchDesk, end func() error, err error) {
	n, err := b.startNodes(3, 1<<30)
	if err != nil {
		return nil, func() error { return nil }, err
	}
	desks, err = b.team(2, func(int) time.Duration { return 0 }, n.natsCarrier)
	return desks, func() error {
		defer n.killAll()
		return closeDesks(desks)
	}, err
}

// fill keeps many notes at a desk.
func (b *syncBench) fill(d *benchDesk) error {
	bulk := d.db.Bulk(b.ctx)
	for i := range b.cmd.Notes {
		if err := bulk.Add(syncNote(i)); err != nil {
			return errors.Join(err, bulk.Close())
		}
	}
	return bulk.Close()
}

// peer lets the peer do the same, and returns its seconds; 0 where it was not named.
func (b *syncBench) peer() (float64, error) {
	if b.cmd.Peer == "" {
		return 0, nil
	}
	cmd := exec.CommandContext(b.ctx, "node", "replicate.js", "--docs", fmt.Sprint(b.cmd.Notes))
	cmd.Dir, cmd.Stderr = b.path(b.cmd.Peer), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("measure the peer: %w", err)
	}
	var said struct {
		Seconds float64 `json:"replicate_s"`
	}
	if err := json.Unmarshal(out, &said); err != nil || said.Seconds <= 0 {
		return 0, fmt.Errorf("the peer says %q: %w", out, err)
	}
	return said.Seconds, nil
}

// live measures one change after the other, from Save on one desk until the other has it.
func (b *syncBench) live() (figures []figure, err error) {
	desks, end, err := b.pair()
	defer func() { err = errors.Join(err, end()) }()
	if err != nil {
		return nil, err
	}
	came := make(chan assist.ID, 1000)
	defer desks[1].db.Watch(func(t assist.Type, id assist.ID) {
		if t == assist.TypeNote {
			came <- id
		}
	})()
	if _, unequal, err := b.alike(desks); err != nil || unequal > 0 {
		return nil, errors.Join(err, errors.New("the desks are not alike before it begins"))
	}
	const warm, measured = 20, 500
	var took []time.Duration
	for i := range warm + measured {
		note := syncNote(i)
		start := time.Now()
		if err := desks[0].save(note); err != nil {
			return nil, err
		}
		for {
			select {
			case id := <-came:
				if id != note.ID {
					continue
				}
			case <-time.After(30 * time.Second):
				return nil, fmt.Errorf("change %d never came", i)
			}
			break
		}
		if i >= warm {
			took = append(took, time.Since(start))
		}
		time.Sleep(5 * time.Millisecond)
	}
	slices.Sort(took)
	note := fmt.Sprintf("%d changes, durable on both desks and three nodes", measured)
	return []figure{
		{Name: "live_p50_ms", Value: ms(took[len(took)/2]), Limit: 5, Note: note},
		{Name: "live_p99_ms", Value: ms(took[len(took)*99/100]), Limit: 50, Note: note},
	}, nil
}

func closeDesks(desks []*benchDesk) (err error) {
	for _, d := range desks {
		err = errors.Join(err, d.close())
	}
	return err
}
