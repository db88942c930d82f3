package site

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/post"
	"galley/internal/site/config"
	"galley/internal/site/defaults"
	"galley/internal/site/value"
)

// maxLayouts is how many layouts may stand around each other.
const maxLayouts = 32

// layout is a file of _layouts.
type layout struct {
	name string // without ending
	file string // "_layouts/post.html"
	data *ordered.Map
	text string // without front matter
	line int    // of the text's first line in the file

	once     sync.Once
	template *liquid.Template
	err      error
}

// readLayouts finds the layouts. Where two have the same name the later ending
// counts.
func (t *templateFiles) readLayouts() {
	dir := t.site.config.LayoutsDir
	if _, err := fs.Stat(t.site.files, dir); err != nil {
		return
	}
	_ = fs.WalkDir(t.site.files, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(d.Name(), ".") || strings.ContainsAny(d.Name()[:1], "._#~") {
			return nil
		}
		src, err := fs.ReadFile(t.site.files, name)
		if err != nil || len(src) > config.MaxFile {
			return nil
		}
		p := post.Parse(src)
		key := strings.TrimPrefix(name, dir+"/")
		l := &layout{name: strings.TrimSuffix(key, path.Ext(key)), file: name, text: string(src[p.Body:]),
			line: 1 + strings.Count(string(src[:p.Body]), "\n"), data: p.Data(t.site.config.Location)}
		t.layouts[l.name] = l
		return nil
	})
}

// parse parses a layout once.
func (t *templateFiles) parse(l *layout) (*liquid.Template, error) {
	l.once.Do(func() { l.template, l.err = t.config.Parse(l.file, l.line, l.text) })
	return l.template, l.err
}

// layoutsOf are the layout of an entry and those around it, from the inside
// out. It is empty for an entry that has none.
func (s *Site) layoutsOf(e *entry) []*layout {
	t := s.templateFiles()
	var out []*layout
	for name := s.layoutOf(e); name != ""; {
		l := t.layouts[name]
		if l == nil || slices.Contains(out, l) || len(out) == maxLayouts {
			break // Jekyll goes on without it, and so does Galley
		}
		out = append(out, l)
		name = value.Text(l.data.Value("layout"))
	}
	return out
}

// layoutOf is the name of the Liquid layout that an entry gets; empty for none.
func (s *Site) layoutOf(e *entry) string {
	if ext := path.Ext(e.path); ext == ".scss" || ext == ".sass" || ext == ".coffee" || !e.isPage() && (ext == ".yaml" || ext == ".yml") {
		return ""
	}
	name, _ := s.namedLayout(e)
	if name == "none" {
		return ""
	}
	return name
}

// namedLayout is the layout that front matter or defaults name, and whether
// they say anything of it.
func (s *Site) namedLayout(e *entry) (string, bool) {
	if e.isPage() && e.front.Has("layout") && e.front.Value("layout") == nil {
		return "", true
	}
	v, has := e.data.Get("layout")
	return value.Text(v), has
}

// wrap puts a page's layouts around what v shows as its content.
func (r *run) wrap(s *Site, chain []*layout) (string, error) {
	v := r.globals.sight
	r.globals.layout = nil
	text := v.shown()
	v.inner = &text
	defer func() { v.inner = nil }()
	for _, l := range chain {
		t, err := s.templateFiles().parse(l)
		if err != nil {
			return "", err
		}
		r.globals.layout = defaults.Merge(l.data, r.globals.layout)
		out, err := r.render(t)
		if err != nil {
			return "", err
		}
		text = out
	}
	return text, nil
}

var (
	outputTag    = regexp.MustCompile(`(?s)\{\{.*?\}\}|\{%.*?%\}`)
	plainContent = regexp.MustCompile(`^\{\{-? *content *-?\}\}$`)
	saysContent  = regexp.MustCompile(`(?:^|[^.\w])content\b`)
	captured     = regexp.MustCompile(`(?s)\{%-? *capture\b.*?\{%-? *endcapture\b`)
	includes     = regexp.MustCompile(`\{%-?\s*(?:include|include_cached)\s+([^\s%{}]+)`)
	anyInclude   = regexp.MustCompile(`\{%-?\s*include`)
)

// verbatim says whether the layouts of a chain, and all that they include, do
// nothing with the content but print it, so that a page is a shell around it.
func (s *Site) verbatim(chain []*layout) bool {
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
			name := path.Join(s.config.IncludesDir, m[1])
			if done[name] {
				continue
			}
			done[name] = true
			if src, err := fs.ReadFile(s.files, name); err == nil && !look(string(src), false) {
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
	for _, tag := range outputTag.FindAllString(text, -1) {
		if saysContent.MatchString(tag) && !(layout && plainContent.MatchString(tag)) {
			return false
		}
	}
	for _, block := range captured.FindAllString(text, -1) {
		if saysContent.MatchString(strings.Join(outputTag.FindAllString(block, -1), "")) {
			return false
		}
	}
	return true
}
