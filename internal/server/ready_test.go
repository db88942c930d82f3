package server_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"galley/internal/fetch"
	"galley/internal/forge"
	"galley/internal/mail"
	"galley/internal/server"
)

const readyConfig = `title: Sample
url: https://sample.example
baseurl: /news
permalink: /:year/:year:month:day
galley:
  mail: {subject: "News: {{ page.title }}", preview: "{% for h in headings %}{% if h.section == 'Featured' and h.level == 3 %}{{ h.text }}. {% endif %}{% endfor %}"}
  reading: {minutes: 1, words: 3}
  social:
    bluesky: "{{ page.title }} {{ page.url | absolute_url }}"
    mastodon: "{{ page.title | nofilter }"
  rules: {bullet-full-stop: error}
`

const readyPost = "---\nlayout: post\ntitle: Week Ending August 16\ndate: 2026-08-20 22:00:00 -0000\n---\n\nOne [two](/about) three\n\n## Featured\n\n### [12: Stamp](https://x.example)\n\n* four.\n"

// readyFor is an answer of /api/ready, as far as tests look at it.
type readyFor struct {
	Blob, Text, Stamped, Title, Date, URL, StampedURL, Hidden, PublishedURL string
	Published, Links                                                        bool
	Words, Minutes, MaxMinutes                                              int
	Taken, StampedHidden                                                    string
	Diagnostics                                                             []struct{ Code string }
	Told                                                                    []string
	Mail                                                                    *struct {
		Subject, Preview, HTML, Text, Service string
		Found                                 []struct{ Code string }
	}
	Social []struct {
		Name, Label, Counts, Text string
		Limit                     int
	}
}

const readyPath = "_posts/2026-08-16-update.md"

func newReadyBench(t *testing.T, change ...func(*server.Config)) *bench {
	b := newBench(t, change...)
	b.forge.branches["main"]["_config.yml"] = []byte(readyConfig)
	b.forge.branches["main"][readyPath] = []byte(readyPost)
	return b
}

func TestReady(t *testing.T) {
	b := newReadyBench(t)
	var got readyFor
	b.get("/api/ready?branch=main&path="+readyPath, &got)
	if got.Title != "Week Ending August 16" || got.Date != "2026-08-20T22:00:00Z" || got.URL != "https://sample.example/news/2026/20260820" || got.StampedURL != "https://sample.example/news/2026/20260816" {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(got.Hidden, "date") || !got.Published || got.PublishedURL != got.URL {
		t.Errorf("%q %v %q", got.Hidden, got.Published, got.PublishedURL)
	}
	if want := strings.Replace(readyPost, "2026-08-20 22:00:00", "2026-08-16 09:30:00", 1); got.Stamped != want || got.Text != readyPost {
		t.Errorf("stamped is %q", got.Stamped)
	}
	if got.Words != 7 || got.Minutes != 3 || got.MaxMinutes != 1 {
		t.Error(got.Words, got.Minutes, got.MaxMinutes)
	}
	if told := fmt.Sprint(got.Diagnostics); !strings.Contains(told, "bullet-full-stop") || !strings.Contains(told, "date-future") {
		t.Error(told)
	}
	m := got.Mail
	if m == nil || m.Subject != "News: Week Ending August 16" || m.Preview != "12: Stamp." || m.Service != "" {
		t.Fatalf("%+v", m)
	}
	for _, want := range []string{`href="https://sample.example/about"`, `href="https://sample.example/news/2026/20260820"`, "Week Ending August 16</h1>", `<h2 id="featured" style="`} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("without %s: %s", want, m.HTML)
		}
	}
	if strings.Count(m.HTML, "<html") != 1 || strings.Contains(m.HTML, "<script") {
		t.Error(m.HTML)
	}
	if len(got.Social) != 2 || got.Social[0].Text != "Week Ending August 16 https://sample.example/news/2026/20260820" || got.Social[0].Limit != 300 {
		t.Errorf("%+v", got.Social)
	}
	if len(got.Told) != 1 || !strings.Contains(got.Told[0], "galley.social.mastodon") {
		t.Errorf("%q", got.Told)
	}
	b.get("/api/ready?stamp=1&branch=main&path="+readyPath, &got)
	if got.Social[0].Text != "Week Ending August 16 https://sample.example/news/2026/20260816" {
		t.Errorf("%+v", got.Social)
	}
}

