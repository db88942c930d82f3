package site

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/osteele/liquid/parser"
	"github.com/osteele/liquid/render"
)

// engine is a Liquid engine for one goroutine at a time. It counts what a
// template does.
type engine struct {
	layouts  *layouts
	config   render.Config
	compiled map[*liquidFile]render.Node
	failed   map[*liquidFile]error
	steps    int
	text     int
	depth    int
}

// spend counts steps and bytes, and panics when there have been too many;
// wrap recovers.
func (e *engine) spend(text int) {
	e.steps++
	e.text += text
	if e.steps > maxLiquidSteps {
		panic(errLiquidSteps)
	}
	if e.text > maxLiquidText {
		panic(errLiquidText)
	}
}

// compile parses a file once.
func (e *engine) compile(f *liquidFile) (render.Node, error) {
	if n, ok := e.compiled[f]; ok {
		return n, nil
	}
	if err, ok := e.failed[f]; ok {
		return nil, err
	}
	n, err := e.parse(f)
	if err != nil {
		e.failed[f] = err
		return nil, err
	}
	if f.meta != nil { // a layout or include, not a post's own text
		e.compiled[f] = n
	}
	return n, nil
}

// parse parses a template and survives the library's panics.
func (e *engine) parse(f *liquidFile) (n render.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			n, err = nil, &liquidError{f.file, f.line, fmt.Errorf("this cannot be read: %v", p)}
		}
	}()
	n, perr := e.config.Compile(prepare(f.text), parser.SourceLoc{Pathname: f.file, LineNo: f.line})
	if perr != nil {
		return nil, placed(perr, f)
	}
	return n, nil
}

// wrap renders a content and then each layout of a chain around it.
func (e *engine) wrap(chain []*liquidFile, page any, content string) (out []byte, err error) {
	e.steps, e.text, e.depth = 0, 0, 0
	current := chain[0]
	defer func() {
		if p := recover(); p != nil {
			cause, ok := p.(error)
			if !ok {
				cause = fmt.Errorf("%v", p)
			}
			for _, limit := range []error{errLiquidSteps, errLiquidText} {
				if errors.Is(cause, limit) {
					cause = limit
				}
			}
			out, err = nil, placed(cause, current)
		}
	}()
	site := e.layouts.site.liquidSite(page)
	meta := map[string]any{}
	for i := len(chain) - 1; i >= 0; i-- {
		for k, v := range chain[i].meta {
			meta[k] = v
		}
	}
	out = []byte(content)
	for _, f := range chain {
		current = f
		node, err := e.compile(f)
		if err != nil {
			return nil, err
		}
		vars := map[string]any{
			"site": site, "page": page, "content": string(out), "layout": liquidValue(meta),
			"jekyll":    map[string]any{"environment": "production", "version": jekyllVersion},
			"paginator": nil, "empty": emptiness{}, "blank": emptiness{},
		}
		w := &countingWriter{engine: e}
		if err := render.Render(node, w, vars, e.config); err != nil {
			return nil, placed(err, f)
		}
		out = []byte(w.String())
	}
	return out, nil
}

// jekyllVersion is the version of Jekyll whose behaviour Galley follows.
const jekyllVersion = "4.3.1"

// countingWriter collects output and counts it.
type countingWriter struct {
	strings.Builder
	engine *engine
}

func (w *countingWriter) Write(b []byte) (int, error) {
	w.engine.spend(len(b))
	return w.Builder.Write(b)
}

// WriteString is not the Builder's own, which would not count.
func (w *countingWriter) WriteString(s string) (int, error) {
	w.engine.spend(len(s))
	return w.Builder.WriteString(s)
}

var _ io.StringWriter = (*countingWriter)(nil)
