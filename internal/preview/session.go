package preview

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"galley/internal/diag"
	"galley/internal/post"
	"galley/internal/site"
)

// Options are what a session is given by whoever runs it.
type Options struct {
	// BuiltIn holds Galley's own templates.
	BuiltIn fs.FS
	// Clock tells the time; it decides which dates lie in the future.
	Clock func() time.Time
	// Stop ends the session soon once it returns an error; what it answers
	// then is of no use. Nil never does.
	Stop func() error
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
	options    Options
	lexers     *lexers
	bundle     Bundle // what site was made of
	site       *site.Site
	seq        int
	view       *view // of the post that is open; nil before the first
	sent       bool  // whether the frame shows what view says
	stale      bool  // whether a lexer came that the post uses
	uncoloured bool  // whether one came that the page shows code of beside the post's
}

// New returns a session without a site.
func New(o Options) *Session {
	return &Session{options: o, lexers: newLexers()}
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
		Now: s.options.Clock(), Lexers: s.lexers.find, BuiltIn: s.options.BuiltIn, Stop: s.options.Stop,
	})
	answer := SiteAnswer{OK: err == nil, Diagnostics: Diagnostics(diag.NewIndex(nil), found)}
	if err != nil {
		answer.Error = fmt.Sprintf("The site's configuration or templates cannot be used: %v.", err)
		return answer
	}
	s.site, s.bundle = loaded, b
	s.sent, s.uncoloured = false, false
	return answer
}

// Open takes a post's text, and answers with the whole page.
func (s *Session) Open(path, text string) Answer {
	s.view, s.sent, s.seq = newView(path, []byte(text)), false, 0
	if s.site == nil {
		return Answer{Error: noSite}
	}
	p := s.update(edit{})
	a := s.describe()
	a.Patch = p
	return a
}

// Edit changes the text, and answers with what changed in the page. Changes
// are against the text before the edit, ascending, and do not overlap. Its
// answer, and the work for it, follow the edit's size alone; the rest is told
// by Describe.
//
// An edit without changes brings the page up to date after a lexer or a site
// came.
func (s *Session) Edit(seq int, changes []Change) (EditAnswer, error) {
	e, err := s.edit(seq, changes)
	if err != nil {
		return EditAnswer{}, err
	}
	if s.site == nil {
		return EditAnswer{Seq: seq, Languages: []string{}, Error: noSite}, nil
	}
	s.view.headRead = false
	p := s.update(e)
	a := EditAnswer{Seq: seq, Patch: p, URL: s.view.page.URL, Title: s.view.page.Title, Languages: s.wanted()}
	a.Blocks = s.view.movedBlocks(p)
	if s.view.headRead {
		a.Keys = keysOf(s.view.head, s.view.text.UTF16)
	}
	return a, nil
}

// Describe tells all that is known of the text as it is, without a patch: the
// page that the frame shows is brought up to date by the next edit.
func (s *Session) Describe() Answer {
	if s.site == nil || s.view == nil {
		return Answer{Seq: s.seq, Error: noSite}
	}
	if !s.view.rendered {
		s.sent = false
		s.view.render(s.site)
	}
	a := s.describe()
	a.Seq = s.seq
	return a
}

const noSite = "The site's templates are not here yet."

// SetKey finds the change that sets one key of the front matter. The text
// itself stays: the change comes back through Edit, out of the editor's hands.
func (s *Session) SetKey(key, value string) (Change, error) {
	src := s.source()
	e, err := post.KeyEdit(src, key, value)
	if errors.Is(err, post.ErrKeyTooComplex) {
		return Change{}, fmt.Errorf("“%s” cannot be set from here without touching other lines. Change it in the text", key)
	} else if err != nil {
		return Change{}, err
	}
	index := diag.NewIndex(src)
	return Change{Span{index.UTF16(e.Range.Start), index.UTF16(e.Range.End)}, e.Text}, nil
}

// AddLexer takes a language's definition, as the server's /api/lexer gives it.
func (s *Session) AddLexer(name, definition string) error {
	if err := s.lexers.add(name, definition); err != nil {
		return fmt.Errorf("code in %s stays without colours: %w", name, err)
	}
	switch {
	case s.view == nil:
	case slices.ContainsFunc(s.view.languages(), func(l string) bool { return strings.EqualFold(l, name) }):
		s.stale = true
	case definition != "" && s.lexers.wasAsked(name):
		s.uncoloured = true
	}
	return nil
}

// source is the text as it is.
func (s *Session) source() []byte {
	if s.view == nil {
		return nil
	}
	return s.view.text.Slice(0, s.view.text.Len())
}

// edit changes the text by all changes at once.
func (s *Session) edit(seq int, changes []Change) (edit, error) {
	if s.view == nil {
		s.view = newView("", nil)
	}
	e, err := joinChanges(s.view.text, changes)
	if err != nil {
		return edit{}, err
	}
	s.seq = seq
	s.view.text.Edit(e.start, e.end, e.insert)
	return e, nil
}

// update brings the page up to date after an edit, and makes the patch.
func (s *Session) update(e edit) *Patch {
	nothing := e.start == e.end && len(e.insert) == 0
	s.lexers.forget()
	if s.uncoloured {
		// The site keeps what it rendered of other posts.
		s.Site(s.bundle)
	}
	switch {
	case !s.sent:
		s.view.render(s.site)
		s.sent, s.stale = true, false
		return s.view.wholePage()
	case nothing && s.stale:
		s.stale = false
		return s.view.refreshed(s.site)
	case nothing:
		return nil
	}
	return s.view.edited(s.site, e)
}

// wanted are the languages of code in the page that the session has no lexers
// for.
func (s *Session) wanted() []string {
	return s.lexers.wanted(s.view.languages())
}

// edit is a change of the text in bytes.
type edit struct {
	start, end int
	insert     []byte
}

// joinChanges makes one edit of changes, over all that lies between them.
func joinChanges(text *diag.Text, changes []Change) (edit, error) {
	last := 0
	for _, c := range changes {
		if c.From < last || c.To < c.From {
			return edit{}, fmt.Errorf("the editor sent changes out of order (%d after %d)", c.From, last)
		}
		last = c.To
	}
	if len(changes) == 0 {
		return edit{}, nil
	}
	e := edit{start: text.Byte(changes[0].From), end: text.Byte(last)}
	if len(changes) == 1 {
		e.insert = []byte(changes[0].Insert)
		return e, nil
	}
	at := e.start
	for _, c := range changes {
		e.insert = append(text.Append(e.insert, at, text.Byte(c.From)), c.Insert...)
		at = text.Byte(c.To)
	}
	return e, nil
}
