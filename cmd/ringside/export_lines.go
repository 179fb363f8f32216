package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"ringside/assist"
)

// lineExporter writes one JSON object a line: a file for each type of record, or
// all to one writer with the type beside each.
type lineExporter struct {
	dir  string
	one  io.Writer // in place of dir
	bare bool      // one type alone: the record needs no type beside it
	file outFile
}

func (e *lineExporter) write(r assist.Record) error {
	t, _ := r.Ident()
	if e.one == nil {
		w, err := e.file.of(filepath.Join(e.dir, plural(t)+".jsonl"))
		if err != nil {
			return err
		}
		return json.NewEncoder(w).Encode(r)
	}
	if e.bare {
		return json.NewEncoder(e.one).Encode(r)
	}
	return json.NewEncoder(e.one).Encode(struct {
		Type   assist.Type   `json:"type"`
		Record assist.Record `json:"record"`
	}{t, r})
}

func (e *lineExporter) close() error { return e.file.close() }

// outFile is the one file that is being written, for this user only.
type outFile struct {
	name string
	f    *os.File
	w    *bufio.Writer
}

// of returns the writer of a file; another name closes the last one.
func (o *outFile) of(name string) (io.Writer, error) {
	if o.name == name {
		return o.w, nil
	}
	if err := o.close(); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	o.name, o.f, o.w = name, f, bufio.NewWriterSize(f, 1<<16)
	return o.w, nil
}

func (o *outFile) close() error {
	if o.f == nil {
		return nil
	}
	err := errors.Join(o.w.Flush(), o.f.Sync(), o.f.Close())
	*o = outFile{}
	return err
}
