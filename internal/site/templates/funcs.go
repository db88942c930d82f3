package templates

import (
	"errors"
	"fmt"
	"html"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"time"

	"galley/internal/post"
	"galley/internal/site/config"
	"galley/internal/site/plaintext"
)

// maxText is how long a text a template's function may make.
const maxText = 1 << 20

// maxMade is how long a text may look to get before it is made, in bytes: of a long one a
// function may take a part.
const maxMade = 8 * maxText

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
	"print":    func(...any) (string, error) { return "", nil },
	"println":  func(...any) (string, error) { return "", nil },
	"printf":   func(string, ...any) (string, error) { return "", nil },
	"js":       func(...any) (string, error) { return "", nil },
	"html":     func(...any) (string, error) { return "", nil },
	"urlquery": func(...any) (string, error) { return "", nil },
}

// funcs are the functions with this site's addresses in them. All are pure, and of those
// that can take long none does any more where stop returns an error: a template can call
// thousands before it writes anything.
func funcs(c config.Config, stop func() error) template.FuncMap {
	ask := func() error {
		if stop == nil {
			return nil
		}
		return stop()
	}
	text := func(made func(args ...any) string) func(args ...any) (string, error) {
		return func(args ...any) (string, error) {
			if err := ask(); err != nil {
				return "", err
			}
			if size(args) > maxMade {
				return "", errText
			}
			return bounded(made(args...))
		}
	}
	return template.FuncMap{
		"relative": c.Relative,
		"absolute": c.Absolute,
		"date":     formatDate,
		"rfc3339":  rfc3339,
		"limit":    limitList,
		"slugify":  func(s string) (string, error) { return post.Slugify(s), ask() },
		"plain":    func(s template.HTML) (string, error) { return plainHTML(s), ask() },
		"truncate": func(n int, s string) (string, error) { return truncate(n, s), ask() },
		"article":  func(p *PageView) map[string]any { return article(c, p) },
		// The language's own functions that make texts, with a limit.
		"print":   text(fmt.Sprint),
		"println": text(fmt.Sprintln),
		"printf": func(format string, args ...any) (string, error) {
			if sizeOf(format, args) > maxMade {
				return "", errText
			}
			return text(func(args ...any) string { return fmt.Sprintf(format, args...) })(args...)
		},
		"js":       text(template.JSEscaper),
		"html":     text(func(args ...any) string { return html.EscapeString(fmt.Sprint(args...)) }),
		"urlquery": text(template.URLQueryEscaper),
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

// size is about how long a text is of all these values, in bytes; it is not gone on with
// beyond maxMade.
func size(args []any) int {
	sum := 0
	for _, a := range args {
		if v := reflect.ValueOf(a); v.Kind() == reflect.String {
			sum += v.Len()
		} else {
			sum += len(fmt.Sprint(a))
		}
		if sum > maxMade {
			break
		}
	}
	return sum
}

// sizeOf is about how long a text of a format for printf can get: its widths and
// precisions are as long as they say, and with indices, as in %[1]s, each of its verbs can
// have all values.
func sizeOf(format string, args []any) int {
	sum := len(format)
	for _, verb := range strings.Split(format, "%")[1:] {
		flags := verb[:len(verb)-len(strings.TrimLeft(verb, "+-# 0123456789.*[]"))]
		for _, number := range strings.FieldsFunc(flags, func(r rune) bool { return r < '0' || r > '9' }) {
			n, err := strconv.Atoi(number)
			if err != nil || n > maxMade {
				n = maxMade
			}
			sum += n
		}
		sum += strings.Count(flags, "*") * maxMade / 8 // fmt takes up to a million
	}
	if strings.Contains(format, "[") {
		return sum + strings.Count(format, "%")*size(args)
	}
	return sum + size(args)
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
