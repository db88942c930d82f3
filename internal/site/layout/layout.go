package layout

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/post"
	"galley/internal/site/config"
)

// Layout is a file of _layouts.
type Layout struct {
	name string // without ending
	File string // "_layouts/post.html"
	Data *ordered.Map
	text string // without front matter
	line int    // of the text's first line in the file

	once     sync.Once
	template *liquid.Template
	err      error
}

// readLayouts finds the layouts. Where two have the same name the later ending
// counts.
func (t *Set) readLayouts() {
	dir := t.settings.LayoutsDir
	if _, err := fs.Stat(t.files, dir); err != nil {
		return
	}
	_ = fs.WalkDir(t.files, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(d.Name(), ".") || strings.ContainsAny(d.Name()[:1], "._#~") {
			return nil
		}
		src, err := fs.ReadFile(t.files, name)
		if err != nil || len(src) > config.MaxFile {
			return nil
		}
		p := post.Parse(src)
		key := strings.TrimPrefix(name, dir+"/")
		l := &Layout{name: strings.TrimSuffix(key, path.Ext(key)), File: name, text: string(src[p.Body:]),
			line: 1 + strings.Count(string(src[:p.Body]), "\n"), Data: p.Data(t.settings.Location)}
		t.Layouts[l.name] = l
		return nil
	})
}

// Parse parses a layout once.
func (t *Set) Parse(l *Layout) (*liquid.Template, error) {
	l.once.Do(func() { l.template, l.err = t.Liquid.Parse(l.File, l.line, l.text) })
	return l.template, l.err
}

var (
	OutputTag    = regexp.MustCompile(`(?s)\{\{.*?\}\}|\{%.*?%\}`)
	plainContent = regexp.MustCompile(`^\{\{-? *content *-?\}\}$`)
	saysContent  = regexp.MustCompile(`(?:^|[^.\w])content\b`)
	captured     = regexp.MustCompile(`(?s)\{%-? *capture\b.*?\{%-? *endcapture\b`)
	includes     = regexp.MustCompile(`\{%-?\s*(?:include|include_cached)\s+([^\s%{}]+)`)
	anyInclude   = regexp.MustCompile(`\{%-?\s*include`)
)

// Verbatim says whether the layouts of a chain, and all that they include, do
// nothing with the content but print it, so that a page is a shell around it.
func (t *Set) Verbatim(chain []*Layout) bool {
	done := map[string]bool{}
	var look func(text string, layout bool) bool
	look = func(text string, layout bool) bool {
		if !printsContent(text, layout) {
			return false
		}
		found := includes.FindAllStringSubmatch(text, -1)
		if len(found) < len(anyInclude.FindAllString(text, -1)) {
			return false // one is named by a variable
		}
		for _, m := range found {
			name := path.Join(t.settings.IncludesDir, m[1])
			if done[name] {
				continue
			}
			done[name] = true
			if src, err := fs.ReadFile(t.files, name); err == nil && !look(string(src), false) {
				return false
			}
		}
		return true
	}
	for _, l := range chain {
		if !look(l.text, true) {
			return false
		}
	}
	return true
}

// printsContent says that of one template; only layouts may print it.
func printsContent(text string, layout bool) bool {
	for _, tag := range OutputTag.FindAllString(text, -1) {
		if saysContent.MatchString(tag) && !(layout && plainContent.MatchString(tag)) {
			return false
		}
	}
	for _, block := range captured.FindAllString(text, -1) {
		if saysContent.MatchString(strings.Join(OutputTag.FindAllString(block, -1), "")) {
			return false
		}
	}
	return true
}
