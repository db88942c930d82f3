package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"galley/internal/forge"
	"galley/internal/server"
)

type mergedText struct {
	Text   string
	Pieces []struct {
		Kind               string
		From, To           int
		Matter             bool
		Where              []string
		Base, Mine, Theirs string
	}
}

// Offsets are what the browser counts, also behind what takes two units.
func TestMergeTexts(t *testing.T) {
	b := newBench(t)
	base := "---\ntitle: 🚢\n---\n## News\n\n* one\n\n## Shoutouts 🎉\n\n* Ada\n"
	var m mergedText
	decode(t, text(t, b.post("/api/merge", map[string]string{
		"path": "_posts/2026-08-16-update.md", "base": base,
		"mine":   strings.Replace(base, "* one", "* 🐟 mine", 1),
		"theirs": strings.NewReplacer("* Ada", "* Ada\n* Ben 🌊", "* one", "* theirs").Replace(base),
	})), &m)
	units := utf16.Encode([]rune(m.Text))
	at := func(i int) string { return string(utf16.Decode(units[m.Pieces[i].From:m.Pieces[i].To])) }
	if len(m.Pieces) != 2 || m.Pieces[0].Kind != "collision" || at(0) != "* 🐟 mine\n" || m.Pieces[0].Theirs != "* theirs\n" ||
		m.Pieces[1].Kind != "theirs" || at(1) != "* Ben 🌊\n" || len(m.Pieces[1].Where) != 1 || m.Pieces[1].Where[0] != "Shoutouts 🎉" {
		t.Errorf("%+v", m)
	}
}

func TestMergeTextsRefuses(t *testing.T) {
	b := newBench(t)
	large := strings.Repeat("x", 4<<20+1)
	for _, c := range []struct {
		body   map[string]string
		status int
	}{
		{map[string]string{"path": "_posts/2026-08-16-update.md", "theirs": large}, 413},
		{map[string]string{"path": "../x", "mine": "a"}, 400},
		{map[string]string{"path": "_posts/2026-08-16-update.md", "mine": large, "base": large, "theirs": large}, 413},
	} {
		res := b.post("/api/merge", c.body)
		if body := text(t, res); res.StatusCode != c.status || problemOf(t, body).Kind == "" {
			t.Errorf("%d, want %d", res.StatusCode, c.status)
		}
	}
	if n := b.forge.called("Read") + b.forge.called("Tree"); n != 0 {
		t.Errorf("the forge was asked %d times", n)
	}
	if res := b.post("/api/merge", map[string]string{"path": "_posts/2026-08-16-update.md"}, "Origin: https://evil.example"); res.StatusCode != 403 {
		t.Errorf("another site's request: %d", res.StatusCode)
	}
}

// Merging is work, and done for those who are signed in.
func TestMergeTextsSignedIn(t *testing.T) {
	b := newBenchOver(t, newFake(exampleFiles(t)), func(c *server.Config) {
		c.Forge = func(*http.Request) (forge.Forge, error) {
			return nil, forge.Errorf(forge.ErrUnauthorized, nil, "You are not signed in.")
		}
	})
	for _, body := range []any{map[string]string{"path": "_posts/2026-08-16-update.md", "base": "a\n", "mine": "b\n", "theirs": "a\n"}, "not even a merge"} {
		res := b.post("/api/merge", body)
		if answer := text(t, res); res.StatusCode != http.StatusUnauthorized || problemOf(t, answer).Kind != "unauthorized" {
			t.Errorf("%d %s", res.StatusCode, answer)
		}
	}
}

// Long merges end in time, and previews do not wait for them.
func TestMergeTextsBusy(t *testing.T) {
	b := newBench(t, func(c *server.Config) { c.Renders = 1 })
	many := func(word string) string {
		var s strings.Builder
		for i := range 900 {
			fmt.Fprintf(&s, "## %s %d\n\n", word, i)
			for j := range 100 {
				fmt.Fprintf(&s, "* %s %d\n", word, j*1000+i)
			}
		}
		return s.String()
	}
	body := map[string]string{"path": "_posts/2026-08-16-update.md", "base": many("a"), "mine": many("b"), "theirs": many("c")}
	begin := time.Now()
	merges := make(chan *http.Response)
	for range 4 {
		go func() { merges <- b.post("/api/merge", body) }()
	}
	if res := b.post("/api/preview", map[string]string{"branch": "main", "path": "_posts/2026-03-22-update.md", "text": "x"}); res.StatusCode != http.StatusOK {
		t.Errorf("the preview: %d", res.StatusCode)
	}
	if took := time.Since(begin); took > 9*time.Second {
		t.Errorf("the preview took %v", took)
	}
	for range 4 {
		if res := <-merges; res.StatusCode != http.StatusOK && res.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("a merge: %d", res.StatusCode)
		}
	}
	if took := time.Since(begin); took > 30*time.Second {
		t.Errorf("all took %v", took)
	}
}
