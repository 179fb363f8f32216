package heard

import (
	_ "embed"
	"slices"
	"strings"

	"ringside/assist"
)

// common are words of everyday English: where one of them is a name too, it must be
// written as a name.
//
//go:embed common.txt
var commonWords string

var (
	common   = set(commonWords)
	calendar = set("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august " +
		"september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun " +
		"today tomorrow yesterday christmas easter xmas")

	// fillers stand between words that belong together and change nothing.
	fillers = set("really absolutely just quite so very still simply totally honestly truly actually pretty always definitely " +
		"genuinely completely utterly extremely incredibly awfully terribly frankly now all big huge bit a too personally happily gladly nearly right both")

	persons  = set("i we she he they who ive weve shes hes theyve im were customer caller client")
	families = set("husband wife son daughter mother mum mom father dad sister brother partner kids children grandson granddaughter " +
		"grandchildren grandchild boyfriend girlfriend family nephew niece uncle aunt mate mates lad lads boss neighbour neighbours friend friends")
	possessives  = set("my our his her their")
	refusals     = set("not dont doesnt didnt never isnt arent wasnt werent cant cannot couldnt wont wouldnt no longer hardly havent hasnt aint neither nor without")
	would        = set("would id wed shed hed theyd youd")
	yours        = set("you your yours yourselves youd youll youve youre")
	yoursAndOurs = set("you your yours yourselves youd youll youve youre we us our ours were")
	noting       = set("she he they customer caller client")
	being        = set("is are was were be been being seems seem looks look feels sounds remains isnt arent wasnt werent im youre theyre shes hes its")
	praising     = set("brilliant great excellent fantastic wonderful amazing superb lovely kind kinder helpful patient friendly marvellous outstanding " +
		"polite efficient perfect fab fabulous terrific incredible awesome star gem legend hero treasure diamond delight credit angel godsend " +
		"lifesaver magic professional charming exceptional splendid stellar ace thoughtful courteous thorough impressive")
	good = set("good better best nice fair honest reliable quick fast clever cheap cheaper cheapest easy easier lovely great " +
		"sturdy light lighter quiet quieter solid decent worth fine super handy strong stronger happy nicer faster friendlier")
	bad = set("rubbish awful terrible useless dreadful hopeless ridiculous appalling shocking disgraceful pathetic horrible bad worse " +
		"worst poor lousy abysmal unreliable rude unfair nightmare joke disgrace atrocious diabolical shoddy flimsy garbage pants")
	judging = set("expensive dear dearer pricey slow slower heavy heavier loud louder noisy bigger small smaller complicated difficult hard harder " +
		"overpriced old new modern different unfriendly friendly awkward clumsy fiddly dishonest greedy careless overrated underrated long short " +
		"ahead behind favourite only prefer underpowered wonky cracking knees mustard second none streets")

	asking = set("do does did is are can could would will shall what whats how hows where which who whose may have has am when")
)

// cue is words that tell of a feeling.
type cue struct {
	words   []string
	feeling assist.Feeling
	kind    cueKind
}

type cueKind byte

const (
	plainCue  cueKind = iota
	verbCue           // needs somebody before it who feels so
	likeCue           // a verb that says little by itself
	turnedCue         // tells of what stands before it
	thought           // an opinion, which must judge something
)

// cues are by their first word.
var cues = map[string][]cue{}

