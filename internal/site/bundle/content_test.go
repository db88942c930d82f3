package bundle

import "testing"

// Templates that may look at the text of other pages are told from those that look at
// their titles and excerpts alone, which a site's bundle is far smaller for.
func TestNamesOthersContent(t *testing.T) {
	for _, text := range []string{
		`{% for p in site.posts %}{{ p.content }}{% endfor %}`,
		`{{ site.posts[0].content | size }}`,
		`{% for p in site.posts %}{{ p['content'] | size }}{% endfor %}`,
		`{{ site.posts | map: "content" | join | number_of_words }}`,
		`{% assign found = site.posts | where: 'content', x %}`,
		`{% assign key = "content" %}`,
		`{{ site.posts | where_exp: "p", "p.content contains 'x'" | size }}`,
		`{% for page in site.posts %}{{ page.content }}{% endfor %}`,
		`{% assign page = site.posts.first %}{{ page.content }}`,
		`{{ site.posts | jsonify }}`,
		`{{ site.posts.first | inspect }}`,
		`{{ site.recipes | sort: "title" | jsonify }}`,
		`{% for p in site.posts %}{{ p | jsonify }}{% endfor %}`,
		`{% for p in site.tags[x] %}{{ p }}{% endfor %}`,
		`{% assign all = site.posts | concat: site.pages %}{{ all | join: " " | size }}`,
		`{% assign all = site.posts | sort: "title" %}{% for p in all limit: 3 %}{{- p | strip_html -}}{% endfor %}`,
		`{% assign groups = site.posts | group_by: "x" %}{% for g in groups %}{{ g.items | jsonify }}{% endfor %}`,
		`{{ site.tags | jsonify }}`,
		`{{ page.next }}`,
		`{{ include.post | jsonify }}{{ given | jsonify }}`,
		`{% assign text = site.posts | jsonify %}`,
		`{% echo site.posts %}`,
	} {
		if !namesOthersContent(text, []string{"posts", "recipes"}) {
			t.Errorf("%s looks at texts", text)
		}
	}
	for _, text := range []string{
		`{{ content }}{{ content | strip_html | jsonify }}{% if content contains "x" %}{% endif %}`,
		`{{ page.content | number_of_words }}{{ page | jsonify }}{{ include.content }}`,
		`<meta name="x" content="y"><p class="content">{% include card.html class="content" %}`,
		`{% for p in site.posts limit: 5 %}<a href="{{ p.url }}">{{ p.title | jsonify }}</a>{{ p.excerpt | strip_html }}{% endfor %}`,
		`{% for tag in site.tags %}{{ tag | first | slugify }} {{ tag[0] }} {{ tag[1] | size }}{% for p in tag[1] %}{{ p.title }}{% endfor %}{% endfor %}`,
		`{{ site.posts | map: "title" | jsonify }}{{ site.posts | size }}{{ site.posts.size }}{{ site.posts.first.url }}`,
		`{% assign titles = site.posts | map: "title" %}{{ titles | join: ", " }}{{ titles | jsonify }}`,
		`{% capture name %}{{ page.title }}{% endcapture %}{{ name | jsonify }}{% assign title = page.title | default: "x" %}{{ title | jsonify }}`,
		`{% if page.next %}{{ page.next.title }}{% endif %}{% for t in page.tags %}{{ t | jsonify }}{% endfor %}`,
		`{% if x == "content" %}{% endif %}{% for d in site.data.x %}{{ d }}{{ d[1] }}{{ d["a"] | jsonify }}{% endfor %}`,
	} {
		if namesOthersContent(text, []string{"posts", "recipes"}) {
			t.Errorf("%s looks at no texts", text)
		}
	}
}
