package excerpt

import "testing"

func TestCut(t *testing.T) {
	blocks := func(name string) bool { return name == "for" || name == "if" }
	for _, c := range []struct{ text, separator, want string }{
		{"a\n\nb", "\n\n", "a"},
		{"a", "\n\n", "a"},
		{"a\n\n", "\n\n", "a"},
		{"a [x] [y]\n\nb\n\n[x]: u\n  [y]: v \"t\"\n[z]: w", "\n\n", "a [x] [y]\n\n[x]: u\n[y]: v \"t\""},
		{"{% for a in b %}{%- if a -%}x\n\ny{% endif %}{% endfor %}", "\n\n", "{% for a in b %}{%- if a -%}x\n{% endif %}\n{% endfor %}"},
		{"{% if a %}x{% endif %} {% if b %}\n\ny", "\n\n", "{% if a %}x{% endif %} {% if b %}"},
		{"a<!--more-->b", "<!--more-->", "a"},
		{"a", "", "a"},
	} {
		if got, _ := Cut(c.text, c.separator, blocks); got != c.want {
			t.Errorf("Cut(%q): %q, not %q", c.text, got, c.want)
		}
	}
}
