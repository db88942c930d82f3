package local

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestMergeLines(t *testing.T) {
	for _, c := range []struct{ name, base, ours, theirs, want string }{
		{"nothing", "a\nb\n", "a\nb\n", "a\nb\n", "a\nb\n"},
		{"ours", "a\nb\nc\n", "a\nB\nc\n", "a\nb\nc\n", "a\nB\nc\n"},
		{"theirs", "a\nb\nc\n", "a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n"},
		{"both the same", "a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n", "a\nB\nc\n"},
		{"far apart", "a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n"},
		{"insertions", "a\nb\n", "x\na\nb\n", "a\nb\ny\n", "x\na\nb\ny\n"},
		{"deletion and change", "a\nb\nc\nd\n", "b\nc\nd\n", "a\nb\nc\nD\n", "b\nc\nD\n"},
		{"same line", "a\nb\nc\n", "a\n1\nc\n", "a\n2\nc\n", "!"},
		{"neighbours", "a\nb\nc\nd\n", "a\nB\nc\nd\n", "a\nb\nC\nd\n", "!"},
		{"deleted and changed", "a\nb\nc\n", "a\nc\n", "a\nB\nc\n", "!"},
		{"both insert here", "a\nb\n", "a\nx\nb\n", "a\ny\nb\n", "!"},
		{"CRLF stays", "a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\nC\r\n", "A\r\nb\r\nC\r\n"},
		{"no line break at the end", "a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"},
		{"from nothing", "", "a\n", "", "a\n"},
		{"to nothing", "a\n", "", "a\n", ""},
		{"binary", "a\x00\nb\nc\n", "A\x00\nb\nc\n", "a\x00\nb\nC\n", "!"},
	} {
		got, err := mergeLines(t.Context(), []byte(c.base), []byte(c.ours), []byte(c.theirs))
		if c.want == "!" {
			if !errors.Is(err, errCollision) {
				t.Errorf("%s: %q, %v; want a collision", c.name, got, err)
			}
		} else if err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

// TestMergeLinesBound: two long texts that have little in common end soon.
func TestMergeLinesBound(t *testing.T) {
	var texts [3]strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&texts[i%3], "%d %d\n", i%3, i*7919%60_013)
	}
	begin := time.Now()
	_, err := mergeLines(t.Context(), []byte(texts[0].String()), []byte(texts[1].String()), []byte(texts[2].String()))
	if !errors.Is(err, errCollision) {
		t.Errorf("merge of unlike texts: %v", err)
	}
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := mergeLines(ctx, []byte("a\n"), []byte("b\n"), []byte("c\n")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// FuzzMergeLines makes texts of few different lines. Where lines occur several
// times, another pairing of them is as good, so that what plain Git makes of
// them is no measure; that nothing is lost, and nothing depends on the order of
// the sides, is.
func FuzzMergeLines(f *testing.F) {
	f.Add("abcde", "aXcde", "abcdY")
	f.Add("abcabc", "abab", "bcabcX")
	f.Add("", "a", "b")
	f.Fuzz(func(t *testing.T, base, ours, theirs string) {
		texts := [3]string{}
		for i, s := range []string{base, ours, theirs} {
			for _, r := range s[:min(len(s), 30)] {
				texts[i] += string('a'+r%8) + "\n"
			}
		}
		o, a, b := texts[0], texts[1], texts[2]
		got, err := mergeLines(t.Context(), []byte(o), []byte(a), []byte(b))
		if a == o && string(got) != b || b == o && string(got) != a || a == b && string(got) != a {
			t.Fatalf("merge(%q, %q, %q) = %q, %v: only one change was made", o, a, b, got, err)
		}
		mirrored, err2 := mergeLines(t.Context(), []byte(o), []byte(b), []byte(a))
		if (err == nil) != (err2 == nil) || string(got) != string(mirrored) {
			t.Fatalf("merge(%q, %q, %q) = %q, %v; mirrored %q, %v", o, a, b, got, err, mirrored, err2)
		}
		if err != nil {
			return
		}
		for _, side := range []string{a, b} {
			for line := range strings.Lines(side) {
				if !strings.Contains(o, line) && !strings.Contains(string(got), line) {
					t.Fatalf("merge(%q, %q, %q) = %q lost %q", o, a, b, got, line)
				}
			}
		}
		for line := range strings.Lines(string(got)) {
			if !strings.Contains(a, line) && !strings.Contains(b, line) {
				t.Fatalf("merge(%q, %q, %q) = %q brought back %q", o, a, b, got, line)
			}
		}
	})
}
