package site

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"galley/internal/diag"
	"galley/internal/site/render"
	"galley/internal/site/templates"
	builtin "galley/templates"
)

func TestSiteTemplates(t *testing.T) {
	s, diags := load(t,
		"templates/post.html", `{{template "base.html" .}}{{define "main"}}<article id="own">{{.Content}}</article>{{end}}`,
		"templates/partials/nav.html", `<nav aria-label="own"></nav>`,
		"templates/essay.html", `{{with .Page}}<h1>{{.Title}}</h1>{{end}}{{.Content}}`,
	)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	p := s.RenderPost("_posts/2026-08-16-u.md", []byte(samplePost))
	if html := string(p.HTML); !strings.Contains(html, `<article id="own"><p>First`) && !strings.Contains(html, "<article id=\"own\">\n<p>First") || !strings.Contains(html, `<nav aria-label="own">`) {
		t.Error(html)
	}
	if p.Layout != "templates/post.html" {
		t.Error(p.Layout)
	}
	p = s.RenderPost("x.md", []byte("---\ntitle: T\nlayout: essay\n---\nx\n"))
	if got := string(p.HTML); got != "<h1>T</h1><p>x</p>\n" {
		t.Errorf("%q", got)
	}
	p = s.RenderPost("x.md", []byte("---\nlayout: none\n---\nx\n"))
	if got := string(p.HTML); got != "<p>x</p>\n" {
		t.Errorf("%q", got)
	}
	p = s.RenderPost("x.md", []byte("---\nlayout: unheard-of\n---\nx\n"))
	if !hasCode(p.Diagnostics, "layout-unknown") || !strings.Contains(string(p.HTML), "<p>x</p>") {
		t.Error(p.Diagnostics)
	}
	if r := p.Diagnostics[0].Range; string([]byte("---\nlayout: unheard-of\n---\nx\n")[r.Start:r.End]) != "unheard-of" {
		t.Error(r)
	}
}

// TestTemplateErrors: each error names the file, the line and the words that
// stand there, and the page is made with the built-in template meanwhile.
func TestTemplateErrors(t *testing.T) {
	for _, c := range []struct{ file, text, layout, line, words string }{
		{"post.html", "<p>\n{{.Page.Titel}}\n{{.Content}}", "post", "Line 2", ".Page.Titel"},
		{"post.html", "{{.Content}}\n\n{{range .Page.Title}}x{{end}}", "post", "Line 3", "range .Page.Title"},
		{"post.html", "{{.Content}}\n{{if}}x{{end}}", "post", "Line 2", "{{if}}"},
		{"post.html", "{{.Content}}\n{{shout .Page.Title}}", "post", "Line 2", "shout"},
		{"post.html", "{{.Content}}{{date .Page.Date}}", "post", "Line 1", "takes 2 arguments"},
		{"post.html", "{{.Content}}\n{{template \"nowhere\" .}}", "post", "Line 2", "nowhere"},
		{"post.html", "{{.Content}}\n{{range .Page.Headings}}{{.Level}}{{.Txt}}{{end}}", "post", "Line 2", ".Txt"},
		{"post.html", "{{.Content}}\n{{range .Site.Posts}}{{.Nope}}{{end}}", "post", "Line 2", ".Nope"},
		{"post.html", "{{.Content}}\n{{with $p := .Page}}{{$p.Nope}}{{end}}", "post", "Line 2", "Nope"},
		{"post.html", "{{.Content}}\n<script>var x = '{{if .Page.Title}}</script>{{end}}", "post", "This template is wrong", "ends in a non-text context"},
		{"base.html", "a\nb {{.Page.}} c", "post", "Line 2", "b {{.Page.}} c"},
		{"partials/nav.html", "\n\n\n{{.Site.Nope}}", "post", "Line 4", "{{.Site.Nope}}"},
		{"index.html", "{{range .Years}}\n{{.Yeer}}{{end}}", "", "Line 2", ".Yeer"},
		{"feed.xml", "{{range .Entries}}\n{{.Nope}}{{end}}", "", "Line 2", ".Nope"},
	} {
		s, diags := load(t, "templates/"+c.file, c.text)
		if len(diags) == 0 {
			t.Errorf("%s: nothing was found in %q", c.file, c.text)
			continue
		}
		d := diags[0]
		if d.File != "templates/"+c.file || d.Severity != diag.Error || !strings.Contains(d.Message, c.line) || !strings.Contains(d.Message, c.words) {
			t.Errorf("%q: %+v", c.text, d)
		}
		if c.layout == "" {
			continue
		}
		p := s.RenderPost("_posts/2026-08-16-u.md", []byte(samplePost))
		if !strings.Contains(string(p.HTML), `<article class="post">`) {
			t.Errorf("%q: not the built-in page", c.text)
		}
		if !hasCode(p.Diagnostics, "template") {
			t.Errorf("%q: the page does not say so", c.text)
		}
	}
}

