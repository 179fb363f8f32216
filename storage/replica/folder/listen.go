package folder

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"time"

	"ringside/storage/replica"
)

// A batch is handed over when it is as large as this.
const batchPackets, batchBytes = 200, 4 << 20

// Listen reads what is new since the cursor, then looks again and again: every second while
// things come, ever more rarely while none do, and soon when somebody here has written. It
// ends with ErrAway when the folder is not there; the next Listen goes on where it was. A
// folder has no clock that anybody could rely on: no Arrival and no Said has a time.
func (f *Folder) Listen(ctx context.Context, from replica.Cursor, got func(replica.Batch) error, said func(replica.Said)) error {
	r := &reader{f: f, state: readState(from), got: got, say: said, rest: map[string]resting{}, turn: rand.IntN(1 << 20)}
	r.batch.Anew = from != nil && r.state.Folder == ""
	pause, twice := f.busy, false
	for {
		news, err := r.pass(ctx)
		if err != nil {
			return err
		}
		if news {
			pause = f.busy
		}
		if twice = news && !twice; twice {
			continue // to be able to say that this was all
		}
		woken, err := f.wait(ctx, pause)
		if err != nil {
			return err
		}
		if pause = min(2*pause, f.idle); woken {
			pause = f.busy
		}
	}
}

// wait waits for the next look; somebody's writing here makes that a short time.
func (f *Folder) wait(ctx context.Context, pause time.Duration) (woken bool, err error) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	wake := f.wake
	for {
		select {
		case <-ctx.Done():
			return woken, ctx.Err()
		case <-f.done:
			return woken, os.ErrClosed
		case <-timer.C:
			return woken, nil
		case <-wake:
			woken, wake = true, nil
			timer.Reset(min(pause, f.busy))
		}
	}
}

// reader is one Listen.
type reader struct {
	f      *Folder
	state  state
	got    func(replica.Batch) error
	say    func(replica.Said)
	passes int
	turn   int                // with which of the whole subfolders the next pass goes on
	rest   map[string]resting // the files that were not whole, by their path

	batch replica.Batch
	size  int   // of the batch
	news  bool  // something came in this pass
	moved bool  // the state is another than the last cursor
	told  bool  // that this is all
	ended error // what got has returned
}

// pass looks through the folder once.
func (r *reader) pass(ctx context.Context) (news bool, err error) {
	root, id, err := r.f.open()
	if err != nil {
		return false, err
	}
	defer root.Close()
	if r.state.Folder != id {
		r.restart(id, r.state.Folder != "")
	}
	r.passes++
	r.news = false
	lost, err := r.packets(ctx, root)
	if r.ended != nil {
		return false, r.ended
	}
	if err != nil {
		return false, fault(r.f.dir, err)
	}
	if err := r.f.still(id); err != nil {
		return false, err
	}
	if lost {
		r.restart(id, true)
		return true, nil
	}
	if err := r.f.hear(root, r.say); err != nil {
		return false, fault(r.f.dir, err)
	}
	if r.news {
		r.told = false
	}
	now := !r.news && !r.told
	if len(r.batch.Arrivals) > 0 || r.moved || now {
		r.batch.Now = now
		r.told = r.told || now
		return r.news, r.flush()
	}
	return r.news, nil
}

// restart forgets what was read of another folder, or of one that has lost what it had.
func (r *reader) restart(id string, anew bool) {
	r.state = newState(id)
	r.batch = replica.Batch{Anew: anew || r.batch.Anew}
	r.size, r.moved, r.told = 0, true, false
	clear(r.rest)
}

func (r *reader) flush() (err error) {
	if r.batch.Cursor, err = r.state.cursor(); err != nil {
		return err
	}
	b := r.batch
	r.batch, r.size, r.moved = replica.Batch{}, 0, false
	r.ended = r.got(b)
	return r.ended
}

// deliver hands over the packets of a file.
func (r *reader) deliver(frames []frame) {
	for _, f := range frames {
		if f.kind == kindPacket {
			r.batch.Arrivals = append(r.batch.Arrivals, replica.Arrival{Packet: f.packet()})
			r.size += len(f.sealed)
		}
	}
	r.news = true
}

func (r *reader) full() bool { return len(r.batch.Arrivals) >= batchPackets || r.size >= batchBytes }

// saidFile is what was heard from a file.
type saidFile struct {
	ident uint64
	sums  map[[16]byte]bool
}

// hear tells what others have said and was not heard before.
func (f *Folder) hear(root *os.Root, say func(replica.Said)) error {
	files, err := list(root, "said")
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	heard, now := map[[16]byte]bool{}, map[string]saidFile{}
	for _, s := range f.said {
		for sum := range s.sums {
			heard[sum] = true
		}
	}
	for _, e := range files {
		if old := f.said[e.name]; old.ident == e.ident {
			now[e.name] = old
			continue
		}
		frames, whole, _ := readFile(root, "said/"+e.name) // what cannot be read now is looked at again
		s := saidFile{sums: map[[16]byte]bool{}}
		if whole {
			s.ident = e.ident
		}
		for _, m := range frames {
			if m.kind == kindSaid && m.name != string(f.self) && !heard[m.sum] {
				say(replica.Said{Member: replica.MemberID(m.name), Sealed: m.sealed})
				heard[m.sum] = true
			}
			s.sums[m.sum] = true
		}
		now[e.name] = s
	}
	f.said = now
	return nil
}
