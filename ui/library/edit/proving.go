package edit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/async"
	"ringside/ui/say"
)

// proofPause is how long nothing must be typed before the saved questions are asked.
const proofPause = 700 * time.Millisecond

// prover asks the saved questions beside the window, as if the answer were published.
type prover struct {
	e     *Editor
	stop  func()
	of    string // the Fingerprint of what proof is of; empty: there is none
	proof Proof
	gain  string // in words
	err   error
	waits bool // publishing waits for the proof
}

// due has the questions asked after a pause.
func (p *prover) due() {
	print := p.e.rev.Next.Fingerprint()
	if p.of == print {
		return
	}
	p.stop()
	p.of, p.err = "", nil
	if p.waits { // for a proof of what stands there no longer
		p.waits, p.e.busy = false, false
	}
	p.stop = async.After(p.e.opt.Post, proofPause, func() { p.run(nil) })
}

// run asks the questions now, and calls then when they have answered.
func (p *prover) run(then func()) {
	p.stop()
	rev := p.e.rev
	print := rev.Next.Fingerprint()
	if rev.Next.Say == "" || rev.Next.Title == "" {
		p.of, p.proof = print, Proof{}
		p.e.say()
		return
	}
	p.stop = async.Load(p.e.opt.Post, func(ctx context.Context) (Proof, error) { return p.e.opt.Source.Prove(ctx, rev) },
		func(proof Proof, err error) {
			p.of, p.proof, p.err = print, proof, err
			if err != nil {
				p.proof = Proof{}
			}
			p.e.say()
			p.weigh(rev.Next)
			if then != nil {
				then()
			}
		})
}

// weigh asks what more phrasings would bring.
func (p *prover) weigh(a assist.Answer) {
	if p.e.opt.Gain == nil {
		return
	}
	p.stop = async.Load(p.e.opt.Post, func(ctx context.Context) (string, error) { return p.e.opt.Gain(ctx, a) },
		func(words string, err error) {
			if p.gain = words; err != nil {
				p.gain = ""
			}
			p.e.say()
		})
}

// known reports whether the proof is of what stands in the form.
func (p *prover) known() bool { return p.of == p.e.rev.Next.Fingerprint() }

// words say what the saved questions said, and in which colour.
func (p *prover) words() (string, bool) {
	switch {
	case p.err != nil:
		return "The saved questions could not be asked. " + say.Error(p.err), true
	case !p.known():
		return "Asking the saved questions…", false
	}
	words, worse := Bench(p.proof.Change)
	if words == "" {
		words = "No saved questions yet, so nothing proves this change."
	}
	return words, worse
}

// Bench says what the saved questions say of a change, and whether it makes any worse:
// "Saved questions: right answer first 81 % → 83 %, among three 92 % → 93 %".
func Bench(c curate.Change) (words string, worse bool) {
	if c.After.Asked == 0 {
		return "", false
	}
	words = fmt.Sprintf("%s: right answer first %s, among three %s", say.Count(c.After.Asked, "saved question"),
		turned(share(c.Before.Top1, c.Before.Asked), share(c.After.Top1, c.After.Asked)),
		turned(share(c.Before.Top3, c.Before.Asked), share(c.After.Top3, c.After.Asked)))
	if n := len(c.Better); n > 0 {
		words += fmt.Sprintf(". Better: %d", n)
	}
	if n := len(c.Worse); n > 0 {
		words += fmt.Sprintf(". Worse: %d, %s", n, named(c.Worse))
	}
	return words, len(c.Worse) > 0
}

func named(list []assist.Question) string {
	const atMost = 3
	var out []string
	for _, q := range list[:min(len(list), atMost)] {
		out = append(out, "“"+q.Text+"”")
	}
	if more := len(list) - atMost; more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(out, ", ")
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

func turned(before, after float64) string {
	b, a := fmt.Sprintf("%.0f %%", before), fmt.Sprintf("%.0f %%", after)
	if b == a && before != after {
		b, a = fmt.Sprintf("%.1f %%", before), fmt.Sprintf("%.1f %%", after)
	}
	if before == after {
		return a
	}
	return b + " → " + a
}

// company says who else is changing the answer.
func (e *Editor) company() string {
	var out []string
	for _, o := range e.prove.proof.Others {
		who := e.name(o.By)
		what := "is changing this, too, since"
		if o.Sent {
			what = "has sent a change of this to be reviewed,"
		}
		out = append(out, who+" "+what+" "+e.clock(o.Since)+".")
	}
	return strings.Join(out, " ")
}

// clock says when, as short as can be.
func (e *Editor) clock(t time.Time) string {
	now := e.opt.Now()
	t = t.In(now.Location())
	if day := say.Day(t, now); day != "today" {
		return day + ", " + t.Format("15:04")
	}
	return t.Format("15:04")
}

func (e *Editor) name(id assist.ID) string {
	for _, r := range e.opt.Team() {
		if r.ID == id {
			return r.Name
		}
	}
	if id == "" {
		return "Somebody"
	}
	return string(id)
}
