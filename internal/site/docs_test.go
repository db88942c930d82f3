package site

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every example of docs/templates.md is a template that can be used.
func TestTemplateExamples(t *testing.T) {
	text, err := os.ReadFile("../../docs/templates.md")
	if err != nil {
		t.Skip("the documents are not beside the code:", err)
	}
	blocks := regexp.MustCompile("(?s)```html\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(blocks) < 4 {
		t.Fatalf("%d examples", len(blocks))
	}
	s, diags := load(t, "templates/base.html", blocks[0][1], "templates/post.html", blocks[1][1], "templates/toc.html", blocks[2][1], "templates/newest.html", blocks[3][1],
		"_posts/2026-01-02-a.md", postOn("2026-01-02", ""))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	p := s.RenderPost("_posts/2026-08-16-u.md", []byte(samplePost))
	if html := string(p.HTML); !strings.Contains(html, "<p>20 August 2026</p>") || !strings.Contains(html, "First <em>words</em>") || p.ContentStart < 0 {
		t.Error(html)
	}
	for layout, want := range map[string]string{"toc": `<a href="#part">Part</a>`, "newest": `>Post of 2026-01-02</a>`} {
		p := s.RenderPost("x.md", []byte(strings.Replace(samplePost, "layout: post", "layout: "+layout, 1)))
		if !strings.Contains(string(p.HTML), want) || len(p.Diagnostics) > 0 {
			t.Errorf("%s: %s %v", layout, p.HTML, p.Diagnostics)
		}
	}
}
