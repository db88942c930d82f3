package github

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A filter that GitHub does not read lists everybody's pull requests: those of
// another's fork are not taken for one's own.
func TestOfBranch(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `[
			{"number": 1, "head": {"ref": "galley/ana/x", "label": "mallory:galley/ana/x"}},
			{"number": 2, "head": {"ref": "galley/ana/x", "label": "Ana:galley/ana/x"}},
			{"number": 3, "head": {"ref": "other", "label": "Ana:other"}}]`)
	}))
	defer server.Close()
	f, err := New(Config{Owner: "o", Repo: "r", Token: "t", BaseURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	list, err := f.ofBranch(t.Context(), "ana", "galley/ana/x")
	if err != nil || len(list) != 1 || list[0].GetNumber() != 2 {
		t.Errorf("%v, %v", list, err)
	}
}
