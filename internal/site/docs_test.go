package site

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestTemplateDocs holds docs/templates.md to the code: every function and
// field is there, and its theme works.
func TestTemplateDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/templates.md")
	if err != nil {
		t.Skip("the documents are not beside the code:", err)
	}
	doc := string(text)
	for name := range signatures {
		if !printers[name] && !strings.Contains(doc, "| `"+name+" ") {
			t.Errorf("the function %s is not documented", name)
		}
	}
	for _, typ := range []reflect.Type{
		reflect.TypeFor[SiteView](), reflect.TypeFor[*PageView](), reflect.TypeFor[ContentPage](), reflect.TypeFor[ListPage](), reflect.TypeFor[Year](),
		reflect.TypeFor[FeedPage](), reflect.TypeFor[FeedEntry](), reflect.TypeFor[SitemapPage](), reflect.TypeFor[RedirectPage](),
	} {
		names := []string{}
		for i := range typ.NumMethod() {
			names = append(names, typ.Method(i).Name)
		}
		for _, f := range reflect.VisibleFields(indirect(typ)) {
			if f.IsExported() && !f.Anonymous {
				names = append(names, f.Name)
			}
		}
		for _, name := range names {
			if !strings.Contains(doc, "`."+name+"`") {
				t.Errorf("%s.%s is not documented", indirect(typ).Name(), name)
			}
		}
	}

	// Every example is a template that can be used.
	blocks := regexp.MustCompile("(?s)```html\n(.*?)```").FindAllStringSubmatch(doc, -1)
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
