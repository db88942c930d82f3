package render

import (
	"io/fs"
	"strings"

	"galley/internal/site/document"
	"galley/internal/site/emoji"
	"galley/internal/site/mentions"
	"galley/internal/site/plugin"
	"galley/internal/site/value"
)

// adorns says whether the plugins look at an entry's page when it is done.
func (r *Renderer) adorns(e *document.Entry) bool {
	if !r.Config.Runs(plugin.Mentions) && !r.Config.Runs(plugin.Emoji) {
		return false
	}
	return e.Ext == ".html" || strings.HasSuffix(e.URL, "/")
}

// adorn puts links for @names and pictures for :names: into a page that is
// done.
func (r *Renderer) adorn(e *document.Entry, page []byte) []byte {
	if r.Config.Runs(plugin.Mentions) {
		setting := r.Config.Data["jekyll-mentions"]
		if e.Data.Has("jekyll-mentions") {
			setting = value.Plain(e.Data.Value("jekyll-mentions"))
		}
		if base, off, err := mentions.Base(setting); err == nil && !off {
			page = []byte(mentions.Link(string(page), base))
		}
	}
	if r.Config.Runs(plugin.Emoji) {
		page = []byte(emoji.Show(string(page), emoji.Root(r.Config.Data["emoji"]), r.emojiNames()))
	}
	return page
}

// emojiNames are the names of emoji: the program's, or those that a bundle has.
func (r *Renderer) emojiNames() emoji.Names {
	r.emojiOnce.Do(func() {
		if r.emoji = r.Options.Emoji; r.emoji == nil {
			table, _ := fs.ReadFile(r.Files, EmojiFile) // there may be none
			r.emoji = emoji.Read(string(table))
		}
	})
	return r.emoji
}

// EmojiFile is where a bundle keeps the names of emoji that the site uses: all
// that there are would be too much.
const EmojiFile = ".galley-emoji"
