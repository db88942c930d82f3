package build

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
	"galley/internal/site/document"
	"galley/internal/site/drop"
	"galley/internal/site/render"
)

// StyleSheet compiles a file of the site that is written in Sass and has front
// matter: name is its path, src what it holds. files are the site's, with its
// folders of imports, which the files that the site was loaded from may lack.
// A mistake in the sheet, or in what it imports, is a [*sass.Error].
func StyleSheet(ctx context.Context, pages *render.Renderer, files fs.FS, name string, src []byte) (sass.Result, error) {
	s := builder{pages}
	return s.compileSheet(ctx, files, s.Entry(name, post.Parse(src)))
}

// compileSheet carries out the Liquid in a sheet and compiles it.
func (s builder) compileSheet(ctx context.Context, files fs.FS, e *document.Entry) (sass.Result, error) {
	if s.Options.Sass == nil {
		return sass.Result{}, &sass.Error{File: e.Path, Message: render.NoSass}
	}
	body := document.WithoutBlankLines(e.Post.Source[e.Post.Body:])
	text, _, diags := s.Expand(drop.New(s.Reader, s, e), e, string(body))
	above := bytes.Count(e.Post.Source[:len(e.Post.Source)-len(body)], []byte("\n")) // lines of front matter
	for _, d := range diags {
		if d.Severity == diag.Error {
			file, source := d.File, e.Post.Source
			if file == "" || file == e.Path {
				file = e.Path
			} else if source, _ = fs.ReadFile(s.Files, file); source == nil {
				return sass.Result{}, &sass.Error{File: file, Message: d.Message}
			}
			return sass.Result{}, &sass.Error{File: file, Line: diag.NewIndex(source).Position(d.Range.Start).Line, Message: d.Message}
		}
	}
	settings, _ := s.Config.Data["sass"].(map[string]any)
	how := sass.ReadSettings(settings)
	how.Stop = s.Options.Stop
	source, err := sass.Gather(files, e.Path, text, how)
	var result sass.Result
	if err == nil {
		result, err = s.Options.Sass.Compile(ctx, source)
	}
	if mistake, ok := errors.AsType[*sass.Error](err); ok && mistake.File == e.Path && mistake.Line > 0 {
		mistake.Line += above
	}
	return result, err
}

// sheetProblem is a mistake in a sheet at its place.
func (s builder) sheetProblem(mistake *sass.Error) diag.Diagnostic {
	d := diag.Diagnostic{File: mistake.File, Severity: diag.Error, Code: "sass", Message: mistake.Message}
	if src, err := fs.ReadFile(s.Files, mistake.File); err == nil && mistake.Line > 0 {
		d.Range = diag.LineRange(src, mistake.Line)
	}
	return d
}

// sheetOutputs are the files that are made of a sheet: CSS, and its source map
// where the settings want one.
func (s builder) sheetOutputs(ctx context.Context, e *document.Entry) []output {
	compiled := sync.OnceValues(func() (sass.Result, error) { return s.compileSheet(ctx, s.Files, e) })
	begin := func() { _, _ = compiled() } // make tells the error
	name := strings.TrimSuffix(e.Output, path.Ext(e.Output)) + ".css"
	of := func(part func(sass.Result) []byte) func() ([]byte, []diag.Diagnostic, error) {
		return func() ([]byte, []diag.Diagnostic, error) {
			result, err := compiled()
			return part(result), e.Diags, err
		}
	}
	outputs := []output{{name: name, from: e.Path, entry: e, kind: ofPage, begin: begin, make: of(func(r sass.Result) []byte { return r.CSS })}}
	settings, _ := s.Config.Data["sass"].(map[string]any)
	if !sass.ReadSettings(settings).NoMap && len(e.Post.Source) > e.Post.Body {
		outputs = append(outputs, output{name: name + ".map", from: e.Path, kind: made, begin: begin, make: of(func(r sass.Result) []byte { return r.Map })})
	}
	return outputs
}