// A day alone is a day of the site's zone, where it is still yesterday: published now the
// post is shown. What dating does not mend is told, too.
func TestReadyStampsDayInZone(t *testing.T) {
	b := newReadyBench(t, func(c *server.Config) {
		c.Clock = func() time.Time { return time.Date(2026, 8, 17, 2, 0, 0, 0, time.UTC) }
	})
	b.forge.branches["main"]["_config.yml"] = []byte(readyConfig + "timezone: America/Los_Angeles\n")
	b.forge.branches["main"][readyPath] = []byte(strings.Replace(readyPost, "2026-08-20 22:00:00 -0000", "2026-08-20", 1))
	var got readyFor
	b.get("/api/ready?branch=main&path="+readyPath, &got)
	if !strings.Contains(got.Stamped, "\ndate: 2026-08-16\n") || got.StampedURL != "https://sample.example/news/2026/20260816" || got.StampedHidden != "" || got.Hidden == "" {
		t.Errorf("%q, %s, hidden as it is: %q, and dated now: %q", got.Stamped, got.StampedURL, got.Hidden, got.StampedHidden)
	}
	var site struct{ Timezone string }
	if b.get("/api/site", &site); site.Timezone != "America/Los_Angeles" {
		t.Errorf("the site is said to be in %q", site.Timezone)
	}
	b.forge.branches["main"][readyPath] = []byte(strings.Replace(readyPost, "date:", "published: false\ndate:", 1))
	if b.get("/api/ready?branch=main&path="+readyPath, &got); got.StampedHidden != "it says published: false" {
		t.Errorf("dated now it is hidden by %q", got.StampedHidden)
	}
}

// Of two posts at one address the site keeps one, which is told before it is published.
func TestReadyTaken(t *testing.T) {
	b := newReadyBench(t)
	var got readyFor
	b.get("/api/ready?branch=main&path="+readyPath, &got)
	if got.Taken != "" {
		t.Error(got.Taken)
	}
	b = newReadyBench(t)
	b.forge.branches["main"]["_posts/2026-08-20-other.md"] = []byte(readyPost)
	b.get("/api/ready?branch=main&path="+readyPath, &got)
	if want := "_posts/2026-08-20-other.md has the address /2026/20260820, too."; !strings.HasPrefix(got.Taken, want) {
		t.Errorf("%q, want %q", got.Taken, want)
	}
}

// Where each file costs a request, the site is read once, and then its links are looked
// at, too.
func TestReadyLinksFarAway(t *testing.T) {
	b := newReadyBench(t)
	b.forge.info.Kind = "github"
	b.forge.branches["main"][readyPath] = []byte(readyPost + "\n[nowhere](/news/nowhere)\n")
	b.forge.branches["main"]["assets/big.png"] = []byte("no text")
	for range 2 {
		before := b.forge.called("Blob")
		var got readyFor
		b.get("/api/ready?branch=main&path="+readyPath, &got)
		if told := fmt.Sprint(got.Diagnostics); !got.Links || !strings.Contains(told, "dead-link") {
			t.Errorf("%v %s", got.Links, told)
		}
		if asked := b.forge.called("Blob") - before; asked > len(b.forge.branches["main"]) {
			t.Errorf("%d files were asked for", asked)
		}
	}
}

