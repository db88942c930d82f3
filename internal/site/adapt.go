package site

import (
	"io/fs"
	"path"
	"strings"

	"galley/internal/liquid/jekyll"
	"galley/internal/ordered"
	"galley/internal/site/emoji"
	"galley/internal/site/githubpages"
	"galley/internal/site/headings"
	"galley/internal/site/mentions"
	"galley/internal/site/plaintext"
	"galley/internal/site/plugin"
	"galley/internal/site/redirect"
	"galley/internal/site/relativelinks"
	"galley/internal/site/source"
	"galley/internal/site/value"
)

// adapt lets the plugins change an entry that was read: where it is, its title,
// its layout, where it leads.
func (s *Site) adapt(e *entry) {
	if len(s.config.Plugins) == 0 {
		return
	}
	if s.config.Runs(plugin.Readme) {
		s.adaptReadme(e)
	}
	if s.config.Runs(plugin.Headings) {
		s.adaptTitle(e)
	}
	if s.config.Runs(plugin.Redirect) {
		s.adaptRedirect(e)
	}
	if s.config.Runs(plugin.DefaultLayout) && s.isMarkdown(e.path) && (e.isPage() || e.isPost()) && !e.data.Has("layout") {
		e.set("layout", nil)
		if name := githubpages.DefaultLayout(e.url, e.isPost(), func(name string) bool { return s.templateFiles().layouts[name] != nil }); name != "" {
			e.set("layout", name)
		}
	}
}

// set sets a key of the entry's data, which may be shared with its defaults.
func (e *entry) set(key string, value any) {
	e.data = e.data.Clone()
	e.data.Set(key, value)
}

// adaptReadme makes a README the index of its folder.
func (s *Site) adaptReadme(e *entry) {
	options := githubpages.Read(s.config.Data["readme_index"])
	if !e.isPage() || e.front.Has("permalink") && !e.post.HasFrontMatter || !options.Enabled || !s.isMarkdown(e.path) || !githubpages.Readme(e.path) ||
		e.post.HasFrontMatter && !options.WithFrontMatter || s.hasIndex(e.path) {
		return
	}
	e.set("permalink", githubpages.ReadmePermalink(e.path))
	e.readPage(s)
}

// hasIndex says whether the folder of a file has an index.
func (s *Site) hasIndex(file string) bool {
	list, _ := fs.ReadDir(s.files, path.Dir(file))
	for _, f := range list {
		ext := path.Ext(f.Name())
		if s.isMarkdown(f.Name()) {
			ext = ".html"
		}
		if githubpages.IsIndex(strings.TrimSuffix(f.Name(), path.Ext(f.Name()))+ext, "") {
			return true
		}
	}
	return false
}

// headingsOf says how titles are taken from headings; false where they are not
// taken for an entry.
func (s *Site) headingsOf(e *entry) (headings.Settings, bool) {
	if !s.config.Runs(plugin.Headings) || !s.isMarkdown(e.path) {
		return headings.Settings{}, false
	}
	settings := headings.Read(s.config.Data["titles_from_headings"])
	return settings, settings.Enabled && (e.isPage() || settings.Collections)
}

// adaptTitle takes the title from the first heading, unless the front matter
// of a page has one.
func (s *Site) adaptTitle(e *entry) {
	settings, ok := s.headingsOf(e)
	if !ok || e.isPage() && e.data.Value("title") != nil {
		return
	}
	title, _, found := headings.Title(string(e.post.Source[e.post.Body:]))
	strip, says := e.data.Get("strip_title")
	e.stripTitle = strip == true || !says && settings.Strip
	if !found {
		return
	}
	html := string(s.markdown.Render([]byte(title)).HTML())
	e.title = headings.WithoutNotes(plaintext.OneLine(plaintext.StripHTML(html)))
	e.set("title", e.title)
}

