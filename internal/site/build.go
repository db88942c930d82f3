package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"sort"
	"strings"
	"sync"
	"time"

	"galley/internal/diag"
	"galley/internal/post"
)

// Writer takes the files of a built site. Its method is called by several
// goroutines at once, each time with another name: a relative path with
// slashes.
type Writer interface {
	WriteFile(name string, data []byte) error
}

// Report tells what a build did.
type Report struct {
	// Posts, Pages and Files are how many of each were made; Files are those
	// that were copied as they are.
	Posts, Pages, Files int
	// Hidden are the files that the settings keep back, with the reason.
	Hidden []Hidden
	// Problems are everything that was found wrong, by file.
	Problems []Problem
	// Written are the names of all files of the built site, sorted.
	Written []string
}

// Hidden is a post that is not published.
type Hidden struct {
	// File is the post, Reason why: "it is a draft".
	File, Reason string
}

// Problem is a diagnostic with the file that it is about.
type Problem struct {
	diag.Diagnostic
	// Position is where in the file, counted from 1; zero when the problem
	// has no place.
	Position diag.Position
}

// String writes a problem as compilers do.
func (p Problem) String() string {
	if p.Position.Line == 0 {
		return fmt.Sprintf("%s: %s: %s (%s)", p.File, p.Severity, p.Message, p.Code)
	}
	return fmt.Sprintf("%s:%s: %s: %s (%s)", p.File, p.Position, p.Severity, p.Message, p.Code)
}

// output is one file of the built site.
type output struct {
	name  string
	from  string // the file that it is made of, for messages and progress
	entry *entry // where it is a page with front matter
	kind  outputKind
	make  func() ([]byte, []diag.Diagnostic, error)
}

type outputKind int

const (
	made   outputKind = iota // by Galley: index, feed and so on
	ofPost                   // a post
	ofPage                   // a page
	copied                   // a file as it is
)

// Build writes the whole site. Pages are rendered in parallel; what is
// written does not depend on the order in which that happens. progress may be
// nil; it is called after each file, never by two goroutines at once. The
// error is for what stopped the build: the context, the writer, or a file
// that cannot be read.
func (s *Site) Build(ctx context.Context, out Writer, progress func(done, total int, what string)) (Report, error) {
	return s.build(ctx, out, nil, progress)
}

// Rebuild does over what depends on the changed files, in a site that was
// loaded after the change: the pages made of them and what Galley makes by
// itself, or everything where a template, the settings or data changed, or
// where pages show other pages. The report's Written is the whole site.
func (s *Site) Rebuild(ctx context.Context, out Writer, changed []string, progress func(done, total int, what string)) (Report, error) {
	only := map[string]bool{}
	for _, name := range changed {
		only[name] = true
		if s.concernsAll(name) {
			return s.build(ctx, out, nil, progress)
		}
	}
	return s.build(ctx, out, only, progress)
}

// concernsAll says whether a change to a file may change every page.
func (s *Site) concernsAll(name string) bool {
	if name == configFile {
		return true
	}
	for _, dir := range bundled {
		if strings.HasPrefix(name, dir+"/") {
			return true
		}
	}
	if kindOf(name) == kindPage && !isMarkdown(name) {
		return false // a file that is copied, or a page by itself
	}
	if s.layouts != nil {
		return true // its layouts may show any page on any other
	}
	for _, src := range readTemplates(s.files, templateDir, true) {
		if namesPosts.MatchString(src.text) {
			return true
		}
	}
	return false
}

