package server

import (
	"net/http"

	"galley/internal/forge"
	"galley/internal/preview"
)

// typed is a post's text as it stands in an editor.
type typed struct {
	Branch string `json:"branch"`
	Path   string `json:"path"`
	Text   string `json:"text"`
}

// readTyped reads one from a request.
func readTyped(r *http.Request) (typed, error) {
	var m typed
	if err := readJSON(r, &m); err != nil {
		return typed{}, err
	}
	if len(m.Text) > maxPost {
		return typed{}, refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "The post is too large to be shown or checked: it has more than %d MB.", maxPost>>20)
	}
	return m, forge.CheckReadPath(m.Path)
}

// typedAt reads one from a request, with the forge that it is asked of and the site
// of its branch.
func (s *Server) typedAt(r *http.Request) (typed, forge.Forge, *branchSite, error) {
	m, err := readTyped(r)
	if err != nil {
		return m, nil, nil, err
	}
	f, err := s.forge(r)
	if err != nil {
		return m, nil, nil, err
	}
	at, err := s.siteAt(r.Context(), f, m.Branch)
	return m, f, at, err
}

// preview answers POST /api/preview, for browsers that cannot render
// themselves: a session of one rendering, which answers with the whole page.
func (s *Server) preview(r *http.Request) (any, error) {
	m, _, at, err := s.typedAt(r)
	if err != nil {
		return nil, err
	}
	var answer preview.Answer
	var e ending
	err = s.renders.run(r.Context(), &e, func() {
		session := preview.New(preview.Options{BuiltIn: s.cfg.BuiltIn, Clock: s.cfg.Clock, Stop: e.Err})
		session.Site(preview.Bundle{Version: at.version, Files: at.files})
		a := session.Open(m.Path, m.Text)
		if s.addLexers(session, a.Languages, map[string]string{}) {
			a = session.Open(m.Path, m.Text)
		}
		answer = a
	})
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// maxLanguages is how many languages of one post are coloured.
const maxLanguages = 50

// addLexers gives a session the languages that its post wants, as the browser
// would fetch them, and notes them in added. It tells whether that changed
// anything.
func (s *Server) addLexers(session *preview.Session, languages []string, added map[string]string) bool {
	changed := false
	for _, name := range languages[:min(len(languages), maxLanguages)] {
		if s.cfg.LexerXML == nil || len(name) > 64 {
			continue
		}
		xml, err := s.cfg.LexerXML(name)
		if err != nil || xml == nil {
			continue
		}
		if session.AddLexer(name, string(xml)) == nil {
			added[name] = string(xml)
			changed = true
		}
	}
	return changed
}
