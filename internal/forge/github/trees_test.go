package github

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"galley/internal/forge"
)

// A listing that was read for one person is used for another who may see the
// branch, and for nobody else.
func TestTreesShared(t *testing.T) {
	commit, tree, blob := strings.Repeat("c", 40), strings.Repeat("d", 40), strings.Repeat("e", 40)
	listed := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.Header.Get("Authorization") == "Bearer ben":
			http.Error(w, `{"message":"Not Found"}`, http.StatusNotFound)
		case strings.HasSuffix(r.URL.Path, "/git/ref/heads/main"):
			fmt.Fprintf(w, `{"ref":"refs/heads/main","object":{"sha":%q,"type":"commit"}}`, commit)
		case strings.Contains(r.URL.Path, "/git/trees/"):
			listed++
			fmt.Fprintf(w, `{"sha":%q,"tree":[{"path":"secret.md","mode":"100644","type":"blob","sha":%q,"size":1}]}`, tree, blob)
		default:
			http.Error(w, `{"message":"Not Found"}`, http.StatusNotFound)
		}
	}))
	defer server.Close()
	cache := NewCache(0)
	for _, token := range []string{"ana", "ben", "cam", "ben", "ana"} {
		f, err := New(Config{Owner: "o", Repo: "r", Token: token, BaseURL: server.URL, Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.Tree(t.Context(), "main")
		if token == "ben" && (!errors.Is(err, forge.ErrNotFound) || got.Entries != nil) || token != "ben" && (err != nil || len(got.Entries) != 1) {
			t.Errorf("%s gets %v, %v", token, got, err)
		}
		if len(got.Entries) == 1 {
			got.Entries[0].Path = "spoilt.md" // whoever gets a list may change it
		}
	}
	if listed != 1 {
		t.Errorf("the tree was asked for %d times", listed)
	}
}
