package site

import (
	"fmt"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"galley/internal/diag"
	"galley/internal/post"
)

// kind is what a Markdown or HTML file of a site is.
type kind string

const (
	kindPost  kind = "posts"
	kindDraft kind = "drafts"
	kindPage  kind = "pages"
)

// kindOf tells by where a file stands.
func kindOf(file string) kind {
	switch dir := "/" + path.Dir(file) + "/"; {
	case strings.Contains(dir, "/_posts/"):
		return kindPost
	case strings.Contains(dir, "/_drafts/"):
		return kindDraft
	}
	return kindPage
}

// entry is a file with front matter and what follows from it: everything
// about a page except how it looks.
type entry struct {
	path   string
	kind   kind
	post   post.Post
	meta   map[string]any // front matter over the site's defaults
	date   time.Time      // in the site's zone; zero for a page without one
	title  string
	slug   string
	url    string // within the site, without the baseurl
	output string // the file that it is written to
	diags  []diag.Diagnostic

	summaryOnce sync.Once
	summary     string // what it begins with, in plain words

	liquidOnce sync.Once
	liquid     map[string]any // `page` in Liquid
	bodyAsked  atomic.Bool    // its rendered body was asked for as page.content
}

// entry reads one file. It never fails.
func (s *Site) entry(file string, p post.Post) *entry {
	file = strings.TrimPrefix(path.Clean("/"+file), "/")
	e := &entry{path: file, kind: kindOf(file), post: p}
	e.meta = s.withDefaults(e)
	for _, d := range e.post.Diagnostics {
		if d.Code != "front-matter-missing" || e.kind != kindPage { // pages need none
			e.diags = append(e.diags, d)
		}
	}
	base := strings.TrimSuffix(path.Base(file), path.Ext(file))
	name, dated := post.ParseName(file)
	e.slug = base
	if dated && e.kind != kindPage {
		e.slug = name.Slug
	}
	if e.kind == kindPage && dated && e.meta["layout"] == "post" {
		e.kind = kindPost // a post outside its folder, looked at alone
		e.slug = name.Slug
	}
	e.readDate(s, name, dated)
	e.title = textOf(e.meta["title"])
	if e.title == "" && e.kind != kindPage {
		e.title = titleize(e.slug)
	}
	if v := textOf(e.meta["slug"]); v != "" {
		e.slug = v
	}
	e.locate(s, base)
	return e
}

// readDate finds the date: the front matter's, else the file name's, else
// for a draft the present.
func (e *entry) readDate(s *Site, name post.Name, dated bool) {
	value, has := e.meta["date"]
	if has && value != nil && value != "" {
		if t, ok := post.ParseDate(value, s.config.Location); ok {
			e.date = t
			return
		}
		d := diag.Diagnostic{Range: e.post.KeyRange("date"), Severity: diag.Error, Code: "date-unreadable",
			Message: "This date cannot be read, so the address comes from the file's name. Write it as 2006-01-02 15:04:05 +0000."}
		if !dated {
			d.Message = "This date cannot be read. Write it as 2006-01-02 15:04:05 +0000."
		}
		if !hasCode(e.diags, d.Code) {
			e.diags = append(e.diags, d)
		}
	}
	switch {
	case dated && e.kind != kindPage:
		text := fmt.Sprintf("%04d-%02d-%02d", fullYear(name.Year), name.Month, name.Day)
		if t, ok := post.ParseDate(text, s.config.Location); ok {
			e.date = t
			return
		}
		e.diags = append(e.diags, diag.Diagnostic{Severity: diag.Error, Code: "name-date",
			Message: fmt.Sprintf("There is no day %s, which the file's name begins with; rename the file.", text)})
		e.date = s.options.Now.In(s.config.Location)
	case e.kind != kindPage:
		e.date = s.options.Now.In(s.config.Location)
	}
}

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

