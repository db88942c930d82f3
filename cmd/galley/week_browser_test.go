package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"galley/internal/forge/github/githubtest"
	"galley/internal/mail/mailtest"
)

// weekConfig are a newsletter's settings but for its trays and its address.
const weekConfig = `title: A Weekly
url: %s
permalink: /:year/:year:month:day
galley:
  template: template.md
  title: "Week Ending {month} {day}, {year}"
  slug: "{date}-update"
  edition: {weekday: sunday}
  branch: "{year}{mm}{dd}"
  placeholders: [Month DD, POST_DATE, POST_SLUG]
  reading: {minutes: 20}
  mail: {subject: "Weekly: {{ page.title }}", preview: "{%% for h in headings %%}{%% if h.level == 3 %%}{{ h.text }}; {%% endif %%}{%% endfor %%}"}
  social:
    bluesky: "{{ page.title }} {{ page.url | absolute_url }}"
    mastodon: "{{ page.title }}: {{ page.url | absolute_url }} #weekly"
  rules:
    required: {list: [{in: Release Schedule, text: '^\*\*Next Deadline: .+\*\*$', say: Name the next deadline.}]}
    bullet-full-stop: error
    bullet-length: {max: 45}
    paragraph-full-stop: warning
    link-number: {list: [{text: '^(\d+):', address: '/pull/(\d+)'}]}
    link-repeated: {match: /pull/}
    link-again: {match: /pull/}
    weekday: warning
    date-zone: warning
    section-order: {order: [%s]}
  trays:
%s`

// weekWorld is all that a week needs of others: feeds, the mailing service, the site
// as it is served, and GitHub's own page, where pull requests are merged.
type weekWorld struct {
	mu     sync.Mutex
	served map[string]string // feeds by path
	mail   mailtest.Buttondown
	github *githubtest.GitHub
	repo   *githubtest.Repo
	asked  []string // of the site that is served
	live   bool
}

func (w *weekWorld) handle(t *testing.T) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/v1/", &w.mail)
	mux.HandleFunc("POST /github/merge/{number}", func(out http.ResponseWriter, r *http.Request) {
		number := 0
		_, _ = fmt.Sscan(r.PathValue("number"), &number)
		_, _ = io.WriteString(out, w.repo.TryMerge(t, number))
	})
	mux.HandleFunc("POST /github/deploy/{state}", func(_ http.ResponseWriter, r *http.Request) {
		w.github.Deploy(w.repo.Head(t, "main"), "github-pages", r.PathValue("state"))
		w.mu.Lock()
		w.live = r.PathValue("state") == "success"
		w.mu.Unlock()
	})
	mux.HandleFunc("GET /mails", func(out http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(out).Encode(w.mail.Mails()) })
	mux.HandleFunc("/", func(out http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if text, ok := w.served[r.URL.Path]; ok {
			out.Header().Set("Content-Type", "application/rss+xml")
			_, _ = io.WriteString(out, text)
			return
		}
		w.asked = append(w.asked, r.URL.Path)
		if !w.live {
			out.WriteHeader(http.StatusNotFound)
		}
	})
	return mux
}

