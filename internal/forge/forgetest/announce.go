package forgetest

import (
	"sync"
	"testing"

	"galley/internal/forge"
)

// testAnnounce: a pull request that says that somebody writes, before there is
// anything to see.
func testAnnounce(t *testing.T, h Harness) {
	s := submission(postA, string(Site()[postA]), forge.BlobID(Site()[postA]))
	s.Announce = true
	var group sync.WaitGroup
	var results [4]forge.PullRequest
	for i := range results {
		group.Go(func() {
			f := h.Forge
			if i%2 == 1 {
				f = h.Other
			}
			var err error
			if results[i], err = f.Submit(t.Context(), s, nil); err != nil {
				t.Errorf("announcing: %v", err)
			}
		})
	}
	group.Wait()
	pr := results[0]
	for _, again := range append(results[1:], submit(t, h.Other, s)) {
		if again.Number != pr.Number || again.Head != pr.Head {
			t.Errorf("announced again as %+v, want %+v", again, pr)
		}
	}
	log := h.Log(t, pr.Branch)
	if pr.State != forge.Open || len(log) != len(h.Log(t, "main"))+1 || log[0].ID != pr.Head || len(open(t, h.Forge)) != 1 {
		t.Fatalf("announced as %+v with %+v", pr, log)
	}
	if changes, err := h.Forge.Diff(t.Context(), pr.Number, nil); err != nil || len(changes) != 0 {
		t.Errorf("it changes %+v, %v", changes, err)
	}
	if got, err := h.Forge.PullRequest(t.Context(), pr.Number); err != nil || got.State != forge.Open {
		t.Errorf("PullRequest = %+v, %v", got, err)
	}
	// Then there is something to see.
	text := change("first", "mine")
	next := submit(t, h.Forge, submission(postA, text, forge.BlobID(Site()[postA])))
	if next.Number != pr.Number || len(h.Log(t, pr.Branch)) != len(log)+1 {
		t.Errorf("after the announcement: %+v", next)
	}
	// And after the merge, the next announcement.
	h.MergeOutside(t, pr.Number)
	s = submission(postA, text, forge.BlobID([]byte(text)))
	s.Announce = true
	second := submit(t, h.Forge, s)
	if second.Number == pr.Number || second.State != forge.Open || second.Branch != pr.Branch+".2" {
		t.Errorf("announced after the merge: %+v", second)
	}
	if again := submit(t, h.Other, s); again.Number != second.Number || again.Head != second.Head {
		t.Errorf("announced again as %+v, want %+v", again, second)
	}
}
