package document

import (
	"io/fs"
	"time"

	"galley/internal/markdown"
	"galley/internal/site/config"
	"galley/internal/site/value"
)

// Reader reads the site's files: what is in each, and what follows from it.
type Reader struct {
	Files    fs.FS
	Config   *config.Config
	Markdown *markdown.Renderer
	// Present is the present, which decides what is in the future.
	Present time.Time
	// Exclude names files that are not the site's.
	Exclude []string
	// HasLayout tells which layouts of Liquid the site has.
	HasLayout func(name string) bool
	// Stop ends reading soon, once it returns an error; nil never does.
	Stop func() error
}

// Addresses are the settings' own addresses.
type Addresses struct{ Config *config.Config }

// URL implements jekyll.Addresses.
func (a Addresses) URL() string { return value.Text(a.Config.Data["url"]) }

// BaseURL implements jekyll.Addresses.
func (a Addresses) BaseURL() string { return value.Text(a.Config.Data["baseurl"]) }