// A site's own layout makes the mail.
func TestReadyOwnLayout(t *testing.T) {
	b := newReadyBench(t)
	b.forge.branches["main"]["_layouts/mail.html"] = []byte("<html><head><style>.x{color:#010203}</style></head><body><p class=x>{{ site.title }}: {{ page.title }}</p>{{ content }}</body></html>")
	b.forge.branches["main"]["_layouts/post.html"] = []byte("<html>{{ content }}</html>")
	var got readyFor
	b.get("/api/ready?branch=main&path="+readyPath, &got)
	if got.Mail == nil || !strings.Contains(got.Mail.HTML, `<p class="x" style="color:#010203">Sample: Week Ending August 16</p>`) || strings.Contains(got.Mail.HTML, "Read it on the web") {
		t.Errorf("%+v", got.Mail)
	}
}

// A post whose date cannot be set alone is looked at all the same, and that is said;
// nothing is dated behind anybody's back.
func TestReadyUndated(t *testing.T) {
	for _, front := range []string{"{title: One, layout: post, date: 2026-08-15}", "title: One\ndate: &d 2026-08-16\nlast: *d", "? date\n: 2026-08-15\ntitle: One\nratio: .nan"} {
		b := newReadyBench(t)
		src := "---\n" + front + "\n---\n\nHello\n"
		b.forge.branches["main"][readyPath] = []byte(src)
		var got readyFor
		b.get("/api/ready?branch=main&stamp=1&path="+readyPath, &got)
		if got.Title != "One" || got.Stamped != src || len(got.Told) == 0 || !strings.HasPrefix(got.Told[0], "Galley cannot date this post") {
			t.Errorf("%s: %q %q %q", front, got.Title, got.Stamped, got.Told)
		}
		if res := b.do("GET", "/mail?branch=main&stamp=1&path="+readyPath, ""); res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: the mail answers %d", front, res.StatusCode)
		}
	}
}

func TestReadyWithoutAddress(t *testing.T) {
	b := newReadyBench(t)
	b.forge.branches["main"]["_config.yml"] = []byte("title: Sample\n")
	var got readyFor
	b.get("/api/ready?branch=main&path="+readyPath, &got)
	if got.Mail != nil || len(got.Told) != 1 || !strings.Contains(got.Told[0], "_config.yml") {
		t.Errorf("%+v %q", got.Mail, got.Told)
	}
}

// The mail's document runs nothing and loads from nobody else.
func TestMailPage(t *testing.T) {
	b := newReadyBench(t)
	b.forge.branches["main"][readyPath] = []byte(readyPost + "\n![x](/news/assets/x.png)\n<script>alert(1)</script>\n<img src=\"https://spy.example/x.png\">\n")
	res := b.do("GET", "/mail?branch=main&path="+readyPath, "")
	body := text(t, res)
	if !strings.Contains(body, `src="/assets/x.png"`) || strings.Contains(body, "<script") {
		t.Error(body)
	}
	policy := res.Header.Get("Content-Security-Policy")
	for _, want := range []string{"sandbox;", "default-src 'none'", "img-src http://127.0.0.1:8080 data:;", "frame-ancestors http://127.0.0.1:8080"} {
		if !strings.Contains(policy, want) {
			t.Errorf("%q is not in %q", want, policy)
		}
	}
	if strings.Contains(policy, "script-src") || strings.Contains(policy, "spy.example") {
		t.Error(policy)
	}
	if res := b.do("GET", "/mail?branch=main&path=_posts/2020-01-01-none.md", ""); res.StatusCode != http.StatusNotFound || !strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Error(res.StatusCode)
	}
}

func TestLive(t *testing.T) {
	b := newReadyBench(t)
	commit := strings.Repeat("a", 40)
	for _, c := range []struct {
		d           *forge.Deployment
		state, says string
	}{
		{nil, "none", "Nothing publishes it."},
		{&forge.Deployment{}, "waiting", "Nothing has begun"},
		{&forge.Deployment{State: forge.DeploymentPending, Name: "build"}, "building", "build"},
		{&forge.Deployment{State: forge.DeploymentFailed, Name: "build", URL: "https://logs.example"}, "failed", "“build” failed"},
		{&forge.Deployment{State: forge.DeploymentDone, Name: "github-pages"}, "done", "github-pages"},
	} {
		b.forge.deployed = map[string]forge.Deployment{}
		if c.d != nil {
			b.forge.deployed[commit] = *c.d
		}
		var got struct{ State, Sentence, URL string }
		b.get("/api/live?commit="+commit+"&path="+readyPath, &got)
		if got.State != c.state || !strings.Contains(got.Sentence, c.says) || c.d != nil && got.URL != c.d.URL {
			t.Errorf("%+v: %+v", c.d, got)
		}
	}
	if res := b.do("GET", "/api/live?commit=main&path="+readyPath, ""); res.StatusCode != http.StatusBadRequest {
		t.Error(res.StatusCode)
	}
}

