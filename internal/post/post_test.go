package post

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"galley/internal/diag"
	"galley/internal/sharedtest"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, src  string
		body, yaml string
		codes      string // the diagnostics' places and codes
	}{
		{"plain", "---\ntitle: A\ndate: 2026-08-19 22:00:00 -0000\n---\n\nBody\n", "\nBody\n", "title: A\ndate: 2026-08-19 22:00:00 -0000\n", ""},
		{"windows", "---\r\ntitle: A\r\n---\r\nBody\r\n", "Body\r\n", "title: A\r\n", ""},
		{"dots", "---\ntitle: A\n...\nBody", "Body", "title: A\n", ""},
		{"spaces behind fences", "---  \ntitle: A\n--- \t\nBody", "Body", "title: A\n", ""},
		{"byte order mark", "\uFEFF---\ntitle: A\n---\nBody", "Body", "title: A\n", ""},
		{"empty front matter", "---\n---\nBody", "Body", "", ""},
		{"missing", "Body\n", "Body\n", "", "1:1 front-matter-missing"},
		{"empty", "", "", "", "1:1 front-matter-missing"},
		{"four dashes", "----\na: 1\n----\n", "----\na: 1\n----\n", "", "1:1 front-matter-missing"},
		{"not closed", "---\ntitle: A\n\nBody\n", "---\ntitle: A\n\nBody\n", "", "1:1 front-matter-unclosed"},
		{"only a fence", "---\n", "---\n", "", "1:1 front-matter-unclosed"},
		{"broken", "---\nlayout: post\ntitle: A: B\n---\nBody", "Body", "layout: post\ntitle: A: B\n", "3:1 front-matter-broken"},
		{"open quote", "---\ntitle: \"A\n---\nBody", "Body", "title: \"A\n", "2:1 front-matter-broken"},
		{"tab", "---\ntitle: A\n\tb: c\n---\n", "", "title: A\n\tb: c\n", "3:2 front-matter-broken"},
		{"apostrophe", "---\na: b\ntitle: \"Don\\'t\"\n---\nBody", "Body", "a: b\ntitle: \"Don\\'t\"\n", "3:1 front-matter-broken"},
		{"control", "---\ntitle: \x00\n---\nBody", "Body", "title: \x00\n", "2:1 front-matter-broken"},
		{"a list", "---\n- a\n- b\n---\nBody", "Body", "- a\n- b\n", "2:1 front-matter-type"},
		{"a text", "---\nhello\n---\nBody", "Body", "hello\n", "2:1 front-matter-type"},
		{"title is a list", "---\nx: 1\ntitle: [A, B]\n---\n", "", "x: 1\ntitle: [A, B]\n", "3:8 front-matter-type"},
		{"bad date", "---\ndate: POST_DATE\n---\n", "", "date: POST_DATE\n", "2:7 date-unreadable"},
		{"twice", "---\ntitle: A\ntitle: B\n---\n", "", "title: A\ntitle: B\n", "3:1 front-matter-duplicate"},
		{"slug is a number", "---\nslug: 2026\n---\n", "", "slug: 2026\n", "2:7 front-matter-type"},
		{"slug is a text", "---\nslug: \"2026\"\npermalink: /a/\nlang:\n---\n", "", "slug: \"2026\"\npermalink: /a/\nlang:\n", ""},
		{"slug is false", "---\nslug: false\nredirect_from: false\n---\n", "", "slug: false\nredirect_from: false\n", "3:16 front-matter-type"},
		{"slug is a date", "---\nslug: 2026-08-16\n---\n", "", "slug: 2026-08-16\n", "2:7 front-matter-type"},
		{"permalink is a time", "---\npermalink: 12:30\n---\n", "", "permalink: 12:30\n", "2:12 front-matter-type"},
		{"permalink is empty", "---\npermalink: ''\n---\n", "", "permalink: ''\n", "2:12 front-matter-type"},
		{"redirects", "---\nredirect_from: [a]\nredirect_to: {a: 1}\ncategories: 2026\n---\n", "", "redirect_from: [a]\nredirect_to: {a: 1}\ncategories: 2026\n", "4:13 front-matter-type"},
		{"published", "---\npublished: nope\n---\n", "", "published: nope\n", "2:12 front-matter-type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Parse([]byte(c.src))
			if got := string(p.BodyText()); got != c.body {
				t.Errorf("body %q, want %q", got, c.body)
			}
			if got := c.src[p.FrontMatter.Start:p.FrontMatter.End]; got != c.yaml {
				t.Errorf("front matter %q, want %q", got, c.yaml)
			}
			var codes []string
			for _, d := range p.Diagnostics {
				codes = append(codes, diag.NewIndex([]byte(c.src)).Position(d.Range.Start).String()+" "+d.Code)
			}
			if got := strings.Join(codes, ", "); got != c.codes {
				t.Errorf("diagnostics %q, want %q", got, c.codes)
			}
		})
	}
}

