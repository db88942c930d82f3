package server_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/server"
)

// What was read and remembered for one person is shown to no other: of a
// repository that somebody may not see, nothing is answered from memory.
func TestPeopleApart(t *testing.T) {
	const mark = "Wreck-of-the-Hesperus"
	files := exampleFiles(t)
	files["_posts/2026-05-03-hidden.md"] = "---\nlayout: post\ntitle: " + mark + "\ndate: 2026-05-03 22:00:00 -0000\n---\n\n" + mark + "\n"
	files["assets/hidden.css"] = "/* " + mark + " */"
	files["assets/hidden.png"] = "\x89PNG\r\n\x1a\n" + mark
	files["assets/made.css"] = "---\n---\n/* " + mark + " */"
	files["_config.yml"] += "\ndescription: " + mark + "\n"
	member, stranger := newFake(files), newFake(nil)
	stranger.spoil = func(string) error {
		return forge.Errorf(forge.ErrNotFound, nil, "GitHub shows no such repository to you.")
	}
	var public forge.Forge
	b := newBenchOver(t, member, func(c *server.Config) {
		c.Forge = func(r *http.Request) (forge.Forge, error) {
			switch r.Header.Get("Who") {
			case "member":
				return member, nil
			case "stranger":
				return stranger, nil
			}
			return nil, forge.Errorf(forge.ErrUnauthorized, nil, "You are not signed in.")
		}
		public = stranger
		c.Public = public
	})
	const post = "_posts/2026-05-03-hidden.md"
	res := b.do("POST", "/api/submit", `{"base":"main","path":"`+post+`","text":"`+mark+`","blob":"`+id("blob", []byte(files[post]))+`","title":"`+mark+`"}`, "Who: member", "Content-Type: application/json")
	if answer := text(t, res); !strings.Contains(answer, `"pull"`) {
		t.Fatal(answer)
	}
	shown := 0
	for _, request := range []string{
		"GET /api/site", "GET /api/branches", "GET /api/posts?branch=main", "GET /api/posts", "GET /api/post?branch=main&path=" + post,
		"GET /api/new?branch=main&title=x&date=2026-05-10", "GET /api/bundle?branch=main", "GET /api/pulls", "GET /api/pulls?path=" + post, "GET /api/pulls/1",
		"GET /frame?branch=main&path=" + post, "GET /frame?branch=main", "GET /assets/hidden.css", "GET /assets/made.css",
		"GET /api/writers?branch=main&path=" + post, "GET /api/changes?branch=main&path=" + post + "&blob=" + id("blob", []byte(files[post])),
		"GET /api/file?branch=main&path=assets/hidden.png",
		`POST /api/preview {"branch":"main","path":"` + post + `","text":"x"}`,
	} {
		method, rest, _ := strings.Cut(request, " ")
		address, body, _ := strings.Cut(rest, " ")
		ask := func(who string) (int, string) {
			res := b.do(method, address, body, "Who: "+who, "Content-Type: application/json")
			return res.StatusCode, text(t, res)
		}
		status, answer := ask("member") // and now it is remembered
		if status != http.StatusOK {
			t.Errorf("%s: %d %s", request, status, answer)
		}
		if strings.Contains(answer, mark) {
			shown++
		}
		for _, who := range []string{"stranger", "nobody"} {
			if status, answer := ask(who); status < 400 || strings.Contains(answer, mark) {
				t.Errorf("%s is shown %s: %d %.300s", who, request, status, answer)
			}
		}
	}
	if shown < 10 {
		t.Errorf("only %d answers show the mark to the member", shown)
	}
}

// Without a sign-in the frame's own files are those that everybody may see.
func TestPublicFiles(t *testing.T) {
	everybody := newFake(exampleFiles(t))
	everybody.branches["main"]["assets/public.css"] = []byte("p { color: teal }")
	nobody := func(*http.Request) (forge.Forge, error) {
		return nil, forge.Errorf(forge.ErrUnauthorized, nil, "You are not signed in.")
	}
	b := newBenchOver(t, everybody, func(c *server.Config) { c.Forge, c.Public = nobody, everybody })
	if res := b.do("GET", "/assets/public.css", ""); res.StatusCode != http.StatusOK || !strings.Contains(text(t, res), "teal") {
		t.Errorf("%d", res.StatusCode)
	}
	b = newBenchOver(t, everybody, func(c *server.Config) { c.Forge = nobody })
	if res := b.do("GET", "/assets/public.css", ""); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("where nothing is public: %d", res.StatusCode)
	}
	if res := b.do("GET", "/assets/galley.css", ""); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("Galley's own, in whose place the site may have another: %d", res.StatusCode)
	}
	everybody.spoil = func(string) error { return errors.New("broken") }
	b = newBenchOver(t, everybody, func(c *server.Config) { c.Forge, c.Public = nobody, everybody })
	if res := b.do("GET", "/assets/public.css", ""); res.StatusCode != http.StatusInternalServerError {
		t.Errorf("a fault: %d", res.StatusCode)
	}
}
