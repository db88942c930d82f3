package site

import (
	"context"
	"io/fs"

	"galley/internal/sass"
	"galley/internal/site/build"
)

// Report tells what a build did.
type Report = build.Report

// Hidden is a post that is not published.
type Hidden = build.Hidden

// Problem is a diagnostic with the file that it is about.
type Problem = build.Problem

// Writer takes the files of a built site. Its method is called by several
// goroutines at once, each time with another name: a relative path with
// slashes.
type Writer = build.Writer

// Build writes the whole site. Pages are rendered in parallel; what is
// written does not depend on the order in which that happens. progress may be
// nil; it is called after each file, never by two goroutines at once. The
// error is for what stopped the build: the context, the writer, or a file
// that cannot be read.
//
// What builds is functions and not methods: templates look methods up by name,
// so that the linker keeps all that a type has, in the browser's module, too.
func Build(ctx context.Context, s *Site, out Writer, progress func(done, total int, what string)) (Report, error) {
	return build.Run(ctx, s.pages, s.found, out, progress)
}

// Rebuild does over what depends on the changed files, in a site that was
// loaded after the change: the pages made of them and what Galley makes by
// itself, or everything where a template, the settings or data changed, or
// where pages show other pages. The report's Written is the whole site.
func Rebuild(ctx context.Context, s *Site, out Writer, changed []string, progress func(done, total int, what string)) (Report, error) {
	return build.Rerun(ctx, s.pages, s.found, out, changed, progress)
}

// StyleSheet compiles a file of the site that is written in Sass and has front
// matter: name is its path, src what it holds. files are the site's, with its
// folders of imports, which the files that the site was loaded from may lack.
// A mistake in the sheet, or in what it imports, is a [*sass.Error].
func StyleSheet(ctx context.Context, s *Site, files fs.FS, name string, src []byte) (sass.Result, error) {
	return build.StyleSheet(ctx, s.pages, files, name, src)
}
