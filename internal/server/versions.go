package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
	"unicode/utf8"

	"galley/internal/forge"
)

// versionList is a page of a post's history.
type versionList struct {
	Versions []version `json:"versions"`
	// Next is what the page behind it is asked for with; empty at the end.
	Next string `json:"next"`
}

// version is a commit that changed a post.
type version struct {
	Commit  string `json:"commit"`
	Path    string `json:"path"` // what the post was called there
	Title   string `json:"title"`
	Message string `json:"message"` // what stands below the title
	Person  person `json:"person"`
	Date    string `json:"date"` // RFC 3339
}

// versionText is a post as a commit has it.
type versionText struct {
	// Text is null where the commit removed the file.
	Text *string `json:"text"`
}

// maxNext is how long a next may be, in bytes.
const maxNext = 16 << 10

// getVersions answers GET /api/versions: who changed a post, when and why.
func (s *Server) getVersions(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	path := r.URL.Query().Get("path")
	if err := s.readable(r.Context(), f, branch, path); err != nil {
		return nil, err
	}
	var from []forge.Place
	if next := r.URL.Query().Get("from"); next != "" {
		if len(next) > maxNext || json.Unmarshal([]byte(next), &from) != nil || len(from) == 0 {
			return nil, refuse(http.StatusBadRequest, kindInvalid, "The request does not say where the history goes on. Open it again.")
		}
	}
	page, err := f.Versions(r.Context(), branch, path, from)
	if err != nil {
		return nil, err
	}
	list := versionList{Versions: make([]version, 0, len(page.List))}
	for _, v := range page.List {
		list.Versions = append(list.Versions, version{v.Commit, v.Path, v.Title, v.Message, named(v.Author), v.Time.Format(time.RFC3339)})
	}
	if len(page.Next) > 0 {
		next, err := json.Marshal(page.Next)
		if err != nil {
			return nil, err
		}
		list.Next = string(next)
	}
	return list, nil
}

// getVersion answers GET /api/version: a post's text as a commit has it.
func (s *Server) getVersion(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	file, err := s.versionOf(r, f, branch)
	if errors.Is(err, forge.ErrNotFound) {
		// The branch may be gone, and the commit with it: that says nothing of the file.
		if _, gone := f.Tree(r.Context(), branch); gone != nil {
			return nil, gone
		}
		return versionText{}, nil
	} else if err != nil {
		return nil, err
	}
	if len(file.Data) > maxPost || !utf8.Valid(file.Data) {
		return nil, refuse(http.StatusUnprocessableEntity, kindUnsupported, "That version of %s is too large, or no UTF-8 text, so that Galley cannot show it.", file.Path)
	}
	text := string(file.Data)
	return versionText{&text}, nil
}

// versionOf reads the version of a post that a request names: by its commit, and by
// what the post was called there.
func (s *Server) versionOf(r *http.Request, f forge.Forge, branch string) (forge.File, error) {
	q := r.URL.Query()
	path := q.Get("path")
	if called := q.Get("called"); called != "" {
		path = called
	}
	if err := s.readable(r.Context(), f, branch, path); err != nil {
		var none *refusal
		if errors.As(err, &none) && none.Kind == kindNotFound {
			err = refuse(http.StatusUnprocessableEntity, kindUnsupported, "The file was called %s then, which is no text of the site, so that Galley does not show it.", path)
		}
		return forge.File{}, err
	}
	return f.Version(r.Context(), branch, q.Get("commit"), path)
}
