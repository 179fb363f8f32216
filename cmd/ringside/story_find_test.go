package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
)

// hears types what a customer says and waits for the answers to all of it.
func (r *rig) hears(words string) live.View {
	r.Helper()
	r.press("ctrl+f")
	r.write(words)
	return r.sees("answers to "+words, func(v live.View) bool { return v.Heard == words })
}

// sayTheSecond calls, types words that another answer fits better, and says the
// second in the list. It returns that answer and the words that are offered for it.
func (r *rig) sayTheSecond(words string) (answer assist.ID, offered string) {
	r.Helper()
	r.run("ring", "+44 7700 900201", "--id", "one", "--state", "answered")
	r.sees("the card pops", func(v live.View) bool { return v.Card != nil })
	r.hears(words)
	v := r.sees("two answers once the library is learned", func(v live.View) bool { return v.Heard == words && len(v.Answers.Hits) >= 2 })
	answer = v.Answers.Hits[1].ID
	r.press("ctrl+2")
	v = r.sees("the second answer is open", func(v live.View) bool { return v.Open != nil && v.Open.ID == answer })
	if v.Open.Why == "" || v.Learn != nil {
		r.Errorf("why: %q, learn: %+v", v.Open.Why, v.Learn)
	}
	r.press("alt+s")
	v = r.sees("it was said", func(v live.View) bool { return v.Open != nil && v.Open.Said && v.Learn != nil })
	return answer, v.Learn.Words
}

// wrapUp ends the call in front and clears the desk.
func (r *rig) wrapUp() {
	r.Helper()
	r.press("ctrl+Return")
	r.sees("wrap-up", func(v live.View) bool { return v.WrapUp != nil })
	r.press("ctrl+Return")
	r.sees("the desk is free", func(v live.View) bool { return v.Phase == live.Idle })
}

// findsFirst calls and types the words: this answer must be the first.
func (r *rig) findsFirst(words string, want assist.ID) {
	r.Helper()
	r.run("ring", "0113 496 0123", "--id", "two", "--state", "answered")
	r.sees("the next card pops", func(v live.View) bool { return v.Card != nil })
	v := r.hears(words)
	if len(v.Answers.Hits) == 0 || v.Answers.Hits[0].ID != want || v.Answers.State != "show" {
		r.Errorf("%q finds %s %+v, want %s first", words, v.Answers.State, v.Answers.Hits, want)
	}
}

const oddWords = "ibrahim says the money left my account double 4411"

// TestWhatACustomerSaidFindsTheAnswerTheNextTime: words that the library lacks are
// learned by one key, without what nobody else may see, and outlive a power cut.
func TestWhatACustomerSaidFindsTheAnswerTheNextTime(t *testing.T) {
	r := sampleRig(t)
	want, words := r.sayTheSecond(oddWords)
	if words != "says the money left my account double" {
		t.Fatalf("offered are %q", words)
	}
	r.press("alt+l")
	r.sees("the words are learned", func(v live.View) bool { return v.Learn != nil && v.Learn.Taken && !v.Learn.Review })
	r.press("alt+h")
	r.sees("it helped", func(v live.View) bool { return v.Open.Helped })
	time.Sleep(time.Second)
	r.kill()
	r.start()
	r.press("ctrl+Tab")
	r.sees("the call is back", func(v live.View) bool { return v.WrapUp != nil })
	r.press("ctrl+Return")
	r.sees("the desk is free", func(v live.View) bool { return v.Phase == live.Idle })
	out := r.run("export", "--format", "jsonl", "--to", "-")
	for _, kept := range []string{`"said":true`, `"helped":true`, `"shown":["`} {
		if !strings.Contains(out, kept) {
			t.Errorf("the call lost %s", kept)
		}
	}
	r.findsFirst(words, want)
	r.press("alt+2")
	time.Sleep(500 * time.Millisecond)
	r.write(words)
	time.Sleep(time.Second)
	r.picture("the library counts")
}

// TestTheTrainersDecideOnNewWords: with review on, the words wait on the library
// page, and one key there makes them find the answer.
func TestTheTrainersDecideOnNewWords(t *testing.T) {
	r := newRig(t)
	r.fill(func(h *house) error {
		s, err := h.db.Settings(context.Background())
		if err != nil {
			return err
		}
		s.Review = true
		return h.db.SaveSettings(context.Background(), s)
	})
	r.start()
	want, words := r.sayTheSecond(oddWords)
	r.press("alt+l")
	r.sees("the words are sent", func(v live.View) bool { return v.Learn != nil && v.Learn.Taken && v.Learn.Review })
	r.press("ctrl+f", "ctrl+a", "BackSpace")
	r.wrapUp()
	if first := r.searched(words).answers; len(first) > 0 && first[0] == want {
		t.Fatal("the words find the answer before anybody agreed")
	}
	r.press("alt+2")
	time.Sleep(500 * time.Millisecond)
	r.press("Tab", "Tab", "Tab", "space") // from the box over departments and order to the phrasings
	time.Sleep(300 * time.Millisecond)
	r.picture("phrasings to look at")
	r.press("t")
	r.wait("the words are taken", func() bool {
		return strings.Contains(r.run("export", "--format", "jsonl", "--to", "-"), `"taken":true`)
	})
	r.picture("no phrasings are left")
	r.press("alt+1")
	r.findsFirst(words, want)
}

