package render

import (
	"bytes"

	"galley/internal/liquid"
	"galley/internal/site/document"
	"galley/internal/site/drop"
	"galley/internal/site/excerpt"
	"galley/internal/site/plaintext"
)

// summaryLength is how many characters of a post describe it.
const summaryLength = 200

// Excerpt is the beginning of a post, rendered.
func (r *Renderer) Excerpt(e *document.Entry) string {
	return r.once(&e.Excerpt, func(r *Renderer) string {
		body, _ := r.bodyOf(e)
		head, _ := excerpt.Cut(string(document.WithoutBlankLines(body)), r.Separator(e), isBlock)
		if r.Separator(e) == "" {
			return ""
		}
		if e.Data.Value("render_with_liquid") != false && liquid.Has(head) {
			v := drop.New(r.Reader, r, e)
			v.Excerpt = true
			head, _, _ = r.expandAs(v, e, head)
		}
		if r.Config.IsMarkdown(e.Path) {
			head = string(r.Markdown.Render([]byte(head)).HTML())
		}
		return head
	})
}

// isBlock says whether a Liquid tag has an end.
func isBlock(tag string) bool {
	switch tag {
	case "if", "unless", "case", "for", "tablerow", "capture", "comment", "raw", "ifchanged", "highlight":
		return true
	}
	return false
}

// summary describes a post in plain words: its first paragraph, without
// markup, cut at a word. A whole site asks for each several times: the page
// itself, the archive, the sitemap.
func (r *Renderer) summary(e *document.Entry) string {
	return r.once(&e.Summary, func(r *Renderer) string {
		if v, ok := e.Meta["excerpt"].(string); ok {
			return plaintext.Shorten(plaintext.Words(string(r.Markdown.Render([]byte(v)).HTML())), summaryLength)
		}
		words, _ := r.firstWords(e.Post.Source[e.Post.Body:])
		return words
	})
}

// firstWords is what summary makes of a body, and how many of the body's
// bytes decide it; more than there are when its end does.
func (r *Renderer) firstWords(all []byte) (words string, used int) {
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
		if text := plaintext.Words(string(r.Markdown.Render(paragraph).HTML())); text != "" {
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
