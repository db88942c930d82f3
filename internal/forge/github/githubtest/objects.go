package githubtest

import (
	"fmt"
	"net/http"
)

// share brings the objects that a request names into its repository, from the
// others of its network.
func (p *proxy) share(r *http.Request, body []byte) {
	match := repoPath.FindStringSubmatch(r.URL.Path)
	if match == nil || !gitRequest.MatchString(match[2]) {
		return
	}
	p.mu.Lock()
	alone := len(p.forks.parent) == 0
	p.mu.Unlock()
	if alone {
		return
	}
	repo := p.github.named(p.t, match[1])
	if repo == nil {
		return
	}
	p.mu.Lock()
	isolated := p.forks.isolated[repo.ID]
	p.mu.Unlock()
	if isolated {
		return
	}
	for _, id := range objectID.FindAllString(match[2]+" "+string(body), -1) {
		p.bring(repo, id)
	}
}

// bring copies an object, and all that it needs, into a repository that has not
// got it.
func (p *proxy) bring(to *repository, id string) {
	key := fmt.Sprint(to.ID, " ", id)
	p.mu.Lock()
	known := p.forks.have[key]
	p.mu.Unlock()
	if known {
		return
	}
	have := func(r *repository, kind string) bool {
		status, _ := p.github.as(p.t, r, http.MethodGet, "/git/"+kind+"/"+id, nil, nil)
		return status == http.StatusOK
	}
	for _, kind := range []string{"commits", "trees", "blobs"} {
		if have(to, kind) {
			known = true
		}
	}
	if !known {
		for _, from := range p.siblings(to) {
			switch {
			case have(from, "commits"):
				p.copyCommit(from, to, id)
			case have(from, "trees"):
				p.copyTree(from, to, id)
			case have(from, "blobs"):
				p.copyBlob(from, to, id)
			default:
				continue
			}
			known = true
			break
		}
	}
	if known {
		p.mu.Lock()
		p.forks.have[key] = true
		p.mu.Unlock()
	}
}

type gitCommit struct {
	SHA       string
	Message   string
	Author    map[string]string
	Committer map[string]string
	Tree      struct{ SHA string }
	Parents   []struct{ SHA string }
}

func (p *proxy) copyCommit(from, to *repository, id string) {
	if status, _ := p.github.as(p.t, to, http.MethodGet, "/git/commits/"+id, nil, nil); status == http.StatusOK {
		return
	}
	var c gitCommit
	p.github.as(p.t, from, http.MethodGet, "/git/commits/"+id, nil, &c)
	parents := []string{}
	for _, parent := range c.Parents {
		p.copyCommit(from, to, parent.SHA)
		parents = append(parents, parent.SHA)
	}
	p.copyTree(from, to, c.Tree.SHA)
	p.add(to, "commits", id, map[string]any{
		"message": c.Message, "tree": c.Tree.SHA, "parents": parents, "author": c.Author, "committer": c.Committer,
	})
}

// leaf is an entry of a tree.
type leaf struct {
	Path string  `json:"path"`
	Mode string  `json:"mode"`
	Type string  `json:"type"`
	SHA  *string `json:"sha"` // nil takes a path out
}

// leaves lists the files of a tree, or of a commit's.
func (p *proxy) leaves(r *repository, id string) map[string]leaf {
	var tree struct{ Tree []leaf }
	p.github.as(p.t, r, http.MethodGet, "/git/trees/"+id+"?recursive=1", nil, &tree)
	list := map[string]leaf{}
	for _, e := range tree.Tree {
		if e.Type != "tree" {
			list[e.Path] = e
		}
	}
	return list
}

func (p *proxy) copyTree(from, to *repository, id string) {
	if status, _ := p.github.as(p.t, to, http.MethodGet, "/git/trees/"+id, nil, nil); status == http.StatusOK {
		return
	}
	entries := []leaf{}
	for _, e := range p.leaves(from, id) {
		p.copyBlob(from, to, *e.SHA)
		entries = append(entries, e)
	}
	p.add(to, "trees", id, map[string]any{"tree": entries})
}

func (p *proxy) copyBlob(from, to *repository, id string) {
	if status, _ := p.github.as(p.t, to, http.MethodGet, "/git/blobs/"+id, nil, nil); status == http.StatusOK {
		return
	}
	var blob struct{ Content, Encoding string }
	p.github.as(p.t, from, http.MethodGet, "/git/blobs/"+id, nil, &blob)
	p.add(to, "blobs", id, map[string]any{"content": blob.Content, "encoding": blob.Encoding})
}

// add stores an object and sees that it has the id that it is to have.
func (p *proxy) add(to *repository, kind, id string, body any) {
	var made struct{ SHA string }
	status, text := p.github.as(p.t, to, http.MethodPost, "/git/"+kind, body, &made)
	if made.SHA != id {
		p.t.Errorf("copying %s %s to %s gave %d %s", kind, id, to.FullName, status, text)
	}
}