// What stands before the colon of a line is a key as YAML reads it.
func TestKeys(t *testing.T) {
	for line, want := range map[string]string{
		"og:image:":             "og:image",
		"og:image: http://a/b":  "og:image",
		"og:image :":            "og:image",
		"a b:c d: e":            "a b:c d",
		"a:: b":                 "a:",
		"a: b: c":               "a",
		":a: b":                 ":a",
		"-a:b: c":               "-a:b",
		"'og:image': b":         "og:image",
		"\"og:image\" : b":      "og:image",
		"http://a.example/b: c": "http://a.example/b",
		"a:b":                   "",
		"- a:b: c":              "",
	} {
		var names []string
		for _, k := range Parse([]byte("---\ntitle: A\n" + line + "\n---\n")).Keys {
			names = append(names, k.Name)
		}
		if slices.Equal(names, []string{"title"}) != (want == "") || want != "" && !slices.Equal(names, []string{"title", want}) {
			t.Errorf("%q: %q", line, names)
		}
	}
}

func TestText(t *testing.T) {
	p := Parse([]byte("---\na: text\nb: 12\nc: true\nd: 1.5\ne: [x, z]\nf:\ng: x y\nh: {i: {j: k}}\nl:\n  -\n  - m\n---\n"))
	for key, want := range map[string]string{"a": "text", "b": "12", "c": "true", "d": "1.5", "e": "", "f": "", "none": ""} {
		if got := p.Text(key); got != want {
			t.Errorf("Text(%s) = %q, want %q", key, got, want)
		}
	}
	for key, want := range map[string]string{"e": "x z", "g": "x y", "a": "text", "none": "", "l": "m"} {
		if got := strings.Join(p.List(key), " "); got != want {
			t.Errorf("List(%s) = %q, want %q", key, got, want)
		}
	}
	if h, ok := p.Meta["h"].(map[string]any); !ok || h["i"].(map[string]any)["j"] != "k" {
		t.Errorf("nested map: %#v", p.Meta["h"])
	}
}

