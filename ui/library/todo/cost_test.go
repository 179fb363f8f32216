package todo

import (
	"fmt"
	"testing"

	"ringside/assist"
)

// BenchmarkVerify is one key on a list of 10,000 stale answers.
func BenchmarkVerify(b *testing.B) {
	s := filled()
	for i := range 10_000 {
		s.data.Answers = append(s.data.Answers, assist.Answer{ID: assist.ID(fmt.Sprint("a", i)), Title: fmt.Sprint("Answer ", i), Department: "Billing", Say: "Yes.", VerifyEvery: 30})
	}
	p := New(Options{Post: func(func()) {}, Source: s, Save: s.save})
	p.data = s.data
	p.byID = map[assist.ID]assist.Answer{}
	p.weigh()
	p.list()
	for b.Loop() {
		p.list()
	}
}
