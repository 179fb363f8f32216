package live

import (
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/insight"
	"ringside/assist/phone"
	"ringside/assist/search"
)

func TestWhatCustomersLikeStandsWithTheAnswerAndTheQuestion(t *testing.T) {
	trimmer := assist.Answer{ID: "trimmer", Title: "Which trimmer", Department: "Sales", Say: "The Hedge 300.", Phrasings: []string{"which trimmer"}, Products: []string{"Saw 40", "Hedge 300"}}
	ask := assist.Prompt{ID: "what-price", Intelligence: assist.Competitive, Topic: "price", Ask: []string{"What did it cost?"}}
	theme := func(kind insight.Kind, subject, matter string) insight.Theme {
		return insight.Theme{Group: insight.Competitive, Kind: kind, Feeling: assist.Love, Subject: subject, Matter: matter}
	}
	liked := insight.LikedOf([]insight.Pattern{
		{Theme: theme(insight.Felt, "Hedge 300", "quiet"), Name: "Hedge 300", Customers: 12, Grade: insight.Some},
		{Theme: theme(insight.Named, "Halden", "price"), Name: "Halden", Customers: 8, Grade: insight.Early}})
	lib := Library{Index: search.Build([]assist.Answer{trimmer}), Prompts: []assist.Prompt{ask}}
	story(t, func(t *testing.T, r *rig) {
		r.desk.SetLibrary(lib)
		r.ring("1", marysNumber, phone.Answered)
		r.hear("which trimmer")
		v := r.use(Use{Answer: "trimmer"})
		if v.Open == nil || v.Open.Liked != "" || len(v.Prompts) != 1 || strings.Contains(v.Prompts[0].Why, "told us") {
			t.Fatalf("before anything is known: %+v, %+v", v.Open, v.Prompts)
		}
		r.desk.SetLiked(liked)
		if v = r.rest(); v.Open.Liked != "Hedge 300: loved for quiet (12)." {
			t.Errorf("with the answer %q", v.Open.Liked)
		}
	})
	story(t, func(t *testing.T, r *rig) {
		r.desk.SetLibrary(lib)
		r.desk.SetLiked(liked)
		v := r.ring("1", marysNumber, phone.Answered)
		if len(v.Prompts) != 1 || !strings.HasSuffix(v.Prompts[0].Why, ". So far 8 customers told us; most of Halden.") {
			t.Errorf("with the question %+v", v.Prompts)
		}
	})
}
