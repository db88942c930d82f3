package defaults

import (
	"errors"
	"fmt"
	"testing"

	"galley/internal/ordered"
)

func set(path, kind string, pairs ...any) *ordered.Map {
	scope := ordered.Of("path", path)
	if kind != "" {
		scope.Set("type", kind)
	}
	return ordered.Of("scope", scope, "values", ordered.Of(pairs...))
}

func TestAll(t *testing.T) {
	sets, bad := Read([]any{
		set("", "", "layout", "default", "m", ordered.Of("a", 1, "b", 1)),
		set("", "posts", "layout", "post", "m", ordered.Of("b", 2)),
		set("docs", "", "layout", "doc"),
		set("", "pages", "layout", "page"),
		set("x/*/y", "", "glob", true),
		"what",
	}, "")
	if bad != 1 {
		t.Error(bad)
	}
	for _, c := range []struct{ path, kind, want string }{
		{"_posts/a.md", "posts", "map[layout:post m:map[a:1 b:2]]"},
		{"a.md", "pages", "map[layout:page m:map[a:1 b:1]]"},
		{"docs/a.md", "pages", "map[layout:doc m:map[a:1 b:1]]"},
		{"x/1/y/z.png", "", "map[glob:true layout:default m:map[a:1 b:1]]"},
		{"x/1/2/y/z.png", "", "map[layout:default m:map[a:1 b:1]]"},
	} {
		if got := fmt.Sprint(sets.All(c.path, c.kind).Plain()); got != c.want {
			t.Errorf("%s: %s, not %s", c.path, got, c.want)
		}
	}
}

func TestNothingLeavesWhatIsUnder(t *testing.T) {
	if got := fmt.Sprint(Merge(ordered.Of("a", 1), ordered.Of("a", nil, "b", nil)).Plain()); got != "map[a:1 b:<nil>]" {
		t.Error(got)
	}
}

// Settings can have any number of patterns: finding what a file gets ends when it is told to.
func TestStop(t *testing.T) {
	asked := 0
	var list []any
	for range 1000 {
		list = append(list, set("**/*a*b*c", "", "layout", "x"))
	}
	sets, _ := Read(list, "")
	sets.Stop = func() error {
		if asked++; asked > 10 {
			return errors.New("over")
		}
		return nil
	}
	if sets.All("a/b.md", "pages"); asked != 11 {
		t.Errorf("asked %d times", asked)
	}
}
