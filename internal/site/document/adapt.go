package document

import (
	"io/fs"
	"path"
	"strings"

	"galley/internal/liquid"
	"galley/internal/liquid/jekyll"
	"galley/internal/ordered"
	"galley/internal/site/githubpages"
	"galley/internal/site/headings"
	"galley/internal/site/plaintext"
	"galley/internal/site/plugin"
	"galley/internal/site/redirect"
	"galley/internal/site/value"
)

// Adapt lets the plugins change an entry that was read: where it is, its title,
// its layout, where it leads.
func (r *Reader) Adapt(e *Entry) {
	if len(r.Config.Plugins) == 0 {
		return
	}
	if r.Config.Runs(plugin.Readme) {
		r.adaptReadme(e)
	}
	if r.Config.Runs(plugin.Headings) {
		r.adaptTitle(e)
	}
	if r.Config.Runs(plugin.Redirect) {
		r.adaptRedirect(e)
	}
	if r.Config.Runs(plugin.DefaultLayout) && r.Config.IsMarkdown(e.Path) && (e.IsPage() || e.IsPost()) && !e.Data.Has("layout") {
		e.set("layout", nil)
		if name := githubpages.DefaultLayout(e.URL, e.IsPost(), r.HasLayout); name != "" {
			e.set("layout", name)
		}
	}
}

// set sets a key of the entry's data, which may be shared with its defaults.
func (e *Entry) set(key string, value any) {
	e.Data = e.Data.Clone()
	e.Data.Set(key, value)
}

// adaptReadme makes a README the index of its folder.
func (r *Reader) adaptReadme(e *Entry) {
	options := githubpages.Read(r.Config.Data["readme_index"])
	if !e.IsPage() || e.Front.Has("permalink") && !e.Post.HasFrontMatter || !options.Enabled || !r.Config.IsMarkdown(e.Path) || !githubpages.Readme(e.Path) ||
		e.Post.HasFrontMatter && !options.WithFrontMatter || r.hasIndex(e.Path) {
		return
	}
	e.set("permalink", githubpages.ReadmePermalink(e.Path))
	e.ReadPage(r)
}

// hasIndex says whether the folder of a file has an index.
func (r *Reader) hasIndex(file string) bool {
	list, _ := fs.ReadDir(r.Files, path.Dir(file))
	for _, f := range list {
		ext := path.Ext(f.Name())
		if r.Config.IsMarkdown(f.Name()) {
			ext = ".html"
		}
		if githubpages.IsIndex(strings.TrimSuffix(f.Name(), path.Ext(f.Name()))+ext, "") {
			return true
		}
	}
	return false
}

// HeadingsOf says how titles are taken from headings; false where they are not
// taken for an entry.
func (r *Reader) HeadingsOf(e *Entry) (headings.Settings, bool) {
	if !r.Config.Runs(plugin.Headings) || !r.Config.IsMarkdown(e.Path) {
		return headings.Settings{}, false
	}
	settings := headings.Read(r.Config.Data["titles_from_headings"])
	return settings, settings.Enabled && (e.IsPage() || settings.Collections)
}

// adaptTitle takes the title from the first heading, unless the front matter
// of a page has one.
func (r *Reader) adaptTitle(e *Entry) {
	settings, ok := r.HeadingsOf(e)
	if !ok || e.IsPage() && e.Data.Value("title") != nil {
		return
	}
	title, _, found := headings.Title(string(e.Post.Source[e.Post.Body:]))
	strip, says := e.Data.Get("strip_title")
	e.StripTitle = strip == true || !says && settings.Strip
	if !found {
		return
	}
	html := string(r.Markdown.Render([]byte(title)).HTML())
	e.Title = headings.WithoutNotes(plaintext.OneLine(liquid.StripHTML(html)))
	e.set("title", e.Title)
}

// adaptRedirect makes an entry with redirect_to lead there.
func (r *Reader) adaptRedirect(e *Entry) {
	page := redirect.Page{URL: e.URL, To: value.Plain(e.Data.Value("redirect_to"))}
	away, ok := page.Away(r.AbsoluteURL)
	if !ok {
		return
	}
	e.set("sitemap", false)
	e.Data.Set("layout", RedirectLayout)
	e.Data.Set("permalink", away.From)
	e.Data.Set("redirect", ordered.Of("from", away.From, "to", away.To))
	e.Front = e.Data
	e.Made = r.RedirectPage(away.To)
}

// AbsoluteURL is the filter absolute_url, for an address that is one.
func (r *Reader) AbsoluteURL(address string) string {
	if out, err := jekyll.AbsoluteURL(Addresses{r.Config}, address); err == nil {
		return out
	}
	return address
}

// RelativeURL is the filter relative_url, for an address that is one.
func (r *Reader) RelativeURL(address string) string {
	if out, err := jekyll.RelativeURL(Addresses{r.Config}, address); err == nil {
		return out
	}
	return address
}

// ResolvesLinks says whether an entry's links to files become addresses.
func (r *Reader) ResolvesLinks(e *Entry) bool {
	if !r.Config.Runs(plugin.RelativeLinks) || !r.Config.IsMarkdown(e.Path) {
		return false
	}
	return r.Config.ResolvesLinks(e.Relative(r.Config), e.IsPage())
}
