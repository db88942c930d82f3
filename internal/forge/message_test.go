package forge

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"galley/internal/growthtest"
)

func TestMessage(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Week Ending August 16, 2026", "Week Ending August 16, 2026"},
		{"reference", "Report #123516 and kubernetes/kubernetes#1", "Report #123516 and kubernetes/kubernetes#1"},
		{"line breaks", "A title\r\n\r\nSigned-off-by: Mallory <m@example.org>\u2028x", "A title Signed-off-by: Mallory <m@example.org> x"},
		{"closes", "Closes #1, fixes: o/r#2 and RESOLVED GH-3", "Closes (#1), fixes: (o/r#2) and RESOLVED (GH-3)"},
		{"closes an address", "fix https://github.com/o/r/issues/4", "fix (https://github.com/o/r/issues/4)"},
		{"closes with a wide space", "Closes\u00a0#1", "Closes (#1)"},
		{"closes with a hidden character", "Clo\u200bses #1", "Closes (#1)"},
		{"no closing word", "Prefixes #1", "Prefixes #1"},
		{"skip ci", "[skip ci] Fix [ci skip] it [no ci] [skip actions] [skip-ci] ***NO_CI***", "(skip ci) Fix (ci skip) it (no ci) (skip actions) (skip-ci) NO_CI"},
		{"a link stays", "[no](x) and [skipping] and [x]", "[no](x) and [skipping] and [x]"},
		{"command", "/approve", "`/approve`"},
		{"a path within", "Update docs/approve and a /b", "Update docs/approve and a /b"},
		{"mentions", "@everyone thanks (@org/team), me@example.org @a@b", "@ everyone thanks (@ org/team), me@example.org @ a@b"},
		{"trailer", "Co-authored-by: A <a@example.org>", "Co authored by: A <a@example.org>"},
		{"fixup", "fixup! Add x", "fixup: Add x"},
		{"bidirectional", "a\u202eb\u2066c", "abc"},
		{"escape sequence", "a\x1b[31mb\x00", "a[31mb"},
		{"emoji and joiner", "👩‍💻 ok", "👩‍💻 ok"},
		{"spaces", "  a \t b  ", "a b"},
		{"invalid text", "a\xffb", "ab"},
	} {
		m, err := NewMessage(c.in, "")
		if err != nil || m.Title != c.want {
			t.Errorf("%s: title %q -> %q, %v; want %q", c.name, c.in, m.Title, err, c.want)
		}
	}

	m, err := NewMessage("T", "First.\r\n\r\n/approve\n  /hold cancel\nCloses #1\n@team\n\nSigned-off-by: M <m@x>\r\nSkip-Checks: true\nNote: this stays\n")
	want := "First.\n\n`/approve`\n  `/hold` cancel\nCloses (#1)\n@ team\n\nSigned off by: M <m@x>\nSkip Checks: true\nNote: this stays"
	if err != nil || m.Body != want {
		t.Errorf("body %q, %v; want %q", m.Body, err, want)
	}
	if got := m.Commit(); got != "T\n\n"+want+"\n" {
		t.Errorf("Commit() = %q", got)
	}
	for _, title := range []string{"", " \n", "\u200b", "\x00"} {
		if _, err := NewMessage(title, ""); !errors.Is(err, ErrInvalid) {
			t.Errorf("NewMessage(%q) = %v, want ErrInvalid", title, err)
		}
	}
	long, _ := NewMessage(strings.Repeat("ü", 400), "")
	if len(long.Title) > maxTitle+len("…") || !utf8.ValidString(long.Title) {
		t.Errorf("a long title has %d bytes", len(long.Title))
	}
}

// A message takes as long as it is, however often one thing makes the next.
func TestMessageProportional(t *testing.T) {
	for _, piece := range []string{"fix #1", "@a", "***", "[skip ci]", "fix:a/b#1", "/a\n", "a-b:\n", "fix https://a.example/1"} {
		t.Run(piece, func(t *testing.T) {
			growthtest.Linear(t, 112_000/len(piece), func(n int) func() {
				text := strings.Repeat(piece, n) + "NO_CI" + strings.Repeat(piece, n)
				return func() {
					if _, err := NewMessage("a", text); err != nil {
						t.Fatal(err)
					}
				}
			})
		})
	}
}

func FuzzMessage(f *testing.F) {
	f.Add("Closes #1 [skip ci]", "/approve\n@everyone\nSigned-off-by: x")
	f.Add("@a@b@c", "Closes Closes #1")
	f.Add("fix #1fix #2", "fix: #1\xe2fix: #1\u2028/\x80\xa8/x")
	f.Add("[skip [skip ci]]", "fix: #1\u2028/x")
	f.Fuzz(func(t *testing.T, title, body string) {
		m, err := NewMessage(title, body)
		if err != nil {
			return
		}
		for _, s := range []string{m.Title, m.Body} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\r\x00\x1b\u2028") {
				t.Errorf("%q is not clean", s)
			}
			if closing.MatchString(s) || skipCI.MatchString(s) || command.MatchString(s) || mention.MatchString(s) || trailer.MatchString(s) {
				t.Errorf("%q is not harmless", s)
			}
		}
		if strings.Contains(m.Title, "\n") || fixup.MatchString(m.Title) {
			t.Errorf("title %q", m.Title)
		}
		again, err := NewMessage(m.Title, m.Body)
		if err != nil || !reflect.DeepEqual(again, m) {
			t.Errorf("not the same the second time: %q, %q", m, again)
		}
	})
}
