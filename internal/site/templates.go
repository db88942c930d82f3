package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"text/template/parse"

	"galley/internal/diag"
)

// Limits on what one template may do, so that a template under review cannot
// hold up the editor or the builder.
const (
	maxOutput = 64 << 20 // bytes of one page
	maxSteps  = 4 << 20  // pieces of text written for one page
)

// templateDir is where a site keeps templates of its own.
const templateDir = "templates"

var (
	errOutput = fmt.Errorf("the page grew larger than %d MB", maxOutput>>20)
	errSteps  = errors.New("the template took too many steps")
)

// pageTemplate is one parsed template, ready to be executed by several
// goroutines at once.
type pageTemplate struct {
	name string // "post.html"
	file string // where it comes from, for messages
	tmpl *template.Template
	own  bool // the site's, not built in
	// verbatim is true when the template only ever prints the content as it
	// is, so that the page is a shell around it.
	verbatim bool
}

// templateSet is all templates of a site by name.
type templateSet struct {
	pages map[string]*pageTemplate
	// broken says what is wrong with the site's own templates, by name.
	broken map[string][]diag.Diagnostic
	// brokenParts says what is wrong with base.html and partials, which
	// concerns every page.
	brokenParts []diag.Diagnostic
}

// templateTypes are the structs that templates are checked against. A name
// that is not here is a layout and gets a ContentPage.
var templateTypes = map[string]reflect.Type{
	"index.html":    reflect.TypeFor[ListPage](),
	"archive.html":  reflect.TypeFor[ListPage](),
	"feed.xml":      reflect.TypeFor[FeedPage](),
	"sitemap.xml":   reflect.TypeFor[SitemapPage](),
	"redirect.html": reflect.TypeFor[RedirectPage](),
}

func templateType(name string) reflect.Type {
	if t, ok := templateTypes[name]; ok {
		return t
	}
	return reflect.TypeFor[ContentPage]()
}

// source is one template file.
type source struct {
	file string // for messages
	text string
	own  bool // the site's, not built in
}

// loadTemplates parses the built-in templates with the site's over them. A
// template of the site that cannot be used is told of, and the built-in one
// of its name is used instead.
func (s *Site) loadTemplates(builtIn, files fs.FS) (*templateSet, []diag.Diagnostic, error) {
	inner := readTemplates(builtIn, ".", false)
	own := readTemplates(files, templateDir, true)
	set := &templateSet{pages: map[string]*pageTemplate{}, broken: map[string][]diag.Diagnostic{}}
	var diags []diag.Diagnostic

	// What all templates share: base.html and partials. Each file of the
	// site is tried by itself, so that one broken file does not take the
	// others with it.
	shared := map[string]source{}
	for name, src := range inner {
		if isShared(name) {
			shared[name] = src
		}
	}
	for _, name := range sortedKeys(own) {
		if !isShared(name) {
			continue
		}
		if _, err := template.New(name).Funcs(s.funcs()).Parse(own[name].text); err != nil {
			d := templateDiag(own[name], err)
			diags = append(diags, d)
			set.brokenParts = append(set.brokenParts, d)
			continue
		}
		shared[name] = own[name]
	}

	names := map[string]bool{}
	for name := range inner {
		names[name] = true
	}
	for name := range own {
		names[name] = true
	}
	for _, name := range sortedKeys(names) {
		if isShared(name) {
			continue
		}
		src, isOwn := own[name]
		if isOwn {
			p, found := s.parseTemplate(name, src, shared)
			if len(found) == 0 {
				set.pages[name] = p
				continue
			}
			diags = appendNew(diags, found)
			set.broken[name] = append(set.broken[name], found...)
			if src, isOwn = inner[name]; !isOwn {
				continue
			}
		} else {
			src = inner[name]
		}
		p, found := s.parseTemplate(name, src, shared)
		if len(found) > 0 { // a shared file of the site does not suit it
			diags = appendNew(diags, found)
			set.broken[name] = append(set.broken[name], found...)
			if p, found = s.parseTemplate(name, src, onlyBuiltIn(inner)); len(found) > 0 {
				return nil, diags, fmt.Errorf("built-in template %s: %s", name, found[0].Message)
			}
		}
		set.pages[name] = p
	}
	for _, name := range []string{"post.html", "page.html"} {
		if set.pages[name] == nil {
			return nil, diags, fmt.Errorf("there is no built-in template %s", name)
		}
	}
	return set, diags, nil
}

