package preview

import (
	"strings"
	"testing"
	"time"

	all "galley/internal/lexers"
	"galley/templates"
)

// Code of tags and of other posts is coloured as well: its languages are
// wanted, and what the site has rendered of them is rendered again.
func TestLanguagesBesideThePost(t *testing.T) {
	s := New(Options{BuiltIn: templates.FS(), Clock: func() time.Time { return time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC) }})
	s.Site(Bundle{Files: map[string]string{
		"_config.yml":            "title: T\nurl: https://e.org\n",
		"_layouts/post.html":     "<p>{{ content }}</p>{% for post in site.posts %}{{ post.content }}{% endfor %}",
		"_posts/2026-08-10-b.md": "---\nlayout: post\n---\n```python\nimport this\n```\n",
	}})
	const text = "---\nlayout: post\ndate: 2026-08-16\n---\n{% highlight go %}\nfunc f() {}\n{% endhighlight %}\n"
	a := s.Open("_posts/2026-08-16-a.md", text)
	if got := strings.Join(a.Languages, " "); !strings.Contains(got, "go") || !strings.Contains(got, "python") {
		t.Fatalf("wanted are %q", got)
	}
	for _, name := range a.Languages {
		definition, err := all.Definition(name)
		if err != nil {
			t.Fatal(name, err)
		}
		if err := s.AddLexer(name, string(definition)); err != nil {
			t.Fatal(err)
		}
	}
	again, err := s.Edit(1, nil)
	if err != nil || again.Patch == nil || again.Patch.Kind != "page" {
		t.Fatalf("the lexers change nothing: %+v, %v", again.Patch, err)
	}
	if html := again.Patch.HTML; !strings.Contains(html, `<span class="k">func</span>`) && !strings.Contains(html, `<span class="kd">func</span>`) || !strings.Contains(html, `<span class="kn">import</span>`) {
		t.Errorf("the page is not coloured: %s", html)
	}
	if len(again.Languages) != 0 {
		t.Errorf("still wanted are %q", again.Languages)
	}
	if last, err := s.Edit(2, nil); err != nil || last.Patch != nil {
		t.Errorf("nothing changed, and the patch is %+v, %v", last.Patch, err)
	}
}
