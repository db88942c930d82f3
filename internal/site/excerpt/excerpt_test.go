package excerpt

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"galley/internal/growthtest"
)

// many is a hundred texts after each other.
func many(format string) string {
	var b strings.Builder
	for i := range 100 {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestCut(t *testing.T) {
	blocks := func(name string) bool { return name == "for" || name == "if" }
	for _, c := range []struct{ text, separator, want string }{
		{"a\n\nb", "\n\n", "a"},
		{"a", "\n\n", "a"},
		{"a\n\n", "\n\n", "a"},
		{"a [x] [y]\n\nb\n\n[x]: u\n  [y]: v \"t\"\n[z]: w", "\n\n", "a [x] [y]\n\n[x]: u\n[y]: v \"t\""},
		{"{% for a in b %}{%- if a -%}x\n\ny{% endif %}{% endfor %}", "\n\n", "{% for a in b %}{%- if a -%}x\n{% endif %}\n{% endfor %}"},
		{"{% if a %}x{% endif %} {% if b %}\n\ny", "\n\n", "{% if a %}x{% endif %} {% if b %}"},
		{"a<!--more-->b", "<!--more-->", "a"},
		{"a", "", "a"},
		{"{% if a %}{% endif\n\nb", "\n\n", "{% if a %}{% endif\n{% endif %}"},
		{many("[a%d] ") + "\n\n" + many("[b%d]: c\n") + "[a99]: d", "\n\n", many("[a%d] ") + "\n\n[a99]: d"},
	} {
		if got, _ := Cut(c.text, c.separator, blocks); got != c.want {
			t.Errorf("Cut(%q): %q, not %q", c.text, got, c.want)
		}
	}
}

// A post of one paragraph, or of many definitions and tags, is cut as fast as it is long.
func TestCutProportional(t *testing.T) {
	for name, made := range map[string]func(n int) string{
		"definitions": func(n int) string {
			var b strings.Builder
			b.WriteString(strings.Repeat("[word] ", n) + "\n\n")
			for i := range n {
				fmt.Fprintf(&b, "[%d]: a\n", i)
			}
			return b.String()
		},
		"brackets": func(n int) string {
			return strings.Repeat("[", n) + "] [a]\n\n" + many("[%d]: b\n") + "[" + strings.Repeat("[", n/2) + "]: c"
		},
		"blocks":       func(n int) string { return strings.Repeat("{% if a %}", n) + "\n\nb" },
		"ends of none": func(n int) string { return strings.Repeat("{% endif ", n) + "{% for a %}\n\nb" },
		"open ends":    func(n int) string { return "{% if a %}" + strings.Repeat("{% endif ", n) + "\n\nb" },
	} {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 40_000, func(n int) func() {
				text := made(n)
				return func() { Cut(text, "\n\n", func(string) bool { return true }) }
			})
		})
	}
}

// Jekyll finds definitions so.
var definition = regexp.MustCompile(`(?m)^ {0,3}(\[[^\]]+\])(:.+)$`)

func FuzzDefinitions(f *testing.F) {
	for _, seed := range []string{"[a]: b", "   [a]: b\n    [c]: d", "[a\n[b]: c", "[]: a", "[a]:\n[b]:c", "x [a]: b\n[c]:d]: e\n", "[a][b]: c", "]\n[a\n\nb]: c ]: \n[d]: e", "  [a]\n [[b]: c\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got, want [][2]string
		for label, rest := range definitions(text) {
			got = append(got, [2]string{label, rest})
		}
		for _, m := range definition.FindAllStringSubmatch(text, -1) {
			want = append(want, [2]string{m[1], m[2]})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	})
}
