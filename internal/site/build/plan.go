package build

import (
	"context"
	"fmt"
	"io/fs"

	"galley/internal/diag"
	"galley/internal/sass"
	"galley/internal/site/document"
	"galley/internal/site/render"
)

// output is one file of the built site.
type output struct {
	name  string
	from  string          // the file that it is made of, for messages and progress
	entry *document.Entry // where it is a page with front matter
	kind  outputKind
	make  func() ([]byte, []diag.Diagnostic, error)
	begin func() // what make waits for, where others do it; nil for most
}

// late is 1 for what is to be made last, and 0 for all else.
func (o output) late() int {
	if o.begin != nil {
		return 1
	}
	return 0
}

type outputKind int

const (
	made   outputKind = iota // by Galley: index, feed and so on
	ofPost                   // a post
	ofPage                   // a page
	copied                   // a file as it is
)

// plan lists what a build will write.
func (s builder) plan(ctx context.Context) ([]output, Report, error) {
	var report Report
	if err := s.Read(ctx); err != nil {
		return nil, report, fmt.Errorf("reading the site: %w", err)
	}
	lib := s.Library()
	for _, e := range lib.Hidden {
		if !e.IsPage() && !e.Collection.Output {
			continue
		}
		report.Hidden = append(report.Hidden, Hidden{e.Path, s.Hidden(e)})
		if e.Output == "" {
			for _, d := range e.Diags {
				report.Problems = append(report.Problems, s.problem(output{from: e.Path, entry: e}, d))
			}
		}
	}
	var plan []output
	var pages []*document.Entry
	add := func(e *document.Entry, kind outputKind) {
		if s.Hidden(e) != "" {
			return
		}
		if sass.Is(e.Path) {
			if s.Options.Sass == nil {
				report.Problems = append(report.Problems, s.problem(output{from: e.Path}, diag.Diagnostic{Severity: diag.Error, Code: "sass", Message: render.NoSass}))
				return
			}
			plan = append(plan, s.sheetOutputs(ctx, e)...)
			return
		}
		pages = append(pages, e)
		plan = append(plan, output{name: e.Output, from: e.Path, entry: e, kind: kind, make: func() ([]byte, []diag.Diagnostic, error) {
			page := render.Safely(s.Renderer, e)
			return page.HTML, page.Diagnostics, nil
		}})
	}
	// In Jekyll's order: of two with one address the later one is written.
	for _, e := range lib.Pages {
		add(e, ofPage)
	}
	for _, e := range lib.Made {
		if e.Made != nil {
			add(e, made)
		} else {
			add(e, ofPage)
		}
	}
	for _, f := range lib.Statics {
		if f.Published() && f.Output != "" {
			plan = append(plan, output{name: f.Output, from: f.Path, kind: copied, make: func() ([]byte, []diag.Diagnostic, error) {
				data, err := fs.ReadFile(s.Files, f.Path)
				return data, nil, err
			}})
		}
	}
	for _, c := range s.Config.Collections {
		for _, e := range lib.Documents[c] {
			kind := ofPage
			if e.IsPost() {
				kind = ofPost
			}
			add(e, kind)
		}
	}
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

// withoutClashes drops outputs whose address another has too: Jekyll writes the
// later over the earlier.
func (s builder) withoutClashes(plan []output, taken map[string]string, problems []Problem) ([]output, []Problem) {
	severity := diag.Warning // Jekyll warns, too
	if !s.Config.Jekyll() {
		severity = diag.Error
	}
	keeper := map[string]int{}
	for i, o := range plan {
		if _, is := keeper[o.name]; !is || s.Config.Jekyll() {
			keeper[o.name] = i
		}
	}
	from := make([]string, len(plan))
	for i, o := range plan {
		from[i] = o.from
	}
	kept := plan[:0]
	for i, o := range plan {
		if at := keeper[o.name]; at != i {
			d := diag.Diagnostic{Severity: severity, Code: "address-taken",
				Message: fmt.Sprintf("%s has the same address, /%s, so this one is not written. Give one of them another date, slug or permalink.", from[at], o.name)}
			problems = append(problems, s.problem(o, d))
			continue
		}
		taken[o.name] = o.from
		kept = append(kept, o)
	}
	return kept, problems
}
