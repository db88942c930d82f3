package github

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/forgetest"
	"galley/internal/forge/github/githubtest"
)

func newForge(t *testing.T, gh *githubtest.GitHub, repo *githubtest.Repo, token string) *Forge {
	t.Helper()
	f, err := New(Config{Owner: repo.Owner, Repo: repo.Name, Token: token, BaseURL: gh.URL})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// harness is for Ana, who may push to a repository of githubtest.Owner, and
// works from a fork of one of githubtest.Foreign.
func harness(t *testing.T, gh *githubtest.GitHub, owner, name string) forgetest.Harness {
	t.Helper()
	return harnessOver(t, gh, owner, name, forgetest.Site())
}

// harnessOver is harness over other files.
func harnessOver(t *testing.T, gh *githubtest.GitHub, owner, name string, files map[string][]byte) forgetest.Harness {
	t.Helper()
	repo := gh.NewRepoOf(t, owner, name, files)
	at := func(t *testing.T, branch string) (*githubtest.Repo, string) {
		t.Helper()
		if _, own, forked := strings.Cut(branch, ":"); forked {
			return repo.Fork(t, githubtest.TokenAna), own
		}
		return repo, branch
	}
	h := forgetest.Harness{
		Forge: newForge(t, gh, repo, githubtest.TokenAna), Other: newForge(t, gh, repo, githubtest.TokenAna),
		Ben:          newForge(t, gh, repo, githubtest.TokenBen),
		MergeOutside: repo.Merge, CloseOutside: repo.Close,
		Commit: func(t *testing.T, branch, path string, texts ...[]byte) {
			t.Helper()
			where, branch := at(t, branch)
			for _, data := range texts {
				where.Commit(t, branch, path, data)
			}
		},
		Rename: func(t *testing.T, branch, from, to string, data []byte) {
			t.Helper()
			repo.Move(t, branch, from, to, data)
		},
		Log: func(t *testing.T, branch string) []forgetest.Commit {
			t.Helper()
			var list []forgetest.Commit
			where, branch := at(t, branch)
			for _, c := range where.Log(t, branch) {
				commit := forgetest.Commit{ID: c.SHA, Message: c.Commit.Message, Name: c.Commit.Author.Name, Email: c.Commit.Author.Email}
				for _, parent := range c.Parents {
					commit.Parents = append(commit.Parents, parent.SHA)
				}
				list = append(list, commit)
			}
			return list
		},
	}
	if owner == githubtest.Foreign {
		h.Fork = "ana"
		h.Branches = func(t *testing.T) []string {
			t.Helper()
			names := repo.BranchNames(t)
			if gh.Exists(t, "ana/"+name) {
				for _, b := range repo.Fork(t, githubtest.TokenAna).BranchNames(t) {
					if !slices.Contains(names, b) {
						names = append(names, "ana:"+b)
					}
				}
			}
			return names
		}
	}
	return h
}

func TestContract(t *testing.T) {
	gh := githubtest.Start(t)
	var number atomic.Int64
	forgetest.Run(t, func(t *testing.T) forgetest.Harness {
		return harness(t, gh, githubtest.Owner, fmt.Sprintf("site-%d", number.Add(1)))
	})
}

// TestForkContract is the contract for somebody who may not push.
func TestForkContract(t *testing.T) {
	gh := githubtest.Start(t)
	var number atomic.Int64
	forgetest.Run(t, func(t *testing.T) forgetest.Harness {
		return harness(t, gh, githubtest.Foreign, fmt.Sprintf("site-%d", number.Add(1)))
	})
}

// TestContractWithinFolder is the contract for a site in a folder of its
// repository, beside others whose names are much the same.
func TestContractWithinFolder(t *testing.T) {
	const folder = "Docs/the site" // sentences begin with it
	gh := githubtest.Start(t)
	var number atomic.Int64
	forgetest.Run(t, func(t *testing.T) forgetest.Harness {
		files := map[string][]byte{"README.md": []byte("beside\n"), "Docs/the.md": []byte("beside\n"), "Docs/the site2/_posts/2026-01-04-a.md": []byte("beside\n")}
		for path, data := range forgetest.Site() {
			files[folder+"/"+path] = data
		}
		owner, n := githubtest.Owner, number.Add(1)
		if n%2 == 0 { // and from a fork
			owner = githubtest.Foreign
		}
		h := harnessOver(t, gh, owner, fmt.Sprintf("folder-%d", n), files)
		commit, rename := h.Commit, h.Rename
		h.Commit = func(t *testing.T, branch, path string, texts ...[]byte) { commit(t, branch, folder+"/"+path, texts...) }
		h.Rename = func(t *testing.T, branch, from, to string, data []byte) {
			rename(t, branch, folder+"/"+from, folder+"/"+to, data)
		}
		h.Folder = folder
		h.Forge, h.Other, h.Ben = forge.Within(h.Forge, folder), forge.Within(h.Other, folder), forge.Within(h.Ben, folder)
		return h
	})
}
