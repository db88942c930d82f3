package liquid

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"galley/internal/ordered"
)

// The templates of this package's tests are few: what it makes of templates is
// compared with Ruby's in the package jekyll. These tests are of what Ruby has
// not: places, warnings, bounds.

func standard() *Config { return &Config{Tags: StandardTags(), Filters: StandardFilters()} }

var vars = ordered.Of("a", "x", "l", []any{int64(1), "b", nil}, "h", ordered.Of("k", int64(1), int64(2), 1.5))

func render(cfg *Config, source string, env *Env) (string, error) {
	t, err := cfg.Parse("t.html", 3, source)
	if err != nil {
		return "", err
	}
	if env.Globals == nil {
		env.Globals = Names{vars}
	}
	out, err := t.Render(env)
	return string(out), err
}

func TestRender(t *testing.T) {
	for _, c := range [][2]string{
		{"{{ a }} {{ l }} {{ h }}", `x 1b {"k"=>1, 2=>1.5}`},
		{"{% for x in l %}{{ forloop.index }}{{ x }};{% endfor %}", "11;2b;3;"},
		{"{% if true or false and false %}yes{% endif %}", "yes"},
		{"{% for x in h %}{{ x[0] }}{% unless forloop.last %},{% endunless %}{% endfor %}", "k,2"},
	} {
		if got, err := render(standard(), c[0], &Env{}); got != c[1] || err != nil {
			t.Errorf("%s\n got %q, %v\nwant %q", c[0], got, err, c[1])
		}
	}
}

// Errors name file and line, counted from the first line that was given.
func TestErrors(t *testing.T) {
	for _, c := range []struct {
		text string
		line int
		say  string
	}{
		{"{% nope %}", 3, "Unknown tag 'nope'"},
		{"a\n{% if a %}\n", 4, "'if' tag was never closed"},
		{"a\n\n{% if a %}{% if a %}\n{% endif %}", 5, "'if' tag was never closed"},
		{"a\n\n{{ 1 | divided_by: 0 }}", 5, "divided by 0"},
		{"{% for x in l %}\n{% for y in l %}\n{{ x | upcase: 1 }}{% endfor %}{% endfor %}", 5, "upcase"},
		{"{% capture x %}\n{% if 1 > 'a' %}{% endif %}{% endcapture %}", 4, "comparison of Integer with String"},
		{"{%\n\nnope\n%}", 5, "nope"},
		{"{% liquid\n assign x = 1\n nope\n%}", 5, "nope"},
		{strings.Repeat("{% if a %}", 101) + strings.Repeat("{% endif %}", 101), 3, "Nesting too deep"},
	} {
		_, err := render(standard(), c.text, &Env{})
		var e *Error
		if !errors.As(err, &e) || e.File != "t.html" || e.Line != c.line || !strings.Contains(e.Message, c.say) {
			t.Errorf("%q: %v", c.text, err)
		}
	}
	var unknown *UnknownTag
	if _, err := standard().Parse("f", 1, "{% nope %}"); !errors.As(err, &unknown) || unknown.Name != "nope" {
		t.Error(err)
	}
}

