package check

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// show writes advice as "kind: words -> better line".
func show(draft string) string {
	var out []string
	for _, a := range Check(draft) {
		out = append(out, fmt.Sprintf("%s: %s -> %s", a.Kind, draft[a.From:a.To], a.Better))
	}
	return strings.Join(out, "\n")
}

func TestDraftsAreMadeBetter(t *testing.T) {
	for _, c := range []struct{ draft, want string }{
		// A promise has its day.
		{"We will get back to you shortly.", "no date: shortly -> We will get back to you by <day>."},
		{"I'll get back to you as soon as possible.", "no date: as soon as possible -> I'll get back to you by <day>."},
		{"Your refund will arrive soon.", "no date: soon -> Your refund will arrive by <day>."},
		{"I will call you back.", "no date: I will call -> I will call you back by <day>."},
		{"We'll send the blade, and Tom will fit it.", "no date: We'll send -> "},
		{"I will call you back on Friday.", ""},
		{"I will call you back at 3 pm.", ""},
		{"We'll send it within two days.", ""},
		{"I will call you. It will be on Friday.", ""},
		{"I will call you if it rains.", ""},
		{"We will not write to you again.", ""},
		{"Will we send it? I do not know.", ""},
		{"I will send it today.", ""},
		{"I will write by <day>.", ""},
		{"I hope to see you soon.", ""},
		{"It needs the box which I'll send you free.", ""},
		{"I'll send it while we talk.", ""},
		{"Get well soon!", ""},
		{"You said: “we will call you soon”.", ""},
		// Somebody acts.
		{"A refund will be issued by Friday.", "nobody acts: will be issued -> I will issue a refund by Friday."},
		{"You will be refunded tomorrow.", "nobody acts: will be refunded -> I will refund you tomorrow."},
		{"Your order is going to be cancelled today.", "nobody acts: is going to be cancelled -> I will cancel your order today."},
		{"It was decided that returns cost £4.", "nobody acts: was decided -> "},
		{"Your parcel was sent by our team on Monday.", "passive: was sent -> Our team sent your parcel on Monday."},
		{"The blade was ordered by me on Friday.", "passive: was ordered -> I ordered the blade on Friday."},
		{"Your order has been sent by the courier.", "passive: has been sent -> The courier has sent your order."},
		{"The labels have been printed by our packers.", "passive: have been printed -> Our packers have printed the labels."},
		{"The call was taken by Anna Bell.", "passive: was taken -> Anna Bell took the call."},
		{"Mistakes were made.", "passive: were made -> "},
		{"Hello, your parcel was lost by us.", "passive: was lost -> "},
		{"A refund will not be issued.", "nobody acts: will not be issued -> "},
		// No blame.
		{"You should have told us.", "blame: You should have -> "},
		{"As per my last email, the form is missing.", "blame: As per my last email -> The form is missing."},
		{"The price is £4, as I told you.", "blame: as I told you -> The price is £4."},
		{"As I already explained to you, the shop moves.", "blame: As I already explained to you -> The shop moves."},
		{"You failed to send the form.", "blame: You failed to send the form. -> I do not have the form yet."},
		{"You did not provide your order number!", "blame: You did not provide your order number! -> I do not have your order number yet!"},
		{"You forgot to switch it on.", "blame: You forgot to -> "},
		{"You should have a new blade by Friday.", "blame: You should have -> "},
		// Sorry first.
		{"Because of the storm your parcel is late, and we are sorry.", "reasons before sorry: Because of -> We are sorry. Because of the storm your parcel is late."},
		{"Due to snow, the van is late. We are very sorry. Tom drives today.", "reasons before sorry: Due to -> We are very sorry. Due to snow, the van is late. Tom drives today."},
		{"Due to snow, the van is late.\n\nI am sorry.", "reasons before sorry: Due to -> "},
		{"I am sorry. The van is late because of snow.", ""},
		{"The van is late because of snow.", ""},
		// Real words.
		{"We are sorry for any inconvenience this may have caused.", "no real apology: We are sorry for any inconvenience this may have caused -> I am sorry for the trouble that we made you."},
		{"We apologise for any inconvenience caused.", "no real apology: We apologise for any inconvenience caused -> I am sorry for the trouble that we made you."},
		{"I am sorry if you feel let down.", "no real apology: I am sorry if you feel -> "},
		{"Unfortunately, we have no blade left.", "filler: Unfortunately -> We have no blade left."},
		{"Please be advised that the shop moves on Monday.", "filler: Please be advised that -> The shop moves on Monday."},
		{"Please do not hesitate to call me.", "filler: Please do not hesitate to -> Please call me."},
		{"Prior to that, press the button in order to stop it.", "filler: Prior to -> Before that, press the button in order to stop it.\nfiller: in order to -> Prior to that, press the button to stop it."},
		// Easy to read.
		{"I looked at your order this morning, and I saw that the blade is on its way to you with the van that leaves from the depot in Leeds at noon.",
			"hard to read: I looked at your order this morning, and I saw that the blade is on its way to you with the van that leaves from the depot in Leeds at noon. -> I looked at your order this morning. I saw that the blade is on its way to you with the van that leaves from the depot in Leeds at noon."},
		// Plain letters.
		{"", ""}, {"\n\n", ""}, {"“", ""}, {"\"", ""}, {".!?", ""},
		{"Hello Mary,\n\nI am sorry. I will call you on Friday.\n\nKind regards\nTom Reed", ""},
	} {
		if got := show(c.draft); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.draft, got, c.want)
		}
	}
}

