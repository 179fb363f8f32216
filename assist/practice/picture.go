package practice

import (
	"fmt"

	"ringside/assist/chart"
)

// Map returns the chart as a picture: of whom by what, the share of a department's answers
// that each can give.
func (c Chart) Map() chart.Grid {
	g := chart.Grid{Title: "Who can answer what, by department", Sentence: c.says()}
	for _, d := range c.Departments {
		g.Columns = append(g.Columns, fmt.Sprintf("%s (%d)", d.Name, d.Of))
	}
	row := func(name string, n func(Department) int) {
		cells := make([]float64, len(c.Departments))
		for i, d := range c.Departments {
			if cells[i] = -1; d.Of > 0 {
				cells[i] = float64(n(d)) / float64(d.Of)
			}
		}
		g.Rows, g.Cells = append(g.Rows, name), append(g.Cells, cells)
	}
	for i, r := range c.Reps {
		row(r.Name, func(d Department) int { return d.Can[i] })
	}
	row("Only one can", func(d Department) int { return d.One })
	row("Nobody can", func(d Department) int { return d.Nobody })
	return g
}

// says tells the map in a sentence.
func (c Chart) says() string {
	of, one, nobody := 0, 0, 0
	for _, d := range c.Departments {
		of, one, nobody = of+d.Of, one+d.One, nobody+d.Nobody
	}
	words := fmt.Sprintf("Of %d answers, %d can be given by one person alone and %d by nobody yet.", of, one, nobody)
	switch {
	case c.Others == 1:
		words += " 1 colleague does not share a row, and is counted without a name."
	case c.Others > 1:
		words += fmt.Sprintf(" %d colleagues do not share their rows, and are counted without a name.", c.Others)
	}
	return words
}
