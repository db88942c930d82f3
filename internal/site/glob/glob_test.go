package glob

import (
	"strings"
	"testing"
)

// The wanted answers are Ruby's File.fnmatch and Dir.glob's.
func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"*.md", "a.md", true}, {"*.md", "x/a.md", true}, {"a/*", "a/b/c", true}, {"a?c", "a/c", true},
		{"[a-c]x", "bx", true}, {"[!a-c]x", "bx", false}, {"[^a-c]x", "dx", true}, {`\*`, "*", true}, {`\*`, "a", false},
		{"", "", true}, {"*", "", true}, {"a", "b", false}, {"{a,b}", "a", false}, {"é?", "éü", true}, {"[", "[", true},
		{"a**b", "a.b", true}, {"x*.b", "x..b", true},
	} {
		if got := Match(c.pattern, c.name); got != c.want {
			t.Errorf("Match(%q, %q) is %v", c.pattern, c.name, got)
		}
	}
}

func TestPath(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"section/*/special", "section/a/special", true}, {"section/*/special", "section/a/b/special", false},
		{"**/x.md", "x.md", true}, {"**/x.md", "a/b/x.md", true}, {"a/**/x", "a/x", true}, {"*", ".x", false}, {".*", ".x", true},
		{"{a,b}/*.md", "b/c.md", true}, {"_posts/*", "_posts/a.md", true}, {"a/*.md", "a/.md", false}, {"a*b", "a.b", true},
		{"*.md", "a.b.md", true}, {"a?b", "a.b", true},
	} {
		if got := Path(c.pattern, c.name); got != c.want {
			t.Errorf("Path(%q, %q) is %v", c.pattern, c.name, got)
		}
	}
}

// What a pattern takes is in proportion to its length and the name's, be it of many stars or
// of many braces: one that took all turns would match nothing.
func TestWork(t *testing.T) {
	name := strings.Repeat("a", 100)
	for _, c := range []struct {
		pattern, name string
		match, path   bool
	}{
		{strings.Repeat("*a", 30) + "*b", name, false, false},
		{strings.Repeat("*a", 30) + "*b", name + "b", true, true},
		{strings.Repeat("**/*a", 10) + "/*b", strings.Repeat("a/", 60) + "b", true, true},
		{strings.Repeat("**/*/", 20) + "*b*c", strings.Repeat("a/", 60) + "bd", false, false},
		{"{" + strings.Repeat("a,", 62) + "a," + strings.Repeat("*a", 30) + "*b}", name + "b", false, true},
		{strings.Repeat("{a}", 100_000), name, false, false},
	} {
		for _, slashes := range []bool{false, true} {
			m := matcher{slashes: slashes, turns: maxTurns}
			if m.match(c.pattern, c.name, true); m.turns < maxTurns/2 {
				t.Errorf("%.20q took %d turns", c.pattern, maxTurns-m.turns)
			}
		}
		if got := Match(c.pattern, c.name); got != c.match {
			t.Errorf("Match(%.20q) is %v", c.pattern, got)
		}
		if got := Path(c.pattern, c.name); got != c.path {
			t.Errorf("Path(%.20q) is %v", c.pattern, got)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("a*b[c-d]{e,f}", "axbc")
	f.Add("**/[!x]?", "a/yz")
	f.Fuzz(func(_ *testing.T, pattern, name string) {
		Match(pattern, name)
		Path(pattern, name)
	})
}
