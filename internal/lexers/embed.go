package lexers

import (
	"reflect"
	"strings"

	c "github.com/alecthomas/chroma/v2"
	"github.com/dlclark/regexp2/v2"
)

// embed adds the states of a language to those of another one, each under a
// name with a prefix. first are the rules that come before all others in each
// of them: they are how the text gets back to the outer language.
//
// A definition is rules and nothing else, so that browsers can fetch it; hence
// a language within another is a part of it, instead of a lexer of its own.
func embed(into c.Rules, prefix string, inner c.Rules, first ...c.Rule) {
	for name, state := range inner {
		into[prefix+name] = append(append([]c.Rule(nil), first...), renamed(state, func(s string) string { return prefix + s })...)
	}
}

// renamed returns rules that name states by other names.
func renamed(rules []c.Rule, name func(state string) string) []c.Rule {
	var out []c.Rule
	for _, r := range rules {
		if r.Type != nil {
			r.Type = renamedEmitter(r.Type, name)
		}
		if r.Mutator != nil {
			r.Mutator = renamedMutator(r.Mutator, name)
		}
		out = append(out, r)
	}
	return out
}

// renamedMutator is renamed for a mutator. chroma keeps its mutators' types to
// itself.
func renamedMutator(m c.Mutator, name func(string) string) c.Mutator {
	v := reflect.ValueOf(m).Elem()
	switch m.(c.SerialisableMutator).MutatorKind() {
	case "mutators":
		var all []c.Mutator
		for _, m := range v.FieldByName("Mutators").Interface().([]c.Mutator) {
			all = append(all, renamedMutator(m, name))
		}
		return c.Mutators(all...)
	case "push":
		var states []string
		for _, s := range v.FieldByName("States").Interface().([]string) {
			states = append(states, name(s))
		}
		return c.Push(states...)
	case "include":
		return c.Include(name(v.FieldByName("State").String())).Mutator
	}
	return m
}

// renamedEmitter does for emitters what renamedMutator does for mutators.
func renamedEmitter(e c.Emitter, name func(string) string) c.Emitter {
	s, ok := e.(c.SerialisableEmitter)
	if !ok {
		return e
	}
	switch s.EmitterKind() {
	case "usingself":
		return c.UsingSelf(name(reflect.ValueOf(e).Elem().FieldByName("State").String()))
	case "bygroups":
		var all []c.Emitter
		for _, e := range reflect.ValueOf(e).Elem().FieldByName("Emitters").Interface().(c.Emitters) {
			if e != nil {
				e = renamedEmitter(e, name)
			}
			all = append(all, e)
		}
		return c.ByGroups(all...)
	}
	return e
}

// cut changes a language's rules so that none reaches beyond a sign, a
// pattern: rouge hands a text that is within another over in pieces, and no
// token goes over the end of one.
func cut(rules c.Rules, sign string) c.Rules {
	out := c.Rules{}
	for name, state := range rules {
		for _, r := range state {
			if r.Pattern != "" {
				r.Pattern = cutPattern(r.Pattern, sign)
			}
			out[name] = append(out[name], r)
		}
	}
	return out
}

// cutPattern is cut for one pattern: whatever is not a given character stops at
// the sign, and a line ends there.
func cutPattern(pattern, sign string) string {
	var b strings.Builder
	var dotAll []bool // for each open group: whether . is any character
	all := func() bool { return len(dotAll) > 0 && dotAll[len(dotAll)-1] }
	for i := 0; i < len(pattern); i++ {
		switch p := pattern[i:]; p[0] {
		case '\\':
			if p[1] == 'z' {
				b.WriteString(`(?:\z|(?=` + sign + `))`)
			} else {
				b.WriteString(p[:2])
			}
			i++
		case '(':
			dotAll = append(dotAll, all() || strings.HasPrefix(p, "(?s:"))
			b.WriteByte('(')
		case ')':
			dotAll = dotAll[:max(len(dotAll)-1, 0)]
			b.WriteByte(')')
		case '.':
			if all() {
				b.WriteString(`(?:(?!` + sign + `)(?s:.))`)
			} else {
				b.WriteString(`(?:(?!` + sign + `).)`)
			}
		case '$':
			b.WriteString(`(?:$|(?=` + sign + `))`)
		case '[':
			n := classLength(p)
			b.WriteString(`(?:(?!` + sign + `)` + p[:n] + `)`)
			i += n - 1
		default:
			b.WriteByte(p[0])
		}
	}
	return b.String()
}

// classLength is the length of the character class that a pattern begins with.
func classLength(pattern string) int {
	for i := 1; i < len(pattern); i++ {
		switch {
		case pattern[i] == '\\':
			i++
		case pattern[i] == ']' && i > 1 && pattern[:i] != "[^":
			return i + 1
		}
	}
	return len(pattern)
}

// apart changes rules so that a piece of text which stands alone at a place, a
// pattern, is read as if it were the whole text; elsewhere they are cut at a
// sign.
func apart(rules c.Rules, sign, at, piece string) c.Rules {
	out := c.Rules{}
	for name, state := range rules {
		for _, r := range state {
			if r.Pattern == "" { // includes and defaults
				out[name] = append(out[name], r)
				continue
			}
			re := regexp2.MustCompile(`(?m)\A(?:` + r.Pattern + `)`)
			if m, _ := re.FindStringMatch(piece); m != nil && len(m.Groups()) == 1 {
				alone := c.Rule{Pattern: at, Type: r.Type, Mutator: r.Mutator}
				if m.String() == "" {
					alone.Pattern = `(?=` + at + `)`
				}
				out[name] = append(out[name], alone)
			}
			r.Pattern = `(?!` + at + `)(?:` + cutPattern(r.Pattern, sign) + `)`
			out[name] = append(out[name], r)
		}
	}
	return out
}