// A newsletter's week on GitHub in a real browser: web/e2e/week.spec.ts begins the
// edition, has eight people write it and publishes it. What arrived has to be what the
// week had, and has to pass the site's own rules.
func TestWeekInTheBrowser(t *testing.T) {
	web := browserTests(t)
	gh := githubtest.Start(t)
	world := &weekWorld{github: gh, mail: mailtest.Buttondown{Key: "hidden-from-browsers"}}
	server := httptest.NewServer(world.handle(t))
	t.Cleanup(server.Close)

	names, texts := weekEditions(t)
	week := readWeek(texts[1])
	settings, files, served, found := weekTrays(week, server.URL, time.Now().UTC())
	world.served = served
	gh.Merge(found...)
	var order []string
	for _, s := range week {
		order = append(order, fmt.Sprintf("%q", s.Name))
	}
	repo := map[string][]byte{
		"_config.yml":        fmt.Appendf(nil, weekConfig, server.URL, strings.Join(order, ", "), settings),
		"template.md":        []byte(weekTemplate(week)),
		"_posts/" + names[0]: []byte(texts[0]),
	}
	for name, text := range files {
		repo[name] = []byte(text)
	}
	world.repo = gh.NewRepo(t, "weekly", repo)
	sections, err := json.Marshal(week)
	if err != nil {
		t.Fatal(err)
	}
	writers := []string{githubtest.TokenCam} // who may not push
	for n := range githubtest.Writers - 1 {
		writers = append(writers, githubtest.WriterToken(n+1))
	}
	cmd := exec.Command("npx", "playwright", "test", "--project=chromium", "week.spec.ts", "--output", t.TempDir())
	cmd.Dir = web
	cmd.Env = append(os.Environ(), "GALLEY_WEEK="+string(sections), "GALLEY_WEEK_WORLD="+server.URL, "GALLEY_GITHUB_API="+gh.URL,
		"GALLEY_GITHUB_REPO="+githubtest.Owner+"/"+world.repo.Name, "GITHUB_TOKEN="+githubtest.TokenAna,
		"GALLEY_WEEK_WRITERS="+strings.Join(writers, " "), "GALLEY_BUTTONDOWN_KEY="+world.mail.Key)
	out, err := cmd.CombinedOutput()
	if err != nil {
		for _, edition := range regexp.MustCompile(`_posts/(\d{4})-(\d\d)-(\d\d)-update\.md`).FindAllStringSubmatch(string(out), 2) {
			t.Logf("%s:\n%s", edition[0], world.repo.Read(t, edition[1]+edition[2]+edition[3], edition[0]))
		}
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)

	// A folder with what is on the site's branch is what anybody has who clones it.
	dir, path := t.TempDir(), ""
	for name := range repo {
		weekWrite(t, dir, name, world.repo.Read(t, "main", name))
	}
	path = "_posts/" + regexp.MustCompile(`\d{4}-\d\d-\d\d-update\.md`).FindString(string(out))
	text := world.repo.Read(t, "main", path)
	weekWrite(t, dir, path, text)
	check := exec.Command(filepath.Join(web, "../bin/galley"), "check", "--fail-on", "info", "--links", path)
	check.Dir = dir
	if told, err := check.CombinedOutput(); err != nil || len(told) > 0 {
		t.Errorf("galley check: %v\n%s", err, told)
	}
	// What the week had is there once, in its section.
	got := readWeek(string(text))
	if len(got) != len(week) {
		t.Fatalf("%d sections of %d:\n%s", len(got), len(week), text)
	}
	for n, want := range week {
		if got[n].Name != want.Name || got[n].Deadline != want.Deadline || got[n].Text != want.Text || strings.TrimSuffix(strings.Join(got[n].Bullets, "\n"), ".") != strings.TrimSuffix(strings.Join(want.Bullets, "\n"), ".") {
			t.Errorf("%q has %+v, want %+v", want.Name, got[n], want)
		}
		for k, item := range want.Items {
			if k >= len(got[n].Items) || got[n].Items[k].URL != item.URL || strings.TrimSuffix(got[n].Items[k].Rest, ".") != strings.TrimSuffix(item.Rest, ".") {
				t.Errorf("%q lacks %+v:\n%s", want.Name, item, text)
				break
			}
		}
	}
	if date := regexp.MustCompile(`(?m)^date: (\S+ \S+) [+-]0000$`).FindSubmatch(text); date == nil {
		t.Errorf("the date is not stamped:\n%.300s", text)
	} else if at, err := time.Parse(time.DateTime, string(date[1])); err != nil || time.Since(at) < 0 || time.Since(at) > 10*time.Minute {
		t.Errorf("the date is %s, %v", date[1], err)
	}
}

func weekWrite(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
