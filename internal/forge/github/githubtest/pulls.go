package githubtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

// What GitHub does about pull requests and the emulator does not:
//
//   - opening a second one for a branch and base is 422; the emulator opens it;
//   - one from or to a branch that is not there, or without commits of its own,
//     is 422; the emulator makes the branch;
//   - an open one's head is its branch's head, and a merged one says what was
//     merged; the emulator keeps what was there in the beginning;
//   - whether it can be merged, and whether maintainers may edit it, is told
//     where one is asked for; the emulator always says yes.

// refusePull gives GitHub's reason for not opening a pull request; "" for none.
func (p *proxy) refusePull(path string, body []byte) string {
	var want struct{ Head, Base string }
	json.Unmarshal(body, &want)
	repo := p.github.repository(p.t, path)
	if repo == nil {
		return "" // the emulator says so
	}
	from, branch := repo, want.Head
	owner, name, other := strings.Cut(want.Head, ":")
	if other {
		branch = name
	}
	if other && !strings.EqualFold(owner, repo.Owner.Login) {
		from = nil
		for _, fork := range p.siblings(repo) {
			if strings.EqualFold(fork.Owner.Login, owner) {
				from = fork
			}
		}
		if from == nil {
			return "head or base invalid"
		}
	}
	head, base := p.head(from.path(), branch), p.head(path, want.Base)
	if head == "" || base == "" {
		return "head or base invalid"
	}
	p.bring(repo, head)
	var compared struct {
		AheadBy int `json:"ahead_by"`
	}
	p.github.as(p.t, repo, http.MethodGet, "/compare/"+base+"..."+head, nil, &compared)
	if compared.AheadBy == 0 {
		return "No commits between " + want.Base + " and " + want.Head
	}
	label := from.Owner.Login + ":" + branch
	var open []any
	query := url.Values{"head": {label}, "base": {want.Base}}
	p.github.as(p.t, repo, http.MethodGet, "/pulls?"+query.Encode(), nil, &open)
	if len(open) > 0 {
		return "A pull request already exists for " + label + "."
	}
	return ""
}

func (p *proxy) head(repo, branch string) string {
	var ref struct{ Object struct{ SHA string } }
	p.github.call(p.t, TokenBen, http.MethodGet, repo+"/git/ref/heads/"+escape(branch), nil, &ref)
	return ref.Object.SHA
}

// tellPulls makes of the emulator's pull requests what GitHub would tell.
func (p *proxy) tellPulls(r *http.Request, path string, body []byte, w *httptest.ResponseRecorder) {
	repo := p.github.repository(p.t, path)
	var list []map[string]any
	var one map[string]any
	var text []byte
	switch {
	case repo == nil:
		return
	case json.Unmarshal(w.Body.Bytes(), &list) == nil:
		for _, pull := range list {
			p.tellPull(repo, pull)
			delete(pull, "mergeable")
			delete(pull, "maintainer_can_modify")
		}
		text, _ = json.Marshal(list)
	case json.Unmarshal(w.Body.Bytes(), &one) == nil:
		if r.Method == http.MethodPost {
			var want struct {
				Edit bool `json:"maintainer_can_modify"`
			}
			json.Unmarshal(body, &want)
			p.mu.Lock()
			p.edits[fmt.Sprint(repo.ID, " ", one["number"])] = want.Edit
			p.mu.Unlock()
		}
		base, head := p.tellPull(repo, one)
		one["maintainer_can_modify"] = p.editable(repo.ID, int(one["number"].(float64)))
		if base != "" && head != "" {
			_, one["mergeable"] = p.join(p.t, repo, base, head)
		}
		text, _ = json.Marshal(one)
	default:
		return
	}
	w.Body = bytes.NewBuffer(text)
}

// tellPull brings one up to date. For an open one it gives the commits at both
// ends.
func (p *proxy) tellPull(repo *repository, pull map[string]any) (base, head string) {
	from, _ := pull["head"].(map[string]any)
	to, _ := pull["base"].(map[string]any)
	p.mu.Lock()
	done, merged := p.merges[fmt.Sprint(repo.ID, " ", pull["number"])]
	p.mu.Unlock()
	if merged {
		from["sha"], to["sha"], pull["merge_commit_sha"] = done.head, done.base, done.commit
		return "", ""
	}
	whole, _ := from["repo"].(map[string]any)
	if pull["state"] != "open" || whole == nil {
		return "", ""
	}
	if head = p.head(fmt.Sprint("/repos/", whole["full_name"]), fmt.Sprint(from["ref"])); head != "" {
		from["sha"] = head
		p.bring(repo, head)
	}
	return p.head(repo.path(), fmt.Sprint(to["ref"])), head
}

// status answers GET /repos/O/N/commits/ID/status.
func (p *proxy) status(commit string) *httptest.ResponseRecorder {
	p.mu.Lock()
	state, told := p.states[commit]
	statuses := []any{}
	if told {
		statuses = append(statuses, map[string]any{"state": state, "context": "test", "target_url": p.targets[commit]})
	}
	p.mu.Unlock()
	total := 1
	if !told {
		state, total = "pending", 0 // which is what GitHub says where there is none
	}
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	json.NewEncoder(w).Encode(map[string]any{"state": state, "sha": commit, "total_count": total, "statuses": statuses})
	return w
}

// SetStatus gives a commit a combined status: "pending", "success", "failure" or
// "error".
func (g *GitHub) SetStatus(commit, state string) {
	g.proxy.mu.Lock()
	defer g.proxy.mu.Unlock()
	g.proxy.states[commit] = state
}

// SetTarget gives a commit's status an address to look at.
func (g *GitHub) SetTarget(commit, url string) {
	g.proxy.mu.Lock()
	defer g.proxy.mu.Unlock()
	g.proxy.targets[commit] = url
}