func TestAdviceStandsInItsLine(t *testing.T) {
	draft := "Hello Mary,\n\n  Good news. A refund will be issued today. Unfortunately, the shop is closed. Ünï wörds “x”.\n- You should have told us."
	got := Check(draft)
	if len(got) != 3 {
		t.Fatalf("%d: %v", len(got), got)
	}
	for i, want := range []struct {
		line         int
		words, wrote string
	}{
		{3, "will be issued", "  Good news. I will issue a refund today. Unfortunately, the shop is closed. Ünï wörds “x”."},
		{3, "Unfortunately", "  Good news. A refund will be issued today. The shop is closed. Ünï wörds “x”."},
		{4, "You should have", ""},
	} {
		if a := got[i]; a.Line != want.line || draft[a.From:a.To] != want.words || a.Better != want.wrote || a.What == "" {
			t.Errorf("%+v (%s), want %+v", a, draft[a.From:a.To], want)
		}
	}
}

func TestReadingEase(t *testing.T) {
	for _, c := range []struct {
		text     string
		from, to float64
	}{
		{"", 100, 100},
		{"The cat sat on the mat.", 110, 120}, // 206.835 - 6.09 - 84.6 = 116.1
		{"I am sorry. I will call you on Friday. Tom sends the blade today.", 85, 120},
		{"The implementation of organisational prerequisites necessitates considerable administrative collaboration.", -200, 0},
	} {
		if got := ease(sentencesOf(c.text)); got < c.from || got > c.to {
			t.Errorf("%q has %.1f, want %v to %v", c.text, got, c.from, c.to)
		}
	}
}

func TestSyllables(t *testing.T) {
	wrong := 0
	table := map[string]int{"the": 1, "cat": 1, "parcel": 2, "refund": 2, "delivery": 4, "issued": 2, "wanted": 2, "table": 2, "make": 1, "makes": 1,
		"boxes": 2, "customer": 3, "apology": 4, "inconvenience": 5, "order": 2, "sorry": 2, "replaced": 2, "received": 2, "be": 1, "tree": 1,
		"area": 3, "radio": 3, "previous": 3, "serious": 3, "delicious": 3, "15": 1, "october": 3, "you": 1, "idea": 3, "people": 2}
	for w, want := range table {
		if got := syllables(w); got != want {
			wrong++
			t.Logf("%s: %d, want %d", w, got, want)
		}
	}
	if wrong > 2 {
		t.Errorf("%d of %d words are wrong", wrong, len(table))
	}
}

