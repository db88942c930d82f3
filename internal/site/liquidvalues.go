package site

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"

	"gopkg.in/yaml.v2"

	"galley/internal/post"
)

// lazy is a value that is made when a template first asks for it.
type lazy struct {
	once sync.Once
	make func() any
	made any
}

// ToLiquid is what the library calls to get the value.
func (l *lazy) ToLiquid() any {
	l.once.Do(func() { l.made = l.make() })
	return l.made
}

func lazily(f func() any) *lazy { return &lazy{make: f} }

// liquidValue makes a value from YAML fit for Liquid: maps get an order, so
// that a loop over them always goes the same way.
func liquidValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(yaml.MapSlice, 0, len(v))
		for _, k := range sortedKeys(v) {
			out = append(out, yaml.MapItem{Key: k, Value: liquidValue(v[k])})
		}
		return out
	case yaml.MapSlice:
		out := make(yaml.MapSlice, 0, len(v))
		for _, item := range v {
			out = append(out, yaml.MapItem{Key: fmt.Sprint(item.Key), Value: liquidValue(item.Value)})
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = liquidValue(e)
		}
		return out
	}
	return v
}

// liquidSite is `site` in templates.
func (s *Site) liquidSite(page any) any {
	s.liquidOnce.Do(func() {
		m := map[string]any{}
		for _, item := range s.config.ordered {
			m[fmt.Sprint(item.Key)] = liquidValue(item.Value)
		}
		m["url"], m["baseurl"] = s.config.URL, s.config.BaseURL
		m["time"] = s.options.Now.In(s.config.Location)
		m["data"] = lazily(func() any { return s.liquidData(dataDir) })
		m["pages"] = lazily(func() any { return s.liquidPages() })
		m["html_pages"] = lazily(func() any {
			var out []any
			for _, p := range s.liquidPages() {
				if url, _ := p.(map[string]any)["url"].(string); path.Ext(url) == "" || path.Ext(url) == ".html" {
					out = append(out, p)
				}
			}
			return out
		})
		m["static_files"] = lazily(func() any { return s.liquidStatics() })
		s.liquidBase = m
	})
	list := func() []*entry { return s.withSelf(selfOf(page)) }
	m := make(map[string]any, len(s.liquidBase)+5)
	for k, v := range s.liquidBase {
		m[k] = v
	}
	m["posts"] = lazily(func() any { return s.liquidPosts(list()) })
	m["related_posts"] = lazily(func() any {
		var out []any
		for _, e := range list() {
			if self := selfOf(page); (self == nil || e.path != self.path) && len(out) < 10 {
				out = append(out, s.liquidPage(e))
			}
		}
		return out
	})
	m["categories"] = lazily(func() any { return s.liquidGroups(list(), "categories") })
	m["tags"] = lazily(func() any { return s.liquidGroups(list(), "tags") })
	m["documents"] = m["posts"]
	return m
}

// selfKey is where a page's map keeps its entry; no template can name it.
const selfKey = ".entry"

func selfOf(page any) *entry {
	m, _ := page.(map[string]any)
	e, _ := m[selfKey].(*entry)
	return e
}

func (s *Site) liquidPosts(list []*entry) []any {
	out := make([]any, len(list))
	for i, e := range list {
		out[i] = s.liquidPage(e)
	}
	return out
}

// liquidGroups is site.tags and site.categories: lists of posts by name. The
// names stand in the order in which they were first used, the posts of each
// with the newest first.
func (s *Site) liquidGroups(list []*entry, key string) yaml.MapSlice {
	var out yaml.MapSlice
	at := map[string]int{}
	for i := len(list) - 1; i >= 0; i-- {
		m, _ := s.liquidPage(list[i]).(map[string]any)
		names, _ := m[key].([]any)
		for _, n := range names {
			name := fmt.Sprint(n)
			i, ok := at[name]
			if !ok {
				i = len(out)
				at[name] = i
				out = append(out, yaml.MapItem{Key: name, Value: []any(nil)})
			}
			out[i].Value = append([]any{m}, out[i].Value.([]any)...)
		}
	}
	return out
}

// liquidPage is `page` in templates, and each of site.posts.
func (s *Site) liquidPage(e *entry) any {
	e.liquidOnce.Do(func() { e.liquid = s.makeLiquidPage(e) })
	return e.liquid
}

