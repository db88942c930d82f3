package vale

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
	"galley/internal/post"
	"galley/internal/sharedtest"
)

var update = flag.Bool("update", false, "rewrite the expected side of testdata")

func check(t testing.TB, s *Styles, path string, src []byte) []string {
	t.Helper()
	p := post.Parse(src)
	index := diag.NewIndex(src)
	var out []string
	for _, d := range s.Check(path, src, p.Body, outline.Parse(src, p.Body), nil) {
		out = append(out, fmt.Sprintf("%s %s %s %s", index.Position(d.Range.Start), d.Severity, d.Code, d.Message))
	}
	return out
}

func TestCheck(t *testing.T) {
	s, problems := Load(os.DirFS("testdata/site"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	src, err := os.ReadFile("testdata/site/post.md")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(check(t, s, "_posts/post.md", src), "\n") + "\n"
	const file = "testdata/want.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || got != string(want) {
		t.Errorf("got\n%swant\n%s%v", got, want, err)
	}
	if got := check(t, s, "notes.txt", src); got != nil {
		t.Errorf("in a file that no section is for: %v", got)
	}
}

// What is not applied is told with its place, and the rest is applied.
func TestProblems(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	s, problems := Load(fstest.MapFS{
		".vale.ini":          file("StylesPath = s\nMinAlertLevel = loud\n[*.md]\nBasedOnStyles = A, B\nA.X = perhaps\nTokenIgnores = x\nnothing\n"),
		"s/A/Fine.yml":       file("extends: existence\nmessage: \"%s\"\ntokens: [x]\n"),
		"s/A/Script.yml":     file("message: x\nextends: script\n"),
		"s/A/Scope.yml":      file("extends: existence\nmessage: x\ntokens: [x]\nscope: table.cell\n"),
		"s/A/Pattern.yml":    file("extends: existence\nmessage: x\ntokens:\n  - 'a('\n"),
		"s/A/Yaml.yml":       file("extends: [\n"),
		"s/A/Level.yml":      file("extends: existence\nmessage: x\nlevel: loud\ntokens: [y]\n"),
		"s/A/Substitute.yml": file("extends: substitution\nmessage: x\nswap:\n  'b(': c\n"),
	})
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message))
	}
	want := []string{
		".vale.ini:2: MinAlertLevel is suggestion, warning or error.",
		".vale.ini:5: A.X is YES, NO, suggestion, warning or error.",
		".vale.ini:6: TokenIgnores is not applied.",
		".vale.ini:7: This is neither a section nor a key with a value.",
		"s/A/Level.yml:3: The level is suggestion, warning or error, not loud.",
		"s/A/Pattern.yml:4: The rule A.Pattern is not applied: the pattern cannot be read (missing closing ): `(?m)\\b(?:a()\\b`).",
		"s/A/Scope.yml:4: The rule A.Scope is not applied: the scope table.cell is not known here.",
		"s/A/Script.yml:2: The rule A.Script is not applied: rules that extend script are not known here.",
		"s/A/Substitute.yml:4: The rule A.Substitute is not applied: the pattern cannot be read (missing closing ): `b(`) in “b(”.",
		"s/A/Yaml.yml:0: The rule cannot be read: ",
		".vale.ini:0: There is no style B: the folder s/B is missing.",
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !strings.HasPrefix(got[i], want[i]) && got[i] != want[i] {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if found := check(t, s, "a.md", []byte("An x.\n")); len(found) != 1 {
		t.Errorf("%v", found)
	}
	if s, problems := Load(fstest.MapFS{}); s != nil || problems != nil || s.Check("a.md", nil, 0, nil, nil) != nil {
		t.Error("a site without settings has styles")
	}
}

// Vale itself, where it is, finds the same lines by the same rules, in our post and
// in real ones.
func TestVale(t *testing.T) {
	bin, err := exec.LookPath("vale")
	if v := os.Getenv("VALE"); v != "" {
		bin, err = v, nil
	}
	if err != nil {
		t.Skip("Vale is not here; set VALE to its program")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/site")); err != nil {
		t.Fatal(err)
	}
	posts := sharedtest.Files("corpus/posts/20*.md")
	for i, file := range posts {
		if i%4 == 0 { // enough of them
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), src, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	s, _ := Load(os.DirFS(dir))
	cmd := exec.Command(bin, "--output=JSON", "--no-exit", ".")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var all map[string][]struct {
		Check string
		Line  int
	}
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	same, ours, theirs := map[string]int{}, map[string]int{}, map[string]int{}
	files, _ := filepath.Glob(filepath.Join(dir, "*.md"))
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p := post.Parse(src)
		index := diag.NewIndex(src)
		var got, want []string
		for _, d := range s.Check(file, src, p.Body, outline.Parse(src, p.Body), nil) {
			got = append(got, fmt.Sprintf("%s %d", d.Code, index.Position(d.Range.Start).Line))
		}
		for _, alert := range all[filepath.Base(file)] {
			want = append(want, fmt.Sprintf("%s %d", alert.Check, alert.Line))
		}
		for _, g := range got {
			rule, _, _ := strings.Cut(g, " ")
			if n := slices.Index(want, g); n >= 0 {
				same[rule]++
				want = slices.Delete(want, n, n+1)
			} else {
				ours[rule]++
				t.Logf("%s: only we have %s", filepath.Base(file), g)
			}
		}
		for _, w := range want {
			rule, _, _ := strings.Cut(w, " ")
			theirs[rule]++
			t.Logf("%s: only Vale has %s", filepath.Base(file), w)
		}
	}
	total, differ := 0, 0
	for _, n := range same {
		total += n
	}
	for _, m := range []map[string]int{ours, theirs} {
		for _, n := range m {
			differ += n
		}
	}
	t.Logf("the same %v, only we %v, only Vale %v", same, ours, theirs)
	if differ*20 > total {
		t.Errorf("%d findings are the same, %d are not", total, differ)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("[*.{md,x}]\nBasedOnStyles = A\n", "extends: substitution\nmessage: '%s %s'\nswap: {a: b}\n", "a b a a\n\n# A b\n")
	f.Add("StylesPath=../x\n[*]\nA.B=YES\nBasedOnStyles=A,Vale", "extends: capitalization\nmatch: $title\nscope: heading.h2\n", "## a\n")
	f.Fuzz(func(t *testing.T, ini, rule, src string) {
		s, _ := Load(fstest.MapFS{".vale.ini": {Data: []byte(ini)}, "styles/A/B.yml": {Data: []byte(rule)}})
		for _, d := range s.Check("a.md", []byte(src), 0, outline.Parse([]byte(src), 0), nil) {
			if d.Range.Start < 0 || d.Range.End < d.Range.Start || d.Range.End > len(src) {
				t.Fatalf("%+v", d)
			}
		}
	})
}
