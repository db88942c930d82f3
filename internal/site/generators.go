package site

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"galley/internal/diag"
	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/post"
	"galley/internal/rubytime"
	"galley/internal/site/archives"
	"galley/internal/site/config"
	"galley/internal/site/defaults"
	"galley/internal/site/feed"
	"galley/internal/site/githubpages"
	"galley/internal/site/paginate"
	"galley/internal/site/permalink"
	"galley/internal/site/plugin"
	"galley/internal/site/redirect"
	"galley/internal/site/sitemap"
	"galley/internal/site/value"
)

// madePage is what a page that a plugin makes has in place of a file.
type madePage struct {
	// write makes the page; nil for one of a layout around nothing.
	write func(c *liquid.Context, v *sight) (string, error)
	// value is what templates see of the page beside its data; nil for
	// nothing.
	value func(v *sight, key string) (any, bool)
}

// generate lets the plugins add to what was read, in Jekyll's order: archives
// and redirects, READMEs, then pages of posts, feeds and the sitemap.
func (s *Site) generate(lib *library) {
	g := &generator{site: s, lib: lib}
	if s.config.Runs(plugin.NoFrontMatter) {
		g.bareFiles()
	}
	if s.config.Runs(plugin.Archives) {
		g.archives()
	}
	if s.config.Runs(plugin.Redirect) {
		g.redirects()
	}
	if s.config.Runs(plugin.Readme) {
		g.readmes()
	}
	if s.config.Runs(plugin.Paginate) {
		g.pages()
	}
	if s.config.Runs(plugin.Feed) {
		g.feeds()
	}
	if s.config.Runs(plugin.Sitemap) {
		g.sitemap()
	}
	lib.diags = g.diags
}

// generator is the work of the plugins on one library.
type generator struct {
	site  *Site
	lib   *library
	diags []diag.Diagnostic
}

// tell tells of a setting.
func (g *generator) tell(severity diag.Severity, key, message string) {
	g.diags = append(g.diags, diag.Diagnostic{File: config.File, Range: config.Place(g.site.files, key), Severity: severity, Code: "plugin", Message: message})
}

// add adds a page that is made; file is the name of the file that it would be
// made of.
func (g *generator) add(file string, data *ordered.Map, made *madePage) *entry {
	e := &entry{path: file, front: data, made: made, listed: true}
	e.data = defaults.Merge(g.site.config.Defaults.All(file, "pages"), data)
	for k, v := range data.All() {
		if v == nil {
			e.data = e.data.Clone()
			e.data.Set(k, nil) // nothing at all overrules defaults
		}
	}
	e.readPage(g.site)
	e.meta = value.PlainMap(e.data)
	g.lib.made = append(g.lib.made, e)
	return e
}

// has says whether the site has a file of its own.
func (g *generator) has(file string) bool {
	_, err := fs.Stat(g.site.files, strings.TrimPrefix(path.Clean("/"+file), "/"))
	return err == nil
}

// bareFiles makes pages of Markdown files without front matter.
func (g *generator) bareFiles() {
	options := githubpages.Read(g.site.config.Data["optional_front_matter"])
	required := value.Truthy(g.site.config.Data["require_front_matter"])
	if options.Enabled && !required {
		g.makePages(options.RemoveOriginals, func(f *static) bool {
			return f.collection == nil && githubpages.BecomesPage(f.path, g.site.config.Includes(f.path))
		})
	}
}

// readmes makes READMEs the indexes of their folders.
func (g *generator) readmes() {
	s := g.site
	options := githubpages.Read(s.config.Data["readme_index"])
	if !options.Enabled {
		return
	}
	kept := g.lib.statics[:0:0]
	for _, f := range g.lib.statics {
		// A README in a collection counts too, where it is copied to.
		folder := githubpages.ReadmePermalink(f.output)
		src, err := []byte(nil), fs.ErrNotExist
		if s.isMarkdown(f.path) && githubpages.Readme(f.path) && !g.hasIndex(folder) {
			src, err = fs.ReadFile(s.files, f.path)
		}
		if err != nil || !options.RemoveOriginals {
			kept = append(kept, f)
		}
		if err == nil {
			e := &entry{path: f.path, post: post.Parse(src), front: ordered.Of("permalink", folder), listed: true}
			e.data = defaults.Merge(s.config.Defaults.All(f.path, "pages"), e.front)
			e.readPage(s)
			s.adapt(e)
			e.meta = value.PlainMap(e.data)
			g.lib.made = append(g.lib.made, e)
		}
	}
	g.lib.statics = kept
}

