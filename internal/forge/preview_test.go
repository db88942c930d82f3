package forge

import (
	"strings"
	"testing"
)

func TestPreviewURL(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://deploy-preview-12--notes.netlify.app", "https://deploy-preview-12--notes.netlify.app"},
		{" https://notes.example/pr/12/?a=b#c\n", "https://notes.example/pr/12/?a=b#c"},
		{"HTTPS://Notes.example/", "https://Notes.example/"},
		{"http://127.0.0.1:4000/", "http://127.0.0.1:4000/"},
		{"http://[::1]:4000/", "http://[::1]:4000/"},
		{"http://localhost/", "http://localhost/"},
		{"http://notes.example/", ""},
		{"http://localhost.example/", ""},
		{"javascript:alert(1)", ""},
		{"data:text/html,x", ""},
		{"//notes.example/", ""},
		{"/pulls/1", ""},
		{"https:///x", ""},
		{"https://:443/", ""},
		{"https://github.com@evil.example/", ""},
		{"https://a b/", ""},
		{"https://notes.example/" + strings.Repeat("x", maxPreview), ""},
		{"", ""},
	} {
		if got := PreviewURL(c.in); got != c.want {
			t.Errorf("PreviewURL(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
