package libsass

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v2"

	"galley/internal/sass"
)

// Real sites' style sheets are what Jekyll made of them, byte for byte:
// GALLEY_JEKYLL_SITES names a folder of folders, each with a site in site/ and
// what Jekyll made of it in jekyll/.
func TestRealSheets(t *testing.T) {
	root := os.Getenv("GALLEY_JEKYLL_SITES")
	if root == "" {
		t.Skip("GALLEY_JEKYLL_SITES names no folder of sites")
	}
	compiler := newCompiler(t)
	maps, _ := filepath.Glob(root + "/*/jekyll/*.css.map")
	for _, pattern := range []string{"/*/jekyll/*/*.css.map", "/*/jekyll/*/*/*.css.map"} {
		more, _ := filepath.Glob(root + pattern)
		maps = append(maps, more...)
	}
	for _, file := range maps {
		var m struct {
			Sources        []string
			SourcesContent []string
		}
		b, err := os.ReadFile(file)
		if err != nil || json.Unmarshal(b, &m) != nil || len(m.SourcesContent) == 0 || !sass.Is(m.Sources[0]) {
			continue
		}
		site := strings.Split(strings.TrimPrefix(file, root+"/"), "/")[0]
		t.Run(site+"/"+filepath.Base(file), func(t *testing.T) {
			var config struct{ Sass map[string]any }
			text, _ := os.ReadFile(filepath.Join(root, site, "site", "_config.yml"))
			if err := yaml.Unmarshal(text, &config); err != nil {
				t.Log(err)
			}
			rel, _ := filepath.Rel(filepath.Join(root, site, "jekyll"), filepath.Dir(file))
			start := time.Now()
			source, err := sass.Gather(os.DirFS(filepath.Join(root, site, "site")), filepath.ToSlash(filepath.Join(rel, m.Sources[0])), m.SourcesContent[0], sass.ReadSettings(config.Sass))
			if err != nil {
				t.Fatal(err)
			}
			gathered := time.Since(start)
			got, err := compiler.Compile(t.Context(), source)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("gathered %d files in %v, compiled in %v", len(source.Files), gathered, time.Since(start)-gathered)
			css, err := os.ReadFile(strings.TrimSuffix(file, ".map"))
			if err != nil {
				t.Fatal(err)
			}
			compare(t, "CSS", string(got.CSS), string(css))
			compare(t, "source map", string(got.Map), string(b))
		})
	}
}

// compare shows where two texts part.
func compare(t *testing.T, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	from := max(0, i-60)
	t.Errorf("%s differs at byte %d:\n got %q\nwant %q", what, i, got[from:min(len(got), i+60)], want[from:min(len(want), i+60)])
}
