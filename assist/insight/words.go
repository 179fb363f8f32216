package insight

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/heard"
	"ringside/assist/search/text"
)

var english = text.For("en")

// node is a word in the tree of all phrases that mean something.
type node struct {
	next     map[string]*node
	subject  int  // 1 + its place; 0: no name ends here
	everyday bool // the name is a word of everyday English
	matter   int  // 1 + its place
	door     Kind // Leaving or Staying
}

func (n *node) add(phrase string) *node {
	for c := english.Cut(phrase); c.Next(); {
		w := string(c.Word())
		if n.next == nil {
			n.next = map[string]*node{}
		}
		if n.next[w] == nil {
			n.next[w] = &node{}
		}
		n = n.next[w]
	}
	return n
}

// tree returns the tree of all names and of the words that are the same for everybody.
func tree(subjects []assist.Subject) *node {
	root := &node{}
	for i, m := range matters {
		for _, w := range spelled(m.words) {
			root.add(w).matter = i + 1
		}
	}
	for _, p := range strings.Split(leavingWords, ";") {
		root.add(p).door = Leaving
	}
	for _, p := range strings.Split(stayingWords, ";") {
		root.add(p).door = Staying
	}
	for i, s := range subjects {
		name(root, s.Name, i)
	}
	for i, s := range subjects {
		for _, also := range s.Also {
			name(root, also, i)
		}
	}
	return root
}

// name adds the ways to write a name: as it is, in one word, and in the plural.
func name(root *node, name string, subject int) {
	whole := text.Fold(name)
	words := strings.Fields(whole)
	if len(words) == 0 || strings.Trim(whole, "0123456789 ") == "" || len(whole) < 2 {
		return
	}
	ways := []string{whole, strings.Join(words, "")}
	if last := whole[len(whole)-1]; unicode.IsLetter(rune(last)) && last != 's' {
		ways = append(ways, whole+"s")
	}
	for _, w := range ways {
		n := root.add(w)
		if n == root || n.subject > 0 {
			continue
		}
		n.subject = subject + 1
		n.everyday = len(words) == 1 && heard.Everyday(whole)
	}
}

// sentence is what was found in one.
type sentence struct {
	names   []span // the longest writing of each, in their order
	matters uint32 // a bit for each
	doors   []Kind
}

type span struct{ subject, from, to int }

// state is a phrase that has begun.
type state struct {
	at    *node
	from  int
	plain bool // its first word is written without a capital, or begins the sentence
}

// sentences calls each with every sentence of a text that names somebody or speaks of
// leaving or staying; all of them, with those that only speak of a matter.
func (n *node) sentences(text string, all bool, each func(sentence)) {
	var begun [8]state
	for len(text) > 0 {
		end := sentenceEnd(text)
		if s, any := n.read(text[:end], begun[:0]); any || all && s.matters != 0 {
			each(s)
		}
		text = text[end:]
	}
}

// ending are the characters that may end a sentence.
var ending = [256]bool{'\n': true, ';': true, '.': true, '!': true, '?': true}

// sentenceEnd returns where the first sentence of a text ends.
func sentenceEnd(text string) int {
	for i := 0; i < len(text); i++ {
		if !ending[text[i]] {
			continue
		}
		switch text[i] {
		case '\n', ';':
			return i + 1
		case '.', '!', '?':
			if i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n' {
				return i + 1
			}
		}
	}
	return len(text)
}

func (n *node) read(text string, begun []state) (s sentence, any bool) {
	c := english.Cut(text)
	for at := 0; c.Next(); at++ {
		kept := begun[:0]
		for _, b := range begun {
			if to := b.at.next[string(c.Word())]; to != nil {
				kept = append(kept, state{to, b.from, b.plain})
			}
		}
		if to := n.next[string(c.Word())]; to != nil {
			first, _ := utf8.DecodeRuneInString(c.Written())
			kept = append(kept, state{to, at, at == 0 || !unicode.IsUpper(first)})
		}
		begun = kept
		for _, b := range begun {
			any = s.take(b, at) || any
		}
	}
	return s, any
}

// take notes what ends with a word.
func (s *sentence) take(b state, at int) (any bool) {
	if b.at.matter > 0 {
		s.matters |= 1 << (b.at.matter - 1)
	}
	if b.at.door != "" {
		s.doors, any = append(s.doors, b.at.door), true
	}
	if b.at.subject == 0 || b.at.everyday && b.plain {
		return any
	}
	found := span{b.at.subject - 1, b.from, at}
	for i, known := range s.names {
		if found.from > known.to { // apart
			continue
		}
		if found.to-found.from > known.to-known.from {
			s.names[i] = found
		}
		return true
	}
	s.names = append(s.names, found)
	return true
}

// door returns what the sentence says of leaving or staying: who would never leave stays.
func (s sentence) door() Kind {
	var out Kind
	for _, d := range s.doors {
		if d == Staying || out == "" {
			out = d
		}
	}
	return out
}

// matterNames returns the names of the matters in a mask, at most two.
func matterNames(mask uint32) (out []string) {
	for i, m := range matters {
		if mask&(1<<i) != 0 && len(out) < 2 {
			out = append(out, m.name)
		}
	}
	return out
}
