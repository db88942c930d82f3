package site

import (
	"galley/internal/ordered"
	"galley/internal/site/config"
	"galley/internal/site/permalink"
	"galley/internal/site/value"
	"io/fs"
	"path"
	"strings"
	"time"
)

// static is a file that is copied as it is.
type static struct {
	path       string             // the file
	relative   string             // as templates see it: "/a/b.png"
	collection *config.Collection // nil for most
	output     string             // the file that it is written to
	data       *ordered.Map
}

// static makes a file that is copied of a name.
func (s *Site) static(name string, c *config.Collection) *static {
	f := &static{path: name, relative: "/" + name, collection: c}
	kind := ""
	if c != nil {
		kind = c.Label
		f.relative = strings.TrimPrefix(name, s.config.CollectionsDir+"/")
	}
	f.output = s.staticOutput(f)
	f.data = s.config.Defaults.All(strings.TrimPrefix(f.relative, "/"), kind)
	return f
}

// modified is when a file that is copied was written, or the zero time where
// that cannot be told. Few sites ask, so it is not kept.
func (s *Site) modified(f *static) time.Time {
	info, err := fs.Stat(s.files, f.path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// published says whether a file that is copied is.
func (f *static) published() bool {
	published, says := f.data.Get("published")
	return (!says || value.Truthy(published)) && (f.collection == nil || f.collection.Output)
}

// staticOutput is what a file that is copied is written to.
func (s *Site) staticOutput(f *static) string {
	if f.collection == nil {
		return f.path
	}
	ext := path.Ext(f.path)
	within := strings.Replace(strings.TrimSuffix(f.relative, ext), f.collection.Folder(), "", 1)
	base := strings.TrimSuffix(path.Base(f.path), ext)
	return permalink.File(permalink.Static(f.collection.Permalink, f.collection.Label, within, base)+ext, ext)
}
