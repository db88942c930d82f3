package site

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/growthtest"
	"galley/internal/site/render"
	builtin "galley/templates"
)

// Eight times the keys take about eight times as long, wherever a site has
// them: what takes quadratic time takes 64 times as long.
func TestProportional(t *testing.T) {
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "key%d: a\n", i)
		}
		return b.String()
	}
	one := func(n int) string { return strings.Repeat("title: a\n", n) }
	shows := "---\ntitle: a\n---\n{% for x in site.data.x %}{{ x[0] }}{% endfor %}"
	for name, made := range map[string]func(n int) (files []string, post string){
		"front matter, many keys": func(n int) ([]string, string) { return nil, "---\n" + many(n) + "---\nx\n" },
		"front matter, one key":   func(n int) ([]string, string) { return nil, "---\n" + one(n) + "---\nx\n" },
		"settings, many keys":     func(n int) ([]string, string) { return []string{"_config.yml", many(n)}, "x" },
		"settings, one key":       func(n int) ([]string, string) { return []string{"_config.yml", one(n)}, "x" },
		"data, many keys":         func(n int) ([]string, string) { return []string{"_data/x.yml", many(n)}, shows },
		"data, one key":           func(n int) ([]string, string) { return []string{"_data/x.yml", one(n)}, shows },
		"another post, many keys": func(n int) ([]string, string) {
			return []string{"_posts/2026-01-01-a.md", "---\n" + many(n) + "---\n"}, "{{ site.posts }}"
		},
		"another post, one key": func(n int) ([]string, string) {
			return []string{"_posts/2026-01-01-a.md", "---\n" + one(n) + "---\n"}, "{{ site.posts }}"
		},
		"defaults, of many folders": func(n int) ([]string, string) {
			return []string{"_config.yml", "defaults:\n" + strings.Repeat("- {scope: {path: a}, values: {b: c}}\n", n/8)}, "x"
		},
	} {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 20_000, func(n int) func() {
				files, post := made(n)
				return func() {
					s, _ := load(t, files...)
					s.RenderPost("_posts/2026-08-16-u.md", []byte(post))
				}
			})
		})
	}
}

// Some bytes of Liquid make so much text that a page of it would take gigabytes. What is
// well over the largest post is not read as Markdown, in a post and in a filter.
func TestMuchMarkdown(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes as much memory as a browser may have")
	}
	doubled := func(times int, shown string) string {
		return "---\ntitle: a\n---\n{% assign x = '* a [b](c) *d* \n\n' %}" + strings.Repeat("{% assign x = x | append: x %}", times) + shown
	}
	for _, c := range []struct {
		times int // 16 bytes, doubled so often
		shown string
		made  bool
	}{
		{20, "{{ x }}", false}, {20, "{{ x | markdownify | size }}", false}, {20, "{{ x | smartify | size }}", false}, {20, "{{ x | size }}", true}, {14, "{{ x }}", true}, {14, "{{ x | markdownify | size }}", true},
		{14, "{{ x | smartify | size }}", true},
	} {
		s, _ := load(t)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		page := s.RenderPost("_posts/2026-08-16-u.md", []byte(doubled(c.times, c.shown)))
		runtime.ReadMemStats(&after)
		told := ""
		for _, d := range page.Diagnostics {
			told += d.Message
		}
		if made := !strings.Contains(told, "8 MB of Markdown"); made != c.made {
			t.Errorf("%d times, %s: %q", c.times, c.shown, told)
		}
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 400 {
			t.Errorf("%d times, %s: it took %d MB", c.times, c.shown, took)
		}
	}
}