// TestTemplateFailsAtWork: what the checker cannot know is told when it
// happens.
func TestTemplateFailsAtWork(t *testing.T) {
	s, diags := load(t, "templates/post.html", "{{.Content}}\n{{len .Page.Meta.number}}")
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	p := s.RenderPost("_posts/2026-08-16-u.md", []byte("---\nnumber: 5\n---\nx\n"))
	if len(p.Diagnostics) != 1 || p.Diagnostics[0].File != "templates/post.html" || !strings.Contains(p.Diagnostics[0].Message, "Line 2") {
		t.Error(p.Diagnostics)
	}
	if !strings.Contains(string(p.HTML), `<article class="post">`) {
		t.Error("not the built-in page")
	}
}

// TestBuiltInTemplatesAreChecked: the checker passes the built-in templates
// and knows every one of them.
func TestBuiltInTemplatesAreChecked(t *testing.T) {
	s, diags := load(t)
	if len(diags) > 0 {
		t.Error(diags)
	}
	list, err := fs.Glob(builtin.FS(), "*.*ml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range list {
		if !templates.IsShared(name) && s.pages.Templates.Pages[name] == nil {
			t.Errorf("%s is not among the pages", name)
		}
	}
	for _, name := range []string{"post.html", "page.html", "404.html"} {
		if !s.pages.Templates.Pages[name].Verbatim {
			t.Errorf("%s is not a shell around its content", name)
		}
	}
}

// TestContentUsedOtherwise: a template may do more with the content than
// print it; the page is right, and where the content stands is still known
// if it stands there once.
func TestContentUsedOtherwise(t *testing.T) {
	for _, c := range []struct {
		text, want string
		found      bool
	}{
		{`<b>{{len (plain .Content)}}</b>{{.Content}}`, "<b>1</b><p>x</p>\n", true},
		{`{{with .Content}}<i>{{.}}</i>{{end}}`, "<i><p>x</p>\n</i>", true},
		{`{{.Content}}{{.Content}}`, "<p>x</p>\n<p>x</p>\n", false},
		{`<p title="{{.Content}}">`, "<p title=\"x\n\">", false},
		{`{{plain .Content}}`, "x", false},
		{`nothing`, "nothing", false},
		{`{{printf "%s" .Content}}`, "&lt;p&gt;x&lt;/p&gt;\n", false},
	} {
		s, diags := load(t, "templates/page.html", c.text)
		if len(diags) > 0 {
			t.Error(diags)
		}
		p := s.RenderPost("x.md", []byte("x\n"))
		if got := string(p.HTML); got != c.want {
			t.Errorf("%s: %q, not %q", c.text, got, c.want)
		}
		if (p.ContentStart >= 0) != c.found {
			t.Errorf("%s: content at %d", c.text, p.ContentStart)
		}
		if c.found && string(p.HTML[p.ContentStart:p.ContentEnd]) != "<p>x</p>\n" {
			t.Errorf("%s: content is %q", c.text, p.HTML[p.ContentStart:p.ContentEnd])
		}
	}
}

