package emoji

import (
	"strings"
	"testing"

	"galley/internal/site/emoji/names"
)

func picture(name, file string) string {
	return `<img class="emoji" title=":` + name + `:" alt=":` + name + `:" src="` + DefaultRoot + "emoji/" + file + `" height="20" width="20">`
}

func TestShow(t *testing.T) {
	thumb := picture("+1", "unicode/1f44d.png")
	for _, c := range []struct{ in, want string }{
		{":+1:", thumb},
		{"<p>a :+1: b</p>", "<p>a " + thumb + " b</p>"},
		{":+1::+1:", thumb + thumb},
		{":no_such:+1:", ":no_such" + thumb},
		{"12:30:45", "12:30:45"},
		{"::+1:", ":" + thumb},
		{"<code>:+1:</code> <pre>:+1:</pre> <tt>:+1:</tt>", "<code>:+1:</code> <pre>:+1:</pre> <tt>:+1:</tt>"},
		{"<a title=':+1:'>b</a>", "<a title=':+1:'>b</a>"},
		{"&lt; :+1:", "< " + thumb},
		{"&lt; :", "&lt; :"},
		{"<title>:+1:</title><body>:+1:</body>:+1:", "<title>:+1:</title><body>" + thumb + "</body>:+1:"},
		{":woman_technologist:", picture("woman_technologist", "unicode/1f469-1f4bb.png")},
		{":heart:", picture("heart", "unicode/2764.png")},
		{":de:", picture("de", "unicode/1f1e9-1f1ea.png")},
		{":copyright:", picture("copyright", "unicode/00a9.png")},
	} {
		if got := Show(c.in, DefaultRoot, names.File); got != c.want {
			t.Errorf("%q: got\n%s\nwant\n%s", c.in, got, c.want)
		}
	}
	if got := Show(":+1:", Root(map[string]any{"src": "/icons"}), names.File); !strings.Contains(got, `src="/icons/emoji/unicode/1f44d.png"`) {
		t.Errorf("got %s", got)
	}
	if got := Root(nil) + Root(map[string]any{}); got != DefaultRoot+DefaultRoot {
		t.Errorf("got %s", got)
	}
}

func TestTable(t *testing.T) {
	table := Table{}
	table.Add("a :tada: b :+1: :no_such_name: 12:30", names.File)
	if got := table.String(); got != "+1 unicode/1f44d.png\ntada unicode/1f389.png\n" {
		t.Errorf("got %q", got)
	}
	if got, want := Show(":tada::+1::heart:", "", Read(table.String())), Show(":tada::+1:", "", names.File)+":heart:"; got != want {
		t.Errorf("got %s", got)
	}
}

func FuzzShow(f *testing.F) {
	for _, s := range []string{":+1:", "<p>:a:b:+1:", "<code>:+1:", "&lt;:+1:&gt;", ":"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, page string) {
		got := Show(page, DefaultRoot, names.File)
		if !strings.Contains(got, `<img class="emoji"`) && got != page {
			t.Errorf("%q became %q", page, got)
		}
	})
}
