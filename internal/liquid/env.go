package liquid

import (
	"time"

	"galley/internal/ordered"
)

// An Env is what the templates of one page see and share: the page's own text,
// its layout and the layouts around that. One goroutine uses it at a time.
type Env struct {
	// Globals are what names mean that no template assigned: site, page,
	// content. [Names] makes one of a hash.
	Globals Drop
	// Host is handed to the tags and filters that need the site, which know
	// its type. See the package jekyll.
	Host any
	// Now is the time of `"now" | date`; the zero time otherwise.
	Now time.Time
	// Place is where dates without a zone are, and where Jekyll shows them
	// all; UTC when it is nil.
	Place *time.Location
	// Stop ends the rendering with its error. It is asked every few thousand
	// steps; nil never does.
	Stop   func() error
	Limits Limits
	// Warnings are what rendering found, once for each place.
	Warnings []Problem

	warned   map[Problem]bool
	counters map[string]int64 // of increment and decrement
	steps    int
	made     int
	asked    int
}

// Names are globals in a hash.
type Names struct{ *ordered.Map }

// Get looks a name up.
func (n Names) Get(name string) (any, bool) { return n.Map.Get(name) }

// Limits bound the work for one Env, all its templates together. A zero field
// is its default.
type Limits struct {
	Steps int // nodes, filters, turns of loops and elements looked at: 20 million
	Bytes int // text made, in variables too: 1 GB
	Text  int // the longest text, and the output: 64 MB
}

const (
	defaultSteps = 20_000_000
	defaultBytes = 1 << 30
	defaultText  = 64 << 20
)

// warn tells of something once.
func (e *Env) warn(p Problem) {
	if e.warned == nil {
		e.warned = map[Problem]bool{}
	}
	if !e.warned[p] && len(e.Warnings) < maxWarnings {
		e.warned[p] = true
		e.Warnings = append(e.Warnings, p)
	}
}

// maxWarnings keeps a page from telling the same of a thousand places.
const maxWarnings = 200