// TestHostileFrontMatter: metadata is text wherever it goes.
func TestHostileFrontMatter(t *testing.T) {
	s, _ := load(t, "_config.yml", "title: '</title><script>alert(1)</script>'\nurl: 'javascript:alert(2)'\ngalley: {nav: [{title: x, url: 'javascript:alert(3)'}], footer: '<img src=x onerror=alert(4)>'}\n")
	for _, value := range []string{
		`"\"><script>alert(5)</script>"`, `"</title><script>alert(5)</script>"`, `"</script><script>alert(5)</script>"`,
		`[a, "<script>alert(5)</script>"]`, `{a: "<script>alert(5)</script>"}`, `"<!--galley:content-->"`, `"{{.Content}}"`,
		`"javascript:alert(5)"`, `"\u2028</script>"`, "5", "true", "null", "2026-01-01",
	} {
		for _, key := range []string{"title", "description", "image", "author", "lang", "tags", "permalink", "date", "slug", "layout", "excerpt", "last_modified_at", "redirect_from"} {
			p := s.RenderPost("_posts/2026-08-16-u.md", []byte(fmt.Sprintf("---\n%s: %s\n---\n\nText.\n", key, value)))
			html := string(p.HTML)
			if strings.Contains(html, "<script>alert") || strings.Contains(html, "<img src=x") || strings.Contains(html, `href="javascript:`) {
				t.Errorf("%s: %s came through:\n%s", key, value, html)
			}
			if !strings.Contains(html, "<p>Text.</p>") {
				t.Errorf("%s: %s lost the content", key, value)
			}
			if p.ContentStart >= 0 && !strings.HasPrefix(html[p.ContentStart:], "<p>Text.") && !strings.HasPrefix(html[p.ContentStart:], "\n<p>Text.") {
				t.Errorf("%s: %s: content is at %q", key, value, html[p.ContentStart:p.ContentStart+20])
			}
		}
	}
}

// TestHostileTemplates end, whatever they do. In short mode a third of them is
// enough, which meets the limits of steps and of size: they are counted, not timed, and
// WebAssembly takes twenty times as long to count to them.
func TestHostileTemplates(t *testing.T) {
	for i, text := range []string{
		`{{range 2000000000}}{{end}}{{.Content}}`,
		`{{range 2000000000}}{{range 2000000000}}x{{end}}{{end}}`,
		`{{define "a"}}{{template "a" .}}{{end}}{{template "a" .}}`,
		`{{define "a"}}{{template "b" .}}{{template "b" .}}{{end}}{{define "b"}}{{template "c" .}}{{template "c" .}}{{end}}{{define "c"}}{{range 2000000000}}{{end}}{{end}}{{template "a" .}}`,
		`{{$x := "aaaaaaaaaa"}}{{range 100}}{{$x = print $x $x}}{{end}}{{$x}}`,
		`{{$x := "<<<<<<<<<<"}}{{range 100}}{{$x = js $x}}{{end}}{{$x}}`,
		`{{printf "%1000000d%1000000d%1000000d" 1 2 3}}`,
		`{{printf "` + strings.Repeat("%1000000[1]d", 1000) + `" 1}}`,
		`{{$x := printf "%100000d" 1}}{{$x = printf "%s%s%s%s%s%s%s" $x $x $x $x $x $x $x}}{{printf "` + strings.Repeat("%[1]s", 1000) + `" $x}}`,
		`{{$x := printf "%900000d" 1}}{{print` + strings.Repeat(" $x", 2000) + `}}`,
	} {
		if testing.Short() && i%3 != 0 {
			continue
		}
		s, _ := load(t, "templates/page.html", text)
		p := s.RenderPost("x.md", []byte("x\n"))
		if !hasCode(p.Diagnostics, "template") || !strings.Contains(string(p.HTML), "<p>x</p>") {
			t.Errorf("%s: %v", text, p.Diagnostics)
		}
	}
}

// What a template calls makes much before it writes anything: it is bounded by itself, and
// ends when it is told to, while templates are loaded, too.
func TestTemplatesStop(t *testing.T) {
	for _, text := range []string{
		`{{range 4000000}}{{$x := printf "%1000000d" 1}}{{end}}{{.Content}}`,
		`{{$x := printf "%1000000d" 1}}` + strings.Repeat(`{{$y := js $x}}`, 20_000) + `{{.Content}}`,
		`{{$x := printf "%1000000d" 1}}` + strings.Repeat(`{{$y := slugify $x}}`, 20_000) + `{{.Content}}`,
		`{{$x := .Content}}{{range 4000000}}{{$x = slice "abc" 1}}{{end}}{{.Content}}`,
	} {
		begun := time.Now()
		over := errors.New("over")
		s, _, err := Load(files("templates/page.html", text), render.Options{Now: now, BuiltIn: builtin.FS(), Stop: func() error {
			if time.Since(begun) > 200*time.Millisecond {
				return over
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > 3*time.Second {
			t.Errorf("%.40s: loading takes %v", text, took)
		}
		begun = time.Now()
		s.RenderPost("x.md", []byte("x\n"))
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%.40s: rendering takes %v", text, took)
		}
	}
}
