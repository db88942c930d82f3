package libsass

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/sass"
)

// As a child, the tests' program compiles.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "compile" {
		if err := Child(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func newCompiler(t testing.TB) *Process {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return NewProcess(program, "compile")
}

// compileText compiles a sheet of a site that has other files, too.
func compileText(t testing.TB, compiler sass.Compiler, name, text string, files map[string]string) (sass.Result, error) {
	t.Helper()
	site := fstest.MapFS{name: {Data: []byte(text)}}
	for name, text := range files {
		site[name] = &fstest.MapFile{Data: []byte(text)}
	}
	source, err := sass.Gather(site, name, text, sass.Settings{})
	if err != nil {
		return sass.Result{}, err
	}
	return compiler.Compile(t.Context(), source)
}

// A site's sheets are compiled by one process, whatever is wrong with one of them;
// one that did not end in time is followed by another.
func TestSheetsOfOneSite(t *testing.T) {
	p := newCompiler(t)
	if _, err := compileText(t, p, "a.scss", "a { b: c }", nil); err != nil || len(p.idle) != 0 {
		t.Fatalf("%v; %d processes wait for another sheet", err, len(p.idle))
	}
	p = NewSiteProcess(p.command...)
	defer func() {
		for len(p.idle) > 0 {
			p.drop(p.idle[0])
		}
	}()
	var first *child
	for i, text := range []string{"$a: b; a { b: $a }", "a { b: $nothing }", `@import "x"; a { b: $x }`, "a { b: d }"} {
		got, err := compileText(t, p, "a.scss", text, map[string]string{"_sass/_x.scss": "$x: y;"})
		if mistake := i == 1; mistake != (err != nil) || !mistake && !strings.HasPrefix(string(got.CSS), "a { b: ") {
			t.Errorf("%s becomes %q, %v", text, got.CSS, err)
		}
		if len(p.idle) != 1 || first != nil && p.idle[0] != first {
			t.Fatalf("after %q the processes that wait are %v", text, p.idle)
		}
		first = p.idle[0]
	}
	p.limit = time.Nanosecond
	if _, err := compileText(t, p, "a.scss", "a { b: e }", nil); err == nil || len(p.idle) != 0 {
		t.Fatalf("%v; %d processes wait", err, len(p.idle))
	}
	p.limit = timeLimit
	if _, err := compileText(t, p, "a.scss", "a { b: e }", nil); err == nil {
		t.Fatal("what was not compiled in time is compiled again at once")
	}
	if _, err := compileText(t, p, "a.scss", "a { b: f }", nil); err != nil || len(p.idle) != 1 || p.idle[0] == first {
		t.Fatalf("%v; the processes that wait are %v", err, p.idle)
	}
	p.drop(p.idle[0])
	if _, err := compileText(t, p, "a.scss", "a { b: g }", nil); err != nil {
		t.Fatal(err)
	}
}

func TestMistakes(t *testing.T) {
	compiler := newCompiler(t)
	for _, c := range []struct {
		name, file, text string
		files            map[string]string
		want             string
	}{
		{"syntax", "css/a.scss", "a {\n  b: c;\n  d\n}\n", nil, "css/a.scss:3: "},
		{"variable", "a.scss", "\n\na { b: $nothing; }", nil, `a.scss:3: Undefined variable: "$nothing".`},
		{"in an import", "css/a.scss", `@import "x";`, map[string]string{"_sass/_x.scss": "a { b: c }\n\nd { e: $f; }"}, `_sass/_x.scss:3: Undefined variable: "$f".`},
		{"no such file", "css/a.scss", "\n@import \"nowhere\";", nil, "css/a.scss:2: File to import not found or unreadable: nowhere."},
		{"no such file in an import", "a.scss", `@import "x";`, map[string]string{"_sass/_x.scss": "\n@import 'y';"}, "_sass/_x.scss:2: File to import not found or unreadable: y."},
		{"two files", "a.scss", `@import "x";`, map[string]string{"_sass/_x.scss": "", "_sass/x.scss": ""}, "a.scss:1: It's not clear which file to import"},
		{"an import of itself", "a.scss", `@import "x";`, map[string]string{"_sass/_x.scss": `@import "x";`}, "_sass/_x.scss:1: An @import loop has been found"},
		{"modules", "a.scss", "@use \"sass:math\";\na { b: math.div(1, 2) c(; }", nil, "a.scss:2: "},
		{"a thrown error", "a.scss", "@mixin m { @error \"No: #{1 + 1}\"; }\n\na { @include m; }", nil, "a.scss:1: No: 2."},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := compileText(t, compiler, c.file, c.text, c.files)
			if _, ok := errors.AsType[*sass.Error](err); !ok {
				t.Fatalf("the error is %v", err)
			}
			if !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "galley-sass-") {
				t.Errorf("the error is %q, not %q", err, c.want)
			}
			if modules := strings.Contains(err.Error(), "Sass's modules (@use, @forward)"); modules != (c.name == "modules") {
				t.Errorf("the error is %q", err)
			}
		})
	}
}

