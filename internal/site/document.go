package site

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

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

// entry is a file with front matter and what follows from it: a post or
// another collection's document, or a page. It is everything about a page
// except how it looks.
type entry struct {
	path       string             // the file
	collection *config.Collection // nil for a page
	draft      bool               // it is in _drafts
	post       post.Post
	front      *ordered.Map   // the front matter as it stands
	data       *ordered.Map   // what Jekyll makes of it: with defaults, title, categories and so on
	meta       map[string]any // data for templates of Go
	date       time.Time      // in the site's zone; zero for what has none
	title      string
	slug       string
	url        string // within the site, without the baseurl
	ext        string // of what it is written to: ".html"
	output     string // the file that it is written to
	diags      []diag.Diagnostic

	listed bool // it is in the site's library
	// pager is what a page of posts shows; nil for others.
	pager *paginate.Pager
	// made is what a page that a plugin makes has in place of its text; nil
	// for others.
	made       *madePage
	stripTitle bool // the heading that is the title is taken out of the text

	summaryOnce sync.Once
	summary     string // what it begins with, in plain words

	convertedOnce sync.Once
	converted     string // the content without layouts

	excerptOnce sync.Once
	excerptText string // rendered

	bodyAsked atomic.Bool // its rendered body was asked for as page.content
}

// isPage tells a page from a collection's document.
func (e *entry) isPage() bool { return e.collection == nil }

// is says whether two entries are the same page, perhaps read at different
// times. The pages of posts behind the first one are of its file, and others.
func (e *entry) is(other *entry) bool {
	return e == other || e.path == other.path && !e.further() && !other.further()
}

// further says whether it is a page of posts behind the first one.
func (e *entry) further() bool { return e.pager != nil && e.pager.Page > 1 }

// isPost tells posts and drafts from everything else.
func (e *entry) isPost() bool { return e.collection != nil && e.collection.Label == config.PostsLabel }

// kind is what defaults call its type: "pages", or the collection.
func (e *entry) kind() string {
	if e.collection == nil {
		return "pages"
	}
	return e.collection.Label
}

// relative is the path as Jekyll has it: without the folder that holds the
// collections.
func (e *entry) relative(c config.Config) string {
	if e.collection != nil && c.CollectionsDir != "" {
		return strings.TrimPrefix(e.path, c.CollectionsDir+"/")
	}
	return e.path
}

// entry reads one file. It never fails.
func (s *Site) entry(file string, p post.Post) *entry {
	file = strings.TrimPrefix(path.Clean("/"+file), "/")
	e := &entry{path: file, post: p}
	e.collection, e.draft = s.config.CollectionOf(file)
	for _, d := range p.Diagnostics {
		if d.Code != "front-matter-missing" || e.isPost() { // others need none
			e.diags = append(e.diags, d)
		}
	}
	e.front = p.Data(s.config.Location)
	e.data = defaults.Merge(s.config.Defaults.All(e.relative(s.config), e.kind()), e.front)
	if e.data == nil {
		e.data = ordered.New(0)
	}
	if e.isPage() {
		e.readPage(s)
	} else {
		e.readDocument(s)
	}
	s.adapt(e)
	e.meta = value.PlainMap(e.data)
	return e
}

// readPage fills in what pages have beside their front matter.
func (e *entry) readPage(s *Site) {
	base := strings.TrimSuffix(path.Base(e.path), path.Ext(e.path))
	e.slug = base
	if v := e.data.Value("date"); v != nil && v != "" {
		t, ok := s.parseDate(v)
		if e.date = t; !ok {
			e.tellDate(diag.Warning, "This date cannot be read. Write it as 2006-01-02 15:04:05 +0000.")
		}
	}
	e.title = value.Text(e.data.Value("title"))
	if v := value.Text(e.data.Value("slug")); v != "" {
		e.slug = v
	}
	link := ""
	if !e.front.Has("permalink") || e.front.Value("permalink") != nil {
		link = ownLink(e.data)
	}
	if e.front.Value("permalink") == "" {
		e.diags = append(e.diags, diag.Diagnostic{Range: e.post.KeyRange("permalink"), Severity: diag.Error, Code: "permalink-empty",
			Message: "This permalink is empty, and Jekyll builds no site with it. Write an address, or take the line out."})
	}
	dir := strings.TrimPrefix(path.Dir(e.path), ".")
	base = strings.TrimRight(base, ".")
	e.ext = permalink.Ext(link)
	if e.ext == "" {
		e.ext = s.config.OutputExt(path.Ext(e.path))
	}
	switch {
	case link != "":
	case !htmlExtensions[e.ext]:
		link = "/:path/:basename:output_ext"
	case base == "index":
		link = "/:path/"
	default:
		link = "/:path/:basename" + s.config.PageSuffix
	}
	e.url = permalink.Page(link, dir, base, e.ext)
	e.locate()
}