// Each case of testdata/set.txtar is a pair of files, NAME and NAME.want, and
// the comment line "NAME: key=value" that leads from one to the other.
func TestSetKey(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/set.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = strings.ReplaceAll(string(f.Data), "<CR>", "\r")
	}
	for line := range strings.Lines(string(archive.Comment)) {
		name, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		key, value, ok := strings.Cut(rest, "=")
		if !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			src, want := files[name], files[name+".want"]
			got, err := SetKey([]byte(src), key, value)
			if strings.TrimSpace(want) == "error" {
				if err == nil {
					t.Fatalf("no error, but\n%s", got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestParseDate(t *testing.T) {
	east := time.FixedZone("", 2*3600)
	for _, c := range []struct {
		value any
		zone  *time.Location
		want  string // in UTC; empty when it is no date
	}{
		{"2026-08-19 22:00:00 -0000", time.UTC, "2026-08-19 22:00:00"},
		{"2026-08-19 22:00:00 +0200", time.UTC, "2026-08-19 20:00:00"},
		{"2026-08-19 22:00:00 -04:30", time.UTC, "2026-08-20 02:30:00"},
		{"2026-08-19T22:00:00Z", east, "2026-08-19 22:00:00"},
		{"2026-08-19 22:00:00", east, "2026-08-19 22:00:00"}, // YAML's own form: UTC
		{"2026-08-19 22:00", east, "2026-08-19 20:00:00"},    // Ruby's: the site's zone
		{"2026-08-19", east, "2026-08-18 22:00:00"},
		{"2024-04-17 14:4g5:00 -0000", time.UTC, "2024-04-17 14:04:00"},
		{"2022-02-29 07:10", time.UTC, "2022-03-01 07:10:00"},
		{"2022-02-29 07:10:00 -0000", time.UTC, "2022-03-01 07:10:00"},
		{"19 August 2026", time.UTC, "2026-08-19 00:00:00"},
		{"Wed, 19 Aug 2026 22:00:00 GMT", time.UTC, "2026-08-19 22:00:00"},
		{"August 19th, 2026 10:30 pm", time.UTC, "2026-08-19 22:30:00"},
		{"2026/8/19", time.UTC, "2026-08-19 00:00:00"},
		{"20260819", time.UTC, "2026-08-19 00:00:00"},
		{20260819, time.UTC, "2026-08-19 00:00:00"},
		{"20260819T2215", time.UTC, "2026-08-19 22:15:00"},
		{"POST_DATE", time.UTC, ""},
		{"2026-13-01", time.UTC, ""},
		{"2026-08-32 10:00", time.UTC, ""},
		{"2026-08-19 25:00", time.UTC, ""},
		{"", time.UTC, ""},
		{nil, time.UTC, ""},
		{"99999999999999999999-01-01", time.UTC, ""},
	} {
		got, ok := ParseDate(c.value, c.zone)
		if ok != (c.want != "") || ok && got.UTC().Format(time.DateTime) != c.want {
			t.Errorf("ParseDate(%v) = %v %v, want %q", c.value, got, ok, c.want)
		}
		if ok && got.Location() != c.zone {
			t.Errorf("ParseDate(%v) is in %v, want %v", c.value, got.Location(), c.zone)
		}
	}
}

func TestParseName(t *testing.T) {
	for file, want := range map[string]Name{
		"_posts/2026-08-16-update.md":    {2026, 8, 16, "update", ".md"},
		"a/b/2026-8-6-x.y-z.markdown":    {2026, 8, 6, "x.y-z", ".markdown"},
		"_posts/2026-08-16-update":       {},
		"_posts/update.md":               {},
		"_posts/2026-08-16-update.md/..": {},
	} {
		got, ok := ParseName(file)
		if got != want || ok != (want != Name{}) {
			t.Errorf("ParseName(%q) = %v %v, want %v", file, got, ok, want)
		}
	}
}

func TestSlugify(t *testing.T) {
	for title, want := range map[string]string{
		"Week Ending August 16, 2026": "week-ending-august-16-2026",
		"  --Ünïcode & co.!":          "ünïcode-co",
		"":                            "",
		"!!!":                         "",
	} {
		if got := Slugify(title); got != want {
			t.Errorf("Slugify(%q) = %q, want %q", title, got, want)
		}
	}
}

// A title's slug is short enough for a file's name, and ends where a word does.
func TestTitleSlug(t *testing.T) {
	for title, want := range map[string]string{
		"A short one":                        "a-short-one",
		strings.Repeat("a", 120):             strings.Repeat("a", 120),
		strings.Repeat("abcdefg ", 40):       strings.TrimSuffix(strings.Repeat("abcdefg-", 15), "-"),
		strings.Repeat("я", 130):             strings.Repeat("я", 60),
		strings.Repeat("слово ", 40):         strings.TrimSuffix(strings.Repeat("слово-", 11), "-"),
		"a" + strings.Repeat("日本", 40):       "a" + strings.Repeat("日本", 19) + "日",
		strings.Repeat("e\u0301x", 50):       strings.Repeat("e\u0301x", 30),
		"ab" + strings.Repeat("ก\u0e31", 30): "ab" + strings.Repeat("ก\u0e31", 19),
		"a " + strings.Repeat("b", 130):      "a-" + strings.Repeat("b", 118),
	} {
		if got := TitleSlug(title); got != want {
			t.Errorf("TitleSlug(%q) = %q, want %q", title, got, want)
		}
	}
}

// Front matter made to exhaust its reader is refused or read, in little time
// and without a deep stack.
func TestHostileFrontMatter(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		p := string(c - 1)
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+p+",", 8) + "*" + p + "]\n"
	}
	for name, yaml := range map[string]string{
		"aliases":    bomb,
		"flow depth": "a: " + strings.Repeat("[", 50_000) + "\n",
		"list depth": strings.Repeat("- ", 50_000) + "\n",
		"flow lines": strings.Repeat("[\n", 20_000),
		"long text":  "a: " + strings.Repeat("x", 10<<20) + "\n",
		"many keys":  strings.Repeat("k: v\n", 40_000),
	} {
		t.Run(name, func(t *testing.T) {
			p := Parse([]byte("---\n" + yaml + "---\nBody"))
			if len(p.Diagnostics) == 0 {
				t.Error("no diagnostic")
			}
			if string(p.BodyText()) != "Body" {
				t.Errorf("body lost")
			}
		})
	}
}

// Every real post parses without a complaint other than about its date, and
// setting its title to what it is changes nothing.
func TestCorpus(t *testing.T) {
	files := sharedtest.Files("corpus/posts/*.md")
	if len(files) == 0 {
		t.Skip("the corpus of real posts is not beside the project")
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p := Parse(src)
		for _, d := range p.Diagnostics {
			t.Errorf("%s", diag.Format(file, src, d))
		}
		got, err := SetKey(src, "title", p.Text("title"))
		if err != nil || string(got) != string(src) {
			t.Errorf("%s: setting the title to itself: %v", file, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("---\ntitle: A\n---\nBody"))
	f.Add([]byte("\uFEFF---\r\n\"a\": 'b' # c\r\nlist:\r\n- x\r\n...\r\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		p := Parse(src)
		if p.Meta == nil || p.Body < 0 || p.Body > len(src) {
			t.Fatalf("%+v", p)
		}
		for _, k := range p.Keys {
			if k.Range.Start > k.Value.Start || k.Value.Start > k.Value.End || k.Value.End > k.Range.End ||
				k.Range.Start < p.FrontMatter.Start || k.Range.End > p.FrontMatter.End {
				t.Fatalf("key %+v outside of %+v", k, p.FrontMatter)
			}
		}
		for _, d := range p.Diagnostics {
			if d.Range.Start < 0 || d.Range.End < d.Range.Start || d.Range.End > len(src) {
				t.Fatalf("diagnostic %+v outside of %d bytes", d, len(src))
			}
		}
	})
}

func FuzzSetKey(f *testing.F) {
	f.Add([]byte("---\ntitle: A # c\nb: 1\n---\nBody"), "title", "a: b")
	f.Add([]byte("Body"), "slug", "#x")
	f.Add([]byte("---\ntitle: A\nog:image:\ntags: [b]\n---\n"), "title", "B")
	f.Add([]byte("---\ntitle: A\n? k\n---\n"), "title", "B")
	f.Fuzz(func(t *testing.T, src []byte, key, value string) {
		e, err := KeyEdit(src, key, value)
		if err != nil {
			return
		}
		before, after := Parse(src), Parse(e.Apply(src))
		if string(before.BodyText()) != string(after.BodyText()) {
			t.Fatalf("body changed")
		}
		for name, was := range before.Meta {
			if is, there := after.Meta[name]; name != key && !(there && reflect.DeepEqual(was, is)) {
				t.Fatalf("%s changed", name)
			}
		}
	})
}