// isShared says whether a template file is a part for others.
func isShared(name string) bool {
	return name == "base.html" || strings.HasPrefix(name, "partials/")
}

func onlyBuiltIn(inner map[string]source) map[string]source {
	out := map[string]source{}
	for name, src := range inner {
		if isShared(name) {
			out[name] = src
		}
	}
	return out
}

// readTemplates reads the template files of a folder and of its partials/.
func readTemplates(files fs.FS, dir string, own bool) map[string]source {
	out := map[string]source{}
	if files == nil {
		return out
	}
	for _, sub := range []string{"", "partials"} {
		list, err := fs.ReadDir(files, path.Join(dir, sub))
		if err != nil {
			continue
		}
		for _, f := range list {
			ext := path.Ext(f.Name())
			if f.IsDir() || ext != ".html" && ext != ".xml" {
				continue
			}
			name := path.Join(sub, f.Name())
			text, err := fs.ReadFile(files, path.Join(dir, name))
			if err != nil || len(text) > maxConfig {
				continue
			}
			out[name] = source{file: path.Join(templateDir, name), text: string(text), own: own}
		}
	}
	return out
}

// parseTemplate parses one page template with the shared ones and checks it
// against its struct.
func (s *Site) parseTemplate(name string, src source, shared map[string]source) (*pageTemplate, []diag.Diagnostic) {
	t := template.New(name).Funcs(s.funcs())
	where := map[string]source{name: src}
	for _, n := range sortedKeys(shared) {
		where[n] = shared[n]
		if _, err := t.New(n).Parse(shared[n].text); err != nil {
			return nil, []diag.Diagnostic{templateDiag(shared[n], err)}
		}
	}
	if _, err := t.Parse(src.text); err != nil {
		return nil, []diag.Diagnostic{templateDiag(src, err)}
	}
	p := &pageTemplate{name: name, file: src.file, tmpl: t, own: src.own, verbatim: true}
	if problems := checkTemplate(t, templateType(name)); len(problems) > 0 {
		var diags []diag.Diagnostic
		for _, c := range problems {
			from, ok := where[c.template]
			if !ok {
				from = src
			}
			diags = append(diags, templateDiag(from, c))
		}
		return nil, diags
	}
	for _, part := range t.Templates() {
		if part.Tree == nil || part.Tree.Root == nil {
			continue
		}
		p.verbatim = p.verbatim && verbatimContent(part.Tree.Root)
		countSteps(part.Tree.Root)
	}
	// The escaper works at the first execution; its errors belong here.
	if err := t.Execute(&boundedWriter{}, reflect.New(templateType(name)).Elem().Interface()); err != nil {
		var escape *template.Error
		if errors.As(err, &escape) {
			return nil, []diag.Diagnostic{templateDiag(src, err)}
		}
	}
	return p, nil
}

// countSteps puts an empty text at the start of every loop's body and every
// template, so that each turn writes once and the writer can count.
func countSteps(root *parse.ListNode) {
	root.Nodes = append([]parse.Node{&parse.TextNode{NodeType: parse.NodeText}}, root.Nodes...)
	walk(root, func(n parse.Node) {
		if r, ok := n.(*parse.RangeNode); ok {
			r.List.Nodes = append([]parse.Node{&parse.TextNode{NodeType: parse.NodeText}}, r.List.Nodes...)
		}
	})
}

// walk visits the nodes of a template, from the outside in.
func walk(n parse.Node, visit func(parse.Node)) {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return
	}
	visit(n)
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe, visit)
		walk(b.List, visit)
		walk(b.ElseList, visit)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walk(c, visit)
		}
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.TemplateNode:
		walk(n.Pipe, visit)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			walk(c, visit)
		}
	case *parse.CommandNode:
		for _, c := range n.Args {
			walk(c, visit)
		}
	case *parse.ChainNode:
		walk(n.Node, visit)
	}
}