// adaptRedirect makes an entry with redirect_to lead there.
func (s *Site) adaptRedirect(e *entry) {
	page := redirect.Page{URL: e.url, To: value.Plain(e.data.Value("redirect_to"))}
	away, ok := page.Away(s.absoluteURL)
	if !ok {
		return
	}
	e.set("sitemap", false)
	e.data.Set("layout", redirectLayout)
	e.data.Set("permalink", away.From)
	e.data.Set("redirect", ordered.Of("from", away.From, "to", away.To))
	e.front = e.data
	e.made = s.redirectPage(away.To)
}

// absoluteURL is the filter absolute_url, for an address that is one.
func (s *Site) absoluteURL(address string) string {
	if out, err := jekyll.AbsoluteURL(&host{site: s}, address); err == nil {
		return out
	}
	return address
}

// relativeURL is the filter relative_url, for an address that is one.
func (s *Site) relativeURL(address string) string {
	if out, err := jekyll.RelativeURL(&host{site: s}, address); err == nil {
		return out
	}
	return address
}

// bodyOf is an entry's text as the plugins leave it, and whether they changed
// it.
func (s *Site) bodyOf(e *entry) (body []byte, changed bool) {
	body = e.post.Source[e.post.Body:]
	if e.stripTitle {
		_, rest, _ := headings.Title(string(body))
		body, changed = []byte(rest), true
	}
	if s.resolvesLinks(e) {
		text := relativelinks.Resolve(string(body), e.relative(s.config), s.linkTarget)
		changed = changed || text != string(body)
		body = []byte(text)
	}
	return body, changed
}

// resolvesLinks says whether an entry's links to files become addresses.
func (s *Site) resolvesLinks(e *entry) bool {
	if !s.config.Runs(plugin.RelativeLinks) || !s.isMarkdown(e.path) {
		return false
	}
	settings := relativelinks.Read(s.config.Data["relative_links"])
	return settings.Enabled && (e.isPage() || settings.Collections) && !source.Matches(settings.Exclude, e.relative(s.config), false)
}

// linkTarget is the address of the page, document or file at a path.
func (s *Site) linkTarget(file string) (string, bool) {
	lib := s.library()
	lib.targetsOnce.Do(func() {
		lib.targets = map[string]string{}
		add := func(file, url string) {
			if _, have := lib.targets[file]; !have {
				lib.targets[file] = s.relativeURL(url)
			}
		}
		for _, e := range lib.allPages() {
			add(e.path, e.url)
		}
		for _, f := range lib.statics {
			add(strings.TrimPrefix(f.relative, "/"), f.relative)
		}
		for _, c := range s.config.Collections {
			for _, e := range lib.documents[c] {
				if c.Output {
					add(e.relative(s.config), e.url)
				}
			}
		}
	})
	url, ok := lib.targets[file]
	return url, ok
}

// adorns says whether the plugins look at an entry's page when it is done.
func (s *Site) adorns(e *entry) bool {
	if !s.config.Runs(plugin.Mentions) && !s.config.Runs(plugin.Emoji) {
		return false
	}
	return e.ext == ".html" || strings.HasSuffix(e.url, "/")
}

// adorn puts links for @names and pictures for :names: into a page that is
// done.
func (s *Site) adorn(e *entry, page []byte) []byte {
	if s.config.Runs(plugin.Mentions) {
		setting := s.config.Data["jekyll-mentions"]
		if e.data.Has("jekyll-mentions") {
			setting = value.Plain(e.data.Value("jekyll-mentions"))
		}
		if base, off, err := mentions.Base(setting); err == nil && !off {
			page = []byte(mentions.Link(string(page), base))
		}
	}
	if s.config.Runs(plugin.Emoji) {
		page = []byte(emoji.Show(string(page), emoji.Root(s.config.Data["emoji"]), s.emojiNames()))
	}
	return page
}

// emojiNames are the names of emoji: the program's, or those that a bundle has.
func (s *Site) emojiNames() emoji.Names {
	s.emojiOnce.Do(func() {
		if s.emoji = s.options.Emoji; s.emoji == nil {
			table, _ := fs.ReadFile(s.files, emojiFile) // there may be none
			s.emoji = emoji.Read(string(table))
		}
	})
	return s.emoji
}
