package jekyll

import (
	"fmt"
	"testing"

	"galley/internal/liquid"
	"galley/internal/ordered"
)

// archive lists posts as sites do.
const archive = `<ul>{% assign shown = site.posts | where: "published", true | sort: "date" | reverse %}
{% for post in shown %}
  {% unless post.hidden %}
  <li class="{% cycle 'odd', 'even' %}{% if forloop.first %} first{% endif %}">
    <a href="{{ post.url | relative_url }}">{{ post.title | escape }}</a>
    {% if post.tags contains "go" and post.title != nil %}<b>{{ post.tags | join: ", " | upcase }}</b>{% endif %}
    <time datetime="{{ post.date | date_to_xmlschema }}">{{ post.date | date: "%b %-d, %Y" }}</time>
    {% include a.html x=post.title y="z" %}
  </li>
  {% endunless %}
{% endfor %}</ul>`

func BenchmarkArchive(b *testing.B) {
	config := testConfig(liquid.Warn)
	t, err := config.Parse("archive.html", 1, archive)
	if err != nil {
		b.Fatal(err)
	}
	var posts []any
	for i := range 400 {
		posts = append(posts, ordered.Of("title", fmt.Sprintf("Post <%d>", i), "url", fmt.Sprintf("/2026/01/02/post-%d.html", i), "published", true,
			"tags", []any{"go", "wasm", "liquid"}, "date", testNow.AddDate(0, 0, i), "layout", "post", "id", int64(i), "slug", "p", "excerpt", "x", "path", "_posts/x.md"))
	}
	globals := liquid.Names{Map: ordered.Of("site", ordered.Of("posts", posts, "title", "T"), "page", ordered.Of("title", "P"))}
	host := &testHost{files: siteFiles, config: config, read: map[string]*liquid.Template{}, kept: map[string]string{}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.Render(&liquid.Env{Globals: globals, Host: host, Now: testNow}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	config := testConfig(liquid.Warn)
	b.ReportAllocs()
	b.SetBytes(int64(len(archive)))
	for b.Loop() {
		if _, err := config.Parse("archive.html", 1, archive); err != nil {
			b.Fatal(err)
		}
	}
}