// What is passed over is told at its place, by the mode.
func TestModes(t *testing.T) {
	const text = "a\n{{ a | }}{{ a | shout }}\n{% if a | size > 1 %}y{% endif %}"
	for _, c := range []struct {
		mode  Mode
		lines []int
	}{{Warn, []int{4, 4, 5}}, {Lax, []int{4}}} {
		cfg := standard()
		cfg.Mode = c.mode
		tpl, err := cfg.Parse("f", 3, text)
		if err != nil {
			t.Fatal(err)
		}
		var lines []int
		for _, w := range tpl.Warnings {
			lines = append(lines, w.Line)
		}
		if len(lines) != len(c.lines) || lines[0] != c.lines[0] {
			t.Errorf("%d: %v", c.mode, tpl.Warnings)
		}
	}
	cfg := standard()
	cfg.Mode = Strict
	if _, err := cfg.Parse("f", 3, text); err == nil || !strings.Contains(err.Error(), "f:4: Expected") {
		t.Error(err)
	}
	strict := standard()
	strict.StrictFilters, strict.StrictVariables = true, true
	for text, say := range map[string]string{
		"{{ a | shout }}": "undefined filter shout", "{{ nope }}": "undefined variable nope",
		"{{ h.nope }}": "undefined variable nope", "{{ l[9].x }}": "undefined variable x", "{{ a[0] }}": "undefined variable 0", "{% if nope %}{% endif %}": "undefined variable nope",
	} {
		if _, err := render(strict, text, &Env{}); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// A rendering ends, and says why.
func TestLimits(t *testing.T) {
	for _, c := range []struct{ text, say string }{
		{"{% for i in (1..999999999) %}{% for j in (1..999999999) %}{% endfor %}{% endfor %}", "steps"},
		{"{% assign s = 'ab' %}{% for i in (1..99) %}{% assign s = s | append: s %}{% endfor %}", "text"},
		{"{% assign s = 'ab' %}{% for i in (1..99) %}{% assign s = s | replace: 'a', s %}{% endfor %}", "text"},
		{"{% for i in (1..9999) %}{{ a | append: '" + strings.Repeat("x", 9000) + "' }}{% endfor %}", "text"},
		{"{% assign l = 'a' | split: '' %}{% for i in (1..99) %}{% assign l = l | concat: l %}{% endfor %}", "steps"},
		{"{{ (1..99999999999) | join }}", "steps"},
		{"{% assign l = (1..150000) | join: '' | split: '' %}{% for i in (1..9) %}{{ l | sort_natural | uniq | size }}{% endfor %}", "steps"},
	} {
		_, err := render(standard(), c.text, &Env{Limits: Limits{Steps: 1_000_000, Bytes: 100 << 20, Text: 1 << 20}})
		if !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", c.text, err)
		}
	}
	stop := errors.New("time is up")
	_, err := render(standard(), "{% for i in (1..99999) %}x{% endfor %}", &Env{Stop: func() error { return stop }})
	if !errors.Is(err, stop) {
		t.Error(err)
	}
	// What honest sites do.
	got, err := render(standard(), "{% for i in (1..300) %}{% for j in (1..300) %}{% assign n = n | plus: 1 %}{% endfor %}{% endfor %}{{ n }}", &Env{})
	if got != "90000" || err != nil {
		t.Error(got, err)
	}
}

// Lists that hold each other are larger than they look.
func TestBombs(t *testing.T) {
	var bomb any = "x"
	for range 60 {
		bomb = []any{bomb, bomb}
	}
	env := func() *Env { return &Env{Globals: Names{ordered.Of("b", bomb, "c", []any{bomb})}} }
	for _, text := range []string{"{{ b }}", "{{ b | join: ',' }}", "{{ b | upcase }}", "{{ b | uniq }}", "{% if b == c %}{% endif %}", "{{ b | sort_natural }}", "{% cycle b %}"} {
		if out, err := render(standard(), text, env()); err == nil && len(out) > 64<<20 {
			t.Errorf("%s: %d bytes", text, len(out))
		}
	}
}

// One template is rendered by many goroutines at a time.
func TestConcurrent(t *testing.T) {
	tpl, err := standard().Parse("t", 1, "{% assign x = a | append: 'y' %}{% for i in l %}{% cycle 'a', 'b' %}{% increment n %}{{ x }}{% endfor %}")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if out, err := tpl.Render(&Env{Globals: Names{vars}}); err != nil || string(out) != "a0xyb1xya2xy" {
					t.Error(string(out), err)
				}
			}
		})
	}
	group.Wait()
}

// Counters go on from a page's text to its layout; variables do not.
func TestEnv(t *testing.T) {
	env := &Env{}
	first, err1 := render(standard(), "{% increment n %}{% assign v = 1 %}", env)
	second, err2 := render(standard(), "{% increment n %}[{{ v }}]", env)
	if first != "0" || second != "1[]" || err1 != nil || err2 != nil {
		t.Error(first, second, err1, err2)
	}
}
