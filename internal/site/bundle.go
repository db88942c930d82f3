package site

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"galley/internal/post"
)

// bundled are the folders whose text files RenderPost may need.
var bundled = []string{templateDir, "_layouts", "_includes", "_data"}

// namesPosts finds templates that may look at other posts, and namesPages
// those that may look at pages and other files.
var (
	namesPosts = regexp.MustCompile(`\b[pP]osts\b|\b(tags|categories|documents|related_posts|post_url)\b|\bpage\.(previous|next)\b|\{%-?\s*link\b`)
	namesPages = regexp.MustCompile(`\b(pages|html_pages|static_files)\b|\{%-?\s*link\b`)
)

// BundleFiles gathers every text file that [Site.RenderPost] and
// [Site.NewPost] need: settings, templates, layouts, includes, data and the
// start of a new post. Other posts are among them only if a template mentions
// posts at all, and then without the text after their excerpt; pages likewise,
// and of files that are copied the names alone. The server sends the bundle to
// the browser, which makes a site of it with [FromBundle].
func BundleFiles(files fs.FS) (map[string]string, error) {
	out := map[string]string{}
	add := func(name string) error {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if len(b) <= maxConfig && utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 {
			out[name] = string(b)
		}
		return nil
	}
	config, _ := loadConfig(files)
	for _, name := range []string{configFile, config.templateFile()} {
		if _, err := fs.Stat(files, name); err != nil {
			continue
		}
		if err := add(name); err != nil {
			return nil, err
		}
	}
	if config.Location != time.UTC {
		out[zoneFile] = encodeZone(config.Location)
	}
	posts, pages := false, false
	for _, dir := range bundled {
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
			posts = posts || dir != "_data" && namesPosts.MatchString(out[name])
			pages = pages || dir != "_data" && namesPages.MatchString(out[name])
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if pages {
		(&Site{files: files, config: config}).walkPages(func(name string, p post.Post, page bool) {
			if _, ok := out[name]; ok {
				return
			}
			if out[name] = ""; page && len(p.Source) <= maxConfig && utf8.Valid(p.Source) {
				out[name] = string(p.Source)
			}
		})
	}
	if !posts {
		return out, nil
	}
	return out, fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || kindOf(name) == kindPage {
			return err
		}
		if err := add(name); err != nil {
			return err
		}
		if text, ok := out[name]; ok && isMarkdown(name) {
			out[name] = beginning(text, config.ExcerptSeparator)
		}
		return nil
	})
}

// beginning is a post up to the end of its excerpt, or of its first thousand
// bytes with a whole paragraph in them.
func beginning(text, separator string) string {
	p := post.Parse([]byte(text))
	body := text[p.Body:]
	if head, _, found := strings.Cut(body[min(len(body), 1000):], "\n\n"); found {
		short := body[:min(len(body), 1000)+len(head)] + "\n\n"
		if strings.Contains(strings.TrimLeft(short, "\r\n"), separator) {
			return text[:p.Body] + short
		}
	}
	return text
}

// FromBundle makes a file system of what [BundleFiles] gathered. Names that
// cannot be in a file system are left out.
func FromBundle(bundle map[string]string) fs.FS {
	return newMemFS(bundle)
}
