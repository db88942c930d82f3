package render

import (
	"bytes"

	"galley/internal/post"
	"galley/internal/site/value"
)

// Lead is how many bytes of the beginning of a post's body decide the page
// around its content, by the description and excerpt that are made of them. A
// change behind them leaves Shell's answer as it is, unless it changes the
// headings, and Shell needs no more of the body. The post's Source may end
// within the body; ok is false when it then ends too early, or when all of the
// body counts. returns says whether the body has carriage returns.
func (r *Renderer) Lead(path string, p post.Post, returns bool) (n int, ok bool) {
	e := r.Entry(path, p)
	body := p.Source[p.Body:]
	_, n = r.firstWords(body)
	if _, given := e.Meta["excerpt"].(string); !given {
		begins := len(body) - len(bytes.TrimLeft(body, "\r\n"))
		end := begins + len(r.excerptSource(e))
		if end >= len(body) {
			return len(body) + 1, false
		}
		n = max(n, end+max(len("\r\n\r\n"), len(r.Config.ExcerptSeparator), len(value.Text(e.Meta["excerpt_separator"]))))
		if returns {
			n = max(n, begins+excerptLines)
		}
	}
	if _, ok := r.HeadingsOf(e); ok {
		n = max(n, leadLines(body))
	}
	return n, n <= len(body)
}

// Follows tells whether a page's blocks come from its body as it stands, so
// that they can be rendered apart from the page; liquid says whether there are
// Liquid tags in the body, "{{" or "{%".
func (r *Renderer) Follows(path string, p post.Post, liquid bool) bool {
	if !r.Config.IsMarkdown(path) {
		return false
	}
	e := r.Entry(path, p)
	if e.Made != nil || e.StripTitle || r.adorns(e) || r.ResolvesLinks(e) {
		return false
	}
	return !liquid || e.Meta["render_with_liquid"] == false
}

// leadLines is where the second line with words in it ends: a title is one of
// the two.
func leadLines(body []byte) int {
	at := len(body) - len(bytes.TrimLeft(body, " \t\r\n"))
	for range 2 {
		end := bytes.IndexByte(body[at:], '\n')
		if end < 0 {
			return len(body) + 1
		}
		at += end + 1
	}
	return at
}