// locate gives the entry its address and file.
func (e *entry) locate(s *Site, base string) {
	dir := path.Dir(e.path)
	a := address{date: e.date, slug: textOf(e.meta["slug"]), basename: base, ext: ".html",
		categories: listOf(e.meta["categories"])}
	pattern := s.config.Permalink
	switch {
	case e.kind == kindPage:
		a.slug, a.path = "", strings.TrimPrefix(dir, ".")
		if ext := path.Ext(e.path); !isMarkdown(e.path) && ext != ".htm" {
			a.ext = ext
		}
		switch {
		case a.ext != ".html":
			pattern = "/:path/:basename:output_ext"
		case base == "index":
			pattern = "/:path/"
		default:
			pattern = "/:path/:basename" + s.config.PageSuffix
		}
	default:
		if a.slug == "" {
			a.slug = e.fileSlug(base)
		}
		if c := textOf(e.meta["category"]); c != "" {
			a.categories = append([]string{c}, a.categories...)
		}
		a.categories = append(folderCategories(dir), a.categories...)
	}
	if p := textOf(e.meta["permalink"]); p != "" {
		if key := unknownPlaceholder(p); key != "" {
			e.diags = append(e.diags, diag.Diagnostic{Range: e.post.KeyRange("permalink"), Severity: diag.Error, Code: "permalink-placeholder",
				Message: fmt.Sprintf("There is no placeholder :%s; the address has it as written.", key)})
		}
		pattern, _ = permalinkStyle(p)
	}
	e.url = a.permalink(pattern)
	e.output = outputFile(e.url, a.ext)
	if e.output == "" {
		e.diags = append(e.diags, diag.Diagnostic{Range: e.post.KeyRange("permalink"), Severity: diag.Error, Code: "permalink-file",
			Message: "This address cannot be a file's name, so the page is not written."})
	}
}

// fileSlug is the part of a post's file name behind the date.
func (e *entry) fileSlug(base string) string {
	if name, ok := post.ParseName(e.path); ok {
		return name.Slug
	}
	return base
}

// folderCategories are the folders above _posts: Jekyll makes them categories.
func folderCategories(dir string) []string {
	var out []string
	for _, part := range strings.Split(dir, "/") {
		if part == "_posts" || part == "_drafts" {
			return out
		}
		if part != "." && part != "" {
			out = append(out, part)
		}
	}
	return nil
}

// withDefaults lays the front matter over the configured defaults; the
// longest path wins among those.
func (s *Site) withDefaults(e *entry) map[string]any {
	if len(s.config.Defaults) == 0 {
		return e.post.Meta
	}
	merged := map[string]any{}
	best := map[string]int{}
	for _, d := range s.config.Defaults {
		if !d.applies(e.path, e.kind) {
			continue
		}
		weight := len(d.Path)*2 + 1
		if d.Type != "" {
			weight++
		}
		for k, v := range d.Values {
			if weight >= best[k] {
				merged[k], best[k] = v, weight
			}
		}
	}
	for k, v := range e.post.Meta {
		merged[k] = v
	}
	return merged
}

// applies says whether a default is for a file.
func (d Default) applies(file string, k kind) bool {
	if d.Type != "" && d.Type != string(k) && !(d.Type == "posts" && k == kindDraft) && d.Type+"s" != string(k) {
		return false
	}
	if d.Path == "" || file == d.Path || strings.HasPrefix(file, d.Path+"/") {
		return true
	}
	if strings.Contains(d.Path, "*") {
		for p := file; p != "." && p != "/"; p = path.Dir(p) {
			if ok, _ := path.Match(d.Path, p); ok {
				return true
			}
		}
	}
	return false
}

// hidden says why an entry is not published, or "".
func (s *Site) hidden(e *entry) string {
	switch {
	case e.output == "":
		return "it has no address"
	case e.meta["published"] == false && !s.config.Unpublished:
		return "it says published: false"
	case (e.kind == kindDraft || e.meta["draft"] == true) && !s.config.ShowDrafts:
		return "it is a draft"
	case e.kind == kindPost && !s.config.Future && e.date.After(s.options.Now):
		return "its date is in the future"
	}
	return ""
}

// textOf is a front matter value as text; lists and maps have none.
func textOf(v any) string {
	return post.Post{Meta: map[string]any{"": v}}.Text("")
}

// listOf is a front matter value as a list of texts.
func listOf(v any) []string {
	return post.Post{Meta: map[string]any{"": v}}.List("")
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

func hasCode(list []diag.Diagnostic, code string) bool {
	for _, d := range list {
		if d.Code == code {
			return true
		}
	}
	return false
}

// isMarkdown goes by the file's ending, as Jekyll does.
func isMarkdown(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".md", ".markdown", ".mkdown", ".mkdn", ".mkd":
		return true
	}
	return false
}
