package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// job is one set of questions with the flags it is run with.
type job struct {
	Name      string
	Cards     string
	Queries   string
	Phrasings int    // below 0: all
	Typos     int64  // the seed; 0: none
	Entity    string // known or none
	Keys      int    // of a peer, at most
}

// figures are what each side prints as JSON. Shares go from 0 to 1.
type figures struct {
	Set      string   `json:"set"`
	N        int      `json:"n"`
	R1       float64  `json:"r1"`
	R3       float64  `json:"r3"`
	R5       float64  `json:"r5"`
	MRR      float64  `json:"mrr5"`
	AUROC    *float64 `json:"auroc"`
	QueryP50 float64  `json:"query_p50_ms"`
	QueryP99 float64  `json:"query_p99_ms"`
	KeyP50   float64  `json:"key_p50_ms"`
	KeyP99   float64  `json:"key_p99_ms"`
	Build    float64  `json:"build_ms"`
	Heap     float64  `json:"heap_mb"` // of a peer: how much the process grew
	Train    float64  `json:"train_ms"`
	Peak     float64  `json:"peak_mb"`
	Keys     int      `json:"keys"`
	Out      int      `json:"out"`
}

// sides are measured one after the other on the same files, each in a process of
// its own; the first is ours.
var sides = []string{"ringside", "bleve", "fts5"}

// runner runs jobs.
type runner struct {
	ctx      context.Context
	ringside string // our program
	self     string // this one, for the peers
	tmp      string
}

// run runs a job on all sides, in their order.
func (r *runner) run(j job) ([]figures, error) {
	args := []string{"bench", "search", "--json", "--cards", j.Cards, "--queries", j.Queries, "--entity", j.Entity}
	if j.Phrasings >= 0 {
		args = append(args, "--phrasings", strconv.Itoa(j.Phrasings))
	}
	if j.Typos != 0 {
		asked := filepath.Join(r.tmp, "asked.jsonl") // the peers get the very same errors
		args = append(args, "--typos", strconv.FormatInt(j.Typos, 10), "--asked", asked)
		j.Queries = asked
	}
	out := make([]figures, len(sides))
	if err := r.one(r.ringside, args, &out[0]); err != nil {
		return nil, err
	}
	for i, side := range sides[1:] {
		args := []string{"-peer", side, "-cards", j.Cards, "-queries", j.Queries, "-entity", j.Entity,
			"-phrasings", strconv.Itoa(j.Phrasings), "-keys", strconv.Itoa(j.Keys)}
		if err := r.one(r.self, args, &out[i+1]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *runner) one(program string, args []string, into *figures) error {
	cmd := exec.CommandContext(r.ctx, program, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s %v: %w: %s", program, args, err, said.String())
	}
	return json.Unmarshal(out, into)
}

// only runs one peer in this process and prints its figures.
func only(name string, j job) (err error) {
	p, err := newPeer(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	f, err := measure(p, j)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	f.Set = filepath.Base(filepath.Dir(j.Cards)) + "/" + filepath.Base(j.Cards)
	return json.NewEncoder(os.Stdout).Encode(f)
}
