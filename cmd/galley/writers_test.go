package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"galley/internal/forge/github/githubtest"
	"galley/internal/signin"
)

// seal makes the cookie of somebody who has signed in.
func (c *copies) seal(t *testing.T, login, token string) *http.Cookie {
	t.Helper()
	at, err := url.Parse(c.url)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := signin.ParseKeys(testKey)
	if err != nil {
		t.Fatal(err)
	}
	in, err := signin.New(signin.Config{
		Kind: signin.GitHubApp, ClientID: githubtest.ClientID, ClientSecret: githubtest.ClientSecret, URL: at, API: at, Web: at, Keys: keys,
	})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	cookie, err := in.Keep(signin.Session{Login: login, Token: token, Issued: now, Expires: now.Add(8 * time.Hour), Ends: now.Add(signin.Lifetime)})
	if err != nil {
		t.Fatal(err)
	}
	return cookie
}

// peak is the most memory that a process had, in MB.
func (i *instance) peak() int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", i.cmd.Process.Pid))
	if err != nil {
		return 0 // not on this system
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if m == nil {
		return 0
	}
	kb, _ := strconv.Atoi(string(m[1]))
	return kb >> 10
}

// timings are how long requests took, by what they were for.
type timings struct {
	mu  sync.Mutex
	all map[string][]time.Duration
}

func (w *timings) add(what string, d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all[what] = append(w.all[what], d)
}

func (w *timings) at(what string, part float64) time.Duration {
	list := slices.Clone(w.all[what])
	slices.Sort(list)
	if len(list) == 0 {
		return 0
	}
	return list[min(len(list)-1, int(float64(len(list))*part))]
}

var pullNumber = regexp.MustCompile(`"pull":{"number":\d+`)

// Many writers at once open a post, have it previewed as they type, and open a
// pull request each: without an error, within bounds of time and memory.
func TestManyWriters(t *testing.T) {
	writers, patience, memory := 12, 2*time.Minute, 400
	if *long {
		writers, patience = 200, 10*time.Minute
	}
	g := githubtest.Start(t)
	files := map[string][]byte{"_config.yml": []byte("title: Harbour Notes\npermalink: /:year/:year:month:day\n")}
	post := "---\nlayout: post\ntitle: Week\ndate: 2026-08-16 22:00:00 -0000\n---\n\n" + strings.Repeat("## Developer News\n\n* The collector keeps its *queue*, and [charts](https://example.org/) load while offline\n\n", 80)
	files["_posts/2026-08-16-update.md"] = []byte(post)
	repo := g.NewRepo(t, "notes", files)
	c := startCopies(t, g, 2)
	quoted, err := json.Marshal(post)
	if err != nil {
		t.Fatal(err)
	}
	text := string(quoted)

	took := timings{all: map[string][]time.Duration{}}
	pulls := map[string]bool{}
	begin := time.Now()
	var all sync.WaitGroup
	for n := range writers {
		login := []string{"ana", "ben"}[n%2]
		cookie := c.seal(t, login, g.OAuth.Token(login))
		all.Go(func() {
			client := &http.Client{Timeout: patience}
			ask := func(what, method, address, body, holds string) (answer []byte) {
				start := time.Now()
				req, err := http.NewRequest(method, c.url+address, strings.NewReader(body))
				if err != nil {
					t.Error(err)
					return nil
				}
				req.Header.Set("Content-Type", "application/json")
				req.Header.Set("Galley-Person", login)
				req.AddCookie(cookie)
				resp, err := client.Do(req)
				if err != nil {
					t.Errorf("%s: %v", what, err)
					return nil
				}
				defer resp.Body.Close()
				answer, err = io.ReadAll(resp.Body)
				if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(answer), holds) {
					t.Errorf("%s: %d %v %.300s", what, resp.StatusCode, err, answer)
				}
				took.add(what, time.Since(start))
				return answer
			}
			ask("open the desk", "GET", "/api/site", "", `"login":"`+login+`"`)
			ask("list the posts", "GET", "/api/posts", "", "2026-08-16-update")
			ask("open a post", "GET", "/api/post?path=_posts/2026-08-16-update.md", "", "Developer News")
			ask("first preview", "GET", "/frame?path=_posts/2026-08-16-update.md", "", "Developer News")
			for range 5 {
				ask("preview", "POST", "/api/preview", `{"branch":"main","path":"_posts/2026-08-16-update.md","text":`+text+`}`, "Developer News")
			}
			name := fmt.Sprintf("_posts/2026-09-13-writer-%d.md", n)
			answer := ask("submit", "POST", "/api/submit", `{"base":"main","path":"`+name+`","text":`+text+`,"title":"Post `+strconv.Itoa(n)+`","message":""}`, `"pull":{"number":`)
			took.mu.Lock()
			defer took.mu.Unlock()
			pulls[string(pullNumber.Find(answer))] = true
		})
	}
	all.Wait()
	total := time.Since(begin)
	if total > patience {
		t.Errorf("it took %v", total)
	}
	// The emulator lists no more than 100.
	if shown := repo.Pulls(t); len(pulls) != writers || shown != min(writers, 100) {
		t.Errorf("%d pull requests, %d of them listed, from %d writers", len(pulls), shown, writers)
	}
	for _, one := range c.running {
		if peak := one.peak(); peak > memory {
			t.Errorf("a copy had %d MB at its peak", peak)
		} else {
			t.Logf("a copy had %d MB at its peak", peak)
		}
	}
	t.Logf("%d writers in %v", writers, total.Round(time.Millisecond))
	for _, what := range []string{"open the desk", "list the posts", "open a post", "first preview", "preview", "submit"} {
		t.Logf("%-16s half within %6v, 95 of 100 within %6v", what, took.at(what, 0.5).Round(time.Millisecond), took.at(what, 0.95).Round(time.Millisecond))
	}
}
