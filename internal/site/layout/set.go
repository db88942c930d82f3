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