// build builds the whole site, or of its pages only those made of some files.
func (s *Site) build(ctx context.Context, out Writer, only map[string]bool, progress func(done, total int, what string)) (Report, error) {
	all, report, err := s.plan()
	if err != nil {
		return report, err
	}
	plan := all
	if only != nil {
		plan = nil
		for _, o := range all {
			if o.kind == made || only[o.from] {
				plan = append(plan, o)
			}
		}
	}
	found := make([][]diag.Diagnostic, len(plan))
	pages := make([]anchors, len(plan))
	err = parallel(ctx, len(plan), func(i int) error {
		o := plan[i]
		data, diags, err := o.make()
		if err != nil {
			return fmt.Errorf("%s: %w", o.from, err)
		}
		found[i] = diags
		if path.Ext(o.name) == ".html" && o.kind != copied {
			pages[i].url = "/" + o.name
			if o.entry != nil {
				pages[i].url = o.entry.url
				pages[i].layout = s.layoutFile(o.entry)
			}
			pages[i].links, pages[i].ids = scanPage(data)
		}
		if err := out.WriteFile(o.name, data); err != nil {
			return fmt.Errorf("writing %s: %w", o.name, err)
		}
		return nil
	}, func(done, i int) {
		if progress != nil {
			progress(done, len(plan), plan[i].from)
		}
	})
	check := linkChecker{site: s, written: map[string]bool{}, pages: map[string]map[string]bool{}}
	for _, o := range all {
		check.written[o.name] = true
		report.Written = append(report.Written, o.name)
	}
	for i, o := range plan {
		if pages[i].url != "" {
			check.pages[o.name] = pages[i].ids
		}
	}
	for i, o := range plan {
		switch o.kind {
		case ofPost:
			report.Posts++
		case ofPage:
			report.Pages++
		case copied:
			report.Files++
		}
		for _, d := range found[i] {
			report.Problems = append(report.Problems, s.problem(o, d))
		}
		if err == nil {
			report.Problems = append(report.Problems, check.check(o, pages[i])...)
		}
	}
	sort.Strings(report.Written)
	report.Problems = sortProblems(report.Problems)
	return report, err
}

// parallel does n things on all processors and stops at the first error.
func parallel(ctx context.Context, n int, do func(i int) error, done func(count, i int)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var mu sync.Mutex
	next, finished := 0, 0
	var all sync.WaitGroup
	for range min(max(runtime.GOMAXPROCS(0), 1), n) {
		all.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n || ctx.Err() != nil {
					return
				}
				if err := do(i); err != nil {
					stop(err)
					return
				}
				mu.Lock()
				finished++
				done(finished, i)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil && finished < n {
		return err
	}
	return nil
}

// plan lists what a build will write.
func (s *Site) plan() ([]output, Report, error) {
	var report Report
	var plan []output
	var pages []*entry // for the sitemap
	add := func(e *entry, kind outputKind) {
		if why := s.hidden(e); why != "" {
			report.Hidden = append(report.Hidden, Hidden{e.path, why})
			if e.output == "" {
				for _, d := range e.diags {
					report.Problems = append(report.Problems, s.problem(output{from: e.path, entry: e}, d))
				}
			}
			return
		}
		pages = append(pages, e)
		plan = append(plan, output{name: e.output, from: e.path, entry: e, kind: kind, make: func() ([]byte, []diag.Diagnostic, error) {
			page := s.safely(e)
			return page.HTML, page.Diagnostics, nil
		}})
	}
	err := fs.WalkDir(s.files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch {
		case name == ".":
			return nil
		case d.IsDir():
			if s.excluded(name, true) && !isPostFolder(name) {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular():
			return nil // links could lead out of the site
		case kindOf(name) != kindPage:
			if !s.isPostFile(name) {
				return nil
			}
		case s.excluded(name, false):
			return nil
		}
		src, err := fs.ReadFile(s.files, name)
		if err != nil {
			return err
		}
		if p := post.Parse(src); kindOf(name) != kindPage {
			add(s.entry(name, p), ofPost)
		} else if isPage(name, p) {
			add(s.entry(name, p), ofPage)
		} else {
			plan = append(plan, output{name: name, from: name, kind: copied, make: func() ([]byte, []diag.Diagnostic, error) {
				return src, sassDiag(name, p), nil
			}})
		}
		return nil
	})
	if err != nil {
		return nil, report, fmt.Errorf("reading the site: %w", err)
	}
	s.listOnce.Do(func() { // the posts are read already
		for _, e := range pages {
			if e.kind != kindPage {
				s.list = append(s.list, e)
			}
		}
		sortPosts(s.list)
	})
	taken := map[string]string{} // output to source
	plan, report.Problems = s.withoutClashes(plan, taken, report.Problems)
	for _, o := range s.madePages(pages, taken) {
		if _, is := taken[o.name]; !is {
			taken[o.name] = o.from
			plan = append(plan, o)
		}
	}
	return plan, report, nil
}

// sassDiag tells that a style sheet that Jekyll would compile is copied.
func sassDiag(name string, p post.Post) []diag.Diagnostic {
	if ext := path.Ext(name); !p.HasFrontMatter || ext != ".scss" && ext != ".sass" {
		return nil
	}
	return []diag.Diagnostic{{Severity: diag.Warning, Code: "sass",
		Message: "Galley does not compile Sass, so this file is copied as it is. Put the compiled " + strings.TrimSuffix(path.Base(name), path.Ext(name)) + ".css beside it."}}
}

// withoutClashes drops pages whose address another page has already.
func (s *Site) withoutClashes(plan []output, taken map[string]string, problems []Problem) ([]output, []Problem) {
	kept := plan[:0]
	for _, o := range plan {
		if other, is := taken[o.name]; is {
			d := diag.Diagnostic{Severity: diag.Error, Code: "address-taken",
				Message: fmt.Sprintf("%s has the same address, /%s, so this one is not written. Give one of them another date, slug or permalink.", other, o.name)}
			problems = append(problems, s.problem(o, d))
			continue
		}
		taken[o.name] = o.from
		kept = append(kept, o)
	}
	return kept, problems
}

// isTextPage says whether a file with front matter is a page to render rather
// than a file that happens to begin with dashes.
func isTextPage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xml", ".txt", ".json", ".css", ".js", ".xhtml", ".webmanifest", ".svg":
		return true
	}
	return false
}