// The address itself has the last word.
func TestLiveAddress(t *testing.T) {
	status := http.StatusNotFound
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/news/2026/20260820" {
			t.Errorf("asked for %s", r.URL)
		}
		w.WriteHeader(status)
	}))
	defer site.Close()
	// The clock goes on, so that no answer is used twice.
	clock := now
	b := newReadyBench(t, func(c *server.Config) {
		c.Fetch = fetch.New(fetch.Config{Own: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Pause: time.Millisecond, Clock: func() time.Time {
			clock = clock.Add(time.Hour)
			return clock
		}})
	})
	b.forge.branches["main"]["_config.yml"] = []byte(strings.Replace(readyConfig, "https://sample.example", site.URL, 1))
	commit := strings.Repeat("a", 40)
	for _, c := range []struct {
		state  forge.DeploymentState
		status int
		want   string
	}{
		{forge.DeploymentDone, 404, "waiting"}, {"", 404, "waiting"}, {"", 200, "waiting"}, {forge.DeploymentDone, 200, "live"}, {forge.DeploymentFailed, 200, "failed"},
	} {
		status = c.status
		b.forge.deployed = map[string]forge.Deployment{commit: {State: c.state, Name: "github-pages"}}
		var got struct{ State, Sentence string }
		b.get("/api/live?commit="+commit+"&path="+readyPath, &got)
		if got.State != c.want {
			t.Errorf("%q, %d: %+v", c.state, c.status, got)
		}
	}
}

// drafts is a mailing service that keeps what it gets.
type drafts struct {
	got  []mail.Draft
	fail error
}

func (d *drafts) Name() string { return "Drafts" }

func (d *drafts) Draft(_ context.Context, m mail.Draft) (mail.Drafted, error) {
	if d.fail != nil {
		return mail.Drafted{}, d.fail
	}
	d.got = append(d.got, m)
	return mail.Drafted{ID: "1", URL: "https://drafts.example/1"}, nil
}

func TestMailDraft(t *testing.T) {
	service := &drafts{}
	b := newReadyBench(t, func(c *server.Config) { c.Mail = service })
	var looked readyFor
	b.get("/api/ready?branch=main&path="+readyPath, &looked)
	ask := map[string]any{"branch": "main", "path": readyPath, "blob": looked.Blob, "stamp": true}
	var got struct{ Service, URL, Subject, Address string }
	decode(t, text(t, b.post("/api/mail", ask)), &got)
	if got.Service != "Drafts" || got.URL != "https://drafts.example/1" || got.Address != "https://sample.example/news/2026/20260816" || got.Subject != "News: Week Ending August 16" {
		t.Errorf("%+v", got)
	}
	if len(service.got) != 1 || service.got[0].Key != readyPath || service.got[0].Address != got.Address || !strings.Contains(service.got[0].HTML, got.Address) {
		t.Errorf("%+v", service.got)
	}
	for _, c := range []struct {
		err    error
		status int
		says   string
	}{
		{fmt.Errorf("%w: status 403", mail.ErrUnauthorized), http.StatusUnprocessableEntity, "does not take the key"},
		{fmt.Errorf("%w: too loud", mail.ErrRefused), http.StatusUnprocessableEntity, "too loud"},
		{fmt.Errorf("%w: x", mail.ErrUnavailable), http.StatusBadGateway, "cannot be reached"},
	} {
		service.fail = c.err
		if res := b.post("/api/mail", ask); res.StatusCode != c.status || !strings.Contains(text(t, res), c.says) {
			t.Errorf("%v: %d", c.err, res.StatusCode)
		}
	}
	service.fail = nil
	for _, blob := range []any{nil, "", strings.Repeat("0", 40)} {
		other := map[string]any{"branch": "main", "path": readyPath, "blob": blob}
		if res := b.post("/api/mail", other); res.StatusCode != http.StatusConflict || !strings.Contains(text(t, res), "was changed since you looked at it") || len(service.got) > 1 {
			t.Errorf("a text that was not looked at, %v: %d", blob, res.StatusCode)
		}
	}
	if res := b.post("/api/mail", ask, "Sec-Fetch-Site: cross-site"); res.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %d", res.StatusCode)
	}
}

