package jekyll

import (
	"testing"
	"time"

	"galley/internal/liquid"
)

// FuzzRender: no template panics, takes more than its share or renders
// otherwise the second time.
func FuzzRender(f *testing.F) {
	for _, s := range []string{
		"{% for i in (1..99999999) %}{% for j in (1..99999999) %}{{ i | times: j }}{% endfor %}{% endfor %}",
		"{% assign s = 'ab' %}{% for i in (1..99) %}{% assign s = s | append: s | replace: 'a', s %}{% endfor %}{{ s }}",
		"{% assign l = l | push: l %}{% assign l = l | push: l | concat: l %}{{ l }}{{ l | jsonify }}{{ l | uniq | sort | join: l }}{% if l == l %}x{% endif %}",
		"{% include b.html x=l y='q' %}{% include_cached plain.html stop=true %}{% include_relative near.md %}",
		"{% capture x %}{% tablerow i in h cols: 2 limit: i %}{{ i | inspect }}{% endtablerow %}{% endcapture %}{{ x | strip_html | slugify: 'latin' }}",
		"{{ items | where_exp: 'it', 'it.n > 1 and it.name' | group_by: 'tags' | map: 'items' | jsonify }}{{ 'x' | date: '%1024Y' }}",
		"{% case a %}{% when 'text', empty or nil %}{% cycle key: 1, 2 %}{% else %}{% liquid assign x = [[[[a]\n echo x %}{% endcase %}",
		"{{ '9' | times: 99999999999999999999 | times: 99999999999999999999 | divided_by: 0.0001 | round: 400 | modulo: 3.7 }}",
		"{%- raw -%}{{ {% endraw %}{{-}}{%-%}{{ a[b[c.d]].e | x: y: 'z' , (1..(2..3)) }}{% if a or %}{% endif %}",
		"{% link {{ a }} %}{% post_url 2026-01-02-one %}{% highlight c++ linenos %}{% for x in l %}{% break %}{% endfor %}{% endhighlight %}",
	} {
		f.Add(s, uint8(0))
	}
	modes := []liquid.Mode{liquid.Warn, liquid.Lax, liquid.Strict}
	var configs []*liquid.Config
	for _, m := range modes {
		configs = append(configs, testConfig(m))
	}
	limits := liquid.Limits{Steps: 200_000, Bytes: 16 << 20, Text: 1 << 20}
	f.Fuzz(func(t *testing.T, source string, mode uint8) {
		if len(source) > 1<<16 {
			return
		}
		config := configs[int(mode)%len(configs)]
		begun := time.Now()
		run := func() (string, error) {
			return renderTest(config, source, &liquid.Env{Globals: liquid.Names{Map: testValues()}, Limits: limits})
		}
		out, err := run()
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("it took %v", took)
		}
		if err != nil {
			return
		}
		if len(out) > limits.Text+limits.Text/2 {
			t.Errorf("%d bytes", len(out))
		}
		if again, err := run(); err != nil || again != out {
			t.Errorf("first %q, then %q, %v", out, again, err)
		}
	})
}
