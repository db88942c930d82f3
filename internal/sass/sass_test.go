package sass

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestImports(t *testing.T) {
	for _, c := range []struct {
		text     string
		indented bool
		want     string
	}{
		{`@import "a", 'b/c' ; @import "d"`, false, "a:1 b/c:1 d:1"},
		{"a { b: c }\n@import\n  \"a\", // and\n  \"b\";\n", false, "a:2 b:2"},
		{`@import url("x.css"); @import "y.css" screen; "z"`, false, "y.css:1"},
		{"@import url(//e.org/a), 'b';", false, "b:1"},
		{"/* @import 'a'; */ // @import 'b';", false, "a:1 b:1"},
		{"@import 'a", false, "a:1"},
		{"@import", false, ""},
		{"@import a, 'b'\n.c\n  d: e\n@import \"f\"\n", true, "a:1 b:1 f:4"},
	} {
		var got []string
		for _, i := range imports(c.text, c.indented) {
			got = append(got, fmt.Sprintf("%s:%d", i.path, i.line))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q imports %q, not %q", c.text, s, c.want)
		}
	}
}

func FuzzImports(f *testing.F) {
	f.Add(`@import "a", 'b' // x`, false)
	f.Add("@import a,\n@import url(", true)
	f.Add("@import /* \"\\", false)
	f.Fuzz(func(t *testing.T, text string, indented bool) {
		for _, i := range imports(text, indented) {
			if !strings.Contains(text, i.path) || i.line < 1 || i.line > 1+strings.Count(text, "\n") {
				t.Errorf("%q imports %q in line %d", text, i.path, i.line)
			}
		}
	})
}

func TestReadSettings(t *testing.T) {
	got := ReadSettings(map[string]any{"style": ":compressed", "sass_dir": "styles", "load_paths": []any{"a", "b/*"},
		"sourcemap": "never", "precision": 400, "add_charset": true})
	if s := fmt.Sprintf("%+v", got); s != "{Style:compressed Dir:styles LoadPaths:[a b/*] NoMap:true Precision:32 Charset:true Stop:<nil>}" {
		t.Errorf("the settings are %s", s)
	}
	got = ReadSettings(map[string]any{"style": "pretty", "sourcemap": "always", "precision": "few", "load_paths": 3})
	if s := fmt.Sprintf("%+v", got); s != "{Style: Dir: LoadPaths:[] NoMap:false Precision:0 Charset:false Stop:<nil>}" {
		t.Errorf("what makes no sense is read as %s", s)
	}
}

func TestGather(t *testing.T) {
	site := fstest.MapFS{
		"css/main.scss":           {Data: []byte(`@import "a";`)},
		"css/_a.scss":             {Data: []byte("beside the sheet is not looked for")},
		"_sass/_a.scss":           {Data: []byte(`@import "sub/b", "../top";`)},
		"_sass/a.scss":            {Data: []byte("two of a name")},
		"_sass/sub/b.sass":        {Data: []byte("@import c")},
		"_sass/sub/_c/_index.css": {Data: []byte("no index of that folder")},
		"_sass/sub/c/_index.scss": {Data: []byte("")},
		"_top.scss":               {Data: []byte("")},
		"_sass/other.scss":        {Data: []byte("not imported")},
		"vendor/x/_a.scss":        {Data: []byte("")},
	}
	source, err := Gather(site, "css/main.scss", `@import "a"; @import "http://x"; @import "y.css";`, Settings{LoadPaths: []string{"vendor/*", "../..", "nowhere"}})
	if err != nil {
		t.Fatal(err)
	}
	want := "_sass/_a.scss _sass/a.scss _sass/sub/b.sass _sass/sub/c/_index.scss _top.scss vendor/x/_a.scss"
	if got := strings.Join(slices.Sorted(maps.Keys(source.Files)), " "); got != want {
		t.Errorf("gathered %s\n    want %s", got, want)
	}
	if got := strings.Join(source.LoadPaths, " "); got != "vendor/x . _sass" {
		t.Errorf("the load paths are %s", got)
	}
	if source.Style != "compact" || !source.Map {
		t.Errorf("the defaults are %+v", source)
	}
}

func TestGatherRefuses(t *testing.T) {
	many := fstest.MapFS{}
	text := ""
	for i := range maxFiles + 1 {
		many[fmt.Sprintf("_sass/%d.scss", i)] = &fstest.MapFile{}
		text += fmt.Sprintf("@import \"%d\";\n", i)
	}
	for _, c := range []struct {
		name, text string
		site       fstest.MapFS
		want       string
	}{
		{"a path of the disk", "\n@import '/etc/passwd';", nil, "a.scss:2: The import \"/etc/passwd\" leads out"},
		{"upwards", "@import '../a';", nil, "a.scss:1: The import \"../a\" leads out"},
		{"out and back", "@import 'x/../../a';", nil, "a.scss:1: The import \"x/../../a\" leads out"},
		{"a drive", "@import 'C:/a';", nil, "a.scss:1: The import \"C:/a\" leads out"},
		{"a backslash", `@import '..\a';`, nil, "a.scss:1: The import \"..\\\\a\" has a backslash"},
		{"upwards from an import", "@import 'x/y';", fstest.MapFS{"_sass/x/y.scss": {Data: []byte("@import '../../../z';")}}, "_sass/x/y.scss:1: The import \"../../../z\" leads out"},
		{"too many", text, many, "a.scss:2001: The style sheet imports more than 2000 files"},
		{"too much", "@import 'x';", fstest.MapFS{"x.scss": {Data: make([]byte, maxBytes+1)}}, "a.scss:1: The style sheet imports more than"},
		{"no text", "@import 'x';", fstest.MapFS{"x.scss": {Data: []byte("\xff")}}, "a.scss:1: The import x.scss is no text"},
	} {
		_, err := Gather(c.site, "a.scss", c.text, Settings{})
		if _, ok := errors.AsType[*Error](err); !ok || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: the error is %q, not %q", c.name, err, c.want)
		}
	}
}

// What is found takes time and room in proportion to the text, be each import a line's or
// all of one.
func TestImportsProportional(t *testing.T) {
	for _, indented := range []bool{false, true} {
		for _, one := range []string{"@import a,", "@import a\n", "@import 'a';", "@import url(a) "} {
			begun := time.Now()
			if found := imports(strings.Repeat(one, 200_000), indented); len(found) > 200_000 {
				t.Errorf("%q: %d", one, len(found))
			}
			if took := time.Since(begun); took > 3*time.Second {
				t.Errorf("%q took %v", one, took)
			}
		}
	}
}

// A text of any length can be made by a template: one that is longer than a sheet is
// refused, and gathering ends when it is told to.
func TestGatherEnds(t *testing.T) {
	if _, err := Gather(fstest.MapFS{}, "a.scss", strings.Repeat(" ", maxBytes+1), Settings{}); err == nil || !strings.Contains(err.Error(), "larger than 8 MB") {
		t.Error(err)
	}
	asked, over := 0, errors.New("over")
	stop := func() error {
		if asked++; asked > 10 {
			return over
		}
		return nil
	}
	if _, err := Gather(fstest.MapFS{}, "a.scss", strings.Repeat("@import 'a';", 1000), Settings{Stop: stop}); !errors.Is(err, over) || asked != 11 {
		t.Errorf("asked %d times, it ends with %v", asked, err)
	}
}