func (s *Site) makeLiquidPage(e *entry) map[string]any {
	m := map[string]any{}
	for k, v := range e.meta {
		m[k] = liquidValue(v)
	}
	m[selfKey] = e
	m["url"], m["path"], m["name"] = e.url, e.path, path.Base(e.path)
	m["content"] = lazily(func() any {
		e.bodyAsked.Store(true)
		if !isMarkdown(e.path) {
			return string(e.post.Source[e.post.Body:])
		}
		return string(s.markdown.Render(e.post.Source[e.post.Body:]).HTML())
	})
	if e.kind == kindPage {
		m["dir"] = e.url
		if !strings.HasSuffix(e.url, "/") {
			m["dir"] = strings.TrimSuffix(path.Dir(e.url), "/") + "/"
		}
		if d, ok := parseDate(e.meta["date"], s.config.Location); ok {
			m["date"] = d
		}
		return m
	}
	m["title"], m["slug"], m["date"] = e.title, e.slug, e.date
	m["relative_path"], m["collection"], m["ext"] = e.path, "posts", path.Ext(e.path)
	m["id"] = strings.TrimSuffix(e.url, path.Ext(e.url))
	m["draft"] = e.kind == kindDraft || e.meta["draft"] == true
	m["categories"], m["tags"] = anyList(e.categories()), anyList(e.tags())
	m["excerpt"] = lazily(func() any { return s.excerpt(e) })
	m["previous"] = lazily(func() any { return s.neighbour(e, 1) })
	m["next"] = lazily(func() any { return s.neighbour(e, -1) })
	return m
}

// neighbour is the post before (1) or after (-1) another in time.
func (s *Site) neighbour(e *entry, step int) any {
	list := s.withSelf(e)
	for i, other := range list {
		if other.path == e.path {
			if i += step; i >= 0 && i < len(list) {
				return s.liquidPage(list[i])
			}
			break
		}
	}
	return nil
}

// categories are the folders above _posts and what the front matter says.
func (e *entry) categories() []string {
	list := folderCategories(path.Dir(e.path))
	if c := textOf(e.meta["category"]); c != "" {
		list = append(list, c)
	}
	return distinct(append(list, listOf(e.meta["categories"])...), func(s string) string { return s })
}

func (e *entry) tags() []string {
	var list []string
	if t := textOf(e.meta["tag"]); t != "" {
		list = append(list, t)
	}
	return distinct(append(list, listOf(e.meta["tags"])...), func(s string) string { return s })
}

func anyList(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// liquidPages are the pages with front matter, by path.
func (s *Site) liquidPages() []any {
	var out []any
	s.walkPages(func(name string, p post.Post, page bool) {
		if page {
			if e := s.entry(name, p); s.hidden(e) == "" {
				out = append(out, s.liquidPage(e))
			}
		}
	})
	return out
}

// liquidStatics are the files that are copied as they are.
func (s *Site) liquidStatics() []any {
	var out []any
	s.walkPages(func(name string, _ post.Post, page bool) {
		if !page {
			base := path.Base(name)
			out = append(out, map[string]any{
				"path": "/" + name, "name": base, "basename": strings.TrimSuffix(base, path.Ext(base)), "extname": path.Ext(base),
			})
		}
	})
	return out
}

// walkPages visits the published files that are no posts.
func (s *Site) walkPages(visit func(name string, p post.Post, page bool)) {
	_ = fs.WalkDir(s.files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || name == ".":
			return nil
		case d.IsDir():
			if s.excluded(name, true) {
				return fs.SkipDir
			}
			return nil
		case s.excluded(name, false) || kindOf(name) != kindPage:
			return nil
		}
		src, err := fs.ReadFile(s.files, name)
		if err != nil {
			return nil
		}
		p := post.Parse(src)
		visit(name, p, isPage(name, p))
		return nil
	})
}

// dataDir holds a site's data files.
const dataDir = "_data"

// liquidData reads a folder of data files: YAML and JSON by name, folders as
// maps of their own.
func (s *Site) liquidData(dir string) any {
	list, err := fs.ReadDir(s.files, dir)
	if err != nil {
		return yaml.MapSlice{}
	}
	var out yaml.MapSlice
	for _, f := range list {
		name := path.Join(dir, f.Name())
		key := strings.TrimSuffix(f.Name(), path.Ext(f.Name()))
		if f.IsDir() {
			out = append(out, yaml.MapItem{Key: key, Value: s.liquidData(name)})
			continue
		}
		src, err := fs.ReadFile(s.files, name)
		if err != nil || len(src) > maxConfig {
			continue
		}
		if v, ok := readData(path.Ext(name), src); ok {
			out = append(out, yaml.MapItem{Key: key, Value: liquidValue(v)})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return fmt.Sprint(out[i].Key) < fmt.Sprint(out[j].Key) })
	return out
}

// readData reads one data file.
func readData(ext string, src []byte) (any, bool) {
	switch ext {
	case ".yml", ".yaml":
		if v, err := readOrdered(src); err == nil {
			return v, true
		}
	case ".json":
		var v any
		if json.Unmarshal(src, &v) == nil {
			return v, true
		}
	}
	return nil, false
}
