// Bench measures Ringside's search beside bleve and SQLite FTS5, on the same files
// in the same run, and prints one table a set. It lives in a module of its own, so
// that the peers are no dependency of the product.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

// options are the words of the command line.
type options struct {
	ringside, data, only string
	speed, quality       bool
	peer                 string
	job                  job
}

func main() {
	var o options
	flag.StringVar(&o.ringside, "ringside", "../../build/ringside", "our program")
	flag.StringVar(&o.data, "data", "../../../shared/data", "the folder of the sets")
	flag.StringVar(&o.only, "only", "", "run only sets with this in their name")
	flag.BoolVar(&o.quality, "quality", true, "measure how well questions find their answers")
	flag.BoolVar(&o.speed, "speed", true, "measure 1,000 and 100,000 made-up cards")
	flag.StringVar(&o.peer, "peer", "", "run one peer alone and print JSON: bleve or fts5")
	flag.StringVar(&o.job.Cards, "cards", "", "one set: its cards")
	flag.StringVar(&o.job.Queries, "queries", "", "one set: its questions")
	flag.StringVar(&o.job.Entity, "entity", "none", "one set: known or none")
	flag.IntVar(&o.job.Phrasings, "phrasings", -1, "one set: so many phrasings a card; -1 all")
	flag.Int64Var(&o.job.Typos, "typos", 0, "one set: the seed of typing errors; 0 none")
	flag.IntVar(&o.job.Keys, "keys", 1_500, "keys of a peer, at most")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, w io.Writer) (err error) {
	if o.peer != "" {
		return only(o.peer, o.job)
	}
	tmp, err := os.MkdirTemp("", "ringside-search-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	r := &runner{ctx: ctx, ringside: o.ringside, self: self, tmp: tmp}
	if o.job.Cards != "" {
		o.job.Name = o.job.Cards
		return r.tables(w, []job{o.job})
	}
	list := jobs(o.data)
	if len(list) == 0 {
		fmt.Fprintf(w, "There are no sets of questions in %s: nothing to compare.\n", o.data)
		return nil
	}
	if o.quality {
		if err := r.tables(w, named(list, o.only, o.job.Keys)); err != nil {
			return err
		}
	}
	if o.speed && o.only == "" {
		return r.speed(w, o.data, list)
	}
	return nil
}

// named chooses the jobs with the words in their name, and gives each its keys.
func named(list []job, words string, keys int) (out []job) {
	for _, j := range list {
		if strings.Contains(strings.ToLower(j.Name), strings.ToLower(words)) {
			j.Keys = keys
			out = append(out, j)
		}
	}
	return out
}
