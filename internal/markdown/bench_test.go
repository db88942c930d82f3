package markdown

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"

	"galley/internal/sharedtest"
)

// samples are posts to measure with: the corpus, or a post of the passages
// that newsletters are made of.
func samples(tb testing.TB) [][]byte {
	var out [][]byte
	files := sharedtest.Files("corpus/posts/*.md")
	for _, f := range files {
		if b, err := os.ReadFile(f); err == nil {
			out = append(out, bodyOf(b))
		}
	}
	if len(out) == 0 {
		var post []byte
		for range 5 {
			for _, c := range readCases(tb) {
				if strings.HasSuffix(c.file, "newsletter.txtar") {
					post = append(append(post, c.input...), "\n\n"...)
				}
			}
		}
		out = append(out, post)
	}
	return out
}

func stockGoldmark() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute()),
		goldmark.WithRendererOptions(html.WithUnsafe()))
}

func BenchmarkRender(b *testing.B) {
	posts := samples(b)
	size := 0
	for _, p := range posts {
		size += len(p)
	}
	run := func(name string, render func([]byte)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(size))
			for b.Loop() {
				for _, p := range posts {
					render(p)
				}
			}
		})
	}
	stock := stockGoldmark()
	run("goldmark", func(p []byte) {
		var out bytes.Buffer
		if err := stock.Convert(p, &out); err != nil {
			b.Fatal(err)
		}
	})
	for _, d := range []Dialect{Kramdown, GFM, CommonMark} {
		r := New(Config{Dialect: d})
		run(string(d), func(p []byte) { r.Render(p).HTML() })
	}
}

// TestSpeed compares rendering with stock goldmark in one run: the ratio
// must stay below 1.5. Rounds alternate, and the fastest of each counts, so
// that other work on the machine does not decide.
func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("not measured in short mode")
	}
	posts := samples(t)
	stock := stockGoldmark()
	r := New(Config{})
	measure := func(render func([]byte)) time.Duration {
		start := time.Now()
		for _, p := range posts {
			render(p)
		}
		return time.Since(start)
	}
	ours, theirs := time.Hour, time.Hour
	for range 15 {
		theirs = min(theirs, measure(func(p []byte) {
			var out bytes.Buffer
			if err := stock.Convert(p, &out); err != nil {
				t.Fatal(err)
			}
		}))
		ours = min(ours, measure(func(p []byte) { r.Render(p).HTML() }))
	}
	ratio := float64(ours) / float64(theirs)
	t.Logf("%d texts: kramdown's dialect %v, stock goldmark %v, ratio %.2f", len(posts), ours, theirs, ratio)
	if ratio > 1.5 {
		t.Errorf("rendering takes %.2f times as long as stock goldmark; at most 1.5 is wanted", ratio)
	}
}
