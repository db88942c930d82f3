package server_test

import (
	"strings"
	"testing"
)

// TestEmoji: a site that makes emoji of names gives all names, another none.
func TestEmoji(t *testing.T) {
	b := newBench(t)
	var answer struct{ Emoji string }
	b.get("/api/emoji?branch=main", &answer)
	if answer.Emoji != "" {
		t.Errorf("without the plugin there are %d bytes", len(answer.Emoji))
	}
	b = newBench(t)
	b.forge.branches["main"]["_config.yml"] = []byte("plugins: [jemoji]\n")
	b.get("/api/emoji?branch=main", &answer)
	if !strings.Contains(answer.Emoji, "\ntada 🎉\n") {
		t.Errorf("with it the list begins with %.40q", answer.Emoji)
	}
}
