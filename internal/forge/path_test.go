package forge

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

func TestCheckPath(t *testing.T) {
	for _, p := range []string{
		"_posts/2026-08-16-update.md",
		"_posts/2026-08-16-übung.md",
		"_posts/日本語.md",
		"assets/images/a b.png",
		"index.html",
		"_posts/a..b.md",
		"_posts/100%.md",
	} {
		if err := CheckPath(p); err != nil {
			t.Errorf("CheckPath(%q) = %v, want nil", p, err)
		}
	}
	for _, p := range []string{
		"",
		".",
		"..",
		"../x.md",
		"_posts/../../x.md",
		"_posts/./x.md",
		"/etc/passwd",
		"_posts//x.md",
		"_posts/",
		"%2e%2e/x.md",
		"_posts/%2E%2e%2fx.md",
		"_posts%5cx.md",
		`_posts\x.md`,
		`..\x.md`,
		"C:/x.md",
		"C:x.md",
		"_posts/x.md::$DATA",
		".git/config",
		".GIT/config",
		"_posts/.git/hooks/x",
		".g\u200cit/config",
		"ｇit/../x",
		"．git/config",
		"．．/x.md",
		"_posts／x.md/..／y",
		"GIT~1/config",
		"git~1",
		".gitattributes",
		".gitmodules",
		".github/workflows/x.yml",
		".GitHub/workflows/x.yml",
		".g\u0131thub/workflows/x.yml",
		"_posts/.hidden.md",
		".git./config",
		"_posts./x.md",
		"_posts /x.md",
		" _posts/x.md",
		"_posts/x.md.",
		"_posts/x.md ",
		"_posts/x\x00.md",
		"_posts/x\n.md",
		"_posts/x\x7f.md",
		"_posts/x\u202emd.exe",
		"_posts/x\u200b.md",
		"_posts/x\ufeff.md",
		"_posts/x\u00a0.md",
		"_posts/x\u3164.md",
		"_posts/x\ufe0f.md",
		"_posts/e\u0301.md",
		"_posts/x\xff.md",
		"_posts/con.md",
		"_posts/CONIN$.md",
		"conout$/x.md",
		"NUL",
		"_posts/a*.md",
		"_posts/a?.md",
		"_posts/\u2024\u2024/x.md",
		strings.Repeat("a/", 300) + "x.md",
		"_posts/" + strings.Repeat("я", 119) + ".md",
		strings.Repeat("a", 241) + "/x.md",
	} {
		err := CheckPath(p)
		var e *Error
		if !errors.Is(err, ErrInvalid) || !errors.As(err, &e) || !strings.HasSuffix(e.Sentence, ".") {
			t.Errorf("CheckPath(%q) = %v, want ErrInvalid with a sentence", p, err)
		}
	}
}

// A name that the branch has already may be as long as it is.
func TestCheckPathOfLongNames(t *testing.T) {
	for name, ok := range map[string]bool{strings.Repeat("я", 118) + ".md": true, strings.Repeat("я", 119) + ".md": false} {
		for _, p := range []string{"_posts/" + name, name + "/x.md"} {
			c := Submission{Changes: []FileChange{{Path: p}}}.Changes[0]
			if err := c.checkPath(); (err == nil) != ok || !ok && !strings.Contains(err.Error(), "a name in it is too long") {
				t.Errorf("new, %d bytes: %v", len(name), err)
			}
			c.Blob = strings.Repeat("a", 40)
			if err := c.checkPath(); err != nil {
				t.Errorf("kept, %d bytes: %v", len(name), err)
			}
		}
	}
}

func TestCheckReadPath(t *testing.T) {
	for p, ok := range map[string]bool{
		".github/workflows/x.yml": true, "a:b": true, "e\u0301.md": true,
		"": false, ".": false, "../x": false, "/x": false, "a//b": false, "a\x00b": false, "a/..": false,
	} {
		if err := CheckReadPath(p); (err == nil) != ok {
			t.Errorf("CheckReadPath(%q) = %v, want ok %v", p, err, ok)
		}
	}
}

func TestCheckNew(t *testing.T) {
	entries := []Entry{{Path: "_posts/2026-01-01-a.md"}, {Path: "_posts/Übung.md"}, {Path: "assets/images/a.png"}, {Path: "README"}}
	for p, ok := range map[string]bool{
		"_posts/2026-01-01-b.md":   true,
		"_posts/2026-01-01-a.md":   true, // the same file
		"_posts/2026-01-01-A.md":   false,
		"_posts/übung.md":          false,
		"_POSTS/x.md":              false,
		"Assets/images/b.png":      false,
		"assets/Images/b.png":      false,
		"assets/images/a.png/b.md": false,
		"assets/images":            false,
		"readme/x.md":              false,
		"_posts2/x.md":             true,
		"x/_Posts/x.md":            true,
	} {
		if err := CheckNew(entries, p); (err == nil) != ok {
			t.Errorf("CheckNew(%q) = %v, want ok %v", p, err, ok)
		}
	}
}

