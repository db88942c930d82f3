package site

import (
	"context"
	"errors"
	"fmt"
	"path"
	"runtime"
	"sort"
	"strings"
	"sync"

	"galley/internal/diag"
	"galley/internal/sass"
	"galley/internal/site/config"
	"galley/internal/site/plugin"
	"galley/internal/site/source"
	"galley/internal/site/templates"
)

// Writer takes the files of a built site. Its method is called by several
// goroutines at once, each time with another name: a relative path with
// slashes.
type Writer interface {
	WriteFile(name string, data []byte) error
}

// Build writes the whole site. Pages are rendered in parallel; what is
// written does not depend on the order in which that happens. progress may be
// nil; it is called after each file, never by two goroutines at once. The
// error is for what stopped the build: the context, the writer, or a file
// that cannot be read.
//
// What builds is functions and not methods: templates look methods up by name,
// so that the linker keeps all that a type has, in the browser's module, too.
func Build(ctx context.Context, s *Site, out Writer, progress func(done, total int, what string)) (Report, error) {
	return s.build(ctx, out, nil, progress)
}

// Rebuild does over what depends on the changed files, in a site that was
// loaded after the change: the pages made of them and what Galley makes by
// itself, or everything where a template, the settings or data changed, or
// where pages show other pages. The report's Written is the whole site.
func Rebuild(ctx context.Context, s *Site, out Writer, changed []string, progress func(done, total int, what string)) (Report, error) {
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
	if name == config.File || sass.Is(name) {
		return true
	}
	for _, dir := range s.bundled() {
		if strings.HasPrefix(name, dir+"/") {
			return true
		}
	}
	c, _ := s.config.CollectionOf(name)
	if header, err := source.HasHeader(s.files, name); err == nil && !header && c == nil && !s.isMarkdown(name) {
		return false // a file that is copied
	}
	if s.config.Jekyll() {
		return true // its layouts may show any page on any other
	}
	if c == nil && !s.isMarkdown(name) {
		return false // a page by itself
	}
	for _, src := range templates.Sources(s.files, config.TemplateDir, true) {
		if namesPosts.MatchString(src.Text) {
			return true
		}
	}
	return false
}

// build builds the whole site, or of its pages only those made of some files.
func (s *Site) build(ctx context.Context, out Writer, only map[string]bool, progress func(done, total int, what string)) (Report, error) {
	all, report, err := s.plan(ctx)
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
	for _, d := range append(append(s.found[:len(s.found):len(s.found)], s.library().diags...), s.checkData()...) {
		report.Problems = append(report.Problems, s.problem(output{}, d))
	}
	found := make([][]diag.Diagnostic, len(plan))
	pages := make([]anchors, len(plan))
	workers := max(runtime.GOMAXPROCS(0), 1)
	if s.config.Runs(plugin.IncludeCache) && s.orderMatters() {
		workers = 1
		documentsFirst(plan)
	}
	err = parallel(ctx, workers, len(plan), func(i int) error {
		o := plan[i]
		data, diags, err := o.make()
		if _, wrong := errors.AsType[*sass.Error](err); wrong {
			return err // says where, and Jekyll stops here, too
		} else if err != nil {
			return fmt.Errorf("%s: %w", o.from, err)
		}
		found[i] = diags
		if path.Ext(o.name) == ".html" && o.kind != copied {
			pages[i].url = "/" + o.name
			if o.entry != nil {
				pages[i].url = o.entry.url
				pages[i].layout = s.layoutFile(o.entry)
			}
			pages[i].links, pages[i].ids = scanPage(data, s.config.URL)
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
	check := newLinkChecker(s, all)
	for _, o := range all {
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
			d.Severity = s.severity(d)
			report.Problems = append(report.Problems, s.problem(o, d))
		}
		if err == nil {
			report.Problems = append(report.Problems, check.check(o, pages[i])...)
		}
	}
	if s.config.URL == "" && report.Posts > 0 {
		report.Problems = append(report.Problems, Problem{Diagnostic: diag.Diagnostic{File: config.File, Severity: diag.Warning, Code: "config-url",
			Message: "The settings have no url, so feed and sitemap have no whole addresses. Add one, such as url: https://news.example.org."}})
	}
	sort.Strings(report.Written)
	report.Problems = sortProblems(report.Problems)
	return report, err
}

// parallel does n things, some at once, and stops at the first error. done is
// called after each, never by two goroutines at once.
func parallel(ctx context.Context, workers, n int, do func(i int) error, done func(count, i int)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var mu sync.Mutex
	next, finished := 0, 0
	var all sync.WaitGroup
	for range min(workers, n) {
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

// safely renders an entry and survives a panic.
func (s *Site) safely(e *entry) (page Page) {
	defer s.rescue(&page, e.post)
	return s.renderEntry(e)
}

// severity is how bad a problem is for the site: an error ends Jekyll's build.
// Jekyll passes over front matter that it cannot read.
func (s *Site) severity(d diag.Diagnostic) diag.Severity {
	if strings.HasPrefix(d.Code, "front-matter-") && s.config.Data["strict_front_matter"] != true {
		return diag.Warning
	}
	return d.Severity
}
