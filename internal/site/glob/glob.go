// Package glob matches the names of files with patterns, as Ruby does. There
// are two ways: settings like `exclude` go by File.fnmatch, for which a slash
// is a letter as any other ([Match]), and the paths of defaults by Dir.glob,
// for which it is not ([Path]).
package glob

import "strings"

const (
	// maxTurns bounds the work for one pattern, with all that its braces stand for, and
	// one name.
	maxTurns = 1 << 16
	// maxPattern is how long a pattern with braces may be, in bytes: what is longer than
	// any path matches none.
	maxPattern = 4096
	// maxAlternatives is how many patterns the braces of one may stand for.
	maxAlternatives = 64
)

// Match tells whether a name matches a pattern of which "*" stands for any
// letters, "?" for one and "[a-z]" for one of some; a backslash takes a sign's
// meaning away.
func Match(pattern, name string) bool {
	m := matcher{turns: maxTurns}
	return m.match(pattern, name, true)
}

// Path tells whether a path matches a pattern. "*" and "?" stop at slashes,
// "**/" stands for any folders, "{a,b}" for either. Names that begin with a dot
// are matched by patterns that say the dot.
func Path(pattern, name string) bool {
	if len(pattern) > maxPattern {
		return false
	}
	m := matcher{slashes: true, turns: maxTurns}
	for _, p := range alternatives(pattern, maxAlternatives) {
		m.tried = nothing
		if m.match(p, name, true) {
			return true
		}
	}
	return false
}

type matcher struct {
	slashes bool
	turns   int
	tried   wild
}

// wild is what was tried at all places where it can stand, in vain. One of its kind that
// stands before it need not try further places: there it would find fewer. So matching
// takes no more than the pattern's length for each of the name's.
type wild int

const (
	nothing wild = iota
	star         // "*"
	folders      // "**/", and so all stars before it
)

// match matches what is left of a name; start says that it begins a path's part.
func (m *matcher) match(pattern, name string, start bool) bool {
	for {
		if m.turns--; m.turns < 0 {
			return false
		}
		if m.slashes && start && strings.HasPrefix(pattern, "**/") {
			for at := name; ; {
				m.tried = nothing
				if m.match(pattern[3:], at, true) {
					return true
				}
				i := strings.IndexByte(at, '/')
				if m.tried == folders || i < 0 || at[0] == '.' {
					m.tried = folders
					return false
				}
				at = at[i+1:]
			}
		}
		if pattern == "" {
			return name == ""
		}
		if m.slashes && start && strings.HasPrefix(name, ".") && pattern[0] != '.' && pattern[0] != '\\' {
			return false
		}
		start = false
		switch pattern[0] {
		case '*':
			rest := strings.TrimLeft(pattern, "*")
			for i := 0; ; i++ {
				if m.match(rest, name[i:], false) {
					return true
				}
				if m.tried != nothing {
					return false
				}
				if i == len(name) || m.slashes && name[i] == '/' {
					m.tried = star
					return false
				}
			}
		case '?':
			if name == "" || m.slashes && name[0] == '/' {
				return false
			}
			name = name[size(name):]
			pattern = pattern[1:]
			continue
		case '[':
			end, ok := m.class(pattern, name)
			if end > 0 {
				if !ok {
					return false
				}
				name, pattern = name[size(name):], pattern[end:]
				continue
			}
		case '\\':
			if len(pattern) > 1 {
				pattern = pattern[1:]
			}
		}
		if name == "" || name[0] != pattern[0] {
			return false
		}
		start = m.slashes && pattern[0] == '/'
		name, pattern = name[1:], pattern[1:]
	}
}

// class matches a set of letters in brackets; end is 0 where there is none.
func (m *matcher) class(pattern, name string) (end int, ok bool) {
	i := 1
	not := i < len(pattern) && (pattern[i] == '^' || pattern[i] == '!')
	if not {
		i++
	}
	var named rune
	for _, named = range name {
		break
	}
	for first := true; i < len(pattern); first = false {
		if pattern[i] == ']' && !first {
			if name == "" || m.slashes && named == '/' {
				return i + 1, false
			}
			return i + 1, ok != not
		}
		from, n := letter(pattern[i:])
		i += n
		to := from
		if i+1 < len(pattern) && pattern[i] == '-' && pattern[i+1] != ']' {
			to, n = letter(pattern[i+1:])
			i += 1 + n
		}
		if name != "" && from <= named && named <= to {
			ok = true
		}
	}
	return 0, false
}

// letter is the first letter of a pattern, and its length.
func letter(s string) (rune, int) {
	skip := 0
	if s[0] == '\\' && len(s) > 1 {
		skip = 1
	}
	for _, r := range s[skip:] {
		return r, skip + size(s[skip:])
	}
	return 0, len(s)
}

// size is the length of a text's first letter, in bytes.
func size(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

// alternatives spells out the braces in a pattern, up to a number of patterns.
func alternatives(pattern string, most int) []string {
	depth, open := 0, -1
	var commas []int
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			i++
		case '{':
			if depth++; depth == 1 {
				open, commas = i, nil
			}
		case ',':
			if depth == 1 {
				commas = append(commas, i)
			}
		case '}':
			if depth--; depth == 0 {
				var out []string
				from := open + 1
				for _, c := range append(commas, i) {
					for _, rest := range alternatives(pattern[:open]+pattern[from:c]+pattern[i+1:], most-len(out)) {
						if len(out) < most {
							out = append(out, rest)
						}
					}
					from = c + 1
				}
				return out
			}
			depth = max(depth, 0)
		}
	}
	return []string{pattern}
}
