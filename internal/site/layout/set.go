package layout

import (
	"fmt"
	"io/fs"
	"sync"

	"galley/internal/liquid"
	"galley/internal/site/config"
)

// Set are the site's Liquid templates, each read and parsed when it
// is first asked for.
type Set struct {
	files    fs.FS
	settings *config.Config
	Liquid   *liquid.Config
	// Layouts are by name without ending.
	Layouts map[string]*Layout
	parsed  sync.Map // of includes: path to *parsedFile
	cached  sync.Map // the texts of include_cached
}

// parsedFile is an include.
type parsedFile struct {
	once     sync.Once
	template *liquid.Template
	err      error
}

// New finds the layouts.
func New(files fs.FS, c *config.Config, l *liquid.Config) *Set {
	t := &Set{files: files, settings: c, Liquid: l, Layouts: map[string]*Layout{}}
	t.readLayouts()
	return t
}

// Include parses a file once.
func (t *Set) Include(file string) (*liquid.Template, error) {
	made, _ := t.parsed.LoadOrStore(file, &parsedFile{})
	p := made.(*parsedFile)
	p.once.Do(func() {
		src, err := fs.ReadFile(t.files, file)
		if err == nil && len(src) > config.MaxFile {
			err = fmt.Errorf("%s is larger than %d KB", file, config.MaxFile>>10)
		}
		if err != nil {
			p.err = err
			return
		}
		p.template, p.err = t.Liquid.Parse(file, 1, string(src))
	})
	return p.template, p.err
}

// Cache keeps the text of include_cached under a key: it calls make when there is
// none yet.
func (t *Set) Cache(key string, make func() (string, error)) (string, error) {
	if text, ok := t.cached.Load(key); ok {
		return text.(string), nil
	}
	text, err := make()
	if err == nil {
		t.cached.Store(key, text)
	}
	return text, err
}
