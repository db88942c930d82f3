package site

import (
	"context"
	"errors"
	"path"
	"strings"

	"galley/internal/liquid"
	"galley/internal/liquid/jekyll"
	"galley/internal/sass"
	"galley/internal/site/value"
)

// host is the site for Liquid's tags and filters, at the service of one page.
type host struct {
	site  *Site
	sight *sight
	page  any         // what `page` means
	env   *liquid.Env // for warnings about included files
}

// template is a file that is included.
func (h *host) template(file string) (*liquid.Template, error) {
	t, err := h.site.templateFiles().include(file)
	if err == nil && h.env != nil {
		h.env.Warnings = append(h.env.Warnings, t.Warnings...)
	}
	return t, err
}

var _ jekyll.Host = (*host)(nil)

// URL implements jekyll.Host.
func (h *host) URL() string { return value.Text(h.site.config.Data["url"]) }

// BaseURL implements jekyll.Host.
func (h *host) BaseURL() string { return value.Text(h.site.config.Data["baseurl"]) }

// Include implements jekyll.Host.
func (h *host) Include(name string) (*liquid.Template, error) {
	return h.template(path.Join(h.site.config.IncludesDir, path.Clean("/"+name)))
}

// IncludeRelative implements jekyll.Host.
func (h *host) IncludeRelative(name string) (*liquid.Template, error) {
	return h.template(h.relativeFile(name))
}

// relativeFile is a file beside the page.
func (h *host) relativeFile(name string) string {
	dir := ""
	if h.sight.self != nil {
		dir = path.Dir(h.sight.self.path)
	}
	return path.Join(dir, path.Clean("/"+name))
}

// Cached implements jekyll.Host.
func (h *host) Cached(key string, make func() (string, error)) (string, error) {
	cache := &h.site.templateFiles().cached
	if text, ok := cache.Load(key); ok {
		return text.(string), nil
	}
	text, err := make()
	if err == nil {
		cache.Store(key, text)
	}
	return text, err
}

// Markdown implements jekyll.Host.
func (h *host) Markdown(text string) (string, error) {
	return string(h.site.markdown.Render([]byte(text)).HTML()), nil
}

// Smartify implements jekyll.Host.
func (h *host) Smartify(text string) string { return h.site.markdown.Smartify(text) }

// Sass implements jekyll.Host.
func (h *host) Sass(text string, indented bool) (string, error) {
	file := "style.scss"
	if indented {
		file = "style.sass"
	}
	if h.site.options.Sass == nil {
		return "", errors.New(noSass)
	}
	settings, _ := h.site.config.Data["sass"].(map[string]any)
	source, err := sass.Gather(h.site.files, file, text, sass.ReadSettings(settings))
	if err != nil {
		return "", err
	}
	source.Map = false
	out, err := h.site.options.Sass.Compile(context.Background(), source)
	return string(out.CSS), err
}

// Highlight implements jekyll.Host.
func (h *host) Highlight(language, code string, lines bool) string {
	return strings.TrimSuffix(h.site.markdown.Highlight(code, language, lines), "\n")
}

// Link implements jekyll.Host.
func (h *host) Link(name string) (string, bool) {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	lib := h.sight.library()
	for _, c := range h.site.config.Collections {
		for _, e := range lib.documents[c] {
			if e.relative(h.site.config) == name {
				return e.url, true
			}
		}
	}
	for _, e := range lib.allPages() {
		if e.path == name {
			return e.url, true
		}
	}
	for _, f := range lib.statics {
		if strings.TrimPrefix(f.relative, "/") == name {
			return "/" + f.output, true
		}
	}
	return "", false
}

// Posts implements jekyll.Host.
func (h *host) Posts() []jekyll.Post {
	list := h.sight.library().documents[h.site.config.Collections[0]]
	out := make([]jekyll.Post, len(list))
	for i, e := range list {
		out[i] = jekyll.Post{Path: e.relative(h.site.config), Slug: e.slug, Date: e.date, URL: e.url}
	}
	return out
}