// hasIndex says whether a page or a file that is copied is the index of a
// folder of the built site.
func (g *generator) hasIndex(folder string) bool {
	return slices.ContainsFunc(g.lib.allPages(), func(e *entry) bool { return githubpages.IsIndex(e.url, folder) }) ||
		slices.ContainsFunc(g.lib.statics, func(f *static) bool { return githubpages.IsIndex("/"+f.output, folder) })
}

// makePages makes pages of the Markdown files that are wanted, and leaves the
// files away where it says so.
func (g *generator) makePages(remove bool, wanted func(*static) bool) {
	kept := g.lib.statics[:0:0]
	for _, f := range g.lib.statics {
		src, err := []byte(nil), fs.ErrNotExist
		if g.site.isMarkdown(f.path) && wanted(f) {
			src, err = fs.ReadFile(g.site.files, f.path)
		}
		if err != nil || !remove {
			kept = append(kept, f)
		}
		if err == nil {
			e := g.site.entry(f.path, post.Parse(src))
			e.listed = true
			g.lib.made = append(g.lib.made, e)
		}
	}
	g.lib.statics = kept
}

// archives makes the pages of jekyll-archives.
func (g *generator) archives() {
	s := g.site
	section, _ := s.config.Written.Value("jekyll-archives").(*ordered.Map)
	settings := archives.Read(value.PlainMap(section))
	list := g.lib.documents[s.config.Collections[0]]
	posts := make([]archives.Post, len(list))
	for i, e := range list {
		posts[i] = archives.Post{Date: e.date, Tags: textsOf(e.data.Value("tags")), Categories: textsOf(e.data.Value("categories"))}
	}
	slug := func(name string) string { return permalink.Slugify(name, "", false) }
	for _, a := range settings.Of(posts) {
		url := a.URL(slug, permalink.Escape)
		file := strings.TrimPrefix(permalink.Unescape(url), "/")
		if strings.HasSuffix(url, "/") {
			file += "index.html"
		}
		data := defaults.Merge(s.config.Defaults.All(file, string(a.Kind)), ordered.Of("layout", a.Layout))
		e := &entry{path: file, front: data, data: data, url: url, listed: true, title: a.Title, date: a.Date}
		e.ext = path.Ext(file)
		e.meta = value.PlainMap(data)
		e.locate()
		var members []*entry
		for _, i := range a.Posts {
			members = append(members, list[i])
		}
		e.made = &madePage{value: func(v *sight, key string) (any, bool) {
			switch key {
			case "posts":
				return v.drops(members), true
			case "type":
				return string(a.Kind), true
			case "title":
				if a.Title == "" {
					return nil, true
				}
				return a.Title, true
			case "date":
				if a.Date.IsZero() {
					return nil, true
				}
				return rubytime.DateOf(a.Date.Date()), true
			case "name":
				return strings.TrimSuffix(path.Base(file), path.Ext(file)), true
			}
			return nil, false
		}}
		g.lib.made = append(g.lib.made, e)
		g.lib.archives = append(g.lib.archives, e)
	}
}

// textsOf is a list of front matter as texts.
func textsOf(v any) []string {
	list, _ := v.([]any)
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = liquid.Text(e)
	}
	return out
}

// redirects makes the pages at old addresses, and redirects.json.
func (g *generator) redirects() {
	s := g.site
	var pages []redirect.Page
	add := func(list []*entry) {
		for _, e := range list {
			if s.hidden(e) == "" {
				pages = append(pages, redirect.Page{URL: e.url, From: value.Plain(e.data.Value("redirect_from")), To: value.Plain(e.data.Value("redirect_to"))})
			}
		}
	}
	for _, c := range s.config.Collections {
		add(g.lib.documents[c])
	}
	add(g.lib.pages)
	add(g.lib.made)
	to, all := redirect.Pages(pages, s.absoluteURL)
	for _, r := range to {
		data := ordered.Of("sitemap", false, "layout", redirectLayout, "permalink", r.From,
			"redirect", ordered.Of("from", r.From, "to", r.To))
		if r.From == "" {
			data.Set("permalink", "/")
		}
		g.add("redirect.html", data, s.redirectPage(r.To))
	}
	if redirect.WithJSON(s.config.Data["redirect_from"]) && !g.has("redirects.json") {
		g.write("redirects.json", func(*liquid.Context, *sight) (string, error) { return redirect.JSON(all), nil })
	}
}

// redirectLayout is the layout of pages that lead elsewhere.
const redirectLayout = "redirect"

