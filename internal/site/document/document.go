package document

import (
	"fmt"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"galley/internal/diag"
	"galley/internal/ordered"
	"galley/internal/post"
	"galley/internal/rubytime"
	"galley/internal/site/config"
	"galley/internal/site/defaults"
	"galley/internal/site/paginate"
	"galley/internal/site/permalink"
	"galley/internal/site/value"
)

// Entry is a file with front matter and what follows from it: a post or
// another collection's document, or a page. It is everything about a page
// except how it looks.
type Entry struct {
	Path       string             // the file
	Collection *config.Collection // nil for a page
	draft      bool               // it is in _drafts
	Post       post.Post
	Front      *ordered.Map   // the front matter as it stands
	Data       *ordered.Map   // what Jekyll makes of it: with defaults, title, categories and so on
	Meta       map[string]any // data for templates of Go
	Date       time.Time      // in the site's zone; zero for what has none
	Title      string
	Slug       string
	URL        string // within the site, without the baseurl
	Ext        string // of what it is written to: ".html"
	Output     string // the file that it is written to
	Diags      []diag.Diagnostic

	Listed bool // it is in the site's library
	// Pager is what a page of posts shows; nil for others.
	Pager *paginate.Pager
	// Made is what a page that a plugin makes has in place of its text; nil
	// for others.
	Made       *Made
	StripTitle bool // the heading that is the title is taken out of the text

	Summary   Once // what it begins with, in plain words
	Converted Once // the content without layouts
	Excerpt   Once // rendered

	BodyAsked atomic.Bool // its body was asked for as page.content
}

// Once is a text that is made when it is first asked for.
type Once struct {
	making sync.Mutex
	text   atomic.Pointer[string]
}

// Made says whether the text was ever asked for, and made.
func (o *Once) Made() bool { return o.text.Load() != nil }

// Get gives the text, which make makes. Who is making another meanwhile says so, and
// makes it again rather than wait for somebody who may be waiting for that other.
func (o *Once) Get(meanwhile bool, make func() string) string {
	if text := o.text.Load(); text != nil {
		return *text
	}
	if !meanwhile {
		o.making.Lock()
		defer o.making.Unlock()
	} else if o.making.TryLock() {
		defer o.making.Unlock()
	}
	if text := o.text.Load(); text != nil {
		return *text
	}
	text := make()
	o.text.Store(&text)
	return text
}

// IsPage tells a page from a collection's document.
func (e *Entry) IsPage() bool { return e.Collection == nil }

// Is says whether two entries are the same page, perhaps read at different
// times. The pages of posts behind the first one are of its file, and others.
func (e *Entry) Is(other *Entry) bool {
	return e == other || e.Path == other.Path && !e.further() && !other.further()
}

// further says whether it is a page of posts behind the first one.
func (e *Entry) further() bool { return e.Pager != nil && e.Pager.Page > 1 }

// IsPost tells posts and drafts from everything else.
func (e *Entry) IsPost() bool { return e.Collection != nil && e.Collection.Label == config.PostsLabel }

// kind is what defaults call its type: "pages", or the collection.
func (e *Entry) kind() string {
	if e.Collection == nil {
		return "pages"
	}
	return e.Collection.Label
}

// Relative is the path as Jekyll has it: without the folder that holds the
// collections.
func (e *Entry) Relative(c *config.Config) string {
	if e.Collection != nil && c.CollectionsDir != "" {
		return strings.TrimPrefix(e.Path, c.CollectionsDir+"/")
	}
	return e.Path
}

// Entry reads one file. It never fails.
func (r *Reader) Entry(file string, p post.Post) *Entry {
	file = strings.TrimPrefix(path.Clean("/"+file), "/")
	e := &Entry{Path: file, Post: p}
	e.Collection, e.draft = r.Config.CollectionOf(file)
	for _, d := range p.Diagnostics {
		if d.Code != "front-matter-missing" || e.IsPost() { // others need none
			e.Diags = append(e.Diags, d)
		}
	}
	e.Front = p.Data(r.Config.Location)
	e.Data = defaults.Merge(r.Config.Defaults.All(e.Relative(r.Config), e.kind()), e.Front)
	if e.Data == nil {
		e.Data = ordered.New(0)
	}
	if e.IsPage() {
		e.ReadPage(r)
	} else {
		e.readDocument(r)
	}
	r.Adapt(e)
	e.Meta = value.PlainMap(e.Data)
	return e
}

