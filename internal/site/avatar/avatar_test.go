package avatar

import "testing"

// What the tag makes, as jekyll-avatar 0.8 does.
func TestHTML(t *testing.T) {
	for _, c := range []struct{ markup, text, user, want string }{
		{"someone", "someone", "someone", `<img class="avatar avatar-small" alt="someone" width="40" height="40" data-proofer-ignore="true" src="https://avatars3.githubusercontent.com/someone?v=3&s=40" srcset="https://avatars3.githubusercontent.com/someone?v=3&s=40 1x, https://avatars3.githubusercontent.com/someone?v=3&s=80 2x, https://avatars3.githubusercontent.com/someone?v=3&s=120 3x, https://avatars3.githubusercontent.com/someone?v=3&s=160 4x" />`},
		{"@someone size=48", "@someone size=48", "someone", `<img class="avatar" alt="someone" width="48" height="48" data-proofer-ignore="true" src="https://avatars1.githubusercontent.com/someone?v=3&s=48" srcset="https://avatars1.githubusercontent.com/someone?v=3&s=48 1x, https://avatars1.githubusercontent.com/someone?v=3&s=96 2x, https://avatars1.githubusercontent.com/someone?v=3&s=144 3x, https://avatars1.githubusercontent.com/someone?v=3&s=192 4x" />`},
		{"someone size=60 lazy=true", "someone size=60 lazy=true", "someone", `<img class="avatar" alt="someone" width="60" height="60" data-proofer-ignore="true" src="" data-src="https://avatars1.githubusercontent.com/someone?v=3&s=60" data-srcset="https://avatars1.githubusercontent.com/someone?v=3&s=60 1x, https://avatars1.githubusercontent.com/someone?v=3&s=120 2x, https://avatars1.githubusercontent.com/someone?v=3&s=180 3x, https://avatars1.githubusercontent.com/someone?v=3&s=240 4x" />`},
		{"{{ page.who }}", "joe", "joe", `<img class="avatar avatar-small" alt="joe" width="40" height="40" data-proofer-ignore="true" src="https://avatars3.githubusercontent.com/joe?v=3&s=40" srcset="https://avatars3.githubusercontent.com/joe?v=3&s=40 1x, https://avatars3.githubusercontent.com/joe?v=3&s=80 2x, https://avatars3.githubusercontent.com/joe?v=3&s=120 3x, https://avatars3.githubusercontent.com/joe?v=3&s=160 4x" />`},
		{"", "", "", `<img class="avatar avatar-small" alt="" width="40" height="40" data-proofer-ignore="true" src="https://avatars1.githubusercontent.com/?v=3&s=40" srcset="https://avatars1.githubusercontent.com/?v=3&s=40 1x, https://avatars1.githubusercontent.com/?v=3&s=80 2x, https://avatars1.githubusercontent.com/?v=3&s=120 3x, https://avatars1.githubusercontent.com/?v=3&s=160 4x" />`},
		{"a lazy=true size=0", "a lazy=true size=0", "a", `<img class="avatar avatar-small" alt="a" width="0" height="0" data-proofer-ignore="true" src="" data-src="https://avatars1.githubusercontent.com/a?v=3&s=0" data-srcset="https://avatars1.githubusercontent.com/a?v=3&s=0 1x, https://avatars1.githubusercontent.com/a?v=3&s=0 2x, https://avatars1.githubusercontent.com/a?v=3&s=0 3x, https://avatars1.githubusercontent.com/a?v=3&s=0 4x" />`},
	} {
		a := Parse(c.markup, c.text)
		if a.User != c.user || a.Variable != "" {
			t.Errorf("%q: got user %q, variable %q", c.markup, a.User, a.Variable)
		}
		if got := a.HTML(a.User); got != c.want {
			t.Errorf("%q: got\n%s\nwant\n%s", c.markup, got, c.want)
		}
	}
}

func TestParseVariable(t *testing.T) {
	for markup, want := range map[string]string{"user=who": "who", "user=page.who size=100": "page.who", "someone": "", "user": ""} {
		if got := Parse(markup, markup).Variable; got != want {
			t.Errorf("%q: got %q, want %q", markup, got, want)
		}
	}
	if got := Parse("who SIZE=20", "who SIZE=20").Size; got != "20" {
		t.Errorf("got %q", got)
	}
}