// redirectPage is a page that leads elsewhere; nil where the site has a layout
// for it.
func (s *Site) redirectPage(to string) *madePage {
	if s.templateFiles().layouts[redirectLayout] != nil {
		return &madePage{}
	}
	return &madePage{write: func(*liquid.Context, *sight) (string, error) { return redirect.HTML(to), nil }}
}

// write adds a file that a plugin writes.
func (g *generator) write(file string, write func(*liquid.Context, *sight) (string, error)) *entry {
	return g.add(file, ordered.Of("layout", nil), &madePage{write: write})
}

// pages parts the list of posts over pages.
func (g *generator) pages() {
	s := g.site
	settings, ok, err := paginate.Read(s.config.Data["paginate"], s.config.Data["paginate_path"])
	if err != nil {
		g.tell(diag.Error, "paginate", err.Error()+".")
	}
	if !ok {
		return
	}
	paths := make([]string, len(g.lib.pages))
	for i, e := range g.lib.pages {
		paths[i] = e.path
	}
	at, ok := settings.Template(paths)
	if !ok {
		g.tell(diag.Warning, "paginate", "There is no index.html to show pages of posts in, so paginate does nothing. An index.md is not used for it.")
		return
	}
	first := g.lib.pages[at]
	list := settings.Pages(len(paginated(g.lib.posts(s))), first.url)
	// The plugin looks for the text of the further pages at the first one's
	// address, and writes empty pages where there is none.
	moved := len(list) > 1 && path.Join(strings.Trim(dirOf(first.url), "/"), "index.html") != first.path
	if moved {
		g.diags = append(g.diags, diag.Diagnostic{File: first.path, Range: first.post.KeyRange("permalink"), Severity: diag.Warning, Code: "plugin",
			Message: "The pages of posts behind the first one are empty, since this page has an address of its own. Take its permalink out."})
	}
	for i := range list {
		e := first
		if i > 0 {
			if e = s.entry(first.path, first.post); moved {
				e = &entry{path: first.path, front: ordered.New(0), data: ordered.New(0), ext: ".html", made: nothingMade()}
			}
			e.listed = true
			dir := permalink.Unescape(strings.Trim(settings.Address(i+1, ""), "/"))
			e.url = permalink.Page("/:path/", dir, "index", e.ext)
			e.locate()
			g.lib.made = append(g.lib.made, e)
		}
		e.pager = &list[i]
	}
}

// nothingMade is an empty page.
func nothingMade() *madePage {
	return &madePage{write: func(*liquid.Context, *sight) (string, error) { return "", nil }}
}

// paginated are the posts that pages of posts show.
func paginated(posts []*entry) []*entry {
	return slices.DeleteFunc(slices.Clone(posts), func(e *entry) bool { return value.Truthy(e.data.Value("hidden")) })
}

// pagerDrop is `paginator` in templates.
type pagerDrop struct {
	pager *paginate.Pager
	sight *sight
}

// Keys implements liquid.Keyed.
func (d pagerDrop) Keys() []string {
	return []string{"page", "per_page", "posts", "total_posts", "total_pages", "previous_page", "previous_page_path", "next_page", "next_page_path"}
}

// Get implements liquid.Drop.
func (d pagerDrop) Get(key string) (any, bool) {
	number := func(n int) (any, bool) {
		if n == 0 {
			return nil, true
		}
		return int64(n), true
	}
	text := func(s string) (any, bool) {
		if s == "" {
			return nil, true
		}
		return s, true
	}
	p := d.pager
	switch key {
	case "page":
		return int64(p.Page), true
	case "per_page":
		return int64(p.PerPage), true
	case "posts":
		all := paginated(d.sight.library().posts(d.sight.site))
		return d.sight.drops(all[min(p.From, len(all)):min(p.To, len(all))]), true
	case "total_posts":
		return int64(p.TotalPosts), true
	case "total_pages":
		return int64(p.TotalPages), true
	case "previous_page":
		return number(p.Previous)
	case "previous_page_path":
		return text(p.PreviousPath)
	case "next_page":
		return number(p.Next)
	case "next_page_path":
		return text(p.NextPath)
	}
	return nil, false
}

// paginator is what `paginator` means in the templates of a page.
func (v *sight) paginator() any {
	e := v.self
	if e == nil {
		return nil
	}
	if e.pager == nil && !e.listed && e.isPage() {
		// The page in the editor is shown with the posts of the one in the site.
		for _, other := range v.site.library().pages {
			if other.path == e.path {
				e = other
				break
			}
		}
	}
	if e.pager == nil {
		return nil
	}
	return pagerDrop{e.pager, v}
}

