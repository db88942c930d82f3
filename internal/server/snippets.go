package server

import (
	"net/http"

	"galley/internal/forge"
	"galley/internal/snippet"
)

// snippetList are the includes that writers insert by their fields.
type snippetList struct {
	Snippets []snippetInfo `json:"snippets"`
	// Wrong is what is wrong with the settings, in sentences.
	Wrong []string `json:"wrong"`
}

type snippetInfo struct {
	Name    string         `json:"name"`
	Include string         `json:"include"`
	Fields  []snippetField `json:"fields"`
}

type snippetField struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	Picture bool   `json:"picture"`
	Long    bool   `json:"long"`
}

// getSnippets answers GET /api/snippets: those of a branch's settings.
func (s *Server) getSnippets(r *http.Request) (any, error) {
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	if forge.IsForked(branch) {
		branch = "" // a fork is rendered with the site's own includes
	}
	tree, err := s.trees.of(r.Context(), f, branch)
	if err != nil {
		return nil, err
	}
	config, err := s.configOf(r.Context(), f, tree)
	if err != nil {
		return nil, err
	}
	var failed error
	list, wrong := snippet.Read(config.Galley, func(name string) (string, bool) {
		e, ok := find(tree, config.IncludesDir+"/"+name)
		if !ok || e.Size > maxPost {
			return "", false
		}
		src, err := f.Blob(r.Context(), e.Blob)
		if err != nil {
			failed = err
		}
		return string(src), true
	})
	if failed != nil {
		return nil, failed
	}
	answer := snippetList{Snippets: []snippetInfo{}, Wrong: append([]string{}, wrong...)}
	for _, one := range list {
		info := snippetInfo{one.Name, one.Include, []snippetField{}}
		for _, f := range one.Fields {
			info.Fields = append(info.Fields, snippetField(f))
		}
		answer.Snippets = append(answer.Snippets, info)
	}
	return answer, nil
}
