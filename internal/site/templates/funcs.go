package templates

import (
	"errors"
	"fmt"
	"html"
	"html/template"
	"reflect"
	"strings"
	"time"

	"galley/internal/post"
	"galley/internal/site/config"
	"galley/internal/site/plaintext"
)

// maxText is how long a text a template's function may make.
const maxText = 1 << 20

var errText = errors.New("a text grew larger than 1 MB")

// signatures are the functions that templates may use, with their types; the
// checker reads them. docs/templates.md documents each.
var signatures = map[string]any{
	"relative": func(string) string { return "" },
	"absolute": func(string) string { return "" },
	"date":     formatDate,
	"rfc3339":  rfc3339,
	"limit":    limitList,
	"slugify":  post.Slugify,
	"plain":    plainHTML,
	"truncate": truncate,
	"article":  func(*PageView) map[string]any { return nil },
	"print":    boundedPrint,
	"println":  boundedPrintln,
	"printf":   boundedPrintf,
	"js":       func(...any) (string, error) { return "", nil },
	"html":     func(...any) (string, error) { return "", nil },
	"urlquery": func(...any) (string, error) { return "", nil },
}

// funcs are the functions with this site's addresses in them. All are pure.
func funcs(c config.Config) template.FuncMap {
	return template.FuncMap{
		"relative": c.Relative,
		"absolute": c.Absolute,
		"date":     formatDate,
		"rfc3339":  rfc3339,
		"limit":    limitList,
		"slugify":  post.Slugify,
		"plain":    plainHTML,
		"truncate": truncate,
		"article":  func(p *PageView) map[string]any { return article(c, p) },
		// The language's own functions that make texts, with a limit.
		"print":    boundedPrint,
		"println":  boundedPrintln,
		"printf":   boundedPrintf,
		"js":       func(args ...any) (string, error) { return bounded(template.JSEscaper(args...)) },
		"html":     func(args ...any) (string, error) { return bounded(html.EscapeString(fmt.Sprint(args...))) },
		"urlquery": func(args ...any) (string, error) { return bounded(template.URLQueryEscaper(args...)) },
	}
}

// formatDate writes a date by the example of Go's reference time, as in
// {{date "January 2, 2006" .Page.Date}}. No date gives nothing.
func formatDate(layout string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(layout)
}

// rfc3339 writes a date as machines like it.
func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// limitList gives the first elements of a list.
func limitList(n int, list any) (any, error) {
	v := reflect.ValueOf(list)
	if !v.IsValid() {
		return nil, nil
	}
	if v.Kind() != reflect.Slice {
		return nil, fmt.Errorf("limit wants a list, not a %s", v.Kind())
	}
	return v.Slice(0, max(0, min(n, v.Len()))).Interface(), nil
}

// plainHTML takes the markup out of HTML.
func plainHTML(markup template.HTML) string { return plaintext.Words(string(markup)) }

// truncate cuts a text at a word, after at most n characters.
func truncate(n int, text string) string { return plaintext.Shorten(text, max(n, 0)) }

func bounded(s string) (string, error) {
	if len(s) > maxText {
		return "", errText
	}
	return s, nil
}

func boundedPrint(args ...any) (string, error)   { return bounded(fmt.Sprint(args...)) }
func boundedPrintln(args ...any) (string, error) { return bounded(fmt.Sprintln(args...)) }

func boundedPrintf(format string, args ...any) (string, error) {
	if strings.Count(format, "*") > 8 {
		return "", errText
	}
	return bounded(fmt.Sprintf(format, args...))
}

// article describes a page to machines, as schema.org has it. It is printed
// inside <script type="application/ld+json">, where html/template writes it
// as JSON that cannot end the script.
func article(c config.Config, p *PageView) map[string]any {
	kind := "WebPage"
	if p.IsPost {
		kind = "BlogPosting"
	}
	m := map[string]any{
		"@context": "https://schema.org",
		"@type":    kind,
		"headline": p.Title,
		"url":      p.Permalink,
	}
	set := func(key string, value any, is bool) {
		if is {
			m[key] = value
		}
	}
	set("description", p.Description, p.Description != "")
	set("image", p.Image, p.Image != "")
	set("datePublished", rfc3339(p.Date), p.HasDate())
	set("dateModified", rfc3339(p.Modified), p.HasDate())
	set("author", map[string]any{"@type": "Person", "name": p.Author}, p.Author != "")
	set("publisher", map[string]any{"@type": "Organization", "name": c.Title}, p.IsPost)
	set("mainEntityOfPage", map[string]any{"@type": "WebPage", "@id": p.Permalink}, p.IsPost)
	return m
}
