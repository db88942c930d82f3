package githubtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"
)

// Merged is a merged pull request of a repository that the emulator does not have.
type Merged struct {
	Repo   string // "owner/name"
	Number int
	Title  string
	URL    string
	Author string
	Labels []string
	Day    time.Time
}

// Merge has a search find pull requests of other repositories, in place of what the
// emulator would find.
func (g *GitHub) Merge(list ...Merged) {
	g.proxy.mu.Lock()
	defer g.proxy.mu.Unlock()
	g.proxy.found = append(g.proxy.found, list...)
}

// search answers a search for merged pull requests by repository, label and day; nil
// where none were told.
func (p *proxy) search(r *http.Request) *httptest.ResponseRecorder {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.found) == 0 {
		return nil
	}
	items := []any{}
	for _, m := range p.found {
		if !m.is(strings.Fields(r.URL.Query().Get("q"))) {
			continue
		}
		labels := []any{}
		for _, l := range m.Labels {
			labels = append(labels, map[string]any{"name": l})
		}
		at := m.Day.Format(time.RFC3339)
		items = append(items, map[string]any{
			"number": m.Number, "title": m.Title, "body": "", "state": "closed", "created_at": at, "closed_at": at, "user": map[string]any{"login": m.Author},
			"html_url": m.URL, "repository_url": "https://api.github.com/repos/" + m.Repo,
			"labels": labels, "pull_request": map[string]any{"merged_at": at},
		})
	}
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(map[string]any{"total_count": len(items), "incomplete_results": false, "items": items})
	return w
}

// is tells whether all words of a query are true of it. A word that is not known is
// not.
func (m Merged) is(words []string) bool {
	for _, word := range words {
		key, value, _ := strings.Cut(word, ":")
		since, until, ranged := strings.Cut(value, "..")
		day := m.Day.Format(time.DateOnly)
		ok := key == "repo" && value == m.Repo || key == "is" && (value == "pr" || value == "merged") ||
			key == "label" && slices.Contains(m.Labels, value) || key == "merged" && ranged && since <= day && day <= until
		if !ok {
			return false
		}
	}
	return true
}
