package site

import (
	"galley/internal/site/document"
	"galley/internal/site/emoji"
	"galley/internal/site/headings"
	"galley/internal/site/mentions"
	"galley/internal/site/plugin"
	"galley/internal/site/relativelinks"
	"galley/internal/site/value"
	"io/fs"
	"strings"
)

// bodyOf is an entry's text as the plugins leave it, and whether they changed
// it.
func (s *Renderer) bodyOf(e *document.Entry) (body []byte, changed bool) {
	body = e.Post.Source[e.Post.Body:]
	if e.StripTitle {
		_, rest, _ := headings.Title(string(body))
		body, changed = []byte(rest), true
	}
	if s.ResolvesLinks(e) {
		text := relativelinks.Resolve(string(body), e.Relative(s.Config), s.library().Target)
		changed = changed || text != string(body)
		body = []byte(text)
	}
	return body, changed
}

// adorns says whether the plugins look at an entry's page when it is done.
func (s *Renderer) adorns(e *document.Entry) bool {
	if !s.Config.Runs(plugin.Mentions) && !s.Config.Runs(plugin.Emoji) {
		return false
	}
	return e.Ext == ".html" || strings.HasSuffix(e.URL, "/")
}

// adorn puts links for @names and pictures for :names: into a page that is
// done.
func (s *Renderer) adorn(e *document.Entry, page []byte) []byte {
	if s.Config.Runs(plugin.Mentions) {
		setting := s.Config.Data["jekyll-mentions"]
		if e.Data.Has("jekyll-mentions") {
			setting = value.Plain(e.Data.Value("jekyll-mentions"))
		}
		if base, off, err := mentions.Base(setting); err == nil && !off {
			page = []byte(mentions.Link(string(page), base))
		}
	}
	if s.Config.Runs(plugin.Emoji) {
		page = []byte(emoji.Show(string(page), emoji.Root(s.Config.Data["emoji"]), s.emojiNames()))
	}
	return page
}

// emojiNames are the names of emoji: the program's, or those that a bundle has.
func (s *Renderer) emojiNames() emoji.Names {
	s.emojiOnce.Do(func() {
		if s.emoji = s.options.Emoji; s.emoji == nil {
			table, _ := fs.ReadFile(s.Files, emojiFile) // there may be none
			s.emoji = emoji.Read(string(table))
		}
	})
	return s.emoji
}
