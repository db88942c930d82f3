package plaintext

import (
	"encoding/json"
	"os"
	"testing"
)

// Liquid's testdata/html.json has texts and what Ruby's filters make of them,
// normalize_whitespace in the third place.
func TestOneLine(t *testing.T) {
	src, err := os.ReadFile("../../liquid/testdata/html.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases [][5]string
	if err := json.Unmarshal(src, &cases); err != nil || len(cases) < 20 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		if got := OneLine(c[0]); got != c[2] {
			t.Errorf("%q became %q, want %q", c[0], got, c[2])
		}
	}
}

func TestWords(t *testing.T) {
	for html, want := range map[string]string{
		"<p>a<b>b</b> c</p><p>d</p>": "ab c d", "<h1>A</h1>b": "A b", "x<!-- y -->z": "xz", "<script>1<2</script>t &amp; u": "t & u", "a < b": "a",
	} {
		if got := Words(html); got != want {
			t.Errorf("%q became %q, want %q", html, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text   string
		length int
		want   string
	}{{"one two three", 20, "one two three"}, {"one two three", 9, "one two…"}, {"one, two", 5, "one…"}, {"ääää", 2, "ää…"}} {
		if got := Shorten(c.text, c.length); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.length, got, c.want)
		}
	}
}
