package mentions

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// testdata/jekyll.json has pairs of a text and what jekyll-mentions 1.6 makes
// of it.
func TestJekyll(t *testing.T) {
	src, err := os.ReadFile("testdata/jekyll.json")
	if err != nil {
		t.Fatal(err)
	}
	var pairs [][2]string
	if err := json.Unmarshal(src, &pairs); err != nil || len(pairs) < 50 {
		t.Fatal(len(pairs), err)
	}
	quotes := strings.NewReplacer("'", `"`) // Nokogiri writes attributes anew
	for _, p := range pairs {
		got, want := Link(p[0], DefaultBase), p[1]
		if got != want && quotes.Replace(strings.ToLower(got)) != quotes.Replace(strings.ToLower(want)) &&
			!strings.Contains(p[0], "<li>") { // which it closes
			t.Errorf("%q: got\n%s\nwant\n%s", p[0], got, want)
		}
	}
}

func TestLinkBody(t *testing.T) {
	got := Link("<html><head><title>@a</title></head><body>\n<p>@b</p></body>@c</html>", "https://e.org/u")
	want := "<html><head><title>@a</title></head><body>\n<p><a href=\"https://e.org/u/b\" class=\"user-mention\">@b</a></p></body>@c</html>"
	if got != want {
		t.Errorf("got %s", got)
	}
	if got := Link("@a", "https://e.org/~"); got != `<a href="https://e.org/~a" class="user-mention">@a</a>` {
		t.Errorf("got %s", got)
	}
}

func TestBase(t *testing.T) {
	for _, c := range []struct {
		setting any
		base    string
		off     bool
		fails   bool
	}{
		{nil, DefaultBase, false, false},
		{false, DefaultBase, true, false},
		{"https://x.org", "https://x.org", false, false},
		{map[string]any{"base_url": "https://x.org"}, "https://x.org", false, false},
		{map[string]any{}, DefaultBase, false, false},
		{true, DefaultBase, false, true},
		{[]any{}, DefaultBase, false, true},
	} {
		base, off, err := Base(c.setting)
		if base != c.base || off != c.off || (err != nil) != c.fails {
			t.Errorf("%v: got %q, %v, %v", c.setting, base, off, err)
		}
	}
}

// Whatever a page says, nothing but links is added to it.
func FuzzLink(f *testing.F) {
	for _, s := range []string{"@a", "<p>@a.b @c</p>", "<code>@a", "@a@b", "@mention @a-", "<body>@a</body>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, page string) {
		if strings.Contains(page, "user-mention") {
			return
		}
		got := Link(page, DefaultBase)
		var plain strings.Builder
		for {
			before, rest, found := strings.Cut(got, `<a href="`+DefaultBase+"/")
			plain.WriteString(before)
			if !found {
				break
			}
			name, rest, _ := strings.Cut(rest, `" class="user-mention">@`)
			rest, ok := strings.CutPrefix(rest, name+"</a>")
			if !ok {
				t.Fatalf("a link is broken: %s", got)
			}
			plain.WriteString("@" + name)
			got = rest
		}
		if plain.String() != page {
			t.Errorf("%q became %q without its links", page, plain.String())
		}
	})
}
