package document

import (
	"path"
	"strings"

	"galley/internal/diag"
	"galley/internal/ordered"
	"galley/internal/site/permalink"
	"galley/internal/site/value"
)

// Locate finds the file that the entry is written to.
func (e *Entry) Locate() {
	ext := e.Ext
	if !e.IsPage() && strings.HasSuffix(e.URL, "/") {
		ext = ".html"
	}
	if e.Output = permalink.File(e.URL, ext); e.Output == "" {
		e.Diags = append(e.Diags, diag.Diagnostic{Range: e.Post.KeyRange("permalink"), Severity: diag.Error, Code: "permalink-file",
			Message: "This address cannot be a file's name, so the page is not written."})
	}
}

// HTMLExtensions are the endings of pages whose addresses go by the site's
// style.
var HTMLExtensions = map[string]bool{".html": true, ".htm": true, ".xhtml": true}

// ID is a document's name for ever, as far as its address and slug stay.
func (e *Entry) ID() string {
	dir := path.Dir("/" + strings.Trim(e.URL, "/"))
	return strings.TrimSuffix(dir, "/") + "/" + e.Slug
}

// DirOf is the folder of a page's address.
func DirOf(url string) string {
	if strings.HasSuffix(url, "/") {
		return url
	}
	return strings.TrimSuffix(path.Dir(url), "/") + "/"
}

// ownLink is the permalink that front matter or defaults give; empty for none.
// One that is an empty text is the site's own address.
func ownLink(data *ordered.Map) string {
	v := data.Value("permalink")
	if v == "" {
		return "/"
	}
	return value.Text(v)
}
