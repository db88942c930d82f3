package jekyll

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/rubytime"
)

// siteFiles are a site that templates include, link and name posts of.
var siteFiles = map[string]string{
	"_includes/a.html":             "[{{ include.x }}|{{ include.y }}]{% assign made = include.x %}",
	"_includes/b.html":             "({% include a.html x=include.y y='in' %}{{ include.x }})",
	"_includes/plain.html":         "{% include deep/c.html %}{{ forloop.index }}{% assign q = 'set' %}",
	"_includes/deep/c.html":        "c{{ include.x }}{% if include.stop %}{% break %}{% endif %}-",
	"_includes/t.html":             "T{{ include.x | upcase }}{% cycle 'a', 'b' %}{% increment c %}",
	"_includes/list.html":          "{% for i in include.of limit: 3 %}{{ i }},{% endfor %}",
	"sub/near.md":                  "near {{ include.x }}\n",
	"sub/a.md":                     "---\n---\nx\n",
	"about.md":                     "---\npermalink: /über uns/\n---\nx\n",
	"plain.txt":                    "plain\n",
	"_posts/2026-01-02-one.md":     "---\n---\n1\n",
	"_posts/2026-01-03-Two-2.html": "---\n---\n2\n",
	"_posts/in/2026-02-03-in.md":   "---\n---\n3\n",
	"cat/_posts/2026-03-04-cat.md": "---\n---\n4\n",
}

// testHost is the site for the Go side.
type testHost struct {
	files  map[string]string
	config *liquid.Config
	read   map[string]*liquid.Template
	kept   map[string]string
}

func (h *testHost) URL() string     { return "https://e.org" }
func (h *testHost) BaseURL() string { return "/b" }

func (h *testHost) Include(name string) (*liquid.Template, error) {
	return h.get("_includes/" + strings.TrimPrefix(name, "/"))
}

func (h *testHost) IncludeRelative(name string) (*liquid.Template, error) {
	return h.get("sub/" + strings.TrimPrefix(name, "/"))
}

func (h *testHost) get(name string) (*liquid.Template, error) {
	if t := h.read[name]; t != nil {
		return t, nil
	}
	source, ok := h.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	t, err := h.config.Parse(name, 1, source)
	if err == nil {
		h.read[name] = t
	}
	return t, err
}

func (h *testHost) Cached(key string, make func() (string, error)) (string, error) {
	if s, ok := h.kept[key]; ok {
		return s, nil
	}
	s, err := make()
	h.kept[key] = s
	return s, err
}

func (h *testHost) Markdown(s string) (string, error)     { return "<p>" + s + "</p>\n", nil }
func (h *testHost) Smartify(s string) (string, error)     { return s, nil }
func (h *testHost) Sass(s string, _ bool) (string, error) { return s, nil }

func (h *testHost) Highlight(_, code string, _ bool) string {
	return strings.Trim(liquid.EscapeHTML(code), " \t\n\v\f\r\x00")
}

func (h *testHost) Link(path string) (string, bool) {
	url, ok := map[string]string{
		"about.md": "/über uns/", "sub/a.md": "/sub/a.html", "plain.txt": "/plain.txt", "/plain.txt": "/plain.txt",
		"_posts/2026-01-02-one.md": "/2026/01/02/one.html",
	}[path]
	return url, ok
}

func (h *testHost) Posts() []Post {
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC) }
	return []Post{
		{"_posts/2026-01-02-one.md", "one", day(1, 2), "/2026/01/02/one.html"},
		{"_posts/2026-01-03-Two-2.html", "Two-2", day(1, 3), "/2026/01/03/Two-2.html"},
		{"_posts/in/2026-02-03-in.md", "in", day(2, 3), "/2026/02/03/in.html"},
		{"cat/_posts/2026-03-04-cat.md", "cat", day(3, 4), "/cat/2026/03/04/cat.html"},
	}
}

func testConfig(mode liquid.Mode) *liquid.Config {
	return &liquid.Config{Tags: Tags(), Filters: Filters(), Mode: mode}
}

// testNow is the clock of tests.
var testNow = time.Date(2026, 8, 16, 9, 5, 7, 0, time.UTC)

// renderTest renders a template with the test site.
func renderTest(config *liquid.Config, source string, env *liquid.Env) (string, error) {
	t, err := config.Parse("t.html", 1, source)
	if err != nil {
		return "", err
	}
	env.Host = &testHost{files: siteFiles, config: config, read: map[string]*liquid.Template{}, kept: map[string]string{}}
	if env.Now.IsZero() {
		env.Now = testNow
	}
	out, err := t.Render(env)
	return string(out), err
}

// testValues are variables of all kinds.
func testValues() *ordered.Map {
	local := func(year int, month time.Month, day, hour, minute, second int) time.Time {
		return rubytime.Local(time.Date(year, month, day, hour, minute, second, 0, time.UTC), time.UTC)
	}
	item := func(name any, n any, tags ...any) *ordered.Map {
		return ordered.Of("name", name, "n", n, "tags", tags, "in", ordered.Of("deep", n))
	}
	return ordered.Of(
		"a", "text", "b", "Two words", "e", "", "s", "  sp aced\n", "html", "<b class=\"x\">A & 'b'</b>\n<!-- c -->",
		"uni", "Ünï ß 漢字 İ", "num", "42", "dec", "3.70", "neg", "-7", "odd", "12abc", "comma", "x,y,,z,",
		"i", int64(7), "z", int64(0), "m", int64(-3), "f", 2.5, "g", -0.125, "big", 1e20, "whole", 4.0,
		"t", true, "n", nil, "no", false,
		"l", []any{"b", "a", "C", "a"}, "nums", []any{int64(3), int64(1), 2.5, int64(2)}, "mixed", []any{"x", int64(1), nil, true, []any{"in", int64(2)}},
		"none", []any{}, "nest", []any{[]any{int64(1), []any{"q"}}, []any{int64(2)}},
		"h", ordered.Of("k", "v", "two", int64(2), "size", "own", int64(3), "three"), "eh", ordered.New(0),
		"pairs", ordered.Of("b", ordered.Of("w", int64(2)), "a", ordered.Of("w", int64(1)), "c", ordered.Of("w", nil)),
		"items", []any{item("Beta", int64(2), "x", "y"), item("alpha", int64(10), "x"), item(nil, "3"), item("Beta", 1.5, int64(2))},
		"time", local(2026, 1, 2, 3, 4, 5), "utc", time.Date(2025, 12, 31, 23, 59, 59, 0, time.UTC), "day", rubytime.DateOf(2026, 2, 3),
		"highlighter_prefix", "", "highlighter_suffix", "",
		"date", "2026-03-04 15:16:17 +0200", "key", "k", "page", ordered.Of("title", "T", "tags", []any{"p", "q"}),
	)
}

// ruby writes a value as Ruby.
func ruby(v any) string {
	switch v := v.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = ruby(e)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case *ordered.Map:
		var parts []string
		for k, e := range v.All() {
			parts = append(parts, ruby(k)+"=>"+ruby(e))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case time.Time:
		made := "Time.at(" + liquid.Text(v.Unix()) + ")"
		if v.Location() == time.UTC {
			made += ".utc"
		}
		return made
	case rubytime.Date:
		return "Date.new(" + v.Format("2006,1,2") + ")"
	}
	return liquid.Inspect(v)
}

func TestRuby(t *testing.T) {
	if got := ruby([]any{nil, ordered.Of("a", 1.5)}); got != `[nil,{"a"=>1.5}]` {
		t.Error(got)
	}
}
