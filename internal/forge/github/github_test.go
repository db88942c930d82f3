package github

import (
	"fmt"
	"sync/atomic"
	"testing"

	"galley/internal/forge/forgetest"
	"galley/internal/forge/github/githubtest"
)

func newForge(t *testing.T, gh *githubtest.GitHub, repo string) *Forge {
	t.Helper()
	f, err := New(Config{Owner: githubtest.Owner, Repo: repo, Token: githubtest.TokenAna, BaseURL: gh.URL})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func harness(t *testing.T, gh *githubtest.GitHub, name string) forgetest.Harness {
	t.Helper()
	repo := gh.NewRepo(t, name, forgetest.Site())
	return forgetest.Harness{
		Forge: newForge(t, gh, name), Other: newForge(t, gh, name),
		Commit: repo.Commit, MergeOutside: repo.Merge, CloseOutside: repo.Close,
		Log: func(t *testing.T, branch string) []forgetest.Commit {
			var list []forgetest.Commit
			for _, c := range repo.Log(t, branch) {
				commit := forgetest.Commit{ID: c.SHA, Message: c.Commit.Message, Name: c.Commit.Author.Name, Email: c.Commit.Author.Email}
				for _, parent := range c.Parents {
					commit.Parents = append(commit.Parents, parent.SHA)
				}
				list = append(list, commit)
			}
			return list
		},
	}
}

func TestContract(t *testing.T) {
	gh := githubtest.Start(t)
	var number atomic.Int64
	forgetest.Run(t, func(t *testing.T) forgetest.Harness {
		return harness(t, gh, fmt.Sprintf("site-%d", number.Add(1)))
	})
}