// printers are the functions that could print a whole struct, the content in
// it too.
var printers = map[string]bool{"print": true, "println": true, "printf": true, "html": true, "js": true, "urlquery": true}

// verbatimContent says whether a template does nothing with the content but
// print it: every mention of it is {{.Content}} or {{$.Content}}, and the
// struct that holds it goes to no function that prints. What slips through
// (a with around the content) shows in the number of marks.
func verbatimContent(root *parse.ListNode) bool {
	mentions, prints := 0, 0
	isContent := func(n parse.Node) bool {
		switch n := n.(type) {
		case *parse.FieldNode:
			return len(n.Ident) == 1 && n.Ident[0] == "Content"
		case *parse.VariableNode:
			return len(n.Ident) == 2 && n.Ident[0] == "$" && n.Ident[1] == "Content"
		}
		return false
	}
	whole := false
	walk(root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.FieldNode:
			if n.Ident[len(n.Ident)-1] == "Content" {
				mentions++
			}
		case *parse.VariableNode:
			if n.Ident[len(n.Ident)-1] == "Content" {
				mentions++
			}
		case *parse.ChainNode:
			if n.Field[len(n.Field)-1] == "Content" {
				mentions += 2
			}
		case *parse.ActionNode:
			if len(n.Pipe.Decl) == 0 && len(n.Pipe.Cmds) == 1 && len(n.Pipe.Cmds[0].Args) == 1 && isContent(n.Pipe.Cmds[0].Args[0]) {
				prints++
			}
		case *parse.CommandNode:
			if id, ok := n.Args[0].(*parse.IdentifierNode); ok && printers[id.Ident] {
				for _, a := range n.Args[1:] {
					if _, dot := a.(*parse.DotNode); dot {
						whole = true
					}
					if v, ok := a.(*parse.VariableNode); ok && len(v.Ident) == 1 && v.Ident[0] == "$" {
						whole = true
					}
				}
			}
		}
	})
	return mentions == prints && !whole
}

// boundedWriter collects a page, up to the limits.
type boundedWriter struct {
	bytes.Buffer
	steps int
}

func (w *boundedWriter) Write(b []byte) (int, error) {
	if w.steps++; w.steps > maxSteps {
		return 0, errSteps
	}
	if w.Len()+len(b) > maxOutput {
		return 0, errOutput
	}
	return w.Buffer.Write(b)
}

// templatePlace finds file and line in an error of the template library.
var templatePlace = regexp.MustCompile(`^(?:html/)?template: ?([^:\s]+):(?:(\d+)(?::\d+)?:)? ?`)

// templateDiag tells a template's error: file, line and the words there.
func templateDiag(src source, err error) diag.Diagnostic {
	message, line := err.Error(), 0
	if m := templatePlace.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[2])
		message = strings.TrimPrefix(message, m[0])
	}
	if line == 0 {
		return diag.Diagnostic{File: src.file, Severity: diag.Error, Code: "template",
			Message: fmt.Sprintf("This template is wrong: %s.", message)}
	}
	r := lineRange([]byte(src.text), line)
	words := strings.TrimSpace(src.text[r.Start:r.End])
	if len(words) > 120 {
		words = words[:120] + "…"
	}
	text := fmt.Sprintf("Line %d of this template is wrong: %s.", line, message)
	if words != "" {
		text += fmt.Sprintf(" It reads: %s", words)
	}
	return diag.Diagnostic{File: src.file, Range: r, Severity: diag.Error, Code: "template", Message: text}
}

// appendNew appends what is not there yet.
func appendNew(list, more []diag.Diagnostic) []diag.Diagnostic {
next:
	for _, d := range more {
		for _, have := range list {
			if have == d {
				continue next
			}
		}
		list = append(list, d)
	}
	return list
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