func TestHardDraftsAreTold(t *testing.T) {
	hard := strings.Repeat("Organisational prerequisites necessitate considerable administrative collaboration internationally. ", 8)
	found := 0
	for _, a := range Check(hard) {
		if a.Kind == HardToRead {
			found++
		}
	}
	if found != 1 {
		t.Errorf("told %d times", found)
	}
}

func TestHugeDraftsEnd(t *testing.T) {
	for _, unit := range []string{"a", "\n", "“", "you should have ", "A refund will be issued. ", "because sorry ", "ü", "\xff", "I will call, ", "1. "} {
		draft := strings.Repeat(unit, 1<<20/len(unit))
		if got := Check(draft); len(got) > mostAdvice {
			t.Errorf("%q: %d", unit, len(got))
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("Because of snow, we are sorry. A refund will be issued by our team soon.\nYou failed to send the form. I'll call.")
	f.Add("It was “decided” that 1. Mr. X's parcel’s are being, not sent by")
	f.Fuzz(func(t *testing.T, draft string) {
		lines := strings.Split(draft, "\n")
		for _, a := range Check(draft) {
			if a.Line < 1 || a.Line > len(lines) || a.From < 0 || a.To <= a.From || a.To > len(draft) {
				t.Fatalf("%+v", a)
			}
			if utf8.ValidString(draft) && (!utf8.ValidString(draft[a.From:a.To]) || !utf8.ValidString(a.Better)) {
				t.Fatalf("cut inside a letter: %+v", a)
			}
			if strings.Contains(a.Better, "\n") {
				t.Fatalf("more than a line: %+v", a)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	draft := strings.Repeat("Hello Mary,\n\nI am sorry. Your parcel was sent by our team on Monday, and it is late because of snow. I will call you on Friday.\n\n", 10)
	for b.Loop() {
		Check(draft)
	}
}

func TestTakingTheBetterLinesComesToAnEnd(t *testing.T) {
	for _, draft := range []string{
		"We will get back to you shortly.\nA refund will be issued as soon as possible.\nUnfortunately, as I told you, you failed to send the form.",
		"Because of the storm your parcel is late, and we are sorry for any inconvenience this may have caused.",
		"Please be advised that, unfortunately, your order was lost by our driver, and at this point in time we do not hesitate to utilise in order to, prior to, soon.",
		"As per my last email, as I told you, as already stated, kindly. Kindly? kindly!",
		"I looked at your order this morning, and I saw that the blade is on its way to you; it is with the van that leaves from the depot in Leeds at noon, and it will be delivered by Tom soon.",
		"Unfortunately, unfortunately, unfortunately.",
	} {
		text := draft
		for round := 0; ; round++ {
			if round > 20 {
				t.Fatalf("%q goes on for ever: %q", draft, text)
			}
			taken := false
			for _, a := range Check(text) {
				if a.Better != "" {
					lines := strings.Split(text, "\n")
					lines[a.Line-1] = a.Better
					text, taken = strings.Join(lines, "\n"), true
					break
				}
			}
			if !taken {
				break
			}
		}
	}
}

func TestTheShippedAnswersAreMostlyLeftAlone(t *testing.T) {
	files, err := filepath.Glob("../../../assets/packs/en/*/*.md")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	sentences, advice, passives := 0, 0, 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(b), "\n---\n")
		body, _, _ = strings.Cut(body, "## Steps")
		sentences += len(sentencesOf(body))
		for _, a := range Check(body) {
			advice++
			if a.Kind == Passive || a.Kind == NobodyActs {
				passives++
			}
		}
	}
	t.Logf("%d sentences, %d pieces of advice, %d of them about passives", sentences, advice, passives)
	if advice > sentences/30 {
		t.Errorf("%d pieces of advice for %d good sentences", advice, sentences)
	}
}
