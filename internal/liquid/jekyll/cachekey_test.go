package jekyll

import (
	"strings"
	"testing"

	"galley/internal/liquid"
)

// An include is kept for each of its parameters' values by a few bytes, however long
// these are, and as often as it is rendered anew.
func TestCachedKeys(t *testing.T) {
	deep := `{% assign x = "" | split: "" %}{% for i in (1..200) %}{% assign y = x %}{% assign x = "" | split: "" | push: y %}{% endfor %}`
	for source, kept := range map[string]int{
		`{% capture x %}` + strings.Repeat("word ", 10_000) + `{% endcapture %}{% for i in (1..40) %}{% include_cached plain.html a=x n=i %}{% endfor %}`:                                         40,
		`{% for i in (1..2) %}{% include_cached plain.html %}{% include_cached plain.html a="" %}{% include_cached plain.html a=nil %}{% endfor %}`:                                               3,
		`{% include_cached plain.html a="1" %}{% include_cached plain.html a=1 %}{% include_cached plain.html a=1.0 %}`:                                                                           3,
		`{% include_cached plain.html a="1" b="2" %}{% include_cached plain.html a="12" b="" %}{% include_cached plain.html b="2" a="1" %}`:                                                       2,
		`{% include_cached plain.html a=l %}{% assign x = l | join: "," | split: "," %}{% include_cached plain.html a=x %}{% include_cached plain.html a=h %}{% include_cached plain.html a=h %}`: 2,
		`{% for i in (1..3) %}{% include_cached plain.html a=forloop %}{% endfor %}`:                                                                                                              0,
		deep + `{% include_cached plain.html a=x %}`: 0,
	} {
		config := testConfig(liquid.Warn)
		tpl, err := config.Parse("t.html", 1, source)
		if err != nil {
			t.Fatal(err)
		}
		host := &testHost{files: siteFiles, config: config, read: map[string]*liquid.Template{}, kept: map[string]string{}}
		if _, err := tpl.Render(&liquid.Env{Globals: liquid.Names{Map: testValues()}, Host: host, Now: testNow}); err != nil {
			t.Fatal(err)
		}
		size := 0
		for key := range host.kept {
			size += len(key)
		}
		if len(host.kept) != kept || size > 64*kept {
			t.Errorf("%.200s: %d are kept, with keys of %d bytes", source, len(host.kept), size)
		}
	}
}