func init() {
	for _, c := range []struct {
		feeling assist.Feeling
		kind    cueKind
		list    string
	}{
		{assist.Love, verbCue, "love|loves|loved|adore|adores|adored|enjoy|enjoys|swear by|swears by"},
		{assist.Love, likeCue, "like|likes|liked"},
		{assist.Love, plainCue, "happy with|pleased with|delighted with|impressed with|impressed by|fan of|over the moon with|chuffed with|satisfied with|" +
			"the best thing|thrilled with|in love with|can recommend the|cant fault|couldnt fault|cannot fault|wouldnt swap|wouldnt be without|couldnt be without|" +
			"raves about|rave about|couldnt be happier with|raving about|keen on|soft spot for|sold on|partial to"},
		{assist.Hate, verbCue, "hate|hates|hated|detest|detests|loathe|loathes|dislike|dislikes|despise|despises"},
		{assist.Hate, plainCue, "cant stand|cannot stand|can not stand|couldnt stand|cant bear|cannot bear|cant abide|fed up with|fed up of|sick of|tired of|" +
			"had enough of|disappointed with|disappointed in|disappointed by|unhappy with|annoyed with|annoyed by|put off by|regret buying|" +
			"fallen out of love with|let down by|gone off|going off|nothing but trouble|" +
			"no end of trouble|never buy from|never go back to|never again|never use|never touch|" +
			"cant be doing with|cannot be doing with|done with|bad experience with|wouldnt touch"},
		{assist.Love, turnedCue, "treated me well|treated me fairly|treated us well|treated us fairly|been good to me|been good to us|never let me down|never let us down|" +
			"is joy|are joy|is pleasure to|made my day"},
		{assist.Hate, turnedCue, "drives me mad|drives me up the wall|drive me mad|gets on my nerves|get on my nerves|puts me off|put me off|let me down|let us down|" +
			"makes me angry|made me angry"},
		{assist.Think, thought, "i think|we think|they think|thinks|i reckon|we reckon|reckons|i find|we find|finds|i suppose|" +
			"to me it seems|it seems to me|seems to me|if you ask me|in my opinion|in our opinion|in my view|to my mind|i dont think|we dont think|" +
			"i do not think|i thought|we thought|i consider|i would say|id say|starting to think|beginning to think"},
		{assist.Believe, thought, "i believe|we believe|believes|im convinced|i am convinced|were convinced|im sure|i am sure|were sure|i dont believe|" +
			"im certain|i am certain|i do not believe|starting to believe|beginning to believe"},
		{assist.Feel, thought, "i feel|we feel|feels|it feels as if|it feels as though|it feels like|makes me feel|i felt|we felt|i dont feel|i do not feel"},
		{assist.Wish, plainCue, "i wish|we wish|wishes|if only|it would be great if|it would be nice if|it would be good if|it would be lovely if|" +
			"itd be great if|itd be nice if|itd be good if|would be great if|would be nice if|id love it if|wed love it if|i would love it if|" +
			"i do wish|we do wish|over the moon if|be happier if|be delighted if|be nice if|be great if|be lovely if|be good if|be better if|wish you|wish the"},
	} {
		for p := range strings.SplitSeq(c.list, "|") {
			words := strings.Fields(p)
			cues[words[0]] = append(cues[words[0]], cue{words, c.feeling, c.kind})
		}
	}
	for _, who := range []string{"you should", "you ought to", "why dont you", "why cant you", "why not"} {
		for _, what := range strings.Fields("do sell stock offer open make bring deliver build have give") {
			words := append(strings.Fields(who), what)
			if who != "you should" && who != "you ought to" || what != "have" && what != "give" {
				cues[words[0]] = append(cues[words[0]], cue{words, assist.Wish, plainCue})
			}
		}
	}
}

// phrasesOf returns phrases as their words.
func phrasesOf(list ...string) (out [][]string) {
	for _, p := range list {
		out = append(out, strings.Fields(p))
	}
	return out
}

// plainOf is a sentence without fillers.
type plainOf struct {
	sentence
	w  []string
	at []int // where they stand among the sentence's words
}

func plainly(s sentence) plainOf {
	p := plainOf{sentence: s, w: make([]string, 0, len(s.words)), at: make([]int, 0, len(s.words))}
	for i, w := range s.words {
		if !fillers[w.text] {
			p.w, p.at = append(p.w, w.text), append(p.at, i)
		}
	}
	return p
}

// noted reports whether a rep has written it, of the customer.
func (p plainOf) noted(before int) bool {
	third := before == 0 && strings.HasSuffix(p.w[0], "s")
	return third || p.any(0, before, noting)
}

// has reports whether the words stand at i.
func (p plainOf) has(i int, words ...string) bool {
	if i < 0 || i+len(words) > len(p.w) {
		return false
	}
	for k, w := range words {
		if p.w[i+k] != w {
			return false
		}
	}
	return true
}

// hasBehind reports whether the words stand somewhere behind i.
func (p plainOf) hasBehind(i int, words ...string) bool {
	return p.anyOf(i+1, [][]string{words})
}

// spoken is any for all that stands behind a plain word, fillers too.
func (p plainOf) spoken(from int, in map[string]bool) bool {
	return from < len(p.at) && slices.ContainsFunc(p.words[p.at[from]:], func(w word) bool { return in[w.text] })
}

// startAt returns the first of the phrases that stands at i; nil for none.
func (p plainOf) startAt(i int, phrases [][]string) []string {
	for _, f := range phrases {
		if p.has(i, f...) {
			return f
		}
	}
	return nil
}

// startsAny reports whether one of the phrases stands at i.
func (p plainOf) startsAny(i int, phrases [][]string) bool { return p.startAt(i, phrases) != nil }

// anyOf reports whether one of the phrases stands at i or behind it.
func (p plainOf) anyOf(i int, phrases [][]string) bool {
	for k := i; k < len(p.w); k++ {
		if p.startsAny(k, phrases) {
			return true
		}
	}
	return false
}

// any reports whether one of the words from i until before j is in the set.
func (p plainOf) any(i, j int, in map[string]bool) bool {
	for k := max(i, 0); k < min(j, len(p.w)); k++ {
		if in[p.w[k]] {
			return true
		}
	}
	return false
}

// word returns the word at i; "" when there is none.
func (p plainOf) word(i int) string {
	if i < 0 || i >= len(p.w) {
		return ""
	}
	return p.w[i]
}

// question reports whether somebody is asked something.
func (p plainOf) question() bool {
	if p.asks {
		return true
	}
	switch first, second := p.word(0), p.word(1); first {
	case "what", "how", "when", "where":
		return second != "i" && second != "we" && second != "ive" && second != "weve"
	case "may", "will":
		return persons[second] || second == "you" || second == "it" || second == "there"
	default:
		return asking[first]
	}
}
