package liquid

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"galley/internal/growthtest"
)

// long are tags that can be as long as one likes.
var long = map[string]func(n int) string{
	"names":      func(n int) string { return "{{ a" + strings.Repeat(".b", n) + " }}" },
	"keys":       func(n int) string { return "{{ a" + strings.Repeat("[b]", n) + " }}" },
	"filters":    func(n int) string { return "{{ a" + strings.Repeat(" | upcase", n) + " }}" },
	"arguments":  func(n int) string { return "{{ a | upcase: 1" + strings.Repeat(", 1", n) + " }}" },
	"conditions": func(n int) string { return "{% if a" + strings.Repeat(" and a", n) + " %}{% endif %}" },
	"values":     func(n int) string { return "{% case a %}{% when 1" + strings.Repeat(", 1", n) + " %}{% endcase %}" },
	"or":         func(n int) string { return "{% case a %}{% when 1" + strings.Repeat(" or 1", n) + " %}{% endcase %}" },
	"cycles":     func(n int) string { return "{% cycle a" + strings.Repeat(", b", n) + " %}" },
	"branches":   func(n int) string { return "{% if a %}" + strings.Repeat("{% elsif a %}", n) + "{% endif %}" },
}

// A tag takes about as much longer as it is, in each mode.
func TestLongTags(t *testing.T) {
	for name, made := range long {
		for _, mode := range []Mode{Warn, Lax, Strict} {
			cfg := standard()
			cfg.Mode = mode
			t.Run(fmt.Sprint(name, " ", mode), func(t *testing.T) {
				growthtest.Linear(t, 6400, func(n int) func() {
					text := made(n)
					return func() {
						if _, err := cfg.Parse("t.html", 1, text); err != nil {
							t.Fatal(err)
						}
					}
				})
			})
		}
	}
}

// So does what opens braces and closes none.
func TestOpenBraces(t *testing.T) {
	for _, braces := range []string{"{{", "{%", "{{ {%"} {
		t.Run(braces, func(t *testing.T) {
			growthtest.Linear(t, 160_000, func(n int) func() {
				text := "{% raw %}" + strings.Repeat(braces, n)
				return func() {
					if _, err := standard().Parse("t.html", 1, text); err == nil {
						t.Fatal("raw is not closed, and nothing says so")
					}
				}
			})
		})
	}
}

// What is longer than any tag is told, and parsing ends when it is told to.
func TestParsingEnds(t *testing.T) {
	for _, name := range []string{"names", "conditions", "values"} {
		if _, err := standard().Parse("t.html", 1, "\n"+long[name](100_000)); err == nil || !strings.Contains(err.Error(), "64 KB between its braces") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := standard().Parse("t.html", 1, "{% liquid"+strings.Repeat("\nassign a = b", 20_000)+" %}{% raw %}"+strings.Repeat("a", 200_000)+"{% endraw %}"); err != nil {
		t.Errorf("much that is no tag: %v", err)
	}
	over := errors.New("over")
	for _, text := range []string{strings.Repeat("{{ a }}", 1000), strings.Repeat("{% assign a = b %}", 1000), "{% liquid" + strings.Repeat("\nassign a = b", 1000) + " %}", "{% raw %}" + strings.Repeat("{{", 1000)} {
		asked := 0
		cfg := standard()
		cfg.Stop = func() error {
			if asked++; asked > 10 {
				return over
			}
			return nil
		}
		if _, err := cfg.Parse("t.html", 1, text); !errors.Is(err, over) || asked != 11 {
			t.Errorf("asked %d times, it ends with %v", asked, err)
		}
	}
}

// What filters read of texts that a template makes is bounded, each and all together, and
// its work is counted.
func TestMadeExpressions(t *testing.T) {
	for name, read := range map[string]func(c *Context, markup string) error{
		"a condition": func(c *Context, markup string) error { _, err := c.Condition(markup); return err },
		"a value": func(c *Context, markup string) error {
			_, err := c.Evaluate(strings.ReplaceAll(markup, "and", "|"))
			return err
		},
	} {
		tpl, err := standard().Parse("t.html", 1, "")
		if err != nil {
			t.Fatal(err)
		}
		c := &Context{config: tpl.config, env: &Env{}, template: tpl, limits: Limits{Steps: defaultSteps, Text: defaultText}}
		long := strings.Repeat("upcase and ", maxTag/11)
		for i := range 20 {
			if err := read(c, long[:len(long)-2*11]+fmt.Sprint("upcase and up", i)); err != nil && !strings.Contains(err.Error(), "no filter") {
				t.Fatal(name, err)
			}
		}
		if kept := len(c.conditions) + len(c.outputs); kept > maxKept/len(long)+1 || c.env.steps < 20*len(long)/8 {
			t.Errorf("%s: %d are kept after %d steps", name, kept, c.env.steps)
		}
		if err := read(c, long+long+"upcase"); err == nil || !strings.Contains(err.Error(), "64 KB") {
			t.Errorf("%s that is too long: %v", name, err)
		}
	}
}
