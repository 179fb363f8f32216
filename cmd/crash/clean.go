package crash

import (
	"path"
	"regexp"
	"strings"
)

const longest = 64 << 10 // bytes of a report

var (
	goroutine = regexp.MustCompile(`^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[[a-zA-Z0-9 ,()-]*\]:`)
	call      = regexp.MustCompile(`^[\w./*()\[\]·{}~%-]+\(.*\)$`)
	created   = regexp.MustCompile(`^created by ([\w./*()\[\]·{}~%-]+)( in goroutine \d+)?$`)
	place     = regexp.MustCompile(`^\t(.+\.(?:go|s)):(\d+)((?: \+| [fsp][pc]=)0x[0-9a-f]+)*$`)
	signal    = regexp.MustCompile(`^\[signal ([A-Z]+)`)
	// harmless are the faults that the runtime itself finds: figures, and names of types.
	harmless = regexp.MustCompile(`^(?:panic: (?:runtime error: (?:index out of range|slice bounds out of range|invalid memory address or nil pointer dereference|integer divide by zero|makeslice|hash of unhashable type|integer overflow)|interface conversion: interface|assignment to entry in nil map|close of (?:closed|nil) channel|send on closed channel|all goroutines are asleep)|fatal error: [a-z :]+$|runtime: out of memory)`)
	plain    = regexp.MustCompile(`^[\w .,:;*/\[\]()=-]*$`)
)

// Clean returns what is about the program in what Go writes when it breaks down: the kind
// of fault, and the stacks without arguments. "" means that there is nothing.
func Clean(raw string) string {
	var b strings.Builder
	add := func(line string) {
		if b.Len()+len(line) < longest {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	stacks := false
	for _, line := range strings.Split(raw, "\n") {
		if head := goroutine.FindString(line); head != "" {
			stacks = true
			add("")
			add(head)
			continue
		}
		if kept := cleanLine(line, stacks); kept != "" {
			add(kept)
		}
	}
	return strings.TrimSpace(b.String())
}

func cleanLine(line string, stacks bool) string {
	if !stacks {
		return cleanFault(line)
	}
	switch at := place.FindStringSubmatch(line); {
	case at != nil:
		return "\t" + short(at[1]) + ":" + at[2]
	case created.MatchString(line):
		return line
	case call.MatchString(line):
		return line[:arguments(line)] + "(…)"
	}
	return ""
}

// cleanFault keeps of the lines above the stacks what the runtime itself has found; the
// value of another panic may be words of a customer.
func cleanFault(line string) string {
	switch at := signal.FindStringSubmatch(line); {
	case at != nil:
		return "[signal " + at[1] + "]"
	case harmless.MatchString(line) && plain.MatchString(line):
		return line
	case strings.HasPrefix(line, "panic: "):
		return "panic: (its words are left out)"
	case strings.HasPrefix(line, "fatal error: "):
		return "fatal error: (its words are left out)"
	}
	return ""
}

// arguments is where the arguments of a call begin: at the bracket that the last one
// closes.
func arguments(line string) int {
	depth := 0
	for i := len(line) - 1; i >= 0; i-- {
		switch line[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return 0
}

// short is the end of a path: the folders above it may have somebody's name.
func short(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	dir, base := path.Split(file)
	return path.Join(path.Base(dir), base)
}