// feeds makes the feeds of jekyll-feed.
func (g *generator) feeds() {
	s := g.site
	section, _ := s.config.Written.Value("feed").(*ordered.Map)
	var tags []string
	seen := map[string]bool{}
	for _, e := range g.lib.documents[s.config.Collections[0]] {
		for _, tag := range textsOf(e.data.Value("tags")) {
			if !seen[tag] {
				seen[tag] = true
				tags = append(tags, tag)
			}
		}
	}
	for _, c := range feed.Channels(section, tags) {
		if g.has(c.URL()) {
			continue
		}
		e := g.write(strings.TrimPrefix(c.URL(), "/"), func(c2 *liquid.Context, v *sight) (string, error) {
			f := &filters{c: c2}
			source := feed.Source{
				Site: &siteDrop{v}, Jekyll: s.jekyllVersion(), Stylesheet: g.has("feed.xslt.xml"),
				Absolute: f.absolute, Smartify: f.smartify, Date: f.date,
			}
			return source.Feed(c).XML(), f.err
		})
		e.data.Set("sitemap", false)
	}
}

// sitemap makes sitemap.xml and robots.txt.
func (g *generator) sitemap() {
	s := g.site
	taken := map[string]bool{}
	for _, e := range g.lib.allPages() {
		taken[e.url] = true
	}
	for _, f := range g.lib.statics {
		taken["/"+f.output] = true
	}
	if !taken["/sitemap.xml"] {
		g.write("sitemap.xml", func(c *liquid.Context, v *sight) (string, error) {
			f := &filters{c: c}
			style := ""
			if taken["/sitemap.xsl"] {
				style = f.absolute("/sitemap.xsl")
			}
			return sitemap.XML(s.sitemapURLs(f, v), style), f.err
		})
	}
	if !taken["/robots.txt"] {
		g.write("robots.txt", func(c *liquid.Context, _ *sight) (string, error) {
			f := &filters{c: c}
			return sitemap.Robots(f.absolute("sitemap.xml")), f.err
		})
	}
}

// sitemapURLs lists what a sitemap lists: documents by collection, pages, and
// files that are copied.
func (s *Site) sitemapURLs(f *filters, v *sight) []sitemap.URL {
	var out []sitemap.URL
	add := func(url string, modified any) {
		u := sitemap.URL{Loc: f.absolute(sitemap.Address(url))}
		if value.Truthy(modified) {
			u.Modified = f.date(modified)
		}
		out = append(out, u)
	}
	lib := v.library()
	sorted := slices.Clone(s.config.Collections)
	slices.SortStableFunc(sorted, func(a, b *config.Collection) int { return strings.Compare(a.Label, b.Label) })
	for _, c := range sorted {
		if !c.Output {
			continue
		}
		for _, e := range lib.documents[c] {
			if e.data.Value("sitemap") == false {
				continue
			}
			modified := e.data.Value("last_modified_at")
			if modified == nil || modified == false || modified == "" {
				modified, _ = entryDrop{e, v}.Get("date")
			}
			add(e.url, modified)
		}
	}
	for _, d := range v.htmlPages() {
		if e := d.(entryDrop).entry; e.data.Value("sitemap") != false && sitemap.ListsPage(e.url) {
			add(e.url, e.data.Value("last_modified_at"))
		}
	}
	for _, file := range lib.statics {
		if sitemap.ListsFile(file.path) && file.data.Value("sitemap") != false {
			add(file.relative, rubytime.Local(s.modified(file), s.config.Location))
		}
	}
	return out
}

// writeMade makes a page that a plugin writes.
func (s *Site) writeMade(e *entry, v *sight) (string, []diag.Diagnostic) {
	tags := map[string]liquid.Tag{"made": func(*liquid.Parser, string) (liquid.Node, error) { return madeNode{e.made, v}, nil }}
	config := &liquid.Config{Tags: tags, Filters: s.templateFiles().config.Filters}
	t, err := config.Parse(e.path, 1, "{% made %}")
	if err != nil {
		return "", []diag.Diagnostic{s.liquidError(nil, err)}
	}
	r := s.newRun(v, v.drop(e))
	out, err := r.render(t)
	diags := r.problems(nil)
	if err != nil {
		diags = append(diags, s.liquidError(nil, fmt.Errorf("%w", err)))
	}
	return out, diags
}

// madeNode writes a page that a plugin makes, with Liquid's filters.
type madeNode struct {
	made  *madePage
	sight *sight
}

// Render implements liquid.Node.
func (n madeNode) Render(c *liquid.Context) error {
	text, err := n.made.write(c, n.sight)
	c.Write(text)
	return err
}
