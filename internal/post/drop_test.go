package post

import (
	"errors"
	"testing"
)

func TestDropKey(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"its line":             {"---\ntitle: A\npermalink: /a/ # old\ndate: 2026-08-16\n---\nB\n", "---\ntitle: A\ndate: 2026-08-16\n---\nB\n"},
		"above an empty key":   {"---\npermalink: /a/\nog:image:\ntitle: A\n---\nB\n", "---\nog:image:\ntitle: A\n---\nB\n"},
		"its list":             {"---\npermalink:\n  - /a/\n  - /b/\ntitle: A\n---\nB\n", "---\ntitle: A\n---\nB\n"},
		"line ends stay":       {"---\r\ntitle: A\r\npermalink: /a/\r\n---\r\nB\r\n", "---\r\ntitle: A\r\n---\r\nB\r\n"},
		"the last":             {"---\npermalink: /a/\n---\nB\n", "---\n---\nB\n"},
		"not there":            {"---\ntitle: A\n---\npermalink: /a/\n", "---\ntitle: A\n---\npermalink: /a/\n"},
		"without front matter": {"permalink: /a/\n", "permalink: /a/\n"},
		"another's":            {"---\nit:\n  permalink: /a/\n---\n", "---\nit:\n  permalink: /a/\n---\n"},
	} {
		got, err := DropKey([]byte(c.src), "permalink")
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, src := range []string{
		"---\npermalink: &a /a/\nother: *a\n---\nB\n", // another refers to it
		"---\npermalink: /a/\n? k\ntitle: A\n---\nB\n",
		"---\npermalink: /a/\nx #y:\ntitle: A\n---\nB\n",
		"---\n{title: A, permalink: /a/}\n---\nB\n",
		"---\ntitle: [A\npermalink: /a/\n---\nB\n",
	} {
		if got, err := DropKey([]byte(src), "permalink"); !errors.Is(err, ErrKeyTooComplex) {
			t.Errorf("%q: %q, %v", src, got, err)
		}
	}
}
