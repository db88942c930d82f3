package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"galley/internal/forge"
	"galley/internal/forge/github"
	"galley/internal/forge/github/githubtest"
	"galley/internal/forge/local"
	"galley/internal/server"
)

// newsroom is a real server for the writers 1 to 8, and for the editor, who is
// writer 0: the cookie of a request says who asks.
type newsroom struct {
	url string
	// merge merges a pull request as its editor would.
	merge func(number int)
	// branchText is the post on the edition's branch.
	branchText func() string
}

const writersCount = githubtest.Writers

// The text that each of eight has a section of.
func commonPost() string {
	b := strings.Builder{}
	b.WriteString("---\nlayout: post\ntitle: Week Ending August 16, 2026\ndate: 2026-08-19 22:00:00 -0000\n---\n\n")
	for n := range writersCount {
		fmt.Fprintf(&b, "## Section %d\n\n%s", n+1, []string{"* \n\n", "A paragraph of the template.\n\n", ""}[n%3])
	}
	return b.String()
}

// wrote is a writer's section in its place.
func wrote(text string, n int) string {
	head := fmt.Sprintf("## Section %d\n\n", n)
	was := head + []string{"* \n\n", "A paragraph of the template.\n\n", ""}[(n-1)%3]
	return strings.Replace(text, was, head+fmt.Sprintf("* Writer %d says ünïcödé 🚢\n* and more\n\n### Details %d\n\nA paragraph by writer %d.\n\n", n, n, n), 1)
}

func localNewsroom(t *testing.T) newsroom {
	dir := filepath.Join(t.TempDir(), "harbour")
	files := fstest.MapFS{"_config.yml": {Data: []byte(config)}, shared: {Data: []byte(commonPost())}}
	f, err := local.Init(dir, files, somebody("Editor"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return openNewsroom(t, f, func(who int) (forge.Forge, error) {
		return local.Open(dir, forge.Person{Login: fmt.Sprint("writer-", who), Name: fmt.Sprint("Writer ", who), Email: fmt.Sprintf("writer-%d@example.org", who)}, time.Now)
	}, func(number int) {
		p, err := f.PullRequest(t.Context(), number)
		if err == nil {
			_, err = f.Merge(t.Context(), number, p.Head)
		}
		if err != nil {
			t.Errorf("merging %d: %v", number, err)
		}
	})
}

func githubNewsroom(t *testing.T) newsroom {
	gh := githubtest.Start(t)
	repo := gh.NewRepo(t, "edition", map[string][]byte{"_config.yml": []byte(config), shared: []byte(commonPost())})
	person := func(token string) (forge.Forge, error) {
		return github.New(github.Config{Owner: repo.Owner, Repo: repo.Name, Token: token, BaseURL: gh.URL})
	}
	f, err := person(githubtest.TokenAna)
	if err != nil {
		t.Fatal(err)
	}
	forges := make([]forge.Forge, writersCount+1)
	for n := range forges {
		token := githubtest.TokenAna
		if n > 0 {
			token = githubtest.WriterToken(n)
		}
		if forges[n], err = person(token); err != nil {
			t.Fatal(err)
		}
	}
	return openNewsroom(t, f, func(who int) (forge.Forge, error) { return forges[who], nil }, func(number int) { repo.Merge(t, number) })
}

func openNewsroom(t *testing.T, f forge.Forge, of func(who int) (forge.Forge, error), merge func(int)) newsroom {
	t.Helper()
	if _, err := f.StartBranch(t.Context(), "20260816", "main", nil); err != nil {
		t.Fatal(err)
	}
	b := newBenchOver(t, f, func(c *server.Config) {
		c.Forge = func(r *http.Request) (forge.Forge, error) {
			who := 0
			if c, err := r.Cookie("who"); err == nil {
				who, _ = strconv.Atoi(c.Value)
			}
			return of(who)
		}
	})
	s := httptest.NewServer(b.Server)
	t.Cleanup(s.Close)
	return newsroom{url: s.URL, merge: merge, branchText: func() string {
		file, err := f.Read(t.Context(), "20260816", shared)
		if err != nil {
			t.Fatal(err)
		}
		return string(file.Data)
	}}
}

// ask sends a request as a writer, and reads the answer: its last line, for a
// submission.
func (n newsroom) ask(t *testing.T, who int, method, target string, body, answer any) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Error(err)
		return
	}
	r, err := http.NewRequestWithContext(t.Context(), method, n.url+target, bytes.NewReader(text))
	if err != nil {
		t.Error(err)
		return
	}
	r.Header.Set("Content-Type", "application/json")
	r.AddCookie(&http.Cookie{Name: "who", Value: strconv.Itoa(who)})
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return
	}
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	lines := strings.Split(strings.TrimSpace(string(all)), "\n")
	if err == nil {
		err = json.Unmarshal([]byte(lines[len(lines)-1]), answer)
	}
	if err != nil {
		t.Errorf("%s %s: %v in %s", method, target, err, all)
	}
}

type postAnswer struct{ Text, Blob, Commit string }

type submitAnswer struct {
	Pull  struct{ Number int }
	Error struct {
		Kind, Sentence string
		Current        *postAnswer
	}
}

func (n newsroom) post(t *testing.T, who int) (p postAnswer) {
	t.Helper()
	n.ask(t, who, "GET", "/api/post?"+url.Values{"branch": {"20260816"}, "path": {shared}}.Encode(), nil, &p)
	return p
}

