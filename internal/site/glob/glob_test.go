package glob

import "testing"

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

func FuzzMatch(f *testing.F) {
	f.Add("a*b[c-d]{e,f}", "axbc")
	f.Add("**/[!x]?", "a/yz")
	f.Fuzz(func(_ *testing.T, pattern, name string) {
		Match(pattern, name)
		Path(pattern, name)
	})
}
