package githubtest

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// merged is what became of a pull request; the emulator keeps what it was when
// it was opened.
type merged struct{ base, head, commit string }

// pullRequest is what the emulator says of one.
type pullRequest struct {
	Number int
	State  string
	Title  string
	Head   struct {
		Ref  string
		SHA  string
		Repo *repository
	}
	Base struct{ Ref string }
}

// merge merges a pull request as GitHub does, file by file and line by line,
// and with a merge commit. The emulator would take all files as they are on
// the pull request's branch. It gives GitHub's refusal; "" for none.
func (p *proxy) merge(t *testing.T, repo *repository, token string, number int) string {
	var pull pullRequest
	path := fmt.Sprintf("/pulls/%d", number)
	if status, _ := p.github.as(t, repo, http.MethodGet, path, nil, &pull); status != http.StatusOK || pull.State != "open" || pull.Head.Repo == nil {
		return "Pull Request is not mergeable"
	}
	base, head := p.head(repo.path(), pull.Base.Ref), p.head(pull.Head.Repo.path(), pull.Head.Ref)
	p.bring(repo, head)
	entries, clean := p.join(t, repo, base, head)
	if !clean {
		return "Pull Request is not mergeable"
	}
	var tree, commit struct{ SHA string }
	var old struct{ Tree struct{ SHA string } }
	p.must(t, repo, http.MethodGet, "/git/commits/"+base, nil, &old)
	tree.SHA = old.Tree.SHA
	if len(entries) > 0 {
		p.must(t, repo, http.MethodPost, "/git/trees", map[string]any{"base_tree": old.Tree.SHA, "tree": entries}, &tree)
	}
	p.must(t, repo, http.MethodPost, "/git/commits", map[string]any{
		"message": fmt.Sprintf("Merge pull request #%d from %s\n\n%s", number, pull.Head.Ref, pull.Title), "tree": tree.SHA, "parents": []string{base, head},
	}, &commit)
	if status, text := p.github.call(t, token, http.MethodPut, repo.path()+path+"/merge", map[string]any{}, nil); status != http.StatusOK {
		return text
	}
	// The emulator has put its own merge there.
	p.must(t, repo, http.MethodPatch, "/git/refs/heads/"+escape(pull.Base.Ref), map[string]any{"sha": commit.SHA, "force": true}, nil)
	p.mu.Lock()
	p.merges[fmt.Sprint(repo.ID, " ", number)] = merged{base, head, commit.SHA}
	p.mu.Unlock()
	return ""
}

// reached takes the pull requests for merged whose heads a branch has since it moved,
// as GitHub does; the emulator leaves them open.
func (p *proxy) reached(path, branch, before string) {
	repo := p.github.repository(p.t, path)
	if repo == nil {
		return
	}
	var open []pullRequest
	p.github.as(p.t, repo, http.MethodGet, "/pulls?state=open&per_page=100&base="+url.QueryEscape(branch), nil, &open)
	now := p.head(repo.path(), branch)
	for _, pull := range open {
		if pull.Base.Ref != branch || pull.Head.Repo == nil {
			continue
		}
		head := p.head(pull.Head.Repo.path(), pull.Head.Ref)
		if head == "" {
			continue
		}
		p.bring(repo, head)
		var compared struct {
			AheadBy *int `json:"ahead_by"`
		}
		p.github.as(p.t, repo, http.MethodGet, "/compare/"+now+"..."+head, nil, &compared)
		if compared.AheadBy == nil || *compared.AheadBy > 0 {
			continue
		}
		p.must(p.t, repo, http.MethodPut, fmt.Sprintf("/pulls/%d/merge", pull.Number), map[string]any{}, nil)
		// The emulator has put its own merge there.
		p.must(p.t, repo, http.MethodPatch, "/git/refs/heads/"+escape(branch), map[string]any{"sha": now, "force": true}, nil)
		p.mu.Lock()
		p.merges[fmt.Sprint(repo.ID, " ", pull.Number)] = merged{before, head, now}
		p.mu.Unlock()
	}
}

func (p *proxy) must(t *testing.T, repo *repository, method, path string, body, answer any) {
	t.Helper()
	if status, text := p.github.as(t, repo, method, path, body, answer); status >= 400 {
		t.Errorf("%s %s%s: %d %s", method, repo.FullName, path, status, text)
	}
}

// join gives what a merge changes in the tree of base, and whether Git can do
// it by itself.
func (p *proxy) join(t *testing.T, repo *repository, base, head string) ([]leaf, bool) {
	var compared struct {
		MergeBaseCommit struct{ SHA string } `json:"merge_base_commit"`
	}
	p.github.as(t, repo, http.MethodGet, "/compare/"+base+"..."+head, nil, &compared)
	if compared.MergeBaseCommit.SHA == "" {
		return nil, false
	}
	old, ours, theirs := p.leaves(repo, compared.MergeBaseCommit.SHA), p.leaves(repo, base), p.leaves(repo, head)
	paths := map[string]bool{}
	for path := range old {
		paths[path] = true
	}
	for path := range theirs {
		paths[path] = true
	}
	same := func(a, b leaf) bool {
		return a.Mode == b.Mode && (a.SHA == nil) == (b.SHA == nil) && (a.SHA == nil || *a.SHA == *b.SHA)
	}
	var entries []leaf
	for path := range paths {
		o, a, b := old[path], ours[path], theirs[path]
		switch {
		case same(b, o), same(a, b):
			continue
		case same(a, o) && b.SHA == nil:
			entries = append(entries, leaf{Path: path, Mode: o.Mode, Type: o.Type})
		case same(a, o):
			entries = append(entries, b)
		case o.SHA == nil || a.SHA == nil || b.SHA == nil:
			return nil, false
		default:
			data, clean := p.joinLines(t, repo, *a.SHA, *o.SHA, *b.SHA)
			if !clean {
				return nil, false
			}
			var blob struct{ SHA string }
			p.must(t, repo, http.MethodPost, "/git/blobs", map[string]any{"content": base64.StdEncoding.EncodeToString(data), "encoding": "base64"}, &blob)
			a.SHA = &blob.SHA
			entries = append(entries, a)
		}
	}
	return entries, true
}

// joinLines is Git's own merge of three files.
func (p *proxy) joinLines(t *testing.T, repo *repository, ours, old, theirs string) ([]byte, bool) {
	dir, err := os.MkdirTemp("", "merge")
	if err != nil {
		t.Error(err)
		return nil, false
	}
	defer os.RemoveAll(dir)
	args := []string{"merge-file", "-p", "--quiet"}
	for i, id := range []string{ours, old, theirs} {
		var blob struct{ Content string }
		p.must(t, repo, http.MethodGet, "/git/blobs/"+id, nil, &blob)
		data, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(blob.Content, "\n", ""))
		name := filepath.Join(dir, fmt.Sprint(i))
		if err == nil {
			err = os.WriteFile(name, data, 0o600)
		}
		if err != nil {
			t.Error(err)
			return nil, false
		}
		args = append(args, name)
	}
	data, err := exec.Command("git", args...).Output()
	return data, err == nil
}
