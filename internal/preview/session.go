package preview

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"galley/internal/diag"
	"galley/internal/lint"
	"galley/internal/post"
	"galley/internal/site"
)

// Options are what a session is given by whoever runs it.
type Options struct {
	// BuiltIn holds Galley's own templates.
	BuiltIn fs.FS
	// Clock tells the time; it decides which dates lie in the future.
	Clock func() time.Time
}

// Bundle is what a site's posts are rendered with: the answer of the server's
// /api/bundle.
type Bundle struct {
	// Version changes when any file does.
	Version string `json:"version"`
	// Files are the configuration, templates and data, by path.
	Files map[string]string `json:"files"`
}

// Session is one post being written, on one site. It is not safe for
// concurrent use: the worker that it runs in does one thing at a time.
type Session struct {
	options Options
	lexers  lexers
	site    *site.Site
	path    string
	text    []byte
	page    site.Page // as last sent
	sent    bool      // whether page is what the frame shows
}

// New returns a session without a site.
func New(o Options) *Session {
	return &Session{options: o, lexers: lexers{}}
}

// SiteAnswer is what Site found.
type SiteAnswer struct {
	OK          bool         `json:"ok"`
	Diagnostics []Diagnostic `json:"diagnostics"`
	Error       string       `json:"error,omitempty"`
}

// Site takes the site's configuration and templates. A post that is open is
// rendered with them at its next edit. When they cannot be used the session
// keeps the ones that it had.
func (s *Session) Site(b Bundle) SiteAnswer {
	loaded, found, err := site.Load(site.FromBundle(b.Files), site.Options{
		Now: s.options.Clock(), Lexers: s.lexers.find, BuiltIn: s.options.BuiltIn,
	})
	answer := SiteAnswer{OK: err == nil, Diagnostics: diagnostics(diag.NewIndex(nil), found)}
	if err != nil {
		answer.Error = fmt.Sprintf("The site's configuration or templates cannot be used: %v.", err)
		return answer
	}
	s.site = loaded
	s.sent = false
	return answer
}

// Open takes a post's text, and answers with the whole page.
func (s *Session) Open(path, text string) Answer {
	s.path, s.text, s.sent = path, []byte(text), false
	return s.render(0)
}

// Edit changes the text, and answers with what changed in the page. Changes
// are against the text before the edit, ascending, and do not overlap.
func (s *Session) Edit(seq int, changes []Change) (Answer, error) {
	text, err := apply(s.text, changes)
	if err != nil {
		return Answer{}, err
	}
	s.text = text
	return s.render(seq), nil
}

// SetKey finds the change that sets one key of the front matter. The text
// itself stays: the change comes back through Edit, out of the editor's hands.
func (s *Session) SetKey(key, value string) (Change, error) {
	e, err := post.KeyEdit(s.text, key, value)
	if errors.Is(err, post.ErrKeyTooComplex) {
		return Change{}, fmt.Errorf("“%s” cannot be set from here without touching other lines. Change it in the text", key)
	} else if err != nil {
		return Change{}, err
	}
	index := diag.NewIndex(s.text)
	return Change{Span{index.UTF16(e.Range.Start), index.UTF16(e.Range.End)}, e.Text}, nil
}

// AddLexer takes a language's definition, as the server's /api/lexer gives it.
func (s *Session) AddLexer(name, definition string) error {
	if err := s.lexers.add(name, definition); err != nil {
		return fmt.Errorf("code in %s stays without colours: %w", name, err)
	}
	s.sent = s.sent && !slices.Contains(s.page.Document.Languages, name)
	return nil
}

// render makes the page and the answer for the present text.
func (s *Session) render(seq int) Answer {
	if s.site == nil {
		return Answer{Seq: seq, Error: "The site's templates are not here yet."}
	}
	page := s.site.RenderPost(s.path, s.text)
	page.Diagnostics = append(page.Diagnostics, lint.Check(post.Parse(s.text))...)
	a := describe(diag.NewIndex(s.text), s.text, page, s.lexers.known)
	a.Seq = seq
	if s.sent {
		a.Patch = patch(s.page, page)
	} else {
		a.Patch = wholePage(page)
	}
	s.page, s.sent = page, true
	return a
}

// apply makes a new text; the old one stays as it is, since pages refer to it.
func apply(text []byte, changes []Change) ([]byte, error) {
	index := diag.NewIndex(text)
	grown := 0
	for _, c := range changes {
		grown += len(c.Insert)
	}
	out := make([]byte, 0, len(text)+grown)
	at, last := 0, 0
	for _, c := range changes {
		if c.From < last || c.To < c.From {
			return nil, fmt.Errorf("the editor sent changes out of order (%d after %d)", c.From, last)
		}
		last = c.To
		out = append(out, text[at:index.Byte(c.From)]...)
		out = append(out, c.Insert...)
		at = index.Byte(c.To)
	}
	return append(out, text[at:]...), nil
}
