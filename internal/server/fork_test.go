package server_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"

	"galley/internal/forge"
)

const (
	forkBranch  = "ada:galley/ada/2026-03-22-update"
	forkedPost  = "_posts/2026-03-22-update.md"
	forkMark    = "Template-of-the-fork"
	forkAddress = "branch=ada%3Agalley%2Fada%2F2026-03-22-update"
)

// newForked is a server over the example site, with a fork's branch whose
// templates show forkMark.
func newForked(t *testing.T) *bench {
	b := newBench(t)
	fork := maps.Clone(b.forge.branches["main"])
	for name := range fork {
		if strings.HasPrefix(name, "_layouts/") {
			fork[name] = []byte(forkMark + " {{ content }}")
		}
	}
	fork["_layouts/post.html"] = []byte(forkMark + " {{ content }}")
	fork["_config.yml"] = append(bytes.Clone(fork["_config.yml"]), "\nbaseurl: /of-the-fork\n"...)
	fork[forkedPost] = []byte("---\nlayout: post\ntitle: x\n---\nReviewed words\n")
	fork["assets/images/dawn.png"] = drawing(t)
	b.forge.branches[forkBranch] = fork
	return b
}

// A post on a fork's branch is read, and shown with this repository's templates.
func TestForkBranch(t *testing.T) {
	b := newForked(t)
	var post struct{ Text, Branch, URL string }
	b.get("/api/post?"+forkAddress+"&path="+forkedPost, &post)
	if !strings.Contains(post.Text, "Reviewed words") || post.Branch != forkBranch || post.URL == "" || strings.Contains(post.URL, "of-the-fork") {
		t.Errorf("%+v", post)
	}
	for range 2 { // before the picture is asked for, and after
		for _, target := range []string{"/frame?" + forkAddress + "&path=" + forkedPost, "/api/bundle?" + forkAddress + "&path=" + forkedPost} {
			res := b.do("GET", target, "")
			if got := text(t, res); res.StatusCode != http.StatusOK || strings.Contains(got, forkMark) || strings.HasPrefix(target, "/frame") && !strings.Contains(got, "Reviewed words") {
				t.Errorf("%s: %d %.300s", target, res.StatusCode, got)
			}
		}
		if res := b.do("GET", "/api/file?"+forkAddress+"&path=assets/images/dawn.png", ""); res.StatusCode != http.StatusOK {
			t.Errorf("its picture: %d", res.StatusCode)
		}
		if res := b.post("/api/preview", map[string]string{"branch": forkBranch, "path": forkedPost, "text": "x"}); res.StatusCode != http.StatusOK || strings.Contains(text(t, res), forkMark) {
			t.Errorf("its preview: %d", res.StatusCode)
		}
	}
	// Nothing new is begun there.
	if res := b.do("GET", "/api/new?"+forkAddress+"&title=x", ""); res.StatusCode != http.StatusBadRequest {
		t.Errorf("a new post: %d", res.StatusCode)
	}
}

// Texts on a fork's branch are held against this repository's house rules, whoever asks
// first.
func TestForkRules(t *testing.T) {
	typed := map[string]string{"branch": forkBranch, "path": forkedPost, "text": "---\ntitle: x\n---\nA dreadful text\n"}
	for name, ask := range map[string]func(*bench) *http.Response{
		"problems": func(b *bench) *http.Response { return b.post("/api/problems", typed) },
		"prose":    func(b *bench) *http.Response { return b.post("/api/prose", typed) },
		"words":    func(b *bench) *http.Response { return b.do("GET", "/api/words?"+forkAddress, "") },
		"ready":    func(b *bench) *http.Response { return b.do("GET", "/api/ready?"+forkAddress+"&path="+forkedPost, "") },
	} {
		b := newForked(t)
		styled(b.forge.branches["main"])
		b.forge.branches[forkBranch]["styles/Ours/Bad.yml"] = []byte("extends: existence\nmessage: of the fork\ntokens: [text]\n")
		got := ask(b)
		answer := text(t, got)
		if got.StatusCode != http.StatusOK || strings.Contains(answer, "of the fork") || name == "problems" && !strings.Contains(answer, "no dreadful") {
			t.Errorf("%s: %d %s", name, got.StatusCode, answer)
		}
	}
}

// styled gives a site a style of its own.
func styled(files map[string][]byte) {
	files[".vale.ini"] = []byte("StylesPath = styles\nVocab = Ours\n[*.md]\nBasedOnStyles = Ours\n")
	files["styles/Ours/Bad.yml"] = []byte("extends: existence\nmessage: \"no %s\"\nlevel: error\ntokens:\n  - dreadful\n")
	files["styles/Vocab/Ours/accept.txt"] = []byte("Tidewatch\n")
}