// What somebody wrote at the mailing service is in the way until who wants it replaced
// says so.
func TestMailInTheWay(t *testing.T) {
	service := &drafts{}
	b := newReadyBench(t, func(c *server.Config) { c.Mail = service })
	var looked readyFor
	b.get("/api/ready?branch=main&path="+readyPath, &looked)
	ask := map[string]any{"branch": "main", "path": readyPath, "blob": looked.Blob}
	for state, says := range map[string]string{"": "Somebody changed the draft “Mine” at Drafts.", "scheduled": "goes out by itself", "paused": "not sent (paused)"} {
		service.fail = &mail.InTheWay{URL: "https://drafts.example/1", Subject: "Mine", State: state, Seen: "abc"}
		res := b.post("/api/mail", ask)
		var got struct {
			Error struct {
				Kind, Sentence string
				Mail           struct {
					Service, URL, Seen string
					Replaceable        bool
				}
			}
		}
		decode(t, text(t, res), &got)
		m := got.Error.Mail
		if res.StatusCode != http.StatusConflict || got.Error.Kind != "other-mail" || !strings.Contains(got.Error.Sentence, says) || m.Service != "Drafts" || m.URL != "https://drafts.example/1" || m.Seen != "abc" || m.Replaceable != (state == "") {
			t.Errorf("%q: %d %+v", state, res.StatusCode, got)
		}
	}
	service.fail = nil
	ask["seen"], ask["beside"] = "abc", true
	if res := b.post("/api/mail", ask); res.StatusCode != http.StatusOK || len(service.got) != 1 || service.got[0].Seen != "abc" || !service.got[0].Beside {
		t.Errorf("%d %+v", res.StatusCode, service.got)
	}
}

// Writers who work from forks make no drafts by the newsletter's key.
func TestMailNeedsPush(t *testing.T) {
	service := &drafts{}
	b := newReadyBench(t, func(c *server.Config) { c.Mail = service })
	b.forge.info.CanPush = false
	var ready readyFor
	b.get("/api/ready?branch=main&path="+readyPath, &ready)
	if ready.Mail == nil || ready.Mail.Service != "" {
		t.Errorf("%+v", ready.Mail)
	}
	if res := b.post("/api/mail", map[string]any{"branch": "main", "path": readyPath}); res.StatusCode != http.StatusForbidden || len(service.got) > 0 {
		t.Error(res.StatusCode, service.got)
	}
}

func TestMailWithoutService(t *testing.T) {
	b := newReadyBench(t)
	if res := b.post("/api/mail", map[string]any{"branch": "main", "path": readyPath}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Error(res.StatusCode)
	}
}

// A fault in what reads ahead ends that alone.
func TestReadyLinksBroken(t *testing.T) {
	b := newReadyBench(t)
	b.forge.info.Kind = "github"
	b.forge.spoil = func(method string) error {
		if method == "Blob" && strings.Contains(string(debug.Stack()), "errgroup") {
			panic("broken")
		}
		return nil
	}
	var got readyFor
	if b.get("/api/ready?branch=main&path="+readyPath, &got); got.Links || got.Text != readyPost {
		t.Errorf("links are looked at: %v, text %q", got.Links, got.Text)
	}
}
