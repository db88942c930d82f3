//go:build cgo

package libsass

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	golibsass "github.com/bep/golibsass/libsass"
	"github.com/bep/golibsass/libsass/libsasserrors"

	"galley/internal/sass"
)

// Included tells whether this program has the compiler.
const Included = true

// compile compiles a sheet in a folder where its sources are, which must be
// the process's own.
func compile(source *sass.Source, dir string) (sass.Result, error) {
	bases := basesOf(dir, source)
	for name, text := range source.Files {
		if err := escapes(dir, bases, name, text); err != nil {
			return sass.Result{}, err
		}
	}
	if err := escapes(dir, bases, source.Name, source.Text); err != nil {
		return sass.Result{}, err
	}
	text := source.Text
	if source.Indented() {
		var err error
		if text, err = withBraces(source, dir); err != nil {
			return sass.Result{}, err
		}
	}
	// jekyll-sass-converter gives the sheet's name without its folders.
	base := path.Base(source.Name)
	out, err := execute(source, dir, base, text)
	if err != nil {
		return sass.Result{}, err
	}
	// Compressed CSS that is not plain ASCII begins with a byte order mark.
	plain, marked := strings.CutPrefix(out.CSS, "\ufeff")
	if marked && source.Charset {
		plain = `@charset "UTF-8";` + plain
	}
	result := sass.Result{CSS: []byte(plain)}
	if source.Map {
		result.Map = []byte(out.SourceMapContent)
	}
	return result, nil
}

// execute compiles a text under a name, and makes a mistake of the compiler's
// error.
func execute(source *sass.Source, dir, base, text string) (golibsass.Result, error) {
	css := strings.TrimSuffix(base, path.Ext(base)) + ".css"
	o := golibsass.Options{
		OutputStyle: golibsass.ParseOutputStyle(source.Style), Precision: source.Precision,
		SourceMapOptions: golibsass.SourceMapOptions{Filename: css + ".map", InputPath: base, Contents: true, OmitURL: !source.Map},
	}
	for _, folder := range source.LoadPaths {
		o.IncludePaths = append(o.IncludePaths, filepath.Join(dir, filepath.FromSlash(folder)))
	}
	compiler, err := golibsass.New(o)
	if err != nil {
		return golibsass.Result{}, err
	}
	out, err := compiler.Execute(text)
	wrong, ok := errors.AsType[libsasserrors.Error](err)
	if !ok {
		return out, err
	}
	file := wrong.File
	if filepath.IsAbs(file) {
		if rel, err := filepath.Rel(dir, file); err == nil {
			file = rel
		}
	}
	file = filepath.ToSlash(file)
	if _, imported := source.Files[file]; !imported || wrong.File == base {
		file = source.Name
	}
	message := sentence(strings.ReplaceAll(wrong.Message, dir+string(os.PathSeparator), ""))
	if hasModules(source) {
		message += " The sheet uses Sass's modules (@use, @forward), which Jekyll's libsass has not got; write @import and the old functions' names instead."
	}
	return out, &sass.Error{File: file, Line: wrong.Line, Message: message}
}

// modules finds what came to Sass after libsass.
var modules = regexp.MustCompile(`(?m)^\s*@(use|forward)\s+["']`)

// hasModules says whether a sheet needs a newer compiler.
func hasModules(source *sass.Source) bool {
	for _, text := range source.Files {
		if modules.MatchString(text) {
			return true
		}
	}
	return modules.MatchString(source.Text)
}

// indentedName is the name under which a sheet of the older syntax is laid into
// the folder.
const indentedName = "galley-indented-sheet"

// withBraces gives an indented sheet in the newer syntax, with the comments that
// sassc keeps for the source map. libsass converts so only what is imported, and
// the map of that has the text.
func withBraces(source *sass.Source, dir string) (string, error) {
	file := indentedName + ".sass"
	if err := os.WriteFile(filepath.Join(dir, file), []byte(source.Text), 0o600); err != nil {
		return "", err
	}
	out, err := execute(source, dir, indentedName+".scss", fmt.Sprintf("@import %q;", file))
	if err != nil {
		return "", err
	}
	var m struct{ Sources, SourcesContent []string }
	if err := json.Unmarshal([]byte(out.SourceMapContent), &m); err != nil {
		return "", err
	}
	for i, name := range m.Sources {
		if name == file && i < len(m.SourcesContent) {
			return m.SourcesContent[i], nil
		}
	}
	return "", errors.New("libsass gave no text for an indented sheet")
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
