package githubtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
)

// deployment is one of a commit; the emulator has none.
type deployment struct{ commit, environment, state, log, url string }

var (
	deploymentsPath = regexp.MustCompile(`^/repos/[^/]+/[^/]+/deployments$`)
	statusesPath    = regexp.MustCompile(`^/repos/[^/]+/[^/]+/deployments/(\d+)/statuses$`)
)

// Deploy gives a commit a deployment, or its deployment in an environment another
// state: "queued", "in_progress", "success", "failure", "error" or "inactive".
func (g *GitHub) Deploy(commit, environment, state string) {
	g.DeployAt(commit, environment, state, "")
}

// DeployAt is Deploy with the address at which the environment is; "" for none.
func (g *GitHub) DeployAt(commit, environment, state, url string) {
	g.proxy.mu.Lock()
	defer g.proxy.mu.Unlock()
	d := deployment{commit, environment, state, "https://github.example/logs/" + environment, url}
	for i, known := range g.proxy.deployed {
		if known.commit == commit && known.environment == environment {
			g.proxy.deployed[i] = d
			return
		}
	}
	g.proxy.deployed = append(g.proxy.deployed, d)
}

// deployments answers for deployments and their statuses; nil for other addresses.
func (p *proxy) deployments(r *http.Request) *httptest.ResponseRecorder {
	path := r.URL.EscapedPath()
	p.mu.Lock()
	defer p.mu.Unlock()
	list := []any{}
	if deploymentsPath.MatchString(path) {
		for i, d := range slices.Backward(p.deployed) {
			if sha := r.URL.Query().Get("sha"); sha == "" || sha == d.commit {
				list = append(list, map[string]any{"id": i + 1, "sha": d.commit, "environment": d.environment})
			}
		}
	} else if m := statusesPath.FindStringSubmatch(path); m != nil {
		id, _ := strconv.Atoi(m[1])
		if id < 1 || id > len(p.deployed) {
			return refusal(http.StatusNotFound, "Not Found")
		}
		d := p.deployed[id-1]
		list = append(list, map[string]any{"id": id, "state": d.state, "environment": d.environment, "log_url": d.log, "environment_url": d.url})
	} else {
		return nil
	}
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(list)
	return w
}
