package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/osteele/liquid/filters"
	"github.com/osteele/liquid/render"
	"github.com/osteele/liquid/tags"

	"galley/internal/diag"
	"galley/internal/markdown"
	"galley/internal/post"
)

// Limits on what Liquid may do for one page.
const (
	maxLiquidSteps = 1 << 19  // turns of loops, filters and pieces of text
	maxLiquidText  = 64 << 20 // bytes made, in variables and in the page
	maxLayouts     = 32       // layouts around layouts
	maxIncludes    = 64       // includes within includes
)

var (
	errLiquidSteps = errors.New("the template took too many steps")
	errLiquidText  = fmt.Errorf("the template made more than %d MB of text", maxLiquidText>>20)
)

// layouts are a site's Liquid templates.
type layouts struct {
	site     *Site
	layouts  map[string]*liquidFile // by name without ending
	includes map[string]*liquidFile // by path below _includes
	// engines are kept for reuse: one renders one page at a time.
	engines sync.Pool
}

// liquidFile is one layout or include.
type liquidFile struct {
	file     string // "_layouts/post.html"
	text     string // without front matter
	line     int    // of the text's first line in the file
	meta     map[string]any
	parent   string // the layout around it
	verbatim bool   // only prints the content
}

// loadLayouts reads _layouts and _includes. It is nil for a site that has
// neither.
func (s *Site) loadLayouts() (*layouts, []diag.Diagnostic) {
	l := &layouts{site: s, layouts: map[string]*liquidFile{}, includes: map[string]*liquidFile{}}
	var diags []diag.Diagnostic
	found := false
	for _, dir := range []string{"_layouts", "_includes"} {
		if _, err := fs.Stat(s.files, dir); err != nil {
			continue
		}
		found = true
		_ = fs.WalkDir(s.files, dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil
			}
			src, err := fs.ReadFile(s.files, name)
			if err != nil || len(src) > maxConfig {
				return nil
			}
			f := newLiquidFile(name, src, dir == "_layouts")
			if key := strings.TrimPrefix(name, dir+"/"); dir == "_layouts" {
				l.layouts[strings.TrimSuffix(key, path.Ext(key))] = f
			} else {
				l.includes[key] = f
			}
			return nil
		})
	}
	if !found {
		return nil, nil
	}
	e := l.engine()
	for _, m := range []map[string]*liquidFile{l.layouts, l.includes} {
		for _, key := range sortedKeys(m) {
			if _, err := e.compile(m[key]); err != nil {
				diags = append(diags, liquidDiag(m[key].file, s.files, err))
			}
		}
	}
	l.engines.Put(e)
	return l, diags
}

// newLiquidFile takes the front matter off a layout.
func newLiquidFile(name string, src []byte, layout bool) *liquidFile {
	f := &liquidFile{file: name, text: string(src), line: 1, meta: map[string]any{}}
	if layout {
		p := post.Parse(src)
		f.text, f.meta = string(src[p.Body:]), p.Meta
		f.line = 1 + strings.Count(string(src[:p.Body]), "\n")
		f.parent = textOf(p.Meta["layout"])
		if f.parent == "none" {
			f.parent = ""
		}
	}
	f.verbatim = verbatimLiquid(f.text)
	return f
}

var (
	liquidTag    = regexp.MustCompile(`\{\{.*?\}\}|(?s:\{%.*?%\})`)
	plainContent = regexp.MustCompile(`^\{\{ *content *\}\}$`)
	saysContent  = regexp.MustCompile(`\bcontent\b|^\{%-? *capture\b`)
)

// verbatimLiquid says whether a template does nothing with the content but
// print it.
func verbatimLiquid(text string) bool {
	for _, tag := range liquidTag.FindAllString(text, -1) {
		if saysContent.MatchString(tag) && !plainContent.MatchString(tag) {
			return false
		}
	}
	return true
}

// chain is a layout and the layouts around it, from the inside out.
func (l *layouts) chain(name string) ([]*liquidFile, error) {
	var out []*liquidFile
	for name != "" {
		f := l.layouts[name]
		if f == nil {
			if len(out) == 0 {
				return nil, fmt.Errorf("there is no layout %q", name)
			}
			// Jekyll goes on without it; so does Galley.
			return out, nil
		}
		if len(out) == maxLayouts {
			return nil, fmt.Errorf("the layout %q is inside itself, or inside more than %d others", name, maxLayouts)
		}
		out = append(out, f)
		name = f.parent
	}
	return out, nil
}

