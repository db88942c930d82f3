package site

import (
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/sass"
	"galley/internal/sass/libsass"
	"galley/internal/site/build"
	"galley/internal/site/render"
	builtin "galley/templates"
)

// compileArgument makes a child process of this program that compiles a style
// sheet.
const compileArgument = "compile-sass"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == compileArgument {
		if err := libsass.Child(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// sassCompiler is nil where no process can be started.
func sassCompiler(t *testing.T) sass.Compiler {
	t.Helper()
	if runtime.GOOS == "js" {
		return nil
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return libsass.NewProcess(program, compileArgument)
}

// sheetSite builds a site of some files, with a compiler.
func sheetSite(t *testing.T, files map[string]string) (map[string]string, build.Report, error) {
	t.Helper()
	compiler := sassCompiler(t)
	if compiler == nil {
		t.Skip("no compiler can be started here")
	}
	all := fstest.MapFS{}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, _, err := Load(all, render.Options{Now: time.Now(), BuiltIn: builtin.FS(), Sass: compiler})
	if err != nil {
		t.Fatal(err)
	}
	var out memory
	report, err := Build(t.Context(), s, &out, nil)
	if errors.Is(err, libsass.ErrMissing) {
		t.Skip("this test was built without a Sass compiler")
	}
	return out.files, report, err
}

func TestStyleSheets(t *testing.T) {
	files, report, err := sheetSite(t, map[string]string{
		"_config.yml":          "title: T\nurl: https://e.org\ncolour: teal\nsass:\n  style: compressed\n",
		"_layouts/post.html":   "{{ content }}",
		"assets/css/main.scss": "---\nx: 1\n---\n\n$c: {{ site.colour }};\n@import \"a\";\n",
		"_sass/_a.scss":        "a { b { color: $c; } }",
		"plain.scss":           "a { b: c }",
		"other/_part.scss":     "---\n---\nnot.written { a: b }",
		"old.sass":             "---\n---\na\n  b: c\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := files["assets/css/main.css"]; got != "a b{color:teal}\n\n/*# sourceMappingURL=main.css.map */" {
		t.Errorf("main.css is %q", got)
	}
	if got := files["assets/css/main.css.map"]; !strings.Contains(got, `"_sass/_a.scss"`) || !strings.Contains(got, `"$c: teal;`) {
		t.Errorf("its map is %q", got)
	}
	if got := files["old.css"]; !strings.HasPrefix(got, "a{b:c}") {
		t.Errorf("old.css is %q", got)
	}
	if got := files["plain.scss"]; got != "a { b: c }" {
		t.Errorf("a sheet without front matter is %q", got)
	}
	for _, name := range []string{"assets/css/main.scss", "other/_part.css", "_sass/_a.css"} {
		if _, has := files[name]; has {
			t.Errorf("%s is written", name)
		}
	}
	if len(report.Problems) > 0 {
		t.Errorf("problems: %v", report.Problems)
	}
}

// A mistake in a sheet is an error, as it ends Jekyll's build, and says where it
// is; all else is built.
func TestStyleSheetMistakes(t *testing.T) {
	for _, c := range []struct{ name, main, part, want string }{
		{"in the sheet", "---\nx: 1\n---\n\n\na { b: $c }\n", "", "css/a.scss:6: Undefined variable"},
		{"in an import", "---\n---\n@import \"p\";\n", "\n\na { b: $c }\n", "_sass/_p.scss:3: Undefined variable"},
		{"out of the site", "---\n---\n@import \"../../p\";\n", "", "css/a.scss:3: The import \"../../p\" leads out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			built, report, err := sheetSite(t, map[string]string{"_config.yml": "title: T\n", "css/a.scss": c.main, "_sass/_p.scss": c.part, "index.html": "---\n---\nx\n"})
			if err != nil || built["css/a.css"] != "" || slices.Contains(report.Written, "css/a.css") || built["index.html"] == "" {
				t.Errorf("the build ends with %v and %v", err, report.Written)
			}
			if len(report.Problems) != 1 || !strings.Contains(strings.Replace(report.Problems[0].String(), ":1: error:", ":", 1), c.want) {
				t.Errorf("problems: %v", report.Problems)
			}
		})
	}
}
