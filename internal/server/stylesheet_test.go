package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"galley/internal/sass"
	"galley/internal/server"
)

// sheets is a compiler that shows what it was given, and refuses a sheet with a
// question mark.
type sheets struct{ asked int }

func (s *sheets) Compile(_ context.Context, source *sass.Source) (sass.Result, error) {
	s.asked++
	if strings.Contains(source.Text, "?") {
		return sass.Result{}, &sass.Error{File: source.Name, Line: 1, Message: "It has a question mark."}
	}
	return sass.Result{CSS: []byte("/* " + source.Text + source.Files["_sass/_part.scss"] + " */")}, nil
}

// A style sheet in Sass is served under the name of what is made of it.
func TestStyleSheet(t *testing.T) {
	compiler := &sheets{}
	b := newBench(t, func(c *server.Config) { c.Sass = compiler })
	main := b.forge.branches["main"]
	main["_config.yml"] = append(main["_config.yml"], []byte("\nbaseurl: /news\n")...)
	main["css/main.scss"] = []byte("---\n---\n@import \"part\";")
	main["css/wrong.sass"] = []byte("---\n---\n?")
	main["css/plain.scss"] = []byte("a { b: c }")
	main["css/both.css"] = []byte("the site's own")
	main["css/both.scss"] = []byte("---\n---\nnot this one")
	main["_sass/_part.scss"] = []byte("a { b: c }")
	for target, want := range map[string]string{
		"/css/main.css":      "200 /* @import \"part\";a { b: c } */",
		"/news/css/main.css": "200 /* @import \"part\";a { b: c } */",
		"/css/both.css":      "200 the site's own",
		"/css/plain.css":     "404",
		"/css/other.css":     "404",
		"/_sass/_part.css":   "404",
		"/css/main.scss":     "404",
	} {
		res := b.do("GET", target, "")
		got := text(t, res)
		if status := want[:3]; res.Status[:3] != status || status == "200" && got != want[4:] {
			t.Errorf("%s: %s %s", target, res.Status, got)
		}
		if res.StatusCode == http.StatusOK && !strings.HasPrefix(res.Header.Get("Content-Type"), "text/css") {
			t.Errorf("%s is %s", target, res.Header.Get("Content-Type"))
		}
	}
	if res := b.do("GET", "/css/wrong.css", ""); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(text(t, res), "css/wrong.sass:3: It has a question mark.") {
		t.Errorf("a mistake: %d", res.StatusCode)
	}
	first := b.do("GET", "/css/main.css", "").Header.Get("ETag")
	if res := b.do("GET", "/css/main.css", "", "If-None-Match: "+first); first == "" || res.StatusCode != http.StatusNotModified {
		t.Errorf("what the browser has is sent again: %d, %q", res.StatusCode, first)
	}
}
