//go:build cgo

package libsass

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	golibsass "github.com/bep/golibsass/libsass"
	"github.com/bep/golibsass/libsass/libsasserrors"

	"galley/internal/sass"
)

// compile compiles a sheet in a folder where its sources are, which must be
// the process's own.
func compile(source *sass.Source, dir string) (sass.Result, error) {
	for name, text := range source.Files {
		if err := escapes(dir, name, text); err != nil {
			return sass.Result{}, err
		}
	}
	if err := escapes(dir, source.Name, source.Text); err != nil {
		return sass.Result{}, err
	}
	// jekyll-sass-converter gives the sheet's name without its folders.
	base := filepath.Base(filepath.FromSlash(source.Name))
	css := strings.TrimSuffix(base, filepath.Ext(base)) + ".css"
	o := golibsass.Options{
		OutputStyle: golibsass.ParseOutputStyle(source.Style), Precision: source.Precision, SassSyntax: source.Indented(),
		SourceMapOptions: golibsass.SourceMapOptions{Filename: css + ".map", InputPath: base, Contents: true, OmitURL: !source.Map},
	}
	for _, folder := range source.LoadPaths {
		o.IncludePaths = append(o.IncludePaths, filepath.Join(dir, filepath.FromSlash(folder)))
	}
	compiler, err := golibsass.New(o)
	if err != nil {
		return sass.Result{}, err
	}
	out, err := compiler.Execute(source.Text)
	if wrong, ok := errors.AsType[libsasserrors.Error](err); ok {
		problem := &sass.Error{File: wrong.File, Line: wrong.Line, Message: sentence(wrong.Message)}
		if rel, err := filepath.Rel(dir, filepath.Join(dir, problem.File)); err == nil && !filepath.IsAbs(problem.File) {
			problem.File = filepath.ToSlash(rel)
		} else if rel, err := filepath.Rel(dir, problem.File); err == nil {
			problem.File = filepath.ToSlash(rel)
		}
		if _, has := source.Files[problem.File]; !has || problem.File == base && wrong.File == base {
			problem.File = source.Name
		}
		problem.Message = strings.ReplaceAll(problem.Message, dir+string(os.PathSeparator), "")
		return sass.Result{}, problem
	} else if err != nil {
		return sass.Result{}, err
	}
	result := sass.Result{CSS: []byte(out.CSS)}
	if source.Map {
		result.Map = []byte(out.SourceMapContent)
	}
	return result, nil
}

// sentence makes a sentence of what libsass says.
func sentence(message string) string {
	message = strings.TrimSpace(message)
	if message == "" {
		return "libsass does not understand it."
	}
	message = strings.ToUpper(message[:1]) + message[1:]
	if !strings.ContainsRune(".!?", rune(message[len(message)-1])) {
		message += "."
	}
	return message
}