// verbatim says whether all layouts of a chain, and all includes, only print
// the content.
func (l *layouts) verbatim(chain []*liquidFile) bool {
	for _, f := range chain {
		if !f.verbatim {
			return false
		}
	}
	for _, f := range l.includes {
		if !f.verbatim {
			return false
		}
	}
	return true
}

// pick finds the layout for a page: the one it names, or the usual one for
// its kind, as sites on GitHub Pages get it.
func (l *layouts) pick(e *entry) string {
	if l == nil {
		return ""
	}
	if name := layoutName(e); name != "" {
		if l.layouts[name] != nil {
			return name
		}
		return ""
	}
	if !isMarkdown(e.path) {
		return ""
	}
	usual := []string{"page", "default"}
	switch {
	case e.kind != kindPage:
		usual = []string{"post", "default"}
	case e.url == "/":
		usual = []string{"home", "page", "default"}
	}
	for _, name := range usual {
		if l.layouts[name] != nil {
			return name
		}
	}
	return ""
}

// frame renders an entry's layouts. An error is a *liquidError.
func (l *layouts) frame(name string, e *entry, doc *markdown.Document) (frame, error) {
	chain, err := l.chain(name)
	if err != nil {
		return frame{}, &liquidError{file: "_layouts/" + name + ".html", line: 1, err: err}
	}
	f := frame{file: chain[0].file}
	run := func(content string) ([]byte, error) {
		engine := l.engine()
		defer l.engines.Put(engine)
		return engine.wrap(chain, l.site.liquidPage(e), content)
	}
	if l.verbatim(chain) {
		out, err := run(contentMark)
		if err != nil {
			return frame{}, err
		}
		if before, after, found := strings.Cut(string(out), contentMark); found && strings.Count(string(out), markWords) == 1 {
			f.before, f.after = []byte(before), []byte(after)
			return f, nil
		}
	}
	content := string(doc.HTML())
	whole, err := run(content)
	if err != nil {
		return frame{}, err
	}
	f.whole, f.start, f.end = whole, -1, -1
	if marked, err := run(contentMark + content + contentMark); err == nil {
		f.start, f.end = betweenMarks(marked, whole, len(content))
	}
	return f, nil
}

// expand carries out the Liquid tags in a page's own text, where it has any
// and the site is one that uses Liquid. The second result says whether it did.
func (s *Site) expand(e *entry, body []byte) ([]byte, bool, []diag.Diagnostic) {
	if s.layouts == nil || e.meta["render_with_liquid"] == false || !bytes.Contains(body, []byte("{{")) && !bytes.Contains(body, []byte("{%")) {
		return body, false, nil
	}
	f := &liquidFile{file: e.path, text: string(body), line: 1 + bytes.Count(e.post.Source[:e.post.Body], []byte("\n"))}
	engine := s.layouts.engine()
	defer s.layouts.engines.Put(engine)
	out, err := engine.wrap([]*liquidFile{f}, s.liquidPage(e), "")
	if err == nil {
		return out, true, nil
	}
	var le *liquidError
	if !errors.As(err, &le) || le.file != e.path { // in an include
		return body, false, []diag.Diagnostic{liquidDiag(e.path, s.files, err)}
	}
	x := diag.NewIndex(e.post.Source)
	return body, false, []diag.Diagnostic{{Severity: diag.Error, Code: "liquid",
		Range:   diag.Range{Start: x.Line(le.line), End: max(x.Line(le.line+1)-1, x.Line(le.line))},
		Message: fmt.Sprintf("This Liquid tag is wrong: %v. The text is shown as it was typed.", le.err)}}
}

// engine takes an engine that is free, or makes one.
func (l *layouts) engine() *engine {
	if e, ok := l.engines.Get().(*engine); ok {
		return e
	}
	e := &engine{layouts: l, config: render.NewConfig(), compiled: map[*liquidFile]render.Node{}, failed: map[*liquidFile]error{}}
	tags.AddStandardTags(e.config)
	filters.AddStandardFilters(boundedFilters{e})
	e.addFilters()
	e.addTags()
	return e
}