// mergeTexts merges as the editor does; choose is asked for each collision.
func (n newsroom) mergeTexts(t *testing.T, who int, base, mine, theirs string, choose func(mine, theirs string) string) string {
	t.Helper()
	var m mergedText
	n.ask(t, who, "POST", "/api/merge", map[string]string{"path": shared, "base": base, "mine": mine, "theirs": theirs}, &m)
	for i := len(m.Pieces) - 1; i >= 0; i-- {
		if p := m.Pieces[i]; p.Kind == "collision" {
			if choose == nil {
				t.Errorf("writer %d: a collision at %v", who, p.Where)
				continue
			}
			// No character of what collides here takes two units before it.
			m.Text = strings.Replace(m.Text, p.Mine, choose(p.Mine, p.Theirs), 1)
		}
	}
	return m.Text
}

// submit sends a text till it is taken, merging what it meets.
func (n newsroom) submit(t *testing.T, who int, from postAnswer, mine string) int {
	t.Helper()
	for range 20 {
		var answer submitAnswer
		n.ask(t, who, "POST", "/api/submit", map[string]any{
			"base": "20260816", "path": shared, "text": mine, "blob": from.Blob, "earlier": []string{}, "title": fmt.Sprint("Section ", who),
		}, &answer)
		if answer.Pull.Number > 0 {
			return answer.Pull.Number
		}
		if answer.Error.Kind != "stale" || answer.Error.Current == nil {
			t.Errorf("writer %d: %s: %s", who, answer.Error.Kind, answer.Error.Sentence)
			return 0
		}
		mine, from = n.mergeTexts(t, who, from.Text, mine, answer.Error.Current.Text, nil), *answer.Error.Current
	}
	t.Errorf("writer %d: never taken", who)
	return 0
}

// bringUp merges the base into a pull request that does not merge, as "Bring up
// to date" does. It tells whether that was needed.
func (n newsroom) bringUp(t *testing.T, who, number int, choose func(mine, theirs string) string) bool {
	t.Helper()
	var p struct {
		Pull  struct{ Mergeable string }
		Files []struct {
			Path, Old, New, Blob string
		}
	}
	n.ask(t, who, "GET", fmt.Sprint("/api/pulls/", number), nil, &p)
	if p.Pull.Mergeable != "conflict" || len(p.Files) != 1 {
		return false
	}
	now := n.post(t, who)
	mine := n.mergeTexts(t, who, p.Files[0].Old, p.Files[0].New, now.Text, choose)
	var answer submitAnswer
	n.ask(t, who, "POST", "/api/submit", map[string]any{
		"base": "20260816", "path": shared, "text": mine, "blob": now.Blob, "earlier": []string{p.Files[0].Blob}, "title": fmt.Sprint("Section ", who), "merged": now.Commit,
	}, &answer)
	if answer.Pull.Number != number {
		t.Errorf("writer %d: %+v", who, answer)
	}
	return true
}

func newsrooms(t *testing.T, test func(t *testing.T, n newsroom)) {
	t.Run("local", func(t *testing.T) { test(t, localNewsroom(t)) })
	t.Run("github", func(t *testing.T) { test(t, githubNewsroom(t)) })
}

// Eight writers, eight sections, one file, submitted at once: eight pull
// requests that merge one after another, and nothing is lost or changed besides.
func TestEightWriters(t *testing.T) {
	newsrooms(t, func(t *testing.T, n newsroom) {
		seed := uint64(time.Now().UnixNano())
		r := rand.New(rand.NewPCG(seed, 1))
		t.Logf("seed %d", seed)
		want := commonPost()
		numbers := make([]int, writersCount+1)
		delays := make([]time.Duration, writersCount+1)
		for i := range delays {
			delays[i] = time.Duration(r.IntN(400)) * time.Millisecond
		}
		var all sync.WaitGroup
		for who := 1; who <= writersCount; who++ {
			want = wrote(want, who)
			all.Go(func() {
				from := n.post(t, who)
				time.Sleep(delays[who])
				mine := wrote(from.Text, who)
				if mine == from.Text {
					t.Errorf("writer %d found no place in %q", who, from.Text)
				}
				numbers[who] = n.submit(t, who, from, mine)
			})
		}
		all.Wait()
		if t.Failed() {
			return
		}
		brought := 0
		for _, i := range r.Perm(writersCount) {
			if n.bringUp(t, i+1, numbers[i+1], nil) {
				brought++
			}
			n.merge(numbers[i+1])
		}
		t.Logf("%d of %d pull requests were brought up to date first", brought, writersCount)
		if got := n.branchText(); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// Two write the same section: the second is told, chooses, and merges.
func TestTwoWritersOfOneSection(t *testing.T) {
	newsrooms(t, func(t *testing.T, n newsroom) {
		base := n.post(t, 1)
		const was, first, second = "A paragraph of the template.\n", "What the first one writes.\n", "What the second one writes.\n"
		one := n.submit(t, 1, base, strings.Replace(base.Text, was, first, 1))
		two := n.submit(t, 2, base, strings.Replace(base.Text, was, second, 1))
		n.merge(one)
		asked := 0
		if !n.bringUp(t, 2, two, func(mine, theirs string) string {
			asked++
			if mine != second || theirs != first {
				t.Errorf("asked about %q and %q", mine, theirs)
			}
			return theirs + "\n" + mine
		}) {
			t.Error("the second pull request still merges")
		}
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
		if n.bringUp(t, 2, two, nil) {
			t.Error("it does not merge after that")
		}
		n.merge(two)
		if got, want := n.branchText(), strings.Replace(base.Text, was, first+"\n"+second, 1); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}
