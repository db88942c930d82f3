package site

import (
	"io/fs"

	"galley/internal/site/bundle"
	"galley/internal/site/memfs"
)

// BundleFiles gathers every text file that [Site.RenderPost] and
// [Site.NewPost] need: settings, templates, layouts, includes, data and the
// start of a new post. Posts, documents and pages are among them only if
// something in a template or a text may look at them, and then without the text
// after their excerpt unless that may be looked at too; of files that are copied
// the names alone. The server sends the bundle to the browser, which makes a
// site of it with [FromBundle].
//
// stop ends it soon, once it returns an error; nil never does. What is gathered
// then may lack something, even where no error is returned.
func BundleFiles(files fs.FS, stop func() error) (map[string]string, error) {
	return bundle.Files(files, stop)
}

// FromBundle makes a file system of what [BundleFiles] gathered. Names that
// cannot be in a file system are left out.
func FromBundle(bundle map[string]string) fs.FS { return memfs.New(bundle) }
