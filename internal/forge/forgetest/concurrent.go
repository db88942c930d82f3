package forgetest

import (
	"fmt"
	"sync"
	"testing"

	"galley/internal/forge"
)

// testConcurrent is a double click in two tabs, on two servers.
func testConcurrent(t *testing.T, h Harness) {
	for round, s := range []forge.Submission{
		submission(fresh, "new\n", ""),
		submission(postA, "edit\n", forge.BlobID(Site()[postA])),
		{Base: "main", Title: "Two", Changes: []forge.FileChange{
			{Path: "_posts/2026-03-01-two.md", Data: []byte("two\n")}, {Path: "assets/images/two.png", Data: []byte("png")}}},
	} {
		const clicks = 6
		var results [clicks]forge.PullRequest
		var failures [clicks]error
		var group sync.WaitGroup
		for i := range clicks {
			group.Go(func() {
				f := h.Forge
				if i%2 == 1 {
					f = h.Other
				}
				results[i], failures[i] = f.Submit(t.Context(), s, nil)
			})
		}
		group.Wait()
		for i := range clicks {
			if failures[i] != nil {
				t.Fatalf("round %d, click %d: %v", round, i, failures[i])
			}
			if results[i].Number != results[0].Number || results[i].Head != results[0].Head {
				t.Errorf("round %d: click %d gave %+v, click 0 %+v", round, i, results[i], results[0])
			}
		}
		if list := open(t, h.Forge); len(list) != round+1 {
			t.Errorf("round %d: open pull requests %+v", round, list)
		}
		if log := h.Log(t, results[0].Branch); len(log) != len(h.Log(t, "main"))+1 {
			t.Errorf("round %d: commits %+v", round, log)
		}
		if names := branches(t, h); len(names) != round+2 {
			t.Errorf("round %d: branches %v", round, names)
		}
	}
}

// testConcurrentDifferent submits different texts of one post at once: one
// wins, the others learn of it.
func testConcurrentDifferent(t *testing.T, h Harness) {
	const writers = 4
	var failures [writers]error
	var group sync.WaitGroup
	for i := range writers {
		group.Go(func() {
			f := h.Forge
			if i%2 == 1 {
				f = h.Other
			}
			_, failures[i] = f.Submit(t.Context(), submission(postA, fmt.Sprintf("text %d\n", i), forge.BlobID(Site()[postA])), nil)
		})
	}
	group.Wait()
	won := 0
	for i, err := range failures {
		if err == nil {
			won++
		} else {
			wantError(t, fmt.Sprintf("writer %d", i), err, forge.ErrStale)
		}
	}
	if won != 1 || len(open(t, h.Forge)) != 1 {
		t.Errorf("%d submissions of one post won: %v", won, failures)
	}
}
