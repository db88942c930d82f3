package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"galley/internal/diag"
	"galley/internal/sass"
	"galley/internal/site/config"
	"galley/internal/site/deadlinks"
	"galley/internal/site/parallel"
	"galley/internal/site/plugin"
	"galley/internal/site/render"
	"galley/internal/site/source"
	"galley/internal/site/templates"
)

// Writer takes the files of a built site. Its method is called by several
// goroutines at once, each time with another name: a relative path with
// slashes.
type Writer interface {
	WriteFile(name string, data []byte) error
}

// builder makes the files of one site. It is a type of its own, and its methods
// are not the renderer's: templates look methods up by name, so that the linker
// keeps all that such a type has, in the browser's module, too.
type builder struct{ *render.Renderer }

// Run writes the whole site. Pages are rendered in parallel; what is written does
// not depend on the order in which that happens. found is what loading the site
// found; progress may be nil, and is called after each file, never by two
// goroutines at once. The error is for what stopped the build: the context, the
// writer, or a file that cannot be read.
func Run(ctx context.Context, pages *render.Renderer, found []diag.Diagnostic, out Writer, progress func(done, total int, what string)) (Report, error) {
	return builder{pages}.build(ctx, found, out, nil, progress)
}

// Rerun does over what depends on the changed files, in a site that was loaded
// after the change: the pages made of them and what Galley makes by itself, or
// everything where a template, the settings or data changed, or where pages show
// other pages. The report's Written is the whole site.
func Rerun(ctx context.Context, pages *render.Renderer, found []diag.Diagnostic, out Writer, changed []string, progress func(done, total int, what string)) (Report, error) {
	s := builder{pages}
	only := map[string]bool{}
	for _, name := range changed {
		only[name] = true
		if s.concernsAll(name) {
			return s.build(ctx, found, out, nil, progress)
		}
	}
	return s.build(ctx, found, out, only, progress)
}

// concernsAll says whether a change to a file may change every page.
func (s builder) concernsAll(name string) bool {
	if name == config.File || sass.Is(name) {
		return true
	}
	for _, dir := range s.Config.TemplateFolders() {
		if strings.HasPrefix(name, dir+"/") {
			return true
		}
	}
	c, _ := s.Config.CollectionOf(name)
	if header, err := source.HasHeader(s.Files, name); err == nil && !header && c == nil && !s.Config.IsMarkdown(name) {
		return false // a file that is copied
	}
	if s.Config.Jekyll() {
		return true // its layouts may show any page on any other
	}
	if c == nil && !s.Config.IsMarkdown(name) {
		return false // a page by itself
	}
	for _, src := range templates.Sources(s.Files, config.TemplateDir, true) {
		if templates.NamesPosts(src.Text) {
			return true
		}
	}
	return false
}

// build builds the whole site, or of its pages only those made of some files.
func (s builder) build(ctx context.Context, loading []diag.Diagnostic, out Writer, only map[string]bool, progress func(done, total int, what string)) (Report, error) {
	ctx, stop := context.WithCancel(ctx)
	var sheets sync.WaitGroup
	defer sheets.Wait()
	defer stop()
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
	for _, d := range slices.Concat(loading, s.Library().Diags, s.DataProblems()) {
		report.Problems = append(report.Problems, s.problem(output{}, d))
	}
	found := make([][]diag.Diagnostic, len(plan))
	pages := make([]deadlinks.Page, len(plan))
	workers := max(runtime.GOMAXPROCS(0), 1)
	if s.Config.Runs(plugin.IncludeCache) && s.Layouts().OrderMatters(s.Library().Sources()) {
		workers = 1
		documentsFirst(plan)
	}
	// Style sheets are compiled by processes of their own, while pages are made:
	// they begin first, and nobody waits for them before all else is done.
	for _, o := range plan {
		if o.begin != nil {
			sheets.Go(o.begin)
		}
	}
	slices.SortStableFunc(plan, func(a, b output) int { return cmp.Compare(a.late(), b.late()) })
	err = parallel.Do(ctx, workers, len(plan), func(i int) error {
		o := plan[i]
		data, diags, err := o.make()
		if mistake, wrong := errors.AsType[*sass.Error](err); wrong {
			// Jekyll stops here. Its pages are worth seeing all the same.
			found[i] = []diag.Diagnostic{s.sheetProblem(mistake)}
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", o.from, err)
		}
		found[i] = diags
		if path.Ext(o.name) == ".html" && o.kind != copied {
			pages[i] = deadlinks.Scan(data, s.Config.URL)
			pages[i].URL = "/" + o.name
			if o.entry != nil {
				pages[i].URL, pages[i].Source, pages[i].Layout = o.entry.URL, o.entry.Post.Source, s.LayoutFile(o.entry)
			}
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
	check := s.checker(all)
	unmade := map[string]bool{} // sheets with a mistake
	for i, o := range plan {
		unmade[o.name] = slices.ContainsFunc(found[i], func(d diag.Diagnostic) bool { return d.Code == "sass" && d.Severity == diag.Error })
	}
	for _, o := range all {
		if unmade[o.name] {
			report.Kept = append(report.Kept, o.name)
		} else {
			report.Written = append(report.Written, o.name)
		}
	}
	for i, o := range plan {
		if pages[i].URL != "" {
			check.Built(o.name, pages[i])
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
			for _, dead := range check.Check(pages[i]) {
				p := s.problem(o, dead.Diagnostic)
				if !dead.Placed {
					p.Position = diag.Position{}
				}
				report.Problems = append(report.Problems, p)
			}
		}
	}
	if s.Config.URL == "" && report.Posts > 0 {
		report.Problems = append(report.Problems, Problem{Diagnostic: diag.Diagnostic{File: config.File, Severity: diag.Warning, Code: "config-url",
			Message: "The settings have no url, so feed and sitemap have no whole addresses. Add one, such as url: https://news.example.org."}})
	}
	sort.Strings(report.Written)
	report.Problems = sortProblems(report.Problems)
	return report, err
}

// severity is how bad a problem is for the site: an error ends Jekyll's build.
// Jekyll passes over front matter that it cannot read.
func (s builder) severity(d diag.Diagnostic) diag.Severity {
	if strings.HasPrefix(d.Code, "front-matter-") && s.Config.Data["strict_front_matter"] != true {
		return diag.Warning
	}
	return d.Severity
}

// documentsFirst puts what is built in the order in which Jekyll renders it.
func documentsFirst(plan []output) {
	slices.SortStableFunc(plan, func(a, b output) int { return rank(a) - rank(b) })
}

func rank(o output) int {
	if o.entry != nil && !o.entry.IsPage() {
		return 0
	}
	return 1
}

// checker holds links against what a plan writes.
func (s builder) checker(all []output) *deadlinks.Checker {
	c := deadlinks.New(s.Files, s.Config)
	for _, o := range all {
		c.Add(o.name, o.from, o.kind == copied)
	}
	return c
}

// Checker holds links against what a build of a site would write.
func Checker(ctx context.Context, pages *render.Renderer) (*deadlinks.Checker, error) {
	s := builder{pages}
	all, _, err := s.plan(ctx)
	c := s.checker(all)
	for _, o := range all {
		c.Renders(o.name, o.make)
	}
	return c, err
}