// Some bytes of Liquid make far more text than they show: a list that has one long text many
// times, a replacement that has the text itself, the width of a number. What is made is
// counted while it is made.
func TestMuchText(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes as much memory as a browser may have")
	}
	twice := func(name string, times int) string {
		return strings.Repeat("{% assign "+name+" = "+name+" | append: "+name+" %}", times)
	}
	many := "{% assign x = '0123456789abcdef' %}" + twice("x", 20) + "{% assign l = x | split: '|' %}" + strings.Repeat("{% assign l = l | concat: l %}", 6)
	replaces := func(filter string) string {
		return `{% assign x = 'aaaaaaaaaaaaaaaa' %}{% assign y = "\'" %}` + twice("x", 12) + twice("y", 12) + "{{ x | " + filter + ": 'a', y | size }}"
	}
	for name, src := range map[string]string{
		"jsonify":       many + "{{ l | jsonify | size }}",
		"sentence":      many + "{{ l | array_to_sentence_string | size }}",
		"replace":       replaces("replace"),
		"replace_first": replaces("replace_first"),
		"join of posts": "{% assign l = site.posts %}" + strings.Repeat("{% assign l = l | concat: l %}", 12) + "{{ l | join | size }}" + strings.Repeat("word ", 80_000),
		"date":          "{% assign x = '%1000Y%1000Y%1000Y' %}" + twice("x", 17) + "{{ site.time | date: x | size }}",
	} {
		s, _ := load(t)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		page := s.RenderPost("_posts/2026-08-16-u.md", []byte("---\ntitle: a\n---\n"+src))
		runtime.ReadMemStats(&after)
		want := "too much text"
		if strings.HasPrefix(name, "join") {
			want = "value has more than"
		}
		if len(page.Diagnostics) != 1 || !strings.Contains(page.Diagnostics[0].Message, want) {
			t.Errorf("%s: %+v", name, page.Diagnostics)
		}
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 600 {
			t.Errorf("%s: it took %d MB", name, took)
		}
	}
}

// Reading a site's files ends when it is told to: its settings can hold each against any
// number of patterns.
func TestReadingStops(t *testing.T) {
	files := fstest.MapFS{"_config.yml": {Data: []byte("title: a\nexclude: ['*x*y*z']\ndefaults: [{scope: {path: '**/*b'}, values: {a: b}}]\n")}}
	for i := range 1000 {
		files[fmt.Sprintf("_posts/2026-01-01-a%d.md", i)] = &fstest.MapFile{Data: []byte("a")}
	}
	for _, after := range []int{10, 1500, 3500} {
		var asked atomic.Int64
		over := errors.New("over")
		s, _, err := Load(files, render.Options{Now: now, BuiltIn: builtin.FS(), Stop: func() error {
			if int(asked.Add(1)) > after {
				return over
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		asked.Store(0)
		if err := s.pages.Read(t.Context()); !errors.Is(err, over) {
			t.Errorf("it reads to the end: %v", err)
		}
		if n := int(asked.Load()); n > after+100 {
			t.Errorf("after %d, it is asked %d times", after, n)
		}
	}
}

// What a filter compares or looks through is counted by its length: a list that has one
// long text many times is of few elements.
func TestManyLongTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes as much memory as a browser may have")
	}
	doubled := func(name, filter string, times int) string {
		return strings.Repeat("{% assign "+name+" = "+name+" | "+filter+": "+name+" %}", times)
	}
	many := "---\ntitle: a\n---\n{% assign x = '0123456789abcdef' %}" + doubled("x", "append", 18) + "{% assign y = x | append: 'b' | split: '|' %}" +
		"{% assign l = x | split: '|' | concat: y %}" + doubled("l", "concat", 16)
	for _, filter := range []string{"sort_natural", "sort", "uniq", "map: 'zz'", "compact: 'zz'", "where: 'zz', 1", "group_by_exp: 'i', 'i'", "sort: 'zz'", "sort_natural: 'zz'"} {
		begun := time.Now()
		s, _, err := Load(files(), render.Options{Now: now, BuiltIn: builtin.FS(), Stop: func() error {
			if time.Since(begun) > 500*time.Millisecond {
				return errors.New("over")
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		begun = time.Now()
		s.RenderPost("_posts/2026-08-16-u.md", []byte(many+"{{ l | "+filter+" | size }}"))
		if took := time.Since(begun); took > 3*time.Second {
			t.Errorf("%s took %v when it was to end", filter, took)
		}
	}
}
