package render

import (
	"context"
	"errors"
	"path"
	"strings"

	"galley/internal/liquid"
	"galley/internal/liquid/jekyll"
	"galley/internal/sass"
	"galley/internal/site/document"
	"galley/internal/site/drop"
)

// NoSass says what becomes of a sheet where the program has no compiler.
const NoSass = "This program has no Sass compiler, so the style sheet is left out; galley build has one."

// host is the site for Liquid's tags and filters, at the service of one page.
type host struct {
	document.Addresses
	site  *Renderer
	sight *drop.View
	env   *liquid.Env // for warnings about included files
}

// template is a file that is included.
func (h *host) template(file string) (*liquid.Template, error) {
	t, err := h.site.Layouts().Include(file)
	if err == nil && h.env != nil {
		h.env.Warnings = append(h.env.Warnings, t.Warnings...)
	}
	return t, err
}

var _ jekyll.Host = (*host)(nil)

// View implements viewer.
func (h *host) View() *drop.View { return h.sight }

// Include implements jekyll.Host.
func (h *host) Include(name string) (*liquid.Template, error) {
	return h.template(path.Join(h.site.Config.IncludesDir, path.Clean("/"+name)))
}

// IncludeRelative implements jekyll.Host.
func (h *host) IncludeRelative(name string) (*liquid.Template, error) {
	return h.template(h.sight.Beside(name))
}

// Cached implements jekyll.Host. What a page that is being written includes is for it
// alone: it sees titles that nobody else has, and other ones with the next letter.
func (h *host) Cached(key string, make func() (string, error)) (string, error) {
	cache := h.site.cached
	if self := h.sight.Self; self != nil && !self.Listed {
		cache = h.sight.Cached
	}
	if text, ok := cache.Get(key); ok {
		return text, nil
	}
	text, err := make()
	if err == nil {
		cache.Put(key, text)
	}
	return text, err
}

// Markdown implements jekyll.Host.
func (h *host) Markdown(text string) (string, error) {
	if err := tooMuchMarkdown(len(text)); err != nil {
		return "", err
	}
	return string(h.site.Markdown.Render([]byte(text)).HTML()), nil
}

// Smartify implements jekyll.Host.
func (h *host) Smartify(text string) (string, error) {
	if err := tooMuchMarkdown(len(text)); err != nil {
		return "", err
	}
	return h.site.Markdown.Smartify(text), nil
}

// Sass implements jekyll.Host.
func (h *host) Sass(text string, indented bool) (string, error) {
	file := "style.scss"
	if indented {
		file = "style.sass"
	}
	if h.site.Options.Sass == nil {
		return "", errors.New(NoSass)
	}
	settings, _ := h.site.Config.Data["sass"].(map[string]any)
	how := sass.ReadSettings(settings)
	how.Stop = h.site.Options.Stop
	source, err := sass.Gather(h.site.Files, file, text, how)
	if err != nil {
		return "", err
	}
	source.Map = false
	out, err := h.site.Options.Sass.Compile(context.Background(), source)
	return string(out.CSS), err
}

// Highlight implements jekyll.Host.
func (h *host) Highlight(language, code string, lines bool) string {
	return strings.TrimSuffix(h.site.Markdown.Highlight(code, language, lines), "\n")
}

// Link implements jekyll.Host.
func (h *host) Link(name string) (string, bool) {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	lib := h.sight.Library()
	for _, c := range h.site.Config.Collections {
		for _, e := range lib.Documents[c] {
			if e.Relative(h.site.Config) == name {
				return e.URL, true
			}
		}
	}
	for _, e := range lib.AllPages() {
		if e.Path == name {
			return e.URL, true
		}
	}
	for _, f := range lib.Statics {
		if strings.TrimPrefix(f.Relative, "/") == name {
			return "/" + f.Output, true
		}
	}
	return "", false
}

// Posts implements jekyll.Host.
func (h *host) Posts() []jekyll.Post {
	list := h.sight.Library().Documents[h.site.Config.Collections[0]]
	out := make([]jekyll.Post, len(list))
	for i, e := range list {
		out[i] = jekyll.Post{Path: e.Relative(h.site.Config), Slug: e.Slug, Date: e.Date, URL: e.URL}
	}
	return out
}
