package live

import (
	"time"
)

// beside does work away from the desk; the event that it gives is applied when it
// comes back.
func (d *Desk) beside(work func() event) {
	d.running++
	go func() { d.box.put(returned{work()}) }()
}

// soon is beside for work that is usually quick: the desk waits for it, but no
// longer than grace.
func (d *Desk) soon(work func() event) {
	d.running++
	back, gone := make(chan event), make(chan struct{})
	go func() {
		e := returned{work()}
		select {
		case back <- e:
		case <-gone:
			d.box.put(e)
		}
	}()
	patience := time.NewTimer(grace)
	defer patience.Stop()
	select {
	case e := <-back:
		e.apply(d)
	case <-patience.C:
		close(gone)
	}
}

type returned struct{ event }

func (r returned) apply(d *Desk) {
	d.running--
	r.event.apply(d)
}
