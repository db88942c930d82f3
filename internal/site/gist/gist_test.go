package gist

import "testing"

func TestParse(t *testing.T) {
	for _, c := range []struct {
		markup, id, file string
		fails            bool
	}{
		{" 123 ", "123", "", false},
		{"a/123 foo.js", "a/123", "foo.js", false},
		{"page.gist who", "page.gist", "who", false},
		{"", "", "", true},
		{"a b c", "", "", true},
		{"123  foo.js", "", "", true},
		{"a b/c d", "a b/c d", "", false},
	} {
		id, file, err := Parse(c.markup)
		if id != c.id || file != c.file || (err != nil) != c.fails {
			t.Errorf("%q: got %q, %q, %v", c.markup, id, file, err)
		}
	}
}

// What the tag makes, as jekyll-gist 1.5 does without a network.
func TestHTML(t *testing.T) {
	for _, c := range []struct {
		id, file string
		setting  any
		want     string
	}{
		{"123", "", nil, `true<script src="https://gist.github.com/123.js"> </script>`},
		{"a/123", "foo.js", nil, `true<script src="https://gist.github.com/a/123.js?file=foo.js"> </script>`},
		{"123", "", map[string]any{"noscript": false}, `<script src="https://gist.github.com/123.js"> </script>`},
		{"123", "", map[string]any{"noscript": true}, `true<script src="https://gist.github.com/123.js"> </script>`},
	} {
		if got := HTML(c.id, c.file, Noscript(c.setting)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
