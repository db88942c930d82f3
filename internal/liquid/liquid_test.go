package liquid

import (
	"testing"

	"galley/internal/ordered"
)

func render(t *testing.T, cfg *Config, source string, vars *ordered.Map) string {
	t.Helper()
	tpl, err := cfg.Parse("t.html", 1, source)
	if err != nil {
		return "error: " + err.Error()
	}
	out, err := tpl.Render(&Env{Globals: Names{vars}})
	if err != nil {
		return "error: " + err.Error()
	}
	return string(out)
}

func TestRender(t *testing.T) {
	cfg := &Config{Tags: StandardTags(), Filters: StandardFilters()}
	vars := ordered.Of("a", "x", "l", []any{int64(1), "b", nil}, "h", ordered.Of("k", int64(1), int64(2), 1.5))
	for _, c := range [][2]string{
		{"{{ a }} {{ l }} {{ h }}", `x 1b {"k"=>1, 2=>1.5}`},
		{"{% for x in l %}{{ forloop.index }}{{ x }};{% endfor %}", "11;2b;3;"},
		{"{% if true or false and false %}yes{% endif %}", "yes"},
		{"{% for x in h %}{{ x[0] }}{% unless forloop.last %},{% endunless %}{% endfor %}", "k,2"},
		{"{% nope %}", "error: t.html:1: Unknown tag 'nope'"},
		{"a\n{% if a %}", "error: t.html:2: 'if' tag was never closed"},
	} {
		if got := render(t, cfg, c[0], vars); got != c[1] {
			t.Errorf("%s\n got %q\nwant %q", c[0], got, c[1])
		}
	}
}
