package server

import (
	"net/http"
	"time"
	"unicode/utf8"

	"galley/internal/forge"
	"galley/internal/preview"
)

type bundle struct {
	Version string            `json:"version"`
	Now     string            `json:"now"`
	Files   map[string]string `json:"files"`
	// Lexers are the definitions of the languages that the post named in the
	// request wants, so that its code is coloured from the start.
	Lexers map[string]string `json:"lexers,omitempty"`
}

// getBundle answers GET /api/bundle.
func (s *Server) getBundle(r *http.Request) (any, error) {
	f, branch, at, err := s.siteAsked(r)
	if err != nil {
		return nil, err
	}
	b := bundle{Version: at.version, Now: s.cfg.Clock().UTC().Format(time.RFC3339), Files: at.files}
	if path := r.URL.Query().Get("path"); isPost(path) || at.site.Config().Group(path) != "" {
		b.Lexers = s.postLexers(r, f, at, branch, path)
	}
	return b, nil
}

// postLexers finds the languages of a post as the browser would, by rendering
// it without any. What fails only makes the browser ask for them later.
func (s *Server) postLexers(r *http.Request, f forge.Forge, at *branchSite, branch, path string) map[string]string {
	file, err := f.Read(r.Context(), branch, path)
	if err != nil || len(file.Data) > maxPost || !utf8.Valid(file.Data) {
		return nil
	}
	var found map[string]string
	var e ending
	err = s.renders.run(r.Context(), &e, func() {
		session := preview.New(preview.Options{BuiltIn: s.cfg.BuiltIn, Clock: s.cfg.Clock, Stop: e.Err})
		session.Site(preview.Bundle{Version: at.version, Files: at.files})
		lexers := map[string]string{}
		s.addLexers(session, session.Open(path, string(file.Data)).Languages, lexers)
		found = lexers
	})
	if err != nil {
		return nil // the renderer may still be at work on it
	}
	return found
}

// lexer answers GET /api/lexer/NAME. The address names no version, so that
// browsers ask whether their copy still is the right one.
func (s *Server) lexer(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	var xml []byte
	var err error
	if s.cfg.LexerXML != nil && len(name) <= 64 {
		xml, err = s.cfg.LexerXML(name)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if xml == nil {
		s.fail(w, r, refuse(http.StatusNotFound, kindNotFound, "Galley knows no language of this name."))
		return
	}
	s.cached(w, r, "", "application/xml", xml)
}