// What could not be read once is missing from nothing that is kept: neither from the
// house rules nor from the site.
func TestOneReadFails(t *testing.T) {
	typed := map[string]string{"branch": "main", "path": forkedPost, "text": "---\ntitle: x\n---\n\nA dreadful text.\n"}
	fresh := func() *bench {
		b := newBench(t)
		files := b.forge.branches["main"]
		styled(files)
		files["_config.yml"] = append(bytes.Clone(files["_config.yml"]), "  theme: themes/harbour\n"...)
		files["themes/harbour/_includes/x.html"] = []byte("x")
		return b
	}
	b := fresh()
	whole := text(t, b.post("/api/problems", typed))
	if !strings.Contains(whole, "no dreadful") {
		t.Fatal(whole)
	}
	version := func(b *bench) (v struct{ Version string }) {
		decode(t, text(t, b.do("GET", "/api/bundle?branch=main", "")), &v)
		return v
	}
	want, reads := version(b), b.forge.called("Blob")
	for nth := 1; nth <= reads; nth++ {
		b := fresh()
		n := 0
		var mu sync.Mutex
		b.forge.spoil = func(method string) error {
			mu.Lock()
			defer mu.Unlock()
			if method == "Blob" {
				if n++; n == nth {
					return forge.Errorf(forge.ErrUnavailable, nil, "GitHub has a fault at the moment. Try again.")
				}
			}
			return nil
		}
		var answers []string
		for range 3 {
			answers = append(answers, text(t, b.post("/api/problems", typed)))
		}
		if answers[2] != whole || version(b) != want {
			t.Errorf("read %d of %d: %s, of the site %s", nth, reads, strings.Join(answers, "\n"), version(b))
		}
	}
}

// A stale submission tells what is on the fork's branch.
func TestForkStale(t *testing.T) {
	b := newForked(t)
	there := b.forge.branches[forkBranch][forkedPost]
	b.forge.spoil = func(method string) error {
		if method != "Submit" {
			return nil
		}
		return forge.Stale(forkedPost, forkBranch, &forge.File{
			Entry: forge.Entry{Path: forkedPost, Blob: id("blob", there), Size: len(there)}, Commit: strings.Repeat("a", 40), Data: there,
		})
	}
	list := lines(t, text(t, b.post("/api/submit", submission(map[string]any{"path": forkedPost, "blob": id("blob", []byte("older"))}))))
	end := list[len(list)-1]
	if end.Error == nil || end.Error.Kind != "stale" || end.Error.Current == nil {
		t.Fatalf("%+v", end.Error)
	}
	if c := end.Error.Current; c.Text != string(there) || c.Blob != id("blob", there) || c.Branch != forkBranch || c.URL == "" {
		t.Errorf("%+v", c)
	}
}

// All pictures of a pull request cost one look at what it changes, and none is
// larger than what is served.
func TestPullFiles(t *testing.T) {
	b := newForked(t)
	paths := []string{forkedPost, "assets/images/huge.png"}
	fork := b.forge.branches[forkBranch]
	fork["assets/images/huge.png"] = make([]byte, 32<<20+1)
	for i := range 6 {
		name := fmt.Sprintf("assets/images/%d.png", i)
		fork[name] = drawing(t)
		paths = append(paths, name)
	}
	b.forge.pulls = []forge.PullRequest{{Number: 1, State: forge.Open, Base: "main", Branch: forkBranch, Paths: paths}}
	var group sync.WaitGroup
	for i := range 6 {
		group.Go(func() {
			res := b.do("GET", fmt.Sprintf("/api/file?branch=main&pull=1&path=/assets/images/%d.png", i), "")
			if got := text(t, res); res.StatusCode != http.StatusOK || got != string(drawing(t)) {
				t.Errorf("picture %d: %d", i, res.StatusCode)
			}
			if got := res.Header.Get("Cache-Control"); got != "private, no-cache" {
				t.Errorf("others may be given it: %q", got)
			}
		})
	}
	group.Wait()
	if n := b.forge.called("Diff"); n != 1 {
		t.Errorf("looked %d times at what the pull request changes", n)
	}
	if res := b.do("GET", "/api/file?branch=main&pull=1&path=assets/images/huge.png", ""); res.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d", res.StatusCode)
	}
}
