package main

import (
	"context"
	"fmt"
	"time"

	"ringside/assist/compose/openai"
	"ringside/assist/compose/polish"
	"ringside/assist/settings"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/setup"
)

// harmlessDraft is what a model is told when the rep lets it write once: what it is told of
// a letter, with nobody in it.
func harmlessDraft() (system, text string) {
	in := polish.Polish("Your parcel is late. It comes on Tuesday.", []string{"The parcel comes on Tuesday"}, "en")
	return in.System, in.Text
}

// joinWriter joins the part of the settings page about the model that writes.
func (p *pages) joinWriter() {
	p.r.writer.told.onTold(func(sentence string) { p.post(func() { p.setup.SetWriting(sentence) }) })
	stop := func() {}
	p.setup.OnTryWriter = func(s settings.Model) {
		stop()
		stop = async.Load(p.post, func(ctx context.Context) (string, error) {
			return p.r.tryWriter(ctx, s, async.Newest(p.post, func(text string) {
				if ctx.Err() == nil {
					p.setup.SetWritten(text)
				}
			}))
		}, func(sentence string, err error) {
			if err != nil {
				sentence = say.Error(err)
			}
			p.setup.SetWriterTried(sentence, err == nil)
		})
	}
	p.setup.OnPreviewWriter = func(s settings.Model) {
		sent, err := sentToWriter(s)
		if err != nil {
			p.setup.SetWriterTried(say.Error(err), false)
			return
		}
		p.setup.SetSent(sent)
	}
}

// tryWriter has the model write once, shows what comes and says how it went.
func (r *running) tryWriter(ctx context.Context, s settings.Model, show func(string)) (string, error) {
	client, err := r.asked(ctx, s, s.Writer)
	if err != nil {
		return "", err
	}
	defer client.Close()
	begun, first := time.Now(), time.Duration(0)
	_, err = client.Write(ctx, toWrite(harmlessDraft()), func(text string) {
		if first == 0 {
			first = time.Since(begun)
		}
		show(text)
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("It works: the first word came after %d ms, all of it after %d ms.", first.Milliseconds(), time.Since(begun).Milliseconds()), nil
}

// sentToWriter tells, byte for byte, what tryWriter sends. Nothing is sent.
func sentToWriter(s settings.Model) (setup.Sent, error) {
	client, err := openai.New(openai.Options{URL: s.URL, Model: s.Writer})
	if err != nil {
		return setup.Sent{}, err
	}
	body, err := client.PreviewWrite(toWrite(harmlessDraft()))
	return setup.Sent{Address: client.WriteAddress(), Body: string(body)}, err
}
