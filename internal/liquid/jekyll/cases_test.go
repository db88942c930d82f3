package jekyll

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"galley/internal/liquid"
)

var update = flag.Bool("update", false, "rewrite the references in testdata with what Ruby's Jekyll makes")

// TestCases renders NAME.liquid of testdata/*.txtar and compares with NAME.out,
// which is what Jekyll makes of it, Jekyll 3 where the file is called so, or "! " and our error where Jekyll's build
// ends. A line end at the end of either does not count.
func TestCases(t *testing.T) {
	if *update {
		updateCases(t)
	}
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			in, out := archive.Files[i], archive.Files[i+1]
			got := renderCase(string(in.Data), older(file))
			if want := strings.TrimSuffix(string(out.Data), "\n"); got != want {
				t.Errorf("%s: %s %s got %q\nwant %q", filepath.Base(file), in.Name, in.Data, got, want)
			}
		}
	}
}

func older(file string) bool { return strings.HasPrefix(filepath.Base(file), "jekyll3") }

func renderCase(source string, older bool) string {
	config := testConfig(liquid.Warn)
	config.Liquid4 = older
	out, err := renderTest(config, strings.TrimSuffix(source, "\n"), &liquid.Env{Globals: liquid.Names{Map: testValues()}})
	if err != nil {
		return "! " + strings.Join(strings.Fields(err.Error()), " ")
	}
	return out
}

func updateCases(t *testing.T) {
	reference := startReference(t)
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		if older(file) != (os.Getenv("GALLEY_JEKYLL3") != "") {
			continue // see TestDifferential
		}
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			name, ok := strings.CutSuffix(f.Name, ".liquid")
			if !ok {
				continue
			}
			want := reference.render(t, "warn", strings.TrimSuffix(string(f.Data), "\n"))
			made := want[1:]
			if want[0] == '!' {
				if made = renderCase(string(f.Data), older(file)); !strings.HasPrefix(made, "! ") {
					t.Errorf("%s: Ruby's Jekyll ends with %s", f.Name, want)
				}
			}
			out.Files = append(out.Files, f, txtar.File{Name: name + ".out", Data: []byte(made + "\n")})
		}
		if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
