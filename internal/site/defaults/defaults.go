// Package defaults has the front matter that a site's settings give to many
// files, under `defaults`, with Jekyll's precedence: the longest path wins,
// among equal ones a type, among those the last; maps of several are merged.
package defaults

import (
	"fmt"
	"strings"

	"galley/internal/ordered"
	"galley/internal/site/glob"
)

// Set is one entry of the list.
type Set struct {
	// Path is what a file's path begins with, or a pattern (see [glob.Path])
	// for that; empty for all files.
	Path string
	// Type is "pages", "posts" or another collection; for all types Typed is
	// false.
	Type   string
	Typed  bool
	Values *ordered.Map
}

// Sets is all of them, in the settings' order.
type Sets struct {
	list []Set
	// dir is the folder that collections are in.
	dir string
	// Stop, where it returns an error, ends All early, and what that returns is of no use:
	// settings can have any number of patterns. Nil never does.
	Stop func() error
}

// Read reads the value of `defaults`. Entries of another shape are passed over,
// as Jekyll does; bad counts them. collectionsDir is the folder that holds the
// collections, or empty.
func Read(value any, collectionsDir string) (sets Sets, bad int) {
	sets.dir = collectionsDir
	list, _ := value.([]any)
	for _, e := range list {
		m, _ := e.(*ordered.Map)
		values, ok := m.Value("values").(*ordered.Map)
		if !ok {
			bad++
			continue
		}
		s := Set{Values: values}
		if scope, ok := m.Value("scope").(*ordered.Map); ok {
			s.Path, _ = scope.Value("path").(string)
			if s.Typed = scope.Has("type"); s.Typed {
				s.Type = fmt.Sprint(scope.Value("type"))
			}
		}
		switch s.Type {
		case "page", "post", "draft":
			s.Type += "s"
		}
		sets.list = append(sets.list, s)
	}
	return sets, bad
}

// None tells that there are no defaults at all.
func (s Sets) None() bool { return len(s.list) == 0 }

// All is what a file gets: path is its path, for a collection's document
// without the folder that holds the collections; kind is its type, or empty for
// a file that is copied. The map must not be changed.
func (s Sets) All(path, kind string) *ordered.Map {
	var merged *ordered.Map
	var old *Set
	for i := range s.list {
		set := &s.list[i]
		if s.Stop != nil && s.Stop() != nil {
			break
		}
		switch {
		case !s.applies(set, path, kind):
		case old == nil || set.precedes(*old):
			merged, old = Merge(merged, set.Values), set
		default:
			merged = Merge(set.Values, merged)
		}
	}
	return merged
}

// applies says whether a set is for a file.
func (s Sets) applies(set *Set, path, kind string) bool {
	if set.Typed && set.Type != kind {
		return false
	}
	if set.Path == "" {
		return true
	}
	scope := set.Path
	if s.dir != "" && kind != "pages" {
		scope = strings.TrimPrefix(scope, s.dir+"/")
	}
	if !strings.Contains(scope, "*") {
		return strings.HasPrefix(path, clean(scope))
	}
	for i := range len(path) + 1 {
		if i == len(path) || path[i] == '/' {
			if glob.Path(strings.Trim(scope, "/"), path[:i]) {
				return true
			}
		}
	}
	return false
}

// precedes says whether a set goes before another one that came earlier.
func (s Set) precedes(old Set) bool {
	if a, b := len(clean(s.Path)), len(clean(old.Path)); a != b {
		return a > b
	}
	return s.Typed || !old.Typed
}

// clean takes the slashes off a path that begins with one.
func clean(path string) string {
	if strings.HasPrefix(path, "/") {
		return strings.Trim(path, "/")
	}
	return path
}

// Merge lays one map over another, and maps within them likewise. What over has
// as nothing at all (null) leaves what is under it. Neither is changed.
func Merge(under, over *ordered.Map) *ordered.Map {
	switch {
	case under.Len() == 0:
		return over
	case over.Len() == 0:
		return under
	}
	out := under.Clone()
	for key, value := range over.All() {
		if old, has := out.Get(key); has {
			if value == nil {
				continue
			}
			a, isMap := old.(*ordered.Map)
			if b, too := value.(*ordered.Map); isMap && too {
				value = Merge(a, b)
			}
		}
		out.Set(key, value)
	}
	return out
}
