package libsass

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
	"gopkg.in/yaml.v2"

	"galley/internal/sass"
)

var update = flag.Bool("update", false, "rewrite the expected side of testdata")

// golden is a site of testdata with one sheet.
type golden struct {
	file     string
	archive  *txtar.Archive
	settings map[string]any // of _config.yml's `sass`, and `sheet`
	site     fstest.MapFS
	want     map[string]string
}

func readGoldens(t *testing.T) []golden {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	var all []golden
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		g := golden{file: file, archive: a, site: fstest.MapFS{}, want: map[string]string{}}
		head, _, _ := strings.Cut(string(a.Comment), "\n\n")
		if err := yaml.Unmarshal([]byte(head), &g.settings); err != nil {
			t.Fatal(file, err)
		}
		for _, f := range a.Files {
			if strings.HasPrefix(f.Name, "want.") {
				g.want[f.Name] = string(f.Data)
			} else {
				g.site[f.Name] = &fstest.MapFile{Data: f.Data}
			}
		}
		all = append(all, g)
	}
	return all
}

func (g golden) compile(t *testing.T, compiler sass.Compiler) sass.Result {
	t.Helper()
	sheet := g.settings["sheet"].(string)
	source, err := sass.Gather(g.site, sheet, string(g.site[sheet].Data), sass.ReadSettings(g.settings))
	if err != nil {
		t.Fatal(err)
	}
	result, err := compiler.Compile(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestGoldens(t *testing.T) {
	compiler := newCompiler(t)
	for _, g := range readGoldens(t) {
		t.Run(strings.TrimSuffix(filepath.Base(g.file), ".txtar"), func(t *testing.T) {
			result := g.compile(t, compiler)
			got := map[string]string{"want.css": string(result.CSS), "want.css.map": string(result.Map)}
			for i, f := range g.archive.Files {
				text, is := got[f.Name]
				if !is {
					continue
				}
				if text != "" && !strings.HasSuffix(text, "\n") {
					text += "\n" // as txtar has it
				}
				if *update {
					g.archive.Files[i].Data = []byte(text)
				} else {
					compare(t, f.Name, text, string(f.Data))
				}
			}
			if *update {
				if err := os.WriteFile(g.file, txtar.Format(g.archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// sassc compiles as jekyll-sass-converter 2.2 has Ruby's sassc do it.
const sassc = `require "sassc"; require "json"
o = JSON.parse(STDIN.read, symbolize_names: true)
e = SassC::Engine.new(File.read(o[:sheet]), style: o[:style].to_sym, syntax: o[:syntax].to_sym, filename: "./" + File.basename(o[:sheet]),
  source_map_file: "./" + File.basename(o[:sheet], ".*") + ".css.map", load_paths: o[:load_paths].map { |p| File.expand_path(p) },
  precision: o[:precision] > 0 ? o[:precision] : nil, omit_source_map_url: !o[:map], source_map_contents: true)
css = e.render
puts JSON.generate(css: css, map: e.source_map)`

// The goldens are what Ruby's sassc writes.
func TestSassc(t *testing.T) {
	if err := exec.Command("ruby", "-e", `require "sassc"`).Run(); err != nil {
		t.Skip("there is no Ruby with sassc here to compare with (apt-get install ruby-sassc)")
	}
	compiler := newCompiler(t)
	for _, g := range readGoldens(t) {
		t.Run(strings.TrimSuffix(filepath.Base(g.file), ".txtar"), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, g.site); err != nil {
				t.Fatal(err)
			}
			sheet := g.settings["sheet"].(string)
			source, err := sass.Gather(g.site, sheet, string(g.site[sheet].Data), sass.ReadSettings(g.settings))
			if err != nil {
				t.Fatal(err)
			}
			syntax := "scss"
			if source.Indented() {
				syntax = "sass"
			}
			request, err := json.Marshal(map[string]any{"sheet": sheet, "style": source.Style, "syntax": syntax,
				"load_paths": append([]string{}, source.LoadPaths...), "precision": source.Precision, "map": source.Map})
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("ruby", "-e", sassc)
			cmd.Dir, cmd.Stdin = dir, strings.NewReader(string(request))
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			var want struct{ CSS, Map string }
			if err := json.Unmarshal(out, &want); err != nil {
				t.Fatal(err)
			}
			if source.Charset {
				want.CSS = strings.Replace(want.CSS, "\ufeff", `@charset "UTF-8";`, 1)
			}
			got := g.compile(t, compiler)
			compare(t, "CSS", string(got.CSS), strings.TrimPrefix(want.CSS, "\ufeff"))
			if source.Map {
				compare(t, "source map", string(got.Map), want.Map)
			}
		})
	}
}
