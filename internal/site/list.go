package site

import (
	"bytes"
	"html/template"
	"io/fs"
	"path"
	"sort"
	"strings"

	"galley/internal/post"
	"galley/internal/sass"
)

// posts are the site's published posts, newest first, read when they are
// first asked for.
func (s *Site) posts() []*entry {
	s.listOnce.Do(func() {
		_ = fs.WalkDir(s.files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if d.IsDir() {
				if name != "." && s.excluded(name, true) && !isPostFolder(name) {
					return fs.SkipDir
				}
				return nil
			}
			if !s.isPostFile(name) {
				return nil
			}
			src, err := fs.ReadFile(s.files, name)
			if err != nil {
				return nil
			}
			if e := s.entry(name, post.Parse(src)); s.hidden(e) == "" {
				s.list = append(s.list, e)
			}
			return nil
		})
		sortPosts(s.list)
	})
	return s.list
}

// isPostFolder names the two folders with an underscore that are published.
func isPostFolder(name string) bool {
	base := path.Base(name)
	return base == "_posts" || base == "_drafts"
}

// isPostFile says whether a file is a post or a draft by its name.
func (s *Site) isPostFile(name string) bool {
	if !isMarkdown(name) && path.Ext(name) != ".html" || strings.HasPrefix(path.Base(name), ".") {
		return false
	}
	switch kindOf(name) {
	case kindPost:
		_, dated := post.ParseName(name)
		return dated
	case kindDraft:
		return s.config.ShowDrafts
	}
	return false
}

// sortPosts puts the newest first; posts of one moment by their paths, the
// last one first, as Jekyll has them.
func sortPosts(list []*entry) {
	sort.SliceStable(list, func(i, j int) bool {
		if !list[i].date.Equal(list[j].date) {
			return list[i].date.After(list[j].date)
		}
		return list[i].path > list[j].path
	})
}

// withSelf is the list of posts with the one that is being rendered in place
// of its file.
func (s *Site) withSelf(self *entry) []*entry {
	list := s.posts()
	if self == nil || self.kind == kindPage {
		return list
	}
	out := make([]*entry, 0, len(list)+1)
	for _, e := range list {
		if e.path == self.path {
			if e == self || bytes.Equal(e.post.Source, self.post.Source) {
				return list
			}
			continue
		}
		out = append(out, e)
	}
	if s.hidden(self) == "" {
		out = append(out, self)
	}
	sortPosts(out)
	return out
}

// postViews are the posts as templates see them.
func (s *Site) postViews(self *entry) []*PageView {
	list := s.withSelf(self)
	out := make([]*PageView, len(list))
	for i, e := range list {
		out[i] = s.pageView(e, nil)
	}
	return out
}

// listPage groups the newest posts by year; count below zero takes all.
func (s *Site) listPage(common Common, content template.HTML, count int) ListPage {
	p := ListPage{Common: common, Content: content}
	list := s.posts()
	if count >= 0 && len(list) > count {
		list, p.More = list[:count], true
	}
	for _, e := range list {
		if n := len(p.Years); n == 0 || p.Years[n-1].Year != e.date.Year() {
			p.Years = append(p.Years, Year{Year: e.date.Year()})
		}
		y := &p.Years[len(p.Years)-1]
		y.Posts = append(y.Posts, s.pageView(e, nil))
	}
	return p
}

// excluded says whether a file or folder is left out of the built site.
func (s *Site) excluded(name string, dir bool) bool {
	matches := func(patterns []string) bool {
		for _, p := range patterns {
			p = strings.Trim(p, "/")
			if p == "" {
				continue
			}
			if ok, _ := path.Match(p, name); ok || name == p || strings.HasPrefix(name, p+"/") {
				return true
			}
			if strings.HasSuffix(p, "/**") && strings.HasPrefix(name, strings.TrimSuffix(p, "**")) {
				return true
			}
		}
		return false
	}
	if matches(s.options.Exclude) {
		return true
	}
	base := path.Base(name)
	included := matches(s.config.Include)
	for _, p := range s.config.Include {
		if ok, _ := path.Match(p, base); ok {
			included = true
		}
	}
	if included {
		return false
	}
	if matches(s.config.Exclude) || matches(alwaysExcluded) && s.config.Data["exclude"] == nil || name == configFile || name == s.config.templateFile() {
		return true
	}
	if dir && name == templateDir {
		return true
	}
	return strings.ContainsAny(base[:1], "._#~") || strings.HasSuffix(base, "~")
}

// alwaysExcluded is what belongs to tools and not to the site, unless the
// settings have an exclude of their own.
var alwaysExcluded = []string{
	"node_modules", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby",
	"Gemfile", "Gemfile.lock", "gemfiles", "package.json", "package-lock.json", "galley-data",
}

// unwritten are Markdown files that speak to a repository's readers rather
// than the site's. Without front matter GitHub Pages makes no pages of them.
var unwritten = map[string]bool{
	"README": true, "LICENSE": true, "LICENCE": true, "COPYING": true, "CODE_OF_CONDUCT": true, "CONTRIBUTING": true,
	"ISSUE_TEMPLATE": true, "PULL_REQUEST_TEMPLATE": true, "CHANGELOG": true, "SECURITY": true,
}

// isPage says whether a file that is no post is rendered: all Markdown, and
// other texts with front matter.
func isPage(name string, p post.Post) bool {
	if isMarkdown(name) {
		base := path.Base(name)
		return p.HasFrontMatter || !unwritten[strings.ToUpper(strings.TrimSuffix(base, path.Ext(base)))]
	}
	return p.HasFrontMatter && (isTextPage(name) || sass.Is(name))
}
