package render

import (
	"bytes"

	"galley/internal/post"
	"galley/internal/site/document"
)

// Lead is how many bytes of the beginning of a post's body decide the page
// around its content, by the description that is made of them and, where it
// shows one, the excerpt. A change behind them leaves Shell's answer as it is,
// unless it changes the headings, and Shell needs no more of the body. The
// post's Source may end within the body; ok is false when it then ends too
// early, or when all of the body counts: definitions says whether it may have
// any of links, which an excerpt takes along from wherever they stand.
func (r *Renderer) Lead(path string, p post.Post, excerpt, definitions bool) (n int, ok bool) {
	e := r.Entry(path, p)
	body := p.Source[p.Body:]
	_, n = r.firstWords(body)
	if excerpt {
		n = max(n, leadOfExcerpt(body, r.Separator(e), definitions))
	}
	if _, ok := r.HeadingsOf(e); ok {
		n = max(n, leadLines(body))
	}
	return n, n <= len(body)
}

// leadOfExcerpt is how much of a body decides its excerpt; more than there is
// when all of it does.
func leadOfExcerpt(body []byte, separator string, definitions bool) int {
	if separator == "" {
		return 0
	}
	all := len(body) + 1
	text := document.WithoutBlankLines(body)
	line := bytes.IndexByte(text, '\n') // decides whether it is blank itself
	head, _, found := bytes.Cut(text, []byte(separator))
	if !found || line < 0 || definitions && bytes.IndexByte(head, '[') >= 0 {
		return all
	}
	// Whether anything follows counts, too.
	return len(body) - len(text) + max(line, len(head)+len(separator)) + 1
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