// safely renders an entry and survives a panic.
func (s *Site) safely(e *entry) (page Page) {
	defer s.rescue(&page, e.post)
	return s.renderEntry(e)
}

// madePages are the files that Galley makes by itself, unless the site has
// its own in their place.
func (s *Site) madePages(pages []*entry, taken map[string]string) []output {
	var plan []output
	page := func(name, title, url string, template string, data func(Common) any) {
		t := s.templates.pages[template]
		if t == nil {
			return
		}
		plan = append(plan, output{name: name, from: name, make: func() ([]byte, []diag.Diagnostic, error) {
			view := &PageView{Title: title, URL: s.config.relative(url), Permalink: s.config.absolute(url),
				Description: s.config.Description, Lang: s.config.Lang, Image: s.view.Logo, Author: s.config.Author, site: s, Meta: map[string]any{}}
			common := Common{Site: s.siteView(nil), Page: view}
			diags := s.templates.broken[template]
			b, err := t.run(data(common))
			if err != nil {
				diags = append(diags[:len(diags):len(diags)], s.executionDiag(t, err))
				if b, err = s.builtIn().pages[template].run(data(common)); err != nil {
					return nil, diags, err
				}
			}
			if path.Ext(name) == ".xml" {
				b = append([]byte("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"), cleanXML(b)...)
			}
			return b, diags, nil
		}})
	}
	page("index.html", "", "/", "index.html", func(c Common) any { return s.listPage(c, "", s.config.count("index", 25)) })
	page("archive.html", "Archive", "/archive", "archive.html", func(c Common) any { return s.listPage(c, "", -1) })
	page("404.html", "Page not found", "/404.html", "404.html", func(c Common) any { return ContentPage{Common: c} })
	page("feed.xml", "", "/feed.xml", "feed.xml", func(c Common) any { return s.feedPage(c) })
	page("sitemap.xml", "", "/sitemap.xml", "sitemap.xml", func(c Common) any { return s.sitemapPage(c, pages, taken) })
	plan = append(plan, s.redirects(pages)...)
	if s.options.BuiltIn != nil {
		_ = fs.WalkDir(s.options.BuiltIn, "assets", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				plan = append(plan, output{name: name, from: name, make: func() ([]byte, []diag.Diagnostic, error) {
					b, err := fs.ReadFile(s.options.BuiltIn, name)
					return b, nil, err
				}})
			}
			return nil
		})
	}
	return plan
}

