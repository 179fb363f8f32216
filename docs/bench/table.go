package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"
)

// tables runs the jobs, prints a table for each as soon as it is there, and the
// mean of them all.
func (r *runner) tables(w io.Writer, list []job) error {
	var all [][]figures
	for _, j := range list {
		f, err := r.run(j)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s: %d questions in scope, %d out of it\n", j.Name, f[0].N, f[0].Out)
		if err := printTable(w, f); err != nil {
			return err
		}
		all = append(all, f)
	}
	if len(all) < 2 {
		return nil
	}
	return printMacro(w, list, all)
}

// better returns the greater figure of the peers.
func better(f []figures, of func(figures) float64) float64 {
	most := math.Inf(-1)
	for _, p := range f[1:] {
		most = max(most, of(p))
	}
	return most
}

// quicker returns the smaller time of the peers.
func quicker(f []figures, of func(figures) float64) float64 {
	return -better(f, func(p figures) float64 { return -of(p) })
}

var (
	r1  = func(f figures) float64 { return f.R1 }
	r3  = func(f figures) float64 { return f.R3 }
	r5  = func(f figures) float64 { return f.R5 }
	mrr = func(f figures) float64 { return f.MRR }
)

// times are the columns in which less is better.
var times = []func(figures) float64{
	func(f figures) float64 { return f.QueryP50 }, func(f figures) float64 { return f.QueryP99 },
	func(f figures) float64 { return f.KeyP50 }, func(f figures) float64 { return f.KeyP99 },
	func(f figures) float64 { return f.Build },
}

func printTable(w io.Writer, f []figures) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "\tR@1\tR@3\tR@5\tMRR@5\tAUROC\tquestion p50\tp99\tkey p50\tp99 ms\tbuild ms\tlearn ms\t")
	for i, p := range f {
		auroc := "-"
		if p.AUROC != nil {
			auroc = fmt.Sprintf("%.3f", *p.AUROC)
		}
		learn := "-"
		if i == 0 {
			learn = fmt.Sprintf("%.0f", p.Train)
		}
		fmt.Fprintf(tw, "%s\t%.1f\t%.1f\t%.1f\t%.1f\t%s\t%.3f\t%.3f\t%.3f\t%.3f\t%.0f\t%s\t\n", sides[i],
			p.R1*100, p.R3*100, p.R5*100, p.MRR*100, auroc, p.QueryP50, p.QueryP99, p.KeyP50, p.KeyP99, p.Build, learn)
	}
	fmt.Fprintf(tw, "ours / better peer\t%s\t%s\t%s\t%s\t\t", ratio(f, r1), ratio(f, r3), ratio(f, r5), ratio(f, mrr))
	for _, t := range times {
		fmt.Fprintf(tw, "%.2f\t", t(f[0])/quicker(f, t))
	}
	fmt.Fprintln(tw, "\t")
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

func ratio(f []figures, of func(figures) float64) string {
	if best := better(f, of); best > 0 {
		return fmt.Sprintf("%.3f", of(f[0])/best)
	}
	return "-"
}

// printMacro prints the mean over the sets, each counting the same, and the set on
// which we are the least ahead of a peer.
func printMacro(w io.Writer, list []job, all [][]figures) error {
	mean := make([]figures, len(sides))
	worst, where := math.Inf(1), ""
	for i, f := range all {
		for side := range f {
			n := float64(len(all))
			mean[side].R1 += f[side].R1 / n
			mean[side].R3 += f[side].R3 / n
			mean[side].R5 += f[side].R5 / n
			mean[side].MRR += f[side].MRR / n
		}
		if ahead := f[0].R3 - better(f, r3); ahead < worst {
			worst, where = ahead, list[i].Name
		}
	}
	fmt.Fprintf(w, "Mean of the %d sets\n", len(all))
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "\tR@1\tR@3\tR@5\tMRR@5\t")
	for i, p := range mean {
		fmt.Fprintf(tw, "%s\t%.1f\t%.1f\t%.1f\t%.1f\t\n", sides[i], p.R1*100, p.R3*100, p.R5*100, p.MRR*100)
	}
	fmt.Fprintf(tw, "ours / better peer\t%s\t%s\t%s\t%s\t\n", ratio(mean, r1), ratio(mean, r3), ratio(mean, r5), ratio(mean, mrr))
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "Least ahead of the better peer in R@3: %+.1f points, on %s\n\n", worst*100, where)
	return err
}