// readDocument fills in what posts and other documents have beside their front
// matter.
func (e *entry) readDocument(s *Site) {
	rel := e.relative(s.config)
	base := strings.TrimSuffix(path.Base(e.path), path.Ext(e.path))
	data := ordered.New(e.data.Len() + 8)
	data.Set("draft", e.draft)
	data.Set("categories", nil)
	for k, v := range e.data.All() {
		data.Set(k, v)
	}
	e.data = data
	name, dated := post.ParseName(e.path)
	slug := base
	if dated {
		slug = name.Slug
	}
	slug = strings.TrimRight(slug, ".")
	e.readDate(s, name, dated)
	if !e.date.IsZero() {
		data.Set("date", rubytime.Local(e.date, s.config.Location))
	}
	if value.Truthy(data.Value("title")) {
		e.title = value.Text(data.Value("title"))
	} else {
		e.title = titleize(slug)
		data.Set("title", e.title)
	}
	if !value.Truthy(data.Value("slug")) {
		data.Set("slug", slug)
	}
	e.slug = value.Text(data.Value("slug"))
	if !value.Truthy(data.Value("ext")) {
		data.Set("ext", path.Ext(e.path))
	}
	if !value.Truthy(data.Value("draft")) {
		data.Set("draft", e.draft)
	}
	data.Set("categories", e.categories(s, rel))
	data.Set("tags", e.tags())

	link := ownLink(data)
	e.ext = permalink.Ext(link)
	if e.ext == "" {
		e.ext = s.config.OutputExt(path.Ext(e.path))
	}
	if link == "" {
		link = e.collection.Permalink
	} else if key := permalink.Unknown(link); key != "" {
		e.diags = append(e.diags, diag.Diagnostic{Range: e.post.KeyRange("permalink"), Severity: diag.Error, Code: "permalink-placeholder",
			Message: fmt.Sprintf("There is no placeholder :%s; the address has it as written.", key)})
	}
	within := strings.Replace(strings.TrimSuffix(rel, path.Ext(rel)), e.collection.Folder(), "", 1)
	var categories []string
	for _, c := range data.Value("categories").([]any) {
		categories = append(categories, value.Text(c))
	}
	at := e.date
	if at.IsZero() {
		at = s.now()
	}
	e.url = permalink.Document{
		Date: at, Slug: e.slug, Basename: base, Collection: e.collection.Label, Path: strings.TrimRight(within, "."),
		Categories: categories, Ext: e.ext,
	}.Address(link)
	e.locate()
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

// locate finds the file that the entry is written to.
func (e *entry) locate() {
	ext := e.ext
	if !e.isPage() && strings.HasSuffix(e.url, "/") {
		ext = ".html"
	}
	if e.output = permalink.File(e.url, ext); e.output == "" {
		e.diags = append(e.diags, diag.Diagnostic{Range: e.post.KeyRange("permalink"), Severity: diag.Error, Code: "permalink-file",
			Message: "This address cannot be a file's name, so the page is not written."})
	}
}

// readDate finds a document's date: the front matter's, else the file name's,
// else for a post the present.
func (e *entry) readDate(s *Site, name post.Name, dated bool) {
	if v := e.data.Value("date"); value.Truthy(v) && v != "" {
		if t, ok := s.parseDate(v); ok {
			e.date = t
			return
		}
		message := "This date cannot be read, so the address comes from the file's name. Write it as 2006-01-02 15:04:05 +0000."
		if !dated {
			message = "This date cannot be read. Write it as 2006-01-02 15:04:05 +0000."
		}
		e.tellDate(diag.Error, message)
	}
	if dated {
		text := fmt.Sprintf("%04d-%02d-%02d", fullYear(name.Year), name.Month, name.Day)
		if t, ok := s.parseDate(text); ok {
			e.date = t
			return
		}
		e.diags = append(e.diags, diag.Diagnostic{Severity: diag.Error, Code: "name-date",
			Message: fmt.Sprintf("There is no day %s, which the file's name begins with; rename the file.", text)})
	}
	if e.isPost() {
		e.date = s.now()
	}
}

func (e *entry) tellDate(severity diag.Severity, message string) {
	if !slices.ContainsFunc(e.diags, func(d diag.Diagnostic) bool { return d.Code == "date-unreadable" }) {
		e.diags = append(e.diags, diag.Diagnostic{Range: e.post.KeyRange("date"), Severity: severity, Code: "date-unreadable", Message: message})
	}
}

// now is the present in the site's zone.
func (s *Site) now() time.Time { return s.options.Now.In(s.config.Location) }

// fullYear reads a year of two digits as Ruby's dates do.
func fullYear(y int) int {
	switch {
	case y < 69:
		return y + 2000
	case y < 100:
		return y + 1900
	}
	return y
}

// categories are the folders above a post's _posts and what defaults and front
// matter say, in `categories` and in `category`.
func (e *entry) categories(s *Site, rel string) []any {
	list := e.folders(rel)
	add := func(v any) {
		switch v := v.(type) {
		case string:
			for _, word := range strings.Fields(v) {
				list = append(list, word)
			}
		case []any:
			list = append(list, v...)
		}
	}
	if d := s.config.Defaults.All(rel, e.kind()); d != nil {
		add(d.Value("categories"))
	}
	if v := e.front.Value("categories"); v != nil {
		add(v)
	}
	if v := e.data.Value("category"); v != nil && v != false {
		list = append(list, value.Flat([]any{v})...)
	}
	var out []any
	seen := map[string]bool{}
	for _, c := range value.Flat(list) {
		if text := value.Text(c); !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	if out == nil {
		out = []any{}
	}
	return out
}

// folders are the folders above _posts or _drafts.
func (e *entry) folders(rel string) []any {
	special := e.collection.Folder()
	if e.draft {
		special = "_drafts"
	}
	if strings.HasPrefix(rel, special) {
		return nil
	}
	above, _, found := strings.Cut(rel, special)
	if !found {
		above = rel
	}
	var out []any
	for _, part := range strings.Split(above, "/") {
		if part != "" && part != special && part != path.Base(e.path) {
			out = append(out, part)
		}
	}
	return out
}

// tags are what `tag` says, or else `tags`.
func (e *entry) tags() []any {
	v := e.data.Value("tag")
	if v == nil || v == false {
		switch t := e.data.Value("tags").(type) {
		case string:
			words := []any{}
			for _, w := range strings.Fields(t) {
				words = append(words, w)
			}
			v = words
		case []any:
			v = t
		default:
			return []any{}
		}
	}
	out := []any{}
	for _, t := range value.Flat([]any{v}) {
		if t != nil {
			out = append(out, t)
		}
	}
	return out
}

// hidden says why an entry is not published, or "".
func (s *Site) hidden(e *entry) string {
	published, says := e.data.Get("published")
	switch {
	case e.output == "":
		return "it has no address"
	case says && !value.Truthy(published) && !s.config.Unpublished:
		return "it says published: false"
	case (e.draft || e.data.Value("draft") == true && !s.config.Jekyll()) && !s.config.ShowDrafts:
		return "it is a draft"
	case !e.isPage() && !s.config.Future && e.date.After(s.options.Now):
		return "its date is in the future"
	case e.collection != nil && !e.collection.Output:
		return fmt.Sprintf("the collection %s has no pages of its own; it needs output: true in %s for that", e.collection.Label, config.File)
	}
	return ""
}

// titleize makes a title of a slug, as Jekyll does for posts without one.
func titleize(slug string) string {
	words := strings.FieldsFunc(slug, func(r rune) bool { return r == '-' })
	for i, w := range words {
		words[i] = capitalize(w)
	}
	return strings.Join(words, " ")
}

// capitalize is Ruby's: the first letter large and the rest small.
func capitalize(w string) string {
	_, first := utf8.DecodeRuneInString(w) // one byte where there is no character
	return strings.ToUpper(w[:first]) + strings.ToLower(w[first:])
}

// htmlExtensions are the endings of pages whose addresses go by the site's
// style.
var htmlExtensions = map[string]bool{".html": true, ".htm": true, ".xhtml": true}

func (s *Site) isMarkdown(file string) bool { return s.config.IsMarkdown(file) }

// virtual says that an entry is made by a generator and has no file.
func (e *entry) virtual() bool { return e.post.Source == nil }