// redirects are the pages at the old addresses of others.
func (s *Site) redirects(pages []*entry) []output {
	t := s.templates.pages["redirect.html"]
	if t == nil {
		return nil
	}
	var plan []output
	for _, e := range pages {
		for _, key := range []string{"redirect_from", "aliases"} {
			for _, from := range listOf(e.meta[key]) {
				name := outputFile(cleanURL(escapePath(from)), ".html")
				if name == "" {
					continue
				}
				plan = append(plan, output{name: name, from: e.path, make: func() ([]byte, []diag.Diagnostic, error) {
					view := s.pageView(e, nil)
					b, err := t.run(RedirectPage{Common{s.siteView(e), view}, s.config.relative(e.url)})
					return b, nil, err
				}})
			}
		}
	}
	return plan
}

// feedPage gathers the newest posts for the feed.
func (s *Site) feedPage(c Common) FeedPage {
	f := FeedPage{Common: c, Updated: time.Unix(0, 0).UTC()}
	list := s.posts()
	list = list[:min(len(list), s.config.count("feed", 10))]
	for _, e := range list {
		view := s.pageView(e, nil)
		doc, _, _ := s.content(e)
		f.Entries = append(f.Entries, FeedEntry{PageView: view, ID: s.feedID(e), HTML: s.absoluteLinks(string(doc.HTML()), e.url)})
		if view.Modified.After(f.Updated) {
			f.Updated = view.Modified
		}
	}
	return f
}

// feedID is a post's identity for feed readers. It is the address, as
// jekyll-feed has it without the file's ending, so that readers of a site that
// moves to Galley see no post twice; a front matter id overrules it, for posts
// whose address changes.
func (s *Site) feedID(e *entry) string {
	if id := textOf(e.meta["id"]); id != "" {
		return s.config.absolute(id)
	}
	return s.config.absolute(strings.TrimSuffix(e.url, ".html"))
}

// sitemapPage lists the pages that want to be found.
func (s *Site) sitemapPage(c Common, pages []*entry, taken map[string]string) SitemapPage {
	m := SitemapPage{Common: c}
	for _, made := range [][2]string{{"index.html", "/"}, {"archive.html", "/archive"}} {
		if taken[made[0]] == made[0] {
			m.Pages = append(m.Pages, &PageView{URL: s.config.relative(made[1]), Permalink: s.config.absolute(made[1])})
		}
	}
	sorted := append([]*entry{}, pages...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].url < sorted[j].url })
	for _, e := range sorted {
		if e.meta["sitemap"] != false && path.Ext(e.output) == ".html" && e.output != "404.html" {
			m.Pages = append(m.Pages, s.pageView(e, nil))
		}
	}
	return m
}

// cleanXML drops the characters that XML cannot hold.
func cleanXML(b []byte) []byte {
	return []byte(strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000:
			return r
		}
		return -1
	}, string(b)))
}

// problem gives a diagnostic its file and position.
func (s *Site) problem(o output, d diag.Diagnostic) Problem {
	src := []byte(nil)
	if d.File == "" {
		d.File = o.from
		if o.entry != nil {
			src = o.entry.post.Source
		}
	} else if b, err := fs.ReadFile(s.files, d.File); err == nil {
		src = b
	} else if !errors.Is(err, fs.ErrNotExist) {
		return Problem{Diagnostic: d}
	}
	p := Problem{Diagnostic: d}
	if src != nil {
		p.Position = diag.NewIndex(src).Position(d.Range.Start)
	}
	return p
}

// sortProblems orders problems by file and place, each once.
func sortProblems(list []Problem) []Problem {
	sort.SliceStable(list, func(i, j int) bool {
		if list[i].File != list[j].File {
			return list[i].File < list[j].File
		}
		return list[i].Range.Start < list[j].Range.Start
	})
	kept := list[:0]
	for _, p := range list {
		if len(kept) == 0 || kept[len(kept)-1] != p {
			kept = append(kept, p)
		}
	}
	return kept
}
