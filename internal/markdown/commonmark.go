package markdown

import (
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"galley/internal/ordered"
)

// commonMark is what the section commonmark of a site's settings says. With it
// CommonMark is read as by the plugin jekyll-commonmark, which shows no raw HTML
// unless it is told to, and has rouge show code.
type commonMark struct {
	unsafe, hardBreaks, smart                    bool
	table, strikethrough, autolink, filter, task bool
}

// readCommonMark reads the section commonmark; nil when there is none.
func readCommonMark(config *ordered.Map) (*commonMark, []Problem) {
	section, ok := config.Value("commonmark").(*ordered.Map)
	if !ok {
		return nil, nil
	}
	c := &commonMark{}
	var problems []Problem
	read := func(key string, known map[string]*bool, ignored string) {
		list, _ := section.Value(key).([]any)
		for _, e := range list {
			name, _ := e.(string)
			if key == "options" {
				name = strings.ToUpper(name)
			}
			if to := known[name]; to != nil {
				*to = true
			} else if !strings.Contains(ignored, " "+name+" ") {
				problems = append(problems, Problem{key, name + " in the section commonmark is none of the " + key + " that Galley knows."})
			}
		}
	}
	read("options", map[string]*bool{"UNSAFE": &c.unsafe, "HARDBREAKS": &c.hardBreaks, "SMART": &c.smart}, " DEFAULT NOBREAKS VALIDATE_UTF8 ")
	read("extensions", map[string]*bool{"table": &c.table, "strikethrough": &c.strikethrough, "autolink": &c.autolink,
		"tagfilter": &c.filter, "tasklist": &c.task}, "")
	return c, problems
}

// options are goldmark's.
func (c *commonMark) options(code *highlighter) []goldmark.Option {
	nodes := []util.PrioritizedValue{util.Prioritized(&rougeCode{code}, 100)}
	nodes = append(nodes, util.Prioritized(&rawHTML{c.unsafe, c.filter}, 100))
	html := []renderer.Option{gmhtml.WithXHTML(), gmhtml.WithUnsafe(), renderer.WithNodeRenderers(nodes...)}
	if c.hardBreaks {
		html = append(html, gmhtml.WithHardWraps())
	}
	options := []goldmark.Option{goldmark.WithRendererOptions(html...)}
	for _, one := range []struct {
		on        bool
		extension goldmark.Extender
	}{
		{c.table, extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute))},
		{c.strikethrough, extension.Strikethrough}, {c.task, extension.TaskList}, {c.autolink, extension.Linkify},
		{c.smart, smart{}},
	} {
		if one.on {
			options = append(options, goldmark.WithExtensions(one.extension))
		}
	}
	return options
}

// rougeCode writes code as jekyll-commonmark does.
type rougeCode struct{ code *highlighter }

// RegisterFuncs implements renderer.NodeRenderer.
func (r *rougeCode) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, r.write)
	reg.Register(ast.KindCodeBlock, r.write)
}

func (r *rougeCode) write(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	language := ""
	if n, ok := node.(*ast.FencedCodeBlock); ok {
		language = html.UnescapeString(string(util.UnescapePunctuations(n.Language(source))))
	}
	code := string(node.Lines().Value(source))
	coloured, _, known := r.code.kramdown(code, language)
	if !known {
		coloured = escapeCode(code)
	}
	class, data := "", ""
	if language != "" {
		name := html.EscapeString(language)
		class, data = "language-"+name+" ", ` data-lang="`+name+`"`
	}
	_, _ = w.WriteString(`<div class="` + class + `highlighter-rouge"><div class="highlight"><pre class="highlight"><code` + data + `>`)
	_, _ = w.Write(coloured)
	_, _ = w.WriteString("</code></pre></div></div>\n")
	return ast.WalkSkipChildren, nil
}

// rawHTML writes raw HTML as jekyll-commonmark does: a remark in its place where
// it is not to be shown, and with the filter only start tags as text.
type rawHTML struct{ unsafe, filter bool }

// RegisterFuncs implements renderer.NodeRenderer.
func (r *rawHTML) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindHTMLBlock, r.block)
	reg.Register(ast.KindRawHTML, r.inline)
}

func (r *rawHTML) shown(html []byte) []byte {
	switch {
	case !r.unsafe:
		return []byte("<!-- raw HTML omitted -->")
	case !r.filter:
		return html
	}
	return filteredTags.ReplaceAllFunc(html, func(tag []byte) []byte {
		if tag[1] == '/' {
			return tag
		}
		return append([]byte("&lt;"), tag[1:]...)
	})
}

func (r *rawHTML) block(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*ast.HTMLBlock)
		html := n.Lines().Value(source)
		if n.HasClosure() {
			html = append(html[:len(html):len(html)], n.ClosureLine.Value(source)...)
		}
		_, _ = w.Write(r.shown(html))
		if !r.unsafe {
			_ = w.WriteByte('\n')
		}
	}
	return ast.WalkSkipChildren, nil
}

func (r *rawHTML) inline(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.Write(r.shown(node.(*ast.RawHTML).Segments.Value(source)))
	}
	return ast.WalkSkipChildren, nil
}
