package bundle

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"galley/internal/liquid"
	"galley/internal/post"
	"galley/internal/site/config"
	"galley/internal/site/document"
	"galley/internal/site/drop"
	"galley/internal/site/emoji"
	emojis "galley/internal/site/emoji/names"
	"galley/internal/site/layout"
	"galley/internal/site/plugin"
	"galley/internal/site/render"
	"galley/internal/site/zone"
)

// bundler gathers what a site's pages need.
type bundler struct{ *render.Renderer }

// Files gathers every text file that rendering one page and making a new post
// need: settings, templates, layouts, includes, data and the
// start of a new post. Posts, documents and pages are among them only if
// something in a template or a text may look at them, and then without the text
// after their excerpt unless that may be looked at too; of files that are copied
// the names alone. The server sends the bundle to the browser, which makes a
// site of it. stop is that of [render.Options].
func Files(files fs.FS, stop func() error) (map[string]string, error) {
	out := map[string]string{}
	pages, _ := render.Bare(files, render.Options{Stop: stop})
	s := bundler{pages}
	files, c := s.Files, *s.Config
	if c.Jekyll() {
		out[config.FlavourFile] = config.FlavourNames[c.Flavour]
	}
	if len(c.Plugins) > 0 {
		out[config.PluginsFile] = strings.Join(c.Plugins, "\n")
	}
	add := func(name string) error {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if len(b) <= config.MaxFile && utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 {
			out[name] = string(b)
		}
		return nil
	}
	own := []string{config.File, c.TemplateFile()}
	if s.Config.Runs(plugin.Metadata) {
		own = append(own, "CNAME")
	}
	if dir := c.ThemeDir(); dir != "" {
		own = append(own, path.Join(dir, config.File))
	}
	for _, name := range own {
		if _, err := fs.Stat(files, name); err != nil {
			continue
		}
		if err := add(name); err != nil {
			return nil, err
		}
	}
	if c.Location != time.UTC {
		out[zone.File] = zone.Encode(c.Location)
	}
	var need needs
	for _, dir := range s.Config.TemplateFolders() {
		if _, err := fs.Stat(files, dir); err != nil {
			continue
		}
		err := fs.WalkDir(files, dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if err := add(name); err != nil {
				return err
			}
			if dir != c.DataDir {
				need.look(s, out[name])
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if s.Config.Runs(plugin.Emoji) {
		s.bundleEmoji(out)
	}
	return out, s.bundleSources(out, &need)
}

// bundleEmoji adds the emoji that the site's texts and templates name.
func (s bundler) bundleEmoji(out map[string]string) {
	table := emoji.Table{}
	for _, text := range out {
		table.Add(text, emojis.File)
	}
	lib := s.Library()
	lists := [][]*document.Entry{lib.Pages, lib.Made, lib.Hidden}
	for _, list := range lib.Documents {
		lists = append(lists, list)
	}
	for _, list := range lists {
		for _, e := range list {
			table.Add(string(e.Post.Source), emojis.File)
		}
	}
	out[render.EmojiFile] = table.String()
}

// bundleSources adds the site's own texts, as far as they are needed. What
// these look at themselves counts only for the page that is opened, whose text
// the browser has; so all that the editor opens are looked through first.
func (s bundler) bundleSources(out map[string]string, need *needs) error {
	lib, err := s.Library(), s.LibErr
	if err != nil {
		return err
	}
	var all []*document.Entry
	all = append(all, lib.Pages...)
	all = append(all, lib.Hidden...)
	for _, c := range s.Config.Collections {
		for _, e := range lib.Documents[c] {
			if !slices.Contains(lib.Hidden, e) {
				all = append(all, e)
			}
		}
	}
	for _, e := range all {
		if text := string(e.Post.Source[e.Post.Body:]); liquid.Has(text) && s.Config.IsText(e.Path, e.Post.Source) {
			need.look(s, strings.Join(layout.OutputTag.FindAllString(text, -1), "\n"))
			for _, m := range relativeIncludes.FindAllStringSubmatch(text, -1) {
				s.bundleRelative(out, e, m[1], 0)
			}
		}
	}
	for _, e := range all {
		if _, have := out[e.Path]; have {
			continue
		}
		wanted := need.pages
		if e.Collection != nil {
			wanted = need.posts || need.labels[e.Collection.Label]
		}
		if !wanted || len(e.Post.Source) > config.MaxFile || !utf8.Valid(e.Post.Source) {
			continue
		}
		if out[e.Path] = string(e.Post.Source); !need.content {
			out[e.Path] = s.beginning(e)
		}
	}
	if s.Config.Runs(plugin.RelativeLinks) {
		// Links lead to files, whose addresses are in their front matter.
		for _, e := range append(all, lib.Made...) {
			if _, have := out[e.Path]; !have && e.Made == nil && utf8.Valid(e.Post.Source) {
				out[e.Path] = string(e.Post.Source[:e.Post.Body])
			}
		}
	}
	if need.pages || s.Config.Runs(plugin.RelativeLinks) {
		for _, f := range lib.Statics {
			if _, have := out[f.Path]; !have {
				out[f.Path] = ""
			}
		}
	}
	return nil
}

var relativeIncludes = regexp.MustCompile(`\{%-?\s*include_relative\s+([^\s%{}]+)`)

// bundleRelative adds a file that stands beside the page which includes it.
func (s bundler) bundleRelative(out map[string]string, e *document.Entry, name string, depth int) {
	file := drop.New(s.Reader, s, e).Beside(name)
	if _, have := out[file]; have || depth > 8 {
		return
	}
	if b, err := fs.ReadFile(s.Files, file); err == nil && len(b) <= config.MaxFile && utf8.Valid(b) {
		out[file] = string(b)
		for _, m := range relativeIncludes.FindAllStringSubmatch(out[file], -1) {
			s.bundleRelative(out, e, m[1], depth+1)
		}
	}
}

// beginning is a document up to the end of its excerpt, or of its first thousand
// bytes with a whole paragraph in them, with the definitions of links that stand
// behind that.
func (s bundler) beginning(e *document.Entry) string {
	text := string(e.Post.Source)
	p := post.Parse(e.Post.Source)
	body := text[p.Body:]
	separator := s.Separator(e)
	if separator == "" {
		separator = "\n\n"
	}
	head, rest, found := strings.Cut(body[min(len(body), 1000):], "\n\n")
	if !found {
		return text
	}
	short := body[:min(len(body), 1000)+len(head)] + "\n\n"
	if !strings.Contains(strings.TrimLeft(short, "\r\n"), separator) {
		return text
	}
	for _, line := range linkDefinition.FindAllString(rest, -1) {
		short += line + "\n"
	}
	return text[:p.Body] + short
}

// linkDefinition is a line that an excerpt may take along.
var linkDefinition = regexp.MustCompile(`(?m)^ {0,3}\[[^\]]+\]:.+$`)