// What never ends or grows without end costs the sheet, not the program.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for a limit of time")
	}
	compiler := newCompiler(t)
	compiler.limit = 2 * time.Second
	for _, c := range []struct{ name, text string }{
		{"a loop", "@while true { }"},
		{"a long loop", "@for $i from 1 through 100000000 { .a#{$i} { b: c } }"},
		{"recursion", "@function f($x) { @return f($x + 1); } a { b: f(1); }"},
		{"a mixin in itself", "@mixin m { a { @include m; } } @include m;"},
		{"a string that doubles", `$s: "0123456789abcdef"; @for $i from 1 through 40 { $s: $s + $s; } a { b: $s; }`},
		{"a list that doubles", `$s: 1 2; @for $i from 1 through 40 { $s: join($s, $s); } a { b: $s; }`},
		{"nesting", strings.Repeat("a{", 100000) + strings.Repeat("}", 100000)},
		{"brackets", "a { b: " + strings.Repeat("(", 100000) + "1" + strings.Repeat(")", 100000) + "}"},
		{"selectors", "@mixin m($n) { @if $n > 0 { a, b, c, d { @include m($n - 1); } } @else { e: f } } @include m(14);"},
		{"zeros", "a { b: \x00\x00\"\x00 }"},
		{"no end", "a { b: \"" + strings.Repeat("#{", 50000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, err := compileText(t, compiler, "a.scss", c.text, nil)
			if err != nil {
				if _, ok := errors.AsType[*sass.Error](err); !ok {
					t.Errorf("the error is %v", err)
				}
			}
			t.Logf("%v: %.100v", time.Since(start).Round(time.Millisecond), err)
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// No file but the site's is read, however a sheet names it.
func TestEscapes(t *testing.T) {
	outside := t.TempDir()
	secret := filepath.Join(outside, "_secret.scss")
	if err := os.WriteFile(secret, []byte("secret { a: b }"), 0o600); err != nil {
		t.Fatal(err)
	}
	target := filepath.ToSlash(filepath.Join(outside, "secret"))
	up := strings.Repeat("../", 40) + strings.TrimPrefix(target, "/")
	// A process's folder for sources is in that for temporary files, as this is.
	beside := filepath.Join(os.TempDir(), filepath.Base(outside)+".scss")
	if err := os.WriteFile(beside, []byte("secret { a: b }"), 0o600); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Remove(beside) }()
	loaded := "../../" + filepath.Base(outside)
	escaped := `\2f ` + strings.TrimPrefix(target, "/")
	compiler := newCompiler(t)
	for _, c := range []struct {
		name, text string
		files      map[string]string
	}{
		{"from the root", `@import "` + target + `";`, nil},
		{"upwards", `@import "` + up + `";`, nil},
		{"upwards from a folder", `@import "x/y";`, map[string]string{"_sass/x/_y.scss": `@import '` + up + `';`}},
		{"escaped", `@import "` + escaped + `";`, nil},
		{"escaped dots", `@import "` + strings.Repeat(`\2e\2e/`, 40) + strings.TrimPrefix(target, "/") + `";`, nil},
		{"behind another", `@import "a", "` + target + `";`, map[string]string{"a.scss": ""}},
		{"behind an address", "@import url(//e.org), \"" + target + "\";", nil},
		{"behind an address with an interpolation", "@import url(#{\")\"};x), \"" + target + "\";", nil},
		{"from a load path", "@import \"x\"; @import \"" + loaded + "\";", map[string]string{"_sass/x.scss": ""}},
		{"behind an address in quotes with a bracket", "@import \"x\"; @import url(\"x)\"), \"" + loaded + "\";", map[string]string{"_sass/x.scss": ""}},
		{"from another sheet's folder", "@import \"x/y\", \"" + "../../../" + filepath.Base(outside) + "\";", map[string]string{"_sass/x/_y.scss": "@import \"../" + loaded + "\";"}},
		{"behind a comment", "@import //x\r\"" + target + "\";", nil},
		{"behind a comment with a quote", "@import /* ' */ \"" + target + "\";", nil},
		{"within a rule", "a { @import \"" + target + "\"; }", nil},
		{"a path of the disk", `@import "file://` + target + `";`, nil},
		{"indented", "@import x", map[string]string{"_sass/x.sass": "@import " + target}},
		{"indented with quotes", "@import x", map[string]string{"_sass/x.sass": "a\n  b: c\n@import a, '" + target + "'"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := "a.scss"
			if c.files["_sass/x.sass"] != "" {
				name = "a.sass"
			}
			result, err := compileText(t, compiler, name, c.text, c.files)
			if strings.Contains(string(result.CSS), "secret {") {
				t.Fatalf("the CSS is %q", result.CSS)
			}
			if _, ok := errors.AsType[*sass.Error](err); err != nil && !ok {
				t.Errorf("the error is %v", err)
			}
			// What Gather refuses, the compiler refuses by itself.
			source := &sass.Source{Name: name, Text: c.text, Files: c.files, Style: "compact", LoadPaths: []string{"_sass"}}
			result, err = compiler.Compile(t.Context(), source)
			if strings.Contains(string(result.CSS), "secret {") {
				t.Fatalf("without Gather the CSS is %q", result.CSS)
			}
			if _, ok := errors.AsType[*sass.Error](err); err != nil && !ok {
				t.Errorf("without Gather the error is %v", err)
			}
		})
	}
}

// Strings that look like paths of this machine do no harm where nothing is
// there.
func TestHarmlessStrings(t *testing.T) {
	text := "@import url(\"/fonts/a.css\");\n@import \"x\";\na { background: url(\"/img/a.png\"); content: \"\\201C ../..\"; }\n"
	if _, err := compileText(t, newCompiler(t), "a.scss", text, map[string]string{"_sass/x.scss": ""}); err != nil {
		t.Error(err)
	}
}

// The same sources are compiled once.
func TestOnce(t *testing.T) {
	compiler := newCompiler(t)
	first, err := compileText(t, compiler, "a.scss", "a { b: c }", nil)
	if err != nil {
		t.Fatal(err)
	}
	compiler.command = []string{"/nowhere"}
	again, err := compileText(t, compiler, "a.scss", "a { b: c }", nil)
	if err != nil || string(again.CSS) != string(first.CSS) {
		t.Errorf("the second time it is %q, %v", again.CSS, err)
	}
	if _, err := compileText(t, compiler, "a.scss", "a { b: d }", nil); err == nil {
		t.Error("another sheet was not compiled anew")
	}
}

// A sheet that was not done in time, as on a machine that was busy, or whose child was
// ended, is compiled again later.
func TestLater(t *testing.T) {
	for name, fail := range map[string]func(*Process){
		"not in time": func(p *Process) { p.limit = time.Nanosecond },
		"ended":       func(p *Process) { p.command = []string{"false"} },
	} {
		p := newCompiler(t)
		p.again = -time.Second
		command := p.command
		fail(p)
		if _, err := compileText(t, p, "a.scss", "a { b: c }", nil); err == nil {
			t.Errorf("%s: it was compiled", name)
		}
		p.limit, p.command = timeLimit, command
		if got, err := compileText(t, p, "a.scss", "a { b: c }", nil); err != nil || !strings.Contains(string(got.CSS), "b: c") {
			t.Errorf("%s: later it is %q, %v", name, got.CSS, err)
		}
	}
}

func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := newCompiler(t).Compile(ctx, &sass.Source{Name: "a.scss", Text: "@while true {}", Style: "compact"})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func BenchmarkCompile(b *testing.B) {
	source := &sass.Source{Name: "a.scss", Style: "compact", Map: true, Text: `@mixin m($i) { .a#{$i} { color: darken(#fff, $i * .1%); &:hover { width: $i * 1px; } } } @for $i from 1 through 300 { @include m($i); }`}
	b.Run("process", func(b *testing.B) {
		for b.Loop() {
			if _, err := newCompiler(b).Compile(b.Context(), source); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("here", func(b *testing.B) {
		dir := b.TempDir()
		for b.Loop() {
			if _, err := Compile(source, dir); err != nil {
				b.Fatal(err)
			}
		}
	})
}
