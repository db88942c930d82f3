package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"galley/internal/forge/github/githubtest"
)

// resident is the memory that a process has now, in MB; 0 where the system does not say.
func (i *instance) resident() int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", i.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	if m == nil {
		return 0
	}
	kb, _ := strconv.Atoi(string(m[1]))
	return kb >> 10
}

// Two hundred writers write for ten minutes, while copies are killed at random
// moments and others start in their place. What each has submitted is there once,
// whole, in one commit of one pull request; and the copy that lived from the
// beginning to the end has no more memory at the end than early on.
func TestWritersAndKills(t *testing.T) {
	if !*long {
		t.Skip("takes ten minutes; run by make test-long, with -long")
	}
	const writers = 200
	g := githubtest.Start(t)
	post := func(title string) string {
		return "---\nlayout: post\ntitle: " + title + "\ndate: 2026-08-16 22:00:00 -0000\n---\n\n" +
			strings.Repeat("## Developer News\n\n* The collector keeps its *queue*, and [charts](https://example.org/) load while offline\n\n", 40)
	}
	repo := g.NewRepo(t, "notes", map[string][]byte{
		"_config.yml":                 []byte("title: Harbour Notes\npermalink: /:year/:year:month:day\n"),
		"_posts/2026-08-16-update.md": []byte(post("Week")),
	})
	c := startCopies(t, g, 3)
	eldest := c.running[0]
	end := time.Now().Add(*lasting)

	var mu sync.Mutex
	submitted := map[string]string{} // by branch, the text
	again := 0
	var all sync.WaitGroup
	for n := range writers {
		login := []string{"ana", "ben"}[n%2]
		cookie := c.seal(t, login, g.OAuth.Token(login))
		client := &http.Client{Timeout: 2 * time.Minute}
		// ask asks as the page does: once more where the answer is lost, or is that
		// of a copy that could not reach the other side.
		ask := func(method, address, body, holds string) bool {
			for try := 0; ; try++ {
				req, err := http.NewRequest(method, c.url+address, strings.NewReader(body))
				if err != nil {
					t.Error(err)
					return false
				}
				req.Header.Set("Content-Type", "application/json")
				req.Header.Set("Galley-Person", login)
				req.AddCookie(cookie)
				status, answer := 0, []byte(nil)
				resp, err := client.Do(req)
				if err == nil {
					status = resp.StatusCode
					answer, err = io.ReadAll(resp.Body)
					resp.Body.Close()
				}
				if err == nil && status == http.StatusOK && strings.Contains(string(answer), holds) {
					return true
				}
				if try == 30 || err == nil && status >= 400 && status < 500 {
					t.Errorf("%s %s: %d %v %.300s", method, address, status, err, answer)
					return false
				}
				mu.Lock()
				again++
				mu.Unlock()
				time.Sleep(time.Duration(100+rand.IntN(400)) * time.Millisecond)
			}
		}
		all.Go(func() {
			for k := 0; ; k++ {
				// Nobody writes without a pause; it is what others use.
				time.Sleep(time.Duration(rand.Int64N(int64(90 * time.Second))))
				if time.Now().After(end) {
					return
				}
				title := fmt.Sprintf("Writer %d writes %d", n, k)
				text := post(title)
				quoted, err := json.Marshal(text)
				if err != nil {
					t.Error(err)
					return
				}
				name := fmt.Sprintf("2026-09-13-writer-%d-%d", n, k)
				done := ask("GET", "/api/site", "", `"login":"`+login+`"`) &&
					ask("GET", "/api/post?path=_posts/2026-08-16-update.md", "", "Developer News") &&
					ask("GET", "/frame?path=_posts/2026-08-16-update.md", "", "Developer News") &&
					ask("POST", "/api/preview", `{"branch":"main","path":"_posts/2026-08-16-update.md","text":`+string(quoted)+`}`, title) &&
					ask("POST", "/api/submit", `{"base":"main","path":"_posts/`+name+`.md","text":`+string(quoted)+`,"title":"`+title+`","message":""}`, `"pull":{"number":`)
				if !done {
					return
				}
				mu.Lock()
				submitted["galley/"+login+"/"+name] = text
				mu.Unlock()
			}
		})
	}

	var memory []int
	kills := 0
	for looked := time.Now(); time.Now().Before(end); {
		time.Sleep(time.Duration(2000+rand.IntN(6000)) * time.Millisecond)
		c.kill(1 + rand.IntN(2))
		c.start()
		kills++
		if time.Since(looked) > *lasting/20 {
			memory = append(memory, eldest.resident())
			looked = time.Now()
		}
	}
	all.Wait()

	// In the first fifth it gets what it keeps; from then on it is as it is.
	if len(memory) > 10 {
		early, late := slices.Max(memory[2:7]), slices.Max(memory[len(memory)-5:])
		if late > early+early/4+20 {
			t.Errorf("the eldest copy had %d MB early on, and %d MB at the end: %v", early, late, memory)
		}
	}
	pulls := map[string]int{}
	for _, pull := range every[struct{ Head struct{ Ref string } }](t, g, "/pulls?state=all") {
		pulls[pull.Head.Ref]++
	}
	if branches := len(every[struct{}](t, g, "/branches?protected=false")) - 1; branches != len(submitted) || len(pulls) != len(submitted) {
		t.Errorf("%d posts were submitted; there are %d branches, of which %d have pull requests", len(submitted), branches, len(pulls))
	}
	before := len(repo.Log(t, "main"))
	for branch, text := range submitted {
		path := "_posts/" + branch[strings.LastIndex(branch, "/")+1:] + ".md"
		if got := string(repo.Read(t, branch, path)); got != text {
			t.Errorf("%s has %.80q", branch, got)
		}
		if commits := len(repo.Log(t, branch)) - before; commits != 1 {
			t.Errorf("%s has %d commits", branch, commits)
		}
		if pulls[branch] != 1 {
			t.Errorf("%s has %d pull requests", branch, pulls[branch])
		}
	}
	t.Logf("%d writers, %d posts submitted, %d copies killed, %d requests sent again; memory of the eldest copy in MB: %v",
		writers, len(submitted), kills, again, memory)
}

// every is a whole list of the repository, of which GitHub gives a hundred at a time.
func every[T any](t *testing.T, g *githubtest.GitHub, address string) (list []T) {
	t.Helper()
	for page := 1; len(list) == 100*(page-1); page++ {
		var more []T
		g.Call(t, http.MethodGet, fmt.Sprintf("/repos/%s/notes%s&per_page=100&page=%d", githubtest.Owner, address, page), nil, &more)
		list = append(list, more...)
	}
	return list
}
