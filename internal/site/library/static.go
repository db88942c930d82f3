package library

import (
	"io/fs"
	"path"
	"strings"
	"time"

	"galley/internal/ordered"
	"galley/internal/site/config"
	"galley/internal/site/document"
	"galley/internal/site/permalink"
	"galley/internal/site/value"
)

// Static is a file that is copied as it is.
type Static struct {
	Path       string             // the file
	Relative   string             // as templates see it: "/a/b.png"
	Collection *config.Collection // nil for most
	Output     string             // the file that it is written to
	Data       *ordered.Map
}

// newStatic makes a file that is copied of a name.
func newStatic(s *document.Reader, name string, c *config.Collection) *Static {
	f := &Static{Path: name, Relative: "/" + name, Collection: c}
	kind := ""
	if c != nil {
		kind = c.Label
		f.Relative = strings.TrimPrefix(name, s.Config.CollectionsDir+"/")
	}
	f.Output = f.address()
	f.Data = s.Config.Defaults.All(strings.TrimPrefix(f.Relative, "/"), kind)
	return f
}

// Modified is when a file that is copied was written, or the zero time where
// that cannot be told. Few sites ask, so it is not kept.
func (f *Static) Modified(files fs.FS) time.Time {
	info, err := fs.Stat(files, f.Path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// Published says whether a file that is copied is.
func (f *Static) Published() bool {
	published, says := f.Data.Get("published")
	return (!says || value.Truthy(published)) && (f.Collection == nil || f.Collection.Output)
}

// address is what a file that is copied is written to.
func (f *Static) address() string {
	if f.Collection == nil {
		return f.Path
	}
	ext := path.Ext(f.Path)
	within := strings.Replace(strings.TrimSuffix(f.Relative, ext), f.Collection.Folder(), "", 1)
	base := strings.TrimSuffix(path.Base(f.Path), ext)
	return permalink.File(permalink.Static(f.Collection.Permalink, f.Collection.Label, within, base)+ext, ext)
}
