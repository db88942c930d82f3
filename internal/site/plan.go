package site

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/sass"
)

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

// plan lists what a build will write.
func (s *Site) plan(ctx context.Context) ([]output, Report, error) {
	var report Report
	var plan []output
	var pages []*entry // for the sitemap
	sources, err := s.readSources(ctx)
	if err != nil {
		return nil, report, fmt.Errorf("reading the site: %w", err)
	}
	for _, src := range sources {
		e := src.entry
		if e == nil {
			plan = append(plan, output{name: src.name, from: src.name, kind: copied, make: func() ([]byte, []diag.Diagnostic, error) {
				data, err := fs.ReadFile(s.files, src.name)
				return data, nil, err
			}})
			continue
		}
		if why := s.hidden(e); why != "" {
			report.Hidden = append(report.Hidden, Hidden{e.path, why})
			if e.output == "" {
				for _, d := range e.diags {
					report.Problems = append(report.Problems, s.problem(output{from: e.path, entry: e}, d))
				}
			}
			continue
		}
		if sass.Is(e.path) {
			if s.options.Sass == nil {
				report.Problems = append(report.Problems, s.problem(output{from: e.path}, diag.Diagnostic{Severity: diag.Error, Code: "sass", Message: noSass}))
				continue
			}
			plan = append(plan, s.sheetOutputs(ctx, e)...)
			continue
		}
		kind := ofPage
		if kindOf(src.name) != kindPage {
			kind = ofPost
		}
		pages = append(pages, e)
		plan = append(plan, output{name: e.output, from: e.path, entry: e, kind: kind, make: func() ([]byte, []diag.Diagnostic, error) {
			page := s.safely(e)
			return page.HTML, page.Diagnostics, nil
		}})
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
	// The archive and the feed take as long as many posts: they come first,
	// so that no processor waits for another at the end.
	var first []output
	for _, o := range s.madePages(pages, taken) {
		if _, is := taken[o.name]; !is {
			taken[o.name] = o.from
			first = append(first, o)
		}
	}
	return append(first, plan...), report, nil
}

// sourceFile is a file of the site that a build does something with.
type sourceFile struct {
	name  string
	post  post.Post // empty for a file that cannot be a page
	entry *entry    // nil for a file that is copied
}

// readSources reads the site's files, on all processors, as far as they may
// have front matter: pictures are read when they are copied, and none is kept
// in memory longer. The list is in the order of the files' names.
func (s *Site) readSources(ctx context.Context) ([]sourceFile, error) {
	var list []sourceFile
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
		list = append(list, sourceFile{name: name})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, parallel(ctx, len(list), func(i int) error {
		f := &list[i]
		if kindOf(f.name) == kindPage && !isMarkdown(f.name) && !isTextPage(f.name) && !sass.Is(f.name) {
			return nil
		}
		src, err := fs.ReadFile(s.files, f.name)
		if err != nil {
			return err
		}
		f.post = post.Parse(src)
		if kindOf(f.name) != kindPage || isPage(f.name, f.post) {
			f.entry = s.entry(f.name, f.post)
		}
		return nil
	}, func(int, int) {})
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
