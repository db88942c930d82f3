package outline

import (
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"galley/internal/post"
	"galley/internal/sharedtest"
)

var update = flag.Bool("update", false, "rewrite the expected side of testdata")

// Each case of testdata/outline.txtar is a body, and a file NAME.want with a line
// for each block and span.
func TestParse(t *testing.T) {
	const file = "testdata/outline.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		in, want := archive.Files[i], archive.Files[i+1]
		if want.Name != in.Name+".want" {
			t.Fatalf("%s is followed by %s", in.Name, want.Name)
		}
		t.Run(in.Name, func(t *testing.T) {
			got := show(in.Data)
			if *update {
				archive.Files[i+1].Data = []byte(got)
			} else if got != string(want.Data) {
				t.Errorf("got\n%swant\n%s", got, want.Data)
			}
		})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

var kinds = []string{"paragraph", "heading", "item", "row", "code", "html", "template", "rule", "definition"}
var spanKinds = []string{"link", "picture", "bare", "code", "tag"}

func show(body []byte) string {
	var out strings.Builder
	for _, b := range Parse(body, 0) {
		fmt.Fprintf(&out, "%s", kinds[b.Kind])
		if b.Level > 0 {
			fmt.Fprintf(&out, " %d", b.Level)
		}
		for _, flag := range []struct {
			is   bool
			name string
		}{{b.Ordered, "ordered"}, {b.Quoted, "quoted"}, {b.First, "first"}, {b.Header, "header"}} {
			if flag.is {
				fmt.Fprintf(&out, " %s", flag.name)
			}
		}
		fmt.Fprintf(&out, " %q\n", strings.ReplaceAll(b.Text, "\x00", "."))
		for _, s := range b.Spans {
			fmt.Fprintf(&out, "  %s %q %q %q\n", spanKinds[s.Kind], body[s.Range.Start:s.Range.End], body[s.Text.Start:s.Text.End], s.To)
		}
	}
	return out.String()
}

var (
	comparedTag = regexp.MustCompile(`<(h[1-6]|li|a href="[^"]*"|img src="[^"]*")[ >]`)
	notes       = regexp.MustCompile(`(?s)<div class="footnotes".*|<a href="#fn[^>]*>`)
)

// On real posts the outline has the headings, items and links that the page has.
func TestCorpus(t *testing.T) {
	files := sharedtest.Files("corpus/posts/*.md")
	if len(files) == 0 {
		t.Skip("there is no corpus of posts here")
	}
	same := 0
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		page, err := os.ReadFile(filepath.Join(sharedtest.Dir(t), "corpus/html", name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, m := range comparedTag.FindAllStringSubmatch(notes.ReplaceAllString(string(page), ""), -1) {
			want = append(want, html.UnescapeString(m[1]))
		}
		body := post.Parse(src).BodyText()
		for _, b := range Parse(body, 0) {
			switch {
			case b.Kind == Heading:
				got = append(got, fmt.Sprint("h", b.Level))
			case b.Kind == Item && b.Text != "":
				got = append(got, "li")
			}
			for _, s := range b.Spans {
				switch {
				case s.Kind == Link, s.Kind == Bare && body[s.Range.Start] == '<':
					got = append(got, `a href="`+s.To+`"`)
				case s.Kind == Picture:
					got = append(got, `img src="`+s.To+`"`)
				}
			}
		}
		if slices.Equal(got, want) {
			same++
		} else {
			for i := 0; i < len(got) && i < len(want); i++ {
				if got[i] != want[i] {
					t.Logf("%s: %d: got %s, want %s", name, i, got[i], want[i])
					break
				}
			}
			if n := min(len(got), len(want)); slices.Equal(got[:n], want[:n]) {
				t.Logf("%s: got %v more, want %v", name, got[n:], want[n:])
			}
		}
	}
	t.Logf("%d of %d posts have the same headings, items and links in both", same, len(files))
	if same < len(files)*95/100 {
		t.Errorf("only %d of %d posts", same, len(files))
	}
}

func TestLinear(t *testing.T) {
	for _, piece := range []string{"[", "](", "[a](", "*", "`", "``a", "<a ", "<!--", "{%", "$$", "[[]](x) ", "![", "> ", "* ", "- - ", "a|b\n", "~~~\n", "<div>\n", "[a]: b\n", "[a](<", "[a](b \"", "https://", "#", "|", "\\", "{% raw %}\n", "[x](y) [", "http://a.b/) "} {
		src := []byte(strings.Repeat(piece, 1<<18/len(piece)))
		start := time.Now()
		Parse(src, 0)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q took %v", piece, took)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"# a [b](c) `d`\n\n* x\n  y\n> z ![p](q \"r\")\n", "a | b\n--|--\n[x]: y\n[x] **b** <https://a.b> {{ c }}\n", "- - [ ] \\* a_b_ http://x.y/z.\n```\nq\n", "[a [b](c) d](e)![](f)[^1]\n\n[^1]: g\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		end := 0
		for _, b := range Parse(body, 0) {
			if b.Range.Start < 0 || b.Range.End < b.Range.Start || b.Range.End > len(body) || b.Range.Start < end && b.Kind != Item {
				t.Fatalf("block %+v behind %d in %d bytes", b, end, len(body))
			}
			end = b.Range.Start
			for i := range b.Text {
				at := b.Source(i, i+1)
				if at.Start < 0 || at.End > len(body) || b.Text[i] != Hidden && b.Text[i] != '\n' && body[at.Start] != b.Text[i] {
					t.Fatalf("byte %d of %q is at %v", i, b.Text, at)
				}
			}
			for _, s := range b.Spans {
				for _, r := range [][2]int{{s.Range.Start, s.Range.End}, {s.Text.Start, s.Text.End}, {s.Address.Start, s.Address.End}} {
					if r[0] < 0 || r[1] < r[0] || r[1] > len(body) {
						t.Fatalf("span %+v in %d bytes", s, len(body))
					}
				}
				if s.Reads[0] < 0 || s.Reads[1] < s.Reads[0] || s.Reads[1] > len(b.Text) {
					t.Fatalf("span %+v reads in %q", s, b.Text)
				}
			}
		}
	})
}
