package server

import (
	"net/http"

	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/site"
)

// pageParts is a page as it is checked: its blocks, each with its place in the
// text, and the page around them.
type pageParts struct {
	// Before and After are the HTML around the blocks; Before is the whole page
	// where they cannot be told from what is around them.
	Before string      `json:"before"`
	After  string      `json:"after"`
	Blocks []pageBlock `json:"blocks"`
	// From is where the text's body begins, in UTF-16 units.
	From int `json:"from"`
}

// pageBlock is a block of a page. Where it does not come from the text as it is,
// since templates in that were carried out first, its place is the whole body.
type pageBlock struct {
	HTML string `json:"html"`
	From int    `json:"from"`
	To   int    `json:"to"`
}

// pageParts answers POST /api/page: the page that a text makes, in parts. The
// browser has them, too, while a page can be patched block by block; a page that is
// checked is wanted in parts whatever it has in it.
func (s *Server) pageParts(r *http.Request) (any, error) {
	m, _, at, err := s.typedAt(r)
	if err != nil {
		return nil, err
	}
	src := []byte(m.Text)
	var page site.Page
	if err := s.renders.run(r.Context(), &at.ending, func() { page = at.site.RenderPost(m.Path, src) }); err != nil {
		return nil, err
	}
	index := diag.NewIndex(src)
	body := post.Parse(src).Body
	parts := pageParts{Before: string(page.HTML), Blocks: []pageBlock{}, From: index.UTF16(body)}
	if page.ContentStart < 0 {
		return parts, nil
	}
	parts.Before, parts.After = string(page.HTML[:page.ContentStart]), string(page.HTML[page.ContentEnd:])
	for _, b := range page.Document.Blocks {
		from, to := body, len(src)
		if page.BodyStart >= 0 {
			from, to = page.BodyStart+b.Start, page.BodyStart+b.End
		}
		parts.Blocks = append(parts.Blocks, pageBlock{string(b.HTML), index.UTF16(from), index.UTF16(to)})
	}
	return parts, nil
}
