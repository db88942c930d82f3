package postindex

import "testing"

func TestTitle(t *testing.T) {
	const pull = "https://code.example/o/r/pull/123"
	post := func(name, body string) File {
		return File{"_posts/" + name + ".md", Settings{}.Read([]byte("---\ntitle: T\n---\n" + body))}
	}
	for _, c := range []struct {
		name, want string
		posts      []File
	}{
		{"none links to it", "", []File{post("2026-07-05-a", "Nothing.\n")}},
		{"the number before", "Faster *gauges*", []File{post("2026-07-05-a", "* [123: Faster *gauges*]("+pull+"/)\n")}},
		{"the number behind", "Faster gauges", []File{post("2026-07-05-a", "* [Faster gauges (#123)]("+pull+")\n")}},
		{"over two lines", "Faster gauges", []File{post("2026-07-05-a", "* [123: Faster\n  gauges]("+pull+")\n")}},
		{"the newest first", "New", []File{post("2026-07-05-a", "[123: Old]("+pull+")\n"), post("2026-07-12-a", "[123: New](http://www.code.example/o/r/pull/123#top)\n")}},
		{"what is no title is passed over", "Old", []File{post("2026-07-05-a", "[#123: Old]("+pull+")\n"), post("2026-07-12-a", "[it]("+pull+") and [#123]("+pull+")\n")}},
		{"words without the number", "a good many gauges", []File{post("2026-07-05-a", "see [a good many gauges]("+pull+"), [here]("+pull+")\n")}},
		{"only here", "", []File{post("2026-07-05-a", "see [here]("+pull+") and "+pull+"\n")}},
		{"another number", "", []File{post("2026-07-05-a", "[1234: Other]("+pull+"4)\n")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := New(c.posts).Title(pull); got != c.want {
				t.Errorf("%q instead of %q", got, c.want)
			}
		})
	}
}

func TestNumbered(t *testing.T) {
	read := func(body string) *Index {
		return New([]File{{"_posts/2026-07-05-a.md", Settings{}.Read([]byte(body))}})
	}
	for _, c := range []struct{ body, want string }{
		{"[a](https://code.example/o/r/pull/123)", "https://code.example/o/r/pull/123"},
		{"[a](https://code.example/o/r/issues/123) [b](https://code.example/o/r/pull/123)", "https://code.example/o/r/pull/123"},
		{"[a](https://code.example/o/r/pull/123) [b](https://code.example/o/other/pull/123)", ""},
		{"[a](https://code.example/o/r/pull/1234) [b](https://code.example/2026/123)", ""},
	} {
		if got := read(c.body + "\n").Numbered(123); got != c.want {
			t.Errorf("%s: %q", c.body, got)
		}
	}
}