// ReadPage fills in what pages have beside their front matter.
func (e *Entry) ReadPage(r *Reader) {
	base := strings.TrimSuffix(path.Base(e.Path), path.Ext(e.Path))
	e.Slug = base
	if v := e.Data.Value("date"); v != nil && v != "" {
		t, ok := r.ParseDate(v)
		if e.Date = t; !ok {
			e.tellDate(diag.Warning, "This date cannot be read. Write it as 2006-01-02 15:04:05 +0000.")
		}
	}
	e.Title = value.Text(e.Data.Value("title"))
	if v := value.Text(e.Data.Value("slug")); v != "" {
		e.Slug = v
	}
	link := ""
	if !e.Front.Has("permalink") || e.Front.Value("permalink") != nil {
		link = ownLink(e.Data)
	}
	if e.Front.Value("permalink") == "" {
		e.Diags = append(e.Diags, diag.Diagnostic{Range: e.Post.KeyRange("permalink"), Severity: diag.Error, Code: "permalink-empty",
			Message: "This permalink is empty, and Jekyll builds no site with it. Write an address, or take the line out."})
	}
	dir := strings.TrimPrefix(path.Dir(e.Path), ".")
	base = strings.TrimRight(base, ".")
	e.Ext = permalink.Ext(link)
	if e.Ext == "" {
		e.Ext = r.Config.OutputExt(path.Ext(e.Path))
	}
	switch {
	case link != "":
	case !HTMLExtensions[e.Ext]:
		link = "/:path/:basename:output_ext"
	case base == "index":
		link = "/:path/"
	default:
		link = "/:path/:basename" + r.Config.PageSuffix
	}
	e.URL = permalink.Page(link, dir, base, e.Ext)
	e.Locate()
}

// readDocument fills in what posts and other documents have beside their front
// matter.
func (e *Entry) readDocument(r *Reader) {
	rel := e.Relative(r.Config)
	base := strings.TrimSuffix(path.Base(e.Path), path.Ext(e.Path))
	data := ordered.New(e.Data.Len() + 8)
	data.Set("draft", e.draft)
	data.Set("categories", nil)
	for k, v := range e.Data.All() {
		data.Set(k, v)
	}
	e.Data = data
	name, dated := post.ParseName(e.Path)
	slug := base
	if dated {
		slug = name.Slug
	}
	slug = strings.TrimRight(slug, ".")
	e.readDate(r, name, dated)
	if !e.Date.IsZero() {
		data.Set("date", rubytime.Local(e.Date, r.Config.Location))
	}
	if value.Truthy(data.Value("title")) {
		e.Title = value.Text(data.Value("title"))
	} else {
		e.Title = titleize(slug)
		data.Set("title", e.Title)
	}
	if !value.Truthy(data.Value("slug")) {
		data.Set("slug", slug)
	}
	e.Slug = value.Text(data.Value("slug"))
	if !value.Truthy(data.Value("ext")) {
		data.Set("ext", path.Ext(e.Path))
	}
	if !value.Truthy(data.Value("draft")) {
		data.Set("draft", e.draft)
	}
	data.Set("categories", e.categories(r, rel))
	data.Set("tags", e.tags())

	link := ownLink(data)
	e.Ext = permalink.Ext(link)
	if e.Ext == "" {
		e.Ext = r.Config.OutputExt(path.Ext(e.Path))
	}
	if link == "" {
		link = e.Collection.Permalink
	} else if key := permalink.Unknown(link); key != "" {
		e.Diags = append(e.Diags, diag.Diagnostic{Range: e.Post.KeyRange("permalink"), Severity: diag.Error, Code: "permalink-placeholder",
			Message: fmt.Sprintf("There is no placeholder :%s; the address has it as written.", key)})
	}
	within := strings.Replace(strings.TrimSuffix(rel, path.Ext(rel)), e.Collection.Folder(), "", 1)
	var categories []string
	for _, c := range data.Value("categories").([]any) {
		categories = append(categories, value.Text(c))
	}
	at := e.Date
	if at.IsZero() {
		at = r.Now()
	}
	e.URL = permalink.Document{
		Date: at, Slug: e.Slug, Basename: base, Collection: e.Collection.Label, Path: strings.TrimRight(within, "."),
		Categories: categories, Ext: e.Ext,
	}.Address(link)
	e.Locate()
}

// Hidden says why an entry is not published, or "".
func (r *Reader) Hidden(e *Entry) string {
	published, says := e.Data.Get("published")
	switch {
	case e.Output == "":
		return "it has no address"
	case says && !value.Truthy(published) && !r.Config.Unpublished:
		return "it says published: false"
	case (e.draft || e.Data.Value("draft") == true && !r.Config.Jekyll()) && !r.Config.ShowDrafts:
		return "it is a draft"
	case !e.IsPage() && !r.Config.Future && e.Date.After(r.Present):
		return "its date is in the future"
	case e.Collection != nil && !e.Collection.Output:
		return fmt.Sprintf("the collection %s has no pages of its own; it needs output: true in %s for that", e.Collection.Label, config.File)
	}
	return ""
}

// Virtual says that an entry is made by a generator and has no file.
func (e *Entry) Virtual() bool { return e.Post.Source == nil }

// Separator is what ends an entry's excerpt.
func (r *Reader) Separator(e *Entry) string {
	if v := e.Data.Value("excerpt_separator"); value.Truthy(v) {
		return value.Text(v)
	}
	return r.Config.ExcerptSeparator
}
