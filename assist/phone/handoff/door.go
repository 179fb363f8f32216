// Package handoff lets other programs speak to the running app: a phone that
// rings, a second start that wants the window raised, a command line that needs
// the store which the app has open. The running app holds a Door, a small HTTP
// server that only this machine can reach and only this user can open; a Client
// knocks. It also reads what phones write: tel: and sip: addresses, and the words
// of a hook.
package handoff

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

const (
	maxBody   = 64 << 10 // bytes of a request
	patience  = 10 * time.Second
	markName  = "Ringside-Door" // tells our door from another program on the same port
	markValue = "1"
)

// App is the running app, as the door needs it. Every method may be called from
// any goroutine.
type App interface {
	// Ring takes a piece of news of a call; it never waits for a disk.
	Ring(phone.Ring)
	// Hear takes what the customer says, as if the rep had typed it.
	Hear(text string)
	// Show brings the window to the front.
	Show()
	// View returns the newest picture of the desk, for encoding as JSON.
	View() any
	// Run runs a command of the command line inside the app and returns its exit
	// code. It stops early when ctx ends.
	Run(ctx context.Context, cmd Command, stdout, stderr io.Writer) int
}

// Command is a command of the command line that needs the store which the app has
// open.
type Command struct {
	// ID names this run, so that it can be stopped.
	ID string `json:"id,omitempty"`
	// Args are the words behind the program's name.
	Args []string `json:"args"`
	// Dir is the folder to which paths in Args are relative.
	Dir string `json:"dir,omitempty"`
}

// Door is the open door of the running app.
type Door struct {
	app    App
	dir    string
	addr   string
	token  string
	server *http.Server

	mu    sync.Mutex
	stops map[string]context.CancelFunc // running commands by id
}

// Open opens the door on a free port of 127.0.0.1 and writes its address and key to
// door.json in dir, which only this user may read. Whoever calls it must hold the
// data folder: what another door has left there is replaced.
func Open(dir string, app App) (*Door, error) {
	var key [16]byte
	rand.Read(key[:])
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, &assist.Fault{What: "other programs cannot reach Ringside: no local port is free", Err: err}
	}
	d := &Door{app: app, dir: dir, addr: ln.Addr().String(), token: hex.EncodeToString(key[:]),
		stops: map[string]context.CancelFunc{}}
	if err := writeSign(dir, sign{Addr: d.addr, Token: d.token, PID: os.Getpid()}); err != nil {
		ln.Close()
		return nil, fmt.Errorf("open the local door: %w", err)
	}
	d.server = &http.Server{Handler: d.guard(d.routes()), ReadHeaderTimeout: patience, ReadTimeout: patience,
		WriteTimeout: patience, IdleTimeout: patience, MaxHeaderBytes: 16 << 10, ErrorLog: log.New(io.Discard, "", 0)}
	go d.server.Serve(ln)
	return d, nil
}

// Close takes door.json away, stops the commands that run, waits for their last
// words for a short while, and closes the door.
func (d *Door) Close() error {
	removeSign(d.dir, d.token)
	d.mu.Lock()
	for _, stop := range d.stops {
		stop()
	}
	d.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := d.server.Shutdown(ctx); err != nil {
		return d.server.Close()
	}
	return nil
}
