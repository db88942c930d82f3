package forge

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

func TestCheckBranch(t *testing.T) {
	for _, name := range []string{"main", "20260816", "galley/ana/2026-08-16-update", "feature/ü", "a.b", "galley/ana/x.2", "patch-1"} {
		if err := CheckBranch(name); err != nil {
			t.Errorf("CheckBranch(%q) = %v, want nil", name, err)
		}
	}
	for _, name := range []string{
		"", "a..b", "refs/heads/main", "REFS/heads/x", "-x", "a@{1}", "@", "@{", "x.lock", "x.lock/y", "x.LOCK",
		"HEAD", "head", "a b", "a~1", "a^", "a:b", "a?", "a*", "a[", `a\b`, "/a", "a/", "a//b", "a.", ".a", "a/.b",
		"a\x00", "a\nb", "a\x7f", "a\u200bb", "a\u202eb", "a\u00a0b", "a%2e%2eb", "a\xff",
		strings.Repeat("a", 300), strings.Repeat("0a", 20),
	} {
		var e *Error
		if err := CheckBranch(name); !errors.Is(err, ErrInvalid) || !errors.As(err, &e) || !strings.HasSuffix(e.Sentence, ".") {
			t.Errorf("CheckBranch(%q) = %v, want ErrInvalid with a sentence", name, err)
		}
	}
}

func TestBranchName(t *testing.T) {
	for _, c := range []struct{ login, path, want string }{
		{"ana", "_posts/2026-08-16-update.md", "galley/ana/2026-08-16-update"},
		{"Ana-B", "_posts/2026-08-16-update.md", "galley/ana-b/2026-08-16-update"},
		{"ana", "_drafts/2026-08-16-update.md", "galley/ana/2026-08-16-update-"},
		{"ana", "_posts/2026-08-16-Update.md", "galley/ana/2026-08-16-update-"},
		{"ana", "_posts/übung.md", "galley/ana/ubung-"},
		{"ana", "_posts/日本.md", "galley/ana/"},
		{"ana", "", "galley/ana/"},
		{"", "_posts/a.md", "galley/writer/a"},
		{"日本", "_posts/a.md", "galley/writer-"},
	} {
		got := BranchName(Person{Login: c.login}, c.path)
		if got != c.want && !(strings.HasPrefix(got, c.want) && (strings.HasSuffix(c.want, "-") || strings.HasSuffix(c.want, "/"))) {
			t.Errorf("BranchName(%q, %q) = %q, want %q", c.login, c.path, got, c.want)
		}
		if err := CheckBranch(got); err != nil {
			t.Errorf("BranchName(%q, %q) = %q: %v", c.login, c.path, got, err)
		}
	}
	if got := BranchName(Person{Name: "Ana María"}, "_posts/a.md"); !strings.HasPrefix(got, "galley/ana-maria-") {
		t.Errorf("a person without a login: %q", got)
	}
	seen := map[string]string{}
	for _, p := range []string{"_posts/a.md", "_drafts/a.md", "_posts/A.md", "_posts/a.markdown", "_posts/é.md", "_posts/e.md", "_posts/日.md", "_posts/本.md", "_posts/a-b.md", "_posts/a.b.md", "_posts/a/b.md"} {
		name := BranchName(Person{Login: "ana"}, p)
		if other, ok := seen[name]; ok {
			t.Errorf("%q and %q share the branch %q", p, other, name)
		}
		seen[name] = p
	}
	if a, b := NextBranch("galley/ana/x", 1), NextBranch("galley/ana/x", 2); a != "galley/ana/x" || b != "galley/ana/x.2" {
		t.Errorf("NextBranch: %q, %q", a, b)
	}
}

func FuzzBranchName(f *testing.F) {
	f.Add("ana", "_posts/2026-08-16-update.md")
	f.Add("-", "..")
	f.Add("a.lock", "refs/heads/x@{1}")
	git, err := exec.LookPath("git")
	if err != nil {
		f.Skip("git is not installed, which says whether a name is valid")
	}
	f.Fuzz(func(t *testing.T, login, path string) {
		name := BranchName(Person{Login: login}, path)
		if err := CheckBranch(name); err != nil {
			t.Fatal(err)
		}
		if name != BranchName(Person{Login: login}, path) {
			t.Fatal("not the same every time")
		}
		if out, err := exec.Command(git, "check-ref-format", "--branch", name).CombinedOutput(); err != nil {
			t.Fatalf("git refuses %q: %s", name, out)
		}
	})
}

func TestOwnBranch(t *testing.T) {
	ana := Person{Login: "ana"}
	for branch, want := range map[string]bool{
		"galley/ana/a": true, "galley/ana/a.2": true, "galley/ana/a.10": true,
		"galley/ben/a": false, "galley/ana/ab": false, "galley/ana/a2": false, "galley/ana/a.1": false, "galley/ana/a.02": false,
		"galley/ana/a.x": false, "galley/ana/a.": false, "fork:galley/ana/a": false, "main": false, "": false,
	} {
		if got := OwnBranch(ana, "_posts/a.md", branch); got != want {
			t.Errorf("%q: %v", branch, got)
		}
	}
}
