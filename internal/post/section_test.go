package post

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSections(t *testing.T) {
	src := "\uFEFF---\ntitle: a\n# no heading\n---\nbefore\n" +
		"## [123: a *b*](https://x/(y)) ##\r\n\ntext\n" +
		"### Below {#below}\n```\n# not here\n```\n" +
		"<!--\n## nor here\n-->\n" +
		"Under\n-----\n\nUnder it\n--------\n\n* item\n---\n#not\n#\n" +
		"# **Top** `code`\n~~~\n## after a fence without end\n"
	got := ""
	for _, s := range Parse([]byte(src)).Sections() {
		got += fmt.Sprintf("%d %q own %q whole %d\n", s.Level, s.Name, firstLine(src[s.Own.Start:s.Own.End]), strings.Count(src[s.Range.Start:s.Range.End], "\n"))
	}
	want := `2 "123: a *b*" own "## [123: a *b*](https://x/(y)) ##" whole 13
3 "Below" own "### Below {#below}" whole 10
2 "Under it" own "Under it" whole 7
1 "Top code" own "# **Top** ` + "`code`" + `" whole 3
2 "after a fence without end" own "## after a fence without end" whole 1
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimSuffix(line, "\r")
}

// Sections follow one another, and each holds its own part.
func FuzzSections(f *testing.F) {
	f.Add([]byte("# a\n## b\n### c\n# d\ne\n=\n"))
	f.Add([]byte("```\n# a\n~~~\n<!-- \n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		p := Parse(src)
		last := p.Body
		for _, s := range p.Sections() {
			if s.Own.Start < last || s.Range.Start != s.Own.Start || s.Own.End <= s.Own.Start || s.Own.End > s.Range.End || s.Range.End > len(src) {
				t.Fatalf("%+v in %q", s, src)
			}
			last = s.Own.End
		}
	})
}

func TestSectionsSoon(t *testing.T) {
	for name, unit := range map[string]string{"headings": "# a\n", "fences": "```\n", "rising fences": "", "comments": "<!-- \n", "links": "# [[[[[[[[\n"} {
		n := 100_000
		if testing.Short() {
			n = 10_000
		}
		src := strings.Repeat(unit, n)
		if unit == "" {
			var b strings.Builder
			for i := n / 50; i > 2; i-- {
				b.WriteString(strings.Repeat("~", i) + "x\n" + strings.Repeat("`", i) + "x\n")
			}
			src = b.String()
		}
		begin := time.Now()
		Parse([]byte(src)).Sections()
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// The browser finds the same by the same table.
func TestChapters(t *testing.T) {
	data, err := os.ReadFile("testdata/chapters.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text     string
		Chapters []string
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		names := []string{}
		for _, s := range Parse([]byte(c.Text)).Chapters() {
			names = append(names, s.Name)
		}
		if !slices.Equal(names, c.Chapters) {
			t.Errorf("%q: %q, want %q", c.Text, names, c.Chapters)
		}
	}
}
