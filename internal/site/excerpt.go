package site

import (
	"bytes"
	"time"

	"galley/internal/rubytime"
	"galley/internal/site/excerpt"
	"galley/internal/site/plaintext"
	"galley/internal/site/value"
)

// summaryLength is how many characters of a post describe it.
const summaryLength = 200

// excerptLines is how much of a body is looked at for how its lines end.
const excerptLines = 4096 // bytes

// excerptSource is the beginning of a post's text, up to the separator that
// the front matter or the settings name, as Jekyll cuts it.
func (s *Site) excerptSource(e *entry) []byte {
	if v, ok := e.meta["excerpt"].(string); ok {
		return []byte(v)
	}
	separator := value.Text(e.meta["excerpt_separator"])
	if separator == "" {
		separator = s.config.ExcerptSeparator
	}
	body, _ := s.bodyOf(e)
	body = bytes.TrimLeft(body, "\r\n")
	if bytes.Contains(body[:min(len(body), excerptLines)], []byte("\r\n")) && separator == "\n\n" {
		separator = "\r\n\r\n"
	}
	head, _, _ := bytes.Cut(body, []byte(separator))
	return head
}

// excerpt is the beginning of a post, rendered.
func (s *Site) excerpt(e *entry) string {
	e.excerptOnce.Do(func() {
		body, _ := s.bodyOf(e)
		head, _ := excerpt.Cut(string(withoutBlankLines(body)), s.separator(e), s.templateFiles().isBlock)
		if s.separator(e) == "" {
			return
		}
		if e.data.Value("render_with_liquid") != false && hasLiquid(head) {
			v := s.newSight(e)
			v.excerpt = true
			head, _, _ = s.expandAs(v, e, &excerptDrop{entryDrop{e, v}}, head)
		}
		if s.isMarkdown(e.path) {
			head = string(s.markdown.Render([]byte(head)).HTML())
		}
		e.excerptText = head
	})
	return e.excerptText
}

// separator is what ends an entry's excerpt.
func (s *Site) separator(e *entry) string {
	if v := e.data.Value("excerpt_separator"); value.Truthy(v) {
		return value.Text(v)
	}
	return s.config.ExcerptSeparator
}

// isBlock says whether a Liquid tag has an end.
func (t *templateFiles) isBlock(tag string) bool {
	switch tag {
	case "if", "unless", "case", "for", "tablerow", "capture", "comment", "raw", "ifchanged", "highlight":
		return true
	}
	return false
}

// excerptDrop is `page` in an excerpt.
type excerptDrop struct{ entryDrop }

// Get implements liquid.Drop.
func (d *excerptDrop) Get(key string) (any, bool) {
	switch key {
	case "excerpt":
		return nil, true
	case "id":
		return d.entry.id() + "#excerpt", true
	case "path", "relative_path":
		return d.entry.relative(d.sight.site.config) + "/#excerpt", true
	}
	return d.entryDrop.Get(key)
}

// summary describes a post in plain words: its first paragraph, without
// markup, cut at a word. A whole site asks for each several times: the page
// itself, the archive, the sitemap.
func (s *Site) summary(e *entry) string {
	e.summaryOnce.Do(func() {
		if v, ok := e.meta["excerpt"].(string); ok {
			e.summary = plaintext.Shorten(plaintext.Words(string(s.markdown.Render([]byte(v)).HTML())), summaryLength)
		} else {
			e.summary, _ = s.firstWords(e.post.Source[e.post.Body:])
		}
	})
	return e.summary
}

// firstWords is what summary makes of a body, and how many of the body's
// bytes decide it; more than there are when its end does.
func (s *Site) firstWords(all []byte) (words string, used int) {
	body := all
	for range 12 { // headings, pictures and rules say nothing by themselves
		body = bytes.TrimLeft(body, "\r\n \t")
		if len(body) == 0 {
			return "", len(all) + 1
		}
		paragraph, rest := firstParagraph(body)
		if body = rest; rest == nil {
			used = len(all) + 1
		} else {
			used = len(all) - len(rest) + 1 // the blank line's end
		}
		if bytes.HasPrefix(paragraph, []byte("#")) {
			continue
		}
		if len(paragraph) > 4096 {
			paragraph = paragraph[:4096]
		}
		if text := plaintext.Words(string(s.markdown.Render(paragraph).HTML())); text != "" {
			return plaintext.Shorten(text, summaryLength), used
		}
	}
	return "", used
}

// firstParagraph cuts a text at its first blank line.
func firstParagraph(body []byte) (paragraph, rest []byte) {
	for at := 0; at < len(body); {
		end := bytes.IndexByte(body[at:], '\n')
		if end < 0 {
			return body, nil
		}
		if len(bytes.TrimSpace(body[at:at+end])) == 0 {
			return body[:at], body[at+end:]
		}
		at += end + 1
	}
	return body, nil
}

// parseDate reads a date out of front matter as Jekyll does, in the site's zone.
func (s *Site) parseDate(v any) (time.Time, bool) {
	switch v := v.(type) {
	case nil:
		return time.Time{}, false
	case time.Time:
		return v.In(s.config.Location), true
	case rubytime.Date:
		return s.parseDate(v.String())
	}
	t, err := rubytime.Parse(value.Text(v), s.config.Location, s.now())
	return t.In(s.config.Location), err == nil
}
