package twin

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ringside/assist/search/text"
)

// name is a person's name as it is compared: folded, without titles.
type name struct {
	words []string // as they are written
	first string
	last  string
	line  string // what tells a father from his son: "junior", "senior", "iii"
}

// titles stand before a name and tell nobody apart.
var titles = setOf("mr mrs ms miss mx dr prof professor sir dame lady lord rev herr frau mme monsieur madame sra senor senora")

// lines stand behind a name and tell generations apart.
var lines = map[string]string{"jr": "junior", "jnr": "junior", "junior": "junior", "sr": "senior", "snr": "senior",
	"senior": "senior", "ii": "ii", "iii": "iii"}

// readName takes a name apart: "Shaw, Mary" is Mary Shaw, too.
func readName(written string) (n name) {
	if last, first, ok := strings.Cut(written, ","); ok && lines[text.Fold(first)] == "" {
		written = first + " " + last
	}
	words := strings.Fields(text.Fold(written))
	for len(words) > 1 && titles[words[0]] {
		words = words[1:]
	}
	if end := len(words) - 1; end > 1 && lines[words[end]] != "" {
		n.line, words = lines[words[end]], words[:end]
	}
	n.words = words
	if len(words) > 0 {
		n.last = words[len(words)-1]
	}
	if len(words) > 1 {
		n.first = words[0]
	}
	return n
}

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// likeness is how two words or names are alike.
type likeness int

const (
	different likeness = iota
	missing            // one is not there
	initial            // one is the first letter of the other
	typo
	nick // one is short for the other
	same
)

// alike compares two first names or two last names.
func alike(a, b string) likeness {
	switch {
	case a == "" || b == "":
		return missing
	case a == b:
		return same
	case utf8.RuneCountInString(a) == 1 || utf8.RuneCountInString(b) == 1:
		if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
			return initial
		}
		return different
	case nicknames(a, b):
		return nick
	case slips([]rune(a), []rune(b)):
		return typo
	}
	return different
}

// slips reports whether one word may be the other with a slip of the keys: a letter more,
// less or wrong, or two that changed places. Short words differ for good.
func slips(a, b []rune) bool {
	if len(a) < 4 || len(b) < 4 {
		return len(a) == len(b) && len(a) == 3 && a[0] == b[1] && a[1] == b[0] && a[2] == b[2]
	}
	if d := len(a) - len(b); d > 2 || d < -2 {
		return false
	}
	most := 1
	if min(len(a), len(b)) >= 8 {
		most = 2
	}
	return distance(a, b, most) <= most
}

// distance counts the slips that lead from one word to another, as long as they are not
// more than most.
func distance(a, b []rune, most int) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return least
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// nicknames reports whether two first names are forms of one.
func nicknames(a, b string) bool {
	return slices.ContainsFunc(forms[a], func(form int) bool { return slices.Contains(forms[b], form) })
}

// canonical is a first name, or the form that all its forms share where there is one.
func canonical(first string) string {
	if f := forms[first]; len(f) > 0 {
		return formNames[f[0]]
	}
	return first
}

var forms, formNames = readForms(nicks)

func readForms(table string) (map[string][]int, []string) {
	out, names := map[string][]int{}, []string(nil)
	for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
		words := strings.Fields(line)
		names = append(names, words[0])
		for _, w := range words {
			out[w] = append(out[w], i)
		}
	}
	return out, names
}

// nicks are first names with their short forms and other spellings, a line each.
const nicks = `
alexander alex al sandy alec sasha
alexandra alex sandra sandy sasha
andrew andy drew
anne ann annie
anthony tony antony
barbara barb babs
benjamin ben benny
catherine cathy cath kate katie kathy katherine kathryn katharine kath cate
charles charlie chuck chas
christine chris christina tina chrissie
christopher chris kit
daniel dan danny
david dave davy
deborah debbie deb debra
donald don donny
dorothy dot dottie
edward ed eddie ted teddy ned
eleanor ellie nell nora
elizabeth liz lizzie beth betty bess eliza libby elisabeth lisbeth
emily em emmy
frances fran fanny frankie
francis frank frankie
frederick fred freddie
gabriel gabe
geoffrey geoff jeff jeffrey
gerald gerry jerry
gregory greg
harold harry hal
henry harry hank
isabella bella izzy isabel isabelle
jacqueline jackie
james jim jimmy jamie jem
janet jan
jennifer jen jenny
jessica jess jessie
johannes hans johann jan
john jon jack johnny
jonathan jon jonny john
joseph joe joey
joshua josh
judith judy
kenneth ken kenny
lawrence larry laurie laurence
leonard len lenny
louise lou
lucy lucie
margaret maggie peggy meg marge margie
martin marty
mary molly polly
matthew matt
michael mike mick mickey
mohammed muhammad mohamed mo mohammad
nancy nan
natalie nat
nathaniel nat nathan
nicholas nick nicky nicolas
nicola nicky nikki
olivia liv livvy
oliver ollie
pamela pam
patricia pat patty trish tricia
patrick pat paddy
peter pete
philip phil phillip
rachel rachael
raymond ray
rebecca becky becca
richard rick dick ricky rich
robert bob bobby rob robbie bert
roger rodger
ronald ron ronnie
samantha sam
samuel sam sammy
sarah sally sara
sebastian seb
stephanie steph
stephen steve steven
susan sue susie suzanne
terence terry
theodore ted theo
theresa terry tess teresa
thomas tom tommy
timothy tim
valerie val
victoria vicky tori vicki
vincent vince
walter walt wally
wilhelm willi willy
william bill billy will willie liam
zachary zach zack
`
