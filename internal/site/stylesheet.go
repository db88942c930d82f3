package site

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"
	"sync"

	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/sass"
)

// StyleSheet compiles a file of the site that is written in Sass and has front
// matter: name is its path, src what it holds. files are the site's, with its
// folders of imports, which the files that the site was loaded from may lack.
// A mistake in the sheet, or in what it imports, is a [*sass.Error].
func StyleSheet(ctx context.Context, s *Site, files fs.FS, name string, src []byte) (sass.Result, error) {
	return s.compileSheet(ctx, files, s.entry(name, post.Parse(src)))
}

// noSass says what becomes of a sheet where the program has no compiler.
const noSass = "This program has no Sass compiler, so the style sheet is left out; galley build has one."

// compileSheet carries out the Liquid in a sheet and compiles it.
func (s *Site) compileSheet(ctx context.Context, files fs.FS, e *entry) (sass.Result, error) {
	if s.options.Sass == nil {
		return sass.Result{}, &sass.Error{File: e.path, Message: noSass}
	}
	body := withoutBlankLines(e.post.Source[e.post.Body:])
	text, _, diags := s.expand(s.newSight(e), e, string(body))
	above := bytes.Count(e.post.Source[:len(e.post.Source)-len(body)], []byte("\n")) // lines of front matter
	for _, d := range diags {
		if d.Severity == diag.Error {
			file, source := d.File, e.post.Source
			if file == "" || file == e.path {
				file = e.path
			} else if source, _ = fs.ReadFile(s.files, file); source == nil {
				return sass.Result{}, &sass.Error{File: file, Message: d.Message}
			}
			return sass.Result{}, &sass.Error{File: file, Line: diag.NewIndex(source).Position(d.Range.Start).Line, Message: d.Message}
		}
	}
	settings, _ := s.config.Data["sass"].(map[string]any)
	source, err := sass.Gather(files, e.path, text, sass.ReadSettings(settings))
	var result sass.Result
	if err == nil {
		result, err = s.options.Sass.Compile(ctx, source)
	}
	if mistake, ok := errors.AsType[*sass.Error](err); ok && mistake.File == e.path && mistake.Line > 0 {
		mistake.Line += above
	}
	return result, err
}

// sheetOutputs are the files that are made of a sheet: CSS, and its source map
// where the settings want one.
func (s *Site) sheetOutputs(ctx context.Context, e *entry) []output {
	compiled := sync.OnceValues(func() (sass.Result, error) { return s.compileSheet(ctx, s.files, e) })
	name := strings.TrimSuffix(e.output, path.Ext(e.output)) + ".css"
	of := func(part func(sass.Result) []byte) func() ([]byte, []diag.Diagnostic, error) {
		return func() ([]byte, []diag.Diagnostic, error) {
			result, err := compiled()
			return part(result), e.diags, err
		}
	}
	outputs := []output{{name: name, from: e.path, entry: e, kind: ofPage, make: of(func(r sass.Result) []byte { return r.CSS })}}
	settings, _ := s.config.Data["sass"].(map[string]any)
	if !sass.ReadSettings(settings).NoMap && len(e.post.Source) > e.post.Body {
		outputs = append(outputs, output{name: name + ".map", from: e.path, kind: made, make: of(func(r sass.Result) []byte { return r.Map })})
	}
	return outputs
}
