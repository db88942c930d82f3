package headings

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// testdata/ruby.json has texts, the title that the plugin finds in each, and
// the text without it.
func TestRuby(t *testing.T) {
	src, err := os.ReadFile("testdata/ruby.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases [][3]*string
	if err := json.Unmarshal(src, &cases); err != nil || len(cases) < 30 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		title, rest, ok := Title(*c[0])
		if ok != (c[1] != nil) || ok && title != *c[1] || rest != *c[2] {
			want := "none"
			if c[1] != nil {
				want = *c[1]
			}
			t.Errorf("%q: got %q, %q, %v; want %q, %q", *c[0], title, rest, ok, want, *c[2])
		}
	}
}

func TestWithoutNotes(t *testing.T) {
	for in, want := range map[string]string{"A[^1] b[^x]": "A b", "A [^1": "A [^1", "[1]": "[1]"} {
		if got := WithoutNotes(in); got != want {
			t.Errorf("%q: got %q", in, got)
		}
	}
}

func TestRead(t *testing.T) {
	if s := Read(nil); !s.Enabled || s.Strip || s.Collections {
		t.Errorf("got %+v", s)
	}
	if s := Read(map[string]any{"enabled": false, "strip_title": true, "collections": true}); s.Enabled || !s.Strip || !s.Collections {
		t.Errorf("got %+v", s)
	}
}

func FuzzTitle(f *testing.F) {
	for _, s := range []string{"# A\nb", "A\n===\nb", "\n\n---\n", "####"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		title, rest, ok := Title(text)
		if !strings.Contains(text, title) || !strings.HasSuffix(strings.TrimRight(text, " \t\n\v\f\r\x00"), rest) || !ok && title != "" {
			t.Errorf("%q: got %q, %q, %v", text, title, rest, ok)
		}
	})
}
