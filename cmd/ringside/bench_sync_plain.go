package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"ringside/assist"
	"ringside/storage/replica"
	"ringside/storage/replica/nats"
	"ringside/storage/replica/nats/serve"
)

// plain sends planted words over the server, and looks for them in every file of it, on
// the wire, and in what lies in the desks' folders.
func (b *syncBench) plain() (figures []figure, err error) {
	n, err := b.startNodes(1, 1<<28)
	if err != nil {
		return nil, err
	}
	defer n.killAll()
	w, err := listenIn(n.admin.Access.URLs[0])
	if err != nil {
		return nil, err
	}
	defer w.close()
	desks, err := b.team(2, func(int) time.Duration { return 0 }, func(t *replica.Team) (replica.Transport, error) {
		access, err := n.admin.Mint(string(t.Self()), serve.Admin, time.Time{})
		if err != nil {
			return nil, err
		}
		access.URLs = []string{"tls://" + w.address}
		return nats.Open(access)
	})
	defer func() { err = errors.Join(err, closeDesks(desks)) }()
	if err != nil {
		return nil, err
	}
	note := assist.Note{ID: crowdID("plain", 1), Customer: crowdID("planted", 1), At: durableDay, Text: strings.Join(plantedWords, " "), Tags: plantedWords}
	planted := assist.Customer{ID: note.Customer, Name: plantedWords[0], City: plantedWords[1], Likes: plantedWords[4], Emails: plantedWords}
	if err := desks[0].save(planted, note); err != nil {
		return nil, err
	}
	if _, unequal, err := b.alike(desks); err != nil || unequal > 0 {
		return nil, errors.Join(err, errors.New("what was planted did not come to the other desk"))
	}
	n.killAll()
	hits, where, err := hitsIn(b.tmp)
	if err != nil {
		return nil, err
	}
	heard, bytesHeard := w.hits()
	return []figure{{Name: "plain_hits", Value: float64(hits + heard), Note: fmt.Sprintf("must be 0. %s%d bytes were heard on the wire", where, bytesHeard)}}, nil
}

// wiretap stands between the desks and a server, and keeps what passes.
type wiretap struct {
	address  string
	listener net.Listener
	mu       sync.Mutex
	heard    bytes.Buffer
}

func listenIn(server string) (*wiretap, error) {
	u, err := url.Parse(server)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &wiretap{address: l.Addr().String(), listener: l}
	go func() {
		for {
			desk, err := l.Accept()
			if err != nil {
				return
			}
			node, err := net.Dial("tcp", u.Host)
			if err != nil {
				desk.Close()
				continue
			}
			go w.pass(desk, node)
			go w.pass(node, desk)
		}
	}()
	return w, nil
}

func (w *wiretap) pass(to, from net.Conn) {
	defer to.Close()
	_, _ = io.Copy(io.MultiWriter(to, w), from) // until either side ends it
}

// Write keeps what was heard.
func (w *wiretap) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.heard.Write(b)
}

func (w *wiretap) hits() (n, size int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	low := strings.ToLower(w.heard.String())
	for _, word := range plantedWords {
		n += strings.Count(low, strings.ToLower(word))
	}
	return n, len(low)
}

func (w *wiretap) close() { w.listener.Close() }
