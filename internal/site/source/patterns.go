package source

import (
	"slices"
	"strings"

	"galley/internal/site/glob"
)

// What a list's patterns with signs such as "*" may be: each name is held against each of
// them. Of plain names, which are looked up, there may be any number.
const (
	// MaxWild is how many there may be.
	MaxWild = 100
	// MaxWildBytes is how long they may be together.
	MaxWildBytes = 2048
)

// Patterns are the names and patterns of a setting such as `exclude`, made ready so that
// holding a name against them takes no longer for more plain names.
type Patterns struct {
	// names are the patterns as they are written, but those that are passed over.
	names []string
	// begins are what a name may begin with, sorted; none begins with another.
	begins []string
	// wild are those with signs that stand for others.
	wild []string
}

// Compile makes patterns ready. over tells how many with signs such as "*" are passed over,
// since there are more of them than MaxWild, or longer ones than MaxWildBytes.
func Compile(names []string) (p Patterns, over int) {
	var begins []string
	bytes := 0
	for _, name := range names {
		pattern := "/" + strings.TrimLeft(name, "/")
		if pattern == "/" {
			continue
		}
		if strings.ContainsAny(pattern, `*?[\`) {
			if len(p.wild) == MaxWild || bytes+len(pattern) > MaxWildBytes {
				over++
				continue
			}
			bytes += len(pattern)
			p.wild = append(p.wild, pattern)
		}
		p.names = append(p.names, name)
		begins = append(begins, pattern)
	}
	slices.Sort(begins)
	for _, b := range begins {
		if n := len(p.begins); n == 0 || !strings.HasPrefix(b, p.begins[n-1]) {
			p.begins = append(p.begins, b)
		}
	}
	return p, over
}

// Match holds a name against the patterns as Jekyll does.
func (p Patterns) Match(name string, isDir bool) bool {
	name = "/" + name
	whole := name
	if isDir {
		whole += "/"
	}
	// What the name begins with is the last that is sorted before it, since all between
	// them would begin with that too.
	i, is := slices.BinarySearch(p.begins, whole)
	if is || i > 0 && strings.HasPrefix(whole, p.begins[i-1]) {
		return true
	}
	return slices.ContainsFunc(p.wild, func(pattern string) bool { return glob.Match(pattern, name) })
}
