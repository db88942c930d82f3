package lint

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"galley/internal/diag"
	"galley/internal/growthtest"
	"galley/internal/post"
	"galley/internal/postindex"
)

var update = flag.Bool("update", false, "rewrite the expected side of testdata")

// now is the present of all tests.
var now = time.Date(2026, 8, 20, 22, 0, 0, 0, time.UTC)

// Each case of a file in testdata is a post, its site's section galley as
// NAME.yml where there is one, and NAME.want: the line, column, level and code of
// what is found in it, with the message and what mends it.
//
// Their present is 2026-08-20, and their path _posts/2026-08-16-update.md.
func TestCheck(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var in, rules []byte
		name := ""
		for i, f := range archive.Files {
			switch {
			case f.Name == name+".yml":
				rules = f.Data
			case f.Name != name+".want":
				name, in, rules = f.Name, f.Data, nil
			default:
				t.Run(name, func(t *testing.T) {
					got := report(t, in, rules)
					if *update {
						archive.Files[i].Data = []byte(got)
					} else if got != string(f.Data) {
						t.Errorf("got\n%swant\n%s", got, f.Data)
					}
				})
			}
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func settings(t testing.TB, rules []byte) map[string]any {
	var galley map[string]any
	if err := yaml.Unmarshal(rules, &galley); err != nil {
		t.Fatal(err)
	}
	return galley
}

func report(t *testing.T, in, rules []byte) string {
	c, problems := New(settings(t, rules))
	var out strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&out, "settings: %s\n", p)
	}
	index := diag.NewIndex(in)
	for _, d := range c.Check(post.Parse(in), Settings{Path: "_posts/2026-08-16-update.md", Now: now}) {
		fmt.Fprintf(&out, "%s-%s %s %s %s\n", index.Position(d.Range.Start), index.Position(d.Range.End), d.Severity, d.Code, d.Message)
		if f := d.Fix; f != nil {
			mended := string(in[:f.Range.Start]) + f.Insert + string(in[f.Range.End:])
			line := mended[strings.LastIndexByte(mended[:f.Range.Start], '\n')+1:]
			line, _, _ = strings.Cut(line, "\n")
			fmt.Fprintf(&out, "  %s: %s\n", f.Name, line)
			// What mends it mends it.
			for _, again := range c.Check(post.Parse([]byte(mended)), Settings{Path: "_posts/2026-08-16-update.md", Now: now}) {
				if again.Code == d.Code && again.Range.Start == d.Range.Start && again.Message == d.Message && again.Range.End-again.Range.Start == d.Range.End-d.Range.Start {
					t.Errorf("%s is not mended by %q: %s", d.Code, f.Name, line)
				}
			}
		}
	}
	return out.String()
}

// everyRule is a checker with all rules on.
func everyRule(t testing.TB) *Checker {
	all := "placeholders: [POST_DATE]\ntitle: '{day}'\nrules:\n"
	for _, r := range Rules() {
		switch r.Code {
		case "words":
			all += "  words: {list: [Kubernetes, {api server: APIserver}]}\n"
		case "topic-again":
			all += "  topic-again: {match: '(\\d+)'}\n"
		case "weekday":
			all += "  weekday: {day: sunday}\n"
		case "form":
			all += "  form: {list: [{match: '^x'}]}\n"
		case "required":
			all += "  required: {list: [{text: '^x'}]}\n"
		case "patterns":
			all += "  patterns: {list: [{find: 'a+', replace: b}]}\n"
		default:
			all += "  " + r.Code + ": on\n"
		}
	}
	c, problems := New(settings(t, []byte(all)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

// A check takes time in proportion to the text, whatever is in it.
func TestLinear(t *testing.T) {
	c := everyRule(t)
	for _, piece := range []string{
		"* a\n", "*\n", "## a\n", "[a](https://a.example/pull/1) ", "[12: a](b c) ", "**a:**\n", "POST_DATE ", "aaaa ", "kubernetes api server ", "--a-b ",
		"![]()", "| a |\n", "\u202e", "\u200b\u200d", "https://xn--80ak6aa92e.com ", "<img src=a>\n", "### 12\n\n", "a. ", "](https://a.example ", "Added x.\n",
	} {
		t.Run(piece, func(t *testing.T) {
			growthtest.Linear(t, 1<<17, func(size int) func() {
				src := []byte(strings.Repeat(piece, size/len(piece)))
				return func() {
					c.Check(post.Parse(src), Settings{Path: "_posts/2026-08-16-update.md", Now: now, Memory: postindex.New(nil)})
				}
			})
		})
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte("---\ntitle: A\n---\n## B\n\n* \n```\n*\n````\n[a] (/b)\n"))
	f.Add([]byte("---\ntitle: Week Ending May 4, 2026\nslug: 2026-05-04-x\ndate: 2999-01-01\n---\n**Next:**\nPOST_DATE\n"))
	f.Add([]byte("* Added kubernetes --flag [here](http://a@xn--80ak6aa92e.com/pull/1) [12: x](https://a/pull/13).\n| a |\n![](x y)\u200b\u202e"))
	c := everyRule(f)
	memory := postindex.New([]postindex.File{{Path: "_posts/2026-08-09-update.md", Text: postindex.Settings{}.Read([]byte("### 12\n* [a](https://a/pull/13)\n"))}})
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, d := range c.Check(post.Parse(src), Settings{Path: "_posts/2026-08-16-update.md", Now: now, Memory: memory}) {
			if d.Range.Start < 0 || d.Range.End < d.Range.Start || d.Range.End > len(src) || d.Message == "" {
				t.Fatalf("%+v in %d bytes", d, len(src))
			}
			if f := d.Fix; f != nil && (f.Range.Start < 0 || f.Range.End < f.Range.Start || f.Range.End > len(src) || f.Name == "") {
				t.Fatalf("%+v of %+v in %d bytes", f, d, len(src))
			}
		}
	})
}