// fill puts the sample team, and more, into the data folder of an app that is closed.
func (r *rig) fill(more func(*house) error) {
	r.Helper()
	r.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
	h, err := openHouse(context.Background(), r.data, time.Now)
	if err != nil {
		r.Fatal(err)
	}
	if err = h.addSample(context.Background()); err == nil {
		err = more(h)
	}
	if shut := h.Close(); err != nil || shut != nil {
		r.Fatal(err, shut)
	}
}

// TestHalfANameFindsTheCustomerAndStartsTheCall, between calls and misspelt, in the
// box for what a customer says and in the box for a caller.
func TestHalfANameFindsTheCustomerAndStartsTheCall(t *testing.T) {
	r := sampleRig(t)
	r.write("marchbnk") // into no box at all
	// Found for these words, not for those before.
	v := r.sees("somebody is found", func(v live.View) bool { return v.Heard == "marchbnk" && len(v.Found) > 0 && v.Found[0].Why != "" })
	r.rests() // the library is learned meanwhile, and may find other answers above
	v = r.view()
	if v.Phase != live.Idle || v.Found[0].Title != "Lucy Marchbank" {
		t.Fatalf("%s, found %+v", v.Phase, v.Found)
	}
	for range v.Answers.Hits {
		r.press("Down")
	}
	r.press("Return")
	v = r.sees("the call has begun", func(v live.View) bool { return v.Phase == live.Talking && v.Card != nil })
	if v.Card.Customer.Name != "Lucy Marchbank" || v.Heard != "" {
		t.Fatalf("on the line is %s, heard %q", v.Card.Customer.Name, v.Heard)
	}
	r.write("whitlock")
	v = r.sees("somebody else is found", func(v live.View) bool { return v.Heard == "whitlock" && len(v.Found) > 0 })
	for range v.Answers.Hits {
		r.press("Down")
	}
	r.press("Return")
	v = r.sees("a look at somebody else", func(v live.View) bool { return v.Peek != nil })
	if v.Card.Customer.Name != "Lucy Marchbank" || !strings.Contains(v.Peek.Title, "Whitlock") || v.Peek.Sub == "" {
		t.Errorf("on the line is %s, and shown is %+v", v.Card.Customer.Name, v.Peek)
	}
	r.press("Escape", "Escape")
	r.wrapUp()
	r.press("ctrl+k")
	r.write("diallo")
	r.sees("the caller is found", func(v live.View) bool { return v.People.For == "diallo" && len(v.People.Found) == 1 })
	r.press("Return")
	r.sees("the second call", func(v live.View) bool { return v.Card != nil && v.Card.Customer.Name == "Ibrahim Diallo" })
	r.narrow()
	r.hears("whitlock")
	r.picture("found beside the phone")
}

// TestTheCommandAndTheBoxFindTheSame, in the same order, and refuse the same.
func TestTheCommandAndTheBoxFindTheSame(t *testing.T) {
	r := sampleRig(t)
	for _, words := range []string{"charged twice", "the battery dies after ten minutes", "do you repair tractors", "parcel la", "whitlock", "refund", "xyzzy plugh"} {
		r.press("ctrl+f", "ctrl+a", "BackSpace")
		r.hears(words)
		want := r.searched(words)
		r.wait("the box finds what the command finds for "+words, func() bool { // once both have learned the library
			box := shownIn(r.view())
			return slices.Equal(want.answers, box.answers) && slices.Equal(want.others, box.others)
		})
		if v := r.view(); (v.Answers.State == "none") != (len(want.answers) == 0) {
			t.Errorf("%q: the box says %q, the command finds %v", words, v.Answers.State, want.answers)
		}
	}
}

// shownIn is what the page shows below the box, by id.
func shownIn(v live.View) (s searched) {
	for _, h := range v.Answers.Hits {
		s.answers = append(s.answers, h.ID)
	}
	for _, f := range v.Found {
		s.others = append(s.others, f.ID)
	}
	return s
}

// searched is what the search command printed, by id.
type searched struct{ answers, others []assist.ID }

// searched runs the search command; nothing found is no error here.
func (r *rig) searched(words string) (s searched) {
	r.Helper()
	out, err := r.ringside("search", words, "--json", "--data", r.data).Output()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != exitNothing) {
		r.Fatalf("search %q: %v", words, err)
	}
	for lines := bufio.NewScanner(strings.NewReader(string(out))); lines.Scan(); {
		var line struct {
			Type assist.Type
			ID   assist.ID
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			r.Fatalf("%v: %s", err, lines.Text())
		}
		if line.Type == assist.TypeAnswer {
			s.answers = append(s.answers, line.ID)
		} else {
			s.others = append(s.others, line.ID)
		}
	}
	return s
}
