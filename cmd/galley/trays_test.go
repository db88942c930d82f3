package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/forge/github/githubtest"
)

// Material from GitHub comes through the person's own sign-in, conditionally when it is
// known; and what others submit to the edition, one of them from a fork, is put in by
// one merge.
func TestTraysOnGitHub(t *testing.T) {
	g, repo, s := hosted(t)
	const path, text = "_posts/2026-08-16-update.md", "---\ntitle: Week\ndate: 2026-08-16 22:00:00 -0000\n---\n\n## Merged\n\n* one\n\n## Events\n\n*\n"
	repo.Commit(t, "main", "_config.yml", []byte(`title: Harbour Notes
permalink: /:year/:year:month:day
galley:
  edition: {weekday: sunday}
  trays:
    - {name: Merged, kind: pulls, query: "repo:`+githubtest.Owner+`/notes is:pr is:merged merged:{since}..{until}", section: Merged, bullet: "[{{ item.number }}: {{ item.title }}]({{ item.url }}) by {{ item.author }}"}
    - {name: Submissions, kind: submissions}
`))
	repo.Commit(t, "main", path, []byte(text))
	const trays = "/api/trays?branch=main&path=" + path
	ana, ben, cam := newVisitor(t, s.url), newVisitor(t, s.url), newVisitor(t, s.url)
	if status, _ := ana.get(trays); status != http.StatusUnauthorized {
		t.Fatalf("without a sign-in: %d", status)
	}
	for login, v := range map[string]*visitor{"ana": ana, "ben": ben, "cam": cam} {
		v.signIn(login, "/")
	}
	submit := func(v *visitor, path, text, blob, title string) (number int) {
		t.Helper()
		body, _ := json.Marshal(map[string]string{"base": "main", "path": path, "text": text, "blob": blob, "title": title})
		status, answer := v.post("/api/submit", string(body))
		lines := strings.Split(strings.TrimSpace(answer), "\n")
		var end struct{ Pull struct{ Number int } }
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &end); err != nil || status != http.StatusOK || end.Pull.Number == 0 {
			t.Fatalf("%d %s", status, answer)
		}
		return end.Pull.Number
	}
	decoded := func(v *visitor, method, address, body string, into any) {
		t.Helper()
		status, answer := v.get(address)
		if method == http.MethodPost {
			status, answer = v.post(address, body)
		}
		if err := json.Unmarshal([]byte(answer), into); err != nil || status != http.StatusOK {
			t.Fatalf("%s %s: %d %s", method, address, status, answer)
		}
	}

	merged := submit(ana, "_posts/2026-08-23-update.md", "---\ntitle: Next\n---\n", "", "Charts [load] offline")
	repo.Merge(t, merged)
	var list struct {
		Trays []struct {
			Kind    string
			Trouble []string
			Items   []struct{ Title, Bullet, Source string }
		}
	}
	g.Count(http.MethodGet, http.StatusNotModified)
	for range 2 {
		decoded(ana, http.MethodGet, trays+"&fresh=1", "", &list)
		want := fmt.Sprintf(`[%d: Charts \[load\] offline](`, merged)
		if got := list.Trays; len(got) != 2 || len(got[0].Trouble) != 0 || len(got[0].Items) != 1 || !strings.HasPrefix(got[0].Items[0].Bullet, want) || !strings.HasSuffix(got[0].Items[0].Bullet, ") by ana") || got[1].Kind != "submissions" {
			t.Fatalf("%+v", got)
		}
	}
	if g.Count(http.MethodGet, http.StatusNotModified) == 0 {
		t.Error("what is known is asked for as if it were not")
	}

	blob := forge.BlobID([]byte(text))
	first := submit(ben, path, strings.Replace(text, "* one\n", "* one\n* Ben's\n", 1), blob, "Add Ben's")
	second := submit(cam, path, strings.Replace(text, "*\n", "* Cam's meeting\n", 1), blob, "Add a meeting")
	var offers struct {
		Head, Refused string
		Pulls         []struct {
			Number              int
			Head, Reason, Title string
		}
	}
	const submissions = "/api/submissions?branch=main&path=" + path
	decoded(cam, http.MethodGet, submissions, "", &offers)
	if !strings.Contains(offers.Refused, "You may not push") || len(offers.Pulls) != 2 {
		t.Errorf("Cam is told %+v", offers)
	}
	decoded(ana, http.MethodGet, submissions, "", &offers)
	if offers.Refused != "" || len(offers.Pulls) != 2 || offers.Pulls[0].Reason != "" || offers.Pulls[1].Reason != "" {
		t.Fatalf("%+v", offers)
	}
	put := func(v *visitor, blob string) string {
		return fmt.Sprintf(`{"branch":"main","path":%q,"head":%q,"blob":%q,"pulls":[{"number":%d,"head":%q},{"number":%d,"head":%q}]}`,
			path, offers.Head, blob, first, offers.Pulls[0].Head, second, offers.Pulls[1].Head)
	}
	var joined struct{ Text, Blob, Commit string }
	decoded(ana, http.MethodPost, "/api/submissions", put(ana, ""), &joined)
	want := strings.NewReplacer("* one\n", "* one\n* Ben's\n", "*\n", "* Cam's meeting\n").Replace(text)
	if joined.Text != want || joined.Commit != "" {
		t.Fatalf("%+v", joined)
	}
	if status, answer := cam.post("/api/submissions", put(cam, joined.Blob)); status != http.StatusForbidden {
		t.Errorf("Cam's press: %d %s", status, answer)
	}
	decoded(ana, http.MethodPost, "/api/submissions", put(ana, joined.Blob), &joined)
	log := repo.Log(t, "main")
	if log[0].SHA != joined.Commit || len(log[0].Parents) != 3 || log[0].Parents[0].SHA != offers.Head || string(repo.Read(t, "main", path)) != want {
		t.Errorf("%+v: %s", log[0], repo.Read(t, "main", path))
	}
	for _, number := range []int{first, second} {
		var one struct {
			Pull struct{ State, Merge string }
		}
		decoded(ana, http.MethodGet, fmt.Sprintf("/api/pulls/%d", number), "", &one)
		if one.Pull.State != "merged" || one.Pull.Merge != joined.Commit {
			t.Errorf("pull request %d is %+v", number, one)
		}
	}
}