func TestRespelled(t *testing.T) {
	entries := []Entry{{Path: "_posts/a\u0308.md"}, {Path: "_posts/b.md"}, {Path: "_posts/o\u0308.md"}, {Path: "_posts/\u00f6.md"}, {Path: "_posts/\u1e69.md"}}
	for p, want := range map[string]string{
		"_posts/\u00e4.md":        "_posts/a\u0308.md",
		"_posts/a\u0308.md":       "", // itself
		"_posts/\u00c4.md":        "", // another letter
		"_posts/\u00f6.md":        "", // itself, beside its twin
		"_posts/b.md":             "",
		"_posts/s\u0307\u0323.md": "_posts/\u1e69.md",
		"_posts/ﬁ.md":             "", // its compatible form is another name
	} {
		if got := Respelled(entries, p); got != want {
			t.Errorf("Respelled(%+q) = %+q, want %+q", p, got, want)
		}
	}
	twins := []Entry{{Path: "\u1e69"}, {Path: "s\u0323\u0307"}}
	if got := Respelled(twins, "s\u0307\u0323"); got != "" {
		t.Errorf("of two twins it is %+q", got)
	}
}

// The short way for ASCII is the long one.
func TestFoldASCII(t *testing.T) {
	for c := range 0x80 {
		s := "_Posts/" + string(rune(c)) + ".MD"
		if want := norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s))); Fold(s) != want {
			t.Errorf("Fold(%q) = %q, want %q", s, Fold(s), want)
		}
	}
}

func TestWritable(t *testing.T) {
	w := Writable{Folders: []string{"_posts", "assets/images/"}, Extensions: []string{".md", ".png"}}
	for p, ok := range map[string]bool{
		"_posts/a.md":               true,
		"_posts/2026/a.MD":          true,
		"assets/images/a.png":       true,
		"assets/a.png":              false,
		"_postsx/a.md":              false,
		"a.md":                      false,
		"_posts/a.html":             false,
		"_posts/a":                  false,
		"_posts/../a.md":            false,
		"_posts/.github/a.md":       false,
		".github/workflows/x.yml":   false,
		"assets/images/%2e%2e/a.md": false,
	} {
		if err := w.Check(p); (err == nil) != ok {
			t.Errorf("Check(%q) = %v, want ok %v", p, err, ok)
		}
	}
	if err := (Writable{}).Check("_posts/a.md"); !errors.Is(err, ErrInvalid) {
		t.Errorf("the zero Writable let a path through: %v", err)
	}
}

func FuzzCheckPath(f *testing.F) {
	for _, p := range []string{"_posts/a.md", "../x", ".git/config", "%2e%2e/", "．．/x", "a\u202eb"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if CheckPath(p) != nil {
			return
		}
		for part := range strings.SplitSeq(Fold(p), "/") {
			if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") {
				t.Errorf("CheckPath(%q) let the part %q through", p, part)
			}
		}
		if CheckReadPath(p) != nil {
			t.Errorf("%q may be written and not read", p)
		}
	})
}

// A name that no new file gets is kept by a file that has it; nothing that
// leaves the repository or belongs to Git is.
func TestCheckKept(t *testing.T) {
	for _, p := range []string{"_posts/2026-01-01-what?.md", "_posts/2026-01-01-a*b.md", `_posts/2026-01-01-"x"<y>|z.md`, "_posts/2026-01-01-100%25.md",
		"_posts/2026-01-01-cafe\u0301.md", "_posts/2026-01-01-what\uff1f.md", "_posts/2026-01-01-😀#1.md"} {
		if err := CheckKept(p); err != nil {
			t.Errorf("%q: %v", p, err)
		}
		if err := (Writable{Folders: []string{"_posts"}, Extensions: []string{".md"}}).CheckKept(p); err != nil {
			t.Errorf("%q: %v", p, err)
		}
		if strings.Contains(p, "#") {
			continue
		}
		if CheckPath(p) == nil && !strings.Contains(p, "\uff1f") {
			t.Errorf("%q is given to a new file", p)
		}
	}
	for _, p := range []string{"", "../x.md", "a/../b.md", "/a.md", `a\b.md`, "C:/a.md", "a.md:stream", ".git/config", ".github/workflows/x.yml", "a/.git/x", "GIT~1/x",
		"a\uff0f..\uff0fb.md", "a\u200b.md", "a\x00.md", "a.md.", "con.md", "a\xff.md"} {
		if CheckKept(p) == nil {
			t.Errorf("%q may be written", p)
		}
	}
	if (Writable{Folders: []string{"_posts"}, Extensions: []string{".md"}}).CheckKept("_drafts/what?.md") == nil {
		t.Error("it is outside of the folders")
	}
}
