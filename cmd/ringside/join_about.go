package main

import (
	"fmt"

	"ringside/assets"
	"ringside/cmd/crash"
	"ringside/ui"
)

// about is what the program says of itself.
func about() *ui.About {
	return &ui.About{Lines: []string{versionLine(), fmt.Sprintf("Build %d", appBuild), "Licence: Apache 2.0"}, Licences: assets.Licences}
}

// tellCrash says once that the program broke down the last time, and shows what it knows
// of that. It is sent nowhere.
func (p *pages) tellCrash() {
	if report := crash.Take(p.dir); report != "" {
		p.win.Notice("Ringside broke down the last time. What you had typed is kept. Its report has no words of yours and goes nowhere by itself.",
			"What broke down", report)
	}
}
