package main

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/lexers"
	"galley/internal/sass/libsass"
	"galley/internal/site"
	"galley/internal/site/emoji/names"
	"galley/templates"
)

// openSite loads the site in a folder. What is wrong with settings and templates
// is written to report.
func openSite(dir string, report io.Writer, exclude ...string) (*site.Site, fs.FS, error) {
	files, err := openFiles(dir)
	if err != nil {
		return nil, nil, err
	}
	sass, err := newSass(libsass.NewSiteProcess)
	if err != nil {
		return nil, nil, err
	}
	s, diags, err := site.Load(files, site.Options{
		Now: time.Now(), Lexers: lexers.Source(), BuiltIn: templates.FS(), Sass: sass, Emoji: names.File, Folder: resolved(dir), Exclude: exclude,
	})
	if err != nil {
		return nil, nil, err
	}
	for _, d := range diags {
		printDiagnostic(report, files, "", nil, d)
	}
	return s, files, nil
}

// printDiagnostic writes a diagnostic as compilers do. One about another file
// than the post gets its position from that file.
func printDiagnostic(w io.Writer, files fs.FS, name string, src []byte, d diag.Diagnostic) {
	if d.File != "" {
		if b, err := fs.ReadFile(files, d.File); err == nil {
			name, src = d.File, b
			d.File = ""
		}
	}
	fmt.Fprintln(w, diag.Format(name, src, d))
}

// inSite is a file's path within a site: where it is when it stands in the
// site's folder, else where a post of its name would be.
func inSite(dir, file string) string {
	absDir, err1 := filepath.Abs(dir)
	absFile, err2 := filepath.Abs(file)
	if err1 == nil && err2 == nil {
		if rel, err := filepath.Rel(absDir, absFile); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return filepath.ToSlash(rel)
		}
	}
	return "_posts/" + filepath.Base(file)
}
