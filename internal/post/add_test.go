package post

import (
	"errors"
	"strings"
	"testing"
)

func TestAddText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"none", "title: A\n", "title: A\nredirect_from: /old/\n"},
		{"empty", "redirect_from:\ntitle: A\n", "redirect_from: /old/\ntitle: A\n"},
		{"text", "redirect_from: /a/ # was\ntitle: A\n", "redirect_from: [/a/, /old/] # was\ntitle: A\n"},
		{"quoted", "redirect_from: \"/a/\"\n", "redirect_from: [\"/a/\", /old/]\n"},
		{"there", "redirect_from: /old/\n", "redirect_from: /old/\n"},
		{"flow", "redirect_from: [ /a/, '/b/' ] # two\n", "redirect_from: [ /a/, '/b/', /old/ ] # two\n"},
		{"flow, empty", "redirect_from: []\n", "redirect_from: [/old/]\n"},
		{"flow, comma", "redirect_from: [/a/,]\n", "redirect_from: [/a/, /old/]\n"},
		{"flow, lines", "redirect_from: [\n  /a/,\n  /b/\n]\ntitle: A\n", "redirect_from: [\n  /a/,\n  /b/, /old/\n]\ntitle: A\n"},
		{"block", "redirect_from:\n  - /a/ # first\n  - \"/b/\"\ntitle: A\n", "redirect_from:\n  - /a/ # first\n  - \"/b/\"\n  - /old/\ntitle: A\n"},
		{"block, an empty key below", "redirect_from:\n- /a/\nog:image:\n", "redirect_from:\n- /a/\n- /old/\nog:image:\n"},
		{"empty text", "redirect_from: ''\n", "redirect_from: '/old/'\n"},
		{"block, not indented", "redirect_from:\n- /a/\ntitle: A\n", "redirect_from:\n- /a/\n- /old/\ntitle: A\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, eol := range []func(string) string{func(s string) string { return s }, crlf} {
				in, want := eol("---\n"+c.in+"---\nBody\n"), eol("---\n"+c.want+"---\nBody\n")
				got, err := AddText([]byte(in), "redirect_from", "/old/")
				if err != nil || string(got) != want {
					t.Errorf("%q became %q, %v, want %q", in, got, err, want)
				}
			}
		})
	}
	for _, in := range []string{"redirect_from: {a: b}\n", "redirect_from: |\n  text\n", "redirect_from: &x [a]\n"} {
		if got, err := AddText([]byte("---\n"+in+"---\n"), "redirect_from", "/old/"); !errors.Is(err, ErrKeyTooComplex) {
			t.Errorf("%q became %q, %v", in, got, err)
		}
	}
}

func FuzzAddText(f *testing.F) {
	f.Add("---\nredirect_from:\n  - /a/\n---\n", "/old/")
	f.Add("---\nredirect_from: [/a/]\n---\n", "a, b")
	f.Fuzz(func(t *testing.T, src, text string) {
		got, err := AddText([]byte(src), "redirect_from", text)
		if err == nil && Parse([]byte(src)).HasFrontMatter && string(Parse(got).BodyText()) != string(Parse([]byte(src)).BodyText()) {
			t.Errorf("%q: the body changed: %q", src, got)
		}
	})
}

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
