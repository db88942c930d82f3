// Package post reads a post's file: its front matter, its body and its name.
//
// A post is a Markdown file that begins with front matter, YAML between two
// lines of three dashes, as Jekyll defines it
// (https://jekyllrb.com/docs/front-matter/), read as the package yaml says:
//
//	---
//	layout: post
//	title: Week Ending August 16, 2026
//	date: 2026-08-19 22:00:00 -0000
//	slug: 2026-08-16-update
//	---
//
//	The body, in Markdown.
//
// The keys that Galley itself looks at:
//
//	title       text; the page's heading
//	date        when it was or will be published, see ParseDate
//	layout      the template that renders it, without its ending
//	slug        the last part of its address, where the permalink uses it
//	permalink   the whole address, instead of the site's pattern
//	published   false keeps the post out of the built site
//	tags, categories, redirect_from, aliases   text or a list of texts
//
// Any other key is the template's.
//
// A post is never changed by reading it. SetKey changes one key of the front
// matter, and no byte besides: comments, order, quoting and line endings stay.
package post

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"galley/internal/bigint"
	"galley/internal/diag"
	"galley/internal/ordered"
	"galley/internal/rubytime"
	"galley/internal/yaml"
)

// Post is a post's file, taken apart.
type Post struct {
	// Source is the whole file.
	Source []byte
	// HasFrontMatter is whether the file begins with front matter that ends.
	HasFrontMatter bool
	// FrontMatter is the YAML between the two fences; empty without any.
	FrontMatter diag.Range
	// Body is the byte at which the body begins: after the closing fence's
	// line, or after the byte order mark where there is no front matter.
	Body int
	// Meta is what the front matter says, nested maps as map[string]any.
	// Empty, never nil, when there is none or when it is broken. Dates are
	// the texts that they are written as: ParseDate reads them. See Data for
	// the keys' order and the values' types.
	Meta map[string]any
	// Keys are the front matter's top-level keys, in their order.
	Keys []Key
	// Diagnostics are the front matter's problems.
	Diagnostics []diag.Diagnostic

	document *yaml.Document
}

// Key is a top-level key of the front matter.
type Key struct {
	Name string
	// Range is the key with its value, from the start of its line to the end
	// of its last line, line ending included.
	Range diag.Range
	// Value is the value, without white space around it and without a comment
	// behind it. Empty, behind the colon, when there is none.
	Value diag.Range
}

// Parse takes a post's file apart. It never fails: what is wrong is in the
// diagnostics, and the body is there all the same. The post keeps src, which
// must not change afterwards.
func Parse(src []byte) Post {
	p := Post{Source: src, Meta: map[string]any{}}
	split := splitFrontMatter(src)
	p.Body = split.body
	p.Diagnostics = split.diagnostics
	if !split.found {
		return p
	}
	p.HasFrontMatter = true
	p.FrontMatter = split.yaml
	text := src[split.yaml.Start:split.yaml.End]
	p.Keys = scanKeys(text, split.yaml.Start)
	document, problem := decode(text)
	if problem != nil {
		p.Diagnostics = append(p.Diagnostics, problem.diagnostic(src, split.yaml))
		return p
	}
	p.document = document
	p.Meta = metaOf(document)
	p.Diagnostics = append(p.Diagnostics, p.checkKeys()...)
	return p
}

// metaOf is a document's map with dates as texts.
func metaOf(document *yaml.Document) map[string]any {
	m, _ := document.Value(nil).(*ordered.Map)
	return m.Plain()
}

// Data is what the front matter says, as Jekyll reads it: keys in their order,
// values of the types that the package yaml lists. Times that say no zone are
// shown in place. It is made anew by each call; nil, which is empty, when there
// is no front matter or when it is broken.
func (p Post) Data(place *time.Location) *ordered.Map {
	if p.document == nil {
		return nil
	}
	m, _ := p.document.Value(place).(*ordered.Map)
	return m
}

// BodyText is the body, a part of Source.
func (p Post) BodyText() []byte { return p.Source[p.Body:] }

// Text is a key's value as text, as Jekyll would print it: empty when there is
// none, or when it is a list or a map.
func (p Post) Text(key string) string { return asText(p.Meta[key]) }

func asText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool, int, int64, bigint.Int, rubytime.Date:
		return fmt.Sprint(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.Format("2006-01-02 15:04:05 -0700")
	}
	return ""
}

// List is a key's value as a list of texts. A text is split at white space, as
// Jekyll does with tags and categories.
func (p Post) List(key string) []string {
	list, ok := p.Meta[key].([]any)
	if !ok {
		return strings.Fields(p.Text(key))
	}
	var texts []string
	for _, value := range list {
		if t := asText(value); t != "" {
			texts = append(texts, t)
		}
	}
	return texts
}

// KeyRange is where a key's value stands, for a diagnostic. For a key that is
// not there it is the start of the front matter.
func (p Post) KeyRange(key string) diag.Range {
	if k, ok := p.key(key); ok {
		if k.Value.Start == k.Value.End {
			return diag.Range{Start: k.Range.Start, End: k.Value.End}
		}
		return k.Value
	}
	return diag.Range{Start: p.FrontMatter.Start, End: p.FrontMatter.Start}
}

// key finds a key. Where there are two of one name the last one counts, as it
// does for YAML's readers.
func (p Post) key(name string) (Key, bool) {
	for i := len(p.Keys) - 1; i >= 0; i-- {
		if p.Keys[i].Name == name {
			return p.Keys[i], true
		}
	}
	return Key{}, false
}
