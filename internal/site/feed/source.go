package feed

import (
	"sort"
	"strings"
	"time"

	"galley/internal/liquid"
	"galley/internal/ordered"
	"galley/internal/rubytime"
	"galley/internal/site/plaintext"
)

// defaultLimit is how many documents a feed has unless the settings say
// otherwise.
const defaultLimit = 10

// Source is a site as templates see it.
type Source struct {
	Site liquid.Drop
	// Jekyll is the version of Jekyll that is told.
	Jekyll string
	// Stylesheet is true where the site has a file feed.xslt.xml.
	Stylesheet bool
	// Absolute is the filter absolute_url, Smartify is smartify and Date
	// date_to_xmlschema.
	Absolute, Smartify func(text string) string
	Date               func(v any) string
}

// Feed reads a channel's feed.
func (s Source) Feed(c Channel) Feed {
	f := Feed{
		Jekyll: s.Jekyll, URL: s.Absolute(c.URL()), Home: s.Absolute("/"), Lang: text(liquid.Dig(s.Site, "lang")),
		Updated: s.Date(liquid.Dig(s.Site, "time")),
	}
	if title, ok := c.Title(filled(liquid.Dig(s.Site, "title"), liquid.Dig(s.Site, "name"))); ok {
		title = s.Smartify(title)
		f.Title = &title
	}
	if v := liquid.Dig(s.Site, "description"); liquid.Truthy(v) {
		subtitle := text(v)
		f.Subtitle = &subtitle
	}
	if author := liquid.Dig(s.Site, "author"); liquid.Truthy(author) {
		f.Author = &Person{Name: text(filled(liquid.Dig(author, "name"), author)), Email: text(liquid.Dig(author, "email")), URI: text(liquid.Dig(author, "uri"))}
	}
	if s.Stylesheet {
		f.Stylesheet = s.Absolute("/feed.xslt.xml")
	}
	for _, doc := range s.documents(c) {
		f.Entries = append(f.Entries, s.entry(doc))
	}
	return f
}

// documents are those of a channel, newest first.
func (s Source) documents(c Channel) []any {
	all := list(liquid.Dig(s.Site, c.Collection))
	if c.Tag != "" {
		all = list(liquid.Dig(s.Site, "tags", c.Tag))
	}
	drafts := liquid.Truthy(liquid.Dig(s.Site, "show_drafts"))
	var kept []any
	for _, doc := range all {
		if c.Category != "" && !has(list(liquid.Dig(doc, "categories")), c.Category) || !drafts && liquid.Dig(doc, "draft") == true {
			continue
		}
		kept = append(kept, doc)
	}
	sort.SliceStable(kept, func(i, j int) bool { return when(kept[i]).Before(when(kept[j])) })
	for i, j := 0, len(kept)-1; i < j; i, j = i+1, j-1 {
		kept[i], kept[j] = kept[j], kept[i]
	}
	limit := int64(defaultLimit)
	if v := filled(liquid.Dig(s.Site, "feed", "posts_limit")); v != nil {
		if n, err := liquid.Integer(v); err == nil {
			limit = n
		}
	}
	return kept[:max(0, min(limit, int64(len(kept))))]
}

// when is a document's date.
func when(doc any) time.Time {
	switch t := liquid.Dig(doc, "date").(type) {
	case time.Time:
		return t
	case rubytime.Date:
		return t.Time
	}
	return time.Time{}
}

func (s Source) entry(doc any) Entry {
	e := Entry{
		Lang:      text(liquid.Dig(doc, "lang")),
		Title:     plaintext.OneLine(liquid.StripHTML(s.Smartify(text(liquid.Dig(doc, "title"))))),
		URL:       s.Absolute(text(liquid.Dig(doc, "url"))),
		ID:        s.Absolute(text(liquid.Dig(doc, "id"))),
		Published: s.Date(liquid.Dig(doc, "date")),
		Updated:   s.Date(filled(liquid.Dig(doc, "last_modified_at"), liquid.Dig(doc, "date"))),
		Author:    s.author(doc),
	}
	if !liquid.Truthy(filled(liquid.Dig(doc, "feed", "excerpt_only"), liquid.Dig(s.Site, "feed", "excerpt_only"))) {
		content := plaintext.Trim(text(liquid.Dig(doc, "content")))
		e.Content = &content
	}
	if category := liquid.Dig(doc, "category"); liquid.Truthy(category) {
		e.Categories = append(e.Categories, text(category))
	} else {
		for _, c := range list(liquid.Dig(doc, "categories")) {
			e.Categories = append(e.Categories, text(c))
		}
	}
	for _, tag := range list(liquid.Dig(doc, "tags")) {
		e.Categories = append(e.Categories, text(tag))
	}
	if html := text(filled(liquid.Dig(doc, "description"), liquid.Dig(doc, "excerpt"))); html != "" {
		summary := plaintext.OneLine(liquid.StripHTML(html))
		e.Summary = &summary
	}
	if image := filled(liquid.Dig(doc, "image", "path"), liquid.Dig(doc, "image")); image != nil {
		if e.Image = text(image); !strings.Contains(e.Image, "://") {
			e.Image = s.Absolute(e.Image)
		}
	}
	return e
}

// author is who wrote a document: whom it names, the first of those, or the
// site's author; _data/authors may say more of them.
func (s Source) author(doc any) Person {
	var author any
	if all := list(liquid.Dig(doc, "authors")); len(all) > 0 {
		author = all[0]
	}
	author = filled(liquid.Dig(doc, "author"), author, liquid.Dig(s.Site, "author"))
	if name, ok := author.(string); ok {
		author = filled(liquid.Dig(s.Site, "data", "authors", name), author)
	}
	return Person{
		Name:  text(filled(liquid.Dig(author, "name"), author)),
		Email: text(filled(liquid.Dig(author, "email"))),
		URI:   text(filled(liquid.Dig(author, "uri"))),
	}
}

// filled is the first value that is not empty, as the filter default has it:
// nil, false, "" and lists and maps without anything are. The last value is
// taken as it is.
func filled(values ...any) any {
	for i, v := range values {
		if i == len(values)-1 && i > 0 {
			return v
		}
		switch in := v.(type) {
		case nil:
		case bool:
			if in {
				return v
			}
		case string:
			if in != "" {
				return v
			}
		case []any:
			if len(in) > 0 {
				return v
			}
		case *ordered.Map:
			if in.Len() > 0 {
				return v
			}
		default:
			return v
		}
	}
	return nil
}

// first is the first value that is neither nil nor false.
func first(values ...any) any {
	for _, v := range values {
		if liquid.Truthy(v) {
			return v
		}
	}
	return nil
}

// list is a value as a list.
func list(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case nil, bool, *ordered.Map:
		return nil
	}
	return []any{v}
}

func has(list []any, name string) bool {
	for _, v := range list {
		if text(v) == name {
			return true
		}
	}
	return false
}

func text(v any) string {
	switch v.(type) {
	case []any, *ordered.Map:
		return liquid.Inspect(v)
	}
	return liquid.Text(v)
}
